//! What the sage says to it, and what to do next: the next level, back into the run, another plan, the same again.

use super::Sources;
use crate::causes::name_of;
use crate::palette;
use crate::sage::Portrait;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::figures::percent;
use crate::ui::settings::Sheet;
use crate::ui::widgets::{column, row, speech};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::OnsetKind;
use pipe_maze_level::{Kind, MarkKind, Play, Timeline};
use pipe_maze_sim::{Cause, PieceId, ServiceView, Time as SimTime};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, rewind.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// How long before the first trouble one comes back into a run, as a share of the time of flow.
const BEFORE: f64 = 0.03;

pub(super) fn sage(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, session, won, layout, .. } = sources;
    let of_level = kit.texts.of_level(session.level(), if *won { "won" } else { "lost" });
    let because = if *won { None } else { because(sources) };
    let dry = if *won { None } else { dry_room(session, sources.play) };
    let dry = dry.map(|name| {
        let room = kit.texts.of_level(session.level(), name).unwrap_or(name).to_owned();
        kit.texts.with("sage-dry", &[("room", room.into())])
    });
    let words = match (dry, because, of_level) {
        (Some(dry), Some(because), _) => format!("{dry} {because}"),
        (Some(words), None, _) | (None, Some(words), _) => words,
        (None, None, Some(of_level)) => of_level.to_owned(),
        (None, None, None) => return,
    };
    let words = words.as_str();
    let line = Node { flex_grow: 1.0, flex_basis: if layout.wide { Val::Px(0.0) } else { Val::Auto }, ..row(8.0) };
    parent.spawn(line).with_children(|line| {
        let face = Portrait { words: words.to_owned() };
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

/// A room of the level that no water ever reached, where water can be shared out: whoever has but one pipe chooses one.
fn dry_room<'a>(session: &'a Session, play: &Play) -> Option<&'a str> {
    let level = session.level();
    let shares = |kind: Kind| matches!(kind, Kind::WarpPipe | Kind::ApiGatewayStar);
    let of_level = level.pieces.iter().map(|piece| piece.spec.kind());
    let mut kinds = of_level.chain(level.inventory.iter().map(|stock| stock.kind));
    if level.is_to_break() || !kinds.any(shares) {
        return None;
    }
    let services: Vec<ServiceView> = play.simulation().view().services().collect();
    let is_dry = |name: &str| {
        let service = services.iter().find(|service| service.id == PieceId::from_name(name));
        service.is_some_and(|s| s.served + s.rejected + s.failed + u64::from(s.busy) + u64::from(s.queued) == 0)
    };
    let rooms = level.pieces.iter().filter(|piece| piece.spec.kind().answers());
    rooms.map(|piece| piece.name.as_str()).find(|name| is_dry(name))
}

/// What the sage says to what most was lost to, in this run; nothing where nothing was, or where it was to be lost.
fn because(sources: &Sources<'_>) -> Option<String> {
    let Sources { kit, session, onset, losses, .. } = sources;
    let worst = losses.causes.first().filter(|_| !session.level().is_to_break())?;
    let retried = onset.steps.iter().any(|step| matches!(step.kind, OnsetKind::Retries { .. }));
    let slow = onset.steps.iter().any(|step| matches!(step.kind, OnsetKind::Slow { .. }));
    let key = match worst.cause {
        _ if retried => "sage-retries",
        _ if slow => "sage-slow",
        Cause::Queue(_) | Cause::Expired(_) => "sage-queue",
        Cause::Full(_) => "sage-full",
        Cause::Service(_) => "sage-service",
        Cause::Pipe(_) => "sage-pipe",
        Cause::Hazard(_) => "sage-hazard",
        Cause::Client(_) => "sage-client",
        Cause::NoRoute(_) => "sage-no-route",
        Cause::Lost(_) => "sage-lost",
        Cause::Down(_) => "sage-down",
        Cause::Error(_) => "sage-error",
        Cause::Open(_) => "sage-open",
        Cause::Bulkhead(_) => "sage-bulkhead",
        Cause::Limited(_) => "sage-limited",
        Cause::Broker(_) => "sage-broker",
        Cause::LogFull(_) => "sage-log-full",
    };
    let room = name_of(kit.texts, session, worst.cause.piece());
    Some(kit.texts.with(key, &[("room", room.into()), ("share", percent(worst.share).into())]))
}

