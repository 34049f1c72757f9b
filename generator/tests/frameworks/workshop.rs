//! A workshop's server, as a user of axum and utoipa would write it: its document, and the server itself.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{MatchedPath, Multipart, Path, Query, Request},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{delete, get, patch, post, put},
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, Modify, OpenApi, ToSchema,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// What a tool is for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Purpose {
    Cut,
    DrillDeep,
}

/// How a tool is driven, told by `drive`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "drive", rename_all = "lowercase")]
enum Drive {
    Hand(Hand),
    Motor(Motor),
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct Hand {
    left: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct Motor {
    watts: u32,
    battery: Option<f32>,
}

/// Where something lies: a shelf's name or a place on the floor.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum Place {
    Shelf(String),
    Floor { row: i64, column: i64 },
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct Tool {
    id: u64,
    name: String,
    purpose: Purpose,
    /// Missing where nobody knows, null where there is none.
    note: Option<String>,
    drive: Option<Drive>,
    place: Place,
    /// Width, height and a unit.
    size: (f64, f64, String),
    prices: BTreeMap<String, i64>,
    #[schema(value_type = Option<String>, format = DateTime)]
    bought: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct NewTool {
    name: String,
    purpose: Purpose,
    #[serde(default)]
    note: Option<String>,
    drive: Option<Drive>,
}

/// A part of a tool, which has parts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct Part {
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    parts: Vec<Part>,
    #[schema(no_recursion)]
    spare: Option<Box<Part>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

/// What to do to a tool.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Change {
    Rename(String),
    Move { to: Place },
    Forget,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
struct Problem {
    title: String,
    status: u16,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Login {
    user: String,
    password: String,
    scope: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Token {
    access_token: String,
    expires_in: u32,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "it is there for the document only")]
struct Photo {
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    caption: String,
    #[schema(minimum = 1)]
    copies: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// Only such.
    purpose: Option<Purpose>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    after: Option<String>,
}

fn a_tool(id: u64, name: &str) -> Tool {
    Tool {
        id,
        name: name.to_owned(),
        purpose: Purpose::DrillDeep,
        note: None,
        drive: Some(Drive::Motor(Motor {
            watts: 700,
            battery: Some(1.5),
        })),
        place: Place::Floor { row: -1, column: 2 },
        size: (1.5, 2.0, "cm".to_owned()),
        prices: BTreeMap::from([("EUR".to_owned(), 1999)]),
        bought: Some("2024-02-29T12:00:00Z".to_owned()),
    }
}

fn problem(status: StatusCode, title: &str) -> Response {
    let problem = Problem {
        title: title.to_owned(),
        status: status.as_u16(),
    };
    let mut answer = (status, Json(problem)).into_response();
    let kind = header::HeaderValue::from_static("application/problem+json");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

/// Finds tools.
#[utoipa::path(get, path = "/tools", tag = "tools", params(Find, ("X-Trace" = Option<String>, Header, description = "A trace.")),
    responses((status = 200, body = Page<Tool>)))]
async fn list_tools(Query(find): Query<Find>, headers: HeaderMap) -> Json<Page<Tool>> {
    let mut tool = a_tool(find.limit.unwrap_or(20).into(), text(&headers, "x-trace"));
    if let Some(purpose) = find.purpose {
        tool.purpose = purpose;
    }
    Json(Page {
        items: vec![tool],
        next: find.after,
    })
}

/// Adds a tool.
#[utoipa::path(post, path = "/tools", tag = "tools", request_body = NewTool, responses(
    (status = 201, body = Tool, headers(("Location" = String))),
    (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn create_tool(Json(new): Json<NewTool>) -> Response {
    if new.name == "twice" {
        return problem(StatusCode::CONFLICT, "twice is too often");
    }
    let mut tool = a_tool(1, &new.name);
    (tool.purpose, tool.note, tool.drive) = (new.purpose, new.note, new.drive);
    (StatusCode::CREATED, [(header::LOCATION, "/tools/1")], Json(tool)).into_response()
}

/// Reads a tool.
#[utoipa::path(get, path = "/tools/{id}", tag = "tools", params(("id" = u64, Path)), responses(
    (status = 200, body = Tool),
    (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn read_tool(Path(id): Path<u64>) -> Response {
    match id {
        0 => problem(StatusCode::NOT_FOUND, "there is none"),
        id => Json(a_tool(id, "read")).into_response(),
    }
}

/// Changes a tool.
#[utoipa::path(patch, path = "/tools/{id}", tag = "tools", params(("id" = u64, Path)), request_body = Change,
    responses((status = 200, body = Tool), (status = 204, description = "Forgotten.")))]
async fn change_tool(Path(id): Path<u64>, Json(change): Json<Change>) -> Response {
    let mut tool = a_tool(id, "changed");
    match change {
        Change::Rename(name) => tool.name = name,
        Change::Move { to } => tool.place = to,
        Change::Forget => return StatusCode::NO_CONTENT.into_response(),
    }
    Json(tool).into_response()
}

/// Throws a tool away.
#[utoipa::path(delete, path = "/tools/{id}", tag = "tools", params(("id" = u64, Path)), responses((status = 204)),
    security(("key" = [])))]
async fn delete_tool(headers: HeaderMap) -> Response {
    match text(&headers, "x-key") {
        "secret" => StatusCode::NO_CONTENT.into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// Takes a tool apart.
#[utoipa::path(get, path = "/tools/{id}/parts", tag = "tools", params(("id" = u64, Path)), responses((status = 200, body = Part)))]
async fn read_parts(Path(id): Path<u64>) -> Json<Part> {
    let part = |name: &str, parts| Part {
        name: name.to_owned(),
        parts,
        spare: None,
    };
    let mut whole = part(&format!("tool {id}"), vec![part("screw", Vec::new())]);
    whole.spare = Some(Box::new(part("spare", Vec::new())));
    Json(whole)
}

/// Adds a photo.
#[utoipa::path(post, path = "/tools/{id}/photos", tag = "photos", params(("id" = u64, Path)),
    request_body(content = Photo, content_type = "multipart/form-data"), responses((status = 200, body = BTreeMap<String, String>)))]
async fn add_photo(Path(id): Path<u64>, mut form: Multipart) -> Response {
    let mut parts = BTreeMap::from([("id".to_owned(), id.to_string())]);
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name() {
            parts.insert("file_name".to_owned(), file.to_owned());
        }
        parts.insert(name, field.text().await.unwrap_or_default());
    }
    Json(parts).into_response()
}

