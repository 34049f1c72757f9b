//! Values as XML, and back.

use serde_json::json;

use crate::runtime::prelude::*;
use crate::runtime::received::decode;
use crate::runtime::sent::body::Body;
use crate::runtime::unit::decode::response;
use crate::runtime::xml::node::{Kind, List, Member, Node, Object, Shape};
use crate::runtime::xml::{read, write};

/// A root with one member.
#[allow(unused_macros, reason = "only tests use it")]
macro_rules! holding {
    ($member:expr) => {{
        static OBJECT: Object = Object {
            members: &[$member],
            rest: Shape::Any,
            text: Shape::Text,
        };
        static ROOT: Node = Node::element("root", Shape::Object(&OBJECT));
        &ROOT
    }};
}

/// A list of texts whose items have a name.
#[allow(unused_macros, reason = "only tests use it")]
macro_rules! texts {
    ($kind:expr, $name:literal, $item:literal) => {
        Node::new(
            $kind,
            $name,
            Shape::List(&List {
                positions: &[],
                rest: Node::element($item, Shape::Text),
            }),
        )
    };
}

/// Checks both ways.
pub(super) fn check(root: &Node, value: &Value, inside: &str) {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><root>{inside}</root>");
    assert_eq!(write::write(value, root, "utf-8").unwrap(), text);
    assert_eq!(read::read(&text, root).unwrap(), *value, "{inside}");
}

#[test]
fn members_are_written_as_the_specification_shows() {
    let animals = json!({ "animals": "..." });
    check(
        holding!(Member::optional("animals", Node::element("animals", Shape::Text))),
        &animals,
        "<animals>...</animals>",
    );
    check(
        holding!(Member::optional("animals", Node::element("animal", Shape::Text))),
        &animals,
        "<animal>...</animal>",
    );
}

