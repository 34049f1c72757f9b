//! [`Api`] in, [`Names`] out: every Rust identifier, decided once.
//!
//! * A name follows from the text on the wire: its words, in Rust's case. Nothing else in the document changes it.
//! * Twins (`foo-bar`, `foo_bar`) are told apart by their own text: punctuation is spelled out, then the case, then a
//!   hash is added. The one whose text is the name as it stands keeps it, or else the one without punctuation. So the
//!   one thing that moves a name is a twin that comes or goes.
//! * Operations are grouped by their first tag; those without one by the first fixed part of their path. A method is
//!   what is left of the `operationId` without what repeats the HTTP method, the path or the group.
//! * The only operation of a group that is called like the group is a method of the client: `client.login()`. Another
//!   operation of the group is its twin: then both are in `client.login()`, or, where `client.login()` is the method of an
//!   earlier run, the others in `client.login_operations()`.
//! * A schema that is written in place is called after what it is written in and its role there: `TicketOwner`; an arm
//!   of a union by its tag, else its title, else its number. Where a component has that name, the role is added:
//!   `TicketOwnerProperty`. It belongs to where it is written, whoever refers to it from elsewhere.
//! * A schema that has a name elsewhere, as an entry of `$defs`, as a file or as an entry of one, comes after components. Where
//!   a twin has its name, it says what it is in as well: `common.yaml#/Error` is `CommonError`.
//! * A webhook is called by its key, and what is written in place in it like it: `ticket.created` → `TicketCreated`.
//! * A name of more than 96 bytes of what is written in place is that of what all is written in, what it is itself, and as
//!   much as fits of what stands between. Any other of more than 128 bytes is its first and last words, and a hash of all.
//! * Of equal types that are written in place one is written out, once all have their names: the one that was before, else
//!   the one of the shortest name. The others are names for it.
//! * What the crate of an earlier run has keeps its name, as long as that is one of those that follow from its text: so a twin
//!   that comes takes nobody's name.
//! * `rename` in the settings comes before all of this.

mod acronym;
mod answers;
mod arm;
mod chosen;
mod client;
mod feature;
mod framework;
mod group;
mod ident;
mod members;
mod method;
mod number;
mod operations;
mod repeats;
mod reserved;
mod scope;
mod stem;
mod types;
mod verb;
mod webhooks;
mod words;
mod xml;

pub(crate) use chosen::refused;
pub(crate) use client::address;
pub(crate) use ident::{Ident, TypeName};
pub(crate) use members::holds;

use indexmap::IndexMap;

use crate::{
    Config,
    ir::{Api, OperationId, Reading, Status, TagId, TypeId, WebhookId},
    manifest::Earlier,
};

/// The Cargo feature of what the server sends by itself, where the settings want that.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// Every Rust identifier of the output.
#[derive(Debug)]
pub(crate) struct Names {
    /// The name of each definition, by its id.
    pub(crate) types: Vec<TypeName>,
    /// The names inside each definition, by its id.
    pub(crate) members: Vec<Members>,
    /// The files of `models`.
    pub(crate) models: Vec<Model>,
    /// The groups of operations, each a file of `api`.
    pub(crate) groups: Vec<Group>,
    /// The names of each operation, by its id.
    pub(crate) operations: Vec<OperationNames>,
    /// The enums of webhooks and callbacks.
    pub(crate) webhooks: Vec<WebhookSet>,
    /// The setter of each security scheme's credential.
    pub(crate) credentials: Vec<Ident>,
    /// The table of each object in XML, by its id.
    pub(crate) xml: Vec<Ident>,
    /// The element that each kind of body is in XML, by its id.
    pub(crate) xml_roots: Vec<Ident>,
    /// The names of each server.
    pub(crate) servers: Vec<ServerNames>,
}

/// The names of a server.
#[derive(Debug)]
pub(crate) struct ServerNames {
    pub(crate) variant: TypeName,
    /// In the order of its variables.
    pub(crate) variables: Vec<VariableNames>,
}

/// The names of a server's variable.
#[derive(Debug)]
pub(crate) struct VariableNames {
    pub(crate) field: Ident,
    /// The enum of its values, where they are listed.
    pub(crate) values: Option<ValuesNames>,
}

/// The names of an enum of texts. Equal ones are of one enum.
#[derive(Debug, Clone)]
pub(crate) struct ValuesNames {
    pub(crate) ty: TypeName,
    /// In the order of its values.
    pub(crate) variants: Vec<TypeName>,
}

