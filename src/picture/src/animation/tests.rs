//! What is encoded is decoded again, and looks like what went in.

use super::*;

/// A picture whose pixels are a function of column and row.
fn picture(width: usize, height: usize, colour: impl Fn(usize, usize) -> [u8; 3]) -> Rgba {
    let all = (0..height).flat_map(|row| (0..width).map(move |column| (column, row)));
    let pixels = all.flat_map(|(column, row)| {
        let [red, green, blue] = colour(column, row);
        [red, green, blue, 255]
    });
    Rgba { width, height, pixels: pixels.collect() }
}

/// A dark board with a gradient, and a bright droplet that moves.
fn frame(nth: usize) -> Rgba {
    picture(120, 80, |column, row| {
        let is_droplet = column.abs_diff(10 + nth * 6) < 4 && row.abs_diff(40) < 4;
        if is_droplet { [0x74, 0xf0, 0xff] } else { [20 + row as u8, 18, 60 + column as u8 / 2] }
    })
}

/// All frames as they are shown, and their delays in hundredths of a second.
fn decode(bytes: &[u8]) -> (Vec<Vec<u8>>, Vec<u16>, usize) {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert_eq!(decoder.repeat(), Repeat::Infinite);
    let width = usize::from(decoder.width());
    let mut canvas = vec![0; width * usize::from(decoder.height()) * 4];
    let (mut frames, mut delays, mut drawn) = (Vec::new(), Vec::new(), 0);
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
        drawn += frame.buffer.len() / 4;
        for (nth, pixel) in frame.buffer.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let column = usize::from(frame.left) + nth % usize::from(frame.width);
            let row = usize::from(frame.top) + nth / usize::from(frame.width);
            canvas[(row * width + column) * 4..][..4].copy_from_slice(pixel);
        }
        frames.push(canvas.clone());
    }
    (frames, delays, drawn)
}

#[test]
fn an_animation_is_decoded_to_about_what_it_was_made_of() {
    let frames: Vec<Rgba> = (0..12).map(frame).collect();
    let bytes = gif(&frames, 80).unwrap();
    let (decoded, delays, drawn) = decode(&bytes);
    assert_eq!((decoded.len(), delays), (12, vec![8; 12]));
    for (frame, decoded) in frames.iter().zip(&decoded) {
        let far = frame.pixels.iter().zip(decoded).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let mean = far.clone().sum::<u64>() as f64 / decoded.len() as f64;
        assert!(mean < 3.0, "off by {mean} on average");
        let droplets = decoded.chunks_exact(4).filter(|pixel| pixel[1] > 200).count();
        assert!((45..=55).contains(&droplets), "the droplet is whole, and nothing stays behind: {droplets}");
    }
    assert!(drawn < 120 * 80 * 3 / 2, "only what differs is drawn again: {drawn}");
    assert!(bytes.len() < 20_000, "{}", bytes.len());
}

#[test]
fn it_can_be_encoded_bit_by_bit_and_stands_still_where_nothing_moves() {
    let mut animation = Animation::new(&[frame(3)], 1).unwrap();
    let mut bytes = Vec::new();
    for _ in 0..5 {
        animation.add(&frame(3)).unwrap();
        bytes.push(animation.bytes());
    }
    assert!(bytes.is_sorted() && bytes[4] - bytes[0] < 200, "what stands still costs next to nothing: {bytes:?}");
    let (decoded, delays, drawn) = decode(&animation.finish().unwrap());
    assert_eq!((decoded.len(), delays[0], drawn), (5, 2, 120 * 80 + 4));
    assert!(decoded.iter().all(|frame| *frame == decoded[0]));
}

#[test]
fn few_and_extreme_pixels_are_no_problem() {
    for (width, height) in [(1, 1), (1, 9), (1_280, 1)] {
        let frames =
            vec![picture(width, height, |column, _| [column as u8; 3]), picture(width, height, |_, _| [255; 3])];
        assert_eq!(decode(&gif(&frames, 50).unwrap()).0.len(), 2);
    }
    let noise = picture(300, 200, |column, row| {
        let n = (column * 7919 + row * 104_729).wrapping_mul(2_654_435_761);
        [(n >> 8) as u8, (n >> 16) as u8, (n >> 24) as u8]
    });
    assert_eq!(decode(&gif(&[noise], 50).unwrap()).0.len(), 1);
}

