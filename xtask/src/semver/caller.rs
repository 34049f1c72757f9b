//! A crate and a program that uses it in, what rustc has against the program out.

use std::{path::Path, process::Stdio};

use serde::Deserialize;

use super::work::Work;
use crate::exit::{Exit, Failure};

/// What rustc says of one place of the program.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    /// The line of the program.
    pub(super) line: String,
    pub(super) message: String,
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(rename = "message")]
    said: Option<Said>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    message: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    is_primary: bool,
    label: Option<String>,
    text: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
}

/// Compiles the caller that is among the examples of the crate in `folder`.
pub(super) fn check(work: &Work, folder: &Path) -> Result<Vec<Complaint>, Failure> {
    let arguments = [
        "check",
        "--example",
        Work::CALLER,
        "--all-features",
        "--message-format=json",
    ];
    let output = work
        .cargo(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::refused(&error))?;
    let mut complaints = Vec::new();
    let messages = output.stdout.split(|byte| *byte == b'\n');
    for message in messages.filter_map(|line| serde_json::from_slice::<Message>(line).ok()) {
        let is_callers = message.target.is_some_and(|target| target.name == Work::CALLER);
        let Some(said) = message.said.filter(|said| is_callers && said.level == "error") else {
            continue;
        };
        if message.reason == "compiler-message"
            && let Some(span) = said.spans.into_iter().find(|span| span.is_primary)
        {
            let line = span.text.first().map_or("", |line| line.text.trim()).to_owned();
            let message = match span.label {
                Some(label) if said.message == "mismatched types" => label,
                _ => said.message,
            };
            complaints.push(Complaint { line, message });
        }
    }
    if complaints.is_empty() && !output.status.success() {
        return Err(Failure {
            exit: Exit::Refused,
            message: format!(
                "the crate in `{}` does not compile:\n{}",
                folder.display(),
                String::from_utf8_lossy(&output.stderr).trim_end()
            ),
        });
    }
    Ok(complaints)
}
