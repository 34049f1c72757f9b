//! The code of a diagnostic in, what the page of all diagnostics says of it out.

use generator::diagnostics::Code;

use crate::{
    exit::{Exit, Failure},
    terminal,
};

pub(super) fn run(code: Option<&str>) -> Result<Exit, Failure> {
    let Some(text) = code else {
        for code in Code::ALL {
            let sentence = code.explanation().lines().map(str::trim).collect::<Vec<_>>().join(" ");
            terminal::print(&format!("{:<24}{sentence}", code.as_str()));
        }
        return Ok(Exit::Done);
    };
    // As it stands in a message, brackets and severity included.
    let name = text.rsplit('[').next().unwrap_or(text).trim_end_matches([']', ':']);
    let code = Code::find(name).map_err(|near| {
        let hint = near.map_or_else(
            || "`openapi-crate explain` lists all of them".to_owned(),
            |near| format!("did you mean `{}`?", near.as_str()),
        );
        Failure::usage(format!("there is no diagnostic `{name}`; {hint}"))
    })?;
    terminal::print(&format!("{}\n\n{}", code.as_str(), code.page()));
    Ok(Exit::Done)
}
