//! Copy, cut and paste in the fields of the editor, through the browser's clipboard.

use crate::FrameSystems;
use crate::exchange::{self, Arrival, Arrivals};
use crate::immediate::Covered;
use crate::input::chords::Chords;
use bevy::prelude::*;
use bevy_egui::input::EguiInputEvent;
use bevy_egui::{PrimaryEguiContext, egui};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, carry.in_set(FrameSystems::Input).run_if(resource_exists::<super::Desk>));
}

/// Letters with Control or Command become what egui takes them for; what was asked for from the clipboard goes to the
/// field that has the keyboard.
fn carry(
    mut chords: Chords<'_, '_>,
    (covered, mut arrivals): (Res<Covered>, ResMut<Arrivals>),
    contexts: Query<Entity, With<PrimaryEguiContext>>,
    mut events: MessageWriter<EguiInputEvent>,
) {
    let Ok(context) = contexts.single() else { return };
    for (letter, _) in chords.letters() {
        let event = match letter.as_str() {
            _ if !covered.keys => None,
            "c" => Some(egui::Event::Copy),
            "x" => Some(egui::Event::Cut),
            "v" => {
                exchange::paste();
                None
            }
            _ => None,
        };
        events.write_batch(event.map(|event| EguiInputEvent { context, event }));
    }
    if covered.keys {
        for arrival in arrivals.take(|each| matches!(each, Arrival::Pasted(_))) {
            if let Arrival::Pasted(text) = arrival {
                events.write(EguiInputEvent { context, event: egui::Event::Paste(text) });
            }
        }
    }
}

/// What was copied in a field goes to the clipboard.
pub fn hand_out(context: &egui::Context) {
    let copied = context.output_mut(|output| {
        let texts: Vec<String> = output
            .commands
            .iter()
            .filter_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
            .collect();
        output.commands.retain(|command| !matches!(command, egui::OutputCommand::CopyText(_)));
        texts
    });
    for text in copied {
        exchange::copy(&text);
    }
}
