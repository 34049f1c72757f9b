//! Errors whose type hangs on the status.

use response_status_code_range::{Client, api::response::*, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Response_StatusCodeRange_");
    let client = Client::new()?;
    let response = client.response();

    let error = ErrorInRange::new("request-header-too-large", "Request header too large");
    let error = ErrorResponseStatusCodeInRangeError::ClientError(error.into());
    let call = response.error_response_status_code_in_range();
    suite
        .fails("errorResponseStatusCodeInRange", call, |came| came.is_status(494) && came.body() == Some(&error))
        .await;

    let error = ErrorResponseStatusCode404Error::NotFound(NotFoundError::new("not-found", "resource1").into());
    let call = response.error_response_status_code404();
    suite.fails("errorResponseStatusCode404", call, |came| came.is_status(404) && came.body() == Some(&error)).await;
    Ok(())
}
