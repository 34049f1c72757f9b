//! The suite in, its mock server while it runs out; at the end, what it saw of each scenario.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use indexmap::IndexMap;
use serde::Deserialize;

use crate::{
    documents::typespec::Suite,
    exit::{Exit, Failure},
};

/// Links in the suite's answers have this port built in.
const PORT: u16 = 3000;
const LIMIT: Duration = Duration::from_mins(1);

/// Runs until it is stopped or dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    coverage: PathBuf,
    log: PathBuf,
}

impl Server {
    /// Fails where it could not start.
    pub(super) fn check() -> Result<(), Failure> {
        if listens() {
            return Err(refused(format!(
                "port {PORT} is taken, and the suite's server can take no other"
            )));
        }
        Ok(())
    }

    /// Starts it, and waits until it listens.
    pub(super) fn start(suite: &Suite, work: &Path) -> Result<Self, Failure> {
        Self::check()?;
        let coverage = work.join("coverage.json");
        let log = work.join("server.log");
        if coverage.exists() {
            fs::remove_file(&coverage).map_err(|error| Failure::at("remove", &coverage, &error))?;
        }
        let file = fs::File::create(&log).map_err(|error| Failure::at("create", &log, &error))?;
        let errors = file.try_clone().map_err(|error| Failure::at("write", &log, &error))?;
        let child = suite
            .node()
            .arg("node_modules/@typespec/spector/cmd/cli.mjs")
            .arg("serve")
            .arg(suite.services())
            .args(["--port", &PORT.to_string(), "--coverageFile"])
            .arg(&coverage)
            .env("GIT_DIR", repository(work)?)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|error| refused(format!("cannot run Node: {error}")))?;
        let mut server = Self { child, coverage, log };
        let started = Instant::now();
        while !listens() {
            let ended = server.child.try_wait().map_err(|error| Failure::refused(&error))?;
            if ended.is_some() || started.elapsed() > LIMIT {
                return Err(server.failed("did not start"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Stops it; what became of each scenario, in its words.
    pub(super) fn stop(mut self) -> Result<IndexMap<String, String>, Failure> {
        let asked = TcpStream::connect(("localhost", PORT)).and_then(|mut stream| {
            let request =
                "POST /.admin/stop HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(request.as_bytes())?;
            stream.read_to_end(&mut Vec::new())
        });
        let started = Instant::now();
        while asked.is_ok() && started.elapsed() < LIMIT {
            let ended = self.child.try_wait().map_err(|error| Failure::refused(&error))?;
            if ended.is_some() {
                let path = &self.coverage;
                let text = fs::read_to_string(path).map_err(|error| Failure::at("read", path, &error))?;
                return coverage(&text);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(self.failed("did not stop"))
    }

    fn failed(&self, what: &str) -> Failure {
        refused(format!("the suite's server {what}; see `{}`", self.log.display()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, but where something went wrong.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listens() -> bool {
    TcpStream::connect(("localhost", PORT)).is_ok()
}

/// The server names a commit in its report, and does not start where there is none.
fn repository(work: &Path) -> Result<PathBuf, Failure> {
    let folder = work.join("repository");
    let place = folder.join(".git");
    if place.exists() {
        return Ok(place);
    }
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        for setting in [
            "user.name=conformance",
            "user.email=conformance@localhost",
            "commit.gpgsign=false",
        ] {
            command.args(["-c", setting]);
        }
        let said = command.arg("-C").arg(work).args(arguments).output();
        let said = said.map_err(|error| refused(format!("cannot run `git`: {error}")))?;
        if said.status.success() {
            return Ok(());
        }
        Err(refused(String::from_utf8_lossy(&said.stderr).trim_end().to_owned()))
    };
    git(&["init", "--quiet", "repository.new"])?;
    let new = work.join("repository.new");
    let path = new.display().to_string();
    git(&["-C", &path, "commit", "--quiet", "--allow-empty", "--message", "suite"])?;
    fs::rename(&new, &folder).map_err(|error| Failure::at("rename", &new, &error))?;
    Ok(place)
}

#[derive(Deserialize)]
struct Report {
    results: IndexMap<String, String>,
}

fn coverage(text: &str) -> Result<IndexMap<String, String>, Failure> {
    let reports: Vec<Report> = serde_json::from_str(text).map_err(|error| Failure::refused(&error))?;
    let mut results: IndexMap<_, _> = reports.into_iter().flat_map(|report| report.results).collect();
    results.sort_keys();
    Ok(results)
}

fn refused(message: String) -> Failure {
    Failure {
        exit: Exit::Refused,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::coverage;

    #[test]
    fn the_report_is_read_in_the_order_of_names() {
        let text = r#"[{"scenariosMetadata": {"commit": "1"}, "results": {"B_two": "fail", "A_one": "pass"}}]"#;
        let results: Vec<_> = coverage(text).unwrap_or_default().into_iter().collect();
        let expected =
            [("A_one", "pass"), ("B_two", "fail")].map(|(name, status)| (name.to_owned(), status.to_owned()));
        assert_eq!(results, expected);
        assert!(coverage("{}").is_err());
    }
}
