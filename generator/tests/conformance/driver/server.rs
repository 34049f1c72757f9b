//! Servers with parameters and versions in paths and queries.

use crate::harness::{Outcome, SERVER, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Server_");
    let client = server_endpoint_not_defined::Client::new(SERVER)?;
    suite.takes("Endpoint_NotDefined_valid", client.server().valid()).await;

    let client = server_path_single::Client::new(SERVER)?;
    suite.takes("Path_Single_myOp", client.server().my_op()).await;

    let client = server_path_multiple_v1_0::Client::new(format!("{SERVER}/server/path/multiple/v1.0"))?;
    suite.takes("Path_Multiple_noOperationParams", client.root().no_operation_params()).await;
    suite.takes("Path_Multiple_withOperationPathParam", client.root().with_operation_path_param("test")).await;

    let client = server_versions_not_versioned::Client::new(SERVER)?;
    let server = client.server();
    suite.takes("Versions_NotVersioned_withoutApiVersion", server.without_api_version()).await;
    suite.takes("Versions_NotVersioned_withPathApiVersion", server.with_path_api_version("v1.0")).await;
    suite.takes("Versions_NotVersioned_withQueryApiVersion", server.with_query_api_version("v1.0")).await;

    let client = server_versions_versioned_2022_12_01_preview::Client::new(SERVER)?;
    let server = client.server();
    let (new, old) = ("2022-12-01-preview", "2021-01-01-preview");
    suite.takes("Versions_Versioned_withoutApiVersion", server.without_api_version()).await;
    suite.takes("Versions_Versioned_withPathApiVersion", server.with_path_api_version(new)).await;
    suite.takes("Versions_Versioned_withQueryApiVersion", server.with_query_api_version(new)).await;
    suite.takes("Versions_Versioned_withQueryOldApiVersion", server.with_query_old_api_version(old)).await;
    Ok(())
}
