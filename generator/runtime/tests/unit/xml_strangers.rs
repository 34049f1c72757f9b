//! What servers write otherwise than they describe, and what nobody described.

use serde_json::json;

use crate::runtime::prelude::*;
use crate::runtime::received::decode;
use crate::runtime::sent::body::Body;
use crate::runtime::unit::decode::response;
use crate::runtime::unit::xml::check;
use crate::runtime::xml::node::{Kind, List, Member, Node, Object, Shape};
use crate::runtime::xml::{read, write};

#[test]
fn an_element_around_items_is_read_where_nobody_said_that_there_is_one() {
    let root = holding!(Member::optional("set", texts!(Kind::None, "itemSet", "item")));
    for (text, value) in [
        ("<r><itemSet><item>a</item></itemSet></r>", json!({ "set": ["a"] })),
        ("<r><itemSet/></r>", json!({ "set": [] })),
        ("<r><item>a</item></r>", json!({ "set": ["a"] })),
        ("<r/>", json!({})),
    ] {
        assert_eq!(read::read(text, root).unwrap(), value, "{text}");
    }
    let required = holding!(Member::required("set", texts!(Kind::None, "set", "item")));
    assert_eq!(read::read("<r/>", required).unwrap(), json!({ "set": [] }));
}

#[test]
fn a_member_is_found_by_its_own_name_where_its_type_has_another() {
    let root = holding!(Member::optional("owner", Node::element("Person", Shape::Text)));
    for text in ["<r><Person>a</Person></r>", "<r><owner>a</owner></r>"] {
        assert_eq!(read::read(text, root).unwrap(), json!({ "owner": "a" }), "{text}");
    }
    let both = read::read("<r><owner>b</owner><Person>a</Person></r>", root).unwrap();
    assert_eq!(both, json!({ "owner": "a", "$owner": "b" }));
}

#[test]
fn names_that_only_their_prefixes_tell_are_kept_apart() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text)));
    let read = read::read("<r xmlns:p='p' xmlns:q='q'><p:b>1</p:b><q:b>2</q:b></r>", root).unwrap();
    assert_eq!(read, json!({ "b": "1", "q:b": "2" }));
}

#[test]
fn what_nobody_described_is_kept_and_written_again() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text)));
    let inside = "<a>1</a><b><c>2</c></b><d>3</d><d>4</d>";
    check(root, &json!({ "a": "1", "b": { "c": "2" }, "d": ["3", "4"] }), inside);
    let attributes = r#"<r lang="de" xmlns="u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="u v">
        text</r>"#;
    let value = json!({ "@lang": "de", "$text": "text" });
    assert_eq!(read::read(attributes, root).unwrap(), value);
    let written = write::write(&value, root, "utf-8").unwrap();
    assert!(written.ends_with("<root lang=\"de\">text</root>"), "{written}");
}

