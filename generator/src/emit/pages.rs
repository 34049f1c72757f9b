//! Pages of an operation: the methods of its call that give them and their items, and how an answer is read as a page.

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    manifest::text,
    parameter,
    response::Answer,
    types::SeenFrom,
};
use crate::{
    ir::{
        Field, Location, NextPage, Operation, PageMark, PagePlace, Pagination, Payload, Presence, Response, Shape, Type,
    },
    name::{Ident, Members, OperationNames, ParameterNames},
};

/// What the pages of an operation are made of.
pub(super) struct Paged {
    /// The methods of the call.
    pub(super) methods: TokenStream,
    /// What the operation's documentation says of them.
    pub(super) docs: Text,
}

/// A member on the way to the items.
struct Step<'a> {
    field: &'a Field,
    name: &'a Ident,
}

impl<'a> Emitter<'a> {
    /// The pages, where there are any.
    pub(super) fn pages(
        self,
        operation: &'a Operation,
        names: &'a OperationNames,
        (success, error): (&Answer, &Answer),
    ) -> Option<Paged> {
        let pagination = operation.pagination.as_ref()?;
        let own = names.call.pages.as_ref()?;
        let page = page_of(operation, pagination)?;
        let steps = self.steps(page, &pagination.items)?;
        let item = self.item_of(steps.last().map_or(page, |step| &step.field.ty))?;
        let (content, item) = (self.ty(page, SeenFrom::Api), self.ty(item, SeenFrom::Api));
        let error = &error.ty;
        let (pages, items) = (&own.pages, &own.items);
        let next = next(&pagination.next, operation, names);
        let read = self.read(operation, pagination, page, &steps, success);
        let split = split(&steps);
        let told = sentence(&pagination.next);
        let pages_docs = Text::ours(format!(
            "The pages, one after the other, each a call like this one: {told}."
        ))
        .outer();
        let items_docs = Text::ours("The items of all pages, one after the other.").outer();
        let methods = quote! {
            #pages_docs
            pub fn #pages(self) -> pages::Pages<'c, #content, #error> {
                const PAGINATION: pages::Pagination = pages::Pagination { next: #next };

                fn read(response: Response) -> Result<Option<pages::Page<#content>>, DecodeError> {
                    #read
                }

                pages::Pages::new(self.call, &PAGINATION, read)
            }

            #items_docs
            pub fn #items(self) -> pages::Items<'c, #item, #content, #error> {
                self.#pages().into_items(#split)
            }
        };
        let builder = names.builder.as_str();
        let docs = Text::ours(format!(
            "[`{builder}::{pages}`] gives all pages, and [`{builder}::{items}`] all of their items."
        ));
        Some(Paged { methods, docs })
    }

    /// What the pages of an operation and their items are, by the methods that give them.
    pub(super) fn page_texts(self, operation: &Operation, names: &OperationNames) -> IndexMap<String, String> {
        let all = || {
            let pagination = operation.pagination.as_ref()?;
            let own = names.call.pages.as_ref()?;
            let page = page_of(operation, pagination)?;
            let steps = self.steps(page, &pagination.items)?;
            let item = self.item_of(steps.last().map_or(page, |step| &step.field.ty))?;
            let shown = |ty: &Type| text(&self.ty(ty, SeenFrom::Api));
            Some([
                (own.pages.to_string(), shown(page)),
                (own.items.to_string(), shown(item)),
            ])
        };
        all().into_iter().flatten().collect()
    }

    /// The members that lead to the items.
    fn steps(self, page: &'a Type, path: &[String]) -> Option<Vec<Step<'a>>> {
        let mut ty = page;
        let mut steps = Vec::new();
        for name in path {
            let step = self.step(ty, name)?;
            ty = &step.field.ty;
            steps.push(step);
        }
        Some(steps)
    }

    fn step(self, ty: &'a Type, wire: &str) -> Option<Step<'a>> {
        let Type::Def(id) = self.resolve(without_null(ty)) else {
            return None;
        };
        let Shape::Struct(object) = &self.api.types[*id].shape else {
            return None;
        };
        let Members::Fields(names) = &self.names.members[id.index()] else {
            return None;
        };
        let mut fields = object.fields.iter().zip(names);
        let (field, names) = fields.find(|(field, _)| field.wire == wire)?;
        Some(Step {
            field,
            name: &names.field,
        })
    }

    fn item_of(self, ty: &'a Type) -> Option<&'a Type> {
        match self.resolve(without_null(ty)) {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// What makes a page of the answer `response`.
    fn read(
        self,
        operation: &Operation,
        pagination: &Pagination,
        page: &'a Type,
        steps: &[Step<'_>],
        success: &Answer,
    ) -> TokenStream {
        let items = lent(steps);
        let last = items.last();
        let mut before = None;
        let next = match &pagination.next {
            NextPage::Cursor(mark, _) | NextPage::Link(mark) => match mark {
                PageMark::Member(path) => {
                    let found = self.found(page, path);
                    quote!(pages::Cursor::of(#found)?)
                }
                PageMark::Header(name) => {
                    before = Some(quote!(let next = pages::Cursor::in_header(&response, #name);));
                    quote!(next)
                }
                PageMark::LinkHeader => {
                    before = Some(quote!(let next = pages::Cursor::in_link(&response);));
                    quote!(next)
                }
            },
            NextPage::Last(path, _) => {
                let path = path.iter();
                quote! {
                    match #last {
                        Some(last) => pages::Cursor::of(last, &[#(#path),*])?,
                        None => None,
                    }
                }
            }
            NextPage::Number(..) | NextPage::Offset(..) => quote!(None),
        };
        let more = match &pagination.more {
            None => quote!(None),
            Some(path) => {
                let found = self.found(page, path);
                quote!(pages::cursor::flag(#found)?)
            }
        };
        let made = success.made();
        let content = match unwrapped((operation, pagination), success, self.api.types.is_composite(page)) {
            None => quote!(#made?),
            Some(arms) => quote!(match #made? { #arms }),
        };
        let ty = self.ty(page, SeenFrom::Api);
        let (bound, length) = (items.bound(), items.length());
        let next = match before {
            Some(_) => quote!(next),
            None => quote!(next: #next),
        };
        quote! {
            #before
            let content: #ty = #content;
            #bound
            Ok(Some(pages::Page {
                #next,
                more: #more,
                length: #length,
                content,
            }))
        }
    }

    /// A member of the page and the names that lead on from it; the page itself, where the member is not declared.
    fn found(self, page: &'a Type, path: &[String]) -> TokenStream {
        if let Some((first, rest)) = path.split_first()
            && let Some(Step { name, .. }) = self.step(page, first)
        {
            return quote!(&content.#name, &[#(#rest),*]);
        }
        quote!(&content, &[#(#path),*])
    }
}

/// The type of a page.
fn page_of<'a>(operation: &'a Operation, pagination: &Pagination) -> Option<&'a Type> {
    let mut responses = operation.responses.iter();
    let response = responses.find(|response| response.status == pagination.status)?;
    match &response.contents.first()?.payload {
        Payload::Json(ty) | Payload::Xml(ty, _) => Some(ty),
        _ => None,
    }
}

/// What takes the page out of the enum of an operation's answers, if there is one.
fn unwrapped(
    (operation, pagination): (&Operation, &Pagination),
    success: &Answer,
    is_boxed: bool,
) -> Option<TokenStream> {
    let first = success.variants.first()?;
    let name = &success.ty;
    let unboxed = is_boxed.then(|| quote!(*));
    let (_, own) = success
        .variants
        .iter()
        .find(|(status, _)| *status == pagination.status)
        .unwrap_or(first);
    let own = own.first()?;
    let answers = operation.answers();
    let widest = operation
        .widest_success
        .and_then(|index| operation.responses.get(index));
    let widest = widest
        .filter(|widest| answers.contains(widest))
        .or_else(|| answers.first().copied());
    // Of a status that nobody described, the body is read as the widest.
    let undeclared = (success.variants.len() > 1 && widest.is_some_and(|widest| widest.status == pagination.status))
        .then(|| quote!(#name::Undeclared(_, content) => #unboxed content,));
    let is_empty = |status| {
        answers
            .iter()
            .any(|it: &&Response| it.status == status && it.contents.is_empty())
    };
    let empty = success.variants.iter().filter(|(status, _)| is_empty(*status));
    let empty: Vec<_> = empty
        .flat_map(|(_, names)| names)
        .map(|variant| quote!(#name::#variant))
        .collect();
    let nothing = (!empty.is_empty()).then(|| quote!(#(#empty)|* => return Ok(None),));
    let declared = success.variants.iter().map(|(_, names)| names.len()).sum::<usize>();
    let has_undeclared = success.variants.len() > 1;
    let is_all = declared == empty.len() + 1 && (!has_undeclared || undeclared.is_some());
    let other =
        (!is_all).then(|| quote!(_ => return Err(DecodeError::of_page("the answer is described, and is no page")),));
    Some(quote! {
        #name::#own(content) => #unboxed content,
        #undeclared
        #nothing
        #other
    })
}

/// What leads to the next page, as data.
fn next(next: &NextPage, operation: &Operation, names: &OperationNames) -> TokenStream {
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
fn sentence(next: &NextPage) -> String {
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

/// The list of the items of `content`.
enum Lent {
    /// It is always there.
    List(TokenStream),
    /// It may be missing: a reference, or nothing.
    Optional(TokenStream),
}

impl Lent {
    fn bound(&self) -> Option<TokenStream> {
        match self {
            Self::List(_) => None,
            Self::Optional(list) => Some(quote!(let items = #list;)),
        }
    }

    fn length(&self) -> TokenStream {
        match self {
            Self::List(list) => quote!(#list.len()),
            Self::Optional(_) => quote!(items.map_or(0, Vec::len)),
        }
    }

    fn last(&self) -> TokenStream {
        match self {
            Self::List(list) => quote!(#list.last()),
            Self::Optional(_) => quote!(items.and_then(|items| items.last())),
        }
    }
}

fn lent(steps: &[Step<'_>]) -> Lent {
    let mut list = Lent::List(quote!(content));
    for Step { field, name } in steps {
        list = Lent::Optional(match (list, kind(field)) {
            (Lent::List(owner), Kind::Plain) => {
                list = Lent::List(quote!(#owner.#name));
                continue;
            }
            (Lent::List(owner), Kind::Option) => quote!(#owner.#name.as_ref()),
            (Lent::List(owner), Kind::Maybe) => quote!(#owner.#name.value()),
            (Lent::Optional(owner), Kind::Plain) => quote!(#owner.map(|it| &it.#name)),
            (Lent::Optional(owner), Kind::Option) => quote!(#owner.and_then(|it| it.#name.as_ref())),
            (Lent::Optional(owner), Kind::Maybe) => quote!(#owner.and_then(|it| it.#name.value())),
        });
    }
    list
}

/// A function that takes the items out of a page.
fn split(steps: &[Step<'_>]) -> TokenStream {
    let [first, rest @ ..] = steps else {
        return quote!(|page| page);
    };
    let name = first.name;
    if let ([], Kind::Plain) = (rest, kind(first.field)) {
        return quote!(|page| page.#name);
    }
    let mut list = match kind(first.field) {
        Kind::Plain => quote!(Some(page.#name)),
        Kind::Option => quote!(page.#name),
        Kind::Maybe => quote!(page.#name.into_value()),
    };
    for Step { field, name } in rest {
        list = match kind(field) {
            Kind::Plain => quote!(#list.map(|it| it.#name)),
            Kind::Option => quote!(#list.and_then(|it| it.#name)),
            Kind::Maybe => quote!(#list.and_then(|it| it.#name.into_value())),
        };
    }
    quote!(|page| #list.unwrap_or_default())
}

/// What stands around the value of a field.
enum Kind {
    Plain,
    Option,
    Maybe,
}

fn kind(field: &Field) -> Kind {
    match (field.presence, matches!(field.ty, Type::Nullable(_))) {
        (Presence::Required, false) => Kind::Plain,
        (Presence::Required, true) | (Presence::Optional, false) => Kind::Option,
        (Presence::Optional, true) => Kind::Maybe,
    }
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}
