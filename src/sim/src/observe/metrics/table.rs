//! A table of pieces: found by identity on every fact, so that it must not cost more than what is done then.

use crate::kernel::id::PieceId;

/// No entry.
const NONE: u32 = u32::MAX;

/// Something for each piece that was ever mentioned.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    /// Identities and entries, by a hash of the identity; where that place is taken, at the next free one. At least
    /// half of the places are free. Their number is a power of two.
    places: Vec<(PieceId, u32)>,
    /// In the order in which they were first mentioned.
    entries: Vec<(PieceId, T)>,
    /// The entry of the piece at each place of a blueprint, where that is known. Another run may have other pieces there.
    by_place: Vec<u32>,
    /// The entries in order of identity.
    order: Vec<u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            places: vec![(PieceId::default(), NONE); 16],
            entries: Vec::new(),
            by_place: Vec::new(),
            order: Vec::new(),
        }
    }
}

impl<T: Default> Table<T> {
    /// The entry of a piece, found by its place in its run's blueprint where that is known.
    #[inline]
    pub fn at_place(&mut self, id: PieceId, place: Option<u16>) -> &mut T {
        let nth = place.and_then(|place| self.by_place.get(usize::from(place))).map_or(NONE, |&nth| nth);
        let nth = match self.entries.get(nth as usize) {
            Some((found, _)) if *found == id => nth as usize,
            _ => self.find_place(id, place),
        };
        &mut self.entries[nth].1
    }

    /// The entry of a piece.
    #[inline]
    pub fn at(&mut self, id: PieceId) -> &mut T {
        let nth = self.find(id);
        &mut self.entries[nth].1
    }

    #[inline(never)]
    fn find_place(&mut self, id: PieceId, place: Option<u16>) -> usize {
        let nth = self.find(id);
        if let Some(place) = place.map(usize::from) {
            self.by_place.resize(self.by_place.len().max(place + 1), NONE);
            self.by_place[place] = nth as u32;
        }
        nth
    }

    #[inline]
    fn find(&mut self, id: PieceId) -> usize {
        let mask = self.places.len() - 1;
        let mut place = self.place(id);
        let nth = loop {
            let (found, nth) = self.places[place & mask];
            // A free place may bear any identity; it has no entry.
            if found == id || nth == NONE {
                break nth;
            }
            place += 1;
        };
        if (nth as usize) < self.entries.len() { nth as usize } else { self.insert(id) }
    }

    /// All entries, in order of identity.
    pub fn iter(&self) -> impl Iterator<Item = (PieceId, &T)> {
        let entries = self.order.iter().map(|&entry| &self.entries[entry as usize]);
        entries.map(|(id, entry)| (*id, entry))
    }

    /// All entries, to be changed, in no particular order.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut().map(|(_, entry)| entry)
    }

    #[cold]
    fn insert(&mut self, id: PieceId) -> usize {
        let entry = self.entries.len();
        let rank = self.order.partition_point(|&other| self.entries[other as usize].0 < id);
        self.order.insert(rank, entry as u32);
        self.entries.push((id, T::default()));
        if 2 * self.entries.len() > self.places.len() {
            self.places = vec![(PieceId::default(), NONE); 4 * self.places.len()];
            (0..entry).for_each(|other| self.settle(other));
        }
        self.settle(entry);
        entry
    }

    /// Gives an entry a place.
    fn settle(&mut self, entry: usize) {
        let id = self.entries[entry].0;
        let mut place = self.place(id);
        let mask = self.places.len() - 1;
        while self.places[place & mask].1 != NONE {
            place += 1;
        }
        self.places[place & mask] = (id, entry as u32);
    }

    /// Where the search for a piece begins. The product's high bits depend on all bits of the identity.
    #[inline]
    fn place(&self, id: PieceId) -> usize {
        (id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_has_its_own_entry_whatever_their_number() {
        let mut table = Table::<u64>::default();
        // Backwards, and with identities that differ in high bits only, in low bits only, and zero among them.
        let ids: Vec<PieceId> = (0..500).rev().flat_map(|n| [PieceId(n), PieceId(n << 48), PieceId(n << 20)]).collect();
        for round in 0..3 {
            ids.iter().for_each(|&id| *table.at(id) += id.0 + round);
        }
        // Zero stands in the list three times.
        let found: Vec<(PieceId, u64)> = table.iter().map(|(id, &sum)| (id, sum)).collect();
        let mut expected: Vec<(PieceId, u64)> = ids.iter().map(|&id| (id, 0)).collect();
        expected.sort();
        expected.dedup();
        for (id, sum) in &mut expected {
            let times = ids.iter().filter(|&other| other == id).count() as u64;
            *sum = times * (3 * id.0 + 3);
        }
        assert_eq!(found, expected);
    }
}
