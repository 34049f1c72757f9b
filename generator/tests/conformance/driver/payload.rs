//! Bodies in several media types.

use payload_content_negotiation::prelude::AnyCall as _;
use payload_head::prelude::AnyCall as _;
use payload_json_merge_patch::models::*;

use crate::harness::{Outcome, Suite, asset, same};

/// More than the images have.
const LIMIT: usize = 1 << 20;

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Payload_");
    let png = std::fs::read(asset("image.png"))?;
    let jpeg = std::fs::read(asset("image.jpg"))?;

    let client = payload_content_negotiation::Client::new()?;
    let avatar = client.content_negotiation();
    suite
        .scenario("ContentNegotiation_SameBody", async {
            let avatar = || avatar.same_body_get_avatar_as_png_same_body_get_avatar_as_jpeg();
            same(&avatar().header("accept", "image/png").await?.collect(LIMIT).await?, &png)?;
            same(&avatar().header("accept", "image/jpeg").await?.collect(LIMIT).await?, &jpeg)
        })
        .await;
    suite
        .scenario("ContentNegotiation_DifferentBody", async {
            let avatar = || avatar.different_body_get_avatar_as_png_different_body_get_avatar_as_json();
            same(&avatar().bytes().await?.collect(LIMIT).await?, &png)?;
            same(avatar().await?.content.as_bytes(), &png[..])
        })
        .await;

    let client = payload_head::Client::new()?;
    suite
        .scenario("Head_contentTypeHeaderInResponse", async {
            let reply = client.payload().content_type_header_in_response().reply().await?;
            same(&reply.headers["content-type"], "text/plain; charset=utf-8")?;
            same(&reply.headers["x-ms-meta"], "hello")
        })
        .await;

    let client = payload_media_type::Client::new()?;
    let payload = client.payload();
    suite.takes("MediaType_StringBody_sendAsText", payload.string_body_send_as_text("{cat}")).await;
    suite.gives("MediaType_StringBody_getAsText", payload.string_body_get_as_text(), "{cat}").await;
    suite.takes("MediaType_StringBody_sendAsJson", payload.string_body_send_as_json("foo")).await;
    suite.gives("MediaType_StringBody_getAsJson", payload.string_body_get_as_json(), "foo").await;

    let client = payload_json_merge_patch::Client::new()?;
    let merge = client.json_merge_patch();
    let inner = InnerModel::new().name("InnerMadge").description("innerDesc");
    let resource = Resource::new("Madge")
        .description("desc")
        .map([("key", inner.clone())])
        .array([inner.clone()])
        .int_value(1)
        .float_value(1.25)
        .inner_model(inner)
        .int_array([1, 2, 3]);
    suite.gives("JsonMergePatch_createResource", merge.create_resource(&resource), &resource).await;
    let inner = InnerModelPatch::new().description(None);
    let patch = ResourcePatch::new()
        .description(None)
        .map([("key", Some(inner)), ("key2", None)])
        .array(None)
        .int_value(None)
        .float_value(None)
        .inner_model(None)
        .int_array(None);
    let patched = Resource::new("Madge").map([("key", InnerModel::new().name("InnerMadge"))]);
    suite.gives("JsonMergePatch_updateResource", merge.update_resource(&patch), &patched).await;
    suite.gives("JsonMergePatch_updateOptionalResource", merge.update_optional_resource().body(&patch), &patched).await;
    Ok(())
}
