//! HubSpot: a cursor in the body; and a second run from where the first one stopped.

mod book;

use book::{PAGES, next};
use hubspot_events::models;

#[tokio::test]
async fn every_event_comes_once_in_two_runs() {
    let (url, _) = book::open(|_, asked| {
        let page = asked.number("after").unwrap_or(0);
        let event = format!(
            "{{\"id\":\"{page}\",\"eventType\":\"e\",\"objectId\":\"1\",\"objectType\":\"t\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}}"
        );
        let paging = next(page).map(|page| format!(",\"paging\":{{\"next\":{{\"after\":\"{page}\"}}}}"));
        (
            String::new(),
            format!("{{\"results\":[{event}]{}}}", paging.unwrap_or_default()),
        )
    });
    let client = hubspot_events::Client::builder()
        .base_url(url)
        .private_apps_legacy("token")
        .build()
        .unwrap();
    let mut ids = Vec::new();
    let mut note = |event: models::ExternalUnifiedEvent| ids.push(event.id);

    let mut events = client.events().get_page().items().max_pages(600);
    while let Some(event) = events.next().await {
        note(event.unwrap());
    }
    let cursor = events.cursor().unwrap().to_string();
    assert_eq!(cursor, "600");
    for event in client
        .events()
        .get_page()
        .items()
        .start_at(cursor)
        .collect()
        .await
        .unwrap()
    {
        note(event);
    }
    assert!(ids.into_iter().eq((0..PAGES).map(|page| page.to_string())));
}
