//! What of the picture has to be written, so that the GPU holds it: as a rule what has entered since the last frame.

use super::Droplets;
use super::currents::Currents;
use super::instance::Words;

/// What the vertex buffer holds already.
#[derive(Default)]
pub(super) struct Copied {
    pub routes: bool,
    lengths: [usize; 3],
    cells: Vec<Words>,
}

/// What is to be written into the vertex buffer and the texture of routes.
#[derive(Default)]
pub struct Writes {
    /// Instances of the whole buffer.
    pub total: usize,
    /// The instances to write, one stretch after the other.
    pub words: Vec<Words>,
    /// Where each stretch begins in the buffer, and its length.
    pub stretches: Vec<(usize, usize)>,
    /// The routes, if they have changed.
    pub texels: Option<Vec<u32>>,
}

impl Writes {
    fn push(&mut self, at: usize, words: &[Words]) {
        self.stretches.push((at, words.len()));
        self.words.extend_from_slice(words);
    }
}

impl Droplets {
    /// Takes what has to be written so that the vertex buffer and the texture hold this picture.
    pub fn take_writes(&mut self, writes: &mut Writes) {
        *writes = Writes { words: std::mem::take(&mut writes.words), ..Writes::default() };
        writes.words.clear();
        let Currents { samples, cells, .. } = &mut self.currents;
        let lengths = [cells.len(), samples.places().len(), self.messages.places().len()];
        let starts = [0, lengths[0], lengths[0] + lengths[1]];
        writes.total = lengths.iter().sum();
        let changed = [samples.take_changed(), self.messages.take_changed()];
        if self.copied.lengths != lengths {
            self.copied.lengths = lengths;
            let sections = [cells.as_slice(), samples.places(), self.messages.places()];
            starts.into_iter().zip(sections).for_each(|(start, words)| writes.push(start, words));
            self.copied.cells.clone_from(cells);
        } else {
            if self.copied.cells != *cells {
                writes.push(0, cells);
                self.copied.cells.clone_from(cells);
            }
            let rings = [&*samples, &self.messages];
            for ((ring, start), changed) in rings.into_iter().zip(&starts[1..]).zip(changed) {
                changed.into_iter().for_each(|stretch| writes.push(start + stretch.start, &ring.places()[stretch]));
            }
        }
        if !std::mem::replace(&mut self.copied.routes, true) {
            writes.texels = Some(self.routes.texels().to_vec());
        }
    }
}
