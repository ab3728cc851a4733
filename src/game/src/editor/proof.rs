//! The proof: on many seeds the references win, and the untouched board and the decoys lose. It is computed beside the
//! game, with what is done so far on screen and a way to stop it; without it nothing is published.

use super::desk::Desk;
use super::dress::{body, strong};
use super::inspector::section;
use super::pen::{Face, Look, Pen};
use crate::FrameSystems;
use crate::awake::Awake;
use crate::background::{Background, Running};
use crate::immediate::colour;
use crate::palette;
use bevy::prelude::*;
use bevy_egui::egui::{self, Ui};
use pipe_maze_level::proof::{Certificate, Proof, ProofRow, Prover};
use pipe_maze_level::{Solution, Verdict};
use pipe_maze_prover::{Job, News};
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, go_on.in_set(FrameSystems::Tick).run_if(resource_exists::<Desk>));
}

/// The seeds of a proof: how many can be chosen.
pub const SEEDS: [u64; 3] = [16, 64, 256];
/// The first seed: far from those that players meet.
const SEED_BASE: u64 = 10_000;
/// Most references, and most decoys, of a level.
const BUILDS_MAX: usize = 16;

/// How far the proof is.
#[derive(Default)]
pub struct Proving {
    /// It is being computed: so far it is.
    steps: Option<Prover>,
    /// Where that is done, once it has begun.
    running: Option<Running>,
    /// What it is of: the revision of the level, and of what is beside it.
    of: (u64, u64),
    /// The text of the level that it is of.
    text: String,
    /// It is complete.
    proof: Option<Proof>,
    /// What of it travels with the level.
    certificate: Option<Certificate>,
    /// Why it could not be computed: the build, and the reason.
    refused: Option<String>,
    /// Which of [`SEEDS`] is chosen.
    pub seeds: usize,
}

impl Proving {
    /// What travels with the level in that state; nothing unless its proof is complete and holds.
    pub fn holding(&self, of: (u64, u64)) -> Option<&Certificate> {
        let holds = self.of == of && self.proof.as_ref().is_some_and(Proof::holds);
        self.certificate.as_ref().filter(|_| holds)
    }

    /// In one plate: a badge, words, and their colour.
    pub fn in_short(&self, pen: &Pen<'_>, of: (u64, u64)) -> (&'static str, String, Color) {
        if let Some(steps) = &self.steps {
            let progress = steps.progress();
            let share = progress.done * 100 / progress.total.max(1);
            let words = pen.texts.with("editor-proof-running", &[("share", share.into())]);
            return ("badge-strain", words, palette::browse());
        }
        match &self.proof {
            Some(proof) if self.of == of && proof.holds() => ("badge-ok", pen.say("editor-proof-holds"), palette::ok()),
            Some(_) if self.of == of => ("badge-failed", pen.say("editor-proof-fails"), palette::failed_on_ink()),
            Some(_) => ("badge-strain", pen.say("editor-proof-stale"), palette::strain()),
            None => ("badge-strain", pen.say("editor-proof-none"), palette::strain()),
        }
    }

    /// What the builds do on how many seeds, in two lines; nothing while there is no proof of the level in that state.
    pub fn in_figures(&self, pen: &Pen<'_>, of: (u64, u64)) -> Option<[String; 2]> {
        let proof = self.proof.as_ref().filter(|_| self.of == of && self.steps.is_none())?;
        let figure = |expected: Verdict, key: &str| {
            let rows = || proof.rows.iter().filter(move |row| row.expected == expected);
            let as_they_must = |row: &ProofRow| if expected == Verdict::Won { row.won } else { row.seeds - row.won };
            let count: u64 = rows().map(as_they_must).sum();
            let all: u64 = rows().map(|row| row.seeds).sum();
            pen.texts.with(key, &[("count", count.into()), ("all", all.into())])
        };
        Some([figure(Verdict::Won, "editor-references-win"), figure(Verdict::Lost, "editor-decoys-lose")])
    }

    /// How much is done of how much, while it is computed.
    pub fn progress(&self) -> Option<(u64, u64)> {
        self.steps.as_ref().map(Prover::progress).map(|progress| (progress.done, progress.total))
    }

    /// Forgets what was computed so far.
    pub fn cancel(&mut self) {
        (self.steps, self.running) = (None, None);
    }
}

impl Desk {
    /// What a proof is of: the revision of the level, and of what is beside it.
    pub const fn state(&self) -> (u64, u64) {
        (self.draft.revision(), self.kept)
    }

