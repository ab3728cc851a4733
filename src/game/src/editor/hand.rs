//! The author's hand on the picture: from presses on cells to edits of the level. What it is about to do is shown by
//! `marks`; it knows neither pointer nor keys.

use super::desk::Desk;
use super::tool::{Doing, Shape, Tool};
use bevy::math::Vec2;
use pipe_maze_level::draft::{LevelEdit, terrain};
use pipe_maze_level::grid::Facing;
use pipe_maze_level::kind::Stands;
use pipe_maze_level::{Cell, Edit, Enemy, Ground, Kind};
use std::collections::BTreeSet;

impl Desk {
    /// Touches the picture at a cell, and at that pixel of the window.
    pub fn press(&mut self, cell: Cell, pixel: Vec2) {
        self.trouble = None;
        self.writing.settle(&mut self.draft);
        if let Some(at) = self.pointing.take() {
            self.point(at, cell);
            return;
        }
        self.doing = match self.tool {
            Tool::Select => match self.thing_at(cell) {
                Some(name) => {
                    let moves = self.draft.board().pipe(&name).is_none();
                    self.select(Some(name.clone()));
                    if moves { Doing::Moving { name, grip: cell } } else { Doing::Nothing }
                }
                None => {
                    self.selection = None;
                    Doing::Panning(pixel)
                }
            },
            Tool::Dig => self.begin_to_paint(cell),
            Tool::Erase if self.thing_at(cell).is_some() => Doing::Placing,
            Tool::Erase => self.begin_to_paint(cell),
            Tool::Pipe => Doing::Laying(vec![cell]),
            Tool::Piece | Tool::Enemy => Doing::Placing,
        };
    }

    /// Puts a pointer of a step of the tutorial at a cell.
    fn point(&mut self, (nth, pointer): (u32, u32), cell: Cell) {
        let step = self.draft.level().tutorial.get(nth as usize).cloned();
        let Some(mut step) = step.filter(|_| self.draft.level().terrain.contains(cell)) else { return };
        if let Some(pointer) = step.points.get_mut(pointer as usize) {
            super::pointers::put(pointer, cell);
            self.apply(&LevelEdit::Step { nth, step }, 0.0);
        }
    }

    /// Moves to a cell.
    pub fn drag(&mut self, cell: Cell) {
        let ground = &self.draft.level().terrain;
        match &mut self.doing {
            Doing::Painting { at, cells, .. } => {
                cells.extend(terrain::brush(ground, *at, cell, self.brush.thickness));
                *at = cell;
            }
            Doing::Laying(cells) => {
                if let Some(back) = cells.iter().position(|&each| each == cell) {
                    cells.truncate(back + 1);
                } else if let Some(&last) = cells.last() {
                    let way = terrain::line(ground, last, cell);
                    let new: Vec<Cell> = way.into_iter().filter(|each| !cells.contains(each)).collect();
                    cells.extend(new);
                }
            }
            _ => {}
        }
    }

    /// Lets go at a cell: what was begun is done.
    pub fn release(&mut self, cell: Cell, now_s: f64) {
        match std::mem::take(&mut self.doing) {
            Doing::Nothing | Doing::Panning(_) => {}
            painting @ Doing::Painting { .. } => {
                self.doing = painting;
                let cells = self.painted();
                let ground = self.paint_with();
                self.doing = Doing::Nothing;
                self.apply(&LevelEdit::Paint { cells, ground }, now_s);
            }
            Doing::Laying(cells) => self.lay(cells, now_s),
            Doing::Moving { name, grip } => {
                if let Some(to) = self.moved_to(&name, grip, cell).filter(|_| grip != cell) {
                    self.apply(&LevelEdit::Move { name, to }, now_s);
                }
            }
            Doing::Placing => self.place(cell, now_s),
        }
    }

