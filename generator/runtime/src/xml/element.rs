//! An XML text in, a tree of elements out.
//!
//! Nothing is expanded but the five entities of XML and characters by number, and nothing is looked up: what a document type
//! declares is passed over. So a text is as large as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::NsReader;

use crate::runtime::xml::error::XmlError;
use crate::runtime::xml::node::INSTANCE;

/// How deep elements may be nested: as deep as JSON.
const DEEPEST: usize = 128;

/// An element and all that is in it.
#[derive(Debug)]
pub(crate) struct Element<'x> {
    pub(crate) name: Rc<Name>,
    pub(crate) attributes: Vec<Attribute<'x>>,
    pub(crate) children: Vec<Element<'x>>,
    /// All text that stands directly in it.
    pub(crate) text: Cow<'x, str>,
    /// Whether it says that it stands for nothing.
    pub(crate) is_nil: bool,
}

/// An attribute, but for those that are about the text itself: declarations of namespaces, and where schemas are.
#[derive(Debug)]
pub(crate) struct Attribute<'x> {
    pub(crate) name: Rc<Name>,
    pub(crate) value: Cow<'x, str>,
}

/// The name of an element or an attribute. Many have the same, which is kept once.
#[derive(Debug)]
pub(crate) struct Name {
    /// As it is written.
    pub(crate) qualified: Box<str>,
    /// Without its prefix.
    pub(crate) local: Box<str>,
    pub(crate) namespace: Option<Box<str>>,
}

impl Element<'_> {
    /// Whether there is nothing in it but text.
    pub(crate) const fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// Whether there is no text in it but space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }
}

/// Reads a text, the whole of it.
pub(crate) fn parse(text: &str) -> Result<Element<'_>, XmlError> {
    let mut reader = NsReader::from_str(text);
    let mut parser = Parser::default();
    loop {
        let before = offset(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let place = offset(reader.error_position());
            XmlError::at(text, place, &error.to_string())
        })?;
        if matches!(event, Event::Eof) {
            return parser.end().map_err(|message| XmlError::at(text, before, &message));
        }
        let taken = parser.take(event, reader.resolver());
        taken.map_err(|message| XmlError::at(text, before, &message))?;
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

#[derive(Default)]
struct Parser<'x> {
    /// The elements that are not closed yet, the innermost last.
    open: Vec<Element<'x>>,
    root: Option<Element<'x>>,
    /// The names so far, as they are written: a prefix may stand for several namespaces.
    known: BTreeMap<Box<str>, Vec<Rc<Name>>>,
}

impl<'x> Parser<'x> {
    fn take(&mut self, event: Event<'x>, namespaces: &NamespaceResolver) -> Result<(), String> {
        match event {
            Event::Start(start) => self.begin(&start, namespaces)?,
            Event::Empty(start) => {
                self.begin(&start, namespaces)?;
                self.close();
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.add(text.xml10_content())?,
            Event::CData(text) => self.add(text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().map_err(|error| error.to_string())?;
                let name = reference.xml10_content();
                let text = match char {
                    Some(char) => Cow::Owned(char.to_string()),
                    None => match resolve_predefined_entity(&name) {
                        Some(text) => Cow::Borrowed(text),
                        None => return Err(format!("the entity `&{name};` is not one of XML's own")),
                    },
                };
                self.add(text)?;
            }
            Event::Decl(_) | Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'x>, namespaces: &NamespaceResolver) -> Result<(), String> {
        if self.root.is_some() {
            return Err("there is more than one element".to_owned());
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("elements are nested more than {DEEPEST} deep"));
        }
        let (namespace, _) = namespaces.resolve_element(start.name());
        let name = self.name(start.name(), &namespace);
        let mut element = Element {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
            text: Cow::Borrowed(""),
            is_nil: false,
        };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            let (namespace, _) = namespaces.resolve_attribute(attribute.key);
            let name = self.name(attribute.key, &namespace);
            let is_of_instance = name.namespace.as_deref() == Some(INSTANCE);
            match name.local.as_ref() {
                "nil" if is_of_instance => element.is_nil = matches!(value.trim_ascii(), "true" | "1"),
                "schemaLocation" | "noNamespaceSchemaLocation" if is_of_instance => {}
                _ => element.attributes.push(Attribute {
                    name,
                    value: Cow::Owned(value.into_owned()),
                }),
            }
        }
        self.open.push(element);
        Ok(())
    }

    fn name(&mut self, name: QName<'_>, namespace: &ResolveResult<'_>) -> Rc<Name> {
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => Some(namespace.into_inner()),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
        };
        let qualified = name.into_inner();
        let known = self.known.get(qualified).into_iter().flatten();
        if let Some(known) = known.into_iter().find(|known| known.namespace.as_deref() == namespace) {
            return Rc::clone(known);
        }
        let new = Rc::new(Name {
            qualified: qualified.into(),
            local: name.local_name().into_inner().into(),
            namespace: namespace.map(Box::from),
        });
        self.known.entry(qualified.into()).or_default().push(Rc::clone(&new));
        new
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(outer) => outer.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn add(&mut self, text: Cow<'x, str>) -> Result<(), String> {
        match self.open.last_mut() {
            Some(element) if element.text.is_empty() => element.text = text,
            Some(element) => element.text.to_mut().push_str(&text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err("there is text outside of the element".to_owned()),
        }
        Ok(())
    }

    fn end(self) -> Result<Element<'x>, String> {
        if let Some(element) = self.open.last() {
            return Err(format!("it ends within `{}`", element.name.qualified));
        }
        self.root.ok_or_else(|| "there is no element".to_owned())
    }
}
