//! What leads from a page to the next one in, data and words about it out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    emit::{docs, parameter},
    ir::{Location, NextPage, Operation, PageMark, PagePlace},
    name::{OperationNames, ParameterNames},
};

/// What leads to the next page, as data.
pub(super) fn next(next: &NextPage, operation: &Operation, names: &OperationNames) -> TokenStream {
    let place = |place: &PagePlace| match place {
        PagePlace::Parameter(location, name) => {
            let own = own_of(operation, names, (*location, name));
            let constant = own.map(parameter::constant);
            quote!(pages::Place::Parameter(#constant))
        }
        PagePlace::Body(path) => quote!(pages::Place::Body(&[#(#path),*])),
    };
    match next {
        NextPage::Cursor(_, to) => {
            let place = place(to);
            quote!(pages::Next::Cursor(#place))
        }
        NextPage::Link(_) => quote!(pages::Next::Link),
        NextPage::Last(_, to) => {
            let place = place(to);
            quote!(pages::Next::Last(#place))
        }
        NextPage::Number(to, first) => {
            let (place, first) = (place(to), Literal::u64_unsuffixed(*first));
            quote!(pages::Next::Number { place: #place, first: #first })
        }
        NextPage::Offset(to, first) => {
            let (place, first) = (place(to), Literal::u64_unsuffixed(*first));
            quote!(pages::Next::Offset { place: #place, first: #first })
        }
    }
}

fn own_of<'n>(
    operation: &Operation,
    names: &'n OperationNames,
    (location, wire): (Location, &str),
) -> Option<&'n ParameterNames> {
    let mut parameters = operation.parameters.iter().zip(&names.parameters);
    let (_, own) = parameters.find(|(parameter, _)| parameter.location == location && parameter.wire == wire)?;
    Some(own)
}

/// The same in words.
pub(super) fn sentence(next: &NextPage) -> String {
    let place = |place: &PagePlace| match place {
        PagePlace::Parameter(_, name) => format!("the parameter {}", docs::code(name)),
        PagePlace::Body(path) => format!("the member {} of the body", docs::code(&path.join("."))),
    };
    let mark = |mark: &PageMark| match mark {
        PageMark::Member(path) => format!("the member {}", docs::code(&path.join("."))),
        PageMark::Header(name) => format!("the header {}", docs::code(name)),
        PageMark::LinkHeader => "the header `Link`".to_owned(),
    };
    match next {
        NextPage::Cursor(from, to) => format!("{} of one is {} of the next", mark(from), place(to)),
        NextPage::Link(from) => format!("{} of one says where the next is", mark(from)),
        NextPage::Last(path, to) => {
            format!(
                "{} of the last item of one is {} of the next",
                docs::code(&path.join(".")),
                place(to)
            )
        }
        NextPage::Number(to, _) => format!("{} counts them", place(to)),
        NextPage::Offset(to, _) => format!("{} counts the items before it", place(to)),
    }
}
