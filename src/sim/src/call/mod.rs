//! Layer 4: the client side of a call: the request, and the choice of where it goes.

pub mod balancer;
pub mod request;
pub(crate) mod slab;
