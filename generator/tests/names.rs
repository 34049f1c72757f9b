//! Texts of every kind in, Rust names out: valid, unique, and the same whatever else the document says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod hazards;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use generator::{Config, Generated, Source, generate, manifest::OperationEntry};
use hazards::{HAZARDS, document, document_of};
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

fn generated(document: &Value) -> Generated {
    let config = Config {
        crate_name: "names".to_owned(),
        ..Config::default()
    };
    let bytes = serde_json::to_vec(document).unwrap();
    let source = Source {
        name: "names.json",
        bytes: &bytes,
    };
    generate(&source, &config).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Texts as documents have them, and texts as nobody should have them.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let hazard = prop::sample::select(HAZARDS).prop_map(str::to_owned);
    let twin = prop::sample::select(&["foo-bar", "foo_bar", "fooBar", "FooBar", "foo bar", "FOO_BAR"][..]);
    vec(
        prop_oneof![2 => any::<String>(), 2 => hazard, 1 => twin.prop_map(str::to_owned)],
        1..6,
    )
    .prop_map(|mut texts| {
        let mut seen = BTreeSet::new();
        texts.retain(|text| seen.insert(text.clone()));
        texts
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// That the files are Rust at all is what `render` finds out by parsing them.
    #[test]
    fn any_text_makes_a_valid_name_of_its_own(texts in texts()) {
        let generated = generated(&document_of(&texts));
        let manifest = &generated.manifest;
        let paths: Vec<&str> = manifest.types.iter().map(|entry| entry.path.as_str()).collect();
        all_different(&paths);
        for path in &paths {
            prop_assert!(syn::parse_str::<syn::Path>(path).is_ok(), "{path}");
        }
        for entry in manifest.types.iter().filter(|entry| entry.kind != "alias") {
            prop_assert_eq!(entry.members.len(), texts.len(), "{}: {:?}", entry.path, entry.members);
            for name in entry.members.keys() {
                prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name}");
            }
        }
        let calls: Vec<&str> = manifest.operations.iter().map(|entry| entry.call.as_str()).collect();
        prop_assert_eq!(calls.len(), texts.len() * 2);
        all_different(&calls);
        let sent: Vec<&str> = manifest.webhooks.iter().map(|entry| entry.path.as_str()).collect();
        prop_assert_eq!(sent.len(), texts.len() * 2);
        all_different(&sent);
        for entry in &manifest.operations {
            let parameters: Vec<&str> = entry.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            all_different(&parameters);
        }
        let files: Vec<String> = generated.files.sources.keys().map(|path| path.to_lowercase()).collect();
        all_different(&files.iter().map(String::as_str).collect::<Vec<_>>());
        for file in files {
            prop_assert!(file.split('/').all(|part| part.len() <= 100), "{file}");
        }
    }
}

#[test]
fn a_file_whose_name_needs_a_word_before_it_is_short_enough() {
    let long = "00A ﷺAa0ϒ".to_owned();
    let generated = generated(&document_of(&[long]));
    for path in generated.files.sources.keys() {
        assert!(path.split('/').all(|part| part.len() <= 100), "{path}");
    }
}

fn all_different(names: &[&str]) {
    let mut seen = BTreeSet::new();
    let again: Vec<&&str> = names.iter().filter(|name| !seen.insert(**name)).collect();
    assert!(again.is_empty(), "{again:?} among {names:?}");
}

#[test]
fn what_texts_become() {
    let long = "long ".repeat(60);
    let groups: [&[&str]; 10] = [
        &[
            "Ticket",
            "ticket_owner",
            "HTTPResponse",
            "io.k8s.api.core.v1.Pod",
            "get-pets",
            "CoreV1API",
        ],
        &["foo-bar", "foo_bar", "fooBar", "FooBar"],
        &["asc", "ASC", "Asc"],
        &["created", "-created", "+created", "due_at", "-due_at", "+due_at"],
        &["self", "Self", "super", "crate", "_", "type", "async", "gen"],
        &["", "=", "<=", "*", "$ref", "@id", "+1", "-1", "1"],
        &["2fa", "1.5", "15", "2022-11-15", "v1beta1"],
        &["Option", "String", "Unknown", "new", "additional_properties", "Error"],
        &["日本語", "Größe", "naïve_é", "👍", "ﬁle", "x²"],
        &[&long],
    ];
    let mut table = String::new();
    for group in groups {
        let texts: Vec<String> = group.iter().map(|text| (*text).to_owned()).collect();
        let manifest = generated(&document_of(&texts)).manifest;
        let names = |path: &str| {
            manifest
                .types
                .iter()
                .find(|entry| entry.path == path)
                .unwrap()
                .members
                .clone()
        };
        let (variants, fields) = (names("models::Values"), names(&manifest.types[0].path));
        for (index, text) in texts.iter().enumerate() {
            let shown: String = text.chars().take(24).collect();
            let ty = manifest.types[index].path.trim_start_matches("models::");
            let (field, _) = fields.get_index(index).unwrap();
            let (variant, _) = variants.get_index(index).unwrap();
            let _ = writeln!(table, "{shown:<24} {ty:<24} {field:<24} {variant}");
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table.trim_end());
}

#[test]
fn what_operations_become() {
    let operations = [
        (
            "Batch",
            "post",
            "/crm/v3/objects/tickets/batch/create",
            "post-/crm/v3/objects/tickets/batch/create_create",
        ),
        ("pulls", "get", "/repos/{owner}/pulls", "pulls/list"),
        (
            "pulls",
            "get",
            "/repos/{owner}/pulls/{number}/files",
            "pulls/list-files",
        ),
        ("pet", "get", "/pet/findByStatus", "findPetsByStatus"),
        ("pet", "get", "/pet/{petId}", "getPetById"),
        ("pets", "get", "/pets", "listPets"),
        ("pets", "get", "/pets/{id}", "showPetById"),
        ("items", "get", "/items/{item_id}", "read_item_items__item_id__get"),
        ("core_v1", "get", "/api/v1/pods", "listCoreV1Pod"),
        ("", "get", "/v1/accounts", "GetAccounts"),
        ("", "get", "/v1/accounts/{account}", "GetAccountsAccount"),
        ("", "delete", "/v1/accounts/{account}/people/{person}", ""),
        ("", "get", "/{anything}", ""),
        ("users", "get", "/users", "users"),
        ("users", "post", "/users", ""),
        ("users", "get", "/users/{id}/type", "new"),
        ("cards", "get", "/{appId}", "get-/crm/v3/cards/{appId}"),
        ("", "get", "/v1/toys", ""),
        ("", "get", "/v2/toys", ""),
    ];
    insta::assert_snapshot!(named(&operations));
}

#[test]
fn what_ids_of_frameworks_become() {
    let operations = [
        // FastAPI
        ("items", "get", "/items/", "list_items_items__get"),
        ("items", "put", "/items/{item_id}", "update_item_items__item_id__put"),
        ("", "get", "/", "root__get"),
        // NestJS
        ("users", "get", "/users", "UsersController_findAll"),
        ("users", "get", "/users/{id}", "UsersController_findOne"),
        ("users", "delete", "/users/{id}", "UsersController_remove"),
        // Spring: springfox, then springdoc
        ("user-controller", "get", "/user/{id}", "getUserUsingGET"),
        ("user-controller", "get", "/admin/{id}", "getUserUsingGET_1"),
        ("order-controller", "get", "/orders", "list_1"),
        ("order-controller", "post", "/orders", "create_2"),
        // .NET: NSwag's, then others'
        ("Pets", "get", "/api/Pets", "Pets_List"),
        ("Pets", "post", "/api/Pets", "Pets_CreatePet"),
        ("Pets", "put", "/api/Pets/{petId}", "Pets_PutBypetId"),
        ("Payments", "get", "/payments/{id}", "BillingPayments_GetPayment"),
        ("Payments", "get", "/payments", "BillingPayments_GetPaymentList"),
        // huma
        ("things", "get", "/things", "list-things"),
        ("things", "get", "/things/{thing-id}", "get-things-by-thing-id"),
        ("things", "post", "/things", "post-things"),
        ("things", "delete", "/things/{thing-id}", "delete-things-by-thing-id"),
        // HubSpot
        (
            "Core",
            "post",
            "/crm/v3/objects/deals/search",
            "post-/crm/v3/objects/deals/search_doSearch",
        ),
        (
            "Cores",
            "get",
            "/{dealId}",
            "get-/crm/v3/objects/deals/{dealId}_getById",
        ),
        // Stripe
        ("", "get", "/v1/customers", "GetCustomers"),
        ("", "post", "/v1/customers", "PostCustomers"),
        ("", "post", "/v1/customers/{customer}", "PostCustomersCustomer"),
        (
            "",
            "get",
            "/v1/customers/{customer}/sources/{id}",
            "GetCustomersCustomerSourcesId",
        ),
        ("", "post", "/v1/charges/{charge}/capture", "PostChargesChargeCapture"),
        // gRPC's gateway, LoopBack, JAX-RS
        ("PetService", "get", "/v1/animals", "PetService_ListPets"),
        ("PetController", "get", "/animals/{id}", "PetController.findById"),
        ("addons", "put", "/addons/{key}", "AddonResource.putAddon_put"),
    ];
    insta::assert_snapshot!(named(&operations));
}

#[test]
fn what_shapes_of_paths_become() {
    let pets = [
        "/pets",
        "/pets/{id}",
        "/pets/{id}/toys",
        "/pets/{id}/toys/{toy}",
        "/pets/{id}/owner",
    ];
    let methods = ["get", "post", "put", "patch", "delete"];
    let table = pets
        .iter()
        .flat_map(|path| methods.map(|method| ("", method, *path, "")));
    let more = [
        ("", "post", "/pets/{id}/wash", ""),
        ("", "post", "/pets/{id}/wash-all", ""),
        ("", "post", "/pets/{id}/feed:cancel", ""),
        ("", "get", "/pets/search", ""),
        ("", "put", "/pets/{id}/archive", ""),
        ("", "get", "/pets/{id}/toys.{format}", ""),
        ("", "options", "/pets", ""),
        ("shops", "get", "/shops", ""),
        ("shops", "get", "/cities/{city}/shops", ""),
        ("shops", "get", "/countries/{country}/shops", ""),
        ("settings", "get", "/settings", "getSettings"),
        ("schemes", "get", "/scheme", "getSchemes"),
        ("schemes", "get", "/scheme/{id}", "getScheme"),
        ("schemes", "get", "/scheme/default", "get-a-scheme"),
        ("identity", "get", "/sessions", "listSessions"),
        ("identity", "get", "/identities/{id}/sessions", "listIdentitySessions"),
        ("identity", "post", "/recovery/code", "createRecoveryCodeForIdentity"),
        ("files", "post", "/files/{file_id}/copy", "post_files_id_copy"),
        (
            "files",
            "put",
            "/files/{file_id}#add_shared_link",
            "put_files_id#add_shared_link",
        ),
        ("chat", "post", "/chat.postMessage", "chat_postMessage"),
        ("hooks", "put", "/hooks/{id}/name", "putHookName"),
        ("issues", "get", "/issuetype/{issueType}", "getIssueType"),
        ("login", "post", "/login", ""),
    ];
    let operations: Vec<_> = table.chain(more).collect();
    insta::assert_snapshot!(named(&operations));
}

/// What each operation is called by, of tag, method, path and id.
fn named(operations: &[(&str, &str, &str, &str)]) -> String {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for &(tag, method, path, id) in operations {
        let mut operation = json!({ "responses": {} });
        if !tag.is_empty() {
            operation["tags"] = json!([tag]);
        }
        if !id.is_empty() {
            operation["operationId"] = json!(id);
        }
        let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let parameter = |name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
        operation["parameters"] = names.map(parameter).collect();
        paths.entry(path).or_default().insert(method.to_owned(), operation);
    }
    let manifest = generated(&document(&Map::new(), &json!(paths))).manifest;
    let mut table = String::new();
    for &(tag, method, path, id) in operations {
        let is_it = |entry: &&OperationEntry| entry.path == path && entry.method.eq_ignore_ascii_case(method);
        let entry = manifest.operations.iter().find(is_it).unwrap();
        let _ = writeln!(table, "{tag:<8} {method} {path} {id}\n         {}", entry.call);
    }
    table.trim_end().to_owned()
}

#[test]
fn what_is_written_in_place_becomes() {
    let object = |title: &str| json!({ "title": title, "type": "object", "properties": { "id": { "enum": ["a"] } } });
    let deep = (0..9).rev().fold(
        object(""),
        |inner, level| json!({ "type": "object", "properties": { format!("partOfLevel{level}"): inner } }),
    );
    let schemas = json!({
        "Pet": { "type": "object", "properties": {
            "owner": object("A title of an object"),
            "toys": { "type": "array", "items": object("") },
            "size": { "enum": ["small"] },
        } },
        "PetSize": { "enum": ["large"] },
        "Food": { "anyOf": [object("Dry food"), object("Food Wet"), object("A title that goes on and on"), { "enum": [""] }] },
        "Sound": { "discriminator": { "propertyName": "kind" }, "oneOf": [
            { "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["bark"] } } },
            { "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["meow"] } } },
        ] },
        "Many": { "anyOf": [
            { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } },
            { "type": "array", "items": { "$ref": "#/components/schemas/Food" } },
        ] },
        "Deep": deep,
    });
    let manifest = generated(&document(schemas.as_object().unwrap(), &json!({}))).manifest;
    let mut table = String::new();
    for entry in &manifest.types {
        let place = entry.schema.as_ref().or(entry.pointer.as_ref()).unwrap();
        let place = place.trim_start_matches("/components/schemas/");
        let shown = if place.len() > 60 { "…" } else { place };
        let _ = writeln!(table, "{shown:<40} {}", entry.path.trim_start_matches("models::"));
        if entry.kind == "union" {
            let arms: Vec<&str> = entry.members.keys().map(String::as_str).collect();
            let _ = writeln!(table, "{:<40} {{ {} }}", "", arms.join(", "));
        }
    }
    insta::assert_snapshot!(table.trim_end());
}
