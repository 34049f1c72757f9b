//! Durations as texts and as numbers, in bodies, queries and headers.

use encode_duration::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Duration_");
    let client = Client::new()?;
    let encode = client.encode();

    let value = PropertyDefaultDurationProperty::new("P40D");
    suite.gives("Property_default", encode.property_default(&value), &value).await;
    let value = PropertyIso8601DurationProperty::new("P40D");
    suite.gives("Property_iso8601", encode.property_iso8601(&value), &value).await;
    let value = PropertyInt32SecondsDurationProperty::new(36);
    suite.gives("Property_int32Seconds", encode.property_int32_seconds(&value), &value).await;
    let value = PropertyFloatSecondsDurationProperty::new(35.625);
    suite.gives("Property_floatSeconds", encode.property_float_seconds(&value), &value).await;
    let value = PropertyFloat64SecondsDurationProperty::new(35.625);
    suite.gives("Property_float64Seconds", encode.property_float64_seconds(&value), &value).await;
    let value = PropertyFloatSecondsDurationArrayProperty::new([35.625, 46.75]);
    suite.gives("Property_floatSecondsArray", encode.property_float_seconds_array(&value), &value).await;
    let value = PropertyInt32MillisecondsDurationProperty::new(36_000);
    suite.gives("Property_int32Milliseconds", encode.property_int32_milliseconds(&value), &value).await;
    let value = PropertyFloatMillisecondsDurationProperty::new(35_625.0);
    suite.gives("Property_floatMilliseconds", encode.property_float_milliseconds(&value), &value).await;
    let value = PropertyFloat64MillisecondsDurationProperty::new(35_625.0);
    suite.gives("Property_float64Milliseconds", encode.property_float64_milliseconds(&value), &value).await;
    let value = PropertyFloatMillisecondsDurationArrayProperty::new([35_625.0, 46_750.0]);
    suite.gives("Property_floatMillisecondsArray", encode.property_float_milliseconds_array(&value), &value).await;
    let value = PropertyInt32SecondsLargerUnitDurationProperty::new(120);
    suite.gives("Property_int32SecondsLargerUnit", encode.property_int32_seconds_larger_unit(&value), &value).await;
    let value = PropertyFloatSecondsLargerUnitDurationProperty::new(150.0);
    suite.gives("Property_floatSecondsLargerUnit", encode.property_float_seconds_larger_unit(&value), &value).await;
    let value = PropertyInt32MillisecondsLargerUnitDurationProperty::new(180_000);
    suite
        .gives("Property_int32MillisecondsLargerUnit", encode.property_int32_milliseconds_larger_unit(&value), &value)
        .await;
    let value = PropertyFloatMillisecondsLargerUnitDurationProperty::new(210_000.0);
    suite
        .gives("Property_floatMillisecondsLargerUnit", encode.property_float_milliseconds_larger_unit(&value), &value)
        .await;

    suite.takes("Query_default", encode.query_default("P40D")).await;
    suite.takes("Query_iso8601", encode.query_iso8601("P40D")).await;
    suite.takes("Query_int32Seconds", encode.query_int32_seconds(36)).await;
    suite.takes("Query_floatSeconds", encode.query_float_seconds(35.625)).await;
    suite.takes("Query_float64Seconds", encode.query_float64_seconds(35.625)).await;
    suite.takes("Query_int32Milliseconds", encode.query_int32_milliseconds(36_000)).await;
    suite.takes("Query_floatMilliseconds", encode.query_float_milliseconds(35_625.0)).await;
    suite.takes("Query_float64Milliseconds", encode.query_float64_milliseconds(35_625.0)).await;
    suite.takes("Query_int32MillisecondsArray", encode.query_int32_milliseconds_array(&[36_000, 47_000])).await;
    suite.takes("Query_int32SecondsLargerUnit", encode.query_int32_seconds_larger_unit(120)).await;
    suite.takes("Query_floatSecondsLargerUnit", encode.query_float_seconds_larger_unit(150.0)).await;
    suite.takes("Query_int32MillisecondsLargerUnit", encode.query_int32_milliseconds_larger_unit(180_000)).await;
    suite.takes("Query_floatMillisecondsLargerUnit", encode.query_float_milliseconds_larger_unit(210_000.0)).await;
    suite.takes("Query_int32SecondsArray", encode.query_int32_seconds_array(&[36, 47])).await;

    suite.takes("Header_default", encode.header_default("P40D")).await;
    suite.takes("Header_iso8601", encode.header_iso8601("P40D")).await;
    suite.takes("Header_int32Seconds", encode.header_int32_seconds(36)).await;
    suite.takes("Header_floatSeconds", encode.header_float_seconds(35.625)).await;
    suite.takes("Header_float64Seconds", encode.header_float64_seconds(35.625)).await;
    suite.takes("Header_int32Milliseconds", encode.header_int32_milliseconds(36_000)).await;
    suite.takes("Header_floatMilliseconds", encode.header_float_milliseconds(35_625.0)).await;
    suite.takes("Header_float64Milliseconds", encode.header_float64_milliseconds(35_625.0)).await;
    suite.takes("Header_int32MillisecondsArray", encode.header_int32_milliseconds_array(&[36_000, 47_000])).await;
    suite.takes("Header_int32SecondsLargerUnit", encode.header_int32_seconds_larger_unit(120)).await;
    suite.takes("Header_floatSecondsLargerUnit", encode.header_float_seconds_larger_unit(150.0)).await;
    suite.takes("Header_int32MillisecondsLargerUnit", encode.header_int32_milliseconds_larger_unit(180_000)).await;
    suite.takes("Header_floatMillisecondsLargerUnit", encode.header_float_milliseconds_larger_unit(210_000.0)).await;
    suite.takes("Header_iso8601Array", encode.header_iso8601_array(["P40D", "P50D"])).await;

    suite.takes("Lossy_intSeconds", encode.lossy_int_seconds(36)).await;
    suite.takes("Lossy_intMilliseconds", encode.lossy_int_milliseconds(36_250)).await;
    Ok(())
}
