//! A change to a document in, whether a fact holds of it that no pattern can say out.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    arms,
    change::{Act, Change},
    reach, schemas,
};

/// A fact about a document and a place in it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Given {
    /// It is part of a component that nothing refers to.
    Unused,
    /// There is no operation.
    NothingIsCalled,
    /// The server is there with `https` too.
    IsTwin,
    /// No operation is grouped by the tag.
    GroupsNothing,
    /// The path begins with the name of the tag.
    PathSaysTag,
    /// It describes a header that has a description of its own elsewhere.
    ReservedHeader,
    /// It describes the body of an answer that has none.
    NoBody,
    /// Every operation that it could hold for says otherwise.
    Overruled,
    /// The value is the only one of the `enum` beside it.
    OnlyValue,
    /// It is in the list once more.
    Repeated,
    /// The tag has nothing but a name and documentation.
    Documents,
    /// The content has other media types beside it.
    OtherMedia,
    /// It is what the document says of all operations.
    SameForAll,
    /// The operation has no body.
    SendsNothing,
    /// The operation has no answer with a body.
    AnswersNothing,
    /// There is no host.
    NoHost,
    /// Every operation of the path has its own parameter of the name, or there is none.
    Inherited,
    /// Another schema that holds together with this one requires the member too.
    RequiredTwice,
    /// Another part includes it.
    Included,
    /// It is part of a definition inside of a schema that nothing refers to.
    Unreferenced,
    /// The choice stands beside a type.
    TypedAround,
    /// It is in the body of a form with files.
    InMultipart,
    /// It describes bytes.
    Bytes,
    /// Each arm of the union has one value of the member.
    ArmsTell,
    /// `null` is among the values of the `enum` beside it.
    ListsNull,
    /// It describes events.
    InEvents,
    /// No member, item or parameter is of the component, or none of it that is not part of a form with files.
    NullNowhere,
    /// Each entry says what is so without it.
    DefaultEncodings,
    /// The operation has fields of a form, none of them a file.
    FormFields,
    /// It is a header with a key for repetitions, which is sent without being asked for.
    RepetitionKey,
    /// The discriminator's mapping names the alternative.
    Mapped,
    /// Each name of the mapping is the one value of its alternative's member.
    MappedArmsTell,
    /// Another part permits no value that it is about.
    Impossible,
    /// Another alternative permits everything that this one does.
    Covered,
    /// Nothing but a type is where the reference leads to.
    RefersToType,
    /// The lists that the items are of are listed.
    ListsAround,
    /// The reference beside it leads to what is deprecated.
    RefersToDeprecated,
    /// The reference leads to the same end as before.
    SameEnd,
}

