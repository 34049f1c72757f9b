//! Operations: what is sent, and what may come back.

use std::fmt;

use super::{
    Content, Docs, Header, Pagination, Parameter, Payload, Pointer, Reading, Requirement, Server, TagId, Type, header,
};

/// Position of an [`Operation`] in [`Api::operations`](super::Api::operations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// One call that the API offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The document's own `operationId`, where there is one.
    pub id: Option<String>,
    /// Its place in the document.
    pub pointer: Pointer,
    /// The HTTP method.
    pub method: Method,
    /// The path template as written, for documentation and traces.
    pub template: String,
    /// The same, taken apart.
    pub path: Vec<Segment>,
    /// Pairs of the query that the template itself fixes (`/search?kind=all`), not encoded yet.
    pub query: Vec<(String, String)>,
    /// The group it belongs to: its first tag.
    pub tag: TagId,
    /// All of its tags, as the document lists them.
    pub tags: Vec<String>,
    /// Its parameters, those of the path item first, in document order.
    pub parameters: Vec<Parameter>,
    /// What may be sent as a body.
    pub body: Option<RequestBody>,
    /// What may come back: exact statuses in document order, then classes, then the default.
    pub responses: Vec<Response>,
    /// Alternatives, any of which suffices; empty means that no credential is needed.
    pub security: Vec<Vec<Requirement>>,
    /// Where only this operation is served, the default first; empty means where the rest of the API is.
    pub servers: Vec<Server>,
    /// Whether a repetition does no harm: by method, or because the document says so (`x-idempotent`).
    pub idempotent: bool,
    /// The header with a random key by which the server knows a repeated request, so that a repetition does no harm.
    pub idempotency_key: Option<String>,
    /// With which statuses the API promises that it did not act (`x-rejected`), in document order.
    pub rejected: Vec<Rejected>,
    /// How many inputs travel in one call, where the document says so (`x-batch`).
    pub batch: Option<Batch>,
    /// How its answers are pages, where the document says so (`x-pagination` and its kin).
    pub pagination: Option<Pagination>,
    /// The success whose body has all members of the other successes' bodies: how to read a success with a status that
    /// the document does not name. An index into [`responses`](Self::responses); set by `refine`.
    pub widest_success: Option<usize>,
    /// Its documentation.
    pub docs: Docs,
}

impl Operation {
    /// The answers that are no errors; where there is none, the default, by which some documents mean all answers.
    #[must_use]
    pub fn answers(&self) -> Vec<&Response> {
        let answers: Vec<&Response> = self.responses.iter().filter(|it| it.status.is_answer()).collect();
        if !answers.is_empty() {
            return answers;
        }
        self.responses
            .iter()
            .filter(|it| it.status == Status::Default)
            .collect()
    }

    /// How an answer is read whose status the document does not name: as the widest, or else as the first.
    #[must_use]
    pub fn widest_answer(&self) -> Option<&Response> {
        let answers = self.answers();
        let widest = self.widest_success.and_then(|index| self.responses.get(index));
        let widest = widest.filter(|widest| answers.contains(widest));
        widest.or_else(|| answers.first().copied())
    }

    /// The answers that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| !response.status.is_answer())
    }

    /// The ways in which its successes may be read beside the usual one.
    #[must_use]
    pub fn doors(&self) -> Vec<Reading> {
        let others = self.answers().into_iter().flat_map(|response| {
            let usual = response.contents.first().map(|content| content.payload.reading());
            let all = response.contents.iter().map(|content| content.payload.reading());
            all.filter(move |reading| Some(*reading) != usual)
        });
        let mut doors: Vec<Reading> = others.collect();
        doors.sort_unstable();
        doors.dedup();
        doors
    }

    /// The types that it is made of, in either direction.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        let answers = self.responses.iter().flat_map(Response::types);
        self.sent().into_iter().chain(answers).collect()
    }

    /// The types that travel to the server.
    #[must_use]
    pub fn sent(&self) -> Vec<&Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        parameters
            .chain(contents.flat_map(|content| content.payload.types()))
            .collect()
    }

    /// The headers that its answers may have, each once: names of headers have no case.
    #[must_use]
    pub fn headers(&self) -> Vec<Header> {
        header::of_all(&self.responses)
    }
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "RFC 9110 names them, and RFC 5789 `PATCH`")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// Safe like `GET`, with a body.
    Query,
    /// Any other token, in the case in which it is sent.
    Other(String),
}

impl Method {
    /// The method that stands as `name` in a request line. Methods have a case.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "GET" => Self::Get,
            "PUT" => Self::Put,
            "POST" => Self::Post,
            "DELETE" => Self::Delete,
            "OPTIONS" => Self::Options,
            "HEAD" => Self::Head,
            "PATCH" => Self::Patch,
            "TRACE" => Self::Trace,
            "QUERY" => Self::Query,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The method as it stands in a request line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Whether its own definition calls it idempotent. Of a method that may mean anything, nobody knows.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Other(_))
    }
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that is sent as it stands, already percent-encoded where it must be.
    Literal(String),
    /// The value of a path parameter: an index into [`Operation::parameters`].
    Parameter(usize),
}

