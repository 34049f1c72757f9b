//! A bad day, and the judge of it: whatever stands between the client and the server, and whatever the receiver of the
//! outcomes does, the client's account is true, complete and settled as far as it can be.
//!
//! A seed decides about everything: the operation and its inputs, the gateways, the receiver, the limits. Time is virtual.
//! A few seeds are run every day; as many as one likes, and a single one, are run by
//!
//! ```console
//! $ CHAOS_SEEDS=1000 CHAOS_INPUTS=600 cargo test --release -p hubspot-tickets-batch --features emulator --test chaos -- --ignored many_seeds --nocapture
//! $ CHAOS_SEED=17 CHAOS_INPUTS=600 cargo test -p hubspot-tickets-batch --features emulator --test chaos -- few_seeds --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod desk;
mod futurelock;
mod hooks;
mod http;
mod judge;
mod ledger;
mod run;
mod scenario;
mod server;
mod settings;
mod virtual_time;
mod weather;

use std::collections::BTreeMap;
use std::ops::Range;

use judge::{Promise, judge};
use run::Kind;
use scenario::Scenario;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// Runs seeds, and fails where a promise was broken in any.
fn try_seeds(seeds: Range<u64>) {
    let inputs = setting("CHAOS_INPUTS", 600);
    let (mut broken, mut failing) = (BTreeMap::<Promise, usize>::new(), Vec::new());
    let mut kinds = [0_usize; 4];
    let mut requests = 0;
    for seed in seeds.clone() {
        let scenario = Scenario::new(seed, usize::try_from(inputs).unwrap());
        let (judgement, account, arrivals) = virtual_time::run(async {
            let (server, account) = run::run(&scenario).await;
            let state = server.state();
            (
                judge(&scenario, &state.ledger, &account),
                account,
                state.ledger.arrivals.len(),
            )
        });
        requests += arrivals;
        for entry in &account.entries {
            kinds[entry.kind as usize] += 1;
        }
        if !judgement.0.is_empty() {
            println!("{scenario:?}\n{judgement}    alone: CHAOS_SEED={seed} CHAOS_INPUTS={inputs} … few_seeds");
            failing.push(seed);
        }
        for (promise, how) in judgement.0 {
            *broken.entry(promise).or_default() += how.len();
        }
    }
    let said = [Kind::Succeeded, Kind::Failed, Kind::Unknown, Kind::NotSent].map(|kind| (kind, kinds[kind as usize]));
    println!("seeds {seeds:?} by {inputs} inputs: {requests} requests, {said:?}");
    println!("broken {broken:?} in {} seeds", failing.len());
    assert!(failing.is_empty(), "broken {broken:?} by the seeds {failing:?}");
}

#[test]
fn few_seeds() {
    match std::env::var("CHAOS_SEED") {
        Ok(seed) => {
            let seed = seed.parse().unwrap();
            try_seeds(seed..seed + 1);
        }
        Err(_) => try_seeds(0..25),
    }
}

#[test]
#[ignore = "as long as one likes: CHAOS_SEEDS says how many"]
fn many_seeds() {
    try_seeds(0..setting("CHAOS_SEEDS", 1_000));
}
