//! A slab: records in slots that are used again. An epoch tells an old reference to a slot from a new one.

/// Records by slot.
#[derive(Clone, Debug)]
pub(crate) struct Slab<T> {
    entries: Vec<Entry<T>>,
    free: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    epoch: u16,
    record: Option<T>,
}

impl<T> Slab<T> {
    pub const fn new() -> Self {
        Self { entries: Vec::new(), free: Vec::new() }
    }

    pub fn insert(&mut self, record: T) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.entries.push(Entry { epoch: 0, record: None });
            (self.entries.len() - 1) as u32
        });
        self.entries[slot as usize].record = Some(record);
        slot
    }

    pub fn remove(&mut self, slot: u32) -> Option<T> {
        let entry = &mut self.entries[slot as usize];
        let record = entry.record.take();
        if record.is_some() {
            entry.epoch = entry.epoch.wrapping_add(1);
            self.free.push(slot);
        }
        record
    }

    pub fn epoch(&self, slot: u32) -> u16 {
        self.entries[slot as usize].epoch
    }

    /// The record of that slot, if it is still the one of that epoch.
    pub fn current(&mut self, slot: u32, epoch: u16) -> Option<&mut T> {
        let entry = self.entries.get_mut(slot as usize)?;
        if entry.epoch == epoch { entry.record.as_mut() } else { None }
    }

    /// The record of that slot. Callers hold slots only of records that are there.
    pub fn get(&self, slot: u32) -> &T {
        self.entries[slot as usize].record.as_ref().expect("whoever holds this slot keeps its record alive")
    }

    /// The same, to be changed.
    pub fn at(&mut self, slot: u32) -> &mut T {
        self.entries[slot as usize].record.as_mut().expect("whoever holds this slot keeps its record alive")
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.entries.len() * size_of::<Entry<T>>() + self.free.len() * size_of::<u32>()
    }

    pub fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }
}
