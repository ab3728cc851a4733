//! Mutations of texts: what accidents and strangers do to files.

use proptest::prelude::*;

/// Numbers at which something could break.
const EXTREMES: [&str; 20] = [
    "0",
    "-0.0",
    "-1",
    "1",
    "0.5",
    "255",
    "256",
    "65536",
    "2147483647",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e-320",
    "1e308",
    "1e999",
    "NaN",
    "inf",
];

/// Pieces of the format's own text.
const TOKENS: [&str; 16] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "/*",
    "//",
    "Some(",
    "None",
    "r#\"",
    "#![enable(unwrap_newtypes)]",
];

#[derive(Clone, Debug)]
enum Mutation {
    Flip(prop::sample::Index, u8),
    Delete(prop::sample::Index, usize),
    Duplicate(prop::sample::Index, usize),
    Swap(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Token(prop::sample::Index, usize),
    Number(prop::sample::Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    use prop::sample::Index;
    prop_oneof![
        any::<(Index, u8)>().prop_map(|(at, bits)| Mutation::Flip(at, bits)),
        (any::<Index>(), 1usize..200).prop_map(|(at, count)| Mutation::Delete(at, count)),
        (any::<Index>(), 1usize..400).prop_map(|(at, count)| Mutation::Duplicate(at, count)),
        any::<(Index, Index)>().prop_map(|(a, b)| Mutation::Swap(a, b)),
        (any::<Index>(), any::<Vec<u8>>()).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (any::<Index>(), 0..TOKENS.len()).prop_map(|(at, token)| Mutation::Token(at, token)),
        number(),
    ]
}

fn number() -> impl Strategy<Value = Mutation> {
    (any::<prop::sample::Index>(), 0..EXTREMES.len()).prop_map(|(at, number)| Mutation::Number(at, number))
}

/// The text after one to four mutations.
pub fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(mutation(), 1..5).prop_map(|mutations| apply(text, &mutations))
}

/// The text with one to three of its numbers replaced.
pub fn extreme(text: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(number(), 1..4).prop_map(|mutations| apply(text, &mutations))
}

fn apply(text: &str, mutations: &[Mutation]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for mutation in mutations {
        if !bytes.is_empty() {
            mutate(&mut bytes, mutation);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let count = bytes.len();
    let range = |at: &prop::sample::Index, length: usize| {
        let start = at.index(count);
        start..(start + length).min(count)
    };
    match mutation {
        Mutation::Flip(at, bits) => bytes[at.index(count)] ^= bits,
        Mutation::Delete(at, length) => drop(bytes.drain(range(at, *length))),
        Mutation::Duplicate(at, length) => {
            let range = range(at, *length);
            let copy = bytes[range.clone()].to_vec();
            drop(bytes.splice(range.start..range.start, copy));
        }
        Mutation::Swap(a, b) => {
            let words = runs(bytes, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let (Some(a), Some(b)) = (pick(&words, a), pick(&words, b)) else { return };
            let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
            if first.end <= second.start {
                let (head, tail) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
                drop(bytes.splice(second, head));
                drop(bytes.splice(first, tail));
            }
        }
        Mutation::Insert(at, new) => {
            let at = at.index(count);
            drop(bytes.splice(at..at, new.iter().copied()));
        }
        Mutation::Token(at, token) => {
            let at = at.index(count);
            drop(bytes.splice(at..at, TOKENS[*token].bytes()));
        }
        Mutation::Number(at, number) => {
            let numbers = runs(bytes, |byte| byte.is_ascii_digit() || byte == b'.');
            let Some(range) = pick(&numbers, at) else { return };
            drop(bytes.splice(range, EXTREMES[*number].bytes()));
        }
    }
}

/// Runs of bytes of one sort.
fn runs(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (i, &byte) in bytes.iter().chain(b" ").enumerate() {
        match (start, belongs(byte)) {
            (None, true) => start = Some(i),
            (Some(from), false) => {
                runs.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

fn pick(ranges: &[std::ops::Range<usize>], at: &prop::sample::Index) -> Option<std::ops::Range<usize>> {
    (!ranges.is_empty()).then(|| ranges[at.index(ranges.len())].clone())
}
