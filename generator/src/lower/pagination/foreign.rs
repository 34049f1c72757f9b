//! What others' extensions say of pages in, wishes out.

use serde_json::Value;

use super::{Mark, Next, To, Wish};

/// Reads an extension of an operation, with what the document says under the same name. `None`: there is one page only.
type Read = fn(&Value, Option<&Value>) -> Result<Option<Wish>, String>;

/// The extensions that are known, the first of which counts.
pub(super) const EXTENSIONS: &[(&str, Read)] = &[
    ("x-ms-pageable", autorest),
    ("x-speakeasy-pagination", speakeasy),
    ("x-fern-pagination", fern),
    ("x-dropshot-pagination", dropshot),
];

/// `AutoRest`: a link, under a name of its own or the usual one. The operation that it may name asks for the same link.
fn autorest(value: &Value, _: Option<&Value>) -> Result<Option<Wish>, String> {
    let object = value.as_object().ok_or("`x-ms-pageable` is no object")?;
    let name = |key: &str, usual: &str| match object.get(key) {
        None => Ok(Some(usual.to_owned())),
        Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(name.clone())),
        Some(_) => Err(format!("`{key}` of `x-ms-pageable` is no text")),
    };
    let items = name("itemName", "value")?;
    let Some(link) = name("nextLinkName", "nextLink")? else {
        return Ok(None);
    };
    Ok(Some(Wish {
        items: items.or(Some("value".to_owned())),
        next: Next::Link(Mark::Member(link)),
        more: None,
    }))
}

fn text<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    let found = path.split('.').try_fold(value, |value, key| value.get(key))?;
    found.as_str()
}

/// Speakeasy: inputs by their type, outputs by `JSONPath`.
fn speakeasy(value: &Value, _: Option<&Value>) -> Result<Option<Wish>, String> {
    let kind = text(value, "type").unwrap_or_default();
    let input = |wanted: &str| {
        let inputs = value.get("inputs").and_then(Value::as_array);
        let mut inputs = inputs.into_iter().flatten();
        let input = inputs.find(|input| text(input, "type") == Some(wanted))?;
        let name = text(input, "name")?.to_owned();
        Some(match text(input, "in") {
            Some("requestBody") => To::Body(name),
            _ => To::Parameter(name),
        })
    };
    let output = |key: &str| text(value, &format!("outputs.{key}")).map(|path| member(path, "$."));
    let items = output("results").transpose()?;
    let next = match kind {
        "offsetLimit" => match (input("page"), input("offset")) {
            (Some(to), _) => Next::Number(to, None),
            (None, Some(to)) => Next::Offset(to, None),
            (None, None) => return Err("no input is a page or an offset".to_owned()),
        },
        "cursor" => {
            let to = input("cursor").ok_or("no input is a cursor")?;
            let from = text(value, "outputs.nextCursor").ok_or("no output is the next cursor")?;
            match from.split_once("[-1].") {
                Some((_, rest)) => Next::Last(rest.to_owned(), to),
                None => Next::Cursor(Mark::Member(member(from, "$.")?), to),
            }
        }
        "url" => {
            let from = output("nextUrl").ok_or("no output is the next URL")??;
            Next::Link(Mark::Member(from))
        }
        _ => return Err("`type` is none of `offsetLimit`, `cursor` and `url`".to_owned()),
    };
    Ok(Some(Wish {
        items: items.filter(|items| !items.is_empty()),
        next,
        more: None,
    }))
}

/// Fern: paths that begin with `$request` and `$response`. `true` stands for what is said of all operations.
fn fern(value: &Value, whole: Option<&Value>) -> Result<Option<Wish>, String> {
    let value = match value {
        Value::Bool(false) => return Ok(None),
        Value::Bool(true) => whole.ok_or("the document does not say what `true` stands for")?,
        value => value,
    };
    let answer = |key: &str| text(value, key).map(|path| member(path, "$response."));
    let request = |key: &str| text(value, key).map(|path| member(path, "$request.").map(To::Either));
    let link = answer("next_uri").or_else(|| answer("next_url"));
    let next = if let Some(link) = link.or_else(|| answer("next_path")) {
        Next::Link(Mark::Member(link?))
    } else if let (Some(to), Some(from)) = (request("cursor"), answer("next_cursor")) {
        Next::Cursor(Mark::Member(from?), to?)
    } else if let Some(to) = request("offset") {
        // A step is the size of a page: items are counted.
        match text(value, "step") {
            Some(_) => Next::Offset(to?, None),
            None => Next::Number(to?, None),
        }
    } else {
        return Err("neither a cursor, an offset nor a link is named".to_owned());
    };
    Ok(Some(Wish {
        items: answer("results").transpose()?,
        next,
        more: answer("has-next-page").transpose()?,
    }))
}

/// Dropshot: one way for all, of which only the parameters of the first page differ.
fn dropshot(value: &Value, _: Option<&Value>) -> Result<Option<Wish>, String> {
    if !value.is_object() {
        return Err("`x-dropshot-pagination` is no object".to_owned());
    }
    Ok(Some(Wish {
        items: Some("items".to_owned()),
        next: Next::Cursor(
            Mark::Member("next_page".to_owned()),
            To::Parameter("page_token".to_owned()),
        ),
        more: None,
    }))
}

/// A path of plain names.
fn member(path: &str, root: &str) -> Result<String, String> {
    if path.trim_end_matches('.') == root.trim_end_matches('.') {
        return Ok(String::new());
    }
    let names = path
        .strip_prefix(root)
        .filter(|names| !names.contains(['[', ']', '*', '(', '\'']));
    names
        .map(str::to_owned)
        .ok_or_else(|| format!("`{path}` is no path of plain names"))
}