pub(super) fn actions(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, won, layout, .. } = sources;
    let width = if sources.roomy { Val::Px(super::SIDE) } else { Val::Auto };
    let side_by_side = layout.wide && !sources.roomy;
    let node = if side_by_side { row(8.0) } else { column(8.0) };
    let node = Node { width, flex_shrink: 0.0, justify_content: JustifyContent::Center, ..node };
    parent.spawn(node).with_children(|choices| {
        let size = if layout.wide { 13.0 } else { 12.5 };
        let word = |line: &mut ChildSpawnerCommands<'_>, id: ButtonId, key: &str, icon: &str, look: Look| {
            kit.word(line, id, &kit.texts.get(key), Some(icon), size, look);
        };
        let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(7.0), ..row(7.0) };
        // Where a level of one's own is tried, there is no next one: the editor waits.
        let on = match (sources.tried, *won && sources.has_next) {
            (true, _) => Some((ButtonId::BackToEditor, "editor-back", "icon-pencil")),
            (false, true) => Some((ButtonId::Next, "button-next", "icon-play")),
            (false, false) => None,
        };
        if let Some((id, key, icon)) = on {
            kit.word(choices, id, &kit.texts.get(key), Some(icon), 17.0, Look::PRIMARY);
        }
        choices.spawn(wrap).with_children(|line| {
            let change = if *won || on.is_some() { Look::QUIET } else { Look::PRIMARY };
            let retry = if *won && on.is_none() { Look::PRIMARY } else { Look::QUIET };
            word(line, ButtonId::Change, "button-plan", "icon-pencil", change);
            word(line, ButtonId::Rewind, "button-rewind", "icon-rewind", Look::QUIET);
            word(line, ButtonId::ForkRun, "button-fork", "icon-fork", Look::QUIET);
            if sources.session.timeline().is_some_and(|timeline| timeline.branch_count() > 0) {
                let id = ButtonId::Sheet(Sheet::Branches);
                word(line, id, "branches-compare", "icon-duplicate", Look::QUIET);
            }
            word(line, ButtonId::Retry, "button-retry", "icon-retry", retry);
            kit.disc(line, ButtonId::Sheet(Sheet::Share), "icon-share", 44.0, Look::QUIET);
            kit.disc(line, ButtonId::Menu, "icon-place", 44.0, Look::QUIET);
        });
    });
}

fn rewind(mut clicked: MessageReader<Clicked>, session: Option<ResMut<Session>>, mut commands: Commands) {
    let asked = clicked.read().find(|clicked| matches!(clicked.0, ButtonId::Rewind | ButtonId::ForkRun));
    let (Some(asked), Some(mut session)) = (asked, session) else { return };
    if let Some(at) = session.timeline().map(before_trouble) {
        session.seek(at);
        session.set_forks(asked.0 == ButtonId::ForkRun);
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
    use pipe_maze_level::{Edit, Level, Solution};

    #[test]
    fn a_room_that_no_water_reached_is_named_where_water_can_be_shared_out() {
        let built = |level: &str, solution: &str, keep: &dyn Fn(&Edit) -> bool| {
            let mut session = Session::open(Level::parse(level).unwrap());
            let plan = Solution::parse(solution).unwrap().plan;
            plan.iter().filter(|edit| keep(edit)).for_each(|edit| session.edit(edit).unwrap());
            session.start(Some(1)).unwrap();
            session.advance_ns(60_000_000_000);
            session
        };
        let dry = |session: &Session| dry_room(session, session.play().unwrap()).map(str::to_owned);
        let level = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");
        let solution = include_str!("../../../../../levels/3-flow-control/two-rooms.solution.ron");
        let is_to_south = |edit: &Edit| matches!(edit, Edit::LayPipe { name, .. } if name == "to-south");
        assert_eq!(dry(&built(level, solution, &|edit| !is_to_south(edit))).as_deref(), Some("south"));
        assert_eq!(dry(&built(level, solution, &|_| true)), None);
        // Here one chooses one of two rooms.
        let level = include_str!("../../../../../levels/2-communication/impatient-queue.ron");
        let solution = include_str!("../../../../../levels/2-communication/impatient-queue.solution.ron");
        assert_eq!(dry(&built(level, solution, &|_| true)), None);
    }

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
