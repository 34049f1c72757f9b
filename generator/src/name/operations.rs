//! Groups in, the names of their operations and of all that belongs to these out.

use indexmap::IndexMap;

use super::{
    ContentNames, EventsNames, FieldNames, Group, OperationNames, ParameterNames,
    ident::{Ident, Name, TypeName},
    members::kind as kind_of_value,
    method,
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    Config,
    ir::{Api, Content, Event, EventData, Operation, Origin, Payload, Status, Type},
};

/// The names of every operation, in their order.
pub(super) fn operations(
    api: &Api,
    config: &Config,
    groups: &[Group],
    group_words: &[Vec<String>],
) -> Vec<OperationNames> {
    let mut named: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    for (index, (group, group_words)) in groups.iter().zip(group_words).enumerate() {
        let members: Vec<&Operation> = group.operations.iter().map(|id| &api.operations[id.0]).collect();
        let wishes: Vec<Wish> = members
            .iter()
            .map(|operation| {
                let text = format!("{} {}", operation.method.as_str(), operation.template);
                let mut keys = operation.keys().into_iter();
                let chosen = keys.find_map(|key| config.rename.operations.get(&key));
                Wish::words(text, method::names(operation, group_words)).unless(chosen)
            })
            .collect();
        let methods: Vec<Ident> = Scope::default().settle(&wishes, Namespace::Method);
        let mut scope = Scope::default();
        scope.take(group.handle.as_str());
        let mut types = |suffix: &str| -> Vec<TypeName> {
            let wishes: Vec<Wish> = methods
                .iter()
                .map(|method| {
                    let best = [words(method.as_str()), words(suffix)].concat();
                    Wish::words(format!("{} {suffix}", method.as_str()), vec![best])
                })
                .collect();
            scope.settle(&wishes, Namespace::Api)
        };
        let responses = types("response");
        let errors = types("error");
        let bodies = types("body");
        let builders = types("");
        let headers = types("headers");
        let mut events: Vec<IndexMap<Status, EventsNames>> = members
            .iter()
            .zip(&methods)
            .map(|(operation, method)| events(api, operation, method, &mut scope))
            .collect();
        let mut contents: Vec<Vec<ContentNames>> = members
            .iter()
            .zip(&methods)
            .map(|(operation, method)| contents(operation, method, &mut scope))
            .collect();
        let mut constants = Scope::default();
        for method in &methods {
            constants.take(&method.to_constant());
        }
        for (place, id) in group.operations.iter().enumerate() {
            named[id.0] = Some(OperationNames {
                group: index,
                method: methods[place].clone(),
                response: responses[place].clone(),
                error: errors[place].clone(),
                body: bodies[place].clone(),
                builder: builders[place].clone(),
                contents: std::mem::take(&mut contents[place]),
                events: std::mem::take(&mut events[place]),
                headers: headers[place].clone(),
                header_fields: header_fields(members[place]),
                parameters: parameters(config, members[place], &methods[place], &mut constants),
            });
        }
    }
    named.into_iter().flatten().collect()
}

/// The names of the enums of events.
fn events(api: &Api, operation: &Operation, method: &Ident, scope: &mut Scope) -> IndexMap<Status, EventsNames> {
    let streams: Vec<(Status, &[Event])> = operation
        .responses
        .iter()
        .filter_map(|response| match &response.content.as_ref()?.payload {
            Payload::Events(events) => Some((response.status, events.as_slice())),
            Payload::Json(_)
            | Payload::Form { .. }
            | Payload::Multipart(_)
            | Payload::Text
            | Payload::Bytes
            | Payload::EventStream(_)
            | Payload::Items(..) => None,
        })
        .collect();
    let wishes: Vec<Wish> = streams
        .iter()
        .map(|(status, _)| {
            let best = [words(method.as_str()), words("event")].concat();
            Wish::words(format!("{} event {status}", method.as_str()), vec![best])
        })
        .collect();
    let types: Vec<TypeName> = scope.settle(&wishes, Namespace::Api);
    let named = streams.into_iter().zip(types).map(|((status, events), ty)| {
        let wishes: Vec<Wish> = events.iter().map(|known| event(api, known)).collect();
        let variants = Scope::default().settle(&wishes, Namespace::Variant);
        (status, EventsNames { ty, variants })
    });
    named.collect()
}

/// An event is called by its kind, or else by what it is; data of several types by their names.
fn event(api: &Api, event: &Event) -> Wish {
    match (&event.kind, &event.data) {
        (Some(kind), _) => Wish::wire(kind),
        (None, EventData::Exactly(text)) => Wish::words(text.clone(), vec![words(text), words("text")]),
        (None, EventData::Text) => Wish::words("text", vec![words("text")]),
        (None, EventData::Json(ty)) => {
            let (text, name) = match ty {
                Type::Def(id) => match (&api.types[*id].origin, api.types[*id].key()) {
                    (Origin::Component(name) | Origin::Entry { name, .. }, key) => (key, words(name)),
                    (Origin::Inline { .. }, key) => (key, Vec::new()),
                },
                ty => (format!("{ty:?}"), words(kind_of_value(ty))),
            };
            Wish::words(text, vec![words("data"), name])
        }
    }
}

