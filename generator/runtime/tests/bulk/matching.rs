//! Which result and which error belong to which input.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::server::Server;
use super::{Archive, Create, Read, bulk, named, words};

/// The outcomes of `inputs`, which travel in one call that is answered with `answer`.
async fn create(inputs: Vec<Value>, status: u16, answer: Value) -> Vec<String> {
    let server = Server::start(move |_| (status, answer.clone())).await;
    bulk::<Create>(&server, inputs)
        .collect()
        .await
        .iter()
        .map(words)
        .collect()
}

async fn read(inputs: Vec<Value>, answer: Value) -> Vec<String> {
    let server = Server::start(move |_| (200, answer.clone())).await;
    bulk::<Read>(&server, inputs)
        .collect()
        .await
        .iter()
        .map(words)
        .collect()
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
    for answer in [
        json!({}),
        json!({ "results": null }),
        json!({ "results": [], "errors": [] }),
        json!([]),
    ] {
        assert_eq!(
            create(named(&["a", "b"]), 200, answer).await,
            ["unknown: NotMentioned"; 2]
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
        create(named(&["a", "b"]), 201, answer).await,
        ["succeeded: 1", "succeeded: 9"]
    );
}

#[tokio::test]
async fn the_last_error_without_an_id_is_that_of_the_last_input() {
    let answer = json!({ "results": [{ "id": "1", "trace": "a" }], "errors": [{ "message": "no" }] });
    assert_eq!(
        create(named(&["a", "b"]), 207, answer).await,
        ["succeeded: 1", "failed: no"]
    );
}

#[tokio::test]
async fn an_error_without_an_id_decides_nothing_where_two_inputs_are_left() {
    let answer = json!({ "results": [], "errors": [{ "message": "no" }] });
    assert_eq!(
        create(named(&["a", "b"]), 207, answer).await,
        ["unknown: NotMentioned"; 2]
    );
}

#[tokio::test]
async fn results_without_ids_are_told_apart_by_what_they_repeat() {
    let answer = json!({ "results": [{ "id": "2", "name": "b" }, { "id": "1", "name": "a" }] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
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
        create(inputs, 201, answer).await,
        ["unknown: Unattributed", "unknown: Unattributed", "succeeded: 3"]
    );
}

#[tokio::test]
async fn results_without_ids_that_are_too_few_decide_nothing() {
    let answer = json!({ "results": [{ "id": "2", "name": "b" }] });
    assert_eq!(
        create(named(&["a", "b"]), 201, answer).await,
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
        create(named(&["a", "b"]), 201, foreign).await,
        ["succeeded: 1", "unknown: NotMentioned"]
    );
    let foreign = json!({
        "results": [{ "id": "1", "trace": "a" }],
        "errors": [{ "message": "no", "context": { "trace": ["yyy"] } }],
    });
    assert_eq!(
        create(named(&["a", "b"]), 207, foreign).await,
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
async fn an_identity_that_nobody_sent_is_somebodys_when_the_rest_is_repeated() {
    let inputs = vec![json!({ "id": "r-1", "name": "a" }), json!({ "id": "r-2", "name": "b" })];
    let answer = json!({ "results": [{ "id": "502", "name": "b" }, { "id": "501", "name": "a" }] });
    assert_eq!(read(inputs, answer).await, ["succeeded: 501", "succeeded: 502"]);
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
        create(named(&["a", "b"]), 201, answer).await,
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
        let words = runtime.block_on(create(inputs, 207, json!({ "results": results, "errors": errors })));
        prop_assert_eq!(words.len(), fates.len());
        for (index, (words, fate)) in words.iter().zip(&fates).enumerate() {
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
