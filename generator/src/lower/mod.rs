//! OpenAPI in, [`Api`] out. After this stage nobody knows what OpenAPI is.
//!
//! A schema becomes a *use* ([`Type`](crate::ir::Type)) and, where it needs a Rust item of its own, a *definition*.
//! Definitions are found by the place where they are written, so that a schema has one however many `$ref`s lead to
//! it, and so that it may contain itself. Work goes from the components inwards and never follows a `$ref` on the
//! stack: what a `$ref` leads to waits in a queue.
//!
//! Words of this stage, by a drawn example:
//!
//! ```text
//! Order:                                  a component: the home of a definition that has a name already (`Home::Reserved`)
//!   properties:
//!     status: { enum: [open, closed] }    the node at #/components/schemas/Order/properties/status; written in place, its
//!                                         definition is called by its site: `OrderStatus` (`Home::Inline`)
//!     buyer: { $ref: #/…/Person }         a use: the definition of the node that the reference leads to
//!   oneOf:                                a choice …
//!     - { $ref: #/…/Parcel }              … of alternatives, each of which becomes a variant of a union,
//!     - { $ref: #/…/Letter }                or is merged with what stands around the choice
//!   allOf: [{ $ref: #/…/Base }]           all of these and what stands beside them: a conjunction
//! ```
//!
//! * A *node* is a schema with its place, `$ref`s followed.
//! * A *place* is a JSON pointer, with the file that it is in; a *site* is a place, and the home of what is made there.
//! * A *conjunction* is all that one value has to satisfy: a node, the parts of its `allOf`, and what these refer to.
//! * A *base* is a schema with a discriminator and no arms, an *heir* one whose `allOf` leads to it.
//! * *Tags* are the values of a discriminator; a *claim* is what says that a tag is an heir's.

mod additional;
mod all_of;
mod answer;
mod base;
mod batch;
mod body;
mod charset;
mod claims;
mod context;
mod default;
mod delimited;
mod discriminator;
mod docs;
mod enumeration;
mod events;
mod example;
mod extension;
mod facts;
mod family;
mod files;
mod flows;
mod forms;
mod framing;
mod heirs;
mod idempotency;
mod idle;
mod implied;
mod inferred;
mod keywords;
mod link;
mod list;
mod media;
mod multipart;
mod nullable;
mod number;
mod object;
mod operation;
mod origin;
mod pagination;
mod parameter;
mod parameter_encoding;
mod parts;
mod path_item;
mod primitive;
mod raw;
mod reference;
mod rejected;
mod response;
mod scalars;
mod schema;
mod security;
mod sentences;
mod sequence;
mod server;
mod sets;
mod settings;
mod style;
mod tag;
mod template;
mod told;
mod union;
mod values;
mod variants;
mod webhook;
mod xml;

pub(crate) use pagination::is_said as says_pages;

use crate::{
    Config,
    config::Everything,
    diagnostics::Diagnostics,
    ir::{Api, Client, Contact, Info, License, Pointer},
    load::Document,
};

/// Understands `document`. Beside the API goes what the document says of each operation, those too that are left out.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> (Api, Everything) {
    let targets = reference::Targets::of(document);
    let found = webhook::Found::in_document(document);
    let mut lowering = context::Lowering::new(document, &targets, config, diagnostics);
    lowering.lower_components();
    let schemes = lowering.lower_security_schemes();
    let servers = lowering.lower_servers(&Pointer::root().child("servers"));
    let mut operations = lowering.lower_operations(schemes, &servers);
    let webhooks = lowering.lower_webhooks(&found, &operations.lowered);
    lowering.lower_pending();
    lowering.lower_pending_xml();
    lowering.settle_origins(&operations.lowered);
    lowering.check_defaults(&mut operations.lowered);
    lowering.lower_batches(&mut operations.lowered);
    lowering.lower_paginations(&mut operations.lowered);
    operations.drop_empty_tags();
    lowering.end();
    let described = std::mem::take(&mut lowering.described);
    let api = Api {
        info: info(document),
        servers,
        types: lowering.types,
        xml: lowering.xml.described,
        tags: operations.tags,
        operations: operations.lowered,
        webhooks,
        telling: Vec::new(),
        security_schemes: operations.schemes.supported,
        client: Client::default(),
        recursion_limit: None,
    };
    (api, described)
}

fn info(document: &Document) -> Info {
    let info = &document.openapi.info;
    let place = Pointer::root().child("info");
    let text = |place: Pointer| docs::text(document.text_at(&place));
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: text(place.child("summary")),
        description: docs::text(info.description.as_ref()),
        link: text(Pointer::root().child("externalDocs").child("url")),
        terms: docs::text(info.terms_of_service.as_ref()),
        contact: info.contact.as_ref().map(|contact| Contact {
            name: docs::text(contact.name.as_ref()),
            url: docs::text(contact.url.as_ref()),
            email: docs::text(contact.email.as_ref()),
        }),
        license: info.license.as_ref().map(|license| License {
            name: license.name.clone(),
            url: docs::text(license.url.as_ref()),
            identifier: text(place.child("license").child("identifier")),
        }),
    }
}

/// The place that holds the one at `pointer`.
fn parent_of(pointer: &Pointer) -> Pointer {
    pointer.parent()
}
