//! An API in, a whole program out that makes one call: the one that needs the least.

use crate::{
    emit::{
        Emitter,
        construction::Construction,
        example::{Example, Extent},
        shown::Shown,
    },
    ir::{Method, Operation, Payload, Response, Status},
    name::{Group, OperationNames},
};

/// What of the prelude a program may name, whatever it calls.
const PRELUDE: [&str; 11] = [
    "Base64",
    "Base64Url",
    "BTreeMap",
    "ClientCertificate",
    "Credential",
    "Date",
    "Time",
    "Timestamp",
    "Upload",
    "Uuid",
    "Value",
];

/// Statuses that programs tell from others, the first of these before the others, and what each means.
const STATUSES: [(u16, &str); 5] = [
    (404, "there is no such thing"),
    (401, "the credential is not accepted"),
    (403, "this is not permitted"),
    (429, "too many requests"),
    (400, "the request is not valid"),
];

/// What an operation needs: the least of these is shown.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Needs<'a> {
    drawbacks: [bool; 4],
    kind: Kind,
    /// How much cannot be shown.
    given: usize,
    is_without_value: bool,
    arguments: usize,
    template: (usize, &'a str),
    method: &'a str,
}

/// What an operation does, as far as its method and its description show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Read,
    Harmless,
    Write,
}

impl<'a> Emitter<'a> {
    /// A program that makes a client by the expression `client`, and a call; without one where no call is simple.
    pub(super) fn program(self, client: &str) -> String {
        let krate = self.krate();
        let Some((group, operation, names, example)) = self.simplest() else {
            let imports = imports(&krate, client, &[]);
            return main(&imports, client, "    println!(\"{client:?}\");", None);
        };
        let call = example.call.then(vec![Shown::word("await")]);
        let call = call.pretty(12, 4);
        let brace = if call.contains('\n') { "\n    {" } else { " {" };
        let call = format!("    match {call}{brace}");
        let success = self.success(group, operation, names, None);
        let printed = if success.ty.to_string() == "()" {
            "Ok(()) => println!(\"done\")"
        } else {
            "Ok(answer) => println!(\"{answer:#?}\")"
        };
        let (status, meaning) = expected(operation);
        let is_described = operation.errors().any(|response| {
            let is_meant = match response.status {
                Status::Code(code) => code == status,
                Status::Class(class) => u16::from(class) == status / 100,
                Status::Default => true,
            };
            is_meant && !response.contents.is_empty()
        });
        // No line is longer than a page of documentation is wide.
        let told = if is_described {
            format!("{{\n            eprintln!(\"{meaning}: {{:?}}\", error.body());\n        }}")
        } else {
            format!("eprintln!(\"{meaning}\"),")
        };
        let imports = imports(&krate, &format!("{client}{call}"), &[]);
        let body = format!(
            "{call}\n        {printed},\n        Err(error) if error.is_status({status}) => {told}\n        Err(error) => return Err(error.into()),\n    }}"
        );
        main(&imports, client, &body, self.feature_of(group))
    }

    /// The operation that needs the least, and a call of it.
    fn simplest(self) -> Option<(&'a Group, &'a Operation, &'a OperationNames, Example)> {
        let construction = self.construction();
        let operations = self.api.operations.iter().zip(&self.names.operations);
        let all = operations.map(|(operation, names)| (self.needs(operation, names, &construction), operation, names));
        let (needs, operation, names) = all.min_by(|(one, ..), (other, ..)| one.cmp(other))?;
        let group = &self.names.groups[names.group];
        (needs.given == 0).then(|| {
            (
                group,
                operation,
                names,
                self.call_of(group, operation, names, Extent::Required),
            )
        })
    }

    fn needs(self, operation: &'a Operation, names: &'a OperationNames, construction: &Construction<'_>) -> Needs<'a> {
        let group = &self.names.groups[names.group];
        let required = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required && Self::fixed(parameter).is_none());
        let body = operation
            .body
            .as_ref()
            .map_or(0, |body| if body.required { 2 } else { 1 });
        let is_value = |response: &&Response| {
            matches!(
                response.contents.first().map(|content| &content.payload),
                Some(Payload::Json(_) | Payload::Xml(..))
            )
        };
        Needs {
            drawbacks: [
                operation.docs.deprecated,
                !construction.suffices(operation),
                construction.takes_secret() && operation.security.is_empty(),
                !operation.servers.is_empty(),
            ],
            kind: match operation.method {
                Method::Get => Kind::Read,
                Method::Post if operation.idempotent => Kind::Harmless,
                _ => Kind::Write,
            },
            given: self.call_of(group, operation, names, Extent::Required).given.len(),
            is_without_value: !operation.answers().iter().any(is_value),
            arguments: required.count() + body,
            template: (operation.template.len(), &operation.template),
            method: operation.method.as_str(),
        }
    }
}

/// The status of an error that the operation is described with and programs tell from others, and what it means.
fn expected(operation: &Operation) -> (u16, &'static str) {
    let is_described = |status: u16| {
        operation
            .errors()
            .any(|response| response.status == Status::Code(status))
    };
    let described = STATUSES.into_iter().find(|(status, _)| is_described(*status));
    described.unwrap_or(if operation.security.is_empty() {
        STATUSES[0]
    } else {
        STATUSES[1]
    })
}

/// A whole program; where `feature` is off, none.
pub(super) fn main(imports: &str, client: &str, body: &str, feature: Option<&str>) -> String {
    let condition = feature.map(|feature| {
        format!("# #[cfg(not(feature = \"{feature}\"))]\n# fn main() {{}}\n#\n# #[cfg(feature = \"{feature}\")]\n")
    });
    let condition = condition.unwrap_or_default();
    format!(
        "```no_run\n{imports}\n\n{condition}#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = {client};\n{body}\n    Ok(())\n}}\n```"
    )
}

/// What a program imports that consists of `code`, and `further` items.
pub(super) fn imports(krate: &str, code: &str, further: &[&str]) -> String {
    let names = |name: &&str| {
        let mut places = code.match_indices(*name);
        places.any(|(at, _)| {
            let is_path = |char: char| char.is_alphanumeric() || "_:".contains(char);
            let before = code[..at].chars().next_back();
            let after = code[at + name.len()..].chars().next();
            !before.is_some_and(is_path) && !after.is_some_and(|char| char.is_alphanumeric() || char == '_')
        })
    };
    let modules = ["api", "models"]
        .into_iter()
        .filter(|module| code.contains(&format!("{module}::")));
    let prelude: Vec<&str> = PRELUDE.into_iter().filter(names).collect();
    let prelude = match prelude.as_slice() {
        [] => None,
        [only] => Some(format!("prelude::{only}")),
        several => Some(format!("prelude::{{{}}}", several.join(", "))),
    };
    let parts = ["Client"].into_iter().chain(further.iter().copied()).chain(modules);
    let parts = parts.map(str::to_owned).chain(prelude);
    match parts.collect::<Vec<_>>().as_slice() {
        [only] => format!("use {krate}::{only};"),
        several => format!("use {krate}::{{{}}};", several.join(", ")),
    }
}
