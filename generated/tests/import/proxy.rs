//! A gateway on a bad day: requests go in; they are forwarded, held, dropped, or answered by a 503 after all.
//!
//! What it holds it forwards later, whether or not the process is still alive that had sent it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running gateway. It stops when it is dropped.
pub(crate) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    upstream: String,
    seed: u64,
    requests: AtomicU64,
    held: AtomicU64,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Forwarded,
    /// It does not arrive, and the connection ends.
    DroppedBefore,
    /// It arrives, and the connection ends without an answer.
    DroppedAfter,
    /// It arrives, and the answer is replaced.
    Unavailable,
    /// It arrives so many milliseconds later.
    Held(u64),
}

impl Proxy {
    pub(crate) async fn start(upstream: &str, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            upstream: upstream.trim_start_matches("http://").to_owned(),
            seed,
            requests: AtomicU64::new(0),
            held: AtomicU64::new(0),
        });
        let accepting = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Detached: what is held outlives the connection that it came from.
                tokio::spawn(converse(stream, Arc::clone(&accepting)));
            }
        });
        Self { port, shared, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How many requests have come in.
    pub(crate) fn requests(&self) -> u64 {
        self.shared.requests.load(Ordering::Relaxed)
    }

    /// Waits until nothing is held any more.
    pub(crate) async fn drain(&self) {
        while self.shared.held.load(Ordering::Relaxed) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn fate(&self) -> Fate {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let mut random = fastrand::Rng::with_seed(self.seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        match random.u32(0..100) {
            0..5 => Fate::DroppedBefore,
            5..10 => Fate::DroppedAfter,
            10..16 => Fate::Unavailable,
            16..36 => Fate::Held(random.u64(1..300)),
            _ => Fate::Forwarded,
        }
    }
}

async fn converse(mut stream: TcpStream, shared: Arc<Shared>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    loop {
        let request = message(&mut stream).await?;
        // Counted before it is forwarded, so that whoever drains does not miss it.
        shared.held.fetch_add(1, Ordering::Relaxed);
        let fate = shared.fate();
        let (sender, answer) = tokio::sync::oneshot::channel();
        let forwarding = Arc::clone(&shared);
        tokio::spawn(async move {
            if let Fate::Held(milliseconds) = fate {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            }
            let mut answer = None;
            if fate != Fate::DroppedBefore {
                answer = forward(&forwarding.upstream, &request).await;
            }
            forwarding.held.fetch_sub(1, Ordering::Relaxed);
            drop(sender.send(answer));
        });
        let answer = answer.await.ok()??;
        match fate {
            Fate::DroppedBefore | Fate::DroppedAfter => return None,
            Fate::Unavailable => {
                let answer = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nRetry-After: 0\r\n\
                    Content-Length: 12\r\n\r\n<h1>503</h1>";
                stream.write_all(answer).await.ok()?;
            }
            Fate::Forwarded | Fate::Held(_) => stream.write_all(&answer).await.ok()?,
        }
    }
}

async fn forward(upstream: &str, request: &[u8]) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(upstream).await.ok()?;
    stream.write_all(request).await.ok()?;
    message(&mut stream).await
}

/// Reads one message whose length is told, which is how both sides here speak.
async fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
        while bytes.len() < end + 4 + length {
            if stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
        }
        return Some(bytes);
    }
}
