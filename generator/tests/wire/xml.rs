//! Values in, XML out; and back.

use it::models::{XmlBox, XmlLetter, XmlRefusal, XmlRefusalCode};

use crate::server::Server;

#[tokio::test]
async fn a_letter_is_sent_and_answered() {
    let server = Server::start();
    let answer = XmlLetter::new(2, ["Ada"]);
    let letter = XmlLetter::new(1, ["Bo", "Cy & Co"]).stamp([0.5, 2.0]).answer(answer);
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
        <l:letter xmlns:l=\"https://vendor.test/letters\" id=\"1\"><to><person>Bo</person><person>Cy &amp; Co</person></to>\
        <stamp>0.5</stamp><stamp>2</stamp>\
        <l:re id=\"2\"><to><person>Ada</person></to></l:re></l:letter>";
    server.answer("200 OK", &["content-type: application/xml"], text);
    let came = server.client().xml().update_letter(&letter).await.unwrap();
    assert_eq!(came, letter);
    let request = server.request();
    assert_eq!(request.header("content-type"), ["application/xml"]);
    assert_eq!(request.header("accept"), ["application/xml, text/xml"]);
    assert_eq!(String::from_utf8(request.body).unwrap(), text);
}

#[tokio::test]
async fn an_error_in_xml_is_typed() {
    let server = Server::start();
    let text = "<XmlRefusal>\n  <code> closed </code>\n</XmlRefusal>";
    server.answer("409 Conflict", &["content-type: text/xml; charset=utf-8"], text);
    let error = server.client().xml().update_letter(&XmlLetter::new(1, ["Bo"])).await.unwrap_err();
    assert_eq!(error.body(), Some(&XmlRefusal::new(XmlRefusalCode::Closed)));
}

#[tokio::test]
async fn an_element_that_is_called_by_the_list_and_one_that_only_the_server_knows_are_read() {
    let server = Server::start();
    let text = "<Response xmlns=\"urn:v\"><boxSet><item><full>true</full></item><item/></boxSet><token>t</token><id>7</id></Response>";
    server.answer("200 OK", &["content-type: text/xml"], text);
    let came = server.client().xml().list_boxes().await.unwrap();
    assert_eq!(came.boxes, Some(vec![XmlBox::new().full(true), XmlBox::new()]));
    assert_eq!(came.token.as_deref(), Some("t"));
    assert_eq!(came.additional_properties["id"], "7");
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_with_its_place() {
    let server = Server::start();
    for (text, place) in [
        ("<boxes><boxSet><item><full>perhaps</full></item></boxSet></boxes>", "at `Boxes[0].Full`"),
        ("<boxes>\n<boxSet>", "at line 2 column 9"),
    ] {
        server.answer("200 OK", &["content-type: text/xml"], text);
        let error = server.client().xml().list_boxes().await.unwrap_err();
        assert!(error.to_string().contains(place), "{error}");
    }
}
