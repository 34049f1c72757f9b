//! A program that a careful user of the shop writes: it must compile against every later crate, unchanged.
//!
//! What a crate may change without asking is what this does not do: name every field of a struct, or every variant of
//! an enum, without `..` or a wildcard.

use std::time::Duration;

use shop::{
    Client, Error,
    api::orders::{ReplaceError, ReplaceResponse, UploadPhotoForm},
    models::{
        Address, Contact, LoginBody, Money, NewNote, NewOrder, NewOrderGift, NewParty, NewPartyRole, Order,
        OrderBilling, OrderDelivery, OrderLines, OrderPage, OrderStatus, Party, Payment, Priority, Problem, Session,
        Transfer, Voucher,
    },
    prelude::*,
    webhooks::Webhook,
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn client(token: &str) -> Result<Client, Failure> {
    let by_hand = Client::builder()
        .shop_token(token)
        .timeout(Duration::from_secs(30))
        .base_url("https://shop.vendor.test");
    let _ = by_hand.build()?;
    Ok(Client::new(token)?)
}

/// Keeps a group of operations, as a struct of a user's would.
struct Desk<'c> {
    orders: shop::api::orders::Orders<'c>,
}

async fn calls(client: &Client) -> Result<(), Failure> {
    let desk = Desk {
        orders: client.orders(),
    };
    let _: OrderPage = desk.orders.list().await?;
    let page = desk.orders.list().status(&OrderStatus::Open).x_trace("t").await?;
    let _ = desk.orders.list().into_call().timeout(Duration::from_secs(1)).await?;
    for order in &page.orders {
        show(order);
    }

    let order: Order = desk.orders.get("1").await?;
    show(&order);
    let _ = desk
        .orders
        .get("1")
        .timeout(Duration::from_secs(1))
        .header("x-a", "b")
        .await?;
    let _ = desk.orders.get("1").into_call().max_attempts(3).await?;

    let voucher: Voucher = desk.orders.get_voucher("1").timeout(Duration::from_secs(1)).await?;
    println!("{}", voucher.code);
    let _: Order = desk.orders.cancel("1").timeout(Duration::from_secs(1)).await?;
    desk.orders.delete("1").await?;
    let note = desk.orders.create_note("1").body(&NewNote::new().text("hello")).await?;
    println!("{}", note.id);
    let _ = desk.orders.create_note("1").await?;
    let invoice: Vec<u8> = desk.orders.get_invoice("1").await?.collect(1 << 20).await?.into();
    println!("{} bytes", invoice.len());
    let photo = UploadPhotoForm::new(Upload::from("a photo".as_bytes().to_vec()).file_name("a.jpg"));
    let _: Order = desk.orders.upload_photo("1", photo).await?;

    let session: Session = client.login(&LoginBody::new("me", "secret")).await?;
    println!("{}", session.token);
    Ok(())
}

async fn gone(client: &Client, id: &str) -> Result<(), Error> {
    client.orders().delete(id).await
}

async fn one(client: &Client, id: &str) -> Result<Order, Error> {
    Ok(client.orders().get(id).await?)
}

async fn settings_of_a_call_with_a_body(client: &Client, order: &NewOrder) -> Result<Order, Error<Problem>> {
    client.orders().create(order).idempotent(true).await
}

async fn answers(client: &Client, order: &NewOrder) -> Result<String, Failure> {
    Ok(match client.orders().replace("1", order).await {
        Ok(ReplaceResponse::Ok(order)) => order.id,
        Ok(ReplaceResponse::Accepted(ticket)) => ticket.ticket,
        Ok(other) => format!("{other:?}"),
        Err(error) => match error.body() {
            Some(ReplaceError::NotFound(problem)) => problem.message.clone(),
            Some(ReplaceError::Conflict(conflict)) => conflict.winner.clone(),
            Some(other) => format!("{other:?}"),
            None => return Err(error.into()),
        },
    })
}

