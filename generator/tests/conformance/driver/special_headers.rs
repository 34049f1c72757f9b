//! Headers that have a meaning of their own.

use special_headers_repeatability::prelude::AnyCall;

use crate::harness::{Outcome, Suite, same};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("SpecialHeaders_");
    let client = special_headers_conditional_request::Client::new()?;
    let requests = client.special_headers();
    let time = "Fri, 26 Aug 2022 14:38:00 GMT";
    suite.takes("ConditionalRequest_postIfMatch", requests.create_if_match().if_match("\"valid\"")).await;
    let call = requests.create_if_none_match().if_none_match("\"invalid\"");
    suite.takes("ConditionalRequest_postIfNoneMatch", call).await;
    let call = requests.head_if_modified_since().if_modified_since(time);
    suite.takes("ConditionalRequest_headIfModifiedSince", call).await;
    let call = requests.create_if_unmodified_since().if_unmodified_since(time);
    suite.takes("ConditionalRequest_postIfUnmodifiedSince", call).await;

    let client = special_headers_repeatability::Client::new()?;
    let (id, first) = ("2378d9bc-1726-11ee-be56-0242ac120002", "Tue, 15 Nov 2022 12:45:26 GMT");
    suite
        .scenario("Repeatability_immediateSuccess", async {
            let reply = client.special_headers().immediate_success(id, first).reply().await?;
            same(&reply.headers["repeatability-result"], "accepted")
        })
        .await;
    Ok(())
}
