//! Path items in, operations out. Every method of every path is lowered or reported.

use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    parameter::{Planned, Uncallable},
    security::Schemes,
    template::{self, Piece},
};
use crate::{
    diagnostics::Code,
    ir::{
        Docs, Location, Method, Operation, OperationId, Parent, Pointer, Rejected, Requirement, Segment, Server, Tag,
        TagId,
    },
};

/// The operations so far, and what they share.
pub(super) struct Operations {
    pub(super) lowered: Vec<Operation>,
    pub(super) tags: Vec<Tag>,
    schemes: Schemes,
    security: Vec<Vec<Requirement>>,
    /// What the document promises for all operations.
    rejected: Vec<Rejected>,
}

/// One method of a path.
#[derive(Clone, Copy)]
struct Endpoint<'d, 'p> {
    template: &'d str,
    method: Method,
    operation: &'d openapiv3::Operation,
    item: &'d PathItem,
    /// The place of the path item, at the end of all references.
    item_pointer: &'p Pointer,
    /// The servers of the API.
    servers: &'p [Server],
}

/// A path taken apart, and the pairs of the query that the template fixes.
type Fit = (Vec<Segment>, Vec<(String, String)>);

impl<'d> Lowering<'d> {
    /// Lowers every operation; `servers` are those of the API.
    pub(super) fn lower_operations(&mut self, schemes: Schemes, servers: &[Server]) -> Operations {
        let openapi = &self.document.openapi;
        let pointer = Pointer::root().child("security");
        let security = openapi.security.iter().flatten().cloned().collect::<Vec<_>>();
        let security = self.lower_requirements(&security, &schemes, &pointer);
        let mut operations = Operations {
            lowered: Vec::new(),
            tags: self.declared_tags_in_order(),
            schemes,
            security,
            rejected: self.lower_rejected(&Pointer::root()).unwrap_or_default(),
        };
        let paths = Pointer::root().child("paths");
        for (template, node) in &openapi.paths.paths {
            let Some((item, item_pointer)) = self.resolve_item(node, &paths.child(template)) else {
                continue;
            };
            for (method, operation) in methods(item) {
                let endpoint = Endpoint {
                    template,
                    method,
                    operation,
                    item,
                    item_pointer: &item_pointer,
                    servers,
                };
                self.lower_endpoint(endpoint, &mut operations);
            }
        }
        self.report_odd_paths(&paths);
        self.report_ids(&operations.lowered);
        operations
    }

    /// A path item that cannot be reached takes its operations with it.
    fn resolve_item(&mut self, node: &'d ReferenceOr<PathItem>, pointer: &Pointer) -> Option<(&'d PathItem, Pointer)> {
        let found = self.resolve(node, pointer);
        if found.is_none() {
            self.report(
                Code::SkippedOperation,
                pointer,
                "the operations of this path are left out",
            );
        }
        found
    }

    /// Keys of `paths` that are no paths are invisible to the typed document.
    fn report_odd_paths(&mut self, paths: &Pointer) {
        let Some(Value::Object(members)) = self.document.value_at(paths) else {
            return;
        };
        for (key, item) in members
            .iter()
            .filter(|(key, _)| !key.starts_with('/') && !key.starts_with("x-"))
        {
            for method in METHODS {
                let name = method.as_str().to_ascii_lowercase();
                if item.get(&name).is_some() {
                    let message = format!("the path `{key}` does not start with a slash; the operation is left out");
                    self.report(Code::SkippedOperation, &paths.child(key).child(name), message);
                }
            }
        }
    }

