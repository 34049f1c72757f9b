//! The names that a user chose and those that were given in, the choices that could not be followed out.

use super::{Ident, Members, Names, TypeName, ident::Name, reserved::Namespace, words::words};
use crate::{
    Config,
    diagnostics::{Code, Diagnostic},
    ir::{Api, OperationId, Pointer, Shape},
    manifest::Earlier,
};

/// Reports every choice that is no name in Rust's style, is taken by the templates, or is somebody else's already.
pub(crate) fn refused(api: &Api, names: &Names, config: &Config, earlier: &Earlier<'_>) -> Vec<Diagnostic> {
    let rename = &config.rename;
    let mut report = Report(Vec::new());
    for (id, definition) in api.types.iter() {
        let key = definition.key();
        if let Some(chosen) = rename.types.get(&key) {
            report.compare("types", &key, chosen, names.of(id), Namespace::Model);
            let namesakes = api.types.iter().filter(|(other, _)| *other != id);
            let wished = namesakes
                .map(|(_, other)| other.key())
                .filter(|key| !rename.types.contains_key(key));
            let namesake = wished
                .into_iter()
                .find(|key| TypeName::of(&words(key), Namespace::Model).as_str() == *chosen);
            report.taken("types", &key, chosen, namesake);
        }
        match (&names.members[id.index()], &definition.shape) {
            (Members::Fields(own), Shape::Struct(object)) => {
                for (field, own) in object.fields.iter().zip(own) {
                    let key = definition.member_key(&field.wire);
                    if let Some(chosen) = rename.fields.get(&key) {
                        report.compare("fields", &key, chosen, &own.field, Namespace::Field);
                        let others = object.fields.iter().filter(|other| other.wire != field.wire);
                        let mut others = others.map(|other| (definition.member_key(&other.wire), &other.wire));
                        let namesake = others.find(|(key, wire)| {
                            let plain = Ident::of(&words(wire), Namespace::Field);
                            !rename.fields.contains_key(key) && plain.as_str() == *chosen
                        });
                        report.taken("fields", &key, chosen, namesake.map(|(key, _)| key));
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
    report.taken_methods(api, config, earlier);
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
        self.refuse(table, key, message, hint);
    }

    /// Refuses a name that is somebody else's by themselves, who would have to be called otherwise for it.
    fn taken(&mut self, table: &str, key: &str, chosen: &str, namesake: Option<String>) {
        if let Some(namesake) = namesake {
            let message = format!("`{key}` cannot be called `{chosen}`: that is what `{namesake}` is called");
            let hint = format!("give `{namesake}` another name too, or choose another one here");
            self.refuse(table, key, message, Some(hint));
        }
    }

    /// The same of methods, whose names follow from each other.
    fn taken_methods(&mut self, api: &Api, config: &Config, earlier: &Earlier<'_>) {
        let chosen = &config.rename.operations;
        if chosen.is_empty() {
            return;
        }
        let mut plain = config.clone();
        plain.rename.operations.clear();
        let names = super::name(api, &plain, earlier);
        let choice = |id: &OperationId| {
            let mut keys = api.operations[id.0].keys().into_iter();
            keys.find_map(|key| chosen.get(&key).map(|name| (key, name)))
        };
        for group in &names.groups {
            for (key, name) in group.operations.iter().filter_map(choice) {
                let others = group.operations.iter().filter(|id| choice(id).is_none());
                let mut others = others.filter(|id| names.operations[id.0].method.as_str() == name);
                let namesake = others
                    .next()
                    .and_then(|id| api.operations[id.0].keys().into_iter().next());
                self.taken("operations", &key, name, namesake);
            }
        }
    }

    fn refuse(&mut self, table: &str, key: &str, message: String, hint: Option<String>) {
        self.0.push(Diagnostic {
            code: Code::Setting,
            pointer: Pointer::root().child("rename").child(table).child(key),
            message,
            hint,
            location: None,
        });
    }
}
