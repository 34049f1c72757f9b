//! A document in, the text of its intermediate representation out.

use generator::{config::Target, generate, ir};

use crate::{
    cli::Ir,
    diagnostics,
    exit::{Exit, Failure},
    input::{Description, SettingsFile, plain_config},
    terminal,
};

pub(crate) fn run(arguments: &Ir) -> Result<Exit, Failure> {
    let (description, config) = if let Some(path) = &arguments.document {
        (Description::read(path, &[])?, plain_config("client".to_owned()))
    } else {
        let file = SettingsFile::read(arguments.settings.as_deref())?;
        let target: &Target = file
            .settings
            .targets
            .values()
            .next()
            .ok_or_else(|| Failure::usage("the settings have no target".to_owned()))?;
        (file.description_of(target)?, target.config.clone())
    };
    match generate(description.input(), &config) {
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
