//! Files up and down.

use type_file::{Client, api::r#type::BodyUploadFileMultipleContentBody, prelude::*};

use crate::harness::{Outcome, Suite, asset, same};

/// More than the image has.
const LIMIT: usize = 1 << 20;

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_File_Body_");
    let client = Client::new()?;
    let file = client.r#type();
    let image = || Upload::path(asset("image.png")).content_type("image/png");
    let text = r#"{"message":"test file content"}"#;

    suite.takes("uploadFileSpecificContentType", file.body_upload_file_specific_content(image())).await;
    suite.takes("uploadFileDefaultContentType", file.body_upload_file_default_content(image())).await;
    let body = BodyUploadFileMultipleContentBody::Png(image());
    suite.takes("uploadFileMultipleContentTypes", file.body_upload_file_multiple_content(body)).await;
    suite.takes("uploadFileJsonContentType", file.body_upload_file_json_content(text)).await;

    let image = std::fs::read(asset("image.png"))?;
    suite
        .scenario("downloadFileSpecificContentType", async {
            same(&file.body_download_file_specific_content().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite
        .scenario("downloadFileDefaultContentType", async {
            same(&file.body_download_file_default_content().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite
        .scenario("downloadFileMultipleContentTypes", async {
            same(&file.body_download_file_multiple_content().await?.collect(LIMIT).await?, &image)
        })
        .await;
    suite
        .scenario("downloadFileJsonContentType", async {
            same(&file.body_download_file_json_content().await?.collect(LIMIT).await?, text)
        })
        .await;
    Ok(())
}
