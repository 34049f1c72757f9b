//! Who a client is: secrets, tokens and certificates in, what a request carries of them out.

pub mod authorization;
pub mod certificate;
#[cfg(part = "credentials")]
pub mod credentials;
#[cfg(part = "credentials")]
pub mod identity;
#[cfg(part = "oauth")]
pub mod oauth;
#[cfg(part = "credentials")]
pub mod token;
