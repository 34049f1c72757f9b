//! Pages: books of numbered items, told in the ways that APIs have, in; every item once, and what was asked for, out.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Method as HttpMethod, Uri};
use runtime::calls::call::Call;
use runtime::calls::operation::{Method, Operation};
use runtime::client::builder::ClientBuilder;
use runtime::client::core::Core;
use runtime::network::transport::{Answer, Transport, TransportError};
use runtime::pages::{Cursor, Next, Page, Pages, Pagination, Place, cursor};
use runtime::received::decode::{self, DecodeError};
use runtime::received::response::Response;
use runtime::sent::body::Body;
use runtime::sent::parameter::Parameter;
use runtime::{AnyCall as _, Credential, ErrorKind, Outcome};
use serde_json::{Value, json};

use super::support::{API, CREATE, LIST, Still};

const AFTER: Parameter = Parameter::query("after");
const TOKEN: Parameter = Parameter::header("token");
const LAST: Parameter = Parameter::query("starting_after");
const PAGE: Parameter = Parameter::query("page");
const SKIP: Parameter = Parameter::query("skip");

static CURSOR: Pagination = Pagination {
    next: Next::Cursor(Place::Parameter(AFTER)),
};
static IN_HEADER: Pagination = Pagination {
    next: Next::Cursor(Place::Parameter(TOKEN)),
};
static IN_BODY: Pagination = Pagination {
    next: Next::Cursor(Place::Body(&["paging", "after"])),
};
static LINK: Pagination = Pagination { next: Next::Link };
static BY_LAST: Pagination = Pagination {
    next: Next::Last(Place::Parameter(LAST)),
};
static BY_NUMBER: Pagination = Pagination {
    next: Next::Number {
        place: Place::Parameter(PAGE),
        first: 1,
    },
};
static BY_OFFSET: Pagination = Pagination {
    next: Next::Offset {
        place: Place::Parameter(SKIP),
        first: 0,
    },
};

static SEARCH: Operation = Operation {
    method: Method::POST,
    idempotent: true,
    ..CREATE
};

/// What a request asks for.
struct Asked {
    number: usize,
    method: HttpMethod,
    uri: Uri,
    headers: HeaderMap,
    body: Value,
}

impl Asked {
    fn query(&self, name: &str) -> Option<u64> {
        let pairs = self.uri.query().unwrap_or_default().split('&');
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value.parse().unwrap())
    }
}

type Told = fn(&Asked) -> (Vec<(&'static str, String)>, Value);

/// A server with a book: it tells a page, and now and then nothing.
#[derive(Clone)]
struct Book {
    told: Told,
    /// Whether every so many requests something goes wrong on the way.
    is_shaky: bool,
    uris: Arc<Mutex<Vec<String>>>,
    headers: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Book {
    fn new(told: Told) -> Self {
        Self {
            told,
            is_shaky: false,
            uris: Arc::default(),
            headers: Arc::default(),
        }
    }

    fn shaky(told: Told) -> Self {
        Self {
            is_shaky: true,
            ..Self::new(told)
        }
    }

    fn core(&self) -> Core {
        let builder = ClientBuilder::new(&API).transport(self.clone()).clock(Still::new());
        builder.build_core().unwrap()
    }

    fn uris(&self) -> Vec<String> {
        self.uris.lock().unwrap().clone()
    }
}

impl Transport for Book {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let (head, body) = request.into_parts();
        let mut uris = self.uris.lock().unwrap();
        let number = uris.len();
        uris.push(head.uri.to_string());
        self.headers.lock().unwrap().push(head.headers.clone());
        drop(uris);
        let asked = Asked {
            number,
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: body
                .and_then(|body| body.bytes().cloned())
                .map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap()),
        };
        Box::pin(async move {
            match number % 40 {
                11 if self.is_shaky => return Err(TransportError::after_sending("broken")),
                23 if self.is_shaky => return Err(TransportError::before_sending("refused")),
                31 if self.is_shaky => {
                    let answer = http::Response::builder().status(503);
                    return Ok(answer.body(Bytes::from_static(b"{}").into()).unwrap());
                }
                _ => {}
            }
            let (headers, page) = (self.told)(&asked);
            let mut answer = http::Response::builder().status(200);
            for (name, value) in headers {
                answer = answer.header(name, value);
            }
            Ok(answer.body(Bytes::from(page.to_string()).into()).unwrap())
        })
    }
}

/// The last page of a book of a thousand.
const PAGES: u64 = 1000;

/// The items of a page of a book, three on each.
fn items(page: u64) -> Vec<u64> {
    (page * 3..page * 3 + 3).collect()
}

fn whole() -> Vec<u64> {
    (0..PAGES * 3).collect()
}

fn next(page: u64) -> Option<u64> {
    (page + 1 < PAGES).then_some(page + 1)
}

fn read(response: Response) -> Result<Option<Page<Value>>, DecodeError> {
    let header = Cursor::in_header(&response, "next-token")?;
    let link = Cursor::in_link(&response);
    let content: Value = decode::json(response)?;
    Ok(Some(Page {
        next: header.or(link).or(Cursor::of(&content, &["paging", "next"])?),
        more: cursor::flag(&content, &["more"])?,
        length: content["items"].as_array().unwrap().len(),
        content,
    }))
}

fn read_by_last(response: Response) -> Result<Option<Page<Value>>, DecodeError> {
    let page = read(response)?;
    page.map(|page| {
        let last = page.content["items"].as_array().unwrap().last();
        let next = last.map(|last| Cursor::of(last, &[])).transpose()?.flatten();
        Ok(Page { next, ..page })
    })
    .transpose()
}

#[expect(clippy::needless_pass_by_value, reason = "as the items of a page are taken out")]
fn split(page: Value) -> Vec<u64> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_u64().unwrap())
        .collect()
}

