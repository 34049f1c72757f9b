//! Numbers that are texts.

use encode_numeric::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Numeric_Property_");
    let client = Client::new()?;
    let encode = client.encode();

    let value = PropertySafeintAsStringProperty::new("10000000000");
    suite.gives("safeintAsString", encode.property_safeint_as_string(&value), &value).await;
    let value = PropertyUint32AsStringProperty::new().value("1");
    suite.gives("uint32AsStringOptional", encode.property_uint32_as_string_optional(&value), &value).await;
    let value = PropertyUint8AsStringProperty::new("255");
    suite.gives("uint8AsString", encode.property_uint8_as_string(&value), &value).await;
    Ok(())
}
