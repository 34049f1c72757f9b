//! What came of every edit in, a table in Markdown out.

use generator::manifest::Change;

use super::{caller::Complaint, edit::Edit};

/// What came of one edit.
pub(super) struct Row {
    pub(super) edit: Edit,
    /// What rustc has against the caller.
    pub(super) complaints: Vec<Complaint>,
    /// The lints of `cargo-semver-checks` that found something; none where it was not asked.
    pub(super) lints: Option<Vec<String>>,
    /// What whoever regenerates is told.
    pub(super) changes: Vec<Change>,
}

impl Row {
    /// Whether a caller has to change something.
    pub(super) fn breaks(&self) -> bool {
        !self.complaints.is_empty() || self.lints.as_ref().is_some_and(|lints| !lints.is_empty())
    }

    fn cells(&self) -> [String; 6] {
        let caller = match self.complaints.as_slice() {
            [] => "compiles".to_owned(),
            [first, more @ ..] => {
                let more = match more.len() {
                    0 => String::new(),
                    more => format!(", and {more} more"),
                };
                format!("**breaks** at `{}`: {}{more}", first.line, first.message)
            }
        };
        let lints = match self.lints.as_deref() {
            None => "not asked".to_owned(),
            Some([]) => "nothing".to_owned(),
            Some(lints) => format!("**{}**", lints.join(", ")),
        };
        let changes = match self.changes.as_slice() {
            [] => "nothing".to_owned(),
            changes => {
                let texts = changes.iter().map(|change| change.text.as_str());
                texts.collect::<Vec<_>>().join("<br>")
            }
        };
        let verdict = self.changes.iter().map(|change| change.kind).max();
        let verdict = verdict.map_or("nothing", |kind| kind.as_str());
        [
            format!("`{}`: {}", self.edit.name, self.edit.title),
            self.edit.expected.name().to_owned(),
            caller,
            lints,
            verdict.to_owned(),
            changes,
        ]
    }
}

const HEAD: &str = "\
# What an edit of the document does to callers

Written by `cargo xtask semver --write`. Every edit is an overlay in `edits`, laid over `shop.yaml`; the crate is generated
before and after it, into one folder, and `caller.rs` is compiled against both. `cargo-semver-checks` compares their items;
it does not see types that changed, which the caller does. What `diff` calls an edit is held against both by a test.
";

/// The whole file.
pub(super) fn draw(rows: &[Row]) -> String {
    let mut text = format!("{HEAD}\n{}\n\n", summary(rows));
    line(
        &mut text,
        [
            "edit",
            "expected",
            "caller",
            "`cargo-semver-checks`",
            "`diff`",
            "the change report",
        ]
        .map(str::to_owned),
    );
    line(&mut text, ["---"; 6].map(str::to_owned));
    for row in rows {
        line(&mut text, row.cells());
    }
    text
}

/// A sentence that counts.
pub(super) fn summary(rows: &[Row]) -> String {
    use super::edit::Release::{Major, Minor};
    let count = |expected, breaks| {
        rows.iter()
            .filter(|row| row.edit.expected == expected && row.breaks() == breaks)
            .count()
    };
    let minor = count(Minor, true) + count(Minor, false);
    let major = count(Major, true) + count(Major, false);
    format!(
        "Of {minor} edits that should break nobody, {} break somebody; of {major} that should, {} do.",
        count(Minor, true),
        count(Major, true),
    )
}

fn line(text: &mut String, cells: [String; 6]) {
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    text.push_str("| ");
    text.push_str(&cells.join(" | "));
    text.push_str(" |\n");
}
