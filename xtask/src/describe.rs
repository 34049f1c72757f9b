//! A document in, the text of its intermediate representation out.

use generator::{generate, ir};

use crate::{
    cli::Ir,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
    input, terminal,
};

pub(crate) fn run(arguments: &Ir) -> Result<Exit, Failure> {
    let (spec, config) = input::one(&arguments.of, Front::Xtask)?;
    match spec.with_input(|input| generate(input, &config)) {
        Ok(generated) => {
            diagnostics::print(generated.diagnostics.iter(), &generated.sources);
            terminal::print(ir::describe(&generated.api).trim_end());
            Ok(Exit::Done)
        }
        Err(refusal) => {
            diagnostics::print(&refusal.problems, &refusal.sources);
            Ok(Exit::Refused)
        }
    }
}
