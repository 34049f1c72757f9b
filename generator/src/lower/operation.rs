//! Path items in, operations out. Every method of every path is lowered or reported.

use std::collections::{BTreeMap, btree_map::Entry};

use serde_json::{Map, Value};

use super::{
    context::Lowering,
    docs,
    parameter::{Describer, Planned, Uncallable},
    path_item::PathItem,
    security::Schemes,
    template::{self, Piece},
};
use crate::{
    config::Described,
    diagnostics::Code,
    ir::{
        Docs, Location, Method, Operation, OperationId, Parent, Pointer, Rejected, Requirement, Segment, Server, Tag,
        is_token,
    },
    load,
};

/// The operations so far, and what they share.
pub(super) struct Operations {
    pub(super) lowered: Vec<Operation>,
    pub(super) tags: Vec<Tag>,
    pub(super) schemes: Schemes,
    security: Vec<Vec<Requirement>>,
    /// What the document promises for all operations.
    rejected: Vec<Rejected>,
}

/// One method of a path.
struct Endpoint<'d, 'p> {
    template: &'d str,
    method: Method,
    /// The place of the operation.
    pointer: Pointer,
    item: &'p PathItem<'d>,
    /// The servers of the API.
    servers: &'p [Server],
}

/// A path taken apart, and the pairs of the query that the template fixes.
type Fit = (Vec<Segment>, Vec<(String, String)>);

impl<'d> Lowering<'d> {
    /// Lowers every operation; `servers` are those of the API.
    pub(super) fn lower_operations(&mut self, mut schemes: Schemes, servers: &[Server]) -> Operations {
        let pointer = Pointer::root().child("security");
        let security = self.lower_requirements(&self.document.openapi.security, &mut schemes, &pointer);
        let mut operations = Operations {
            lowered: Vec::new(),
            tags: self.described_tags(),
            schemes,
            security,
            rejected: self.lower_rejected(&Pointer::root()).unwrap_or_default(),
        };
        let paths = Pointer::root().child("paths");
        let templates = self.document.value_at(&paths).and_then(Value::as_object);
        let templates = templates.into_iter().flat_map(Map::keys);
        for template in templates.filter(|template| template.starts_with('/')) {
            let item = self.path_item(paths.child(template));
            for (method, pointer) in item.operations() {
                let endpoint = Endpoint {
                    template,
                    method,
                    pointer,
                    item: &item,
                    servers,
                };
                self.lower_endpoint(endpoint, &mut operations);
            }
        }
        self.report_ids(&operations.lowered);
        operations
    }

    fn lower_endpoint(&mut self, endpoint: Endpoint<'d, '_>, operations: &mut Operations) {
        let Endpoint {
            template,
            method,
            pointer,
            item,
            servers,
        } = endpoint;
        let Some(operation) = self.document.typed_at::<openapiv3::Operation>(&pointer) else {
            self.report(
                Code::SkippedOperation,
                &pointer,
                "the operation cannot be read; it is left out",
            );
            return;
        };
        let described = Described {
            id: operation.operation_id.clone(),
            method: method.clone(),
            path: template.to_owned(),
            tags: operation.tags.clone(),
        };
        let is_selected = self.is_selected(&described);
        let chosen = described.keys().iter().find_map(|key| self.config.bodies.get(key));
        self.described.operations.push(described.clone());
        if !is_selected {
            self.described.left_out.push(pointer);
            return;
        }
        if let Some(why) = unsendable(&method) {
            let message = format!("{why}; the operation is left out");
            self.report(Code::SkippedOperation, &pointer, message);
            self.report_callbacks_of_skipped(&pointer);
            return;
        }
        let mut describers: Vec<Describer> = Vec::new();
        for layer in item.0.iter().rev() {
            // Named after the path, since it belongs to no operation more than to another.
            let parent = Self::component_parent(&layer.pointer);
            let parent = parent.unwrap_or_else(|| Parent::Component(template.to_owned()));
            describers.push((layer.pointer.clone(), Some(parent)));
        }
        describers.push((pointer.clone(), None));
        let security = match &operation.security {
            Some(own) => self.lower_requirements(own, &mut operations.schemes, &pointer.child("security")),
            None => operations.security.clone(),
        };
        let is_authorized = operations.schemes.are_in_authorization(&security);
        let planned = self.plan_parameters(&describers, is_authorized).map(|mut planned| {
            let fit = self.fit_to_template(template, &pointer, &mut planned);
            (planned, fit)
        });
        let (mut planned, (path, query)) = match planned {
            Ok(planned) => planned,
            Err(Uncallable(why)) => {
                self.report(
                    Code::SkippedOperation,
                    &pointer,
                    format!("{why}; the operation is left out"),
                );
                self.report_callbacks_of_skipped(&pointer);
                return;
            }
        };
        let repetition = self.lower_repetition(&operation, &described, &pointer, &mut planned);
        let number = operations.lowered.len();
        let parent = Parent::Operation(OperationId(number));
        let parameters = planned
            .into_iter()
            .enumerate()
            .map(|(index, planned)| self.lower_parameter(planned, &parent, (number, index)))
            .collect();
        let own = (!operation.servers.is_empty()).then(|| pointer.child("servers"));
        let servers = match own.or_else(|| item.servers()) {
            Some(own) => self.lower_own_servers(&own, servers),
            None => Vec::new(),
        };
        let lowered = Operation {
            id: operation.operation_id.clone().filter(|id| !id.is_empty()),
            template: template.to_owned(),
            path,
            query,
            tag: operations.tag(self.group_of(&operation.tags)),
            tags: operation.tags.clone(),
            parameters,
            body: self.lower_body(&operation, &pointer, &parent, chosen.map(String::as_str)),
            responses: self.lower_responses(&operation, &method, &pointer, &parent),
            security,
            servers,
            idempotent: repetition.is_harmless,
            idempotency_key: repetition.key,
            method,
            rejected: self
                .lower_rejected(&pointer)
                .unwrap_or_else(|| operations.rejected.clone()),
            batch: None,
            pagination: None,
            widest_success: None,
            docs: operation_docs(&operation, item),
            pointer,
        };
        operations.lowered.push(lowered);
    }

