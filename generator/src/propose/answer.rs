//! An operation in, what a page of its answers has out: lists, and what tells of other pages.

use serde_json::Value;

use super::words::{self, normal};
use crate::ir::{Docs, Header, Operation, Primitive, Segment, Shape, Struct, Type, Types};

/// How deep pages tell of each other.
const DEPTH: usize = 4;

/// A member with a text, a number or a flag.
pub(super) struct Member<'t> {
    /// The names that lead to it, with dots.
    pub(super) path: String,
    pub(super) normal: String,
    /// What it is in, where that is not the page.
    pub(super) around: Option<String>,
    pub(super) ty: &'t Type,
    pub(super) docs: &'t Docs,
    pub(super) default: Option<&'t Value>,
}

/// Where a page has its items.
pub(super) struct Items<'t> {
    /// The names that lead to the list; nothing where it is the page.
    pub(super) path: String,
    /// Whether it is found without being named.
    pub(super) is_only: bool,
    pub(super) item: &'t Type,
}

/// The first success that can be a page.
pub(super) struct Page<'t> {
    ty: &'t Type,
    pub(super) headers: &'t [Header],
    pub(super) scalars: Vec<Member<'t>>,
}

/// The first success of an operation that is a list, or has one.
pub(super) fn page<'t>(operation: &'t Operation, types: &'t Types) -> Option<Page<'t>> {
    let successes = operation.responses.iter().filter(|it| it.status.is_success());
    let mut pages = successes.filter_map(|response| {
        let ty = response.value()?;
        let has_list = item(ty, types).is_some() || !lists(ty, types, DEPTH).is_empty();
        has_list.then(|| Page {
            ty,
            headers: &response.headers,
            scalars: scalars(ty, types),
        })
    });
    pages.next()
}

impl<'t> Page<'t> {
    /// Where the items are, or why nobody can tell.
    pub(super) fn items(&self, operation: &Operation, types: &'t Types) -> Result<Items<'t>, String> {
        if let Some(item) = item(self.ty, types) {
            return Ok(Items {
                path: String::new(),
                is_only: true,
                item,
            });
        }
        let lists = lists(self.ty, types, DEPTH);
        let at_top = lists.iter().filter(|(path, _)| path.len() == 1).count();
        let is_thing = object(self.ty, types).is_some_and(|page| page.fields.iter().any(|field| field.wire == "id"));
        let last = operation.path.iter().rev().find_map(|segment| match segment {
            Segment::Literal(text) => text.rsplit('/').map(normal).find(|name| !name.is_empty()),
            Segment::Parameter(_) => None,
        });
        let is_listed = |path: &[String]| {
            let name = path.last().map(|name| normal(name)).unwrap_or_default();
            last.as_ref().is_some_and(|last| words::is_related(&name, last))
        };
        let is_of = |path: &[String], is: fn(&str) -> bool| path.last().is_some_and(|name| is(&normal(name)));
        let known = |path: &[String]| is_of(path, words::is_items) || is_listed(path);
        let is_aside = |path: &[String]| is_of(path, words::is_aside) && !is_listed(path);
        // Where there are lists at the top, those further in are part of something else.
        for depth in 1..=DEPTH {
            let here = lists.iter().filter(|(path, _)| path.len() == depth);
            let here: Vec<_> = here.filter(|(path, _)| !is_aside(path)).collect();
            let sure: Vec<_> = here.iter().filter(|(path, _)| known(path)).collect();
            let things: Vec<_> = here.iter().filter(|(_, item)| object(item, types).is_some()).collect();
            let (path, item) = match (sure.as_slice(), things.as_slice(), here.as_slice()) {
                (_, _, []) => continue,
                ([one], _, _) | ([], [one], _) => **one,
                ([], [], [one]) => *one,
                _ => {
                    let names: Vec<String> = here.iter().map(|(path, _)| format!("`{}`", path.join("."))).collect();
                    return Err(format!("a page has several lists: {}", names.join(", ")));
                }
            };
            if is_thing && !known(path) {
                return Err(format!("the list `{}` may be part of one thing", path.join(".")));
            }
            return Ok(Items {
                path: path.join("."),
                is_only: depth == 1 && at_top == 1,
                item,
            });
        }
        Err("the only list tells something about the answer".to_owned())
    }

    /// The member that says whether another page follows.
    pub(super) fn more(&self, types: &Types) -> Option<&Member<'t>> {
        let is_more = |member: &&Member<'t>| member.is_flag(types) && words::is_more(&member.normal);
        let mut flags = self.scalars.iter().filter(is_more);
        let first = flags.next()?;
        flags.next().is_none().then_some(first)
    }
}

