//! JSON and the table of its nodes in, an XML text out.
//!
//! Members stand in the order of the table. What the table does not have is written as [`read`](super::read) keeps it. A `null` is
//! an element that says so (`xsi:nil`), and no attribute.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::runtime::xml::error::XmlError;
use crate::runtime::xml::node::{INSTANCE, Kind, List, Node, Object, Shape};
use crate::runtime::xml::read::{ATTRIBUTE, LIKE_A_MEMBER, TEXT};

/// What every text begins with, up to the name of its encoding.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"";
/// The prefix that [`INSTANCE`] has by custom.
const OF_INSTANCE: &str = "xsi";

/// Writes a value, as a text that says it is in the character set `charset`.
pub(crate) fn write(value: &Value, root: &Node, charset: &str) -> Result<String, XmlError> {
    let charset = charset.to_ascii_uppercase();
    let mut writer = Writer {
        text: format!("{DECLARATION}{charset}\"?>"),
        declared: Vec::new(),
        head: None,
    };
    writer.element(value, root, root.name, None)?;
    let Writer {
        mut text,
        declared,
        head,
    } = writer;
    let mut declarations = String::new();
    for (prefix, namespace) in declared {
        declare(&mut declarations, Some(&prefix), &namespace)?;
    }
    text.insert_str(head.unwrap_or(text.len()), &declarations);
    Ok(text)
}

struct Writer {
    text: String,
    /// Prefixes and their namespaces, which the outermost element declares.
    declared: Vec<(String, String)>,
    /// Behind the name of the outermost element, once that is written.
    head: Option<usize>,
}

