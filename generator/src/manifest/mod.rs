//! What a document became, as data: for every schema its Rust path, for every operation the call that makes it.
//!
//! The manifest lies in the generated crate's folder. Tools read it instead of guessing names, and the next run
//! compares it with its own to say in words what changed for the callers of the crate.

mod about;
mod behaviour;
mod change;
mod changes;
mod earlier;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use about::About;
pub use behaviour::differences;
pub use change::{Change, Kind};
pub use changes::{changes, compare};
pub(crate) use earlier::Earlier;

use crate::{ir::Parameter, render::MARKER};

/// Names and types of a generated crate. Paths start at the crate's root, types are written as in the crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The files that the document refers to, seen from its folder, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// The Cargo features that operations and webhooks stand behind, sorted; none unless the settings want them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// How a client is made; none where there is no client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientEntry>,
    /// Every generated type: those of component schemas and those of schemas that are written in place.
    pub types: Vec<TypeEntry>,
    /// Every operation, in document order.
    pub operations: Vec<OperationEntry>,
    /// Everything that the server sends by itself: webhooks, then callbacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<WebhookEntry>,
}

/// How a client is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientEntry {
    /// The arguments of `Client::new`; none where there is no such function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Vec<String>>,
    /// The security scheme that the last of them are for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The methods of the builder that take a credential, by security scheme.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub credentials: IndexMap<String, String>,
    /// The variants for the servers, by their names, or else by their URLs.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub servers: IndexMap<String, String>,
}

/// A generated type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeEntry {
    /// The component schema, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The place of the schema, where it is written in place: a JSON pointer after a `#`. The settings call it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The path of the type, such as `models::Ticket`.
    pub path: String,
    /// `struct`, `enum`, `union`, `tuple` or `alias`.
    pub kind: String,
    /// The path of the equal type that it is a name for, where it is written in place and not written out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// Fields or variants by their Rust name, items by their position; an alias has none. Those of a struct are in the order
    /// in which `new` takes them.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub members: IndexMap<String, Member>,
}

/// A field or variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name, value or position on the wire.
    pub wire: String,
    /// The Rust type; empty for a variant that holds nothing.
    #[serde(default, rename = "type", skip_serializing_if = "String::is_empty")]
    pub ty: String,
    /// Whether a value cannot be made without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What a variant of a union holds: the schema as the settings call it, or the kind of value, such as `list of texts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<String>,
    /// What it is on the wire from the start, where it must be there and `new` does not ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<Value>,
}

/// A generated call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationEntry {
    /// The document's own `operationId`, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// How it is called, such as `client.batch().create`.
    pub call: String,
    /// The statuses with which the API promises that it did not act, and so a call is repeated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
    /// The parameters, in the order of the arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterEntry>,
    /// What parameters are sent with that need not be given though they must be sent, by their place and their name on the
    /// wire: `query version`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub filled: IndexMap<String, Value>,
    /// The types of the body by media type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub request: IndexMap<String, String>,
    /// The setter of the body, where the call has one: it need not be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The fields for the parts of a multipart body by their names on the wire, in the order of its struct, by media type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub parts: IndexMap<String, IndexMap<String, String>>,
    /// The types of the answers by status.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub responses: IndexMap<String, String>,
    /// The fields for the headers of the answers, by their names on the wire.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub headers: IndexMap<String, String>,
    /// What the call's other ways to read a success give, by the name of the method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub doors: IndexMap<String, String>,
    /// What the call's pages and their items are, by the name of the method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub pages: IndexMap<String, String>,
}

/// A parameter of a generated call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterEntry {
    /// The Rust name of the argument or setter.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// `path`, `query`, `header` or `cookie`.
    #[serde(rename = "in")]
    pub location: String,
    /// The Rust type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether the call cannot be made without it.
    pub required: bool,
    /// Where it is written, where its position in a list says that and a type is written in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A webhook or a callback.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEntry {
    /// What [`decode`](crate::ir::Webhook::key) finds it by.
    pub name: String,
    /// The operation whose callers it is sent to, as `METHOD /path`; none for a webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The variant, such as `webhooks::Webhook::TicketCreated`.
    pub path: String,
    /// The types of the payload by media type, that which is read unless another is asked for first.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub payloads: IndexMap<String, String>,
    /// The member of the body that tells it from the others, and its values there: `type: ticket.created, ticket.copied`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<String>,
    /// The types of the described answers by status.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub responses: IndexMap<String, String>,
}

impl TypeEntry {
    /// The name of the type.
    pub(crate) fn name(&self) -> &str {
        last(&self.path)
    }

    /// The name of the member that is `wire` on the wire.
    pub(crate) fn member(&self, wire: &str) -> Option<&str> {
        self.member_where(|member| member.wire == wire).map(|(name, _)| name)
    }

    /// The first member of which `is_it` holds, with its name.
    pub(crate) fn member_where(&self, is_it: impl Fn(&Member) -> bool) -> Option<(&str, &Member)> {
        let mut members = self.members.iter();
        let found = members.find(|(_, member)| is_it(member));
        found.map(|(name, member)| (plain(name), member))
    }
}

impl OperationEntry {
    /// The name of the method.
    pub(crate) fn method_name(&self) -> &str {
        plain(self.call.rsplit('.').next().unwrap_or_default())
    }

    /// The name of the client's method that leads to it, or is it.
    pub(crate) fn accessor(&self) -> &str {
        let path = self.call.strip_prefix("client.").unwrap_or(&self.call);
        plain(path.split(['.', '(']).next().unwrap_or_default())
    }

    /// Whether it is a method of the client: `client.login`.
    pub(crate) fn is_of_client(&self) -> bool {
        !self.call.contains('(')
    }
}

impl ParameterEntry {
    /// Whether it is that of `parameter`.
    pub(crate) fn is_of(&self, parameter: &Parameter) -> bool {
        self.wire == parameter.wire && self.location == parameter.location.as_str()
    }
}

impl WebhookEntry {
    /// The name of the variant.
    pub(crate) fn name(&self) -> &str {
        last(&self.path)
    }
}

/// The last segment of a path.
fn last(path: &str) -> &str {
    plain(path.rsplit("::").next().unwrap_or_default())
}

/// A name without the `r#` before it.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

impl ClientEntry {
    /// The argument that says where the API is.
    pub const BASE_URL: &'static str = "base_url";
}

impl Manifest {
    /// Where it lies in the crate's folder.
    pub const PATH: &'static str = ".openapi-manifest.json";

    /// The text of the file.
    ///
    /// # Panics
    ///
    /// Never: it holds nothing that JSON cannot.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Marked<'m> {
            generated: String,
            #[serde(flatten)]
            manifest: &'m Manifest,
        }
        let marked = Marked {
            generated: MARKER.to_owned(),
            manifest: self,
        };
        let mut text =
            serde_json::to_string_pretty(&marked).unwrap_or_else(|error| unreachable!("only texts: {error}"));
        text.push('\n');
        text
    }

    /// Reads what [`Manifest::to_json`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
