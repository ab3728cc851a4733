//! Fonts for letters that the game's own fonts lack: fetched once they are needed, and then for all text.
//!
//! One is there from the start. It has just the letters in which the languages of the list write their own names, so
//! that each can be found in any of them. A language brings a font with the letters of its texts. Whatever else is
//! shown, such as a level's story in any language, has the full fonts of its script fetched.

use super::Fonts;
use super::full::{FULL, Stage, has_kana, next};
use crate::awake::Awake;
use crate::language::{Language, Languages};
use bevy::asset::LoadState;
use bevy::prelude::*;
use bevy::text::FontCx;
use bevy_egui::{EguiFullOutput, EguiPostUpdateSet, egui};
use parley::fontique::{Charmap, FallbackKey, FamilyId, Script};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<StandIns>();
    app.add_systems(Update, (fetch, look_for, stand_in).chain());
    let between = read_panels.after(EguiPostUpdateSet::EndPass).before(EguiPostUpdateSet::ProcessOutput);
    app.add_systems(PostUpdate, (read_words, between));
}

/// The letters in which the languages write their own names.
const NAMES: &str = "fonts/noto-sans-names-600.ttf";
/// The scripts that fonts stand in for; the last two are those of punctuation and marks, which many share.
const SCRIPTS: [&[u8; 4]; 14] = [
    b"Hani", b"Hira", b"Kana", b"Hang", b"Bopo", b"Latn", b"Cyrl", b"Grek", b"Hebr", b"Arab", b"Deva", b"Thai",
    b"Zyyy", b"Zinh",
];
/// Most letters that are looked for at once: texts come from strangers, too.
const WANTED_MAX: usize = 4096;

/// The fonts that stand in. Once fetched they stay: to take one away would lay out all text anew.
#[derive(Resource)]
pub struct StandIns {
    names: Handle<Font>,
    of_languages: Vec<(Language, Handle<Font>)>,
    /// Those of the list of full fonts that have been asked for.
    full: [Option<Handle<Font>>; FULL.len()],
    /// In use, the first asked first.
    arrived: Vec<Handle<Font>>,
    /// Letters that are shown and may lack a font, and whether they stand beside kana.
    wanted: BTreeMap<char, bool>,
    /// Letters that need nothing more: a font has them, or none ever will.
    settled: BTreeSet<char>,
}

impl StandIns {
    /// Those in use, the first asked first.
    pub fn arrived(&self) -> &[Handle<Font>] {
        &self.arrived
    }

    /// A text is shown.
    fn notice(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        let mut kana = None;
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            if self.wanted.len() < WANTED_MAX && !self.settled.contains(&letter) && !self.wanted.contains_key(&letter) {
                let kana = *kana.get_or_insert_with(|| has_kana(text));
                self.wanted.insert(letter, kana);
            }
        }
    }
}

impl FromWorld for StandIns {
    fn from_world(world: &mut World) -> Self {
        Self {
            names: world.resource::<AssetServer>().load(NAMES),
            of_languages: Vec::new(),
            full: [const { None }; FULL.len()],
            arrived: Vec::new(),
            wanted: BTreeMap::new(),
            settled: BTreeSet::new(),
        }
    }
}

fn fetch(languages: Res<Languages>, server: Res<AssetServer>, mut stand_ins: ResMut<StandIns>) {
    let current = languages.current();
    let Some(path) = current.font() else { return };
    if !stand_ins.of_languages.iter().any(|(language, _)| *language == current) {
        stand_ins.of_languages.push((current, server.load(path)));
    }
}

type Reworded = Or<(Changed<Text>, Changed<TextSpan>, Changed<Text2d>)>;

/// Notices what the game's own interface shows.
fn read_words(
    mut stand_ins: ResMut<StandIns>,
    words: Query<(Option<&Text>, Option<&TextSpan>, Option<&Text2d>), Reworded>,
) {
    let stand_ins = stand_ins.bypass_change_detection();
    for (text, span, on_board) in &words {
        let texts = [text.map(|text| &text.0), span.map(|span| &span.0), on_board.map(|text| &text.0)];
        texts.into_iter().flatten().for_each(|text| stand_ins.notice(text));
    }
}

/// Notices what the panels show.
fn read_panels(mut stand_ins: ResMut<StandIns>, panels: Query<&EguiFullOutput>) {
    let stand_ins = stand_ins.bypass_change_detection();
    for panel in panels.iter().filter_map(|output| output.0.as_ref()) {
        panel.shapes.iter().for_each(|clipped| read_shape(stand_ins, &clipped.shape));
    }
}

