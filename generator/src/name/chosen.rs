//! The names that a user chose and those that were given in, the choices that could not be followed out.

use super::{Members, Names, ident::Name, reserved::Namespace, words::words};
use crate::{
    Config,
    diagnostics::{Code, Diagnostic},
    ir::{Api, Pointer, Shape},
};

/// Reports every choice that is no name in Rust's style, is taken by the templates, or is somebody else's already.
pub(crate) fn refused(api: &Api, names: &Names, config: &Config) -> Vec<Diagnostic> {
    let rename = &config.rename;
    let mut report = Report(Vec::new());
    for (id, definition) in api.types.iter() {
        let key = definition.key();
        if let Some(chosen) = rename.types.get(&key) {
            report.compare("types", &key, chosen, names.of(id), Namespace::Model);
        }
        match (&names.members[id.index()], &definition.shape) {
            (Members::Fields(own), Shape::Struct(object)) => {
                for (field, own) in object.fields.iter().zip(own) {
                    let key = definition.member_key(&field.wire);
                    if let Some(chosen) = rename.fields.get(&key) {
                        report.compare("fields", &key, chosen, &own.field, Namespace::Field);
                    }
                }
            }
            (Members::Variants(own), Shape::Enum(values)) => {
                for (text, own) in values.texts().iter().zip(own) {
                    let key = definition.member_key(text);
                    if let Some(chosen) = rename.variants.get(&key) {
                        report.compare("variants", &key, chosen, own, Namespace::Variant);
                    }
                }
            }
            (Members::Variants(own), Shape::Union(union)) => {
                for (variant, own) in union.variants.iter().zip(own) {
                    for key in api.types.variant_keys(definition, variant) {
                        if let Some(chosen) = rename.variants.get(&key) {
                            report.compare("variants", &key, chosen, own, Namespace::Variant);
                        }
                    }
                }
            }
            (Members::Fields(_) | Members::Variants(_) | Members::Items(_) | Members::None, _) => {}
        }
    }
    for (operation, own) in api.operations.iter().zip(&names.operations) {
        for key in operation.keys() {
            if let Some(chosen) = rename.operations.get(&key) {
                report.compare("operations", &key, chosen, &own.method, Namespace::Method);
            }
        }
        for (parameter, own) in operation.parameters.iter().zip(&own.parameters) {
            let (name, namespace) = if parameter.required {
                (&own.argument, Namespace::Argument)
            } else {
                (&own.setter, Namespace::CallSetter)
            };
            for key in operation.parameter_keys(parameter) {
                if let Some(chosen) = rename.parameters.get(&key) {
                    report.compare("parameters", &key, chosen, name, namespace);
                }
            }
        }
    }
    for own in names.webhooks.iter().flat_map(|set| &set.webhooks) {
        let webhook = &api.webhooks[own.webhook.0];
        let operation = webhook.origin.operation().map(|id| &api.operations[id.0]);
        for key in webhook.keys(operation) {
            if let (Some(chosen), Some(variant)) = (rename.webhooks.get(&key), own.variants.first()) {
                report.compare("webhooks", &key, chosen, variant, Namespace::Variant);
            }
        }
    }
    for group in &names.groups {
        if let Some(chosen) = rename.tags.get(&group.wire) {
            report.compare("tags", &group.wire, chosen, &group.accessor, Namespace::Accessor);
        }
    }
    report.0
}

struct Report(Vec<Diagnostic>);

impl Report {
    fn compare<N: Name>(&mut self, table: &str, key: &str, chosen: &str, given: &N, namespace: Namespace) {
        if given.text() == chosen {
            return;
        }
        let styled = N::of(&words(chosen), namespace);
        let (message, hint) = if N::exact(chosen, namespace).is_none() {
            let message = format!("`{chosen}` cannot be a name here: it is not in Rust's style, or it is taken");
            (message, Some(format!("`{}` can", styled.text())))
        } else {
            (format!("`{chosen}` is the new name of something else too"), None)
        };
        self.0.push(Diagnostic {
            code: Code::Setting,
            pointer: Pointer::root().child("rename").child(table).child(key),
            message,
            hint,
            location: None,
        });
    }
}
