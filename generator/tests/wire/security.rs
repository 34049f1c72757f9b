//! Credentials and what operations ask for in, where they travel out.

use it::runtime::AnyCall as _;
use it::prelude::{ClientBuilder, Credential};

use crate::server::{Request, Server};

/// Everything of a request in which a credential could travel.
fn shown(request: &Request) -> String {
    let mut shown = request.target().to_owned();
    for name in ["authorization", "x-key", "cookie"] {
        for value in request.header(name) {
            shown.push_str(&format!(" {name}: {value}"));
        }
    }
    shown
}

fn with_all(builder: ClientBuilder) -> ClientBuilder {
    builder
        .token("t/1")
        .login(Credential::basic("user", "pass:word"))
        .header_key("h 1")
        .query_key("q&1")
        .cookie_key("c;1")
        .flow("f1")
        .connect("o1")
        .genie_key("g1")
}

#[tokio::test]
async fn every_scheme_where_it_belongs_and_nowhere_else() {
    let server = Server::start();
    let client = with_all(server.builder()).build().unwrap();
    macro_rules! case {
        ($($call:ident $(. $set:ident($value:literal))?, $shown:literal;)*) => {$(
            client.security().$call()$(.$set($value))?.await.unwrap();
            assert_eq!(shown(&server.request()), $shown);
        )*};
    }
    case! {
        bearer, "/security/bearer authorization: Bearer t/1";
        oauth, "/security/oauth authorization: Bearer f1";
        connect, "/security/connect authorization: Bearer o1";
        basic, "/security/basic authorization: Basic dXNlcjpwYXNzOndvcmQ=";
        header, "/security/header x-key: h 1";
        query, "/security/query?key=q%261";
        query.page(2), "/security/query?page=2&key=q%261";
        cookie, "/security/cookie cookie: session=c%3B1";
        cookie.page(2), "/security/cookie cookie: page=2; session=c%3B1";
        either, "/security/either authorization: Bearer t/1";
        both, "/security/both?key=q%261 authorization: Bearer t/1";
        one_header, "/security/one-header?key=q%261 authorization: Bearer t/1";
        optional, "/security/optional authorization: Bearer t/1";
        none, "/security/none";
        genie, "/security/genie authorization: GenieKey g1";
        clash, "/security/clash?key=q%261 x-key: h 1 cookie: session=c%3B1";
        clash.key("k"), "/security/clash?key=k x-key: h 1 cookie: session=c%3B1";
        clash.session("s"), "/security/clash?key=q%261 x-key: h 1 cookie: session=s";
        clash.x_key("x"), "/security/clash?key=q%261 x-key: x cookie: session=c%3B1";
        own.authorization("Own o"), "/security/own authorization: Own o x-key: h 1";
        inherited, "/security/inherited authorization: Bearer t/1";
    }
}

#[tokio::test]
async fn the_first_alternative_that_the_client_can_meet() {
    let server = Server::start();
    let client = server.builder().header_key("h1").build().unwrap();
    client.security().either().await.unwrap();
    assert_eq!(shown(&server.request()), "/security/either x-key: h1");
    client.security().optional().await.unwrap();
    assert_eq!(shown(&server.request()), "/security/optional");
    client.security().inherited().await.unwrap();
    assert_eq!(shown(&server.request()), "/security/inherited");
    let client_of_two = server.builder().query_key("q1").flow("f1").build().unwrap();
    client_of_two.security().one_header().await.unwrap();
    assert_eq!(
        shown(&server.request()),
        "/security/one-header?key=q1 authorization: Bearer f1"
    );
    let refused = client.security().genie().await.unwrap_err().to_string();
    assert!(refused.contains("by `genie_key`, or by `header_key` and `query_key`"), "{refused}");
    let client_of_none = server.builder().build().unwrap();
    let own = |call: it::prelude::Call<'static, (), _>| async move { call.header("authorization", "Own o").await };
    own(client_of_none.security().genie().into_owned()).await.unwrap();
    assert_eq!(shown(&server.request()), "/security/genie authorization: Own o");
    own(client.security().both().into_owned()).await.unwrap();
    assert_eq!(shown(&server.request()), "/security/both authorization: Own o");
    for refused in [client.security().bearer().await, client.security().both().await] {
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("token"), "{message}");
    }
    assert!(server.requests().is_empty());
}
