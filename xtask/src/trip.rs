//! Instances and the types that they are of in, how they come back out: a program that decodes and encodes.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Lines, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread::{self, JoinHandle},
};

use serde_json::Value;

use crate::{
    exit::{Exit, Failure},
    program::Program,
};

const MAIN: &str = "\
//! A line in is a key, a tab and JSON; a line out is `ok` or `no`, a tab and JSON or a message.

#![allow(deprecated)]

use std::io::{BufRead, Write};

/// As a client reads answers and writes bodies.
fn trip<T, E: std::fmt::Display>(
    text: &str,
    read: impl Fn(&str) -> Result<T, E>,
    write: impl Fn(&T) -> Result<Vec<u8>, E>,
) -> Result<String, String> {
    let value = read(text).map_err(|error| error.to_string())?;
    let text = write(&value).map_err(|error| format!(\"not encoded: {error}\"))?;
    String::from_utf8(text).map_err(|error| error.to_string())
}

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect(\"text\");
        let (key, text) = line.split_once('\\t').expect(\"a tab\");
        let said = match run(key, text) {
            Ok(text) => format!(\"ok\\t{text}\\n\"),
            Err(message) => format!(\"no\\t{}\\n\", message.replace('\\n', \" \")),
        };
        out.write_all(said.as_bytes()).expect(\"a reader\");
    }
}
";

/// A type, and the key of its instances.
#[derive(Debug)]
pub(crate) struct Type {
    pub(crate) key: String,
    /// The crate that has it, as the manifest of the program and its code call it.
    pub(crate) of: String,
    /// As code outside of the crate writes it.
    pub(crate) name: String,
}

/// Compiles the program for the types of `crates`, a name and a folder each, in the folder `work`; where it is.
pub(crate) fn build(types: &[Type], crates: &[(String, PathBuf)], work: &Path) -> Result<PathBuf, Failure> {
    let mut main = MAIN.to_owned();
    main.push_str("\nfn run(key: &str, text: &str) -> Result<String, String> {\n    match key {\n");
    for Type { key, of, name } in types {
        let json = format!("{of}::runtime::json");
        let _ = writeln!(
            main,
            "        {key:?} => trip(text, {json}::from_str::<{name}>, {json}::to_vec),"
        );
    }
    main.push_str("        _ => Err(\"has no type\".to_owned()),\n    }\n}\n");
    let mut dependencies = String::new();
    for (name, folder) in crates {
        let folder = folder.display().to_string();
        let _ = writeln!(
            dependencies,
            "{name} = {{ path = {folder:?}, default-features = false }}"
        );
    }
    let program = Program {
        name: "driver",
        dependencies: &dependencies,
        main: &main,
    };
    program.build(work)
}

/// The program at work: it answers while it is asked.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    asking: JoinHandle<()>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Driver {
    /// Asks it all that `questions` has.
    pub(crate) fn start(program: &Path, mut questions: impl Read + Send + 'static) -> Result<Self, Failure> {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::at("run", program, &error))?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            unreachable!("both are piped");
        };
        let asking = thread::spawn(move || {
            // A program that ended says so by its status.
            let _ = std::io::copy(&mut questions, &mut stdin).and_then(|_| stdin.flush());
        });
        Ok(Self {
            child,
            asking,
            answers: BufReader::new(stdout).lines(),
        })
    }

    /// How the next instance comes back, or why it does not.
    pub(crate) fn answer(&mut self) -> Result<Result<Value, String>, Failure> {
        let Some(Ok(line)) = self.answers.next() else {
            let status = self.child.wait();
            let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
            return Err(Failure {
                exit: Exit::Refused,
                message: format!("the driver did not come to its end: {status}"),
            });
        };
        Ok(match line.split_once('\t') {
            Some(("ok", text)) => serde_json::from_str(text).map_err(|error| error.to_string()),
            Some((_, message)) => Err(message.to_owned()),
            None => Err(line),
        })
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Result<(), Failure> {
        let _ = self.asking.join();
        self.child.wait().map_err(|error| Failure::refused(&error))?;
        Ok(())
    }
}

/// Where the value that came back is not equal to the `sent` one as JSON, as a JSON pointer with both; how a number is spelled
/// is not part of it.
pub(crate) fn difference(sent: &Value, back: &Value) -> Option<String> {
    let below = |token: &str, found: String| format!("/{token}{found}");
    match (sent, back) {
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => None,
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| Some(below(&index.to_string(), difference(one, other)?)))
        }
        (Value::Object(one), Value::Object(other)) => {
            let absent = |name: &str| below(name, " is not there".to_owned());
            let lost = one.iter().find_map(|(name, one)| match other.get(name) {
                Some(other) => Some(below(name, difference(one, other)?)),
                None => Some(absent(name)),
            });
            let mut names = other.keys();
            lost.or_else(|| {
                names
                    .find(|name| !one.contains_key(*name))
                    .map(|name| below(name, " is new".to_owned()))
            })
        }
        (one, other) if one == other => None,
        (one, other) => Some(format!(": `{one}` comes back as `{other}`")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn numbers_are_equal_however_they_are_spelled() {
        assert_eq!(difference(&json!({ "a": [1, 2.5] }), &json!({ "a": [1.0, 2.5] })), None);
        let differ = [
            (json!([1]), json!([1, null]), ": `[1]` comes back as `[1,null]`"),
            (json!({ "a": null }), json!({}), "/a is not there"),
            (json!({}), json!({ "a": null }), "/a is new"),
            (
                json!([{ "a": 1 }]),
                json!([{ "a": "1" }]),
                "/0/a: `1` comes back as `\"1\"`",
            ),
        ];
        for (sent, back, expected) in differ {
            assert_eq!(difference(&sent, &back).as_deref(), Some(expected));
        }
    }
}
