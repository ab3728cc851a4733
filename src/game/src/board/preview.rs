//! What the player is about to do: the cursor, the ghost of what is drawn, placed or carried with what it costs, the
//! box that is drawn; and what was refused, with the reason.

use super::card::Card;
use super::pipes::tile_name;
use super::words::{Tag, Writing};
use super::{BoardPart, BoardSystems, centre, layer, looks};
use crate::atlas::{Atlas, CELL};
use crate::camera::{Look, Stage};
use crate::input::tools::{Doing, Ghost, Hand, Preview};
use crate::language::Language;
use crate::motion::Motion;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::figures::duration;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::grid::Facing;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{Board, Cell};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (show, shake).chain().in_set(BoardSystems));
}

/// For how long a reason stays, in seconds.
const REASON_S: f32 = 2.2;
/// For how long the ghost of what was refused stays, and shakes, in seconds.
const SHAKE_S: f32 = 0.45;
/// How far it shakes, in interface pixels, and how often a second.
const SHAKE: (f32, f32) = (7.0, 9.0);

/// A root of what this file draws.
#[derive(Component)]
struct Shown;

/// What was refused: it shakes from that time on.
#[derive(Component)]
struct Shaking {
    since_s: f64,
}

/// What the picture depends on.
#[derive(Clone, PartialEq)]
struct Key {
    hand: Hand,
    revision: u64,
    stage: Stage,
    look: Look,
    layout: Layout,
    language: Language,
    refused_shows: bool,
}

