//! Shared slices in files: written as lists. A field says `#[serde(with = "crate::kernel::shared")]`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Writes the list.
pub(crate) fn serialize<T: Serialize, S: Serializer>(shared: &Arc<[T]>, serializer: S) -> Result<S::Ok, S::Error> {
    <[T]>::serialize(shared, serializer)
}

/// Reads a list.
pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(reader: D) -> Result<Arc<[T]>, D::Error> {
    Vec::deserialize(reader).map(Arc::from)
}
