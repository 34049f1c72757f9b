//! Names that are keywords somewhere, of operations, parameters, models and members.

use special_words::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("SpecialWords_");
    let client = Client::new()?;
    let words = client.special_words();

    let text = ExtensibleStringsExtensibleString::Class;
    suite
        .gives(
            "ExtensibleStrings_putExtensibleStringValue",
            words.extensible_strings_put_extensible_string_value(&text),
            &text,
        )
        .await;

    let model = ModelPropertiesSameAsModel::new("ok");
    suite.takes("ModelProperties_sameAsModel", words.model_properties_same_as_model(&model)).await;
    let model = ModelPropertiesDictMethods::new("ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok");
    suite.takes("ModelProperties_dictMethods", words.model_properties_dict_methods(&model)).await;
    let model = ModelPropertiesModelWithList::new("ok");
    suite.takes("ModelProperties_withList", words.model_properties_with_list(&model)).await;
    let body = SpecialWordsReservedOperationBodyParamsWithItemsBody::new(["item"]);
    suite.takes("ReservedOperationBodyParams_withItems", words.reserved_operation_body_params_with_items(&body)).await;

    suite.takes("Models_and", words.models_with_and(&ModelsAnd::new("ok"))).await;
    suite.takes("Models_as", words.models_with_as(&ModelsAs::new("ok"))).await;
    suite.takes("Models_assert", words.models_with_assert(&ModelsAssert::new("ok"))).await;
    suite.takes("Models_async", words.models_with_async(&ModelsAsync::new("ok"))).await;
    suite.takes("Models_await", words.models_with_await(&ModelsAwait::new("ok"))).await;
    suite.takes("Models_break", words.models_with_break(&ModelsBreak::new("ok"))).await;
    suite.takes("Models_class", words.models_with_class(&ModelsClass::new("ok"))).await;
    suite.takes("Models_constructor", words.models_with_constructor(&ModelsConstructor::new("ok"))).await;
    suite.takes("Models_continue", words.models_with_continue(&ModelsContinue::new("ok"))).await;
    suite.takes("Models_def", words.models_with_def(&ModelsDef::new("ok"))).await;
    suite.takes("Models_del", words.models_with_del(&ModelsDel::new("ok"))).await;
    suite.takes("Models_elif", words.models_with_elif(&ModelsElif::new("ok"))).await;
    suite.takes("Models_else", words.models_with_else(&ModelsElse::new("ok"))).await;
    suite.takes("Models_except", words.models_with_except(&ModelsExcept::new("ok"))).await;
    suite.takes("Models_exec", words.models_with_exec(&ModelsExec::new("ok"))).await;
    suite.takes("Models_finally", words.models_with_finally(&ModelsFinally::new("ok"))).await;
    suite.takes("Models_for", words.models_with_for(&ModelsFor::new("ok"))).await;
    suite.takes("Models_from", words.models_with_from(&ModelsFrom::new("ok"))).await;
    suite.takes("Models_global", words.models_with_global(&ModelsGlobal::new("ok"))).await;
    suite.takes("Models_if", words.models_with_if(&ModelsIf::new("ok"))).await;
    suite.takes("Models_import", words.models_with_import(&ModelsImport::new("ok"))).await;
    suite.takes("Models_in", words.models_with_in(&ModelsIn::new("ok"))).await;
    suite.takes("Models_is", words.models_with_is(&ModelsIs::new("ok"))).await;
    suite.takes("Models_lambda", words.models_with_lambda(&ModelsLambda::new("ok"))).await;
    suite.takes("Models_not", words.models_with_not(&ModelsNot::new("ok"))).await;
    suite.takes("Models_or", words.models_with_or(&ModelsOr::new("ok"))).await;
    suite.takes("Models_pass", words.models_with_pass(&ModelsPass::new("ok"))).await;
    suite.takes("Models_raise", words.models_with_raise(&ModelsRaise::new("ok"))).await;
    suite.takes("Models_return", words.models_with_return(&ModelsReturn::new("ok"))).await;
    suite.takes("Models_try", words.models_with_try(&ModelsTry::new("ok"))).await;
    suite.takes("Models_while", words.models_with_while(&ModelsWhile::new("ok"))).await;
    suite.takes("Models_with", words.models_with_with(&ModelsWith::new("ok"))).await;
    suite.takes("Models_yield", words.models_with_yield(&ModelsYield::new("ok"))).await;

    suite.takes("Operations_and", words.operations_and()).await;
    suite.takes("Operations_as", words.operations_as()).await;
    suite.takes("Operations_assert", words.operations_assert()).await;
    suite.takes("Operations_async", words.operations_async()).await;
    suite.takes("Operations_await", words.operations_await()).await;
    suite.takes("Operations_break", words.operations_break()).await;
    suite.takes("Operations_class", words.operations_class()).await;
    suite.takes("Operations_constructor", words.operations_constructor()).await;
    suite.takes("Operations_continue", words.operations_continue()).await;
    suite.takes("Operations_def", words.operations_def()).await;
    suite.takes("Operations_del", words.operations_del()).await;
    suite.takes("Operations_elif", words.operations_elif()).await;
    suite.takes("Operations_else", words.operations_else()).await;
    suite.takes("Operations_except", words.operations_except()).await;
    suite.takes("Operations_exec", words.operations_exec()).await;
    suite.takes("Operations_finally", words.operations_finally()).await;
    suite.takes("Operations_for", words.operations_for()).await;
    suite.takes("Operations_from", words.operations_from()).await;
    suite.takes("Operations_global", words.operations_global()).await;
    suite.takes("Operations_if", words.operations_if()).await;
    suite.takes("Operations_import", words.operations_import()).await;
    suite.takes("Operations_in", words.operations_in()).await;
    suite.takes("Operations_is", words.operations_is()).await;
    suite.takes("Operations_lambda", words.operations_lambda()).await;
    suite.takes("Operations_not", words.operations_not()).await;
    suite.takes("Operations_or", words.operations_or()).await;
    suite.takes("Operations_pass", words.operations_pass()).await;
    suite.takes("Operations_raise", words.operations_raise()).await;
    suite.takes("Operations_return", words.operations_return()).await;
    suite.takes("Operations_try", words.operations_try()).await;
    suite.takes("Operations_while", words.operations_while()).await;
    suite.takes("Operations_with", words.operations_with()).await;
    suite.takes("Operations_yield", words.operations_yield()).await;

    suite.takes("Parameters_and", words.parameters_with_and("ok")).await;
    suite.takes("Parameters_as", words.parameters_with_as("ok")).await;
    suite.takes("Parameters_assert", words.parameters_with_assert("ok")).await;
    suite.takes("Parameters_async", words.parameters_with_async("ok")).await;
    suite.takes("Parameters_await", words.parameters_with_await("ok")).await;
    suite.takes("Parameters_break", words.parameters_with_break("ok")).await;
    suite.takes("Parameters_class", words.parameters_with_class("ok")).await;
    suite.takes("Parameters_constructor", words.parameters_with_constructor("ok")).await;
    suite.takes("Parameters_continue", words.parameters_with_continue("ok")).await;
    suite.takes("Parameters_def", words.parameters_with_def("ok")).await;
    suite.takes("Parameters_del", words.parameters_with_del("ok")).await;
    suite.takes("Parameters_elif", words.parameters_with_elif("ok")).await;
    suite.takes("Parameters_else", words.parameters_with_else("ok")).await;
    suite.takes("Parameters_except", words.parameters_with_except("ok")).await;
    suite.takes("Parameters_exec", words.parameters_with_exec("ok")).await;
    suite.takes("Parameters_finally", words.parameters_with_finally("ok")).await;
    suite.takes("Parameters_for", words.parameters_with_for("ok")).await;
    suite.takes("Parameters_from", words.parameters_with_from("ok")).await;
    suite.takes("Parameters_global", words.parameters_with_global("ok")).await;
    suite.takes("Parameters_if", words.parameters_with_if("ok")).await;
    suite.takes("Parameters_import", words.parameters_with_import("ok")).await;
    suite.takes("Parameters_in", words.parameters_with_in("ok")).await;
    suite.takes("Parameters_is", words.parameters_with_is("ok")).await;
    suite.takes("Parameters_lambda", words.parameters_with_lambda("ok")).await;
    suite.takes("Parameters_not", words.parameters_with_not("ok")).await;
    suite.takes("Parameters_or", words.parameters_with_or("ok")).await;
    suite.takes("Parameters_pass", words.parameters_with_pass("ok")).await;
    suite.takes("Parameters_raise", words.parameters_with_raise("ok")).await;
    suite.takes("Parameters_return", words.parameters_with_return("ok")).await;
    suite.takes("Parameters_try", words.parameters_with_try("ok")).await;
    suite.takes("Parameters_while", words.parameters_with_while("ok")).await;
    suite.takes("Parameters_with", words.parameters_with_with("ok")).await;
    suite.takes("Parameters_yield", words.parameters_with_yield("ok")).await;
    suite.takes("Parameters_cancellationToken", words.parameters_with_cancellation_token("ok")).await;
    Ok(())
}
