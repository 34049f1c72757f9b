//! A macro that writes the builders of calls: a type around a [`Call`](crate::runtime::calls::call::Call) in, its methods out.

/// Gives a builder around a call, in its field `call`, a way to the call itself, and being awaited.
///
/// Nothing else: beside the parameters, which have the names that the API gave them, there is no room for names of ours.
#[allow(unused_macros, reason = "a document may have no optional parameter")]
macro_rules! call_builder {
    ($builder:ident by $into_call:ident => $success:ty, $error:ty) => {
        impl<'c> $builder<'c> {
            /// The call, with all that was set so far: it has the settings, such as
            /// [`timeout`](crate::runtime::calls::call::Call::timeout), [`retry`](crate::runtime::calls::call::Call::retry) and
            /// [`header`](crate::runtime::calls::call::Call::header), and [`reply`](crate::runtime::calls::call::Call::reply), which gives
            /// the headers too.
            pub fn $into_call(self) -> $crate::runtime::calls::call::Call<'c, $success, $error> {
                self.call
            }
        }

        impl<'c> ::std::convert::From<$builder<'c>> for $crate::runtime::calls::call::Call<'c, $success, $error> {
            fn from(builder: $builder<'c>) -> Self {
                builder.call
            }
        }

        impl<'c> ::std::future::IntoFuture for $builder<'c> {
            type Output = ::std::result::Result<$success, $crate::runtime::calls::error::Error<$error>>;
            type IntoFuture = $crate::runtime::calls::call::Sending<$success, $error>;

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

#[allow(unused_imports, reason = "a document may have no optional parameter")]
pub(crate) use call_builder;
