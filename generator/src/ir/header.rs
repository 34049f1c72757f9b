//! The headers of each answer of an operation in, those of all of its answers out.

use super::{Delimiter, Docs, Primitive, Response, Status, Type, describe};

/// A declared header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The name on the wire.
    pub wire: String,
    /// The type of its value.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// What stands between the elements of a list, and of the lists in it; empty where it is commas.
    pub delimiters: Vec<Delimiter>,
    /// Its documentation.
    pub docs: Docs,
}

/// The headers of all of `responses`, each once and as all of them describe it.
pub(super) fn of_all(responses: &[Response]) -> Vec<Header> {
    let mut names: Vec<&str> = Vec::new();
    for header in responses.iter().flat_map(|response| &response.headers) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(&header.wire)) {
            names.push(&header.wire);
        }
    }
    names.into_iter().filter_map(|name| of_name(name, responses)).collect()
}

/// The header `name`. What only some of the answers say of it is in its documentation.
fn of_name(name: &str, responses: &[Response]) -> Option<Header> {
    let mut described: Vec<(Status, &Header)> = responses
        .iter()
        .flat_map(|response| response.headers.iter().map(|header| (response.status, header)))
        .filter(|(_, header)| header.wire.eq_ignore_ascii_case(name))
        .collect();
    // Whatever order the document has.
    described.sort_by(|(one, left), (other, right)| (one, &left.wire).cmp(&(other, &right.wire)));
    let ((_, first), others) = described.split_first()?;
    let mut header = (*first).clone();
    if described.len() < responses.len() {
        let statuses: Vec<String> = described.iter().map(|(status, _)| format!("`{status}`")).collect();
        let plural = if statuses.len() == 1 { "" } else { "es" };
        let sentence = format!("Of the status{plural} {}.", statuses.join(", "));
        header.docs.constraints.push(sentence);
    }
    for (status, other) in others {
        let news = other.docs.constraints.iter();
        let news = news.filter(|sentence| !first.docs.constraints.contains(sentence));
        let news: Vec<String> = news.map(|sentence| format!("With `{status}`: {sentence}")).collect();
        header.docs.constraints.extend(news);
        header.docs.deprecated |= other.docs.deprecated;
    }
    let is_one = |other: &Header| other.ty == first.ty && other.delimiters == first.delimiters;
    if !others.iter().all(|(_, other)| is_one(other)) {
        header.ty = Type::Primitive(Primitive::String);
        header.delimiters.clear();
        let types = described
            .iter()
            .map(|(status, header)| format!("{} with `{status}`", word(&header.ty)));
        let types = types.collect::<Vec<_>>().join(", ");
        header
            .docs
            .constraints
            .push(format!("Its text, since answers have it of several types: {types}."));
    }
    Some(header)
}

/// What a value of a type is called.
fn word(ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => describe::primitive(primitive),
        Type::Nullable(inner) => word(inner),
        Type::List(_) | Type::Tuple(_) => "list".to_owned(),
        Type::Map(_) | Type::Def(_) | Type::Constant(_) | Type::Any => "value".to_owned(),
    }
}
