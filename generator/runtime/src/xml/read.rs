//! An XML text and the table of its nodes in, JSON out.
//!
//! What the table does not have is kept as well: elements under their names, attributes under theirs behind an `@`, text as
//! `$text`. An element that comes several times where one is expected is a list, so that whoever reads the JSON says so. How the
//! outermost element is called is not looked at: many a server has a name of its own for it.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::runtime::xml::element::{self, Element, Name};
use crate::runtime::xml::error::XmlError;
use crate::runtime::xml::node::{Kind, List, Member, Node, Object, Shape};

/// Under which name text is kept that no member is.
pub(crate) const TEXT: &str = "$text";

/// What comes before the name of an attribute that no member is.
pub(crate) const ATTRIBUTE: char = '@';

/// What comes before the name of an element that is no member, and called like one.
pub(crate) const LIKE_A_MEMBER: char = '$';

/// Reads a text.
pub(crate) fn read(text: &str, root: &Node) -> Result<Value, XmlError> {
    let element = element::parse(text)?;
    Ok(of_element(&element, root.shape).unwrap_or(Value::Null))
}

/// The text of a body, whose encoding is `settled` where a header has named it.
pub(crate) fn decoded(body: &[u8], settled: bool) -> Result<&str, XmlError> {
    let refused = |encoding: &str| XmlError::new(format!("its encoding is `{encoding}`, and only UTF-8 is read"));
    if body.starts_with(b"\xFE\xFF") || body.starts_with(b"\xFF\xFE") {
        return Err(refused("UTF-16"));
    }
    match declared(body).filter(|_| !settled) {
        Some(encoding) if !["utf-8", "utf8", "us-ascii"].contains(&encoding.to_ascii_lowercase().as_str()) => {
            Err(refused(encoding))
        }
        _ => std::str::from_utf8(body).map_err(|error| {
            let read = body.get(..error.valid_up_to()).unwrap_or_default();
            let read = String::from_utf8_lossy(read);
            XmlError::at(&read, read.len(), "it is not UTF-8")
        }),
    }
}

/// The encoding that a text says itself to be in.
fn declared(body: &[u8]) -> Option<&str> {
    const LONGEST: usize = 256;
    let head = body.get(..body.len().min(LONGEST))?.strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(head.get(..end)?).ok()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

/// What is in an element; nothing where there is nothing and something would have to be.
fn of_element(element: &Element<'_>, shape: Shape) -> Option<Value> {
    if element.is_nil && element.is_leaf() && element.is_blank() {
        return Some(Value::Null);
    }
    match shape {
        Shape::Object(object) if is_bare_text(element) && !object.has_text() => scalar(object.text, &element.text),
        Shape::List(_) if is_bare_text(element) => Some(text_of(element)),
        Shape::Object(object) => Some(Reading::of(element).object(object)),
        Shape::List(list) => Some(Value::Array(items(within(element, list), list))),
        Shape::Any => Some(whatever(element)),
        _ if !element.is_leaf() => Some(whatever(element)),
        shape => scalar(shape, &element.text),
    }
}

/// Whether an element is a text, and nothing else.
fn is_bare_text(element: &Element<'_>) -> bool {
    element.is_leaf() && element.attributes.is_empty() && !element.is_blank()
}

fn text_of(element: &Element<'_>) -> Value {
    Value::String(element.text.as_ref().to_owned())
}

/// An element of which nothing is known.
fn whatever(element: &Element<'_>) -> Value {
    if element.is_leaf() && element.attributes.is_empty() {
        return text_of(element);
    }
    Reading::of(element).object(&Object::UNKNOWN)
}

/// What stands in the element of a list: its items where any is called like one, or else whatever is there.
fn within<'e, 'x>(element: &'e Element<'x>, list: &List) -> Vec<&'e Element<'x>> {
    let is_item = |child: &&Element<'_>| list.items().any(|item| child.name.local.as_ref() == item.name);
    let items = element.children.iter().filter(is_item).collect();
    or(items, || element.children.iter().collect())
}

/// The items of a list that became the `elements`.
fn items<'e, 'x: 'e>(elements: impl IntoIterator<Item = &'e Element<'x>>, list: &List) -> Vec<Value> {
    let items = elements.into_iter().enumerate().map(|(index, element)| {
        let shape = list.item(index).shape;
        of_element(element, shape).unwrap_or_else(|| nothing(shape))
    });
    items.collect()
}

/// What an empty element is that has to be something.
fn nothing(shape: Shape) -> Value {
    match shape {
        Shape::Word => Value::String(String::new()),
        _ => Value::Null,
    }
}

