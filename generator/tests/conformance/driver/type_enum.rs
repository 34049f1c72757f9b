//! Enums: a value that nobody named comes and goes as well.

use type_enum_extensible::models::DaysOfWeekExtensibleEnum;
use type_enum_fixed::models::DaysOfWeekEnum;

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Enum_");
    let client = type_enum_extensible::Client::new()?;
    let extensible = client.r#type();
    let known = DaysOfWeekExtensibleEnum::Monday;
    let unknown = DaysOfWeekExtensibleEnum::Unknown("Weekend".to_owned());
    suite.gives("Extensible_String_getKnownValue", extensible.string_get_known_value(), &known).await;
    suite.takes("Extensible_String_putKnownValue", extensible.string_put_known_value(&known)).await;
    suite.gives("Extensible_String_getUnknownValue", extensible.string_get_unknown_value(), &unknown).await;
    suite.takes("Extensible_String_putUnknownValue", extensible.string_put_unknown_value(&unknown)).await;

    let client = type_enum_fixed::Client::new()?;
    let fixed = client.r#type();
    let known = DaysOfWeekEnum::Monday;
    let unknown = DaysOfWeekEnum::Unknown("Weekend".to_owned());
    suite.gives("Fixed_String_getKnownValue", fixed.string_get_known_value(), &known).await;
    suite.takes("Fixed_String_putKnownValue", fixed.string_put_known_value(&known)).await;
    suite
        .fails("Fixed_String_putUnknownValue", fixed.string_put_unknown_value(&unknown), |error| error.is_status(500))
        .await;
    Ok(())
}
