//! Work that takes a while in, a line that says how far it is out: on a terminal only, and not before somebody could wonder.

use std::{
    env,
    ffi::OsStr,
    io::{self, IsTerminal as _},
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is shown.
const QUIET: Duration = Duration::from_secs(1);

/// How often the line changes.
const TICK: Duration = Duration::from_millis(100);

/// What the line says.
pub(crate) struct Line(Mutex<String>);

impl Line {
    pub(crate) fn say(&self, text: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Does `work`, and shows meanwhile what it says. The line is gone afterwards.
pub(crate) fn during<T>(work: impl FnOnce(&Line) -> T) -> T {
    let line = Line(Mutex::default());
    if !is_shown(io::stderr().is_terminal(), env::var_os("CI").as_deref()) {
        return work(&line);
    }
    let (end, ended) = mpsc::channel();
    let shown = &line;
    thread::scope(|scope| {
        scope.spawn(move || show(shown, &ended));
        let result = work(&line);
        drop(end);
        result
    })
}

/// Whether somebody looks on.
fn is_shown(is_terminal: bool, ci: Option<&OsStr>) -> bool {
    let is_ci = ci.is_some_and(|value| !value.is_empty() && value != "false" && value != "0");
    is_terminal && !is_ci
}

fn show(line: &Line, ended: &Receiver<()>) {
    let goes_on = |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout);
    if !goes_on(QUIET) {
        return;
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
        bar.set_style(style);
    }
    loop {
        bar.set_message(line.text());
        bar.tick();
        if !goes_on(TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{during, is_shown};

    #[test]
    fn nothing_is_shown_where_nobody_looks_on() {
        assert!(is_shown(true, None) && is_shown(true, Some(OsStr::new("false"))));
        assert!(!is_shown(true, Some(OsStr::new("true"))));
        assert!(!is_shown(false, None));
    }

    #[test]
    fn work_is_done_all_the_same() {
        let result = during(|line| {
            line.say("counting".to_owned());
            1 + 1
        });
        assert_eq!(result, 2);
    }
}
