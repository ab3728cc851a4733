//! One's cost and p99 beside others: the solutions that lie beside the level, played with the same weather, and one's own
//! earlier runs that were won. Few as they are, each is a dot.

use super::Sources;
use crate::Screen;
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use crate::palette;
use crate::progress::Progress;
use crate::references::References;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::figures::duration;
use crate::ui::widgets::{Kit, column, panel as instrument, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.run_if(in_state(Screen::Debrief)));
}

/// Width of the names of the axes, and room at their ends.
const NAME: f32 = 44.0;
/// How much of an axis lies beyond the least and the most, each.
const MARGIN: f64 = 0.12;

#[derive(Component)]
struct Holder;

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let node = Node { padding: UiRect::axes(Val::Px(14.0), Val::Px(8.0)), ..column(3.0) };
    let node = if sources.roomy { Node { width: Val::Px(super::SIDE), ..node } } else { node };
    parent.spawn((instrument(node), Holder));
}

/// Whose figure a dot is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Who {
    Earlier,
    Solution,
    Par,
    You,
}

/// Figures of one axis: whose, and how much.
fn cost_axis(session: &Session, references: &References, progress: &Progress) -> Vec<(Who, f64)> {
    let Some(play) = session.play() else { return Vec::new() };
    let earlier = progress.runs(&session.level().id).iter().map(|run| (Who::Earlier, f64::from(run.cost)));
    let solutions =
        references.played().iter().filter(|each| each.won).map(|each| (Who::Solution, f64::from(each.cost)));
    let par = session.level().par.map(|par| (Who::Par, f64::from(par)));
    let you = (Who::You, f64::from(play.judge().cost()));
    earlier.chain(solutions).chain(par).chain([you]).collect()
}

fn p99_axis(session: &Session, references: &References, progress: &Progress) -> Vec<(Who, f64)> {
    let Some(play) = session.play() else { return Vec::new() };
    let runs = progress.runs(&session.level().id).iter();
    let earlier = runs.filter_map(|run| Some((Who::Earlier, run.p99_us? as f64 * 1e3)));
    let won = references.played().iter().filter(|each| each.won);
    let solutions = won.filter_map(|each| Some((Who::Solution, each.p99_ns? as f64)));
    let you = play.judge().latency_ns(0.99).map(|ns| (Who::You, ns as f64));
    earlier.chain(solutions).chain(you).collect()
}

/// How many of the others are cheaper, how many dearer, and how many others there are.
fn beaten(figures: &[(Who, f64)]) -> (usize, usize, usize) {
    let you = figures.iter().find(|(who, _)| *who == Who::You).map_or(0.0, |(_, figure)| *figure);
    let others = figures.iter().filter(|(who, _)| matches!(who, Who::Solution | Who::Earlier));
    // The run that was just won is among the earlier ones, too: what is equal is not beaten.
    let cheaper = others.clone().filter(|(_, figure)| *figure < you).count();
    (cheaper, others.clone().filter(|(_, figure)| *figure > you).count(), others.count())
}

fn show(
    mut commands: Commands,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (session, references, progress): (Option<Res<Session>>, Res<References>, Res<Progress>),
    holders: Query<Entity, With<Holder>>,
    mut last: Local<Option<(Entity, usize, usize)>>,
) {
    let (Ok(holder), Some(session)) = (holders.single(), session) else { return };
    let now = (holder, references.played().len(), progress.runs(&session.level().id).len());
    if last.replace(now) == Some(now) {
        return;
    }
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    let cost = cost_axis(&session, &references, &progress);
    let p99 = p99_axis(&session, &references, &progress);
    commands.entity(holder).despawn_children().with_children(|panel| {
        panel.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) }).with_children(|head| {
            head.spawn((kit.title(texts.get("others"), 16.0, palette::bone()), TextLayout::no_wrap()));
            let count = |who: Who| cost.iter().filter(|(other, _)| *other == who).count();
            let said = [("solutions", count(Who::Solution).into()), ("runs", count(Who::Earlier).into())];
            head.spawn((
                kit.body(texts.with("others-count", &said), 11.0, palette::periwinkle()),
                TextLayout::no_wrap(),
            ));
        });
        axis(panel, kit, "others-cost", &cost, |figure| texts.number(figure.round() as u64));
        axis(panel, kit, "others-p99", &p99, |figure| duration(&texts, figure as u64));
        let words = match beaten(&cost) {
            (_, _, 0) => texts.get("others-none"),
            (0, ..) => texts.get("others-cheapest"),
            (_, dearer, others) => {
                texts.with("others-cheaper", &[("dearer", dearer.into()), ("others", others.into())])
            }
        };
        panel.spawn(kit.body(words, 11.0, palette::bone()));
    });
}

