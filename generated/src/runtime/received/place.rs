// @generated from an OpenAPI description: the runtime, the same for every API.

//! Where in a JSON text something went wrong: what was read of it in, a path like `results[3].createdAt` out.
//!
//! Decoders do not keep track of where they are, which costs time on every answer. The text is gone through twice more
//! when one of them has failed: once to see how deep it ends, and once to note the levels that are shown. So a text of
//! nothing but brackets costs no memory.

use std::ops::Range;

/// Makes at most so many characters of a name fit to be shown.
pub type Show<'s> = &'s dyn Fn(&[u8], usize) -> String;

/// The most levels that a path shows, and the most characters of it. What is beyond them at its beginning is left out.
const DEEPEST: usize = 64;
const LONGEST: usize = 200;

/// What a decoder had read of `json` at `line` and `column`, both counted from one as `serde_json` does.
#[must_use]
pub fn before(json: &[u8], line: usize, column: usize) -> &[u8] {
    let Some(before) = line.checked_sub(1) else {
        return &[];
    };
    let lines = json.split_inclusive(|&byte| byte == b'\n').take(before);
    let offset = lines.map(<[u8]>::len).sum::<usize>() + column;
    json.get(..offset).unwrap_or(json)
}

/// The path to the value in which the last byte of `read` lies, with its names as they are to be shown.
pub(crate) fn path(read: &[u8], show: Show<'_>) -> String {
    let depth = Walk::over(read, usize::MAX).depth;
    let levels = Walk::over(read, depth.saturating_sub(DEEPEST)).levels;
    let mut segments = Vec::with_capacity(levels.len());
    let mut room = LONGEST;
    let mut is_cut = depth > levels.len();
    for level in levels.into_iter().rev() {
        let segment = level.segment(read, show);
        let Some(left) = room.checked_sub(segment.chars().count()) else {
            is_cut = true;
            break;
        };
        room = left;
        segments.push(segment);
    }
    let path = segments.into_iter().rev().collect::<String>();
    match path.strip_prefix('.').unwrap_or(&path) {
        path if is_cut => format!("…{path}"),
        path => path.to_owned(),
    }
}

/// What `error` says, which the parser met behind `read`; its place in the text stays in it.
pub(crate) fn said(error: &serde_json::Error, read: &[u8]) -> String {
    let text = error.to_string();
    // What the parser says where a list goes on and its reader does not.
    let place = text.strip_prefix("trailing characters");
    match place.and_then(|place| Some((place, items_before(read)?))) {
        Some((place, 1)) => format!("the list is too long, expected 1 item{place}"),
        Some((place, items)) => format!("the list is too long, expected {items} items{place}"),
        None => text,
    }
}

/// How many items come before the value that begins with the last byte of `read`, if that is in an array.
fn items_before(read: &[u8]) -> Option<usize> {
    let (_, read) = read.split_last()?;
    let depth = Walk::over(read, usize::MAX).depth;
    match Walk::over(read, depth.checked_sub(1)?).levels.as_slice() {
        [Level::Array(index)] => Some(*index),
        _ => None,
    }
}

/// An array or object that is not closed yet.
enum Level {
    Array(usize),
    /// Where the name stands of the member that comes next or is being read.
    Object(Option<Range<usize>>),
}

impl Level {
    fn segment(self, json: &[u8], show: Show<'_>) -> String {
        match self {
            Self::Array(index) => format!("[{index}]"),
            Self::Object(None) => String::new(),
            Self::Object(Some(name)) => {
                let name = json.get(name).unwrap_or_default();
                format!(".{}", show(name, LONGEST / 2))
            }
        }
    }
}

struct Walk<'a> {
    json: &'a [u8],
    at: usize,
    depth: usize,
    /// How many of the outermost levels are only counted.
    skipped: usize,
    /// The levels below those.
    levels: Vec<Level>,
}

impl<'a> Walk<'a> {
    fn over(json: &'a [u8], skipped: usize) -> Self {
        let mut walk = Self {
            json,
            at: 0,
            depth: 0,
            skipped,
            levels: Vec::new(),
        };
        walk.run();
        walk
    }

    fn run(&mut self) {
        while let Some(&byte) = self.json.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.open(Level::Object(None)),
                b'[' => self.open(Level::Array(0)),
                b'}' | b']' => self.close(),
                b',' => match self.innermost() {
                    Some(Level::Array(index)) => *index += 1,
                    Some(Level::Object(name)) => *name = None,
                    None => {}
                },
                b'"' => self.string(),
                _ => {}
            }
        }
    }

    fn open(&mut self, level: Level) {
        // Of what lies deeper than the text ends, nothing is shown, and the level above it stays as it was.
        if (self.skipped..self.skipped.saturating_add(DEEPEST)).contains(&self.depth) {
            self.levels.push(level);
        }
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.levels.truncate(self.depth.saturating_sub(self.skipped));
    }

    /// The innermost level, where it is one that is noted.
    fn innermost(&mut self) -> Option<&mut Level> {
        let is_noted = self.depth.checked_sub(self.skipped) == Some(self.levels.len());
        self.levels.last_mut().filter(|_| is_noted)
    }

    fn string(&mut self) {
        let start = self.at;
        while let Some(&byte) = self.json.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' => break,
                _ => {}
            }
        }
        let end = self.at.saturating_sub(1).max(start);
        if let Some(Level::Object(name @ None)) = self.innermost() {
            *name = Some(start..end);
        }
    }
}
