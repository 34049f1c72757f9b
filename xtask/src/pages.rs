//! A document in, an overlay that describes its pages out; beside it, what is not certain.

use generator::{
    propose::{Proposals, Uncertain},
    propose_pages,
};
use indexmap::IndexMap;

use crate::{
    cli::Pages,
    diagnostics,
    exit::{Exit, Failure},
    front::Front,
    input, progress, terminal,
};

/// How many operations are listed for each reason, unless all are asked for.
const LISTED: usize = 5;

/// An overlay that changes nothing, so that the settings may name it whatever comes of a document.
const NOTHING: &str = "overlay: 1.0.0\ninfo: {title: Pages, version: \"1\"}\n# Nothing is certain enough.\nactions: [{target: $, update: {}}]\n";

pub(crate) fn run(arguments: &Pages, front: Front) -> Result<Exit, Failure> {
    let (spec, config) = input::one(&arguments.of, front)?;
    let proposals = progress::during(|line| {
        line.say(format!("{}: looking for pages", spec.document.name));
        spec.with_input(|input| propose_pages(input, &config))
    });
    let proposals =
        proposals.map_err(|refusal| diagnostics::refused(&refusal, format!("`{}` is refused", spec.document.name)))?;
    let overlay = proposals.overlay().unwrap_or_else(|| NOTHING.to_owned());
    terminal::print(overlay.trim_end());
    for line in doubts(&proposals.uncertain, arguments.verbose) {
        terminal::note(&line);
    }
    terminal::note(&format!("{}: {}", spec.document.name, summary(&proposals)));
    Ok(Exit::Done)
}

/// The operations of which nothing is certain, by what it is.
fn doubts(uncertain: &[Uncertain], verbose: bool) -> Vec<String> {
    let mut reasons: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for Uncertain { operation, why } in uncertain {
        reasons.entry(why).or_default().push(operation);
    }
    let mut lines = Vec::new();
    for (why, operations) in reasons {
        lines.push(format!("Not certain: {why}"));
        // One line for one operation would save nothing.
        let most = if verbose || operations.len() == LISTED + 1 {
            operations.len()
        } else {
            LISTED
        };
        lines.extend(operations.iter().take(most).map(|operation| format!("  {operation}")));
        if let Some(more) = operations.len().checked_sub(most).filter(|more| *more > 0) {
            lines.push(format!("  … and {more} more (-v lists all)"));
        }
    }
    lines
}

fn summary(proposals: &Proposals) -> String {
    let covered = proposals.rules.iter().map(|rule| rule.operations.len()).sum();
    let rules = terminal::count(proposals.rules.len(), "rule", "rules");
    let operations = terminal::count(covered, "operation", "operations");
    format!(
        "{rules} for {operations}, {} uncertain, {} with pages already",
        proposals.uncertain.len(),
        proposals.described
    )
}