impl Given {
    pub(super) fn holds(self, change: &Change, document: &Value) -> bool {
        let tokens = change.tokens();
        match self {
            Self::Unused => reach::is_unused(document, tokens),
            Self::NothingIsCalled => operations(document).next().is_none(),
            Self::IsTwin => is_twin(document, tokens),
            Self::GroupsNothing => groups_nothing(document, tokens),
            Self::PathSaysTag => path_says_tag(document, tokens),
            Self::ReservedHeader => {
                let header = tokens.iter().skip_while(|token| *token != "headers").nth(1);
                let is_content_type = header.is_some_and(|name| name.eq_ignore_ascii_case("content-type"));
                let all = change
                    .value(document)
                    .filter(|_| tokens.last().is_some_and(|last| last == "headers"));
                let only = all
                    .and_then(Value::as_object)
                    .is_some_and(|all| all.keys().all(|name| name.eq_ignore_ascii_case("content-type")));
                is_content_type || only || around(document, tokens).any(is_reserved)
            }
            Self::NoBody => has_no_body(tokens),
            Self::Overruled => is_overruled(document, tokens),
            Self::OnlyValue => {
                let values = change
                    .holder(document)
                    .and_then(|holder| holder.get("enum")?.as_array());
                values.is_some_and(|values| values.len() == 1 && Some(&values[0]) == change.value(document))
            }
            Self::Documents => {
                let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
                let mut members = tags.flat_map(|tag| tag.as_object().into_iter().flatten());
                members.all(|(name, _)| name != "parent" && name != "kind")
            }
            Self::OtherMedia => {
                let listed = change.holder(document).and_then(Value::as_array);
                if tokens
                    .iter()
                    .any(|token| ["produces", "consumes"].contains(&token.as_str()))
                {
                    return listed.is_some_and(|listed| listed.len() > 1);
                }
                let content = tokens
                    .iter()
                    .position(|token| token == "content")
                    .map(|index| &tokens[..=index]);
                let content = content.and_then(|path| around(document, path).last()?.as_object());
                content.is_some_and(|content| content.len() > 1)
            }
            Self::SameForAll => is_same_for_all(document, tokens),
            Self::SendsNothing => own_operation(document, tokens).is_some_and(|operation| !sends(operation)),
            Self::AnswersNothing => own_operation(document, tokens).is_some_and(|operation| !answers(operation)),
            Self::NoHost => document.get("host").is_none(),
            Self::Inherited => is_inherited(document, tokens),
            Self::RequiredTwice => schemas::is_required_twice(change, document),
            Self::Unreferenced => {
                let end = tokens.iter().rposition(|token| token == "$defs").map(|index| index + 2);
                let place = end
                    .and_then(|end| tokens.get(..end))
                    .map(|tokens| format!("\"#/{}", tokens.join("/")));
                place.is_some_and(|place| !document.to_string().contains(&place))
            }
            Self::TypedAround => {
                let end = tokens
                    .iter()
                    .rposition(|token| ["anyOf", "oneOf"].contains(&token.as_str()));
                let schema = end.and_then(|end| around(document, &tokens[..end]).last());
                schema.is_some_and(|schema| schema.get("type").is_some())
            }
            Self::Bytes => describes_bytes(document, tokens),
            Self::ArmsTell => schemas::arms_tell(change, document),
            Self::InMultipart => tokens.iter().any(|token| token.starts_with("multipart/")),
            Self::ListsNull => {
                let values = change
                    .holder(document)
                    .and_then(|holder| holder.get("enum")?.as_array());
                values.is_some_and(|values| values.contains(&Value::Null))
            }
            Self::InEvents => tokens.iter().any(|token| token == "text/event-stream"),
            Self::NullNowhere => reach::takes_no_null(document, tokens),
            Self::DefaultEncodings => {
                let entries = change.value(document).and_then(Value::as_object);
                let is_default = |entry: &Value| DEFAULT_ENCODINGS.iter().any(|default| *default == entry.to_string());
                entries.is_some_and(|entries| entries.values().all(is_default))
            }
            Self::FormFields => own_operation(document, tokens).is_some_and(|operation| {
                let fields = parameters(operation).filter(|parameter| parameter["in"] == "formData");
                let types: Vec<&Value> = fields.map(|field| &field["type"]).collect();
                !types.is_empty() && types.iter().all(|ty| **ty != "file")
            }),
            Self::RepetitionKey => change.holder(document).is_some_and(|parameter| {
                let name = parameter["name"].as_str().unwrap_or_default().to_ascii_lowercase();
                parameter["in"] == "header" && ["idempotency-key", "x-idempotency-key"].contains(&name.as_str())
            }),
            Self::Mapped => arms::is_mapped(change, document),
            Self::MappedArmsTell => arms::mapped_arms_tell(change, document),
            Self::Impossible => arms::is_impossible(change, document),
            Self::Covered => arms::is_covered(change, document),
            Self::ListsAround => {
                let list = tokens.iter().rposition(|token| token == "items");
                let list = list.and_then(|items| around(document, &tokens[..items]).last());
                list.is_some_and(|list| list.get("enum").is_some())
            }
            Self::RefersToDeprecated => {
                let holder = change.holder(document);
                let reference = holder.and_then(|holder| {
                    let all = holder.get("allOf").and_then(Value::as_array).into_iter().flatten();
                    all.chain([holder])
                        .find_map(|part| part.get("$ref")?.as_str()?.strip_prefix('#'))
                });
                let end = reference.and_then(|pointer| document.pointer(pointer));
                end.is_some_and(|end| end["deprecated"] == true)
            }
            Self::SameEnd => match (change.value(document), &change.act) {
                (Some(Value::String(before)), Act::Put(Value::String(after))) => {
                    reach::end(document, before) == reach::end(document, after)
                }
                _ => false,
            },
            Self::RefersToType => {
                let reference = change.value(document).and_then(Value::as_str).unwrap_or_default();
                let end = reference
                    .strip_prefix('#')
                    .and_then(|pointer| document.pointer(pointer));
                end.and_then(Value::as_object)
                    .is_some_and(|end| end.keys().all(|name| ["type", "nullable"].contains(&name.as_str())))
            }
            Self::Included => schemas::is_included(change, document),
            Self::Repeated => {
                let items = change.holder(document).and_then(Value::as_array);
                let value = change.value(document);
                items.is_some_and(|items| items.iter().filter(|item| Some(*item) == value).count() > 1)
            }
        }
    }
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What an entry of `encoding` says that says nothing.
const DEFAULT_ENCODINGS: [&str; 5] = [
    "{}",
    r#"{"style":"form"}"#,
    r#"{"style":"form","explode":true}"#,
    r#"{"explode":true}"#,
    r#"{"contentType":"text/plain"}"#,
];

/// Every operation, with the template of its path.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten();
        let operations = members.filter(|(name, _)| METHODS.contains(&name.as_str()) || *name == "$ref");
        operations.filter_map(move |(_, operation)| Some((path, operation.as_object()?)))
    })
}