/// The names of each kind of body: a variant called after the subtype, and a struct where it is made of parts.
fn contents(operation: &Operation, method: &Ident, scope: &mut Scope) -> Vec<ContentNames> {
    let contents: Vec<&Content> = operation.body.iter().flat_map(|body| &body.contents).collect();
    let kinds: Vec<Wish> = contents.iter().map(|content| kind(&content.media_type)).collect();
    let variants: Vec<TypeName> = Scope::default().settle(&kinds, Namespace::Variant);
    let forms: Vec<Wish> = contents
        .iter()
        .map(|content| {
            let best = [words(method.as_str()), words("form")].concat();
            Wish::words(format!("{} {}", method.as_str(), content.media_type), vec![best])
        })
        .collect();
    let forms: Vec<TypeName> = scope.settle(&forms, Namespace::Api);
    let parts = contents.iter().map(|content| match &content.payload {
        Payload::Multipart(parts) => fields(parts.iter().map(|part| part.wire.as_str())),
        Payload::Json(_)
        | Payload::Form { .. }
        | Payload::Text
        | Payload::Bytes
        | Payload::EventStream(_)
        | Payload::Events(_)
        | Payload::Items(..) => Vec::new(),
    });
    variants
        .into_iter()
        .zip(forms)
        .zip(parts)
        .map(|((variant, form), parts)| ContentNames { variant, form, parts })
        .collect()
}

fn kind(media_type: &str) -> Wish {
    let essence = media_type.split(';').next().unwrap_or_default();
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    Wish::words(media_type, vec![words(subtype), words(media_type)])
}

fn fields<'w>(wires: impl Iterator<Item = &'w str>) -> Vec<FieldNames> {
    let wishes: Vec<Wish> = wires.map(Wish::wire).collect();
    let fields = Scope::default().settle(&wishes, Namespace::Field);
    let setters = Scope::default().settle(&wishes, Namespace::Setter);
    let names = fields.into_iter().zip(setters);
    names.map(|(field, setter)| FieldNames { field, setter }).collect()
}

fn header_fields(operation: &Operation) -> Vec<Ident> {
    let names = fields(operation.headers().iter().map(|header| header.wire.as_str()));
    names.into_iter().map(|names| names.field).collect()
}

fn parameters(config: &Config, operation: &Operation, method: &Ident, constants: &mut Scope) -> Vec<ParameterNames> {
    // A path and a query parameter may have the same name on the wire.
    let wishes: Vec<Wish> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let location = format!("{:?}", parameter.location);
            let name = words(&parameter.wire);
            let located = [name.as_slice(), &words(&location)].concat();
            let mut keys = operation.parameter_keys(parameter).into_iter();
            let chosen = keys.find_map(|key| config.rename.parameters.get(&key));
            Wish::words(format!("{} {location}", parameter.wire), vec![name, located]).unless(chosen)
        })
        .collect();
    let arguments: Vec<Ident> = Scope::default().settle(&wishes, Namespace::Argument);
    let setters: Vec<Ident> = Scope::default().settle(&wishes, Namespace::CallSetter);
    arguments
        .into_iter()
        .zip(setters)
        .map(|(argument, setter)| {
            let constant = constant(method, &argument, constants);
            ParameterNames {
                argument,
                setter,
                constant,
            }
        })
        .collect()
}

/// The first free one of `METHOD_ARGUMENT`, `METHOD_ARGUMENT_PARAMETER`, …
fn constant(method: &Ident, argument: &Ident, taken: &mut Scope) -> Ident {
    let mut parts = [words(method.as_str()), words(argument.as_str())].concat();
    loop {
        let constant = Ident::of(&parts, Namespace::Module);
        if taken.take(&constant.to_constant()) {
            return constant;
        }
        parts.push("parameter".to_owned());
    }
}

/// The name of a response's variant, from its status.
pub(super) fn status_variant(status: Status) -> TypeName {
    match status_text(status) {
        "" => TypeName::of(&["status".to_owned(), status.to_string()], Namespace::Variant),
        text => TypeName::of(&words(text), Namespace::Variant),
    }
}

fn status_text(status: Status) -> &'static str {
    match status {
        Status::Class(1) => "informational",
        Status::Class(2) => "success",
        Status::Class(3) => "redirection",
        Status::Class(4) => "client error",
        Status::Class(_) => "server error",
        Status::Default => "other",
        Status::Code(code) => REASONS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or("", |(_, reason)| reason),
    }
}

/// The reason phrases of the registry of HTTP status codes.
const REASONS: [(u16, &str); 48] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "im a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable content"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
];
