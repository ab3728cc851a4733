//! Buttons, pages and ends.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::script::Ended;
use crate::trial::Trial;
use crate::ui::buttons::{ButtonId, Clicked, Focus, Look};
use bevy::prelude::*;
use pipe_maze_level::Verdict;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (press, hover, end, star).in_set(CueSystems));
}

/// The sound of a button; none where what it does has a sound of its own.
fn sound_of(id: ButtonId) -> Option<Sound> {
    match id {
        ButtonId::Play | ButtonId::Codex | ButtonId::Open | ButtonId::Next => Some(Sound::Opens),
        ButtonId::Menu | ButtonId::Sheet(_) => Some(Sound::Opens),
        ButtonId::Back | ButtonId::Leave | ButtonId::CloseSheet | ButtonId::GoOn => Some(Sound::Closes),
        ButtonId::Stop | ButtonId::Change | ButtonId::Rewind => Some(Sound::Closes),
        ButtonId::Undo => Some(Sound::Undo),
        ButtonId::Redo => Some(Sound::Redo),
        ButtonId::Less("policy") | ButtonId::More("policy") => Some(Sound::Redirected),
        ButtonId::Valve | ButtonId::Remove | ButtonId::Retry => None,
        _ => Some(Sound::Press),
    }
}

fn press(mut clicked: MessageReader<Clicked>, mut cues: MessageWriter<Cue>) {
    for sound in clicked.read().filter_map(|clicked| sound_of(clicked.0)) {
        cues.write(Cue::new(sound));
    }
}

type Hovered<'w, 's> = Query<'w, 's, (&'static ButtonId, &'static Interaction, &'static Look)>;

/// By what lies under the pointer, not by what has changed: panels are built anew beneath a pointer that rests.
fn hover(buttons: Hovered<'_, '_>, focus: Res<Focus>, mut last: Local<Option<ButtonId>>, mut cues: MessageWriter<Cue>) {
    let is_under =
        |id: &ButtonId, interaction, look: &Look| look.enabled && !id.is_term() && interaction != Interaction::None;
    let under = buttons.iter().find(|(id, interaction, look)| is_under(id, **interaction, look));
    let now = under.map(|(id, ..)| *id).or(focus.0);
    if now.is_some() && now != *last {
        cues.write(Cue::new(Sound::Hover));
    }
    *last = now;
}

fn end(mut ended: MessageReader<Ended>, mut cues: MessageWriter<Cue>) {
    for Ended(verdict) in ended.read() {
        cues.write(Cue::new(if *verdict == Verdict::Won { Sound::Win } else { Sound::Lose }));
    }
}

/// A star that is earned while one reads.
fn star(trial: Option<Res<Trial>>, mut earned: Local<bool>, mut cues: MessageWriter<Cue>) {
    let robust = trial.is_some_and(|trial| trial.is_robust());
    if robust && !*earned {
        cues.write(Cue::new(Sound::StarEarned));
    }
    *earned = robust;
}
