//! Arrays of every type, as they come and as they are sent.

use type_array::{
    Client,
    models::InnerModel,
    prelude::{Timestamp, Value},
};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Array_");
    let client = Client::new()?;
    let array = client.r#type();

    let values = &[1, 2];
    suite.gives("Int32Value_get", array.int32_value_get(), values).await;
    suite.takes("Int32Value_put", array.int32_value_put(values)).await;

    let values = &[9_007_199_254_740_991, -9_007_199_254_740_991];
    suite.gives("Int64Value_get", array.int64_value_get(), values).await;
    suite.takes("Int64Value_put", array.int64_value_put(values)).await;

    let values = &[true, false];
    suite.gives("BooleanValue_get", array.boolean_value_get(), values).await;
    suite.takes("BooleanValue_put", array.boolean_value_put(values)).await;

    let values = ["hello", ""];
    suite.gives("StringValue_get", array.string_value_get(), &values).await;
    suite.takes("StringValue_put", array.string_value_put(values)).await;

    let values = &[43.125];
    suite.gives("Float32Value_get", array.float32_value_get(), values).await;
    suite.takes("Float32Value_put", array.float32_value_put(values)).await;

    let values = &["2022-08-26T18:38:00Z".parse::<Timestamp>()?];
    suite.gives("DatetimeValue_get", array.datetime_value_get(), values).await;
    suite.takes("DatetimeValue_put", array.datetime_value_put(values)).await;

    let values = ["P123DT22H14M12.011S"];
    suite.gives("DurationValue_get", array.duration_value_get(), &values).await;
    suite.takes("DurationValue_put", array.duration_value_put(values)).await;

    let values = &[1.into(), "hello".into(), Value::Null];
    suite.gives("UnknownValue_get", array.unknown_value_get(), values).await;
    suite.takes("UnknownValue_put", array.unknown_value_put(values)).await;

    let values = &["hello", "world"].map(InnerModel::new);
    suite.gives("ModelValue_get", array.model_value_get(), values).await;
    suite.takes("ModelValue_put", array.model_value_put(values)).await;

    let values = &[Some(1.25), None, Some(3.0)];
    suite.gives("NullableFloatValue_get", array.nullable_float_value_get(), values).await;
    suite.takes("NullableFloatValue_put", array.nullable_float_value_put(values)).await;

    let values = &[Some(true), None, Some(false)];
    suite.gives("NullableBooleanValue_get", array.nullable_boolean_value_get(), values).await;
    suite.takes("NullableBooleanValue_put", array.nullable_boolean_value_put(values)).await;

    let values = &[Some(1), None, Some(3)];
    suite.gives("NullableInt32Value_get", array.nullable_int32_value_get(), values).await;
    suite.takes("NullableInt32Value_put", array.nullable_int32_value_put(values)).await;

    let values = &[Some("hello".to_owned()), None, Some("world".to_owned())];
    suite.gives("NullableStringValue_get", array.nullable_string_value_get(), values).await;
    suite.takes("NullableStringValue_put", array.nullable_string_value_put(values)).await;

    let values = &[Some(InnerModel::new("hello")), None, Some(InnerModel::new("world"))];
    suite.gives("NullableModelValue_get", array.nullable_model_value_get(), values).await;
    suite.takes("NullableModelValue_put", array.nullable_model_value_put(values)).await;

    Ok(())
}
