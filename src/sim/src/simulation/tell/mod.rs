//! What is told about attempts, calls and requests. Telling changes nothing.
//!
//! | file | what it does |
//! |---|---|
//! | `ends` | attempts and requests end |
//! | `spans` | spans of attempts, calls, and services' work |
//! | `ledgers` | ledgers as if they were booked now |
//! | `belongings` | the request, key, call site and service of an attempt |

mod belongings;
mod ends;
mod ledgers;
mod spans;
