//! The files that the first frame needs: fonts, the atlas, the campaign and its levels.

use crate::Screen;
use crate::atlas::Atlas;
use crate::fonts::Fonts;
use bevy::asset::io::Reader;
use bevy::asset::{AssetLoader, LoadContext, LoadState};
use bevy::prelude::*;
use pipe_maze_level::{Campaign, Level};

pub(super) fn plugin(app: &mut App) {
    app.init_asset::<TextFile>();
    app.register_asset_loader(TextFileLoader);
    app.init_resource::<Levels>();
    app.add_systems(Startup, ask_for_campaign);
    app.add_systems(Update, (read_campaign, read_levels, leave_when_ready).chain().run_if(in_state(Screen::Loading)));
}

/// The levels of the campaign, in order.
#[derive(Resource, Default)]
pub struct Levels {
    /// Those that could be read.
    pub ready: Vec<Level>,
    /// Their texts: what a replay says which version of a level it is of by.
    texts: Vec<String>,
    campaign: Handle<TextFile>,
    expected: Option<usize>,
    pending: Vec<Handle<TextFile>>,
}

impl Levels {
    /// Just these, and none on the way.
    #[cfg(test)]
    pub fn of(ready: Vec<Level>) -> Self {
        let texts = ready.iter().map(Level::to_text).collect();
        Self { ready, texts, ..Self::default() }
    }

    /// The level of that id.
    pub fn find(&self, id: &str) -> Option<&Level> {
        self.ready.iter().find(|level| level.id == id)
    }

    /// The text of a level of the campaign; nothing for one that is none of it, whatever it is called.
    pub fn text_of(&self, level: &Level) -> Option<&str> {
        let nth = self.ready.iter().position(|each| each == level)?;
        self.texts.get(nth).map(String::as_str)
    }

    /// Which level of its section it is in the campaign, from 1; nothing for one that is not of the campaign.
    pub fn number(&self, level: &Level) -> Option<usize> {
        let mut section = self.ready.iter().filter(|each| each.section == level.section);
        section.position(|each| each.id == level.id).map(|i| i + 1)
    }
}

/// A file of text.
#[derive(Asset, TypePath)]
struct TextFile(String);

/// Reads `.ron` files as text; the level layer understands them.
#[derive(TypePath)]
struct TextFileLoader;

impl AssetLoader for TextFileLoader {
    type Asset = TextFile;
    type Settings = ();
    type Error = std::io::Error;

    async fn load(&self, reader: &mut dyn Reader, _: &(), _: &mut LoadContext<'_>) -> Result<TextFile, std::io::Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).await?;
        String::from_utf8(bytes).map(TextFile).map_err(std::io::Error::other)
    }

    fn extensions(&self) -> &[&str] {
        &["ron"]
    }
}

fn ask_for_campaign(server: Res<AssetServer>, mut levels: ResMut<Levels>) {
    levels.campaign = server.load("levels://campaign.ron");
}

fn read_campaign(server: Res<AssetServer>, files: Res<Assets<TextFile>>, mut levels: ResMut<Levels>) -> Result {
    if levels.expected.is_some() {
        return Ok(());
    }
    let Some(file) = files.get(&levels.campaign) else { return Ok(()) };
    let campaign = Campaign::parse(&file.0)?;
    levels.expected = Some(campaign.levels.len());
    levels.pending = campaign.levels.iter().map(|path| server.load(format!("levels://{path}.ron"))).collect();
    Ok(())
}

fn read_levels(files: Res<Assets<TextFile>>, mut levels: ResMut<Levels>) -> Result {
    let all_there = levels.pending.iter().all(|handle| files.contains(handle));
    if levels.pending.is_empty() || !all_there {
        return Ok(());
    }
    for handle in std::mem::take(&mut levels.pending) {
        if let Some(file) = files.get(&handle) {
            levels.ready.push(Level::parse(&file.0)?);
            levels.texts.push(file.0.clone());
        }
    }
    Ok(())
}

fn leave_when_ready(
    server: Res<AssetServer>,
    levels: Res<Levels>,
    (atlas, fonts): (Res<Atlas>, Res<Fonts>),
    mut commands: Commands,
) -> Result {
    let files = [
        atlas.image.id().untyped(),
        fonts.title.id().untyped(),
        fonts.body.id().untyped(),
        fonts.strong.id().untyped(),
    ];
    let files = files.into_iter().chain([levels.campaign.id().untyped()]);
    for id in files.chain(levels.pending.iter().map(|handle| handle.id().untyped())) {
        match server.load_state(id) {
            LoadState::Loaded => {}
            LoadState::Failed(e) => return Err(format!("a file of the game could not be loaded: {e}").into()),
            _ => return Ok(()),
        }
    }
    if levels.expected == Some(levels.ready.len()) {
        commands.set_state(Screen::Title);
    }
    Ok(())
}
