//! Where a parameter's value ends up, and where it can never end up.

use proptest::prelude::*;
use reqwest::Url;
use serde_json::value::RawValue;

use crate::runtime::sent::arguments::Arguments;
use crate::runtime::sent::parameter::Parameter;
use crate::runtime::sent::styles::style::{Delimiter, Style};

/// What the table says about one cell.
#[derive(Debug, PartialEq)]
enum Wire {
    Text(String),
    Nothing,
    Refused,
}

fn parameter(location: &str, style: &str, explode: &str) -> Parameter {
    let parameter = match location {
        "path" => Parameter::path("color"),
        "query" => Parameter::query("color"),
        "whole" => Parameter::query_string("color"),
        "header" => Parameter::header("color"),
        "cookie" => Parameter::cookie("color"),
        other => panic!("no such location: {other}"),
    };
    let (style, is_reserved) = style
        .strip_suffix("+reserved")
        .map_or((style, false), |style| (style, true));
    let parameter = match (location, is_reserved) {
        // As documents have it.
        ("path", true) => parameter.allow_reserved().segments("**"),
        (_, true) => parameter.allow_reserved(),
        (_, false) => parameter,
    };
    let parameter = match style {
        "simple" => parameter.style(Style::Simple),
        "label" => parameter.style(Style::Label),
        "matrix" => parameter.style(Style::Matrix),
        "form" if location == "whole" => parameter.form(const { &[Parameter::query("joined").explode(false)] }),
        "form" => parameter.style(Style::Form),
        "form+empty" => parameter.style(Style::Form).may_be_empty(),
        "cookie" => parameter.style(Style::Cookie),
        "text" => parameter,
        "spaceDelimited" => parameter.style(Style::SpaceDelimited),
        "pipeDelimited" => parameter.style(Style::PipeDelimited),
        "deepObject" => parameter.style(Style::DeepObject),
        "json" => parameter.json(),
        other => panic!("no such style: {other}"),
    };
    match explode {
        "true" => parameter.explode(true),
        "false" => parameter.explode(false),
        "-" => parameter,
        other => panic!("neither exploded nor not: {other}"),
    }
}

fn wire(location: &str, parameter: &Parameter, value: &RawValue) -> Wire {
    let mut arguments = Arguments::default();
    if arguments.set(parameter, value).is_err() {
        return Wire::Refused;
    }
    let text = match location {
        "path" => match arguments.path("/{color}") {
            Ok(path) => path.strip_prefix('/').map(str::to_owned),
            Err(_) => return Wire::Refused,
        },
        "query" | "whole" => arguments.query(),
        "cookie" => arguments.cookies(),
        _ => arguments
            .headers()
            .next()
            .map(|(_, value)| value.to_str().unwrap().to_owned()),
    };
    text.map_or(Wire::Nothing, Wire::Text)
}

#[test]
fn every_cell_of_the_table() {
    let mut cells = 0;
    for line in include_str!("styles.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (location, rest) = line.split_once(' ').unwrap();
        let (style, rest) = rest.trim_start().split_once(' ').unwrap();
        let (explode, rest) = rest.trim_start().split_once(' ').unwrap();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Box<RawValue>>();
        let value = values.next().unwrap().unwrap();
        let expected = match rest[values.byte_offset()..].trim_start() {
            "-" => Wire::Nothing,
            "!" => Wire::Refused,
            "''" => Wire::Text(String::new()),
            text => Wire::Text(text.to_owned()),
        };
        assert_eq!(
            wire(location, &parameter(location, style, explode), &value),
            expected,
            "{line}"
        );
        cells += 1;
    }
    assert!(cells > 80, "the table has lost its cells: {cells}");
}

#[test]
fn the_last_value_of_a_parameter_counts() {
    let archived = Parameter::query("archived");
    let mut arguments = Arguments::default();
    arguments.set(&archived, &true).unwrap();
    arguments.set(&Parameter::query("limit"), &3).unwrap();
    arguments.set(&archived, &false).unwrap();
    assert_eq!(arguments.query().unwrap(), "limit=3&archived=false");
    arguments.set(&archived, &None::<bool>).unwrap();
    assert_eq!(arguments.query().unwrap(), "limit=3");
}

