//! What is refused, and why.

use super::super::live::{Live, Weight};
use super::HappeningSystems;
use crate::input::tools::Hand;
use crate::text::Texts;
use crate::ui::hud::Inspecting;
use bevy::prelude::*;
use pipe_maze_level::Refusal;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(HappeningSystems));
}

fn listen(
    (hand, inspecting, texts): (Res<Hand>, Res<Inspecting>, Res<Texts>),
    mut before: Local<(Option<f64>, Option<Refusal>)>,
    mut live: ResMut<Live>,
) {
    let (refused_s, turned) = &mut *before;
    let at_board = hand.reason.as_ref().filter(|reason| Some(reason.since_s) != *refused_s);
    let at_knob = inspecting.refused.as_ref().filter(|refusal| Some(*refusal) != turned.as_ref());
    for refusal in at_board.map(|reason| &reason.refusal).into_iter().chain(at_knob) {
        live.bypass_change_detection().tell("refusal", Weight::Alarm, texts.refusal(refusal));
    }
    *refused_s = hand.reason.as_ref().map(|reason| reason.since_s);
    if *turned != inspecting.refused {
        turned.clone_from(&inspecting.refused);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_once_with_its_reason() {
        let mut app = App::new();
        app.init_resource::<Hand>().init_resource::<Inspecting>().init_resource::<Live>();
        app.insert_resource(Texts::english());
        app.add_systems(Update, listen);
        app.update();
        assert!(!app.world().resource::<Live>().waits());
        let refusal = Refusal::TooDear { price: 80, left: 12 };
        app.world_mut().resource_mut::<Hand>().refuse(refusal, 1.0);
        app.update();
        app.update();
        assert_eq!(say(&mut app, 0.0), "Costs 80, you have 12.");
        app.world_mut().resource_mut::<Inspecting>().refused = Some(Refusal::NotInFlow);
        app.update();
        app.update();
        assert_eq!(say(&mut app, 2.0), "Only while time stands still.");
    }

    /// What is said now; nothing is left to be said after it.
    fn say(app: &mut App, now_s: f64) -> String {
        let mut live = app.world_mut().resource_mut::<Live>();
        assert!(live.speak(now_s) && !live.waits());
        live.said().1.to_owned()
    }
}
