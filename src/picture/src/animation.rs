//! Moving pictures to post: frames become an animated GIF with one palette for all of them.
//!
//! 1. [`Animation::new`] counts the colours of a few samples and finds 255 for them.
//! 2. [`Animation::add`] encodes one frame: only the rectangle that differs from what is shown, and in it only the
//!    pixels that do. Frames need not be kept: whoever paints one adds it, and paints the next.
//! 3. [`Animation::finish`] gives the file.
//!
//! Time is bounded: the palette is learned from a fixed number of pixels, every colour is looked up once.

use crate::Rgba;
use color_quant::NeuQuant;
use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};
use std::borrow::Cow;
use std::fmt;

/// Most frames.
pub const FRAMES_MAX: usize = 240;
/// The longest side, in pixels.
pub const FRAME_SIDE_MAX: usize = 1_280;
/// Most pixels of all frames together.
pub const FRAME_PIXELS_MAX: usize = 48 << 20;
/// Most bytes of a file.
pub const GIF_BYTES_MAX: usize = 24 << 20;
/// Shortest and longest time between frames, in milliseconds: browsers slow down what is faster.
pub const DELAY_MS: std::ops::RangeInclusive<u32> = 20..=10_000;

/// About how many pixels the palette is learned from.
const SAMPLES: usize = 1 << 15;
/// Colours of the palette, and how many of them are learned; one more stands for what stays as it was.
const COLOURS: usize = 255;
const LEARNED: usize = 192;
const STAYS: u8 = 255;
/// Bits of each channel by which colours are told apart, and by which they are counted.
const BITS: u32 = 6;
const BIN_BITS: u32 = 5;

/// Why frames do not become an animation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnimationError {
    /// There are none, or too many.
    FrameCount(usize),
    /// A frame has no pixels, is too large, is of another size than the first, or is not as large as it says.
    FrameSize,
    /// All frames together have too many pixels, or the file becomes too large.
    TooLarge,
}

impl fmt::Display for AnimationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrameCount(count) => write!(f, "{count} frames: from 1 to {FRAMES_MAX} are possible"),
            Self::FrameSize => {
                write!(f, "a frame is not as large as the first, or a side is not from 1 to {FRAME_SIDE_MAX}")
            }
            Self::TooLarge => write!(f, "the animation is too large: make it shorter or smaller"),
        }
    }
}

impl std::error::Error for AnimationError {}

impl From<EncodingError> for AnimationError {
    fn from(_: EncodingError) -> Self {
        // It writes into memory, and frames are checked before: nothing else can be wrong.
        Self::TooLarge
    }
}

/// An animation that is being encoded.
pub struct Animation {
    count: usize,
    size: (usize, usize),
    delay_cs: u16,
    palette: Palette,
    /// Which colour each pixel shows now.
    shown: Vec<u8>,
    encoder: Encoder<Vec<u8>>,
}

/// Makes an animated GIF of frames of one size that follow each other after so many milliseconds, again and again.
///
/// # Errors
/// What is wrong with the frames.
pub fn gif(frames: &[Rgba], delay_ms: u32) -> Result<Vec<u8>, AnimationError> {
    let mut animation = Animation::new(frames, delay_ms)?;
    for frame in frames {
        animation.add(frame)?;
    }
    animation.finish()
}

impl Animation {
    /// Without a frame yet: the palette is made for what the samples show. All frames are as large as they are.
    ///
    /// # Errors
    /// What is wrong with the samples.
    pub fn new(samples: &[Rgba], delay_ms: u32) -> Result<Self, AnimationError> {
        let first = samples.first().ok_or(AnimationError::FrameCount(0))?;
        let size = (first.width, first.height);
        if samples.len() > FRAMES_MAX {
            return Err(AnimationError::FrameCount(samples.len()));
        }
        if !samples.iter().all(|sample| is_good(sample, size)) {
            return Err(AnimationError::FrameSize);
        }
        let palette = Palette::of(samples);
        let (width, height) = (size.0 as u16, size.1 as u16);
        let mut encoder = Encoder::new(Vec::new(), width, height, &palette.rgb())?;
        encoder.set_repeat(Repeat::Infinite)?;
        let delay_cs = (delay_ms.clamp(*DELAY_MS.start(), *DELAY_MS.end()) / 10) as u16;
        Ok(Self { count: 0, size, delay_cs, palette, shown: Vec::new(), encoder })
    }

