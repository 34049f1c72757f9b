//! A document in, what each generator takes to make Rust of it out.

use std::{fs, path::Path};

use walkdir::WalkDir;

use super::{Subject, measure::cost, peer::Generator, table::Row};
use crate::{exit::Failure, files::empty};

/// Every generator once in each run, so that what the machine does beside it meets all of them.
pub(super) fn run(subject: &Subject<'_>, generators: &[Generator]) -> Result<Vec<Row>, Failure> {
    let mut rows: Vec<Row> = generators.iter().map(Generator::row).collect();
    for _ in 0..subject.runs {
        for (generator, row) in generators.iter().zip(&mut rows) {
            let out = subject.folder("generated", generator);
            empty(&out)?;
            row.costs.extend(cost(
                &mut generator.command(subject.document, &out),
                &subject.log(generator),
            )?);
            row.lines = lines(&out);
        }
    }
    Ok(rows)
}

/// The lines of Rust below a folder.
pub(super) fn lines(folder: &Path) -> usize {
    let files = WalkDir::new(folder).into_iter().flatten();
    let rust = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"));
    rust.filter_map(|file| fs::read_to_string(file.path()).ok())
        .map(|text| text.lines().count())
        .sum()
}
