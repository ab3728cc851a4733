//! What lies over the picture: what is selected, what the hand is about to do, where problems are, and what was refused.

use super::desk::Desk;
use super::dress::strong;
use super::hand::footprint;
use super::panel::Panel;
use super::pen::Pen;
use super::pointers::cell_of;
use super::rail::ground_colour;
use super::tool::{Doing, Tool};
use crate::board::{corner, looks};
use crate::camera::{Look, Stage};
use crate::immediate::colour;
use crate::palette;
use bevy::math::Vec2;
use bevy_egui::egui::{self, Align2, Color32, Painter, Pos2, Rect, Shape as Drawn, Stroke, StrokeKind, pos2, vec2};
use pipe_maze_level::Cell;
use pipe_maze_level::draft::{DraftProblem, Severity};

/// For how long a refusal shows, in seconds.
const TROUBLE_S: f64 = 3.5;
/// Length of the arms of a bracket, of a cell.
const ARM: f32 = 0.55;

/// From cells to places on screen, in interface pixels.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Where the picture is fitted.
    pub stage: &'a Stage,
    /// Where the author looks.
    pub look: &'a Look,
    /// Window pixels of an interface pixel.
    pub scale: f32,
}

impl View<'_> {
    fn at(&self, point: Vec2) -> Pos2 {
        let pixel = self.stage.pixel_of(self.look, point) / self.scale;
        pos2(pixel.x, pixel.y)
    }

    fn cell(&self, cell: Cell) -> Rect {
        Rect::from_min_max(self.at(corner(cell)), self.at(corner(cell.offset(1, 1))))
    }
}

/// Draws them; `hovered` is the cell under the pointer or the cursor.
pub fn show(pen: &Pen<'_>, context: &egui::Context, view: View<'_>, desk: &Desk, hovered: Option<Cell>, now_s: f64) {
    let painter = context.layer_painter(egui::LayerId::background());
    if desk.tool != Tool::Select || matches!(desk.doing, Doing::Moving { .. }) {
        grid(&painter, view, desk);
    }
    problems(pen, &painter, view, desk.draft.problems());
    if let Some(name) = &desk.selection {
        selected(&painter, view, desk, name);
    }
    if desk.panel == Panel::Tutorial {
        pointers(&painter, view, desk, hovered);
    }
    doing(pen, &painter, view, desk, hovered);
    if let Some(trouble) = desk.trouble.as_ref().filter(|trouble| now_s - trouble.since_s < TROUBLE_S) {
        let cell = trouble.at.or(hovered).unwrap_or_default();
        let words = pen.draft_refusal(&trouble.refusal);
        tell(&painter, view.cell(cell).center_bottom() + vec2(0.0, 6.0), &words);
        context.request_repaint_after_secs(TROUBLE_S as f32);
    }
}

fn grid(painter: &Painter, view: View<'_>, desk: &Desk) {
    let terrain = &desk.draft.level().terrain;
    let whole = Rect::from_min_max(
        view.at(corner(Cell::new(0, 0))),
        view.at(corner(Cell::new(terrain.columns(), terrain.rows()))),
    );
    let stroke = Stroke::new(1.0, colour(palette::periwinkle()).gamma_multiply(0.13));
    for column in 0..=terrain.columns() {
        painter.vline(view.at(corner(Cell::new(column, 0))).x, whole.y_range(), stroke);
    }
    for row in 0..=terrain.rows() {
        painter.hline(whole.x_range(), view.at(corner(Cell::new(0, row))).y, stroke);
    }
    if desk.brush.mirror && matches!(desk.tool, Tool::Dig | Tool::Erase) {
        let stroke = Stroke::new(1.5, colour(palette::gold()).gamma_multiply(0.7));
        let line = [whole.center_top(), whole.center_bottom()];
        painter.extend(Drawn::dashed_line(&line, stroke, 8.0, 6.0));
    }
}

