//! TypeSpec's suite in, which of its scenarios the generated clients pass out: `cargo xtask conformance`.
//!
//! ```text
//! target/conformance/packages    the suite, as npm installed it
//! target/conformance/documents   OpenAPI 3.1, and 3.2 for streams, as the suite's own compiler emits it
//! target/conformance/clients     a crate for each document that the driver calls
//! target/conformance/driver      the manifest of the driver, and the list of its files
//! target/conformance/server.log  what the mock server says, the requests that it refused among it
//! ```

mod client;
mod driver;
mod family;
mod server;

use std::fs;

use indexmap::IndexMap;

use crate::{
    cli::Conformance,
    documents::typespec::Suite,
    exit::{Exit, Failure},
    input,
    ledger::{Ledger, Outcome, table},
    terminal,
};
use driver::Driver;
use family::Families;
use server::Server;

pub(crate) fn run(arguments: &Conformance) -> Result<Exit, Failure> {
    let families = Families::of(&arguments.families);
    let folder = |path: &str| {
        let folder = input::root().join(path);
        let there = fs::create_dir_all(&folder).and_then(|()| folder.canonicalize());
        there.map_err(|error| Failure::at("create", &folder, &error))
    };
    let home = folder("generator/tests/conformance")?;
    let work = folder("target/conformance")?;
    let store = folder("target/conformance/packages")?;
    let path = home.join("ledger.txt");
    let ledger = Ledger::read(&path)?;

    let driver = Driver::find(&home.join("driver"), &families)?;
    Server::check()?;
    let suite = Suite::install(&store).map_err(|failure| Failure {
        message: format!(
            "{}\nthe suite comes from npm: this needs `npm` and its registry",
            failure.message
        ),
        ..failure
    })?;
    terminal::note("emitting the documents");
    let documents = work.join("documents");
    suite.emit(&client::VERSIONS, &documents)?;
    let overlays = home.join("overlays");
    let clients = client::generate_all(&documents, &overlays, &work.join("clients"), |name| driver.calls(name))?;
    terminal::note(&format!(
        "compiling {} and the driver",
        terminal::count(clients.len(), "client", "clients")
    ));
    let program = driver.build(&clients, &work)?;

    let server = Server::start(&suite, &work)?;
    terminal::note("driving the scenarios");
    let calls = driver::drive(&program, &suite.assets(), &families)?;
    let coverage = server.stop()?;

    let outcomes: IndexMap<String, Outcome> = coverage
        .into_iter()
        .filter(|(name, _)| families.have(name))
        .map(|(name, status)| {
            let outcome = driver::outcome(calls.get(&name), &status);
            (name, outcome)
        })
        .collect();
    if outcomes.is_empty() {
        return Err(families.unknown());
    }
    terminal::print(&table::draw(&outcomes, &ledger));
    let changes = ledger.settle(outcomes, families.are_all(), &path, arguments.write, "conformance")?;
    Ok(if changes.fell.is_empty() || arguments.write {
        Exit::Done
    } else {
        Exit::Differs
    })
}
