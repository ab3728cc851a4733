//! What must hold for every blueprint, seed, hazard and sequence of commands.
//!
//! Worlds are rich and random (`worlds`, `programs`, `hazards`): two kinds of springs, three tiers of services with
//! programs that call one another, every policy of clients, balancers and queues. Commands (`commands`) come at random
//! times, many of them aimed at what does not exist. `play` runs them. Each other file holds one family of laws.
//!
//! A world is a pure function of its [`genes::Genes`], one number and one bit for each of its traits. So a failure is
//! shrunk to the fewest traits that show it, and `PROPTEST_CASES` raises the number of worlds.

mod breakers;
mod capacities;
mod commands;
mod ends;
mod extremes;
mod garbage;
mod genes;
mod hazards;
mod little;
mod luck;
mod messages;
mod play;
mod programs;
mod refusals;
mod sameness;
mod spans;
mod streams;
mod worlds;
