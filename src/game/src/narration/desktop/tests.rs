use super::*;
use crate::ui::buttons::{Channel, Look};
use accesskit::TreeId;
use bevy::state::app::StatesPlugin;

fn game() -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin)).insert_state(Screen::Board);
    app.add_message::<ActionRequest>().add_message::<Asked>();
    app.init_resource::<Hand>().init_resource::<Live>().init_resource::<InputFocus>();
    let requested = AccessibilityRequested::default();
    requested.set(true);
    app.insert_resource(requested);
    let volume = ButtonId::Volume(Channel::Music);
    let controls = vec![
        Control {
            id: "flow".into(),
            name: "Let it flow".into(),
            help: "Turns on the water.".into(),
            button: Some(ButtonId::Flow),
            ..Control::default()
        },
        Control {
            id: volume.key(),
            role: Role::Slider,
            name: "Music".into(),
            value: "50 %".into(),
            range: Some(crate::narration::Range { now: 0.5, min: 0.0, max: 1.0 }),
            button: Some(volume),
            disabled: true,
            ..Control::default()
        },
        Control { id: "cell-0-0".into(), name: "Rock".into(), ..Control::default() },
    ];
    app.insert_resource(Narration {
        controls,
        focus: Some("flow".into()),
        place: "Two rooms".into(),
        standing: vec!["180 coins left".into()],
        ..Narration::default()
    });
    app.add_plugins(plugin);
    app
}

fn node_of(app: &mut App, id: ButtonId) -> (Entity, Node) {
    let mut query = app.world_mut().query::<(Entity, &ButtonId, &AccessibilityNode)>();
    let found = query.iter(app.world()).find(|(_, other, _)| **other == id).unwrap();
    (found.0, found.2.0.clone())
}

#[test]
fn each_button_has_its_words_its_state_and_what_it_can_do() {
    let mut app = game();
    for id in [ButtonId::Flow, ButtonId::Volume(Channel::Music), ButtonId::Undo] {
        app.world_mut().spawn((id, Look::PRIMARY, AccessibilityNode::default()));
    }
    app.update();
    let (_, flow) = node_of(&mut app, ButtonId::Flow);
    assert_eq!((flow.role(), flow.label()), (AccessRole::Button, Some("Let it flow")));
    assert_eq!(flow.description(), Some("Turns on the water."));
    assert!(flow.supports_action(Action::Click) && !flow.is_disabled());
    let (_, volume) = node_of(&mut app, ButtonId::Volume(Channel::Music));
    assert_eq!((volume.role(), volume.value()), (AccessRole::Slider, Some("50 %")));
    assert_eq!((volume.numeric_value(), volume.max_numeric_value()), (Some(0.5), Some(1.0)));
    assert!(volume.supports_action(Action::Increment) && volume.is_disabled());
    assert!(node_of(&mut app, ButtonId::Undo).1.is_hidden(), "what is behind a sheet is not to be found");
}

#[test]
fn the_focus_follows_and_what_is_asked_for_reaches_the_game() {
    let mut app = game();
    let flow = app.world_mut().spawn((ButtonId::Flow, Look::PRIMARY, AccessibilityNode::default())).id();
    app.update();
    assert_eq!(app.world().resource::<InputFocus>().get(), Some(flow));
    app.world_mut().resource_mut::<Narration>().focus = Some("cell-0-0".into());
    app.update();
    let cell = app.world().resource::<InputFocus>().get().unwrap();
    assert_eq!(app.world().get::<Told>(cell), Some(&Told::Cell));
    assert_eq!(app.world().get::<AccessibilityNode>(cell).unwrap().label(), Some("Rock"));
    for (entity, action) in [(flow, Action::Click), (cell, Action::Click), (flow, Action::Increment)] {
        let target_node = NodeId(entity.to_bits());
        let request = accesskit::ActionRequest { action, target_tree: TreeId::ROOT, target_node, data: None };
        app.world_mut().write_message(ActionRequest(request));
    }
    app.update();
    let asked: Vec<Asked> = app.world_mut().resource_mut::<Messages<Asked>>().drain().collect();
    let of = |id: &str, ask| Asked { id: id.into(), ask };
    assert_eq!(asked, [of("flow", Ask::Press), of("cell-0-0", Ask::Press), of("flow", Ask::More)]);
}