    /// Begins the proof of what is on the desk.
    pub fn prove(&mut self) {
        let seeds = SEEDS[self.proving.seeds.min(SEEDS.len() - 1)];
        self.proving.cancel();
        self.proving.of = self.state();
        self.draft.text().clone_into(&mut self.proving.text);
        (self.proving.proof, self.proving.certificate, self.proving.refused) = (None, None, None);
        let level = Arc::new(self.draft.level().clone());
        self.proving.steps = Some(Prover::new(level, &self.references, &self.decoys, SEED_BASE, seeds));
    }

    /// Keeps a build beside the level.
    pub fn keep_build(&mut self, solution: Solution, verdict: Verdict) {
        let (list, stem) = match verdict {
            Verdict::Won => (&mut self.references, "reference"),
            Verdict::Lost => (&mut self.decoys, "decoy"),
        };
        if list.len() >= BUILDS_MAX {
            return;
        }
        let free = (1..).map(|n| format!("{stem}-{n}")).find(|name| list.iter().all(|(other, _)| other != name));
        list.push((free.unwrap_or_default(), solution));
        self.kept += 1;
    }
}

/// Hears what came of it since the last frame; the first time it begins.
fn go_on(mut desk: ResMut<Desk>, (background, mut awake): (Res<Background>, ResMut<Awake>)) {
    let proving = &mut desk.bypass_change_detection().proving;
    let Some(steps) = &mut proving.steps else { return };
    let running = proving.running.get_or_insert_with(|| background.start(Job::proof(steps.clone())));
    for news in running.news(&mut awake) {
        match news {
            News::Rows(rows) => {
                steps.follow(rows);
            }
            News::Done => {
                proving.certificate = steps.certificate(&proving.text);
                proving.proof = steps.proof();
                proving.cancel();
                desk.set_changed();
                return;
            }
            News::Failed(reason) => {
                proving.refused = Some(reason);
                proving.cancel();
                desk.set_changed();
                return;
            }
            // Seeds are of trials.
            News::Seed(_) => {}
        }
    }
}

/// The panel of the proof.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    pen.heading(ui, pen.say("editor-panel-proof"), 17.0);
    pen.quiet(ui, pen.say("editor-proof-help"));
    finished(pen, ui, desk);
    for verdict in [Verdict::Won, Verdict::Lost] {
        builds(pen, ui, desk, verdict);
    }
    ui.add_space(6.0);
    controls(pen, ui, desk);
    outcome(pen, ui, desk);
}

/// The run that was tried last, and what it can become.
fn finished(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    section(pen, ui, "editor-last-run");
    let Some(finished) = desk.finished.clone() else {
        pen.quiet(ui, pen.say("editor-no-run-yet"));
        return;
    };
    let won = finished.verdict == Verdict::Won;
    ui.horizontal(|ui| {
        pen.icon(ui, if won { "badge-ok" } else { "badge-failed" }, 18.0, egui::Color32::WHITE);
        pen.quiet(ui, pen.say(if won { "editor-run-won" } else { "editor-run-lost" }));
    });
    ui.horizontal_wrapped(|ui| {
        let reference = pen.say("editor-keep-reference");
        if pen.button(ui, "keep-reference", Face::both("icon-check", &reference), Look::chosen(won).enabled(won)) {
            desk.keep_build(finished.solution.clone(), Verdict::Won);
            desk.finished = None;
        }
        let decoy = pen.say("editor-keep-decoy");
        if pen.button(ui, "keep-decoy", Face::both("icon-cross", &decoy), Look::chosen(!won).enabled(!won)) {
            desk.keep_build(finished.solution.clone(), Verdict::Lost);
            desk.finished = None;
        }
    });
}

/// The builds beside the level that win, or those that lose.
fn builds(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, verdict: Verdict) {
    let (list, key) = match verdict {
        Verdict::Won => (&desk.references, "editor-references"),
        Verdict::Lost => (&desk.decoys, "editor-decoys"),
    };
    section(pen, ui, key);
    if list.is_empty() {
        pen.quiet(ui, pen.say(&format!("{key}-none")));
    }
    let mut gone = None;
    for (n, (name, solution)) in list.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(name).font(strong(12.5)));
            let edits = solution.plan.len() + solution.flow.len();
            pen.quiet(ui, pen.texts.with("editor-edits", &[("count", edits.into())]));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let face = Face::icon("icon-trash").least(28.0, 28.0);
                if pen.button_told(ui, &format!("remove-{name}"), face, Look::Bare, "editor-remove") {
                    gone = Some(n);
                }
            });
        });
    }
    if let Some(n) = gone {
        match verdict {
            Verdict::Won => desk.references.remove(n),
            Verdict::Lost => desk.decoys.remove(n),
        };
        desk.kept += 1;
    }
}

