//! Class 6: what YAML permits, and what a file may be instead of a text.

use super::{Case, bytes, fixture};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

pub(super) fn cases() -> Vec<Case> {
    let utf16: Vec<u8> = format!("\u{feff}{HEAD}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    vec![
        fixture("an alias bomb", "refusals/limit_alias_bomb.yaml"),
        bytes(
            "a list of 3,000 aliased 3,000 times",
            format!(
                "{HEAD}x-a: &a [{}]\nx-b: [{}]\n",
                "1,".repeat(3_000),
                "*a,".repeat(3_000)
            ),
        ),
        fixture("an alias in its own anchor", "refusals/syntax_yaml_self_alias.yaml"),
        fixture("an alias of nothing", "refusals/syntax_yaml_unknown_alias.yaml"),
        fixture("merge keys", "refusals/yaml_merge_keys.yaml"),
        fixture("tags", "refusals/yaml_tags.yaml"),
        fixture("duplicate keys", "refusals/yaml_duplicate_key.yaml"),
        fixture("several documents", "refusals/syntax_yaml_two_documents.yaml"),
        fixture("tabs", "refusals/syntax_yaml_tab.yaml"),
        fixture(
            "`on`, `yes`, `no`, `200:`, `null:`, dates",
            "refusals/yaml_keys_are_text.yaml",
        ),
        fixture("numbers where text belongs", "refusals/yaml_numbers_as_text.yaml"),
        fixture("a list as a key", "refusals/syntax_yaml_list_as_key.yaml"),
        fixture("a bracket that nobody closes", "refusals/syntax_yaml_unclosed.yaml"),
        bytes(
            "a byte order mark and CRLF",
            format!("\u{feff}{}", HEAD.replace('\n', "\r\n")),
        ),
        bytes("CR alone", HEAD.replace('\n', "\r")),
        bytes("UTF-16", utf16),
        bytes(
            "invalid UTF-8",
            b"openapi: 3.0.3\ninfo: {title: \"\xc3\x28\"}\n".to_vec(),
        ),
        bytes("no byte", Vec::new()),
        bytes("nothing but space", " \n\t\n"),
        bytes("zeros", vec![0; 1_000]),
        bytes(
            "a line of 100 MB",
            format!("{HEAD}x-a: \"{}\"\n", "a".repeat(100_000_000)),
        ),
        bytes(
            "100,000 anchors",
            format!(
                "{HEAD}x-a:\n{}",
                (0..100_000).fold(String::new(), |text, at| text + &format!("- &a{at} x\n"))
            ),
        ),
    ]
}
