//! Members beside the described ones, of one type or several.

use type_property_additional_properties::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Property_AdditionalProperties_");
    let client = Client::new()?;
    let types = client.r#type();

    let mut value = ExtendsUnknownAdditionalProperties::new("ExtendsUnknownAdditionalProperties");
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    suite.gives("ExtendsUnknown_get", types.extends_unknown_get(), &value).await;
    suite.takes("ExtendsUnknown_put", types.extends_unknown_put(&value)).await;

    let mut value =
        ExtendsUnknownAdditionalPropertiesDerived::new("ExtendsUnknownAdditionalProperties", 314).age(2.71875);
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    suite.gives("ExtendsUnknownDerived_get", types.extends_unknown_derived_get(), &value).await;
    suite.takes("ExtendsUnknownDerived_put", types.extends_unknown_derived_put(&value)).await;

    let mut value = ExtendsUnknownAdditionalPropertiesDiscriminatedDerived::new("Derived", 314).age(2.71875);
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    let value = ExtendsUnknownAdditionalPropertiesDiscriminated::from(value);
    suite.gives("ExtendsUnknownDiscriminated_get", types.extends_unknown_discriminated_get(), &value).await;
    suite.takes("ExtendsUnknownDiscriminated_put", types.extends_unknown_discriminated_put(&value)).await;

    let mut value = IsUnknownAdditionalProperties::new("IsUnknownAdditionalProperties");
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    suite.gives("IsUnknown_get", types.is_unknown_get(), &value).await;
    suite.takes("IsUnknown_put", types.is_unknown_put(&value)).await;

    let mut value = IsUnknownAdditionalPropertiesDerived::new("IsUnknownAdditionalProperties", 314).age(2.71875);
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    suite.gives("IsUnknownDerived_get", types.is_unknown_derived_get(), &value).await;
    suite.takes("IsUnknownDerived_put", types.is_unknown_derived_put(&value)).await;

    let mut value = IsUnknownAdditionalPropertiesDiscriminatedDerived::new("Derived", 314).age(2.71875);
    value.additional_properties.extend([
        ("prop1".to_owned(), 32.into()),
        ("prop2".to_owned(), true.into()),
        ("prop3".to_owned(), "abc".into()),
    ]);
    let value = IsUnknownAdditionalPropertiesDiscriminated::from(value);
    suite.gives("IsUnknownDiscriminated_get", types.is_unknown_discriminated_get(), &value).await;
    suite.takes("IsUnknownDiscriminated_put", types.is_unknown_discriminated_put(&value)).await;

    let mut value = ExtendsStringAdditionalProperties::new("ExtendsStringAdditionalProperties");
    value.additional_properties.extend([("prop".to_owned(), "abc".to_owned())]);
    suite.gives("ExtendsString_get", types.extends_string_get(), &value).await;
    suite.takes("ExtendsString_put", types.extends_string_put(&value)).await;

    let mut value = IsStringAdditionalProperties::new("IsStringAdditionalProperties");
    value.additional_properties.extend([("prop".to_owned(), "abc".to_owned())]);
    suite.gives("IsString_get", types.is_string_get(), &value).await;
    suite.takes("IsString_put", types.is_string_put(&value)).await;

    let mut value = ExtendsFloatAdditionalProperties::new(43.125);
    value.additional_properties.extend([("prop".to_owned(), 43.125)]);
    suite.gives("ExtendsFloat_get", types.extends_float_get(), &value).await;
    suite.takes("ExtendsFloat_put", types.extends_float_put(&value)).await;

    let mut value = IsFloatAdditionalProperties::new(43.125);
    value.additional_properties.extend([("prop".to_owned(), 43.125)]);
    suite.gives("IsFloat_get", types.is_float_get(), &value).await;
    suite.takes("IsFloat_put", types.is_float_put(&value)).await;

    let mut value = ExtendsModelAdditionalProperties::new(ModelForRecord::new("ok"));
    value.additional_properties.extend([("prop".to_owned(), ModelForRecord::new("ok"))]);
    suite.gives("ExtendsModel_get", types.extends_model_get(), &value).await;
    suite.takes("ExtendsModel_put", types.extends_model_put(&value)).await;

    let mut value = IsModelAdditionalProperties::new(ModelForRecord::new("ok"));
    value.additional_properties.extend([("prop".to_owned(), ModelForRecord::new("ok"))]);
    suite.gives("IsModel_get", types.is_model_get(), &value).await;
    suite.takes("IsModel_put", types.is_model_put(&value)).await;

    let mut value = ExtendsModelArrayAdditionalProperties::new([ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
    value
        .additional_properties
        .extend([("prop".to_owned(), vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")])]);
    suite.gives("ExtendsModelArray_get", types.extends_model_array_get(), &value).await;
    suite.takes("ExtendsModelArray_put", types.extends_model_array_put(&value)).await;

    let mut value = IsModelArrayAdditionalProperties::new([ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
    value
        .additional_properties
        .extend([("prop".to_owned(), vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")])]);
    suite.gives("IsModelArray_get", types.is_model_array_get(), &value).await;
    suite.takes("IsModelArray_put", types.is_model_array_put(&value)).await;

    let mut value = SpreadStringRecord::new("SpreadSpringRecord");
    value.additional_properties.extend([("prop".to_owned(), "abc".to_owned())]);
    suite.gives("SpreadString_get", types.spread_string_get(), &value).await;
    suite.takes("SpreadString_put", types.spread_string_put(&value)).await;

    let mut value = SpreadFloatRecord::new(43.125);
    value.additional_properties.extend([("prop".to_owned(), 43.125)]);
    suite.gives("SpreadFloat_get", types.spread_float_get(), &value).await;
    suite.takes("SpreadFloat_put", types.spread_float_put(&value)).await;

    let mut value = SpreadModelRecord::new(ModelForRecord::new("ok"));
    value.additional_properties.extend([("prop".to_owned(), ModelForRecord::new("ok"))]);
    suite.gives("SpreadModel_get", types.spread_model_get(), &value).await;
    suite.takes("SpreadModel_put", types.spread_model_put(&value)).await;

    let mut value = SpreadModelArrayRecord::new([ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
    value
        .additional_properties
        .extend([("prop".to_owned(), vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")])]);
    suite.gives("SpreadModelArray_get", types.spread_model_array_get(), &value).await;
    suite.takes("SpreadModelArray_put", types.spread_model_array_put(&value)).await;

    let mut value = DifferentSpreadStringRecord::new(43.125);
    value.additional_properties.extend([("prop".to_owned(), "abc".to_owned())]);
    suite.gives("SpreadDifferentString_get", types.spread_different_string_get(), &value).await;
    suite.takes("SpreadDifferentString_put", types.spread_different_string_put(&value)).await;

    let mut value = DifferentSpreadFloatRecord::new("abc");
    value.additional_properties.extend([("prop".to_owned(), 43.125)]);
    suite.gives("SpreadDifferentFloat_get", types.spread_different_float_get(), &value).await;
    suite.takes("SpreadDifferentFloat_put", types.spread_different_float_put(&value)).await;

    let mut value = DifferentSpreadModelRecord::new("abc");
    value.additional_properties.extend([("prop".to_owned(), ModelForRecord::new("ok"))]);
    suite.gives("SpreadDifferentModel_get", types.spread_different_model_get(), &value).await;
    suite.takes("SpreadDifferentModel_put", types.spread_different_model_put(&value)).await;

    let mut value = DifferentSpreadModelArrayRecord::new("abc");
    value
        .additional_properties
        .extend([("prop".to_owned(), vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")])]);
    suite.gives("SpreadDifferentModelArray_get", types.spread_different_model_array_get(), &value).await;
    suite.takes("SpreadDifferentModelArray_put", types.spread_different_model_array_put(&value)).await;

    let mut value = DifferentSpreadStringDerived::new(43.125, "abc");
    value.additional_properties.extend([("prop".to_owned(), "abc".to_owned())]);
    suite.gives("ExtendsDifferentSpreadString_get", types.extends_different_spread_string_get(), &value).await;
    suite.takes("ExtendsDifferentSpreadString_put", types.extends_different_spread_string_put(&value)).await;

    let mut value = DifferentSpreadFloatDerived::new("abc", 43.125);
    value.additional_properties.extend([("prop".to_owned(), 43.125)]);
    suite.gives("ExtendsDifferentSpreadFloat_get", types.extends_different_spread_float_get(), &value).await;
    suite.takes("ExtendsDifferentSpreadFloat_put", types.extends_different_spread_float_put(&value)).await;

    let mut value = DifferentSpreadModelDerived::new("abc", ModelForRecord::new("ok"));
    value.additional_properties.extend([("prop".to_owned(), ModelForRecord::new("ok"))]);
    suite.gives("ExtendsDifferentSpreadModel_get", types.extends_different_spread_model_get(), &value).await;
    suite.takes("ExtendsDifferentSpreadModel_put", types.extends_different_spread_model_put(&value)).await;

    let mut value =
        DifferentSpreadModelArrayDerived::new("abc", [ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
    value
        .additional_properties
        .extend([("prop".to_owned(), vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")])]);
    suite.gives("ExtendsDifferentSpreadModelArray_get", types.extends_different_spread_model_array_get(), &value).await;
    suite.takes("ExtendsDifferentSpreadModelArray_put", types.extends_different_spread_model_array_put(&value)).await;

    let mut value = MultipleSpreadRecord::new(true);
    value.additional_properties.extend([("prop1".to_owned(), "abc".into()), ("prop2".to_owned(), 43.125.into())]);
    suite.gives("MultipleSpread_get", types.multiple_spread_get(), &value).await;
    suite.takes("MultipleSpread_put", types.multiple_spread_put(&value)).await;

    let mut value = SpreadRecordForUnion::new(true);
    value.additional_properties.extend([("prop1".to_owned(), "abc".into()), ("prop2".to_owned(), 43.125.into())]);
    suite.gives("SpreadRecordUnion_get", types.spread_record_union_get(), &value).await;
    suite.takes("SpreadRecordUnion_put", types.spread_record_union_put(&value)).await;

    let mut value = SpreadRecordForNonDiscriminatedUnion::new("abc");
    value.additional_properties.extend([
        ("prop1".to_owned(), WidgetData0::new("abc").into()),
        (
            "prop2".to_owned(),
            WidgetData1::new("2021-01-01T00:00:00Z".parse()?).end("2021-01-02T00:00:00Z".parse()?).into(),
        ),
    ]);
    suite
        .gives("SpreadRecordNonDiscriminatedUnion_get", types.spread_record_non_discriminated_union_get(), &value)
        .await;
    suite.takes("SpreadRecordNonDiscriminatedUnion_put", types.spread_record_non_discriminated_union_put(&value)).await;

    let mut value = SpreadRecordForNonDiscriminatedUnion2::new("abc");
    value.additional_properties.extend([
        ("prop1".to_owned(), WidgetData2::new("2021-01-01T00:00:00Z").into()),
        (
            "prop2".to_owned(),
            WidgetData1::new("2021-01-01T00:00:00Z".parse()?).end("2021-01-02T00:00:00Z".parse()?).into(),
        ),
    ]);
    suite
        .gives("SpreadRecordNonDiscriminatedUnion2_get", types.spread_record_non_discriminated_union2_get(), &value)
        .await;
    let call = types.spread_record_non_discriminated_union2_put(&value);
    suite.takes("SpreadRecordNonDiscriminatedUnion2_put", call).await;

    let mut value = SpreadRecordForNonDiscriminatedUnion3::new("abc");
    value.additional_properties.extend([
        (
            "prop1".to_owned(),
            vec![WidgetData2::new("2021-01-01T00:00:00Z"), WidgetData2::new("2021-01-01T00:00:00Z")].into(),
        ),
        (
            "prop2".to_owned(),
            WidgetData1::new("2021-01-01T00:00:00Z".parse()?).end("2021-01-02T00:00:00Z".parse()?).into(),
        ),
    ]);
    suite
        .gives("SpreadRecordNonDiscriminatedUnion3_get", types.spread_record_non_discriminated_union3_get(), &value)
        .await;
    let call = types.spread_record_non_discriminated_union3_put(&value);
    suite.takes("SpreadRecordNonDiscriminatedUnion3_put", call).await;

    Ok(())
}
