//! Buttons: what can be pressed, by pointer or by key, and how it looks meanwhile.

use crate::palette;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::Kind;
use pipe_maze_sim::Policy;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Clicked>();
    app.init_resource::<Focus>();
    app.add_systems(Update, (press, walk, press_by_key).chain().in_set(FrameSystems::Input));
    app.add_systems(Update, dress.in_set(FrameSystems::Show));
}

/// Everything that can be pressed.
#[derive(Component, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ButtonId {
    /// From the title to a level.
    Play,
    /// From the title to the codex.
    Codex,
    /// On the title: the next language.
    Language,
    /// To a section of the codex.
    Section(usize),
    /// From the codex to the title.
    Back,
    /// Start, hold and go on.
    Flow,
    /// One event.
    Step,
    /// Choose a speed.
    Speed(usize),
    /// Back to the plan.
    Stop,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// To the title.
    Menu,
    /// The whole board.
    Fit,
    /// The pipe tool.
    ToolPipe,
    /// The tool that selects.
    ToolSelect,
    /// The tool that moves the view.
    ToolView,
    /// A piece of the inventory.
    Slot(Kind),
    /// Remove what is selected.
    Remove,
    /// The same, in the row of tools.
    Delete,
    /// Turn round what is carried or selected.
    Turn,
    /// Copy what is selected.
    Copy,
    /// Copy it and remove it.
    Cut,
    /// Take a copy into the hand.
    Paste,
    /// Take a copy of what is selected into the hand.
    Duplicate,
    /// Select all that is the player's own.
    SelectAll,
    /// How the selected warp pipe chooses.
    Policy(Policy),
    /// The valve of the selected pipe.
    Valve,
    /// The sage's next hint.
    Hint,
    /// The same plan with other weather.
    Retry,
    /// Back to the plan, from the debrief.
    Change,
}

impl ButtonId {
    /// Its name in the script interface.
    pub fn key(self) -> String {
        match self {
            Self::Speed(i) => format!("speed-{}", i + 1),
            Self::Section(i) => format!("section-{}", i + 1),
            Self::Slot(kind) => format!("slot-{}", kind.key()),
            Self::Policy(policy) => policy_key(policy).into(),
            Self::ToolPipe => "tool-pipe".into(),
            Self::ToolSelect => "tool-select".into(),
            Self::ToolView => "tool-view".into(),
            Self::SelectAll => "select-all".into(),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

/// A policy's name in the script interface, and the key of its text.
pub const fn policy_key(policy: Policy) -> &'static str {
    match policy {
        Policy::RoundRobin => "policy-round-robin",
        Policy::LeastRequest => "policy-least-request",
        Policy::Random => "policy-random",
        Policy::LeastRequestFullScan => "policy-least-request-full-scan",
        Policy::PowerOfTwo => "policy-power-of-two",
        Policy::LeastResponseTime => "policy-least-response-time",
    }
}

/// A button was pressed.
#[derive(Message, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clicked(pub ButtonId);

/// The button that the keyboard is on; none while it is on the board.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Focus(pub Option<ButtonId>);

/// How a button looks.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[require(Button)]
pub struct Look {
    /// At rest.
    pub rest: Color,
    /// Under the pointer.
    pub hover: Color,
    /// Whether it can be pressed now.
    pub enabled: bool,
}

impl Look {
    /// The one thing to do next.
    pub const PRIMARY: Self = Self { rest: palette::BONE, hover: Color::WHITE, enabled: true };
    /// Everything else.
    pub const QUIET: Self = Self { rest: palette::INK_RAISED, hover: palette::INK_LINE, enabled: true };

    /// The same, enabled or not.
    #[must_use]
    pub const fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }
}

fn press(
    buttons: Query<(&Interaction, &ButtonId, &Look), Changed<Interaction>>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    for (interaction, id, look) in &buttons {
        if *interaction == Interaction::Pressed && look.enabled {
            focus.0 = None;
            clicked.write(Clicked(*id));
        }
    }
}

/// Tab walks through the buttons from top to bottom, and then back to the board.
fn walk(
    keys: Res<ButtonInput<KeyCode>>,
    buttons: Query<(&ButtonId, &Look, &UiGlobalTransform)>,
    mut focus: ResMut<Focus>,
) {
    if !keys.just_pressed(KeyCode::Tab) {
        return;
    }
    let mut order: Vec<_> = buttons
        .iter()
        .filter(|(_, look, _)| look.enabled)
        .map(|(id, _, transform)| ((transform.translation.y / 24.0) as i32, transform.translation.x as i32, *id))
        .collect();
    order.sort_by_key(|&(y, x, _)| (y, x));
    let back = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    if back {
        order.reverse();
    }
    let at = focus.0.and_then(|id| order.iter().position(|&(_, _, other)| other == id));
    let next = at.map_or(0, |at| at + 1);
    focus.0 = order.get(next).map(|&(_, _, id)| id);
}

fn press_by_key(
    (keys, screen): (Res<ButtonInput<KeyCode>>, Res<State<Screen>>),
    buttons: Query<(&ButtonId, &Look)>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    let pressed = keys.any_just_pressed([KeyCode::Enter, KeyCode::Space]);
    let Some(id) = focus.0.or_else(|| first_choice(*screen.get(), &buttons).filter(|_| pressed)) else { return };
    let Some((_, look)) = buttons.iter().find(|(other, _)| **other == id) else {
        // What had the focus is gone.
        focus.0 = None;
        return;
    };
    if pressed && look.enabled {
        clicked.write(Clicked(id));
    }
}

/// Away from the board, Enter alone does the one thing to do next.
fn first_choice(screen: Screen, buttons: &Query<(&ButtonId, &Look)>) -> Option<ButtonId> {
    let primary = buttons.iter().find(|(_, look)| look.rest == palette::BONE).map(|(id, _)| *id);
    primary.filter(|_| screen != Screen::Board)
}

fn dress(focus: Res<Focus>, mut buttons: Query<(&Interaction, &ButtonId, &Look, &mut BackgroundColor, &mut Outline)>) {
    for (interaction, id, look, mut background, mut outline) in &mut buttons {
        let hovered = look.enabled && *interaction != Interaction::None;
        background.set_if_neq(BackgroundColor(if hovered { look.hover } else { look.rest }));
        let colour = if focus.0 == Some(*id) { palette::GOLD } else { Color::NONE };
        if outline.color != colour {
            outline.color = colour;
        }
    }
}
