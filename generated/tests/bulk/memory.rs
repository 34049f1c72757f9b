//! The memory of a run does not grow with the number of its inputs.
//!
//! The emulator keeps every ticket, so the client runs in a process of its own: this test program, started once more.

use std::process::{Command, Stdio};

use hubspot_tickets_batch::emulator::Emulator;

use super::{client, setting, tickets};

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The peak of a process that creates `count` tickets, in KiB.
async fn peak_of(emulator: &Emulator, count: u64) -> u64 {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "memory::create_in_this_process", "--ignored", "--nocapture"])
        .env("BULK_URL", emulator.url())
        .env("BULK_TOKEN", emulator.token())
        .env("BULK_TICKETS", count.to_string())
        .stderr(Stdio::inherit());
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let peak = text
        .lines()
        .find_map(|line| line.split_once("peak="))
        .map(|(_, peak)| peak.parse().unwrap());
    peak.unwrap_or_else(|| panic!("the other process failed: {text}"))
}

/// What [`peak_of`] starts.
#[tokio::test]
#[ignore = "the other half of `memory_stays_flat`, which starts it itself"]
async fn create_in_this_process() {
    let Ok(url) = std::env::var("BULK_URL") else {
        println!("nobody asked for it: `memory_stays_flat` does");
        return;
    };
    let client = client(&url, &std::env::var("BULK_TOKEN").unwrap());
    let count = setting("BULK_TICKETS", 0);
    let progress = client.batch().create_all(tickets(count)).run().await;
    assert_eq!(progress.done(), count);
    println!("\npeak={}", peak());
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_stays_flat() {
    let emulator = Emulator::builder().property("row").start().await.unwrap();
    let many = setting("BULK_TICKETS", 20_000);
    let few = peak_of(&emulator, many / 10).await;
    let many = peak_of(&emulator, many).await;
    println!("peak of {few} KiB, and of {many} KiB for ten times as many tickets");
    // How many outcomes wait for their turn at the worst moment is a matter of luck, and worth about three MiB. To keep
    // what 18,000 tickets more consist of would take over twenty.
    assert!(many < few + 6 * 1_024, "{few} KiB became {many} KiB");
}