/// Everything here is so little that it is drawn anew whenever the hand or the view has moved.
fn show(
    mut commands: Commands,
    (writing, card): (Writing<'_>, Res<Card>),
    (session, hand, time): (Res<Session>, Res<Hand>, Res<Time>),
    (stage, look, layout): (Res<Stage>, Res<Look>, Res<Layout>),
    old: Query<Entity, With<Shown>>,
    mut last: Local<Option<Key>>,
) {
    let age_s = hand.reason_age_s(&time);
    let mut key = Key {
        hand: hand.clone(),
        revision: session.revision(),
        stage: *stage,
        look: *look,
        layout: *layout,
        language: writing.texts.language(),
        refused_shows: age_s.is_some_and(|age| age < SHAKE_S),
    };
    if age_s.is_none_or(|age| age >= REASON_S) {
        key.hand.reason = None;
    }
    if last.as_ref() == Some(&key) && !old.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let hand = &key.hand;
    let atlas = &*writing.atlas;
    commands.spawn((BoardPart, Shown)).with_children(|root| {
        let mut draw = Draw { root, atlas, card: &card };
        if session.play().is_none() {
            draw.ports(session.board());
            draw.plan(hand, &session, &writing);
        }
        draw.selection(hand, session.board());
        if hand.show_cursor {
            draw.sprite("cell-select", centre(hand.cursor), 0.4, Color::WHITE);
        }
    });
    if let Some(reason) = &hand.reason {
        let shaking = Shaking { since_s: reason.since_s };
        commands.spawn((BoardPart, Shown, shaking)).with_children(|root| {
            let mut draw = Draw { root, atlas, card: &card };
            if key.refused_shows {
                draw.ghost(&reason.ghost, palette::failed().with_alpha(0.6), true);
            }
            draw.sprite("cell-blocked", centre(reason.at), 0.5, Color::WHITE);
            let at = centre(reason.at) + Vec2::new(0.0, CELL * 0.5);
            writing.tag(root, refused(writing.texts.refusal(&reason.refusal)), at, 5.0, layer::CALLOUT + 1.0);
        });
    }
    *last = Some(key);
}

/// A refused drop shakes its reason, briefly.
fn shake(
    (time, motion, writing): (Res<Time>, Res<Motion>, Writing<'_>),
    mut shaking: Query<(&Shaking, &mut Transform)>,
) {
    for (shaking, mut transform) in &mut shaking {
        let age_s = (time.elapsed_secs_f64() - shaking.since_s) as f32;
        let left = (1.0 - age_s / SHAKE_S).max(0.0);
        let way = (age_s * SHAKE.1 * std::f32::consts::TAU).sin() * left * SHAKE.0 * writing.unit();
        let way = if motion.reduced { 0.0 } else { way };
        if transform.translation.x != way {
            transform.translation.x = way;
        }
    }
}

fn refused(words: String) -> Tag {
    Tag {
        icon: None,
        words,
        color: palette::failed_on_ink(),
        ground: palette::ink().with_alpha(0.94),
        points: Tag::POINTS,
    }
}

/// What it costs, and how long the way there and back takes.
fn costs(texts: &Texts, preview: &Preview, ms_per_cell: f64) -> Tag {
    let words = price_words(texts, preview, ms_per_cell);
    Tag {
        icon: Some("coin"),
        words,
        color: palette::bone(),
        ground: palette::ink().with_alpha(0.94),
        points: Tag::POINTS,
    }
}

/// The same in words.
pub fn price_words(texts: &Texts, preview: &Preview, ms_per_cell: f64) -> String {
    let coins = preview.price.coins;
    let latency = |cells: usize| duration(texts, to_ns(cells as f64 * ms_per_cell));
    let price = preview.price;
    match price.round_trip_cells_before {
        _ if price.round_trip_cells == 0 => texts.with("ghost-price", &[("coins", coins.into())]),
        Some(before) if before != price.round_trip_cells => texts.with(
            "ghost-change",
            &[
                ("coins", coins.into()),
                ("before", latency(before).into()),
                ("latency", latency(price.round_trip_cells).into()),
            ],
        ),
        _ => {
            let latency = latency(price.round_trip_cells).into();
            texts.with("ghost-pipe", &[("coins", coins.into()), ("latency", latency)])
        }
    }
}

struct Draw<'a, 'w> {
    root: &'a mut ChildSpawnerCommands<'w>,
    atlas: &'a Atlas,
    card: &'a Card,
}

impl Draw<'_, '_> {
    fn sprite(&mut self, name: &str, at: Vec2, z: f32, tint: Color) {
        let (mut sprite, anchor) = self.atlas.sprite(name);
        sprite.color = tint;
        self.root.spawn((sprite, anchor, Transform::from_translation(at.extend(layer::PREVIEW + z))));
    }

    /// A ring at each port that no pipe joins yet: here a pipe can begin or end.
    fn ports(&mut self, board: &Board) {
        for piece in board.pieces() {
            for port in piece.ports() {
                let mouth = port.mouth_at(piece.at);
                if board.is_free(mouth) {
                    self.sprite("cell-ghost", centre(mouth), -0.2, Color::WHITE.with_alpha(0.55));
                }
            }
        }
    }

    /// What would happen if the player let go now.
    fn plan(&mut self, hand: &Hand, session: &Session, writing: &Writing<'_>) {
        match &hand.doing {
            Doing::Boxing(from) => return self.frame(*from, hand.cursor),
            Doing::Drawing(drawing) => {
                let ghost = Ghost { pipes: vec![drawing.cells.clone()], ..Ghost::default() };
                self.ghost(&ghost, Color::WHITE.with_alpha(0.85), false);
            }
            _ => {}
        }
        let Some(preview) = hand.preview(session) else { return };
        self.veil(&preview.ghost.vacated);
        let tint = match &preview.refusal {
            Some(_) => palette::failed().with_alpha(0.6),
            None => Color::WHITE.with_alpha(0.8),
        };
        self.ghost(&preview.ghost, tint, preview.refusal.is_some());
        self.blast(hand, session.board(), &preview.ghost);
        let Some(top) = preview.ghost.top() else { return };
        let ms_per_cell = session.level().pipes.propagation_ms_per_cell;
        let tag = match &preview.refusal {
            None => costs(&writing.texts, &preview, ms_per_cell),
            // Once it was tried, the reason stands where it failed.
            Some(_) if hand.reason.is_some() => return,
            Some(refusal) => refused(writing.texts.refusal(refusal)),
        };
        let at = centre(top) + Vec2::new(0.0, CELL * 0.5);
        writing.tag(self.root, tag, at, 10.0, layer::CALLOUT);
    }

    fn ghost(&mut self, ghost: &Ghost, tint: Color, refused: bool) {
        let state = if refused { "strain" } else { "ok" };
        for cells in &ghost.pipes {
            for (i, &cell) in cells.iter().enumerate() {
                let neighbour =
                    |j: Option<usize>| j.and_then(|j| cells.get(j)).and_then(|&other: &Cell| cell.heading_to(other));
                let shape = tile_name(neighbour(i.checked_sub(1)), neighbour(Some(i + 1)));
                self.sprite(&format!("pipe-{shape}-{state}"), centre(cell), 0.0, tint);
            }
        }
        for &(kind, at) in &ghost.faults {
            self.sprite(looks::enemy(kind).active, centre(at), 0.2, tint);
        }
        for &(kind, at, facing) in &ghost.pieces {
            let look = looks::piece(kind);
            let mut place = look.hangs.point(at);
            let (mut sprite, mut anchor) = self.atlas.sprite(look.ghost);
            sprite.color = tint;
            if facing == Facing::West {
                sprite.flip_x = true;
                anchor.0.x = -anchor.0.x;
                place.x += kind.size().0 as f32 * CELL;
            }
            self.root.spawn((sprite, anchor, Transform::from_translation(place.extend(layer::PREVIEW + 0.2))));
        }
    }

    /// How far faults may be from each other: the cells in which all of them would be, with the one that is placed.
    fn blast(&mut self, hand: &Hand, board: &Board, ghost: &Ghost) {
        let Some(chaos) = board.chaos().filter(|_| !ghost.faults.is_empty()) else { return };
        // What is carried leaves its place.
        let stays = |name: &str| !(hand.carries() && hand.selection.contains(name));
        let others = board.faults().iter().filter(|fault| stays(&fault.name));
        let others: Vec<Cell> = others.flat_map(|fault| fault.cells.iter().copied()).collect();
        // The first one sets the place: the circle goes with it.
        let about = if others.is_empty() { ghost.faults.iter().map(|&(_, at)| at).collect() } else { others };
        let reach = chaos.radius as i32;
        let bounds = about.iter().fold(Rect::new(-1e6, -1e6, 1e6, 1e6), |room, &cell| {
            let around = Rect::from_center_half_size(centre(cell), Vec2::splat((reach as f32 + 0.5) * CELL));
            room.intersect(around)
        });
        self.outline(bounds, palette::failed().with_alpha(0.10));
    }

    /// What stands there now will not: it recedes.
    fn veil(&mut self, cells: &[Cell]) {
        for &cell in cells {
            let veil = self.card.sprite(Vec2::splat(CELL), palette::ink().with_alpha(0.62));
            self.root.spawn((veil, Transform::from_translation(centre(cell).extend(layer::PREVIEW - 0.3))));
        }
    }

    /// The box that is drawn to select what is in it.
    fn frame(&mut self, a: Cell, b: Cell) {
        self.outline(Rect::from_corners(centre(a), centre(b)).inflate(CELL * 0.5), palette::gold().with_alpha(0.16));
    }

    /// A rectangle with its edge.
    fn outline(&mut self, rect: Rect, fill: Color) {
        let card = self.card.sprite(rect.size(), fill);
        self.root.spawn((card, Transform::from_translation(rect.center().extend(layer::PREVIEW + 0.3))));
        for (from, to) in [
            (rect.min, Vec2::new(rect.max.x, rect.min.y)),
            (Vec2::new(rect.min.x, rect.max.y), rect.max),
            (rect.min, Vec2::new(rect.min.x, rect.max.y)),
            (Vec2::new(rect.max.x, rect.min.y), rect.max),
        ] {
            let line = Sprite::from_color(fill.with_alpha(0.9), (to - from).abs().max(Vec2::splat(2.0)));
            self.root.spawn((line, Transform::from_translation(((from + to) * 0.5).extend(layer::PREVIEW + 0.4))));
        }
    }

    fn selection(&mut self, hand: &Hand, board: &Board) {
        for name in hand.selection.names() {
            if let Some(pipe) = board.pipe(name) {
                let all = hand.selection.len() > 1;
                let ends = [pipe.cells.first(), pipe.cells.last()].into_iter().flatten();
                let cells: Vec<&Cell> = if all { pipe.cells.iter().collect() } else { ends.collect() };
                for &cell in cells {
                    self.sprite("cell-select", centre(cell), 0.3, palette::gold());
                }
            } else if let Some(fault) = board.faults().iter().find(|fault| fault.name == *name) {
                fault.cells.iter().for_each(|&cell| self.sprite("cell-select", centre(cell), 0.3, palette::gold()));
            } else if let Some(piece) = board.piece(name) {
                let (columns, rows) = piece.spec.kind().size();
                for (column, row) in [(0, 0), (columns - 1, 0), (0, rows - 1), (columns - 1, rows - 1)] {
                    let at = centre(piece.at.offset(column, row));
                    self.sprite("cell-select", at, 0.3, palette::gold().with_alpha(0.8));
                }
            }
        }
    }
}
