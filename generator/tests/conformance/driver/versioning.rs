//! What changed from one version of a service to the next.

use versioning_added_v2::models as added;
use versioning_removed_v2::models as removed;

use crate::harness::{Outcome, SERVER, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Versioning_");
    let client = versioning_added_v2::Client::new(format!("{SERVER}/versioning/added/api-version:v2"))?;
    let model = added::ModelV1::new("foo", added::EnumV1::EnumMemberV2, 10);
    suite.gives("Added_v1", client.root().v1("bar", &model), &model).await;
    let model = added::ModelV2::new("foo", "bar");
    suite.gives("Added_v2", client.root().v2(&model), &model).await;
    suite.gives("Added_InterfaceV2", client.interface_v2().v2_in_interface(&model), &model).await;

    let client = versioning_made_optional_v2::Client::new(format!("{SERVER}/versioning/made-optional/api-version:v2"))?;
    let model = versioning_made_optional_v2::models::TestModel::new("foo");
    suite.gives("MadeOptional_test", client.test().create(&model), &model).await;

    let client = versioning_removed_v1::Client::new(format!("{SERVER}/versioning/removed/api-version:v1"))?;
    let model = versioning_removed_v1::models::ModelV3::new("123", versioning_removed_v1::models::EnumV3::EnumMemberV1);
    suite.gives("Removed_modelV3", client.root().model_v3(&model), &model).await;
    let client =
        versioning_removed_v2preview::Client::new(format!("{SERVER}/versioning/removed/api-version:v2preview"))?;
    let model = versioning_removed_v2preview::models::ModelV3::new("123");
    suite.gives("Removed_modelV3_V2preview", client.root().model_v3(&model), &model).await;
    let client = versioning_removed_v2::Client::new(format!("{SERVER}/versioning/removed/api-version:v2"))?;
    let model = removed::ModelV3::new("123", removed::EnumV3::EnumMemberV1);
    suite.gives("Removed_modelV3_V2", client.root().model_v3(&model), &model).await;
    let model = removed::ModelV2::new("foo", "bar");
    suite.gives("Removed_v2", client.root().v2(&model), &model).await;

    let client = versioning_renamed_from_v2::Client::new(format!("{SERVER}/versioning/renamed-from/api-version:v2"))?;
    let model = versioning_renamed_from_v2::models::NewModel::new("foo", 10);
    suite.gives("RenamedFrom_newOp", client.test().new_op("bar", &model), &model).await;
    suite
        .gives("RenamedFrom_NewInterface", client.interface().new_interface_new_op_in_new_interface(&model), &model)
        .await;

    let base = format!("{SERVER}/versioning/return-type-changed-from/api-version:v2");
    let client = versioning_return_type_changed_from_v2::Client::new(base)?;
    suite.gives("ReturnTypeChangedFrom_test", client.test().create("test"), "test").await;

    let client =
        versioning_type_changed_from_v2::Client::new(format!("{SERVER}/versioning/type-changed-from/api-version:v2"))?;
    let model = versioning_type_changed_from_v2::models::TestModel::new("foo", "bar");
    suite.gives("TypeChangedFrom_test", client.test().create("baz", &model), &model).await;
    Ok(())
}
