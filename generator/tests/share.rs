//! Documents with equal types in, which of them are written out; and that this moves no name and flips without need for nobody.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use generator::{Config, Input, Manifest, Source, generate, manifest::changes};

/// The schemas of a document, each on a line of its own.
const SCHEMAS: &str = r##"
    Order: {type: object, properties: {from: &address {type: object, properties: {city: {type: string}, of: {type: array, items: {type: object, properties: {name: {type: string}}}}}}, to: *address}}
    Person: {type: object, properties: {home: *address, other: {type: object, properties: {city: {type: integer}}}}}
    Address: *address
    Tree: {type: object, properties: {left: &node {type: object, properties: {up: {$ref: "#/components/schemas/Tree"}}}, right: *node}}
    Text: {oneOf: [{type: string}, &list {type: array, items: {type: object, properties: {name: {type: string}}}}]}
    State: {type: object, properties: {now: &state {type: string, enum: [on, off]}, was: *state, soon: {type: string, enum: [off, on]}}}
"##;

#[test]
fn what_is_equal_is_written_once_and_a_schema_with_a_name_is_itself() {
    let same = same(&manifest(SCHEMAS, &Config::default(), None));
    let lines: Vec<String> = same.iter().map(|(name, kept)| format!("{name} = {kept}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    models::OrderFrom = models::OrderTo
    models::OrderFromOf = models::AddressOf
    models::OrderToOf = models::AddressOf
    models::PersonHome = models::OrderTo
    models::PersonHomeOf = models::AddressOf
    models::StateWas = models::StateNow
    models::TextVariant2 = models::AddressOf
    ");
}

#[test]
fn nothing_is_shared_where_the_settings_say_so() {
    let config = Config {
        share: Some(false),
        ..Config::default()
    };
    assert_eq!(same(&manifest(SCHEMAS, &config, None)), BTreeMap::new());
}

#[test]
fn members_of_another_name_are_another_type() {
    let mut config = Config::default();
    let member = "#/components/schemas/Person/properties/home.city".to_owned();
    config.rename.fields.insert(member, "town".to_owned());
    let same = same(&manifest(SCHEMAS, &config, None));
    assert!(!same.contains_key("models::PersonHome"));
    assert!(same.contains_key("models::OrderFrom"));
}

#[test]
fn what_is_added_or_taken_away_flips_nothing_else() {
    let before = manifest(SCHEMAS, &Config::default(), None);
    let lines: Vec<&str> = SCHEMAS.lines().filter(|line| !line.is_empty()).collect();
    // Its name would come first.
    let added = format!("{SCHEMAS}    A: {{type: object, properties: {{b: *address, c: *state, d: *node}}}}\n");
    let after = manifest(&added, &Config::default(), Some(&before));
    let (old, new) = (same(&before), same(&after));
    for (name, kept) in &old {
        assert_eq!(new.get(name), Some(kept));
    }
    assert_eq!(
        new.len(),
        old.len() + after.types.len() - before.types.len() - 1,
        "all that came is a name, but for the component"
    );
    for gone in ["Person", "State", "Text", "Tree"] {
        let left: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| !line.trim_start().starts_with(gone))
            .collect();
        let after = manifest(&left.join("\n"), &Config::default(), Some(&before));
        let news = changes(&before, &after);
        let about = |news: &&String| !news.contains(&format!("models::{gone}"));
        assert_eq!(news.iter().filter(about).count(), 0, "{gone}: {news:?}");
        for entry in &after.types {
            let kept = before.types.iter().find(|old| old.path == entry.path).unwrap();
            let is_left = |path: &String| after.types.iter().any(|entry| entry.path == *path);
            if kept.same_as.as_ref().is_none_or(is_left) {
                assert_eq!(entry.same_as, kept.same_as, "{gone} is gone: {}", entry.path);
            }
        }
    }
}

#[test]
fn types_that_become_one_and_types_that_part_are_changes() {
    let before = "    A: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}, d: {type: object, properties: {c: {type: string}}}}}\n";
    let apart = before.replacen("{c: {type: string}}", "{c: {type: string, description: Text.}}", 1);
    let (one, two) = (
        manifest(before, &Config::default(), None),
        manifest(&apart, &Config::default(), None),
    );
    let news = [changes(&one, &two), changes(&two, &one)].concat();
    insta::assert_snapshot!(news.join("\n"), @r"
    changed `models::AD`: is no longer the same type as `models::AB`
    changed `models::AD`: is the same type as `models::AB`
    ");
}

/// For each type that is a name for another, that one.
fn same(manifest: &Manifest) -> BTreeMap<String, String> {
    let types = manifest.types.iter();
    types
        .filter_map(|entry| Some((entry.path.clone(), entry.same_as.clone()?)))
        .collect()
}

fn manifest(schemas: &str, config: &Config, earlier: Option<&Manifest>) -> Manifest {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}\n",
        schemas.trim_matches('\n')
    );
    let source = Source {
        name: "shapes.yaml",
        bytes: text.as_bytes(),
    };
    let input = Input {
        earlier,
        ..Input::from(&source)
    };
    generate(input, config).unwrap().manifest
}
