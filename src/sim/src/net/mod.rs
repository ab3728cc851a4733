//! Layer 2: pipes. Knows time and messages; knows nothing of services or of what a request wants.

pub mod pipe;
