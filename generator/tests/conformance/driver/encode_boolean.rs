//! Booleans that are texts.

use encode_boolean::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Boolean_Property_");
    let client = Client::new()?;
    let encode = client.encode();

    let value = PropertyBoolAsStringProperty::new("true");
    suite.gives("trueLower", encode.property_true_lower(&value), &value).await;
    let value = PropertyBoolAsStringProperty::new("false");
    suite.gives("falseLower", encode.property_false_lower(&value), &value).await;
    let value = PropertyBoolAsStringProperty::new("true");
    let answer = PropertyBoolAsStringProperty::new("TRUE");
    suite.gives("trueUpper", encode.property_true_upper(&value), &answer).await;
    let value = PropertyBoolAsStringProperty::new("false");
    let answer = PropertyBoolAsStringProperty::new("FaLsE");
    suite.gives("falseMixed", encode.property_false_mixed(&value), &answer).await;
    Ok(())
}
