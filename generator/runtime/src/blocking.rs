//! Calls that one waits for: a call in, its result out, in code that is not asynchronous.

#![cfg(feature = "blocking")]

use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::runtime::call::Call;
use crate::runtime::ended::Failure;
use crate::runtime::error::Error;

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

impl<T, E> Call<'_, T, E> {
    /// Sends the call and waits for its end, in code that is not asynchronous.
    ///
    /// # Errors
    ///
    /// As awaiting the call does; and when it is waited for in asynchronous code, which would stand still.
    pub fn wait(self) -> Result<T, Error<E>> {
        let refused = |problem: String| Err(Failure::refused(self.operation(), problem.into()).into_error());
        if Handle::try_current().is_ok() {
            return refused("in asynchronous code a call is awaited, not waited for".to_owned());
        }
        match runtime() {
            Ok(runtime) => runtime.block_on(self.into_future()),
            Err(error) => refused(format!("there is no thread to wait on: {error}")),
        }
    }
}