impl Member<'_> {
    /// Whether it is said to be a URL.
    pub(super) fn is_url(&self) -> bool {
        let example = self.docs.example.as_ref().and_then(Value::as_str);
        let is_format = |sentence: &String| sentence.starts_with("Format: `ur");
        let words = text(self.docs);
        let mut words = words.split(|char: char| !char.is_ascii_alphanumeric());
        example.is_some_and(|text| text.starts_with("http") || text.starts_with('/'))
            || self.docs.constraints.iter().any(is_format)
            || words.any(|word| matches!(word, "url" | "uri" | "link" | "href" | "hyperlink" | "http" | "https"))
    }

    /// Whether it is said to be of the next page.
    pub(super) fn is_of_next(&self) -> bool {
        const WORDS: [&str; 6] = ["next", "subsequent", "following", "more results", "continue", "resume"];
        let text = text(self.docs);
        WORDS.iter().any(|word| text.contains(word))
    }

    pub(super) fn is_flag(&self, types: &Types) -> bool {
        matches!(types.seen_through(self.ty), Type::Primitive(Primitive::Boolean))
    }
}

/// All that is said of something, in lower case.
pub(super) fn text(docs: &Docs) -> String {
    let texts = docs.summary.iter().chain(&docs.description);
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    texts.join(" ").to_lowercase()
}

/// The members of a page with a scalar: its own, and those of members that tell of pages.
pub(super) fn scalars<'t>(root: &'t Type, types: &'t Types) -> Vec<Member<'t>> {
    let mut found = Vec::new();
    collect(root, types, &mut Vec::new(), &mut found);
    found
}

fn collect<'t>(ty: &'t Type, types: &'t Types, path: &mut Vec<&'t str>, found: &mut Vec<Member<'t>>) {
    let Some(object) = object(ty, types) else { return };
    for field in &object.fields {
        let name = normal(&field.wire);
        path.push(&field.wire);
        if types.is_scalar(&field.ty) {
            found.push(Member {
                path: path.join("."),
                normal: name,
                around: path.len().checked_sub(2).map(|above| normal(path[above])),
                ty: &field.ty,
                docs: &field.docs,
                default: field.default.as_ref(),
            });
        } else if path.len() < DEPTH && (words::is_around(&name) || words::is_wrapper(&name)) {
            collect(&field.ty, types, path, found);
        }
        path.pop();
    }
}

/// The lists of a page, each with the names that lead to it and the type of its items.
fn lists<'t>(root: &'t Type, types: &'t Types, depth: usize) -> Vec<(Vec<String>, &'t Type)> {
    let (Some(object), Some(depth)) = (object(root, types), depth.checked_sub(1)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for field in &object.fields {
        if let Some(item) = item(&field.ty, types) {
            found.push((vec![field.wire.clone()], item));
        } else if words::is_wrapper(&normal(&field.wire)) {
            let inner = lists(&field.ty, types, depth).into_iter();
            found.extend(inner.map(|(path, item)| ([vec![field.wire.clone()], path].concat(), item)));
        }
    }
    found
}

pub(super) fn object<'t>(ty: &Type, types: &'t Types) -> Option<&'t Struct> {
    let Type::Def(id) = types.seen_through(ty) else {
        return None;
    };
    match &types[*id].shape {
        Shape::Struct(object) => Some(object),
        Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => None,
    }
}

fn item<'t>(ty: &'t Type, types: &'t Types) -> Option<&'t Type> {
    match types.seen_through(ty) {
        Type::List(item) => Some(item),
        _ => None,
    }
}
