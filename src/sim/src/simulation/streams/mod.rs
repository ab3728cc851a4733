//! Brokers at work. What they keep, and who is next, is in `platform/stream/`.
//!
//! | file | what it does |
//! |---|---|
//! | `produce` | a request comes, its event waits in a batch, is written, and is acknowledged |
//! | `deliver` | events go to the members of the group, one at a time for each partition, and are committed |

mod deliver;
mod produce;
