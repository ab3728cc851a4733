//! What the sage says to it, and what to do next: the next level, back into the run, another plan, the same again.

use super::Sources;
use crate::palette;
use crate::sage::Portrait;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::widgets::{column, row, speech};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::{MarkKind, Timeline};
use pipe_maze_sim::Time as SimTime;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, rewind.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// How long before the first trouble one comes back into a run, as a share of the time of flow.
const BEFORE: f64 = 0.03;

pub(super) fn sage(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, won, layout, .. } = sources;
    let of_level = |key: &str| kit.texts.of_level(session.level(), key).map(str::to_owned);
    // Of a loss the sage knows what hurt most; where nothing did, what the level says.
    let words = if *won { of_level("won") } else { super::advice::advice(sources).or_else(|| of_level("lost")) };
    let Some(words) = words else { return };
    let line = Node { flex_grow: 1.0, flex_basis: if layout.wide { Val::Px(0.0) } else { Val::Auto }, ..row(8.0) };
    parent.spawn(line).with_children(|line| {
        let face = Portrait { words: words.clone() };
        let roomy = layout.wide && !layout.is_low();
        line.spawn((face, kit.icon("sage-listening", if roomy { 92.0 } else { 58.0 }, Color::WHITE)));
        let node = Node {
            flex_grow: 1.0,
            flex_shrink: 1.0,
            padding: UiRect::axes(Val::Px(16.0), Val::Px(if roomy { 10.0 } else { 7.0 })),
            ..column(3.0)
        };
        line.spawn(speech(node)).with_children(|bubble| {
            bubble.spawn(kit.title(kit.texts.get("sage"), 15.0, palette::failed_on_bone()));
            bubble.spawn(kit.body(words, if roomy { 13.0 } else { 11.5 }, palette::ink()));
        });
    });
}

pub(super) fn actions(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, won, layout, .. } = sources;
    let width = if layout.wide { Val::Px(if layout.is_low() { 480.0 } else { 500.0 }) } else { Val::Auto };
    parent.spawn(Node { width, justify_content: JustifyContent::Center, ..column(8.0) }).with_children(|choices| {
        let size = if layout.wide { 13.5 } else { 12.5 };
        let word = |line: &mut ChildSpawnerCommands<'_>, id: ButtonId, key: &str, icon: &str, look: Look| {
            kit.word(line, id, &kit.texts.get(key), Some(icon), size, look);
        };
        let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(7.0), ..row(8.0) };
        let goes_on = *won && sources.has_next;
        if goes_on {
            kit.word(choices, ButtonId::Next, &kit.texts.get("button-next"), Some("icon-play"), 17.0, Look::PRIMARY);
        }
        choices.spawn(wrap).with_children(|line| {
            let change = if *won { Look::QUIET } else { Look::PRIMARY };
            let retry = if *won && !goes_on { Look::PRIMARY } else { Look::QUIET };
            word(line, ButtonId::Change, "button-plan", "icon-pencil", change);
            word(line, ButtonId::Rewind, "button-rewind", "icon-rewind", Look::QUIET);
            word(line, ButtonId::Retry, "button-retry", "icon-retry", retry);
            kit.disc(line, ButtonId::Menu, "icon-place", 44.0, Look::QUIET);
        });
    });
}

fn rewind(mut clicked: MessageReader<Clicked>, session: Option<ResMut<Session>>, mut commands: Commands) {
    let asked = clicked.read().any(|clicked| clicked.0 == ButtonId::Rewind);
    let Some(mut session) = session.filter(|_| asked) else { return };
    if let Some(at) = session.timeline().map(before_trouble) {
        session.seek(at);
        commands.set_state(Screen::Board);
    }
}

/// Shortly before something first went wrong in the run, or the middle of one in which nothing did.
fn before_trouble(timeline: &Timeline) -> SimTime {
    let whole_ns = timeline.play().flow_ends_at().as_ns();
    let is_trouble = |kind: MarkKind| {
        matches!(
            kind,
            MarkKind::Objective { met: false, .. }
                | MarkKind::Overload { full: true, .. }
                | MarkKind::Burning { fast: true }
        )
    };
    let first = timeline.marks().into_iter().find(|mark| is_trouble(mark.kind)).map(|mark| mark.at.as_ns());
    let at_ns = first.map_or(whole_ns / 2, |at_ns| at_ns.saturating_sub((whole_ns as f64 * BEFORE) as u64));
    SimTime::ZERO.plus_ns(at_ns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn one_comes_back_before_what_went_wrong() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let timeline = session.timeline().unwrap();
        let at = before_trouble(timeline);
        assert!(at < timeline.play().flow_ends_at());
        let broke = timeline.marks().into_iter().find(|mark| matches!(mark.kind, MarkKind::Burning { fast: true }));
        assert!(broke.is_some_and(|mark| at < mark.at), "{broke:?}");
    }
}
