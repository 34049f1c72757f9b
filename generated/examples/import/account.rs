//! The account: the command line and the environment go in; a client, and what the account says of the columns, come
//! out.

use std::env::VarError;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::api::batch::{ReadAll, ReadResponse};
use hubspot_tickets_batch::bulk::BatchOperation;
use hubspot_tickets_batch::emulator::{Emulator, Limits};
use hubspot_tickets_batch::models::{ReadTicketsRequest, RecordId, Ticket};
use hubspot_tickets_batch::prelude::{Call, StatusCode, Timestamp, Value};
use hubspot_tickets_batch::runtime::{Core, Method, Operation, decode};

use crate::args::Args;
use crate::bar::Traffic;
use crate::journal::Journal;
use crate::line::number;
use crate::table::Table;

/// The note in the journal of the server's time before the first row was sent.
pub(crate) const BEGAN: &str = "began";

/// So many of the tickets of earlier runs are looked at.
const SAMPLE: usize = 100;

// Not one of the described operations: it is read as any JSON.
static PROPERTIES: Operation = Operation {
    id: "properties of tickets",
    method: Method::GET,
    path: "/crm/v3/properties/tickets",
    ..*ReadAll::OPERATION
};

/// Where rows go.
#[derive(Debug)]
pub(crate) enum Target {
    Emulator,
    /// With this token.
    Account(String),
}

impl Target {
    /// What the command line and the environment ask for. Nothing stands in for a token.
    pub(crate) fn new(args: &Args) -> anyhow::Result<Self> {
        if args.emulator {
            return Ok(Self::Emulator);
        }
        match std::env::var("HUBSPOT_TOKEN") {
            Ok(token) if !token.trim().is_empty() => Ok(Self::Account(token.trim().to_owned())),
            Ok(_) => {
                bail!("HUBSPOT_TOKEN is empty; set it to an access token, or say --emulator to try without an account")
            }
            Err(VarError::NotPresent) => {
                bail!(
                    "HUBSPOT_TOKEN is not set; set it to an access token, or say --emulator to try without an account"
                )
            }
            Err(VarError::NotUnicode(_)) => bail!("HUBSPOT_TOKEN is not a text"),
        }
    }
}

/// The account as the journal has it.
pub(crate) fn describe(args: &Args) -> String {
    match &args.url {
        _ if args.emulator => "an emulator".to_owned(),
        None => "https://api.hubapi.com".to_owned(),
        Some(url) => url.trim_end_matches('/').to_owned(),
    }
}

/// A connection to the account or the emulator.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) client: Client,
    /// For what the client has no method for.
    core: Core,
    /// It ends when this is dropped.
    _emulator: Option<Emulator>,
}

impl Account {
    pub(crate) async fn connect(
        args: &Args,
        target: &Target,
        table: &Table,
        traffic: &Arc<Traffic>,
    ) -> anyhow::Result<Self> {
        let (url, token, emulator) = match target {
            Target::Account(token) => (args.url.clone(), token.clone(), None),
            Target::Emulator => {
                let emulator = emulator(args, table).await.context("cannot start the emulator")?;
                eprintln!(
                    "importing into an emulator at {}: nothing reaches an account",
                    emulator.url()
                );
                (Some(emulator.url()), emulator.token().to_owned(), Some(emulator))
            }
        };
        let builder = || {
            let builder = Client::builder().access_token(token.clone());
            match &url {
                Some(url) => builder.base_url(url),
                None => builder,
            }
        };
        let (before, after) = (Arc::clone(traffic), Arc::clone(traffic));
        let client = builder()
            .max_requests(args.rate, Duration::from_secs(10))
            .before_attempt(move |_| before.begin())
            .after_attempt(move |_, _| after.end());
        Ok(Self {
            client: client.build()?,
            core: builder().build_core()?,
            _emulator: emulator,
        })
    }

