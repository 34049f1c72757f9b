//! A document in, a settings file with a first target of it out.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use generator::generate;

use crate::{
    codegen, diagnostics,
    exit::{Exit, Failure},
    front::SETTINGS,
    input::{Spec, plain_config},
    terminal,
};

/// The file, but for its first target.
const TEMPLATE: &str = include_str!("init.toml");

pub(super) fn run(document: &Path, out: Option<PathBuf>) -> Result<Exit, Failure> {
    if document == Path::new("-") {
        return Err(Failure::usage(
            "settings name a file, which the standard input is not; save the document first".to_owned(),
        ));
    }
    if Path::new(SETTINGS).exists() {
        return Err(there_already());
    }
    let spec = Spec::read(document, &[], &[])?;
    let generated = match spec.with_input(|input| generate(input, &plain_config(String::new()))) {
        Ok(generated) => generated,
        Err(refusal) => {
            diagnostics::print(&refusal.problems, &refusal.sources);
            return Err(Failure {
                exit: Exit::Refused,
                message: format!("`{}` is refused, nothing was written", document.display()),
            });
        }
    };
    let name = &generated.files.package.name;
    let out = out.unwrap_or_else(|| PathBuf::from(name));
    codegen::check_folder(&out)?;
    write(&TEMPLATE.replacen("TARGET\n", &target(name, document, &out), 1))?;
    let operations = terminal::count(generated.api.operations.len(), "operation", "operations");
    let types = terminal::count(generated.api.types.len(), "type", "types");
    let summary = diagnostics::summary(generated.diagnostics.iter());
    terminal::print(&format!(
        "{SETTINGS} has a target `{name}`: {operations}, {types} of {} ({summary})\n\
         `openapi-crate generate` writes the crate to {}",
        document.display(),
        out.display()
    ));
    Ok(Exit::Done)
}

/// The table of the target.
fn target(name: &str, document: &Path, out: &Path) -> String {
    let [document, output] = [document, out].map(|path| text(&path.display().to_string()));
    let (standalone, about) = if is_in_workspace(out) {
        (
            "#standalone = true",
            "not one of the workspace that it lies in: add it to the `members` there",
        )
    } else {
        ("standalone = true", "one that builds wherever it lies")
    };
    format!(
        "[targets.{name}]\ndocument = {document}\n# The folder of the crate.\noutput = {output}\n\
         # Whether the new Cargo.toml opens a workspace of its own: {about}.\n{standalone}\n\
         # The package, when it is created; otherwise the target's name.\n#name = {}\n",
        text(&format!("{name}-client"))
    )
}

/// A text of TOML. What JSON escapes, TOML escapes the same.
fn text(text: &str) -> String {
    let plain = if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.to_owned()
    };
    serde_json::Value::from(plain).to_string()
}

/// Whether Cargo would find a workspace above the folder.
fn is_in_workspace(out: &Path) -> bool {
    let Ok(whole) = std::path::absolute(out) else {
        return false;
    };
    let mut above = whole.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
    above.any(|path| {
        fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.trim().starts_with("[workspace")))
    })
}

/// Writes the settings, where there are none.
fn write(settings: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(SETTINGS);
    file.and_then(|mut file| file.write_all(settings.as_bytes()))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => there_already(),
            _ => Failure::at("write", Path::new(SETTINGS), &error),
        })
}

fn there_already() -> Failure {
    Failure {
        exit: Exit::Refused,
        message: format!("`{SETTINGS}` is there already and stays as it is; add a table `[targets.NAME]` to it"),
    }
}

#[cfg(test)]
mod tests {
    use generator::{Source, config::Settings};

    use super::{TEMPLATE, target};

    /// The list of what can be set, which the repository's own settings have too.
    const ALL: &str = include_str!("../../../spec/codegen.toml");

    #[test]
    fn every_setting_that_is_shown_is_one() {
        let target = target("pets", "pets \"1\".yaml".as_ref(), "out".as_ref());
        let text = TEMPLATE.replacen("TARGET\n", &target, 1);
        let settings = |text: &str| {
            let source = Source {
                name: "codegen.toml",
                bytes: text.as_bytes(),
            };
            Settings::read(&source).map_err(|refusal| format!("{refusal}\n{text}"))
        };
        let plain = settings(&text).expect("what is written is read");
        assert_eq!(plain.targets["pets"].document, "pets \"1\".yaml");
        let is_shown = |line: &&str| {
            line.strip_prefix('#')
                .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' '))
        };
        let all: Vec<String> = text
            .lines()
            .map(|line| {
                if is_shown(&line) {
                    line[1..].to_owned()
                } else {
                    line.to_owned()
                }
            })
            .collect();
        let all = all.join("\n");
        settings(&all).expect("what is shown can be said");
        // What the one list has, the other has.
        let listed = ALL.lines().filter_map(|line| line.strip_prefix("#     "));
        let keys = listed
            .filter_map(|line| line.split_once(" = "))
            .map(|(key, _)| key.trim());
        let keys: Vec<&str> = keys
            .filter(|key| key.chars().all(|char| char.is_ascii_lowercase() || char == '_'))
            .collect();
        assert!(keys.len() > 20, "{keys:?}");
        for key in keys
            .into_iter()
            .filter(|key| !["uuid", "decimal", "dogs", "people"].contains(key))
        {
            assert!(all.contains(&format!("{key} = ")), "`{key}` is not shown");
        }
    }
}
