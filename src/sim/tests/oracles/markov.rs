//! Balancing over few rooms, solved exactly: the Markov chain of all queue lengths, by power iteration.
//!
//! Rooms are alike, so a state is the sorted list of lengths. Lengths are cut off at [`LONGEST`]; at the load of the
//! test the probability beyond is below 1e-8.

use std::collections::BTreeMap;

pub const ROOMS: usize = 3;
const LONGEST: usize = 30;

/// Queue lengths, longest first.
pub type Lengths = [usize; ROOMS];

/// The probability with which each room takes the next request.
pub type Choice = fn(&Lengths) -> [f64; ROOMS];

/// Of two draws with replacement the shorter, the first at a tie.
pub fn of_two_draws(lengths: &Lengths) -> [f64; ROOMS] {
    let mut share = [0.0; ROOMS];
    for first in 0..ROOMS {
        for second in 0..ROOMS {
            let chosen = if lengths[second] < lengths[first] { second } else { first };
            share[chosen] += 1.0 / (ROOMS * ROOMS) as f64;
        }
    }
    share
}

/// Of two distinct rooms the shorter, the first at a tie.
pub fn of_two_rooms(lengths: &Lengths) -> [f64; ROOMS] {
    let mut share = [0.0; ROOMS];
    for first in 0..ROOMS {
        for second in (0..ROOMS).filter(|&second| second != first) {
            let chosen = if lengths[second] < lengths[first] { second } else { first };
            share[chosen] += 1.0 / (ROOMS * (ROOMS - 1)) as f64;
        }
    }
    share
}

/// The shortest of all.
pub fn of_all(lengths: &Lengths) -> [f64; ROOMS] {
    let mut share = [0.0; ROOMS];
    share[ROOMS - 1] = 1.0;
    debug_assert!(lengths.is_sorted_by(|a, b| a >= b));
    share
}

/// The mean sojourn where each room has one worker of rate 1 and the load is `rho`.
pub fn sojourn(rho: f64, choice: Choice) -> f64 {
    let (states, steps) = chain(rho, choice);
    let mut now = vec![0.0; states.len()];
    now[0] = 1.0;
    let mut mean = 0.0;
    for _ in 0..100_000 {
        let mut next = vec![0.0; now.len()];
        for &(from, to, probability) in &steps {
            next[to] += now[from] * probability;
        }
        now = next;
        let length: f64 = states.iter().zip(&now).map(|(s, p)| s.iter().sum::<usize>() as f64 * p).sum();
        if (length - mean).abs() < 1e-10 {
            break;
        }
        mean = length;
    }
    mean / (rho * ROOMS as f64)
}

/// All states and the steps between them: from, to, probability.
fn chain(rho: f64, choice: Choice) -> (Vec<Lengths>, Vec<(usize, usize, f64)>) {
    let mut states = Vec::new();
    for a in 0..=LONGEST {
        for b in 0..=a {
            states.extend((0..=b).map(|c| [a, b, c]));
        }
    }
    let index: BTreeMap<Lengths, usize> = states.iter().enumerate().map(|(i, &s)| (s, i)).collect();
    let clock = (1.0 + rho) * ROOMS as f64;
    let mut steps = Vec::new();
    for (from, state) in states.iter().enumerate() {
        let shares = choice(state);
        for room in 0..ROOMS {
            let mut goes_to = |length: usize, rate: f64| {
                let mut to = *state;
                to[room] = length;
                to.sort_unstable_by(|a, b| b.cmp(a));
                steps.push((from, index[&to], rate / clock));
            };
            // Who comes to a full room is lost, and an empty room serves nobody: the chain stays where it is.
            goes_to((state[room] + 1).min(LONGEST), rho * ROOMS as f64 * shares[room]);
            goes_to(state[room].saturating_sub(1), 1.0);
        }
    }
    (states, steps)
}
