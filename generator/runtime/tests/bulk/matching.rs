//! Which result and which error belong to which input.

use proptest::prelude::*;
use runtime::bulk::{BatchLayout, BatchOperation};
use runtime::calls::operation::Operation;
use serde_json::{Value, json};

use super::server::Server;
use super::{Archive, ByProperty, Complete, Create, Many, Named, Read, bulk, named, words};

/// The outcomes of `inputs`, which travel in one call that is answered with `answer`.
async fn create(inputs: Vec<Value>, status: u16, answer: Value) -> Vec<String> {
    run::<Create>(inputs, status, answer).await
}

async fn read(inputs: Vec<Value>, answer: Value) -> Vec<String> {
    run::<Read>(inputs, 200, answer).await
}

/// As [`create`], for an operation whose success mentions every input exactly once.
async fn complete(inputs: Vec<Value>, status: u16, answer: Value) -> Vec<String> {
    run::<Complete>(inputs, status, answer).await
}

async fn run<O: BatchOperation<Input = Value, Output = Value, Failure = Value>>(
    inputs: Vec<Value>,
    status: u16,
    answer: Value,
) -> Vec<String> {
    let server = Server::start(move |_| (status, answer.clone())).await;
    bulk::<O>(&server, inputs).collect().await.iter().map(words).collect()
}

#[tokio::test]
async fn by_correlation_id_in_any_order() {
    let answer = json!({ "results": [{ "id": "2", "trace": "b" }, { "id": "1", "trace": "a" }] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "succeeded: 2"]
    );
}

#[tokio::test]
async fn by_identity_in_any_order_as_text_or_number() {
    let inputs = vec![json!({ "id": "1" }), json!({ "id": 2 })];
    let answer = json!({ "results": [{ "id": "2" }, { "id": 1 }] });
    assert_eq!(read(inputs, answer).await, ["succeeded: 1", "succeeded: 2"]);
}

#[tokio::test]
async fn an_error_that_names_several_inputs_is_the_error_of_each() {
    let answer = json!({
        "results": [{ "id": "2", "trace": "b" }],
        "errors": [{ "message": "no", "context": { "trace": ["c", "a"] } }],
    });
    assert_eq!(
        create(named(&["a", "b", "c"]), 207, answer).await,
        ["failed: no", "succeeded: 2", "failed: no"]
    );
}

#[tokio::test]
async fn an_error_may_name_its_only_input_without_a_list() {
    let answer = json!({ "errors": [{ "message": "no", "context": { "trace": "a" } }] });
    assert_eq!(create(named(&["a"]), 207, answer).await, ["failed: no"]);
}

#[tokio::test]
async fn errors_that_arrive_with_a_plain_success_count_too() {
    let answer = json!({
        "results": [{ "id": "1", "trace": "a" }],
        "errors": [{ "message": "no", "context": { "trace": ["b"] } }],
    });
    assert_eq!(
        create(named(&["a", "b"]), 200, answer).await,
        ["succeeded: 1", "failed: no"]
    );
}

#[tokio::test]
async fn an_input_that_nothing_mentions_is_unknown() {
    let answer = json!({ "results": [{ "id": "1", "trace": "a" }], "errors": [] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "unknown: NotMentioned"]
    );
}

#[tokio::test]
async fn a_success_that_says_nothing_at_all_leaves_all_unknown() {
    let nothing = "unknown: NotMentioned";
    let another = "unknown: Unproven";
    for (status, answer, expected) in [
        (200, json!({ "results": [], "errors": [] }), nothing),
        (200, json!({ "results": [] }), nothing),
        (200, json!({}), another),
        (200, json!({ "results": null }), another),
        (200, json!({ "results": {} }), another),
        (200, json!([]), another),
        (202, json!({ "results": [] }), another),
    ] {
        let shown = answer.to_string();
        assert_eq!(
            create(named(&["a", "b"]), status, answer).await,
            [expected; 2],
            "{status} {shown}"
        );
    }
}

#[tokio::test]
async fn a_success_without_a_body_leaves_all_unknown() {
    assert_eq!(create(named(&["a"]), 200, Value::Null).await, ["unknown: Some(200)"]);
}

