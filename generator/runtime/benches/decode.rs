//! A 100-ticket batch answer, decoded and encoded by `model!` and by serde's derive: same fields, same bytes, same run.
//!
//! `closed` ignores unknown members, `open` keeps them (`#[serde(flatten)]` on the derive's side). `decode` and `encode`
//! call the same parser and printer for both; `answer` is what a client does: ours as the runtime does it, the derive's as
//! reqwest's `Response::json` does. `cargo bench -p runtime` prints times and allocations side by side.

#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::pedantic,
    clippy::module_inception,
    reason = "the macros are not exported, so this is the crate by its sources"
)]
#[path = "../src/lib.rs"]
mod runtime;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

mod closed {
    pub(crate) mod model {
        use crate::runtime::prelude::*;

        pub(crate) struct Batch {
            status: String,
            results: Vec<Ticket>,
            requested_at: Option<Timestamp>,
            started_at: Timestamp,
            completed_at: Timestamp,
        }
        model! {
            Batch {
                required status = "status",
                required results = "results",
                optional requested_at = "requestedAt",
                required started_at = "startedAt",
                required completed_at = "completedAt",
            }
        }

        pub(crate) struct Ticket {
            id: String,
            properties: BTreeMap<String, Option<String>>,
            created_at: Timestamp,
            updated_at: Timestamp,
            archived: Option<bool>,
            archived_at: Option<Timestamp>,
            url: Option<String>,
            trace_id: Option<String>,
        }
        model! {
            Ticket {
                required id = "id",
                required properties = "properties",
                required created_at = "createdAt",
                required updated_at = "updatedAt",
                optional archived = "archived",
                optional archived_at = "archivedAt",
                optional url = "url",
                optional trace_id = "objectWriteTraceId",
            }
        }
    }

    pub(crate) mod derive {
        use serde::{Deserialize, Serialize};

        use crate::runtime::prelude::*;

        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct Batch {
            status: String,
            results: Vec<Ticket>,
            #[serde(skip_serializing_if = "Option::is_none")]
            requested_at: Option<Timestamp>,
            started_at: Timestamp,
            completed_at: Timestamp,
        }

        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct Ticket {
            id: String,
            properties: BTreeMap<String, Option<String>>,
            created_at: Timestamp,
            updated_at: Timestamp,
            #[serde(skip_serializing_if = "Option::is_none")]
            archived: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            archived_at: Option<Timestamp>,
            #[serde(skip_serializing_if = "Option::is_none")]
            url: Option<String>,
            #[serde(rename = "objectWriteTraceId", skip_serializing_if = "Option::is_none")]
            trace_id: Option<String>,
        }
    }
}

mod open {
    pub(crate) mod model {
        use crate::runtime::prelude::*;

        pub(crate) struct Batch {
            status: String,
            results: Vec<Ticket>,
            additional_properties: BTreeMap<String, Value>,
        }
        model! {
            Batch {
                required status = "status",
                required results = "results",
                additional additional_properties,
            }
        }

        pub(crate) struct Ticket {
            id: String,
            properties: BTreeMap<String, Option<String>>,
            created_at: Timestamp,
            updated_at: Timestamp,
            archived: Option<bool>,
            additional_properties: BTreeMap<String, Value>,
        }
        model! {
            Ticket {
                required id = "id",
                required properties = "properties",
                required created_at = "createdAt",
                required updated_at = "updatedAt",
                optional archived = "archived",
                additional additional_properties,
            }
        }
    }

    pub(crate) mod derive {
        use serde::{Deserialize, Serialize};

        use crate::runtime::prelude::*;

        #[derive(Serialize, Deserialize)]
        pub(crate) struct Batch {
            status: String,
            results: Vec<Ticket>,
            #[serde(flatten)]
            additional_properties: BTreeMap<String, Value>,
        }

        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct Ticket {
            id: String,
            properties: BTreeMap<String, Option<String>>,
            created_at: Timestamp,
            updated_at: Timestamp,
            #[serde(skip_serializing_if = "Option::is_none")]
            archived: Option<bool>,
            #[serde(flatten)]
            additional_properties: BTreeMap<String, Value>,
        }
    }
}

