//! Where things stand on the sample board.

/// Cells of the board.
pub const SIZE: [usize; 2] = [20, 14];
/// Rows of sky.
pub const SKY: usize = 4;
/// Carved boxes: column, row, width, height.
pub const CARVED: [[usize; 4]; 6] =
    [[1, 4, 3, 3], [2, 5, 10, 4], [12, 4, 7, 10], [9, 8, 4, 5], [3, 9, 6, 1], [3, 10, 5, 3]];
/// Pipe tiles: piece with state, column, row.
pub const PIPES: [(&str, usize, usize); 34] = [
    ("pipe-end-n-ok", 2, 4),
    ("pipe-v-ok", 2, 5),
    ("pipe-en-ok", 2, 6),
    ("pipe-h-ok", 3, 6),
    ("pipe-h-ok", 4, 6),
    ("pipe-end-e-ok", 5, 6),
    ("pipe-end-w-ok", 8, 5),
    ("pipe-h-ok", 9, 5),
    ("pipe-h-ok", 10, 5),
    ("pipe-h-ok", 11, 5),
    ("pipe-end-e-ok", 12, 5),
    ("pipe-end-w-ok", 8, 6),
    ("pipe-h-ok", 9, 6),
    ("pipe-ws-ok", 10, 6),
    ("pipe-v-ok", 10, 7),
    ("pipe-tee-w-ok", 10, 8),
    ("pipe-wn-strain", 10, 9),
    ("pipe-es-strain", 9, 9),
    ("pipe-en-strain", 9, 11),
    ("pipe-v-strain", 9, 10),
    ("pipe-h-strain", 10, 11),
    ("pipe-h-strain", 11, 11),
    ("pipe-end-e-strain", 12, 11),
    ("pipe-end-w-failed", 8, 7),
    ("pipe-ws-failed", 9, 7),
    ("pipe-wn-failed", 9, 8),
    ("pipe-h-failed", 8, 8),
    ("pipe-es-failed", 7, 8),
    ("pipe-bridge-failed", 7, 10),
    ("pipe-v-failed", 7, 9),
    ("pipe-mouth-s-failed", 7, 11),
    ("pipe-mouth-e-dry", 8, 10),
    ("pipe-h-dry", 7, 10),
    ("pipe-mouth-w-dry", 6, 10),
];

/// Other sprites and where their anchors stand, in cells.
pub const THINGS: [(&str, f64, f64); 14] = [
    ("glow", 2.5, 5.3),
    ("droplet-browse", 2.5, 5.3),
    ("glow", 9.7, 5.5),
    ("droplet-batch", 9.7, 5.5),
    ("droplet-buy", 4.1, 6.5),
    ("droplet-browse", 10.5, 7.2),
    ("droplet-buy", 11.2, 11.5),
    ("droplet-ring-5", 11.2, 11.5),
    ("droplet-buy-failed", 8.4, 8.5),
    ("valve-shut", 9.5, 10.5),
    ("valve-open", 3.5, 6.5),
    ("cell-select", 4.5, 11.5),
    ("cell-ghost", 5.5, 11.5),
    ("navigator-fixing", 4.0, 12.9),
];