#[tokio::test]
async fn the_last_result_without_an_id_is_that_of_the_last_input() {
    let answer = json!({ "results": [{ "id": "9" }, { "id": "1", "trace": "a" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "succeeded: 9"]
    );
}

#[tokio::test]
async fn the_last_error_without_an_id_is_that_of_the_last_input() {
    let answer = json!({ "results": [{ "id": "1", "trace": "a" }], "errors": [{ "message": "no" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 207, answer).await,
        ["succeeded: 1", "failed: no"]
    );
}

#[tokio::test]
async fn an_error_without_an_id_decides_nothing_where_two_inputs_are_left() {
    let answer = json!({ "results": [], "errors": [{ "message": "no" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 207, answer).await,
        ["unknown: NotMentioned"; 2]
    );
}

#[tokio::test]
async fn results_without_ids_are_told_apart_by_what_they_repeat() {
    let answer = json!({ "results": [{ "id": "2", "name": "b" }, { "id": "1", "name": "a" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "succeeded: 2"]
    );
}

#[tokio::test]
async fn results_that_repeat_the_same_are_not_told_apart() {
    let inputs = vec![json!({ "name": "x" }), json!({ "name": "x" }), json!({ "name": "y" })];
    let answer = json!({ "results": [
        { "id": "1", "name": "x" }, { "id": "3", "name": "y" }, { "id": "2", "name": "x" },
    ] });
    assert_eq!(
        complete(inputs, 201, answer).await,
        ["unknown: Unattributed", "unknown: Unattributed", "succeeded: 3"]
    );
}

#[tokio::test]
async fn results_without_ids_that_are_too_few_decide_nothing() {
    let answer = json!({ "results": [{ "id": "2", "name": "b" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 201, answer).await,
        ["unknown: NotMentioned"; 2]
    );
}

#[tokio::test]
async fn a_result_and_an_error_for_the_same_input_contradict_each_other() {
    let answer = json!({
        "results": [{ "id": "1", "trace": "a" }],
        "errors": [{ "message": "no", "context": { "trace": ["a"] } }],
    });
    assert_eq!(create(named(&["a"]), 207, answer).await, ["unknown: Contradicted"]);
}

#[tokio::test]
async fn two_results_for_the_same_input_contradict_each_other() {
    let answer = json!({ "results": [{ "id": "1", "trace": "a" }, { "id": "2", "trace": "a" }] });
    assert_eq!(create(named(&["a"]), 201, answer).await, ["unknown: Contradicted"]);
}

#[tokio::test]
async fn an_id_that_nobody_sent_belongs_to_nobody() {
    let answer = json!({
        "results": [{ "id": "1", "trace": "zzz" }, { "id": "2", "trace": "b" }],
        "errors": [{ "message": "no", "context": { "trace": ["yyy"] } }],
    });
    let expected = ["unknown: NotMentioned", "succeeded: 2", "unknown: NotMentioned"];
    assert_eq!(create(named(&["a", "b", "c"]), 207, answer).await, expected);
}

#[tokio::test]
async fn an_id_that_nobody_sent_is_not_that_of_the_only_input_left() {
    let foreign = json!({ "results": [{ "id": "1", "trace": "a" }, { "id": "9", "trace": "zzz" }] });
    assert_eq!(
        complete(named(&["a", "b"]), 201, foreign).await,
        ["succeeded: 1", "unknown: NotMentioned"]
    );
    let foreign = json!({
        "results": [{ "id": "1", "trace": "a" }],
        "errors": [{ "message": "no", "context": { "trace": ["yyy"] } }],
    });
    assert_eq!(
        complete(named(&["a", "b"]), 207, foreign).await,
        ["succeeded: 1", "unknown: NotMentioned"]
    );
    let inputs = || vec![json!({ "id": "1" }), json!({ "id": "2" })];
    for foreign in [
        json!({ "results": [{ "id": "1" }, { "id": "3" }] }),
        json!({ "results": [{ "id": "1" }], "errors": [{ "message": "no", "context": { "ids": ["3"] } }] }),
    ] {
        assert_eq!(read(inputs(), foreign).await, ["succeeded: 1", "unknown: NotMentioned"]);
    }
    let foreign = json!({ "results": [{ "id": "3" }, { "id": "4" }] });
    assert_eq!(read(inputs(), foreign).await, ["unknown: NotMentioned"; 2]);
}

#[tokio::test]
async fn an_identity_that_nobody_sent_is_somebodys_when_the_rest_is_repeated_and_nobody_is_left_out() {
    let inputs = vec![json!({ "id": "r-1", "name": "a" }), json!({ "id": "r-2", "name": "b" })];
    let answer = json!({ "results": [{ "id": "502", "name": "b" }, { "id": "501", "name": "a" }] });
    assert_eq!(
        run::<CompleteRead>(inputs.clone(), 200, answer.clone()).await,
        ["succeeded: 501", "succeeded: 502"]
    );
    assert_eq!(read(inputs, answer).await, ["unknown: NotMentioned"; 2]);
}

/// An operation with an identity whose success mentions every input exactly once.
#[derive(Debug)]
enum CompleteRead {}

impl BatchOperation for CompleteRead {
    type Request = Value;
    type Input = Value;
    type Output = Value;
    type Failure = Value;
    type Error = Value;
    const OPERATION: &'static Operation = Read::OPERATION;
    const LAYOUT: BatchLayout<'static> = BatchLayout {
        complete: true,
        ..Read::LAYOUT
    };
}

#[tokio::test]
async fn what_carries_no_id_decides_nothing_where_inputs_may_be_left_out() {
    for answer in [
        json!({ "results": [{ "id": "9" }, { "id": "1", "trace": "a" }] }),
        json!({ "results": [{ "id": "9", "name": "b" }, { "id": "1", "trace": "a" }] }),
        json!({ "results": [{ "id": "1", "trace": "a" }], "errors": [{ "message": "no" }] }),
    ] {
        assert_eq!(
            create(named(&["a", "b"]), 201, answer).await,
            ["succeeded: 1", "unknown: NotMentioned"]
        );
    }
    let answer = json!({ "results": [{ "id": "2", "name": "b" }, { "id": "1", "name": "a" }] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
        ["unknown: NotMentioned"; 2]
    );
}

#[tokio::test]
async fn nothing_is_given_to_the_inputs_left_over_where_something_failed_that_is_not_shown() {
    for more in [
        json!({ "numErrors": 1 }),
        json!({ "status": "FAILED" }),
        json!({ "hasErrors": true }),
    ] {
        let mut answer = json!({ "results": [{ "id": "9" }, { "id": "1", "trace": "a" }] });
        answer
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        assert_eq!(
            complete(named(&["a", "b"]), 201, answer).await,
            ["succeeded: 1", "unknown: NotMentioned"],
            "{more}"
        );
    }
}

#[tokio::test]
async fn in_a_success_that_is_not_described_only_ids_prove_anything() {
    let answer = json!({
        "results": [{ "id": "1", "trace": "a" }, { "id": "9", "name": "b" }],
        "errors": [{ "message": "no", "context": { "trace": ["c"] } }],
    });
    let expected = ["succeeded: 1", "unknown: NotMentioned", "failed: no"];
    assert_eq!(complete(named(&["a", "b", "c"]), 202, answer.clone()).await, expected);
    assert_eq!(create(named(&["a", "b", "c"]), 202, answer).await, expected);
}

#[tokio::test]
async fn ids_of_two_inputs_in_one_mention_contradict_each_other() {
    let inputs = || vec![json!({ "id": "1", "trace": "a" }), json!({ "id": "2", "trace": "b" })];
    for answer in [
        json!({ "results": [{ "id": "2", "trace": "a" }] }),
        json!({ "results": [{ "id": "1", "trace": "b" }, { "id": "2", "trace": "a" }] }),
        json!({ "errors": [{ "message": "no", "context": { "trace": ["a"], "ids": ["2"] } }] }),
    ] {
        assert_eq!(
            run::<ByProperty>(inputs(), 200, answer).await,
            ["unknown: Contradicted"; 2]
        );
    }
    let answer = json!({ "errors": [{ "message": "no", "context": { "trace": ["a", "b"], "ids": ["2"] } }] });
    assert_eq!(run::<ByProperty>(inputs(), 200, answer).await, ["failed: no"; 2]);
}

/// What a run by a property sends, and what becomes of its inputs.
async fn by_property(request: Value, inputs: Vec<Value>, answer: Value) -> (Value, Vec<String>) {
    let server = Server::start(move |_| (200, answer.clone())).await;
    let records = bulk::<ByProperty>(&server, inputs).request(&request).collect().await;
    (server.requests().remove(0), records.iter().map(words).collect())
}

#[tokio::test]
async fn a_property_that_the_request_names_identifies_results_and_is_asked_for() {
    for (asked, expected) in [
        (json!({}), json!(["row"])),
        (json!({ "names": null }), json!(["row"])),
        (json!({ "names": ["a"] }), json!(["a", "row"])),
        (json!({ "names": ["row"] }), json!(["row"])),
    ] {
        let mut request = asked;
        request["by"] = json!("row");
        let answer = json!({ "results": [
            { "id": "r-1", "values": { "row": "r-2" } },
            { "id": "77", "values": { "row": 3 } },
            { "id": "78", "values": {} },
        ] });
        let inputs = vec![json!({ "id": "r-1" }), json!({ "id": "r-2" }), json!({ "id": "3" })];
        let (sent, outcomes) = by_property(request, inputs, answer).await;
        assert_eq!(outcomes, ["unknown: NotMentioned", "succeeded: r-1", "succeeded: 77"]);
        assert_eq!(sent["names"], expected);
    }
}

#[tokio::test]
async fn without_the_name_of_a_property_nothing_is_asked_for() {
    let answer = json!({ "results": [{ "id": "1", "values": { "row": "2" } }] });
    for request in [json!({}), json!({ "by": "" }), json!({ "by": null })] {
        let inputs = vec![json!({ "id": "1" }), json!({ "id": "2" })];
        let (sent, outcomes) = by_property(request, inputs, answer.clone()).await;
        assert_eq!(outcomes, ["succeeded: 1", "unknown: NotMentioned"]);
        assert_eq!(sent.get("names"), None);
    }
}

#[tokio::test]
async fn every_input_may_be_identified_by_a_property_of_its_own() {
    let inputs = vec![
        json!({ "id": "1", "by": "row" }),
        json!({ "id": "2", "by": "e.mail" }),
        json!({ "id": "3" }),
    ];
    let answer = json!({ "results": [
        { "id": "3", "values": { "row": "x" } },
        { "id": "2", "values": { "row": "1" } },
        { "id": "1", "values": { "e.mail": "2" } },
    ] });
    let (sent, outcomes) = by_property(json!({}), inputs, answer).await;
    assert_eq!(outcomes, ["succeeded: 2", "succeeded: 1", "succeeded: 3"]);
    assert_eq!(sent["names"], json!(["e.mail", "row"]));
}

#[tokio::test]
async fn a_result_that_two_properties_find_is_nobodys() {
    let inputs = vec![json!({ "id": "1", "by": "row" }), json!({ "id": "3" })];
    let answer = json!({ "results": [{ "id": "3", "values": { "row": "1" } }] });
    let (_, outcomes) = by_property(json!({}), inputs, answer).await;
    assert_eq!(outcomes, ["unknown: Contradicted"; 2]);
}

#[tokio::test]
async fn a_property_that_the_inputs_change_identifies_nothing() {
    let inputs = vec![
        json!({ "id": "1", "by": "row", "values": { "row": "2" } }),
        json!({ "id": "2", "by": "row", "values": { "row": "3" } }),
    ];
    let answer = json!({ "results": [
        { "id": "501", "values": { "row": "2" } },
        { "id": "502", "values": { "row": "3" } },
    ] });
    let (_, outcomes) = by_property(json!({}), inputs.clone(), answer).await;
    assert_eq!(outcomes, ["unknown: NotMentioned"; 2]);
    let answer = json!({ "results": [{ "id": "501", "trace": "t", "values": { "row": "2" } }] });
    let mut inputs = inputs;
    inputs[0]["trace"] = json!("t");
    let (_, outcomes) = by_property(json!({}), inputs, answer).await;
    assert_eq!(outcomes, ["succeeded: 501", "unknown: NotMentioned"]);
}

#[tokio::test]
async fn the_caller_may_say_where_identity_lies_all_the_same() {
    let answer = json!({ "results": [{ "id": "9", "values": { "row": "2", "key": "1" } }] });
    let server = Server::start(move |_| (200, answer.clone())).await;
    let inputs = vec![json!({ "id": "1" }), json!({ "id": "2" })];
    let run = bulk::<ByProperty>(&server, inputs).request(&json!({ "by": "row" }));
    let records = run.identified_by("values.key").collect().await;
    let outcomes: Vec<_> = records.iter().map(words).collect();
    assert_eq!(outcomes, ["succeeded: 9", "unknown: NotMentioned"]);
}

#[tokio::test]
async fn a_success_without_results_may_name_the_inputs_that_failed() {
    let error = |ids: Value| json!({ "message": "no", "context": { "ids": ids } });
    let inputs = || vec![json!({ "id": "1" }), json!({ "id": "2" })];
    for (status, answer, expected) in [
        (
            207,
            json!({ "errors": [error(json!(["2"]))], "numErrors": 1 }),
            ["succeeded", "failed: no"],
        ),
        (207, json!({ "errors": [] }), ["succeeded", "succeeded"]),
        (
            207,
            json!({ "errors": [error(json!(["2"]))], "numErrors": 2 }),
            ["unknown: Unproven", "failed: no"],
        ),
        (
            207,
            json!({ "errors": [error(json!(["2"])), error(json!([]))] }),
            ["unknown: Unproven", "failed: no"],
        ),
        (
            207,
            json!({ "errors": [error(json!(["9"]))] }),
            ["unknown: Unproven", "unknown: Unproven"],
        ),
        (
            202,
            json!({ "errors": [error(json!(["2"]))] }),
            ["unknown: Unproven", "failed: no"],
        ),
        (207, Value::Null, ["unknown: Unproven", "unknown: Unproven"]),
    ] {
        let shown = answer.to_string();
        let server = Server::start(move |_| (status, answer.clone())).await;
        let records = bulk::<Named>(&server, inputs()).collect().await;
        let outcomes: Vec<_> = records
            .iter()
            .map(|record| words(record).trim_end_matches(": null").to_owned())
            .collect();
        assert_eq!(outcomes, expected, "{status} {shown}");
    }
}

#[tokio::test]
async fn the_same_result_twice_is_one_result() {
    let result = json!({ "id": "1", "trace": "a" });
    let answer = json!({ "results": [result, { "id": "2", "trace": "b" }, result] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "succeeded: 2"]
    );
}

#[tokio::test]
async fn a_result_without_an_id_twice_is_not_the_result_of_two() {
    let result = json!({ "id": "1", "name": "a" });
    let answer = json!({ "results": [result, result] });
    assert_eq!(
        complete(named(&["a", "b"]), 201, answer).await,
        ["unknown: Unattributed", "unknown: NotMentioned"]
    );
}

#[tokio::test]
async fn identity_can_lie_elsewhere_in_a_result() {
    let answer = json!({ "results": [{ "id": "r-1", "properties": { "row": "r-2" } }] });
    let server = Server::start(move |_| (200, answer.clone())).await;
    let inputs = vec![json!({ "id": "r-1" }), json!({ "id": "r-2" })];
    let records = bulk::<Read>(&server, inputs)
        .identified_by("properties.row")
        .collect()
        .await;
    let outcomes: Vec<_> = records.iter().map(words).collect();
    assert_eq!(outcomes, ["unknown: NotMentioned", "succeeded: r-1"]);
}

#[tokio::test]
async fn where_a_success_names_no_inputs_it_is_the_success_of_all() {
    let server = Server::start(|_| (204, Value::Null)).await;
    let progress = bulk::<Archive>(&server, named(&["a", "b"])).run().await;
    assert_eq!((progress.succeeded, progress.done()), (2, 2));
}

/// What becomes of one input at the server, and what the answer says of it.
#[derive(Debug, Clone)]
struct Fate {
    /// Inputs of the same name look the same.
    name: u8,
    is_created: bool,
    /// Whether, and how often, the answer mentions it.
    mentions: usize,
    has_id: bool,
    has_name: bool,
}

fn fate() -> impl Strategy<Value = Fate> {
    let mentions = prop_oneof![1 => Just(0), 6 => Just(1), 1 => Just(2)];
    (0..2_u8, any::<bool>(), mentions, any::<bool>(), any::<bool>()).prop_map(
        |(name, is_created, mentions, has_id, has_name)| Fate {
            name,
            is_created,
            mentions,
            has_id,
            has_name,
        },
    )
}

/// The answer to inputs with these fates, and to one that nobody sent, in any order.
fn answer(fates: &[Fate], is_foreign: bool) -> (Vec<Value>, Vec<Value>) {
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for (index, fate) in fates.iter().enumerate() {
        let mut mention = if fate.is_created {
            json!({ "id": index.to_string() })
        } else {
            json!({ "message": "no" })
        };
        if fate.has_name {
            mention["name"] = json!(fate.name);
        }
        let trace = format!("t-{index}");
        if fate.is_created {
            if fate.has_id {
                mention["trace"] = json!(trace);
            }
            results.extend(std::iter::repeat_n(mention, fate.mentions));
        } else {
            if fate.has_id {
                mention["context"] = json!({ "trace": [trace] });
            }
            errors.extend(std::iter::repeat_n(mention, fate.mentions));
        }
    }
    if is_foreign {
        results.push(json!({ "id": "foreign", "trace": "foreign", "name": 0 }));
        errors.push(json!({ "message": "foreign", "context": { "trace": ["foreign"] } }));
    }
    (results, errors)
}

/// What cannot be: a result without an id that is given twice looks like the results of two inputs.
fn is_honest(fates: &[Fate]) -> bool {
    fates.iter().all(|fate| fate.mentions < 2 || fate.has_id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_the_answer_leaves_out_repeats_or_mixes_up_no_input_gets_what_is_not_its_own(
        (fates, results, errors) in (proptest::collection::vec(fate(), 1..=4), any::<bool>())
            .prop_filter("a server that lies", |(fates, _)| is_honest(fates))
            .prop_flat_map(|(fates, is_foreign)| {
                let (results, errors) = answer(&fates, is_foreign);
                (Just(fates), Just(results).prop_shuffle(), Just(errors).prop_shuffle())
            }),
    ) {
        let inputs: Vec<_> = (0..).zip(&fates).map(|(index, fate): (usize, _)| {
            json!({ "name": fate.name, "trace": format!("t-{index}") })
        }).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answer = json!({ "results": results, "errors": errors });
        let words = runtime.block_on(async {
            [create(inputs.clone(), 207, answer.clone()).await, complete(inputs, 207, answer).await].concat()
        });
        prop_assert_eq!(words.len(), 2 * fates.len());
        for (index, (words, fate)) in words.iter().zip(fates.iter().enumerate().cycle()).map(|(words, (index, fate))| (index, (words, fate))) {
            let own = format!("succeeded: {index}");
            prop_assert!(
                words.starts_with("unknown: ") || *words == if fate.is_created { own } else { "failed: no".to_owned() },
                "{}: {}", index, words
            );
            if fate.has_id && fate.mentions > 0 {
                prop_assert!(!words.starts_with("unknown: "), "{}: {}", index, words);
            }
        }
    }
}

#[tokio::test]
async fn results_of_others_without_number_cost_no_more_than_to_read_them() {
    let result = json!({ "id": "x", "values": { "a": "b" } }).to_string();
    let answer: Value = serde_json::from_str(&format!("[{}]", vec![result; 20_000].join(","))).unwrap();
    let server = Server::start(move |_| (200, json!({ "results": answer }))).await;
    let inputs = (0..100).map(|row| json!({ "id": row.to_string(), "values": { "a": "b", "row": row } }));
    let began = std::time::Instant::now();
    let records = bulk::<Many>(&server, inputs).collect().await;
    let took = began.elapsed();
    assert!(records.iter().all(|record| words(record) == "unknown: NotMentioned"));
    assert!(took < std::time::Duration::from_secs(2), "{took:?}");
}
