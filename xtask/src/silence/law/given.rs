//! A change to a document in, whether a fact holds of it that no pattern can say out.

use serde::Deserialize;
use serde_json::Value;

use super::{arms, calls, change::Change, reach, schemas};

/// A fact about a document and a place in it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Given {
    /// It is part of a component that nothing refers to.
    Unused,
    /// There is no operation.
    NothingIsCalled,
    /// The server is there with `https` too.
    IsTwin,
    /// No operation is grouped by the tag.
    GroupsNothing,
    /// The path begins with the name of the tag.
    PathSaysTag,
    /// It describes a header that has a description of its own elsewhere.
    ReservedHeader,
    /// It describes the body of an answer that has none.
    NoBody,
    /// Every operation that it could hold for says otherwise.
    Overruled,
    /// The value is the only one of the `enum` beside it.
    OnlyValue,
    /// It is in the list once more.
    Repeated,
    /// The tag has nothing but a name and documentation.
    Documents,
    /// The content has other media types beside it.
    OtherMedia,
    /// It is what the document says of all operations.
    SameForAll,
    /// The operation has no body.
    SendsNothing,
    /// The operation has no answer with a body.
    AnswersNothing,
    /// There is no host.
    NoHost,
    /// Every operation of the path has its own parameter of the name, or there is none.
    Inherited,
    /// Another schema that holds together with this one requires the member too.
    RequiredTwice,
    /// Another part includes it.
    Included,
    /// It is part of a definition inside of a schema that nothing refers to.
    Unreferenced,
    /// The choice stands beside a type.
    TypedAround,
    /// It is in the body of a form with files.
    InMultipart,
    /// It describes bytes.
    Bytes,
    /// Each arm of the union has one value of the member.
    ArmsTell,
    /// `null` is among the values of the `enum` beside it.
    ListsNull,
    /// It describes events.
    InEvents,
    /// No member, item or parameter is of the component, or none of it that is not part of a form with files.
    NullNowhere,
    /// Each entry says what is so without it.
    DefaultEncodings,
    /// The operation has fields of a form, none of them a file.
    FormFields,
    /// It is a header with a key for repetitions, which is sent without being asked for.
    RepetitionKey,
    /// The discriminator's mapping names the alternative.
    Mapped,
    /// Each name of the mapping is a value of its alternative's member.
    MappedArmsTell,
    /// Another part permits no value that it is about.
    Impossible,
    /// Another alternative permits everything that this one does.
    Covered,
    /// Nothing but a type is where the reference leads to.
    RefersToType,
    /// The lists that the items are of are listed.
    ListsAround,
    /// The reference beside it leads to what is deprecated.
    RefersToDeprecated,
    /// The reference leads to the same end as before.
    SameEnd,
    /// The union, or another alternative of it, permits `null` too.
    NullTwice,
    /// The path has no operation.
    CallsNothing,
    /// A field of the operation's form is a file.
    SendsAFile,
    /// The document asks for no credential of all operations.
    AsksForNothing,
    /// Nothing that satisfies the body's schemas has a member.
    WithoutMembers,
    /// Nothing that satisfies the body's schema is without members.
    DemandsMembers,
    /// The schema says no more than that there is a text.
    SaysOnlyText,
    /// Neither it nor the items in it say more than what they are called.
    SaysNothing,
    /// Another part of the schema describes the member alike.
    DescribedTwice,
}

