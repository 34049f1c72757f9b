//! Values in bare text in, typed values out; and back.

use it::api::texts::{PartsForm, SetDayBody};
use it::models::{Level, TextOpening, TextOrder};
use it::runtime::Upload;

use crate::server::Server;

#[tokio::test]
async fn a_text_is_sent_in_its_character_set() {
    let server = Server::start();
    server.client().texts().set_latin("grün").await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), ["text/plain; charset=iso-8859-1"]);
    assert_eq!(request.body, b"gr\xFCn");
    assert!(server.client().texts().set_latin("5 €").await.is_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_time_of_day_keeps_its_offset() {
    let server = Server::start();
    for time in ["10:00:00", "10:00:00Z", "10:00:00+02:00", "23:59:59.5-09:30"] {
        let json = format!("{{\"t\":\"{time}\"}}");
        server.answer("200 OK", &[], &json);
        let body = TextOpening::new(time.parse::<it::prelude::Time>().unwrap());
        let answer = server.client().texts().set_hour(&body).await.unwrap();
        assert_eq!(answer.t.to_string(), time);
        assert_eq!(String::from_utf8(server.request().body).unwrap(), json);
    }
}

#[tokio::test]
async fn text_is_read_as_what_it_is_of() {
    let server = Server::start();
    let client = server.client();
    let text = "content-type: text/plain; charset=utf-8";
    macro_rules! case {
        ($($call:ident, $header:expr, $body:literal => $value:expr;)*) => {$(
            server.answer("200 OK", &[$header], $body);
            assert_eq!(client.texts().$call().await.unwrap(), $value, "{} {}", $header, $body);
        )*};
    }
    let (json, nothing, other) = ("content-type: application/json", "x-none: 1", "content-type: application/octet-stream");
    case! {
        any, text, "bare" => "bare";
        any, text, "\"quoted\"\n" => "\"quoted\"\n";
        any, text, "5" => "5";
        any, json, "\"quoted\"" => "quoted";
        any, nothing, "bare" => "bare";
        any, nothing, "\"quoted\"" => "quoted";
        any, other, " bare " => " bare ";
        name, json, "\"Ada\"" => "Ada";
        name, text, "Ada\n" => "Ada\n";
        name, text, "5" => "5";
        // What was promised is JSON.
        name, text, "\"Ada\"" => "Ada";
        name, nothing, "Ada" => "Ada";
        level, text, "low\n" => Level::Low;
        level, json, "\"high\"" => Level::High;
        level, text, "1" => Level::from("1");
        level, nothing, "\"1\"" => Level::from("1");
        count, text, "12" => 12;
        count, text, " -3\r\n" => -3;
        count, json, "7" => 7;
        ratio, text, "0.5" => 0.5;
        ratio, text, "2" => 2.0;
        flag, text, "true\n" => true;
        size, text, "high" => Level::High;
        size, text, "1\n" => Level::from("1");
        size, text, "new" => Level::from("new");
        hour, text, "10:00:00Z" => "10:00:00Z".parse().unwrap();
        day, text, "2026-03-01\n" => "2026-03-01".parse().unwrap();
    }
    server.answer("200 OK", &[text], "2026-03-01T12:00:00Z");
    assert_eq!(client.texts().at().await.unwrap().to_string(), "2026-03-01T12:00:00Z");
    for (header, body) in [(text, "many"), (text, ""), (text, "1.5"), (text, "\u{fffd}")] {
        server.answer("200 OK", &[header], body);
        assert!(client.texts().count().await.is_err(), "{body}");
    }
    // What says that it is JSON is.
    server.answer("200 OK", &[json], "Ada");
    assert!(client.texts().name().await.is_err());
}

#[tokio::test]
async fn what_is_asked_for() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], "x");
    client.texts().any().await.unwrap();
    server.answer("200 OK", &[], "x");
    client.texts().name().await.unwrap();
    server.answer("200 OK", &[], "1");
    client.texts().count().await.unwrap();
    let requests = server.requests();
    let accepted: Vec<_> = requests.iter().map(|request| request.header("accept")).collect();
    assert_eq!(accepted, [["*/*"], ["application/json"], ["text/plain"]]);
}

#[tokio::test]
async fn values_are_written_as_text() {
    let server = Server::start();
    let client = server.client();
    let day = "2026-03-01".parse().unwrap();
    client.texts().set_count(-12).await.unwrap();
    client.texts().set_ratio(0.5).await.unwrap();
    client.texts().set_flag().body(true).await.unwrap();
    client.texts().set_size(&Level::High).await.unwrap();
    client.texts().set_day(SetDayBody::Plain(day)).await.unwrap();
    client.texts().set_day(SetDayBody::Json(Level::Low)).await.unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| (request.header("content-type").concat(), String::from_utf8(request.body.clone()).unwrap()))
        .collect();
    let sent: Vec<_> = sent.iter().map(|(name, body)| (name.as_str(), body.as_str())).collect();
    assert_eq!(
        sent,
        [
            ("text/plain", "-12"),
            ("text/plain", "0.5"),
            ("text/plain", "true"),
            ("text/plain", "high"),
            ("text/plain", "2026-03-01"),
            ("application/json", "\"low\""),
        ]
    );
    client.texts().parts(PartsForm::new(3, Level::Low, day)).await.unwrap();
    let body = String::from_utf8(server.request().body).unwrap();
    for part in ["text/plain\r\n\r\n3\r\n", "\r\n\r\nlow\r\n", "text/plain\r\n\r\n2026-03-01\r\n"] {
        assert!(body.contains(part), "{body}");
    }
}

#[tokio::test]
async fn a_body_under_any_type_and_one_under_several() {
    let server = Server::start();
    let client = server.client();
    client.texts().upload("bytes").await.unwrap();
    client.texts().upload(Upload::from("<a/>").content_type("application/xml")).await.unwrap();
    client.texts().send(&TextOrder::new(3)).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(ToString::to_string).collect();
    let expected = [
        "PUT /texts/upload\ncontent-type: application/octet-stream\ncontent-length: 5\n\nbytes",
        "PUT /texts/upload\ncontent-type: application/xml\ncontent-length: 4\n\n<a/>",
        "POST /texts/upload\ncontent-type: application/json\ncontent-length: 11\n\n{\"pages\":3}",
    ];
    assert_eq!(sent, expected);
}
