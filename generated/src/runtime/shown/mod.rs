// @generated from an OpenAPI description: the runtime, the same for every API.

//! Text of others, and secrets: what may be shown of either out.

pub mod excerpt;
pub mod mask;
pub mod outside;
pub mod secret;
pub mod visible;
