//! A member of every type.

use serde_json::json;
use type_property_value_types::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Property_ValueTypes_");
    let client = Client::new()?;
    let types = client.r#type();

    let value = BooleanProperty::new(true);
    suite.gives("Boolean_get", types.boolean_get(), &value).await;
    suite.takes("Boolean_put", types.boolean_put(&value)).await;

    let value = StringProperty::new("hello");
    suite.gives("String_get", types.string_get(), &value).await;
    suite.takes("String_put", types.string_put(&value)).await;

    let value = BytesProperty::new(b"hello, world!"[..].into());
    suite.gives("Bytes_get", types.bytes_get(), &value).await;
    suite.takes("Bytes_put", types.bytes_put(&value)).await;

    let value = IntProperty::new(42);
    suite.gives("Int_get", types.int_get(), &value).await;
    suite.takes("Int_put", types.int_put(&value)).await;

    let value = FloatProperty::new(43.125);
    suite.gives("Float_get", types.float_get(), &value).await;
    suite.takes("Float_put", types.float_put(&value)).await;

    let value = DecimalProperty::new(0.33333);
    suite.gives("Decimal_get", types.decimal_get(), &value).await;
    suite.takes("Decimal_put", types.decimal_put(&value)).await;

    let value = Decimal128Property::new(0.33333);
    suite.gives("Decimal128_get", types.decimal128_get(), &value).await;
    suite.takes("Decimal128_put", types.decimal128_put(&value)).await;

    let value = DatetimeProperty::new("2022-08-26T18:38:00Z".parse()?);
    suite.gives("Datetime_get", types.datetime_get(), &value).await;
    suite.takes("Datetime_put", types.datetime_put(&value)).await;

    let value = DurationProperty::new("P123DT22H14M12.011S");
    suite.gives("Duration_get", types.duration_get(), &value).await;
    suite.takes("Duration_put", types.duration_put(&value)).await;

    let value = EnumProperty::new(FixedInnerEnum::ValueOne);
    suite.gives("Enum_get", types.enum_get(), &value).await;
    suite.takes("Enum_put", types.enum_put(&value)).await;

    let value = ExtensibleEnumProperty::new(InnerEnum::Unknown("UnknownValue".to_owned()));
    suite.gives("ExtensibleEnum_get", types.extensible_enum_get(), &value).await;
    suite.takes("ExtensibleEnum_put", types.extensible_enum_put(&value)).await;

    let value = ModelProperty::new(InnerModel::new("hello"));
    suite.gives("Model_get", types.model_get(), &value).await;
    suite.takes("Model_put", types.model_put(&value)).await;

    let value = CollectionsStringProperty::new(["hello", "world"]);
    suite.gives("CollectionsString_get", types.collections_string_get(), &value).await;
    suite.takes("CollectionsString_put", types.collections_string_put(&value)).await;

    let value = CollectionsIntProperty::new([1, 2]);
    suite.gives("CollectionsInt_get", types.collections_int_get(), &value).await;
    suite.takes("CollectionsInt_put", types.collections_int_put(&value)).await;

    let value = CollectionsModelProperty::new(["hello", "world"].map(InnerModel::new));
    suite.gives("CollectionsModel_get", types.collections_model_get(), &value).await;
    suite.takes("CollectionsModel_put", types.collections_model_put(&value)).await;

    let value = DictionaryStringProperty::new([("k1", "hello"), ("k2", "world")]);
    suite.gives("DictionaryString_get", types.dictionary_string_get(), &value).await;
    suite.takes("DictionaryString_put", types.dictionary_string_put(&value)).await;

    let value = json!({});
    suite.gives("Never_get", types.never_get(), &value).await;
    suite.takes("Never_put", types.never_put(&value)).await;

    let value = UnknownStringProperty::new("hello");
    suite.gives("UnknownString_get", types.unknown_string_get(), &value).await;
    suite.takes("UnknownString_put", types.unknown_string_put(&value)).await;

    let value = UnknownIntProperty::new(42);
    suite.gives("UnknownInt_get", types.unknown_int_get(), &value).await;
    suite.takes("UnknownInt_put", types.unknown_int_put(&value)).await;

    let value = UnknownDictProperty::new(json!({"k1": "hello", "k2": 42}));
    suite.gives("UnknownDict_get", types.unknown_dict_get(), &value).await;
    suite.takes("UnknownDict_put", types.unknown_dict_put(&value)).await;

    let value = UnknownArrayProperty::new(json!(["hello", "world"]));
    suite.gives("UnknownArray_get", types.unknown_array_get(), &value).await;
    suite.takes("UnknownArray_put", types.unknown_array_put(&value)).await;

    let value = StringLiteralProperty::new();
    suite.gives("StringLiteral_get", types.string_literal_get(), &value).await;
    suite.takes("StringLiteral_put", types.string_literal_put(&value)).await;

    let value = IntLiteralProperty::new();
    suite.gives("IntLiteral_get", types.int_literal_get(), &value).await;
    suite.takes("IntLiteral_put", types.int_literal_put(&value)).await;

    let value = FloatLiteralProperty::new();
    suite.gives("FloatLiteral_get", types.float_literal_get(), &value).await;
    suite.takes("FloatLiteral_put", types.float_literal_put(&value)).await;

    let value = BooleanLiteralProperty::new();
    suite.gives("BooleanLiteral_get", types.boolean_literal_get(), &value).await;
    suite.takes("BooleanLiteral_put", types.boolean_literal_put(&value)).await;

    let value = UnionStringLiteralProperty::new(UnionStringLiteralPropertyProperty::World);
    suite.gives("UnionStringLiteral_get", types.union_string_literal_get(), &value).await;
    suite.takes("UnionStringLiteral_put", types.union_string_literal_put(&value)).await;

    let value = UnionIntLiteralProperty::new(UnionIntLiteralPropertyProperty::Value42);
    suite.gives("UnionIntLiteral_get", types.union_int_literal_get(), &value).await;
    suite.takes("UnionIntLiteral_put", types.union_int_literal_put(&value)).await;

    let value = UnionFloatLiteralProperty::new(UnionFloatLiteralPropertyProperty::Value46_875);
    suite.gives("UnionFloatLiteral_get", types.union_float_literal_get(), &value).await;
    suite.takes("UnionFloatLiteral_put", types.union_float_literal_put(&value)).await;

    let value = UnionEnumValueProperty::new();
    suite.gives("UnionEnumValue_get", types.union_enum_value_get(), &value).await;
    suite.takes("UnionEnumValue_put", types.union_enum_value_put(&value)).await;

    Ok(())
}
