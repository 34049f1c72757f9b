//! The ways to read an operation's successes beside the usual one: methods of its call, and the types that they give.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    media,
    response::Answer,
};
use crate::{
    ir::{Operation, Reading},
    name::{Group, OperationNames},
};

/// What the doors of an operation are made of.
pub(super) struct Doors {
    /// The methods of the call.
    pub(super) methods: TokenStream,
    /// The types around it.
    pub(super) items: TokenStream,
    /// What the operation's documentation says of them.
    pub(super) docs: Text,
}

impl<'a> Emitter<'a> {
    /// The doors, where there are any.
    pub(super) fn doors(
        self,
        group: &'a Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        error: &Answer,
    ) -> Option<Doors> {
        let doors = operation.doors();
        if doors.is_empty() {
            return None;
        }
        let error = &error.ty;
        let answers: Vec<Answer> = doors
            .iter()
            .map(|door| self.success(group, operation, names, Some(*door)))
            .collect();
        let methods = doors.iter().zip(&answers).map(|(door, answer)| {
            let (ty, decode) = (&answer.ty, answer.function());
            let method = &names.call.doors[door];
            let accept = self.accept(operation, Some(*door));
            let (stream, arrivals) = media::arrivals(operation, Some(*door));
            let docs = Text::ours(format!("Asks for {}, and {}.", asked(operation, *door), given(*door)));
            let docs = docs.outer();
            quote! {
                #docs
                pub fn #method(self) -> Call<'c, #ty, #error> {
                    const READING: Reading = Reading { accept: #accept, stream: #stream, arrivals: #arrivals };
                    self.call.reading(READING, #decode)
                }
            }
        });
        let items = answers.iter().filter_map(|answer| answer.item.as_ref());
        let lines = doors.iter().fold(Text::default(), |text, door| {
            let title = format!("[`{}::{}`]", names.builder.as_str(), names.call.doors[door].as_str());
            let about = format!("asks for {}, and {}.", asked(operation, *door), given(*door));
            text.with_item(&title, Some(Text::ours(about)))
        });
        Some(Doors {
            methods: quote!(#(#methods)*),
            items: quote!(#(#items)*),
            docs: Text::ours("The answer can be read in other ways:").and(lines),
        })
    }
}

/// What becomes of the answer.
fn given(door: Reading) -> &'static str {
    match door {
        Reading::Value => "reads the answer as a value",
        Reading::Text => "reads the answer as text",
        Reading::Items => "hands over each item as soon as it has come",
        Reading::Events => "hands over each event as soon as it has come",
        Reading::Bytes => "hands over the bytes as they come",
    }
}

/// The media types that are read through a door.
fn asked(operation: &Operation, door: Reading) -> String {
    let mut types: Vec<String> = Vec::new();
    let contents = operation.answers().into_iter().flat_map(|response| &response.contents);
    for content in contents.filter(|content| content.payload.reading() == door) {
        for name in media::names(content).map(docs::code) {
            if !types.contains(&name) {
                types.push(name);
            }
        }
    }
    types.join(", ")
}
