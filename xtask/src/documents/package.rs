//! The list in, packages with the folders that matter of them out.

use indexmap::IndexMap;

const LIST: &str = include_str!("packages.txt");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registry {
    Npm,
    Wheel,
    Sdist,
}

/// A package, and the folders or files of it that are wanted.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) registry: Registry,
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) folders: Vec<&'static str>,
}

/// All of the list, in its order.
pub(super) fn all() -> impl Iterator<Item = Package> {
    let mut packages: IndexMap<(&str, &str), Package> = IndexMap::new();
    for line in LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(registry), Some(name), Some(version), Some(folder), None) =
            (words.next(), words.next(), words.next(), words.next(), words.next())
        else {
            unreachable!("four words a line, as a test sees: {line}");
        };
        let registry = match registry {
            "npm" => Registry::Npm,
            "wheel" => Registry::Wheel,
            "sdist" => Registry::Sdist,
            other => unreachable!("one of three registries, as a test sees: {other}"),
        };
        let package = packages.entry((name, version)).or_insert_with(|| Package {
            registry,
            name,
            version,
            folders: Vec::new(),
        });
        package.folders.push(folder);
    }
    packages.into_values()
}

#[cfg(test)]
mod tests {
    use super::{Registry, all};

    #[test]
    fn every_line_of_the_list_is_a_package_of_an_exact_version() {
        for package in all() {
            let is_exact = package.version.split('.').all(|part| part.parse::<u64>().is_ok());
            assert!(is_exact, "{package:?}");
            assert!(
                package
                    .folders
                    .iter()
                    .all(|folder| !folder.starts_with(['/', '.']) || *folder == ".")
            );
        }
        assert!(all().any(|package| package.registry == Registry::Npm));
    }
}
