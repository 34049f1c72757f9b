//! What was measured in, a table in Markdown out, with what ours is of each other.

use std::fmt::Write;

use super::measure::{Cost, Spread};

/// What came of one generator.
pub(super) struct Row {
    pub(super) name: String,
    /// A cost for each run; none where it failed.
    pub(super) costs: Vec<Cost>,
    /// Of Rust, in the crate.
    pub(super) lines: usize,
}

impl Row {
    fn seconds(&self) -> Option<Spread> {
        Spread::of(self.costs.iter().map(|cost| cost.seconds))
    }

    fn mebibytes(&self) -> Option<Spread> {
        Spread::of(self.costs.iter().map(|cost| cost.mebibytes))
    }
}

/// A table of the rows, of which the first is ours.
pub(super) fn draw(document: &str, runs: usize, rows: &[Row]) -> String {
    let mut text = format!(
        "\n{document}, medians of {runs} runs (least to most)\n\n\
         | generator | seconds | MiB | lines | ours / it: seconds | MiB | lines |\n|---|---|---|---|---|---|---|"
    );
    let ours = rows.first();
    for row in rows {
        let _ = match (row.seconds(), row.mebibytes()) {
            (Some(seconds), Some(mebibytes)) => {
                let ratio = |of: fn(&Row) -> Option<Spread>| {
                    let (ours, its) = (ours.and_then(of)?, of(row)?);
                    Some(format!("{:.2}", ours.median / its.median))
                };
                let shown = |ratio: Option<String>| ratio.unwrap_or_else(|| "-".to_owned());
                write!(
                    text,
                    "\n| {} | {} | {:.0} | {} | {} | {} | {} |",
                    row.name,
                    spread(seconds),
                    mebibytes.median,
                    row.lines,
                    shown(ratio(Row::seconds)),
                    shown(ratio(Row::mebibytes)),
                    shown(ours.map(|ours| lines(ours.lines, row.lines))),
                )
            }
            _ => write!(text, "\n| {} | fails | | | | | |", row.name),
        };
    }
    text
}

fn spread(Spread { median, least, most }: Spread) -> String {
    format!("{median:.2} ({least:.2} to {most:.2})")
}

#[expect(clippy::cast_precision_loss, reason = "nobody writes 2⁵² lines")]
fn lines(ours: usize, its: usize) -> String {
    format!("{:.2}", ours as f64 / its as f64)
}

#[cfg(test)]
mod tests {
    use super::{Row, draw};
    use crate::bench::measure::Cost;

    #[test]
    fn what_fails_is_a_row_without_figures() {
        let cost = |seconds| Cost {
            seconds,
            mebibytes: 10.0,
        };
        let rows = [
            Row {
                name: "ours".to_owned(),
                costs: vec![cost(1.0), cost(2.0), cost(3.0)],
                lines: 50,
            },
            Row {
                name: "slow".to_owned(),
                costs: vec![cost(4.0)],
                lines: 100,
            },
            Row {
                name: "broken".to_owned(),
                costs: Vec::new(),
                lines: 0,
            },
        ];
        let table = draw("shop", 3, &rows);
        let expected = [
            "| ours | 2.00 (1.00 to 3.00) | 10 | 50 | 1.00 | 1.00 | 1.00 |",
            "| slow | 4.00 (4.00 to 4.00) | 10 | 100 | 0.50 | 1.00 | 0.50 |",
            "| broken | fails | | | | | |",
        ];
        assert_eq!(table.lines().skip(5).collect::<Vec<_>>(), expected);
    }
}