fn pages<'c>(core: &'c Core, pagination: &'static Pagination) -> Pages<'c, Value, Value> {
    let call: Call<'_, Value, Value> = Call::new(core, &LIST, decode::json, decode::json);
    Pages::new(
        call,
        pagination,
        if matches!(pagination.next, Next::Last(_)) {
            read_by_last
        } else {
            read
        },
    )
}

async fn all(pages: Pages<'_, Value, Value>) -> Vec<u64> {
    pages.into_items(split).collect().await.unwrap()
}

fn by_cursor(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked.query("after").unwrap_or(0);
    (
        Vec::new(),
        json!({ "items": items(page), "paging": { "next": next(page).map(|next| next.to_string()) } }),
    )
}

fn by_header(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked
        .headers
        .get("token")
        .map_or(0, |token| token.to_str().unwrap().parse().unwrap());
    let headers = next(page).map(|next| ("next-token", next.to_string()));
    (headers.into_iter().collect(), json!({ "items": items(page) }))
}

fn by_link_header(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked.query("p").unwrap_or(0);
    let link = |page| {
        format!(
            "<https://api.example.com/base/things?p=0>; rel=\"first\", \
             <https://api.example.com/base/things?q=a,b%3B&p={page}>; title=\"a, \\\"b; c\"; rel=\"last next\""
        )
    };
    (
        next(page).map(|page| ("link", link(page))).into_iter().collect(),
        json!({ "items": items(page) }),
    )
}

fn by_last(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked.query("starting_after").map_or(0, |last| last / 3 + 1);
    (Vec::new(), json!({ "items": items(page), "more": page + 1 < PAGES }))
}

fn by_number(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked.query("page").unwrap_or(1) - 1;
    (
        Vec::new(),
        json!({ "items": if page < PAGES { items(page) } else { Vec::new() } }),
    )
}

