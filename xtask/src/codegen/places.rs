//! Settings in, where their crates go and what lies there of earlier runs out.

use std::{
    fs, io,
    path::{Component, Path, PathBuf, absolute},
};

use generator::{Manifest, can_have_runtime, config::Many};

use crate::{
    exit::{Exit, Failure},
    input::SettingsFile,
    terminal,
};

/// Finds crates of the settings, generated now or not, that would be in each other's way, and a name that the crate with the
/// runtime cannot have.
pub(super) fn check(file: &SettingsFile) -> Result<(), Failure> {
    let settings = &file.settings;
    let is_of_several = |name: &String| {
        settings
            .crates
            .values()
            .any(|many| many.documents.values().any(|of| of == name))
    };
    let alone = settings.targets.iter().filter(|(name, _)| !is_of_several(name));
    let alone = alone.map(|(_, target)| (&target.config.crate_name, &target.output));
    let several = settings
        .crates
        .values()
        .map(|many| (&many.config.crate_name, &many.output));
    let crates = alone
        .chain(several)
        .filter_map(|(name, output)| Some((name, file.path(output.as_ref()?))));
    let mut crates: Vec<(&String, PathBuf)> = crates.collect();
    if is_shared(file) {
        let runtime = &settings.runtime;
        let lib = |name: &str| name.replace('-', "_");
        let is_twin = |(name, _): &&(&String, PathBuf)| lib(name) == lib(&runtime.package);
        if crates.iter().any(|other| is_twin(&other)) || !can_have_runtime(&runtime.package) {
            let message = format!(
                "the crate with the runtime is called as another one, `{}`: give it a `name` of its own in `[runtime]`",
                runtime.package
            );
            return Err(refused(message));
        }
        crates.push((&runtime.package, file.path(&runtime.output)));
    }
    for (index, (one, folder)) in crates.iter().enumerate() {
        for (two, other) in &crates[..index] {
            if folder == other {
                let folder = folder.display();
                let message = format!(
                    "`{two}` and `{one}` would be written into one folder, `{folder}`: give each its own `output`"
                );
                return Err(refused(message));
            }
            if folder.starts_with(other.join("src")) || other.starts_with(folder.join("src")) {
                let (folder, other) = (folder.display(), other.display());
                let message = format!(
                    "`{one}` in `{folder}` and `{two}` in `{other}` would be written into each other: give each its own `output`"
                );
                return Err(refused(message));
            }
        }
    }
    Ok(())
}

/// Whether any crate of the settings has its runtime from another.
pub(super) fn is_shared(file: &SettingsFile) -> bool {
    let mut targets = file.settings.targets.values();
    targets.any(|target| target.config.shared_runtime.is_some())
}

/// Whether all that have their runtime from another are workspaces of their own, and that has to be one.
pub(super) fn is_standalone(file: &SettingsFile) -> bool {
    let targets = file.settings.targets.values();
    let mut sharing = targets.filter(|target| target.config.shared_runtime.is_some());
    sharing.all(|target| target.config.standalone)
}

/// A folder as seen from another one, with `/`.
pub(super) fn seen_from(folder: &Path, to: &Path) -> Result<String, Failure> {
    let failed = |path: &Path, error: &io::Error| Failure::at("find", path, error);
    let from = absolute(folder).map_err(|error| failed(folder, &error))?;
    let to = absolute(to).map_err(|error| failed(to, &error))?;
    let parts = |path: &Path| {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Component::ParentDir => _ = parts.pop(),
                Component::CurDir => {}
                part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
            }
        }
        parts
    };
    let (from, to) = (parts(&from), parts(&to));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[common..].iter().map(|_| "..");
    Ok(up
        .chain(to[common..].iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("/"))
}

/// The manifest in the folder of a crate, where an earlier run left one.
pub(super) fn earlier(output: &Path) -> Option<Manifest> {
    let path = output.join(Manifest::PATH);
    let manifest = Manifest::from_json(&fs::read_to_string(&path).ok()?);
    if manifest.is_none() {
        terminal::note(&format!(
            "`{}` cannot be read: names and the order of arguments are as for a newcomer",
            path.display()
        ));
    }
    manifest
}

/// The same of a document that is a module of a crate of several, or the only one: where its module had another name, or it was
/// the only one before, or is now, that is what it is an heir of, as long as there is no other heir and nothing else to inherit.
pub(super) fn earlier_or_moved(output: &Path, several: Option<(&Many, &str)>) -> Option<Manifest> {
    let own = several.map_or_else(|| output.to_owned(), |(_, module)| output.join("src").join(module));
    if let Some(own) = earlier(&own) {
        return Some(own);
    }
    let is_there = |module: &String| output.join("src").join(module).join(Manifest::PATH).exists();
    let heirs = several.map_or(1, |(many, _)| {
        many.documents.keys().filter(|module| !is_there(module)).count()
    });
    let is_gone = |module: &String| several.is_none_or(|(many, _)| !many.documents.contains_key(module));
    let gone = modules_in(output).into_iter().filter(|(module, _)| is_gone(module));
    let mut left: Vec<Manifest> = gone.map(|(_, manifest)| manifest).collect();
    left.extend(several.and_then(|_| earlier(output)));
    left.pop().filter(|_| left.is_empty() && heirs == 1)
}

/// What callers hear of a crate whose one document becomes one of several, or the other way round.
pub(super) fn moved(output: &Path, is_of_several: bool) -> Option<&'static str> {
    let was_alone = output.join(Manifest::PATH).exists();
    let had_modules = !modules_in(output).is_empty();
    match (is_of_several, was_alone, had_modules) {
        (true, true, false) => Some("moved what was at the root of the crate into modules"),
        (false, false, true) => Some("moved what was in modules to the root of the crate"),
        _ => None,
    }
}

/// The modules in the folder of a crate of several documents, each with what an earlier run left of it.
pub(super) fn modules_in(output: &Path) -> Vec<(String, Manifest)> {
    let entries = fs::read_dir(output.join("src")).into_iter().flatten();
    let modules = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        let text = fs::read_to_string(entry.path().join(Manifest::PATH)).ok()?;
        Some((name, Manifest::from_json(&text)?))
    });
    let mut modules: Vec<(String, Manifest)> = modules.collect();
    modules.sort_by(|(one, _), (other, _)| one.cmp(other));
    modules
}

fn refused(message: String) -> Failure {
    Failure {
        exit: Exit::Refused,
        message,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::seen_from;

    #[test]
    fn folders_are_seen_from_each_other() {
        for (from, to, seen) in [
            ("one", "rt", "../rt"),
            ("../crates/one", "rt", "../../HERE/rt"),
            ("x/../four", "rt", "../rt"),
            ("/a/b", "/a/rt", "../rt"),
            ("a", "a/rt", "rt"),
        ] {
            let here = std::env::current_dir().expect("a folder");
            let here = here.file_name().expect("a name").to_string_lossy().into_owned();
            let found = seen_from(Path::new(from), Path::new(to)).expect("paths");
            assert_eq!(found, seen.replace("HERE", &here), "{from}");
        }
    }
}