    fn lower_endpoint(&mut self, endpoint: Endpoint<'d, '_>, operations: &mut Operations) {
        let Endpoint {
            template,
            method,
            operation,
            item,
            item_pointer,
            servers,
        } = endpoint;
        let pointer = item_pointer.child(method.as_str().to_ascii_lowercase());
        if !self.is_selected(template, method, operation) {
            return;
        }
        // Named after the path, since it belongs to no operation more than to another.
        let item_parent = Parent::Component(template.to_owned());
        let lists = [
            (item.parameters.as_slice(), item_pointer, Some(&item_parent)),
            (operation.parameters.as_slice(), &pointer, None),
        ];
        let planned = self.plan_parameters(lists).map(|mut planned| {
            let fit = self.fit_to_template(template, &pointer, &mut planned);
            (planned, fit)
        });
        let (planned, (path, query)) = match planned {
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
        let number = operations.lowered.len();
        let parent = Parent::Operation(OperationId(number));
        let parameters = planned
            .into_iter()
            .enumerate()
            .map(|(index, planned)| self.lower_parameter(planned, &parent, (number, index)))
            .collect();
        let security = match &operation.security {
            Some(own) => self.lower_requirements(own, &operations.schemes, &pointer.child("security")),
            None => operations.security.clone(),
        };
        let servers = if operation.servers.is_empty() {
            self.lower_own_servers(&item.servers, &item_pointer.child("servers"), servers)
        } else {
            self.lower_own_servers(&operation.servers, &pointer.child("servers"), servers)
        };
        let lowered = Operation {
            id: operation.operation_id.clone().filter(|id| !id.is_empty()),
            method,
            template: template.to_owned(),
            path,
            query,
            tag: operations.tag(operation.tags.first()),
            parameters,
            body: self.lower_body(operation, &pointer, &parent),
            responses: self.lower_responses(operation, method, &pointer, &parent),
            security,
            servers,
            idempotent: self.is_idempotent(operation, method, &pointer),
            rejected: self
                .lower_rejected(&pointer)
                .unwrap_or_else(|| operations.rejected.clone()),
            batch: None,
            widest_success: None,
            docs: operation_docs(operation, item),
            pointer,
        };
        operations.lowered.push(lowered);
    }

    /// Takes the template apart and makes it and the parameters agree.
    fn fit_to_template(&mut self, text: &str, pointer: &Pointer, planned: &mut Vec<Planned<'d>>) -> Fit {
        let template = template::split(text);
        for problem in &template.problems {
            self.report(Code::PathTemplate, pointer, problem.clone());
        }
        let mut segments = Vec::with_capacity(template.path.len());
        for piece in template.path {
            segments.push(match piece {
                Piece::Literal(text) => Segment::Literal(text),
                Piece::Name(name) => {
                    let known = planned
                        .iter()
                        .position(|p| p.location == Location::Path && p.wire == name);
                    Segment::Parameter(known.unwrap_or_else(|| {
                        let message = format!("the path names `{name}`, which is not described; it is sent as text");
                        self.report(Code::PathTemplate, &pointer.child("parameters").child(&name), message);
                        planned.push(Planned::undeclared(&name));
                        planned.len() - 1
                    }))
                }
            });
        }
        let mut query = Vec::new();
        for (wire, piece) in template.query {
            match piece {
                Piece::Literal(value) => query.push((wire, value)),
                Piece::Name(name) => {
                    let known = planned.iter().position(|p| p.wire == name);
                    let index = known.unwrap_or_else(|| {
                        planned.push(Planned::undeclared(&name));
                        planned.len() - 1
                    });
                    planned[index].move_to_query(&wire);
                }
            }
        }
        self.drop_unused(pointer, planned, &mut segments);
        (segments, query)
    }

    /// A path parameter that the path does not name cannot be sent.
    fn drop_unused(&mut self, pointer: &Pointer, planned: &mut Vec<Planned<'d>>, segments: &mut [Segment]) {
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
            self.report(
                Code::PathTemplate,
                &pointer.child("parameters").child(&parameter.wire),
                message,
            );
            planned.remove(index);
            for segment in segments.iter_mut() {
                if let Segment::Parameter(number) = segment
                    && *number > index
                {
                    *number -= 1;
                }
            }
        }
    }

