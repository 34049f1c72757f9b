//! The parameters of a path item and an operation in, one list with all defaults of the specification filled in out.

use std::collections::BTreeSet;

use openapiv3::ReferenceOr;
use serde_json::Value;

use super::{
    context::{DefaultToCheck, Holder, Lowering},
    default::same,
    docs,
    facts::Facts,
    framing::{impossible, is_framing},
    keywords::Node,
    schema::Place,
    template,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Encoding, Location, Parameter, Parent, Pointer, Primitive, Role, Style, Type},
    load::{self, ParameterLocation},
};

/// A parameter whose schema has not been lowered yet, so that nothing is left behind if the operation is skipped.
#[derive(Debug, Clone)]
pub(super) struct Planned<'d> {
    pub(super) wire: String,
    pub(super) location: Location,
    pub(super) required: bool,
    /// Where it is described.
    pub(super) place: Pointer,
    encoding: Encoding,
    schema: Option<(Node<'d>, Pointer)>,
    may_be_empty: bool,
    segments: Option<String>,
    parent: Option<Parent>,
    docs: Docs,
}

/// Why an operation cannot be called.
#[derive(Debug)]
pub(super) struct Uncallable(pub(super) String);

impl<'d> Planned<'d> {
    /// Its schema.
    pub(super) fn node(&self) -> Option<Node<'d>> {
        self.schema.as_ref().map(|(node, _)| *node)
    }
}

impl Planned<'_> {
    /// A parameter that a path names and nobody describes.
    pub(super) fn undeclared(name: &str) -> Self {
        Self {
            wire: name.to_owned(),
            location: Location::Path,
            required: true,
            place: Pointer::root(),
            encoding: Encoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            schema: None,
            may_be_empty: false,
            segments: None,
            parent: None,
            docs: Docs::default(),
        }
    }

    /// What the template says of a parameter of a path.
    pub(super) fn stand_at(&mut self, name: &template::Name) {
        // Nothing but the style `matrix` sends the name, and no server knows the marks as a part of it.
        self.wire.clone_from(&name.plain);
        self.segments = name.segments.clone().or(self.segments.take());
        if let Encoding::Style { allow_reserved, .. } = &mut self.encoding {
            *allow_reserved |= name.allow_reserved;
        }
    }

    /// The same value as a pair of the query.
    pub(super) fn move_to_query(&mut self, wire: &str) {
        wire.clone_into(&mut self.wire);
        self.location = Location::Query;
        self.encoding = Encoding::Style {
            style: Style::Form,
            explode: true,
            allow_reserved: false,
        };
    }
}

/// The place of what has parameters, and what their schemas are named after where that is not the operation.
pub(super) type Describer = (Pointer, Option<Parent>);

