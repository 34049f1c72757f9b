//! Other ways in: a service of `tower`'s or a `reqwest` client of one's own as the network, and calls that are waited for.

use runtime::AnyCall as _;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use runtime::calls::call::Call;
use runtime::calls::error::{Kind, Outcome};
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::network::Network;
use runtime::network::tower::Tower;
use runtime::network::transport::TransportError;
use runtime::received::decode;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::frames::Outgoing;
use runtime::sent::uploads::upload::Upload;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;
use tower_service::Service;

use super::support::{API, CREATE, LIST, Script, call, create, status, with};

/// A service that says how long a request is, or fails.
#[derive(Clone)]
struct Measure {
    is_ready: bool,
    fails: Option<bool>,
}

impl Service<http::Request<Outgoing>> for Measure {
    type Response = http::Response<Outgoing>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(if self.is_ready {
            Ok(())
        } else {
            Err("overloaded".into())
        })
    }

    fn call(&mut self, request: http::Request<Outgoing>) -> Self::Future {
        ready(match self.fails {
            Some(true) => Err(TransportError::before_sending("the service knows").into()),
            Some(false) => Err("broken".into()),
            None => {
                let length = request.body().size_hint().exact();
                let body = Body::json("application/json", &length);
                Ok(http::Response::new(Outgoing::new(Some(&body.unwrap())).unwrap()))
            }
        })
    }
}

fn measured(is_ready: bool, fails: Option<bool>) -> runtime::client::core::Core {
    let service = Measure { is_ready, fails };
    ClientBuilder::new(&API)
        .transport(Tower(service))
        .max_attempts(1)
        .build_core()
        .unwrap()
}

#[tokio::test]
async fn a_tower_service_takes_the_networks_place() {
    let core = measured(true, None);
    assert_eq!(create(&core).await.unwrap(), 12);
    assert_eq!(call(&core, &LIST).await.unwrap(), 0);
    let stream = Upload::once(ByteStream::from(Bytes::from("abc")));
    let unknown = call(&core, &CREATE)
        .body(Body::raw("text/plain", stream))
        .await
        .unwrap();
    assert!(unknown.is_null());
}

#[tokio::test]
async fn a_tower_service_says_whether_the_request_was_sent() {
    for (is_ready, fails, expected) in [
        (false, None, Outcome::Rejected),
        (true, Some(true), Outcome::Rejected),
        (true, Some(false), Outcome::Unknown),
    ] {
        let error = create(&measured(is_ready, fails)).await.unwrap_err();
        assert_eq!(error.outcome(), expected);
    }
}

#[tokio::test]
async fn a_client_of_ones_own_takes_the_networks_place() {
    let builder = Network::builder(Duration::from_secs(5)).no_proxy();
    let client = builder.resolve("localhost", ([127, 0, 0, 1], 1).into());
    let network = Network::from(client.build().unwrap());
    let core = ClientBuilder::new(&API).base_url("http://localhost").transport(network);
    let error = create(&core.max_attempts(1).build_core().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::Transport(_)), "{error}");
}

#[tokio::test]
async fn a_transport_and_a_word_about_proxies_do_not_go_together() {
    for choose in [
        |builder: ClientBuilder| builder.no_proxy(),
        |builder: ClientBuilder| builder.proxy("http://127.0.0.1:1"),
    ] {
        let network = Network::new(Duration::from_secs(5)).unwrap();
        let error = choose(ClientBuilder::new(&API))
            .transport(network)
            .build_core()
            .unwrap_err();
        assert!(error.to_string().contains("told about proxies itself"), "{error}");
    }
}

/// Answers a request, says that it has come, and waits until the client hangs up.
async fn hung_up(listener: &tokio::net::TcpListener, answer: &[u8], arrived: oneshot::Sender<()>) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = vec![stream.read_u8().await.unwrap()];
    stream.write_all(answer).await.unwrap();
    arrived.send(()).unwrap();
    stream.read_to_end(&mut request).await.unwrap();
    assert!(request.starts_with(b"GET /things"), "{request:?}");
}

#[tokio::test]
async fn a_call_or_a_stream_that_is_dropped_hangs_up() {
    static DOWNLOAD: Operation = Operation {
        method: Method::GET,
        stream: Streaming::Bytes,
        ..LIST
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let core = ClientBuilder::new(&API).base_url(url).build_core().unwrap();

    let (arrived, arrival) = oneshot::channel();
    let stalled = async {
        tokio::select! {
            _ = call(&core, &LIST) => panic!("nobody answers"),
            result = arrival => result.unwrap(),
        }
    };
    tokio::join!(stalled, hung_up(&listener, b"", arrived));

    let (arrived, _arrival) = oneshot::channel();
    let abandoned = async {
        let download: Call<'_, ByteStream, Value> = Call::new(&core, &DOWNLOAD, decode::bytes, decode::json);
        let mut stream = download.await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), "ab");
    };
    let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nab";
    tokio::join!(abandoned, hung_up(&listener, answer, arrived));
}

#[test]
fn a_call_can_be_waited_for() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let script = runtime.block_on(async { Script::new([status(200)]) });
    let core = script.core();
    assert!(call(&core, &LIST).wait().unwrap().is_object());
    let threads = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| call(&core, &LIST).wait().is_ok()))
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect::<Vec<_>>()
    });
    assert_eq!(threads, [true; 4]);
}

#[tokio::test]
async fn a_call_is_not_waited_for_in_asynchronous_code() {
    let core = Script::new([status(200)]).core();
    let error = call(&core, &LIST).wait().unwrap_err();
    assert!(matches!(error.kind(), Kind::Request(_)), "{error}");
}

/// Whether a call may be waited for where `door` leads.
async fn can_wait<F, W>(door: F) -> bool
where
    F: FnOnce(Box<dyn FnOnce() -> bool + Send>) -> W,
    W: Future<Output = bool>,
{
    let core = Script::new([status(200)]).core();
    door(Box::new(move || call(&core, &LIST).wait().is_ok())).await
}

#[tokio::test]
async fn a_call_is_waited_for_on_a_thread_that_may_block() {
    assert!(can_wait(async |wait| tokio::task::spawn_blocking(wait).await.unwrap()).await);
    assert!(!can_wait(async |wait| tokio::spawn(async { wait() }).await.unwrap()).await);
    assert!(can_wait(async |wait| std::thread::spawn(wait).join().unwrap()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_call_is_waited_for_where_another_thread_takes_over() {
    assert!(can_wait(async |wait| tokio::task::spawn_blocking(wait).await.unwrap()).await);
    assert!(can_wait(async |wait| tokio::task::block_in_place(wait)).await);
    assert!(can_wait(async |wait| tokio::spawn(async { wait() }).await.unwrap()).await);
    assert!(can_wait(async |wait| wait()).await);
}

#[tokio::test(start_paused = true)]
async fn another_media_type_is_asked_for_and_handed_over_as_it_is() {
    let script = Script::new([with(200, "content-type", "text/csv")]);
    let core = script.core();
    let answer = call(&core, &LIST).header("accept", "text/csv").bytes().await.unwrap();
    assert_eq!(answer.collect(1024).await.unwrap(), "{}");
    let sent = script.sent();
    let accept: Vec<_> = sent[0].headers.get_all("accept").iter().collect();
    assert_eq!(accept, ["text/csv"]);
}
