//! Arguments of every type in, one request with all of them out.

use it::models::{Filter, Kind};
use it::prelude::{Date, Uuid};

use crate::server::Server;

const DAY: Date = Date::constant(2026, 3, 1);
const ID: Uuid = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
const PATH: &str = "/parameters/2026-03-01/of/01234567-89ab-cdef-0123-456789abcdef-3";

#[tokio::test]
async fn arguments_and_setters_of_every_type() {
    let server = Server::start();
    let client = server.client();
    let names = ["a b".to_owned(), "c&d".to_owned()];
    let call = || client.parameters().all(DAY, ID, 3, &Kind::TwoMore, &names, None, "r/1");
    call().await.unwrap();
    let request = server.request();
    assert_eq!(
        request.target(),
        format!("{PATH}?kind=two%20%26%20more&names=a%20b&names=c%26d")
    );
    assert_eq!(request.header("x-request-id"), ["r/1"]);
    assert_eq!(request.header("cookie"), Vec::<&str>::new());
    let mut filter = Filter::new().after(DAY).tags(vec!["x".to_owned()]);
    filter.additional_properties.insert("k".to_owned(), "v".to_owned());
    call()
        .since("2026-03-01T12:00:00.5+01:00".parse().unwrap())
        .ratio(0.5)
        .all(true)
        .flag("")
        .filter(&filter)
        .odd(&[1, 2])
        .x_kinds(&[Kind::One, Kind::Unknown("new".to_owned())])
        .session("s;1")
        .theme(2)
        .await
        .unwrap();
    let request = server.request();
    let query = [
        "kind=two%20%26%20more",
        "names=a%20b&names=c%26d",
        "since=2026-03-01T11%3A00%3A00.5Z",
        "ratio=0.5",
        "all=true",
        "flag=",
        "filter%5Bafter%5D=2026-03-01&filter%5Btags%5D%5B0%5D=x&filter%5Bk%5D=v",
        "odd%5B%5D=1&odd%5B%5D=2",
    ];
    assert_eq!(request.target(), format!("{PATH}?{}", query.join("&")));
    assert_eq!(request.header("x-kinds"), ["one,new"]);
    assert_eq!(request.header("cookie"), ["session=s%3B1; theme=2"]);
}

#[tokio::test]
async fn what_the_path_itself_says() {
    let server = Server::start();
    let client = server.client();
    client.parameters().fixed().page(2).await.unwrap();
    assert_eq!(server.request().target(), "/parameters/fixed?kind=all&a=b%20c&page=2");
    client.parameters().literal("x/y").await.unwrap();
    assert_eq!(server.request().target(), "/parameters/a%20b/%C3%A4/x%2Fy");
}
