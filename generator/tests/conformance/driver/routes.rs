//! Parameters of every style, in paths and queries.

use routes::{Client, models::ExpandParameters, prelude::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Routes_");
    let client = Client::new()?;
    let routes = client.routes();
    let list = ["a", "b"];
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);

    suite.takes("fixed", routes.fixed()).await;
    suite.takes("InInterface", routes.in_interface_fixed()).await;

    suite.takes("PathParameters_templateOnly", routes.path_parameters_template_only("a")).await;
    suite.takes("PathParameters_explicit", routes.path_parameters_explicit("a")).await;
    suite.takes("PathParameters_annotationOnly", routes.path_parameters_annotation_only("a")).await;
    suite.takes("PathParameters_ReservedExpansion_template", routes.reserved_expansion_template("foo/bar baz")).await;
    let call = routes.reserved_expansion_annotation("foo/bar baz");
    suite.takes("PathParameters_ReservedExpansion_annotation", call).await;

    suite.takes("PathParameters_SimpleExpansion_Standard_primitive", routes.standard_primitive("a")).await;
    suite.takes("PathParameters_SimpleExpansion_Standard_array", routes.standard_array(list)).await;
    suite.takes("PathParameters_SimpleExpansion_Standard_record", routes.standard_record(&map)).await;
    suite.takes("PathParameters_SimpleExpansion_Explode_primitive", routes.explode_primitive("a")).await;
    suite.takes("PathParameters_SimpleExpansion_Explode_array", routes.explode_array(list)).await;
    suite.takes("PathParameters_SimpleExpansion_Explode_record", routes.explode_record(&map)).await;

    suite.takes("PathParameters_PathExpansion_Standard_primitive", routes.standard_primitive_2("a")).await;
    suite.takes("PathParameters_PathExpansion_Standard_array", routes.standard_array_2(list)).await;
    suite.takes("PathParameters_PathExpansion_Standard_record", routes.standard_record_2(&map)).await;
    suite.takes("PathParameters_PathExpansion_Explode_primitive", routes.explode_primitive_2("a")).await;
    suite.takes("PathParameters_PathExpansion_Explode_array", routes.explode_array_2(list)).await;
    suite.takes("PathParameters_PathExpansion_Explode_record", routes.explode_record_2(&map)).await;

    suite.takes("PathParameters_LabelExpansion_Standard_primitive", routes.standard_primitive_3("a")).await;
    suite.takes("PathParameters_LabelExpansion_Standard_array", routes.standard_array_3(list)).await;
    suite.takes("PathParameters_LabelExpansion_Standard_record", routes.standard_record_3(&map)).await;
    suite.takes("PathParameters_LabelExpansion_Explode_primitive", routes.explode_primitive_3("a")).await;
    suite.takes("PathParameters_LabelExpansion_Explode_array", routes.explode_array_3(list)).await;
    suite.takes("PathParameters_LabelExpansion_Explode_record", routes.explode_record_3(&map)).await;

    suite.takes("PathParameters_MatrixExpansion_Standard_primitive", routes.standard_primitive_4("a")).await;
    suite.takes("PathParameters_MatrixExpansion_Standard_array", routes.standard_array_4(list)).await;
    suite.takes("PathParameters_MatrixExpansion_Standard_record", routes.standard_record_4(&map)).await;
    suite.takes("PathParameters_MatrixExpansion_Explode_primitive", routes.explode_primitive_4("a")).await;
    suite.takes("PathParameters_MatrixExpansion_Explode_array", routes.explode_array_4(list)).await;
    suite.takes("PathParameters_MatrixExpansion_Explode_record", routes.explode_record_4(&map)).await;

    suite.takes("QueryParameters_templateOnly", routes.query_parameters_template_only("a")).await;
    suite.takes("QueryParameters_explicit", routes.query_parameters_explicit("a")).await;
    suite.takes("QueryParameters_annotationOnly", routes.query_parameters_annotation_only("a")).await;

    suite.takes("QueryParameters_QueryExpansion_Standard_primitive", routes.standard_primitive_5("a")).await;
    suite.takes("QueryParameters_QueryExpansion_Standard_array", routes.standard_array_5(list)).await;
    suite.takes("QueryParameters_QueryExpansion_Standard_record", routes.standard_record_5(&map)).await;
    suite.takes("QueryParameters_QueryExpansion_Explode_primitive", routes.explode_primitive_5("a")).await;
    suite.takes("QueryParameters_QueryExpansion_Explode_array", routes.explode_array_5(list)).await;
    suite.takes("QueryParameters_QueryExpansion_Explode_record", routes.explode_record_5(&map)).await;
    let model = ExpandParameters::new("status", "active");
    suite.takes("QueryParameters_QueryExpansion_Explode_model", routes.explode_model(&model)).await;

    // A template that begins with `?fixed=true` cannot be said in OpenAPI.
    let call = routes.standard_primitive_6("a").extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Standard_primitive", call).await;
    let call = routes.standard_array_6(list).extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Standard_array", call).await;
    let call = routes.standard_record_6(&map).extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Standard_record", call).await;
    let call = routes.explode_primitive_6("a").extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Explode_primitive", call).await;
    let call = routes.explode_array_6(list).extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Explode_array", call).await;
    let call = routes.explode_record_6(&map).extra_query("fixed", "true");
    suite.takes("QueryParameters_QueryContinuation_Explode_record", call).await;
    Ok(())
}
