//! Entries of `[package]` in, the table with those up to date that the settings give out.

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use crate::{Entry, EntryValue};

/// Brings to date what the settings say of the package.
pub(super) fn maintain(document: &mut DocumentMut, about: &[Entry]) -> Result<(), String> {
    let mut kept = about.iter().filter(|entry| entry.is_kept).peekable();
    if kept.peek().is_none() {
        return Ok(());
    }
    let item = document.entry("package").or_insert_with(|| Item::Table(Table::new()));
    let table = item.as_table_like_mut().ok_or("`package` is not a table")?;
    for entry in kept {
        match table.get_mut(entry.key) {
            Some(item) if said(item).as_ref() == Some(&entry.value) => {}
            Some(item) => {
                let new = written(entry);
                match (item.as_value_mut(), new) {
                    (Some(value), Item::Value(mut new)) => {
                        *new.decor_mut() = value.decor().clone();
                        *value = new;
                    }
                    (_, new) => *item = new,
                }
            }
            None => {
                table.insert(entry.key, written(entry));
            }
        }
    }
    Ok(())
}

/// An entry as it is written.
pub(super) fn written(entry: &Entry) -> Item {
    let mut value = match &entry.value {
        EntryValue::Flag(flag) => Value::from(*flag),
        EntryValue::Text(text) => Value::from(text),
        EntryValue::List(texts) => texts.iter().collect::<Array>().into(),
    };
    if let Some(comment) = entry.comment {
        value.decor_mut().set_suffix(format!(" # {comment}"));
    }
    Item::Value(value)
}

/// What an entry says as it stands.
fn said(item: &Item) -> Option<EntryValue> {
    match item.as_value()? {
        Value::Boolean(flag) => Some(EntryValue::Flag(*flag.value())),
        Value::String(text) => Some(EntryValue::Text(text.value().clone())),
        Value::Array(texts) => {
            let texts: Option<Vec<String>> = texts.iter().map(|text| text.as_str().map(str::to_owned)).collect();
            texts.map(EntryValue::List)
        }
        _ => None,
    }
}
