//! What the player's hand does before anything changes: cells follow it, pieces are lifted, something is refused.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::input::tools::Hand;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(CueSystems));
}

/// What is heard of a hand.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Grasp {
    /// Cells of the pipe that it draws.
    cells: usize,
    /// Whether it carries something.
    carries: bool,
    /// When something was refused last.
    refused_s: Option<f64>,
}

impl Grasp {
    fn of(hand: &Hand) -> Self {
        Self {
            cells: hand.drawing().map_or(0, |drawing| drawing.cells.len()),
            carries: hand.carries(),
            refused_s: hand.reason.as_ref().map(|reason| reason.since_s),
        }
    }

    /// What is heard between this and the next. A pipe climbs the scale as it grows.
    fn cue(&self, next: &Self) -> Option<Cue> {
        if next.refused_s.is_some() && next.refused_s != self.refused_s {
            Some(Cue::new(Sound::Refused))
        } else if next.carries && !self.carries {
            Some(Cue::new(Sound::Lifted))
        } else if next.cells > self.cells {
            Some(Cue::new(Sound::CellLaid).at_step(next.cells - 1))
        } else if next.cells > 0 && next.cells < self.cells {
            Some(Cue::new(Sound::CellLaid).at_step(next.cells - 1).gain(0.5))
        } else {
            None
        }
    }
}

fn listen(hand: Res<Hand>, mut last: Local<Grasp>, mut cues: MessageWriter<Cue>) {
    let now = Grasp::of(&hand);
    if let Some(cue) = last.cue(&now) {
        cues.write(cue);
    }
    *last = now;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_climbs_the_scale_and_is_softer_on_its_way_back() {
        let grasp = |cells| Grasp { cells, ..default() };
        let up = grasp(1).cue(&grasp(2)).unwrap();
        let further = grasp(2).cue(&grasp(3)).unwrap();
        let back = grasp(3).cue(&grasp(2)).unwrap();
        assert!(further.speed > up.speed && back.speed == up.speed && back.gain < up.gain);
        assert_eq!(grasp(3).cue(&grasp(0)), None, "letting go is silent; what is laid has a sound of its own");
    }

    #[test]
    fn a_refusal_is_heard_above_all_and_once() {
        let refused = Grasp { cells: 2, refused_s: Some(4.0), ..default() };
        assert_eq!(Grasp::default().cue(&refused).unwrap().sound, Sound::Refused);
        assert_eq!(refused.cue(&refused), None);
        assert_eq!(refused.cue(&Grasp { refused_s: Some(5.0), ..refused }).unwrap().sound, Sound::Refused);
    }
}
