//! Stripe: a customer pays, is found again by address, and gets the money back.

use stripe::models::{CustomersCreateBody, PaymentIntentsCreateBody, RefundsCreateBody};
use stripe::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("STRIPE_KEY")?)?;

    let ada = CustomersCreateBody::new().email("ada@vendor.test").metadata([("desk", "4")]);
    let ada = client.customers().create().body(&ada).await?;

    let payment = PaymentIntentsCreateBody::new(1200, "eur").customer(&*ada.id).confirm(true);
    let payment = client.payment_intents().create(&payment).await?;
    println!("{} is {}", payment.id, payment.status);

    let found = client.customers().list().email("ada@vendor.test").limit(10).await?;
    for customer in found.data {
        println!("{} since {}", customer.id, customer.created);
    }

    let refund = RefundsCreateBody::new().payment_intent(payment.id).amount(200);
    match client.refunds().create().body(&refund).timeout(std::time::Duration::from_secs(20)).await {
        Ok(refund) => println!("{} goes back", refund.amount),
        Err(error) if error.is_status(402) => println!("refused: {error}"),
        Err(error) => return Err(error.into()),
    }
    client.customers().delete(ada.id).await?;
    Ok(())
}