#[test]
fn members_of_one_name_are_told_by_their_namespace() {
    static BOTH: Object = Object {
        members: &[
            Member::optional("ours", Node::element("title", Shape::Text).within("u").prefixed("u")),
            Member::optional("theirs", Node::element("title", Shape::Text).within("v").prefixed("v")),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static ROOT: Node = Node::element("r", Shape::Object(&BOTH));
    let value = json!({ "ours": "a", "theirs": "b" });
    let text = write::write(&value, &ROOT, "utf-8").unwrap();
    assert!(
        text.ends_with("<r xmlns:u=\"u\" xmlns:v=\"v\"><u:title>a</u:title><v:title>b</v:title></r>"),
        "{text}"
    );
    assert_eq!(read::read(&text, &ROOT).unwrap(), value);
    let swapped = r#"<r xmlns="v"><title>b</title><title xmlns="u">a</title></r>"#;
    assert_eq!(read::read(swapped, &ROOT).unwrap(), value);
}

#[test]
fn in_the_element_of_a_list_stand_its_items() {
    let root = holding!(Member::optional("vs", texts!(Kind::Element, "vs", "v")));
    let others = read::read("<r><vs total='2'><v>1</v><total>9</total><v>2</v></vs></r>", root).unwrap();
    assert_eq!(others, json!({ "vs": ["1", "2"] }));
    // Where none has the name, it is another one than was described.
    let item = read::read("<r><vs><item>1</item></vs></r>", root).unwrap();
    assert_eq!(item, json!({ "vs": ["1"] }));
}

#[test]
fn what_has_no_prefix_goes_before_what_has_one() {
    let root = holding!(Member::optional("sku", Node::new(Kind::Attribute, "sku", Shape::Text)));
    for text in [
        "<r xmlns:o='u' o:sku='9' sku='1'/>",
        "<r xmlns:o='u' sku='1' o:sku='9'/>",
    ] {
        assert_eq!(
            read::read(text, root).unwrap(),
            json!({ "sku": "1", "@o:sku": "9" }),
            "{text}"
        );
    }
    let root = holding!(Member::optional("val", Node::element("val", Shape::Text)));
    for text in [
        "<r xmlns:n='u'><val>1</val><n:val>2</n:val></r>",
        "<r xmlns:n='u'><n:val>2</n:val><val>1</val></r>",
    ] {
        assert_eq!(
            read::read(text, root).unwrap(),
            json!({ "val": "1", "$val": "2" }),
            "{text}"
        );
    }
    let alone = read::read("<n:r xmlns:n='u'><n:val>2</n:val></n:r>", root).unwrap();
    assert_eq!(alone, json!({ "val": "2" }));
}

#[test]
fn an_attribute_may_come_as_an_element_and_the_other_way_round() {
    let attribute = holding!(Member::optional(
        "kind",
        Node::new(Kind::Attribute, "kind", Shape::Text)
    ));
    let element = holding!(Member::optional("kind", Node::element("kind", Shape::Text)));
    for root in [attribute, element] {
        for text in ["<r><kind>a</kind></r>", "<r kind='a'/>"] {
            assert_eq!(read::read(text, root).unwrap(), json!({ "kind": "a" }), "{text}");
        }
    }
}

#[test]
fn what_is_more_than_an_attribute_is_kept() {
    let root = holding!(Member::optional(
        "kind",
        Node::new(Kind::Attribute, "kind", Shape::Text)
    ));
    for (text, kept) in [
        ("<r><kind>a</kind><kind>b</kind></r>", json!({ "$kind": ["a", "b"] })),
        ("<r><kind><a>1</a></kind></r>", json!({ "$kind": { "a": "1" } })),
    ] {
        assert_eq!(read::read(text, root).unwrap(), kept, "{text}");
    }
}

#[test]
fn a_prefix_that_stands_for_nothing_is_not_written() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text).prefixed("p")));
    let value = read::read(
        "<r xmlns:n='u' n:k='1' xml:lang='de'><a>1</a><n:b>2</n:b><n:a>3</n:a></r>",
        root,
    )
    .unwrap();
    assert_eq!(
        value,
        json!({ "a": "1", "@n:k": "1", "@xml:lang": "de", "b": "2", "$a": "3" })
    );
    let text = write::write(&value, root, "utf-8").unwrap();
    // What is not in the table is in the order of its map: by name, or as it came.
    let head = "<root k=\"1\" xml:lang=\"de\"><a>1</a>";
    let ends = ["<a>3</a><b>2</b></root>", "<b>2</b><a>3</a></root>"].map(|rest| format!("{head}{rest}"));
    assert!(ends.iter().any(|end| text.ends_with(end)), "{text}");
}

#[test]
fn a_text_says_in_which_character_set_it_is_sent() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text)));
    let body = |media_type: &str| {
        Body::xml(media_type, &json!({ "a": "é€" }), root)
            .unwrap()
            .bytes()
            .unwrap()
            .clone()
    };
    let expected = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><root><a>\xE9&#8364;</a></root>";
    assert_eq!(body("application/xml; charset=ISO-8859-1"), expected.as_slice());
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><a>é€</a></root>";
    assert_eq!(body("application/xml"), expected.as_bytes());
    assert!(body("application/xml; charset=utf-16").starts_with(b"\xFE\xFF\0<\0?"));
}

#[test]
fn a_page_is_no_answer_in_xml() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text)));
    let page = "<!DOCTYPE html><html><body>Please log in</body></html>";
    let error = decode::xml::<Value>(response("text/html", page), root).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body cannot be decoded: it is `text/html`, where XML is expected"
    );
}

#[test]
fn what_comes_twice_is_a_list() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Text)));
    let read = read::read("<r><a>1</a><a>2</a></r>", root).unwrap();
    assert_eq!(read, json!({ "a": ["1", "2"] }));
}

#[test]
fn what_may_be_several_things_is_read_as_what_came() {
    static EITHER: Object = Object {
        members: &[Member::optional("a", Node::element("a", Shape::Text))],
        rest: Shape::Any,
        text: Shape::Number,
    };
    let root = holding!(Member::optional("it", Node::element("it", Shape::Object(&EITHER))));
    check(root, &json!({ "it": 5 }), "<it>5</it>");
    check(root, &json!({ "it": { "a": "5" } }), "<it><a>5</a></it>");
    let list = holding!(Member::optional("it", texts!(Kind::Element, "it", "a")));
    check(list, &json!({ "it": "text" }), "<it>text</it>");
    let word = holding!(Member::required("it", Node::element("it", Shape::Word)));
    assert_eq!(read::read("<r><it/></r>", word).unwrap(), json!({ "it": "" }));
}
