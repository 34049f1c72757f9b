//! The table of parameter styles in, each of its cells on the wire out.

use it::Client;
use it::models::Color;
use it::prelude::{Error, Value};

use crate::server::{Request, Server};

/// A row of the table: where, how, which value, and what is sent for it.
struct Row<'t> {
    text: &'t str,
    location: &'t str,
    style: &'t str,
    explode: &'t str,
    color: Color,
    /// The same as any JSON value.
    shade: Value,
    wire: &'t str,
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|text| {
        let (location, rest) = text.split_once(' ').unwrap();
        let (style, rest) = rest.trim_start().split_once(' ').unwrap();
        let (explode, rest) = rest.trim_start().split_once(' ').unwrap();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Color>();
        let color = values.next().unwrap().unwrap();
        let (value, wire) = rest.split_at(values.byte_offset());
        let shade = serde_json::from_str(value).unwrap();
        let wire = wire.trim_start();
        Row {
            text,
            location,
            style,
            explode,
            color,
            shade,
            wire,
        }
    })
}

/// Sends a row, with or without its value.
async fn send(client: &Client, row: &Row<'_>, with: bool) -> Result<(), Error<Value>> {
    let styles = client.styles();
    let color = &row.color;
    let shade = &row.shade;
    macro_rules! optional {
        ($call:ident) => { optional!($call, color) };
        ($call:ident, $value:expr) => {{
            let call = styles.$call();
            if with { call.color($value).await } else { call.await }
        }};
    }
    match (row.location, row.style, row.explode) {
        ("path", "simple", "false") => styles.path_simple_false(color).await,
        ("path", "simple", "true") => styles.path_simple_true(color).await,
        ("path", "label", "false") => styles.path_label_false(color).await,
        ("path", "label", "true") => styles.path_label_true(color).await,
        ("path", "matrix", "false") => styles.path_matrix_false(color).await,
        ("path", "matrix", "true") => styles.path_matrix_true(color).await,
        ("path", "json", "-") => styles.path_json(color).await,
        ("query", "form", "false") => optional!(query_form_false),
        ("query", "form", "true") => optional!(query_form_true),
        ("query", "form+reserved", "false") => optional!(query_reserved_false),
        ("query", "form+reserved", "true") => optional!(query_reserved_true),
        ("query", "spaceDelimited", "false") => optional!(query_space_delimited_false),
        ("query", "spaceDelimited", "true") => optional!(query_space_delimited_true),
        ("query", "pipeDelimited", "false") => optional!(query_pipe_delimited_false),
        ("query", "pipeDelimited", "true") => optional!(query_pipe_delimited_true),
        ("query", "deepObject", "false") => optional!(query_deep_object_false),
        ("query", "deepObject", "true") => optional!(query_deep_object_true),
        ("query", "json", "-") => optional!(query_json),
        ("header", "simple", "false") => optional!(header_simple_false),
        ("header", "simple", "true") => optional!(header_simple_true),
        ("header", "json", "-") => optional!(header_json),
        ("cookie", "form", "false") => optional!(cookie_form_false),
        ("cookie", "form", "true") => optional!(cookie_form_true),
        ("cookie", "json", "-") => optional!(cookie_json),
        ("path", "simple+reserved", "false") => styles.path_reserved_false(shade).await,
        ("path", "matrix+reserved", "true") => styles.path_matrix_reserved_true(shade).await,
        ("query", "form+empty", "true") => optional!(query_empty, shade),
        ("whole", "text", "-") => optional!(whole_text, shade.as_str().unwrap()),
        ("whole", "json", "-") => optional!(whole_json, shade),
        ("whole", "form", "-") => optional!(whole_form, shade),
        ("cookie", "form+reserved", "true") => optional!(cookie_reserved, shade),
        ("cookie", "cookie", "true") => optional!(cookie_cookie_true),
        ("cookie", "cookie", "false") => optional!(cookie_cookie_false),
        other => panic!("no operation for {other:?}"),
    }
}

/// What a request has in the place of the parameter; `None` where it has nothing.
fn sent<'r>(row: &Row<'_>, request: &'r Request) -> Option<&'r str> {
    let target = request.target();
    let (path, query) = target
        .split_once('?')
        .map_or((target, None), |(path, query)| (path, Some(query)));
    let one = |mut values: Vec<&'r str>| {
        assert!(values.len() < 2, "{request:?}");
        values.pop()
    };
    let (header, cookie) = (one(request.header("color")), one(request.header("cookie")));
    let here = match row.location {
        // A value may have slashes.
        "path" if row.style == "json" => path.strip_prefix("/path/json/"),
        "path" => path.splitn(5, '/').nth(4),
        "query" | "whole" => query,
        "header" => header,
        "cookie" => cookie,
        other => panic!("no such location: {other}"),
    };
    // And nowhere else.
    let everywhere = [query, header, cookie].into_iter().flatten().count();
    assert_eq!(
        everywhere,
        usize::from(row.location != "path" && here.is_some()),
        "{request:?}"
    );
    here
}

#[tokio::test]
async fn every_cell_of_the_table() {
    let server = Server::start();
    let client = server.client();
    let mut cells = 0;
    for row in rows(include_str!("styles.txt")) {
        let result = send(&client, &row, true).await;
        let requests = server.requests();
        if row.wire == "!" {
            assert!(result.is_err() && requests.is_empty(), "{}", row.text);
        } else {
            let expected = match row.wire {
                "-" => None,
                "''" => Some(""),
                text => Some(text),
            };
            let [request] = requests.as_slice() else {
                panic!("{}: {result:?}, {requests:?}", row.text);
            };
            assert_eq!(sent(&row, request), expected, "{}", row.text);
            result.unwrap();
        }
        if row.location != "path" {
            send(&client, &row, false).await.unwrap();
            assert_eq!(sent(&row, &server.request()), None, "{} without its value", row.text);
        }
        cells += 1;
    }
    assert!(cells > 80, "the table has lost its cells: {cells}");
}
