//! An entry of `[package]` in, what crates.io wants of it out, where that is something else.

/// How many keywords and how many categories a crate may have.
pub(super) const MOST: usize = 5;

/// The longest keyword.
const LONGEST_KEYWORD: usize = 20;

/// The longest description.
const LONGEST_DESCRIPTION: usize = 1000;

/// The slugs of all categories.
#[rustfmt::skip]
pub(super) const CATEGORIES: [&str; 96] = [
    "accessibility", "aerospace", "aerospace::drones", "aerospace::protocols", "aerospace::simulation",
    "aerospace::space-protocols", "aerospace::unmanned-aerial-vehicles", "algorithms", "api-bindings",
    "asynchronous", "authentication", "automotive", "caching", "command-line-interface", "command-line-utilities",
    "compilers", "compression", "computer-vision", "concurrency", "config", "cryptography",
    "cryptography::cryptocurrencies", "data-structures", "database", "database-implementations", "date-and-time",
    "development-tools", "development-tools::build-utils", "development-tools::cargo-plugins",
    "development-tools::debugging", "development-tools::ffi", "development-tools::procedural-macro-helpers",
    "development-tools::profiling", "development-tools::testing", "email", "embedded", "emulators", "encoding",
    "external-ffi-bindings", "filesystem", "finance", "game-development", "game-engines", "games", "graphics",
    "gui", "hardware-support", "internationalization", "localization", "mathematics", "memory-management",
    "multimedia", "multimedia::audio", "multimedia::encoding", "multimedia::images", "multimedia::video",
    "network-programming", "no-std", "no-std::no-alloc", "os", "os::android-apis", "os::freebsd-apis",
    "os::linux-apis", "os::macos-apis", "os::unix-apis", "os::windows-apis", "parser-implementations", "parsing",
    "rendering", "rendering::data-formats", "rendering::engine", "rendering::graphics-api", "rust-patterns",
    "science", "science::bioinformatics", "science::bioinformatics::genomics",
    "science::bioinformatics::proteomics", "science::bioinformatics::sequence-analysis",
    "science::computational-chemistry", "science::geo", "science::neuroscience", "science::quantum-computing",
    "science::robotics", "security", "simulation", "template-engine", "text-editors", "text-processing",
    "value-formatting", "virtualization", "visualization", "wasm", "web-programming",
    "web-programming::http-client", "web-programming::http-server", "web-programming::websocket",
];

/// Three numbers, and what may follow them (`SemVer` 2.0).
pub(super) fn version(text: &str) -> Result<(), &'static str> {
    let (text, build) = text.split_once('+').unwrap_or((text, "0"));
    let (numbers, pre) = text.split_once('-').unwrap_or((text, "0"));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|char| char.is_ascii_alphanumeric() || char == '-');
    let is_digits = |word: &str| word.chars().all(|char| char.is_ascii_digit());
    let is_number = |word: &str| {
        !word.is_empty() && is_digits(word) && (word == "0" || !word.starts_with('0')) && word.parse::<u64>().is_ok()
    };
    let is_version = numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && pre
            .split('.')
            .all(|word| is_word(word) && (!is_digits(word) || is_number(word)))
        && build.split('.').all(is_word);
    is_version
        .then_some(())
        .ok_or("no version: expected one of three numbers, such as `0.1.0`")
}

pub(super) fn description(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() || text.contains(char::is_control) {
        return Err("no description: expected one line");
    }
    if text.chars().count() > LONGEST_DESCRIPTION {
        return Err("too long: crates.io takes 1,000 characters of a description");
    }
    Ok(())
}

pub(super) fn author(text: &str) -> Result<(), &'static str> {
    (!text.trim().is_empty() && !text.contains(char::is_control))
        .then_some(())
        .ok_or("no author: expected `Name` or `Name <address>`")
}

pub(super) fn url(text: &str) -> Result<(), &'static str> {
    is_url(text)
        .then_some(())
        .ok_or("no URL that crates.io takes: expected `https://…` or `http://…`")
}

/// Whether crates.io leads to a URL.
pub(crate) fn is_url(text: &str) -> bool {
    let place = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = |char: char| !char.is_control() && !char.is_whitespace() && !"<>\"`{}|\\^".contains(char);
    place.is_some_and(|place| !place.is_empty() && !place.starts_with('/') && place.chars().all(is_plain))
}

pub(super) fn keyword(text: &str) -> Result<(), &'static str> {
    if text.chars().count() > LONGEST_KEYWORD {
        return Err("too long: crates.io takes keywords of 20 characters at most");
    }
    let is_part = |char: char| char.is_ascii_alphanumeric() || "_-+".contains(char);
    let is_first = text.starts_with(|char: char| char.is_ascii_alphanumeric());
    (is_first && text.chars().all(is_part))
        .then_some(())
        .ok_or("no keyword: expected ASCII letters, digits, `_`, `-` and `+`, with a letter or digit first")
}