fn by_offset(asked: &Asked) -> (Vec<(&'static str, String)>, Value) {
    let page = asked.query("skip").unwrap_or(0) / 3;
    (
        Vec::new(),
        json!({ "items": if page < PAGES { items(page) } else { Vec::new() } }),
    )
}

#[tokio::test(start_paused = true)]
async fn every_item_of_a_thousand_pages_comes_once_whatever_goes_wrong_on_the_way() {
    for (told, pagination) in [
        (by_cursor as Told, &CURSOR),
        (by_header, &IN_HEADER),
        (by_link_header, &LINK),
        (by_last, &BY_LAST),
        (by_number, &BY_NUMBER),
        (by_offset, &BY_OFFSET),
    ] {
        let book = Book::shaky(told);
        assert_eq!(all(pages(&book.core(), pagination)).await, whole(), "{pagination:?}");
        assert!(book.uris().len() > 1050, "{pagination:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_place_in_a_body_is_filled_in_and_the_rest_of_it_stays() {
    let book = Book::new(|asked| {
        let page = asked.body["paging"]["after"].as_u64().unwrap_or(0);
        assert_eq!(asked.body["query"], "x");
        assert_eq!(asked.body["paging"]["limit"], 3);
        (
            Vec::new(),
            json!({ "items": items(page), "paging": { "next": next(page) } }),
        )
    });
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &SEARCH, decode::json, decode::json);
    let call = call.json(&json!({ "query": "x", "paging": { "limit": 3 } }));
    assert_eq!(all(Pages::new(call, &IN_BODY, read)).await, whole());
}

#[tokio::test(start_paused = true)]
async fn a_link_is_asked_for_with_get_and_without_the_body() {
    let book = Book::new(|asked| {
        if asked.number == 0 {
            let page = json!({ "items": [0], "paging": { "next": "/base/things/found?page=2" } });
            return (Vec::new(), page);
        }
        assert_eq!((&asked.method, &asked.body), (&HttpMethod::GET, &Value::Null));
        (Vec::new(), json!({ "items": [1] }))
    });
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &SEARCH, decode::json, decode::json);
    let call = call.json(&json!({ "query": "x" })).header("x-trace", "7");
    assert_eq!(all(Pages::new(call, &LINK, read)).await, [0, 1]);
    assert_eq!(
        book.uris(),
        [
            "https://api.example.com/base/things",
            "https://api.example.com/base/things/found?page=2"
        ]
    );
    assert_eq!(book.headers.lock().unwrap()[1]["x-trace"], "7");
}

#[tokio::test(start_paused = true)]
async fn links_are_understood_from_where_they_stand_and_stay_at_the_origin() {
    let book = Book::new(|asked| {
        let links = [
            Some("things/2"),
            Some("?page=3#top"),
            // A server that does not know of the proxy before it.
            Some("http://API.example.com/base/things/4?page=4"),
            None,
        ];
        (
            Vec::new(),
            json!({ "items": [asked.number], "paging": { "next": links[asked.number] } }),
        )
    });
    assert_eq!(all(pages(&book.core(), &LINK)).await, [0, 1, 2, 3]);
    let asked = ["", "/2", "/2?page=3", "/4?page=4"];
    assert_eq!(
        book.uris(),
        asked.map(|rest| format!("https://api.example.com/base/things{rest}"))
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_to_where_a_foreign_link_leads() {
    for foreign in [
        "https://elsewhere.test/things?page=2",
        "https://api.example.com:8443/things",
        "//elsewhere.test/things",
        "http://api.example.com:80@elsewhere.test/",
        "https://api.example.com.elsewhere.test/",
        "ftp://api.example.com/",
        "data:,x",
        "http://api.example.com:8080/base/things",
    ] {
        let book = Book::new(|asked| {
            let page = json!({ "items": [0], "paging": { "next": asked.headers["x-link"].to_str().unwrap() } });
            (Vec::new(), page)
        });
        let core = ClientBuilder::new(&API)
            .transport(book.clone())
            .clock(Still::new())
            .credential("bearer", Credential::from("secret"))
            .build_core()
            .unwrap();
        let call: Call<'_, Value, Value> = Call::new(&core, &LIST, decode::json, decode::json);
        let mut pages = Pages::new(call.header("x-link", foreign), &LINK, read);
        assert!(pages.next().await.unwrap().is_ok(), "{foreign}");
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{foreign}: {error}");
        assert_eq!(error.outcome(), Outcome::Rejected);
        assert!(pages.next().await.is_none());
        assert_eq!(book.uris(), ["https://api.example.com/base/things"], "{foreign}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_a_link_has_already_is_not_sent_twice() {
    static WITH_KEY: Operation = Operation {
        security: &[&["query"]],
        ..LIST
    };
    let book = Book::new(|asked| {
        let links = [Some("?page=2"), Some("?page=3&key=k"), None];
        (
            Vec::new(),
            json!({ "items": [asked.number], "paging": { "next": links[asked.number] } }),
        )
    });
    let core = ClientBuilder::new(&API)
        .transport(book.clone())
        .clock(Still::new())
        .credential("query", Credential::from("k"))
        .build_core()
        .unwrap();
    let call: Call<'_, Value, Value> = Call::new(&core, &WITH_KEY, decode::json, decode::json);
    assert_eq!(all(Pages::new(call, &LINK, read)).await, [0, 1, 2]);
    let asked = ["?key=k", "?page=2&key=k", "?page=3&key=k"];
    assert_eq!(
        book.uris(),
        asked.map(|query| format!("https://api.example.com/base/things{query}"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_page_that_leads_back_is_an_error_unless_it_is_empty() {
    let circle = Book::new(|asked| {
        (
            Vec::new(),
            json!({ "items": [1], "paging": { "next": (["a", "b", "a"][asked.number]) } }),
        )
    });
    let core = circle.core();
    let mut circling = pages(&core, &CURSOR);
    for _ in 0..3 {
        circling.next().await.unwrap().unwrap();
    }
    let error = circling.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /things: the request cannot be built: the page leads to one that was there before it"
    );
    assert!(circling.next().await.is_none());

    let end = Book::new(|asked| {
        let items = if asked.number == 0 { vec![1] } else { Vec::new() };
        (Vec::new(), json!({ "items": items, "paging": { "next": "end" } }))
    });
    assert_eq!(all(pages(&end.core(), &CURSOR)).await, [1]);
    assert_eq!(end.uris().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_that_leads_on_is_no_end() {
    let book = Book::new(|asked| {
        let items = [vec![1], vec![], vec![2]][asked.number].clone();
        (
            Vec::new(),
            json!({ "items": items, "paging": { "next": ([Some(1), Some(2), None][asked.number]) } }),
        )
    });
    assert_eq!(all(pages(&book.core(), &CURSOR)).await, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_promises_another_and_leads_nowhere_is_an_error() {
    let book = Book::new(|_| (Vec::new(), json!({ "items": [1], "more": true })));
    let core = book.core();
    let mut pages = pages(&core, &CURSOR);
    pages.next().await.unwrap().unwrap();
    assert!(pages.next().await.unwrap().is_err());
}

#[tokio::test(start_paused = true)]
async fn where_the_pages_stopped_another_run_goes_on() {
    let book = Book::new(by_cursor);
    let core = book.core();
    let mut first = pages(&core, &CURSOR).max_pages(400);
    let mut seen = Vec::new();
    while let Some(page) = first.next().await {
        seen.extend(split(page.unwrap()));
    }
    let kept = serde_json::to_string(first.cursor().unwrap()).unwrap();
    assert_eq!(kept, "\"400\"");
    let rest = pages(&core, &CURSOR).start_at(serde_json::from_str::<Cursor>(&kept).unwrap());
    seen.extend(all(rest).await);
    assert_eq!(seen, whole());
    assert_eq!(book.uris().len(), 1000);
}

#[tokio::test(start_paused = true)]
async fn the_cursor_of_items_is_that_of_the_page_that_is_not_all_handed_over() {
    let book = Book::new(by_cursor);
    let core = book.core();
    let mut items = pages(&core, &CURSOR).into_items(split);
    let mut at = Vec::new();
    for _ in 0..7 {
        items.next().await.unwrap().unwrap();
        at.push(items.cursor().map(ToString::to_string));
    }
    let at: Vec<_> = at.iter().map(|at| at.as_deref().unwrap_or("-")).collect();
    assert_eq!(at, ["-", "-", "1", "1", "1", "2", "2"]);
}

/// A page whose items are numbers, or an error.
fn strict(response: Response) -> Result<Option<Page<Value>>, DecodeError> {
    #[derive(serde::Deserialize)]
    struct Found {
        items: Vec<u64>,
        paging: Value,
    }
    let Found { items, paging } = decode::json(response)?;
    Ok(Some(Page {
        next: Cursor::of(&paging, &["next"])?,
        more: None,
        length: items.len(),
        content: json!({ "items": items }),
    }))
}

#[tokio::test(start_paused = true)]
async fn after_an_error_the_cursor_is_that_of_the_page_which_could_not_be_had() {
    let book = Book::new(|asked| {
        let items = if asked.number == 2 {
            json!("none")
        } else {
            json!([asked.number])
        };
        (
            Vec::new(),
            json!({ "items": items, "paging": { "next": asked.number + 1 } }),
        )
    });
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &LIST, decode::json, decode::json);
    let mut pages = Pages::new(call, &CURSOR, strict);
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.cursor(), Some(&Cursor::from(2)));
}

#[tokio::test(start_paused = true)]
async fn counting_begins_where_the_caller_says() {
    let book = Book::new(by_number);
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &LIST, decode::json, decode::json);
    let call = call.parameter(&PAGE, &999);
    assert_eq!(
        all(Pages::new(call, &BY_NUMBER, read)).await,
        (998 * 3..PAGES * 3).collect::<Vec<_>>()
    );
    let asked = ["999", "1000", "1001"];
    assert_eq!(
        book.uris(),
        asked.map(|page| format!("https://api.example.com/base/things?page={page}"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_no_longer_waited_for_comes_all_the_same() {
    let book = Book::new(by_cursor);
    let core = book.core();
    let mut pages = pages(&core, &CURSOR);
    for page in 0..4 {
        // Polled once, and dropped.
        let waker = std::task::Waker::noop();
        let mut waiting = Box::pin(pages.next());
        let polled = waiting.as_mut().poll(&mut std::task::Context::from_waker(waker));
        assert!(polled.is_pending());
        drop(waiting);
        assert_eq!(split(pages.next().await.unwrap().unwrap()), items(page));
    }
    assert_eq!(book.uris().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_link_beside_letters_of_any_kind_is_found_and_one_to_the_first_page_leads_back() {
    let book = Book::new(|asked| {
        let link = [
            "<?p=2>; rel='next'; title=\"n\u{e4}chste\"",
            "<https://api.example.com/base/things>; rel=next",
        ];
        let link = link.get(asked.number).map(|link| ("link", (*link).to_owned()));
        (link.into_iter().collect(), json!({ "items": [asked.number] }))
    });
    let core = book.core();
    let mut pages = pages(&core, &LINK);
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(book.uris().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_the_caller_begins_with_is_known_and_a_count_from_no_number_is_an_error() {
    let book = Book::new(|_| (Vec::new(), json!({ "items": [1], "paging": { "next": "7" } })));
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &LIST, decode::json, decode::json);
    let mut again = Pages::new(call.parameter(&AFTER, "7"), &CURSOR, read);
    again.next().await.unwrap().unwrap();
    assert!(again.next().await.unwrap().is_err());
    let call: Call<'_, Value, Value> = Call::new(&core, &LIST, decode::json, decode::json);
    let mut none = Pages::new(call.parameter(&PAGE, "first"), &BY_NUMBER, read);
    none.next().await.unwrap().unwrap();
    assert!(none.next().await.unwrap().is_err());
    assert_eq!(book.uris().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_that_promises_more_and_leads_back_is_an_error() {
    let book = Book::new(|_| {
        (
            Vec::new(),
            json!({ "items": [], "more": true, "paging": { "next": "end" } }),
        )
    });
    let core = book.core();
    let mut pages = pages(&core, &CURSOR);
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert!(pages.next().await.unwrap().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_number_in_a_body_stays_of_its_kind() {
    static COUNTED: Pagination = Pagination {
        next: Next::Number {
            place: Place::Body(&["page"]),
            first: 1,
        },
    };
    let book = Book::new(|asked| {
        let items = if asked.body["page"] == json!("3") {
            vec![1]
        } else {
            Vec::new()
        };
        (Vec::new(), json!({ "items": items }))
    });
    let core = book.core();
    let call: Call<'_, Value, Value> = Call::new(&core, &SEARCH, decode::json, decode::json);
    assert_eq!(
        all(Pages::new(call.json(&json!({ "page": "3" })), &COUNTED, read)).await,
        [1]
    );
    assert_eq!(book.uris().len(), 2);
}
