//! A file that a recorder wrote in, a network for a client out that says what was said then.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::record::content;
use crate::runtime::mock::record::difference::Difference;
use crate::runtime::mock::record::exchange::{self, Asked, Exchange};
use crate::runtime::mock::record::hiding::Hiding;
use crate::runtime::network::transport::{Answer, Transport, TransportError};
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::secret::Secrets;

/// How deep a file may be nested: as deep as a body in it, which is in an exchange.
const DEEPEST: usize = content::DEEPEST + 8;

/// What a [`Recorder`](super::recorder::Recorder) wrote, said again: a network for a client, without one. A clone is another
/// handle to the same.
///
/// ```ignore
/// let recorded = Recorded::open("tests/recorded/tickets.json")?;
/// let client = Client::builder().access_token("any").transport(recorded).build()?;
/// ```
///
/// * A request is answered as the first one was that has the same method, path, query and body and has not been used: headers
///   and hosts may be others, and so may what was hidden. Where several are equal, they are used in their order, each once.
/// * One that was not recorded is an error that says which is nearest and what is different. It is not tried again.
/// * What belongs to no operation is such an error too: give the client a token, where it would get one by OAuth 2.
#[derive(Clone)]
pub struct Recorded(Arc<Tape>);

struct Tape {
    path: PathBuf,
    replaced: Vec<(String, Argument)>,
    /// Each with whether it has been used.
    exchanges: Mutex<Vec<(Exchange, bool)>>,
}

impl Recorded {
    /// Reads the file at `path`.
    ///
    /// # Errors
    ///
    /// When there is none, or it is none that a recorder wrote ([`io::ErrorKind::InvalidData`]).
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let problem = |kind, why: &dyn fmt::Display| {
            io::Error::new(
                kind,
                format!("the recording `{}` cannot be read: {why}", path.display()),
            )
        };
        let text = fs::read_to_string(&path).map_err(|error| problem(error.kind(), &error))?;
        let invalid = |why: &dyn fmt::Display| problem(io::ErrorKind::InvalidData, why);
        let file = content::value_of(&text, DEEPEST).map_err(|error| invalid(&error))?;
        let replaced = match content::member(&file, "replaced") {
            Some(Argument::Object(replaced)) => replaced.clone(),
            _ => Vec::new(),
        };
        let Some(Argument::List(all)) = content::member(&file, "exchanges") else {
            return Err(invalid(&"there is no list of `exchanges`"));
        };
        let mut exchanges = Vec::new();
        for (index, value) in all.iter().enumerate() {
            let exchange = Exchange::read(value);
            let exchange = exchange.ok_or_else(|| invalid(&format!("number {} is no exchange", index + 1)))?;
            exchanges.push((exchange, false));
        }
        Ok(Self(Arc::new(Tape {
            path,
            replaced,
            exchanges: Mutex::new(exchanges),
        })))
    }

    /// The calls that were recorded and have not come, as their method, path and query. A test may want none.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        let exchanges = self.0.exchanges();
        let left = exchanges.iter().filter(|(_, is_used)| !is_used);
        left.map(|(exchange, _)| exchange.asked.line()).collect()
    }
}

impl Tape {
    fn exchanges(&self) -> MutexGuard<'_, Vec<(Exchange, bool)>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a request, or why there is none.
    fn answer(&self, came: &Asked) -> Result<http::Response<ByteStream>, String> {
        let mut exchanges = self.exchanges();
        let (line, file) = (came.line(), self.path.display());
        let mut used = 0;
        let mut nearest: Option<((usize, bool), String)> = None;
        for (index, (exchange, is_used)) in exchanges.iter_mut().enumerate() {
            let difference = Difference::between(&exchange.asked, came);
            match (difference.far, *is_used) {
                (0, true) => used += 1,
                (0, false) => {
                    *is_used = true;
                    let too_long = || format!("the answer to `{line}` was too long to be recorded (in `{file}`)");
                    return exchange.answered.response().ok_or_else(too_long);
                }
                rank => {
                    if nearest.as_ref().is_none_or(|(least, _)| rank < *least) {
                        let (number, near, why) = (index + 1, exchange.asked.line(), difference.why());
                        let used = if *is_used { ", which was used" } else { "" };
                        nearest = Some((rank, format!("nearest is number {number}, `{near}`{used}: {why}")));
                    }
                }
            }
        }
        let why = match (used, nearest) {
            (1, _) => "once more: it was recorded once".to_owned(),
            (2.., _) => format!("once more: it was recorded {used} times"),
            (_, Some((_, nearest))) => format!("; {nearest}"),
            (_, None) => "; nothing was".to_owned(),
        };
        let mark = if used > 0 { " " } else { "" };
        Err(format!("`{line}` was not recorded{mark}{why} (in `{file}`)"))
    }
}

impl Transport for Recorded {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(async move {
            let Some(operation) = request.extensions().get::<&'static Operation>().copied() else {
                return Err(TransportError::lasting(
                    "the request is none of an operation, and such are not recorded",
                ));
            };
            let (request, bytes) = exchange::in_memory(request).await?;
            let (head, _) = request.into_parts();
            // What is secret here is another thing than what was then, and what was then is hidden.
            let hiding = Hiding::new(&Secrets::NONE, self.0.replaced.clone());
            let came = Asked::of(&head, &bytes, operation, &hiding);
            self.0.answer(&came).map_err(TransportError::lasting)
        })
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: &Path = &self.0.path;
        formatter
            .debug_struct("Recorded")
            .field("path", &path)
            .finish_non_exhaustive()
    }
}
