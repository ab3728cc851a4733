//! Which controls are shown, in the order in which the keyboard walks through them, and which one has the focus.

use super::words::Words;
use super::{Control, Narration, Range, Role, cell, immediate};
use crate::Screen;
use crate::editor::Spots;
use crate::input::tools::Hand;
use crate::loading::Levels;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Fill, Focus, Look, in_reading_order};
use crate::ui::map::Map;
use crate::ui::settings::Sheets;
use crate::ui::tooltip::Explained;
use crate::ui::turn::{Figure, Held, Turnable, Written, shown_value};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

/// What is shown that can be pressed or turned.
#[derive(SystemParam)]
pub(super) struct Shown<'w, 's> {
    buttons: Query<
        'w,
        's,
        (Entity, &'static ButtonId, &'static Look, Option<&'static Turnable>, &'static UiGlobalTransform),
    >,
    children: Query<'w, 's, &'static Children>,
    texts: Query<'w, 's, &'static Text>,
    figures: Query<'w, 's, (&'static Figure, &'static Text)>,
    explained: Query<'w, 's, (&'static ButtonId, &'static Explained)>,
    held: Res<'w, Held>,
}

/// What a control shows just now: where nothing of it changes, its words do not either.
#[derive(Clone, PartialEq)]
pub(super) struct Seen {
    id: ButtonId,
    look: Look,
    written: String,
    turned: Option<(f64, String)>,
}

type Context<'w> = (Res<'w, State<Screen>>, Res<'w, Sheets>, Option<Res<'w, Session>>, Res<'w, Hand>, Res<'w, Focus>);

pub(super) fn read(
    shown: Shown<'_, '_>,
    (screen, sheets, session, hand, focus): Context<'_>,
    (texts, levels, map): (Res<Texts>, Option<Res<Levels>>, Res<Map>),
    (mut narration, spots, layout): (ResMut<Narration>, Res<Spots>, Res<Layout>),
    mut last: Local<Option<(Vec<Seen>, Option<Hand>, u64, bool)>>,
) {
    let Some(levels) = levels else { return };
    let on_sheet = sheets.top().is_some();
    if *screen.get() == Screen::Editor && !on_sheet {
        let controls = immediate::controls(&spots, layout.scale);
        let focus = spots.0.iter().find(|spot| spot.focused).map(|spot| spot.key.clone());
        let now = (controls, focus, place(&texts, *screen.get(), &sheets, session.as_deref()));
        if (&narration.controls, &narration.focus, &narration.place) != (&now.0, &now.1, &now.2) {
            (narration.controls, narration.focus, narration.place) = now;
        }
        *last = None;
        return;
    }
    let seen = shown.seen(on_sheet);
    let at_cell = *screen.get() == Screen::Board && !on_sheet && focus.0.is_none() && hand.show_cursor;
    let session = session.as_deref();
    // In a run what stands in the cell changes with time.
    let moment = session.map_or(0, |session| {
        let now_ns = session.play().filter(|_| at_cell).map_or(0, |play| play.simulation().now().as_ns());
        session.revision().wrapping_mul(1 << 20).wrapping_add(now_ns / 1_000_000_000)
    });
    let paused = session.is_some_and(Session::is_paused);
    let key = (seen, Some(hand.clone()).filter(|_| at_cell), moment, paused);
    if last.as_ref() != Some(&key) || texts.is_changed() || map.is_changed() {
        let inspected = hand.selection.only().map(String::as_str);
        let words = Words { texts: &texts, session, levels: &levels, map: &map, inspected };
        let mut controls: Vec<Control> = key.0.iter().map(|seen| shown.control(&words, seen)).collect();
        if let (true, Some(session)) = (at_cell, session) {
            controls.push(cell::control(&texts, session, &hand));
        }
        if narration.controls != controls {
            narration.controls = controls;
        }
        *last = Some(key);
    }
    let on_map = *screen.get() == Screen::Map && !on_sheet;
    let focused = match focus.0 {
        Some(id) => Some(id.key()),
        None if at_cell => Some(cell::id(hand.cursor)),
        // On the map the arrows walk.
        None => on_map.then(|| map.chosen_button().key()),
    };
    let focused = focused.filter(|id| narration.controls.iter().any(|control| control.id == *id));
    if narration.focus != focused {
        narration.focus = focused;
    }
    let place = place(&texts, *screen.get(), &sheets, session);
    if narration.place != place {
        narration.place = place;
    }
}

