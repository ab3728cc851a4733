//! Fonts for letters that the game's own fonts lack: fetched once a language needs them, and then for all text.
//!
//! One is there from the start. It has just the letters in which the languages of the list write their own names, so
//! that each can be found in any of them.

use crate::awake::Awake;
use crate::language::{Language, Languages};
use bevy::prelude::*;
use bevy::text::FontCx;
use parley::fontique::{FallbackKey, FamilyId, Script};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<StandIns>();
    app.add_systems(Update, (fetch, stand_in).chain());
}

/// The letters in which the languages write their own names.
const NAMES: &str = "fonts/noto-sans-names-600.ttf";
/// The scripts of those letters; the last is that of punctuation, which many share.
const SCRIPTS: [Script; 4] = [
    Script::from_bytes(*b"Hani"),
    Script::from_bytes(*b"Hira"),
    Script::from_bytes(*b"Kana"),
    Script::from_bytes(*b"Zyyy"),
];

/// The fonts that stand in. Once fetched they stay: to take one away would lay out all text anew.
#[derive(Resource)]
struct StandIns {
    names: Handle<Font>,
    of_languages: Vec<(Language, Handle<Font>)>,
    /// In use, the first asked first.
    families: Vec<FamilyId>,
}

impl FromWorld for StandIns {
    fn from_world(world: &mut World) -> Self {
        let names = world.resource::<AssetServer>().load(NAMES);
        Self { names, of_languages: Vec::new(), families: Vec::new() }
    }
}

fn fetch(languages: Res<Languages>, server: Res<AssetServer>, mut stand_ins: ResMut<StandIns>) {
    let current = languages.current();
    let Some(path) = current.font() else { return };
    if !stand_ins.of_languages.iter().any(|(language, _)| *language == current) {
        stand_ins.of_languages.push((current, server.load(path)));
    }
}

/// The same letter has other shapes in other languages: the font of the language in use is asked first.
fn stand_in(
    (languages, files): (Res<Languages>, Res<Assets<Font>>),
    (mut stand_ins, mut context, mut awake): (ResMut<StandIns>, ResMut<FontCx>, ResMut<Awake>),
    mut words: Query<&mut TextFont>,
) {
    let current = languages.current();
    let (own, others): (Vec<_>, Vec<_>) = stand_ins.of_languages.iter().partition(|(language, _)| *language == current);
    let handles = own.iter().chain(&others).map(|(_, handle)| handle).chain([&stand_ins.names]);
    let arrived = handles.filter_map(|handle| files.get(handle)).filter(|font| !font.alias.is_empty());
    let families: Vec<FamilyId> = arrived.filter_map(|font| context.collection.family_id(&font.alias)).collect();
    if stand_ins.families == families {
        return;
    }
    for script in SCRIPTS {
        context.collection.set_fallbacks(FallbackKey::from(script), families.iter().copied());
    }
    stand_ins.families = families;
    // What is on screen was laid out without them.
    words.iter_mut().for_each(|mut font| font.set_changed());
    awake.stir();
}
