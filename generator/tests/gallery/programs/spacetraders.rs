//! SpaceTraders: an agent signs up, takes a contract and sends a ship on its way.

use spacetraders::models::{FleetNavigateShipBody, RegisterCreateBody, RegisterCreateBodyFaction};
use spacetraders::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let agent = RegisterCreateBody::new(RegisterCreateBodyFaction::Cosmic, "ADA");
    let account = Client::builder().build()?.register().create(&agent).await?.data;

    let client = Client::new(account.token)?;
    println!("{} credits", client.agents().get().await?.data.credits);

    client.contracts().accept(&account.contract.id).await?;

    for ship in client.fleet().list_my_ships().limit(20).await?.data {
        client.fleet().orbit_ship(&ship.symbol).await?;
        let course = FleetNavigateShipBody::new("X1-DF55-20250Z");
        let sent = client.fleet().navigate_ship(&ship.symbol, &course).idempotent(true).await?;
        println!("{} is there at {}", ship.symbol, sent.data.nav.route.arrival);
    }
    Ok(())
}
