//! Values of paths in, the path that is sent or the error before anything is sent out.

use it::prelude::Call;

use crate::server::Server;

/// The target of a request, or how its error begins.
async fn sent(server: &Server, call: Call<'_, ()>) -> String {
    match call.await {
        Ok(()) => server.request().target().to_owned(),
        Err(error) => {
            assert!(server.requests().is_empty());
            let error = error.to_string();
            let (_, problem) = error.split_once("the path parameter ").unwrap();
            format!("refused: {problem}")
        }
    }
}

#[tokio::test]
async fn values_of_several_segments() {
    let server = Server::start();
    let client = server.client();
    let paths = client.paths();
    assert_eq!(sent(&server, paths.any("a/b c/%2e")).await, "/paths/any/a/b%20c/%252e");
    assert_eq!(sent(&server, paths.any("a/")).await, "/paths/any/a/");
    assert_eq!(sent(&server, paths.reserved("a/b;c%20d?e")).await, "/paths/reserved/a/b;c%20d%3Fe");
    let list = ["a/b".to_owned(), "c".to_owned()];
    assert_eq!(sent(&server, paths.label(&list)).await, "/paths/label/.a/b.c");
    assert_eq!(sent(&server, paths.matrix("a/b")).await, "/paths/matrix/;where=a/b");
    assert_eq!(sent(&server, paths.children("a/b")).await, "/paths/root:/a/b:/children");
    assert_eq!(
        sent(&server, paths.cancel("projects/p 1/things/t")).await,
        "/paths/projects/p%201/things/t:cancel"
    );
    assert_eq!(sent(&server, paths.parts("a/b", "x.y", "b,", 3)).await, "/paths/parts/a%2Fb.x.y/b%2C,3:go");
}

#[tokio::test]
async fn values_that_would_lead_elsewhere() {
    let server = Server::start();
    let client = server.client();
    let paths = client.paths();
    for value in ["", "/", "/a", "a//b", "a/../b", "..", "a/.", "./a", "a\\..\\b"] {
        let any = sent(&server, paths.any(value)).await;
        assert!(any.starts_with("refused: `where` is empty"), "{value}: {any}");
        let reserved = sent(&server, paths.reserved(value)).await;
        assert!(reserved.starts_with("refused: `where` is empty"), "{value}: {reserved}");
    }
    for value in ["%2e%2E", "a/%2e/b", "a%2F%2E%2e", "a%2f%2fb", "%2Fa", "a%5C..", "a/%2e%2e%2fb"] {
        let reserved = sent(&server, paths.reserved(value)).await;
        assert!(reserved.starts_with("refused: `where` is empty"), "{value}: {reserved}");
    }
    assert!(sent(&server, paths.label(&[String::new()])).await.starts_with("refused"));
    assert!(sent(&server, paths.matrix("a/../b")).await.starts_with("refused"));
    for value in ["projects/p", "projects/p/things/t/u", "folders/p/things/t", "projects//things/t"] {
        let cancel = sent(&server, paths.cancel(value)).await;
        assert!(cancel.starts_with("refused: `where` is"), "{value}: {cancel}");
    }
    let dots = sent(&server, paths.cancel("projects/../things/t")).await;
    assert!(dots.starts_with("refused: `where` is empty"), "{dots}");
    assert!(sent(&server, paths.parts("", "y", "b", 3)).await.starts_with("refused"));
}
