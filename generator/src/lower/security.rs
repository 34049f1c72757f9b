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
        let components = self.document.openapi.components.as_ref();
        for (name, node) in components
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
            // Keys of one object have no order of their own.
            requirements.sort_by_key(|requirement| requirement.scheme.0);
            let possible = self.one_in_authorization(requirements, schemes);
            if complete { &mut whole } else { &mut partial }.extend(possible);
        }
        // What cannot be met whole is met in part only where there is no other way.
        if whole.is_empty() {
            partial.retain(|requirements: &Vec<Requirement>| !requirements.is_empty());
            return partial;
        }
        whole
    }

    /// What can be sent of one alternative: a request has one header `Authorization`, so of several schemes that travel in
    /// it each makes an alternative of its own.
    fn one_in_authorization(&mut self, requirements: Vec<Requirement>, schemes: &Schemes) -> Vec<Vec<Requirement>> {
        let scheme = |requirement: &Requirement| schemes.supported.get(requirement.scheme.0);
        let is_in_it = |requirement: &Requirement| {
            scheme(requirement).is_some_and(|scheme| match &scheme.kind {
                SecurityKind::Bearer | SecurityKind::Basic => true,
                SecurityKind::ApiKey { location, parameter } => {
                    *location == CredentialLocation::Header && parameter.eq_ignore_ascii_case("authorization")
                }
            })
        };
        let rivals: Vec<Requirement> = requirements.iter().filter(|one| is_in_it(one)).cloned().collect();
        let (Some(first), Some(second)) = (rivals.first().and_then(scheme), rivals.get(1).and_then(scheme)) else {
            return vec![requirements];
        };
        let message = format!(
            "`{}` and `{}` are asked for together and both travel in the header `Authorization`; either will do",
            first.name, second.name
        );
        // Told once: such documents say so of every operation.
        let place = Pointer::root().child("components").child("securitySchemes");
        self.report(Code::UnsupportedSecurity, &place.child(&second.name), message);
        let alternative = |rival: &Requirement| {
            let kept = requirements.iter().filter(|one| *one == rival || !is_in_it(one));
            kept.cloned().collect()
        };
        rivals.iter().map(alternative).collect()
    }
}
