//! The tools, and what the one in the hand can do.

use super::desk::Desk;
use super::panel::Panel;
use super::pen::{Face, Look, Pen};
use super::tool::{Doing, Shape, Tool};
use crate::board::looks;
use crate::camera;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{self, Ui, vec2};
use pipe_maze_level::draft::terrain::BRUSH_MAX;
use pipe_maze_level::kind::Stands;
use pipe_maze_level::{EnemyKind, Ground, Kind};

/// The picture of a tool.
const fn icon(tool: Tool) -> &'static str {
    match tool {
        Tool::Select => "icon-select",
        Tool::Dig => "icon-dig",
        Tool::Pipe => "icon-pipe",
        Tool::Piece => "icon-place",
        Tool::Enemy => "icon-enemy",
        Tool::Erase => "icon-erase",
    }
}

/// The end of the key of a ground's text.
pub const fn ground_key(ground: Ground) -> &'static str {
    match ground {
        Ground::Sky => "sky",
        Ground::Rock => "rock",
        Ground::Tunnel => "tunnel",
    }
}

/// The colour of a ground in small.
pub fn ground_colour(ground: Ground) -> egui::Color32 {
    match ground {
        Ground::Sky => colour(palette::sky_top()).lerp_to_gamma(colour(palette::periwinkle()), 0.35),
        Ground::Rock => colour(palette::deepest_rock()).lerp_to_gamma(colour(palette::periwinkle()), 0.2),
        Ground::Tunnel => colour(palette::ink()),
    }
}

/// How wide the switch that gives a piece to the player may be, with its words.
const OWN_WIDTH: f32 = 320.0;

/// Whether the tool in the hand can do several things.
pub fn has_options(desk: &Desk) -> bool {
    matches!(desk.tool, Tool::Dig | Tool::Piece | Tool::Enemy | Tool::Erase)
}

/// The tools, in a column or a row.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, (desk, look): (&mut Desk, &mut camera::Look), wide: bool) {
    let room = ui.available_size();
    let count = (Tool::ALL.len() + 2) as f32;
    let tile = if wide {
        vec2(room.x, ((room.y + 4.0) / count - 4.0).clamp(36.0, 54.0))
    } else {
        vec2(((room.x + 4.0) / count - 4.0).max(38.0), room.y)
    };
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    let mut tiles = |ui: &mut Ui| {
        for tool in Tool::ALL {
            let words = pen.say(&format!("editor-tool-{}", tool.key()));
            if pen.tile(ui, &format!("tool-{}", tool.key()), icon(tool), &words, desk.tool == tool, tile) {
                desk.tool = tool;
                desk.doing = Doing::Nothing;
            }
        }
        if pen.tile(ui, "tool-goal", "icon-flag", &pen.say("editor-tool-goal"), desk.panel == Panel::Goals, tile) {
            desk.panel = Panel::Goals;
            desk.panel_open = true;
        }
        if pen.tile(ui, "fit", "icon-fit", &pen.say("editor-fit"), false, tile) {
            *look = camera::Look::default();
        }
    };
    if wide {
        ui.vertical(|ui| tiles(ui));
    } else {
        ui.horizontal(|ui| tiles(ui));
    }
}

/// What the tool in the hand can do.
pub fn options(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    egui::ScrollArea::horizontal().id_salt("options").auto_shrink(false).show(ui, |ui| {
        ui.horizontal_centered(|ui| match desk.tool {
            Tool::Dig => {
                grounds(pen, ui, desk);
                shapes(pen, ui, desk);
                thickness(pen, ui, desk);
                mirror(pen, ui, desk);
            }
            Tool::Erase => {
                thickness(pen, ui, desk);
                mirror(pen, ui, desk);
                pen.quiet(ui, pen.say("editor-erase-help"));
            }
            Tool::Piece => kinds(pen, ui, desk),
            Tool::Enemy => enemies(pen, ui, desk),
            Tool::Select | Tool::Pipe => {}
        });
    });
}

fn grounds(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    for ground in [Ground::Tunnel, Ground::Rock, Ground::Sky] {
        let words = pen.say(&format!("editor-ground-{}", ground_key(ground)));
        let spaced = format!("    {words}");
        let look = Look::chosen(desk.brush.ground == ground);
        let before = ui.cursor().left();
        if pen.button(ui, &format!("ground-{}", ground_key(ground)), Face::word(&spaced), look) {
            desk.brush.ground = ground;
        }
        let at = egui::pos2(before + 17.0, ui.min_rect().center().y);
        let edge = egui::Stroke::new(1.5, colour(palette::periwinkle()));
        ui.painter().circle(at, 7.0, ground_colour(ground), edge);
    }
    ui.separator();
}

fn shapes(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    for (shape, icon) in Shape::ALL.into_iter().zip(["icon-pencil", "icon-line", "icon-rectangle", "icon-fill"]) {
        let key = format!("shape-{}", shape.key());
        let look = Look::chosen(desk.brush.shape == shape);
        if pen.button_told(ui, &key, Face::icon(icon), look, &format!("editor-{key}")) {
            desk.brush.shape = shape;
        }
    }
    ui.separator();
}

fn thickness(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    let thick = desk.brush.thickness;
    if pen.button_told(ui, "thinner", Face::icon("icon-minus"), Look::Quiet.enabled(thick > 1), "editor-thinner") {
        desk.brush.thickness = (thick - 2).max(1);
    }
    ui.label(egui::RichText::new(thick.to_string()).font(super::dress::strong(14.0)));
    let thicker = Look::Quiet.enabled(thick < BRUSH_MAX);
    if pen.button_told(ui, "thicker", Face::icon("icon-plus"), thicker, "editor-thicker") {
        desk.brush.thickness = (thick + 2).min(BRUSH_MAX);
    }
}

fn mirror(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    let look = Look::chosen(desk.brush.mirror);
    if pen.button_told(ui, "mirror", Face::icon("icon-mirror"), look, "editor-mirror") {
        desk.brush.mirror = !desk.brush.mirror;
    }
}

fn kinds(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    for &kind in Kind::ALL {
        let key = format!("place-{}", kind.key());
        let face = Face { size: 20.0, ..Face::icon(looks::piece(kind).portrait) }.coloured();
        if pen.button_told(ui, &key, face, Look::chosen(desk.piece == kind), &format!("kind-{}", kind.key())) {
            desk.piece = kind;
        }
    }
    // Their names show under the mouse; a finger has none.
    ui.label(egui::RichText::new(pen.say(&format!("kind-{}", desk.piece.key()))).font(super::dress::strong(13.0)));
    ui.separator();
    let own = desk.as_own || desk.piece.stands() == Stands::Pipe;
    // The row scrolls: words need not fit into what is left of it.
    let room = vec2(OWN_WIDTH, ui.available_height());
    ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        if let Some(on) = pen.tick(ui, "as-own", own, &pen.say("editor-as-own")) {
            desk.as_own = on;
        }
    });
}

fn enemies(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) {
    for &kind in EnemyKind::ALL {
        let words = pen.say(&format!("enemy-{}", kind.key()));
        let face = Face::both(looks::enemy(kind).active, &words).coloured();
        if pen.button(ui, &format!("place-{}", kind.key()), face, Look::chosen(desk.enemy == kind)) {
            desk.enemy = kind;
        }
    }
}
