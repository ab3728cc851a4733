//! Figures that move: read from the judge a few times a second, written only where they differ.

use super::banner::SEGMENTS;
use crate::atlas::{Atlas, Frame};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::text::numerals::number;
use crate::ui::figures;
use crate::ui::signs::share;
use bevy::prelude::*;
use pipe_maze_level::judge::BudgetReport;
use pipe_maze_level::{Judge, Report};

/// Seconds between two readings of the judge.
const READ_S: f32 = 0.2;

/// Below so many seconds the clock of the plan says: hurry.
const HURRY_S: f64 = 15.0;
/// An error budget that burns faster than this would not last; and the fastest burning that is written as a figure.
const BURNS: f64 = 1.05;
const BURN_MAX: f64 = 99.9;
/// Below these shares the error budget is strained, and nearly gone.
const BUDGET_STRAIN: f64 = 0.5;
const BUDGET_FAILED: f64 = 0.2;

/// How the run stands, as last read.
#[derive(Resource, Default)]
pub struct Live {
    report: Option<Report>,
    age_s: f32,
}

impl Live {
    /// What was read last.
    pub const fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }
}

/// A figure of the display.
#[derive(Component, Clone, PartialEq, Debug)]
pub enum Readout {
    /// The badge of an objective.
    Badge(usize),
    /// The figure of an objective.
    Standing(usize),
    /// The bar of an objective.
    Bar(usize),
    /// Simulated time.
    Clock,
    /// Share of the run that has passed.
    Progress,
    /// Share of it that has been seen.
    Seen,
    /// The knob of the bar of time.
    Knob,
    /// The time that is left for building.
    PlanClock,
    /// The heart of the error budget.
    BudgetHeart,
    /// How much of the error budget is left.
    BudgetLeft,
    /// How fast it burns, where it burns too fast.
    BudgetBurn,
    /// A segment of its gauge.
    BudgetSegment(usize),
}

pub(super) fn refresh(session: Res<Session>, time: Res<Time>, mut live: ResMut<Live>) {
    live.age_s += time.delta_secs();
    let over = session.verdict().is_some();
    if live.age_s < READ_S && live.report.is_some() && !over && !session.is_changed() {
        return;
    }
    live.age_s = 0.0;
    // Before the water flows only what is built counts.
    let report = match session.play() {
        Some(play) => play.report(),
        None => Judge::new(session.level(), session.board().cost()).report(),
    };
    live.report = Some(report);
}

type Parts<'w> = (
    &'w Readout,
    Option<&'w mut Text>,
    Option<&'w mut TextColor>,
    Option<&'w mut ImageNode>,
    &'w mut Node,
    Option<&'w mut BackgroundColor>,
);

