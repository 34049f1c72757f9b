//! Pages of an operation: the methods of its call that give them and their items, and how an answer is read as a page.

mod next;
mod steps;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use self::{
    next::{next, sentence},
    steps::{Step, lent, split},
};
use super::{Emitter, docs::Text, manifest::text, object::without_null, response::Answer, types::SeenFrom};
use crate::{
    ir::{NextPage, Operation, PageMark, Pagination, Response, Type},
    name::OperationNames,
};

/// What the pages of an operation are made of.
pub(super) struct Paged {
    /// The methods of the call.
    pub(super) methods: TokenStream,
    /// What the operation's documentation says of them.
    pub(super) docs: Text,
}

/// What the description says of pages, with its types.
struct Described<'a> {
    pagination: &'a Pagination,
    page: &'a Type,
    /// The members that lead to the items.
    steps: Vec<Step<'a>>,
    item: &'a Type,
}

impl<'a> Emitter<'a> {
    /// The pages, where there are any.
    pub(super) fn pages(
        self,
        operation: &'a Operation,
        names: &'a OperationNames,
        (success, error): (&Answer, &Answer),
    ) -> Option<Paged> {
        let own = names.call.pages.as_ref()?;
        let Described {
            pagination,
            page,
            steps,
            item,
        } = self.described_pages(operation)?;
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
    pub(super) fn page_texts(self, operation: &'a Operation, names: &OperationNames) -> IndexMap<String, String> {
        let shown = |ty: &Type| text(&self.ty(ty, SeenFrom::Api));
        let pages = names.call.pages.as_ref().zip(self.described_pages(operation));
        let texts = pages.map(|(own, Described { page, item, .. })| {
            [
                (own.pages.to_string(), shown(page)),
                (own.items.to_string(), shown(item)),
            ]
        });
        texts.into_iter().flatten().collect()
    }

    fn described_pages(self, operation: &'a Operation) -> Option<Described<'a>> {
        let pagination = operation.pagination.as_ref()?;
        let mut responses = operation.responses.iter();
        let response = responses.find(|response| response.status == pagination.status)?;
        let page = response.value()?;
        let steps = self.steps(page, &pagination.items)?;
        let item = self.item_of(steps.last().map_or(page, |step| &step.field.ty))?;
        Some(Described {
            pagination,
            page,
            steps,
            item,
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
                    before = Some(quote!(let next = pages::Cursor::in_header(&response, #name)?;));
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
        // Found before the answer was read, it has the name already.
        let next = if before.is_some() { next } else { quote!(next: #next) };
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
    let has_undeclared = success.variants.len() > 1;
    let widest = operation.widest_answer();
    // Of a status that nobody described, the body is read as the widest.
    let undeclared = (has_undeclared && widest.is_some_and(|widest| widest.status == pagination.status))
        .then(|| quote!(| #name::Undeclared(_, content)));
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
    let is_all = declared == empty.len() + 1 && (!has_undeclared || undeclared.is_some());
    let other =
        (!is_all).then(|| quote!(_ => return Err(DecodeError::of_page("the answer is described, and is no page")),));
    Some(quote! {
        #name::#own(content) #undeclared => #unboxed content,
        #nothing
        #other
    })
}
