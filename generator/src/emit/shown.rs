//! Code that a reader sees in, lines of a bearable length out.

/// How long a line of an example gets.
const WIDTH: usize = 96;

/// How deep what stands in something else is indented.
const INDENT: usize = 4;

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Shown {
    /// Something that is not taken apart.
    Word(String),
    /// What stands between two marks, with commas between.
    Enclosed(String, Vec<Shown>, &'static str),
    /// What stands behind a sign.
    Signed(&'static str, Box<Shown>),
    /// Calls of methods, one after the other.
    Chain(Box<Shown>, Vec<Shown>),
}

impl Shown {
    /// Something that is not taken apart.
    pub(super) fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into())
    }

    /// A call.
    pub(super) fn call(function: impl Into<String>, arguments: Vec<Self>) -> Self {
        Self::Enclosed(function.into() + "(", arguments, ")")
    }

    /// It, lent.
    pub(super) fn lent(self) -> Self {
        Self::Signed("&", Box::new(self))
    }

    /// It, and calls of its methods.
    pub(super) fn then(self, calls: Vec<Self>) -> Self {
        match self {
            plain if calls.is_empty() => plain,
            Self::Chain(first, before) => Self::Chain(first, [before, calls].concat()),
            plain => Self::Chain(Box::new(plain), calls),
        }
    }

    /// Whether it has something between two marks.
    fn is_enclosed(&self) -> bool {
        match self {
            Self::Enclosed(_, parts, _) => !parts.is_empty(),
            Self::Signed(_, inner) => inner.is_enclosed(),
            Self::Word(_) | Self::Chain(..) => false,
        }
    }

    /// Whether it has anything in it that says more than what it is a value of.
    pub(super) fn says_something(&self) -> bool {
        match self {
            Self::Word(_) | Self::Chain(..) => true,
            Self::Enclosed(_, parts, _) => parts.iter().any(Self::says_something),
            Self::Signed(_, inner) => inner.says_something(),
        }
    }

    /// On one line.
    pub(super) fn flat(&self) -> String {
        match self {
            Self::Word(text) => text.clone(),
            Self::Enclosed(start, parts, end) => {
                let parts: Vec<String> = parts.iter().map(Self::flat).collect();
                format!("{start}{}{end}", parts.join(", "))
            }
            Self::Signed(sign, inner) => format!("{sign}{}", inner.flat()),
            Self::Chain(first, calls) => {
                let calls = calls.iter().map(|call| format!(".{}", call.flat()));
                first.flat() + &calls.collect::<String>()
            }
        }
    }

    /// On as many lines as it needs where `used` columns of the first are taken, and the others are indented by `indent`.
    pub(super) fn pretty(&self, used: usize, indent: usize) -> String {
        let flat = self.flat();
        if used + flat.chars().count() <= WIDTH {
            return flat;
        }
        let inner = indent + INDENT;
        let margin = " ".repeat(inner);
        match self {
            Self::Word(_) => flat,
            Self::Enclosed(_, parts, _) if parts.is_empty() => flat,
            Self::Enclosed(start, parts, end) => {
                let apart = parts
                    .iter()
                    .map(|part| format!("{margin}{},\n", part.pretty(inner + 1, inner)));
                let apart = format!("{start}\n{}{}{end}", apart.collect::<String>(), " ".repeat(indent));
                let [part] = parts.as_slice() else { return apart };
                // What is alone may open and close together with what it is in.
                let together = format!("{start}{}{end}", part.pretty(used + start.len(), indent));
                if part.is_enclosed() && size(&together, used) < size(&apart, used) {
                    together
                } else {
                    apart
                }
            }
            Self::Signed(sign, part) => format!("{sign}{}", part.pretty(used + sign.len(), indent)),
            Self::Chain(first, calls) => {
                let calls = calls
                    .iter()
                    .map(|call| format!("\n{margin}.{}", call.pretty(inner + 1, inner)));
                first.pretty(used, indent) + &calls.collect::<String>()
            }
        }
    }
}

/// How many lines are too long, and how many there are, where `used` columns of the first are taken.
fn size(text: &str, used: usize) -> (usize, usize) {
    let lines = text.lines().enumerate();
    let too_long = lines.filter(|(index, line)| line.chars().count() + if *index == 0 { used } else { 0 } > WIDTH);
    (too_long.count(), text.lines().count())
}
