//! When something is there in, the condition that stands before it in the code out.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use super::Emitter;
use crate::{
    gate::{Gate, Root},
    name::{Group, Model, WEBHOOKS},
};

impl<'a> Emitter<'a> {
    /// The Cargo feature that `root` stands behind.
    fn feature(self, root: Root) -> &'a str {
        match root {
            Root::Group(index) => &self.names.groups[index].feature,
            Root::Webhooks => WEBHOOKS,
        }
    }

    /// All features that something may stand behind, in the order of their names.
    pub(super) fn features(self) -> BTreeSet<&'a str> {
        self.gates.roots().iter().map(|root| self.feature(*root)).collect()
    }

    /// What is said of each of them where they are listed.
    pub(super) fn comments(self) -> IndexMap<String, String> {
        let comment = |root: &Root| {
            let about = match root {
                Root::Group(index) => {
                    let group = &self.names.groups[*index];
                    let what = if group.is_call {
                        "The operation"
                    } else {
                        "The operations of"
                    };
                    format!("{what} `client.{}()`.", group.accessor)
                }
                Root::Webhooks => "What the API sends by itself: the module `webhooks`.".to_owned(),
            };
            (self.feature(*root).to_owned(), about)
        };
        self.gates.roots().iter().map(comment).collect()
    }

    /// The feature of a group, where it stands behind one.
    pub(super) fn feature_of(self, group: &'a Group) -> Option<&'a str> {
        (!self.gates.roots().is_empty()).then_some(group.feature.as_str())
    }

    /// What stands before something, if it may not be there.
    pub(super) fn when(self, gate: &Gate) -> Option<TokenStream> {
        let condition = self.condition(gate)?;
        Some(quote!(#[cfg(#condition)]))
    }

    /// What stands before all that is there with a group.
    pub(super) fn when_group(self, group: &'a Group) -> Option<TokenStream> {
        let feature = self.feature_of(group)?;
        Some(quote!(#[cfg(feature = #feature)]))
    }

    /// What stands before all that is there with what the server sends.
    pub(super) fn when_webhooks(self) -> Option<TokenStream> {
        self.when(&self.gates.with(Root::Webhooks))
    }

    /// When a file of `models` is there: with anything in it.
    pub(super) fn file_gate(self, model: &Model) -> Gate {
        Gate::any(model.types.iter().map(|id| self.gates.of(*id)))
    }

    /// What stands before a part of something that is there when `whole` is.
    pub(super) fn when_within(self, gate: &Gate, whole: &Gate) -> Option<TokenStream> {
        if gate == whole { None } else { self.when(gate) }
    }

    fn condition(self, gate: &Gate) -> Option<TokenStream> {
        match gate {
            Gate::Always => None,
            Gate::Any(roots) => condition(&roots.iter().map(|root| self.feature(*root)).collect()),
        }
    }
}

fn condition(features: &BTreeSet<&str>) -> Option<TokenStream> {
    match features.first() {
        None => None,
        Some(feature) if features.len() == 1 => Some(quote!(feature = #feature)),
        Some(_) => {
            let features = features.iter();
            Some(quote!(any(#(feature = #features),*)))
        }
    }
}

/// Each of the items `code` with `condition` before it, behind its documentation.
pub(super) fn each_when(condition: Option<&TokenStream>, code: TokenStream) -> TokenStream {
    let Some(condition) = condition else {
        return code;
    };
    let mut items = TokenStream::new();
    let mut tokens = code.into_iter().peekable();
    while tokens.peek().is_some() {
        let mut is_before = true;
        // What a value is may stand in braces, and is not the end.
        let mut has_value = false;
        while let Some(token) = tokens.next() {
            if is_before && is_hash(&token) {
                let attribute: TokenStream = [Some(token), tokens.next()].into_iter().flatten().collect();
                is_before = is_docs(&attribute);
                if !is_before {
                    items.extend(condition.clone());
                }
                items.extend(attribute);
                continue;
            }
            if is_before {
                items.extend(condition.clone());
                is_before = false;
            }
            has_value |= matches!(&token, TokenTree::Punct(sign) if sign.as_char() == '=');
            let is_end = match &token {
                TokenTree::Punct(sign) => sign.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !has_value,
                TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            };
            items.extend([token]);
            if is_end {
                break;
            }
        }
    }
    items
}

fn is_hash(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(sign) if sign.as_char() == '#')
}

/// Whether an attribute is a line of documentation.
fn is_docs(attribute: &TokenStream) -> bool {
    let Some(TokenTree::Group(inside)) = attribute.clone().into_iter().nth(1) else {
        return false;
    };
    matches!(inside.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::each_when;

    #[test]
    fn every_item_has_the_condition_behind_its_documentation() {
        let condition = quote!(#[cfg(feature = "pets")]);
        let code = quote! {
            /// A pet.
            #[derive(Debug)]
            pub struct Pet {
                /// Its name.
                pub name: String,
            }
            pub struct Names(Vec<String>);
            impl From<Pet> for Names {
                fn from(pet: Pet) -> Self { Self(vec![pet.name]) }
            }
            model! { Pet { name } }
            static NONE: Pet = Pet { name: String::new() };
            /// Another name.
            pub type Dog = Pet;
        };
        insta::assert_snapshot!(each_when(Some(&condition), code.clone()).to_string().replace("# [cfg", "\n# [cfg"), @r#"
        # [doc = r" A pet."] 
        # [cfg (feature = "pets")] # [derive (Debug)] pub struct Pet { # [doc = r" Its name."] pub name : String , } 
        # [cfg (feature = "pets")] pub struct Names (Vec < String >) ; 
        # [cfg (feature = "pets")] impl From < Pet > for Names { fn from (pet : Pet) -> Self { Self (vec ! [pet . name]) } } 
        # [cfg (feature = "pets")] model ! { Pet { name } } 
        # [cfg (feature = "pets")] static NONE : Pet = Pet { name : String :: new () } ; # [doc = r" Another name."] 
        # [cfg (feature = "pets")] pub type Dog = Pet ;
        "#);
        assert_eq!(each_when(None, code.clone()).to_string(), code.to_string());
    }
}