#[test]
fn how_it_stands_and_what_happens_have_nodes_of_their_own() {
    let mut app = game();
    app.world_mut().resource_mut::<Live>().tell("x", crate::narration::live::Weight::News, "It rains");
    app.world_mut().resource_mut::<Live>().speak(0.0);
    app.update();
    let query = app.world_mut().query::<(&Told, &AccessibilityNode)>();
    let of = |told: Told, app: &App| query.iter_manual(app.world()).find(|(t, _)| **t == told).unwrap().1.0.clone();
    let standing = of(Told::Standing, &app);
    assert_eq!(standing.value(), Some("Two rooms\n180 coins left"));
    let happening = of(Told::Happening, &app);
    assert_eq!((happening.value(), happening.live()), (Some("It rains."), Some(accesskit::Live::Polite)));
}

#[test]
fn what_the_editor_draws_has_nodes_in_its_order_and_is_turned_and_written_through_them() {
    let mut app = game();
    let control = |id: &str, role| Control { id: id.into(), name: id.to_uppercase(), role, ..Control::default() };
    let range = Some(crate::narration::Range { now: 4.0, min: 1.0, max: 9.0 });
    let number = Control { range, area: Some(Rect::new(1.0, 2.0, 3.0, 4.0)), ..control("workers", Role::Number) };
    let text = Control { lines: Some(true), value: "Join them".into(), ..control("brief", Role::Text) };
    app.insert_resource(Narration {
        controls: vec![control("undo", Role::Button), number.clone(), text],
        focus: Some("brief".into()),
        ..Narration::default()
    });
    app.update();
    app.update();
    let nodes = |app: &mut App| -> Vec<(Entity, String, Node)> {
        let mut query = app.world_mut().query::<(Entity, &Drawn, &AccessibilityNode)>();
        query.iter(app.world()).map(|(entity, drawn, node)| (entity, drawn.0.clone(), node.0.clone())).collect()
    };
    let first = nodes(&mut app);
    assert_eq!(first.iter().map(|(_, id, _)| id.as_str()).collect::<Vec<_>>(), ["undo", "workers", "brief"]);
    assert_eq!((first[1].2.role(), first[1].2.numeric_value()), (AccessRole::SpinButton, Some(4.0)));
    assert_eq!(first[1].2.bounds(), Some(accesskit::Rect { x0: 1.0, y0: 2.0, x1: 3.0, y1: 4.0 }));
    assert_eq!((first[2].2.role(), first[2].2.value()), (AccessRole::MultilineTextInput, Some("Join them")));
    assert_eq!(app.world().resource::<InputFocus>().get(), Some(first[2].0), "the focus is there, too");
    let requests = [
        (first[1].0, Action::Increment, None),
        (first[1].0, Action::SetValue, Some(ActionData::NumericValue(7.0))),
        (first[2].0, Action::SetValue, Some(ActionData::Value("Mend them".into()))),
    ];
    for (entity, action, data) in requests {
        let target_node = NodeId(entity.to_bits());
        let request = accesskit::ActionRequest { action, target_tree: TreeId::ROOT, target_node, data };
        app.world_mut().write_message(ActionRequest(request));
    }
    app.update();
    let asked: Vec<Asked> = app.world_mut().resource_mut::<Messages<Asked>>().drain().collect();
    let of = |id: &str, ask| Asked { id: id.into(), ask };
    let written = |text: &str| Ask::Write(text.into());
    assert_eq!(asked, [of("workers", Ask::More), of("workers", written("7")), of("brief", written("Mend them"))]);
    app.world_mut().resource_mut::<Narration>().controls = vec![number];
    app.update();
    let ids: Vec<String> = nodes(&mut app).into_iter().map(|(_, id, _)| id).collect();
    assert_eq!(ids, ["workers"], "what is no longer drawn is gone");
}