    fn begin_to_paint(&self, cell: Cell) -> Doing {
        let under = terrain::brush(&self.draft.level().terrain, cell, cell, self.brush.thickness);
        Doing::Painting { from: cell, at: cell, cells: under.into_iter().collect() }
    }

    /// The cells that a release would paint.
    pub fn painted(&self) -> Vec<Cell> {
        let Doing::Painting { from, at, cells } = &self.doing else { return Vec::new() };
        let ground = &self.draft.level().terrain;
        let shape = if self.tool == Tool::Erase { Shape::Brush } else { self.brush.shape };
        let chosen = match shape {
            Shape::Brush => cells.iter().copied().collect(),
            Shape::Line => terrain::brush(ground, *from, *at, self.brush.thickness),
            Shape::Rectangle => terrain::rectangle(ground, *from, *at, true),
            Shape::Fill => terrain::fill(ground, *at),
        };
        if self.brush.mirror { terrain::mirror(ground, &chosen, terrain::Mirror::Upright) } else { chosen }
    }

    /// The ground that is painted: what is erased is rock again.
    pub fn paint_with(&self) -> Ground {
        if self.tool == Tool::Erase { Ground::Rock } else { self.brush.ground }
    }

    /// Where what is carried would come to stand.
    pub fn moved_to(&self, name: &str, grip: Cell, cell: Cell) -> Option<Cell> {
        let by = (cell.column - grip.column, cell.row - grip.row);
        let enemy = self.draft.level().enemies.iter().find(|enemy| enemy.name == name);
        let from = enemy.and_then(|enemy| enemy.cells.first().copied());
        let from = from.or_else(|| self.draft.board().piece(name).map(|piece| piece.at))?;
        Some(from.offset(by.0, by.1))
    }

    fn lay(&mut self, cells: Vec<Cell>, now_s: f64) {
        let only = cells.len() == 1;
        let on = cells.first().and_then(|&cell| self.draft.board().pipe_at(cell)).map(|pipe| pipe.name.clone());
        if let (true, Some(name)) = (only, on) {
            self.select(Some(name));
            return;
        }
        let name = self.draft.board().free_name("pipe");
        if self.apply(&LevelEdit::Start(Edit::LayPipe { name: name.clone(), cells }), now_s) {
            self.select(Some(name));
        }
    }

    fn place(&mut self, cell: Cell, now_s: f64) {
        if self.tool == Tool::Erase {
            if let Some(name) = self.thing_at(cell) {
                self.apply(&LevelEdit::Remove { name }, now_s);
                self.forget_what_is_gone();
            }
            return;
        }
        let stem = if self.tool == Tool::Enemy { self.enemy.key() } else { self.piece.key() };
        let name = self.draft.board().free_name(stem);
        let edit = if self.tool == Tool::Enemy {
            LevelEdit::PlaceEnemy(Enemy {
                name: name.clone(),
                kind: self.enemy.default_spec(),
                cells: vec![cell],
                on: None,
                schedule: super::schedule::first(self.draft.level().flow.duration_ms),
            })
        } else {
            self.placing(name.clone(), self.piece.corner(cell))
        };
        if self.apply(&edit, now_s) {
            self.select(Some(name));
        }
    }

    /// A piece of the level, or of the player: then there must be one in the inventory.
    fn placing(&self, name: String, at: Cell) -> LevelEdit {
        let kind = self.piece;
        if !self.as_own && kind.stands() != Stands::Pipe {
            return LevelEdit::Place { name, spec: kind.default_spec(), at, facing: Facing::East };
        }
        let place = LevelEdit::Start(Edit::Place { name, kind, at });
        if self.draft.board().left(kind) > 0 {
            return place;
        }
        let stock = super::rules::one_more(self.draft.level(), kind);
        LevelEdit::Batch(vec![LevelEdit::Stock(stock), place])
    }
}

/// The cells that a piece of that kind would cover.
pub fn footprint(kind: Kind, at: Cell) -> BTreeSet<Cell> {
    pipe_maze_level::board::footprint(kind, at).collect()
}
