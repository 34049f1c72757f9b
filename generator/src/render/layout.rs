//! Items in, text out: what the formatter leaves open, namely blank lines and the tables of the runtime's macros.

use proc_macro2::{Delimiter, Spacing, TokenTree};
use syn::{Attribute, File, Item, ItemConst, ItemMacro, parse_quote};

/// Formats a file.
pub(super) fn format(mut file: File) -> String {
    let items = std::mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    let mut previous = None;
    for item in items {
        let kind = Kind::of(&item);
        if !text.is_empty() && (kind == Kind::Other || previous != Some(kind)) {
            text.push('\n');
        }
        match table(&item) {
            Some(table) => text.push_str(&table),
            None => text.push_str(&space_members(&prettyplease::unparse(&File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![item],
            }))),
        }
        previous = Some(kind);
    }
    text
}

/// What stands together without blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Module,
    Constant,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Use,
            Item::Mod(item) if item.attrs.is_empty() => Self::Module,
            Item::Const(item) if item.attrs.is_empty() => Self::Constant,
            _ => Self::Other,
        }
    }
}

/// A macro of the form `name! { head { row, row } }`, a row a line. The formatter would fill lines with it.
fn table(item: &Item) -> Option<String> {
    let Item::Macro(ItemMacro { mac, attrs, .. }) = item else {
        return None;
    };
    let name = mac.path.get_ident()?;
    let mut head: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
    let TokenTree::Group(rows) = head.pop()? else {
        return None;
    };
    if rows.delimiter() != Delimiter::Brace {
        return None;
    }
    let mut text = format!("{}{name}! {{\n    {} {{\n", attributes(attrs), line(head));
    let mut row = Vec::new();
    let mut generics = 0_usize;
    for token in rows.stream() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => generics += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => generics = generics.saturating_sub(1),
            _ => {}
        }
        if generics == 0 && matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            text.push_str("        ");
            text.push_str(&line(std::mem::take(&mut row)));
            text.push_str(",\n");
        } else {
            row.push(token);
        }
    }
    text.push_str("    }\n}\n");
    Some(text)
}

/// Attributes as they stand before an item, each on lines of its own.
fn attributes(attributes: &[Attribute]) -> String {
    if attributes.is_empty() {
        return String::new();
    }
    let (attrs, bearer) = (
        attributes.to_vec(),
        parse_quote!(
            const _: () = ();
        ),
    );
    let item = Item::Const(ItemConst { attrs, ..bearer });
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    text.strip_suffix("const _: () = ();\n").unwrap_or_default().to_owned()
}

/// Tokens on one line, spaced as a person would.
fn line(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    let mut binds = true;
    let mut in_path = false;
    for token in tokens {
        let (token, binds_left, binds_right) = match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                (format!("[{}]", line(group.stream())), true, false)
            }
            TokenTree::Punct(punct) => {
                let begins_path = punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
                let binds_right = "-<&".contains(punct.as_char()) || begins_path || in_path;
                in_path = begins_path;
                (punct.to_string(), ",:<>".contains(punct.as_char()), binds_right)
            }
            other => (other.to_string(), false, false),
        };
        if !binds && !binds_left {
            text.push(' ');
        }
        text.push_str(&token);
        binds = binds_right;
    }
    text
}

/// Sets the functions of an `impl` apart.
fn space_members(code: &str) -> String {
    let mut spaced = String::with_capacity(code.len() + code.len() / 16);
    let mut after_function = false;
    for line in code.lines() {
        if after_function && line != "}" && !line.is_empty() {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        after_function = line == "    }";
    }
    spaced
}
