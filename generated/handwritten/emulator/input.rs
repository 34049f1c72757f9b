//! The inputs of a batch: a decoded body goes in, what each input asks for comes out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::store::{Association, Draft};

/// One input of any of the endpoints.
#[derive(Debug)]
pub(super) struct Input {
    /// The id, or the value of `id_property`; empty for a ticket that is to be created.
    pub(super) id: String,
    pub(super) id_property: Option<String>,
    pub(super) draft: Draft,
}

/// The inputs of a body, or what is wrong with its shape. Such a mistake refuses the whole batch, trace ids or not.
pub(super) fn parse(body: &Value) -> Result<Vec<Input>, String> {
    let inputs = body
        .get("inputs")
        .and_then(Value::as_array)
        .ok_or("The body needs a list `inputs`.")?;
    if inputs.is_empty() {
        return Err("The list `inputs` is empty.".to_owned());
    }
    let parsed = inputs.iter().enumerate();
    parsed
        .map(|(index, input)| one(input).map_err(|message| format!("inputs[{index}]: {message}")))
        .collect()
}

/// The texts of a list in a body.
pub(super) fn texts(body: &Value, member: &str) -> Vec<String> {
    let list = body.get(member).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn one(input: &Value) -> Result<Input, String> {
    let input = input.as_object().ok_or("not an object")?;
    let mut draft = Draft {
        trace_id: text(input, "objectWriteTraceId")?,
        ..Draft::default()
    };
    if let Some(properties) = input.get("properties") {
        draft.properties = values(properties)?;
    }
    if let Some(associations) = input.get("associations").filter(|associations| !associations.is_null()) {
        for association in associations.as_array().ok_or("`associations` is not a list")? {
            relate(association, &mut draft.associations)?;
        }
    }
    let id = text(input, "id")?.unwrap_or_default();
    Ok(Input {
        id,
        id_property: text(input, "idProperty")?,
        draft,
    })
}

/// Property values: texts, and what the server takes for texts.
fn values(properties: &Value) -> Result<BTreeMap<String, String>, String> {
    let properties = properties.as_object().ok_or("`properties` is not an object")?;
    let value = |(name, value): (&String, &Value)| match value {
        Value::String(text) => Ok((name.clone(), text.clone())),
        Value::Number(_) | Value::Bool(_) => Ok((name.clone(), value.to_string())),
        Value::Null => Ok((name.clone(), String::new())),
        Value::Array(_) | Value::Object(_) => Err(format!("the property `{name}` is not a text")),
    };
    properties.iter().map(value).collect()
}

fn relate(association: &Value, into: &mut Vec<Association>) -> Result<(), String> {
    let to = match association.pointer("/to/id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err("an association needs `to.id`".to_owned()),
    };
    let types = association
        .get("types")
        .and_then(Value::as_array)
        .ok_or("an association needs `types`")?;
    for kind in types {
        let category = kind.get("associationCategory").and_then(Value::as_str);
        let category = category.ok_or("an association type needs `associationCategory`")?;
        if !["HUBSPOT_DEFINED", "INTEGRATOR_DEFINED", "USER_DEFINED", "WORK"].contains(&category) {
            return Err(format!("there is no association category `{category}`"));
        }
        let type_id = kind.get("associationTypeId").and_then(Value::as_i64);
        let type_id = type_id.ok_or("an association type needs `associationTypeId`")?;
        into.push(Association {
            to: to.clone(),
            category: category.to_owned(),
            type_id,
        });
    }
    Ok(())
}

fn text(input: &Map<String, Value>, member: &str) -> Result<Option<String>, String> {
    match input.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("`{member}` is not a text")),
    }
}
