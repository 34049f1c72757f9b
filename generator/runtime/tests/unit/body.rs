//! What a body looks like on the wire.

use serde_json::json;

use crate::runtime::prelude::*;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::{Body, BodyError};
use crate::runtime::sent::uploads::multipart::Multipart;
use crate::runtime::sent::uploads::upload::Upload;
use crate::runtime::unit::stream_of;

fn text(body: &Body) -> &str {
    std::str::from_utf8(body.bytes().unwrap()).unwrap()
}

#[test]
fn a_form_writes_each_member_as_told() {
    let value = json!({
        "a": "x y+z&=%20", "list": [1, 2], "object": { "k": [true] }, "none": null, "empty": "",
        "csv": ["a", "b"], "expand": ["x"], "deep": { "k": 1 }, "json": [1],
    });
    let encodings = [
        Parameter::query("csv").explode(false),
        Parameter::query("expand").style(Style::DeepObject),
        Parameter::query("deep").style(Style::DeepObject),
        Parameter::query("json").json(),
    ];
    let body = Body::form(&value, &encodings).unwrap();
    assert_eq!(body.content_type(), "application/x-www-form-urlencoded");
    let mut pairs: Vec<_> = text(&body).split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "a=x+y%2Bz%26%3D%2520",
            "csv=a,b",
            "deep%5Bk%5D=1",
            "empty=",
            "expand%5B0%5D=x",
            "json=%5B1%5D",
            "list=1",
            "list=2",
            "object=%7B%22k%22%3A%5Btrue%5D%7D",
        ]
    );
    assert!(Body::form(&[1], &[]).is_err());
}

fn parts() -> Multipart {
    Multipart::new()
        .value("title", None, "a \"b\"")
        .value("count", None, &3)
        .value("tags", None, &["x", "y"])
        .value("meta", None, &json!({ "k": 1 }))
        .value("list", Some("application/json"), &[1, 2])
        .value("none", None, &None::<String>)
}

#[test]
fn parts_without_names_have_their_headers() {
    let photo = Upload::from("png").content_type("image/png").header("X-Of", "me");
    let parts = Multipart::new()
        .part(Some("application/json"), &json!({ "k": 1 }))
        .part(None, &["x", "y"])
        .header("X-Both", "1")
        .file_part(None, &photo)
        .file_part(None, &photo.clone().file_name("me.png"))
        .header("X-Last", "2");
    let body = Body::multipart_as("multipart/mixed", parts).unwrap();
    let content_type = body.content_type().to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/mixed; boundary=").unwrap();
    assert_eq!(
        text(&body).replace("\r\n", "\n").replace(boundary, "-"),
        "---\nContent-Type: application/json\n\n{\"k\":1}\n\
         ---\nX-Both: 1\n\nx\n\
         ---\nX-Both: 1\n\ny\n\
         ---\nContent-Type: image/png\nX-Of: me\n\npng\n\
         ---\nContent-Disposition: attachment; filename=\"me.png\"\nContent-Type: image/png\nX-Of: me\nX-Last: 2\n\npng\n\
         -----\n"
    );
    for (name, value) in [("X Y", "1"), ("X", "1\r\nY: 2")] {
        let parts = Multipart::new().part(None, "a").header(name, value);
        assert!(Body::multipart_as("multipart/mixed", parts).is_err());
        let parts = Multipart::new().file("a", None, &Upload::from("a").header(name, value));
        assert!(Body::multipart(parts).is_err());
    }
}

#[test]
fn multipart_has_a_part_for_each_value_and_file() {
    let parts = parts()
        .file(
            "pic\"ture",
            Some("image/png, image/jpeg"),
            &Upload::from("PNG").file_name("a\r\n\".png"),
        )
        .files(
            "more",
            Some("text/csv"),
            &Some(Upload::from("1,2").content_type("text/plain")),
        )
        .files("none", None, &Vec::new())
        .finish_with("multipart/form-data", "B".to_owned())
        .unwrap();
    let bytes = parts.bytes().unwrap();
    assert_eq!(parts.len(), Some(bytes.len() as u64));
    let expected = "--B\r\n\
        Content-Disposition: form-data; name=\"title\"\r\n\r\na \"b\"\r\n--B\r\n\
        Content-Disposition: form-data; name=\"count\"\r\n\r\n3\r\n--B\r\n\
        Content-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n--B\r\n\
        Content-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n--B\r\n\
        Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n--B\r\n\
        Content-Disposition: form-data; name=\"list\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n--B\r\n\
        Content-Disposition: form-data; name=\"pic%22ture\"; filename=\"a%0D%0A%22.png\"\r\n\
        Content-Type: application/octet-stream\r\n\r\nPNG\r\n--B\r\n\
        Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
        Content-Type: text/plain\r\n\r\n1,2\r\n--B--\r\n";
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
}

