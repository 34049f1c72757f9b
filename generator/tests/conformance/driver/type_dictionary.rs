//! Maps of every type, as they come and as they are sent.

use type_dictionary::{
    Client,
    models::InnerModel,
    prelude::{BTreeMap, Timestamp, Value},
};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Dictionary_");
    let client = Client::new()?;
    let dictionary = client.r#type();

    let values = BTreeMap::from([("k1".to_owned(), 1), ("k2".to_owned(), 2)]);
    suite.gives("Int32Value_get", dictionary.int32_value_get(), &values).await;
    suite.takes("Int32Value_put", dictionary.int32_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), 9_007_199_254_740_991), ("k2".to_owned(), -9_007_199_254_740_991)]);
    suite.gives("Int64Value_get", dictionary.int64_value_get(), &values).await;
    suite.takes("Int64Value_put", dictionary.int64_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), true), ("k2".to_owned(), false)]);
    suite.gives("BooleanValue_get", dictionary.boolean_value_get(), &values).await;
    suite.takes("BooleanValue_put", dictionary.boolean_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), "hello".to_owned()), ("k2".to_owned(), String::new())]);
    suite.gives("StringValue_get", dictionary.string_value_get(), &values).await;
    suite.takes("StringValue_put", dictionary.string_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), 43.125)]);
    suite.gives("Float32Value_get", dictionary.float32_value_get(), &values).await;
    suite.takes("Float32Value_put", dictionary.float32_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), "2022-08-26T18:38:00Z".parse::<Timestamp>()?)]);
    suite.gives("DatetimeValue_get", dictionary.datetime_value_get(), &values).await;
    suite.takes("DatetimeValue_put", dictionary.datetime_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), "P123DT22H14M12.011S".to_owned())]);
    suite.gives("DurationValue_get", dictionary.duration_value_get(), &values).await;
    suite.takes("DurationValue_put", dictionary.duration_value_put(&values)).await;

    let values = BTreeMap::from([
        ("k1".to_owned(), 1.into()),
        ("k2".to_owned(), "hello".into()),
        ("k3".to_owned(), Value::Null),
    ]);
    suite.gives("UnknownValue_get", dictionary.unknown_value_get(), &values).await;
    suite.takes("UnknownValue_put", dictionary.unknown_value_put(&values)).await;

    let values =
        BTreeMap::from([("k1".to_owned(), InnerModel::new("hello")), ("k2".to_owned(), InnerModel::new("world"))]);
    suite.gives("ModelValue_get", dictionary.model_value_get(), &values).await;
    suite.takes("ModelValue_put", dictionary.model_value_put(&values)).await;

    let values = BTreeMap::from([
        ("k1".to_owned(), InnerModel::new("hello").children(BTreeMap::<String, InnerModel>::new())),
        ("k2".to_owned(), InnerModel::new("world").children([("k2.1", InnerModel::new("inner world"))])),
    ]);
    suite.gives("RecursiveModelValue_get", dictionary.recursive_model_value_get(), &values).await;
    suite.takes("RecursiveModelValue_put", dictionary.recursive_model_value_put(&values)).await;

    let values = BTreeMap::from([("k1".to_owned(), Some(1.25)), ("k2".to_owned(), Some(0.5)), ("k3".to_owned(), None)]);
    suite.gives("NullableFloatValue_get", dictionary.nullable_float_value_get(), &values).await;
    suite.takes("NullableFloatValue_put", dictionary.nullable_float_value_put(&values)).await;

    Ok(())
}
