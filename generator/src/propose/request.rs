//! An operation in, what a caller can say of pages out.

use super::{
    answer::{self, Member},
    words::{self, Role, normal},
};
use crate::ir::{Docs, Location, Method, Operation, Payload, Primitive, Type, Types};

/// A parameter, or a member of the body, by which a page is asked for.
pub(super) struct Asked {
    /// Its name, or the names that lead to it.
    pub(super) path: String,
    pub(super) normal: String,
    pub(super) role: Role,
    /// What a rule calls its place: `parameter` or `body`.
    pub(super) place: &'static str,
    /// What the document has it begin with: its default, its least value, a sentence.
    pub(super) first: Option<u64>,
    /// Its default, where that is a number.
    pub(super) default: Option<u64>,
    /// All that is said of it, in lower case.
    pub(super) text: String,
}

/// All of an operation's.
pub(super) fn of(operation: &Operation, types: &Types) -> Vec<Asked> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|it| it.location == Location::Query && it.constant.is_none());
    let in_query = parameters.filter_map(|it| {
        let default = it.default.as_ref().and_then(number);
        asked(&it.wire, &it.ty, &it.docs, ("parameter", default), types)
    });
    // Of what is in both, a body that is sent anyway is the one that is read.
    let members = body(operation).map(|body| answer::scalars(body, types));
    let in_body = members.iter().flatten().filter_map(|member| in_body(member, types));
    in_body.chain(in_query).collect()
}

/// Whether it reads, as far as its method or its name tells.
pub(super) fn is_search(operation: &Operation) -> bool {
    const WORDS: [&str; 5] = ["search", "query", "list", "find", "filter"];
    match operation.method {
        Method::Get | Method::Query => true,
        Method::Post => {
            let end = operation.template.rsplit('/').next().unwrap_or_default();
            let names = [end, operation.id.as_deref().unwrap_or_default()].map(normal);
            WORDS.iter().any(|word| names.iter().any(|name| name.contains(word)))
        }
        _ => false,
    }
}

/// The only body, if it is JSON.
fn body(operation: &Operation) -> Option<&Type> {
    match operation.body.as_ref()?.contents.as_slice() {
        [content] => match &content.payload {
            Payload::Json(ty) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

fn in_body(member: &Member<'_>, types: &Types) -> Option<Asked> {
    let default = member.default.and_then(number);
    let mut asked = asked(&member.path, member.ty, member.docs, ("body", default), types)?;
    // `page.after` is called by what is in it.
    if let Some(around) = &member.around
        && words::role(&member.normal).is_none()
    {
        asked.normal = format!("{around}{}", member.normal);
    }
    Some(asked)
}

fn asked(
    path: &str,
    ty: &Type,
    docs: &Docs,
    (place, default): (&'static str, Option<u64>),
    types: &Types,
) -> Option<Asked> {
    let is_flag = matches!(types.seen_through(ty), Type::Primitive(Primitive::Boolean));
    if is_flag || !types.is_scalar(ty) {
        return None;
    }
    let whole = normal(path);
    let end = normal(path.rsplit('.').next().unwrap_or_default());
    // A member is called by what is around it too; a parameter that filters has such names.
    let normal = if place == "body" && words::role(&end).is_some() {
        end
    } else {
        whole
    };
    let text = answer::text(docs);
    let role = match words::role(&normal)? {
        // What is called a page and is no number may be any text; what is called a start, any time.
        Role::Number | Role::Offset if !is_number(ty, types) && default.is_none() => match normal.as_str() {
            "page" | "offset" => Role::Cursor,
            _ => return None,
        },
        role => role,
    };
    let least = docs.constraints.iter().find_map(|sentence| {
        let least = sentence.strip_prefix("At least ")?.strip_suffix('.')?;
        // That a page is no less than 0 is said of every unsigned number.
        let says_first = |least: &u64| *least == 1 || *least == 0 && role == Role::Offset;
        least.parse().ok().filter(says_first)
    });
    Some(Asked {
        path: path.to_owned(),
        normal,
        role,
        place,
        first: default.or_else(|| words::first_in(&text)).or(least),
        default,
        text,
    })
}

fn is_number(ty: &Type, types: &Types) -> bool {
    let ty = types.seen_through(ty);
    matches!(
        ty,
        Type::Primitive(
            Primitive::Int32
                | Primitive::Int64
                | Primitive::UInt32
                | Primitive::UInt64
                | Primitive::Float
                | Primitive::Double
        )
    )
}

fn number(value: &serde_json::Value) -> Option<u64> {
    match value {
        serde_json::Value::String(text) => text.parse().ok(),
        serde_json::Value::Number(number) => number.to_string().trim_end_matches(".0").parse().ok(),
        _ => None,
    }
}
