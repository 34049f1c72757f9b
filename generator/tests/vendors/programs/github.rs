//! GitHub: the header `Link`.

mod book;

use book::{PAGES, next};
use github::prelude::*;

#[tokio::test]
async fn every_alert_comes_once() {
    let (url, _) = book::open(|url, asked| {
        let page = asked.number("after").unwrap_or(0);
        let link = next(page)
            .map(|page| format!("link: <{url}/orgs/acme/secret-scanning/alerts?after=c{page}>; rel=\"next\"\r\n"));
        (link.unwrap_or_default(), format!("[{{\"number\":{page}}}]"))
    });
    let client = github::Client::builder().base_url(url).build().unwrap();
    let mut alerts = client.secret_scanning().list_alerts_for_org("acme").per_page(1).items();
    for number in 0..PAGES {
        let alert = alerts.next().await.unwrap().unwrap();
        assert_eq!(serde_json::to_value(alert).unwrap()["number"], number);
    }
    assert!(alerts.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_sent_to_where_a_foreign_link_leads() {
    let (elsewhere, asked) = book::open(|_, _| (String::new(), "[]".to_owned()));
    let (url, _) = book::open(|_, asked| {
        let to = &asked.query.iter().find(|(name, _)| name == "before").unwrap().1;
        (
            format!("link: <http://localhost:{to}/>; rel=\"next\"\r\n"),
            "[{}]".to_owned(),
        )
    });
    let client = github::Client::builder().base_url(url).build().unwrap();
    let port = elsewhere.rsplit(':').next().unwrap();
    let call = client.secret_scanning().list_alerts_for_org("acme").before(port);
    let mut pages = call.header("authorization", "Bearer secret").pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert!(
        pages
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .to_string()
            .contains("nothing was sent there")
    );
    assert!(asked.lock().unwrap().iter().all(|asked| asked.authorization.is_none()));
    assert_eq!(asked.lock().unwrap().len(), 0);
}
