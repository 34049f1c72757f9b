//! What a call gives: the type of its successes and of its errors, and how each is decoded.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, body, docs, types::From};
use crate::{
    ir::{Content, Framing, Operation, Payload, Response, Status},
    name::{Group, Names, OperationNames, TypeName},
};

/// A type and the function that makes it of an answer.
pub(super) struct Answer {
    pub(super) ty: TokenStream,
    pub(super) decode: TokenStream,
    /// The enum, where there is one.
    pub(super) item: Option<TokenStream>,
    /// The statuses that have a variant in it.
    pub(super) variants: Vec<Status>,
}

impl Answer {
    fn plain(ty: TokenStream, decode: TokenStream) -> Self {
        Self {
            ty,
            decode,
            item: None,
            variants: Vec::new(),
        }
    }
}

impl Emitter<'_> {
    /// What a success gives.
    pub(super) fn success(self, group: &Group, operation: &Operation, names: &OperationNames) -> Answer {
        let call = format!("{}::{}", group.handle, names.method.as_str());
        let mut successes: Vec<&Response> = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success())
            .collect();
        if successes.is_empty() {
            // Some documents describe nothing but a default, and mean all answers by it.
            successes.extend(
                operation
                    .responses
                    .iter()
                    .find(|response| response.status == Status::Default),
            );
        }
        match successes.as_slice() {
            [] => Answer::plain(quote!(()), quote!(decode::empty)),
            [only] => self.content(only, names),
            several if several.iter().all(|response| response.content.is_none()) => {
                Answer::plain(quote!(()), quote!(decode::empty))
            }
            several => {
                let widest = operation
                    .widest_success
                    .and_then(|index| operation.responses.get(index));
                self.by_status(
                    (&names.response, names),
                    several,
                    widest.or(several.first().copied()),
                    &call,
                    Side::Success,
                )
            }
        }
    }

    /// What the body of an error is.
    pub(super) fn error(self, group: &Group, operation: &Operation, names: &OperationNames) -> Answer {
        let call = format!("{}::{}", group.handle, names.method.as_str());
        let is_error = |response: &&Response| !response.status.is_success();
        let errors: Vec<&Response> = operation.responses.iter().filter(is_error).collect();
        let described: Vec<&Response> = errors
            .iter()
            .copied()
            .filter(|response| has_typed_body(response))
            .collect();
        let types: Vec<String> = described
            .iter()
            .map(|response| self.content(response, names).ty.to_string())
            .collect();
        match described.as_slice() {
            [] => Answer::plain(quote!(Value), quote!(decode::json)),
            [first, ..] if types.iter().all(|ty| *ty == types[0]) => self.content(first, names),
            _ => {
                let default = described
                    .iter()
                    .copied()
                    .find(|response| response.status == Status::Default);
                self.by_status((&names.error, names), &described, default, &call, Side::Error)
            }
        }
    }

    fn content(self, response: &Response, names: &OperationNames) -> Answer {
        let Some(content) = &response.content else {
            return Answer::plain(quote!(()), quote!(decode::empty));
        };
        match &content.payload {
            Payload::Json(ty) | Payload::Form { ty, .. } => Answer::plain(self.ty(ty, From::Api), quote!(decode::json)),
            Payload::Text => Answer::plain(quote!(String), quote!(decode::text)),
            Payload::Bytes | Payload::Multipart(_) => Answer::plain(quote!(ByteStream), quote!(decode::bytes)),
            Payload::EventStream(ty) => {
                let ty = self.ty(ty, From::Api);
                Answer::plain(quote!(EventStream<#ty>), quote!(decode::events))
            }
            Payload::Events(_) => {
                let ty = &names.events[&response.status].ty;
                Answer::plain(quote!(EventStream<#ty>), quote!(decode::events_by_kind))
            }
            Payload::Items(framing, ty) => {
                let ty = self.ty(ty, From::Api);
                let decode = match framing {
                    Framing::Lines => quote!(decode::lines),
                    Framing::Sequence => quote!(decode::sequence),
                };
                Answer::plain(quote!(ItemStream<#ty>), decode)
            }
        }
    }

    /// An enum with a variant for each status. What has no variant is read as `rest`.
    fn by_status(
        self,
        (name, names): (&TypeName, &OperationNames),
        responses: &[&Response],
        rest: Option<&Response>,
        call: &str,
        side: Side,
    ) -> Answer {
        let mut variants = Vec::new();
        let mut arms = Vec::new();
        let declared: Vec<&Response> = responses
            .iter()
            .copied()
            .filter(|response| response.status != Status::Default)
            .collect();
        for response in &declared {
            let variant = Names::variant(response.status);
            let docs = docs::of(&response.docs, String::new)
                .labelled(&docs::code(&response.status.to_string()))
                .outer();
            let pattern = pattern(response.status);
            if response.content.is_some() {
                let Answer { ty, decode, .. } = self.content(response, names);
                variants.push(quote!(#docs #variant(#ty)));
                arms.push(quote!(#pattern => #decode(response).map(Self::#variant)));
            } else {
                variants.push(quote!(#docs #variant));
                arms.push(quote!(#pattern => Ok(Self::#variant)));
            }
        }
        let rest = match rest.filter(|rest| rest.content.is_some()) {
            Some(rest) => self.content(rest, names),
            None => match side {
                Side::Success => Answer::plain(quote!(()), quote!(decode::empty)),
                Side::Error => Answer::plain(quote!(Value), quote!(decode::json)),
            },
        };
        let (rest_ty, rest_decode) = (&rest.ty, &rest.decode);
        let (title, rest_docs) = match side {
            Side::Success => (
                "succeed with",
                "A success with a status that the description does not name, read as its widest answer.",
            ),
            Side::Error => (
                "be refused with",
                "An answer with a status that the description does not name.",
            ),
        };
        let rest_docs = docs::Text::ours(rest_docs).outer();
        let docs = docs::Text::ours(format!("What [`{call}`] can {title}, by status.")).outer();
        let streams = |response: &&Response| {
            response
                .content
                .as_ref()
                .is_some_and(|content| !matches!(content.payload, Payload::Json(_) | Payload::Text))
        };
        let derives = if responses.iter().any(streams) {
            quote!(Debug)
        } else {
            quote!(Debug, Clone, PartialEq)
        };
        let item = quote! {
            #docs
            #[derive(#derives)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                #rest_docs
                Undeclared(StatusCode, #rest_ty),
            }

            impl #name {
                fn decode(response: Response) -> Result<Self, DecodeError> {
                    let status = response.status();
                    match status.as_u16() {
                        #(#arms,)*
                        _ => #rest_decode(response).map(|body| Self::Undeclared(status, body)),
                    }
                }
            }
        };
        Answer {
            ty: quote!(#name),
            decode: quote!(#name::decode),
            item: Some(item),
            variants: declared.iter().map(|response| response.status).collect(),
        }
    }
}

/// Which side of a call's result an enum is for.
#[derive(Clone, Copy)]
enum Side {
    Success,
    Error,
}

/// Whether an error's body can be kept as a value.
fn has_typed_body(response: &Response) -> bool {
    response
        .content
        .as_ref()
        .is_some_and(|content| matches!(content.payload, Payload::Json(_) | Payload::Text))
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

/// The header `Accept`: every media type that an answer is read from, in document order.
pub(super) fn accept(operation: &Operation) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    for content in operation
        .responses
        .iter()
        .filter_map(|response| response.content.as_ref())
    {
        let media_type = match body::concrete(&content.media_type) {
            "application/octet-stream" => "*/*",
            other => other,
        };
        let sendable = media_type.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if sendable && !accepted.contains(&media_type) {
            accepted.push(media_type);
        }
    }
    accepted.join(", ")
}

/// Whether a success is handed over as it arrives.
pub(super) fn streams(operation: &Operation) -> bool {
    let is_stream = |content: &Content| {
        matches!(
            content.payload,
            Payload::Bytes | Payload::EventStream(_) | Payload::Events(_) | Payload::Items(..) | Payload::Multipart(_)
        )
    };
    operation
        .responses
        .iter()
        .filter(|response| response.status.is_success() || response.status == Status::Default)
        .filter_map(|response| response.content.as_ref())
        .any(is_stream)
}
