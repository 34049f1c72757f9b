//! Two modules from one document.

use generator::{Build, BuildError};

fn main() -> Result<(), BuildError> {
    Build::new("openapi.yaml")
        .settings("codegen.toml")
        .module("petstore")
        .write()?;
    // Not at the root, and without `https`.
    Build::new("openapi.yaml").module("api::plain").features([]).write()
}
