//! Parameters: constants that say how each is sent, arguments for the required ones, setters for the others.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{
    Emitter,
    docs::{self, Text},
    types::SeenFrom,
};
use crate::{
    ir::{Delimited, Delimiter, Encoding, Location, Operation, Parameter, Primitive, Style, Type},
    name::{self, OperationNames, ParameterNames},
};

impl<'a> Emitter<'a> {
    /// How a parameter is given to a call: its type, and what is sent of it, a reference.
    pub(super) fn given(self, parameter: &Parameter, argument: &name::Ident) -> (TokenStream, TokenStream) {
        match self.resolve(&parameter.ty) {
            // An id in a path is often at hand as a number, a `Uuid` or a type of the program's own.
            Type::Primitive(Primitive::String) if parameter.location == Location::Path => {
                (quote!(impl std::fmt::Display), quote!(&#argument.to_string()))
            }
            ty => self.given_as(ty, &quote!(#argument)),
        }
    }

    /// How a value of the type is given to a call, and what is sent of it, a reference.
    pub(super) fn given_as(self, ty: &Type, argument: &TokenStream) -> (TokenStream, TokenStream) {
        match self.resolve(ty) {
            Type::List(item) if self.is_string(item) => (
                quote!(impl IntoIterator<Item = impl AsRef<str>>),
                quote!(&Parameter::texts(#argument)),
            ),
            Type::Map(value) if self.is_string(value) => (
                quote!(impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>),
                quote!(&Parameter::pairs(#argument)),
            ),
            _ => (self.lent(ty), self.reference(ty, argument)),
        }
    }

    /// Whether a value of the type is taken from whatever can be iterated.
    pub(super) fn is_collected(self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::List(item) | Type::Map(item) => self.is_string(item),
            _ => false,
        }
    }

    /// How a value of the type is lent to a call.
    pub(super) fn lent(self, ty: &Type) -> TokenStream {
        let full = self.ty(ty, SeenFrom::Api);
        match self.resolve(ty) {
            Type::Primitive(Primitive::String) => quote!(&str),
            Type::Primitive(primitive) if is_copy(primitive) => full,
            Type::List(item) => {
                let item = self.ty(item, SeenFrom::Api);
                quote!(&[#item])
            }
            Type::Nullable(inner) => {
                let inner = self.lent(inner);
                quote!(Option<#inner>)
            }
            Type::Def(_) | Type::Primitive(_) | Type::Tuple(_) | Type::Map(_) | Type::Constant(_) | Type::Any => {
                quote!(&#full)
            }
        }
    }

    /// A lent value as the reference that a call takes.
    pub(super) fn reference(self, ty: &Type, value: &TokenStream) -> TokenStream {
        let is_reference = match self.resolve(ty) {
            Type::Primitive(primitive) => !is_copy(primitive),
            Type::Nullable(_) => false,
            Type::Def(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Constant(_) | Type::Any => true,
        };
        if is_reference { value.clone() } else { quote!(&#value) }
    }

    /// The parameters of an operation with their names.
    pub(super) fn parameters(
        operation: &'a Operation,
        names: &'a OperationNames,
    ) -> impl Iterator<Item = (&'a Parameter, &'a ParameterNames)> {
        operation.parameters.iter().zip(&names.parameters)
    }

    /// The value that a parameter has always, or unless it is set, where it must be sent.
    pub(super) fn filling(parameter: &Parameter) -> Option<&Value> {
        parameter.constant.as_ref().or(parameter.before.as_ref())
    }

    /// The value that a parameter always has, as what is lent to a call.
    pub(super) fn fixed(parameter: &Parameter) -> Option<TokenStream> {
        super::constant::sent(parameter.constant.as_ref()?)
    }

    /// The constants of an operation's parameters.
    pub(super) fn parameter_constants(operation: &'a Operation, names: &'a OperationNames) -> TokenStream {
        let constants = Self::parameters(operation, names).map(|(parameter, own)| {
            let name = constant(own);
            let declaration = declaration(parameter);
            quote!(const #name: Parameter = #declaration;)
        });
        quote!(#(#constants)*)
    }

    /// All that there is to say about a parameter.
    pub(super) fn about(parameter: &Parameter, subject: impl FnOnce() -> String) -> Text {
        let default = parameter.default.as_ref();
        let default = default.map(|default| Text::ours(format!("Default: {}.", docs::code(&default.to_string()))));
        let before = parameter.before.as_ref();
        let before = before.map(|value| Text::ours(format!("{} unless it is set.", docs::code(&value.to_string()))));
        docs::of_named(&parameter.docs, &parameter.wire, subject)
            .and(before.unwrap_or_default())
            .and(default.unwrap_or_default())
    }

    /// The setter of an optional parameter.
    pub(super) fn parameter_setter(self, parameter: &Parameter, own: &ParameterNames) -> TokenStream {
        let text = Self::about(parameter, || format!("Sets {}.", docs::code(&parameter.wire)));
        let (setter, argument) = (&own.setter, &own.argument);
        let constant = constant(own);
        let nullable = match self.resolve(&parameter.ty) {
            Type::Nullable(inner) => Some(self.resolve(inner)),
            _ => None,
        };
        // Of `null`, nothing is sent, as where nothing is set: what is taken from anything that can be iterated needs no `Option`.
        let is_json = parameter.encoding == Encoding::Json;
        let texts = nullable.filter(|inner| !is_json && self.is_collected(inner));
        let none = nullable.filter(|_| texts.is_none());
        let none = none.map(|_| Text::ours("Of `None`, nothing is sent."));
        let docs = text.and(none.unwrap_or_default()).outer_of(&parameter.docs);
        // What is borrowed stays an `Option`: into that, a `&String` or an array turns by itself.
        if let Some(inner @ Type::Primitive(primitive)) = nullable
            && is_copy(primitive)
        {
            let ty = self.lent(inner);
            return quote! {
                #docs
                pub fn #setter(mut self, #argument: impl Into<Option<#ty>>) -> Self {
                    self.call = self.call.parameter(&#constant, &#argument.into());
                    self
                }
            };
        }
        let (ty, value) = match texts {
            Some(texts) => self.given_as(texts, &quote!(#argument)),
            None => self.given(parameter, argument),
        };
        quote! {
            #docs
            pub fn #setter(mut self, #argument: #ty) -> Self {
                self.call = self.call.parameter(&#constant, #value);
                self
            }
        }
    }
}

/// The constant that says how a parameter is sent.
pub(super) fn constant(parameter: &ParameterNames) -> Ident {
    Ident::new(&parameter.constant.to_constant(), Span::call_site())
}

fn declaration(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let location = match parameter.location {
        Location::Path => format_ident!("path"),
        Location::Query => format_ident!("query"),
        Location::QueryString => format_ident!("query_string"),
        Location::Header => format_ident!("header"),
        Location::Cookie => format_ident!("cookie"),
    };
    let encoding = encoding(&parameter.encoding, parameter.location);
    let may_be_empty = parameter.may_be_empty.then(|| quote!(.may_be_empty()));
    let segments = parameter.segments.as_ref().map(|pattern| quote!(.segments(#pattern)));
    quote!(Parameter::#location(#wire)#encoding #may_be_empty #segments)
}

/// What a parameter says beyond the defaults of its location.
pub(super) fn encoding(encoding: &Encoding, location: Location) -> TokenStream {
    let (style, explode, allow_reserved) = match encoding {
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => (style, explode, allow_reserved),
        Encoding::Json => return quote!(.json()),
        Encoding::Delimited(how) => return delimited(how),
        Encoding::Form(members) => {
            let members = members_of_form(members);
            return quote!(.form(&[#members]));
        }
    };
    let name = match style {
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Cookie => quote!(Cookie),
    };
    let style_call = (*style != location.usual_style()).then(|| quote!(.style(Style::#name)));
    let explode_call = (*explode != style.is_usually_exploded()).then(|| quote!(.explode(#explode)));
    let reserved_call = allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#style_call #explode_call #reserved_call)
}

fn delimited(how: &Delimited) -> TokenStream {
    let explode_call = how.explode.then(|| quote!(.explode(true)));
    let delimiters = delimiters(&how.delimiters);
    quote!(#explode_call .delimited(#delimiters))
}

/// What stands between the elements of lists, as a constant.
pub(super) fn delimiters(delimiters: &[Delimiter]) -> TokenStream {
    let names = delimiters.iter().map(|delimiter| match delimiter {
        Delimiter::Comma => quote!(Delimiter::Comma),
        Delimiter::Space => quote!(Delimiter::Space),
        Delimiter::Tab => quote!(Delimiter::Tab),
        Delimiter::Pipe => quote!(Delimiter::Pipe),
    });
    quote!(&[#(#names),*])
}

/// The members of a form that are not encoded in the default way, as parameters.
pub(super) fn members_of_form(members: &[(String, Encoding)]) -> TokenStream {
    let members = members.iter().map(|(name, encoding)| {
        let encoding = self::encoding(encoding, Location::Query);
        quote!(Parameter::query(#name)#encoding)
    });
    quote!(#(#members),*)
}

pub(super) fn is_copy(primitive: &Primitive) -> bool {
    match primitive {
        Primitive::Boolean
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::UInt32
        | Primitive::UInt64
        | Primitive::Float
        | Primitive::Double
        | Primitive::DateTime
        | Primitive::LocalDateTime
        | Primitive::Date
        | Primitive::Time
        | Primitive::Uuid => true,
        Primitive::String | Primitive::Byte | Primitive::ByteUrl | Primitive::Binary | Primitive::Custom { .. } => {
            false
        }
    }
}
