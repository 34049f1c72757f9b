//! Two documents in, what happens to callers of the one's crate when it becomes the other's out.

use std::path::{Path, PathBuf};

use generator::{
    Config, Generated, Input, Manifest, generate,
    ir::Pointer,
    locate,
    manifest::{Change, Kind, differences},
};

use crate::{
    cli::Diff,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
    idle::{self, Idle},
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
    fn read(&self, path: &Path) -> Result<Spec, Failure> {
        Spec::read(path, &self.overlays, &self.files)
    }

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
    let (old, before) = Laid::over(around.read(old)?, &around, None)?;
    // As if the crate of the old document were there.
    let (new, after) = Laid::over(around.read(new)?, &around, Some(&before.manifest))?;
    check_idle(&old, &new)?;
    // What is no longer there may be there still, and be written wrongly.
    let losses = after
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostics::is_loss(diagnostic));
    diagnostics::print(losses, &after.sources);
    let changes = differences(&before, &after);
    let text = if *changelog {
        markdown(&changes)
    } else {
        list(&changes, &places(&changes, (&old, &before), (&new, &after)))
    };
    terminal::print(text.trim_end());
    Ok(match changes.iter().map(|change| change.kind).max() {
        None | Some(Kind::Additive) => Exit::Done,
        Some(Kind::Behaviour) => Exit::Behaves,
        Some(Kind::Breaking) => Exit::Breaks,
    })
}

/// A document under those actions of its overlays that do something to it.
struct Laid {
    spec: Spec,
    idle: Vec<Idle>,
}

impl Laid {
    fn over(mut spec: Spec, around: &Around, earlier: Option<&Manifest>) -> Result<(Self, Generated), Failure> {
        let mut idle = Vec::new();
        loop {
            let generated = spec.with_input(|input| generate(Input { earlier, ..*input }, &around.config));
            let refusal = match generated {
                Ok(generated) => return Ok((Self { spec, idle }, generated)),
                Err(refusal) => refusal,
            };
            // What another one was to select may come of one that does nothing.
            match idle::take_out(spec.overlays_mut(), &refusal) {
                Some(more) if !more.is_empty() => idle.extend(more),
                _ => {
                    let message = format!("`{}` is refused", spec.document.name);
                    return Err(diagnostics::refused(&refusal, message));
                }
            }
        }
    }

    fn note_idle(&self) {
        for Idle { overlay, target, .. } in &self.idle {
            let name = &self.spec.document.name;
            terminal::note(&format!("`{overlay}`: `{target}` matches nothing in `{name}`"));
        }
    }
}

/// Tells the actions that do something to one document only; one that does nothing to both is a mistake.
fn check_idle(old: &Laid, new: &Laid) -> Result<(), Failure> {
    let is_idle_in_both = |idle: &&Idle| new.idle.iter().any(|other| other.is_same(idle));
    if let Some(idle) = old.idle.iter().find(is_idle_in_both) {
        let Idle {
            overlay, target, hint, ..
        } = idle;
        let hint = hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        return Err(Failure {
            exit: Exit::Refused,
            message: format!("`{overlay}`: `{target}` matches nothing in either document{hint}"),
        });
    }
    old.note_idle();
    new.note_idle();
    Ok(())
}

/// Where each change is in the new document, or else in the old one, as file and line.
fn places(changes: &[Change], old: (&Laid, &Generated), new: (&Laid, &Generated)) -> Vec<Option<String>> {
    let mut found = vec![None; changes.len()];
    for (Laid { spec, idle }, generated) in [new, old] {
        let open = changes
            .iter()
            .enumerate()
            .filter(|(index, _)| found[*index].is_none())
            .filter_map(|(index, change)| Some((index, change.about.as_ref()?.place(generated)?)));
        let (indices, pointers): (Vec<usize>, Vec<Pointer>) = open.unzip();
        // It was read just now.
        let located = spec.with_input(|input| locate(input, &pointers)).unwrap_or_default();
        for (index, (file, location)) in indices.into_iter().zip(located) {
            // Of an overlay that lacks an action, the lines are not those of the file.
            let is_whole = idle.iter().all(|idle| idle.overlay != file);
            found[index] = Some(if is_whole {
                format!("{file}:{}", location.line)
            } else {
                file
            });
        }
    }
    found
}

fn of(changes: &[Change], kind: Kind) -> impl Iterator<Item = &Change> {
    changes.iter().filter(move |change| change.kind == kind)
}

/// A line for each change, with its place, and one that counts.
fn list(changes: &[Change], places: &[Option<String>]) -> String {
    let mut lines = Vec::new();
    for (kind, _) in KINDS {
        for (change, place) in changes.iter().zip(places).filter(|(change, _)| change.kind == kind) {
            let place = place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
            lines.push(format!("{:<10} {change}{place}", kind.as_str()));
        }
    }
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
