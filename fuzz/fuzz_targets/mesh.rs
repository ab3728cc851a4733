//! See `mesh` in `targets.rs`.
#![no_main]
#![expect(dead_code, reason = "the other targets are programs of their own")]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::mesh(data));
