//! Several documents and settings in; one crate, or several with one runtime, and what is said of them out.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[allow(dead_code, reason = "shared with tests of one document")]
mod stranger;

use std::fs;

use stranger::Folder;

/// A document with the schemas `Problem`, and its own under `name`.
fn document(name: &str, members: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{ title: {name}, version: '1' }}
servers: [{{ url: https://vendor.test }}]
paths:
  /{name}:
    get:
      operationId: read{name}
      tags: [{name}]
      responses:
        200: {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }}
        400: {{ description: no, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Problem' }} }} }} }}
components:
  schemas:
    {name}: {{ type: object, properties: {{ {members} }} }}
    Problem: {{ type: object, properties: {{ code: {{ type: string }} }} }}
"
    )
}

fn folder(settings: &str) -> Folder {
    let folder = Folder::new();
    folder.file("orders.yaml", &document("Order", "id: { type: string }"));
    folder.file("owners.v2.yaml", &document("Owner", "name: { type: string }"));
    folder.file("codegen.toml", settings);
    folder
}

#[test]
fn several_documents_are_one_crate() {
    let folder = folder("[targets.shop]\noutput = \"shop\"\ndocuments = [\"orders.yaml\", \"owners.v2.yaml\"]\n");
    folder.ended(&["check"], 1, "`openapi-crate generate shop` mends it");
    let said = folder.ended(&["generate"], 0, "shop in shop: ");
    assert!(
        said.contains("orders.yaml: 1 operation, 2 types; nothing lost"),
        "{said}"
    );
    let same = folder.text("shop/src/owners/models/problem.rs");
    assert!(same.contains("pub use crate::orders::models::Problem;"), "{same}");
    folder.ended(&["check"], 0, "shop in shop: up to date");
    folder.ended(&["generate", "shop.owners"], 0, ": 0 written, ");

    // What changes is said with its module, and what is no longer the same stands for itself again.
    let text = folder
        .text("owners.v2.yaml")
        .replace("code: { type: string }", "code: { type: integer }");
    folder.file("owners.v2.yaml", &text);
    let said = folder.ended(&["generate"], 0, "What changes for callers:");
    assert!(
        said.contains("  owners: changed") && !said.contains("  orders: "),
        "{said}"
    );
    let parted = "changed `owners::models::Problem`: is no longer the same type as `orders::models::Problem`";
    assert!(said.contains(parted), "{said}");
    let own = folder.text("shop/src/owners/models/problem.rs");
    assert!(own.contains("pub struct Problem"), "{own}");

    // A document that goes takes its module with it.
    folder.file(
        "codegen.toml",
        "[targets.shop]\noutput = \"shop\"\ndocuments = [\"orders.yaml\"]\n",
    );
    let said = folder.ended(&["generate"], 0, "removed");
    assert!(said.contains("removed the module `owners`"), "{said}");
    assert!(!folder.path("shop/src/owners/models/problem.rs").exists());
    folder.ended(&["check"], 0, "up to date");
}

#[test]
fn a_document_has_settings_of_its_own() {
    let folder = folder(
        r#"[targets.shop]
output = "shop"
formats.uuid = "string"
formats.decimal = "crate::money::Money"
modules.money.path = "money.rs"

[targets.shop.documents]
buys = "orders.yaml"

[targets.shop.documents.people]
document = "owners.v2.yaml"
rename.types = { Owner = "Person" }
"#,
    );
    folder.file("orders.yaml", &document("Order", "id: { type: string, format: uuid }"));
    let pay = "name: { type: string }, pay: { type: string, format: decimal }";
    folder.file("owners.v2.yaml", &document("Owner", pay));
    folder.ended(&["generate"], 2, "there is no file");
    fs::create_dir(folder.path("shop")).unwrap();
    folder.file("shop/money.rs", "pub type Money = String;");
    folder.ended(&["generate"], 0, "shop in shop: ");
    assert!(folder.text("shop/src/lib.rs").contains("pub mod money;"));
    assert!(
        folder
            .text("shop/src/people/models/person.rs")
            .contains("Option<crate::money::Money>")
    );
    assert!(
        folder
            .text("shop/src/people/models/person.rs")
            .contains("pub struct Person")
    );
    assert!(
        folder
            .text("shop/src/buys/models/order.rs")
            .contains("pub id: Option<String>")
    );
    let text = folder.text("owners.v2.yaml");
    folder.file("new.yaml", &text.replace("name: { type", "names: { type"));
    folder.ended(
        &["diff", "--target", "shop.people", "owners.v2.yaml", "new.yaml"],
        4,
        "Person",
    );

    let settings = folder.text("codegen.toml").replace("Owner =", "Owners =");
    folder.file("codegen.toml", &settings);
    let said = folder.ended(&["generate"], 2, "did you mean `Owner`?");
    assert!(said.contains("codegen.toml:12:"), "{said}");
    // What is said of the crate matches where any of its documents has it.
    folder.file(
        "codegen.toml",
        &settings
            .replace("Owners =", "Owner =")
            .replace("formats.uuid", "formats.uuids"),
    );
    folder.ended(&["generate"], 2, "uuids");
}

#[test]
fn several_crates_have_one_runtime() {
    let folder = folder(
        r#"[runtime]
name = "shop-runtime"
output = "crates/runtime"

[targets.orders]
document = "orders.yaml"
output = "crates/orders"
runtime = "shared"

[targets.owners]
document = "owners.v2.yaml"
output = "owners"
runtime = "shared"
"#,
    );
    folder.ended(&["generate"], 0, "shop-runtime in crates/runtime: ");
    let orders = folder.text("crates/orders/Cargo.toml");
    assert!(orders.contains("shop-runtime = { path = \"../runtime\", "), "{orders}");
    assert!(
        folder
            .text("owners/Cargo.toml")
            .contains("path = \"../crates/runtime\"")
    );
    assert!(!folder.path("owners/src/runtime").exists());
    folder.ended(&["check"], 0, "shop-runtime in crates/runtime: up to date");
    // Who changes his mind keeps nothing of before, and his own entries.
    let settings = folder.text("codegen.toml");
    let manifest = folder.text("owners/Cargo.toml").replace(
        "[features]\n",
        "[features]\nmine = [\"rustls\", \"shop-runtime/gzip\"]\n",
    );
    folder.file("owners/Cargo.toml", &manifest);
    let alone = settings.replacen(
        "output = \"owners\"\nruntime = \"shared\"\n",
        "output = \"owners\"\n",
        1,
    );
    folder.file("codegen.toml", &alone);
    folder.ended(&["generate"], 0, "");
    let alone = folder.text("owners/Cargo.toml");
    assert!(
        !alone.contains("shop-runtime") && alone.contains("mine = [\"rustls\"]"),
        "{alone}"
    );
    folder.file("codegen.toml", &settings.replace("shop-runtime", "all"));
    folder.ended(&["generate"], 0, "all in crates/runtime: ");
    let shared = folder.text("owners/Cargo.toml");
    assert!(
        !shared.contains("dep:") && shared.contains("\"all/rustls\"") && !shared.contains("shop-runtime"),
        "{shared}"
    );
    folder.file("codegen.toml", &settings);
    folder.ended(&["generate"], 0, "");

    // One alone brings its runtime along.
    fs::remove_dir_all(folder.path("crates/runtime")).unwrap();
    folder.ended(&["generate", "owners"], 0, "shop-runtime in crates/runtime: ");
    assert!(folder.path("crates/runtime/src/runtime/mod.rs").exists());
}

/// Two schemas whose names are one in Rust: which of them has it is said by what was there before.
const TWINS: &str = "foo_bar: { type: object, properties: { a: { type: string } } }";

#[test]
fn names_go_with_a_document_wherever_its_module_goes() {
    let alone = "[targets.shop]\noutput = \"shop\"\ndocument = \"orders.yaml\"\n";
    let folder = folder(alone);
    let with = |schemas: &str| {
        let text = document("Order", "x: { $ref: '#/components/schemas/foo_bar' }");
        text.replace("    Problem:", &format!("    {schemas}\n    Problem:"))
    };
    folder.file("orders.yaml", &with(TWINS));
    folder.ended(&["generate"], 0, "");
    let twin = "FooBar: { type: object, properties: { b: { type: string } } }";
    folder.file("orders.yaml", &with(&format!("{twin}\n    {TWINS}")));
    folder.ended(&["generate"], 0, "");
    let has_names = |module: &str| {
        let text = folder.text(&format!("shop/src{module}/models/order.rs"));
        assert!(text.contains("pub x: Option<FooBar>"), "{text}");
    };
    has_names("");
    let several = "[targets.shop]\noutput = \"shop\"\ndocuments.a = \"orders.yaml\"\n";
    folder.file("codegen.toml", several);
    folder.ended(&["generate"], 0, "moved what was at the root of the crate into modules");
    has_names("/a");
    assert!(!folder.path("shop/.openapi-manifest.json").exists());
    folder.file("codegen.toml", &several.replace("documents.a", "documents.b"));
    folder.ended(&["generate"], 0, "removed the module `a`");
    has_names("/b");
    folder.file("codegen.toml", alone);
    folder.ended(&["generate"], 0, "moved what was in modules to the root of the crate");
    has_names("");
    folder.ended(&["check"], 0, "up to date");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    for (settings, words) in [
        (
            "documents = [\"orders.yaml\", \"old/orders.json\"]",
            "another document gives its name to the module `orders`",
        ),
        (
            "documents = [\"orders.yaml\", \"runtime.yaml\"]",
            "`runtime` is the module of what all clients have",
        ),
        (
            "documents = [\"orders.yaml\", 1]",
            "expected a string, found an integer",
        ),
        ("documents = []", "there is no document"),
        (
            "documents = { self = \"orders.yaml\" }",
            "`self` cannot be the name of a module",
        ),
        ("documents = { a = 1 }", "expected a string for `a`"),
        (
            "documents = { a = { document = \"orders.yaml\", ony = [] } }",
            "did you mean `only`?",
        ),
        ("documents = { a = { skip = [] } }", "`document` is missing"),
        (
            "documents = [\"orders.yaml\"]\nskip = [{ tag = \"a\" }]",
            "say it under `documents.NAME.skip`",
        ),
        (
            "documents = [\"orders.yaml\"]\ndocument = \"orders.yaml\"",
            "expected one of these",
        ),
        (
            "document = \"orders.yaml\"\nruntime = \"share\"",
            "expected `whole` or `shared`",
        ),
    ] {
        let folder = folder(&format!("[targets.shop]\noutput = \"shop\"\n{settings}\n"));
        let said = folder.ended(&["generate"], 2, words);
        assert!(!folder.path("shop").exists(), "{said}");
    }
    for (settings, words) in [
        (
            "[targets.a]\ndocument = \"orders.yaml\"\noutput = \"b\"\n\n[targets.b]\ndocuments = [\"owners.v2.yaml\"]\noutput = \"b\"\n",
            "give each its own `output`",
        ),
        (
            "[runtime]\nname = \"a\"\noutput = \"c\"\n\n[targets.a]\ndocument = \"orders.yaml\"\nruntime = \"shared\"\noutput = \"a\"\n",
            "a `name` of its own in `[runtime]`",
        ),
        (
            "[targets.shop]\ndocuments = { orders = { document = \"orders.yaml\", mock = true } }\noutput = \"shop\"\n",
            "say it under `[targets.shop]`",
        ),
        (
            "[targets.shop]\ndocumnets = [\"orders.yaml\"]\noutput = \"shop\"\n",
            "did you mean `documents`?",
        ),
        (
            "[targets.shop]\ndocuments = { lib = \"orders.yaml\" }\noutput = \"shop\"\n",
            "`lib` cannot be the name of a module",
        ),
        (
            "[targets.a]\ndocument = \"orders.yaml\"\nruntime = \"shared\"\noutput = \"a\"\n[runtime]\nname = \"serde\"\n",
            "a `name` of its own",
        ),
        (
            "[targets.a]\ndocument = \"orders.yaml\"\nruntime = \"shared\"\noutput = \"a\"\n[runtime]\noutput = \"a/src/rt\"\n",
            "written into each other",
        ),
        (
            "[targets.a]\ndocument = \"orders.yaml\"\nruntime = \"shared\"\noutput = \"a\"\n[runtime]\noutput = \"\"\n",
            "expected the folder of the crate",
        ),
        (
            "[targets.a]\ndocuments = { b = \"orders.yaml\" }\noutput = \"a\"\n[targets.\"a.b\"]\nname = \"b\"\ndocument = \"orders.yaml\"\noutput = \"b\"\n",
            "is called as another target",
        ),
    ] {
        let folder = folder(settings);
        folder.ended(&["generate"], 2, words);
    }
    let folder = folder("[runtime]\nfolder = \"a\"\n\n[targets.a]\ndocument = \"orders.yaml\"\noutput = \"a\"\n");
    folder.ended(&["generate"], 2, "unknown setting `folder`");
}
