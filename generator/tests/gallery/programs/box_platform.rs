//! Box: a folder is made and filled, and what lies in it is read back.

use box_platform::api::downloads::GetFileContentResponse;
use box_platform::api::uploads::ContentFilesForm;
use box_platform::models::{
    FoldersCreateBody, FoldersCreateBodyParent, UploadsContentFilesAttributes, UploadsContentFilesAttributesParent,
};
use box_platform::{Client, Upload, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("BOX_TOKEN")?)?;

    let reports = FoldersCreateBody::new("Reports", FoldersCreateBodyParent::new("0"));
    let reports = client.folders().create(&reports).await?;

    let parent = UploadsContentFilesAttributesParent::new(&*reports.id);
    let file = Upload::path("report.pdf");
    let form = ContentFilesForm::new(UploadsContentFilesAttributes::new("report.pdf", parent), file);
    client.uploads().content_files(form).await?;

    let items = client.folders().list_items(&reports.id).fields(["name", "size"]).limit(100).await?;
    for item in items.entries.unwrap_or_default() {
        println!("{item:?}");
    }

    match client.downloads().get_file_content(12345).await? {
        GetFileContentResponse::Accepted => println!("not ready yet"),
        _ => {
            let mut content = client.downloads().get_file_content(12345).bytes().await?;
            while let Some(piece) = content.next().await {
                println!("{} bytes", piece?.len());
            }
        }
    }
    client.folders().delete(&reports.id).recursive(true).await?;
    Ok(())
}