fn problems(pen: &Pen<'_>, painter: &Painter, view: View<'_>, problems: &[DraftProblem]) {
    let mut seen = Vec::new();
    for problem in problems {
        let Some(cell) = problem.cell.filter(|cell| !seen.contains(cell)) else { continue };
        seen.push(cell);
        let badge = if problem.severity == Severity::Error { "badge-failed" } else { "badge-strain" };
        let area = view.cell(cell);
        pen.paint_icon(painter, badge, area.right_top() + vec2(-4.0, 4.0), 19.0, Color32::WHITE);
    }
}

/// Where the steps of the tutorial point, each with its number.
fn pointers(painter: &Painter, view: View<'_>, desk: &Desk, hovered: Option<Cell>) {
    let gold = colour(palette::gold());
    for (nth, step) in desk.draft.level().tutorial.iter().enumerate() {
        for (pointer, point) in step.points.iter().enumerate() {
            let waits = desk.pointing == Some((nth as u32, pointer as u32));
            let cell = if waits { hovered.or(cell_of(point)) } else { cell_of(point) };
            let Some(area) = cell.map(|cell| view.cell(cell)) else { continue };
            ghost(painter, area, gold.gamma_multiply(if waits { 0.35 } else { 0.12 }), gold);
            let words = (nth + 1).to_string();
            painter.text(area.center(), Align2::CENTER_CENTER, words, strong(12.0), gold);
        }
    }
}

/// The cells of something in the level.
fn cells_of(desk: &Desk, name: &str) -> Vec<Cell> {
    let board = desk.draft.board();
    if let Some(enemy) = desk.draft.level().enemies.iter().find(|enemy| enemy.name == name) {
        return enemy.cells.clone();
    }
    if let Some(piece) = board.piece(name) {
        return piece.cells().collect();
    }
    board.pipe(name).map(|pipe| pipe.cells.clone()).unwrap_or_default()
}

fn selected(painter: &Painter, view: View<'_>, desk: &Desk, name: &str) {
    let cells = cells_of(desk, name);
    let Some(area) = around(view, &cells) else { return };
    let gold = colour(palette::gold());
    brackets(painter, area.expand(4.0), view.cell(Cell::default()).width() * ARM, Stroke::new(3.5, gold));
    if desk.draft.board().pipe(name).is_some() {
        for &cell in &cells {
            painter.rect_stroke(
                view.cell(cell).shrink(3.0),
                5,
                Stroke::new(1.2, gold.gamma_multiply(0.7)),
                StrokeKind::Inside,
            );
        }
    }
    // Whom an enemy strikes.
    let enemy = desk.draft.level().enemies.iter().find(|enemy| enemy.name == name);
    let target = enemy.and_then(|enemy| enemy.target(desk.draft.board()));
    if let Some(to) = target.and_then(|target| around(view, &cells_of(desk, target))) {
        let stroke = Stroke::new(1.8, colour(palette::failed_on_ink()));
        painter.extend(Drawn::dashed_line(&[area.center(), to.center()], stroke, 6.0, 5.0));
        painter.rect_stroke(to.expand(2.0), 8, stroke, StrokeKind::Outside);
    }
    let below = pos2(area.center().x, area.bottom() + 8.0);
    plate(painter, below, name, gold, colour(palette::ink()));
}

fn around(view: View<'_>, cells: &[Cell]) -> Option<Rect> {
    cells.iter().map(|&cell| view.cell(cell)).reduce(|a, b| a.union(b))
}

fn brackets(painter: &Painter, area: Rect, arm: f32, stroke: Stroke) {
    for (at, x, y) in [
        (area.left_top(), 1.0, 1.0),
        (area.right_top(), -1.0, 1.0),
        (area.left_bottom(), 1.0, -1.0),
        (area.right_bottom(), -1.0, -1.0),
    ] {
        painter.line(vec![at + vec2(x * arm, 0.0), at, at + vec2(0.0, y * arm)], stroke);
    }
}

