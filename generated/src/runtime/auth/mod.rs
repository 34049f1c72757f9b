// @generated from an OpenAPI description: the runtime, the same for every API.

//! Who a client is: secrets, tokens and certificates in, what a request carries of them out.

pub mod authorization;
pub mod certificate;
pub mod credentials;
pub mod identity;
pub mod token;
