// @generated from an OpenAPI description: the runtime, the same for every API.

//! A value that may be missing and a setter in, the value set where there is one out.

/// One way to hand an `Option` to any setter: of a model, a form, a call, or the builder of a client.
///
/// ```text
/// Ticket::new().optionally(owner, Ticket::owner)
/// client.tickets().list().optionally(limit, |call, limit| call.limit(limit))
/// ```
///
/// The fields of models are public: `ticket.owner = owner` does the same.
pub trait Optionally: Sized {
    /// Calls `set` with the value, if there is one.
    #[must_use]
    fn optionally<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<S> Optionally for S {}
