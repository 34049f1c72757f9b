//! What tests expect of an operation: a function that takes its answers, typed as a call gives them, and writes them out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{Emitter, operation::data_name, response::Answer};
use crate::{
    ir::{Content, Operation, Payload, Reading, Response, Status},
    name::{Group, OperationNames, TypeName},
};

impl Emitter<'_> {
    /// The expectations of a group's operations, where the settings want them.
    pub(super) fn mocks(functions: &[TokenStream], group: &Group) -> Option<TokenStream> {
        let docs = format!(
            " What tests expect of the operations of `{}`, and what these answer.",
            group.module.as_str()
        );
        let inception = (group.module.as_str() == "mock")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "the group is called so")]));
        (!functions.is_empty()).then(|| {
            quote! {
                #[doc = #docs]
                #[cfg(feature = "mock")]
                #inception
                pub mod mock {
                    #[allow(clippy::wildcard_imports, unused_imports, reason = "answers are made of all that is beside this")]
                    use super::*;
                    use crate::runtime::mock::{Expectation, Mock, MockAnswer};

                    #(#functions)*
                }
            }
        })
    }

    /// The function for one operation.
    pub(super) fn mock(
        self,
        group: &Group,
        operation: &Operation,
        names: &OperationNames,
        success: &Answer,
    ) -> Option<TokenStream> {
        if !self.config.mock {
            return None;
        }
        let (method, data) = (&names.method, data_name(names));
        let (ty, encode) = match self.encoded(operation, success) {
            Some(encode) => (success.ty.clone(), encode),
            None => (quote!(MockAnswer), quote!(MockAnswer::clone)),
        };
        let mut docs = format!(
            " Expects calls of `client.{}`: `{}`.",
            Self::path_of(group, names),
            operation.method_and_path()
        );
        if example_of(operation).is_some_and(|example| !example.is_short()) {
            docs.push_str(" The document's example of its answer is long, and left out.");
        }
        Some(quote! {
            #[doc = #docs]
            pub fn #method(mock: &Mock) -> Expectation<#ty> {
                mock.expect(&#data, #encode)
            }
        })
    }

    /// What is answered where nobody expects anything: the first success of which the document has an example.
    pub(super) fn answered_by_itself(self, operation: &Operation) -> Option<TokenStream> {
        if !self.there.has("mock") {
            return None;
        }
        let example = example_of(operation).filter(Example::is_short).map(|example| {
            let Example {
                status,
                media_type,
                body,
            } = example;
            quote!((#status, #media_type, #body))
        });
        let example = example.map_or_else(|| quote!(None), |example| quote!(Some(#example)));
        // Whether it is there in a runtime of others too is not for a feature of this crate to say.
        let when = (!self.home.is_shared()).then(|| quote!(#[cfg(feature = "mock")]));
        Some(quote! {
            #when
            example: #example,
        })
    }

    /// What writes an answer; none where an answer may be one that only goes on and on, or bytes.
    fn encoded(self, operation: &Operation, success: &Answer) -> Option<TokenStream> {
        let answers = operation.answers();
        let Some(first) = answers.first() else {
            return Some(quote!(|()| MockAnswer::empty(204)));
        };
        if success.variants.is_empty() {
            let described = answers.iter().find_map(|response| {
                let (_, content) = *response.read_as(None).first()?;
                Some((response, content))
            });
            let Some((response, content)) = described else {
                let status = status(first, operation);
                return Some(quote!(|()| MockAnswer::empty(#status)));
            };
            let status = status(response, operation);
            let body = self.answer_of(content, &quote!(#status), &quote!(answer))?;
            return Some(quote!(|answer| #body));
        }
        let name = &success.ty;
        let mut arms = Vec::new();
        for (of, variants) in &success.variants {
            let response = answers.iter().find(|response| response.status == *of)?;
            let status = status(response, operation);
            let contents = response.read_as(None);
            if contents.is_empty() {
                let variant: &TypeName = variants.first()?;
                arms.push(quote!(#name::#variant => MockAnswer::empty(#status)));
            }
            for (variant, (_, content)) in variants.iter().zip(contents) {
                let body = self.answer_of(content, &quote!(#status), &quote!(body))?;
                arms.push(quote!(#name::#variant(body) => #body));
            }
        }
        if answers.len() > 1 {
            let widest = operation.widest_answer().unwrap_or(first);
            let body = if let Some((_, content)) = widest.read_as(None).first() {
                self.answer_of(content, &quote!(status.as_u16()), &quote!(body))?
            } else {
                quote!(MockAnswer::empty(status.as_u16()))
            };
            let body_name = if widest.contents.is_empty() {
                quote!(())
            } else {
                quote!(body)
            };
            arms.push(quote!(#name::Undeclared(status, #body_name) => #body));
        }
        Some(quote!(|answer| match answer { #(#arms,)* }))
    }

    /// What writes a body that is a value.
    fn answer_of(self, content: &Content, status: &TokenStream, body: &TokenStream) -> Option<TokenStream> {
        match &content.payload {
            // Of a range, any will do.
            Payload::Json(_) if content.media_type == "application/json" || content.media_type.contains('*') => {
                Some(quote!(MockAnswer::json(#status, #body)))
            }
            Payload::Json(_) => {
                let media_type = &content.media_type;
                Some(quote!(MockAnswer::json_as(#status, #media_type, #body)))
            }
            Payload::Xml(_, root) => {
                let root = self.xml_root(*root);
                Some(quote!(MockAnswer::xml(#status, #body, #root)))
            }
            Payload::Text(ty) if self.is_string(ty) => {
                let media_type = text_of(&content.media_type);
                Some(quote!(MockAnswer::bytes(#status, #media_type, #body.clone())))
            }
            Payload::Text(_)
            | Payload::Form { .. }
            | Payload::Multipart(_)
            | Payload::Bytes
            | Payload::EventStream(..)
            | Payload::Events(..)
            | Payload::Items(..) => None,
        }
    }
}

/// A media type of a text, of a range any.
fn text_of(media_type: &str) -> &str {
    if media_type.contains('*') {
        "text/plain"
    } else {
        media_type
    }
}

/// How many bytes of an example are kept.
const LONGEST: usize = 64 << 10;

/// An answer as the document has it for an example.
struct Example {
    status: Literal,
    media_type: String,
    body: String,
}

impl Example {
    fn is_short(&self) -> bool {
        self.body.len() <= LONGEST
    }
}

/// The first success of which there is an example. The first one is, where nothing is in it.
fn example_of(operation: &Operation) -> Option<Example> {
    let answers = operation.answers();
    answers.iter().enumerate().find_map(|(index, response)| {
        let status = status(response, operation);
        let contents = response.read_as(None);
        if contents.is_empty() {
            return (index == 0).then(|| Example {
                status,
                media_type: String::new(),
                body: String::new(),
            });
        }
        contents.into_iter().find_map(|(_, content)| {
            let example = content.example.as_ref()?;
            let body = match (&content.payload, example) {
                (Payload::Json(_), _) => example.to_string(),
                (_, Value::String(text)) => text.clone(),
                (_, other) => other.to_string(),
            };
            // Of a range, any will do.
            let media_type = match (content.payload.reading(), content.media_type.contains('*')) {
                (_, false) => &content.media_type,
                (Reading::Value, true) => "application/json",
                (Reading::Text, true) => text_of(&content.media_type),
                (Reading::Items | Reading::Events | Reading::Bytes, true) => "application/octet-stream",
            };
            Some(Example {
                status: status.clone(),
                media_type: media_type.to_owned(),
                body,
            })
        })
    })
}

/// A status that a response is for, and none of the others that are more exact.
fn status(response: &Response, operation: &Operation) -> Literal {
    let is_taken = |code: u16| {
        operation
            .responses
            .iter()
            .any(|other| other.status == Status::Code(code))
    };
    let free = |first: u16| (first..first + 100).find(|code| !is_taken(*code)).unwrap_or(first);
    Literal::u16_unsuffixed(match response.status {
        Status::Code(code) => code,
        Status::Class(class) => free(u16::from(class) * 100),
        Status::Default => free(200),
    })
}
