//! An operation in, a call of it out as its caller would write it: with the values that the document has for examples.

use serde_json::Value;

use super::{
    Emitter,
    docs::Text,
    literal::quoted,
    manifest::text,
    response::Answer,
    sample::{Budget, Hint, Taken},
    shown::Shown,
};
use crate::{
    ir::{Content, Operation, Parameter, Part, Payload, Primitive, RequestBody, Type},
    name::{ContentNames, Group, OperationNames},
};

/// How many lines a reader takes in at once.
const LONGEST: usize = 12;

/// How much of a call is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What must be given, and a body where one may be sent.
    Whole,
    /// What must be given.
    Required,
    /// The same, with a body of whatever value.
    NoBody,
}

/// A call that a reader could make.
pub(super) struct Example {
    /// The call, from `client` to the answer.
    pub(super) call: Shown,
    /// What is given to it that the document has no simple value for, each with its type.
    pub(super) given: Vec<(String, String)>,
}

impl<'a> Emitter<'a> {
    /// A program that is compiled with the documentation's tests.
    pub(super) fn example(
        self,
        group: &'a Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        success: &Answer,
    ) -> Text {
        let krate = self.krate();
        let binding = if success.ty.to_string() == "()" {
            ""
        } else {
            "let answer = "
        };
        let written = |extent| {
            let example = self.call_of(group, operation, names, extent);
            let call = example.call.then(vec![Shown::word("await?")]);
            (
                format!("{binding}{};", call.pretty(binding.len() + 1, 0)),
                example.given,
            )
        };
        let (mut call, mut given) = written(Extent::Whole);
        if call.lines().count() > LONGEST {
            (call, given) = written(Extent::NoBody);
        }
        let given = given.into_iter().map(|(name, ty)| format!(", {name}: {ty}"));
        let given = given.collect::<String>();
        Text::ours(format!(
            "```no_run\n# use {krate}::{{Client, api, models, prelude::*}};\n# async fn example(client: Client{given}) -> Result<(), Box<dyn std::error::Error>> {{\n{call}\n# Ok(())\n# }}\n```"
        ))
    }

    /// A call of an operation.
    pub(super) fn call_of(
        self,
        group: &'a Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        extent: Extent,
    ) -> Example {
        let mut given = Vec::new();
        let mut arguments = Vec::new();
        let is_argument = |parameter: &Parameter| parameter.required && Self::fixed(parameter).is_none();
        for (parameter, own) in Self::parameters(operation, names).filter(|(parameter, _)| is_argument(parameter)) {
            let example = parameter.docs.example.as_ref().or(parameter.default.as_ref());
            let value = self.sample(
                &parameter.ty,
                Taken::Given,
                Hint::new(example, &parameter.wire, &Budget::new()),
            );
            arguments.push(value.unwrap_or_else(|| {
                given.push((own.argument.to_string(), text(&self.lent(&parameter.ty))));
                Shown::word(own.argument.to_string())
            }));
        }
        let mut setters = Vec::new();
        if let Some(body) = &operation.body {
            let is_shown = match extent {
                Extent::Whole => true,
                Extent::Required => body.required,
                Extent::NoBody => false,
            };
            let shown = self.sample_body(group, body, names).filter(|_| is_shown);
            match shown.filter(|shown| body.required || shown.says_something()) {
                Some(shown) if body.required => arguments.push(shown),
                Some(shown) => setters.push(Shown::call(names.call.body.to_string(), vec![shown])),
                None if body.required => {
                    given.push(("body".to_owned(), text(&self.body(group, body, names).full)));
                    arguments.push(Shown::word("body"));
                }
                None => {}
            }
        }
        let mut calls = Vec::new();
        if !group.is_call {
            calls.push(Shown::call(group.accessor.to_string(), Vec::new()));
        }
        calls.push(Shown::call(names.method.to_string(), arguments));
        calls.append(&mut setters);
        Example {
            call: Shown::word("client").then(calls),
            given,
        }
    }