impl Given {
    pub(super) fn holds(self, change: &Change, document: &Value) -> bool {
        let tokens = change.tokens();
        match self {
            Self::Unused => reach::is_unused(document, tokens),
            Self::NothingIsCalled => calls::operations(document).next().is_none(),
            Self::IsTwin => calls::is_twin(document, tokens),
            Self::GroupsNothing => calls::groups_nothing(document, tokens),
            Self::PathSaysTag => calls::path_says_tag(document, tokens),
            Self::ReservedHeader => calls::describes_reserved(change, document),
            Self::NoBody => calls::has_no_body(tokens),
            Self::Overruled => calls::is_overruled(document, tokens),
            Self::OnlyValue => {
                let values = change
                    .holder(document)
                    .and_then(|holder| holder.get("enum")?.as_array());
                values.is_some_and(|values| values.len() == 1 && Some(&values[0]) == change.value(document))
            }
            Self::Documents => {
                let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
                let mut members = tags.flat_map(|tag| tag.as_object().into_iter().flatten());
                members.all(|(name, _)| name != "parent" && name != "kind")
            }
            Self::OtherMedia => {
                let listed = change.holder(document).and_then(Value::as_array);
                if tokens
                    .iter()
                    .any(|token| ["produces", "consumes"].contains(&token.as_str()))
                {
                    return listed.is_some_and(|listed| listed.len() > 1);
                }
                let content = tokens
                    .iter()
                    .position(|token| token == "content")
                    .map(|index| &tokens[..=index]);
                let content = content.and_then(|path| calls::around(document, path).last()?.as_object());
                content.is_some_and(|content| content.len() > 1)
            }
            Self::SameForAll => calls::is_same_for_all(document, tokens),
            Self::SendsNothing => {
                calls::own_operation(document, tokens).is_some_and(|operation| !calls::sends(operation))
            }
            Self::AnswersNothing => {
                calls::own_operation(document, tokens).is_some_and(|operation| !calls::answers(operation))
            }
            Self::NoHost => document.get("host").is_none(),
            Self::Inherited => calls::is_inherited(document, tokens),
            Self::RequiredTwice => schemas::is_required_twice(change, document),
            Self::Unreferenced => {
                let end = tokens.iter().rposition(|token| token == "$defs").map(|index| index + 2);
                let place = end
                    .and_then(|end| tokens.get(..end))
                    .map(|tokens| format!("\"#/{}", tokens.join("/")));
                place.is_some_and(|place| !document.to_string().contains(&place))
            }
            Self::TypedAround => {
                let end = tokens
                    .iter()
                    .rposition(|token| ["anyOf", "oneOf"].contains(&token.as_str()));
                let schema = end.and_then(|end| calls::around(document, &tokens[..end]).last());
                schema.is_some_and(|schema| schema.get("type").is_some())
            }
            Self::Bytes => calls::describes_bytes(document, tokens),
            Self::ArmsTell => schemas::arms_tell(change, document),
            Self::InMultipart => tokens.iter().any(|token| token.starts_with("multipart/")),
            Self::ListsNull => {
                let values = change
                    .holder(document)
                    .and_then(|holder| holder.get("enum")?.as_array());
                values.is_some_and(|values| values.contains(&Value::Null))
            }
            Self::InEvents => tokens.iter().any(|token| token == "text/event-stream"),
            Self::NullNowhere => reach::takes_no_null(document, tokens),
            Self::DefaultEncodings => calls::are_default_encodings(change.value(document)),
            Self::FormFields => calls::own_operation(document, tokens).is_some_and(calls::has_only_fields),
            Self::RepetitionKey => change.holder(document).is_some_and(calls::is_repetition_key),
            Self::Mapped => arms::is_mapped(change, document),
            Self::MappedArmsTell => arms::mapped_arms_tell(change, document),
            Self::Impossible => arms::is_impossible(change, document),
            Self::Covered => arms::is_covered(change, document),
            Self::ListsAround => arms::is_listed_around(change, document),
            Self::RefersToDeprecated => reach::refers_to_deprecated(change, document),
            Self::NullTwice => arms::is_null_twice(change, document),
            Self::DemandsMembers => change
                .holder(document)
                .is_some_and(|body| schemas::demands_members(body, document)),
            Self::WithoutMembers => change.value(document).is_some_and(schemas::permits_no_member),
            Self::SaysOnlyText => change.value(document).is_some_and(schemas::says_only_text),
            Self::SaysNothing => change.value(document).is_some_and(schemas::says_nothing),
            Self::DescribedTwice => schemas::is_described_twice(change, document),
            Self::AsksForNothing => document.get("security").is_none(),
            Self::SendsAFile => calls::own_operation(document, tokens).is_some_and(calls::sends_a_file),
            Self::CallsNothing => calls::calls_nothing(document, tokens),
            Self::SameEnd => reach::is_same_end(change, document),
            Self::RefersToType => reach::refers_to_type(change, document),
            Self::Included => schemas::is_included(change, document),
            Self::Repeated => {
                let items = change.holder(document).and_then(Value::as_array);
                let value = change.value(document);
                items.is_some_and(|items| items.iter().filter(|item| Some(*item) == value).count() > 1)
            }
        }
    }
}
