//! Pages, by a token that is in the body or in a header.

use payload_pageable::{
    Client,
    models::{Pet, XmlPet},
    prelude::AnyCall,
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

    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestQueryResponseBody", async {
            let page = payload.continuation_token_request_query_response_body().foo("foo").bar("bar").await?;
            same(&page.pets, &first)?;
            let token = page.next_token.ok_or("no token came")?;
            let page =
                payload.continuation_token_request_query_response_body().foo("foo").bar("bar").token(&token).await?;
            same(&page.pets, &second)?;
            same(&page.next_token, &None)
        })
        .await;
    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestQueryResponseHeader", async {
            let page = payload.continuation_token_request_query_response_header().foo("foo").bar("bar").reply().await?;
            same(&page.body.pets, &first)?;
            let token = page.headers["next-token"].to_str()?;
            let page = payload
                .continuation_token_request_query_response_header()
                .foo("foo")
                .bar("bar")
                .token(token)
                .reply()
                .await?;
            same(&page.body.pets, &second)?;
            same(&page.headers.get("next-token"), &None)
        })
        .await;
    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestQueryNestedResponseBody", async {
            let page = payload.continuation_token_request_query_nested_response_body().foo("foo").bar("bar").await?;
            same(&page.nested_items.pets, &first)?;
            let token = page.nested_next.and_then(|next| next.next_token).ok_or("no token came")?;
            let page = payload
                .continuation_token_request_query_nested_response_body()
                .foo("foo")
                .bar("bar")
                .token(&token)
                .await?;
            same(&page.nested_items.pets, &second)?;
            same(&page.nested_next, &None)
        })
        .await;
    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestHeaderResponseBody", async {
            let page = payload.continuation_token_request_header_response_body().foo("foo").bar("bar").await?;
            same(&page.pets, &first)?;
            let token = page.next_token.ok_or("no token came")?;
            let page =
                payload.continuation_token_request_header_response_body().foo("foo").bar("bar").token(&token).await?;
            same(&page.pets, &second)?;
            same(&page.next_token, &None)
        })
        .await;
    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestHeaderResponseHeader", async {
            let page =
                payload.continuation_token_request_header_response_header().foo("foo").bar("bar").reply().await?;
            same(&page.body.pets, &first)?;
            let token = page.headers["next-token"].to_str()?;
            let page = payload
                .continuation_token_request_header_response_header()
                .foo("foo")
                .bar("bar")
                .token(token)
                .reply()
                .await?;
            same(&page.body.pets, &second)?;
            same(&page.headers.get("next-token"), &None)
        })
        .await;
    suite
        .scenario("ServerDrivenPagination_ContinuationToken_requestHeaderNestedResponseBody", async {
            let page = payload.continuation_token_request_header_nested_response_body().foo("foo").bar("bar").await?;
            same(&page.nested_items.pets, &first)?;
            let token = page.nested_next.and_then(|next| next.next_token).ok_or("no token came")?;
            let page = payload
                .continuation_token_request_header_nested_response_body()
                .foo("foo")
                .bar("bar")
                .token(&token)
                .await?;
            same(&page.nested_items.pets, &second)?;
            same(&page.nested_next, &None)
        })
        .await;

    let first = [XmlPet::new("1", "dog"), XmlPet::new("2", "cat")];
    let second = [XmlPet::new("3", "bird"), XmlPet::new("4", "fish")];
    suite
        .scenario("XmlPagination_listWithContinuation", async {
            let page = payload.xml_pagination_list_with_continuation().await?;
            same(&page.pets, &first)?;
            let marker = page.next_marker.ok_or("no marker came")?;
            let page = payload.xml_pagination_list_with_continuation().marker(&marker).await?;
            same(&page.pets, &second)?;
            same(&page.next_marker, &None)
        })
        .await;
    Ok(())
}
