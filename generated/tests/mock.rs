//! Programs of users against the stand-in for the API: what is expected and answered in, what came of it out.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::time::Duration;

use hubspot_tickets_batch::api::batch::{CreateResponse, mock};
use hubspot_tickets_batch::models::{CreateTicket, CreateTicketsRequest, Error, RecordId, Ticket, TicketBatch};
use hubspot_tickets_batch::runtime::{Mock, MockAnswer, Received, Recorded, Recorder};
use hubspot_tickets_batch::{Client, prelude::*};

fn client(mock: &Mock) -> Client {
    let builder = Client::builder().access_token("secret").transport(mock.clone());
    builder.build().unwrap()
}

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// What HubSpot makes of tickets that it creates.
fn created(request: &Received) -> CreateResponse {
    let CreateTicketsRequest { inputs, .. } = request.json().unwrap();
    let tickets = inputs.into_iter().enumerate().map(|(index, input)| {
        let properties = input.properties.into_iter().map(|(name, value)| (name, Some(value)));
        let ticket = Ticket::new(index.to_string(), properties, now(), now());
        ticket.object_write_trace_id(input.object_write_trace_id)
    });
    CreateResponse::Created(TicketBatch::new(now(), now(), tickets).into())
}

#[tokio::test(start_paused = true)]
async fn a_help_desk_moves() {
    let api = Mock::new();
    mock::create(&api).unreachable().break_off().always_with(created);
    let client = client(&api);

    let tickets = (0..250).map(|row| CreateTicket::about(format!("Printer {row}"), "0", "1"));
    let mut outcomes = client.batch().create_all(tickets).outcomes();
    let (mut succeeded, mut unknown) = (0, 0);
    while let Some(record) = outcomes.next().await {
        match record.outcome {
            hubspot_tickets_batch::bulk::Outcome::Succeeded(ticket) => {
                let subject = ticket.properties["subject"].clone();
                assert_eq!(subject, Some(format!("Printer {}", record.index)));
                succeeded += 1;
            }
            hubspot_tickets_batch::bulk::Outcome::Unknown(_) => unknown += 1,
            other => panic!("{other:?}"),
        }
    }
    // What was on its way when the connection broke may exist, and is not sent again.
    assert_eq!((succeeded, unknown), (150, 100));
    api.verify();
}

#[tokio::test(start_paused = true)]
async fn an_error_is_typed_and_a_late_answer_is_waited_for() {
    let api = Mock::new();
    let asked = CreateTicketsRequest::new([CreateTicket::about("Printer", "0", "1")]);
    mock::create(&api)
        .body(&asked)
        .header("authorization", "Bearer secret")
        .fail(400, &Error::new("no such pipeline"))
        .answer_with(created)
        .after(Duration::from_secs(30));
    let client = client(&api);
    let error = client.batch().create(&asked).await.unwrap_err();
    assert_eq!(error.body().unwrap().message, "no such pipeline");
    let answer = client.batch().create(&asked).await.unwrap();
    assert!(matches!(answer, CreateResponse::Created(batch) if batch.results.len() == 1));
    api.verify();
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "1 more expected: POST /crm/v3/objects/tickets/batch/archive")]
async fn what_was_expected_and_did_not_happen_is_said() {
    let api = Mock::new();
    mock::archive(&api).answer(());
    api.verify();
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "nobody expected: POST /crm/v3/objects/tickets/batch/archive")]
async fn what_was_not_expected_and_happened_is_said() {
    let api = Mock::new();
    let request = hubspot_tickets_batch::models::ArchiveTicketsRequest::new([RecordId::new("1")]);
    let error = client(&api).batch().archive(&request).await.unwrap_err();
    assert!(error.is_status(501), "{error}");
    assert_eq!(api.requests().len(), 1);
    api.verify();
}

#[tokio::test(start_paused = true)]
async fn anything_can_be_answered() {
    let api = Mock::new();
    let page = MockAnswer::bytes(200, "text/html", "<html>not the API</html>").header("x-cache", "MISS");
    mock::create(&api).answer_raw(page);
    let asked = CreateTicketsRequest::new([CreateTicket::about("Printer", "0", "1")]);
    let error = client(&api).batch().create(&asked).max_attempts(1).await.unwrap_err();
    assert!(error.to_string().contains("text/html"), "{error}");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "a condition or an answer panicked over: POST /crm/v3/objects/tickets/batch/archive")]
async fn what_panics_in_an_answer_is_said() {
    let api = Mock::new();
    mock::archive(&api).answer_with(|request| assert_eq!(request.header("x-none"), Some("7")));
    let request = hubspot_tickets_batch::models::ArchiveTicketsRequest::new([RecordId::new("1")]);
    let _ = client(&api).batch().archive(&request).await;
    api.verify();
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_ask_the_stand_in_and_be_late_for_ever() {
    let api = Mock::new();
    let asked = api.clone();
    mock::archive(&api)
        .when(|request| request.query("none").is_none())
        .always_with(move |_| assert_eq!(asked.requests().len(), 1))
        .after(Duration::from_secs(3));
    let began = tokio::time::Instant::now();
    let request = hubspot_tickets_batch::models::ArchiveTicketsRequest::new([RecordId::new("1")]);
    client(&api).batch().archive(&request).await.unwrap();
    assert_eq!(began.elapsed(), Duration::from_secs(3));
    api.verify();
}

#[tokio::test(start_paused = true)]
async fn what_nobody_expects_is_answered_with_the_documents_example() {
    let api = Mock::with_examples();
    mock::create(&api).fail(400, &Error::new("no such pipeline"));
    let client = client(&api);
    let asked = CreateTicketsRequest::new([CreateTicket::about("Printer", "0", "1")]);
    let error = client.batch().create(&asked).await.unwrap_err();
    assert!(error.is_status(400), "{error}");
    let CreateResponse::Created(batch) = client.batch().create(&asked).await.unwrap() else {
        panic!("the example is one of a ticket that was created");
    };
    assert_eq!(batch.results[0].id, "4217");
    let request = hubspot_tickets_batch::models::ArchiveTicketsRequest::new([RecordId::new("1")]);
    client.batch().archive(&request).await.unwrap();
    api.verify();
}

#[tokio::test(start_paused = true)]
async fn what_was_recorded_is_said_again() {
    let path = std::env::temp_dir().join(format!("tickets-{}.json", std::process::id()));
    let asked = CreateTicketsRequest::new([CreateTicket::about("Printer", "0", "1")]);
    let recorder = Recorder::new(Mock::with_examples(), &path).replacing("subject", "A subject");
    let builder = Client::builder().access_token("secret").transport(recorder.clone());
    builder.build().unwrap().batch().create(&asked).await.unwrap();
    recorder.finish().unwrap();
    assert!(!std::fs::read_to_string(&path).unwrap().contains("secret"));

    let again = Recorded::open(&path).unwrap();
    let builder = Client::builder().access_token("another").transport(again.clone());
    let client = builder.build().unwrap();
    let CreateResponse::Created(batch) = client.batch().create(&asked).await.unwrap() else {
        panic!("it was one that was created");
    };
    assert_eq!(batch.results[0].properties["subject"].as_deref(), Some("A subject"));
    let error = client.batch().create(&asked).await.unwrap_err();
    assert!(error.to_string().contains("was recorded once"), "{error}");
    std::fs::remove_file(&path).unwrap();
}
