//! What is spoken on the screen: by the sage, and by notices.

use super::super::live::{Live, Weight};
use super::HappeningSystems;
use crate::sage::Portrait;
use crate::text::Texts;
use crate::ui::notices::Notice;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (listen_to_sage, listen_to_notices).in_set(HappeningSystems));
}

/// The sage's words whenever they are others than before: what a level is about, hints, lessons, what is thought of a run.
fn listen_to_sage(portraits: Query<&Portrait>, texts: Res<Texts>, mut before: Local<String>, mut live: ResMut<Live>) {
    let words = portraits.iter().map(|portrait| portrait.words.as_str()).find(|words| !words.is_empty());
    let words = words.unwrap_or_default();
    if *before == words {
        return;
    }
    words.clone_into(&mut before);
    if !words.is_empty() {
        let told = texts.with("happen-sage", &[("words", words.to_owned().into())]);
        live.bypass_change_detection().tell("sage", Weight::News, told);
    }
}

fn listen_to_notices(mut notices: MessageReader<Notice>, mut live: ResMut<Live>) {
    for Notice(words) in notices.read() {
        live.bypass_change_detection().tell(format!("notice {words}"), Weight::Alarm, words);
    }
}
