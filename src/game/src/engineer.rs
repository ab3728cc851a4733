//! The engineer's panel: a tool, not part of the game. F3 shows the run's bare figures.

use crate::immediate::colour;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>();
    app.add_systems(Update, toggle);
    app.add_systems(EguiPrimaryContextPass, show.run_if(|shown: Res<Shown>| shown.0));
}

#[derive(Resource, Default)]
struct Shown(bool);

fn toggle(keys: Res<ButtonInput<KeyCode>>, mut shown: ResMut<Shown>) {
    if keys.just_pressed(KeyCode::F3) {
        shown.0 = !shown.0;
    }
}

fn show(mut contexts: EguiContexts<'_, '_>, session: Option<Res<Session>>, texts: Res<Texts>) -> Result {
    let context = contexts.ctx_mut()?;
    context.set_visuals(visuals());
    egui::Window::new(texts.get("engineer-title")).default_pos([20.0, 120.0]).show(context, |ui| {
        let Some(play) = session.as_ref().and_then(|session| session.play()) else {
            ui.monospace("-");
            return;
        };
        let view = play.simulation().view();
        let totals = view.totals();
        ui.monospace(format!("{}  seed {}  {}", view.now(), play.seed(), play.digest()));
        ui.monospace(format!(
            "issued {}  answered {}  timed out {}  rejected {}  no route {}  in flight {}",
            totals.issued,
            totals.answered,
            totals.timed_out,
            totals.rejected,
            totals.no_route,
            view.in_flight()
        ));
        for service in view.services() {
            ui.monospace(format!(
                "service {}  busy {}/{}  queue {}/{}  served {}",
                service.id, service.busy, service.workers, service.queued, service.queue_limit, service.served
            ));
        }
        for balancer in view.balancers() {
            let targets: Vec<String> =
                balancer.targets.iter().map(|(_, active, sent)| format!("{active} of {sent}")).collect();
            ui.monospace(format!("balancer {}  {:?}  active {}", balancer.id, balancer.policy, targets.join(", ")));
        }
    });
    Ok(())
}

/// The world's ink and bone instead of egui's grey.
fn visuals() -> egui::Visuals {
    let mut visuals = egui::Visuals::dark();
    visuals.window_fill = colour(palette::ink());
    visuals.window_stroke = egui::Stroke::new(1.5, colour(palette::ink_line()));
    visuals.window_corner_radius = egui::CornerRadius::same(16);
    visuals.widgets.open.weak_bg_fill = colour(palette::ink_raised());
    visuals.override_text_color = Some(colour(palette::bone()));
    visuals
}
