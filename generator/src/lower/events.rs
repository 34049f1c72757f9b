//! What is said of server-sent events in, the data of each kind of them out.
//!
//! An event is an object of texts, of which `event` says the kind and `data` may hold JSON. The schema of the media type
//! describes the data; `itemSchema` describes events, in one or several forms.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    forms::Form,
    keywords::{JsonType, Keywords, Node},
    media::{Family, family},
    object::{self, Member, Occurrence},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Event, EventData, Parent, Payload, Pointer, Primitive, Role, Type},
};

/// The extension of a media type that says what ends its events.
const NAME: &str = "x-sse";

/// The fields of a server-sent event.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// The fields that nothing but an event is taken to have.
const TELLING: [&str; 2] = ["data", "event"];

type Members<'d> = IndexMap<&'d str, Member<'d>>;

impl<'d> Lowering<'d> {
    /// Lowers server-sent events. `place` is that of the media type's `schema`.
    pub(super) fn lower_events(&mut self, place: Place) -> Payload {
        let schema = place.pointer.clone();
        let end = self.end_of_events(&super::parent_of(&schema));
        let described = self.item_schema(&schema).or_else(|| {
            let node = self.node_at(&schema)?;
            self.is_of_events(node, &schema).then(|| (node, schema.clone()))
        });
        let Some((node, pointer)) = described else {
            let ty = match self.node_at(&schema) {
                Some(node) => self.lower_node(node, place),
                None => Type::Primitive(Primitive::String),
            };
            return Payload::EventStream(ty, end);
        };
        let place = Place { pointer, ..place };
        let item = Occurrence {
            node,
            pointer: place.pointer.clone(),
            parent: None,
        };
        let forms = self.forms(&[item]);
        let forms: Vec<_> = forms
            .into_iter()
            .map(|form| (object::members(&form.flat), form))
            .collect();
        if !forms.iter().any(|(fields, _)| is_event(fields)) {
            return Payload::EventStream(self.lower_node(node, place), end);
        }
        let mut events: Vec<Event> = Vec::new();
        for (fields, form) in forms {
            if is_other(&fields, &form) {
                let message = "no field of an event is described here; what is described is left out";
                self.report(Code::UnsupportedSchema, &form.at, message);
                continue;
            }
            let docs = match self.node_at(&form.end) {
                Some(Node::Schema(keywords)) => docs::of_schema(keywords),
                Some(Node::Reference(_)) | None => Docs::default(),
            };
            for kind in self.kinds(&fields, &form) {
                for data in self.data(fields.get("data"), kind.as_ref(), &place) {
                    let (kind, docs) = (kind.clone(), docs.clone());
                    self.add_event(&mut events, Event { kind, data, docs }, &form.at);
                }
            }
        }
        match events.as_slice() {
            [event @ Event { kind: None, .. }] => {
                let ty = match &event.data {
                    EventData::Json(ty) => ty.clone(),
                    EventData::Text | EventData::Exactly(_) => Type::Primitive(Primitive::String),
                };
                Payload::EventStream(ty, end)
            }
            _ => Payload::Events(events, end),
        }
    }