#[test]
fn attributes_and_namespaces_are_written_as_the_specification_shows() {
    static PERSON: Object = Object {
        members: &[
            Member::optional("id", Node::new(Kind::Attribute, "id", Shape::Number)),
            Member::optional(
                "name",
                Node::element("name", Shape::Text)
                    .within("https://example.com/schema/sample")
                    .prefixed("sample"),
            ),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static ROOT: Node = Node::element("Person", Shape::Object(&PERSON));
    let value = json!({ "id": 123, "name": "example" });
    let text = write::write(&value, &ROOT, "utf-8").unwrap();
    assert!(
        text.ends_with(
            "<Person xmlns:sample=\"https://example.com/schema/sample\" id=\"123\"><sample:name>example</sample:name></Person>"
        ),
        "{text}"
    );
    assert_eq!(read::read(&text, &ROOT).unwrap(), value);
    let elsewhere = r#"<Person id="123"><s:name xmlns:s="https://example.com/schema/sample">example</s:name></Person>"#;
    assert_eq!(read::read(elsewhere, &ROOT).unwrap(), value);
}

#[test]
fn lists_are_written_as_the_specification_shows() {
    const WRAPPED: Kind = Kind::Element;
    let two = json!({ "animals": ["a", "b"] });
    for (root, inside) in [
        (
            holding!(Member::optional("animals", texts!(Kind::None, "animals", "animals"))),
            "<animals>a</animals><animals>b</animals>",
        ),
        (
            holding!(Member::optional("animals", texts!(Kind::None, "aliens", "animal"))),
            "<animal>a</animal><animal>b</animal>",
        ),
        (
            holding!(Member::optional("animals", texts!(WRAPPED, "animals", "animals"))),
            "<animals><animals>a</animals><animals>b</animals></animals>",
        ),
        (
            holding!(Member::optional("animals", texts!(WRAPPED, "animals", "animal"))),
            "<animals><animal>a</animal><animal>b</animal></animals>",
        ),
        (
            holding!(Member::optional("animals", texts!(WRAPPED, "aliens", "animal"))),
            "<aliens><animal>a</animal><animal>b</animal></aliens>",
        ),
        (
            holding!(Member::optional("animals", texts!(WRAPPED, "aliens", "aliens"))),
            "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
        ),
    ] {
        check(root, &two, inside);
    }
}

#[test]
fn text_stands_beside_attributes() {
    static NOTE: Object = Object {
        members: &[
            Member::required("language", Node::new(Kind::Attribute, "language", Shape::Text)),
            Member::required("content", Node::new(Kind::CData, "content", Shape::Text)),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static ROOT: Node = Node::element("note", Shape::Object(&NOTE));
    let value = json!({ "language": "de", "content": "a < b ]]> c" });
    let text = write::write(&value, &ROOT, "utf-8").unwrap();
    assert!(
        text.ends_with("<note language=\"de\"><![CDATA[a < b ]]]]><![CDATA[> c]]></note>"),
        "{text}"
    );
    assert_eq!(read::read(&text, &ROOT).unwrap(), value);
}

#[test]
fn items_are_told_by_their_position() {
    let root = holding!(Member::required(
        "pair",
        Node::element(
            "pair",
            Shape::List(&List {
                positions: &[Node::element("one", Shape::Number), Node::element("two", Shape::Text)],
                rest: Node::element("more", Shape::Boolean),
            }),
        )
    ));
    check(
        root,
        &json!({ "pair": [1, "b", true] }),
        "<pair><one>1</one><two>b</two><more>true</more></pair>",
    );
}

#[test]
fn scalars_are_read_as_xml_schema_writes_them() {
    let number = holding!(Member::optional("a", Node::element("a", Shape::Number)));
    for (text, value) in [
        ("1", json!(1)),
        (" -0.5\n", json!(-0.5)),
        ("+7", json!(7)),
        ("007", json!(7)),
        ("-00.50", json!(-0.5)),
        (".5", json!(0.5)),
        ("3.", json!(3)),
        ("18446744073709551615", json!(u64::MAX)),
        ("INF", json!("INF")),
        ("x", json!("x")),
    ] {
        let read = read::read(&format!("<r><a>{text}</a></r>"), number).unwrap();
        assert_eq!(read, json!({ "a": value }), "{text}");
    }
    assert_eq!(read::read("<r><a> </a></r>", number).unwrap(), json!({}));
    let truth = holding!(Member::optional("a", Node::element("a", Shape::Boolean)));
    for (text, value) in [("true", json!(true)), (" 0 ", json!(false)), ("yes", json!("yes"))] {
        let read = read::read(&format!("<r><a>{text}</a></r>"), truth).unwrap();
        assert_eq!(read, json!({ "a": value }), "{text}");
    }
    let guess = holding!(Member::optional("a", Node::element("a", Shape::Guess)));
    for (text, value) in [("1", json!(1)), ("true", json!(true)), ("007", json!("007"))] {
        let read = read::read(&format!("<r><a>{text}</a></r>"), guess).unwrap();
        assert_eq!(read, json!({ "a": value }), "{text}");
    }
}

#[test]
fn null_is_an_element_that_says_so() {
    let root = holding!(Member::optional("a", Node::element("a", Shape::Number)));
    let text = write::write(&json!({ "a": null }), root, "utf-8").unwrap();
    assert!(
        text.ends_with("<root xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><a xsi:nil=\"true\"/></root>"),
        "{text}"
    );
    assert_eq!(read::read(&text, root).unwrap(), json!({ "a": null }));
}

#[test]
fn text_is_escaped() {
    static A: Object = Object {
        members: &[
            Member::optional("a", Node::new(Kind::Attribute, "a", Shape::Text)),
            Member::optional("b", Node::element("b", Shape::Text)),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static ROOT: Node = Node::element("r", Shape::Object(&A));
    for text in ["a<b>&\"'", "line\nline\r\n\ttab", " space ", "grün 🦀", "]]>", ""] {
        let value = json!({ "a": text, "b": text });
        let written = write::write(&value, &ROOT, "utf-8").unwrap();
        assert_eq!(read::read(&written, &ROOT).unwrap(), value, "{written}");
    }
    let error = write::write(&json!({ "b": "\u{1}" }), &ROOT, "utf-8").unwrap_err();
    assert_eq!(error.to_string(), "the character U+0001 cannot stand in XML");
    let error = write::write(&json!({ "no name": 1 }), &ROOT, "utf-8").unwrap_err();
    assert_eq!(error.to_string(), "`no name` is no name in XML");
}

#[test]
fn every_namespace_has_a_prefix_of_its_own() {
    static BOTH: Object = Object {
        members: &[
            Member::optional("a", Node::new(Kind::Attribute, "x", Shape::Text).within("urn:a")),
            Member::optional("b", Node::new(Kind::Attribute, "x", Shape::Text).within("urn:b")),
            Member::optional(
                "c",
                Node::new(Kind::Attribute, "y", Shape::Text)
                    .within("urn:c")
                    .prefixed("p"),
            ),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static ROOT: Node = Node::element("r", Shape::Object(&BOTH)).within("urn:r").prefixed("p");
    let value = json!({ "a": "1", "b": "2", "c": "3" });
    let text = write::write(&value, &ROOT, "utf-8").unwrap();
    assert!(
        text.ends_with(
            "<p:r xmlns:p=\"urn:r\" xmlns:ns=\"urn:a\" xmlns:ns2=\"urn:b\" xmlns:p2=\"urn:c\" ns:x=\"1\" ns2:x=\"2\" p2:y=\"3\"/>"
        ),
        "{text}"
    );
    assert_eq!(read::read(&text, &ROOT).unwrap(), value);
}

#[test]
fn what_has_no_writing_is_not_sent() {
    static R: Object = Object {
        members: &[
            Member::optional("id", Node::new(Kind::Attribute, "id", Shape::Text)),
            Member::optional("words", Node::new(Kind::Attribute, "words", WORDS.shape)),
        ],
        rest: Shape::Any,
        text: Shape::Text,
    };
    static WORDS: Node = texts!(Kind::Attribute, "words", "words");
    static ROOT: Node = Node::element("r", Shape::Object(&R));
    for (value, said) in [
        (json!({ "id": "a", "@id": "b" }), "there are two attributes `id`"),
        (
            json!({ "words": ["a b"] }),
            "`words` is a list of words, and one of them is empty or has a space",
        ),
        (
            json!({ "x": [[1]] }),
            "`x` has a list in a list, of which nobody said how it is written",
        ),
        (json!({ "id": {} }), "`id` is an object, which is no text of XML"),
        (json!({ "a\u{b2}": 1 }), "`a\u{b2}` is no name in XML"),
    ] {
        assert_eq!(write::write(&value, &ROOT, "utf-8").unwrap_err().to_string(), said);
    }
    let value = json!({ "words": ["a", "b"] });
    let text = write::write(&value, &ROOT, "utf-8").unwrap();
    assert!(text.ends_with("<r words=\"a b\"/>"), "{text}");
    assert_eq!(read::read(&text, &ROOT).unwrap(), value);
}

#[derive(Debug, Clone, PartialEq)]
struct Tick {
    n: u8,
}
model! { Tick { required n = "n", } }

static TICK: Object = Object {
    members: &[Member::required("n", Node::element("n", Shape::Number))],
    rest: Shape::Any,
    text: Shape::Text,
};
static ROOT: Node = Node::element("tick", Shape::Object(&TICK));

#[test]
fn a_body_is_written_and_an_answer_read() {
    let body = Body::xml("application/xml", &Tick { n: 1 }, &ROOT).unwrap();
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><tick><n>1</n></tick>";
    assert_eq!(body.bytes().unwrap(), text.as_bytes());
    for (content_type, text) in [
        ("application/xml", text),
        ("text/xml", "\u{FEFF}<tick><n>1</n></tick>"),
        ("application/json", r#"{"n":1}"#),
        (
            "text/plain",
            "<!DOCTYPE tick><!-- so --><tick><?php?><n>&#49;</n></tick>\n",
        ),
    ] {
        assert_eq!(
            decode::xml::<Tick>(response(content_type, text), &ROOT).unwrap(),
            Tick { n: 1 }
        );
    }
    let latin = response(
        "application/xml; charset=iso-8859-1",
        &b"<?xml version='1.0' encoding='iso-8859-1'?><t><n>1</n><m>\xFC</m></t>"[..],
    );
    assert_eq!(decode::xml::<Tick>(latin, &ROOT).unwrap(), Tick { n: 1 });
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let entities = "<!DOCTYPE t [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<tick><n>&b;</n></tick>";
    let outside = "<!DOCTYPE t [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><tick><n>&a;</n></tick>";
    let deep = "<a>".repeat(200);
    for (content_type, body, said) in [
        (
            "text/xml",
            "<tick><n>300</n></tick>",
            "at `n`: invalid value: integer `300`, expected u8",
        ),
        (
            "text/xml",
            "<tick><n><m/></n></tick>",
            "at `n`: invalid type: map, expected u8",
        ),
        (
            "text/xml",
            "<tick>\n  <n>1</m></tick>",
            ": ill-formed document: expected `</n>`, but `</m>` was found at line 2 column 7",
        ),
        (
            "text/xml",
            "<tick><n>1</n>",
            ": it ends within `tick` at line 1 column 15",
        ),
        ("text/xml", "", ": it is empty"),
        (
            "text/xml",
            "{}",
            ": there is text outside of the element at line 1 column 1",
        ),
        (
            "text/xml",
            "<a/><b/>",
            ": there is more than one element at line 1 column 5",
        ),
        (
            "text/html",
            "<p>Sorry<br></p>",
            ": it is `text/html`, where XML is expected",
        ),
        (
            "text/xml",
            entities,
            ": the entity `&b;` is not one of XML's own at line 2 column 10",
        ),
        (
            "text/xml",
            outside,
            ": the entity `&a;` is not one of XML's own at line 1 column 64",
        ),
        (
            "text/xml",
            &deep,
            ": elements are nested more than 128 deep at line 1 column 385",
        ),
        (
            "text/xml",
            "<?xml version='1.0' encoding='windows-1252'?><tick/>",
            ": its encoding is `windows-1252`, and only UTF-8 is read",
        ),
        ("text/xml", "<tick a='1' a='2'/>", "at line 1 column 1"),
    ] {
        let error = decode::xml::<Tick>(response(content_type, body.to_owned()), &ROOT).unwrap_err();
        let error = error.to_string();
        assert!(error.ends_with(said), "{body}: {error}");
    }
    let error = decode::xml::<Tick>(response("text/xml", &b"\xFF\xFE<\0a\0"[..]), &ROOT).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with(": its encoding is `UTF-16`, and only UTF-8 is read"),
        "{error}"
    );
    let error = decode::xml::<Tick>(response("text/xml", &b"<tick>\n<n>\xFF"[..]), &ROOT).unwrap_err();
    assert!(
        error.to_string().ends_with(": it is not UTF-8 at line 2 column 4"),
        "{error}"
    );
}
