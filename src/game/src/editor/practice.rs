//! Levels for practice, drawn from a template: a slice in each frame, with what is done so far on screen and a way to stop.

use super::desk::{Beginning, Desk};
use super::pen::{Face, Look, Pen};
use super::{Order, Orders};
use crate::FrameSystems;
use crate::awake::Awake;
use crate::immediate::colour;
use crate::palette;
use bevy::platform::time::Instant;
use bevy::prelude::*;
use bevy_egui::egui::{self, Ui};
use pipe_maze_level::draft::Draft;
use pipe_maze_level::template::{DIFFICULTIES, Drawing, Instance, Template};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, go_on.in_set(FrameSystems::Tick).run_if(resource_exists::<Desk>));
}

/// How long a slice takes, in milliseconds: most of a frame is left for the picture.
const SLICE_MS: u128 = 9;
/// Work between two looks at the clock.
const SLICE_WORK: u64 = 4_000;

/// What is drawn, and what from.
#[derive(Debug)]
pub struct Practice {
    /// The seed of the next one.
    pub seed: u64,
    /// Its difficulty.
    pub difficulty: u8,
    /// The one that is being drawn.
    pub drawing: Option<Drawing>,
    /// Whether the last one could not be drawn.
    failed: bool,
}

impl Default for Practice {
    fn default() -> Self {
        Self { seed: 1, difficulty: 2, drawing: None, failed: false }
    }
}

fn go_on(mut desk: ResMut<Desk>, (mut orders, mut awake): (ResMut<Orders>, ResMut<Awake>)) {
    let Some(mut drawing) = desk.bypass_change_detection().practice.drawing.take() else { return };
    awake.keep_for(0.5);
    let begun = Instant::now();
    while begun.elapsed().as_millis() < SLICE_MS {
        if drawing.advance(SLICE_WORK) {
            match drawing.into_instance() {
                Some(Instance { level, solutions, decoys }) => {
                    let beginning = Beginning { draft: Draft::open(&level), references: solutions, decoys };
                    orders.0.push(Order::Begin(Box::new(beginning)));
                }
                None => desk.practice.failed = true,
            }
            return;
        }
    }
    desk.practice.drawing = Some(drawing);
}

/// Seed and difficulty are chosen first, then the template; while one is drawn, how far that is.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    pen.quiet(ui, pen.say("editor-start-template"));
    if desk.practice.drawing.is_some() {
        return under_way(pen, ui, &mut desk.practice);
    }
    let practice = &mut desk.practice;
    ui.horizontal_wrapped(|ui| {
        let label = pen.say("editor-template-seed");
        pen.quiet(ui, &label);
        let seed = practice.seed as f64;
        if let Some(new) = pen.called(label, || pen.number(ui, "template-seed", seed, (0.0..=1e9, true, ""))) {
            practice.seed = new as u64;
        }
        ui.add_space(12.0);
        let label = pen.say("editor-template-difficulty");
        pen.quiet(ui, &label);
        let range = f64::from(*DIFFICULTIES.start())..=f64::from(*DIFFICULTIES.end());
        let difficulty = f64::from(practice.difficulty);
        if let Some(new) = pen.called(label, || pen.number(ui, "template-difficulty", difficulty, (range, true, ""))) {
            practice.difficulty = new as u8;
        }
    });
    ui.horizontal_wrapped(|ui| {
        for template in Template::ALL {
            let name = pen.say(&format!("template-{}", template.key()));
            let face = Face::both("kind-puzzle", &name).least(0.0, 36.0);
            if pen.button(ui, &format!("template-{}", template.key()), face, Look::Quiet) {
                practice.drawing = Some(Drawing::new(template, practice.seed, practice.difficulty));
                practice.failed = false;
            }
        }
    });
    if practice.failed {
        pen.quiet(ui, pen.say("editor-template-none"));
    }
}

fn under_way(pen: &Pen<'_>, ui: &mut Ui, practice: &mut Practice) {
    let Some(drawing) = &practice.drawing else { return };
    let progress = drawing.progress();
    let name = pen.say(&format!("template-{}", drawing.template().key()));
    let words = pen.texts.with("editor-template-drawing", &[("name", name.into()), ("n", progress.draw.into())]);
    pen.quiet(ui, words);
    let share = progress.done as f32 / progress.total.max(1) as f32;
    let bar = egui::ProgressBar::new(share).fill(colour(palette::water())).corner_radius(8).desired_height(22.0);
    ui.add(bar);
    let cancel = pen.say("editor-cancel");
    if pen.button(ui, "cancel-template", Face::both("icon-cross", &cancel).least(0.0, 36.0), Look::Quiet) {
        practice.drawing = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_drawn_over_frames_and_put_on_the_desk() {
        let mut app = App::new();
        app.insert_resource(Desk::new(Draft::blank(16, 12), 1)).init_resource::<Orders>().init_resource::<Awake>();
        app.add_systems(Update, go_on);
        app.world_mut().resource_mut::<Desk>().practice.drawing = Some(Drawing::new(Template::BalanceRooms, 1, 1));
        let mut frames = 0;
        while app.world().resource::<Desk>().practice.drawing.is_some() {
            app.update();
            frames += 1;
        }
        assert!(frames > 1, "not all of it in one frame");
        let orders = &app.world().resource::<Orders>().0;
        let Some(Order::Begin(beginning)) = orders.first() else { panic!("{orders:?}") };
        let whole = Template::BalanceRooms.instance(1, 1).unwrap();
        assert_eq!((beginning.draft.level(), &beginning.references), (&whole.level, &whole.solutions));
    }
}
