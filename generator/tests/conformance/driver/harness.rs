//! Scenarios in, a line for each out: its name, and behind a tab what went wrong.

use std::{error::Error, fmt::Debug, future::IntoFuture, path::PathBuf, pin::pin};

pub(crate) type Failure = Box<dyn Error>;
pub(crate) type Outcome = Result<(), Failure>;

/// Where the mock server is, for clients whose description does not say it.
pub(crate) const SERVER: &str = "http://localhost:3000";

/// Runs scenarios, one after the other; one that fails stops none.
#[derive(Default)]
pub(crate) struct Suite {
    prefix: &'static str,
}

impl Suite {
    /// The same, where names are written without what all of them begin with.
    pub(crate) fn of(&self, prefix: &'static str) -> Self {
        Self { prefix }
    }

    /// A call whose answer is known.
    pub(crate) async fn gives<T, X, E>(&self, name: &str, call: impl IntoFuture<Output = Result<T, E>>, expected: &X)
    where
        T: Debug + PartialEq<X>,
        X: Debug + ?Sized,
        E: Error + 'static,
    {
        self.scenario(name, async { same(&call.await?, expected) }).await;
    }

    /// A call that answers nothing.
    pub(crate) async fn takes<E: Error + 'static>(&self, name: &str, call: impl IntoFuture<Output = Result<(), E>>) {
        self.scenario(name, async { Ok(call.await?) }).await;
    }

    /// A call that the server is to refuse, as `expected` recognizes.
    pub(crate) async fn fails<T: Debug, E: Error + 'static>(
        &self,
        name: &str,
        call: impl IntoFuture<Output = Result<T, E>>,
        expected: impl FnOnce(&E) -> bool,
    ) {
        let calls = async {
            match call.await {
                Err(error) if expected(&error) => Ok(()),
                Err(error) => Err(error.into()),
                Ok(answer) => unexpected(&answer),
            }
        };
        self.scenario(name, calls).await;
    }

    /// Runs the calls of a scenario, and says what became of them.
    pub(crate) async fn scenario(&self, name: &str, calls: impl Future<Output = Outcome>) {
        match pin!(calls).await {
            Ok(()) => println!("{}{name}", self.prefix),
            Err(failure) => println!("{}{name}\t{}", self.prefix, told(&*failure)),
        }
    }
}

/// A file that the suite has for uploads.
pub(crate) fn asset(name: &str) -> PathBuf {
    std::env::args_os().nth(1).map_or_else(PathBuf::new, PathBuf::from).join(name)
}

/// Fails where what came is not what was to come.
pub(crate) fn same<A: Debug + PartialEq<B> + ?Sized, B: Debug + ?Sized>(came: &A, expected: &B) -> Outcome {
    if *came == *expected {
        return Ok(());
    }
    Err(format!("{came:?} came in place of {expected:?}").into())
}

/// Fails, for this came in place of something else.
pub(crate) fn unexpected(came: &impl Debug) -> Outcome {
    Err(format!("{came:?} came").into())
}

/// An error with all that led to it, in one line.
fn told(failure: &dyn Error) -> String {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
