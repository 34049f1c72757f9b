//! Models in XML, each way.

use payload_xml::{Client, models::*};

use crate::harness::{Outcome, Suite, same};

const COLORS: [&str; 3] = ["red", "green", "blue"];

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Payload_Xml_");
    let client = Client::new()?;
    let xml = client.payload();
    let foo = || SimpleModel::new("foo", 123);
    let bar = || SimpleModel::new("bar", 456);

    let model = SimpleModel::new("foo", 123);
    suite.gives("SimpleModelValue_get", xml.simple_model_value_get(), &model).await;
    suite.takes("SimpleModelValue_put", xml.simple_model_value_put(&model)).await;

    let model = ModelWithRenamedProperty::new("foo", "bar");
    suite.gives("ModelWithRenamedPropertyValue_get", xml.model_with_renamed_property_value_get(), &model).await;
    suite.takes("ModelWithRenamedPropertyValue_put", xml.model_with_renamed_property_value_put(&model)).await;

    let model = ModelWithRenamedFields::new(foo(), bar());
    suite.gives("ModelWithRenamedFieldsValue_get", xml.model_with_renamed_fields_value_get(), &model).await;
    suite.takes("ModelWithRenamedFieldsValue_put", xml.model_with_renamed_fields_value_put(&model)).await;

    let model = ModelWithNestedModel::new(foo());
    suite.gives("ModelWithNestedModelValue_get", xml.model_with_nested_model_value_get(), &model).await;
    suite.takes("ModelWithNestedModelValue_put", xml.model_with_nested_model_value_put(&model)).await;

    let model = ModelWithRenamedNestedModel::new(Author::new("foo"));
    suite.gives("ModelWithRenamedNestedModelValue_get", xml.model_with_renamed_nested_model_value_get(), &model).await;
    suite.takes("ModelWithRenamedNestedModelValue_put", xml.model_with_renamed_nested_model_value_put(&model)).await;

    let model = ModelWithSimpleArrays::new(COLORS, [1, 2]);
    suite.gives("ModelWithSimpleArraysValue_get", xml.model_with_simple_arrays_value_get(), &model).await;
    suite.takes("ModelWithSimpleArraysValue_put", xml.model_with_simple_arrays_value_put(&model)).await;

    let model = ModelWithUnwrappedArray::new(COLORS, [1, 2]);
    suite.gives("ModelWithUnwrappedArrayValue_get", xml.model_with_unwrapped_array_value_get(), &model).await;
    suite.takes("ModelWithUnwrappedArrayValue_put", xml.model_with_unwrapped_array_value_put(&model)).await;

    let model = ModelWithRenamedArrays::new(COLORS, [1, 2]);
    suite.gives("ModelWithRenamedArraysValue_get", xml.model_with_renamed_arrays_value_get(), &model).await;
    suite.takes("ModelWithRenamedArraysValue_put", xml.model_with_renamed_arrays_value_put(&model)).await;

    let model = ModelWithWrappedPrimitiveCustomItemNames::new(["fiction", "classic"]);
    suite
        .gives(
            "ModelWithWrappedPrimitiveCustomItemNamesValue_get",
            xml.model_with_wrapped_primitive_custom_item_names_value_get(),
            &model,
        )
        .await;
    suite
        .takes(
            "ModelWithWrappedPrimitiveCustomItemNamesValue_put",
            xml.model_with_wrapped_primitive_custom_item_names_value_put(&model),
        )
        .await;

    let model = ModelWithArrayOfModel::new([foo(), bar()]);
    suite.gives("ModelWithArrayOfModelValue_get", xml.model_with_array_of_model_value_get(), &model).await;
    suite.takes("ModelWithArrayOfModelValue_put", xml.model_with_array_of_model_value_put(&model)).await;

    let model = ModelWithUnwrappedModelArray::new([foo(), bar()]);
    suite
        .gives("ModelWithUnwrappedModelArrayValue_get", xml.model_with_unwrapped_model_array_value_get(), &model)
        .await;
    suite.takes("ModelWithUnwrappedModelArrayValue_put", xml.model_with_unwrapped_model_array_value_put(&model)).await;

    let model = ModelWithRenamedWrappedModelArray::new([foo(), bar()]);
    suite
        .gives(
            "ModelWithRenamedWrappedModelArrayValue_get",
            xml.model_with_renamed_wrapped_model_array_value_get(),
            &model,
        )
        .await;
    suite
        .takes(
            "ModelWithRenamedWrappedModelArrayValue_put",
            xml.model_with_renamed_wrapped_model_array_value_put(&model),
        )
        .await;

    let model = ModelWithRenamedUnwrappedModelArray::new([foo(), bar()]);
    suite
        .gives(
            "ModelWithRenamedUnwrappedModelArrayValue_get",
            xml.model_with_renamed_unwrapped_model_array_value_get(),
            &model,
        )
        .await;
    suite
        .takes(
            "ModelWithRenamedUnwrappedModelArrayValue_put",
            xml.model_with_renamed_unwrapped_model_array_value_put(&model),
        )
        .await;

    let model = ModelWithRenamedWrappedAndItemModelArray::new(["The Great Gatsby", "Les Miserables"].map(Book::new));
    suite
        .gives(
            "ModelWithRenamedWrappedAndItemModelArrayValue_get",
            xml.model_with_renamed_wrapped_and_item_model_array_value_get(),
            &model,
        )
        .await;
    suite
        .takes(
            "ModelWithRenamedWrappedAndItemModelArrayValue_put",
            xml.model_with_renamed_wrapped_and_item_model_array_value_put(&model),
        )
        .await;

    let model = ModelWithAttributes::new(123, "foo", true);
    suite.gives("ModelWithAttributesValue_get", xml.model_with_attributes_value_get(), &model).await;
    suite.takes("ModelWithAttributesValue_put", xml.model_with_attributes_value_put(&model)).await;

    let model = ModelWithRenamedAttribute::new(123, "The Great Gatsby", "F. Scott Fitzgerald");
    suite.gives("ModelWithRenamedAttributeValue_get", xml.model_with_renamed_attribute_value_get(), &model).await;
    suite.takes("ModelWithRenamedAttributeValue_put", xml.model_with_renamed_attribute_value_put(&model)).await;

    let model = ModelWithNamespace::new(123, "The Great Gatsby");
    suite.gives("ModelWithNamespaceValue_get", xml.model_with_namespace_value_get(), &model).await;
    suite.takes("ModelWithNamespaceValue_put", xml.model_with_namespace_value_put(&model)).await;

    let model = ModelWithNamespaceOnProperties::new(123, "The Great Gatsby", "F. Scott Fitzgerald");
    suite
        .gives("ModelWithNamespaceOnPropertiesValue_get", xml.model_with_namespace_on_properties_value_get(), &model)
        .await;
    suite
        .takes("ModelWithNamespaceOnPropertiesValue_put", xml.model_with_namespace_on_properties_value_put(&model))
        .await;

    let model = ModelWithOptionalField::new("widget");
    suite.gives("ModelWithOptionalFieldValue_get", xml.model_with_optional_field_value_get(), &model).await;
    suite.takes("ModelWithOptionalFieldValue_put", xml.model_with_optional_field_value_put(&model)).await;

    let model = ModelWithEmptyArray::new([]);
    suite.gives("ModelWithEmptyArrayValue_get", xml.model_with_empty_array_value_get(), &model).await;
    suite.takes("ModelWithEmptyArrayValue_put", xml.model_with_empty_array_value_put(&model)).await;

    let model = ModelWithEncodedNames::new(foo(), COLORS);
    suite.gives("ModelWithEncodedNamesValue_get", xml.model_with_encoded_names_value_get(), &model).await;
    suite.takes("ModelWithEncodedNamesValue_put", xml.model_with_encoded_names_value_put(&model)).await;

    let model = ModelWithEnum::new(Status::Success);
    suite.gives("ModelWithEnumValue_get", xml.model_with_enum_value_get(), &model).await;
    suite.takes("ModelWithEnumValue_put", xml.model_with_enum_value_put(&model)).await;

    let metadata = [("Color", "blue"), ("Count", "123"), ("Enabled", "false")];
    let model = ModelWithDictionary::new(metadata);
    suite.gives("ModelWithDictionaryValue_get", xml.model_with_dictionary_value_get(), &model).await;
    suite.takes("ModelWithDictionaryValue_put", xml.model_with_dictionary_value_put(&model)).await;

    let model = ModelWithDatetime::new("2022-08-26T18:38:00Z".parse()?, "Fri, 26 Aug 2022 14:38:00 GMT");
    suite.gives("ModelWithDatetimeValue_get", xml.model_with_datetime_value_get(), &model).await;
    suite.takes("ModelWithDatetimeValue_put", xml.model_with_datetime_value_put(&model)).await;

    suite
        .scenario("ModelWithTextValue_get", async {
            let model = xml.model_with_text_value_get().await?;
            same(&model.language, "foo")?;
            same(model.content.trim(), "This is some text.")
        })
        .await;
    let model = ModelWithText::new("foo", "\n  This is some text.\n");
    suite.takes("ModelWithTextValue_put", xml.model_with_text_value_put(&model)).await;

    let expected = XmlErrorBody::new("Something went wrong", 400);
    suite.fails("XmlErrorValue_get", xml.xml_error_value_get(), |error| error.body() == Some(&expected)).await;
    Ok(())
}
