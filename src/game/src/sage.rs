//! The sage's face: speaks while the words are new, listens, is delighted when something succeeds, and falls asleep when
//! nothing happens for long.

use crate::FrameSystems;
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::input::tools::{Hand, Selection};
use crate::motion::Motion;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Cell, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Mind>();
    app.add_systems(Update, (notice, show).chain().in_set(FrameSystems::Show));
}

/// Letters that the sage says in a second, and the shortest and longest time that the mouth moves, in seconds.
const LETTERS_PER_S: f64 = 24.0;
const SPEECH_S: (f64, f64) = (0.9, 4.5);
/// For how long a success delights, in seconds.
const DELIGHT_S: f64 = 2.0;
/// After how long without anything new the sage falls asleep, in seconds.
const SLEEP_S: f64 = 45.0;

/// A picture of the sage, and the words beside it.
#[derive(Component, Clone, Debug, Default)]
pub struct Portrait {
    /// What is said.
    pub words: String,
}

/// What changes when something happens: the session's revision, what is selected, and where the hand is.
type Seen = (u64, Selection, Cell);

/// What the sage has noticed, and when, in seconds since the game began.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
struct Mind {
    words: String,
    spoke_s: f64,
    glad_s: Option<f64>,
    stirred_s: f64,
    seen: Seen,
    whole: usize,
    won: bool,
}

fn notice(
    (session, hand, time): (Option<Res<Session>>, Res<Hand>, Res<Time>),
    mut awake: ResMut<Awake>,
    portraits: Query<&Portrait>,
    mut mind: ResMut<Mind>,
) {
    let Some(words) = portraits.iter().map(|portrait| &portrait.words).next() else { return };
    let now_s = time.elapsed_secs_f64();
    let revision = session.as_ref().map_or(0, |session| session.revision());
    let seen: Seen = (revision, hand.selection.clone(), hand.cursor);
    let won = session.as_ref().is_some_and(|session| session.verdict() == Some(Verdict::Won));
    if mind.seen != seen {
        let whole = session.as_ref().map_or(0, |session| session.board().joints().filter(|j| j.is_whole()).count());
        let joined = whole > std::mem::replace(&mut mind.whole, whole) && mind.seen.0 + 1 == revision;
        mind.seen = seen;
        mind.stirred_s = now_s;
        if joined {
            mind.glad_s = Some(now_s);
        }
    }
    if mind.words != *words {
        mind.words.clone_from(words);
        (mind.spoke_s, mind.stirred_s) = (now_s, now_s);
        awake.keep_for(speech_s(words) as f32);
    }
    mind.won = won;
}

fn show(
    (atlas, time, motion, mind): (Res<Atlas>, Res<Time>, Res<Motion>, Res<Mind>),
    mut portraits: Query<&mut ImageNode, With<Portrait>>,
) {
    let name = face(&mind, time.elapsed_secs_f64(), motion.reduced);
    for mut image in &mut portraits {
        let due = atlas.image(name, image.color);
        if (image.rect, &image.image) != (due.rect, &due.image) {
            *image = due;
        }
    }
}

fn speech_s(words: &str) -> f64 {
    let whole_s = words.chars().count() as f64 / LETTERS_PER_S;
    if words.is_empty() { 0.0 } else { whole_s.clamp(SPEECH_S.0, SPEECH_S.1) }
}

/// The picture of the sage.
fn face(mind: &Mind, now_s: f64, reduced: bool) -> &'static str {
    let (frames, each_s) = if now_s < mind.spoke_s + speech_s(&mind.words) {
        (["sage-speaking", "sage-speaking-2"], 0.15)
    } else if mind.won || mind.glad_s.is_some_and(|glad_s| now_s < glad_s + DELIGHT_S) {
        (["sage-delighted", "sage-delighted-2"], 0.5)
    } else if now_s > mind.stirred_s + SLEEP_S {
        (["sage-asleep", "sage-asleep-2"], 1.0)
    } else {
        // A blink now and then.
        let blinks = !reduced && (now_s / 0.25) as u64 % 17 == 16;
        return if blinks { "sage-listening-2" } else { "sage-listening" };
    };
    frames[if reduced { 0 } else { (now_s / each_s) as usize % 2 }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_follows_what_happens() {
        let mut mind = Mind { words: "x".repeat(48), spoke_s: 10.0, stirred_s: 10.0, ..default() };
        assert!(face(&mind, 11.9, false).starts_with("sage-speaking"));
        assert!(face(&mind, 12.1, false).starts_with("sage-listening"));
        assert!(face(&mind, 60.0, false).starts_with("sage-asleep"));
        mind.glad_s = Some(20.0);
        assert!(face(&mind, 21.0, false).starts_with("sage-delighted"));
        assert!(face(&mind, 23.0, false).starts_with("sage-listening"));
        mind.won = true;
        assert!(face(&mind, 99.0, false).starts_with("sage-delighted"));
        let still: Vec<&str> = (0..50).map(|i| face(&mind, 99.0 + f64::from(i) * 0.1, true)).collect();
        assert!(still.iter().all(|&name| name == "sage-delighted"));
    }

    #[test]
    fn every_face_is_there_and_fits_the_frame() {
        let atlas = Atlas::blank();
        for stem in ["listening", "speaking", "asleep", "delighted"] {
            for end in ["", "-2"] {
                // Asleep, the chest rises a little.
                assert!((atlas.aspect(&format!("sage-{stem}{end}")) - 1.0).abs() < 0.03, "{stem}{end}");
            }
        }
    }
}
