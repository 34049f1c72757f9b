//! What the document and the settings say of repetitions in, whether one does no harm and by which key the server knows it
//! out: `x-idempotent`, `x-idempotency-key` of an operation, a parameter or the document, and headers that are called so.

use serde_json::Value;

use super::{context::Lowering, framing::is_framing, keywords::JsonType, parameter::Planned};
use crate::{
    config::Described,
    diagnostics::Code,
    ir::{Location, Pointer, is_token},
};

const NAME: &str = "x-idempotency-key";

/// What the extension means by `true`, and what most call it.
const USUAL: &str = "Idempotency-Key";

/// Headers with a key by which a server knows a repeated request, in lower case.
const KEYS: [&str; 6] = [
    "idempotency-key",
    "x-idempotency-key",
    "idempotence-key",
    "x-idempotence-key",
    "idempotencykey",
    "x-idempotencykey",
];

/// How long a key is: a UUID.
const LENGTH: u64 = 36;

/// What becomes of a repetition.
pub(super) struct Repetition {
    /// Whether it does no harm, whatever the headers.
    pub(super) is_harmless: bool,
    /// The header with the key.
    pub(super) key: Option<String>,
}

/// What the extension says.
enum Said {
    Header(String),
    None,
}

impl<'d> Lowering<'d> {
    /// Of a key that a parameter is for, the parameter is no longer asked for.
    pub(super) fn lower_repetition(
        &mut self,
        operation: &openapiv3::Operation,
        described: &Described,
        pointer: &Pointer,
        planned: &mut [Planned<'d>],
    ) -> Repetition {
        let marked: Vec<Option<bool>> = planned
            .iter()
            .map(|parameter| self.said_of_parameter(parameter))
            .collect();
        let said = self.said_harmless(operation, pointer);
        let by_method = described.method.is_idempotent();
        let is_harmless = said.unwrap_or(by_method);
        let header = match self.setting(described).cloned() {
            Some(name) => Some(name),
            None => match self.said_key(pointer) {
                Some(Said::Header(name)) => Some(name),
                Some(Said::None) => None,
                None if marked.contains(&Some(true)) => {
                    let index = marked.iter().position(|marked| *marked == Some(true));
                    index.map(|index| planned[index].wire.clone())
                }
                // That it does harm goes before what a header is called.
                None if said == Some(false) => None,
                None => {
                    let unmarked = planned.iter().zip(&marked).filter(|(_, marked)| marked.is_none());
                    let parameter = unmarked.map(|(planned, _)| planned).find(|planned| {
                        let is_key = KEYS.contains(&planned.wire.to_ascii_lowercase().as_str());
                        planned.location == Location::Header && is_key && (planned.required || !by_method)
                    });
                    let parameter = parameter.map(|parameter| parameter.wire.clone());
                    parameter.or_else(|| self.key_of_all().filter(|_| !is_harmless))
                }
            },
        };
        let parameter = planned.iter_mut().find(|planned| {
            let is_it = |name: &String| planned.wire.eq_ignore_ascii_case(name);
            planned.location == Location::Header && header.as_ref().is_some_and(is_it)
        });
        let key = match parameter {
            Some(parameter) if self.takes_a_key(parameter) => {
                parameter.required = false;
                Some(parameter.wire.clone())
            }
            Some(_) => None,
            None => header,
        };
        Repetition { is_harmless, key }
    }

    /// What the extension says of one parameter. Only a header can have a key of its own for each call.
    fn said_of_parameter(&mut self, parameter: &Planned<'d>) -> Option<bool> {
        let place = parameter.place.child(NAME);
        let value = self.document.value_at(&place)?;
        let Some(is_key) = value.as_bool() else {
            let message = "`x-idempotency-key` of a parameter is neither true nor false; it is ignored";
            self.report(Code::WrongShape, &place, message);
            return None;
        };
        let why = if parameter.location != Location::Header {
            "it is no header"
        } else if !self.takes_a_key(parameter) {
            "a UUID is no value of it"
        } else {
            return Some(is_key);
        };
        if is_key {
            let message = format!(
                "`{}` is sent as it is given, without a key of its own: {why}",
                parameter.wire
            );
            self.report(Code::WrongShape, &place, message);
        }
        Some(false)
    }

    fn said_harmless(&mut self, operation: &openapiv3::Operation, pointer: &Pointer) -> Option<bool> {
        let said = operation.extensions.get("x-idempotent")?;
        if !said.is_boolean() {
            let message = "`x-idempotent` is neither true nor false; it is ignored";
            self.report(Code::WrongShape, &pointer.child("x-idempotent"), message);
        }
        said.as_bool()
    }

    /// The extension of the object at `owner`: the document or an operation.
    fn said_key(&mut self, owner: &Pointer) -> Option<Said> {
        let place = owner.child(NAME);
        match self.document.value_at(&place)? {
            Value::Bool(true) => Some(Said::Header(USUAL.to_owned())),
            Value::Bool(false) => Some(Said::None),
            Value::String(name) if is_token(name) && !is_framing(name) => Some(Said::Header(name.clone())),
            _ => {
                let message = "`x-idempotency-key` is neither the name of a header nor true or false; it is ignored";
                self.report(Code::WrongShape, &place, message);
                None
            }
        }
    }

    /// What is said for all operations that are not idempotent anyway.
    fn key_of_all(&mut self) -> Option<String> {
        let of_settings = self.config.calls.idempotency_key.clone();
        of_settings.or_else(|| match self.said_key(&Pointer::root())? {
            Said::Header(name) => Some(name),
            Said::None => None,
        })
    }

    /// What the settings say for one operation.
    fn setting(&self, described: &Described) -> Option<&'d String> {
        self.config.calls_of(&described.keys())?.idempotency_key.as_ref()
    }

    /// Whether a UUID is a value of the parameter.
    fn takes_a_key(&mut self, parameter: &Planned<'d>) -> bool {
        let Some(node) = parameter.node() else {
            return true;
        };
        let Some(keywords) = self.end_of(node) else {
            return false;
        };
        let length = keywords.get("maxLength").and_then(Value::as_u64);
        let is_text = matches!(keywords.ty(), Some(JsonType::String) | None);
        is_text && !keywords.is_enumerated() && length.is_none_or(|length| length >= LENGTH)
    }
}
