//! Carries a picture that was drawn with one set of colours, a theme's, over to another.
//!
//! A colour that is a role's becomes that role's colour in the other theme, exactly. What lies between, edges and
//! gradients, moves as the roles' colours near it move: the displacements of all roles, weighed by the inverse fourth
//! power of their distances, tabulated over the cube of colours and interpolated. So a gradient between two roles
//! stays a gradient, and what is far from every role that moves stays nearly as it is.

use std::collections::BTreeMap;

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// Steps from node to node of the table, in 256ths of a channel, and nodes along one side.
const STEP: usize = 8;
const NODES: usize = 256 / STEP + 1;
/// So far from everything that moves a colour moves half as much.
const REACH: f32 = 150.0;
/// From the colours of one theme to those of another.
pub struct Dye {
    exact: BTreeMap<Rgb, Rgb>,
    /// Displacements at the nodes, red fastest, then green, then blue.
    nodes: Vec<[i16; 3]>,
}

impl Dye {
    /// From what each colour becomes, and what stays as it is.
    pub fn new(exact: BTreeMap<Rgb, Rgb>, stays: &[Rgb]) -> Self {
        let stays = stays.iter().filter(|colour| !exact.contains_key(*colour)).map(|colour| (colour, colour));
        let moves: Vec<([f32; 3], [f32; 3])> = exact
            .iter()
            .chain(stays)
            .map(|(from, to)| {
                let from = from.map(f32::from);
                (from, [0, 1, 2].map(|i| f32::from(to[i]) - from[i]))
            })
            .collect();
        let side = |at: usize| (at * STEP) as f32;
        let nodes = (0..NODES.pow(3)).map(|at| {
            let colour = [side(at % NODES), side(at / NODES % NODES), side(at / (NODES * NODES))];
            displacement(&moves, colour).map(|moved| moved.round() as i16)
        });
        Self { nodes: nodes.collect(), exact }
    }

    /// The colour in the theme.
    pub fn colour(&self, colour: Rgb) -> Rgb {
        if let Some(exact) = self.exact.get(&colour) {
            return *exact;
        }
        let [base, part] = [|channel: u8| usize::from(channel) / STEP, |channel: u8| usize::from(channel) % STEP];
        let mut moved = [0i32; 3];
        for corner in 0..8 {
            let mut weight = 1;
            let mut at = 0;
            for (i, stride) in [1, NODES, NODES * NODES].into_iter().enumerate() {
                let upper = corner >> i & 1;
                weight *= if upper == 1 { part(colour[i]) } else { STEP - part(colour[i]) };
                at += (base(colour[i]) + upper) * stride;
            }
            let node = self.nodes[at];
            for i in 0..3 {
                moved[i] += i32::from(node[i]) * weight as i32;
            }
        }
        let whole = STEP.pow(3) as i32;
        [0, 1, 2].map(|i| (i32::from(colour[i]) + (moved[i] + whole / 2).div_euclid(whole)).clamp(0, 255) as u8)
    }

    /// Changes a picture: four bytes a pixel, red, green, blue and alpha. Alpha stays, and so does what cannot be seen.
    pub fn picture(&self, rgba: &mut [u8]) {
        // Flat areas are runs of one colour.
        let mut last = ([0; 3], self.colour([0; 3]));
        for pixel in rgba.chunks_exact_mut(4).filter(|pixel| pixel[3] > 0) {
            let colour = [pixel[0], pixel[1], pixel[2]];
            if colour != last.0 {
                last = (colour, self.colour(colour));
            }
            pixel[..3].copy_from_slice(&last.1);
        }
    }
}

fn displacement(moves: &[([f32; 3], [f32; 3])], colour: [f32; 3]) -> [f32; 3] {
    let mut sum = [0.0; 3];
    let mut weights = REACH.powi(-4);
    for (from, moved) in moves {
        let square: f32 = [0, 1, 2].iter().map(|&i| (from[i] - colour[i]) * (from[i] - colour[i])).sum();
        let weight = 1.0 / (square * square).max(1e-3);
        weights += weight;
        for i in 0..3 {
            sum[i] += weight * moved[i];
        }
    }
    sum.map(|each| each / weights)
}
