//! Values of which only one variant of a union is made: given as they are, they are that variant.

use it::api::conversions::SendGiftBody;
use it::models::{Gift, Person, Receiver};
use serde_json::json;

use super::server::Server;

#[test]
fn what_fits_one_variant_is_given_as_it_is() {
    let gift = Gift::new(Person::new("Ada"))
        .from("Bea")
        .via(Person::new("Cy"))
        .also(vec![Person::new("Di").into(), "Eve".into(), 5.into()]);
    let sent = json!({
        "to": { "name": "Ada" },
        "from": "Bea",
        "via": { "name": "Cy" },
        "also": [{ "name": "Di" }, "Eve", 5],
    });
    assert_eq!(serde_json::to_value(gift).unwrap(), sent);
    let gift = Gift::new(Receiver::from("Ada".to_owned())).via(Some(Receiver::from(7)));
    assert_eq!(serde_json::to_value(gift).unwrap(), json!({ "to": "Ada", "via": 7 }));
}

#[tokio::test]
async fn a_body_of_several_types_too() {
    let server = Server::start();
    let client = server.client();
    client.conversions().send_gift(Gift::new("Ada")).await.unwrap();
    client.conversions().send_gift("for Ada").await.unwrap();
    client.conversions().send_gift(SendGiftBody::from("x")).await.unwrap();
}
