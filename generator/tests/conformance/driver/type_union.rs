//! Choices: of texts, numbers, models and all of them, with a tag and without.

use type_union::models::*;
use type_union_discriminated::models::{
    self as pets, PetInline, PetInlineWithCustomDiscriminator, PetWithCustomNames, PetWithCustomNamesCat,
    PetWithCustomNamesDog, PetWithEnvelope, PetWithEnvelopeCat, PetWithEnvelopeDog,
};

use crate::harness::{Outcome, Suite, same, unexpected};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Type_Union_");
    let client = type_union::Client::new()?;
    let union = client.r#type();

    let value = TypeStringsOnlySendBody::new(TypeStringsOnlySendBodyProp::B);
    suite.gives("StringsOnly_get", union.strings_only_get(), &value).await;
    suite.takes("StringsOnly_send", union.strings_only_send(&value)).await;

    let value = TypeStringExtensibleSendBody::new(TypeStringExtensibleSendBodyProp::Unknown("custom".to_owned()));
    suite.gives("StringExtensible_get", union.string_extensible_get(), &value).await;
    suite.takes("StringExtensible_send", union.string_extensible_send(&value)).await;

    let value = TypeStringExtensibleNamedSendBody::new(StringExtensibleNamedUnion::Unknown("custom".to_owned()));
    suite.gives("StringExtensibleNamed_get", union.string_extensible_named_get(), &value).await;
    suite.takes("StringExtensibleNamed_send", union.string_extensible_named_send(&value)).await;

    let value = TypeIntsOnlySendBody::new(TypeIntsOnlySendBodyProp::Value2);
    suite.gives("IntsOnly_get", union.ints_only_get(), &value).await;
    suite.takes("IntsOnly_send", union.ints_only_send(&value)).await;

    let value = TypeFloatsOnlySendBody::new(TypeFloatsOnlySendBodyProp::Value2_2);
    suite.gives("FloatsOnly_get", union.floats_only_get(), &value).await;
    suite.takes("FloatsOnly_send", union.floats_only_send(&value)).await;

    let value = TypeModelsOnlySendBody::new(Cat::new("test"));
    suite.gives("ModelsOnly_get", union.models_only_get(), &value).await;
    suite.takes("ModelsOnly_send", union.models_only_send(&value)).await;

    let value = TypeEnumsOnlySendBody::new(EnumsOnlyCases::new(EnumsOnlyCasesLr::Right, Ud::Up));
    suite.gives("EnumsOnly_get", union.enums_only_get(), &value).await;
    suite.takes("EnumsOnly_send", union.enums_only_send(&value)).await;

    let value = TypeStringAndArraySendBody::new(StringAndArrayCases::new(
        "test",
        ["test1", "test2"].map(str::to_owned).to_vec(),
    ));
    suite.gives("StringAndArray_get", union.string_and_array_get(), &value).await;
    suite.takes("StringAndArray_send", union.string_and_array_send(&value)).await;

    let value = TypeMixedLiteralsSendBody::new(MixedLiteralsCases::new(
        MixedLiteralsCasesStringLiteral::A,
        MixedLiteralsCasesIntLiteralValue::Value2,
        MixedLiteralsCasesFloatLiteralValue::Value3_3,
        true,
    ));
    suite.gives("MixedLiterals_get", union.mixed_literals_get(), &value).await;
    suite.takes("MixedLiterals_send", union.mixed_literals_send(&value)).await;

    let value = TypeMixedTypesSendBody::new(MixedTypesCases::new(
        Cat::new("test"),
        MixedTypesCasesLiteral::A,
        2,
        true,
        [Cat::new("test").into(), MixedTypesCasesArray::A, 2.into(), true.into()],
    ));
    suite.gives("MixedTypes_get", union.mixed_types_get(), &value).await;
    suite.takes("MixedTypes_send", union.mixed_types_send(&value)).await;

    let client = type_union_discriminated::Client::new()?;
    let pets = client.r#type();
    let cat = || pets::Cat::new("Whiskers", true);
    let dog = || pets::Dog::new("Rex", false);

    let pet = PetWithEnvelope::from(PetWithEnvelopeCat::new(cat()));
    suite
        .scenario("Discriminated_Envelope_Object_Default_get", async {
            same(&pets.default_get().await?, &pet)?;
            same(&pets.default_get().kind("dog").await?, &PetWithEnvelope::from(PetWithEnvelopeDog::new(dog())))
        })
        .await;
    suite.gives("Discriminated_Envelope_Object_Default_put", pets.default_put(&pet), &pet).await;

    let pet = PetWithCustomNames::from(PetWithCustomNamesCat::new(cat()));
    suite
        .scenario("Discriminated_Envelope_Object_CustomProperties_get", async {
            same(&pets.custom_properties_get().await?, &pet)?;
            same(
                &pets.custom_properties_get().pet_type("dog").await?,
                &PetWithCustomNames::from(PetWithCustomNamesDog::new(dog())),
            )
        })
        .await;
    suite.gives("Discriminated_Envelope_Object_CustomProperties_put", pets.custom_properties_put(&pet), &pet).await;

    // No cat and no dog is described to have the tag, so that it comes as a member beside the described ones.
    suite
        .scenario("Discriminated_NoEnvelope_Default_get", async {
            match pets.default_get_2().await? {
                PetInline::Cat(cat) => same(&(&*cat.name, cat.meow), &("Whiskers", true))?,
                other => return unexpected(&other),
            }
            match pets.default_get_2().kind("dog").await? {
                PetInline::Dog(dog) => same(&(&*dog.name, dog.bark), &("Rex", false)),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("Discriminated_NoEnvelope_Default_put", async {
            match pets.default_put_2(&cat().into()).await? {
                PetInline::Cat(cat) => same(&(&*cat.name, cat.meow), &("Whiskers", true)),
                other => unexpected(&other),
            }
        })
        .await;

    suite
        .scenario("Discriminated_NoEnvelope_CustomDiscriminator_get", async {
            match pets.custom_discriminator_get().await? {
                PetInlineWithCustomDiscriminator::Cat(cat) => same(&(&*cat.name, cat.meow), &("Whiskers", true))?,
                other => return unexpected(&other),
            }
            match pets.custom_discriminator_get().r#type("dog").await? {
                PetInlineWithCustomDiscriminator::Dog(dog) => same(&(&*dog.name, dog.bark), &("Rex", false)),
                other => unexpected(&other),
            }
        })
        .await;
    suite
        .scenario("Discriminated_NoEnvelope_CustomDiscriminator_put", async {
            match pets.custom_discriminator_put(&cat().into()).await? {
                PetInlineWithCustomDiscriminator::Cat(cat) => same(&(&*cat.name, cat.meow), &("Whiskers", true)),
                other => unexpected(&other),
            }
        })
        .await;

    Ok(())
}
