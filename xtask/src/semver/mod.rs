//! Edits of a document in, what each does to callers of the crate out.

mod caller;
mod edit;
mod table;
mod tool;
mod work;

use std::{fs, path::Path};

use crate::{
    cli::Semver,
    exit::{Exit, Failure},
    input, terminal,
};
use edit::{Edit, Release};
use table::Row;
use work::Work;

pub(crate) fn run(arguments: &Semver) -> Result<Exit, Failure> {
    if !arguments.callers {
        tool::find()?;
    }
    let fixture = input::root().join("generator/tests/semver");
    let edits = edit::read(&fixture.join("edits"), arguments.filter.as_deref())?;
    let work = Work::new(&fixture, input::root().join("target/semver"))?;

    let folder = work.before()?;
    if let Some(complaint) = caller::check(&work, &folder)?.first() {
        return Err(Failure {
            exit: Exit::Refused,
            message: format!(
                "the caller does not compile before any edit: `{}`: {}",
                complaint.line, complaint.message
            ),
        });
    }
    let before = if arguments.callers {
        None
    } else {
        Some(tool::describe(&work, &folder)?)
    };
    let mut rows = Vec::new();
    for edit in edits {
        let row = row(&work, before.as_deref(), edit)?;
        let verdict = if row.breaks() { "breaks" } else { "ok" };
        terminal::note(&format!("{verdict:8}{}", row.edit.name));
        rows.push(row);
    }
    let text = table::draw(&rows);
    if arguments.write {
        let path = fixture.join("table.md");
        fs::write(&path, text).map_err(|error| Failure::at("write", &path, &error))?;
        terminal::print(&table::summary(&rows));
    } else {
        terminal::print(text.trim_end());
    }
    let as_expected = |row: &Row| row.breaks() == (row.edit.expected == Release::Major);
    Ok(if rows.iter().all(as_expected) {
        Exit::Done
    } else {
        Exit::Differs
    })
}

fn row(work: &Work, before: Option<&Path>, edit: Edit) -> Result<Row, Failure> {
    let (folder, changes) = work.after(&edit)?;
    let complaints = caller::check(work, &folder)?;
    let lints = before.map(|before| tool::compare(before, &tool::describe(work, &folder)?));
    Ok(Row {
        complaints,
        lints: lints.transpose()?,
        changes,
        edit,
    })
}
