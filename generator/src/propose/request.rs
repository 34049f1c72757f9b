//! An operation in, what a caller can say of pages out.

use serde_json::Value;

use super::{
    answer::{self, Member},
    told::{self, First},
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
    /// Why nobody can tell what it counts, or from where, whatever others of its name do.
    pub(super) doubt: Option<String>,
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
        let default = it.default.as_ref();
        asked(&it.wire, &it.ty, &it.docs, ("parameter", default), types)
    });
    // Of what is in both, a body that is sent anyway is the one that is read.
    let members = body(operation).map(|body| answer::scalars(body, types));
    let in_body = members.iter().flatten().filter_map(|member| in_body(member, types));
    let mut all: Vec<Asked> = in_body.chain(in_query).collect();
    let names = operation.parameters.iter().map(|it| normal(&it.wire));
    let names: Vec<String> = names
        .chain(members.iter().flatten().map(|it| it.normal.clone()))
        .collect();
    for asked in all
        .iter_mut()
        .filter(|it| it.role == Role::Offset && it.doubt.is_none())
    {
        if words::is_range(&asked.normal, &names) {
            asked.doubt = Some(no_count(&asked.path));
        }
    }
    all
}

fn no_count(path: &str) -> String {
    format!("whether `{path}` counts items or is a time is not said")
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
    let mut asked = asked(&member.path, member.ty, member.docs, ("body", member.default), types)?;
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
    (place, given): (&'static str, Option<&Value>),
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
    let default = given.and_then(number);
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
        least.parse::<u64>().ok()
    });
    // That a page is no less than 0 is said of every unsigned number.
    let says_first = |least: &u64| *least == 1 || *least == 0 && role == Role::Offset;
    let said = told::first(&text);
    let told = match said {
        First::Is(first) => Some(first),
        First::Unsaid | First::Unclear => None,
    };
    let first = default.or(told).or(least.filter(says_first));
    let is_time =
        role == Role::Offset && (told::is_of_time(&text) || docs.constraints.iter().any(|sentence| is_time(sentence)));
    let contradicts =
        |first: u64| told.is_some_and(|told| told != first) || least.is_some_and(|least| least == 1 && first == 0);
    let doubt = if is_time {
        Some(no_count(path))
    } else if given.is_some_and(|given| !given.is_null() && default.is_none()) {
        let given = given.map(ToString::to_string).unwrap_or_default();
        Some(format!("`{path}` is {given} by default, which is no first page"))
    } else if first.is_some_and(contradicts) || said == First::Unclear && default.is_none() {
        Some(format!("what is said of the first `{path}` contradicts itself"))
    } else if role == Role::Number && first.is_none() && least == Some(0) {
        Some(format!(
            "whether the first `{path}` is 0 or 1 is not said: both are allowed"
        ))
    } else {
        None
    };
    Some(Asked {
        path: path.to_owned(),
        normal,
        role,
        place,
        first,
        doubt,
        default,
        text,
    })
}

/// Whether a sentence says that something is written as a time.
fn is_time(sentence: &str) -> bool {
    sentence.starts_with("Format: `") && (told::is_of_time(sentence) || sentence.contains("time"))
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

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().trim_end_matches(".0").parse().ok(),
        _ => None,
    }
}
