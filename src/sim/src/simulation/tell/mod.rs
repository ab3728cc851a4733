//! What is told about attempts, calls and requests. Telling changes nothing; only ledgers are booked here.
//!
//! | file | what it does |
//! |---|---|
//! | `ends` | attempts and requests end |
//! | `spans` | spans of attempts, calls, and services' work |
//! | `ledgers` | time is booked, or as if it were booked now |
//! | `belongings` | the request, key, call site and service of an attempt |

mod belongings;
mod ends;
mod ledgers;
mod spans;
