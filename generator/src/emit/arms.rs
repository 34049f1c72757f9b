//! Answers that differ in one enum: a variant for each status and, where a status has several bodies, for each of these; chosen
//! by the status and the media type that came, never by what is in the body.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    media,
    response::{self, Answer},
};
use crate::{
    ir::{Content, Reading, Response, Status},
    name::{Group, Names, OperationNames, TypeName},
};

/// A body that an answer may have.
pub(super) struct Arm<'a> {
    /// Its position among all bodies of the answer.
    pub(super) index: usize,
    pub(super) content: &'a Content,
    variant: TypeName,
}

/// An answer with those of its bodies that count.
pub(super) struct Case<'a> {
    pub(super) response: &'a Response,
    /// The one that is asked for first; empty where there is no body.
    pub(super) arms: Vec<Arm<'a>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(response: &'a Response, contents: Vec<(usize, &'a Content)>, names: &OperationNames) -> Self {
        let arms = contents.into_iter().map(|(index, content)| Arm {
            index,
            content,
            variant: names.arm(response.status, index),
        });
        Self {
            response,
            arms: arms.collect(),
        }
    }

    fn variants(&self) -> Vec<TypeName> {
        if self.arms.is_empty() {
            return vec![Names::variant(self.response.status)];
        }
        self.arms.iter().map(|arm| arm.variant.clone()).collect()
    }
}

/// What becomes of a status that has no variant.
pub(super) enum Rest {
    /// There is none.
    Nothing,
    /// A variant with the status, and what the body is read as.
    Undeclared(Answer),
}

