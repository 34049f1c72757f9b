//! Every door that needs a runtime of tokio's says so where there is none: an error, and no panic.

use runtime::AnyCall as _;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use runtime::auth::credentials::TokenProvider as _;
use runtime::auth::oauth::OAuth;
use runtime::calls::call::Call;
use runtime::calls::error::{Kind, Outcome};
use runtime::calls::operation::{Method, Operation, Streaming};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::Network;
use runtime::network::transport::{Answer, Transport, TransportError};
use runtime::received::decode;
use runtime::received::stream::ByteStream;
use runtime::sent::body::Body;
use runtime::sent::frames::Outgoing;
use runtime::sent::uploads::upload::Upload;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::support::{API, LIST, Script, call, create, status};

/// What a future gives that needs to wait for nothing.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

const NEEDS: &str = "it has to be awaited on a runtime of tokio's";

#[test]
fn a_call_is_refused() {
    let core = Script::new([status(200)]).core();
    for error in [
        at_once(create(&core).into_future()).unwrap_err(),
        at_once(create(&core).reply()).unwrap_err(),
        at_once(create(&core).bytes().into_future()).unwrap_err(),
    ] {
        assert!(matches!(error.kind(), Kind::Request(_)), "{error}");
        assert!(error.to_string().contains(NEEDS), "{error}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0));
    }
}

fn sent(network: &Network) -> TransportError {
    let request = http::Request::get("http://127.0.0.1:1/").body(None).unwrap();
    at_once(network.send(request)).unwrap_err()
}

#[test]
fn a_network_is_refused() {
    for network in [
        Network::new(Duration::from_secs(1)).unwrap(),
        Network::from(Network::builder(Duration::from_secs(1)).build().unwrap()),
    ] {
        assert_eq!(sent(&network).outcome(), Outcome::Rejected);
    }
}

#[test]
fn a_token_is_refused() {
    let endpoint = "http://127.0.0.1:1/token";
    for tokens in [
        OAuth::client_credentials(endpoint, "id", "secret"),
        OAuth::refresh_token(endpoint, "id", "secret", "refresh"),
    ] {
        let error = at_once(tokens.build().unwrap().token()).unwrap_err();
        assert_eq!(error.to_string(), NEEDS);
    }
}

#[test]
fn a_file_is_refused() {
    let body = Body::raw("text/plain", Upload::path("Cargo.toml")).unwrap();
    let mut outgoing = pin!(Outgoing::new(Some(&body)).unwrap());
    let frame = at_once(std::future::poll_fn(|context| outgoing.as_mut().poll_frame(context)));
    assert_eq!(frame.unwrap().unwrap_err().to_string(), NEEDS);
}

/// A server whose body begins and then says nothing.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: http::Request<Option<Body>>) -> Answer<'_> {
        let body = futures_util::stream::pending::<io::Result<Bytes>>();
        Box::pin(async { Ok(http::Response::new(ByteStream::new(body))) })
    }
}

fn silent() -> Core {
    ClientBuilder::new(&API).transport(Silent).build_core().unwrap()
}

async fn download(core: &Core) -> ByteStream {
    static DOWNLOAD: Operation = Operation {
        method: Method::GET,
        stream: Streaming::Bytes,
        ..LIST
    };
    let download: Call<'_, ByteStream, Value> = Call::new(core, &DOWNLOAD, decode::bytes, decode::json);
    download.idle_timeout(Duration::from_millis(20)).await.unwrap()
}

#[test]
fn a_stream_that_somebody_else_drives_keeps_its_time_on_the_runtime_that_it_came_by() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let mut stream = runtime.block_on(download(&silent()));
    let (wake, woken) = std::sync::mpsc::channel();
    let waker = Waker::from(std::sync::Arc::new(Wakes(std::sync::Mutex::new(wake))));
    let mut next = pin!(stream.next());
    let piece = loop {
        match next.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(piece) => break piece,
            Poll::Pending => woken.recv().unwrap(),
        }
    };
    assert_eq!(piece.unwrap().unwrap_err().kind(), io::ErrorKind::TimedOut);
}

#[test]
fn a_stream_that_comes_by_a_runtime_that_stands_still_is_not_waited_for_for_ever() {
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let asleep = runtime();
    let mut stream = asleep.block_on(download(&silent()));
    let piece = runtime().block_on(stream.next());
    assert_eq!(piece.unwrap().unwrap_err().kind(), io::ErrorKind::TimedOut);
}

/// Wakes a thread that waits for the other end.
struct Wakes(std::sync::Mutex<std::sync::mpsc::Sender<()>>);

impl std::task::Wake for Wakes {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.lock().unwrap().send(()).ok();
    }
}

#[test]
fn a_stream_whose_runtime_has_ended_fails() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let mut stream = runtime.block_on(download(&silent()));
    drop(runtime);
    let piece = at_once(stream.next());
    assert_eq!(piece.unwrap().unwrap_err().kind(), io::ErrorKind::Other);
    assert!(at_once(stream.next()).is_none());
}

#[test]
fn a_runtime_without_timers_is_an_error_of_the_call() {
    let runtime: Runtime = Builder::new_current_thread().build().unwrap();
    let core = Script::new([status(200)]).core();
    let error = runtime.block_on(call(&core, &LIST).into_future()).unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 0), "{error}");
    let core = silent();
    let mut sending = pin!(call(&core, &LIST).into_future());
    let polled = Pin::new(&mut sending).poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_ready());
}
