//! Every panel, drawn without a window: each control is called something and can be told from the others, and does what
//! is asked of it without a pointer or key.

use super::desk::Desk;
use super::dress::dress;
use super::icons::Icons;
use super::pen::Pen;
use super::spot::{Deed, Spot};
use super::{goals, import, inspector, problems, proof, rules, schedule, story, tutorial, written};
use crate::atlas::Atlas;
use crate::camera::Look;
use crate::immediate::letters;
use crate::narration::{Ask, Asked};
use crate::text::Texts;
use bevy::prelude::{Assets, Image};
use bevy_egui::egui::{self, Ui};
use pipe_maze_level::Level;
use pipe_maze_level::draft::Draft;
use pipe_maze_level::enemy::Schedule;
use std::cell::RefCell;
use std::collections::BTreeSet;

const TUTORIAL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");
const ENEMIES: &str = include_str!("../../../../levels/2-communication/retry-storm.ron");
const CHAOS: &str = include_str!("../../../../levels/2-communication/blast-radius.ron");

fn desk(level: &str) -> Desk {
    let mut desk = Desk::new(Draft::open(&Level::parse(level).unwrap()), 1);
    desk.advanced = true;
    desk
}

/// What panels are drawn with.
struct Bench {
    context: egui::Context,
    texts: Texts,
    atlas: Atlas,
    images: Assets<Image>,
    icons: Icons,
}

impl Bench {
    fn new() -> Self {
        let context = egui::Context::default();
        context.set_fonts(letters([]));
        dress(&context);
        let (texts, atlas) = (Texts::english(), Atlas::unloaded());
        Self { context, texts, atlas, images: Assets::default(), icons: Icons::default() }
    }

    /// What was drawn, with something asked of one control.
    fn draw(&mut self, asked: Option<(&str, Ask)>, mut draw: impl FnMut(&Pen<'_>, &mut Ui)) -> Vec<Spot> {
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(400.0, 900.0));
        let mut spots = Vec::new();
        let Self { context, texts, atlas, images, icons } = self;
        let mut asks: Vec<Asked> = asked.into_iter().map(|(id, ask)| Asked { id: id.to_owned(), ask }).collect();
        let input = egui::RawInput { screen_rect: Some(window), ..egui::RawInput::default() };
        let mut output = context.run_ui(input, |ui| {
            let pen = Pen {
                texts,
                art: (atlas, images),
                icons: RefCell::new(icons),
                spots: RefCell::default(),
                asks: std::mem::take(&mut asks),
                naming: RefCell::default(),
                helping: RefCell::default(),
            };
            draw(&pen, ui);
            spots = pen.spots.into_inner();
        });
        // Nobody paints it.
        output.textures_delta.clear();
        spots
    }
}

