//! What callers add to calls in, the request with all of it out.

use it::runtime::AnyCall as _;
use it::models::KnobOrder;

use crate::server::Server;

#[tokio::test]
async fn what_callers_add_is_sent() {
    let server = Server::start();
    let builder = server.builder().user_agent("shop/2").default_header("X-Tenant", "t1");
    let client = builder.build().unwrap();
    let order = KnobOrder::new(3);
    let call = client.knobs().order(&order).extra_query("dry run", "1").extra_member("note", "é");
    call.await.unwrap();
    let request = server.request();
    assert_eq!(request.target(), "/knobs/orders?dry%20run=1");
    assert_eq!(request.header("user-agent"), ["shop/2"]);
    assert_eq!(request.header("x-tenant"), ["t1"]);
    assert_eq!(request.body, "{\"lines\":3,\"note\":\"é\"}".as_bytes());
}

#[tokio::test]
async fn a_call_is_repeated_under_its_key() {
    let server = Server::start();
    let client = server.client();
    server.answer("502 Bad Gateway", &[], "");
    client.knobs().order(&KnobOrder::new(1)).await.unwrap();
    client.knobs().order(&KnobOrder::new(1)).await.unwrap();
    client.knobs().order(&KnobOrder::new(1)).idempotency_key("mine").await.unwrap();
    let keys: Vec<String> =
        server.requests().iter().map(|request| request.header("idempotency-key").join(",")).collect();
    let [first, again, next, own] = keys.as_slice() else {
        panic!("{keys:?}");
    };
    assert_eq!((first, first.len(), own.as_str()), (again, 36, "mine"));
    assert_ne!(first, next);
}

#[tokio::test]
async fn a_setter_takes_none() {
    let server = Server::start();
    let client = server.client();
    let order = KnobOrder::new(1);
    client.knobs().order(&order).cursor(None).limit(None).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders");
    client.knobs().order(&order).cursor(Some("c")).limit(2).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders?cursor=c&limit=2");
    client.knobs().order(&order).cursor(Some("c")).limit(Some(2)).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders?cursor=c&limit=2");
    client.knobs().order(&order).marks(["a", "b"]).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders?marks=a&marks=b");
}

#[tokio::test]
async fn tokens_are_had_as_the_document_says() {
    let server = Server::start();
    let tokens = it::oauth::sign_in_client_credentials("id", "s3cr3t");
    let client = server.builder().sign_in(tokens).build().unwrap();
    server.answer("200 OK", &["content-type: application/json"], "{\"access_token\":\"t1\"}");
    client.knobs().private().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].line, "POST /knobs/token HTTP/1.1");
    let form = "grant_type=client_credentials&scope=read&client_id=id&client_secret=s3cr3t";
    assert_eq!(requests[0].body, form.as_bytes());
    assert_eq!(requests[1].header("authorization"), ["Bearer t1"]);

    let tokens = it::oauth::sign_in_authorization_code("id", "http://127.0.0.1:1/back");
    let sign_in = tokens.relative_to(server.url()).sign_in().unwrap();
    let url = sign_in.url().to_owned();
    assert!(url.starts_with("https://login.example/agree?response_type=code&client_id=id&"), "{url}");
    assert!(url.ends_with("&scope=read"), "{url}");
    let (_, state) = url.split_once("&state=").unwrap();
    let state = &state[..43];
    server.answer("200 OK", &["content-type: application/json"], "{\"access_token\":\"t2\"}");
    let tokens = sign_in.finish(&format!("http://127.0.0.1:1/back?state={state}&code=c")).await.unwrap();
    assert_eq!(server.request().line, "POST /token HTTP/1.1");
    let client = server.builder().sign_in(tokens).build().unwrap();
    client.knobs().private().await.unwrap();
    assert_eq!(server.request().header("authorization"), ["Bearer t2"]);
}
