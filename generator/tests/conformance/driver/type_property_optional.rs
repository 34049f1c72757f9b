//! Members that may be left out.

use type_property_optionality::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Property_Optional_");
    let client = Client::new()?;
    let optional = client.r#type();

    let none = StringProperty::new();
    let some = StringProperty::new().property("hello");
    suite.gives("String_getDefault", optional.string_get_default(), &none).await;
    suite.takes("String_putDefault", optional.string_put_default(&none)).await;
    suite.gives("String_getAll", optional.string_get_all(), &some).await;
    suite.takes("String_putAll", optional.string_put_all(&some)).await;

    let none = BytesProperty::new();
    let some = BytesProperty::new().property(b"hello, world!"[..].into());
    suite.gives("Bytes_getDefault", optional.bytes_get_default(), &none).await;
    suite.takes("Bytes_putDefault", optional.bytes_put_default(&none)).await;
    suite.gives("Bytes_getAll", optional.bytes_get_all(), &some).await;
    suite.takes("Bytes_putAll", optional.bytes_put_all(&some)).await;

    let none = DatetimeProperty::new();
    let some = DatetimeProperty::new().property("2022-08-26T18:38:00Z".parse()?);
    suite.gives("Datetime_getDefault", optional.datetime_get_default(), &none).await;
    suite.takes("Datetime_putDefault", optional.datetime_put_default(&none)).await;
    suite.gives("Datetime_getAll", optional.datetime_get_all(), &some).await;
    suite.takes("Datetime_putAll", optional.datetime_put_all(&some)).await;

    let none = DurationProperty::new();
    let some = DurationProperty::new().property("P123DT22H14M12.011S");
    suite.gives("Duration_getDefault", optional.duration_get_default(), &none).await;
    suite.takes("Duration_putDefault", optional.duration_put_default(&none)).await;
    suite.gives("Duration_getAll", optional.duration_get_all(), &some).await;
    suite.takes("Duration_putAll", optional.duration_put_all(&some)).await;

    let none = PlainDateProperty::new();
    let some = PlainDateProperty::new().property("2022-12-12".parse()?);
    suite.gives("PlainDate_getDefault", optional.plain_date_get_default(), &none).await;
    suite.takes("PlainDate_putDefault", optional.plain_date_put_default(&none)).await;
    suite.gives("PlainDate_getAll", optional.plain_date_get_all(), &some).await;
    suite.takes("PlainDate_putAll", optional.plain_date_put_all(&some)).await;

    let none = PlainTimeProperty::new();
    let some = PlainTimeProperty::new().property("13:06:12".parse()?);
    suite.gives("PlainTime_getDefault", optional.plain_time_get_default(), &none).await;
    suite.takes("PlainTime_putDefault", optional.plain_time_put_default(&none)).await;
    suite.gives("PlainTime_getAll", optional.plain_time_get_all(), &some).await;
    suite.takes("PlainTime_putAll", optional.plain_time_put_all(&some)).await;

    let none = CollectionsByteProperty::new();
    let some = CollectionsByteProperty::new().property([b"hello, world!"[..].into(), b"hello, world!"[..].into()]);
    suite.gives("CollectionsByte_getDefault", optional.collections_byte_get_default(), &none).await;
    suite.takes("CollectionsByte_putDefault", optional.collections_byte_put_default(&none)).await;
    suite.gives("CollectionsByte_getAll", optional.collections_byte_get_all(), &some).await;
    suite.takes("CollectionsByte_putAll", optional.collections_byte_put_all(&some)).await;

    let none = CollectionsModelProperty::new();
    let some =
        CollectionsModelProperty::new().property(["hello", "world"].map(|text| StringProperty::new().property(text)));
    suite.gives("CollectionsModel_getDefault", optional.collections_model_get_default(), &none).await;
    suite.takes("CollectionsModel_putDefault", optional.collections_model_put_default(&none)).await;
    suite.gives("CollectionsModel_getAll", optional.collections_model_get_all(), &some).await;
    suite.takes("CollectionsModel_putAll", optional.collections_model_put_all(&some)).await;

    let none = StringLiteralProperty::new();
    let some = StringLiteralProperty::new().property(StringLiteralPropertyProperty::Hello);
    suite.gives("StringLiteral_getDefault", optional.string_literal_get_default(), &none).await;
    suite.takes("StringLiteral_putDefault", optional.string_literal_put_default(&none)).await;
    suite.gives("StringLiteral_getAll", optional.string_literal_get_all(), &some).await;
    suite.takes("StringLiteral_putAll", optional.string_literal_put_all(&some)).await;

    let none = IntLiteralProperty::new();
    let some = IntLiteralProperty::new().property(IntLiteralPropertyProperty::Value1);
    suite.gives("IntLiteral_getDefault", optional.int_literal_get_default(), &none).await;
    suite.takes("IntLiteral_putDefault", optional.int_literal_put_default(&none)).await;
    suite.gives("IntLiteral_getAll", optional.int_literal_get_all(), &some).await;
    suite.takes("IntLiteral_putAll", optional.int_literal_put_all(&some)).await;

    let none = FloatLiteralProperty::new();
    let some = FloatLiteralProperty::new().property(FloatLiteralPropertyProperty::Value1_25);
    suite.gives("FloatLiteral_getDefault", optional.float_literal_get_default(), &none).await;
    suite.takes("FloatLiteral_putDefault", optional.float_literal_put_default(&none)).await;
    suite.gives("FloatLiteral_getAll", optional.float_literal_get_all(), &some).await;
    suite.takes("FloatLiteral_putAll", optional.float_literal_put_all(&some)).await;

    let none = BooleanLiteralProperty::new();
    let some = BooleanLiteralProperty::new().property(true);
    suite.gives("BooleanLiteral_getDefault", optional.boolean_literal_get_default(), &none).await;
    suite.takes("BooleanLiteral_putDefault", optional.boolean_literal_put_default(&none)).await;
    suite.gives("BooleanLiteral_getAll", optional.boolean_literal_get_all(), &some).await;
    suite.takes("BooleanLiteral_putAll", optional.boolean_literal_put_all(&some)).await;

    let none = UnionStringLiteralProperty::new();
    let some = UnionStringLiteralProperty::new().property(UnionStringLiteralPropertyProperty::World);
    suite.gives("UnionStringLiteral_getDefault", optional.union_string_literal_get_default(), &none).await;
    suite.takes("UnionStringLiteral_putDefault", optional.union_string_literal_put_default(&none)).await;
    suite.gives("UnionStringLiteral_getAll", optional.union_string_literal_get_all(), &some).await;
    suite.takes("UnionStringLiteral_putAll", optional.union_string_literal_put_all(&some)).await;

    let none = UnionIntLiteralProperty::new();
    let some = UnionIntLiteralProperty::new().property(UnionIntLiteralPropertyProperty::Value2);
    suite.gives("UnionIntLiteral_getDefault", optional.union_int_literal_get_default(), &none).await;
    suite.takes("UnionIntLiteral_putDefault", optional.union_int_literal_put_default(&none)).await;
    suite.gives("UnionIntLiteral_getAll", optional.union_int_literal_get_all(), &some).await;
    suite.takes("UnionIntLiteral_putAll", optional.union_int_literal_put_all(&some)).await;

    let none = UnionFloatLiteralProperty::new();
    let some = UnionFloatLiteralProperty::new().property(UnionFloatLiteralPropertyProperty::Value2_375);
    suite.gives("UnionFloatLiteral_getDefault", optional.union_float_literal_get_default(), &none).await;
    suite.takes("UnionFloatLiteral_putDefault", optional.union_float_literal_put_default(&none)).await;
    suite.gives("UnionFloatLiteral_getAll", optional.union_float_literal_get_all(), &some).await;
    suite.takes("UnionFloatLiteral_putAll", optional.union_float_literal_put_all(&some)).await;

    let required = RequiredAndOptionalProperty::new(42);
    let both = RequiredAndOptionalProperty::new(42).optional_property("hello");
    suite
        .gives("RequiredAndOptional_getRequiredOnly", optional.required_and_optional_get_required_only(), &required)
        .await;
    let call = optional.required_and_optional_put_required_only(&required);
    suite.takes("RequiredAndOptional_putRequiredOnly", call).await;
    suite.gives("RequiredAndOptional_getAll", optional.required_and_optional_get_all(), &both).await;
    suite.takes("RequiredAndOptional_putAll", optional.required_and_optional_put_all(&both)).await;
    Ok(())
}
