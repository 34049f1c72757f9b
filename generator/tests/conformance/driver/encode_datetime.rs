//! Times as texts and as numbers, in bodies, queries and headers.

use encode_datetime::{Client, models::*, prelude::*};

use crate::harness::{Outcome, Suite, same};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Datetime_");
    let client = Client::new()?;
    let encode = client.encode();
    let time: Timestamp = "2022-08-26T18:38:00.000Z".parse()?;
    let http = "Fri, 26 Aug 2022 14:38:00 GMT";
    let unix = 1_686_566_864;
    let several = [1_686_566_864, 1_686_734_256];

    let value = DefaultDatetimeProperty::new(time);
    suite.gives("Property_default", encode.property_default(&value), &value).await;
    let value = Rfc3339DatetimeProperty::new(time);
    suite.gives("Property_rfc3339", encode.property_rfc3339(&value), &value).await;
    let value = Rfc7231DatetimeProperty::new(http);
    suite.gives("Property_rfc7231", encode.property_rfc7231(&value), &value).await;
    let value = UnixTimestampDatetimeProperty::new(unix);
    suite.gives("Property_unixTimestamp", encode.property_unix_timestamp(&value), &value).await;
    let value = UnixTimestampArrayDatetimeProperty::new(several);
    suite.gives("Property_unixTimestampArray", encode.property_unix_timestamp_array(&value), &value).await;

    suite.takes("Query_default", encode.query_default(time)).await;
    suite.takes("Query_rfc3339", encode.query_rfc3339(time)).await;
    suite.takes("Query_rfc7231", encode.query_rfc7231(http)).await;
    suite.takes("Query_unixTimestamp", encode.query_unix_timestamp(unix)).await;
    suite.takes("Query_unixTimestampArray", encode.query_unix_timestamp_array(&several)).await;

    suite.takes("Header_default", encode.header_default(http)).await;
    suite.takes("Header_rfc3339", encode.header_rfc3339(time)).await;
    suite.takes("Header_rfc7231", encode.header_rfc7231(http)).await;
    suite.takes("Header_unixTimestamp", encode.header_unix_timestamp(unix)).await;
    suite.takes("Header_unixTimestampArray", encode.header_unix_timestamp_array(&several)).await;

    suite
        .scenario("ResponseHeader_default", async {
            let reply = encode.response_header_default().reply().await?;
            same(&reply.headers["value"], http)
        })
        .await;
    suite
        .scenario("ResponseHeader_rfc3339", async {
            let reply = encode.response_header_rfc3339().reply().await?;
            same(&reply.headers["value"], "2022-08-26T18:38:00.000Z")
        })
        .await;
    suite
        .scenario("ResponseHeader_rfc7231", async {
            let reply = encode.response_header_rfc7231().reply().await?;
            same(&reply.headers["value"], http)
        })
        .await;
    suite
        .scenario("ResponseHeader_unixTimestamp", async {
            let reply = encode.response_header_unix_timestamp().reply().await?;
            same(&reply.headers["value"], "1686566864")
        })
        .await;
    Ok(())
}