/// A value that is text. Nothing where there is only space, and text alone could be that.
fn scalar(shape: Shape, text: &str) -> Option<Value> {
    let word = text.trim_ascii();
    let as_word = || Value::String(word.to_owned());
    match shape {
        Shape::Text | Shape::Any | Shape::Object(_) => Some(Value::String(text.to_owned())),
        _ if word.is_empty() => None,
        Shape::List(list) => {
            let words = word.split_ascii_whitespace().enumerate();
            let items = words.map(|(index, word)| scalar(list.item(index).shape, word).unwrap_or(Value::Null));
            Some(Value::Array(items.collect()))
        }
        Shape::Word => Some(as_word()),
        Shape::Number => Some(number(word).map_or_else(as_word, Value::Number)),
        Shape::Boolean => Some(boolean(word).map_or_else(as_word, Value::Bool)),
        Shape::Guess => {
            let truth = matches!(word, "true" | "false").then(|| Value::Bool(word == "true"));
            let number = || word.parse().ok().map(Value::Number);
            Some(truth.or_else(number).unwrap_or_else(as_word))
        }
    }
}

/// A number as XML Schema writes it: with a plus before it, or zeros.
fn number(word: &str) -> Option<Number> {
    word.parse().ok().or_else(|| {
        let (sign, digits) = match word.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", word.strip_prefix('+').unwrap_or(word)),
        };
        let plain = digits.trim_start_matches('0');
        let zero = if plain.starts_with(|char: char| char.is_ascii_digit()) {
            ""
        } else {
            "0"
        };
        let is_number = digits.starts_with(|char: char| char.is_ascii_digit() || char == '.');
        let plain = plain.strip_suffix('.').unwrap_or(plain);
        is_number.then(|| format!("{sign}{zero}{plain}").parse().ok()).flatten()
    })
}

