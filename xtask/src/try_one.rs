//! One document in, what every stage makes of it out, down to whether its crate compiles: `cargo xtask try`.

use std::process::ExitStatus;

use generator::{Generated, generate, ir, output};

use crate::{
    cargo::cargo,
    cli::Try,
    diagnostics,
    exit::{Exit, Failure},
    files::empty,
    input::{self, Spec, plain_config},
    terminal,
};

/// What is the same for every API, or says nothing new about this one.
const ASIDE: [&str; 3] = ["src/runtime/", ".openapi-manifest.json", "README.md"];

pub(crate) fn run(arguments: &Try) -> Result<Exit, Failure> {
    let spec = Spec::read(&arguments.document, &arguments.overlay, &[])?;
    let config = plain_config("tried".to_owned());
    let generated = match spec.with_input(|input| generate(input, &config)) {
        Ok(generated) => generated,
        Err(refusal) => {
            diagnostics::print(&refusal.problems, &refusal.sources);
            return Ok(Exit::Refused);
        }
    };
    terminal::print("==> what is understood\n");
    terminal::print(ir::describe(&generated.api).trim_end());
    for (path, text) in &generated.files.sources {
        if !ASIDE.iter().any(|aside| path.starts_with(aside)) {
            terminal::print(&format!("\n==> {path}\n\n{}", text.trim_end()));
        }
    }
    diagnostics::print(generated.diagnostics.iter(), &generated.sources);
    if arguments.no_check {
        return Ok(Exit::Done);
    }
    terminal::note("==> cargo check");
    let status = check(&generated)?;
    Ok(if status.success() { Exit::Done } else { Exit::Differs })
}

/// Compiles the crate, with warnings denied, below target/try.
fn check(generated: &Generated) -> Result<ExitStatus, Failure> {
    let work = input::root().join("target/try");
    let folder = work.join("crate");
    empty(&folder.join("src"))?;
    output::write(&generated.files, &folder).map_err(|error| Failure::refused(&error))?;
    input::lock(&folder);
    let folder = folder
        .canonicalize()
        .map_err(|error| Failure::at("find", &folder, &error))?;
    cargo()
        .current_dir(&folder)
        .args(["check", "--quiet", "--all-features"])
        .env("CARGO_TARGET_DIR", folder.join("../target"))
        .env("RUSTFLAGS", "--deny=warnings")
        .status()
        .map_err(|error| Failure::refused(&error))
}
