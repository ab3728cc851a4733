//! What is turned and pressed in the inspector becomes an edit, of the plan or of the run that flows.

use super::knobs::scale;
use crate::atlas::CELL;
use crate::board::centre;
use crate::camera::{Look, Stage};
use crate::input::tools::{Doing, Hand};
use crate::session::Session;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::ui::turn::Turned;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{Edit, Param, Refusal};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Inspecting>();
    let systems = (follow, uncover, choose, turn).chain().in_set(FrameSystems::Tick).before(crate::tick);
    app.add_systems(Update, systems.run_if(in_state(Screen::Board)));
}

/// What of the selected piece is looked at.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Inspecting {
    /// The piece or pipe.
    of: Option<String>,
    /// The parameter that is explained.
    pub chosen: Option<&'static str>,
    /// Whether what is under Advanced shows.
    pub advanced: bool,
    /// Why the last turn was refused.
    pub refused: Option<Refusal>,
    /// Whether all of it shows on a phone, and not its head alone: who has just placed a piece needs the board.
    pub expanded: bool,
    /// Whether what is looked at may still lie under the sheet.
    hidden: bool,
    /// How the player looked before the sheet moved the view, and since.
    moved: Option<(Look, Look)>,
}

/// Height of the sheet with what is below it, on a phone held upright, in interface pixels.
const SHEET: f32 = 545.0;

/// Another piece is looked at from the beginning; a dial that gets the focus is chosen.
fn follow(hand: Res<Hand>, focus: Res<Focus>, mut inspecting: ResMut<Inspecting>) {
    let of = hand.selection.only();
    if inspecting.of.as_ref() != of {
        // A sheet that was pulled up stays so from piece to piece.
        let expanded = inspecting.expanded && of.is_some();
        *inspecting = Inspecting { of: of.cloned(), expanded, hidden: expanded, moved: inspecting.moved, ..default() };
    }
    if let Some(ButtonId::Knob(key)) = focus.0
        && inspecting.chosen != Some(key)
    {
        (inspecting.chosen, inspecting.refused) = (Some(key), None);
    }
}

/// On a phone what is looked at comes up from under the sheet, once the hand has let go of it.
fn uncover(
    (session, hand): (Res<Session>, Res<Hand>),
    (layout, stage): (Res<Layout>, Res<Stage>),
    (mut inspecting, mut look): (ResMut<Inspecting>, ResMut<Look>),
) {
    // When the sheet is gone the board is back where it was, unless the player has moved it since.
    if !inspecting.expanded
        && let Some((before, since)) = inspecting.moved
    {
        inspecting.moved = None;
        if *look == since {
            *look = before;
        }
    }
    if !inspecting.hidden || hand.doing != Doing::Nothing {
        return;
    }
    inspecting.hidden = false;
    let cells = inspecting.of.as_ref().and_then(|name| session.board().piece(name)).map(|piece| piece.cells());
    let lowest = cells.and_then(|cells| cells.max_by_key(|cell| cell.row));
    let Some(lowest) = lowest.filter(|_| !layout.wide) else { return };
    let foot = stage.pixel_of(&look, centre(lowest) - Vec2::Y * CELL).y;
    let free = stage.window.y - SHEET * layout.scale;
    if foot > free {
        let before = inspecting.moved.filter(|(_, since)| *look == *since).map_or(*look, |(before, _)| before);
        look.pan_by(&stage, Vec2::Y * (free - foot));
        inspecting.moved = Some((before, *look));
    }
}

fn choose(
    mut clicked: MessageReader<Clicked>,
    keys: Res<ButtonInput<KeyCode>>,
    (mut session, mut inspecting): (ResMut<Session>, ResMut<Inspecting>),
) {
    for &Clicked(id) in clicked.read() {
        match id {
            ButtonId::Knob(key) => {
                (inspecting.chosen, inspecting.refused) = (Some(key), None);
            }
            ButtonId::Advanced => {
                inspecting.advanced = !inspecting.advanced;
                (inspecting.chosen, inspecting.refused) = (None, None);
            }
            ButtonId::Expand => {
                inspecting.expanded = !inspecting.expanded;
                inspecting.hidden = inspecting.expanded;
            }
            ButtonId::Less(key) | ButtonId::More(key) => {
                let up = id == ButtonId::More(key);
                let fine = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
                step(&mut session, &mut inspecting, key, up, fine);
            }
            _ => {}
        }
    }
}

