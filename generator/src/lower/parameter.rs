//! The parameters of a path item and an operation in, one list with all defaults of the specification filled in out.

use openapiv3::{HeaderStyle, ParameterData, ParameterSchemaOrContent, PathStyle, ReferenceOr};

use super::{
    body::query_style,
    context::{Default, Holder, Lowering},
    docs,
    facts::Facts,
    keywords::Node,
    media::{Family, family},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Encoding, Location, Parameter, Parent, Pointer, Primitive, Role, Style, Type},
};

/// A parameter whose schema has not been lowered yet, so that nothing is left behind if the operation is skipped.
#[derive(Debug, Clone)]
pub(super) struct Planned<'d> {
    pub(super) wire: String,
    pub(super) location: Location,
    pub(super) required: bool,
    encoding: Encoding,
    schema: Option<(Node<'d>, Pointer)>,
    parent: Option<Parent>,
    docs: Docs,
}

/// Headers that decide where a request goes or where it ends: clients set them by themselves, and let nobody else.
const FRAMING: [&str; 8] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "expect",
];

/// Why an operation cannot be called.
#[derive(Debug)]
pub(super) struct Uncallable(pub(super) String);

impl Planned<'_> {
    /// A parameter that a path names and nobody describes.
    pub(super) fn undeclared(name: &str) -> Self {
        Self {
            wire: name.to_owned(),
            location: Location::Path,
            required: true,
            encoding: Encoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            schema: None,
            parent: None,
            docs: Docs::default(),
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

/// The parameters of a path item or of an operation, what holds them, and what their schemas are named after.
type List<'d, 'l> = (&'d [ReferenceOr<openapiv3::Parameter>], &'l Pointer, Option<&'l Parent>);

impl<'d> Lowering<'d> {
    /// Looks at the parameters of a path item, then at those of the operation, which replace their namesakes.
    pub(super) fn plan_parameters(&mut self, lists: [List<'d, '_>; 2]) -> Result<Vec<Planned<'d>>, Uncallable> {
        let mut planned: Vec<Planned<'d>> = Vec::new();
        for (nodes, holder, parent) in lists {
            let first_of_list = planned.len();
            let inherited: Vec<_> = planned.iter().map(|p| (p.wire.clone(), p.location)).collect();
            let list = holder.child("parameters");
            for (index, node) in nodes.iter().enumerate() {
                let place = list.item(index);
                let Some((parameter, pointer)) = self.resolve(node, &place) else {
                    continue;
                };
                let Some(new) = self.plan_parameter(parameter, &pointer, parent)? else {
                    continue;
                };
                let same = |old: &Planned<'_>| old.wire == new.wire && old.location == new.location;
                match planned.iter().position(same) {
                    Some(old) if old < first_of_list && inherited.contains(&(new.wire.clone(), new.location)) => {
                        planned[old] = new;
                    }
                    Some(_) => {
                        let message = format!("the parameter `{}` is described twice; the first one counts", new.wire);
                        self.report(Code::WrongShape, &place, message);
                    }
                    None => planned.push(new),
                }
            }
        }
        Ok(planned)
    }

    fn plan_parameter(
        &mut self,
        parameter: &'d openapiv3::Parameter,
        pointer: &Pointer,
        parent: Option<&Parent>,
    ) -> Result<Option<Planned<'d>>, Uncallable> {
        let (data, location, style, allow_reserved) = match parameter {
            openapiv3::Parameter::Query {
                parameter_data,
                allow_reserved,
                style,
                ..
            } => (parameter_data, Location::Query, query_style(style), *allow_reserved),
            openapiv3::Parameter::Header {
                parameter_data,
                style: HeaderStyle::Simple,
            } => (parameter_data, Location::Header, Style::Simple, false),
            openapiv3::Parameter::Path { parameter_data, style } => {
                let style = match style {
                    PathStyle::Matrix => Style::Matrix,
                    PathStyle::Label => Style::Label,
                    PathStyle::Simple => Style::Simple,
                };
                (parameter_data, Location::Path, style, false)
            }
            openapiv3::Parameter::Cookie {
                parameter_data,
                style: openapiv3::CookieStyle::Form,
            } => (parameter_data, Location::Cookie, Style::Form, false),
        };
        // The specification has other means to describe these.
        let reserved = ["accept", "content-type", "authorization"];
        if location == Location::Header && reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
            return Ok(None);
        }
        if location == Location::Header && FRAMING.contains(&data.name.to_ascii_lowercase().as_str()) {
            let message = format!(
                "the header `{}` is set by the transport; the parameter is left out",
                data.name
            );
            self.report(Code::UnsupportedParameter, pointer, message);
            return Ok(None);
        }
        let required = data.required || location == Location::Path;
        let explode = match style {
            // The one style that is defined for exploded objects only.
            Style::DeepObject => true,
            Style::Form => data.explode.unwrap_or(true),
            Style::Simple | Style::Label | Style::Matrix | Style::SpaceDelimited | Style::PipeDelimited => {
                data.explode.unwrap_or(false)
            }
        };
        let mut encoding = Encoding::Style {
            style,
            explode,
            allow_reserved,
        };
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(_) => {
                let place = pointer.child("schema");
                let node = self.node_at(&place);
                let delimited = self.delimited(pointer);
                let is_delimited = delimited.is_some();
                encoding = delimited.map_or(encoding, Encoding::Delimited);
                if let (Some(node), false) = (node, is_delimited) {
                    self.note_style(&data.name, style, data.explode, node, pointer);
                }
                node.map(|node| (node, place))
            }
            ParameterSchemaOrContent::Content(contents) => match self.sole_content(contents, pointer) {
                None => None,
                Some((media_type, node, place)) => {
                    match family(media_type) {
                        Family::Json | Family::Wildcard => encoding = Encoding::Json,
                        Family::Text => {}
                        Family::Form | Family::Multipart | Family::EventStream | Family::Bytes | Family::Opaque => {
                            let message = format!("the parameter `{}` cannot be sent as `{media_type}`", data.name);
                            if required {
                                return Err(Uncallable(message));
                            }
                            self.report(
                                Code::UnsupportedParameter,
                                pointer,
                                format!("{message}; it is left out"),
                            );
                            return Ok(None);
                        }
                    }
                    node.map(|node| (node, place))
                }
            },
        };
        Ok(Some(Planned {
            wire: data.name.clone(),
            location,
            required,
            encoding,
            schema,
            parent: Self::component_parent(pointer).or_else(|| parent.cloned()),
            docs: parameter_docs(data),
        }))
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
            encoding,
            schema,
            parent: own,
            mut docs,
        } = planned;
        let mut default = None;
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
                let Facts {
                    default: given,
                    docs: said,
                    ..
                } = self.facts(&described);
                if let Some((value, pointer)) = given {
                    self.defaults.push(Default {
                        holder: Holder::Parameter(operation, index),
                        pointer,
                    });
                    default = Some(value);
                }
                merge_docs(&mut docs, said);
                let parent = own.unwrap_or_else(|| parent.clone());
                self.lower_node(
                    node,
                    Place {
                        pointer,
                        parent,
                        role: Role::Parameter(wire.clone()),
                    },
                )
            }
        };
        Parameter {
            wire,
            location,
            ty,
            required,
            encoding,
            default,
            docs,
        }
    }
}

fn parameter_docs(data: &ParameterData) -> Docs {
    Docs {
        description: docs::text(data.description.as_ref()),
        deprecated: data.deprecated == Some(true),
        example: data.example.clone().filter(|example| !example.is_null()),
        ..Docs::default()
    }
}

/// What the schema says counts where the parameter itself is silent.
fn merge_docs(docs: &mut Docs, schema: Docs) {
    docs.description = docs.description.take().or(schema.description);
    docs.example = docs.example.take().or(schema.example);
    docs.deprecated |= schema.deprecated;
    docs.constraints = schema.constraints;
}