/// An answer as the ticket endpoints give it, members in the order of the description.
fn answer() -> Vec<u8> {
    const TIMES: &str = r#""createdAt":"2025-03-04T05:06:07.008Z","updatedAt":"2025-03-04T05:06:07.123Z""#;
    let results: Vec<_> = (0..100)
        .map(|index| {
            let properties = json!({
                "content": "The printer on the second floor \u{201c}eats\u{201d} paper.\nAgain.",
                "createdate": "2025-03-04T05:06:07.008Z",
                "hs_lastmodifieddate": "2025-03-04T05:06:07.123Z",
                "hs_object_id": format!("{}", 7_000_000_000_u64 + index),
                "hs_pipeline": "0",
                "hs_pipeline_stage": "1",
                "hs_ticket_priority": null,
                "subject": format!("Printer {index}"),
            });
            format!(
                r#"{{"id":"{}","properties":{properties},{TIMES},"archived":false,"url":"https://app.example.com/contacts/1/record/0-5/{index}","objectWriteTraceId":"import-{index}"}}"#,
                7_000_000_000_u64 + index
            )
        })
        .collect();
    let results = results.join(",");
    format!(
        r#"{{"status":"COMPLETE","results":[{results}],"startedAt":"2025-03-04T05:06:07.008Z","completedAt":"2025-03-04T05:06:08.009Z"}}"#
    )
    .into_bytes()
}

fn parse<T: DeserializeOwned>(json: &[u8]) -> T {
    let text = std::str::from_utf8(json).expect("JSON is text");
    serde_json::from_str(text).expect("the types fit the answer")
}

/// A module for each of the two halves of the table, a row for each kind of types.
macro_rules! rows {
    ($($half:ident: $measure:path;)*) => {
        $(mod $half {
            use crate::{closed, open};

            #[divan::bench]
            fn closed_derive(bencher: divan::Bencher) {
                $measure(bencher, crate::parse::<closed::derive::Batch>);
            }

            #[divan::bench]
            fn closed_model(bencher: divan::Bencher) {
                $measure(bencher, crate::parse::<closed::model::Batch>);
            }

            #[divan::bench]
            fn open_derive(bencher: divan::Bencher) {
                $measure(bencher, crate::parse::<open::derive::Batch>);
            }

            #[divan::bench]
            fn open_model(bencher: divan::Bencher) {
                $measure(bencher, crate::parse::<open::model::Batch>);
            }
        })*
    };
}
rows! { decode: crate::measure_decode; encode: crate::measure_encode; }

mod answer {
    use divan::{Bencher, black_box};

    use crate::runtime::prelude::*;
    use crate::{answer, closed};

    #[divan::bench]
    fn closed_derive(bencher: Bencher) {
        let json = Bytes::from(answer());
        bencher.bench_local(|| serde_json::from_slice::<closed::derive::Batch>(black_box(&json)));
    }

    #[divan::bench]
    fn closed_model(bencher: Bencher) {
        let response = || Response::new(StatusCode::OK, HeaderMap::new(), answer().into());
        bencher
            .with_inputs(response)
            .bench_local_values(decode::json::<closed::model::Batch>);
    }
}

fn measure_decode<T>(bencher: Bencher, parse: fn(&[u8]) -> T) {
    let json = answer();
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench_local(|| parse(black_box(&json)));
}

fn measure_encode<T: Serialize>(bencher: Bencher, parse: fn(&[u8]) -> T) {
    let json = answer();
    let batch = parse(&json);
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench_local(|| serde_json::to_vec(black_box(&batch)));
}

fn main() {
    let json = answer();
    let [closed, open] = [
        [
            serde_json::to_vec(&parse::<closed::model::Batch>(&json)),
            serde_json::to_vec(&parse::<closed::derive::Batch>(&json)),
        ],
        [
            serde_json::to_vec(&parse::<open::model::Batch>(&json)),
            serde_json::to_vec(&parse::<open::derive::Batch>(&json)),
        ],
    ];
    for [model, derive] in [closed, open] {
        assert_eq!(
            model.expect("a model"),
            derive.expect("a derive"),
            "both write the same bytes"
        );
    }
    divan::main();
}
