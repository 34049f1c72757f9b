//! What is known of one row: a line of the journal, and of the outcome file.

/// A number of things: `1 row`, `2 rows`.
pub(crate) fn number(count: usize, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

/// What is known of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It may be on its way.
    Sending,
    /// The server has created it.
    Created,
    /// The server has refused it.
    Failed,
    /// The server may have created it.
    Unknown,
    /// The server has not created it.
    NotSent,
    /// It had failed, has been given another text, and is to be sent.
    Mended,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Sending,
        Self::Created,
        Self::Failed,
        Self::Unknown,
        Self::NotSent,
        Self::Mended,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Created => "created",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotSent => "not sent",
            Self::Mended => "mended",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A line about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The row, counted from 1.
    pub(crate) row: u32,
    /// What is known of it.
    pub(crate) state: State,
    /// The id of the ticket that was created; of a mended row, its text.
    pub(crate) ticket: String,
    /// Why the row failed, is unknown or was not sent.
    pub(crate) reason: String,
    /// The id that the row was sent with, for the vendor's support.
    pub(crate) trace: String,
}

impl Line {
    /// A line with nothing but a state.
    pub(crate) fn new(row: u32, state: State) -> Self {
        Self {
            row,
            state,
            ticket: String::new(),
            reason: String::new(),
            trace: String::new(),
        }
    }

    /// A line with a state and its reason.
    pub(crate) fn because(row: u32, state: State, reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ..Self::new(row, state)
        }
    }

    /// The line as fields, for a row of this number.
    pub(crate) fn fields<'a>(&'a self, row: &'a str) -> [&'a str; 5] {
        [row, self.state.as_str(), &self.ticket, &self.reason, &self.trace]
    }
}
