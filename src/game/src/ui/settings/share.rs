//! Sharing a run: a link, a picture of it for a telephone, a file, and the last seconds as a moving picture to post.

use super::{Sheet, Sheets, Sources, choices};
use crate::exchange::{self, Offered};
use crate::loading::Levels;
use crate::palette;
use crate::session::Session;
use crate::sharing::film::{Film, Rolling};
use crate::sharing::parcel::{self, Parcel, squares};
use crate::text::Texts;
use crate::text::numerals::number;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::widgets::{centred, column, row};
use bevy::asset::RenderAssetUsages;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use pipe_maze_level::share::{FILE_EXTENSION, QrCode};
use pipe_maze_sim::Time as SimTime;

/// Side of the picture of the link, and height of what the camera sees: where there is room, on a phone held upright, and
/// on its side.
const ROOMY: (f32, f32) = (196.0, 240.0);
const TALL: (f32, f32) = (168.0, 150.0);
const LOW: (f32, f32) = (116.0, 150.0);

/// The sizes of the layout.
fn sizes(sources: &Sources<'_>) -> (f32, f32) {
    match (sources.layout.wide, sources.layout.is_low()) {
        (true, false) => ROOMY,
        (true, true) => LOW,
        (false, _) => TALL,
    }
}

/// What is handed on, made once for each state of the run.
#[derive(Resource, Default)]
pub struct Handing {
    /// Grows with each change.
    pub version: u64,
    /// Only the build, not the run.
    alone: bool,
    /// What it was made of: the attempt, the branch, how far it was seen, the board's revision, and whether alone.
    of: Option<(u64, u32, SimTime, u64, bool)>,
    parcel: Option<Parcel>,
    qr: Option<Handle<Image>>,
    /// What was told last: where a file lies, or that the link was copied.
    told: Option<String>,
}

impl Handing {
    /// The link that is shown.
    pub fn link(&self) -> Option<&str> {
        self.parcel.as_ref()?.link.as_deref()
    }

    fn tell(&mut self, words: String) {
        self.told = Some(words);
        self.version += 1;
    }
}

/// Makes what is handed on while the sheet is open. A run that is shown to a camera is not what it will be again.
pub(super) fn make(
    (sheets, session, levels): (Res<Sheets>, Option<Res<Session>>, Res<Levels>),
    rolling: Option<Res<Rolling>>,
    (mut handing, mut images): (ResMut<Handing>, ResMut<Assets<Image>>),
) {
    let Some(session) = session.filter(|_| rolling.is_none() && sheets.top() == Some(Sheet::Share)) else { return };
    let timeline = session.timeline();
    let branch = timeline.map_or(0, |timeline| timeline.current().number());
    let seen = timeline.map_or(SimTime::ZERO, pipe_maze_level::Timeline::seen);
    let alone = handing.alone || timeline.is_none();
    let of = Some((session.attempts(), branch, seen, session.revision(), alone));
    if handing.of == of {
        return;
    }
    let shared = if alone { parcel::build(&session, &levels) } else { parcel::run(&session, &levels) };
    let parcel = shared.as_ref().map(Parcel::of);
    let qr = parcel.as_ref().and_then(|parcel| parcel.qr.as_ref()).map(|code| images.add(picture(code)));
    *handing = Handing { version: handing.version + 1, alone: handing.alone, of, parcel, qr, told: None };
}

