//! Heirs that have heirs, each told apart by a tag of its own.

use type_model_inheritance_nested_discriminator::{Client, models::*};

use crate::harness::{Outcome, Suite, same, unexpected};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Model_Inheritance_NestedDiscriminator_");
    let client = Client::new()?;
    let model = client.r#type();

    let shark = Fish::from(Shark::from(GoblinShark::new(1)));
    suite.gives("getModel", model.get_model(), &shark).await;
    suite.takes("putModel", model.update_model(&shark)).await;

    let saw = |age| Fish::from(Shark::from(SawShark::new(age)));
    let goblin = |age| Fish::from(Shark::from(GoblinShark::new(age)));
    let friend = Salmon::new(2).partner(Salmon::new(3)).hate([("key1", Salmon::new(4).into()), ("key2", goblin(2))]);
    let enemy = Salmon::new(2).friends([Salmon::new(1).into(), goblin(4)]);
    let salmon = Fish::from(
        Salmon::new(1)
            .partner(saw(2))
            .friends([friend.into(), goblin(3)])
            .hate([("key3", saw(3)), ("key4", enemy.into())]),
    );
    suite.gives("getRecursiveModel", model.get_recursive_model(), &salmon).await;
    suite.takes("putRecursiveModel", model.update_recursive_model(&salmon)).await;

    suite
        .scenario("getMissingDiscriminator", async {
            match model.get_missing_discriminator().await? {
                Fish::Unknown(value) => same(&value["age"], &1),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("getWrongDiscriminator", async {
            match model.get_wrong_discriminator().await? {
                Fish::Unknown(value) => same(&value["kind"], "wrongKind"),
                other => unexpected(&other),
            }
        })
        .await;
    Ok(())
}
