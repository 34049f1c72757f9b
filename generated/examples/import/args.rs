//! The command line in, settings out.

use std::path::PathBuf;

use clap::Parser;

/// Imports tickets from a CSV file into HubSpot.
///
/// The first line of the file names the properties; every row below becomes a ticket. A column `@contact`, `@company`,
/// `@primary-company`, `@deal` or `@ticket` holds ids of records to associate, separated by `;`. A column whose name
/// begins with `#` is left out. The token is read from `HUBSPOT_TOKEN`; with `--emulator` nothing leaves this machine.
///
/// Before the first row is sent, the names of the properties are compared with those that the account has (`GET
/// /crm/v3/properties/tickets`; where the token may not read them, that is said, and the rows are sent unchecked), and
/// the look-up property is tried.
///
/// What became of every row is written to the outcome file: `created`, `failed` (HubSpot or this program has refused
/// it), `unknown` (HubSpot may have created it) or `not sent`. A row with another number of fields than the first line
/// has, or with a quote that is never closed, fails alone. Failed rows are also written to a file of their own, with the
/// reason, and so are unknown ones. Empty lines are no rows.
///
/// Run the same command again after an interruption, whatever it was: what has been sent is in a journal and is never
/// sent again without a look. Rows that were on their way are unknown. With `--look-up` they are looked up, and sent
/// again if they do not exist; should the first request arrive late, HubSpot refuses the second ticket with the same
/// value. Without `--look-up` they stay unknown, for a person to look up. Once a row has been sent, a run with
/// another file, or with other settings that decide what is sent, is refused.
///
/// Ctrl-C sends nothing more and finishes what is on its way; a second one ends at once.
///
/// Exit status: 0 when every row has been created, 1 when some row failed, is unknown or was not sent, 2 when the import
/// could not be run, 130 after a second Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "import")]
#[expect(clippy::struct_excessive_bools, reason = "a flag is a bool")]
pub(crate) struct Args {
    /// The file to import, in UTF-8; without one, a small sample.
    pub(crate) csv: Option<PathBuf>,

    /// Imports into an emulator inside this process instead of an account, to try things out. It knows HubSpot's usual
    /// properties, the columns of the file, and the pipeline and stage that are given here. Neither the token nor the URL
    /// is used.
    #[arg(long)]
    pub(crate) emulator: bool,

    /// Where to write what became of every row [default: the CSV file's name with `.outcomes.csv` or, for the emulator,
    /// `.emulator.outcomes.csv`]. The journal is beside it, with `.journal`: another FILE begins another import.
    #[arg(long, value_name = "FILE")]
    pub(crate) outcomes: Option<PathBuf>,

    /// Reads the file and says what would be sent. Nothing is sent, nothing is asked.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Sends failed rows once more, with the text that they have in the file of failed rows: mend them there. Rows that
    /// are not in it any more stay failed, and so do rows that could not be read and have not been changed there.
    #[arg(long)]
    pub(crate) retry_failed: bool,

    /// The file of failed rows [default: the one that the last run wrote].
    #[arg(long, value_name = "FILE", requires = "retry_failed")]
    pub(crate) mended: Option<PathBuf>,

    /// Sends rows again whose outcome is unknown. Those that HubSpot has created are then there TWICE.
    #[arg(long, conflicts_with = "look_up")]
    pub(crate) resend_unknown: bool,

    /// A property with unique values, by which rows whose outcome is unknown are looked up. Rows that have no value of it
    /// get one made of the file and the row. A ticket with such a value that is older than the import is not the row's.
    /// Give it from the first run on: it cannot be added later.
    #[arg(long, value_name = "PROPERTY", visible_alias = "idempotency")]
    pub(crate) look_up: Option<String>,

    /// Fills a property, or an association such as `@contact`, from a column of another name; `COLUMN=` leaves the column
    /// out. Can be given several times.
    #[arg(long = "map", value_name = "COLUMN=PROPERTY", value_parser = mapping)]
    pub(crate) maps: Vec<(String, String)>,

    /// What separates the fields of a row: one ASCII character, or `tab`.
    #[arg(long, value_name = "CHARACTER", default_value = ",", value_parser = separator)]
    pub(crate) separator: char,

    /// The pipeline of rows that have no `hs_pipeline`.
    #[arg(long, value_name = "ID", default_value = "0")]
    pub(crate) pipeline: String,

    /// The stage of rows that have no `hs_pipeline_stage`.
    #[arg(long, value_name = "ID", default_value = "1")]
    pub(crate) stage: String,

    /// The most requests in ten seconds.
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: u32,

    /// The most requests at the same time.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: u16,

    /// The base URL of the API.
    #[arg(long, value_name = "URL", env = "HUBSPOT_URL")]
    pub(crate) url: Option<String>,
}

fn mapping(text: &str) -> Result<(String, String), String> {
    // A property has no `=` in its name; a column may.
    let (column, property) = text.rsplit_once('=').ok_or("there is no `=` in it")?;
    Ok((column.trim().to_owned(), property.trim().to_owned()))
}

fn separator(text: &str) -> Result<char, String> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        _ if text == "tab" || text == "\\t" => Ok('\t'),
        (Some('"' | '\r' | '\n'), None) => Err("that cannot separate fields".to_owned()),
        (Some(character), None) if character.is_ascii() => Ok(character),
        _ => Err("it must be one ASCII character, or `tab`".to_owned()),
    }
}