pub(super) fn show(
    (session, live, texts, atlas): (Res<Session>, Res<Live>, Res<Texts>, Res<Atlas>),
    mut readouts: Query<Parts<'_>>,
) {
    let standings = live.report.as_ref().map(|report| report.standings.as_slice()).unwrap_or_default();
    let budget = live.report.as_ref().map(|report| &report.budget);
    let breaks = session.level().is_to_break();
    for (readout, text, color, image, mut node, background) in &mut readouts {
        match readout {
            Readout::Badge(i) => {
                let (Some(standing), Some(mut image)) = (standings.get(*i), image) else { continue };
                let name = if standing.met { "badge-ok" } else { "badge-failed" };
                let shown = standing.value.is_some();
                let tint = if shown { Color::WHITE } else { Color::NONE };
                let rect = atlas.frame(name).map(Frame::rect);
                if image.rect != rect || image.color != tint {
                    (image.rect, image.color) = (rect, tint);
                }
            }
            Readout::Standing(i) => {
                let Some(standing) = standings.get(*i) else { continue };
                write(text, figures::standing(&texts, standing));
                paint(color, state_colour(standing.value.is_some(), standing.met));
            }
            Readout::Bar(i) => {
                let Some(standing) = standings.get(*i) else { continue };
                let width = Val::Percent(figures::fill(standing) * 100.0);
                if node.width != width {
                    node.width = width;
                }
                if let Some(mut background) = background {
                    background.set_if_neq(BackgroundColor(state_colour(standing.value.is_some(), standing.met)));
                }
            }
            Readout::Clock => {
                let now = session.play().map_or(0, |play| play.simulation().now().min(play.flow_ends_at()).as_ns());
                let whole = session.level().flow.duration_ms * 1_000_000;
                let variables = [("now", figures::clock(now).into()), ("whole", figures::clock(whole).into())];
                write(text, texts.with("clock", &variables));
            }
            Readout::Progress | Readout::Seen | Readout::Knob => {
                let Some(timeline) = session.timeline() else { continue };
                let at = if *readout == Readout::Seen { timeline.seen() } else { timeline.now() };
                let at = Val::Percent((share(at, timeline.play().flow_ends_at()) * 100.0) as f32);
                let place = if *readout == Readout::Knob { &mut node.left } else { &mut node.width };
                if *place != at {
                    *place = at;
                }
            }
            Readout::PlanClock => {
                let left_s = session.plan_left_s().unwrap_or_default();
                write(text, figures::countdown(left_s));
                paint(color, if left_s < HURRY_S { palette::strain() } else { palette::gold() });
            }
            Readout::BudgetHeart => {
                if let (Some(budget), Some(mut image)) = (budget, image)
                    && image.color != budget_colour(budget, breaks)
                {
                    image.color = budget_colour(budget, breaks);
                }
            }
            Readout::BudgetLeft => {
                let Some(budget) = budget else { continue };
                let left = figures::percent(budget.left.clamp(0.0, 1.0));
                let shown = match (breaks, session.is_lost()) {
                    (true, _) => texts.with("budget-to-break-left", &[("share", left.into())]),
                    (false, false) => texts.with("budget-left", &[("share", left.into())]),
                    (false, true) => texts.get("budget-spent"),
                };
                write(text, shown);
            }
            Readout::BudgetBurn => {
                let Some(budget) = budget else { continue };
                let times = number(budget.burn_rate.min(BURN_MAX), 1);
                let burns = budget.burn_rate > BURNS && !breaks;
                write(text, if burns { texts.with("budget-burn", &[("times", times.into())]) } else { String::new() });
            }
            Readout::BudgetSegment(i) => {
                let (Some(budget), Some(mut background)) = (budget, background) else { continue };
                let lit = (*i as f64) < (SEGMENTS as f64 * budget.left.clamp(0.0, 1.0)).ceil();
                let shown = if lit { budget_colour(budget, breaks) } else { palette::ink_line() };
                background.set_if_neq(BackgroundColor(shown));
            }
        }
    }
}

fn state_colour(known: bool, met: bool) -> Color {
    match (known, met) {
        (false, _) => palette::periwinkle(),
        (true, true) => palette::ok(),
        (true, false) => palette::failed_on_ink(),
    }
}

/// Where the aim is to break it, what is left is in the way, and good is that nothing is.
fn budget_colour(budget: &BudgetReport, breaks: bool) -> Color {
    if breaks {
        if budget.left > 0.0 { palette::gold() } else { palette::ok() }
    } else if budget.left < BUDGET_FAILED {
        palette::failed()
    } else if budget.left < BUDGET_STRAIN || budget.burn_rate > BURNS {
        palette::strain()
    } else {
        palette::ok()
    }
}

fn write(text: Option<Mut<'_, Text>>, shown: String) {
    if let Some(mut text) = text
        && text.0 != shown
    {
        text.0 = shown;
    }
}

fn paint(color: Option<Mut<'_, TextColor>>, shown: Color) {
    if let Some(mut color) = color {
        color.set_if_neq(TextColor(shown));
    }
}
