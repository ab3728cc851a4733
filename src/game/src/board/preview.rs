//! What the player is about to do: the cursor, the pipe that is being drawn, the piece that is being placed, and the
//! reason for which it is refused.

use super::card::Card;
use super::pipes::tile_name;
use super::{BoardPart, BoardSystems, centre, corner, layer};
use crate::atlas::Atlas;
use crate::fonts::{Fonts, font};
use crate::input::tools::{Hand, Tool};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Cell, Edit, Kind};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(BoardSystems));
}

/// For how long a reason stays, in seconds.
const REASON_S: f32 = 2.2;
const SHARPNESS: f32 = 2.0;

#[derive(Component)]
struct Ghost;

/// Everything here is so little that it is drawn anew whenever the hand has moved.
fn show(
    mut commands: Commands,
    (atlas, fonts, texts, card): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Card>),
    (session, hand, time): (Res<Session>, Res<Hand>, Res<Time>),
    old: Query<Entity, With<Ghost>>,
    mut last: Local<Option<(Hand, u64)>>,
) {
    let fresh = hand.reason_age_s(&time).is_some_and(|age| age < REASON_S);
    let mut now = (hand.clone(), session.revision());
    if !fresh {
        now.0.reason = None;
    }
    if last.as_ref() == Some(&now) && !old.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let mut ghosts = Ghosts { commands: &mut commands, atlas: &atlas };
    let flowing = session.play().is_some();
    if !flowing {
        ghosts.ports(&session);
        ghosts.path(&hand, &session);
        ghosts.piece(&hand, &session);
    }
    ghosts.selection(&hand, &session);
    if hand.show_cursor {
        ghosts.sprite("cell-select", centre(hand.cursor), 0.4, Color::WHITE);
    }
    if let (true, Some(reason)) = (fresh, &hand.reason) {
        let at = centre(reason.at);
        ghosts.sprite("cell-blocked", at, 0.5, Color::WHITE);
        ghosts.words(&fonts, &card, texts.refusal(&reason.refusal), at);
    }
    *last = Some(now);
}

struct Ghosts<'a, 'w, 's> {
    commands: &'a mut Commands<'w, 's>,
    atlas: &'a Atlas,
}

impl Ghosts<'_, '_, '_> {
    fn sprite(&mut self, name: &str, at: Vec2, z: f32, tint: Color) {
        let (mut sprite, anchor) = self.atlas.sprite(name);
        sprite.color = tint;
        let transform = Transform::from_translation(at.extend(layer::PREVIEW + z));
        self.commands.spawn((BoardPart, Ghost, sprite, anchor, transform));
    }

    /// A ring at each port that no pipe joins yet: here a pipe can begin or end.
    fn ports(&mut self, session: &Session) {
        let board = session.board();
        for piece in board.pieces() {
            for port in piece.ports() {
                let mouth = port.mouth_at(piece.at);
                if board.is_free(mouth) {
                    self.sprite("cell-ghost", centre(mouth), -0.2, Color::WHITE.with_alpha(0.55));
                }
            }
        }
    }

    /// The pipe that is being drawn.
    fn path(&mut self, hand: &Hand, session: &Session) {
        let Some(drawing) = &hand.drawing else { return };
        let edit = Edit::LayPipe { name: drawing.name.clone(), cells: drawing.cells.clone() };
        let refused = session.board().refusal(&edit).is_some();
        let state = if refused { "strain" } else { "ok" };
        for (i, &cell) in drawing.cells.iter().enumerate() {
            let neighbour =
                |j: Option<usize>| j.and_then(|j| drawing.cells.get(j)).and_then(|&c: &Cell| cell.heading_to(c));
            let shape = tile_name(neighbour(i.checked_sub(1)), neighbour(Some(i + 1)));
            self.sprite(&format!("pipe-{shape}-{state}"), centre(cell), 0.0, Color::WHITE.with_alpha(0.85));
        }
    }

    /// The piece that is being placed or moved: at the cursor, and where it may not stand, tinted.
    fn piece(&mut self, hand: &Hand, session: &Session) {
        let (kind, at, edit) = match (&hand.tool, &hand.carrying) {
            (_, Some(name)) => {
                let Some(piece) = session.board().piece(name) else { return };
                let to = hand.cursor;
                (piece.spec.kind(), to, Edit::Move { name: name.clone(), to })
            }
            (Tool::Place(kind), None) => {
                let at = Tool::corner_for(*kind, hand.cursor);
                (*kind, at, Edit::Place { name: session.board().free_name(kind.key()), kind: *kind, at })
            }
            (Tool::Pipe, None) => return,
        };
        let tint = if session.board().refusal(&edit).is_some() {
            palette::FAILED.with_alpha(0.6)
        } else {
            Color::WHITE.with_alpha(0.75)
        };
        let name = match kind {
            Kind::WarpPipe => "balancer-ok",
            Kind::MachineRoom | Kind::Vault => "room-ok",
            Kind::Spring => "spring-idle",
            Kind::CircuitBreakerFire => "ember",
            Kind::ServiceMeshSuperMushroom => "icon-gear",
        };
        self.sprite(name, corner(at), 0.2, tint);
    }

    fn selection(&mut self, hand: &Hand, session: &Session) {
        let Some(name) = &hand.selected else { return };
        let board = session.board();
        if let Some(pipe) = board.pipe(name) {
            for &end in [pipe.cells.first(), pipe.cells.last()].into_iter().flatten() {
                self.sprite("cell-select", centre(end), 0.3, palette::GOLD);
            }
        } else if let Some(piece) = board.piece(name) {
            let (columns, rows) = piece.spec.kind().size();
            for (column, row) in [(0, 0), (columns - 1, 0), (0, rows - 1), (columns - 1, rows - 1)] {
                self.sprite("cell-select", centre(piece.at.offset(column, row)), 0.3, palette::GOLD.with_alpha(0.8));
            }
        }
    }

    fn words(&mut self, fonts: &Fonts, card: &Card, text: String, at: Vec2) {
        let width = 20.0 + text.chars().count() as f32 * 7.2;
        let at = at + Vec2::new(0.0, 36.0);
        let card = card.sprite(Vec2::new(width, 26.0), palette::INK.with_alpha(0.94));
        let words = (
            Text2d(text),
            font(&fonts.strong, 12.5 * SHARPNESS),
            TextColor(palette::FAILED_ON_INK),
            Anchor::CENTER,
            Transform::from_xyz(0.0, 0.0, 0.1).with_scale(Vec3::splat(1.0 / SHARPNESS)),
        );
        let transform = Transform::from_translation(at.extend(layer::CALLOUT + 1.0));
        self.commands.spawn((BoardPart, Ghost, card, transform, children![words]));
    }
}
