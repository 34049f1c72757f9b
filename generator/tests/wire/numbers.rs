//! Numbers without a fraction in, integers on the wire out; integers as other languages write them in, integers out.

use it::runtime::AnyCall as _;
use std::collections::BTreeMap;

use it::api::numbers::PartsForm;
use it::models::{Amounts, AmountsEither, AmountsLevel, AmountsStatus, AmountsTwin, NumbersRecordLevel};
use serde_json::{Value, json};

use crate::server::Server;

fn amounts() -> Amounts {
    let mut amounts = Amounts::new().ttl(300.0).single(2.0).list(vec![1, 2]).free(json!({ "a": [60.0, 60.5] }));
    amounts.status = Some(AmountsStatus::Value1);
    amounts
}

#[tokio::test]
async fn whole_numbers_are_written_as_integers_everywhere() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], "{}");
    let map = BTreeMap::from([("a".to_owned(), 1.0), ("b".to_owned(), 0.5), ("c".to_owned(), -0.1)]);
    client
        .numbers()
        .record(10.0)
        .ttl(60.0)
        .level(&NumbersRecordLevel::Value1)
        .sizes(&[1.0, 0.1, 16_777_216.0])
        .deep(&map)
        .r#as(&map)
        .x_weight(3.0)
        .rate(1e15)
        .body(&amounts())
        .await
        .unwrap();
    let request = server.request();
    let query = [
        "ttl=60",
        "level=1",
        "sizes=1&sizes=0.1&sizes=16777216",
        "deep%5Ba%5D=1&deep%5Bb%5D=0.5&deep%5Bc%5D=-0.1",
        "as=%7B%22a%22%3A1%2C%22b%22%3A0.5%2C%22c%22%3A-0.1%7D",
    ];
    assert_eq!(request.target(), format!("/numbers/10?{}", query.join("&")));
    assert_eq!(request.header("x-weight"), ["3"]);
    assert_eq!(request.header("cookie"), ["rate=1000000000000000"]);
    assert_eq!(
        String::from_utf8_lossy(&request.body),
        r#"{"ttl":300,"single":2,"list":[1,2],"status":1,"free":{"a":[60,60.5]}}"#
    );
    client.numbers().form().body(&amounts()).await.unwrap();
    assert_eq!(
        String::from_utf8_lossy(&server.request().body),
        "ttl=300&single=2&list=1&list=2&status=1&free=%7B%22a%22%3A%5B60%2C60.5%5D%7D"
    );
    client.numbers().parts().body(PartsForm::new().ttl(5.0).all(amounts())).await.unwrap();
    let body = String::from_utf8_lossy(&server.request().body).into_owned();
    assert!(body.contains("\r\n\r\n5\r\n") && body.contains(r#"{"ttl":300,"single":2,"#), "{body}");
}

async fn read(server: &Server, headers: &[&str], body: &str) -> Result<Amounts, String> {
    server.answer("200 OK", headers, body);
    let answer = server.client().numbers().record(0.5).await;
    server.request();
    answer.map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", source.unwrap_or_default())
    })
}

#[tokio::test]
async fn an_integer_may_be_written_in_any_way() {
    let server = Server::start();
    let body = r#"{"priority":10.0,"small":1e2,"huge":1.8446744073709551615e19,"list":[1.0,2e0],"named":{"1.0":3.0},
        "level":2.0,"status":1.0,"twin":1.0,"either":5.0,"single":0.1,"ttl":7}"#;
    let read = read(&server, &[], body).await.unwrap();
    assert_eq!((read.priority, read.small, read.huge), (Some(10), Some(100), Some(u64::MAX)));
    assert_eq!(read.list, Some(vec![1, 2]));
    assert_eq!(read.named, Some(BTreeMap::from([("1.0".to_owned(), 3)])));
    assert_eq!(read.level, Some(AmountsLevel::Value2));
    assert_eq!(read.status, Some(AmountsStatus::Value1));
    assert_eq!(read.twin, Some(AmountsTwin::Number1));
    assert_eq!(read.either, Some(AmountsEither::Integer(5)));
    assert_eq!((read.single, read.ttl), (Some(0.1), Some(7.0)));
}

#[tokio::test]
async fn what_is_no_integer_of_its_size_is_an_error() {
    let server = Server::start();
    for body in [
        r#"{"priority":10.5}"#,
        r#"{"priority":1e30}"#,
        r#"{"priority":9007199254740993.5}"#,
        r#"{"small":3e9}"#,
        r#"{"huge":-1.0}"#,
        r#"{"priority":"10"}"#,
        r#"{"list":[1.0,1.5]}"#,
    ] {
        let error = read(&server, &[], body).await.unwrap_err();
        assert!(error.contains("expected"), "{body}: {error}");
    }
    let exact = read(&server, &[], r#"{"priority":9007199254740993.0}"#).await.unwrap();
    assert_eq!(exact.priority, Some(9_007_199_254_740_993));
}

#[tokio::test]
async fn so_may_that_in_a_header() {
    let server = Server::start();
    let headers = ["X-Left: 10.0", "X-Sizes: 1.0, 2"];
    server.answer("200 OK", &headers, "{}");
    let reply = server.client().numbers().record(0.5).reply().await.unwrap();
    let headers = it::api::numbers::RecordHeaders::from(&reply.headers);
    assert_eq!((headers.x_left, headers.x_sizes), (Some(10), Some(vec![1, 2])));
}

#[test]
fn what_no_arm_takes_keeps_its_digits() {
    for json in ["18446744073709551615", "-9223372036854775808", "0.1", "1e300", "true", "[1,2]"] {
        let either: AmountsEither = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&either).unwrap().replace('+', ""), json);
    }
}

#[test]
fn the_features_of_serde_json_are_those_of_the_run() {
    let is_exact = serde_json::from_str::<Value>("1.10").unwrap().to_string() == "1.10";
    assert_eq!(is_exact, std::env::var_os("EVERY_FEATURE").is_some());
}