#[tokio::test]
async fn a_streamed_part_is_never_in_memory() {
    let once = Upload::once(stream_of(["ab", "", "c"])).length(3);
    let body = Body::multipart(parts().file("f", None, &once)).unwrap();
    assert_eq!((body.bytes(), body.is_repeatable()), (None, false));
    let sent = body.open().unwrap().collect(usize::MAX).await.unwrap();
    assert_eq!(body.length(), Some(sent.len() as u64));
    assert!(String::from_utf8_lossy(&sent).contains("\r\n\r\nabc\r\n--"));
    assert!(body.open().is_none(), "a stream that is gone cannot be sent again");
}

#[tokio::test]
async fn a_reopened_stream_can_be_sent_again() {
    let body = Body::raw("application/octet-stream", Upload::reopened(|| stream_of(["a", "b"]))).unwrap();
    assert_eq!((body.is_repeatable(), body.length()), (true, None));
    for _ in 0..2 {
        assert_eq!(body.open().unwrap().collect(2).await.unwrap(), "ab");
    }
    assert!(body.open().unwrap().collect(1).await.is_err(), "more than the limit");
}

#[test]
fn what_no_header_can_hold_is_an_error() {
    assert!(Body::raw("text/\r\nplain", "").is_err());
    assert!(Body::multipart(Multipart::new().value("a", Some("b\n"), "")).is_err());
    assert!(Body::json("application/json", &BTreeMap::from([(vec![1], 1)])).is_err());
}

#[test]
fn boundaries_differ() {
    let one = Body::multipart(parts()).unwrap();
    let two = Body::multipart(parts()).unwrap();
    assert_ne!(one.content_type(), two.content_type());
    assert_eq!(one.length(), two.length());
}

#[test]
fn uploads_compare_by_what_they_hold() {
    assert_eq!(
        Upload::from("a").file_name("f"),
        Upload::from(b"a".to_vec()).file_name("f")
    );
    assert_ne!(Upload::from("a").file_name("f"), Upload::from("a"));
    let stream = Upload::from(ByteStream::from(Bytes::new()));
    assert_eq!(stream.clone(), stream);
    assert_ne!(stream, Upload::from(""));
}

#[test]
fn a_text_is_in_the_character_set_that_its_media_type_names() {
    let sent = |media_type: &str, text: &str| Body::text(media_type, text).map(|body| body.bytes().unwrap().to_vec());
    for (media_type, bytes) in [
        ("text/plain", &b"gr\xC3\xBCn"[..]),
        ("text/plain; charset=utf-8", b"gr\xC3\xBCn"),
        ("text/plain; Charset=\"ISO-8859-1\"", b"gr\xFCn"),
        ("text/plain; charset=utf-16", b"\xFE\xFF\0g\0r\0\xFC\0n"),
        ("text/plain; charset=utf-16le", b"g\0r\0\xFC\0n\0"),
    ] {
        assert_eq!(sent(media_type, "grün").unwrap(), bytes, "{media_type}");
    }
    assert_eq!(sent("text/plain; charset=us-ascii", "green").unwrap(), b"green");
    for (media_type, text) in [
        ("text/plain; charset=us-ascii", "grün"),
        ("text/plain; charset=iso-8859-1", "5 €"),
        ("text/plain; charset=windows-1252", "a"),
    ] {
        assert!(sent(media_type, text).is_err(), "{media_type}");
    }
}

#[test]
fn a_part_is_in_the_character_set_of_its_media_type_and_has_one() {
    let whole = |content_type: &str, value: &Value| {
        let body = Body::multipart(Multipart::new().value("a", Some(content_type), value))?;
        Ok::<_, BodyError>(body.bytes().unwrap().to_vec())
    };
    let contains = |content_type: &str, value: Value, expected: &[u8]| {
        let whole = whole(content_type, &value).unwrap();
        whole.windows(expected.len()).any(|window| window == expected)
    };
    let latin = "text/plain; charset=iso-8859-1";
    assert!(contains(latin, "grün".into(), b"charset=iso-8859-1\r\n\r\ngr\xFCn\r\n"));
    assert!(contains(
        "text/plain, text/csv",
        "a".into(),
        b"Content-Type: text/plain\r\n\r\na\r\n"
    ));
    let list = "application/xml, application/json";
    assert!(contains(
        list,
        serde_json::json!({"b": 1}),
        b"Content-Type: application/json\r\n\r\n{\"b\":1}\r\n"
    ));
    assert!(!contains("image/*", "a".into(), b"image/*"));
    assert!(whole(latin, &"5 €".into()).is_err());
}