    /// Whether the schema of the media type, which describes the data of events as a rule, describes events: each of its forms
    /// has `event` and `data`, and nothing that an event has not.
    fn is_of_events(&mut self, node: Node<'d>, pointer: &Pointer) -> bool {
        let item = Occurrence {
            node,
            pointer: pointer.clone(),
            parent: None,
        };
        let forms = self.forms(&[item]);
        let is_of_event = |form: &Form<'d>| {
            let fields = object::members(&form.flat);
            TELLING.iter().all(|name| fields.contains_key(name)) && fields.keys().all(|name| FIELDS.contains(name))
        };
        !forms.is_empty() && forms.iter().all(is_of_event)
    }

    /// What the data of the last event is (`x-sse`), which ends the events of a media type and is none of them.
    fn end_of_events(&mut self, media: &Pointer) -> Option<String> {
        let pointer = media.child(NAME);
        match self.document.value_at(&pointer)? {
            Value::Object(members) if members.len() == 1 => {
                if let Some(Value::String(end)) = members.get("end") {
                    return Some(end.clone());
                }
            }
            _ => {}
        }
        let message = "`x-sse` is not an object whose only member is the text `end`; it is ignored";
        self.report(Code::WrongShape, &pointer, message);
        None
    }

    fn add_event(&mut self, events: &mut Vec<Event>, event: Event, at: &Pointer) {
        let kind = event.kind.clone();
        let is_exact = |event: &Event| matches!(event.data, EventData::Exactly(_));
        let is_same = |known: &&mut Event| {
            let is_said_twice = kind.is_some() && !is_exact(known) && !is_exact(&event);
            known.kind == kind && (is_said_twice || known.data == event.data)
        };
        match events.iter_mut().find(is_same) {
            None => events.push(event),
            Some(known) if known.data == event.data => {}
            Some(known) => {
                known.data = EventData::Json(Type::Any);
                let kind = kind.unwrap_or_default();
                let message =
                    format!("the data of events `{kind}` is described in two ways; it is typed as any JSON value");
                self.report(Code::UnsupportedSchema, at, message);
            }
        }
    }

    /// The kinds of event that a form describes: the texts that `event` is one of, else those by which it is discriminated.
    fn kinds(&mut self, fields: &Members<'d>, form: &Form<'d>) -> Vec<Option<String>> {
        let field = fields.get("event");
        let mut texts = field.map(|field| self.texts(field)).unwrap_or_default();
        if texts.is_empty() {
            texts = form.tags("event").to_vec();
        }
        if texts.is_empty() {
            return vec![None];
        }
        texts.into_iter().map(Some).collect()
    }

    /// The texts that a field is one of, where it is.
    fn texts(&mut self, field: &Member<'d>) -> Vec<String> {
        let mut texts = Vec::new();
        for form in self.forms(&field.occurrences) {
            let own = texts_of(&form);
            if own.is_empty() {
                return Vec::new();
            }
            texts.extend(own);
        }
        texts
    }

    /// What the field `data` is, in each of its forms.
    fn data(&mut self, field: Option<&Member<'d>>, kind: Option<&String>, place: &Place) -> Vec<EventData> {
        let Some(field) = field else {
            return vec![EventData::Text];
        };
        let mut occurrences = field.occurrences.clone();
        occurrences.retain(|occurrence| !self.is_any_text(occurrence));
        if occurrences.is_empty() {
            return vec![EventData::Text];
        }
        let forms = self.forms(&occurrences);
        let said: Vec<_> = forms.iter().map(|form| self.data_of(form, kind, place)).collect();
        let says_what_is_inside = |form: &Form<'d>| {
            let mut keywords = form.keywords();
            keywords
                .any(|keywords| keywords.get("contentSchema").is_some() || keywords.get("contentMediaType").is_some())
        };
        if said.iter().any(Option::is_none) && !forms.iter().any(says_what_is_inside) || forms.is_empty() {
            let field = Member {
                occurrences,
                required: field.required,
            };
            let (parent, role) = named(None, kind, place);
            return vec![EventData::Json(self.lower_member(&field, &parent, &role))];
        }
        let data = forms.into_iter().zip(said).map(|(form, said)| {
            said.unwrap_or_else(|| {
                let parent = form.flat.arms.last().and_then(|arm| arm.parent.clone());
                let (parent, role) = named(parent, kind, place);
                let pointer = form.at;
                let node = self.node_at(&pointer);
                let ty = node.map(|node| self.lower_node(node, Place { pointer, parent, role }));
                EventData::Json(ty.unwrap_or(Type::Any))
            })
        });
        data.collect()
    }

    /// Whether a field is any text: nothing is said of what is inside.
    fn is_any_text(&mut self, occurrence: &Occurrence<'d>) -> bool {
        let forms = self.forms(std::slice::from_ref(occurrence));
        !forms.is_empty() && forms.iter().all(is_any_text)
    }

    /// What data is in one of its forms: a JSON text by its `contentSchema`, or a text. Nothing where it is of another type.
    fn data_of(&mut self, form: &Form<'d>, kind: Option<&String>, place: &Place) -> Option<EventData> {
        let mut media_types = form.keywords().rev();
        let media_type = media_types.find_map(|keywords| keywords.text("contentMediaType"));
        let is_json = media_type.map(|name| family(name) == Family::Json);
        let mut arms = form.flat.arms.iter().rev();
        let described = arms.find(|arm| arm.keywords.get("contentSchema").is_some());
        if let Some(arm) = described.filter(|_| is_json != Some(false)) {
            let pointer = arm.pointer.child("contentSchema");
            let (parent, role) = named(arm.parent.clone(), kind, place);
            let node = self.node_at(&pointer);
            let ty = node.map(|node| self.lower_node(node, Place { pointer, parent, role }));
            return Some(EventData::Json(ty.unwrap_or(Type::Any)));
        }
        match (texts_of(form).as_slice(), is_json) {
            ([only], _) => Some(EventData::Exactly(only.clone())),
            (_, Some(true)) => Some(EventData::Json(Type::Any)),
            (_, Some(false)) => Some(EventData::Text),
            (_, None) => is_any_text(form).then_some(EventData::Text),
        }
    }
}

/// What the type of data is named after: what it is written in, else the answer; and the kind of event, where there is one.
fn named(written_in: Option<Parent>, kind: Option<&String>, place: &Place) -> (Parent, Role) {
    let role = match (&written_in, kind) {
        (_, Some(kind)) => Role::Property(kind.clone()),
        (Some(_), None) => Role::Property("data".to_owned()),
        (None, None) => place.role.clone(),
    };
    (written_in.unwrap_or_else(|| place.parent.clone()), role)
}

/// Whether members are those of an event.
fn is_event(fields: &Members<'_>) -> bool {
    TELLING.iter().any(|name| fields.contains_key(name))
        || !fields.is_empty() && fields.keys().all(|name| FIELDS.contains(name))
}

/// Whether a form is of something else than an event.
fn is_other(fields: &Members<'_>, form: &Form<'_>) -> bool {
    let is_object = form
        .keywords()
        .all(|keywords| matches!(keywords.ty(), None | Some(JsonType::Object)));
    !is_object || !fields.is_empty() && !is_event(fields)
}

/// The texts that a form is one of, where it is.
fn texts_of(form: &Form<'_>) -> Vec<String> {
    let mut listed = form
        .keywords()
        .filter(|keywords| keywords.is_enumerated())
        .map(Keywords::enumeration);
    let mut values = listed.next().unwrap_or_default();
    for others in listed {
        values.retain(|value| others.contains(value));
    }
    values
        .iter()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

/// Whether nothing is said but that it is a text.
fn is_any_text(form: &Form<'_>) -> bool {
    let says_no_more = |keywords: Keywords<'_>| {
        let is_text = matches!(keywords.ty(), None | Some(JsonType::String));
        is_text && keywords.is_bare() && keywords.get("contentSchema").is_none()
    };
    !form.flat.arms.is_empty() && form.keywords().all(says_no_more)
}
