//! An operation that takes many inputs in, a whole program that gives it any number of them out.

use super::program::{imports, main};
use crate::{
    emit::{
        Emitter,
        docs::Text,
        sample::{Budget, Hint, Taken},
    },
    ir::{Method, Operation},
    name::OperationNames,
};

/// What comes of them.
const OUTCOMES: &str = "    while let Some(record) = outcomes.next().await {
        let index = record.index;
        match record.outcome {
            Outcome::Succeeded(output) => println!(\"{index}: {output:?}\"),
            Outcome::Failed(reason) => println!(\"{index} was refused: {reason:?}\"),
            Outcome::Unknown(reason) => println!(\"{index} may have been acted on: {reason}\"),
            Outcome::NotSent(reason) => println!(\"{index} was not acted on: {reason}\"),
        }
    }
    println!(\"{:?}\", outcomes.progress());";

impl<'a> Emitter<'a> {
    /// What there is for more than a call's worth.
    pub(super) fn any_number(self) -> Text {
        let operations = self.api.operations.iter().zip(&self.names.operations);
        let mut all: Vec<_> = operations.filter(|(operation, _)| operation.batch.is_some()).collect();
        // What adds is what there is most of.
        all.sort_by_key(|(operation, names)| {
            let verb = names.method.to_string();
            (
                operation.method != Method::Post,
                verb != "create",
                operation.template.len(),
                verb,
            )
        });
        let Some((operation, names)) = all.first().copied() else {
            return Text::default();
        };
        let methods: Vec<String> = all.iter().map(|(_, names)| self.link_to(names, "_all")).collect();
        let text = Text::ours(format!(
            "For more than a call's worth: any iterator or stream of inputs in, one outcome for each out ([`bulk`]). Of \
             this API: {}.",
            methods.join(", ")
        ));
        text.and(self.bulk_program(operation, names).unwrap_or_default())
    }

    fn method_for_all(self, names: &'a OperationNames) -> String {
        format!("{}_all", Self::path_of(&self.names.groups[names.group], names))
    }

    fn bulk_program(self, operation: &'a Operation, names: &'a OperationNames) -> Option<Text> {
        let input = self.batch_input(operation)?;
        let input = self.sample(input, Taken::Owned, Hint::new(None, "input", &Budget::new()))?;
        let client = self.construction().example();
        let made = format!("let inputs = (0..1000).map(|_| {});", input.pretty(39, 4));
        let call = format!(
            "let mut outcomes = client.{}(inputs).concurrency(4).outcomes();",
            self.method_for_all(names)
        );
        let imports = imports(&self.krate(), &format!("{client} {made}"), &["bulk::Outcome"]);
        let feature = self.feature_of(&self.names.groups[names.group]);
        let body = format!("    {made}\n    {call}\n{OUTCOMES}");
        Some(Text::ours(main(&imports, &client, &body, feature)))
    }
}
