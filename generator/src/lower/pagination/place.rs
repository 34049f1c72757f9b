//! A name or a dotted path and a type in, the names that lead to the member out.

use crate::ir::{Primitive, Shape, Type, Types};

pub(super) struct Places<'t> {
    types: &'t Types,
}

impl<'t> Places<'t> {
    pub(super) fn new(types: &'t Types) -> Self {
        Self { types }
    }

    /// A list among the declared members, and the type of its items.
    pub(super) fn list(&self, page: &'t Type, path: &str) -> Option<(Vec<String>, &'t Type)> {
        let (names, ty) = self.member(self.never_null(page)?, path, false)?;
        Some((names, self.item(ty?)?))
    }

    /// The page itself, or the only list among its members.
    pub(super) fn only_list(&self, page: &'t Type) -> Option<(Vec<String>, &'t Type)> {
        let page = self.never_null(page)?;
        if let Some(item) = self.item(page) {
            return Some((Vec::new(), item));
        }
        let Type::Def(id) = page else {
            return None;
        };
        let Shape::Struct(object) = &self.types[*id].shape else {
            return None;
        };
        let mut lists = object
            .fields
            .iter()
            .filter_map(|field| Some((vec![field.wire.clone()], self.item(&field.ty)?)));
        let only = lists.next()?;
        lists.next().is_none().then_some(only)
    }

    /// A text or a number, which may be behind members that nobody declared.
    pub(super) fn scalar(&self, root: &'t Type, path: &str) -> Option<Vec<String>> {
        let (names, ty) = self.member(root, path, true)?;
        let fits = ty.is_none_or(|ty| match self.types.seen_through(ty) {
            Type::Any | Type::Constant(_) => true,
            Type::Primitive(primitive) => !matches!(primitive, Primitive::Boolean | Primitive::Binary),
            Type::Def(id) => matches!(self.types[*id].shape, Shape::Enum(_) | Shape::Union(_)),
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Nullable(_) => false,
        });
        fits.then_some(names)
    }

    /// A boolean.
    pub(super) fn flag(&self, root: &'t Type, path: &str) -> Option<Vec<String>> {
        let (names, ty) = self.member(root, path, true)?;
        let fits = ty.is_none_or(|ty| match self.types.seen_through(ty) {
            Type::Any => true,
            ty => matches!(ty, Type::Primitive(Primitive::Boolean)),
        });
        fits.then_some(names)
    }

    /// A member that is called `path`, or is at the end of it. No type is known of what is `open`.
    fn member(&self, root: &'t Type, path: &str, open: bool) -> Option<(Vec<String>, Option<&'t Type>)> {
        let open_at = |names: &str| Some((names.split('.').map(str::to_owned).collect(), None));
        match self.types.seen_through(root) {
            Type::Any if open => open_at(path),
            Type::Map(value) if open => match path.split_once('.') {
                None => Some((vec![path.to_owned()], Some(value))),
                Some((name, rest)) => self.behind(name, value, rest, open),
            },
            Type::Def(id) => {
                let Shape::Struct(object) = &self.types[*id].shape else {
                    return None;
                };
                let named = |name: &str| object.fields.iter().find(|field| field.wire == name);
                // A name may have dots.
                if let Some(field) = named(path) {
                    return Some((vec![path.to_owned()], Some(&field.ty)));
                }
                let dots = path.char_indices().filter(|(_, char)| *char == '.');
                dots.rev().find_map(|(at, _)| {
                    let field = named(&path[..at])?;
                    self.behind(&field.wire, &field.ty, &path[at + 1..], open)
                })
            }
            Type::Any
            | Type::Map(_)
            | Type::Primitive(_)
            | Type::Constant(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Nullable(_) => None,
        }
    }

    /// The type of a member whose own type is `ty`. Where values are taken out, `null` stands in the member only.
    fn inner(&self, ty: &'t Type, open: bool) -> Option<&'t Type> {
        if open {
            Some(ty)
        } else {
            self.never_null(without_null(ty))
        }
    }

    fn behind(&self, name: &str, ty: &'t Type, rest: &str, open: bool) -> Option<(Vec<String>, Option<&'t Type>)> {
        let (mut names, ty) = self.member(self.inner(ty, open)?, rest, open)?;
        names.insert(0, name.to_owned());
        Some((names, ty))
    }

    fn item(&self, ty: &'t Type) -> Option<&'t Type> {
        match self.never_null(without_null(ty))? {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// The type behind aliases, unless one of them may be `null`: what may be nothing at all is no page.
    fn never_null(&self, ty: &'t Type) -> Option<&'t Type> {
        let ty = self.types.past_aliases(ty)?;
        (!matches!(ty, Type::Nullable(_))).then_some(ty)
    }
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}
