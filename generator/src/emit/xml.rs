//! How values are written as XML: a table for each object.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Emitter, docs::Text};
use crate::ir::{Payload, XmlKind, XmlNode, XmlObject, XmlObjectId, XmlRootId, XmlShape};
use crate::name;

impl Emitter<'_> {
    /// `xml.rs`.
    pub(super) fn xml(self) -> TokenStream {
        let docs = Text::ours("How values are written as XML: what each member of an object becomes.").inner();
        let used = self.roots_in_xml();
        let objects = self.objects_in_xml(&used);
        let tables = objects
            .into_iter()
            .map(|id| self.xml_table(id, &self.api.xml.objects[id.0]));
        let roots = used.into_iter().map(|id| {
            let name = constant(&self.names.xml_roots[id.0]);
            let node = self.xml_node(&self.api.xml.roots[id.0]);
            quote!(pub(crate) static #name: Node = #node;)
        });
        quote! {
            #docs
            #[allow(unused_imports, reason = "a document may need few of them")]
            use crate::runtime::xml::node::{Kind, List, Member, Node, Object, Shape};

            #(#roots)*
            #(#tables)*
        }
    }

    /// The element that a body is, as an expression.
    pub(super) fn xml_root(self, root: XmlRootId) -> TokenStream {
        let name = constant(&self.names.xml_roots[root.0]);
        quote!(&xml::#name)
    }

    /// The elements that bodies are.
    fn roots_in_xml(self) -> BTreeSet<XmlRootId> {
        let operations = self.api.operations.iter();
        let contents = operations.flat_map(|operation| {
            let sent = operation.body.iter().flat_map(|body| &body.contents);
            sent.chain(operation.responses.iter().flat_map(|response| &response.contents))
        });
        let roots = contents.filter_map(|content| match &content.payload {
            Payload::Xml(_, root) => Some(*root),
            _ => None,
        });
        roots.collect()
    }

    /// The objects in them.
    fn objects_in_xml(self, roots: &BTreeSet<XmlRootId>) -> BTreeSet<XmlObjectId> {
        let roots = roots.iter().flat_map(|root| self.api.xml.roots[root.0].shape.objects());
        let mut pending: Vec<XmlObjectId> = roots.collect();
        let mut used = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if used.insert(id) {
                pending.extend(self.api.xml.objects[id.0].objects());
            }
        }
        used
    }

    fn xml_table(self, id: XmlObjectId, object: &XmlObject) -> TokenStream {
        let name = self.xml_name(id);
        let members = object.members.iter().map(|member| {
            let key = &member.key;
            let node = self.xml_node(&member.node);
            if member.required {
                quote!(Member::required(#key, #node))
            } else {
                quote!(Member::optional(#key, #node))
            }
        });
        let rest = self.xml_shape(&object.rest);
        let text = self.xml_shape(&object.text);
        quote! {
            static #name: Object = Object {
                members: &[#(#members),*],
                rest: #rest,
                text: #text,
            };
        }
    }

    fn xml_name(self, id: XmlObjectId) -> Ident {
        constant(&self.names.xml[id.0])
    }

    fn xml_node(self, node: &XmlNode) -> TokenStream {
        let name = &node.name;
        let shape = self.xml_shape(&node.shape);
        let kind = match node.kind {
            XmlKind::Element => None,
            XmlKind::Attribute => Some(quote!(Attribute)),
            XmlKind::Text => Some(quote!(Text)),
            XmlKind::CData => Some(quote!(CData)),
            XmlKind::None => Some(quote!(None)),
        };
        let made = match kind {
            None => quote!(Node::element(#name, #shape)),
            Some(kind) => quote!(Node::new(Kind::#kind, #name, #shape)),
        };
        let within = node.namespace.as_ref().map(|namespace| quote!(.within(#namespace)));
        let prefixed = node.prefix.as_ref().map(|prefix| quote!(.prefixed(#prefix)));
        quote!(#made #within #prefixed)
    }

    fn xml_shape(self, shape: &XmlShape) -> TokenStream {
        match shape {
            XmlShape::Text => quote!(Shape::Text),
            XmlShape::Word => quote!(Shape::Word),
            XmlShape::Number => quote!(Shape::Number),
            XmlShape::Boolean => quote!(Shape::Boolean),
            XmlShape::Guess => quote!(Shape::Guess),
            XmlShape::Any => quote!(Shape::Any),
            XmlShape::Object(id) => {
                let table = self.xml_name(*id);
                quote!(Shape::Object(&#table))
            }
            XmlShape::List(positions, rest) => {
                let positions = positions.iter().map(|node| self.xml_node(node));
                let rest = self.xml_node(rest);
                quote!(Shape::List(&List { positions: &[#(#positions),*], rest: #rest }))
            }
        }
    }
}

fn constant(name: &name::Ident) -> Ident {
    Ident::new(&name.to_constant(), Span::call_site())
}
