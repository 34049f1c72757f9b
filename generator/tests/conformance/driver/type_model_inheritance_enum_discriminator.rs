//! Heirs that an enum tells apart, and what is none of them.

use type_model_inheritance_enum_discriminator::{Client, models::*};

use crate::harness::{Outcome, Suite, same, unexpected};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Model_Inheritance_EnumDiscriminator_");
    let client = Client::new()?;
    let model = client.r#type();

    let dog = Dog::from(Golden::new(10));
    suite.gives("getExtensibleModel", model.get_extensible_model(), &dog).await;
    suite.takes("putExtensibleModel", model.update_extensible_model(&dog)).await;
    suite
        .scenario("getExtensibleModelMissingDiscriminator", async {
            match model.get_extensible_model_missing_discriminator().await? {
                Dog::Unknown(value) => same(&value["weight"], &10),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("getExtensibleModelWrongDiscriminator", async {
            match model.get_extensible_model_wrong_discriminator().await? {
                Dog::Unknown(value) => same(&value["kind"], "wrongKind"),
                other => unexpected(&other),
            }
        })
        .await;

    let snake = Snake::from(Cobra::new(10));
    suite.gives("getFixedModel", model.get_fixed_model(), &snake).await;
    suite.takes("putFixedModel", model.update_fixed_model(&snake)).await;
    suite
        .scenario("getFixedModelMissingDiscriminator", async {
            match model.get_fixed_model_missing_discriminator().await? {
                Snake::Unknown(value) => same(&value["length"], &10),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("getFixedModelWrongDiscriminator", async {
            match model.get_fixed_model_wrong_discriminator().await? {
                Snake::Unknown(value) => same(&value["kind"], "wrongKind"),
                other => unexpected(&other),
            }
        })
        .await;
    Ok(())
}
