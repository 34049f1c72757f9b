//! What a call gives: the type of its successes and of its errors, and how each is decoded.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    Emitter, arms,
    arms::{Case, Rest},
    types::SeenFrom,
};
use crate::{
    ir::{Content, Framing, Operation, Payload, Reading, Response, Status, Type},
    name::{Group, OperationNames, TypeName},
};

/// A type and the function that makes it of an answer.
pub(super) struct Answer {
    pub(super) ty: TokenStream,
    decode: TokenStream,
    /// What it is given beside the answer.
    given: Option<TokenStream>,
    /// What is done to that which is decoded.
    then: Option<TokenStream>,
    /// Whether it stands in a box where an enum holds it.
    pub(super) is_boxed: bool,
    /// The enum, where there is one.
    pub(super) item: Option<TokenStream>,
    /// The variants of it, by the status that they are for.
    pub(super) variants: Vec<(Status, Vec<TypeName>)>,
}

impl Answer {
    pub(super) fn plain(ty: TokenStream, decode: TokenStream) -> Self {
        Self {
            ty,
            decode,
            given: None,
            then: None,
            is_boxed: false,
            item: None,
            variants: Vec::new(),
        }
    }

    /// The same, with an enum of its own.
    pub(super) fn of_enum(name: &TypeName, item: TokenStream, variants: Vec<(Status, Vec<TypeName>)>) -> Self {
        Self {
            item: Some(item),
            variants,
            ..Self::plain(quote!(#name), quote!(#name::decode))
        }
    }

    /// The function that makes it of an answer.
    pub(super) fn function(&self) -> TokenStream {
        if self.then.is_none() && self.given.is_none() {
            return self.decode.clone();
        }
        let made = self.made();
        quote!(|response| #made)
    }

    /// What is made of the answer `response`.
    pub(super) fn made(&self) -> TokenStream {
        let Self {
            decode, given, then, ..
        } = self;
        let given = given.as_ref().map(|given| quote!(, #given));
        quote!(#decode(response #given) #then)
    }

    fn empty() -> Self {
        Self::plain(quote!(()), quote!(decode::empty))
    }

    fn unknown() -> Self {
        Self::plain(quote!(Value), quote!(decode::json))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.ty.to_string() == other.ty.to_string() && self.made().to_string() == other.made().to_string()
    }
}

impl Emitter<'_> {
    /// What a success gives that is read in one way, the usual one for `None`.
    pub(super) fn success(
        self,
        group: &Group,
        operation: &Operation,
        names: &OperationNames,
        door: Option<Reading>,
    ) -> Answer {
        let successes = operation.answers();
        let cases: Vec<Case<'_>> = successes
            .iter()
            .map(|response| Case::new(response, response.read_as(door), names))
            .collect();
        let is_plain_success = |case: &Case<'_>| case.arms.is_empty() && case.response.status.is_success();
        match cases.as_slice() {
            [] => Answer::empty(),
            [only] if only.arms.len() < 2 => self.first_of(only, names),
            several if several.iter().all(is_plain_success) => Answer::empty(),
            several => {
                let widest = operation.widest_answer();
                let widest = widest.and_then(|widest| several.iter().find(|case| case.response == widest));
                let rest = match several {
                    // Whatever the status is, it is what is described.
                    [_] => Rest::Nothing,
                    _ => Rest::Undeclared(self.first_of(widest.unwrap_or(&several[0]), names)),
                };
                let name = door.map_or(&names.response, |door| &names.doors[&door]);
                arms::enumeration(self, (name, names), several, &rest, arms::Side::Success(group, door))
            }
        }
    }

    /// What the body of an error is.
    pub(super) fn error(self, group: &Group, operation: &Operation, names: &OperationNames) -> Answer {
        let cases: Vec<Case<'_>> = operation
            .errors()
            .map(|response| Case::new(response, typed(response), names))
            .filter(|case| !case.arms.is_empty())
            .collect();
        let all: Vec<Answer> = cases.iter().flat_map(|case| self.all_of(case, names)).collect();
        match (cases.as_slice(), all.as_slice()) {
            (_, []) => Answer::unknown(),
            (_, [first, others @ ..]) if others.iter().all(|other| other.is_same(first)) => Answer {
                given: first.given.clone(),
                ..Answer::plain(first.ty.clone(), first.decode.clone())
            },
            (cases, _) => {
                let default = cases.iter().find(|case| case.response.status == Status::Default);
                let rest = match (cases, default) {
                    ([_], Some(_)) => Rest::Nothing,
                    (_, Some(default)) if default.arms.len() > 1 => Rest::Nothing,
                    (_, Some(default)) => Rest::Undeclared(self.first_of(default, names)),
                    (_, None) => Rest::Undeclared(Answer::unknown()),
                };
                arms::enumeration(self, (&names.error, names), cases, &rest, arms::Side::Error(group))
            }
        }
    }

    /// Each body that a case may have.
    pub(super) fn all_of(self, case: &Case<'_>, names: &OperationNames) -> Vec<Answer> {
        let status = case.response.status;
        let arms = case.arms.iter();
        arms.map(|arm| self.content(arm.content, (status, arm.index), names))
            .collect()
    }

    fn first_of(self, case: &Case<'_>, names: &OperationNames) -> Answer {
        let Some(arm) = case.arms.first() else {
            return Answer::empty();
        };
        self.content(arm.content, (case.response.status, arm.index), names)
    }

    /// A body as what it is read as; `place` is the status and the position that it has there.
    pub(super) fn content(self, content: &Content, place: (Status, usize), names: &OperationNames) -> Answer {
        match &content.payload {
            Payload::Json(ty) => self.value(ty, self.decode_json(content, ty)),
            Payload::Xml(ty, root) => {
                let root = self.xml_root(*root);
                Answer {
                    given: Some(root),
                    ..self.value(ty, quote!(decode::xml))
                }
            }
            Payload::Form { ty, .. } => self.value(ty, quote!(decode::json)),
            Payload::Text(ty) if self.is_string(ty) => Answer::plain(self.ty(ty, SeenFrom::Api), quote!(decode::text)),
            Payload::Text(ty) => self.value(ty, quote!(decode::plain)),
            Payload::Bytes | Payload::Multipart(_) => Answer::plain(quote!(ByteStream), quote!(decode::bytes)),
            Payload::EventStream(ty, end) => {
                let ty = self.ty(ty, SeenFrom::Api);
                up_to(
                    Answer::plain(quote!(EventStream<#ty>), quote!(decode::events)),
                    end.as_ref(),
                )
            }
            Payload::Events(_, end) => {
                let ty = &names.events[&place].ty;
                up_to(
                    Answer::plain(quote!(EventStream<#ty>), quote!(decode::events_by_kind)),
                    end.as_ref(),
                )
            }
            Payload::Items(framing, ty) => {
                let ty = self.ty(ty, SeenFrom::Api);
                let decode = match framing {
                    Framing::Lines => quote!(decode::lines),
                    Framing::Sequence => quote!(decode::sequence),
                };
                Answer::plain(quote!(ItemStream<#ty>), decode)
            }
        }
    }

    fn value(self, ty: &Type, decode: TokenStream) -> Answer {
        Answer {
            is_boxed: self.api.types.is_composite(ty),
            ..Answer::plain(self.ty(ty, SeenFrom::Api), decode)
        }
    }

    /// A value that has a text of its own may come as that, whatever was promised; under any media type, that is likely.
    fn decode_json(self, content: &Content, ty: &Type) -> TokenStream {
        let is_open = super::media::names(content).any(|name| name.contains('*'));
        match (self.is_string(ty), self.api.types.is_scalar(ty), is_open) {
            (true, _, true) => quote!(decode::text_or_json),
            (true, _, false) => quote!(decode::json_or_text),
            (false, true, true) => quote!(decode::plain_or_json),
            (false, true, false) => quote!(decode::json_or_plain),
            (false, false, _) if self.can_be_nothing(ty) => quote!(decode::json_or_nothing),
            (false, false, _) => quote!(decode::json),
        }
    }

    /// Whether a success without a body, which nobody described, is a value all the same.
    fn can_be_nothing(self, ty: &Type) -> bool {
        matches!(self.resolve(ty), Type::Nullable(_) | Type::Any)
    }

    /// The header `Accept` for a way to read the successes.
    pub(super) fn accept(self, operation: &Operation, door: Option<Reading>) -> String {
        super::media::accept(operation, door, |payload| match payload {
            Payload::Json(ty) => self.api.types.is_scalar(ty),
            _ => false,
        })
    }
}

/// Events that end with one whose data is `end`.
fn up_to(answer: Answer, end: Option<&String>) -> Answer {
    let then = end.map(|end| quote!(.map(|events| events.up_to(#end))));
    Answer { then, ..answer }
}

/// The bodies of an error that can be kept as a value.
fn typed(response: &Response) -> Vec<(usize, &Content)> {
    let all = response.contents.iter().enumerate();
    all.filter(|(_, content)| !content.payload.reading().is_stream())
        .collect()
}

pub(super) fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = Literal::u16_unsuffixed(u16::from(class) * 100);
            let last = Literal::u16_unsuffixed(u16::from(class) * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}
