//! Macros that write the builders of calls: a type around a [`Call`](crate::runtime::call::Call) in, its methods out.

/// Gives a builder around a call, in its field `call`, what the call itself has: the settings, and being awaited.
#[allow(unused_macros, reason = "a document may have no optional parameter")]
macro_rules! call_builder {
    ($builder:ident => $success:ty, $error:ty) => {
        impl<'c> $builder<'c> {
            $crate::runtime::call_builder::forward! {
                /// Sends a header of the caller's, in place of one of the same name.
                header(name: &str, value: &str);
                /// Sends a pair in the query that the description lacks. One whose name the query has already fails when the call is
                /// awaited, before anything is sent, but for another of these: they may be several.
                extra_query(name: &str, value: &str);
                /// Sends a member in the body that the description lacks, be it JSON or a form. One that the body has already fails
                /// when the call is awaited, before anything is sent; so does one without such a body.
                extra_member(name: &str, value: &(impl ::serde::Serialize + ?Sized));
                /// Compresses a body of more than so many bytes, where it is in memory: not one that is a file or a stream. The server
                /// must be known to take `Content-Encoding: gzip`.
                #[cfg(feature = "gzip")]
                gzip_above(bytes: usize);
                /// How long the call may take, with all its attempts and waits.
                timeout(timeout: ::std::time::Duration);
                /// When the call must have ended, in addition to how long it may take.
                deadline(deadline: ::std::time::Instant);
                /// How long one attempt may take.
                attempt_timeout(timeout: ::std::time::Duration);
                /// How long a stream that the call hands over may be silent before it fails.
                idle_timeout(timeout: ::std::time::Duration);
                /// How often and after which waits the call is repeated.
                retry(policy: $crate::runtime::retry::RetryPolicy);
                /// How often the request is sent at most, the first time included.
                max_attempts(attempts: u32);
                /// Whether a repetition does no harm, where the caller knows better than the description.
                idempotent(idempotent: bool);
            }

            /// Sends the call and waits for its end, in code that is not asynchronous.
            ///
            /// # Errors
            ///
            /// As awaiting the call does; and when it is waited for in asynchronous code, which would stand still.
            #[cfg(feature = "blocking")]
            pub fn wait(self) -> ::std::result::Result<$success, $crate::runtime::error::Error<$error>> {
                self.call.wait()
            }

            /// The call, with all that was set so far.
            pub fn into_call(self) -> $crate::runtime::call::Call<'c, $success, $error> {
                self.call
            }

            /// Sends the call, and hands out status and headers with the success.
            ///
            /// # Errors
            ///
            /// As awaiting the call does.
            pub async fn reply(
                self,
            ) -> ::std::result::Result<$crate::runtime::call::Reply<$success>, $crate::runtime::error::Error<$error>>
            {
                self.call.reply().await
            }
        }

        impl<'c> ::std::future::IntoFuture for $builder<'c> {
            type Output = ::std::result::Result<$success, $crate::runtime::error::Error<$error>>;
            type IntoFuture = $crate::runtime::call::Sending<$success, $error>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.call)
            }
        }

        impl ::std::fmt::Debug for $builder<'_> {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.call, formatter)
            }
        }
    };
}

/// Writes methods that hand on to the field `call`.
#[allow(unused_macros, reason = "a document may have no optional parameter")]
macro_rules! forward {
    ($($(#[$docs:meta])* $method:ident($($argument:ident: $type:ty),*);)*) => {
        $(
            $(#[$docs])*
            pub fn $method(mut self, $($argument: $type),*) -> Self {
                self.call = self.call.$method($($argument),*);
                self
            }
        )*
    };
}

#[allow(unused_imports, reason = "a document may have no optional parameter")]
pub(crate) use {call_builder, forward};
