//! What `Maybe` offers beside its three states, and how an `Option` gets into a setter.

use std::collections::BTreeMap;

use crate::runtime::prelude::*;

#[test]
fn a_maybe_is_used_like_an_option() {
    let value = Maybe::Value("ü".to_owned());
    assert_eq!(value.as_ref().map(String::len), Maybe::Value(2));
    assert_eq!(value.as_deref(), Maybe::Value("ü"));
    assert_eq!(value.as_deref().unwrap_or_default(), "ü");
    assert_eq!(Option::from(value), Some("ü".to_owned()));
    for empty in [Maybe::Absent, Maybe::Null] {
        assert_eq!(empty.map(|number: u8| number + 1), empty);
        assert_eq!(empty.unwrap_or_default(), 0);
        assert_eq!(Option::<u8>::from(empty), None);
    }
}

#[test]
fn an_option_gets_into_any_setter() {
    #[derive(Debug, Default, PartialEq)]
    struct Note(Option<String>);

    impl Note {
        fn text(mut self, text: impl Into<String>) -> Self {
            self.0 = Some(text.into());
            self
        }
    }

    let set = Note::default().optionally(Some("a"), Note::text);
    assert_eq!(set, Note(Some("a".to_owned())));
    assert_eq!(set.optionally(None::<&str>, Note::text), Note(Some("a".to_owned())));
}

#[test]
fn arrays_are_lists_and_maps() {
    fn made<T>(maybe: impl Into<Maybe<T>>) -> Maybe<T> {
        maybe.into()
    }
    assert_eq!(made::<Vec<String>>(["a"]), Maybe::Value(vec!["a".to_owned()]));
    assert_eq!(made::<Vec<i64>>([1, 2]), Maybe::Value(vec![1, 2]));
    let named = |value: &str| BTreeMap::from([("a".to_owned(), value.to_owned())]);
    assert_eq!(made::<BTreeMap<String, String>>([("a", "b")]), Maybe::Value(named("b")));
    assert_eq!(
        made::<BTreeMap<String, i64>>([("a", 1)]),
        Maybe::Value(BTreeMap::from([("a".to_owned(), 1)]))
    );
}