async fn errors(client: &Client) -> Result<(), Failure> {
    match client.orders().list().await {
        Ok(page) => println!("{}", page.orders.len()),
        Err(error) if error.is_status(429) => println!("later"),
        Err(error) => match error.body() {
            Some(problem) => println!("{}", problem.message),
            None => return Err(error.into()),
        },
    }
    match client.orders().get("1").await {
        Ok(order) => show(&order),
        Err(error) if error.is_status(404) => println!("none"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

async fn error_of_one_status(client: &Client, order: &NewOrder) -> Option<String> {
    let error = client.orders().create(order).await.err()?;
    error.body().map(|problem| problem.message.clone())
}

async fn answer_with_headers(client: &Client, party: &NewParty) -> Result<Party, Failure> {
    let reply = client.parties().create(party).reply().await?;
    let rest = shop::api::parties::CreateHeaders::from(&reply.headers).x_rest;
    println!("{rest:?}");
    Ok(reply.body)
}

fn what_is_sent() -> (NewOrder, NewParty) {
    let voucher = Voucher::new("voucher", "1234");
    let mut order = NewOrder::new("me", Priority::High)
        .comment(voucher.code)
        .gift(NewOrderGift::new("you"))
        .payment(Transfer::new("NL00"));
    order.comment = None;
    let order = order.optionally(Some("a"), NewOrder::comment);
    let party = NewParty::new("me", "me@vendor.test");
    assert_eq!(party.role, NewPartyRole::Customer);
    let _ = NewParty::new("me", Address::new("Main Street"));
    (order, party)
}

/// What a test of a user's builds in place of an answer.
fn what_is_received() -> Order {
    let payment = Payment::from(shop::models::Card::new("4711"));
    let delivery: OrderDelivery = OrderDelivery::new().street("Main Street");
    let billing: OrderBilling = OrderBilling::new().street("Main Street");
    Order::new("1", OrderStatus::Paid, Money::new(1, "EUR"), payment)
        .lines(vec![OrderLines::new("lamp")])
        .delivery(delivery)
        .billing(billing)
}

fn show(order: &Order) {
    let Order {
        id,
        status,
        price: Money { amount, currency, .. },
        ..
    } = order;
    let status = match status {
        OrderStatus::Open => "open",
        OrderStatus::Paid => "paid",
        OrderStatus::Unknown(other) => other,
        _ => "something else",
    };
    println!("{id} {status} {amount} {currency} {}", OrderStatus::KNOWN.len());
    match &order.payment {
        Payment::Card(card) => println!("{}", card.number),
        Payment::Transfer(transfer) => println!("{}", transfer.iban),
        other => println!("{other:?}"),
    }
}

fn party(party: &Party) -> Option<&str> {
    match &party.contact {
        Contact::Text(text) => println!("{text}"),
        Contact::Address(address) => println!("{}", address.street),
        other => println!("{other:?}"),
    }
    party.nickname.as_deref().into_value()
}

/// Traits that a program relies on: keys of maps, values in sets, clones, comparisons.
fn traits() {
    fn key<T: Eq + std::hash::Hash + Clone + std::fmt::Debug + Send + Sync + 'static>() {}
    key::<Order>();
    key::<NewOrder>();
    key::<Money>();
    key::<Payment>();
    key::<Contact>();
    fn default<T: Default>() {}
    default::<NewNote>();
    default::<OrderBilling>();
}

/// What a program spawns has to be `Send`.
fn spawned(client: Client) -> tokio::task::JoinHandle<Result<(), Failure>> {
    tokio::spawn(async move {
        calls(&client).await?;
        errors(&client).await
    })
}

fn webhook(name: &str, body: &[u8]) -> Result<(), shop::webhooks::WebhookError> {
    match Webhook::decode(name, body)? {
        Webhook::OrderPaid(paid) => println!("{}", paid.id),
        other => println!("{}", other.name()),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let client = client("token")?;
    let (order, new) = what_is_sent();
    show(&what_is_received());
    println!("{}", answers(&client, &order).await?);
    println!("{:?}", error_of_one_status(&client, &order).await);
    println!("{:?}", party(&answer_with_headers(&client, &new).await?));
    settings_of_a_call_with_a_body(&client, &order).await?;
    gone(&client, "1").await?;
    show(&one(&client, "1").await?);
    traits();
    webhook("orderPaid", b"{}")?;
    spawned(client).await?
}
