//! Heirs that a text tells apart, and what is none of them.

use type_model_inheritance_single_discriminator::{Client, models::*};

use crate::harness::{Outcome, Suite, same, unexpected};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Model_Inheritance_SingleDiscriminator_");
    let client = Client::new()?;
    let model = client.r#type();

    let sparrow = Bird::from(Sparrow::new(1));
    suite.gives("getModel", model.get_model(), &sparrow).await;
    suite.takes("putModel", model.update_model(&sparrow)).await;

    let eagle = Bird::from(
        Eagle::new(5).partner(Goose::new(2)).friends([SeaGull::new(2).into()]).hate([("key3", Sparrow::new(1).into())]),
    );
    suite.gives("getRecursiveModel", model.get_recursive_model(), &eagle).await;
    suite.takes("putRecursiveModel", model.update_recursive_model(&eagle)).await;

    let salmon = Fish::new("salmon", 10);
    suite.gives("getNoSubtypesModel", model.get_no_subtypes_model(), &salmon).await;
    suite.takes("putNoSubtypesModel", model.update_no_subtypes_model(&salmon)).await;

    suite.gives("getLegacyModel", model.get_legacy_model(), &Dinosaur::from(TRex::new(20))).await;
    suite
        .scenario("getMissingDiscriminator", async {
            match model.get_missing_discriminator().await? {
                Bird::Unknown(value) => same(&value["wingspan"], &1),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("getWrongDiscriminator", async {
            match model.get_wrong_discriminator().await? {
                Bird::Unknown(value) => same(&value["kind"], "wrongKind"),
                other => unexpected(&other),
            }
        })
        .await;
    Ok(())
}