#[test]
fn too_much_is_refused() {
    let small = picture(2, 2, |_, _| [0; 3]);
    let refused = |frames: Vec<Rgba>| gif(&frames, 50).unwrap_err();
    assert_eq!(refused(vec![]), AnimationError::FrameCount(0));
    assert_eq!(refused(vec![small.clone(); FRAMES_MAX + 1]), AnimationError::FrameCount(FRAMES_MAX + 1));
    assert_eq!(refused(vec![small.clone(), picture(2, 3, |_, _| [0; 3])]), AnimationError::FrameSize);
    assert_eq!(refused(vec![picture(FRAME_SIDE_MAX + 1, 1, |_, _| [0; 3])]), AnimationError::FrameSize);
    assert_eq!(refused(vec![Rgba { width: 0, height: 0, pixels: vec![] }]), AnimationError::FrameSize);
    assert_eq!(refused(vec![Rgba { pixels: vec![0; 15], ..small }]), AnimationError::FrameSize);
    assert_eq!(refused(vec![picture(1_280, 1_280, |_, _| [0; 3]); 31]), AnimationError::TooLarge);
    let mut animation = Animation::new(std::slice::from_ref(&small), 50).unwrap();
    assert_eq!(animation.add(&picture(3, 2, |_, _| [0; 3])), Err(AnimationError::FrameSize));
    assert_eq!(animation.finish(), Err(AnimationError::FrameCount(0)), "a file has a frame at least");
}

#[test]
fn a_picture_is_shrunk_by_means() {
    let stripes = picture(8, 4, |column, _| if column % 2 == 0 { [0, 100, 7] } else { [200, 100, 9] });
    let fit = stripes.fit(4);
    assert_eq!((fit.width, fit.height), (4, 2));
    assert!(fit.pixels.chunks_exact(4).all(|pixel| *pixel == [100, 100, 8, 255]));
    assert_eq!(stripes.fit(8), stripes);
    let odd = stripes.fit(3);
    assert_eq!((odd.width, odd.height, odd.pixels.len()), (3, 1, 12));
}

#[test]
fn small_bright_things_on_a_wide_ground_keep_their_colours() {
    // A dusk with every shade of purple and red, and a few droplets, as a run shows them: less than a thousandth of it.
    let droplets = [[0x3d, 0xe0, 0xff], [0xff, 0xd2, 0x3f], [0xe8, 0x8c, 0xf0]];
    let at = |nth: usize| (40 + nth * 37 % 500, 60 + nth * 53 % 300);
    let scene = picture(600, 400, |column, row| {
        let near = (0..12).find(|nth| column.abs_diff(at(*nth).0) < 2 && row.abs_diff(at(*nth).1) < 2);
        let noise = ((column * 7 + row * 13) % 9) as u8;
        let dusk = [60 + (row / 4) as u8 + noise, 20 + (column / 12) as u8, 70 + (row / 5) as u8 + noise / 2];
        near.map_or(dusk, |nth| droplets[nth % 3])
    });
    let (decoded, ..) = decode(&gif(std::slice::from_ref(&scene), 80).unwrap());
    for nth in 0..12 {
        let (column, row) = at(nth);
        let shown = &decoded[0][(row * 600 + column) * 4..][..3];
        let far = shown.iter().zip(droplets[nth % 3]).map(|(a, b)| a.abs_diff(b)).max();
        assert!(far < Some(20), "droplet {nth} is {shown:?} instead of {:?}", droplets[nth % 3]);
    }
    let far = scene.pixels.iter().zip(&decoded[0]).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
    assert!((far as f64) < 3.0 * scene.pixels.len() as f64, "and the ground its own");
}