/// The values around the place, from the document down to what is there.
fn around<'d>(document: &'d Value, tokens: &[String]) -> impl Iterator<Item = &'d Value> {
    let mut value = Some(document);
    let tokens: Vec<String> = tokens.to_vec();
    let below = tokens.into_iter().map_while(move |token| {
        value = match value? {
            Value::Object(members) => members.get(&token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        };
        value
    });
    below.collect::<Vec<_>>().into_iter()
}

fn is_twin(document: &Value, tokens: &[String]) -> bool {
    let servers = document.get("servers").and_then(Value::as_array);
    let index = tokens.get(1).and_then(|token| token.parse::<usize>().ok());
    let (Some(servers), Some(index)) = (servers, index) else {
        return false;
    };
    let url = |server: &Value| server.get("url").and_then(Value::as_str).map(str::to_owned);
    let Some(rest) = servers
        .get(index)
        .and_then(url)
        .and_then(|url| url.strip_prefix("http://").map(str::to_owned))
    else {
        return false;
    };
    servers
        .iter()
        .filter_map(url)
        .any(|other| other.strip_prefix("https://") == Some(&rest))
}

fn groups_nothing(document: &Value, tokens: &[String]) -> bool {
    let tag = tokens.get(1).and_then(|token| token.parse::<usize>().ok());
    let tag = tag.and_then(|index| document.get("tags")?.get(index)?.get("name")?.as_str());
    let first = |operation: &Map<String, Value>| {
        operation
            .get("tags")
            .and_then(|tags| tags.get(0)?.as_str().map(str::to_owned))
    };
    operations(document).all(|(_, operation)| first(operation).as_deref() != tag)
}

fn path_says_tag(document: &Value, tokens: &[String]) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let tag = around(document, tokens)
        .last()
        .map(|value| value.get(0).unwrap_or(value));
    let Some(tag) = tag.and_then(Value::as_str).map(plain) else {
        return false;
    };
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    // Which path a shared item is used by takes more to find out.
    let mut paths = paths.filter(|(path, _)| tokens[0] == "components" || tokens.get(1) == Some(path));
    paths.any(|(path, _)| path.split('/').any(|part| plain(part) == tag))
}

fn own_operation<'d>(document: &'d Value, tokens: &[String]) -> Option<&'d Map<String, Value>> {
    around(document, tokens.get(..3)?).last()?.as_object()
}

fn parameters(operation: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten()
}

fn sends(operation: &Map<String, Value>) -> bool {
    let mut places = parameters(operation).map(|parameter| parameter.get("in").and_then(Value::as_str));
    places.any(|place| matches!(place, Some("body" | "formData") | None))
}

fn answers(operation: &Map<String, Value>) -> bool {
    let responses = operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut responses = responses.map(|(_, response)| response);
    responses.any(|response| response.get("schema").is_some() || response.get("$ref").is_some())
}

