//! The simulation against closed forms: where theory knows the answer, the simulation must give it.
//!
//! Every figure comes from `FACTS` (the tag stands beside it) or from a formula that the test evaluates itself. How
//! far a measurement may lie from it is said once, in [`harness`].

mod balancing;
mod breakers;
mod closed;
mod deadlines;
mod fan_out;
mod faults;
mod gateways;
mod harness;
mod hedging;
mod little;
mod losses;
mod markov;
mod metastable;
mod networks;
mod overload;
mod pipes;
mod priorities;
mod retries;
mod single_queue;
mod streams;
