//! Parameters and bodies, as arguments of calls.

use parameters_basic::models::*;
use parameters_body_optionality::models::BodyModel;
use parameters_body_root::models::BodyRootModel;
use parameters_spread::models::*;

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Parameters_");
    let client = parameters_basic::Client::new()?;
    let basic = client.parameters();
    suite.takes("Basic_ExplicitBody_simple", basic.explicit_body_simple(&ExplicitBodyUser::new("foo"))).await;
    let body = ParametersImplicitBodySimpleBody::new("foo");
    suite.takes("Basic_ImplicitBody_simple", basic.implicit_body_simple(&body)).await;

    let client = parameters_body_optionality::Client::new()?;
    let optionality = client.parameters();
    let body = BodyModel::new("foo");
    suite.takes("BodyOptionality_requiredExplicit", optionality.required_explicit(&body)).await;
    suite.takes("BodyOptionality_requiredImplicit", optionality.required_implicit(&body)).await;
    suite
        .scenario("BodyOptionality_OptionalExplicit", async {
            optionality.optional_explicit_set(&body).await?;
            Ok(optionality.optional_explicit_omit().await?)
        })
        .await;

    let client = parameters_body_root::Client::new()?;
    let body = BodyRootModel::new().category("widget").link_type("hard").was_successful(true);
    suite.takes("BodyRoot_nested", client.parameters().nested(&body)).await;

    let client = parameters_collection_format::Client::new()?;
    let lists = client.parameters();
    let colors = ["blue", "red", "green"];
    suite.takes("CollectionFormat_Query_multi", lists.query_multi(colors)).await;
    suite.takes("CollectionFormat_Query_csv", lists.query_csv(colors)).await;
    suite.takes("CollectionFormat_Query_ssv", lists.query_ssv(colors)).await;
    suite.takes("CollectionFormat_Query_pipes", lists.query_pipes(colors)).await;
    suite.takes("CollectionFormat_Header_csv", lists.header_csv(colors)).await;

    let client = parameters_path::Client::new()?;
    let path = client.parameters();
    suite.takes("Path_normal", path.normal("foo")).await;
    suite
        .scenario("Path_optional", async {
            path.without_optional().await?;
            Ok(path.optional("foo").await?)
        })
        .await;

    let client = parameters_query::Client::new()?;
    let query = client.parameters();
    suite.takes("Query_Constant_post", query.constant_post()).await;
    suite.takes("Query_SpecialChar_dollarSign", query.special_char_dollar_sign("status eq 'active'")).await;

    let client = parameters_spread::Client::new()?;
    let spread = client.parameters();
    let model = ModelBodyParameter::new("foo");
    let mix = ModelCompositeRequestMix::new("foo");
    suite.takes("Spread_Model_spreadAsRequestBody", spread.model_spread_as_request_body(&model)).await;
    let call = spread.model_spread_composite_request_only_with_body(&model);
    suite.takes("Spread_Model_spreadCompositeRequestOnlyWithBody", call).await;
    let call = spread.model_spread_composite_request_without_body("foo", "bar");
    suite.takes("Spread_Model_spreadCompositeRequestWithoutBody", call).await;
    let call = spread.model_spread_composite_request("foo", "bar", &model);
    suite.takes("Spread_Model_spreadCompositeRequest", call).await;
    let call = spread.model_spread_composite_request_mix("foo", "bar", &mix);
    suite.takes("Spread_Model_spreadCompositeRequestMix", call).await;
    let body = ParametersAliasSpreadAsRequestBodyBody::new("foo");
    suite.takes("Spread_Alias_spreadAsRequestBody", spread.alias_spread_as_request_body(&body)).await;
    let call = spread.alias_spread_as_request_parameter(1, "bar", &body);
    suite.takes("Spread_Alias_spreadAsRequestParameter", call).await;
    let body = ParametersAliasSpreadWithMultipleParametersBody::new("foo", [1, 2])
        .optional_int(1)
        .optional_string_list(["foo", "bar"]);
    let call = spread.alias_spread_with_multiple_parameters(1, "bar", &body);
    suite.takes("Spread_Alias_spreadWithMultipleParameters", call).await;
    let body = AliasInnerModel::new("foo");
    let call = spread.alias_spread_parameter_with_inner_model(1, "bar", &body);
    suite.takes("Spread_Alias_spreadParameterWithInnerModel", call).await;
    let body = ParametersAliasSpreadParameterWithInnerAliasBody::new("foo", 1);
    let call = spread.alias_spread_parameter_with_inner_alias(1, "bar", &body);
    suite.takes("Spread_Alias_spreadParameterWithInnerAlias", call).await;
    Ok(())
}
