//! A stranger's Markdown in, the lines of a doc comment out: all that it says, in a form that rustdoc takes without a
//! warning and clippy without a word.
//!
//! Nothing in it can become code: fences are marked as text, links to anything but the web lose their target, and every
//! character that could mean something is escaped. Lines are filled anew and lists indented as they should be.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::{
    html, markup,
    words::{self, Words},
};

/// The deepest nesting of lists and quotations that is still shown as such.
const DEEPEST: usize = 6;

/// Writes `text` anew.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = html::to_markdown(&markup::to_markdown(text));
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(&text, Options::ENABLE_TABLES)) {
        writer.event(event);
    }
    writer.end_paragraph();
    writer.lines
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    words: Words,
    /// What stands at the start of each line.
    margins: Vec<Margin>,
    /// The next number of each list that is open; none for a list without numbers.
    lists: Vec<Option<u64>>,
    code: Option<String>,
    /// Where the links that are open lead, if anywhere.
    links: Vec<Option<String>>,
    row: Vec<String>,
    /// Whether a block needs an empty line before it.
    is_apart: bool,
    is_heading: bool,
}

/// What a list item or a quotation puts before its lines.
struct Margin {
    first: Option<String>,
    rest: String,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self.words.piece(&words::code(&code)),
            Event::SoftBreak => self.words.space(),
            Event::HardBreak => self.words.line_break(),
            // None of these is switched on, and a rule says nothing.
            Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::Table(_) => self.end_paragraph(),
            Tag::Heading { .. } => {
                self.end_paragraph();
                self.is_heading = true;
                self.words.piece("**");
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.set_apart();
                self.indent("> ".to_owned(), "> ".to_owned());
            }
            Tag::List(number) => {
                self.end_paragraph();
                if self.lists.is_empty() {
                    self.set_apart();
                }
                // A list inside an item goes on where the item's text ends.
                self.is_apart = false;
                self.lists.push(number);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    Some(None) | None => "* ".to_owned(),
                };
                let rest = " ".repeat(marker.len());
                self.indent(marker, rest);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.end_paragraph();
                self.code = Some(String::new());
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::Emphasis if !self.is_heading => self.words.piece("*"),
            Tag::Strong if !self.is_heading => self.words.piece("**"),
            Tag::Link { dest_url, .. } => {
                let target = words::is_link(&dest_url).then(|| dest_url.into_string());
                if target.is_some() {
                    self.words.piece("[");
                }
                self.links.push(target);
            }
            // What is not switched on, or has no place in a comment.
            Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::Heading(_) => {
                self.words.piece("**");
                self.is_heading = false;
                self.end_paragraph();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.margins.pop();
                self.is_apart = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_apart = true;
            }
            TagEnd::Item => {
                self.end_paragraph();
                self.margins.pop();
                self.is_apart = false;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.words).into_line();
                self.row.push(cell.replace('|', "\\|"));
            }
            TagEnd::TableHead => {
                self.end_row();
                let rule = vec!["---"; self.row.len()].join(" | ");
                self.line(&format!("| {rule} |"));
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.is_apart = true,
            TagEnd::Emphasis if !self.is_heading => self.words.piece("*"),
            TagEnd::Strong if !self.is_heading => self.words.piece("**"),
            TagEnd::Link => {
                if let Some(Some(target)) = self.links.pop() {
                    self.words.piece(&format!("]({target})"));
                }
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None if self.links.iter().any(Option::is_some) => self.words.label(text),
            None => self.words.text(text),
        }
    }

    fn indent(&mut self, first: String, rest: String) {
        let margin = if self.margins.len() < DEEPEST {
            Margin {
                first: Some(first),
                rest,
            }
        } else {
            Margin {
                first: None,
                rest: String::new(),
            }
        };
        self.margins.push(margin);
    }

    fn end_paragraph(&mut self) {
        if self.words.is_empty() {
            return;
        }
        self.set_apart();
        for line in std::mem::take(&mut self.words).into_lines() {
            self.line(&line);
        }
        self.is_apart = true;
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let longest_run = code.split(|char| char != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest_run.max(2) + 1);
        self.set_apart();
        self.line(&format!("{fence}text"));
        for line in code.lines() {
            self.line(words::visible(&line.replace('\t', "    ")).trim_end());
        }
        self.line(&fence);
        self.is_apart = true;
    }

    fn end_row(&mut self) {
        let row = self.row.join(" | ");
        self.set_apart();
        self.line(&format!("| {row} |"));
        self.is_apart = false;
    }

    /// Leaves an empty line before a block, except before the first of an item.
    fn set_apart(&mut self) {
        let begins_item = self.margins.last().is_some_and(|margin| margin.first.is_some());
        if std::mem::take(&mut self.is_apart) && !begins_item {
            self.line("");
        }
    }

    fn line(&mut self, text: &str) {
        let mut line = String::new();
        for margin in &mut self.margins {
            line.push_str(&margin.first.take().unwrap_or_else(|| margin.rest.clone()));
        }
        line.push_str(text);
        self.lines.push(line.trim_end().to_owned());
    }
}
