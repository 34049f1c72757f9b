//! What callers add to calls in, the request with all of it out.

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
    client.knobs().order(&order).cursor("c").limit(2).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders?cursor=c&limit=2");
    client.knobs().order(&order).cursor(Some("c")).limit(Some(2)).await.unwrap();
    assert_eq!(server.request().target(), "/knobs/orders?cursor=c&limit=2");
}
