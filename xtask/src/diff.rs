//! Two documents in, what happens to callers of the one's crate when it becomes the other's out.

use std::path::{Path, PathBuf};

use generator::{
    Config, Generated, Input, Manifest, generate,
    manifest::{Change, Kind, differences},
};

use crate::{
    cli::Diff,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
    input::{SettingsFile, Spec, plain_config},
    terminal,
};

/// The kinds, those first that ask most, with what a changelog calls them.
const KINDS: [(Kind, &str); 3] = [
    (Kind::Breaking, "Breaking"),
    (Kind::Behaviour, "Changed behaviour"),
    (Kind::Additive, "Added"),
];

/// What holds for both documents.
struct Around {
    overlays: Vec<PathBuf>,
    files: Vec<PathBuf>,
    config: Config,
}

impl Around {
    fn of(arguments: &Diff, front: Front) -> Result<Self, Failure> {
        let Some(target) = &arguments.target else {
            return Ok(Self {
                overlays: arguments.overlay.clone(),
                files: arguments.files.clone(),
                config: plain_config("client".to_owned()),
            });
        };
        let file = SettingsFile::read(arguments.settings.as_deref(), front)?;
        let target = file.target(target)?;
        let [overlays, files] = file.around(target);
        Ok(Self {
            overlays,
            files,
            config: target.config.clone(),
        })
    }
}

pub(crate) fn run(arguments: &Diff, front: Front) -> Result<Exit, Failure> {
    let Diff {
        old, new, changelog, ..
    } = arguments;
    if old == new {
        return Err(Failure::usage("both documents are the same file".to_owned()));
    }
    let around = Around::of(arguments, front)?;
    let before = understood(old, &around, None)?;
    // As if the crate of the old document were there.
    let after = understood(new, &around, Some(&before.manifest))?;
    // What is no longer there may be there still, and be written wrongly.
    let losses = after
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostics::is_loss(diagnostic));
    diagnostics::print(losses, &after.sources);
    let changes = differences(&before, &after);
    terminal::print(if *changelog { markdown(&changes) } else { list(&changes) }.trim_end());
    Ok(match changes.iter().map(|change| change.kind).max() {
        None | Some(Kind::Additive) => Exit::Done,
        Some(Kind::Behaviour) => Exit::Behaves,
        Some(Kind::Breaking) => Exit::Breaks,
    })
}

fn understood(path: &Path, around: &Around, earlier: Option<&Manifest>) -> Result<Generated, Failure> {
    let spec = Spec::read(path, &around.overlays, &around.files)?;
    let generated = spec.with_input(|input| generate(Input { earlier, ..*input }, &around.config));
    generated.map_err(|refusal| diagnostics::refused(&refusal, format!("`{}` is refused", path.display())))
}

fn of(changes: &[Change], kind: Kind) -> impl Iterator<Item = &Change> {
    changes.iter().filter(move |change| change.kind == kind)
}

/// A line for each change, and one that counts.
fn list(changes: &[Change]) -> String {
    let line = |change: &Change| format!("{:<10} {change}", change.kind.as_str());
    let lines = KINDS.iter().flat_map(|(kind, _)| of(changes, *kind).map(line));
    let mut lines: Vec<String> = lines.collect();
    let counts = KINDS.map(|(kind, _)| format!("{} {kind}", of(changes, kind).count()));
    lines.push(format!("{}: {}", counts.join(", "), release(changes)));
    lines.join("\n")
}

/// The version that the changes ask for.
fn release(changes: &[Change]) -> &'static str {
    match changes.iter().map(|change| change.kind).max() {
        None => "no new version is needed",
        Some(Kind::Additive) => "a new minor version (below 1.0, a patch)",
        // Nobody's code has to change, but somebody may have to look at it.
        Some(Kind::Behaviour) => "a new minor version, with a word about what changed",
        Some(Kind::Breaking) => "a new major version (below 1.0, a minor one)",
    }
}

fn markdown(changes: &[Change]) -> String {
    let section = |(kind, title): (Kind, &str)| {
        let lines: Vec<String> = of(changes, kind).map(|change| format!("* {change}")).collect();
        (!lines.is_empty()).then(|| format!("### {title}\n\n{}\n", lines.join("\n")))
    };
    KINDS.into_iter().filter_map(section).collect::<Vec<_>>().join("\n")
}