fn is_inherited(document: &Value, tokens: &[String]) -> bool {
    let Some(item) = tokens
        .get(..2)
        .and_then(|path| around(document, path).last()?.as_object())
    else {
        return false;
    };
    let listed = |holder: &Map<String, Value>| {
        holder
            .get("parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let key = |parameter: &Value| (parameter["name"].clone(), parameter["in"].clone());
    let methods = item.iter().filter(|(name, _)| METHODS.contains(&name.as_str()));
    let operations: Vec<_> = methods.filter_map(|(_, operation)| operation.as_object()).collect();
    if tokens.get(2).is_some_and(|name| name == "parameters") {
        let index = tokens.get(3).and_then(|index| index.parse::<usize>().ok());
        let own = index.and_then(|index| listed(item).get(index).cloned());
        operations.iter().all(|operation| {
            let theirs = listed(operation);
            own.as_ref()
                .is_some_and(|own| theirs.iter().any(|other| key(other) == key(own)))
        })
    } else {
        let index = tokens.get(4).and_then(|index| index.parse::<usize>().ok());
        let own = own_operation(document, tokens)
            .zip(index)
            .and_then(|(own, index)| listed(own).get(index).cloned());
        own.is_some_and(|own| listed(item).contains(&own))
    }
}

fn is_same_for_all(document: &Value, tokens: &[String]) -> bool {
    let name = tokens
        .iter()
        .find(|token| ["servers", "security", "schemes"].contains(&token.as_str()));
    let end = tokens.iter().position(|token| Some(token) == name);
    let own = end.and_then(|end| around(document, &tokens[..=end]).last());
    let all = name.and_then(|name| document.get(name));
    let shared = all.and_then(Value::as_array).zip(own.and_then(Value::as_array));
    let url = |server: &Value| {
        server
            .get("url")
            .and_then(Value::as_str)
            // It is sent to over https where that is there too.
            .map(|url| url.trim_start_matches("https:").trim_start_matches("http:"))
            .map(|url| url.trim_end_matches('/').to_owned())
    };
    let is_shared = |first: &Value, own: &Value| first == own || url(first).is_some() && url(first) == url(own);
    own.is_some() && all == own
        || shared.is_some_and(|(all, own)| own.iter().any(|own| all.iter().any(|one| is_shared(one, own))))
}

fn describes_bytes(document: &Value, tokens: &[String]) -> bool {
    const BYTES: [&str; 5] = ["octet-stream", "image/", "audio/", "video/", "pdf"];
    let list = document
        .get("produces")
        .into_iter()
        .chain(own_operation(document, tokens).and_then(|own| own.get("produces")));
    let listed = list.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    let content = tokens
        .iter()
        .skip_while(|token| *token != "content")
        .nth(1)
        .map(String::as_str);
    listed
        .chain(content)
        .any(|name| BYTES.iter().any(|bytes| name.contains(bytes)))
}

fn is_reserved(value: &Value) -> bool {
    const RESERVED: [&str; 3] = ["accept", "content-type", "authorization"];
    if let Some(list) = value.as_array() {
        return !list.is_empty() && list.iter().all(is_reserved);
    }
    let name = value.get("name").and_then(Value::as_str).unwrap_or_default();
    value.get("in").and_then(Value::as_str) == Some("header") && RESERVED.contains(&name.to_ascii_lowercase().as_str())
}

fn has_no_body(tokens: &[String]) -> bool {
    const NONE: [&str; 3] = ["204", "205", "304"];
    let status = tokens.iter().skip_while(|token| *token != "responses").nth(1);
    let is_head = tokens.get(2).is_some_and(|method| method == "head");
    status.is_some_and(|status| is_head || NONE.contains(&status.as_str()) || status.starts_with('1'))
}

fn is_overruled(document: &Value, tokens: &[String]) -> bool {
    let Some(name) = tokens.first() else { return false };
    operations(document).all(|(_, operation)| {
        operation.contains_key(name)
            || match name.as_str() {
                "consumes" => !sends(operation),
                "produces" => !answers(operation),
                _ => false,
            }
    })
}