    /// Encodes the next frame.
    ///
    /// # Errors
    /// What is wrong with it, or that there are too many or the file becomes too large.
    pub fn add(&mut self, frame: &Rgba) -> Result<(), AnimationError> {
        if !is_good(frame, self.size) {
            return Err(AnimationError::FrameSize);
        }
        self.count += 1;
        if self.count > FRAMES_MAX {
            return Err(AnimationError::FrameCount(self.count));
        }
        if self.size.0 * self.size.1 * self.count > FRAME_PIXELS_MAX {
            return Err(AnimationError::TooLarge);
        }
        let is_first = self.shown.is_empty();
        let next: Vec<u8> = frame.pixels.chunks_exact(4).map(|pixel| self.palette.nearest(pixel)).collect();
        let part = if is_first { (0, 0, self.size.0, self.size.1) } else { changed(&self.shown, &next, self.size.0) };
        let (left, top, width, height) = part;
        let mut buffer = Vec::with_capacity(width * height);
        for row in top..top + height {
            let range = row * self.size.0 + left..row * self.size.0 + left + width;
            let stays = |index: usize| !is_first && self.shown[index] == next[index];
            buffer.extend(range.map(|index| if stays(index) { STAYS } else { next[index] }));
        }
        self.encoder.write_frame(&Frame {
            delay: self.delay_cs,
            dispose: DisposalMethod::Keep,
            transparent: (!is_first).then_some(STAYS),
            left: left as u16,
            top: top as u16,
            width: width as u16,
            height: height as u16,
            buffer: Cow::Owned(buffer),
            ..Frame::default()
        })?;
        self.shown = next;
        if self.bytes() > GIF_BYTES_MAX { Err(AnimationError::TooLarge) } else { Ok(()) }
    }

    /// Bytes of the file so far.
    pub fn bytes(&self) -> usize {
        self.encoder.get_ref().len()
    }

    /// The file, with the frames encoded so far.
    ///
    /// # Errors
    /// That there is none, or that it is too large.
    pub fn finish(self) -> Result<Vec<u8>, AnimationError> {
        if self.count == 0 { Err(AnimationError::FrameCount(0)) } else { Ok(self.encoder.into_inner()?) }
    }
}

/// Whether a frame is of that size, and that size one that a frame may have.
fn is_good(frame: &Rgba, size: (usize, usize)) -> bool {
    let sides = 1..=FRAME_SIDE_MAX;
    (frame.width, frame.height) == size
        && sides.contains(&size.0)
        && sides.contains(&size.1)
        && frame.pixels.len() == size.0 * size.1 * 4
}

/// The smallest rectangle that holds every difference: left, top, width, height; a single pixel where there is none.
fn changed(before: &[u8], after: &[u8], width: usize) -> (usize, usize, usize, usize) {
    let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
    for (row, (before, after)) in before.chunks_exact(width).zip(after.chunks_exact(width)).enumerate() {
        let differs = |column: &usize| before[*column] != after[*column];
        let (Some(first), Some(last)) = ((0..width).find(differs), (0..width).rfind(differs)) else { continue };
        (left, right) = (left.min(first), right.max(last));
        (top, bottom) = (top.min(row), row);
    }
    if top == usize::MAX { (0, 0, 1, 1) } else { (left, top, right - left + 1, bottom - top + 1) }
}

/// Colours for all frames.
struct Palette {
    colours: Vec<[u8; 3]>,
    /// The nearest colour to each that was asked for; none yet where it is out of range.
    known: Vec<u16>,
}

