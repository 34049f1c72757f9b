//! A member and its type in, the examples out that the type would not read: what the server sends may be like them.

use super::{context::Lowering, keywords::Node, object::Member};
use crate::{
    diagnostics::Code,
    ir::{Primitive, Type, TypeId, written},
};

impl Lowering<'_> {
    /// Reports examples of the member `name` of `id` that its type does not read, the first of each schema.
    pub(super) fn note_unreadable(&mut self, ty: &Type, name: &str, member: &Member<'_>, id: TypeId) {
        let ty = match ty {
            Type::Nullable(inner) => inner,
            _ => ty,
        };
        let Type::Primitive(primitive) = ty else { return };
        for occurrence in &member.occurrences {
            let Node::Schema(keywords) = occurrence.node else {
                continue;
            };
            let own = keywords.get("example").into_iter();
            let own = own.map(|example| (example, occurrence.pointer.child("example")));
            let list = occurrence.pointer.child("examples");
            let listed = keywords.list("examples").iter().enumerate();
            let unread = own
                .chain(listed.map(|(index, example)| (example, list.item(index))))
                .find_map(|(example, place)| {
                    let text = example.as_str().filter(|text| !written::is_written(text, primitive))?;
                    Some((text, place))
                });
            let Some((text, place)) = unread else { continue };
            let is = |other| written::is_written(text, &other);
            let (why, other) = match primitive {
                Primitive::DateTime if is(Primitive::LocalDateTime) => ("has no offset", "date-time-local"),
                Primitive::LocalDateTime if is(Primitive::DateTime) => ("has an offset", "date-time"),
                _ => ("is not written so", "string"),
            };
            let format = keywords
                .format()
                .map(|format| format!("the format is `{format}`, but "));
            let format = format.unwrap_or_default();
            let message = format!("{format}the example {why}; a value like it that comes is an error");
            let key = self.types[id].member_key(name);
            let hint = format!("where the values are like it, set `fields.{key:?}.format = {other:?}`");
            self.report_with_hint(Code::UnreadableExample, &place, message, hint);
        }
    }
}
