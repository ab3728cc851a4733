//! The game slows down at marked moments: when the first request is lost, and when the error budget begins to burn.
//!
//! Each of them slows a run once, so that one sees it happen; who does not want that switches it off in the settings.

use crate::fonts::Fonts;
use crate::palette;
use crate::session::{Session, Slow};
use crate::sharing::film::Rolling;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::widgets::{row, sign};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::MarkKind;
use pipe_maze_sim::Time as SimTime;
use serde::{Deserialize, Serialize};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SlowMoments>();
    app.init_resource::<Moments>();
    let systems = (notice.in_set(FrameSystems::Show), tell.in_set(FrameSystems::Show)).chain();
    app.add_systems(Update, systems.run_if(in_state(Screen::Board).and_then(not(resource_exists::<Rolling>))));
    app.add_systems(OnExit(Screen::Board), forget);
}

/// For how long a moment is slowed, in seconds, and to which part of the chosen pace.
const SLOW_S: f32 = 2.2;
const SLOWED: f64 = 0.18;

/// How far it keeps from the edges of a small screen; how wide a level's name may be beside the banner. In interface
/// pixels.
const EDGE: f32 = 6.0;
const NAME_WIDTH: f32 = 330.0;
const NAME_HEIGHT: f32 = 48.0;
/// Above the display, below sheets.
const Z: i32 = 5;

/// Whether the player wants it.
#[derive(Resource, Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(transparent)]
pub struct SlowMoments(pub bool);

impl Default for SlowMoments {
    fn default() -> Self {
        Self(true)
    }
}

/// A moment that is worth a look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moment {
    /// The first request was lost.
    Loss,
    /// The error budget burns faster than it lasts.
    Burning,
}

impl Moment {
    const ALL: [Self; 2] = [Self::Loss, Self::Burning];

    const fn of(kind: MarkKind) -> Option<Self> {
        match kind {
            MarkKind::Loss { .. } => Some(Self::Loss),
            MarkKind::Burning { fast: true } => Some(Self::Burning),
            _ => None,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Loss => "slow-loss",
            Self::Burning => "slow-burning",
        }
    }
}

/// What has been seen of the run that is shown.
#[derive(Resource, Default)]
struct Moments {
    attempt: u64,
    jumps: u64,
    seen_to: SimTime,
    told: [bool; Moment::ALL.len()],
    /// What slows the run now, and for how much longer, in seconds.
    now: Option<(Moment, f32)>,
}

impl Moments {
    /// A moment that has come since the last look, and has not been shown in this run.
    fn fresh(&mut self, session: &Session) -> Option<Moment> {
        let timeline = session.timeline()?;
        let now = timeline.now();
        if self.attempt != session.attempts() {
            *self = Self { attempt: session.attempts(), jumps: session.jumps(), ..Self::default() };
        }
        if session.has_jumped(&mut self.jumps) || now < self.seen_to {
            self.seen_to = now;
            // It belongs to another time.
            self.now = None;
            return None;
        }
        let since = std::mem::replace(&mut self.seen_to, now);
        if since == now || self.told.iter().all(|told| *told) {
            return None;
        }
        // Where the aim is to break it, no burning is worth a pause.
        self.told[Moment::Burning as usize] |= session.level().is_to_break();
        let marks = timeline.marks();
        let mut fresh = marks.iter().filter(|mark| since <= mark.at && mark.at < now);
        let found = fresh.find_map(|mark| Moment::of(mark.kind).filter(|moment| !self.told[*moment as usize]))?;
        self.told[found as usize] = true;
        Some(found)
    }
}

fn notice(
    session: Option<ResMut<Session>>,
    (wanted, time): (Res<SlowMoments>, Res<Time>),
    mut moments: ResMut<Moments>,
) {
    let Some(mut session) = session else { return };
    let was_slow = moments.now.is_some();
    let fresh = moments.fresh(&session).filter(|_| wanted.0);
    if was_slow && moments.now.is_none() {
        session.slow(Slow::Moment, None);
    }
    if let Some(moment) = fresh {
        moments.now = Some((moment, SLOW_S));
        let pace = session.chosen_pace_ns_per_s() * SLOWED;
        session.slow(Slow::Moment, Some(pace));
    }
    let Some((moment, left_s)) = moments.now else { return };
    let left_s = if session.is_paused() { left_s } else { left_s - time.delta_secs() };
    let over = left_s <= 0.0 || session.play().is_none() || !wanted.0;
    moments.now = Some((moment, left_s)).filter(|_| !over);
    if over {
        session.slow(Slow::Moment, None);
    }
}

