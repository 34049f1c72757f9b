//! Models without members, with heirs, of themselves, and of which not all is seen everywhere.

use serde_json::json;
use type_model_inheritance_not_discriminated::models::Siamese;
use type_model_inheritance_recursive::models::Extension;
use type_model_usage::models::*;
use type_model_visibility::models::*;

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Model_");
    let client = type_model_empty::Client::new()?;
    let empty = client.r#type();
    let nothing = json!({});
    suite.gives("Empty_getEmpty", empty.get_empty(), &nothing).await;
    suite.takes("Empty_putEmpty", empty.update_empty(&nothing)).await;
    suite.gives("Empty_postRoundTripEmpty", empty.create_round_trip_empty(&nothing), &nothing).await;

    let client = type_model_usage::Client::new()?;
    let usage = client.r#type();
    suite.takes("Usage_input", usage.input(&InputRecord::new("example-value"))).await;
    suite.gives("Usage_output", usage.output(), &OutputRecord::new("example-value")).await;
    let record = InputOutputRecord::new("example-value");
    suite.gives("Usage_inputAndOutput", usage.input_and_output(&record), &record).await;

    let client = type_model_inheritance_not_discriminated::Client::new()?;
    let heirs = client.r#type();
    let cat = Siamese::new("abc", 32, true);
    suite.takes("Inheritance_NotDiscriminated_postValid", heirs.create_valid(&cat)).await;
    suite.gives("Inheritance_NotDiscriminated_getValid", heirs.get_valid(), &cat).await;
    suite.gives("Inheritance_NotDiscriminated_putValid", heirs.update_valid(&cat), &cat).await;

    let client = type_model_inheritance_recursive::Client::new()?;
    let recursive = client.r#type();
    let tree = Extension::new(0).extension([Extension::new(1).extension([Extension::new(2)]), Extension::new(1)]);
    suite.gives("Inheritance_Recursive_get", recursive.get(), &tree).await;
    suite.takes("Inheritance_Recursive_put", recursive.update_model_inheritance_recursive(&tree)).await;

    let client = type_model_visibility::Client::new()?;
    let visibility = client.r#type();
    let read = VisibilityModel::new().read_prop("abc");
    suite.gives("Visibility_getModel", visibility.get_model(123, &VisibilityModel::new()), &read).await;
    suite.takes("Visibility_headModel", visibility.head_model(123, &VisibilityModel::new())).await;
    let both = VisibilityModelCreateOrUpdate::new(["foo", "bar"], [1, 2]);
    suite.takes("Visibility_putModel", visibility.update_model(&both)).await;
    let update = VisibilityModelUpdate::new().update_prop([1, 2]);
    suite.takes("Visibility_patchModel", visibility.patch_model(&update)).await;
    let create = VisibilityModelCreate::new(["foo", "bar"]);
    suite.takes("Visibility_postModel", visibility.create_model(&create)).await;
    suite.takes("Visibility_deleteModel", visibility.delete_model(&VisibilityModelDelete::new(true))).await;
    let lists = ReadOnlyModel::new()
        .optional_nullable_int_list(vec![1, 2, 3])
        .optional_string_record([("k1", "value1"), ("k2", "value2")]);
    suite.gives("Visibility_putReadOnlyModel", visibility.read_only_model(&ReadOnlyModel::new()), &lists).await;
    Ok(())
}
