//! Backdrops.
use crate::Result;
use std::path::Path;
/// Stub.
pub fn write(_assets: &Path) -> Result<()> {
    Ok(())
}
/// Stub.
pub fn check(_assets: &Path) -> Result<()> {
    Ok(())
}
