//! A request of the server's in, what is told of it besides what it carries out.

use indexmap::IndexMap;

use super::found::Request;
use crate::{
    ir::Docs,
    lower::{context::Lowering, docs},
};

impl Lowering<'_> {
    /// The documentation of a request, which is for whoever sets up what answers it.
    pub(super) fn webhook_docs(&mut self, request: &Request<'_>) -> Docs {
        let Request { operation, item, .. } = request;
        let id = operation.operation_id.iter().filter(|id| !id.is_empty());
        let id = id.map(|id| format!("Its `operationId` is `{id}`."));
        let tags: Vec<String> = operation.tags.iter().map(|tag| format!("`{tag}`")).collect();
        let tags = (!tags.is_empty()).then(|| format!("Tags: {}.", tags.join(", ")));
        let constraints = id.chain(tags).chain(self.credentials_of_sender(request));
        Docs {
            summary: docs::text(operation.summary.as_ref()).or_else(|| docs::text(item.text("summary"))),
            description: docs::text(operation.description.as_ref()).or_else(|| docs::text(item.text("description"))),
            deprecated: operation.deprecated,
            link: docs::link(operation.external_docs.as_ref()),
            constraints: constraints.collect(),
            ..Docs::default()
        }
    }

    /// How the sender says who it is.
    fn credentials_of_sender(&mut self, request: &Request<'_>) -> Option<String> {
        let alternatives = request.operation.security.as_ref()?;
        let place = request.pointer.child("security");
        let known = &self.document.openapi.components.security_schemes;
        for (index, alternative) in alternatives.iter().enumerate() {
            let unknown = |name: &&String| !known.contains_key(*name) && !name.contains(['#', '/', ':']);
            for name in alternative.keys().filter(unknown) {
                self.report_no_scheme((name, ""), known.keys(), &place.item(index).child(name));
            }
        }
        let told = alternatives.iter().map(told).collect::<Vec<_>>();
        Some(match told.as_slice() {
            [] => "Sent without a credential.".to_owned(),
            told => format!("Sent with the credential of {}.", told.join(" or ")),
        })
    }
}

/// The credentials that are sent together.
fn told(alternative: &IndexMap<String, Vec<String>>) -> String {
    let schemes = alternative.iter().map(|(name, scopes)| {
        let scopes: Vec<String> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
        match scopes.as_slice() {
            [] => format!("`{name}`"),
            scopes => format!("`{name}` ({})", scopes.join(", ")),
        }
    });
    let schemes: Vec<String> = schemes.collect();
    match schemes.as_slice() {
        [] => "nobody".to_owned(),
        schemes => schemes.join(" and "),
    }
}