fn doing(pen: &Pen<'_>, painter: &Painter, view: View<'_>, desk: &Desk, hovered: Option<Cell>) {
    let aqua = colour(palette::browse());
    match &desk.doing {
        Doing::Painting { .. } => {
            let fill = ground_colour(desk.paint_with());
            for cell in desk.painted() {
                ghost(painter, view.cell(cell), fill.gamma_multiply(0.75), aqua);
            }
        }
        Doing::Laying(cells) => {
            cells.iter().for_each(|&cell| ghost(painter, view.cell(cell), aqua.gamma_multiply(0.25), aqua))
        }
        Doing::Moving { name, grip } => {
            let Some(to) = hovered.and_then(|cell| desk.moved_to(name, *grip, cell)) else { return };
            let cells = cells_of(desk, name);
            let Some(&first) = cells.first() else { return };
            let by = (to.column - first.column, to.row - first.row);
            for cell in cells {
                ghost(painter, view.cell(cell.offset(by.0, by.1)), aqua.gamma_multiply(0.25), aqua);
            }
        }
        _ => {
            let Some(cell) = hovered else { return };
            match desk.tool {
                Tool::Piece => {
                    let cells = footprint(desk.piece, desk.piece.corner(cell));
                    cells.iter().for_each(|&cell| ghost(painter, view.cell(cell), aqua.gamma_multiply(0.18), aqua));
                    let area = around(view, &cells.into_iter().collect::<Vec<_>>());
                    if let Some(area) = area {
                        let height = (area.height() * 0.7).min(64.0);
                        let icon = looks::piece(desk.piece).portrait;
                        pen.paint_icon(painter, icon, area.center(), height, Color32::from_white_alpha(210));
                    }
                }
                Tool::Enemy => {
                    ghost(painter, view.cell(cell), aqua.gamma_multiply(0.18), aqua);
                    let icon = looks::enemy(desk.enemy).active;
                    pen.paint_icon(painter, icon, view.cell(cell).center(), 30.0, Color32::from_white_alpha(210));
                }
                Tool::Dig | Tool::Erase => {
                    let thickness = desk.brush.thickness as f32;
                    let radius = view.cell(cell).width() * thickness * 0.5;
                    painter.circle_stroke(view.cell(cell).center(), radius, Stroke::new(2.0, colour(palette::bone())));
                }
                Tool::Pipe => ghost(painter, view.cell(cell), Color32::TRANSPARENT, aqua),
                Tool::Select => {}
            }
        }
    }
}

/// A cell that something would come to.
fn ghost(painter: &Painter, area: Rect, fill: Color32, edge: Color32) {
    let area = area.shrink(1.5);
    painter.rect_filled(area, 4, fill);
    let corners = [area.left_top(), area.right_top(), area.right_bottom(), area.left_bottom(), area.left_top()];
    painter.extend(Drawn::dashed_line(&corners, Stroke::new(1.3, edge), 5.0, 4.0));
}

/// A plate with a name, hung up at the middle of its upper edge.
fn plate(painter: &Painter, at: Pos2, words: &str, fill: Color32, ink: Color32) {
    let galley = painter.layout_no_wrap(words.to_owned(), strong(11.5), ink);
    let area = Align2::CENTER_TOP.anchor_size(at, galley.size() + vec2(18.0, 6.0));
    painter.rect_filled(area, 11, fill);
    painter.galley(area.center() - galley.size() * 0.5, galley, ink);
}

/// Someone says why something was refused.
fn tell(painter: &Painter, at: Pos2, words: &str) {
    let ink = colour(palette::ink());
    let galley = painter.layout(words.to_owned(), strong(12.0), ink, 280.0);
    let window = painter.clip_rect().shrink(8.0);
    let mut area = Align2::CENTER_TOP.anchor_size(at, galley.size() + vec2(20.0, 12.0));
    area = area.translate(vec2((window.left() - area.left()).max(0.0) + (window.right() - area.right()).min(0.0), 0.0));
    area = area.translate(vec2(0.0, (window.bottom() - area.bottom()).min(0.0)));
    painter.rect_filled(area.translate(vec2(0.0, 3.0)), 12, ink.gamma_multiply(0.4));
    painter.rect_filled(area, 12, colour(palette::bone()));
    painter.galley(area.center() - galley.size() * 0.5, galley, ink);
}