/// The names inside a definition.
#[derive(Debug)]
pub(crate) enum Members {
    /// Of a struct, in the order of its fields.
    Fields(Vec<FieldNames>),
    /// Of an enum or a union, in the order of its values or variants.
    Variants(Vec<TypeName>),
    /// What the items of a tuple are called where they are arguments, in their order.
    Items(Vec<Ident>),
    /// Of an alias.
    None,
}

/// The names of a struct's member.
#[derive(Debug)]
pub(crate) struct FieldNames {
    pub(crate) field: Ident,
    pub(crate) setter: Ident,
}

/// A file of `models`.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) module: Ident,
    /// The definitions in it, the one that it is named after first.
    pub(crate) types: Vec<TypeId>,
}

/// A group of operations.
#[derive(Debug)]
pub(crate) struct Group {
    /// The tag, or the part of the path, that it is called after.
    pub(crate) wire: String,
    pub(crate) tag: Option<TagId>,
    pub(crate) module: Ident,
    /// The Cargo feature that it stands behind, where the settings want that.
    pub(crate) feature: String,
    /// The client's method that leads to it.
    pub(crate) accessor: Ident,
    /// The type that its operations are methods of.
    pub(crate) handle: TypeName,
    /// Whether that is the client: the group's only operation is called like the group (`client.login()`).
    pub(crate) is_call: bool,
    pub(crate) operations: Vec<OperationId>,
}

/// The names of all that belongs to an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// Its group, by position.
    pub(crate) group: usize,
    pub(crate) method: Ident,
    /// The enum of its successes.
    pub(crate) response: TypeName,
    /// The enum of its errors.
    pub(crate) error: TypeName,
    /// The enum of its bodies.
    pub(crate) body: TypeName,
    /// The type of a call with optional parameters.
    pub(crate) builder: TypeName,
    /// The names of each kind of body, in the order of its media types.
    pub(crate) contents: Vec<ContentNames>,
    /// The enum of the events of an answer whose data depends on their kind, by the answer's status and the position of the
    /// body in it.
    pub(crate) events: IndexMap<(Status, usize), EventsNames>,
    /// The enum of the successes that another way to read them gives.
    pub(crate) doors: IndexMap<Reading, TypeName>,
    /// The variants of bodies that share a status, by that and their position in it.
    variants: IndexMap<(Status, usize), TypeName>,
    /// The struct of the headers of its answers.
    pub(crate) headers: TypeName,
    /// The fields of it, in the order of [`Operation::headers`](crate::ir::Operation::headers).
    pub(crate) header_fields: Vec<Ident>,
    /// In the order of its parameters.
    pub(crate) parameters: Vec<ParameterNames>,
    /// What its call has beside their setters.
    pub(crate) call: CallMethods,
}

/// The methods of a call that are not the document's: they step aside for those that are.
#[derive(Debug)]
pub(crate) struct CallMethods {
    /// The setter of a body that need not be given.
    pub(crate) body: Ident,
    /// The ways to read its successes.
    pub(crate) doors: IndexMap<Reading, Ident>,
    /// Its pages, where its answers are such.
    pub(crate) pages: Option<PagesNames>,
}

/// The methods of a call that give pages.
#[derive(Debug)]
pub(crate) struct PagesNames {
    pub(crate) pages: Ident,
    pub(crate) items: Ident,
}

impl OperationNames {
    /// The variant for a body of an answer, by the status and the position in it.
    pub(crate) fn arm(&self, status: Status, index: usize) -> TypeName {
        let own = self.variants.get(&(status, index)).cloned();
        own.unwrap_or_else(|| Names::variant(status))
    }
}

/// The names of an enum of events.
#[derive(Debug)]
pub(crate) struct EventsNames {
    pub(crate) ty: TypeName,
    /// In the order of its kinds.
    pub(crate) variants: Vec<TypeName>,
}

/// The names of a kind of body.
#[derive(Debug)]
pub(crate) struct ContentNames {
    /// Its variant, where there are several kinds.
    pub(crate) variant: TypeName,
    /// The struct of it, where it is made of parts.
    pub(crate) form: TypeName,
    /// The fields of that, in the order of its parts.
    pub(crate) parts: Vec<FieldNames>,
}

