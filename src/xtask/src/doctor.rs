//! `cargo xtask doctor`: what each command needs and whether it is there; changes nothing.

use crate::needs::{self, Missing, Purpose};
use crate::wasm::Toolchain;
use crate::{Outcome, install, page, test};

/// Prints the state of the machine.
pub fn report() -> Outcome {
    let toolchain = match Toolchain::installed() {
        Some(Toolchain::Rustup) => "rustup's wasm32 target",
        Some(Toolchain::Debian) => "Debian's packaged toolchain (rustc-web)",
        None => "none yet",
    };
    println!("compiler for the page: {toolchain}\n");
    let commands: [(&str, &[Purpose]); 5] = [
        ("cargo xtask play", page::NEEDS),
        ("cargo xtask play --release", page::NEEDS_RELEASE),
        ("cargo xtask play --native", crate::native::NEEDS),
        ("cargo xtask test", test::NEEDS),
        ("cargo xtask fuzz", crate::fuzz::NEEDS),
    ];
    for (command, purposes) in commands {
        let missing = needs::missing(purposes, false);
        if missing.is_empty() {
            println!("{command:<28} ready");
            continue;
        }
        println!("{command:<28} lacks:");
        for Missing { what, why, .. } in &missing {
            println!("  - {what} ({why})");
        }
        println!("  {}", install::line(&missing));
    }
    Ok(())
}
