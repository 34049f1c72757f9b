// @generated from an OpenAPI description: the runtime, the same for every API.

//! What was sent or came in, the same without secrets, and with other values in the place of chosen members, out.

use std::borrow::Cow;
use std::fmt::Write as _;

use bytes::Bytes;
use http::header::{CONTENT_LOCATION, LINK, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::calls::extras;
use crate::runtime::mock::record::content::{self, Content};
use crate::runtime::mock::record::pattern::{self, HIDDEN};
use crate::runtime::mock::record::{names, splice};
use crate::runtime::sent::argument::{Argument, escaped};
use crate::runtime::shown::mask;
use crate::runtime::shown::secret::Secrets;

/// Secrets of fewer characters are looked for only where a client puts them: any text may have them by chance.
const SHORTEST: usize = 4;

/// Headers that are another time's, another connection's or another version's.
const PASSING: [&str; 9] = [
    "age",
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "server-timing",
    "transfer-encoding",
    "user-agent",
];

/// What stands in the place of what.
#[derive(Debug, Clone, Default)]
pub(super) struct Hiding {
    secrets: Secrets,
    /// Those that are too short to be looked for.
    short: Secrets,
    /// Members of JSON, pairs of queries and forms, and headers by their name; a member by its pointer too.
    replaced: Vec<(String, Argument)>,
}

impl Hiding {
    pub(super) fn new(secrets: &Secrets, replaced: Vec<(String, Argument)>) -> Self {
        let all = secrets.iter().cloned();
        let (short, long): (Vec<_>, Vec<_>) = all.partition(|secret| secret.expose().chars().count() < SHORTEST);
        Self {
            secrets: long.into_iter().collect(),
            short: short.into_iter().collect(),
            replaced,
        }
    }

    pub(super) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for range in mask::find(bytes, &self.secrets) {
            pieces.push(bytes.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
        pieces.push(bytes.get(from..).unwrap_or_default());
        pattern::written(&pieces)
    }

    /// What stands in the place of the value under a name.
    fn other(&self, name: &str) -> Option<&Argument> {
        let mut replaced = self.replaced.iter();
        let found = replaced.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The same of a pair, whose name may say that its value is secret.
    fn other_text(&self, name: &str) -> Option<String> {
        let hidden = || names::is_secret(name).then(|| HIDDEN.to_owned());
        self.other(name).map(Argument::text).or_else(hidden)
    }

    /// Whether a text is one of the secrets that are not looked for.
    fn is_short_secret(&self, text: &str) -> bool {
        self.short.iter().any(|secret| secret.expose() == text)
    }

    /// The pairs of a query, each as it reads.
    pub(super) fn pairs(&self, query: &str) -> Vec<String> {
        let pairs = extras::pairs(query);
        pairs
            .map(|(name, value)| {
                let value = match self.other(&name) {
                    Some(other) => self.text(&other.text()),
                    None if names::is_secret(&name) || self.is_short_secret(&value) => HIDDEN.to_owned(),
                    None => self.text(&value),
                };
                format!("{}={value}", self.text(&name))
            })
            .collect()
    }

    /// The headers that are the same another time, by their names; of some, the name says that they are secret.
    pub(super) fn headers(&self, headers: &HeaderMap, is_secret: fn(&str) -> bool) -> Vec<(String, String)> {
        let names = headers.keys().filter(|name| !PASSING.contains(&name.as_str()));
        names
            .map(|name| {
                let values = headers.get_all(name).iter();
                let values = values.map(|value| self.header(name, value, is_secret(name.as_str())));
                (name.as_str().to_owned(), values.collect::<Vec<_>>().join(", "))
            })
            .collect()
    }

    fn header(&self, name: &HeaderName, value: &HeaderValue, is_secret: bool) -> String {
        if let Some(other) = self.other(name.as_str()) {
            return self.text(&other.text());
        }
        let text = String::from_utf8_lossy(value.as_bytes());
        if value.is_sensitive() || is_secret || self.is_short_secret(&text) {
            return HIDDEN.to_owned();
        }
        match name {
            &LOCATION | &CONTENT_LOCATION => self.text(&self.url(&text)),
            &LINK => self.text(&self.links(&text)),
            _ => self.text(&text),
        }
    }

    /// A URL without its user, and without what its query has in it.
    fn url(&self, url: &str) -> String {
        let (rest, fragment) = url.split_once('#').map_or((url, None), |(url, rest)| (url, Some(rest)));
        let (place, query) = rest
            .split_once('?')
            .map_or((rest, None), |(place, rest)| (place, Some(rest)));
        let mut url = match place.split_once("//") {
            Some((scheme, rest)) => {
                let end = rest.find('/').unwrap_or(rest.len());
                let (authority, path) = rest.split_at(end);
                match authority.rsplit_once('@') {
                    Some((_, host)) => format!("{scheme}//{}@{host}{path}", escaped(HIDDEN)),
                    None => place.to_owned(),
                }
            }
            None => place.to_owned(),
        };
        for (mark, part) in [('?', query), ('#', fragment)] {
            if let Some(part) = part {
                url.push(mark);
                url.push_str(&self.form(part));
            }
        }
        url
    }

    /// The header `Link`, whose URLs stand in angle brackets.
    fn links(&self, text: &str) -> String {
        let pieces = text.split_inclusive(['<', '>']);
        pieces
            .map(|piece| match piece.strip_suffix('>') {
                Some(url) => format!("{}>", self.url(url)),
                None => piece.to_owned(),
            })
            .collect()
    }

    /// A body under its media type.
    pub(super) fn content(&self, media_type: &str, bytes: &Bytes) -> Content {
        let is_form = content::essence(media_type) == "application/x-www-form-urlencoded";
        let form = std::str::from_utf8(bytes).ok().filter(|_| is_form);
        let bytes = match (form, content::boundary(media_type)) {
            (Some(form), _) => self.form(form).into(),
            (None, Some(boundary)) => splice::parts(bytes, boundary, |name| self.other_text(name)).into(),
            (None, None) => bytes.clone(),
        };
        match Content::of(media_type, &bytes) {
            Content::Json(mut value) => {
                self.replace(&mut value);
                self.hide(&mut value);
                Content::Json(value)
            }
            Content::Text(text) => {
                let text = splice::members(self.pointed(&text).as_bytes(), |name| self.json(name));
                Content::Text(String::from_utf8_lossy(&self.bytes(&text)).into_owned())
            }
            Content::Bytes(bytes) => {
                let bytes = splice::members(&bytes, |name| self.json(name));
                Content::Bytes(self.bytes(&bytes).into())
            }
            other @ (Content::Nothing | Content::TooLong) => other,
        }
    }

    fn json(&self, name: &str) -> Option<String> {
        self.other(name).map(Argument::json)
    }

    /// A text that may be JSON under another name, or whose lines may be, with what pointers lead to replaced.
    fn pointed<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.replaced.iter().any(|(name, _)| name.starts_with('/')) {
            return text.into();
        }
        let replaced = |text: &str| {
            let (before, json) = text.split_at(text.find(['{', '['])?);
            let (json, behind) = json.split_at(json.trim_end().len());
            let mut value = content::value_of(json, content::DEEPEST).ok()?;
            self.replace(&mut value);
            Some(format!("{before}{}{behind}", value.json()))
        };
        let lines = || {
            let lines = text.split_inclusive('\n');
            lines
                .map(|text| replaced(text).unwrap_or_else(|| text.to_owned()))
                .collect()
        };
        replaced(text).unwrap_or_else(lines).into()
    }

    /// A form, or a query as it stands in a URL.
    fn form(&self, text: &str) -> String {
        if !extras::pairs(text).any(|(name, _)| self.other_text(&name).is_some()) {
            return text.to_owned();
        }
        let mut form = String::new();
        for (name, value) in extras::pairs(text) {
            let mark = if form.is_empty() { "" } else { "&" };
            let value = self.other_text(&name).unwrap_or(value);
            let _ = write!(form, "{mark}{}={}", escaped(&name), escaped(&value));
        }
        form
    }

    fn replace(&self, value: &mut Argument) {
        for (name, other) in &self.replaced {
            replace(value, name, other);
        }
    }

    /// Hides secrets in a value, names and numbers included.
    fn hide(&self, value: &mut Argument) {
        match value {
            Argument::Text(text) => *text = self.text(text),
            Argument::List(items) => items.iter_mut().for_each(|item| self.hide(item)),
            Argument::Object(members) => {
                for (name, value) in members {
                    *name = self.text(name);
                    self.hide(value);
                }
            }
            Argument::Number(number) => {
                if !mask::find(number.as_bytes(), &self.secrets).is_empty() {
                    *value = Argument::Text(HIDDEN.to_owned());
                }
            }
            Argument::Null | Argument::Bool(_) => {}
        }
    }
}

/// Puts `other` in the place of a member: of the one that a pointer leads to, or of all of a name.
fn replace(value: &mut Argument, member: &str, other: &Argument) {
    if member.starts_with('/') {
        if let Some(place) = place(value, member) {
            *place = other.clone();
        }
        return;
    }
    match value {
        Argument::List(items) => items.iter_mut().for_each(|item| replace(item, member, other)),
        Argument::Object(members) => {
            for (name, value) in members {
                if name.eq_ignore_ascii_case(member) {
                    *value = other.clone();
                } else {
                    replace(value, member, other);
                }
            }
        }
        Argument::Null | Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => {}
    }
}

/// Where a pointer leads.
fn place<'v>(value: &'v mut Argument, pointer: &str) -> Option<&'v mut Argument> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(value, |value, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match value {
            Argument::List(items) => items.get_mut(step.parse::<usize>().ok()?),
            Argument::Object(members) => {
                let mut members = members.iter_mut();
                members.find(|(name, _)| *name == step).map(|(_, value)| value)
            }
            Argument::Null | Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => None,
        }
    })
}