fn forget(
    mut moments: ResMut<Moments>,
    session: Option<ResMut<Session>>,
    told: Query<Entity, With<Told>>,
    mut commands: Commands,
) {
    moments.now = None;
    if let Some(mut session) = session.filter(|session| session.is_slow(Slow::Moment)) {
        session.slow(Slow::Moment, None);
    }
    told.iter().for_each(|entity| commands.entity(entity).despawn());
}

/// What says that it is slow, and why.
#[derive(Component)]
struct Told;

fn tell(
    mut commands: Commands,
    (moments, texts, fonts): (Res<Moments>, Res<Texts>, Res<Fonts>),
    layout: Res<Layout>,
    told: Query<Entity, With<Told>>,
    mut last: Local<Option<Moment>>,
) {
    let now = moments.now.map(|(moment, _)| moment);
    if std::mem::replace(&mut *last, now) == now && now.is_some() != told.is_empty() {
        return;
    }
    told.iter().for_each(|entity| commands.entity(entity).despawn());
    let Some(moment) = now else { return };
    // Where it stands over the level's name it hides all of that.
    let (min_height, flex_grow) =
        if layout.wide && !layout.is_low() { (Val::Auto, 0.0) } else { (Val::Px(NAME_HEIGHT), 1.0) };
    let padding = UiRect::axes(Val::Px(14.0), Val::Px(5.0));
    let node = Node { padding, min_height, flex_grow, ..row(8.0) };
    commands.spawn((Told, place(&layout), GlobalZIndex(Z))).with_children(|place| {
        place.spawn(sign(node)).with_children(|line| {
            let font = crate::fonts::font(&fonts.strong, 12.5);
            line.spawn((Text::new(texts.get(moment.key())), font, TextColor(palette::strain())));
        });
    });
}

/// Over the palette, where no call-out is. Where there is little room it stands over the level's name for as long as it
/// lasts: nothing else on the screen is missed less.
fn place(layout: &Layout) -> Node {
    let node = Node { position_type: PositionType::Absolute, ..default() };
    if layout.wide && !layout.is_low() {
        let justify_content = JustifyContent::Center;
        return Node { bottom: Val::Px(112.0), width: Val::Percent(100.0), justify_content, ..node };
    }
    let width = if layout.wide { NAME_WIDTH } else { layout.size.x - EDGE * 2.0 };
    Node { top: Val::Px(EDGE), left: Val::Px(EDGE), width: Val::Px(width), ..node }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn what_says_so_lies_within_the_room_above_a_small_board() {
        for window in [Vec2::new(390.0, 844.0), Vec2::new(320.0, 568.0), Vec2::new(844.0, 390.0)] {
            let layout = Layout::for_window(window);
            let Node { top: Val::Px(top), left: Val::Px(left), width: Val::Px(width), .. } = place(&layout) else {
                panic!("{window}: it stands at the top")
            };
            assert!(top + NAME_HEIGHT < 66.0, "the board begins below that");
            assert!(left >= 0.0 && left + width <= layout.size.x, "{window}");
        }
    }

    #[test]
    fn each_moment_slows_a_run_once() {
        let mut session = flowing();
        let mut moments = Moments::default();
        let mut seen = Vec::new();
        for _ in 0..1_200 {
            session.advance_ns(20_000_000);
            seen.extend(moments.fresh(&session));
        }
        assert_eq!(seen, [Moment::Loss, Moment::Burning]);
        moments.now = Some((Moment::Burning, SLOW_S));
        session.seek(SimTime::ZERO);
        assert_eq!((moments.fresh(&session), moments.now), (None, None), "what was told of is to come yet");
        session.advance_ns(60_000_000_000);
        assert_eq!(moments.fresh(&session), None, "seen in this run");
    }
}
