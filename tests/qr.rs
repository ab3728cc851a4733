//! QR codes of links are read again by another program.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use pipe_maze_level::limits::QR_BYTES_MAX;
use pipe_maze_level::share::{LevelText, ShareError, SharedSolution, link, qr};
use pipe_maze_level::{Shared, Solution};
use std::fs;

const PAGE: &str = "https://pipe-maze.example/play/";
const LEVEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../levels/3-flow-control/pipe-walker");

/// The link of a solution of the campaign.
fn solution_link() -> String {
    let read = |file: &str| fs::read_to_string(file).unwrap();
    let level = LevelText::parse(read(&format!("{LEVEL}.ron"))).unwrap();
    let solution = Solution::parse(&read(&format!("{LEVEL}.solution.ron"))).unwrap();
    let shared = Shared::Solution(Box::new(SharedSolution { solution, level_hash: Some(level.hash()), level: None }));
    link(PAGE, &shared.to_code().unwrap())
}

#[test]
fn a_qr_code_is_read_again_by_another_program() {
    let link = solution_link();
    let long = format!("{link}{}", "x".repeat(QR_BYTES_MAX - link.len()));
    for link in [&link, &long] {
        let code = qr(link).unwrap();
        let (margin, scale) = (4, 3);
        let side = (code.side() + 2 * margin) * scale;
        let shade = |x: usize, y: usize| {
            let cell = |pixel: usize| (pixel as u32 / scale).checked_sub(margin);
            let dark = cell(x).zip(cell(y)).is_some_and(|(column, row)| code.is_dark(column, row));
            if dark { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side as usize, side as usize, shade);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(&grids[0].decode().unwrap().1, link);
        assert!(!code.is_dark(code.side(), 0) && !code.is_dark(0, u32::MAX));
    }
    let error = qr(&format!("{long}x")).unwrap_err();
    assert_eq!(error, ShareError::TooLong { bytes: QR_BYTES_MAX + 1, bytes_max: QR_BYTES_MAX });
}
