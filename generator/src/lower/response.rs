//! The responses of an operation in, what may come back by status out.

use openapiv3::{Header, Operation, ReferenceOr, StatusCode};

use super::{
    answer::Answered,
    context::Lowering,
    docs,
    facts::Facts,
    framing::impossible,
    media::{Family, family},
    parameter,
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{self, Docs, Location, Method, Parent, Pointer, Primitive, Response, Role, Status, Type},
};

impl Lowering<'_> {
    /// Lowers the responses of the operation at `pointer`: exact statuses, then classes, then the default.
    pub(super) fn lower_responses(
        &mut self,
        operation: &Operation,
        method: &Method,
        pointer: &Pointer,
        parent: &Parent,
    ) -> Vec<Response> {
        let list = pointer.child("responses");
        let mut nodes: Vec<(Status, &ReferenceOr<openapiv3::Response>, Pointer)> = Vec::new();
        for (code, node) in &operation.responses.responses {
            let place = list.child(code.to_string());
            if let Some(status) = status(code) {
                nodes.push((status, node, place));
            } else {
                let message = format!("`{code}` is no status; the response is left out");
                self.report(Code::WrongShape, &place, message);
            }
        }
        nodes.extend(
            operation
                .responses
                .default
                .iter()
                .map(|node| (Status::Default, node, list.child("default"))),
        );
        nodes.sort_by_key(|(status, ..)| match status {
            Status::Code(_) => 0,
            Status::Class(_) => 1,
            Status::Default => 2,
        });
        nodes
            .into_iter()
            .filter_map(|(status, node, place)| self.lower_response(status, node, method, &place, parent))
            .collect()
    }

    fn lower_response(
        &mut self,
        status: Status,
        node: &ReferenceOr<openapiv3::Response>,
        method: &Method,
        place: &Pointer,
        parent: &Parent,
    ) -> Option<Response> {
        let of_use = |name| self.text_of_use(place, name);
        let (summary, description) = (of_use("summary"), of_use("description"));
        let (response, place) = self.resolve(node, place)?;
        // What a shared response holds is named after it, not after the first operation that uses it.
        let (parent, named) = match Self::component_parent(&place) {
            Some(parent) => (parent, Status::Default),
            None => (parent.clone(), status),
        };
        let Answered { contents, unread } = if has_body(status, method) {
            self.lower_answer(&place, (&parent, named))
        } else {
            Answered::default()
        };
        let mut headers = Vec::new();
        for (name, header) in &response.headers {
            // The specification leaves this one to the media type.
            if !name.eq_ignore_ascii_case("content-type") {
                headers.extend(self.lower_header(name, header, &place.child("headers").child(name), &parent));
            }
        }
        let own = self.document.text_at(&place.child("summary"));
        let constraints = [self.limits_of_contents(&place), self.links(&place)].concat();
        let docs = Docs {
            summary: docs::text(summary.or(own)),
            description: docs::text(description.or(Some(&response.description))),
            constraints,
            ..Docs::default()
        };
        Some(Response {
            status,
            contents,
            unread,
            headers,
            docs,
        })
    }

    fn lower_header(
        &mut self,
        name: &str,
        node: &ReferenceOr<Header>,
        place: &Pointer,
        parent: &Parent,
    ) -> Option<ir::Header> {
        if let Some(why) = impossible(Location::Header, name) {
            self.report(Code::WrongShape, place, format!("{why}; it is left out"));
            return None;
        }
        let of_use = self.text_of_use(place, "description");
        let (header, pointer) = self.resolve(node, place)?;
        let delimiters = self.delimiters(&pointer).unwrap_or_default();
        let parent = Self::component_parent(&pointer).unwrap_or_else(|| parent.clone());
        self.hear_contents(&pointer, "header", "it is read as text");
        let media = self.sole_content(&pointer).map(|alternative| alternative.described);
        let example = self.example_of(&pointer);
        if let Some(alternative) = self.sole_content(&pointer)
            && !matches!(
                family(alternative.media_type),
                Family::Json | Family::Wildcard | Family::Text
            )
        {
            let message = format!(
                "the header `{name}` is described as `{}`; it is read as text",
                alternative.media_type
            );
            self.report(Code::UnsupportedMediaType, &alternative.described, message);
        }
        let pointer = media.unwrap_or(pointer).child("schema");
        let node = self.node_at(&pointer);
        let role = Role::Header(name.to_owned());
        let said = node.map(|node| self.facts_at(node, &pointer, header.required));
        let ty = match node {
            Some(node) => {
                let (parent, role) = Self::named_after(&super::parent_of(&pointer), || (parent, role));
                self.lower_node(node, Place { pointer, parent, role })
            }
            None => Type::Primitive(Primitive::String),
        };
        let mut docs = Docs {
            description: docs::text(of_use.or(header.description.as_deref())),
            deprecated: header.deprecated == Some(true),
            example,
            ..Docs::default()
        };
        if let Some(Facts {
            docs: said, default, ..
        }) = said
        {
            parameter::merge_docs(&mut docs, said);
            let default = default.map(|(value, _)| format!("Default: `{value}`."));
            docs.constraints.extend(default);
        }
        if header.required {
            docs.constraints.push("Always sent.".to_owned());
        }
        Some(ir::Header {
            wire: name.to_owned(),
            ty,
            required: header.required,
            delimiters,
            docs,
        })
    }
}

/// What HTTP itself says.
fn has_body(status: Status, method: &Method) -> bool {
    *method != Method::Head && !matches!(status, Status::Code(100..200 | 204 | 205 | 304) | Status::Class(1))
}

fn status(code: &StatusCode) -> Option<Status> {
    match code {
        StatusCode::Code(code) => (100..600).contains(code).then_some(Status::Code(*code)),
        StatusCode::Range(class) => u8::try_from(*class)
            .ok()
            .filter(|class| (1..6).contains(class))
            .map(Status::Class),
    }
}
