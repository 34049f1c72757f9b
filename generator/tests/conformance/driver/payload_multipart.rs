//! Forms with texts, JSON and files.

use payload_multipart::{Client, api::multipart::*, models::Address, prelude::Upload};

use crate::harness::{Outcome, Suite, asset};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Payload_MultiPart_FormData_");
    let client = Client::new()?;
    let form = client.multipart();
    let photo = || Upload::path(asset("image.jpg"));
    let picture = || Upload::path(asset("image.png"));
    let named = || photo().file_name("hello.jpg").content_type("image/jpg");
    let png = || picture().content_type("image/png");
    let address = || Address::new("X");

    suite.takes("basic", form.form_data_basic(FormDataBasicForm::new("123", photo()))).await;
    suite.takes("withWireName", form.form_data_with_wire_name(FormDataWithWireNameForm::new("123", photo()))).await;
    suite
        .scenario("optionalParts", async {
            form.form_data_optional_parts(FormDataOptionalPartsForm::new().id("123")).await?;
            form.form_data_optional_parts(FormDataOptionalPartsForm::new().profile_image(photo())).await?;
            Ok(form.form_data_optional_parts(FormDataOptionalPartsForm::new().id("123").profile_image(photo())).await?)
        })
        .await;
    let body = FormDataFileArrayAndBasicForm::new("123", address(), photo(), [picture(), picture()]);
    suite.takes("fileArrayAndBasic", form.form_data_file_array_and_basic(body)).await;
    suite.takes("jsonPart", form.form_data_json_part(FormDataJsonPartForm::new(address(), photo()))).await;
    let body = FormDataBinaryArrayPartsForm::new("123", [picture(), picture()]);
    suite.takes("binaryArrayParts", form.form_data_binary_array_parts(body)).await;
    suite
        .scenario("multiBinaryParts", async {
            form.form_data_multi_binary_parts(FormDataMultiBinaryPartsForm::new(photo())).await?;
            Ok(form.form_data_multi_binary_parts(FormDataMultiBinaryPartsForm::new(photo()).picture(picture())).await?)
        })
        .await;
    let body = FormDataCheckFileNameAndContentTypeForm::new("123", named());
    suite.takes("checkFileNameAndContentType", form.form_data_check_file_name_and_content_type(body)).await;
    suite.takes("anonymousModel", form.form_data_anonymous_model(FormDataAnonymousModelForm::new(photo()))).await;

    let body = ContentTypeImageJpegContentTypeForm::new(named());
    suite.takes("HttpParts_ContentType_imageJpegContentType", form.content_type_image_jpeg_content_type(body)).await;
    let body = ContentTypeRequiredContentTypeForm::new(photo());
    suite.takes("HttpParts_ContentType_requiredContentType", form.content_type_required_content_type(body)).await;
    let body = ContentTypeOptionalContentTypeForm::new(photo());
    suite.takes("HttpParts_ContentType_optionalContentType", form.content_type_optional_content_type(body)).await;
    let previous = ["Y", "Z"].map(Address::new);
    let body = HttpPartsJsonArrayAndFileArrayForm::new("123", address(), photo(), previous, [picture(), picture()]);
    suite.takes("HttpParts_jsonArrayAndFileArray", form.http_parts_json_array_and_file_array(body)).await;
    suite.takes("HttpParts_NonString_float", form.non_string_float(NonStringFloatForm::new(0.5))).await;

    let body = FileUploadFileSpecificContentTypeForm::new(png());
    suite.takes("File_uploadFileSpecificContentType", form.file_upload_file_specific_content_type(body)).await;
    let body = FileUploadFileRequiredFilenameForm::new(png());
    suite.takes("File_uploadFileRequiredFilename", form.file_upload_file_required_filename(body)).await;
    let body = FileUploadFileArrayForm::new([png(), png()]);
    suite.takes("File_uploadFileArray", form.file_upload_file_array(body)).await;
    Ok(())
}
