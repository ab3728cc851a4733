//! Layer 5: the platform that services stand on. A folder for each part; each knows the layers below it and no other
//! part.

pub mod stream;
