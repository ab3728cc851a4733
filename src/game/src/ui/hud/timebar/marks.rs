//! What happened when: a mark over the bar for each, drawn when there is a new one.

use super::{MarksRow, share};
use crate::atlas::Atlas;
use crate::palette;
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::{BranchId, Mark, MarkKind, Timeline};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
}

/// Marks stand at least so far apart, as a share of the run: where many are, the weightiest is shown.
const APART: f64 = 0.03;
/// What happens again sooner than this after it happened last is the same going on.
const AGAIN: f64 = 0.09;
/// Size of a mark, in interface pixels.
const SIZE: f32 = 13.0;

/// How a mark looks. Later ones weigh more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Sign {
    /// Something is well again.
    Well,
    /// Something strikes or strains.
    Warning,
    /// Something fails.
    Failure,
    /// The player did something.
    Change,
}

type Seen = (BranchId, usize, Entity);

fn show(
    mut commands: Commands,
    (session, atlas): (Res<Session>, Res<Atlas>),
    rows: Query<Entity, With<MarksRow>>,
    mut last: Local<Option<Seen>>,
) {
    let (Some(timeline), Ok(row)) = (session.timeline(), rows.single()) else { return };
    let marks = timeline.marks();
    let seen = (timeline.current(), marks.len(), row);
    if last.replace(seen) == Some(seen) {
        return;
    }
    let signs = signs(timeline, &marks);
    commands.entity(row).despawn_children().with_children(|row| {
        signs.iter().for_each(|&(at, sign)| draw(row, &atlas, at as f32, sign));
    });
}

fn draw(row: &mut ChildSpawnerCommands<'_>, atlas: &Atlas, at: f32, sign: Sign) {
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Percent(at * 100.0),
        bottom: Val::Px(0.0),
        width: Val::Px(SIZE),
        height: Val::Px(SIZE),
        margin: UiRect::left(Val::Px(-SIZE * 0.5)),
        ..default()
    };
    let badge = match sign {
        Sign::Well => "badge-ok",
        Sign::Warning => "badge-strain",
        Sign::Failure => "badge-failed",
        Sign::Change => {
            let turned = UiTransform { rotation: Rot2::FRAC_PI_4, scale: Vec2::splat(0.66), ..default() };
            row.spawn((node, turned, BackgroundColor(palette::GOLD)));
            return;
        }
    };
    row.spawn((node, atlas.image(badge, Color::WHITE)));
}

/// Where signs stand, as shares of the run, in order; none covers another.
fn signs(timeline: &Timeline, marks: &[Mark]) -> Vec<(f64, Sign)> {
    let ends_at = timeline.play().flow_ends_at();
    let mut signs: Vec<(f64, Sign)> =
        marks.iter().filter_map(|mark| Some((share(mark.at, ends_at), sign(mark.kind)?))).collect();
    signs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let mut last: Option<(f64, Sign)> = None;
    signs.retain(|&(at, sign)| {
        let goes_on = last.replace((at, sign)).is_some_and(|(before, same)| same == sign && at - before < AGAIN);
        sign == Sign::Change || !goes_on
    });
    let mut shown: Vec<(f64, Sign)> = Vec::new();
    for (at, sign) in signs {
        if shown.iter().all(|(other, _)| (other - at).abs() >= APART) {
            shown.push((at, sign));
        }
    }
    shown.sort_by(|a, b| a.0.total_cmp(&b.0));
    shown
}

/// The sign of a mark; none for what only ends.
fn sign(kind: MarkKind) -> Option<Sign> {
    match kind {
        MarkKind::Command { .. } => Some(Sign::Change),
        MarkKind::Objective { met, .. } => Some(if met { Sign::Well } else { Sign::Failure }),
        MarkKind::BudgetLeft { percent } => Some(if percent <= 0 { Sign::Failure } else { Sign::Warning }),
        MarkKind::Overload { full: true, .. } => Some(Sign::Failure),
        MarkKind::Breaker { open: true, .. } | MarkKind::Enemy { active: true, .. } => Some(Sign::Warning),
        MarkKind::Burning { fast: true } => Some(Sign::Warning),
        MarkKind::Beaten { beaten: true, .. } => Some(Sign::Well),
        MarkKind::Overload { .. }
        | MarkKind::Breaker { .. }
        | MarkKind::Enemy { .. }
        | MarkKind::Burning { .. }
        | MarkKind::Beaten { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn signs_follow_the_run_and_keep_apart() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let timeline = session.timeline().unwrap();
        let signs = signs(timeline, &timeline.marks());
        assert!(signs.len() >= 3, "plant, gate and press strike: {signs:?}");
        assert!(signs.windows(2).all(|pair| pair[1].0 - pair[0].0 >= APART), "{signs:?}");
        assert!(signs.iter().all(|(at, _)| (0.0..=1.0).contains(at)));
        assert!(signs.iter().any(|(_, sign)| *sign == Sign::Warning));
    }
}
