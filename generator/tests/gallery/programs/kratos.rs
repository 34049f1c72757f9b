//! An identity server: somebody is enrolled, signs in, and is forgotten.

use kratos::models::{CreateIdentityBody, UpdateLoginFlowWithPasswordMethod};
use kratos::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("IDENTITIES_TOKEN")?)?;

    let ada = CreateIdentityBody::new("person", [("email", "ada@vendor.test".into())]);
    let ada = client.identity().create(&ada).await?;

    let password = UpdateLoginFlowWithPasswordMethod::new("ada@vendor.test", "correct horse");
    match client.frontend().update_login_flow("flow-1", &password.into()).max_attempts(1).await {
        Ok(session) => println!("signed in until {:?}", session.expires_at),
        Err(error) if error.is_status(400) => println!("refused: {:?}", error.body().map(|problem| &problem.message)),
        Err(error) => return Err(error.into()),
    }

    for session in client.identity().list_identity_sessions(ada.id).active(true).await? {
        println!("{}", session.id);
    }
    let found = client.identity().list().ids([ada.id.to_string()]).page_size(10).await?;
    println!("{} found", found.len());
    client.identity().delete(ada.id).await?;
    Ok(())
}