#[test]
fn a_value_may_be_several_segments() {
    const ANY: Parameter = Parameter::path("x").segments("**");
    const FORM: Parameter = Parameter::path("x").segments("a/*/b/**");
    let built = |parameter: Parameter, template, value| {
        let mut arguments = Arguments::default();
        arguments.set(&parameter, value).and_then(|()| arguments.path(template))
    };
    assert_eq!(built(ANY, "/{x}", "a/b?%2F").unwrap(), "/a/b%3F%252F");
    assert_eq!(built(ANY.allow_reserved(), "/{x}", "a/b?%2F").unwrap(), "/a/b%3F%2F");
    assert_eq!(built(FORM, "/{x}:go", "a/1/b/2/3").unwrap(), "/a/1/b/2/3:go");
    assert_eq!(built(FORM, "/{x}", "a/1/b").unwrap(), "/a/1/b");
    let error = built(FORM, "/{x}", "a/1/c/2").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the path parameter `x` is not of the form `a/*/b/**`"
    );
    for value in ["", "/", "/a", "a//b", "a/..", "a/./b", "a\\..\\b", "//"] {
        assert!(built(ANY, "/{x}", value).is_err(), "{value}");
        assert!(built(ANY.allow_reserved(), "/{x}", value).is_err(), "{value}");
    }
    for value in ["%2e%2E", "a%2F..", "%2f", "a/%2E%2e/b", "a%5C..%5Cb"] {
        assert!(built(ANY.allow_reserved(), "/{x}", value).is_err(), "{value}");
    }
    assert!(built(ANY, "/{x}/c", "a/").is_err(), "an empty segment in the middle");
    assert_eq!(built(ANY, "/{x}", "a/").unwrap(), "/a/");
    let slashed = Parameter::path("x/y");
    assert_eq!(built(slashed, "/a/{x/y}/b", "c").unwrap(), "/a/c/b");
}

#[test]
fn a_path_needs_every_value() {
    let error = Arguments::default().path("/a/{id}").unwrap_err();
    assert_eq!(error.to_string(), "the path parameter `id` has no value");
    assert_eq!(Arguments::default().path("/a/b").unwrap(), "/a/b");
}

#[test]
fn literals_and_values_together_cannot_be_a_dot_segment() {
    let mut arguments = Arguments::default();
    arguments.set(&Parameter::path("a"), ".").unwrap();
    for template in ["/x/{a}", "/x/{a}.", "/x/.{a}", "/x/%2e{a}", "/x/{a}/y", "/x/{a}%2E/y"] {
        assert!(arguments.path(template).is_err(), "{template}");
    }
    assert_eq!(arguments.path("/x/{a}json").unwrap(), "/x/.json");
}

#[test]
fn an_empty_label_needs_company() {
    let mut arguments = Arguments::default();
    arguments.set(&Parameter::path("a").style(Style::Label), "").unwrap();
    assert!(arguments.path("/x/{a}").is_err());
    assert_eq!(arguments.path("/x/v{a}").unwrap(), "/x/v.");
}

#[test]
fn values_are_not_shown() {
    let mut arguments = Arguments::default();
    arguments.set(&Parameter::query("key"), "hunter2").unwrap();
    assert_eq!(format!("{arguments:?}"), r#"["key"]"#);
    let error = arguments.set(&Parameter::header("X-Key"), "hunter2\r\n").unwrap_err();
    assert!(!format!("{error:?} {error}").contains("hunter2"));
}

/// Texts that are made of what URLs and header fields are taken apart by.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof!["[./%2eE?#&=+;,:@ \\\\\r\n\ta-cé\u{2028}\u{0}]{0,8}", any::<String>()]
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("https://host/?{query}")).unwrap();
    assert_eq!(url.fragment(), None);
    url.query_pairs().into_owned().collect()
}

fn decode(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment)
        .decode_utf8_lossy()
        .into_owned()
}

