//! Keys, tokens and schemes of somebody's own, and none at all.

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Authentication_");
    let token = "https://security.microsoft.com/.default";

    let client = authentication_api_key::Client::new("valid-key")?;
    suite.takes("ApiKey_valid", client.authentication().valid()).await;
    let client = authentication_api_key::Client::new("invalid-key")?;
    let error = authentication_api_key::models::InvalidAuth::new("invalid-api-key");
    suite
        .fails("ApiKey_invalid", client.authentication().invalid(), |came| {
            came.is_status(403) && came.body() == Some(&error)
        })
        .await;

    let client = authentication_http_custom::Client::new("valid-key")?;
    suite.takes("Http_Custom_valid", client.authentication().valid()).await;
    let client = authentication_http_custom::Client::new("invalid-key")?;
    let error = authentication_http_custom::models::InvalidAuth::new("invalid-api-key");
    suite
        .fails("Http_Custom_invalid", client.authentication().invalid(), |came| {
            came.is_status(403) && came.body() == Some(&error)
        })
        .await;

    let client = authentication_oauth2::Client::new(token)?;
    suite.takes("OAuth2_valid", client.authentication().valid()).await;
    let error = authentication_oauth2::models::InvalidAuth::new("invalid-grant");
    suite
        .fails("OAuth2_invalid", client.authentication().invalid(), |came| {
            came.is_status(403) && came.body() == Some(&error)
        })
        .await;

    let client = authentication_union::Client::builder().api_key_auth("valid-key").build()?;
    suite.takes("Union_validKey", client.authentication().valid_key()).await;
    let client = authentication_union::Client::builder().oauth2_auth(token).build()?;
    suite.takes("Union_validToken", client.authentication().valid_token()).await;

    let client = authentication_noauth_union::Client::new()?;
    suite.takes("Noauth_Union_validNoAuth", client.authentication().valid_no_auth()).await;
    let client = authentication_noauth_union::Client::builder().oauth2_auth(token).build()?;
    suite.takes("Noauth_Union_validToken", client.authentication().valid_token()).await;
    Ok(())
}
