//! A multipart body: a struct with a field for each part, and how it becomes parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    batch::option,
    constant,
    docs::{self, Text},
    parameter,
    types::SeenFrom,
};
use crate::{
    ir::{Part, Primitive, Type},
    name::{ContentNames, FieldNames},
};

/// How the value of a part is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A file.
    File,
    /// Any number of files.
    Files,
    /// Anything that has a text.
    Value,
}

/// A part with its names.
struct FormMember<'a> {
    part: &'a Part,
    names: &'a FieldNames,
    kind: Kind,
    /// Its type, without `null`: what is `null` is not sent.
    value: Type,
}

impl<'a> Emitter<'a> {
    /// The struct for the parts; `title` says what it is the body of.
    pub(super) fn form(self, parts: &'a [Part], names: &'a ContentNames, title: &str) -> TokenStream {
        let name = &names.form;
        let all: Vec<FormMember<'_>> = parts
            .iter()
            .zip(&names.parts)
            .map(|(part, names)| self.part(part, names))
            .collect();
        let adds = all.iter().map(FormMember::add);
        let fields: Vec<&FormMember<'_>> = all.iter().filter(|field| field.fixed().is_none()).collect();
        let always = parts.iter().filter_map(|part| {
            let value = docs::code(&part.constant.as_ref()?.to_string());
            Some(format!("Sends {}, which is always {value}.", docs::code(&part.wire)))
        });
        let docs = always.fold(Text::ours(title), |text, line| text.and(Text::ours(line)));
        let docs = docs.outer();
        let members = fields.iter().map(|field| self.form_member(field));
        let (required, optional): (Vec<_>, Vec<_>) = fields.iter().copied().partition(|field| field.part.required);
        let arguments = required.iter().map(|field| self.form_argument(field));
        let given = required.iter().map(|field| {
            let name = &field.names.field;
            let value = self.form_value(field);
            if value.to_string() == name.to_string() {
                quote!(#name)
            } else {
                quote!(#name: #value)
            }
        });
        let absent = optional.iter().map(|field| {
            let name = &field.names.field;
            quote!(#name: None)
        });
        let setters = optional.iter().map(|field| self.form_setter(field));
        let default = required.is_empty().then(|| quote!(, Default));
        let many = (required.len() > 7)
            .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "so many parts are required")]));
        quote! {
            #docs
            #[derive(Debug, Clone #default)]
            #[non_exhaustive]
            pub struct #name {
                #(#members,)*
                /// Parts that the description does not name; they are sent behind the others.
                pub additional_parts: Multipart,
            }

            impl #name {
                /// With the required parts, and without the others.
                #many
                #[must_use]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#given,)* #(#absent,)* additional_parts: Multipart::new() }
                }

                #(#setters)*

                /// Adds parts that the description does not name.
                #[must_use]
                pub fn additional_parts(mut self, parts: Multipart) -> Self {
                    self.additional_parts = self.additional_parts.and(parts);
                    self
                }
            }

            impl From<#name> for Multipart {
                fn from(form: #name) -> Self {
                    Self::new() #(#adds)* .and(form.additional_parts)
                }
            }
        }
    }

    fn part(self, part: &'a Part, names: &'a FieldNames) -> FormMember<'a> {
        let value = part.ty.clone().without_null();
        let is_file = |ty: &Type| *self.resolve(ty) == Type::Primitive(Primitive::Binary);
        let kind = match self.resolve(&value) {
            Type::Primitive(Primitive::Binary) => Kind::File,
            Type::List(item) if is_file(item) => Kind::Files,
            _ => Kind::Value,
        };
        FormMember {
            part,
            names,
            kind,
            value,
        }
    }

    fn form_member(self, field: &FormMember<'_>) -> TokenStream {
        let FormMember { part, names, .. } = field;
        let Part {
            wire,
            ty: _,
            required: _,
            constant: _,
            content_type: _,
            delimited: _,
            headers: _,
            docs: said,
        } = part;
        let docs = docs::of_named(said, wire, || docs::code(wire)).outer_of(said);
        let ty = self.ty(&field.value, SeenFrom::Api);
        let ty = if part.required { ty } else { quote!(Option<#ty>) };
        let name = &names.field;
        quote!(#docs pub #name: #ty)
    }

    fn form_argument(self, field: &FormMember<'_>) -> TokenStream {
        let name = &field.names.field;
        let ty = match field.kind {
            Kind::File => quote!(impl Into<Upload>),
            Kind::Files | Kind::Value => self.argument(&field.value, SeenFrom::Api).0,
        };
        quote!(#name: #ty)
    }

    /// What is kept of an argument.
    fn form_value(self, field: &FormMember<'_>) -> TokenStream {
        let name = quote::ToTokens::to_token_stream(&field.names.field);
        match field.kind {
            Kind::File => quote!(#name.into()),
            Kind::Files | Kind::Value => self.argument(&field.value, SeenFrom::Api).1(name),
        }
    }

    fn form_setter(self, field: &FormMember<'_>) -> TokenStream {
        let FieldNames { field: name, setter } = field.names;
        let docs = Text::sets(&field.part.wire, name.as_str());
        let docs = docs.outer_of(&field.part.docs);
        let argument = self.form_argument(field);
        let value = self.form_value(field);
        quote! {
            #docs
            #[must_use]
            pub fn #setter(mut self, #argument) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }
}

impl FormMember<'_> {
    /// The call that adds the part.
    fn add(&self) -> TokenStream {
        let (name, wire) = (&self.names.field, &self.part.wire);
        let content_type = option(self.part.content_type.as_ref());
        let headers = self
            .part
            .headers
            .iter()
            .map(|(name, value)| quote!(.header(#name, #value)));
        let add = match (self.kind, self.part.required) {
            (Kind::Value, _) => self.add_value(),
            (Kind::File, true) => quote!(.file(#wire, #content_type, &form.#name)),
            (Kind::File, false) | (Kind::Files, true) => quote!(.files(#wire, #content_type, &form.#name)),
            (Kind::Files, false) => quote!(.files(#wire, #content_type, form.#name.iter().flatten())),
        };
        quote!(#add #(#headers)*)
    }

    /// The value that the part always has, as what is lent.
    fn fixed(&self) -> Option<TokenStream> {
        constant::sent(self.part.constant.as_ref()?)
    }

    fn add_value(&self) -> TokenStream {
        let (name, wire) = (&self.names.field, &self.part.wire);
        if let Some(how) = &self.part.delimited {
            let (explode, delimiters) = (how.explode, parameter::delimiters(&how.delimiters));
            return quote!(.delimited(#wire, #explode, #delimiters, &form.#name));
        }
        let content_type = option(self.part.content_type.as_ref());
        let value = self.fixed().unwrap_or_else(|| quote!(&form.#name));
        quote!(.value(#wire, #content_type, #value))
    }
}
