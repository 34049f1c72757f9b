//! Who a client is: secrets, tokens and certificates in, what a request carries of them out.

pub mod certificate;
pub mod credentials;
pub mod oauth;
pub mod token;