    fn is_idempotent(&mut self, operation: &openapiv3::Operation, method: Method, pointer: &Pointer) -> bool {
        match operation.extensions.get("x-idempotent") {
            None => method.is_idempotent(),
            Some(Value::Bool(idempotent)) => *idempotent,
            Some(_) => {
                let message = "`x-idempotent` is neither true nor false; it is ignored";
                self.report(Code::WrongShape, &pointer.child("x-idempotent"), message);
                method.is_idempotent()
            }
        }
    }

    /// The tags of the document that an operation comes first in, in the document's order.
    fn declared_tags_in_order(&self) -> Vec<Tag> {
        let openapi = &self.document.openapi;
        let mut used: Vec<&str> = Vec::new();
        for item in openapi.paths.paths.values().filter_map(ReferenceOr::as_item) {
            used.extend(
                methods(item)
                    .filter_map(|(_, operation)| operation.tags.first())
                    .map(String::as_str),
            );
        }
        let mut tags: Vec<Tag> = Vec::new();
        for tag in &openapi.tags {
            if used.contains(&tag.name.as_str()) && tags.iter().all(|known| known.name.as_ref() != Some(&tag.name)) {
                let description = docs::text(tag.description.as_ref());
                tags.push(Tag {
                    name: Some(tag.name.clone()),
                    description,
                });
            }
        }
        tags
    }

    /// Notes where a name has to be derived.
    fn report_ids(&mut self, operations: &[Operation]) {
        let mut seen = std::collections::BTreeSet::new();
        for operation in operations {
            match &operation.id {
                None => {
                    let message = "there is no `operationId`; the name follows from method and path";
                    self.report(Code::DerivedOperationId, &operation.pointer, message);
                }
                Some(id) if !seen.insert(id.as_str()) => {
                    let message =
                        format!("the `operationId` `{id}` is used before; the name follows from method and path");
                    self.report(
                        Code::DerivedOperationId,
                        &operation.pointer.child("operationId"),
                        message,
                    );
                }
                Some(_) => {}
            }
        }
    }
}

impl Operations {
    /// The group of an operation: its first tag.
    fn tag(&mut self, name: Option<&String>) -> TagId {
        let known = self.tags.iter().position(|tag| tag.name.as_ref() == name);
        TagId(known.unwrap_or_else(|| {
            self.tags.push(Tag {
                name: name.cloned(),
                description: None,
            });
            self.tags.len() - 1
        }))
    }

    /// Leaves out the groups that no operation is in.
    pub(super) fn drop_empty_tags(&mut self) {
        let mut kept = Vec::new();
        for (index, tag) in std::mem::take(&mut self.tags).into_iter().enumerate() {
            if self.lowered.iter().any(|operation| operation.tag == TagId(index)) {
                kept.push((TagId(index), tag));
            }
        }
        for operation in &mut self.lowered {
            if let Some(index) = kept.iter().position(|(id, _)| *id == operation.tag) {
                operation.tag = TagId(index);
            }
        }
        self.tags = kept.into_iter().map(|(_, tag)| tag).collect();
    }
}

pub(super) const METHODS: [Method; 8] = [
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Options,
    Method::Head,
    Method::Patch,
    Method::Trace,
];

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
    METHODS.into_iter().filter_map(|method| {
        let operation = match method {
            Method::Get => &item.get,
            Method::Put => &item.put,
            Method::Post => &item.post,
            Method::Delete => &item.delete,
            Method::Options => &item.options,
            Method::Head => &item.head,
            Method::Patch => &item.patch,
            Method::Trace => &item.trace,
        };
        operation.as_ref().map(|operation| (method, operation))
    })
}

fn operation_docs(operation: &openapiv3::Operation, item: &PathItem) -> Docs {
    Docs {
        summary: docs::text(operation.summary.as_ref()).or_else(|| docs::text(item.summary.as_ref())),
        description: docs::text(operation.description.as_ref()).or_else(|| docs::text(item.description.as_ref())),
        deprecated: operation.deprecated,
        link: docs::link(operation.external_docs.as_ref()),
        ..Docs::default()
    }
}
