//! What a control is called, and what it does.

use crate::loading::Levels;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Channel};
use crate::ui::hud::knob_help;
use crate::ui::map::Map;
use pipe_maze_level::Kind;

/// What names and helps are written from.
pub struct Words<'a> {
    pub texts: &'a Texts,
    pub session: Option<&'a Session>,
    pub levels: &'a Levels,
    pub map: &'a Map,
    /// The piece that the inspector shows.
    pub inspected: Option<&'a str>,
}

impl Words<'_> {
    /// What it is called: as it is written on it, or where an icon must do, by a text of its own.
    pub fn name(&self, id: ButtonId, written: &str) -> String {
        let texts = self.texts;
        match id {
            ButtonId::Knob(key) => texts.get(&format!("param-{key}")),
            ButtonId::Slot(kind) => texts.get(&format!("kind-{}", kind.key())),
            ButtonId::Fault(kind) => texts.get(&format!("enemy-{}", kind.key())),
            ButtonId::RideLoss(nth) => texts.with("control-ride-loss", &[("nth", (nth + 1).into())]),
            ButtonId::Rename(_) if written.is_empty() => texts.get("control-rename"),
            ButtonId::ToolPipe => texts.get("tool-pipe"),
            ButtonId::Level(_) | ButtonId::Site(_) => self.map.station_name(texts, &self.levels.ready, id),
            ButtonId::Language => self.of("control-language", written),
            ButtonId::Speed(_) => self.of("control-speed", written),
            ButtonId::Captions(_) => self.of_setting("captions", written),
            ButtonId::Theme(_) => self.of_setting("theme", written),
            ButtonId::Motion(_) => self.of_setting("motion", written),
            ButtonId::Volume(channel) => self.channel(channel),
            ButtonId::Mute(channel) => self.of("control-mute", &self.channel(channel)),
            ButtonId::Sheet(sheet) => texts.get(&format!("sheet-{}", sheet.key())),
            ButtonId::PackPage(_) => texts.get("control-pack-page"),
            ButtonId::Flow if written.is_empty() => {
                let paused = self.session.is_some_and(Session::is_paused);
                texts.get(if paused { "control-go-on" } else { "control-pause" })
            }
            _ if !written.is_empty() => written.to_owned(),
            _ => texts.get(&format!("control-{}", id.key())),
        }
    }

    /// What it does, and what else there is to know; nothing where the name says all.
    pub fn help(&self, id: ButtonId) -> String {
        let texts = self.texts;
        match id {
            ButtonId::Knob(key) => self
                .session
                .zip(self.inspected)
                .map_or_else(String::new, |(session, name)| knob_help(texts, session, name, key)),
            ButtonId::Slot(kind) => self.slot_help(kind),
            ButtonId::Fault(kind) => {
                let chaos = self.session.and_then(|session| session.level().chaos.as_ref());
                let stock = chaos.and_then(|chaos| chaos.stock(kind));
                stock.map_or_else(String::new, |stock| crate::foes::does(texts, &stock.kind))
            }
            ButtonId::RideLoss(_) => texts.get("control-ride-loss-help"),
            ButtonId::Level(_) | ButtonId::Site(_) => self.map.station_help(texts, &self.levels.ready, id),
            ButtonId::Theme(theme) => texts.get(&format!("theme-{}-about", theme.key())),
            _ => {
                let key = format!("control-{}-help", id.key());
                if texts.has(&key) { texts.get(&key) } else { String::new() }
            }
        }
    }

    /// What a piece of the palette costs, and how many are left.
    pub fn value(&self, id: ButtonId) -> String {
        let Some(session) = self.session else { return String::new() };
        let price = match id {
            ButtonId::ToolPipe => {
                return self.texts.with("slot-pipe", &[("price", session.level().pipes.price_per_cell.into())]);
            }
            ButtonId::Slot(kind) => {
                session.level().inventory.iter().find(|stock| stock.kind == kind).map(|s| (kind, s.price))
            }
            _ => None,
        };
        let Some((kind, price)) = price else { return String::new() };
        let left = session.board().left(kind);
        self.texts.with("slot-piece", &[("price", price.into()), ("left", left.into())])
    }

    fn slot_help(&self, kind: Kind) -> String {
        // Of what is counted by its parameters, the piece itself tells once it stands.
        let about = match kind {
            Kind::Spring | Kind::MachineRoom | Kind::Vault => String::new(),
            _ => self.texts.get(&format!("about-{}", kind.key())),
        };
        format!("{about} {}", self.texts.get("slot-help")).trim().to_owned()
    }

    fn channel(&self, channel: Channel) -> String {
        self.texts.get(&format!("settings-{}", channel.key()))
    }

    fn of(&self, key: &str, what: &str) -> String {
        self.texts.with(key, &[("what", what.to_owned().into())])
    }

    fn of_setting(&self, setting: &str, what: &str) -> String {
        let setting = self.texts.get(&format!("settings-{setting}"));
        self.texts.with("control-setting", &[("setting", setting.into()), ("what", what.to_owned().into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::settings::Sheet;
    use pipe_maze_level::{BranchId, EnemyKind};

    #[test]
    fn what_shows_an_icon_alone_has_a_name_in_both_languages() {
        use ButtonId as B;
        let icons = [
            [B::Back, B::BackToEditor, B::CloseSheet, B::Copy, B::Delete, B::Duplicate, B::Expand, B::Fit, B::Flow],
            [
                B::Fork,
                B::Hint,
                B::LeaveRide,
                B::Menu,
                B::Mute(Channel::Music),
                B::NameDone,
                B::Paste,
                B::Redo,
                B::Remove,
            ],
            [
                B::Rename(BranchId::MAIN),
                B::Ride,
                B::RideAgain,
                B::RideLoss(2),
                B::Sheet(Sheet::Predict),
                B::Step,
                B::Stop,
                B::ToolPipe,
                B::ToolSelect,
            ],
            [
                B::Fault(EnemyKind::ALL[0]),
                B::Sheet(Sheet::Settings),
                B::Slot(Kind::WarpPipe),
                B::ToolView,
                B::Turn,
                B::Undo,
                B::Volume(Channel::Effects),
                B::Sheet(Sheet::Menu),
                B::Mute(Channel::Effects),
            ],
        ];
        for code in ["en", "de"] {
            let texts = Texts::of(code.parse().unwrap());
            let (levels, map) = (Levels::default(), Map::default());
            let words = Words { texts: &texts, session: None, levels: &levels, map: &map, inspected: None };
            for id in icons.iter().flatten() {
                let name = words.name(*id, "");
                assert!(name.len() > 1 && !name.contains("control-"), "{code} {id:?}: {name}");
            }
        }
    }
}
