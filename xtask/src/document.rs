//! A document in, the same as it is in effect out: in one version, with its files and overlays in it.

use generator::in_effect;

use crate::{
    cli::InEffect,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
    input, terminal,
};

pub(crate) fn run(arguments: &InEffect, front: Front) -> Result<Exit, Failure> {
    let (spec, _) = input::one(&arguments.of, front)?;
    match spec.with_input(|input| in_effect(input)) {
        Ok(document) => {
            diagnostics::print(document.diagnostics.iter(), &document.sources);
            terminal::print(document.yaml.trim_end());
            Ok(Exit::Done)
        }
        Err(refusal) => {
            diagnostics::print(&refusal.problems, &refusal.sources);
            Ok(Exit::Refused)
        }
    }
}