impl Writer {
    /// An element of a name, within those of a namespace that needs no prefix.
    fn element(
        &mut self,
        value: &Value,
        node: &Node,
        name: &str,
        around: Option<&'static str>,
    ) -> Result<(), XmlError> {
        if let (Value::Array(values), false) = (value, matches!(node.shape, Shape::List(_))) {
            if values.iter().any(Value::is_array) {
                return Err(XmlError::new(format!(
                    "`{name}` has a list in a list, of which nobody said how it is written"
                )));
            }
            return values
                .iter()
                .try_for_each(|value| self.element(value, node, name, around));
        }
        let name = self.qualified(node, name);
        check(&name)?;
        self.text.push('<');
        self.text.push_str(&name);
        self.head.get_or_insert(self.text.len());
        let mut around = around;
        if let (Some(namespace), None) = (node.namespace, node.prefix)
            && around != Some(namespace)
        {
            declare(&mut self.text, None, namespace)?;
            around = Some(namespace);
        }
        if value.is_null() {
            let prefix = self.bind(OF_INSTANCE, INSTANCE);
            let _ = write!(self.text, " {prefix}:nil=\"true\"");
        }
        if let Value::Object(members) = value {
            self.attributes(members, node.shape, &mut BTreeSet::new())?;
        }
        let start = self.text.len();
        self.text.push('>');
        self.content(value, node, around)?;
        if self.text.len() == start + 1 {
            self.text.truncate(start);
            self.text.push_str("/>");
        } else {
            let _ = write!(self.text, "</{name}>");
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        members: &Map<String, Value>,
        shape: Shape,
        written: &mut BTreeSet<String>,
    ) -> Result<(), XmlError> {
        let object = object_of(shape);
        for member in object.members {
            match (member.node.kind, members.get(member.key)) {
                (Kind::Attribute, Some(value)) if !value.is_null() => {
                    let name = self.qualified(&member.node, member.node.name);
                    self.attribute(name, value, written)?;
                }
                (Kind::None, Some(Value::Object(inner))) => self.attributes(inner, member.node.shape, written)?,
                _ => {}
            }
        }
        let others = members.iter().filter(|(key, _)| !object.has(key));
        for (key, value) in others {
            if let (Some(name), false) = (key.strip_prefix(ATTRIBUTE), value.is_null()) {
                self.attribute(without_prefix(name).to_owned(), value, written)?;
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: String, value: &Value, written: &mut BTreeSet<String>) -> Result<(), XmlError> {
        check(&name)?;
        let text = text_of(value, &name)?;
        let _ = write!(self.text, " {name}=\"");
        escape(&mut self.text, &text, true)?;
        self.text.push('"');
        if written.contains(&name) {
            return Err(XmlError::new(format!("there are two attributes `{name}`")));
        }
        written.insert(name);
        Ok(())
    }

    /// What stands in an element.
    fn content(&mut self, value: &Value, node: &Node, around: Option<&'static str>) -> Result<(), XmlError> {
        match (value, node.shape) {
            (Value::Null, _) => Ok(()),
            (Value::Object(members), shape) => self.members(members, object_of(shape), around),
            (Value::Array(values), Shape::List(list)) => self.items(values, list, around),
            (value, _) => {
                let text = text_of(value, node.name)?;
                escape(&mut self.text, &text, false)
            }
        }
    }

    fn items(&mut self, values: &[Value], list: &List, around: Option<&'static str>) -> Result<(), XmlError> {
        for (index, value) in values.iter().enumerate() {
            let item = list.item(index);
            self.element(value, item, item.name, around)?;
        }
        Ok(())
    }

    fn members(
        &mut self,
        members: &Map<String, Value>,
        object: &Object,
        around: Option<&'static str>,
    ) -> Result<(), XmlError> {
        for member in object.members {
            let Some(value) = members.get(member.key) else { continue };
            let node = &member.node;
            match (node.kind, node.shape, value) {
                (Kind::Attribute, ..)
                | (Kind::Text | Kind::CData, _, Value::Null)
                | (Kind::None, Shape::List(_), Value::Null) => {}
                (Kind::Text, ..) => escape(&mut self.text, &text_of(value, member.key)?, false)?,
                (Kind::CData, ..) => self.raw(&text_of(value, member.key)?)?,
                (Kind::None, Shape::List(list), Value::Array(values)) => self.items(values, list, around)?,
                (Kind::None, Shape::Object(inner), Value::Object(members)) => self.members(members, inner, around)?,
                (Kind::Element | Kind::None, ..) => self.element(value, node, node.name, around)?,
            }
        }
        for (key, value) in members.iter().filter(|(key, _)| !object.has(key)) {
            if key == TEXT {
                escape(&mut self.text, &text_of(value, key)?, false)?;
            } else if !key.starts_with(ATTRIBUTE) {
                let name = key.strip_prefix(LIKE_A_MEMBER).unwrap_or(key);
                self.element(value, &Node::element("", object.rest), without_prefix(name), around)?;
            }
        }
        Ok(())
    }

    /// Text that is not escaped.
    fn raw(&mut self, text: &str) -> Result<(), XmlError> {
        text.chars().try_for_each(permit)?;
        // Readers make one character of a line's two.
        let text = text
            .replace("]]>", "]]]]><![CDATA[>")
            .replace('\r', "]]>&#13;<![CDATA[");
        let _ = write!(self.text, "<![CDATA[{text}]]>");
        Ok(())
    }

    /// A name as it is written: in its namespace, for which attributes need a prefix.
    fn qualified(&mut self, node: &Node, name: &str) -> String {
        let is_attribute = node.kind == Kind::Attribute;
        let prefix = match (node.prefix, node.namespace) {
            (Some(prefix), Some(namespace)) => Some(self.bind(prefix, namespace)),
            (None, Some(namespace)) if is_attribute && namespace == INSTANCE => Some(self.bind(OF_INSTANCE, INSTANCE)),
            (None, Some(namespace)) if is_attribute => Some(self.bind("ns", namespace)),
            // Nobody has said what it stands for, and a prefix that stands for nothing is no XML.
            (_, None) | (None, _) => None,
        };
        match prefix {
            Some(prefix) => format!("{prefix}:{name}"),
            None => name.to_owned(),
        }
    }

    /// The prefix that stands for a namespace: the one that is wished for, unless it stands for another.
    fn bind(&mut self, wish: &str, namespace: &str) -> String {
        let is_it = |(prefix, known): &&(String, String)| prefix == wish && known == namespace;
        let known = self.declared.iter().find(is_it);
        let known = known.or_else(|| {
            let is_taken = self.declared.iter().any(|(prefix, _)| prefix == wish);
            let mut same = self.declared.iter().filter(|(_, known)| known == namespace);
            is_taken.then(|| same.next()).flatten()
        });
        if let Some((prefix, _)) = known {
            return prefix.clone();
        }
        let is_free = |name: &String| self.declared.iter().all(|(prefix, _)| prefix != name);
        let mut names = std::iter::once(wish.to_owned()).chain((2..).map(|number| format!("{wish}{number}")));
        let prefix = names.find(is_free).unwrap_or_default();
        self.declared.push((prefix.clone(), namespace.to_owned()));
        prefix
    }
}

/// A name that was read, for whose prefix there is no namespace any more. Only that of XML itself needs none.
fn without_prefix(name: &str) -> &str {
    match name.split_once(':') {
        Some((prefix, local)) if prefix != "xml" => local,
        _ => name,
    }
}

/// The members of a value that turned out to be an object.
const fn object_of(shape: Shape) -> &'static Object {
    match shape {
        Shape::Object(object) => object,
        _ => &Object::UNKNOWN,
    }
}

fn declare(text: &mut String, prefix: Option<&str>, namespace: &str) -> Result<(), XmlError> {
    text.push_str(" xmlns");
    if let Some(prefix) = prefix {
        check(prefix)?;
        text.push(':');
        text.push_str(prefix);
    }
    text.push_str("=\"");
    escape(text, namespace, true)?;
    text.push('"');
    Ok(())
}

/// The text of a value that has one; of a list, the texts of its items with spaces between them.
fn text_of(value: &Value, name: &str) -> Result<String, XmlError> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        Value::Array(values) => {
            let words: Result<Vec<String>, XmlError> = values.iter().map(|value| text_of(value, name)).collect();
            let words = words?;
            if words
                .iter()
                .any(|word| word.is_empty() || word.contains(|char: char| char.is_ascii_whitespace()))
            {
                return Err(XmlError::new(format!(
                    "`{name}` is a list of words, and one of them is empty or has a space"
                )));
            }
            Ok(words.join(" "))
        }
        Value::Object(_) => Err(XmlError::new(format!("`{name}` is an object, which is no text of XML"))),
    }
}

