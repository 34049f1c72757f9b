//! Documents of every kind in, what is said about them out.

use std::{fs, path::PathBuf, time::Instant};

use super::{Source, load};
use crate::diagnostics::{Diagnostics, render};

#[test]
fn corpus() {
    let Some(folder) = std::env::var_os("OPENAPI_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: OPENAPI_CORPUS names no folder");
        return;
    };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let (mut read, mut refused, mut said) = (0, 0, 0);
    let start = Instant::now();
    for file in &files {
        let bytes = fs::read(file).unwrap();
        let name = file.display().to_string();
        let source = Source {
            name: &name,
            bytes: &bytes,
        };
        let mut diagnostics = Diagnostics::default();
        let before = Instant::now();
        match load(&source, &mut diagnostics) {
            Ok(document) => {
                let (loaded, after) = (before.elapsed(), Instant::now());
                diagnostics.locate(&document);
                read += 1;
                said += diagnostics.len();
                println!(
                    "{name}: {} diagnostics, {loaded:?}, located {:?}",
                    diagnostics.len(),
                    after.elapsed()
                );
                if std::env::var_os("SHOW").is_some() {
                    print!("{}", render(diagnostics.iter(), &name, &source.text(), false));
                }
            }
            Err(refusal) => {
                refused += 1;
                println!("REFUSED {name}: {refusal}");
            }
        }
    }
    println!(
        "{} files: {read} read, {refused} refused, {said} diagnostics, {:?}",
        files.len(),
        start.elapsed()
    );
}

fn collect(folder: &std::path::Path, files: &mut Vec<PathBuf>) {
    let mut entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect::<Vec<_>>();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml")
        {
            files.push(entry);
        }
    }
}
