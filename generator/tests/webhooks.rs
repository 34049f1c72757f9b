//! A document of webhooks and a web server that receives them in; a passing run of that server, called by what plays the
//! sender, out.
//!
//! The server lies in `tests/webhooks`, as somebody would write it who uses the generated crate with `axum`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of many documents")]
mod scratch;

use std::fs;

use scratch::{Scratch, tests};

const MANIFEST: &str = "\
[package]
name = \"receiver\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
axum = { version = \"0.8\", default-features = false, features = [\"http1\", \"json\", \"tokio\"] }
ring = \"0.17\"
shop.path = \"../shop\"

[dev-dependencies]
tokio = { version = \"1\", features = [\"net\", \"rt\"] }
";

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn a_web_server_receives_what_is_sent_at_length() {
    let scratch = Scratch::new("webhooks", &["shop", "receiver"]);
    let document = fs::read_to_string(tests().join("fixtures/receiver/shop.yaml")).unwrap();
    scratch.write("shop", &serde_yaml::from_str(&document).unwrap());
    let receiver = scratch.member("receiver");
    for folder in ["src", "tests"] {
        fs::create_dir_all(receiver.join(folder)).unwrap();
    }
    fs::write(receiver.join("Cargo.toml"), MANIFEST).unwrap();
    for (from, to) in [("receiver.rs", "src/lib.rs"), ("deliveries.rs", "tests/deliveries.rs")] {
        fs::copy(tests().join("webhooks").join(from), receiver.join(to)).unwrap();
    }
    scratch.cargo(&["test", "--package", "receiver"]);
}