impl Palette {
    /// Most colours are learned: by how much there is of each, but not as much, by the root of that. What is learned is
    /// the wide ground; small bright things would be mixed into it. So the rest goes to what is farthest from all others.
    fn of(frames: &[Rgba]) -> Self {
        let seen = seen(frames);
        let whole: f64 = seen.iter().map(|(_, weight)| weight).sum();
        let scale = (SAMPLES as f64 / whole.max(1.0)).min(1.0);
        let mut samples = Vec::with_capacity(SAMPLES * 4);
        for ([red, green, blue], weight) in &seen {
            let times = (weight * scale).ceil() as usize;
            samples.extend(std::iter::repeat_n([*red, *green, *blue, u8::MAX], times).flatten());
        }
        // It learns nothing from less than this.
        while samples.len() < 4 * 1_024 {
            samples.extend_from_within(..);
        }
        let learned = NeuQuant::new(1, LEARNED, &samples).color_map_rgb();
        let mut colours: Vec<[u8; 3]> = learned.chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]]).collect();
        add_farthest(&mut colours, &seen);
        Self { colours, known: vec![u16::MAX; 1 << (3 * BITS)] }
    }

    /// Red, green and blue of each colour, and of the one that stands for what stays.
    fn rgb(&self) -> Vec<u8> {
        let mut rgb = self.colours.concat();
        rgb.resize((COLOURS + 1) * 3, 0);
        rgb
    }

    fn nearest(&mut self, pixel: &[u8]) -> u8 {
        let key = place(pixel, BITS);
        if self.known[key] > u16::from(u8::MAX) {
            let far = |colour: &[u8; 3]| distance(*colour, [pixel[0], pixel[1], pixel[2]]);
            let nearest = self.colours.iter().enumerate().min_by_key(|(_, colour)| far(colour));
            self.known[key] = nearest.map_or(0, |(nth, _)| nth as u16);
        }
        self.known[key] as u8
    }
}

/// The colours that are there, each the mean of those like it, with the root of how many pixels have it.
fn seen(frames: &[Rgba]) -> Vec<([u8; 3], f64)> {
    let mut bins = vec![([0_u32; 3], 0_u32); 1 << (3 * BIN_BITS)];
    for pixel in frames.iter().flat_map(|frame| frame.pixels.chunks_exact(4)) {
        let (sums, count) = &mut bins[place(pixel, BIN_BITS)];
        sums.iter_mut().zip(pixel).for_each(|(sum, &value)| *sum += u32::from(value));
        *count += 1;
    }
    let there = bins.into_iter().filter(|(_, count)| *count > 0);
    there.map(|(sums, count)| (sums.map(|sum| ((sum + count / 2) / count) as u8), f64::from(count).sqrt())).collect()
}

/// Adds those that are farthest from all colours so far, by how much there is of them.
fn add_farthest(colours: &mut Vec<[u8; 3]>, seen: &[([u8; 3], f64)]) {
    let nearest = |colour: [u8; 3]| colours.iter().map(|each| distance(*each, colour)).min().unwrap_or(u32::MAX);
    let mut far: Vec<u32> = seen.iter().map(|(colour, _)| nearest(*colour)).collect();
    while colours.len() < COLOURS {
        let missed = far.iter().zip(seen).map(|(far, (colour, weight))| (f64::from(*far) * weight, *colour));
        let Some((missed, colour)) = missed.max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
        if missed == 0.0 {
            return;
        }
        colours.push(colour);
        far.iter_mut().zip(seen).for_each(|(far, (other, _))| *far = (*far).min(distance(colour, *other)));
    }
}

/// How different two colours are: the square of their distance.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.into_iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// The place of a colour among those that so many bits of each channel tell apart.
fn place(pixel: &[u8], bits: u32) -> usize {
    pixel[..3].iter().fold(0, |place, &value| place << bits | usize::from(value >> (8 - bits)))
}

impl Rgba {
    /// The picture so that its longer side is at most that long: each pixel is the mean of those that it stands for.
    #[must_use]
    pub fn fit(&self, side_max: usize) -> Self {
        let longer = self.width.max(self.height);
        if longer <= side_max.max(1) || self.pixels.len() != self.width * self.height * 4 {
            return self.clone();
        }
        let shrunk = |side: usize| (side * side_max.max(1) / longer).max(1);
        let (width, height) = (shrunk(self.width), shrunk(self.height));
        let mut pixels = Vec::with_capacity(width * height * 4);
        for row in 0..height {
            let rows = row * self.height / height..((row + 1) * self.height).div_ceil(height);
            for column in 0..width {
                let columns = column * self.width / width..((column + 1) * self.width).div_ceil(width);
                pixels.extend(self.mean(rows.clone(), columns));
            }
        }
        Self { width, height, pixels }
    }

    fn mean(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> [u8; 4] {
        let count = (rows.len() * columns.len()).max(1) as u32;
        let mut sums = [count / 2; 4];
        for row in rows {
            for column in columns.clone() {
                let at = (row * self.width + column) * 4;
                sums.iter_mut().zip(&self.pixels[at..at + 4]).for_each(|(sum, &value)| *sum += u32::from(value));
            }
        }
        sums.map(|sum| (sum / count) as u8)
    }
}

#[cfg(test)]
mod tests;
