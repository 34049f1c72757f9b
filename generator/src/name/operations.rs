//! Groups in, the names of their operations and of all that belongs to these out.

use indexmap::IndexMap;

use super::{
    CallMethods, ContentNames, EventsNames, FieldNames, Group, OperationNames, PagesNames, ParameterNames, answers,
    ident::{Ident, Name, TypeName},
    members::kind as kind_of_value,
    method,
    reserved::{self, Namespace},
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    Config,
    ir::{Api, Content, Event, EventData, Operation, Origin, Payload, Reading, Status, Type},
    manifest::{Earlier, OperationEntry, plain},
};

/// The names of every operation, in their order.
pub(super) fn operations(
    api: &Api,
    config: &Config,
    earlier: &Earlier<'_>,
    groups: &[Group],
    group_words: &[Vec<String>],
) -> Vec<OperationNames> {
    let mut named: Vec<Option<OperationNames>> = api.operations.iter().map(|_| None).collect();
    for (index, (group, group_words)) in groups.iter().zip(group_words).enumerate() {
        let members: Vec<&Operation> = group.operations.iter().map(|id| &api.operations[id.0]).collect();
        let wishes: Vec<Wish> = members
            .iter()
            .map(|operation| {
                let text = operation.method_and_path();
                let mut keys = operation.keys().into_iter();
                let chosen = keys.find_map(|key| config.rename.operations.get(&key));
                let wished = method::names(operation, group_words);
                let before = earlier.operation(operation).map(OperationEntry::method_name);
                let wish = Wish::words(text, wished.names).losing(wished.lost).unless(chosen);
                wish.keeping::<Ident>(before, Namespace::Method)
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
                    // The handle may have the name, and so may another operation's type.
                    let call = [words(method.as_str()), words("call"), words(suffix)].concat();
                    Wish::words(format!("{} {suffix}", method.as_str()), vec![best, call])
                })
                .collect();
            scope.settle(&wishes, Namespace::Api)
        };
        let responses = types("response");
        let errors = types("error");
        let bodies = types("body");
        let builders = types("");
        let headers = types("headers");
        let mut doors: Vec<IndexMap<Reading, TypeName>> = members
            .iter()
            .zip(&methods)
            .map(|(operation, method)| answers::doors(operation, method, &mut scope))
            .collect();
        let mut events: Vec<IndexMap<(Status, usize), EventsNames>> = members
            .iter()
            .zip(&methods)
            .map(|(operation, method)| events(api, operation, method, &mut scope))
            .collect();
        let mut contents: Vec<Vec<ContentNames>> = members
            .iter()
            .zip(&methods)
            .map(|(operation, method)| contents(operation, method, earlier.operation(operation), &mut scope))
            .collect();
        let mut constants = Scope::default();
        for method in &methods {
            constants.take(&method.to_constant());
        }
        for (place, id) in group.operations.iter().enumerate() {
            let before = earlier.operation(members[place]);
            let parameters = parameters(config, members[place], before, &methods[place], &mut constants);
            named[id.0] = Some(OperationNames {
                group: index,
                method: methods[place].clone(),
                response: responses[place].clone(),
                error: errors[place].clone(),
                body: bodies[place].clone(),
                builder: builders[place].clone(),
                contents: std::mem::take(&mut contents[place]),
                events: std::mem::take(&mut events[place]),
                doors: std::mem::take(&mut doors[place]),
                variants: answers::variants(members[place]),
                headers: headers[place].clone(),
                header_fields: header_fields(members[place], before),
                call: call_methods(members[place], &parameters),
                parameters,
            });
        }
    }
    named.into_iter().flatten().collect()
}