/// An enum of what the server sends: the webhooks, or the callbacks of an operation.
#[derive(Debug)]
pub(crate) struct WebhookSet {
    pub(crate) operation: Option<OperationId>,
    pub(crate) ty: TypeName,
    pub(crate) webhooks: Vec<WebhookNames>,
}

/// The names of a webhook.
#[derive(Debug)]
pub(crate) struct WebhookNames {
    pub(crate) webhook: WebhookId,
    /// A variant for each of [`Webhook::arrivals`](crate::ir::Webhook::arrivals), in their order; one where nothing arrives.
    pub(crate) variants: Vec<TypeName>,
    /// The constant that is its name, still in lower case.
    pub(crate) constant: Ident,
}

/// The names of a parameter.
#[derive(Debug)]
pub(crate) struct ParameterNames {
    pub(crate) argument: Ident,
    pub(crate) setter: Ident,
    /// The constant that says how it is sent, still in lower case.
    pub(crate) constant: Ident,
}

impl Names {
    /// The name of a definition.
    pub(crate) fn of(&self, id: TypeId) -> &TypeName {
        &self.types[id.index()]
    }

    /// The path of a definition from the crate's root.
    pub(crate) fn path_of(&self, id: TypeId) -> String {
        format!("models::{}", self.of(id))
    }

    /// The variant for a status, in the enum of an operation's answers.
    pub(crate) fn variant(status: Status) -> TypeName {
        answers::status_variant(status)
    }
}

impl Names {
    /// Whether no name has a letter that rustc would warn of because it looks like another one.
    pub(crate) fn is_ascii(&self) -> bool {
        let fields = |fields: &[FieldNames]| fields.iter().all(|names| names.field.as_str().is_ascii());
        let members = |members: &Members| match members {
            Members::Fields(names) => fields(names),
            Members::Variants(names) => names.iter().all(|name| name.as_str().is_ascii()),
            Members::Items(names) => names.iter().all(|name| name.as_str().is_ascii()),
            Members::None => true,
        };
        let operation = |names: &OperationNames| {
            names.method.as_str().is_ascii()
                && names.parameters.iter().all(|names| names.argument.as_str().is_ascii())
                && names.header_fields.iter().all(|name| name.as_str().is_ascii())
                && names.contents.iter().all(|names| fields(&names.parts))
        };
        self.types.iter().all(|name| name.as_str().is_ascii())
            && self.members.iter().all(members)
            && self.groups.iter().all(|group| group.handle.as_str().is_ascii())
            && self.operations.iter().all(operation)
            && self.webhooks.iter().all(WebhookSet::is_ascii)
            && self.credentials.iter().all(|name| name.as_str().is_ascii())
            && self.servers.iter().all(ServerNames::is_ascii)
    }
}

impl WebhookSet {
    fn is_ascii(&self) -> bool {
        let webhook = |names: &WebhookNames| names.variants.iter().all(|name| name.as_str().is_ascii());
        self.ty.as_str().is_ascii() && self.webhooks.iter().all(webhook)
    }
}

impl ServerNames {
    fn is_ascii(&self) -> bool {
        let values = |names: &ValuesNames| names.variants.iter().all(|name| name.as_str().is_ascii());
        let variable = |names: &VariableNames| names.field.as_str().is_ascii() && names.values.iter().all(values);
        self.variant.as_str().is_ascii() && self.variables.iter().all(variable)
    }
}

/// Decides every name.
pub(crate) fn name(api: &Api, config: &Config, earlier: &Earlier<'_>) -> Names {
    let (mut groups, group_words) = group::groups(api, config, earlier);
    let operations = operations::operations(api, config, earlier, &groups, &group_words);
    let titles: Vec<&str> = groups.iter().map(|group| group.handle.as_str()).collect();
    let (types, models) = types::types(api, config, earlier, &operations, &titles);
    let members = api
        .types
        .ids()
        .map(|id| members::members(api, config, earlier, &types, id))
        .collect();
    let webhooks = webhooks::webhooks(api, config, earlier, &operations, &groups);
    group::call_directly(&mut groups, &operations);
    let (xml, xml_roots) = xml::tables(api);
    Names {
        types,
        members,
        models,
        webhooks,
        groups,
        operations,
        credentials: client::credentials(&api.security_schemes, earlier.client()),
        xml,
        xml_roots,
        servers: client::servers(&api.servers, earlier.client()),
    }
}