type Show = fn(&Pen<'_>, &mut Ui, &mut Desk);

/// Every panel that shows a level.
const PANELS: [(&str, Show); 9] = [
    ("piece", |pen, ui, desk| inspector::show(pen, ui, (desk, &mut Look::default()), 0.0)),
    ("goals", |pen, ui, desk| goals::show(pen, ui, desk, 0.0)),
    ("rules", |pen, ui, desk| rules::show(pen, ui, desk, 0.0)),
    ("story", |pen, ui, desk| story::show(pen, ui, desk, 0.0)),
    ("tutorial", |pen, ui, desk| tutorial::show(pen, ui, desk, 0.0)),
    ("text", |pen, ui, desk| written::show(pen, ui, desk, 0.0)),
    ("proof", |pen, ui, desk| proof::show(pen, ui, desk)),
    ("problems", |pen, ui, desk| problems::show(pen, ui, (desk, &mut Look::default()), 0.0)),
    ("timeline", |pen, ui, desk| schedule::show(pen, ui, desk, true, 0.0)),
];

fn panel(name: &str) -> Show {
    PANELS.iter().find(|(panel, _)| *panel == name).unwrap().1
}

/// Every control has a name of its own for programs, and one that says what it is.
fn all_told(spots: &[Spot], place: &str) {
    let keys: BTreeSet<&str> = spots.iter().map(|spot| spot.key.as_str()).collect();
    assert_eq!(keys.len(), spots.len(), "{place}: two have one key");
    for spot in spots {
        let name = spot.told.name.trim();
        assert!(name.len() > 1 && !name.starts_with("editor-"), "{place}: {} is called {name:?}", spot.key);
        if let Deed::Turn(range) | Deed::Number(range) = spot.told.deed {
            assert!(range.min <= range.now && range.now <= range.max, "{place}: {} stands at {range:?}", spot.key);
            assert!(!spot.told.value.is_empty() && !spot.told.help.is_empty(), "{place}: {}", spot.key);
        }
    }
}

#[test]
fn every_control_of_every_panel_is_told() {
    let mut bench = Bench::new();
    for level in [TUTORIAL, ENEMIES, CHAOS] {
        let mut desk = desk(level);
        for (name, show) in PANELS {
            let spots = bench.draw(None, |pen, ui| show(pen, ui, &mut desk));
            all_told(&spots, name);
        }
        let level = desk.draft.level().clone();
        let pipes = desk.draft.board().pipes().iter().map(|pipe| pipe.name.clone());
        let pieces = level.pieces.iter().map(|piece| piece.name.clone());
        let things: Vec<String> =
            pieces.chain(level.enemies.iter().map(|enemy| enemy.name.clone())).chain(pipes).collect();
        for thing in things {
            desk.selection = Some(thing.clone());
            let spots = bench.draw(None, |pen, ui| panel("piece")(pen, ui, &mut desk));
            assert!(spots.len() > 1, "{thing}");
            all_told(&spots, &thing);
        }
        let spots = bench.draw(None, |pen, ui| import::show(pen, ui, &mut desk, &mut super::Orders::default()));
        all_told(&spots, "import");
    }
}

#[test]
fn numbers_dials_texts_and_choices_do_what_is_asked_of_them() {
    let mut bench = Bench::new();
    let mut desk = desk(ENEMIES);
    let mut ask = |desk: &mut Desk, panel_name: &str, key: &str, ask: Ask| {
        let spots = bench.draw(Some((key, ask)), |pen, ui| panel(panel_name)(pen, ui, desk));
        assert!(spots.iter().any(|spot| spot.key == key), "{panel_name} has no {key}");
    };
    let budget = desk.draft.level().budget;
    ask(&mut desk, "rules", "budget", Ask::Less);
    assert!(desk.draft.level().budget < budget);
    ask(&mut desk, "rules", "budget", Ask::Write("1,234".into()));
    assert_eq!(desk.draft.level().budget, 1_234);
    ask(&mut desk, "rules", "genre", Ask::More);
    assert_ne!(desk.draft.level().genre, pipe_maze_level::Genre::Incident);
    desk.undo();
    ask(&mut desk, "story", "text-brief", Ask::Write("Hold out.".into()));
    assert_eq!(desk.draft.level().texts["en"]["brief"], "Hold out.");
    ask(&mut desk, "text", "level-text", Ask::Write("nonsense".into()));
    desk.writing.settle(&mut desk.draft);
    assert!(!desk.writing.mistakes.is_empty());
    desk.selection = Some("orders".into());
    let before = desk.draft.text().to_owned();
    ask(&mut desk, "piece", "param-workers", Ask::More);
    assert_ne!(desk.draft.text(), before, "a parameter is turned");
}

#[test]
fn traffic_and_strikes_are_moved_without_a_pointer() {
    let mut bench = Bench::new();
    let mut desk = desk(ENEMIES);
    let mut ask = |desk: &mut Desk, key: &str, ask: Ask| -> Vec<Spot> {
        bench.draw(Some((key, ask)), |pen, ui| panel("timeline")(pen, ui, desk))
    };
    ask(&mut desk, "traffic", Ask::Press);
    let spots = ask(&mut desk, "traffic-point-1", Ask::More);
    let point = spots.iter().find(|spot| spot.key == "traffic-point-1").expect("a press adds a point");
    all_told(&spots, "timeline");
    assert!(matches!(point.told.deed, Deed::Turn(_)));
    let spots = ask(&mut desk, "nothing", Ask::More);
    let turned = spots.iter().find(|spot| spot.key == "traffic-point-1").unwrap();
    assert_ne!(turned.told.value, point.told.value, "it has more now");
    let at = |desk: &Desk| match &desk.draft.level().enemies.iter().find(|e| e.name == "slammer").unwrap().schedule {
        Schedule::At(times) => times.clone(),
        other => panic!("{other:?}"),
    };
    let before = at(&desk);
    ask(&mut desk, "strike-slammer-1", Ask::More);
    assert!(at(&desk)[0].1 > before[0].1, "it lasts longer now");
}