/// Reads a photo.
#[utoipa::path(get, path = "/photos/{name}", tag = "photos", params(("name" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream", headers(("ETag" = String)))))]
async fn read_photo(Path(name): Path<String>) -> Response {
    let mut bytes = name.into_bytes();
    bytes.extend([0, 255]);
    let kind = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::ETAG, "\"1\""),
    ];
    (kind, bytes).into_response()
}

/// Leaves a note.
#[utoipa::path(put, path = "/note", tag = "notes", request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn write_note(note: String) -> String {
    note.to_uppercase()
}

/// Keeps bytes.
#[utoipa::path(put, path = "/blob", tag = "notes", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = u64, content_type = "application/json")))]
async fn write_blob(blob: Bytes) -> Json<usize> {
    Json(blob.len())
}

/// Logs in.
#[utoipa::path(post, path = "/login", tag = "session", request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Token)))]
async fn log_in(Form(login): Form<Login>) -> Json<Token> {
    Json(Token {
        access_token: format!("{}:{}:{}", login.user, login.password, login.scope.unwrap_or_default()),
        expires_in: 60,
    })
}

/// Who am I?
#[utoipa::path(get, path = "/me", tag = "session", params(("theme" = Option<String>, Cookie)), responses((status = 200, body = [String])),
    security(("token" = [])))]
async fn read_me(headers: HeaderMap) -> Json<Vec<String>> {
    Json(vec![
        text(&headers, "authorization").to_owned(),
        text(&headers, "cookie").to_owned(),
    ])
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// A workshop and its tools.
#[derive(OpenApi)]
#[openapi(
    info(title = "Workshop", version = "1.0.0", description = "Tools and where they are.", license(name = "MIT")),
    paths(list_tools, create_tool, read_tool, change_tool, delete_tool, read_parts, add_photo, read_photo, write_note,
        write_blob, log_in, read_me),
    modifiers(&Security)
)]
struct Workshop;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Key")));
        components.add_security_scheme("key", key);
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// What the server says of itself.
pub(crate) fn document() -> String {
    Workshop::openapi().to_json().unwrap()
}

/// Every operation that was called, a line for each time.
pub(crate) type Called = Arc<Mutex<String>>;

/// The server.
pub(crate) fn router(called: Called) -> Router {
    let note = move |path: MatchedPath, request: Request, next: Next| {
        let line = format!("{} {}\n", request.method(), path.as_str());
        called.lock().unwrap().push_str(&line);
        next.run(request)
    };
    Router::new()
        .route("/tools", get(list_tools).merge(post(create_tool)))
        .route(
            "/tools/{id}",
            get(read_tool).merge(patch(change_tool)).merge(delete(delete_tool)),
        )
        .route("/tools/{id}/parts", get(read_parts))
        .route("/tools/{id}/photos", post(add_photo))
        .route("/photos/{name}", get(read_photo))
        .route("/note", put(write_note))
        .route("/blob", put(write_blob))
        .route("/login", post(log_in))
        .route("/me", get(read_me))
        .route_layer(from_fn(note))
}
