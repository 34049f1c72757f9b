//! A parameter's schema and style in, a note for each cell of the specification's table that is empty out.

use super::{
    context::Lowering,
    keywords::{JsonType, Node},
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Style},
};

/// What the columns of the table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primitive,
    List,
    Object,
}

impl<'d> Lowering<'d> {
    /// Says how a parameter is sent where the specification does not. `explode` is what the document itself says.
    pub(super) fn note_style(
        &mut self,
        name: &str,
        style: Style,
        explode: Option<bool>,
        node: Node<'d>,
        pointer: &Pointer,
    ) {
        let Some(kind) = self.kind(node) else {
            return;
        };
        let style_place = pointer.child("style");
        let delimited = match style {
            Style::SpaceDelimited => Some("spaceDelimited"),
            Style::PipeDelimited => Some("pipeDelimited"),
            Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::DeepObject => None,
        };
        match (style, delimited, kind) {
            (Style::DeepObject, _, Kind::List) => {
                let message = format!("`deepObject` is for objects; a list is sent as `{name}[0]=…&{name}[1]=…`");
                self.report(Code::UndefinedStyle, &style_place, message);
            }
            (Style::DeepObject, _, Kind::Primitive) => {
                let message = format!("`deepObject` is for objects; the value is sent as `{name}=…`");
                self.report(Code::UndefinedStyle, &style_place, message);
            }
            (_, Some(style), Kind::Primitive) => {
                let message = format!("`{style}` is for lists and objects; the value is sent as `{name}=…`");
                self.report(Code::UndefinedStyle, &style_place, message);
            }
            _ => {}
        }
        let explode_place = pointer.child("explode");
        match (style, delimited, explode) {
            (Style::DeepObject, _, Some(false)) => {
                let message = "`deepObject` is always exploded";
                self.report(Code::UndefinedStyle, &explode_place, message);
            }
            (_, Some(style), Some(true)) => {
                let message = format!("an exploded `{style}` is sent as an exploded `form` is");
                self.report(Code::UndefinedStyle, &explode_place, message);
            }
            _ => {}
        }
        if style != Style::DeepObject && self.is_nested(node) {
            let message = format!("a list or an object inside the value of `{name}` is sent as JSON");
            self.report(Code::UndefinedStyle, &pointer.child("schema"), message);
        }
    }

    /// Which column a schema is in; none where it leaves that open.
    fn kind(&mut self, node: Node<'d>) -> Option<Kind> {
        let keywords = self.end_of(node)?;
        match keywords.ty() {
            Some(JsonType::Boolean | JsonType::Integer | JsonType::Number | JsonType::String) => Some(Kind::Primitive),
            Some(JsonType::Array) => Some(Kind::List),
            Some(JsonType::Object) => Some(Kind::Object),
            Some(JsonType::Null | JsonType::Other(_)) => None,
            None if !keywords.says_nothing_of_a_list() => Some(Kind::List),
            None => keywords.types_members().then_some(Kind::Object),
        }
    }

    /// Whether an item of a list or a member of an object is a list or an object itself.
    fn is_nested(&mut self, node: Node<'d>) -> bool {
        let Some(keywords) = self.end_of(node) else {
            return false;
        };
        let members = keywords.properties().map(|(_, node)| node);
        let positions = keywords.prefix_items().iter().filter_map(Node::of);
        let mut inner = members.chain(keywords.items()).chain(positions);
        inner.any(|node| matches!(self.kind(node), Some(Kind::List | Kind::Object)))
    }
}