fn picture(code: &QrCode) -> Image {
    let (side, dark) = squares(code);
    let pixels = dark.into_iter().flat_map(|dark| if dark { [0, 0, 0, 255] } else { [255; 4] }).collect();
    let size = Extent3d { width: side, height: side, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    let mut image = Image::new(size, TextureDimension::D2, pixels, format, RenderAssetUsages::RENDER_WORLD);
    image.sampler = ImageSampler::nearest();
    image
}

/// Heeds its buttons.
pub(super) fn heed(
    mut clicked: MessageReader<Clicked>,
    (session, texts): (Option<Res<Session>>, Res<Texts>),
    (mut handing, mut film): (ResMut<Handing>, ResMut<Film>),
) {
    for Clicked(id) in clicked.read() {
        let Some(session) = &session else { continue };
        match *id {
            ButtonId::Sheet(Sheet::Share) => film.forget(),
            ButtonId::ShareBuild(alone) => handing.alone = alone,
            ButtonId::CopyLink => {
                let copied = handing.link().is_some_and(exchange::copy);
                handing.tell(texts.get(if copied { "share-copied" } else { "share-not-copied" }));
            }
            ButtonId::SaveFile => {
                let kind = if handing.of.is_some_and(|(.., alone)| alone) { "build" } else { "run" };
                let name = format!("{}-{kind}.{FILE_EXTENSION}", session.level().id);
                if let Some(file) = handing.parcel.as_ref().and_then(|parcel| parcel.file.clone()) {
                    handing.tell(save(&texts, &name, &file));
                }
            }
            ButtonId::Shoot => film.shoot(),
            ButtonId::SavePicture => {
                if let Some(gif) = &film.gif {
                    handing.tell(save(&texts, &format!("{}.gif", session.level().id), gif));
                }
            }
            _ => {}
        }
    }
}

/// Hands a file over, and says where it lies now.
fn save(texts: &Texts, name: &str, bytes: &[u8]) -> String {
    match exchange::offer(name, bytes) {
        Ok(Offered::Lies(path)) => texts.with("share-saved-at", &[("path", path.into())]),
        Ok(Offered::Downloaded) => texts.with("share-downloaded", &[("name", name.to_owned().into())]),
        Ok(Offered::Asked) => texts.get("exchange-asked"),
        Err(reason) => texts.with("share-not-saved", &[("reason", reason.into())]),
    }
}

/// Fills the sheet: the link beside the moving picture, where there is room.
pub(super) fn fill(sheet: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let (kit, wide, handing) = (sources.kit, sources.layout.wide, sources.handing);
    let runs = sources.session.is_some_and(|session| session.timeline().is_some());
    if runs {
        let alone = handing.alone;
        sheet.spawn(choices::pills()).with_children(|line| {
            for (this, key) in [(false, "share-run"), (true, "share-build")] {
                let look = choices::chosen(this == alone);
                choices::pill(line, sources, ButtonId::ShareBuild(this), &kit.texts.get(key), look, |_| {});
            }
        });
    }
    let about = if handing.alone || !runs { "share-build-about" } else { "share-run-about" };
    sheet.spawn(kit.body(kit.texts.get(about), 12.0, palette::periwinkle()));
    let halves = if wide { row(26.0) } else { column(10.0) };
    let align_items = if wide { AlignItems::FlexStart } else { AlignItems::Stretch };
    sheet.spawn(Node { align_items, ..halves }).with_children(|halves| {
        let half = || Node {
            flex_grow: 1.0,
            flex_basis: if wide { Val::Px(0.0) } else { Val::Auto },
            // The link is longer than any half: it is clipped, and pushes nothing aside.
            min_width: Val::Px(0.0),
            ..column(if wide { 10.0 } else { 7.0 })
        };
        halves.spawn(half()).with_children(|half| link(half, sources));
        if runs {
            halves.spawn(half()).with_children(|half| film(half, sources));
        }
    });
    // The line is there before it says anything, so that nothing moves when it does.
    let told = handing.told.clone().unwrap_or_default();
    sheet.spawn(Node { min_height: Val::Px(16.0), ..default() }).with_children(|line| {
        line.spawn(kit.strong(told, 12.5, palette::ok()));
    });
}

fn link(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let (kit, handing) = (sources.kit, sources.handing);
    let side = Val::Px(sizes(sources).0);
    if let Some(qr) = &handing.qr {
        half.spawn(centred()).with_children(|middle| {
            let node = Node { width: side, height: side, border_radius: BorderRadius::all(Val::Px(10.0)), ..default() };
            middle.spawn((node, ImageNode::new(qr.clone())));
        });
        half.spawn(kit.body(kit.texts.get("share-qr-help"), 11.5, palette::periwinkle()));
    } else {
        half.spawn(kit.body(kit.texts.get("share-no-qr"), 12.0, palette::periwinkle()));
    }
    let parcel = handing.parcel.as_ref();
    if let Some(link) = handing.link() {
        let frame = Node {
            height: Val::Px(34.0),
            padding: UiRect::axes(Val::Px(10.0), Val::Px(8.0)),
            border_radius: BorderRadius::all(Val::Px(10.0)),
            overflow: Overflow::clip(),
            min_width: Val::Px(0.0),
            ..default()
        };
        // As much of it as one could see.
        let shown: String = link.chars().take(90).collect();
        half.spawn((frame, BackgroundColor(palette::ink_raised())))
            .with_child((kit.body(shown, 12.0, palette::browse()), TextLayout::no_wrap()));
    }
    if !parcel.is_some_and(Parcel::is_practical) {
        half.spawn(kit.body(kit.texts.get("share-long-link"), 11.5, palette::strain()));
    }
    let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(7.0), ..row(7.0) };
    half.spawn(wrap).with_children(|line| {
        let look = Look::PRIMARY.enabled(handing.link().is_some());
        kit.word(line, ButtonId::CopyLink, &kit.texts.get("share-copy"), Some("icon-copy"), 13.0, look);
        let look = Look::QUIET.enabled(parcel.is_some_and(|parcel| parcel.file.is_some()));
        kit.word(line, ButtonId::SaveFile, &kit.texts.get("share-save"), Some("icon-import"), 13.0, look);
    });
}