proptest! {
    #[test]
    fn a_path_goes_where_its_template_says(first in hostile(), second in hostile(), third in hostile()) {
        let mut arguments = Arguments::default();
        let values = [("first", &first), ("second", &second), ("third", &third)];
        if values.iter().all(|(name, value)| arguments.set(&Parameter::path(name), value).is_ok())
            && let Ok(path) = arguments.path("/base/{first}/{second}-{third}/end")
        {
            let url = Url::parse(&format!("https://host{path}")).unwrap();
            prop_assert_eq!(url.path(), &path);
            prop_assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("host"), None, None));
            let segments: Vec<String> = url.path().split('/').map(decode).collect();
            prop_assert_eq!(segments, ["", "base", &first, &format!("{second}-{third}"), "end"]);
            let mut reserved = Arguments::default();
            reserved.set(&Parameter::path("value").allow_reserved(), &first).unwrap();
            if let Ok(path) = reserved.path("/base/{value}/end") {
                let url = Url::parse(&format!("https://host{path}")).unwrap();
                prop_assert_eq!(url.path(), &path);
                let segments: Vec<String> = url.path().split('/').map(decode).collect();
                prop_assert_eq!(segments, ["", "base", &decode(&first), "end"]);
            }
        } else {
            prop_assert!(values.iter().any(|(_, value)| value.is_empty()) || first == "." || first == "..");
        }
    }

    #[test]
    fn a_query_holds_what_was_put_in(values in prop::collection::vec(hostile(), 1..4), name in hostile()) {
        let members = serde_json::Value::Object([(name.clone(), values[0].clone().into())].into_iter().collect());
        let mut arguments = Arguments::default();
        arguments.set(&Parameter::query("list"), &values).unwrap();
        arguments.set(&Parameter::query("one").allow_reserved(), &values[0]).unwrap();
        arguments.set(&Parameter::query("object").allow_reserved(), &members).unwrap();
        let deep = arguments.set(&Parameter::query("deep").style(Style::DeepObject), &members);
        prop_assert_eq!(deep.is_err(), name.contains(['[', ']']));
        let mut expected: Vec<_> = values.iter().map(|value| ("list".to_owned(), value.clone())).collect();
        // What is an escape already is one of the caller's.
        expected.push(("one".to_owned(), decode(&values[0])));
        expected.push((name.clone(), decode(&values[0])));
        expected.extend(deep.map(|()| (format!("deep[{name}]"), values[0].clone())));
        prop_assert_eq!(pairs(&arguments.query().unwrap()), expected);
    }

    #[test]
    fn a_list_in_one_piece_keeps_its_items(values in prop::collection::vec(hostile(), 1..4)) {
        let joined = Parameter::query("list").explode(false);
        for (parameter, delimiter, means) in [
            (joined, ",", ","),
            (joined.allow_reserved(), ",", ","),
            (joined.style(Style::SpaceDelimited), "%20", " "),
            (joined.style(Style::PipeDelimited), "%7C", "|"),
            (joined.delimited(&[Delimiter::Comma]), ",", ","),
            (joined.delimited(&[Delimiter::Comma]).allow_reserved(), ",", ","),
            (joined.delimited(&[Delimiter::Tab]), "%09", "\t"),
            (joined.delimited(&[Delimiter::Pipe]), "%7C", "|"),
        ] {
            let mut arguments = Arguments::default();
            // What means the delimiter once it is read is refused, unless it is told apart.
            let is_refused = delimiter != "," && values.iter().any(|value| value.contains(means));
            prop_assert_eq!(arguments.set(&parameter, &values).is_err(), is_refused);
            let Some(query) = arguments.query() else { continue };
            let text = query.strip_prefix("list=").unwrap();
            let read = text.split(delimiter).map(decode).collect::<Vec<_>>();
            let escapes = [joined.allow_reserved(), joined.delimited(&[Delimiter::Comma]).allow_reserved()];
            let escapes = escapes.contains(&parameter);
            let kept = values.iter().map(|value| if escapes { decode(value) } else { value.clone() });
            prop_assert_eq!(read, kept.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_header_or_cookie_stays_one(value in hostile()) {
        let mut arguments = Arguments::default();
        if arguments.set(&Parameter::header("X-Text"), &value).is_ok() {
            let (_, text) = arguments.headers().next().unwrap();
            prop_assert!(!text.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
        }
        arguments.set(&Parameter::cookie("a"), &value).unwrap();
        arguments.set(&Parameter::cookie("b"), &value).unwrap();
        let cookies = arguments.cookies().unwrap();
        let values: Vec<_> = cookies.split("; ").map(|cookie| decode(cookie.split_once('=').unwrap().1)).collect();
        prop_assert_eq!(values, [value.clone(), value.clone()]);
        let mut arguments = Arguments::default();
        arguments.set(&Parameter::cookie("a").allow_reserved(), &value).unwrap();
        if arguments.set(&Parameter::cookie("b").style(Style::Cookie), &value).is_ok() {
            let cookies = arguments.cookies().unwrap();
            let values: Vec<_> = cookies.split("; ").map(|cookie| cookie.split_once('=').unwrap().1).collect();
            prop_assert_eq!((decode(values[0]), values[1]), (decode(&value), value.as_str()));
        }
    }
}
