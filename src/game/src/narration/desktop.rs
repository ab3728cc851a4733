//! The desktop's outlet: AccessKit, through which screen readers of each system read what the game shows. Bevy makes a
//! node for each button and picture; here they get their words, and what is no widget gets nodes of its own: the cell at
//! the cursor, how it stands, and everything that the editor draws.

use super::{Ask, Asked, Control, Live, Narration, NarrationSystems, Role, cell};
use crate::Screen;
use crate::input::tools::Hand;
use crate::ui::buttons::ButtonId;
use accesskit::{Action, ActionData, Node, NodeId, Role as AccessRole, Toggled};
use bevy::a11y::{AccessibilityNode, AccessibilityRequested, AccessibilitySystems, ActionRequest};
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::ui::UiSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn);
    let told = (tell_buttons, hide_pictures, tell_rest, tell_drawn, focus).chain();
    // Bevy names each new button by its words alone; these come after it.
    app.add_systems(
        PostUpdate,
        told.after(UiSystems::PostLayout).before(AccessibilitySystems::Update).run_if(is_requested),
    );
    app.add_systems(Update, listen.before(NarrationSystems).run_if(is_requested));
}

fn is_requested(requested: Option<Res<AccessibilityRequested>>) -> bool {
    requested.is_some_and(|requested| requested.get())
}

/// What is told beside the buttons.
#[derive(Component, Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    /// The cell at which the keyboard is.
    Cell,
    /// Where one is, and how it stands.
    Standing,
    /// What is on the board.
    Board,
    /// What happens.
    Happening,
}

fn spawn(mut commands: Commands) {
    for told in [Told::Standing, Told::Board, Told::Cell, Told::Happening] {
        commands.spawn((told, AccessibilityNode::default()));
    }
}

/// What the editor draws, by its name.
#[derive(Component, Clone, PartialEq, Eq, Debug)]
struct Drawn(String);

type Buttons<'w, 's> = Query<'w, 's, (Ref<'static, ButtonId>, &'static mut AccessibilityNode)>;

fn tell_buttons(narration: Res<Narration>, mut buttons: Buttons<'_, '_>) {
    for (id, mut node) in &mut buttons {
        if !(narration.is_changed() || id.is_added()) {
            continue;
        }
        // A button behind a sheet, or one that a dial stands for, is not to be found.
        match narration.controls.iter().find(|control| control.button == Some(*id)) {
            Some(control) => tell(&mut node, control),
            None => node.set_hidden(),
        }
    }
}

/// Pictures beside words say nothing that the words do not.
fn hide_pictures(
    mut pictures: Query<&mut AccessibilityNode, (Added<AccessibilityNode>, With<ImageNode>, Without<ButtonId>)>,
) {
    for mut node in &mut pictures {
        node.set_hidden();
    }
}

/// Writes a control into its node; where it lies in the window stays.
fn tell(node: &mut Node, control: &Control) {
    let (bounds, transform) = (node.bounds(), node.transform().copied());
    *node = Node::new(match control.role {
        Role::Button | Role::Switch => AccessRole::Button,
        Role::Radio => AccessRole::RadioButton,
        Role::Slider => AccessRole::Slider,
        Role::Number => AccessRole::SpinButton,
        Role::Text if control.lines == Some(true) => AccessRole::MultilineTextInput,
        Role::Text => AccessRole::TextInput,
    });
    if let Some(bounds) = bounds {
        node.set_bounds(bounds);
    }
    if let Some(transform) = transform {
        node.set_transform(transform);
    }
    node.set_label(control.name.as_str());
    if !control.help.is_empty() {
        node.set_description(control.help.as_str());
    }
    if !control.value.is_empty() || control.role == Role::Text {
        node.set_value(control.value.as_str());
    }
    if matches!(control.role, Role::Number | Role::Text) {
        node.add_action(Action::SetValue);
    }
    if let Some(chosen) = control.chosen {
        node.set_toggled(Toggled::from(chosen));
    }
    node.add_action(Action::Focus);
    match control.range {
        Some(range) => {
            node.set_numeric_value(range.now);
            node.set_min_numeric_value(range.min);
            node.set_max_numeric_value(range.max);
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
        }
        None => node.add_action(Action::Click),
    }
    if control.disabled {
        node.set_disabled();
    }
}

fn tell_rest(
    (narration, live, hand): (Res<Narration>, Res<Live>, Res<Hand>),
    mut nodes: Query<(&Told, &mut AccessibilityNode)>,
) {
    if !(narration.is_changed() || live.is_changed()) {
        return;
    }
    for (told, mut node) in &mut nodes {
        match told {
            Told::Cell => match narration.controls.iter().find(|control| control.id == cell::id(hand.cursor)) {
                Some(control) => tell(&mut node, control),
                None => node.set_hidden(),
            },
            Told::Standing => lines(&mut node, &narration.place, &narration.standing),
            Told::Board => lines(&mut node, "", &narration.board),
            Told::Happening => {
                **node = Node::new(AccessRole::Status);
                node.set_live(accesskit::Live::Polite);
                node.set_value(live.said().1);
            }
        }
    }
}

