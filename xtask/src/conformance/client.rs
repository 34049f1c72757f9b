//! The suite's documents in, a crate for each that is called out.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use generator::{generate, output};

use crate::{
    diagnostics,
    exit::{Exit, Failure},
    files::documents_below,
    input::{Spec, plain_config},
};

/// Streams are said what they are of from 3.2 on; everything else is generated from 3.1.
pub(super) const VERSIONS: [&str; 2] = ["3.1.0", "3.2.0"];
const STREAMS: &str = "streaming";

/// What a user would set: operations whose body may be left out, by crate.
const OPTIONAL_BODIES: [(&str, &str); 1] = [("parameters_body_optionality", "OptionalExplicit_omit")];

/// A crate, by the name that the driver uses.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) name: String,
    pub(super) folder: PathBuf,
}

/// Generates from the documents that are `wanted`, with what `overlays` has for them, a crate below `into` for each.
pub(super) fn generate_all(
    documents: &Path,
    overlays: &Path,
    into: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Client>, Failure> {
    let mut clients = Vec::new();
    let mut unused: BTreeSet<PathBuf> = documents_below(overlays)?.into_iter().collect();
    for version in VERSIONS {
        let home = documents.join(version);
        for path in documents_below(&home)? {
            let service = path.strip_prefix(&home).unwrap_or(&path);
            let name = name(service);
            if service.starts_with(STREAMS) != (version == VERSIONS[1]) {
                continue;
            }
            let overlay = unused.take(&overlays.join(&name).with_extension("yaml"));
            if !wanted(&name) {
                continue;
            }
            let folder = into.join(&name);
            let spec = Spec::read(&path, overlay.as_slice(), &[])?;
            write(&spec, &name, &folder)?;
            clients.push(Client { name, folder });
        }
    }
    match unused.first() {
        None => Ok(clients),
        Some(overlay) => Err(refused(format!("no document is called like `{}`", overlay.display()))),
    }
}

fn write(spec: &Spec, name: &str, folder: &Path) -> Result<(), Failure> {
    let mut config = plain_config(name.to_owned());
    let optional = OPTIONAL_BODIES.iter().filter(|(client, _)| *client == name);
    config.optional_bodies = optional.map(|(_, operation)| (*operation).to_owned()).collect();
    let generated = spec
        .with_input(|input| generate(*input, &config))
        .map_err(|refusal| diagnostics::refused(&refusal, format!("`{}` is refused", spec.document.name)))?;
    if let Some(setting) = generated.unmatched.first() {
        return Err(refused(format!("{name}: {}", setting.message)));
    }
    fs::create_dir_all(folder).map_err(|error| Failure::at("create", folder, &error))?;
    output::write(&generated.files, folder).map_err(|error| Failure::refused(&error))?;
    Ok(())
}

fn refused(message: String) -> Failure {
    Failure {
        exit: Exit::Refused,
        message,
    }
}

/// `versioning/renamedFrom/openapi.v1.yaml` is `versioning_renamed_from_v1`.
fn name(path: &Path) -> String {
    let path = path.with_extension("");
    let path = path.to_string_lossy();
    let (folder, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", &path));
    let version = file.strip_prefix("openapi").unwrap_or(file);
    let mut name = String::new();
    for letter in format!("{folder}{version}").chars() {
        if letter.is_uppercase() {
            name.push('_');
        }
        if letter.is_alphanumeric() {
            name.extend(letter.to_lowercase());
        } else {
            name.push('_');
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::name;

    #[test]
    fn a_crate_is_called_by_its_folder_and_version() {
        assert_eq!(name(Path::new("type/array/openapi.yaml")), "type_array");
        assert_eq!(
            name(Path::new("versioning/renamedFrom/openapi.v1.yaml")),
            "versioning_renamed_from_v1"
        );
        assert_eq!(
            name(Path::new("server/path/multiple/openapi.v1.0.yaml")),
            "server_path_multiple_v1_0"
        );
    }
}
