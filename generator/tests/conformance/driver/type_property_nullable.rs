//! Members that are there and may be `null`.

use type_property_nullable::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Property_Nullable_");
    let client = Client::new()?;
    let nullable = client.r#type();

    let value = StringProperty::new("foo", Some("hello".to_owned()));
    suite.gives("String_getNonNull", nullable.string_get_non_null(), &value).await;
    suite.takes("String_patchNonNull", nullable.string_patch_non_null(&value)).await;

    let value = StringProperty::new("foo", None);
    suite.gives("String_getNull", nullable.string_get_null(), &value).await;
    suite.takes("String_patchNull", nullable.string_patch_null(&value)).await;

    let value = BytesProperty::new("foo", Some(b"hello, world!"[..].into()));
    suite.gives("Bytes_getNonNull", nullable.bytes_get_non_null(), &value).await;
    suite.takes("Bytes_patchNonNull", nullable.bytes_patch_non_null(&value)).await;

    let value = BytesProperty::new("foo", None);
    suite.gives("Bytes_getNull", nullable.bytes_get_null(), &value).await;
    suite.takes("Bytes_patchNull", nullable.bytes_patch_null(&value)).await;

    let value = DatetimeProperty::new("foo", Some("2022-08-26T18:38:00Z".parse()?));
    suite.gives("Datetime_getNonNull", nullable.datetime_get_non_null(), &value).await;
    suite.takes("Datetime_patchNonNull", nullable.datetime_patch_non_null(&value)).await;

    let value = DatetimeProperty::new("foo", None);
    suite.gives("Datetime_getNull", nullable.datetime_get_null(), &value).await;
    suite.takes("Datetime_patchNull", nullable.datetime_patch_null(&value)).await;

    let value = DurationProperty::new("foo", Some("P123DT22H14M12.011S".to_owned()));
    suite.gives("Duration_getNonNull", nullable.duration_get_non_null(), &value).await;
    suite.takes("Duration_patchNonNull", nullable.duration_patch_non_null(&value)).await;

    let value = DurationProperty::new("foo", None);
    suite.gives("Duration_getNull", nullable.duration_get_null(), &value).await;
    suite.takes("Duration_patchNull", nullable.duration_patch_null(&value)).await;

    let value =
        CollectionsByteProperty::new("foo", Some(vec![b"hello, world!"[..].into(), b"hello, world!"[..].into()]));
    suite.gives("CollectionsByte_getNonNull", nullable.collections_byte_get_non_null(), &value).await;
    suite.takes("CollectionsByte_patchNonNull", nullable.collections_byte_patch_non_null(&value)).await;

    let value = CollectionsByteProperty::new("foo", None);
    suite.gives("CollectionsByte_getNull", nullable.collections_byte_get_null(), &value).await;
    suite.takes("CollectionsByte_patchNull", nullable.collections_byte_patch_null(&value)).await;

    let value = CollectionsModelProperty::new("foo", Some(["hello", "world"].map(InnerModel::new).to_vec()));
    suite.gives("CollectionsModel_getNonNull", nullable.collections_model_get_non_null(), &value).await;
    suite.takes("CollectionsModel_patchNonNull", nullable.collections_model_patch_non_null(&value)).await;

    let value = CollectionsModelProperty::new("foo", None);
    suite.gives("CollectionsModel_getNull", nullable.collections_model_get_null(), &value).await;
    suite.takes("CollectionsModel_patchNull", nullable.collections_model_patch_null(&value)).await;

    let value = CollectionsStringProperty::new("foo", Some(vec!["hello".to_owned(), "world".to_owned()]));
    suite.gives("CollectionsString_getNonNull", nullable.collections_string_get_non_null(), &value).await;
    suite.takes("CollectionsString_patchNonNull", nullable.collections_string_patch_non_null(&value)).await;

    let value = CollectionsStringProperty::new("foo", None);
    suite.gives("CollectionsString_getNull", nullable.collections_string_get_null(), &value).await;
    suite.takes("CollectionsString_patchNull", nullable.collections_string_patch_null(&value)).await;

    Ok(())
}
