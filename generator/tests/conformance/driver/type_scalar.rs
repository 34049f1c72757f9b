//! Values that are no objects.

use type_scalar::Client;

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Scalar_");
    let client = Client::new()?;
    let scalar = client.r#type();

    suite.gives("String_get", scalar.string_get(), "test").await;
    suite.takes("String_put", scalar.string_put("test")).await;
    suite.gives("Boolean_get", scalar.boolean_get(), &true).await;
    suite.takes("Boolean_put", scalar.boolean_put(true)).await;
    suite.gives("Unknown_get", scalar.unknown_get(), "test").await;
    suite.takes("Unknown_put", scalar.unknown_put(&"test".into())).await;

    suite.gives("DecimalType_responseBody", scalar.decimal_type_response_body(), &0.33333).await;
    suite.takes("DecimalType_requestBody", scalar.decimal_type_request_body(0.33333)).await;
    suite.takes("DecimalType_requestParameter", scalar.decimal_type_request_parameter(0.33333)).await;
    suite.gives("DecimalVerify_prepareVerify", scalar.decimal_verify_prepare_verify(), &[0.1, 0.1, 0.1]).await;
    suite.takes("DecimalVerify_verify", scalar.decimal_verify_verify(0.3)).await;
    suite.gives("Decimal128Type_responseBody", scalar.decimal128_type_response_body(), &0.33333).await;
    suite.takes("Decimal128Type_requestBody", scalar.decimal128_type_request_body(0.33333)).await;
    suite.takes("Decimal128Type_requestParameter", scalar.decimal128_type_request_parameter(0.33333)).await;
    suite.gives("Decimal128Verify_prepareVerify", scalar.decimal128_verify_prepare_verify(), &[0.1, 0.1, 0.1]).await;
    suite.takes("Decimal128Verify_verify", scalar.decimal128_verify_verify(0.3)).await;
    Ok(())
}
