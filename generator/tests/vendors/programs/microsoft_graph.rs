//! Microsoft Graph: a URL in the body, as `x-ms-pageable` says.

mod book;

use book::{PAGES, next};

#[tokio::test]
async fn every_subscription_comes_once() {
    let (url, _) = book::open(|url, asked| {
        let page = asked.number("$skiptoken").unwrap_or(0);
        let link = next(page).map(|page| format!(",\"@odata.nextLink\":\"{url}/subscriptions?$skiptoken=s{page}\""));
        (
            String::new(),
            format!(
                "{{\"value\":[{{\"@odata.type\":\"x\",\"id\":\"{page}\"}}]{}}}",
                link.unwrap_or_default()
            ),
        )
    });
    let client = microsoft_graph::Client::builder().base_url(url).build().unwrap();
    let mut pages = client.subscriptions_subscription().list_subscription().pages();
    for number in 0..PAGES {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!(
            serde_json::to_value(page).unwrap()["value"][0]["id"],
            number.to_string()
        );
    }
    assert!(pages.next().await.is_none());
}
