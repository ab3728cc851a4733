//! The radix wheel: events far ahead, in buckets that grow wider with their distance.
//!
//! A time lies at the level of the highest digit (of `DIGIT_BITS` bits) in which it differs from the wheel's base, in the
//! bucket of that digit. So the earliest bucket is the lowest of the lowest occupied level, and its entries, once the base
//! has moved to where it starts, belong to lower levels (Ahuja, Mehlhorn, Orlin, Tarjan: "Faster algorithms for the
//! shortest path problem", J. ACM 37(2), 1990). Buckets are chains of fixed chunks out of one pool.

/// Bits of one digit: 64 buckets a level. Fewer would spread an event more often on its way down.
const DIGIT_BITS: u32 = 6;
const DIGITS: usize = 1 << DIGIT_BITS;
const LEVELS: usize = 64usize.div_ceil(DIGIT_BITS as usize);
/// Words that tell which buckets of a level hold anything.
const WORDS: usize = DIGITS / 64;
/// Entries of one chunk: so many lie together in memory.
const CHUNK: usize = 128;
/// The end of the pool's list of free chunks.
const NONE: u32 = u32::MAX;

/// One pending event.
#[derive(Clone, Copy, Debug)]
pub struct Entry<E> {
    /// When it happens, in nanoseconds.
    pub at: u64,
    /// What happens.
    pub event: E,
}

/// What the wheel says of its earliest bucket.
#[derive(Clone, Copy, Debug)]
pub struct Earliest {
    /// The first instant that belongs into it, in nanoseconds.
    pub starts: u64,
    /// The first instant after it, in nanoseconds.
    pub ends: u64,
    /// How many events it holds.
    pub len: usize,
    place: usize,
}

impl Earliest {
    /// Whether it cannot be spread any further.
    pub fn is_one_instant(&self) -> bool {
        self.place < DIGITS
    }
}

/// A chain of chunks, all full but the last. Meaningless ends when it is empty.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    first: u32,
    last: u32,
    len: u32,
}

/// Pending events at or after a base, roughly by time.
#[derive(Debug)]
pub struct Wheel<E> {
    base: u64,
    len: usize,
    /// Which levels hold anything.
    levels: u64,
    /// Which buckets of each level hold anything.
    occupied: [[u64; WORDS]; LEVELS],
    /// All levels' buckets, level by level; none before the first push, because most lists never need any.
    buckets: Vec<Bucket>,
    /// The pool: chunk `c` is the entries from `c * CHUNK`.
    entries: Vec<Entry<E>>,
    /// The chunk after each, in its bucket's chain or in the list of free chunks.
    next: Vec<u32>,
    free: u32,
}

impl<E: Copy> Wheel<E> {
    /// A wheel that holds nothing.
    pub const fn new() -> Self {
        Self {
            base: 0,
            len: 0,
            levels: 0,
            occupied: [[0; WORDS]; LEVELS],
            buckets: Vec::new(),
            entries: Vec::new(),
            next: Vec::new(),
            free: NONE,
        }
    }

    /// Bytes that a copy takes on the heap: chunks that hold something, and the buckets.
    pub fn heap_bytes(&self) -> usize {
        if self.len == 0 {
            return 0;
        }
        let occupied: u32 = self.occupied.iter().flatten().map(|word| word.count_ones()).sum();
        let chunks = self.len / CHUNK + occupied as usize;
        chunks * (CHUNK * size_of::<Entry<E>>() + size_of::<u32>()) + LEVELS * DIGITS * size_of::<Bucket>()
    }

    /// How many events it holds.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// How many entries the pool has room for.
    #[cfg(test)]
    pub const fn pool_len(&self) -> usize {
        self.entries.len()
    }

    /// The earliest time it takes, in nanoseconds.
    pub const fn base(&self) -> u64 {
        self.base
    }

    /// Sets the base of an empty wheel.
    pub fn rebase(&mut self, base: u64) {
        debug_assert!(self.len == 0, "places depend on the base");
        self.base = base;
    }

    /// Puts an event in, which must not lie before the base.
    pub fn push(&mut self, entry: Entry<E>) {
        debug_assert!(entry.at >= self.base, "the wheel takes nothing before its base");
        self.len += 1;
        self.append(entry);
    }

    /// The bucket before all others.
    pub fn earliest(&self) -> Option<Earliest> {
        if self.levels == 0 {
            return None;
        }
        let level = self.levels.trailing_zeros();
        let words = &self.occupied[level as usize];
        let word = words.iter().position(|&word| word != 0)?;
        let digit = word as u32 * 64 + words[word].trailing_zeros();
        let shift = level * DIGIT_BITS;
        let above = u64::MAX.checked_shl(shift + DIGIT_BITS).unwrap_or(0);
        let starts = self.base & above | u64::from(digit) << shift;
        let place = level as usize * DIGITS + digit as usize;
        let len = self.buckets[place].len as usize;
        Some(Earliest { starts, ends: starts.saturating_add(1 << shift), len, place })
    }