/// The names of the enums of events.
fn events(
    api: &Api,
    operation: &Operation,
    method: &Ident,
    scope: &mut Scope,
) -> IndexMap<(Status, usize), EventsNames> {
    let streams: Vec<((Status, usize), &[Event])> = operation
        .responses
        .iter()
        .flat_map(|response| {
            let contents = response.contents.iter().enumerate();
            contents.map(|(index, content)| ((response.status, index), &content.payload))
        })
        .filter_map(|(place, payload)| match payload {
            Payload::Events(events, _) => Some((place, events.as_slice())),
            Payload::Json(_)
            | Payload::Form { .. }
            | Payload::Xml(..)
            | Payload::Multipart(_)
            | Payload::Text(_)
            | Payload::Bytes
            | Payload::EventStream(..)
            | Payload::Items(..) => None,
        })
        .collect();
    let wishes: Vec<Wish> = streams
        .iter()
        .map(|((status, index), _)| {
            let best = [words(method.as_str()), words("event")].concat();
            let place = if *index == 0 {
                status.to_string()
            } else {
                format!("{status} {index}")
            };
            Wish::words(format!("{} event {place}", method.as_str()), vec![best])
        })
        .collect();
    let types: Vec<TypeName> = scope.settle(&wishes, Namespace::Api);
    let named = streams.into_iter().zip(types).map(|((place, events), ty)| {
        let wishes: Vec<Wish> = events.iter().map(|known| event(api, known)).collect();
        let variants = Scope::default().settle(&wishes, Namespace::Variant);
        (place, EventsNames { ty, variants })
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
fn contents(
    operation: &Operation,
    method: &Ident,
    earlier: Option<&OperationEntry>,
    scope: &mut Scope,
) -> Vec<ContentNames> {
    let contents: Vec<&Content> = operation.body.iter().flat_map(|body| &body.contents).collect();
    let kinds: Vec<Wish> = contents.iter().map(|content| kind(&content.media_type)).collect();
    let variants: Vec<TypeName> = Scope::default().settle(&kinds, Namespace::Variant);
    let form = |content: &Content| {
        let best = [words(method.as_str()), words("form")].concat();
        let told = [words(method.as_str()), kind_words(&content.media_type), words("form")].concat();
        Wish::words(format!("{} {}", method.as_str(), content.media_type), vec![best, told])
    };
    let is_form = |content: &Content| matches!(content.payload, Payload::Multipart(_));
    let wishes: Vec<Wish> = contents
        .iter()
        .filter(|content| is_form(content))
        .map(|content| form(content))
        .collect();
    let mut forms = scope.settle::<TypeName>(&wishes, Namespace::Api).into_iter();
    // What is no form has no struct of it.
    let none = TypeName::of(&[words(method.as_str()), words("form")].concat(), Namespace::Api);
    let forms = contents.iter().map(|content| {
        is_form(content)
            .then(|| forms.next())
            .flatten()
            .unwrap_or_else(|| none.clone())
    });
    let forms: Vec<TypeName> = forms.collect();
    let parts = contents.iter().map(|content| match &content.payload {
        Payload::Multipart(parts) => {
            let before = earlier.and_then(|earlier| earlier.parts.get(&content.media_type));
            fields(parts.iter().map(|part| part.wire.as_str()), before)
        }
        Payload::Json(_)
        | Payload::Xml(..)
        | Payload::Form { .. }
        | Payload::Text(_)
        | Payload::Bytes
        | Payload::EventStream(..)
        | Payload::Events(..)
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
    Wish::words(media_type, vec![kind_words(media_type), words(media_type)])
}

/// What the subtype of a media type says.
pub(super) fn kind_words(media_type: &str) -> Vec<String> {
    let essence = media_type.split(';').next().unwrap_or_default();
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    words(subtype.strip_prefix("x-").unwrap_or(subtype))
}

/// The names of fields that are `wires` on the wire, and had those that `earlier` says.
fn fields<'w>(wires: impl Iterator<Item = &'w str>, earlier: Option<&IndexMap<String, String>>) -> Vec<FieldNames> {
    let wish = |wire: &str| {
        let before = earlier.and_then(|earlier| earlier.get(wire));
        Wish::wire(wire).keeping::<Ident>(before.map(|name| plain(name)), Namespace::Field)
    };
    let wishes: Vec<Wish> = wires.map(wish).collect();
    let fields = Scope::default().settle(&wishes, Namespace::Field);
    let setters = Scope::default().settle(&wishes, Namespace::Setter);
    let names = fields.into_iter().zip(setters);
    names.map(|(field, setter)| FieldNames { field, setter }).collect()
}

fn header_fields(operation: &Operation, earlier: Option<&OperationEntry>) -> Vec<Ident> {
    let headers = operation.headers();
    let wires = headers.iter().map(|header| header.wire.as_str());
    let names = fields(wires, earlier.map(|earlier| &earlier.headers));
    names.into_iter().map(|names| names.field).collect()
}

fn parameters(
    config: &Config,
    operation: &Operation,
    earlier: Option<&OperationEntry>,
    method: &Ident,
    constants: &mut Scope,
) -> Vec<ParameterNames> {
    // A path and a query parameter may have the same name on the wire.
    let wishes: Vec<Wish> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let location = format!("{:?}", parameter.location);
            let mut keys = operation.parameter_keys(parameter).into_iter();
            let chosen = keys.find_map(|key| config.rename.parameters.get(&key));
            let wish = Wish::wire(&parameter.wire).or_at(&location).unless(chosen);
            let mut before = earlier.iter().flat_map(|earlier| &earlier.parameters);
            match before.find(|before| before.is_of(parameter)) {
                Some(before) => {
                    let namespace = if before.required {
                        Namespace::Argument
                    } else {
                        Namespace::CallSetter
                    };
                    wish.keeping::<Ident>(Some(plain(&before.name)), namespace)
                }
                None => wish,
            }
        })
        .collect();
    let (mut arguments, mut setters) = (Scope::default(), Scope::default());
    // What callers know as a method of the call stays that.
    if let Some(earlier) = earlier {
        let own = earlier.doors.keys().chain(&earlier.body).chain(earlier.pages.keys());
        let own = own.map(|name| plain(name));
        for name in own.chain(reserved::CALL_METHODS) {
            arguments.reserve(Ident::of(&words(name), Namespace::Argument).as_str());
            setters.reserve(name);
        }
    }
    let arguments: Vec<Ident> = arguments.settle(&wishes, Namespace::Argument);
    let setters: Vec<Ident> = setters.settle(&wishes, Namespace::CallSetter);
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

/// A method of ours beside the setters of parameters, which have the names that the vendor gave them: the first free one of
/// `WORD`, `call_WORD`, …
fn beside(operation: &Operation, parameters: &[ParameterNames], word: &str) -> Ident {
    let mut parts = words(word);
    loop {
        let name = Ident::of(&parts, Namespace::CallSetter);
        let mut setters = operation.parameters.iter().zip(parameters);
        if !setters.any(|(parameter, own)| !parameter.required && own.setter == name) {
            return name;
        }
        parts.insert(0, "call".to_owned());
    }
}

fn call_methods(operation: &Operation, parameters: &[ParameterNames]) -> CallMethods {
    let named = |word| beside(operation, parameters, word);
    let doors = operation.doors().into_iter();
    CallMethods {
        body: named("body"),
        doors: doors.map(|door| (door, named(door.method()))).collect(),
        pages: operation.pagination.as_ref().map(|_| PagesNames {
            pages: named("pages"),
            items: named("items"),
        }),
    }
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
