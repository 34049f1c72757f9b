//! Operations that are served elsewhere and a client's choice of servers in, who gets which request out.

use it::Client;

use crate::server::Server;

#[tokio::test]
async fn all_of_it_goes_to_the_callers_own_base_url() {
    let server = Server::start();
    let url = format!("{}/base/", server.url());
    let client = Client::builder().base_url(url).token("t").build().unwrap();
    macro_rules! case {
        ($($call:ident, $target:literal;)*) => {$(
            client.servers().$call().await.unwrap();
            let request = server.request();
            assert_eq!(request.target(), $target);
            assert_eq!(request.header("authorization"), ["Bearer t"]);
        )*};
    }
    case! {
        usual, "/base/servers/usual";
        files, "/base/servers/files";
        beta, "/v2/servers/beta";
        path, "/v3/servers/path";
        listed, "/base/servers/listed";
    }
}

#[tokio::test]
async fn what_is_served_elsewhere_has_a_choice_of_its_own() {
    let (server, files) = (Server::start(), Server::start());
    let builder = server.builder().token("t");
    let client = builder
        .operation_server("https://files.vendor.test/up", files.url())
        .build()
        .unwrap();
    client.servers().files().await.unwrap();
    let request = files.request();
    assert_eq!(request.target(), "/servers/files");
    assert_eq!(request.header("authorization"), ["Bearer t"]);
    client.servers().usual().await.unwrap();
    assert_eq!(server.request().target(), "/servers/usual");
    assert!(files.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_no_operation_has_is_a_mistake() {
    let error = Client::builder().operation_server("https://files.vendor.test", "https://other.vendor.test");
    let message = error.build().unwrap_err().to_string();
    assert!(message.contains("`https://files.vendor.test`"), "{message}");
}