    /// The earliest time it holds, in nanoseconds.
    pub fn min(&self) -> Option<u64> {
        let mut earliest = u64::MAX;
        self.read(self.earliest()?.place, |entry| earliest = earliest.min(entry.at));
        Some(earliest)
    }

    /// Moves the earliest bucket to the end of `to`, in the order in which its entries were put in.
    pub fn take(&mut self, bucket: &Earliest, to: &mut Vec<Entry<E>>) {
        let mut left = bucket.len;
        while left > 0 {
            let chunk = self.detach_chunk(bucket.place);
            let from = chunk as usize * CHUNK;
            to.extend_from_slice(&self.entries[from..from + left.min(CHUNK)]);
            self.release(chunk);
            left = left.saturating_sub(CHUNK);
        }
        self.len -= bucket.len;
    }

    /// Moves the base to the start of the earliest bucket and its entries to lower levels.
    pub fn spread(&mut self, bucket: &Earliest) {
        self.base = bucket.starts;
        let mut left = bucket.len;
        while left > 0 {
            let chunk = self.detach_chunk(bucket.place);
            let from = chunk as usize * CHUNK;
            for i in from..from + left.min(CHUNK) {
                self.append(self.entries[i]);
            }
            self.release(chunk);
            left = left.saturating_sub(CHUNK);
        }
    }

    fn place(&self, at: u64) -> usize {
        let level = ((at ^ self.base) | 1).ilog2() / DIGIT_BITS;
        level as usize * DIGITS + (at >> (level * DIGIT_BITS)) as usize % DIGITS
    }

    fn append(&mut self, entry: Entry<E>) {
        if self.buckets.is_empty() {
            self.buckets.resize(LEVELS * DIGITS, Bucket { first: NONE, last: NONE, len: 0 });
        }
        let place = self.place(entry.at);
        let Bucket { last, len, .. } = self.buckets[place];
        let filled = len as usize % CHUNK;
        let chunk = if filled == 0 { self.attach_chunk(place, entry) } else { last };
        self.buckets[place].len = len + 1;
        self.entries[chunk as usize * CHUNK + filled] = entry;
    }

    /// Adds a chunk to the end of a bucket whose chunks are full; a chunk new to the pool is filled with `filler`.
    fn attach_chunk(&mut self, place: usize, filler: Entry<E>) -> u32 {
        let chunk = if self.free == NONE {
            self.entries.resize(self.entries.len() + CHUNK, filler);
            self.next.push(NONE);
            (self.next.len() - 1) as u32
        } else {
            let chunk = self.free;
            self.free = self.next[chunk as usize];
            chunk
        };
        let bucket = &mut self.buckets[place];
        if bucket.len == 0 {
            bucket.first = chunk;
            self.occupied[place / DIGITS][place % DIGITS / 64] |= 1 << (place % 64);
            self.levels |= 1 << (place / DIGITS);
        } else {
            self.next[bucket.last as usize] = chunk;
        }
        bucket.last = chunk;
        chunk
    }

    /// Takes the first chunk out of a bucket. Its entries stay readable until it is released.
    fn detach_chunk(&mut self, place: usize) -> u32 {
        let bucket = &mut self.buckets[place];
        let chunk = bucket.first;
        bucket.first = self.next[chunk as usize];
        bucket.len = bucket.len.saturating_sub(CHUNK as u32);
        if bucket.len == 0 {
            let level = place / DIGITS;
            self.occupied[level][place % DIGITS / 64] &= !(1 << (place % 64));
            self.levels &= !(u64::from(self.occupied[level] == [0; WORDS]) << level);
        }
        chunk
    }

    fn release(&mut self, chunk: u32) {
        self.next[chunk as usize] = self.free;
        self.free = chunk;
    }

    fn read(&self, place: usize, mut each: impl FnMut(Entry<E>)) {
        let Bucket { first, len, .. } = self.buckets[place];
        let (mut chunk, mut left) = (first as usize, len as usize);
        while left > 0 {
            self.entries[chunk * CHUNK..][..left.min(CHUNK)].iter().for_each(|&entry| each(entry));
            left = left.saturating_sub(CHUNK);
            if left > 0 {
                chunk = self.next[chunk] as usize;
            }
        }
    }
}

impl<E: Copy> Clone for Wheel<E> {
    /// Copies what is pending, not the pool.
    fn clone(&self) -> Self {
        let mut copy = Self { base: self.base, ..Self::new() };
        if self.len > 0 {
            copy.entries.reserve_exact(self.len + CHUNK);
            let mut levels = self.levels;
            while levels != 0 {
                let level = levels.trailing_zeros() as usize;
                for (word, mut digits) in self.occupied[level].into_iter().enumerate() {
                    while digits != 0 {
                        let digit = word * 64 + digits.trailing_zeros() as usize;
                        self.read(level * DIGITS + digit, |entry| copy.push(entry));
                        digits &= digits - 1;
                    }
                }
                levels &= levels - 1;
            }
        }
        copy
    }
}
