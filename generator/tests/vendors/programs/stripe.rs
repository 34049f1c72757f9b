//! Stripe: the last item leads on, while there is more.

mod book;

use book::{PAGES, next};

#[tokio::test]
async fn every_customer_comes_once() {
    let (url, _) = book::open(|_, asked| {
        let page = asked.number("starting_after").map_or(0, |last| last + 1);
        let customer = format!("{{\"id\":\"cus_{page}\",\"object\":\"customer\",\"created\":1,\"livemode\":false}}");
        let more = next(page).is_some();
        (
            String::new(),
            format!("{{\"object\":\"list\",\"url\":\"/v1/customers\",\"has_more\":{more},\"data\":[{customer}]}}"),
        )
    });
    let client = stripe::Client::builder()
        .base_url(url)
        .bearer_auth("token")
        .build()
        .unwrap();
    let customers = client.customers().list().limit(1).items().collect().await.unwrap();
    let ids = customers.into_iter().map(|customer| customer.id);
    assert!(ids.eq((0..PAGES).map(|page| format!("cus_{page}"))));
}
