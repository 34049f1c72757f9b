//! Random unions in, a passing run of a program out that decodes random values of them and encodes them again: the same
//! comes out, whatever arm was taken.
//!
//! All unions are in one document, so that they are compiled once. The program lies in `tests/unions`. A long run:
//! `UNION_VALUES=1000000 cargo test -p openapi-crate-generator --test unions -- --ignored`; `UNION_SEED` has other unions and values.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "unions/random.rs"]
mod random;
#[path = "unions/schemas.rs"]
mod schemas;
#[expect(dead_code, reason = "shared with tests that need more of it")]
mod scratch;

use std::{env, fmt::Write as _, fs};

use scratch::{Scratch, tests};

#[test]
fn some_values_of_random_unions_are_written_as_they_were_read() {
    run("unions", 60, 1, "20000");
}

#[test]
#[ignore = "takes minutes; the head of this file has the command"]
fn many_values_of_random_unions_are_written_as_they_were_read() {
    let values = env::var("UNION_VALUES").unwrap_or_else(|_| "1000000".to_owned());
    let seed = env::var("UNION_SEED").map_or(2, |seed| seed.parse().unwrap());
    run("unions_many", 250, seed, &values);
}

fn run(name: &str, unions: usize, seed: u64, values: &str) {
    let document = schemas::document(unions, seed);
    let scratch = Scratch::new(name, &["it"]);
    scratch.write("it", &document);
    let program = scratch.member("it").join("tests/unions");
    fs::create_dir_all(&program).unwrap();
    for file in ["program.rs", "random.rs"] {
        // Under its real name cargo would take it for a test of this package.
        let copy = if file == "program.rs" { "main.rs" } else { file };
        fs::copy(tests().join("unions").join(file), program.join(copy)).unwrap();
    }
    fs::write(program.join("document.json"), document.to_string()).unwrap();
    let mut table = "crate::table! {".to_owned();
    for union in 0..unions {
        write!(table, " {}", schemas::name(union)).unwrap();
    }
    table.push_str(" }\n");
    fs::write(program.join("table.rs"), table).unwrap();
    scratch.cargo_with(
        &["test", "--test", "unions"],
        &[("UNION_VALUES", values), ("UNION_SEED", &seed.to_string())],
    );
}
