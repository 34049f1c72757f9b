//! The files of `api`: one per group of operations.

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use super::{Emitter, docs::Text};
use crate::{
    ir::Tag,
    name::{Group, OperationNames},
};

/// What a method for any number of inputs may name of the runtime.
const BULK: [&str; 9] = [
    "BatchKey",
    "BatchLayout",
    "BatchOperation",
    "BatchProperty",
    "Bulk",
    "Source",
    "Statuses",
    "Success",
    "SuccessBody",
];

impl<'a> Emitter<'a> {
    fn tag(self, group: &Group) -> Option<&'a Tag> {
        group.tag.and_then(|tag| self.api.tags.get(tag.0))
    }

    /// What the document says of a group, which is called `title` where it says nothing.
    pub(super) fn group_docs(self, group: &Group, title: String) -> Text {
        let Some(tag) = self.tag(group) else {
            return Text::ours(title);
        };
        let within = tag.within.iter().map(|tag| super::docs::code(tag));
        let within = within.collect::<Vec<_>>().join(", which is part of ");
        let within = (!within.is_empty()).then(|| Text::ours(format!("Part of {within}.")));
        super::docs::of(&tag.docs, || title).and(within.unwrap_or_default())
    }

    /// The same in one line.
    pub(super) fn group_summary(self, group: &Group) -> Option<Text> {
        let docs = &self.tag(group)?.docs;
        Text::summary(docs.summary.as_ref().or(docs.description.as_ref())?)
    }

    /// What stands between `client` and the arguments of a call.
    pub(super) fn path_of(group: &Group, names: &OperationNames) -> String {
        if group.is_call {
            names.method.to_string()
        } else {
            format!("{}().{}", group.accessor, names.method)
        }
    }

    /// What leads to the core from a method of a group, and how long what it returns may live.
    pub(super) fn reach(group: &Group) -> (TokenStream, TokenStream) {
        if group.is_call {
            (quote!(&self.core), quote!('_))
        } else {
            (quote!(self.core), quote!('c))
        }
    }

    /// `api/mod.rs`.
    pub(super) fn handles(self) -> TokenStream {
        let docs = Text::ours("The operations of the API: one file for each group.").inner();
        let modules = self.names.groups.iter().map(|group| {
            let (module, when) = (&group.module, self.when_group(group));
            quote!(#when pub mod #module;)
        });
        quote!(#docs #(#modules)*)
    }

    /// One file of `api`.
    pub(super) fn handle(self, group: &'a Group) -> TokenStream {
        let handle = &group.handle;
        let tag = self.tag(group);
        let title = match tag.and_then(|tag| tag.name.as_deref()) {
            Some(name) => format!("The operations with the tag {}.", super::docs::code(name)),
            None => format!("The operations below {}.", super::docs::code(group.module.as_str())),
        };
        let file_docs = Text::ours(&title).inner();
        let docs = self.group_docs(group, title).outer();
        let emitted: Vec<_> = group.operations.iter().map(|id| self.operation(group, *id)).collect();
        let methods = emitted.iter().map(|operation| &operation.method);
        let items = emitted.iter().map(|operation| &operation.items);
        let data = emitted.iter().map(|operation| &operation.data);
        let mocks: Vec<_> = emitted.iter().filter_map(|operation| operation.mock.clone()).collect();
        let mocks = Self::mocks(&mocks, group);
        let methods = if group.is_call {
            quote! {
                impl Client {
                    #(#methods)*
                }
            }
        } else {
            quote! {
                #docs
                #[derive(Debug, Clone, Copy)]
                pub struct #handle<'c> {
                    core: &'c Core,
                }

                impl<'c> #handle<'c> {
                    pub(crate) const fn new(core: &'c Core) -> Self {
                        Self { core }
                    }

                    #(#methods)*
                }
            }
        };
        let code = quote! {
            #methods

            #(#items)*

            #(#data)*

            #mocks
        };
        let client = group.is_call.then(|| {
            quote!(
                use crate::Client;
            )
        });
        let mut operations = group.operations.iter().map(|id| &self.api.operations[id.0]);
        let has_pages = operations.any(|operation| operation.pagination.is_some());
        let pages = has_pages.then(|| {
            quote!(
                use crate::runtime::pages;
            )
        });
        let models = begins_path(&code, "models").then(|| {
            quote!(
                use crate::models;
            )
        });
        // Asked once: a group may be megabytes of code.
        let has_bulk = begins_path(&code, "Bulk");
        let bulk: Vec<_> = BULK
            .into_iter()
            .filter(|name| has_bulk && names(&code, name))
            .map(|name| Ident::new(name, Span::call_site()))
            .collect();
        let bulk = (!bulk.is_empty()).then(|| {
            quote!(
                use crate::runtime::bulk::{#(#bulk),*};
            )
        });
        let xml = begins_path(&code, "xml").then(|| {
            quote!(
                use crate::xml;
            )
        });
        quote! {
            #file_docs

            #client
            #models
            #bulk
            #pages
            use crate::runtime::prelude::*;
            #xml

            #code
        }
    }
}

/// Whether a path in the code begins with `name`.
pub(super) fn begins_path(code: &TokenStream, name: &str) -> bool {
    let mut tokens = code.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_there = match token {
            TokenTree::Group(group) => begins_path(&group.stream(), name),
            TokenTree::Ident(ident) => ident == name && tokens.peek().is_some_and(is_path_separator),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if is_there {
            return true;
        }
    }
    false
}

/// Whether the code has a word.
fn names(code: &TokenStream, word: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => names(&group.stream(), word),
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn is_path_separator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(colon) if colon.as_char() == ':' && colon.spacing() == Spacing::Joint)
}