/// Where one is.
pub(super) fn place(texts: &Texts, screen: Screen, sheets: &Sheets, session: Option<&Session>) -> String {
    if let Some(sheet) = sheets.top() {
        return texts.get(&format!("sheet-{}", sheet.key()));
    }
    let level = || session.and_then(|session| texts.of_level(session.level(), "name")).unwrap_or_default().to_owned();
    match screen {
        Screen::Title => "Pipe Maze".to_owned(),
        Screen::Map => texts.get("map-title"),
        Screen::Codex => texts.get("codex-title"),
        Screen::Board if session.is_some_and(|session| session.play().is_some()) => {
            texts.with("place-flow", &[("level", level().into())])
        }
        Screen::Board => texts.with("place-plan", &[("level", level().into())]),
        Screen::Debrief => texts.with("place-debrief", &[("level", level().into())]),
        Screen::Editor => texts.get("title-make"),
        Screen::Loading => String::new(),
    }
}

impl Shown<'_, '_> {
    /// What is shown, each control once, in the order in which the keyboard walks.
    fn seen(&self, on_sheet: bool) -> Vec<Seen> {
        let places = self.buttons.iter().map(|(_, id, _, _, transform)| (*id, transform.translation));
        let mut order = in_reading_order(places, on_sheet);
        let mut known: Vec<ButtonId> = Vec::with_capacity(order.len());
        order.retain(|id| {
            let is_new = !known.contains(id);
            known.push(*id);
            is_new
        });
        let find = |id: &ButtonId| self.buttons.iter().find(|(_, other, ..)| *other == id);
        let seen = order.iter().filter_map(|id| {
            let (entity, _, look, turnable, _) = find(id)?;
            let turned = turnable.map(|what| (shown_value(&self.held, what), self.figure(what)));
            // What is turned is called after what it sets, whatever is written on it.
            // What is explained is called after what it is: how it stands is told elsewhere.
            let written = match turned {
                Some(_) => String::new(),
                None if id.is_term() => self.words(entity).next().unwrap_or_default().to_owned(),
                None => self.words(entity).collect::<Vec<_>>().join(", "),
            };
            Some(Seen { id: *id, look: *look, written, turned })
        });
        seen.collect()
    }

    /// The words on a button.
    fn words(&self, entity: Entity) -> impl Iterator<Item = &str> {
        let words = self.children.iter_descendants_depth_first(entity).filter_map(|child| self.texts.get(child).ok());
        words.map(|text| text.0.as_str()).filter(|text| !text.is_empty())
    }

    /// What a button is said to be; what is there only to be explained says it itself.
    fn help(&self, words: &Words<'_>, id: ButtonId) -> String {
        let explained = self.explained.iter().find(|(other, _)| **other == id);
        explained.map_or_else(|| words.help(id), |(_, explained)| explained.0.clone())
    }

    /// Where something that is turned stands, as it is written beside it.
    fn figure(&self, what: &Turnable) -> String {
        self.figures.iter().find(|(figure, _)| figure.of == what.id).map(|(_, text)| text.0.clone()).unwrap_or_default()
    }

    fn control(&self, words: &Words<'_>, seen: &Seen) -> Control {
        let &Seen { id, look, .. } = seen;
        let turnable = self.buttons.iter().find(|(_, other, ..)| **other == id).and_then(|(.., what, _)| what);
        let turned = seen.turned.as_ref().zip(turnable);
        let range = turned.map(|((now, _), what)| {
            let (min, max) = what.scale.ends();
            Range { now: *now, min, max }
        });
        let figure = turned.map(|((now, figure), _)| match figure.as_str() {
            "" => Written::Part.text(words.texts, *now),
            figure => figure.to_owned(),
        });
        let is_chosen = look.rest == Fill::Bone;
        Control {
            id: id.key(),
            role: role(id),
            name: words.name(id, &seen.written),
            value: figure.unwrap_or_else(|| words.value(id)),
            range,
            disabled: !look.enabled || turnable.is_some_and(|what| !what.enabled),
            chosen: matches!(role(id), Role::Switch | Role::Radio).then_some(is_chosen),
            help: self.help(words, id),
            lines: None,
            button: Some(id),
            area: None,
        }
    }
}

/// What kind of control a button is.
const fn role(id: ButtonId) -> Role {
    match id {
        ButtonId::ToolPipe | ButtonId::ToolSelect | ButtonId::ToolView | ButtonId::Slot(_) | ButtonId::Mute(_) => {
            Role::Switch
        }
        ButtonId::Speed(_) | ButtonId::Captions(_) | ButtonId::Theme(_) | ButtonId::Motion(_) | ButtonId::Branch(_) => {
            Role::Radio
        }
        _ if id.turns() => Role::Slider,
        _ => Role::Button,
    }
}
