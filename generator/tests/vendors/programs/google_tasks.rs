//! Google: a token in the body.

mod book;

use book::{PAGES, next};

#[tokio::test]
async fn every_list_comes_once() {
    let (url, _) = book::open(|_, asked| {
        let page = asked.number("pageToken").unwrap_or(0);
        let token = next(page).map(|page| format!(",\"nextPageToken\":\"t{page}\""));
        (
            String::new(),
            format!("{{\"items\":[{{\"id\":\"{page}\"}}]{}}}", token.unwrap_or_default()),
        )
    });
    let client = google_tasks::Client::builder()
        .base_url(url)
        .oauth2("token")
        .build()
        .unwrap();
    let lists = client
        .tasklists()
        .tasks_tasklists_list()
        .items()
        .collect()
        .await
        .unwrap();
    let ids = lists.into_iter().map(|list| list.id.unwrap());
    assert!(ids.eq((0..PAGES).map(|page| page.to_string())));
}
