//! Security schemes and requirements in, what has to be sent out.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::SecurityRequirement;

use super::{
    context::Lowering,
    docs,
    framing::{impossible, is_framing},
    reference::{self, Broken},
};
use crate::{
    diagnostics::Code,
    ir::{
        CredentialLocation, Docs, Location, Pointer, Requirement, SecurityKind, SecurityScheme, SecuritySchemeId,
        is_token,
    },
    load::{self, KeyLocation, SecuritySchemeKind},
};

/// The schemes of HTTP whose credentials depend on what the server asked, or on the request.
const ANSWERS: [&str; 8] = [
    "digest",
    "dpop",
    "hoba",
    "mutual",
    "negotiate",
    "ntlm",
    "scram-sha-1",
    "scram-sha-256",
];

/// The schemes that requirements name so far.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    pub(super) supported: Vec<SecurityScheme>,
    /// Where each is among them, by what requirements call it; none where it is not supported.
    named: IndexMap<String, Option<SecuritySchemeId>>,
    /// What requirements call them, by where they stand.
    places: BTreeMap<Pointer, String>,
}

impl Schemes {
    /// Whether any of the alternatives travels in the header `Authorization`.
    pub(super) fn are_in_authorization(&self, alternatives: &[Vec<Requirement>]) -> bool {
        let schemes = alternatives.iter().flatten();
        let mut schemes = schemes.filter_map(|requirement| self.supported.get(requirement.scheme.0));
        schemes.any(|scheme| scheme.kind.is_in_authorization())
    }

    fn add(&mut self, name: &str, scheme: Option<SecurityScheme>) {
        let id = scheme.is_some().then_some(SecuritySchemeId(self.supported.len()));
        self.supported.extend(scheme);
        self.named.insert(name.to_owned(), id);
    }

    fn knows(&self, name: &str) -> bool {
        self.named.contains_key(name)
    }

    fn get(&self, name: &str) -> Option<SecuritySchemeId> {
        self.named.get(name).copied().flatten()
    }
}

