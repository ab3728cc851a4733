use super::*;
use crate::ui::map::walk::Place;
use std::collections::BTreeSet;

/// Widths and heights of windows, from a small phone to 4K.
const WINDOWS: [(f32, f32); 9] = [
    (320.0, 568.0),
    (390.0, 844.0),
    (568.0, 320.0),
    (768.0, 1_024.0),
    (844.0, 390.0),
    (1_024.0, 768.0),
    (1_280.0, 720.0),
    (3_440.0, 1_440.0),
    (3_840.0, 2_160.0),
];
/// Levels in each section: today's, all sections the same, all in one, and one each.
const COUNTS: [[usize; SECTIONS]; 5] =
    [[0, 3, 4, 0, 0], [8, 8, 8, 8, 8], [0, 0, 40, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]];

/// Height of what stands under a level: a line of stars, and two of its name.
const LABEL_HEIGHT: f32 = 54.0;

fn each(check: impl Fn(&Arrangement, &str)) {
    for (width, height) in WINDOWS {
        for counts in COUNTS {
            let layout = Layout::for_window(Vec2::new(width, height));
            check(&Arrangement::new(&layout, &counts), &format!("{width}x{height}, {counts:?}"));
        }
    }
}

fn node(map: &Arrangement, station: Station) -> Rect {
    Rect::from_center_size(map.at(station), Vec2::splat(46.0))
}

fn label(map: &Arrangement, station: Station) -> Option<Rect> {
    let gallery = &map.galleries[station.section];
    let at = map.at(station) + Vec2::new(0.0, 25.0 + LABEL_HEIGHT * 0.5);
    (!gallery.is_site).then(|| Rect::from_center_size(at, Vec2::new(gallery.label_width, LABEL_HEIGHT)))
}

#[test]
fn nodes_labels_and_plates_do_not_overlap() {
    each(|map, case| {
        let nodes = map.stations().map(|station| node(map, station));
        let labels = map.stations().filter_map(|station| label(map, station));
        let plates = map.galleries.iter().map(|gallery| gallery.plate);
        let all: Vec<Rect> = nodes.chain(labels).chain(plates).collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[..i] {
                let common = a.intersect(*b);
                assert!(common.width().min(common.height()) <= 0.5, "{case}: {a:?} and {b:?}");
            }
        }
    });
}

#[test]
fn everything_is_on_the_map_and_in_its_cave() {
    each(|map, case| {
        for station in map.stations() {
            let node = node(map, station);
            let right = if map.upright { map.size.x } else { map.card.min.x };
            assert!(node.min.x >= 0.0 && node.max.x <= right, "{case}: {node:?}");
            if let Some(label) = label(map, station) {
                assert!(label.min.x >= 0.0 && label.max.x <= right, "{case}: {label:?}");
                assert!(label.width() >= 94.0, "{case}: {label:?}");
            }
            let [left, top, right, bottom] = map.galleries[station.section].cave.map(|cell| cell as f32 * CELL);
            let cave = Rect::new(left, map.ground + top, right, map.ground + bottom);
            assert!(cave.contains(node.min) && cave.contains(node.max), "{case}: {station:?} {node:?} {cave:?}");
        }
        let (columns, rows) = map.cells();
        for gallery in &map.galleries {
            assert!(gallery.plate.max.x <= map.size.x && gallery.plate.width() >= 180.0, "{case}: {gallery:?}");
            assert!(gallery.cave[2] <= columns && gallery.cave[3] < rows, "{case}: {gallery:?}");
        }
        let free = if map.upright { map.card.min.y } else { map.size.y };
        for station in map.stations() {
            let below = if map.galleries[station.section].is_site { 36.0 } else { 72.0 };
            assert!(map.at(station).y + below - map.end() <= free, "{case}: {station:?} cannot be scrolled into view");
        }
    });
}

#[test]
fn todays_levels_fit_a_desktop_at_one_glance() {
    let layout = Layout::for_window(Vec2::new(1_280.0, 720.0));
    assert_eq!(Arrangement::new(&layout, &[0, 3, 4, 0, 0]).end(), 0.0);
}

#[test]
fn the_maze_reaches_the_foot_of_every_window() {
    each(|map, case| {
        let end = map.galleries.last().map_or(0.0, |last| map.ground + last.cave[3] as f32 * CELL);
        let foot = if map.upright { map.height - (map.size.y - map.card.min.y) } else { map.height };
        assert!((0.0..=56.0).contains(&(foot - end)), "{case}: from {end} to {foot}");
    });
}

#[test]
fn arrows_lead_to_every_station_and_back() {
    const WAYS: [Vec2; 4] = [Vec2::X, Vec2::NEG_X, Vec2::Y, Vec2::NEG_Y];
    each(|map, case| {
        let all: BTreeSet<_> = map.stations().map(|station| (station.section, station.stop)).collect();
        for start in map.stations() {
            let mut seen = BTreeSet::from([(start.section, start.stop)]);
            let mut open = vec![start];
            while let Some(station) = open.pop() {
                for next in WAYS.map(|way| map.toward(station, way)) {
                    if seen.insert((next.section, next.stop)) {
                        open.push(next);
                    }
                }
            }
            assert_eq!(seen, all, "{case} from {start:?}");
        }
    });
}

#[test]
fn who_walks_comes_to_every_station_without_leaving_the_pipes() {
    each(|map, case| {
        let mut place = Place::Trunk(0.0);
        for goal in map.stations() {
            let goal = Place::of(map, goal);
            let mut before = place.point(map);
            for _ in 0..4_000 {
                if place == goal {
                    break;
                }
                place = place.step(goal, 7.0, map);
                let now = place.point(map);
                assert!(now.distance(before) <= 10.0, "{case}: a leap from {before} to {now}");
                before = now;
            }
            assert_eq!(place, goal, "{case}");
        }
    });
}