fn controls(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        pen.label(ui, &pen.say("editor-seeds"), 60.0);
        for (i, seeds) in SEEDS.into_iter().enumerate() {
            let look = Look::chosen(desk.proving.seeds == i);
            if pen.button(ui, &format!("seeds-{seeds}"), Face::word(&seeds.to_string()), look) {
                desk.proving.seeds = i;
            }
        }
    });
    if let Some((done, whole)) = desk.proving.progress() {
        let share = done as f32 / whole.max(1) as f32;
        let bar = egui::ProgressBar::new(share).fill(colour(palette::water())).corner_radius(8);
        ui.add(bar.text(format!("{done} / {whole}")).desired_height(22.0));
        if pen.button(ui, "cancel-proof", Face::both("icon-cross", &pen.say("editor-cancel")), Look::Quiet) {
            desk.proving.cancel();
        }
        return;
    }
    let ready = desk.draft.is_playable() && !desk.references.is_empty();
    let face = pen.say("editor-prove");
    let width = ui.available_width();
    if pen.button(ui, "prove", Face::both("icon-seal", &face).least(width, 38.0), Look::Bone.enabled(ready)) {
        desk.prove();
    }
    if !ready {
        let why = if desk.draft.is_playable() { "editor-proof-needs-reference" } else { "editor-proof-needs-sound" };
        pen.quiet(ui, pen.say(why));
    }
}

/// What the proof says of each build.
fn outcome(pen: &Pen<'_>, ui: &mut Ui, desk: &Desk) {
    let proving = &desk.proving;
    if let Some(words) = &proving.refused {
        ui.label(egui::RichText::new(words).font(body(12.0)).color(colour(palette::failed_on_ink())));
    }
    let so_far = proving.steps.as_ref().map(Prover::rows);
    let Some(rows) = so_far.or_else(|| proving.proof.as_ref().map(|proof| proof.rows.as_slice())) else { return };
    section(pen, ui, "editor-outcome");
    if proving.of != desk.state() {
        pen.quiet(ui, pen.say("editor-proof-stale-help"));
    }
    rows.iter().filter(|row| row.seeds > 0).for_each(|row| line(pen, ui, row));
}

fn line(pen: &Pen<'_>, ui: &mut Ui, row: &ProofRow) {
    ui.horizontal(|ui| {
        pen.icon(ui, if row.holds() { "badge-ok" } else { "badge-failed" }, 16.0, egui::Color32::WHITE);
        let name = if row.name == "untouched" { pen.say("editor-untouched") } else { row.name.clone() };
        ui.label(egui::RichText::new(name).font(strong(12.5)));
        let (key, count) = match row.expected {
            Verdict::Won => ("editor-row-wins", row.won),
            Verdict::Lost => ("editor-row-loses", row.seeds - row.won),
        };
        pen.quiet(ui, pen.texts.with(key, &[("count", count.into()), ("seeds", row.seeds.into())]));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Level;
    use pipe_maze_level::draft::Draft;
    use std::time::{Duration, Instant};

    #[test]
    fn a_proof_that_is_computed_beside_the_game_is_the_one_that_is_computed_here() {
        let level = Level::parse(include_str!("../../../../levels/3-flow-control/two-rooms.ron")).unwrap();
        let solution = include_str!("../../../../levels/3-flow-control/two-rooms.solution.ron");
        let mut desk = Desk::new(Draft::open(&level), 1);
        desk.references.push(("reference".into(), Solution::parse(solution).unwrap()));
        desk.prove();
        let mut here = desk.proving.steps.clone().unwrap();
        assert!(here.advance(u64::MAX).unwrap());
        let mut app = App::new();
        app.insert_resource(desk).init_resource::<Background>().init_resource::<Awake>();
        app.add_systems(Update, go_on);
        let begun = Instant::now();
        while app.world().resource::<Desk>().proving.progress().is_some() {
            app.update();
            assert!(begun.elapsed() < Duration::from_secs(300), "it comes to an end");
        }
        let desk = app.world().resource::<Desk>();
        assert_eq!(desk.proving.proof, here.proof());
        assert_eq!(desk.proving.holding(desk.state()), here.certificate(desk.draft.text()).as_ref());
        assert!(desk.proving.holding(desk.state()).is_some());
    }

    #[test]
    fn who_stops_a_proof_has_none() {
        let mut desk = Desk::new(Draft::blank(16, 12), 1);
        desk.prove();
        assert!(desk.proving.progress().is_some());
        desk.proving.cancel();
        assert!(desk.proving.progress().is_none() && desk.proving.holding(desk.state()).is_none());
    }
}
