//! The links of an answer in, a sentence for each out; one that leads to no operation is reported.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::context::Lowering;
use crate::{config::nearest, diagnostics::Code, ir::Pointer};

impl Lowering<'_> {
    /// What can be called with the answer at `place`, a sentence each.
    pub(super) fn links(&mut self, place: &Pointer) -> Vec<String> {
        let list = place.child("links");
        let names = self.document.value_at(&list).and_then(Value::as_object);
        let names = names.into_iter().flat_map(Map::keys);
        let sentences = names.filter_map(|name| {
            let place = match self.end_of_references(&list.child(name)) {
                Ok(place) => place,
                Err(broken) => {
                    self.report_broken(&broken, &list.child(name), "the link is left out");
                    return None;
                }
            };
            let link = self.document.value_at(&place)?;
            self.hear_target(link, &place);
            Some(sentence(name, link))
        });
        sentences.collect()
    }

    /// Says where the operation is not there that the link at `place` leads to.
    fn hear_target(&mut self, link: &Value, place: &Pointer) {
        if let Some(id) = link.get("operationId").and_then(Value::as_str) {
            let document = self.document;
            let ids = self.operation_ids.get_or_insert_with(|| ids(document.values()));
            if ids.contains(id) {
                return;
            }
            let meant = nearest(id, ids.iter().map(String::as_str)).map(str::to_owned);
            let message = format!("`{id}` is the `operationId` of no operation; the docs name it all the same");
            let place = place.child("operationId");
            self.report_mistaken(Code::DanglingReference, &place, message, meant.as_deref());
            return;
        }
        let reference = link.get("operationRef").and_then(Value::as_str);
        // What is in another document is nobody's business here.
        let Some(within) = reference.filter(|reference| reference.starts_with('#')) else {
            return;
        };
        let seen = format!("{}{within}", place.whole_as_str().trim_end_matches('#'));
        let operation = Pointer::of_reference(&seen).and_then(|operation| self.document.value_at(&operation));
        if operation.is_some_and(Value::is_object) {
            return;
        }
        let message = format!("`{within}` leads to no operation; the docs name it all the same");
        let meant = self.document.near(&seen);
        self.report_mistaken(
            Code::DanglingReference,
            &place.child("operationRef"),
            message,
            meant.as_deref(),
        );
    }
}

/// Every `operationId` but those that links name.
fn ids<'d>(wholes: impl Iterator<Item = &'d Value>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut pending: Vec<&Value> = wholes.collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                ids.extend(members.get("operationId").and_then(Value::as_str).map(str::to_owned));
                pending.extend(
                    members
                        .iter()
                        .filter(|(name, _)| *name != "links")
                        .map(|(_, value)| value),
                );
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    ids
}

fn sentence(name: &str, link: &Value) -> String {
    let target = ["operationId", "operationRef"]
        .into_iter()
        .find_map(|key| link.get(key)?.as_str());
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let parameters = link.get("parameters").and_then(Value::as_object).into_iter().flatten();
    let parameters = parameters.map(|(name, value)| format!("`{name}` = `{}`", shown(value)));
    let body = link
        .get("requestBody")
        .map(|body| format!("the body `{}`", shown(body)));
    let given: Vec<String> = parameters.chain(body).collect();
    let server = link.get("server").and_then(|server| server.get("url")?.as_str());
    let mut sentence = format!("Link `{name}`");
    sentence.extend(target.map(|target| format!(" to `{target}`")));
    if !given.is_empty() {
        sentence.push_str(" with ");
        sentence.push_str(&given.join(", "));
    }
    sentence.extend(server.map(|server| format!(" at `{server}`")));
    sentence + "."
}
