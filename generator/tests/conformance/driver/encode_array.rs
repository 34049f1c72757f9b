//! Lists that are one text, with something between their items.

use encode_array::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Encode_Array_Property_");
    let client = Client::new()?;
    let encode = client.encode();

    let value = CommaDelimitedArrayProperty::new("blue,red,green");
    suite.gives("commaDelimited", encode.property_comma_delimited(&value), &value).await;
    let value = SpaceDelimitedArrayProperty::new("blue red green");
    suite.gives("spaceDelimited", encode.property_space_delimited(&value), &value).await;
    let value = PipeDelimitedArrayProperty::new("blue|red|green");
    suite.gives("pipeDelimited", encode.property_pipe_delimited(&value), &value).await;
    let value = NewlineDelimitedArrayProperty::new("blue\nred\ngreen");
    suite.gives("newlineDelimited", encode.property_newline_delimited(&value), &value).await;
    let value = CommaDelimitedEnumArrayProperty::new("blue,red,green");
    suite.gives("enumCommaDelimited", encode.property_enum_comma_delimited(&value), &value).await;
    let value = SpaceDelimitedEnumArrayProperty::new("blue red green");
    suite.gives("enumSpaceDelimited", encode.property_enum_space_delimited(&value), &value).await;
    let value = PipeDelimitedEnumArrayProperty::new("blue|red|green");
    suite.gives("enumPipeDelimited", encode.property_enum_pipe_delimited(&value), &value).await;
    let value = NewlineDelimitedEnumArrayProperty::new("blue\nred\ngreen");
    suite.gives("enumNewlineDelimited", encode.property_enum_newline_delimited(&value), &value).await;
    let value = CommaDelimitedExtensibleEnumArrayProperty::new("blue,red,green");
    suite.gives("extensibleEnumCommaDelimited", encode.property_extensible_enum_comma_delimited(&value), &value).await;
    let value = SpaceDelimitedExtensibleEnumArrayProperty::new("blue red green");
    suite.gives("extensibleEnumSpaceDelimited", encode.property_extensible_enum_space_delimited(&value), &value).await;
    let value = PipeDelimitedExtensibleEnumArrayProperty::new("blue|red|green");
    suite.gives("extensibleEnumPipeDelimited", encode.property_extensible_enum_pipe_delimited(&value), &value).await;
    let value = NewlineDelimitedExtensibleEnumArrayProperty::new("blue\nred\ngreen");
    suite
        .gives("extensibleEnumNewlineDelimited", encode.property_extensible_enum_newline_delimited(&value), &value)
        .await;
    Ok(())
}
