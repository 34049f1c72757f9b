//! What callers hand over in many forms in, the one form that a parameter is made of out.

use std::collections::BTreeMap;

use crate::runtime::sent::parameter::Parameter;

impl Parameter {
    /// A list of texts, from anything that has some.
    pub fn texts(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
        items.into_iter().map(|item| item.as_ref().to_owned()).collect()
    }

    /// Texts by name, from anything that has pairs. The last of one name counts.
    pub fn pairs(items: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> BTreeMap<String, String> {
        let pairs = items.into_iter();
        pairs
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
            .collect()
    }
}
