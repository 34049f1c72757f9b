//! Hosts: `hosts.txt` says which are this machine, and `trusted.txt` which a pattern has.

use url::Url;

use crate::runtime::client::host::{Trusted, is_this_machine};

const HOSTS: &str = include_str!("hosts.txt");
const TRUSTED: &str = include_str!("trusted.txt");

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| row.split(" | ").collect())
}

#[test]
fn this_machine_is_known_by_its_addresses_and_by_no_name_that_others_give() {
    for row in rows(HOSTS) {
        let url = Url::parse(row[0]).unwrap_or_else(|error| panic!("{}: {error}", row[0]));
        assert_eq!(url.host_str(), Some(row[1]), "{}", row[0]);
        let is_it = is_this_machine(&url.host().unwrap());
        assert_eq!(is_it, row[2] == "yes", "{}", row[0]);
    }
}

#[test]
fn a_pattern_has_the_hosts_it_names() {
    for row in rows(TRUSTED) {
        let trusted = Trusted::parse(&[row[0].to_owned()]);
        if let Some(reason) = row[1].strip_prefix("! ") {
            let message = trusted.expect_err(row[0]);
            assert!(message.contains(reason), "{}: {message}", row[0]);
            continue;
        }
        let trusted = trusted.unwrap();
        for (hosts, expected) in [(row[1], true), (row[2], false)] {
            for host in hosts.split(' ') {
                let url = Url::parse(&format!("http://{host}")).unwrap();
                let is_in = trusted.contains(&url.host().unwrap());
                assert_eq!(is_in, expected, "{} {host}", row[0]);
            }
        }
    }
}
