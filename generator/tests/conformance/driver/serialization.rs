//! Names on the wire that are not those of the service.

use serialization_encoded_name_json::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Serialization_EncodedName_Json_Property_");
    let client = Client::new()?;
    let serialization = client.serialization();
    let model = PropertyJsonEncodedNameModel::new(true);

    suite.takes("send", serialization.property_send(&model)).await;
    suite.gives("get", serialization.property_get(), &model).await;
    Ok(())
}
