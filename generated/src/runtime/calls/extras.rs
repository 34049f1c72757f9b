// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a call sends that its description lacks: pairs of the query in, a query with them out. What is there already is
//! neither replaced nor doubled.

use percent_encoding::percent_decode_str;

use crate::runtime::calls::members::Members;
use crate::runtime::sent::argument::escaped;
use crate::runtime::shown::outside::BoxError;

/// The extras of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    query: Vec<(String, String)>,
    pub(crate) members: Members,
}

impl Extras {
    /// Another pair of the query.
    pub(crate) fn query(&mut self, name: &str, value: &str) {
        self.query.push((name.to_owned(), value.to_owned()));
    }

    /// The pairs of the query.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The pairs of the query as they are sent.
    pub(crate) fn written(&self) -> impl Iterator<Item = String> {
        self.pairs()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
    }

    /// Refuses a pair whose name is in `query` already.
    pub(crate) fn check(&self, query: &str) -> Result<(), BoxError> {
        match self
            .query
            .iter()
            .find(|(name, _)| pairs(query).any(|(other, _)| other == *name))
        {
            Some((name, _)) => Err(format!("the query has `{name}` already; an extra one would double it").into()),
            None => Ok(()),
        }
    }
}

/// The pairs of a query or a form, unescaped.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let text = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (text(name), text(value))
    })
}