    /// A body as it is handed over; of several kinds, JSON, else the first by its name.
    fn sample_body(self, group: &'a Group, body: &'a RequestBody, names: &'a OperationNames) -> Option<Shown> {
        let kinds = body.contents.iter().zip(&names.contents);
        let rank = |content: &'a Content| (!matches!(content.payload, Payload::Json(_)), &content.media_type);
        let (content, own) = kinds.min_by_key(|(content, _)| rank(content))?;
        let example = body.example.as_ref();
        if body.contents.len() == 1 {
            return self.sample_content(group, content, own, example, Taken::Lent);
        }
        let value = self.sample_content(group, content, own, example, Taken::Owned)?;
        let is_boxed = match &content.payload {
            Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } | Payload::Text(ty) => {
                self.api.types.is_composite(ty)
            }
            payload => payload.parts().is_some(),
        };
        let value = if is_boxed {
            Shown::call("Box::new", vec![value])
        } else {
            value
        };
        let path = format!("api::{}::{}::{}", group.module, names.body, own.variant);
        Some(Shown::call(path, vec![value]))
    }

    fn sample_content(
        self,
        group: &'a Group,
        content: &'a Content,
        names: &'a ContentNames,
        example: Option<&'a Value>,
        taken: Taken,
    ) -> Option<Shown> {
        let budget = Budget::new();
        let hint = Hint::new(example, "body", &budget);
        match &content.payload {
            Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } | Payload::Text(ty) => {
                self.sample(ty, taken, hint)
            }
            Payload::Items(_, ty) if taken == Taken::Lent => {
                let item = self.sample(ty, Taken::Owned, Hint::new(None, "item", &budget))?;
                Some(Shown::Enclosed("vec![".to_owned(), vec![item], "]"))
            }
            Payload::Multipart(parts) if !parts.is_empty() => self.sample_form(group, parts, names, example),
            Payload::Bytes => Some(Shown::word("Upload::path(\"file\")")),
            Payload::Items(..) | Payload::Multipart(_) | Payload::EventStream(..) | Payload::Events(..) => None,
        }
    }

    /// A form with its required parts, or with the first part that is simple.
    fn sample_form(
        self,
        group: &'a Group,
        parts: &'a [Part],
        names: &'a ContentNames,
        example: Option<&'a Value>,
    ) -> Option<Shown> {
        let pairs = || {
            let all = parts.iter().zip(&names.parts);
            all.filter(|(part, _)| part.constant.as_ref().and_then(super::constant::sent).is_none())
        };
        let value = |part: &'a Part| {
            let own = example.and_then(|example| example.get(&part.wire));
            let example = own.or(part.docs.example.as_ref()).filter(|example| !example.is_null());
            let ty = match &part.ty {
                Type::Nullable(inner) => inner,
                ty => ty,
            };
            if *self.resolve(ty) == Type::Primitive(Primitive::Binary) {
                let name = example.and_then(Value::as_str).unwrap_or(&part.wire);
                let name = quoted(name).unwrap_or_else(|| "\"file\"".to_owned());
                return Some(Shown::call("Upload::path", vec![Shown::word(name)]));
            }
            self.sample(
                ty,
                Taken::Into,
                Hint::new(example, &part.wire, &Budget::new()).within()?,
            )
        };
        let required: Option<Vec<Shown>> = pairs()
            .filter(|(part, _)| part.required)
            .map(|(part, _)| value(part))
            .collect();
        let required = required?;
        let is_bare = required.is_empty();
        let made = Shown::call(format!("api::{}::{}::new", group.module, names.form), required);
        if !is_bare {
            return Some(made);
        }
        let mut settable: Vec<_> = pairs().filter(|(part, _)| !part.docs.deprecated).collect();
        // Whatever order the document has, and what has a short name is likely to be what is always sent.
        settable.sort_by_key(|(part, _)| (part.wire.len(), &part.wire));
        let mut settable = settable.into_iter();
        let setter = settable.find_map(|(part, own)| Some(Shown::call(own.setter.to_string(), vec![value(part)?])));
        Some(made.then(setter.into_iter().collect()))
    }
}
