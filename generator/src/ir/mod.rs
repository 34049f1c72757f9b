//! The intermediate representation: what an API *is*, with wire names only.
//!
//! In: what `lower` understood of a document. Out: all that `name` and `emit` may know. No Rust identifier, no
//! token and no OpenAPI keyword appears here. Definitions ([`TypeDef`], kept in an arena and reached by [`TypeId`])
//! are apart from uses ([`Type`]); nullability is part of a type, absence is part of a field.

mod arena;
mod describe;
mod header;
mod key;
mod operation;
mod pagination;
mod parameter;
mod payload;
mod pointer;
mod security;
mod server;
mod token;
mod ty;
mod types;
mod webhook;
pub(crate) mod written;
mod xml;

pub use arena::{TypeId, Types};
pub use describe::{describe, describe_with_prose};
pub use header::Header;
pub use operation::{
    Batch, BatchIdentity, BatchProperty, Correlation, Method, Operation, OperationId, Rejected, RequestBody, Response,
    Segment, Status,
};
pub use pagination::{NextPage, PageMark, PagePlace, Pagination};
pub use parameter::{Delimited, Delimiter, Encoding, Location, Parameter, Style};
pub use payload::{Content, Event, EventData, Framing, Part, Payload, Reading};
pub use pointer::Pointer;
pub(crate) use pointer::{percent_decoded, scheme};
pub use security::{CredentialLocation, Flow, FlowKind, Requirement, SecurityKind, SecurityScheme, SecuritySchemeId};
pub(crate) use server::is_placeholder;
pub use server::{Server, ServerVariable};
pub(crate) use token::is_token;
pub use ty::{LONGEST_TUPLE, Primitive, Type};
pub use types::{
    Access, Additional, Before, Capability, Direction, Discriminator, Enum, EnumRepr, EnumValue, Equality, Field, Item,
    Origin, Parent, Presence, Role, Shape, Struct, Tuple, TypeDef, Union, Variant,
};
pub use webhook::{Arrival, Telling, Webhook, WebhookId, WebhookOrigin, WebhookParameter};
pub use xml::{Xml, XmlKind, XmlMember, XmlNode, XmlObject, XmlObjectId, XmlRootId, XmlShape};

use std::collections::BTreeSet;

use serde_json::Value;

/// One API: everything the rest of the pipeline works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Title, version and licence of the described API.
    pub info: Info,
    /// Base URLs, the default first.
    pub servers: Vec<Server>,
    /// Every type definition.
    pub types: Types,
    /// What is written as XML.
    pub xml: Xml,
    /// Groups of operations, in the order in which the document first names them.
    pub tags: Vec<Tag>,
    /// Every operation that could be lowered, in document order.
    pub operations: Vec<Operation>,
    /// Every request of the server's that could be lowered: webhooks in document order, then the callbacks of each
    /// operation.
    pub webhooks: Vec<Webhook>,
    /// Where a member of the payloads tells webhooks of one origin apart; set by `refine`.
    pub telling: Vec<Telling>,
    /// Ways to authenticate, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// What callers of an earlier crate give `Client::new`; set by `refine`.
    pub client: Client,
    /// How deep rustc has to look into types, where that is deeper than usual; set by `refine`.
    pub recursion_limit: Option<usize>,
}

impl Api {
    /// Where everything stands that is generated.
    pub(crate) fn places(&self) -> BTreeSet<Pointer> {
        let operations = self.operations.iter().map(|operation| &operation.pointer);
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.pointer);
        let types = self.types.iter().map(|(_, definition)| &definition.pointer);
        operations.chain(webhooks).chain(types).cloned().collect()
    }
}

/// What callers give to make a client, whether or not the document still asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Client {
    /// Where the API is.
    pub base_url: bool,
    /// The credential of a security scheme.
    pub secret: Option<SecuritySchemeId>,
}

/// What the document says about itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Info {
    /// Its name.
    pub title: String,
    /// Its version.
    pub version: String,
    /// A line about it.
    pub summary: Option<String>,
    /// The long text, in the document's own markup.
    pub description: Option<String>,
    /// A link to further documentation.
    pub link: Option<String>,
    /// A link to the terms of its use.
    pub terms: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// How it is licensed.
    pub license: Option<License>,
}

/// Whom to ask about an API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Who it is.
    pub name: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// An address.
    pub email: Option<String>,
}

/// How an API is licensed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// What it is called.
    pub name: String,
    /// A page about it.
    pub url: Option<String>,
    /// An expression of SPDX.
    pub identifier: Option<String>,
}

/// A named group of operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The name on the wire; `None` is the group of the operations without a tag.
    pub name: Option<String>,
    /// The tags that it is part of, the nearest first.
    pub within: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// Position of a [`Tag`] in [`Api::tags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub usize);

/// Prose and facts that end up in documentation only.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// A one-line summary or title.
    pub summary: Option<String>,
    /// The long text, in the document's own markup.
    pub description: Option<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// A link to further documentation.
    pub link: Option<String>,
    /// An example value.
    pub example: Option<Value>,
    /// Constraints that the type does not express, each as a short sentence (`"At most 100 items."`).
    pub constraints: Vec<String>,
}

impl Docs {
    /// These, and `sentences` about what is asked beside, each once.
    #[must_use]
    pub fn with(mut self, sentences: impl IntoIterator<Item = String>) -> Self {
        for sentence in sentences {
            if !self.constraints.contains(&sentence) {
                self.constraints.push(sentence);
            }
        }
        self
    }
}
