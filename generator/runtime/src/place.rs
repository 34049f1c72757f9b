//! Where in a JSON text something went wrong: what was read of it in, a path like `results[3].createdAt` out.
//!
//! Decoders do not keep track of where they are, which costs time on every answer. The text is gone through once more
//! when one of them has failed.

use std::fmt::Write as _;

/// Longer paths lose their beginning.
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

/// The path to the value in which the last byte of `read` lies.
#[must_use]
pub fn path(read: &[u8]) -> String {
    let mut walk = Walk {
        json: read,
        at: 0,
        levels: Vec::new(),
    };
    walk.run();
    walk.path()
}

/// An array or object that is not closed yet.
enum Level {
    Array(usize),
    /// The name of the member that comes next or is being read.
    Object(Option<String>),
}

struct Walk<'a> {
    json: &'a [u8],
    at: usize,
    levels: Vec<Level>,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.json.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.levels.push(Level::Object(None)),
                b'[' => self.levels.push(Level::Array(0)),
                b'}' | b']' => drop(self.levels.pop()),
                b',' => match self.levels.last_mut() {
                    Some(Level::Array(index)) => *index += 1,
                    Some(Level::Object(name)) => *name = None,
                    None => {}
                },
                b'"' => self.string(),
                _ => {}
            }
        }
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
        if let Some(Level::Object(name @ None)) = self.levels.last_mut() {
            let text = self.json.get(start..self.at.saturating_sub(1)).unwrap_or_default();
            *name = Some(String::from_utf8_lossy(text).into_owned());
        }
    }

    fn path(self) -> String {
        let mut path = String::new();
        for level in self.levels {
            match level {
                Level::Array(index) => {
                    let _ = write!(path, "[{index}]");
                }
                Level::Object(None) => {}
                Level::Object(Some(name)) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    let _ = write!(path, "{}", name.escape_debug());
                }
            }
        }
        match path.char_indices().nth_back(LONGEST) {
            Some((start, _)) => format!("…{}", &path[start..]),
            None => path,
        }
    }
}
