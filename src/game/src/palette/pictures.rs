//! The atlas and the backdrops in the theme in use. One set of files is shipped, drawn in the default theme; when another
//! is chosen the decoded pictures are dyed, a stretch in each frame so that the game goes on meanwhile, and what they
//! were before is kept to come back to.

use super::{Theme, dye_for_ground, dye_for_pieces};
use crate::FrameSystems;
use crate::awake::Awake;
use bevy::prelude::*;
use pipe_maze_picture::Dye;
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pictures>();
    app.add_systems(Update, (find, dye).chain().after(super::switch).in_set(FrameSystems::Script));
}

/// Bytes that are dyed in a frame: some milliseconds' work in the page.
const STRETCH_BYTES: usize = 4 * 400_000;

/// Pictures that follow the theme.
#[derive(Resource, Default)]
struct Pictures {
    known: BTreeMap<AssetId<Image>, Picture>,
    /// The one that is being dyed.
    vat: Option<Vat>,
    dyes: Dyes,
}

/// A picture that follows the theme.
struct Picture {
    subject: Subject,
    shown: Theme,
    /// How it was drawn; nothing while it is shown like that.
    original: Option<Vec<u8>>,
}

/// What a picture shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Subject {
    /// Pieces, characters, signs.
    Pieces,
    /// Sky and rock: many themes leave them as they are.
    Ground,
    /// Both.
    Scene,
}

impl Subject {
    /// From a picture's path; nothing for one that does not follow the theme.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_stem()?.to_str()?;
        match path.parent()?.to_str()? {
            "sprites" => Some(Self::Pieces),
            "backdrop" if name.starts_with("sky") => Some(Self::Ground),
            "backdrop" if name.ends_with("scene") => Some(Self::Scene),
            "backdrop" => Some(Self::Pieces),
            _ => None,
        }
    }

    /// Whether it is dyed as rock and sky are.
    fn as_ground(self, theme: Theme) -> bool {
        self == Self::Ground || self == Self::Scene && theme.changes_ground()
    }

    /// The theme that it is shown in.
    fn wanted(self, theme: Theme) -> Theme {
        if self == Self::Ground && !theme.changes_ground() { Theme::Default } else { theme }
    }
}

/// The dyes of a theme.
#[derive(Default)]
struct Dyes {
    theme: Theme,
    pieces: Option<Dye>,
    ground: Option<Dye>,
}

/// A picture that is being dyed, as far as it goes.
struct Vat {
    id: AssetId<Image>,
    theme: Theme,
    data: Vec<u8>,
    done: usize,
}

fn find(mut events: MessageReader<AssetEvent<Image>>, server: Res<AssetServer>, mut pictures: ResMut<Pictures>) {
    for event in events.read() {
        match event {
            AssetEvent::LoadedWithDependencies { id } => {
                let path = server.get_path(*id);
                if let Some(subject) = path.and_then(|path| Subject::of(path.path())) {
                    pictures.known.insert(*id, Picture { subject, shown: Theme::Default, original: None });
                }
            }
            AssetEvent::Removed { id } => {
                pictures.known.remove(id);
            }
            _ => {}
        }
    }
}

fn dye(
    theme: Res<Theme>,
    mut pictures: ResMut<Pictures>,
    (mut images, mut awake): (ResMut<Assets<Image>>, ResMut<Awake>),
) {
    let Pictures { known, vat, dyes } = pictures.bypass_change_detection();
    if vat.as_ref().is_some_and(|vat| known.get(&vat.id).is_none_or(|p| p.subject.wanted(*theme) != vat.theme)) {
        // The player has changed his mind.
        *vat = None;
    }
    if vat.is_none() {
        let next = known.iter_mut().find(|(_, picture)| picture.shown != picture.subject.wanted(*theme));
        let Some((id, picture)) = next else { return };
        *vat = fill(*id, picture, *theme, &mut images);
    }
    awake.keep_for(0.5);
    let Some(under_way) = vat else { return };
    let Some(picture) = known.get_mut(&under_way.id) else { return };
    dyes.make(under_way.theme);
    let dye = if picture.subject.as_ground(under_way.theme) { &dyes.ground } else { &dyes.pieces };
    let until = (under_way.done + STRETCH_BYTES).min(under_way.data.len());
    if let Some(dye) = dye {
        dye.picture(&mut under_way.data[under_way.done..until]);
    }
    under_way.done = until;
    if until == under_way.data.len() {
        picture.shown = under_way.theme;
        show(&mut images, under_way.id, std::mem::take(&mut under_way.data));
        *vat = None;
    }
}