fn film(half: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let (kit, film) = (sources.kit, sources.film);
    half.spawn(kit.strong(kit.texts.get("share-film"), 14.0, palette::bone()));
    let height = Val::Px(sizes(sources).1);
    let frame = Node {
        height,
        border: UiRect::all(Val::Px(1.5)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        overflow: Overflow::clip(),
        ..centred()
    };
    half.spawn((frame, BackgroundColor(palette::ink_raised()), BorderColor::all(palette::ink_line()))).with_children(
        |frame| match &film.seen {
            Some(seen) => {
                frame.spawn((
                    Node { max_width: Val::Percent(100.0), height, ..default() },
                    ImageNode::new(seen.clone()),
                ));
            }
            None => {
                let node = Node { max_width: Val::Px(240.0), ..default() };
                frame.spawn(node).with_child(kit.body(kit.texts.get("share-film-about"), 12.0, palette::periwinkle()));
            }
        },
    );
    if let Some(share) = sources.filmed {
        progress(half, sources, share);
    } else if let Some(gif) = &film.gif {
        let megabytes = number(gif.len() as f64 / 1e6, 1);
        let words = kit.texts.with("share-save-picture", &[("megabytes", megabytes.into())]);
        half.spawn(row(7.0)).with_children(|line| {
            kit.word(line, ButtonId::SavePicture, &words, Some("icon-import"), 13.0, Look::PRIMARY);
            kit.disc(line, ButtonId::Shoot, "icon-retry", 44.0, Look::QUIET);
        });
    } else {
        if film.failed.is_some() {
            half.spawn(kit.body(kit.texts.get("share-film-failed"), 12.0, palette::failed_on_ink()));
        }
        half.spawn(row(7.0)).with_children(|line| {
            kit.word(line, ButtonId::Shoot, &kit.texts.get("share-shoot"), Some("icon-play"), 13.0, Look::QUIET);
        });
    }
}

/// How much of something that takes a while is done.
pub(super) fn progress(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, share: f32) {
    let kit = sources.kit;
    let line = Node { min_height: Val::Px(44.0), ..row(10.0) };
    parent.spawn(line).with_children(|line| {
        let round = BorderRadius::all(Val::Px(5.0));
        let track = Node { flex_grow: 1.0, height: Val::Px(10.0), border_radius: round, ..default() };
        line.spawn((track, BackgroundColor(palette::ink_line()))).with_children(|track| {
            let done = Node {
                width: Val::Percent(share * 100.0),
                height: Val::Percent(100.0),
                border_radius: round,
                ..default()
            };
            track.spawn((done, BackgroundColor(palette::gold())));
        });
        let figure = kit.texts.with("share", &[("share", number(f64::from(share) * 100.0, 0).into())]);
        line.spawn((kit.strong(figure, 13.0, palette::bone()), TextLayout::no_wrap()));
    });
}
