//! Bytes as texts and as they are.

use encode_bytes::{Client, models::*, prelude::*};

use crate::harness::{Outcome, Suite, asset, same};

/// More than the image has.
const LIMIT: usize = 1 << 20;

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Bytes_");
    let client = Client::new()?;
    let encode = client.encode();
    let base64 = Base64::from(&b"test"[..]);
    let base64url = Base64Url::from(&b"test"[..]);
    let several = [base64url.clone(), base64url.clone()];

    let value = DefaultBytesProperty::new(base64.clone());
    suite.gives("Property_default", encode.property_default(&value), &value).await;
    let value = Base64BytesProperty::new(base64.clone());
    suite.gives("Property_base64", encode.property_base64(&value), &value).await;
    let value = Base64urlBytesProperty::new(base64url.clone());
    suite.gives("Property_base64url", encode.property_base64url(&value), &value).await;
    let value = Base64urlArrayBytesProperty::new(several.clone());
    suite.gives("Property_base64urlArray", encode.property_base64url_array(&value), &value).await;

    suite.takes("Query_default", encode.query_default(&base64)).await;
    suite.takes("Query_base64", encode.query_base64(&base64)).await;
    suite.takes("Query_base64url", encode.query_base64url(&base64url)).await;
    suite.takes("Query_base64urlArray", encode.query_base64url_array(&several)).await;

    suite.takes("Header_default", encode.header_default(&base64)).await;
    suite.takes("Header_base64", encode.header_base64(&base64)).await;
    suite.takes("Header_base64url", encode.header_base64url(&base64url)).await;
    suite.takes("Header_base64urlArray", encode.header_base64url_array(&several)).await;

    let image = || Upload::path(asset("image.png"));
    suite.takes("RequestBody_default", encode.request_body_default(image())).await;
    suite.takes("RequestBody_octetStream", encode.request_body_octet_stream(image())).await;
    suite.takes("RequestBody_customContentType", encode.request_body_custom_content_type(image())).await;
    suite.takes("RequestBody_base64", encode.request_body_base64(&base64)).await;
    suite.takes("RequestBody_base64url", encode.request_body_base64url(&base64url)).await;

    let image = std::fs::read(asset("image.png"))?;
    suite
        .scenario("ResponseBody_default", async {
            same(&encode.response_body_default().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite
        .scenario("ResponseBody_octetStream", async {
            same(&encode.response_body_octet_stream().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite
        .scenario("ResponseBody_customContentType", async {
            same(&encode.response_body_custom_content_type().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite.gives("ResponseBody_base64", encode.response_body_base64(), &base64).await;
    suite.gives("ResponseBody_base64url", encode.response_body_base64url(), &base64url).await;
    Ok(())
}
