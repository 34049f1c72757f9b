// @generated from an OpenAPI description: the runtime, the same for every API.

//! Calls that one waits for: a call in, its result out, in code that is not asynchronous.

#![cfg(feature = "blocking")]

use std::future::IntoFuture as _;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio::task::block_in_place;

use crate::runtime::calls::call::Call;
use crate::runtime::calls::ended::Failure;
use crate::runtime::calls::error::Error;
use crate::runtime::pace::panic;

/// The runtime of all calls that are waited for: one thread, which lives as long as the process.
static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();

fn runtime() -> &'static io::Result<Runtime> {
    RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(1)
            .thread_name("blocking calls")
            .enable_all()
            .build()
    })
}

/// Whether this thread may be blocked. It may not where it drives the tasks of a runtime that has no other thread: the
/// connection that the answer comes by may be one of them.
fn may_block(runtime: &Runtime) -> bool {
    // Only `tokio` knows, and it says so by a panic.
    let probe = match Handle::try_current().map(|current| current.runtime_flavor()) {
        Err(_) => return true,
        Ok(RuntimeFlavor::CurrentThread) => panic::caught(|| runtime.block_on(std::future::ready(()))),
        Ok(_) => panic::caught(|| block_in_place(|| ())),
    };
    probe.is_ok()
}

/// Sends a call and waits for its end.
pub(crate) fn wait<T, E>(call: Call<'_, T, E>) -> Result<T, Error<E>> {
    let refused = |problem: String| Err(Failure::refused(call.operation(), problem.into()).into_error());
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return refused(format!("there is no thread to wait on: {error}")),
    };
    if !may_block(runtime) {
        return refused("in asynchronous code a call is awaited, not waited for".to_owned());
    }
    let sending = call.into_future();
    match Handle::try_current().map(|current| current.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => block_in_place(|| runtime.block_on(sending)),
        _ => runtime.block_on(sending),
    }
}