/// An axis: a line, a dot for each figure, and its name.
fn axis(
    panel: &mut ChildSpawnerCommands<'_>,
    kit: Kit<'_>,
    key: &str,
    figures: &[(Who, f64)],
    written: impl Fn(f64) -> String,
) {
    let mut figures = figures.to_vec();
    // One's own comes last, on top of the others.
    figures.sort_by_key(|(who, _)| *who);
    panel.spawn(Node { height: Val::Px(34.0), align_items: AlignItems::FlexEnd, ..row(6.0) }).with_children(|line| {
        let name = Node { width: Val::Px(NAME), flex_shrink: 0.0, ..default() };
        line.spawn(name).with_child((kit.body(kit.texts.get(key), 11.0, palette::periwinkle()), TextLayout::no_wrap()));
        let rail = Node { flex_grow: 1.0, height: Val::Px(34.0), ..default() };
        line.spawn(rail).with_children(|rail| {
            let track = Node { bottom: Val::Px(7.0), width: Val::Percent(100.0), height: Val::Px(2.0), ..placed() };
            rail.spawn((track, BackgroundColor(palette::ink_line())));
            for &(who, figure) in &figures {
                dot(rail, who, share(&figures, figure));
            }
            for (who, key, color) in
                [(Who::Par, "others-par", palette::strain()), (Who::You, "others-you", palette::gold())]
            {
                let Some((_, figure)) = figures.iter().find(|(other, _)| *other == who) else { continue };
                let at = share(&figures, *figure);
                let words = kit.texts.with(key, &[("figure", written(*figure).into())]);
                // A label stands over its dot, within the rail: to the left of it in the right half. Par makes way for
                // one's own where both are near.
                let yours =
                    figures.iter().find(|(who, _)| *who == Who::You).map(|(_, figure)| share(&figures, *figure));
                let near =
                    yours.filter(|yours| who == Who::Par && (yours - at).abs() < 0.3 && (0.25..0.75).contains(&at));
                let to_the_left = near.map_or(at > 0.5, |yours| yours <= 0.5);
                let (left, right) = if to_the_left {
                    (Val::Auto, Val::Percent((100.0 - at * 100.0) as f32))
                } else {
                    (Val::Percent((at * 100.0) as f32), Val::Auto)
                };
                let top = if who == Who::Par && near.is_none() { Val::Px(-3.0) } else { Val::Px(6.0) };
                let node = Node { left, right, top, padding: UiRect::horizontal(Val::Px(6.0)), ..placed() };
                rail.spawn(node).with_child((kit.strong(words, 10.5, color), TextLayout::no_wrap()));
            }
        });
    });
}

fn dot(rail: &mut ChildSpawnerCommands<'_>, who: Who, at: f64) {
    let (size, color) = match who {
        Who::Earlier => (7.0, palette::bone_shade().with_alpha(0.55)),
        Who::Solution => (8.0, palette::periwinkle()),
        Who::Par => (2.0, palette::strain()),
        Who::You => (12.0, palette::gold()),
    };
    let height = if who == Who::Par { 26.0 } else { size };
    let node = Node {
        left: Val::Percent((at * 100.0) as f32),
        bottom: Val::Px(if who == Who::Par { 0.0 } else { 8.0 - size * 0.5 }),
        width: Val::Px(size),
        height: Val::Px(height),
        margin: UiRect::left(Val::Px(-size * 0.5)),
        border_radius: if matches!(who, Who::You | Who::Earlier) { BorderRadius::MAX } else { BorderRadius::ZERO },
        ..placed()
    };
    let mut dot = rail.spawn((node, BackgroundColor(color)));
    // Shapes tell them apart as well as colours: solutions are diamonds.
    if who == Who::Solution {
        dot.insert(UiTransform { rotation: Rot2::FRAC_PI_4, ..default() });
    }
}

/// Where on the axis a figure lies, 0 to 1.
fn share(figures: &[(Who, f64)], figure: f64) -> f64 {
    let least = figures.iter().map(|(_, figure)| *figure).fold(f64::INFINITY, f64::min);
    let most = figures.iter().map(|(_, figure)| *figure).fold(f64::NEG_INFINITY, f64::max);
    let whole = (most - least) / (1.0 - 2.0 * MARGIN);
    if whole > 0.0 { MARGIN + (figure - least) / whole } else { 0.5 }
}

fn placed() -> Node {
    Node { position_type: PositionType::Absolute, ..default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_lie_in_order_and_within_the_axis() {
        let figures = [(Who::Solution, 240.0), (Who::You, 265.0), (Who::Par, 280.0), (Who::Earlier, 400.0)];
        let at = figures.map(|(_, figure)| share(&figures, figure));
        assert!(at.is_sorted() && at.iter().all(|at| (0.05..=0.95).contains(at)), "{at:?}");
        assert_eq!(share(&figures[..1], 240.0), 0.5);
        assert_eq!(beaten(&figures), (1, 1, 2), "par is nobody");
    }
}