fn turn(mut turned: MessageReader<Turned>, mut session: ResMut<Session>, mut inspecting: ResMut<Inspecting>) {
    for turned in turned.read().filter(|turned| turned.done) {
        if let ButtonId::Knob(key) = turned.id {
            configure(&mut session, &mut inspecting, key, turned.value);
        }
    }
}

/// One step more or less.
fn step(session: &mut Session, inspecting: &mut Inspecting, key: &'static str, up: bool, fine: bool) {
    let Some((param, value)) = standing(session, inspecting, key) else { return };
    let scale = scale(param);
    let next = if fine { scale.fine(value, up) } else { scale.stepped(value, if up { 1 } else { -1 }) };
    if next != value {
        configure(session, inspecting, key, next);
    }
}

/// The parameter of the piece that is looked at, and where it stands.
fn standing(session: &Session, inspecting: &Inspecting, key: &str) -> Option<(&'static Param, f64)> {
    let piece = session.board().piece(inspecting.of.as_ref()?)?;
    let param = piece.spec.kind().params().iter().find(|param| param.key == key)?;
    Some((param, param.get(&piece.spec)?))
}

/// Turns a parameter; where that is refused, keeps why.
fn configure(session: &mut Session, inspecting: &mut Inspecting, key: &'static str, value: f64) {
    let Some((param, _)) = standing(session, inspecting, key) else { return };
    let Some((name, setting)) = inspecting.of.clone().zip(param.setting(value)) else { return };
    inspecting.chosen = Some(key);
    inspecting.refused = session.edit(&Edit::Configure { name, setting }).err();
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Cell, Kind, Level};

    const LEVEL: &str = include_str!("../../../../../../levels/3-flow-control/two-rooms.ron");

    fn looking_at(name: &str) -> Inspecting {
        Inspecting { of: Some(name.into()), ..default() }
    }

    fn with_warp_pipe() -> Session {
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        let edit = Edit::Place { name: "w".into(), kind: Kind::WarpPipe, at: Cell::new(4, 4) };
        session.edit(&edit).unwrap();
        session
    }

    #[test]
    fn a_step_is_an_edit_that_can_be_undone() {
        let (mut session, mut inspecting) = (with_warp_pipe(), looking_at("w"));
        let policy = |session: &Session| standing(session, &looking_at("w"), "policy").unwrap().1;
        assert_eq!(policy(&session), 0.0);
        step(&mut session, &mut inspecting, "policy", true, false);
        assert_eq!((policy(&session), inspecting.refused.clone()), (1.0, None));
        assert!(session.undo());
        assert_eq!(policy(&session), 0.0);
        step(&mut session, &mut inspecting, "policy", false, false);
        assert!(session.board().piece("w").is_some() && session.can_undo());
        assert_eq!(policy(&session), 0.0, "there is nothing before the first");
    }

    #[test]
    fn a_refused_turn_says_why_and_changes_nothing() {
        let mut session = with_warp_pipe();
        let room = session.board().pieces().iter().find(|piece| piece.spec.kind() == Kind::MachineRoom);
        let name = room.unwrap().name.clone();
        let mut inspecting = looking_at(&name);
        let revision = session.revision();
        configure(&mut session, &mut inspecting, "workers", 64.0);
        assert!(inspecting.refused.is_some());
        assert_eq!(session.revision(), revision);
        configure(&mut session, &mut inspecting, "no-such-knob", 1.0);
        configure(&mut session, &mut looking_at("nobody"), "queue", 1.0);
        assert_eq!(session.revision(), revision);
    }

    #[test]
    fn a_policy_is_turned_while_water_flows() {
        let (mut session, mut inspecting) = (with_warp_pipe(), looking_at("w"));
        session.start(Some(1)).unwrap();
        configure(&mut session, &mut inspecting, "policy", 2.0);
        // The Navigator goes there first.
        session.advance_ns(10_000_000_000);
        // A balancer without pipes is no part of the run; what is refused there is refused with a reason.
        let turned = standing(&session, &inspecting, "policy").unwrap().1 == 2.0;
        assert_eq!(turned, inspecting.refused.is_none(), "{:?}", inspecting.refused);
    }
}
