//! HubSpot's CRM cards: an app's cards are listed, and one is made, changed and taken away.

use hubspot_crm_cards::models::{
    CardActions, CardCreateRequest, CardDisplayBody, CardDisplayProperty, CardDisplayPropertyDataType, CardFetchBody,
    CardObjectTypeBody, CardObjectTypeBodyName, CardPatchRequest,
};
use hubspot_crm_cards::{Client, prelude::*};

const APP: i32 = 4711;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("HUBSPOT_DEVELOPER_KEY")?)?;

    let shown = CardDisplayProperty::new(CardDisplayPropertyDataType::Numeric, "Orders", "orders", []);
    let about = CardObjectTypeBody::new(CardObjectTypeBodyName::Contacts, ["email"]);
    let card = CardCreateRequest::new(
        CardActions::new(["https://shop.vendor.test"]),
        CardDisplayBody::new([shown]),
        CardFetchBody::new([about], "https://shop.vendor.test/cards"),
        "Orders",
    );
    let card = client.cards().create_by_app_id(APP, &card).await?;

    let title = CardPatchRequest::new().title("Latest orders");
    client.cards().update(APP, &card.id, &title).await?;

    for card in client.cards().get(APP).await?.results {
        println!("{}: {}", card.id, card.title);
    }
    match client.cards().delete(APP, &card.id).max_attempts(2).await {
        Err(error) if error.is_status(404) => println!("gone already"),
        deleted => deleted?,
    }
    Ok(())
}
