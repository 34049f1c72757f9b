//! What an API is made of in, what of the runtime its users meet out: that is what the root of the runtime names, and the
//! root and the prelude of the crate.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Emitter, runtime};
use crate::ir::{Content, Payload, Primitive, Reading, Type};

/// What a program that calls an API names, so that it stands at the root of the crate.
const ROOT: [&str; 9] = [
    "ByteStream",
    "ClientBuilder",
    "Credential",
    "Error",
    "Limiter",
    "Maybe",
    "Outcome",
    "RetryPolicy",
    "Upload",
];

/// What is of use without being named.
const TRAITS: [&str; 3] = ["AnyCall", "EventCall", "Optionally"];

impl Emitter<'_> {
    /// What of the runtime stands at the root of the crate.
    pub(super) fn at_the_root(self) -> TokenStream {
        let named = runtime::names(self.parts(), |file| self.meets(file));
        let mut named: Vec<_> = named
            .filter(|name| ROOT.contains(name))
            .map(|name| format_ident!("{name}"))
            .collect();
        named.sort_unstable();
        let bulk = self
            .api
            .operations
            .iter()
            .any(|operation| operation.batch.is_some())
            .then(|| {
                quote!(
                    pub use runtime::bulk;
                )
            });
        quote! {
            #bulk
            #[rustfmt::skip]
            pub use runtime::{#(#named),*};
        }
    }

    /// The prelude of users. Beside a glob of the models it leaves every name clear: the models have theirs.
    pub(super) fn prelude(self) -> TokenStream {
        let models: IndexSet<&str> = self.names.types.iter().map(crate::name::TypeName::as_str).collect();
        let client = (self.has_client() && !models.contains("Client")).then(|| {
            quote!(
                #[doc(no_inline)]
                pub use crate::Client;
            )
        });
        let mut named = runtime::prelude_names(self.parts(), |file| self.meets(file));
        named.sort_unstable();
        let named = named.into_iter().filter_map(|name| {
            let ident = format_ident!("{name}");
            match (models.contains(name), TRAITS.contains(&name)) {
                (false, _) => Some(quote!(#ident)),
                (true, true) => Some(quote!(#ident as _)),
                (true, false) => None,
            }
        });
        quote! {
            /// What programs name most, by its short name. What a model is called like is the model's alone.
            #[rustfmt::skip]
            pub mod prelude {
                #client
                #[doc(no_inline)]
                pub use crate::runtime::prelude::{#(#named),*};
            }
        }
    }

    /// Whether users meet what a file of the runtime has. Most they do, whatever the API is.
    pub(super) fn meets(self, file: &str) -> bool {
        match file {
            "received/streams/event"
            | "received/streams/event_data"
            | "received/streams/event_id"
            | "received/streams/reconnect" => self.receives(Reading::Events),
            "received/streams/items" => self.receives(Reading::Items),
            "sent/uploads/item_upload" => self.sends(|payload| matches!(payload, Payload::Items(..))),
            "sent/uploads/multipart" => self.sends(|payload| matches!(payload, Payload::Multipart(_))),
            "sent/uploads/promised" | "sent/uploads/upload" => {
                self.sends(|payload| matches!(payload, Payload::Multipart(_) | Payload::Bytes | Payload::Items(..)))
            }
            "values/scalars/base64" => self.has(&[Primitive::Byte, Primitive::ByteUrl]),
            "values/scalars/time" => self.has(&[Primitive::Time]),
            _ => true,
        }
    }

    fn receives(self, reading: Reading) -> bool {
        let mut responses = self.api.operations.iter().flat_map(|operation| &operation.responses);
        responses.any(|response| {
            response
                .contents
                .iter()
                .any(|content| content.payload.reading() == reading)
        })
    }

    fn sends(self, is_it: impl Fn(&Payload) -> bool) -> bool {
        let is_it = |content: &Content| is_it(&content.payload);
        let mut bodies = self
            .api
            .operations
            .iter()
            .filter_map(|operation| operation.body.as_ref());
        bodies.any(|body| body.contents.iter().any(is_it))
    }

    /// Whether a value of one of these scalars is met. What webhooks bring is not looked into.
    fn has(self, scalars: &[Primitive]) -> bool {
        let is_it = |ty: &Type| is_made_of(ty, scalars);
        let mut operations = self.api.operations.iter();
        !self.api.webhooks.is_empty()
            || self
                .api
                .types
                .iter()
                .any(|(_, definition)| definition.shape.parts().into_iter().any(is_it))
            || operations.any(|operation| operation.types().into_iter().any(is_it))
    }
}

fn is_made_of(ty: &Type, scalars: &[Primitive]) -> bool {
    match ty {
        Type::Primitive(scalar) => scalars.contains(scalar),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_made_of(inner, scalars),
        Type::Tuple(items) => items.iter().any(|item| is_made_of(item, scalars)),
        Type::Def(_) | Type::Constant(_) | Type::Any => false,
    }
}
