//! A command in, the seconds that it takes and the most memory that it or one of its children has at a time out.

use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use wait4::Wait4;

use crate::{exit::Failure, terminal};

/// What one run costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    pub(super) seconds: f64,
    /// Of the largest process, in MiB.
    pub(super) mebibytes: f64,
}

/// Runs a command, what it says into the file `log`; nothing where it fails.
pub(super) fn cost(command: &mut Command, log: &Path) -> Result<Option<Cost>, Failure> {
    let file = File::create(log).map_err(|error| Failure::at("create", log, &error))?;
    let also = file.try_clone().map_err(|error| Failure::at("create", log, &error))?;
    let started = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(also)
        .spawn()
        .map_err(|error| Failure::refused(&error))?;
    let ended = child.wait4().map_err(|error| Failure::refused(&error))?;
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "no process has 2⁵² bytes")]
    let mebibytes = ended.rusage.maxrss as f64 / f64::from(1 << 20);
    if !ended.status.success() {
        terminal::note(&format!("failed, see {}", log.display()));
        return Ok(None);
    }
    Ok(Some(Cost { seconds, mebibytes }))
}

/// The middle of several figures, the least and the most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    /// Nothing where there are no figures.
    pub(super) fn of(figures: impl Iterator<Item = f64>) -> Option<Self> {
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        let upper = *figures.get(middle)?;
        let lower = if figures.len().is_multiple_of(2) {
            figures[middle - 1]
        } else {
            upper
        };
        Some(Self {
            median: f64::midpoint(lower, upper),
            least: *figures.first()?,
            most: *figures.last()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_median_is_between_the_two_in_the_middle() {
        let spread = Spread::of([3.0, 1.0, 4.0, 2.0].into_iter());
        let expected = Spread {
            median: 2.5,
            least: 1.0,
            most: 4.0,
        };
        assert_eq!(spread, Some(expected));
        assert_eq!(Spread::of([].into_iter()), None);
    }
}
