//! The client's side of a call: its tries, their answers, its end.
//!
//! | file | what it does |
//! |---|---|
//! | `tries` | a call begins, asks breaker and bulkhead, sends an attempt, and tries again after a back-off |
//! | `bulkheads` | calls wait for a place, get one, or are turned away |
//! | `hedges` | a second attempt beside the first |
//! | `answers` | an attempt answers, fails or times out |
//! | `ends` | the call is over: answered, failed, past its deadline, or given up |

mod answers;
mod bulkheads;
mod ends;
mod hedges;
mod tries;
