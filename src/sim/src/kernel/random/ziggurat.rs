//! Variates by the ziggurat method (Marsaglia, Tsang: "The ziggurat method for generating random variables", J. Stat.
//! Software 5(8), 2000), with 256 layers and all bits of one 64-bit value: 8 choose the layer, 53 the place in it.
//!
//! Under a falling density lie layers of equal area. A place in a layer that lies left of the next layer's edge is under
//! the density for certain: 98 of 100 draws end there, after one value, one product and one comparison. The rest need
//! the density itself, at the edge of a layer or in the tail below the lowest one; these use the portable `exp` and `log`.

use super::Stream;
use super::tables::{EXPONENTIAL_EDGES, NORMAL_EDGES};

/// The edges of the layers, lowest and widest first, then 0. The lowest layer's is that of a rectangle with its area,
/// which includes the tail; the second lowest's is where the tail begins.
pub type Edges = [f64; 257];

/// An exponential variate of mean 1.
pub fn exponential(stream: &mut Stream) -> f64 {
    let (bits, layer) = layer(stream);
    let x = place(bits) * EXPONENTIAL_EDGES[layer];
    if x < EXPONENTIAL_EDGES[layer + 1] { x } else { exponential_edge(stream, layer, x) }
}

/// A normal variate of mean 0 and variance 1.
pub fn normal(stream: &mut Stream) -> f64 {
    let (bits, layer) = layer(stream);
    let x = place(bits) * NORMAL_EDGES[layer];
    let size = if x < NORMAL_EDGES[layer + 1] { x } else { normal_edge(stream, layer, x) };
    // A bit that neither the layer nor the place uses.
    if bits & 0x100 == 0 { size } else { -size }
}

/// A value of the stream, and the layer that its lowest bits choose.
fn layer(stream: &mut Stream) -> (u64, usize) {
    let bits = stream.bits();
    (bits, (bits & 0xff) as usize)
}

/// A number in [0, 1) from the 53 highest bits.
fn place(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

#[cold]
fn exponential_edge(stream: &mut Stream, mut layer: usize, mut x: f64) -> f64 {
    loop {
        if layer == 0 {
            // The tail of an exponential is an exponential.
            return EXPONENTIAL_EDGES[1] - libm::log(stream.unit());
        }
        if is_under(exponential_density, &EXPONENTIAL_EDGES, layer, x, stream.unit()) {
            return x;
        }
        let (bits, next) = self::layer(stream);
        (layer, x) = (next, place(bits) * EXPONENTIAL_EDGES[next]);
        if x < EXPONENTIAL_EDGES[layer + 1] {
            return x;
        }
    }
}

#[cold]
fn normal_edge(stream: &mut Stream, mut layer: usize, mut x: f64) -> f64 {
    loop {
        if layer == 0 {
            return normal_tail(stream);
        }
        if is_under(normal_density, &NORMAL_EDGES, layer, x, stream.unit()) {
            return x;
        }
        let (bits, next) = self::layer(stream);
        (layer, x) = (next, place(bits) * NORMAL_EDGES[next]);
        if x < NORMAL_EDGES[layer + 1] {
            return x;
        }
    }
}

/// The tail of a normal, by Marsaglia's rejection (1964).
fn normal_tail(stream: &mut Stream) -> f64 {
    let begins = NORMAL_EDGES[1];
    loop {
        let beyond = -libm::log(stream.unit()) / begins;
        if -2.0 * libm::log(stream.unit()) >= beyond * beyond {
            return begins + beyond;
        }
    }
}

/// Whether a point of a layer, `height` of the way up to the next layer's bottom, lies under the density.
fn is_under(density: fn(f64) -> f64, edges: &Edges, layer: usize, x: f64, height: f64) -> bool {
    let (bottom, top) = (density(edges[layer]), density(edges[layer + 1]));
    bottom + height * (top - bottom) < density(x)
}

/// The density of the exponential.
pub fn exponential_density(x: f64) -> f64 {
    libm::exp(-x)
}

/// The density of the normal, times the square root of 2 pi, which cancels out.
pub fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x)
}