fn read_shape(stand_ins: &mut StandIns, shape: &egui::Shape) {
    match shape {
        egui::Shape::Text(text) => stand_ins.notice(text.galley.text()),
        egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| read_shape(stand_ins, shape)),
        _ => {}
    }
}

/// Asks for the fonts of letters that no font has.
fn look_for(
    (languages, server, fonts, files): (Res<Languages>, Res<AssetServer>, Res<Fonts>, Res<Assets<Font>>),
    (mut stand_ins, mut context, mut awake): (ResMut<StandIns>, ResMut<FontCx>, ResMut<Awake>),
) {
    let stand_ins = stand_ins.bypass_change_detection();
    if stand_ins.wanted.is_empty() || !files.contains(&fonts.body) {
        return;
    }
    let read = languages.read();
    let mut stages = stand_ins.full.each_ref().map(|handle| stage(handle.as_ref(), &server, &stand_ins.arrived));
    // What is there from the start, and what the language itself brings, is waited for: it may have them.
    let small = stand_ins.of_languages.iter().map(|(_, handle)| handle).chain([&stand_ins.names]);
    if small.into_iter().any(|handle| stage(Some(handle), &server, &stand_ins.arrived) == Stage::Asked) {
        return;
    }
    let handles = [&fonts.body].into_iter().chain(&stand_ins.arrived);
    let in_use: Vec<Charmap<'_>> = handles.filter_map(|handle| letters(&mut context, files.get(handle)?)).collect();
    let mut settled = Vec::new();
    for (&letter, &beside_kana) in &stand_ins.wanted {
        if in_use.iter().any(|letters| letters.map(letter).is_some_and(|glyph| glyph != 0)) {
            settled.push(letter);
        } else if let Some(n) = next(letter, beside_kana, &read, &stages) {
            stand_ins.full[n] = Some(server.load(FULL[n].path));
            stages[n] = Stage::Asked;
            awake.stir();
        } else if !stages.contains(&Stage::Asked) {
            settled.push(letter);
        }
    }
    for letter in settled {
        stand_ins.wanted.remove(&letter);
        stand_ins.settled.insert(letter);
    }
}

fn stage(handle: Option<&Handle<Font>>, server: &AssetServer, arrived: &[Handle<Font>]) -> Stage {
    match handle {
        None => Stage::Unasked,
        Some(handle) if arrived.contains(handle) => Stage::Settled,
        Some(handle) if matches!(server.load_state(handle.id()), LoadState::Failed(_)) => Stage::Settled,
        Some(_) => Stage::Asked,
    }
}

/// The letters that a font has, once it has been taken into the collection.
fn letters<'a>(context: &mut FontCx, font: &'a Font) -> Option<Charmap<'a>> {
    let family = context.collection.family_id(&font.alias)?;
    let family = context.collection.family(family)?;
    family.default_font()?.charmap_index().charmap(font.data.as_ref())
}

/// The same letter has other shapes in other languages: the font of the language in use is asked first.
fn stand_in(
    (languages, files): (Res<Languages>, Res<Assets<Font>>),
    (mut stand_ins, mut context, mut awake): (ResMut<StandIns>, ResMut<FontCx>, ResMut<Awake>),
    mut words: Query<&mut TextFont>,
) {
    let current = languages.current();
    let (own, others): (Vec<_>, Vec<_>) = stand_ins.of_languages.iter().partition(|(language, _)| *language == current);
    let handles = own.iter().chain(&others).map(|(_, handle)| handle);
    let handles = handles.chain(stand_ins.full.iter().flatten()).chain([&stand_ins.names]);
    // A font without an alias has not been taken into the collection yet.
    let taken_in = |handle: &&Handle<Font>| files.get(*handle).is_some_and(|font| !font.alias.is_empty());
    let arrived: Vec<Handle<Font>> = handles.filter(taken_in).cloned().collect();
    if stand_ins.arrived == arrived {
        return;
    }
    let aliases = arrived.iter().filter_map(|handle| files.get(handle)).map(|font| &font.alias);
    let families: Vec<FamilyId> = aliases.filter_map(|alias| context.collection.family_id(alias)).collect();
    for script in SCRIPTS {
        context.collection.set_fallbacks(FallbackKey::from(Script::from_bytes(*script)), families.iter().copied());
    }
    stand_ins.arrived = arrived;
    // What is on screen was laid out without them.
    words.iter_mut().for_each(|mut font| font.set_changed());
    awake.stir();
}
