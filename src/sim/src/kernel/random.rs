//! Random draws that belong to things, not to the order of events.
//!
//! Every draw is a pure function of the run's seed, of what it belongs to (a request, or a piece by its stable id) and
//! of its purpose. So adding a piece, or losing one request, changes no draw of any other, and two runs that differ in
//! one decision can be compared request by request.
//!
//! 1. A [`Key`] names what a draw belongs to. A child's key is its parent's, displaced by the child's number and mixed.
//! 2. A key and a [`Purpose`] give a [`Stream`]: a SplitMix64 generator (Steele, Lea, Flood: "Fast splittable
//!    pseudorandom number generators", OOPSLA 2014) that starts at the key, displaced by a constant of the purpose. That
//!    needs no mixing, because keys are mixed already and each value of the stream is mixed again.
//! 3. Variates that are not uniform come by the ziggurat method from the stream's values.

mod tables;
mod ziggurat;

#[cfg(test)]
mod tests;

/// What a draw is for. A purpose never shares its stream with another; the numbers are part of the rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
pub enum Purpose {
    /// The gap before a spring's next request.
    Interarrival = 1,
    /// How much work a request brings to a service.
    ServiceDemand = 2,
    /// A balancer's choice among its targets.
    Balance = 3,
    /// Which class of requests a request is of.
    Class = 4,
    /// Which key of the stored data a request asks for.
    Key = 5,
    /// How much a delay varies.
    Jitter = 6,
    /// Whether something is lost on its way.
    Loss = 7,
    /// How long a client waits before it tries again.
    Backoff = 8,
    /// Which of several ways a program goes on.
    Branch = 9,
    /// How long a client thinks before its next request.
    Think = 10,
    /// What a hazard does, and when.
    Hazard = 11,
    /// How long something rests.
    Sleep = 12,
    /// Which of several routes is taken.
    Routing = 13,
}

/// The displacement between the keys of neighbouring children: the first 64 bits of the fraction of the square root of
/// 3, which are odd, so that no two numbers give the same child. Not SplitMix64's own increment, so that a key's children are
/// not its stream.
const CHILD: u64 = 0xbb67_ae85_84ca_a73b;
/// The displacement between the streams of neighbouring purposes: likewise, of the square root of 5.
const PURPOSE: u64 = 0x3c6e_f372_fe94_f82b;
/// SplitMix64's increment: likewise, of the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of a family of draws.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(u64);

impl Key {
    /// The key of nothing: no draw belongs to it.
    pub(crate) const NONE: Self = Self(0);

    /// The key of a run.
    pub const fn of_seed(seed: u64) -> Self {
        Self(mix(seed ^ 0x5049_5045_4d41_5a45))
    }

    /// The key of something within this one: a piece, a request, a try.
    #[must_use]
    pub const fn child(self, id: u64) -> Self {
        Self(mix(self.0.wrapping_add(id.wrapping_add(1).wrapping_mul(CHILD))))
    }

    /// The bits of the key itself, as an identity.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// The generator for one purpose. Its first values are this draw's.
    pub fn stream(self, purpose: Purpose) -> Stream {
        Stream(self.0 ^ (purpose as u64).wrapping_mul(PURPOSE))
    }
}

/// The values of one draw, in order: a SplitMix64 generator.
///
/// Written out, where `rand_xoshiro` (by which the tests compare) would do: a stream is made for one value or two, and its
/// way through an array of bytes, not compiled in place, was a tenth of a request in a page.
#[derive(Clone, Debug)]
pub struct Stream(u64);

impl Stream {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number in (0, 1]: 53 random bits, never zero, so that its logarithm is finite.
    pub fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Whether something of probability `p` happens. Takes exactly one value of the stream, whatever `p` is.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() <= p
    }

    /// An exponential variate of mean 1; at least 0.
    pub fn exponential(&mut self) -> f64 {
        ziggurat::exponential(self)
    }

    /// A normal variate of mean 0 and variance 1.
    pub fn normal(&mut self) -> f64 {
        ziggurat::normal(self)
    }

    /// An index below `bound` (Lemire's multiply-shift; its bias is below 2^-32, relatively).
    pub fn below(&mut self, bound: u32) -> u32 {
        digit(self.bits(), bound).0
    }

    /// Two independent indices below `bound`, which may be equal, out of one value of the stream.
    ///
    /// They are the first two digits, in base `bound`, of one 64-bit fraction. So a pair's probability differs from
    /// 1 / `bound`^2 by at most 2^-64: relatively, by `bound`^2 / 2^64, which is below 2^-32 for bounds up to 65,536.
    pub fn pair_below(&mut self, bound: u32) -> (u32, u32) {
        let (first, rest) = digit(self.bits(), bound);
        (first, digit(rest, bound).0)
    }
}

/// The first digit of a 64-bit fraction in a base, and the fraction that is left: the upper and the lower half of their
/// product. In two steps, because WebAssembly has no product of 128 bits.
const fn digit(fraction: u64, base: u32) -> (u32, u64) {
    const LOW: u64 = u32::MAX as u64;
    let low = (fraction & LOW) * base as u64;
    let high = (fraction >> 32) * base as u64 + (low >> 32);
    ((high >> 32) as u32, high << 32 | low & LOW)
}

/// A bijective scrambling of 64 bits (the finaliser of SplitMix64, variant 13 of Stafford).
pub(crate) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
