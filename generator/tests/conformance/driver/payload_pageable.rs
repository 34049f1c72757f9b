//! Pages, by a token that is in the body or in a header, or by a link.

use payload_pageable::{
    Client,
    models::{Pet, ServerDrivenPaginationAlternateInitialVerbFilter, XmlPet},
};

use crate::harness::{Outcome, Suite, same};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Payload_Pageable_");
    let client = Client::new()?;
    let payload = client.payload();
    let first = [Pet::new("1", "dog"), Pet::new("2", "cat")];
    let second = [Pet::new("3", "bird"), Pet::new("4", "fish")];
    let all = [first.clone(), second.clone()].concat();

    suite
        .scenario("PageSize_listWithoutContinuation", async {
            same(&payload.page_size_list_without_continuation().await?.pets, &all)
        })
        .await;
    suite
        .scenario("PageSize_listWithPageSize", async {
            same(&payload.page_size_list_with_page_size().page_size(2).await?.pets, &first)?;
            same(&payload.page_size_list_with_page_size().page_size(4).await?.pets, &all)
        })
        .await;

    macro_rules! all {
        ($scenario:literal, $call:expr, $all:expr) => {
            suite.scenario($scenario, async { same(&$call.items().collect().await?, $all) }).await;
        };
    }
    all!(
        "ServerDrivenPagination_ContinuationToken_requestQueryResponseBody",
        payload.continuation_token_request_query_response_body().foo("foo").bar("bar"),
        &all
    );
    all!(
        "ServerDrivenPagination_ContinuationToken_requestQueryResponseHeader",
        payload.continuation_token_request_query_response_header().foo("foo").bar("bar"),
        &all
    );
    all!(
        "ServerDrivenPagination_ContinuationToken_requestQueryNestedResponseBody",
        payload.continuation_token_request_query_nested_response_body().foo("foo").bar("bar"),
        &all
    );
    all!(
        "ServerDrivenPagination_ContinuationToken_requestHeaderResponseBody",
        payload.continuation_token_request_header_response_body().foo("foo").bar("bar"),
        &all
    );
    all!(
        "ServerDrivenPagination_ContinuationToken_requestHeaderResponseHeader",
        payload.continuation_token_request_header_response_header().foo("foo").bar("bar"),
        &all
    );
    all!(
        "ServerDrivenPagination_ContinuationToken_requestHeaderNestedResponseBody",
        payload.continuation_token_request_header_nested_response_body().foo("foo").bar("bar"),
        &all
    );
    all!("ServerDrivenPagination_link", payload.server_driven_pagination_link(), &all);
    all!("ServerDrivenPagination_linkString", payload.server_driven_pagination_link_string(), &all);
    all!("ServerDrivenPagination_nestedLink", payload.server_driven_pagination_nested_link(), &all);
    all!(
        "ServerDrivenPagination_AlternateInitialVerb_post",
        payload.alternate_initial_verb_post(&ServerDrivenPaginationAlternateInitialVerbFilter::new("foo eq bar")),
        &all
    );

    let all = [XmlPet::new("1", "dog"), XmlPet::new("2", "cat"), XmlPet::new("3", "bird"), XmlPet::new("4", "fish")];
    all!("XmlPagination_listWithContinuation", payload.xml_pagination_list_with_continuation(), &all);
    all!("XmlPagination_listWithNextLink", payload.xml_pagination_list_with_next_link(), &all);
    Ok(())
}
