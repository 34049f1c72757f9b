//! The description's servers and the caller's choice in, the URL of each request out.

use runtime::auth::credentials::Credential;
use runtime::calls::operation::{Api, Method, Operation};
use runtime::client::builder::ClientBuilder;

use super::support::{API, LIST, Script, call, status};

static SERVED: Api = Api {
    operation_servers: &[
        "https://files.example.com/up",
        "http://plain.example.com",
        "https://your-company.example.com",
    ],
    placeholders: &["https://your-company.example.com"],
    ..API
};

macro_rules! operations {
    ($($(#[doc = $doc:literal])? $name:ident at $server:literal;)*) => {
        $($(#[doc = $doc])? static $name: Operation = Operation {
            method: Method::GET,
            server: $server,
            security: &[&["bearer"]],
            ..LIST
        };)*
    };
}

operations! {
    FILES at "https://files.example.com/up";
    PLAIN at "http://plain.example.com";
    YOURS at "https://your-company.example.com";
    /// At the place of the description's base URL.
    BETA at "https://api.example.com/v2/";
    ROOT at "/";
}

type Choose = fn(ClientBuilder) -> ClientBuilder;

/// Where a request for `operation` goes, and that its credential goes with it.
async fn target(operation: &'static Operation, choose: Choose) -> Result<String, String> {
    let script = Script::new([status(200)]);
    let builder = choose(ClientBuilder::new(&SERVED)).credential("bearer", Credential::fixed("t"));
    let core = builder.transport(script.clone()).build_core().unwrap();
    call(&core, operation).await.map_err(|error| error.to_string())?;
    let sent = script.sent().remove(0);
    assert_eq!(sent.headers["authorization"], "Bearer t");
    Ok(sent.uri)
}

#[tokio::test(start_paused = true)]
async fn a_request_goes_where_the_description_or_the_caller_says() {
    let nothing: Choose = |builder| builder;
    let own: Choose = |builder| builder.base_url("https://proxy.example/x");
    let described: Choose = |builder| builder.described_server("https://sandbox.example.com/base");
    let single: Choose = |builder| {
        let builder = builder.base_url("https://proxy.example/x");
        builder.operation_server("https://files.example.com/up", "https://other.example/y/")
    };
    let replaced: Choose =
        |builder| builder.operation_server("https://your-company.example.com", "https://acme.example");
    let cases = [
        (&FILES, nothing, "https://files.example.com/up/things"),
        (&FILES, described, "https://files.example.com/up/things"),
        (&FILES, own, "https://proxy.example/x/things"),
        (&FILES, single, "https://other.example/y/things"),
        (&BETA, nothing, "https://api.example.com/v2/things"),
        (&BETA, described, "https://sandbox.example.com/v2/things"),
        (&BETA, own, "https://proxy.example/v2/things"),
        (&ROOT, nothing, "https://api.example.com/things"),
        (&ROOT, described, "https://sandbox.example.com/things"),
        (&ROOT, single, "https://proxy.example/things"),
        (&PLAIN, own, "https://proxy.example/x/things"),
        (&YOURS, own, "https://proxy.example/x/things"),
        (&YOURS, replaced, "https://acme.example/things"),
    ];
    for (operation, choose, expected) in cases {
        assert_eq!(
            target(operation, choose).await.as_deref(),
            Ok(expected),
            "{}",
            operation.server
        );
    }
    let refused = target(&PLAIN, nothing).await.unwrap_err();
    assert!(refused.contains("https"), "{refused}");
    for choose in [nothing, described] {
        let refused = target(&YOURS, choose).await.unwrap_err();
        assert!(refused.contains("to be replaced; set `operation_server`"), "{refused}");
    }
}

#[test]
fn a_choice_that_changes_nothing_is_a_mistake() {
    let builder = ClientBuilder::new(&SERVED).operation_server("https://files.example.com", "https://other.example");
    let message = builder.build_core().unwrap_err().to_string();
    assert!(
        message.contains("no operation has the server `https://files.example.com`"),
        "{message}"
    );
    let builder = ClientBuilder::new(&SERVED).operation_server("http://plain.example.com", "http://other.example");
    assert!(builder.build_core().is_err(), "credentials do not travel in the clear");
}
