//! A document in, the text of its intermediate representation out.

use generator::{generate, ir};

use crate::{
    cli::Ir,
    diagnostics,
    exit::{Exit, Failure},
    input::{Description, SettingsFile, plain_config},
    terminal,
};

pub(crate) fn run(arguments: &Ir) -> Result<Exit, Failure> {
    let (description, config) = if let Some(path) = &arguments.document {
        (
            Description::read(path, &[], &arguments.overlay)?,
            plain_config("client".to_owned()),
        )
    } else {
        let file = SettingsFile::read(arguments.settings.as_deref())?;
        let target = file.first()?;
        (file.description_of(target)?, target.config.clone())
    };
    match description.with_input(|input| generate(input, &config)) {
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
