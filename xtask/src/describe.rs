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
            let api = &generated.api;
            let text = if arguments.prose {
                ir::describe_with_prose(api)
            } else {
                ir::describe(api)
            };
            terminal::print(text.trim_end());
            Ok(Exit::Done)
        }
        Err(refusal) => {
            diagnostics::print(&refusal.problems, &refusal.sources);
            Ok(Exit::Refused)
        }
    }
}