impl Lowering<'_> {
    pub(super) fn lower_security_schemes(&mut self) -> Schemes {
        let mut schemes = Schemes::default();
        let list = Pointer::root().child("components").child("securitySchemes");
        for name in self.document.openapi.components.security_schemes.keys() {
            let node = &self.document.openapi.components.security_schemes[name];
            let place = list.child(name);
            let scheme = self.resolve(node, &place);
            let scheme = scheme.and_then(|(scheme, end)| {
                schemes.places.entry(end.clone()).or_insert_with(|| name.clone());
                self.lower_security_scheme(name, scheme, &place, &end)
            });
            schemes.add(name, scheme);
        }
        schemes
    }

    /// Lowers a scheme, which is used at `place` and stands at `end`.
    fn lower_security_scheme(
        &mut self,
        name: &str,
        scheme: &load::SecurityScheme,
        place: &Pointer,
        end: &Pointer,
    ) -> Option<SecurityScheme> {
        let kind = match &scheme.kind {
            SecuritySchemeKind::ApiKey { location, name } => {
                let (location, place) = match location {
                    KeyLocation::Query => (CredentialLocation::Query, Location::Query),
                    KeyLocation::Header => (CredentialLocation::Header, Location::Header),
                    KeyLocation::Cookie => (CredentialLocation::Cookie, Location::Cookie),
                };
                let is_framing = place == Location::Header && is_framing(name);
                let framing = is_framing.then(|| format!("the header `{name}` is set by the transport"));
                if let Some(why) = framing.or_else(|| impossible(place, name)) {
                    let message = format!("{why}; the key is not sent");
                    self.report(Code::UnsupportedSecurity, &end.child("name"), message);
                    return None;
                }
                SecurityKind::ApiKey {
                    location,
                    parameter: name.clone(),
                }
            }
            SecuritySchemeKind::Http { scheme } => match scheme.trim().to_ascii_lowercase().as_str() {
                "bearer" => SecurityKind::Bearer,
                "basic" => SecurityKind::Basic,
                // Names of schemes have no case, but servers of a scheme of their own may take one spelling only.
                known if is_token(scheme.trim()) => {
                    if ANSWERS.contains(&known) {
                        let message = format!(
                            "`{}` answers what the server asks for each request; the client computes nothing, and sends what it is \
                             handed",
                            scheme.trim()
                        );
                        let hint = "compute it in a `tower` service or a transport of your own, below the client";
                        self.report_with_hint(Code::UnsupportedSecurity, &end.child("scheme"), message, hint);
                    }
                    SecurityKind::Http(scheme.trim().to_owned())
                }
                _ => {
                    let message = format!("`{scheme}` cannot be the name of a scheme in HTTP");
                    let hint = "describe it as an `apiKey` in the header `Authorization`, or set that header on the client \
                                or on each call";
                    self.report_with_hint(Code::UnsupportedSecurity, &end.child("scheme"), message, hint);
                    return None;
                }
            },
            SecuritySchemeKind::OAuth2 | SecuritySchemeKind::OpenIdConnect => SecurityKind::Bearer,
            SecuritySchemeKind::MutualTls => SecurityKind::MutualTls,
        };
        let of_use = self.text_of_use(place, "description");
        let flows = self.flows(end);
        let bearer_format = self.document.text_at(&end.child("bearerFormat")).into_iter();
        let bearer_format = bearer_format
            .map(|format| format!("Format of the token: `{format}`."))
            .collect();
        Some(SecurityScheme {
            name: name.to_owned(),
            kind,
            docs: Docs {
                description: docs::text(of_use.or(scheme.description.as_deref())),
                deprecated: scheme.deprecated,
                constraints: [bearer_format, self.token_sources(end, &flows)].concat(),
                ..Docs::default()
            },
            flows,
        })
    }

    /// Says that a requirement at `place` names none of the `known` schemes, and what comes of it.
    pub(super) fn report_no_scheme<'n>(
        &mut self,
        (name, effect): (&str, &str),
        known: impl Iterator<Item = &'n String>,
        place: &Pointer,
    ) {
        let message = format!("`{name}` is no security scheme of the document{effect}");
        let meant = load::nearest(name, known.map(String::as_str));
        self.report_mistaken(Code::DanglingReference, place, message, meant);
    }

    /// The scheme that a requirement at `place` names: by the name of a component, else by a URI.
    fn required_scheme(&mut self, name: &str, schemes: &mut Schemes, place: &Pointer) -> Option<SecuritySchemeId> {
        if schemes.knows(name) {
            return schemes.get(name);
        }
        if !name.contains(['#', '/', ':']) {
            let known = schemes.named.keys();
            self.report_no_scheme((name, "; it is not sent"), known, place);
            return None;
        }
        let end = reference::parse(name).and_then(|pointer| self.end_of_references(&pointer));
        let found = end.and_then(|end| match self.document.typed_at::<load::SecurityScheme>(&end) {
            Some(scheme) => Ok((scheme, end)),
            None => Err(Broken::Dangling(name.to_owned())),
        });
        let (scheme, end) = match found {
            Ok(found) => found,
            Err(broken) => {
                self.report_broken(&broken, place, "the security scheme is not sent");
                return None;
            }
        };
        if let Some(known) = schemes.places.get(&end) {
            return schemes.get(known);
        }
        let own = reference::entry(&end).map(|(own, _)| own).or_else(|| end.last());
        let own = own.filter(|own| !schemes.knows(own));
        let own = own.as_deref().unwrap_or(name);
        let scheme = self.lower_security_scheme(own, &scheme, &end, &end);
        schemes.add(name, scheme);
        schemes.get(name)
    }

    /// Lowers the alternatives that stand at `pointer`.
    pub(super) fn lower_requirements(
        &mut self,
        alternatives: &[SecurityRequirement],
        schemes: &mut Schemes,
        pointer: &Pointer,
    ) -> Vec<Vec<Requirement>> {
        let mut whole = Vec::new();
        let mut partial = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let mut requirements: Vec<Requirement> = Vec::new();
            let mut complete = true;
            for (name, scopes) in alternative {
                let scheme = self.required_scheme(name, schemes, &pointer.item(index).child(name));
                complete &= scheme.is_some();
                if let Some(scheme) = scheme.and_then(|scheme| schemes.supported.get(scheme.0)) {
                    self.note_scopes(scheme, scopes, &pointer.item(index).child(name));
                }
                requirements.extend(scheme.map(|scheme| Requirement {
                    scheme,
                    scopes: scopes.clone(),
                }));
            }
            // Keys of one object have no order of their own.
            requirements.sort_by_key(|requirement| requirement.scheme.0);
            requirements.dedup_by_key(|requirement| requirement.scheme);
            let possible = self.one_in_each_place(requirements, schemes);
            if complete { &mut whole } else { &mut partial }.extend(possible);
        }
        // What cannot be met whole is met in part only where there is no other way.
        if whole.is_empty() {
            partial.retain(|requirements: &Vec<Requirement>| !requirements.is_empty());
            return partial;
        }
        whole
    }

    /// Says which scopes none of the scheme's flows lists, where these list any.
    fn note_scopes(&mut self, scheme: &SecurityScheme, scopes: &[String], place: &Pointer) {
        let known = || {
            let listed = scheme.flows.iter().flat_map(|flow| &flow.scopes);
            listed.map(|(scope, _)| scope.as_str())
        };
        if known().next().is_none() {
            return;
        }
        for (index, scope) in scopes
            .iter()
            .enumerate()
            .filter(|(_, scope)| known().all(|known| known != *scope))
        {
            let message = format!(
                "`{scope}` is none of the scopes of `{}`; it is asked for all the same",
                scheme.name
            );
            let meant = load::nearest(scope, known());
            self.report_mistaken(Code::UnknownMember, &place.item(index), message, meant);
        }
    }

    /// What can be sent of one alternative: a request has one header and one cookie of a name, so of several schemes that travel
    /// in it each makes an alternative of its own.
    fn one_in_each_place(&mut self, requirements: Vec<Requirement>, schemes: &Schemes) -> Vec<Vec<Requirement>> {
        let scheme = |requirement: &Requirement| schemes.supported.get(requirement.scheme.0);
        let place = |requirement: &Requirement| scheme(requirement).and_then(|scheme| scheme.kind.sole_place());
        let twins = requirements.iter().enumerate().find_map(|(index, first)| {
            let place_of_first = place(first)?;
            let second = requirements.iter().skip(index + 1);
            let mut second = second.filter(|other| place(other).as_ref() == Some(&place_of_first));
            Some((first, second.next()?, place_of_first))
        });
        let Some((first, second, shared)) = twins else {
            return vec![requirements];
        };
        if let (Some(first), Some(second)) = (scheme(first), scheme(second)) {
            let message = format!(
                "`{}` and `{}` are asked for together and both travel in the {shared}; either will do",
                first.name, second.name
            );
            // Told once: such documents say so of every operation.
            let place = Pointer::root().child("components").child("securitySchemes");
            self.report(Code::UnsupportedSecurity, &place.child(&second.name), message);
        }
        let rivals = requirements.iter().filter(|one| place(one).as_ref() == Some(&shared));
        let alternatives: Vec<Vec<Requirement>> = rivals
            .map(|rival| {
                let kept = requirements.iter();
                let kept = kept.filter(|one| *one == rival || place(one).as_ref() != Some(&shared));
                kept.cloned().collect()
            })
            .collect();
        // There may be another place that is shared.
        let alternatives = alternatives.into_iter();
        alternatives
            .flat_map(|rest| self.one_in_each_place(rest, schemes))
            .collect()
    }
}
