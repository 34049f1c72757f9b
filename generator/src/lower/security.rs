//! Security schemes and requirements in, what has to be sent out.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement};

use super::{context::Lowering, docs};
use crate::{
    diagnostics::Code,
    ir::{CredentialLocation, Pointer, Requirement, SecurityKind, SecurityScheme, SecuritySchemeId},
};

/// The schemes that can be sent.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    pub(super) supported: Vec<SecurityScheme>,
    unsupported: Vec<String>,
}

impl<'d> Lowering<'d> {
    pub(super) fn lower_security_schemes(&mut self) -> Schemes {
        let mut schemes = Schemes::default();
        let list = Pointer::root().child("components").child("securitySchemes");
        for (name, node) in self
            .components()
            .into_iter()
            .flat_map(|components| &components.security_schemes)
        {
            match self.lower_security_scheme(name, node, &list.child(name)) {
                Some(scheme) => schemes.supported.push(scheme),
                None => schemes.unsupported.push(name.clone()),
            }
        }
        schemes
    }

    fn lower_security_scheme(
        &mut self,
        name: &str,
        node: &'d ReferenceOr<openapiv3::SecurityScheme>,
        pointer: &Pointer,
    ) -> Option<SecurityScheme> {
        let (scheme, pointer) = self.resolve(node, pointer)?;
        let (kind, description) = match scheme {
            openapiv3::SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => {
                let location = match location {
                    APIKeyLocation::Query => CredentialLocation::Query,
                    APIKeyLocation::Header => CredentialLocation::Header,
                    APIKeyLocation::Cookie => CredentialLocation::Cookie,
                };
                (
                    SecurityKind::ApiKey {
                        location,
                        parameter: name.clone(),
                    },
                    description,
                )
            }
            openapiv3::SecurityScheme::HTTP {
                scheme, description, ..
            } => match scheme.to_ascii_lowercase().as_str() {
                "bearer" => (SecurityKind::Bearer, description),
                "basic" => (SecurityKind::Basic, description),
                other => {
                    let message = format!("HTTP authentication by `{other}` is not supported");
                    self.report_with_hint(
                        Code::UnsupportedSecurity,
                        &pointer,
                        message,
                        "set the header on the client or on each call",
                    );
                    return None;
                }
            },
            openapiv3::SecurityScheme::OAuth2 { description, .. }
            | openapiv3::SecurityScheme::OpenIDConnect { description, .. } => (SecurityKind::Bearer, description),
        };
        Some(SecurityScheme {
            name: name.to_owned(),
            kind,
            description: docs::text(description.as_ref()),
        })
    }

    /// Lowers the alternatives that stand at `pointer`.
    pub(super) fn lower_requirements(
        &mut self,
        alternatives: &[SecurityRequirement],
        schemes: &Schemes,
        pointer: &Pointer,
    ) -> Vec<Vec<Requirement>> {
        let mut whole = Vec::new();
        let mut partial = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let mut requirements = Vec::new();
            let mut complete = true;
            for (name, scopes) in alternative {
                if let Some(scheme) = schemes.supported.iter().position(|scheme| scheme.name == *name) {
                    requirements.push(Requirement {
                        scheme: SecuritySchemeId(scheme),
                        scopes: scopes.clone(),
                    });
                } else {
                    complete = false;
                    if !schemes.unsupported.contains(name) {
                        let message = format!("`{name}` is no security scheme of the document; it is not sent");
                        self.report(Code::DanglingReference, &pointer.item(index).child(name), message);
                    }
                }
            }
            if complete { &mut whole } else { &mut partial }.push(requirements);
        }
        // What cannot be met whole is met in part only where there is no other way.
        if whole.is_empty() {
            partial.retain(|requirements: &Vec<Requirement>| !requirements.is_empty());
            return partial;
        }
        whole
    }
}