/// A copy of the picture as it was drawn, to be dyed; a picture that shall be as it was drawn is so at once.
fn fill(id: AssetId<Image>, picture: &mut Picture, theme: Theme, images: &mut Assets<Image>) -> Option<Vat> {
    let theme = picture.subject.wanted(theme);
    if theme == Theme::Default {
        picture.shown = theme;
        show(images, id, picture.original.take()?);
        return None;
    }
    if picture.original.is_none() {
        picture.original = images.get(id).and_then(|image| image.data.clone());
    }
    let data = picture.original.clone().unwrap_or_default();
    Some(Vat { id, theme, data, done: 0 })
}

fn show(images: &mut Assets<Image>, id: AssetId<Image>, data: Vec<u8>) {
    if let Some(mut image) = images.get_mut(id)
        && image.data.as_ref().is_some_and(|shown| shown.len() == data.len())
    {
        image.data = Some(data);
    }
}

impl Dyes {
    fn make(&mut self, theme: Theme) {
        if self.theme != theme {
            *self = Self { theme, pieces: dye_for_pieces(theme), ground: dye_for_ground(theme) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::asset::RenderAssetUsages;
    use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

    #[test]
    fn pictures_are_told_apart_by_their_paths() {
        let of = |path: &str| Subject::of(Path::new(path));
        assert_eq!(of("sprites/board.png"), Some(Subject::Pieces));
        assert_eq!(of("backdrop/logo.png"), Some(Subject::Pieces));
        assert_eq!(of("backdrop/sky-side.png"), Some(Subject::Ground));
        assert_eq!(of("backdrop/title-scene.png"), Some(Subject::Scene));
        assert_eq!(of("fonts/some.png"), None);
    }

    #[test]
    fn a_picture_follows_the_theme_there_and_back() {
        let mut app = App::new();
        app.insert_resource(Theme::Default).init_resource::<Awake>();
        app.init_resource::<Pictures>().insert_resource(Assets::<Image>::default());
        app.add_systems(Update, dye);
        let ok = Theme::Default.rgb("ok-body").unwrap();
        let pixel = [ok[0], ok[1], ok[2], 255];
        let size = Extent3d { width: 1_000, height: 900, depth_or_array_layers: 1 };
        let (dimension, format) = (TextureDimension::D2, TextureFormat::Rgba8UnormSrgb);
        let image = Image::new_fill(size, dimension, &pixel, format, RenderAssetUsages::MAIN_WORLD);
        let handle = app.world_mut().resource_mut::<Assets<Image>>().add(image);
        let picture = Picture { subject: Subject::Pieces, shown: Theme::Default, original: None };
        app.world_mut().resource_mut::<Pictures>().known.insert(handle.id(), picture);
        for theme in [Theme::Tritanopia, Theme::HighContrast, Theme::Default, Theme::Deuteranopia, Theme::Default] {
            *app.world_mut().resource_mut::<Theme>() = theme;
            (0..4).for_each(|_| app.update());
            let images = app.world().resource::<Assets<Image>>();
            let data = images.get(&handle).unwrap().data.as_ref().unwrap();
            let [red, green, blue] = theme.rgb("ok-body").unwrap();
            assert!(data.chunks_exact(4).all(|pixel| pixel == [red, green, blue, 255]), "{theme:?}");
        }
    }
}