impl<'d> Lowering<'d> {
    /// Looks at the parameters of each describer: of a path item, then of the operation. The later ones replace their namesakes.
    /// `is_authorized` says whether a credential travels in the header `Authorization`.
    pub(super) fn plan_parameters(
        &mut self,
        describers: &[Describer],
        is_authorized: bool,
    ) -> Result<Vec<Planned<'d>>, Uncallable> {
        let mut planned: Vec<Planned<'d>> = Vec::new();
        for (holder, parent) in describers {
            let first_of_list = planned.len();
            let mut replaced = BTreeSet::new();
            for place in self.places_of_parameters(holder) {
                let Some(node) = self.parameter_at(&place) else {
                    continue;
                };
                let Some((parameter, pointer)) = self.resolve(&node, &place) else {
                    continue;
                };
                let Some(mut new) = self.plan_parameter(parameter, &pointer, parent.as_ref(), is_authorized)? else {
                    continue;
                };
                let of_use = docs::text(self.text_of_use(&place, "description"));
                new.docs.description = of_use.or(new.docs.description);
                // There is one whole query, whatever it is called.
                let is_whole = new.location == Location::QueryString;
                let is_header = new.location == Location::Header;
                let is_named = |wire: &str| wire == new.wire || is_header && wire.eq_ignore_ascii_case(&new.wire);
                let same = |old: &Planned<'_>| old.location == new.location && (is_whole || is_named(&old.wire));
                match planned.iter().position(same) {
                    Some(old) if old < first_of_list && replaced.insert(old) => planned[old] = new,
                    Some(_) if is_whole => {
                        let message = "the whole query is described twice; the first one counts";
                        self.report(Code::WrongShape, &place, message);
                    }
                    Some(old) => {
                        let as_other = Some(&planned[old].wire).filter(|old| **old != new.wire);
                        let as_other = as_other.map(|old| format!(" (as `{old}`; names of headers have no case)"));
                        let as_other = as_other.unwrap_or_default();
                        let message = format!(
                            "the parameter `{}` is described twice{as_other}; the first one counts",
                            new.wire
                        );
                        self.report(Code::WrongShape, &place, message);
                    }
                    None => planned.push(new),
                }
            }
        }
        let whole = planned.iter().any(|planned| planned.location == Location::QueryString);
        let part = planned.iter().find(|planned| planned.location == Location::Query);
        if let (true, Some(part), Some((operation, _))) = (whole, part, describers.last()) {
            let message = format!("`{}` is sent beside what is described as the whole query", part.wire);
            self.report(Code::WrongShape, &operation.child("parameters"), message);
        }
        Ok(planned)
    }

    /// The places of the parameters that what is at `holder` lists.
    pub(super) fn places_of_parameters(&self, holder: &Pointer) -> impl Iterator<Item = Pointer> + use<'d> {
        let list = holder.child("parameters");
        let listed = self.document.value_at(&list).and_then(Value::as_array);
        (0..listed.map_or(0, Vec::len)).map(move |index| list.item(index))
    }

    /// The parameter that is listed at `place`.
    pub(super) fn parameter_at(&mut self, place: &Pointer) -> Option<ReferenceOr<load::Parameter>> {
        let node = self.document.typed_at(place);
        if node.is_none() {
            let message = "the parameter cannot be read; it is left out";
            self.report(Code::UnsupportedParameter, place, message);
        }
        node
    }

    fn plan_parameter(
        &mut self,
        parameter: &load::Parameter,
        pointer: &Pointer,
        parent: Option<&Parent>,
        is_authorized: bool,
    ) -> Result<Option<Planned<'d>>, Uncallable> {
        let location = match parameter.location {
            ParameterLocation::Path => Location::Path,
            ParameterLocation::Query => Location::Query,
            ParameterLocation::QueryString => Location::QueryString,
            ParameterLocation::Header => Location::Header,
            ParameterLocation::Cookie => Location::Cookie,
        };
        if location == Location::Header && !self.is_for_callers(&parameter.name, pointer, is_authorized) {
            return Ok(None);
        }
        let required = parameter.required || location == Location::Path;
        if required && !parameter.required {
            let message = format!(
                "the path parameter `{}` must say `required: true`; it is read so",
                parameter.name
            );
            self.report(Code::MissingMember, pointer, message);
        }
        if let Some(why) = impossible(location, &parameter.name) {
            return self.unsendable_parameter(why, required, pointer);
        }
        self.hear_contents(pointer, "parameter", "it is sent as text");
        let described = match self.sole_content(pointer) {
            Some(sole) => self.encoding_of_content(location, sole.media_type, &sole.described),
            None if location == Location::QueryString => {
                let message = "a whole query is described by its media type; this one is read as a form";
                self.report(Code::WrongShape, pointer, message);
                Ok((Encoding::Form(Vec::new()), pointer.child("schema")))
            }
            None => Ok((
                self.encoding_of_style(location, parameter, pointer),
                pointer.child("schema"),
            )),
        };
        let (encoding, schema) = match described {
            Ok(described) => described,
            Err(media_type) => {
                let why = format!("the parameter `{}` cannot be sent as `{media_type}`", parameter.name);
                return self.unsendable_parameter(why, required, pointer);
            }
        };
        Ok(Some(Planned {
            wire: parameter.name.clone(),
            location,
            required,
            place: pointer.clone(),
            encoding,
            may_be_empty: parameter.allow_empty_value,
            segments: (location == Location::Path && parameter.allow_reserved).then(|| "**".to_owned()),
            schema: self.node_at(&schema).map(|node| (node, schema)),
            parent: Self::component_parent(pointer).or_else(|| parent.cloned()),
            docs: self.parameter_docs(parameter, pointer),
        }))
    }

    /// An operation cannot do without a parameter that is required, and goes without another, which is said.
    fn unsendable_parameter(
        &mut self,
        why: String,
        required: bool,
        pointer: &Pointer,
    ) -> Result<Option<Planned<'d>>, Uncallable> {
        if required {
            return Err(Uncallable(why));
        }
        self.report(Code::UnsupportedParameter, pointer, format!("{why}; it is left out"));
        Ok(None)
    }

    /// Whether a header is one that callers send.
    fn is_for_callers(&mut self, name: &str, pointer: &Pointer, is_authorized: bool) -> bool {
        let lower = name.to_ascii_lowercase();
        if is_framing(name) {
            let message = format!("the header `{name}` is set by the transport; the parameter is left out");
            self.report(Code::UnsupportedParameter, pointer, message);
            return false;
        }
        match lower.as_str() {
            // The specification has other means to describe these.
            "accept" | "content-type" => false,
            // Where those means are not used, the parameter is all that there is.
            "authorization" => !is_authorized,
            _ => true,
        }
    }

    /// Lowers the schema of a planned parameter, which will be number `index` of operation number `operation`.
    pub(super) fn lower_parameter(
        &mut self,
        planned: Planned<'d>,
        parent: &Parent,
        (operation, index): (usize, usize),
    ) -> Parameter {
        let Planned {
            wire,
            location,
            required,
            place: _,
            encoding,
            schema,
            may_be_empty,
            segments,
            parent: own,
            mut docs,
        } = planned;
        let mut default = None;
        let mut constant = None;
        let ty = match schema {
            None => Type::Primitive(Primitive::String),
            Some((node, pointer)) => {
                let occurrence = super::object::Occurrence {
                    node,
                    pointer: pointer.clone(),
                    parent: None,
                };
                let described = super::object::Member {
                    occurrences: vec![occurrence],
                    required,
                };
                let fixed = self.fixed(&described);
                let Facts {
                    default: given,
                    docs: said,
                    ..
                } = self.facts(&described);
                if let Some((value, pointer)) =
                    given.filter(|(value, _)| fixed.as_ref().is_none_or(|(only, _)| !same(only, value)))
                {
                    self.defaults.push(DefaultToCheck {
                        holder: Holder::Parameter(operation, index),
                        pointer,
                    });
                    default = Some(value);
                }
                merge_docs(&mut docs, said);
                if let Some((value, ty)) = fixed {
                    constant = Some(value);
                    ty
                } else {
                    let (parent, role) = Self::named_after(&super::parent_of(&pointer), || {
                        (own.unwrap_or_else(|| parent.clone()), Role::Parameter(wire.clone()))
                    });
                    self.lower_node(node, Place { pointer, parent, role })
                }
            }
        };
        Parameter {
            wire,
            location,
            ty,
            required,
            encoding,
            may_be_empty,
            segments,
            default,
            constant,
            before: None,
            docs,
        }
    }
}

impl Lowering<'_> {
    pub(super) fn parameter_docs(&mut self, parameter: &load::Parameter, pointer: &Pointer) -> Docs {
        Docs {
            description: docs::text(parameter.description.as_ref()),
            deprecated: parameter.deprecated,
            example: self.example_of(pointer),
            ..Docs::default()
        }
    }
}

/// What the schema says counts where the parameter itself is silent.
pub(super) fn merge_docs(docs: &mut Docs, schema: Docs) {
    docs.description = docs.description.take().or(schema.description);
    docs.example = docs.example.take().or(schema.example);
    docs.deprecated |= schema.deprecated;
    docs.constraints = schema.constraints;
}
