//! Users of an application: one is invited, enrolled, found, described and forgotten.

use users::models::{InvitationsCreateBody, UsersCreateBody, UsersUpdateUserMetadataBody};
use users::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("USERS_SECRET")?)?;

    let invitation = InvitationsCreateBody::new("ada@vendor.test").redirect_url("https://app.vendor.test/welcome");
    println!("{} is sent", client.invitations().create(&invitation).await?.id);

    let ada = UsersCreateBody::new().email_address(["ada@vendor.test"]).first_name("Ada".to_owned());
    let ada = match client.users().create(&ada).idempotent(false).await {
        Ok(ada) => ada,
        Err(error) if error.is_status(422) => {
            let reasons = error.body().map(|body| &body.errors);
            return Err(format!("refused: {reasons:?}").into());
        }
        Err(error) => return Err(error.into()),
    };

    let desk = UsersUpdateUserMetadataBody::new().public_metadata([("desk", 4.into())]);
    client.users().update_user_metadata(&ada.id).body(&desk).await?;

    for user in client.users().get_user_list().email_address(["ada@vendor.test"]).limit(5).await? {
        println!("{:?} since {}", user.first_name.as_deref(), user.created_at);
    }
    client.users().delete(ada.id).max_attempts(1).await?;
    Ok(())
}