/// The controls that are no entities get a node each, in the order in which they are drawn.
fn tell_drawn(
    narration: Res<Narration>,
    (windows, hand): (Query<&Window>, Res<Hand>),
    mut nodes: Query<(Entity, &Drawn, &mut AccessibilityNode)>,
    (mut order, mut commands): (Local<Vec<Entity>>, Commands),
) {
    if !narration.is_changed() {
        return;
    }
    let cell = cell::id(hand.cursor);
    let drawn: Vec<&Control> =
        narration.controls.iter().filter(|control| control.button.is_none() && control.id != cell).collect();
    let scale = f64::from(windows.iter().next().map_or(1.0, Window::scale_factor));
    let has_id = |entity: &Entity, id: &str| nodes.get(*entity).is_ok_and(|(_, drawn, _)| drawn.0 == id);
    let as_before =
        order.len() == drawn.len() && order.iter().zip(&drawn).all(|(entity, control)| has_id(entity, &control.id));
    let written = |node: &mut Node, control: &Control| {
        tell(node, control);
        if let Some(area) = control.area {
            let [x0, y0, x1, y1] = [area.min.x, area.min.y, area.max.x, area.max.y].map(|at| f64::from(at) * scale);
            node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
        }
    };
    if as_before {
        for (entity, control) in order.iter().zip(drawn) {
            if let Ok((_, _, mut node)) = nodes.get_mut(*entity) {
                written(&mut node, control);
            }
        }
        return;
    }
    // Their order is that in which they came: with another one, or another order, all come anew.
    order.drain(..).for_each(|entity| commands.entity(entity).despawn());
    order.extend(drawn.into_iter().map(|control| {
        let mut node = Node::default();
        written(&mut node, control);
        commands.spawn((Drawn(control.id.clone()), AccessibilityNode::from(node))).id()
    }));
}

/// Lines that are read one after the other.
fn lines(node: &mut Node, title: &str, lines: &[String]) {
    *node = Node::new(AccessRole::Label);
    let title = Some(title).filter(|title| !title.is_empty());
    let all: Vec<&str> = title.into_iter().chain(lines.iter().map(String::as_str)).collect();
    if all.is_empty() {
        node.set_hidden();
    }
    node.set_value(all.join("\n"));
}

type Nodes<'w, 's> = (
    Query<'w, 's, (Entity, &'static ButtonId)>,
    Query<'w, 's, (Entity, &'static Told)>,
    Query<'w, 's, (Entity, &'static Drawn)>,
);

/// The system's focus follows the game's.
fn focus(narration: Res<Narration>, (buttons, cells, drawn): Nodes<'_, '_>, mut input_focus: ResMut<InputFocus>) {
    let wanted = narration.focus.as_ref().and_then(|focus| {
        let control = narration.controls.iter().find(|control| control.id == *focus)?;
        if let Some(id) = control.button {
            return buttons.iter().find(|(_, other)| **other == id).map(|(entity, _)| entity);
        }
        let drawn = drawn.iter().find(|(_, drawn)| drawn.0 == *focus).map(|(entity, _)| entity);
        drawn.or_else(|| cells.iter().find(|(_, told)| **told == Told::Cell).map(|(entity, _)| entity))
    });
    match wanted {
        Some(entity) if input_focus.get() != Some(entity) => input_focus.set(entity, FocusCause::Navigated),
        None if input_focus.get().is_some() => input_focus.clear(),
        _ => {}
    }
}

/// What a screen reader asks for.
fn listen(
    mut requests: MessageReader<ActionRequest>,
    (buttons, cells, drawn): Nodes<'_, '_>,
    (screen, hand): (Res<State<Screen>>, Res<Hand>),
    mut asked: MessageWriter<Asked>,
) {
    for request in requests.read() {
        let ask = match (request.action, &request.data) {
            (Action::Click, _) => Ask::Press,
            (Action::Focus, _) => Ask::Focus,
            (Action::Increment, _) => Ask::More,
            (Action::Decrement, _) => Ask::Less,
            (Action::SetValue, Some(ActionData::Value(text))) => Ask::Write(text.to_string()),
            (Action::SetValue, Some(ActionData::NumericValue(number))) => Ask::Write(number.to_string()),
            _ => continue,
        };
        let is_it = |entity: Entity| NodeId(entity.to_bits()) == request.target_node;
        let button = buttons.iter().find(|(entity, _)| is_it(*entity)).map(|(_, id)| id.key());
        let drawn = || drawn.iter().find(|(entity, _)| is_it(*entity)).map(|(_, drawn)| drawn.0.clone());
        let on_cell = || cells.iter().any(|(entity, told)| *told == Told::Cell && is_it(entity));
        let cell = || (*screen.get() == Screen::Board && on_cell()).then(|| cell::id(hand.cursor));
        if let Some(id) = button.or_else(drawn).or_else(cell) {
            asked.write(Asked { id, ask });
        }
    }
}

#[cfg(test)]
mod tests;