    /// Takes the template apart and makes it and the parameters agree.
    fn fit_to_template(&mut self, text: &str, pointer: &Pointer, planned: &mut Vec<Planned<'d>>) -> Fit {
        let template = template::split(text);
        let key = Pointer::root().child("paths").child(text);
        for problem in &template.problems {
            self.report_path(&key, problem.clone(), None);
        }
        let mut segments = Vec::with_capacity(template.path.len());
        for piece in template.path {
            segments.push(match piece {
                Piece::Literal(text) => Segment::Literal(text),
                Piece::Name(name) => {
                    let find = |wire: &str| {
                        let is_meant = |p: &Planned<'_>| p.location == Location::Path && p.wire == wire;
                        planned.iter().position(is_meant)
                    };
                    let known = find(&name.written).or_else(|| find(&name.plain));
                    let index = known.unwrap_or_else(|| {
                        let plain = &name.plain;
                        let method = pointer.last().unwrap_or_default();
                        let message =
                            format!("the path names `{plain}`, which `{method}` does not describe; it is sent as text");
                        let unused = planned.iter().filter(|other| other.location == Location::Path);
                        let unused = unused.map(|other| other.wire.as_str());
                        self.report_path(&key, message, load::nearest(plain, unused));
                        planned.push(Planned::undeclared(plain));
                        planned.len() - 1
                    });
                    planned[index].stand_at(&name);
                    Segment::Parameter(index)
                }
            });
        }
        let mut query = Vec::new();
        for (wire, piece) in template.query {
            match piece {
                Piece::Literal(value) => query.push((wire, value)),
                Piece::Name(name) => {
                    let known = planned.iter().position(|p| p.wire == name.written);
                    let index = known.unwrap_or_else(|| {
                        planned.push(Planned::undeclared(&name.written));
                        planned.len() - 1
                    });
                    planned[index].move_to_query(&wire);
                }
            }
        }
        self.drop_unused(planned, &mut segments);
        (segments, query)
    }

    /// A path parameter that the path does not name cannot be sent.
    fn drop_unused(&mut self, planned: &mut Vec<Planned<'d>>, segments: &mut [Segment]) {
        let mut index = 0;
        while let Some(parameter) = planned.get(index) {
            let used = segments.contains(&Segment::Parameter(index));
            if parameter.location != Location::Path || used {
                index += 1;
                continue;
            }
            let message = format!(
                "the path does not name the path parameter `{}`; it is left out",
                parameter.wire
            );
            let place = planned.remove(index).place;
            self.report(Code::PathTemplate, &place, message);
            for segment in segments.iter_mut() {
                if let Segment::Parameter(number) = segment
                    && *number > index
                {
                    *number -= 1;
                }
            }
        }
    }

    /// Notes where a name has to be derived.
    fn report_ids(&mut self, operations: &[Operation]) {
        let mut seen = BTreeMap::new();
        for operation in operations {
            match &operation.id {
                None => {
                    let message = "there is no `operationId`; the name follows from method and path";
                    self.report(Code::DerivedOperationId, &operation.pointer, message);
                }
                Some(id) => match seen.entry(id.as_str()) {
                    Entry::Vacant(entry) => {
                        entry.insert(operation);
                    }
                    Entry::Occupied(entry) => {
                        let first = Operation::method_and_path(entry.get());
                        let message = format!(
                            "the `operationId` `{id}` is that of `{first}` too; the name follows from method and path"
                        );
                        let place = operation.pointer.child("operationId");
                        self.report(Code::DerivedOperationId, &place, message);
                    }
                },
            }
        }
    }
}

/// Why a request cannot have a method.
fn unsendable(method: &Method) -> Option<String> {
    let name = method.as_str();
    if name == "CONNECT" {
        Some("`CONNECT` is for proxies".to_owned())
    } else if !is_token(name) {
        Some(format!("`{name}` cannot be a method in HTTP"))
    } else {
        None
    }
}

fn operation_docs(operation: &openapiv3::Operation, item: &PathItem<'_>) -> Docs {
    Docs {
        summary: docs::text(operation.summary.as_ref()).or_else(|| docs::text(item.text("summary"))),
        description: docs::text(operation.description.as_ref()).or_else(|| docs::text(item.text("description"))),
        deprecated: operation.deprecated,
        link: docs::link(operation.external_docs.as_ref()),
        ..Docs::default()
    }
}