/// What may be sent as a body.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// Whether there must be one.
    pub required: bool,
    /// The alternatives, in document order; never empty.
    pub contents: Vec<Content>,
    /// An example of it as JSON, else in the media type that is the first by its name.
    pub example: Option<serde_json::Value>,
    /// Its documentation.
    pub docs: Docs,
}

/// What may come back for some statuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses.
    pub status: Status,
    /// The bodies that it may have, each in media types of its own; the one that is asked for first. Empty where it has none.
    pub contents: Vec<Content>,
    /// Further media types that say the same as one of these in a writing that is not read, such as XML.
    pub unread: Vec<String>,
    /// The declared headers, in document order.
    pub headers: Vec<Header>,
    /// Its documentation.
    pub docs: Docs,
}

impl Response {
    /// The types that it is made of.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        let headers = self.headers.iter().map(|header| &header.ty);
        let content = self.contents.iter().flat_map(|content| content.payload.types());
        headers.chain(content).collect()
    }

    /// The type of its body, where the one that is asked for first is a value in JSON or XML.
    #[must_use]
    pub fn value(&self) -> Option<&Type> {
        match &self.contents.first()?.payload {
            Payload::Json(ty) | Payload::Xml(ty, _) => Some(ty),
            _ => None,
        }
    }

    /// The bodies that are read in one way: those of `reading`, or of the first where there is none.
    #[must_use]
    pub fn read_as(&self, reading: Option<Reading>) -> Vec<(usize, &Content)> {
        let has = |reading: Reading| {
            let is_it = move |content: &Content| content.payload.reading() == reading;
            self.contents.iter().any(is_it).then_some(reading)
        };
        let first = || self.contents.first().map(|content| content.payload.reading());
        let reading = reading.and_then(has).or_else(first);
        let all = self.contents.iter().enumerate();
        all.filter(|(_, content)| Some(content.payload.reading()) == reading)
            .collect()
    }
}

/// The statuses that a [`Response`] is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A class: `Class(2)` is `2XX`.
    Class(u8),
    /// Whatever no other response is for.
    Default,
}

impl Status {
    /// Whether whoever has it described means no error by it: it is neither 4xx nor 5xx.
    #[must_use]
    pub fn is_answer(self) -> bool {
        match self {
            Self::Code(code) => code < 400,
            Self::Class(class) => class < 4,
            Self::Default => false,
        }
    }

    /// Whether it is 2xx.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Class(class) => class == 2,
            Self::Default => false,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Class(class) => write!(formatter, "{class}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// How many inputs travel in one call (`x-batch`). Every name is a wire name; paths are dotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The member of the request that holds the inputs.
    pub inputs: String,
    /// The most inputs that one call takes.
    pub limit: u32,
    /// The member of a success that holds the results; `None` where a success says nothing about single inputs.
    pub results: Option<String>,
    /// The member of a success that holds the errors.
    pub errors: Option<String>,
    /// Whether a success mentions every input exactly once.
    pub complete: bool,
    /// The caller's own id that results and errors echo.
    pub correlation: Option<Correlation>,
    /// The server's id that an input and its result share.
    pub identity: Option<BatchIdentity>,
}

/// The caller's own id for an input, echoed by results and errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correlation {
    /// Its member in an input.
    pub input: String,
    /// Its member in a result.
    pub result: String,
    /// Where an error lists the ids of the inputs that it is about.
    pub error: String,
}

/// The server's id, which an input names and its result repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchIdentity {
    /// Its member in an input.
    pub input: String,
    /// Its member in a result.
    pub result: String,
    /// Where an error lists the ids of the inputs that it is about.
    pub error: Option<String>,
    /// How a caller chooses what else identifies results.
    pub property: Option<BatchProperty>,
}

/// How a caller says that the ids of inputs are values of a property of the records, and where results have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchProperty {
    /// The member of an input, or of the request for all inputs, with the name of the property.
    pub name: String,
    /// The member of a result that has the property as a member of its own.
    pub result: String,
    /// The member of the request that lists the properties which results are to have.
    pub request: Option<String>,
}

/// A status with which the API promises that it did not act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    /// The status, from 400 to 599.
    pub status: u16,
    /// How many seconds the request is left alone at least.
    pub wait_seconds: u32,
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rejected { status, wait_seconds } = self;
        match wait_seconds {
            0 => write!(formatter, "{status}"),
            seconds => write!(formatter, "{status} after {seconds} s"),
        }
    }
}
