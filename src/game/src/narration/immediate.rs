//! The controls of the editor, which are drawn anew in each frame and are no entities.

use super::{Control, Role};
use crate::editor::Spots;

/// Each control once, in the order in which it was drawn.
pub(super) fn controls(spots: &Spots) -> Vec<Control> {
    let mut controls: Vec<Control> = Vec::with_capacity(spots.0.len());
    for spot in spots.0.iter().filter(|spot| !spot.name.is_empty()) {
        if controls.iter().any(|control| control.id == spot.key) {
            continue;
        }
        let role = if spot.chosen.is_some() { Role::Switch } else { Role::Button };
        controls.push(Control {
            id: spot.key.clone(),
            role,
            name: spot.name.clone(),
            value: spot.value.clone(),
            disabled: !spot.enabled,
            chosen: spot.chosen,
            ..Control::default()
        });
    }
    controls
}