/// Fails where something is no name.
fn check(name: &str) -> Result<(), XmlError> {
    let is_name = |part: &str| part.starts_with(may_begin) && part.chars().all(may_follow);
    let mut parts = name.split(':');
    let is_one = parts.clone().count() <= 2 && parts.all(is_name);
    is_one
        .then_some(())
        .ok_or_else(|| XmlError::new(format!("`{name}` is no name in XML")))
}

/// Whether a name may begin with a character.
const fn may_begin(char: char) -> bool {
    matches!(char,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

const fn may_follow(char: char) -> bool {
    may_begin(char)
        || matches!(char, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Fails where a character cannot stand in XML, not even by number.
fn permit(char: char) -> Result<(), XmlError> {
    match char {
        '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'.. => Ok(()),
        other => Err(XmlError::new(format!(
            "the character U+{:04X} cannot stand in XML",
            u32::from(other)
        ))),
    }
}

fn escape(out: &mut String, text: &str, is_attribute: bool) -> Result<(), XmlError> {
    for char in text.chars() {
        permit(char)?;
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            // Readers make a space of these, or a line's end.
            '\t' | '\n' if is_attribute => {
                let _ = write!(out, "&#{};", u32::from(char));
            }
            '\r' => out.push_str("&#13;"),
            char => out.push(char),
        }
    }
    Ok(())
}
