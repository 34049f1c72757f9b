//! JSON and the table of its nodes in, an XML text out.
//!
//! Members stand in the order of the table. What the table does not have is written as [`read`](super::read) keeps it. A `null` is
//! an element that says so (`xsi:nil`), and no attribute.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::runtime::xml::error::XmlError;
use crate::runtime::xml::node::{Kind, List, Node, Object, Shape};
use crate::runtime::xml::read::{ATTRIBUTE, TEXT};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const INSTANCE: (&str, &str) = ("xsi", "http://www.w3.org/2001/XMLSchema-instance");

/// Writes a value.
pub(crate) fn write(value: &Value, root: &Node) -> Result<String, XmlError> {
    let mut writer = Writer::default();
    writer.element(value, root, &root.qualified(), None)?;
    let Writer {
        mut text,
        declared,
        head,
        ..
    } = writer;
    let mut declarations = String::new();
    for (prefix, namespace) in declared {
        declare(&mut declarations, Some(&prefix), &namespace)?;
    }
    text.insert_str(head, &declarations);
    Ok(format!("{DECLARATION}{text}"))
}

impl Node {
    /// Its name as it is written.
    fn qualified(&self) -> String {
        match self.prefix() {
            Some(prefix) => format!("{prefix}:{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// An attribute without a prefix is in no namespace.
    fn prefix(&self) -> Option<&str> {
        let needed = (self.kind == Kind::Attribute).then_some(self.namespace).flatten();
        let needed = needed.map(|namespace| if namespace == INSTANCE.1 { INSTANCE.0 } else { "ns" });
        self.prefix.or(needed)
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Prefixes and their namespaces, which the outermost element declares.
    declared: Vec<(String, String)>,
    /// Behind the name of the outermost element.
    head: usize,
    depth: usize,
}

impl Writer {
    /// An element of a name, within those of a namespace that needs no prefix.
    fn element<'n>(
        &mut self,
        value: &Value,
        node: &'n Node,
        name: &str,
        around: Option<&'n str>,
    ) -> Result<(), XmlError> {
        if let (Value::Array(values), false) = (value, matches!(node.shape, Shape::List(_))) {
            return values
                .iter()
                .try_for_each(|value| self.element(value, node, name, around));
        }
        check(name)?;
        self.text.push('<');
        self.text.push_str(name);
        if self.depth == 0 {
            self.head = self.text.len();
        }
        let mut around = around;
        if let Some(namespace) = node.namespace {
            match node.prefix {
                Some(prefix) => self.bind(prefix, namespace)?,
                None if around == Some(namespace) => {}
                None => {
                    declare(&mut self.text, None, namespace)?;
                    around = Some(namespace);
                }
            }
        }
        if value.is_null() {
            self.bind(INSTANCE.0, INSTANCE.1)?;
            self.text.push_str(" xsi:nil=\"true\"");
        }
        if let Value::Object(members) = value {
            self.attributes(members, node.shape)?;
        }
        let start = self.text.len();
        self.text.push('>');
        self.depth += 1;
        self.content(value, node, around)?;
        self.depth -= 1;
        if self.text.len() == start + 1 {
            self.text.truncate(start);
            self.text.push_str("/>");
        } else {
            let _ = write!(self.text, "</{name}>");
        }
        Ok(())
    }

    fn attributes(&mut self, members: &Map<String, Value>, shape: Shape) -> Result<(), XmlError> {
        let object = object_of(shape);
        for member in object.members {
            match (member.node.kind, members.get(member.key)) {
                (Kind::Attribute, Some(value)) if !value.is_null() => {
                    if let (Some(prefix), Some(namespace)) = (member.node.prefix(), member.node.namespace) {
                        self.bind(prefix, namespace)?;
                    }
                    self.attribute(&member.node.qualified(), value)?;
                }
                (Kind::None, Some(Value::Object(inner))) => self.attributes(inner, member.node.shape)?,
                _ => {}
            }
        }
        let others = members.iter().filter(|(key, _)| !object.has(key));
        for (key, value) in others {
            if let (Some(name), false) = (key.strip_prefix(ATTRIBUTE), value.is_null()) {
                self.attribute(name, value)?;
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &Value) -> Result<(), XmlError> {
        check(name)?;
        let text = text_of(value, name)?;
        let _ = write!(self.text, " {name}=\"");
        escape(&mut self.text, &text, true)?;
        self.text.push('"');
        Ok(())
    }

    /// What stands in an element.
    fn content(&mut self, value: &Value, node: &Node, around: Option<&str>) -> Result<(), XmlError> {
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

    fn items(&mut self, values: &[Value], list: &List, around: Option<&str>) -> Result<(), XmlError> {
        for (index, value) in values.iter().enumerate() {
            let item = list.item(index);
            self.element(value, item, &item.qualified(), around)?;
        }
        Ok(())
    }

    fn members(&mut self, members: &Map<String, Value>, object: &Object, around: Option<&str>) -> Result<(), XmlError> {
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
                (Kind::Element | Kind::None, ..) => self.element(value, node, &node.qualified(), around)?,
            }
        }
        for (key, value) in members.iter().filter(|(key, _)| !object.has(key)) {
            if key == TEXT {
                escape(&mut self.text, &text_of(value, key)?, false)?;
            } else if !key.starts_with(ATTRIBUTE) {
                self.element(value, &Node::element("", object.rest), key, around)?;
            }
        }
        Ok(())
    }

    /// Text that is not escaped.
    fn raw(&mut self, text: &str) -> Result<(), XmlError> {
        text.chars().try_for_each(permit)?;
        let _ = write!(self.text, "<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"));
        Ok(())
    }

    /// Lets a prefix stand for a namespace: everywhere, or here where it stands for another elsewhere.
    fn bind(&mut self, prefix: &str, namespace: &str) -> Result<(), XmlError> {
        match self.declared.iter().find(|(known, _)| known == prefix) {
            Some((_, known)) if known == namespace => Ok(()),
            Some(_) => declare(&mut self.text, Some(prefix), namespace),
            None => {
                self.declared.push((prefix.to_owned(), namespace.to_owned()));
                Ok(())
            }
        }
    }
}

impl Object {
    fn has(&self, key: &str) -> bool {
        self.members.iter().any(|member| member.key == key)
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
            Ok(words?.join(" "))
        }
        Value::Object(_) => Err(XmlError::new(format!("`{name}` is an object, which is no text of XML"))),
    }
}

/// Fails where something is no name.
fn check(name: &str) -> Result<(), XmlError> {
    let is_first = |char: char| char.is_alphabetic() || char == '_';
    let is_further = |char: char| is_first(char) || char.is_alphanumeric() || matches!(char, '-' | '.' | '·');
    let is_name = |part: &str| part.starts_with(is_first) && part.chars().all(is_further);
    let mut parts = name.split(':');
    let is_one = parts.clone().count() <= 2 && parts.all(is_name);
    is_one
        .then_some(())
        .ok_or_else(|| XmlError::new(format!("`{name}` is no name in XML")))
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