    /// Finds out, before the first row is sent, whether the account is the one and has what the rows need.
    pub(crate) async fn check(&self, args: &Args, table: &Table, journal: &mut Journal) -> anyhow::Result<()> {
        self.check_properties(args, table).await?;
        if let Some(property) = &args.look_up
            && journal.note(BEGAN).is_none()
        {
            let began = self.try_look_up(property, table.key(0)).await?;
            journal.add_note(BEGAN, began.to_string())?;
        }
        let tickets: Vec<_> = journal.tickets().into_iter().take(SAMPLE).collect();
        let count = tickets.len();
        // An emulator ends with the run that started it.
        if !args.emulator && count > 0 && self.read(tickets, None).await?.0.is_empty() {
            bail!(
                "of {} that {} says to have been created, none exists: is the token that of another account?",
                number(count, "ticket"),
                journal.path.display()
            );
        }
        Ok(())
    }

    /// Compares the names of the properties with those of the account.
    async fn check_properties(&self, args: &Args, table: &Table) -> anyhow::Result<()> {
        let call: Call<'_, Value> = Call::new(&self.core, &PROPERTIES, decode::json, decode::json);
        let answer = match call.await {
            Ok(answer) => answer,
            Err(error) => {
                let unchecked = [
                    StatusCode::FORBIDDEN,
                    StatusCode::NOT_FOUND,
                    StatusCode::METHOD_NOT_ALLOWED,
                ];
                if error.status().is_some_and(|status| unchecked.contains(&status)) {
                    eprintln!("the names of the properties could not be checked, so the rows tell: {error}");
                    return Ok(());
                }
                return Err(error).context("cannot read which properties the account has; nothing has been sent");
            }
        };
        let listed = answer.get("results").and_then(Value::as_array);
        let listed = listed.context("the account does not say which properties it has; nothing has been sent")?;
        let find = |name: &str| {
            let named = |property: &&Value| property.get("name").and_then(Value::as_str) == Some(name);
            listed.iter().find(named)
        };
        let is = |property: &Value, pointer: &str| property.pointer(pointer).and_then(Value::as_bool) == Some(true);
        for name in table.columns.properties().chain(args.look_up.as_deref()) {
            match find(name) {
                None => bail!(
                    "the account has no property `{name}` of tickets; create it, or see --map; nothing has been sent"
                ),
                Some(property) if is(property, "/modificationMetadata/readOnlyValue") => {
                    bail!("the property `{name}` is set by HubSpot alone; see --map; nothing has been sent")
                }
                Some(_) => {}
            }
        }
        if let Some(name) = &args.look_up
            && !find(name).is_some_and(|property| is(property, "/hasUniqueValue"))
        {
            bail!("the values of the property `{name}` need not be unique; nothing has been sent");
        }
        Ok(())
    }

    /// Looks up a value that no ticket has, which succeeds only where tickets can be looked up by the property; gives the
    /// server's time.
    async fn try_look_up(&self, property: &str, value: String) -> anyhow::Result<Timestamp> {
        let tried = self.read(vec![value], Some(property)).await;
        let (_, began) =
            tried.with_context(|| format!("cannot look up tickets by `{property}`; nothing has been sent"))?;
        Ok(began)
    }

    async fn read(&self, ids: Vec<String>, property: Option<&str>) -> anyhow::Result<(Vec<Ticket>, Timestamp)> {
        let mut request = ReadTicketsRequest::new(ids.into_iter().map(RecordId::new));
        if let Some(property) = property {
            request = request.id_property(property);
        }
        Ok(match self.client.batch().read(&request).await? {
            ReadResponse::Ok(batch) => (batch.results, batch.started_at),
            ReadResponse::MultiStatus(batch) | ReadResponse::Undeclared(_, batch) => (batch.results, batch.started_at),
            _ => bail!("the answer is of a kind that this program does not know"),
        })
    }
}

/// An emulator of an account that has what the file names.
async fn emulator(args: &Args, table: &Table) -> std::io::Result<Emulator> {
    let mut emulator = Emulator::builder().limits(Limits::STARTER);
    for property in table.columns.properties() {
        emulator = emulator.property(property);
    }
    if let Some(property) = &args.look_up {
        emulator = emulator.unique_property(property);
    }
    emulator.stage(&args.pipeline, &args.stage).start().await
}