/// Which side of a call's result an enum is for.
#[derive(Clone, Copy)]
pub(super) enum Side<'a> {
    Success(&'a Group, Option<Reading>),
    Error(&'a Group),
}

/// A variant as it is declared.
struct Variant {
    docs: TokenStream,
    name: TokenStream,
    /// Its body.
    ty: Option<TokenStream>,
    /// Whether that stands in a box.
    is_boxed: bool,
    /// Whether the status stands before the body.
    has_status: bool,
}

impl Variant {
    fn declaration(&self) -> TokenStream {
        let Self {
            docs,
            name,
            ty,
            is_boxed,
            has_status,
        } = self;
        let status = has_status.then(|| quote!(StatusCode,));
        let held = ty
            .as_ref()
            .map(|ty| if *is_boxed { quote!(Box<#ty>) } else { ty.clone() });
        let body = held.map(|held| quote!((#status #held)));
        quote!(#docs #name #body)
    }

    /// The pattern that binds `body`.
    fn pattern(&self) -> TokenStream {
        let name = &self.name;
        match (&self.ty, self.has_status) {
            (None, _) => quote!(Self::#name),
            (Some(_), true) => quote!(Self::#name(_, body)),
            (Some(_), false) => quote!(Self::#name(body)),
        }
    }
}

/// The enum of `cases` under a name.
pub(super) fn enumeration(
    emitter: Emitter<'_>,
    (name, names): (&TypeName, &OperationNames),
    cases: &[Case<'_>],
    rest: &Rest,
    side: Side<'_>,
) -> Answer {
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    let is_rest = |case: &&Case<'_>| case.response.status == Status::Default && matches!(rest, Rest::Undeclared(_));
    let declared: Vec<&Case<'_>> = cases.iter().filter(|case| !is_rest(case)).collect();
    for case in &declared {
        let answers = emitter.all_of(case, names);
        let title = docs::code(&case.response.status.to_string());
        for (index, variant) in case.variants().into_iter().enumerate() {
            let title = match case.arms.get(index).filter(|_| case.arms.len() > 1) {
                Some(arm) => format!("{title} as {}", listed(arm.content)),
                None => title.clone(),
            };
            variants.push(Variant {
                docs: docs::of(&case.response.docs, String::new).labelled(&title).outer(),
                name: quote!(#variant),
                ty: answers.get(index).map(|answer| answer.ty.clone()),
                is_boxed: answers.get(index).is_some_and(|answer| answer.is_boxed),
                has_status: false,
            });
        }
        let pattern = match (cases, rest) {
            ([_], Rest::Nothing) => quote!(_),
            _ => pattern(case.response.status, cases),
        };
        let decoded = decoded(case, &answers);
        arms.push((pattern, decoded));
    }
    if let Rest::Undeclared(Answer { ty, is_boxed, .. }) = rest {
        variants.push(Variant {
            docs: Text::ours(match side {
                Side::Success(..) => {
                    "A success with a status that the description does not name, read as its widest answer."
                }
                Side::Error(_) => "An answer with a status that the description does not name.",
            })
            .outer(),
            name: quote!(Undeclared),
            ty: Some(ty.clone()),
            is_boxed: *is_boxed,
            has_status: true,
        });
    }
    let docs = title(side, cases, names).outer();
    let is_stream = cases
        .iter()
        .flat_map(|case| &case.arms)
        .any(|arm| arm.content.payload.reading().is_stream());
    let derives = if is_stream {
        quote!(Debug)
    } else {
        quote!(Debug, Clone, PartialEq)
    };
    let declarations = variants.iter().map(Variant::declaration);
    let accessors = accessors(&variants);
    let decode = decode(&arms, rest);
    let item = quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations,)*
        }

        impl #name {
            #accessors
            #decode
        }
    };
    let variants = declared.iter().map(|case| (case.response.status, case.variants()));
    Answer::of_enum(name, item, variants.collect())
}

/// The statuses of a case that no case before it has.
fn pattern(status: Status, cases: &[Case<'_>]) -> TokenStream {
    let is_within = |other: Status, class: u8| matches!(other, Status::Code(code) if code / 100 == u16::from(class));
    match status {
        Status::Class(class) if cases.iter().any(|case| is_within(case.response.status, class)) => {
            let class = Literal::u8_unsuffixed(class);
            quote!(code if code / 100 == #class)
        }
        status => response::pattern(status),
    }
}

fn title(side: Side<'_>, cases: &[Case<'_>], names: &OperationNames) -> Text {
    let method = names.method.as_str();
    let (call, verb) = match side {
        Side::Success(group, None) => (format!("{}::{method}", group.handle), "succeed with"),
        Side::Success(_, Some(door)) => (
            format!("{}::{}", names.builder.as_str(), names.call.doors[&door].as_str()),
            "succeed with",
        ),
        Side::Error(group) => (format!("{}::{method}", group.handle), "be refused with"),
    };
    let by = match (cases.len() > 1, cases.iter().any(|case| case.arms.len() > 1)) {
        (true, true) => "status and media type",
        (true, false) => "status",
        (false, _) => "media type",
    };
    Text::ours(format!("What [`{call}`] can {verb}, by {by}."))
}

/// The media types of a body, as text.
pub(super) fn listed(content: &Content) -> String {
    let names: Vec<String> = media::names(content).map(docs::code).collect();
    names.join(" or ")
}

/// What makes the variants of one answer of it.
fn decoded(case: &Case<'_>, answers: &[Answer]) -> TokenStream {
    let made = |index: usize| {
        let (variant, made) = (&case.arms[index].variant, answers[index].made());
        quote!(#made.map(Self::#variant))
    };
    match case.arms.as_slice() {
        [] => {
            let variant = Names::variant(case.response.status);
            quote!(Ok(Self::#variant))
        }
        [_] => made(0),
        [_, others @ ..] => {
            let described = case.arms.iter().flat_map(|arm| media::names(arm.content));
            let first = media::names(case.arms[0].content).count();
            let mut position = first;
            let arms: Vec<TokenStream> = others
                .iter()
                .enumerate()
                .map(|(index, arm)| {
                    let positions: Vec<Literal> = media::names(arm.content)
                        .map(|_| {
                            position += 1;
                            Literal::usize_unsuffixed(position - 1)
                        })
                        .collect();
                    let made = made(index + 1);
                    quote!(#(#positions)|* => #made)
                })
                .collect();
            let made = made(0);
            quote! {
                match response.media(&[#(#described),*]) {
                    #(#arms,)*
                    _ => #made,
                }
            }
        }
    }
}

fn decode(arms: &[(TokenStream, TokenStream)], rest: &Rest) -> TokenStream {
    let signature = quote!(fn decode(response: Response) -> Result<Self, DecodeError>);
    if let ([(_, only)], Rest::Nothing) = (arms, rest) {
        return quote!(#signature { #only });
    }
    let patterns = arms.iter().map(|(pattern, _)| pattern);
    let decoded = arms.iter().map(|(_, decoded)| decoded);
    let (status, matched, rest) = match rest {
        Rest::Nothing => (None, quote!(response.status().as_u16()), None),
        Rest::Undeclared(answer) => {
            let made = answer.made();
            (
                Some(quote!(let status = response.status();)),
                quote!(status.as_u16()),
                Some(quote!(_ => #made.map(|body| Self::Undeclared(status, body)),)),
            )
        }
    };
    quote! {
        #signature {
            #status
            match #matched {
                #(#patterns => #decoded,)*
                #rest
            }
        }
    }
}

/// What leads to the body whatever the status is, where all that have one have the same.
fn accessors(variants: &[Variant]) -> TokenStream {
    let is_unit = |ty: &TokenStream| ty.to_string() == quote!(()).to_string();
    let with_body = || {
        variants
            .iter()
            .filter(|variant| variant.ty.as_ref().is_some_and(|ty| !is_unit(ty)))
    };
    let bodies: Vec<&TokenStream> = with_body().filter_map(|variant| variant.ty.as_ref()).collect();
    let Some((first, others)) = bodies.split_first() else {
        return TokenStream::new();
    };
    if others.is_empty() || others.iter().any(|other| other.to_string() != first.to_string()) {
        return TokenStream::new();
    }
    let is_all = bodies.len() == variants.len();
    let patterns = with_body().map(Variant::pattern);
    let patterns = quote!(#(#patterns)|*);
    // They are of one type, and so all of them in a box, or none.
    let unboxed = with_body().all(|variant| variant.is_boxed).then(|| quote!(*));
    let (docs, lent, owned, found, taken, rest) = if is_all {
        let docs = " The body, whatever the status is.";
        let (lent, owned) = (quote!(&#first), quote!(#first));
        (docs, lent, owned, quote!(body), quote!(#unboxed body), None)
    } else {
        let docs = " The body, whatever the status is, where there is one.";
        let (lent, owned) = (quote!(Option<&#first>), quote!(Option<#first>));
        let rest = quote!(_ => None,);
        (
            docs,
            lent,
            owned,
            quote!(Some(body)),
            quote!(Some(#unboxed body)),
            Some(rest),
        )
    };
    quote! {
        #[doc = #docs]
        #[must_use]
        pub fn body(&self) -> #lent {
            match self {
                #patterns => #found,
                #rest
            }
        }

        #[doc = #docs]
        #[must_use]
        pub fn into_body(self) -> #owned {
            match self {
                #patterns => #taken,
                #rest
            }
        }
    }
}
