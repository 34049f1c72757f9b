// @generated from an OpenAPI description: the runtime, the same for every API.

//! A macro that writes the builders of calls: a type around a [`Call`](crate::runtime::calls::call::Call) in, its methods out.

/// Makes a builder around a call, in its field `call`, a call like any other.
///
/// By traits alone: beside the parameters, which have the names that the API gave them, there is no room for names of ours.
#[allow(unused_macros, reason = "a document may have no optional parameter")]
macro_rules! call_builder {
    ($builder:ident => $success:ty, $error:ty) => {
        impl<'c> $crate::runtime::calls::any_call::AnyCall<'c> for $builder<'c> {
            type Success = $success;
            type Refusal = $error;

            fn into_call(self) -> $crate::runtime::calls::call::Call<'c, $success, $error> {
                self.call
            }

            fn parts(
                &mut self,
            ) -> (
                &mut $crate::runtime::calls::request::Request,
                &mut $crate::runtime::client::core::Settings,
            ) {
                $crate::runtime::calls::any_call::AnyCall::parts(&mut self.call)
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
