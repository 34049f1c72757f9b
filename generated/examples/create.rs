//! The program of the README: creates one ticket. Needs `HUBSPOT_TOKEN`.

use hubspot_tickets_batch::{
    Client,
    api::batch::CreateResponse,
    models::{CreateTicket, CreateTicketsRequest},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("HUBSPOT_TOKEN").map_err(|_| "set HUBSPOT_TOKEN to an access token")?;
    let client = Client::new(token)?;

    let properties = [("subject", "Printer on fire"), ("hs_pipeline_stage", "1")];
    let ticket = CreateTicket::new(properties).object_write_trace_id("row-1");

    match client.batch().create(&CreateTicketsRequest::new([ticket])).await? {
        CreateResponse::Created(batch) => println!("created {}", batch.results.len()),
        CreateResponse::MultiStatus(batch) => println!("created {}, failed {:?}", batch.results.len(), batch.errors),
        answer => println!("something new: {answer:?}"),
    }
    Ok(())
}