fn boolean(word: &str) -> Option<bool> {
    match word {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// An element, and what of it has been read.
struct Reading<'e, 'x> {
    element: &'e Element<'x>,
    attributes: Vec<bool>,
    children: Vec<bool>,
    text: bool,
}

impl<'e, 'x> Reading<'e, 'x> {
    fn of(element: &'e Element<'x>) -> Self {
        Self {
            element,
            attributes: vec![false; element.attributes.len()],
            children: vec![false; element.children.len()],
            text: false,
        }
    }

    fn object(mut self, object: &Object) -> Value {
        let mut members = self.members(object);
        self.rest(object, &mut members);
        Value::Object(members)
    }

    fn members(&mut self, object: &Object) -> Map<String, Value> {
        let mut members = Map::new();
        for member in object.members {
            let value = match (member.node.kind, member.node.shape) {
                (Kind::Attribute, shape) => {
                    let found = self.attribute(&member.node, shape, object);
                    found.or_else(|| self.attribute_as_element(member, shape, object))
                }
                (Kind::Text | Kind::CData, shape) => self.text(shape),
                (Kind::None, Shape::List(list)) => self.list(member, list, object),
                (Kind::None, Shape::Object(inner)) => {
                    let inner = self.members(inner);
                    (member.required || !inner.is_empty()).then_some(Value::Object(inner))
                }
                (Kind::Element | Kind::None, shape) => self.element(member, shape, object),
            };
            if let Some(value) = value {
                members.insert(member.key.to_owned(), value);
            }
        }
        members
    }

    fn attribute(&mut self, node: &Node, shape: Shape, object: &Object) -> Option<Value> {
        let named = self.element.attributes.iter().zip(&mut self.attributes);
        let found = named.filter(|(attribute, taken)| !**taken && is_called(&attribute.name, node, object));
        let (attribute, taken) = found.min_by_key(|(attribute, _)| !is_exactly(&attribute.name, node))?;
        *taken = true;
        scalar(shape, &attribute.value)
    }

    /// An attribute that came as an element. One that is more than a text is kept as what nobody described.
    fn attribute_as_element(&mut self, member: &Member, shape: Shape, object: &Object) -> Option<Value> {
        let taken = self.children.clone();
        match self.called(member, object).as_slice() {
            [only] if only.is_leaf() => scalar(shape, &only.text),
            _ => {
                self.children = taken;
                None
            }
        }
    }

    fn text(&mut self, shape: Shape) -> Option<Value> {
        self.text = true;
        let element = self.element;
        if element.is_leaf() {
            return scalar(shape, &element.text);
        }
        // Between elements, the space is there for who reads the text.
        let text = element.text.trim_ascii();
        if text.is_empty() { None } else { scalar(shape, text) }
    }

    /// The children that are a member.
    fn called(&mut self, member: &Member, object: &Object) -> Vec<&'e Element<'x>> {
        let found = self.named(&std::iter::once(&member.node), object);
        // What a type is called is not always what servers call a member of it.
        or(found, || {
            let is_other = object.members.iter().any(|other| other.node.name == member.key);
            if is_other {
                Vec::new()
            } else {
                self.take(|name| name.local.as_ref() == member.key)
            }
        })
    }

    /// The children with the name of one of the `nodes`; those of another namespace, only where there is none of this.
    fn named<'n>(&mut self, nodes: &(impl Iterator<Item = &'n Node> + Clone), object: &Object) -> Vec<&'e Element<'x>> {
        let called = |name: &Name, node: &Node| is_called(name, node, object);
        let found = self.take(|name| nodes.clone().any(|node| called(name, node) && is_exactly(name, node)));
        or(found, || self.take(|name| nodes.clone().any(|node| called(name, node))))
    }

    /// The children that nobody has taken yet, of some names.
    fn take(&mut self, is_it: impl Fn(&Name) -> bool) -> Vec<&'e Element<'x>> {
        let children = self.element.children.iter().zip(&mut self.children);
        let found = children.filter(|(child, taken)| !**taken && is_it(&child.name));
        let found = found.map(|(child, taken)| {
            *taken = true;
            child
        });
        found.collect()
    }

    fn element(&mut self, member: &Member, shape: Shape, object: &Object) -> Option<Value> {
        let mut found = self.called(member, object);
        match (found.len(), shape) {
            (0, Shape::Object(_) | Shape::List(_) | Shape::Any) => None,
            // What one of several descriptions has as an attribute.
            (0, shape) => self.attribute(&member.node, shape, object),
            (1, Shape::Word) if member.required => {
                let element = found.pop()?;
                Some(of_element(element, shape).unwrap_or_else(|| nothing(shape)))
            }
            (1, shape) => of_element(found.pop()?, shape),
            (_, Shape::List(_)) => {
                let lists = found.into_iter().filter_map(|child| of_element(child, shape));
                let items = lists.flat_map(|list| match list {
                    Value::Array(items) => items,
                    other => vec![other],
                });
                Some(Value::Array(items.collect()))
            }
            (_, shape) => {
                let all = found.into_iter().filter_map(|child| of_element(child, shape));
                Some(Value::Array(all.collect()))
            }
        }
    }

    /// A list whose items stand among the members.
    fn list(&mut self, member: &Member, list: &List, object: &Object) -> Option<Value> {
        let found = self.named(&list.items(), object);
        if !found.is_empty() {
            return Some(Value::Array(items(found, list)));
        }
        let is_item = |name: &Name| list.items().any(|item| is_called(name, item, object));
        // Many a description forgets to say that there is an element around the items; its name it says all the same.
        let wrapped = self.element.children.iter().zip(&mut self.children);
        let mut wrapped = wrapped.filter(|(child, taken)| {
            let is_around = child.children.iter().all(|item| is_item(&item.name));
            !**taken && is_called(&child.name, &member.node, object) && is_around
        });
        if let (Some((wrapper, taken)), None) = (wrapped.next(), wrapped.next())
            && wrapper.is_blank()
        {
            *taken = true;
            return Some(Value::Array(items(&wrapper.children, list)));
        }
        member.required.then(|| Value::Array(Vec::new()))
    }

    /// What no member is.
    fn rest(&mut self, object: &Object, members: &mut Map<String, Value>) {
        let element = self.element;
        for (attribute, _) in element
            .attributes
            .iter()
            .zip(&self.attributes)
            .filter(|(_, taken)| !**taken)
        {
            let name = format!("{ATTRIBUTE}{}", attribute.name.qualified);
            members.insert(name, Value::String(attribute.value.as_ref().to_owned()));
        }
        let mut added: Map<String, Value> = Map::new();
        let mut named: BTreeMap<&str, &str> = BTreeMap::new();
        for (child, _) in element
            .children
            .iter()
            .zip(&self.children)
            .filter(|(_, taken)| !**taken)
        {
            let local = child.name.local.as_ref();
            // Names that are told by their prefixes alone are kept with these.
            let is_first = named.entry(local).or_insert(&child.name.qualified) == &child.name.qualified.as_ref();
            let name = match (object.has(local), is_first) {
                (true, _) => format!("{LIKE_A_MEMBER}{local}"),
                (false, true) => local.to_owned(),
                (false, false) => child.name.qualified.as_ref().to_owned(),
            };
            let Some(value) = of_element(child, object.rest) else {
                continue;
            };
            match added.get_mut(&name) {
                None => {
                    added.insert(name, value);
                }
                Some(Value::Array(items)) => match value {
                    Value::Array(more) if matches!(object.rest, Shape::List(_)) => items.extend(more),
                    value => items.push(value),
                },
                Some(one) => *one = Value::Array(vec![one.take(), value]),
            }
        }
        members.extend(added);
        if !self.text && !element.is_blank() {
            members.insert(TEXT.to_owned(), Value::String(element.text.trim_ascii().to_owned()));
        }
    }
}

/// These, or others where there are none.
fn or<T>(found: Vec<T>, others: impl FnOnce() -> Vec<T>) -> Vec<T> {
    if found.is_empty() { others() } else { found }
}

/// Whether a name is that of a node: by itself, or by its namespace too where another has the same.
fn is_called(name: &Name, node: &Node, object: &Object) -> bool {
    name.local.as_ref() == node.name && (is_within(name, node) || !object.is_ambiguous(node))
}

/// Whether a name is in the namespace that a node is described in, or has no prefix where none is described.
fn is_exactly(name: &Name, node: &Node) -> bool {
    match node.namespace {
        Some(namespace) => name.namespace.as_deref() == Some(namespace),
        None => name.local == name.qualified,
    }
}

/// Whether a name may be in the namespace of a node.
fn is_within(name: &Name, node: &Node) -> bool {
    node.namespace.is_none() || node.namespace == name.namespace.as_deref()
}
