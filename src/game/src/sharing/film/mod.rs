//! The last seconds of a run as a moving picture to post.
//!
//! The run is shown once more, in steps of a frame of the picture; a camera of its own (`lens`) sees the board, its light
//! and its letters, and each of its frames goes into the file at once. So a page draws on, no frame is kept, and what is
//! posted is what the simulation did. Meanwhile the game's time is the picture's: what swells and fades on the board does
//! so as fast as one will see it. First a few frames are taken for their colours alone.

mod lens;
mod reel;

use crate::awake::Awake;
use crate::session::Session;
use crate::trial::Trial;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;
use lens::{Lens, Lenses};
use pipe_maze_picture::Rgba;
use pipe_maze_picture::animation::Animation;
use reel::{FRAME_S, Reel, Scene, Step};
use std::time::Duration;

pub use lens::Filming;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Film>();
    app.add_systems(Update, (begin, roll).chain().in_set(FrameSystems::Tick).after(crate::tick));
    app.add_systems(Update, cut.in_set(FrameSystems::Tick).after(roll).run_if(resource_exists::<Rolling>));
    app.add_systems(OnExit(Screen::Debrief), |mut film: ResMut<Film>| film.forget());
}

/// The longer side of the picture, in pixels: the next one where the file becomes too large.
const SIDES: [u32; 3] = [600, 440, 320];
/// Most bytes of the file: what chats and forums take.
pub const BYTES_MAX: usize = 3_900_000;
/// So many frames of the game may pass until a picture of one is there.
const PATIENCE: u32 = 900;
/// The screen is drawn meanwhile, in seconds from frame to frame.
const AWAKE_S: f32 = 0.5;

/// The picture that was made last, and whether another one is wanted.
#[derive(Resource, Default)]
pub struct Film {
    wanted: bool,
    /// The file.
    pub gif: Option<Vec<u8>>,
    /// What the camera saw last.
    pub seen: Option<Handle<Image>>,
    /// Why there is none.
    pub failed: Option<String>,
}

impl Film {
    /// Asks for a picture.
    pub fn shoot(&mut self) {
        *self = Self { wanted: true, ..Self::default() };
    }

    /// Forgets what was made.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// A picture that is being made. While there is one the run is shown at other moments, for the camera alone.
#[derive(Resource)]
pub struct Rolling {
    reel: Reel,
    stars: Vec<bool>,
    /// Which of [`SIDES`] it has.
    size: usize,
    lens: Lens,
    samples: Vec<Rgba>,
    animation: Option<Animation>,
    /// The picture of a frame is on its way, and for how many frames of the game it has been.
    waits: Option<u32>,
    /// Why it goes no further.
    failed: Option<String>,
}

impl Rolling {
    /// How much of it is made, 0 to 1.
    pub fn done_share(&self) -> f32 {
        self.reel.done_share()
    }

    /// Takes in what the camera has seen.
    fn take(&mut self, image: &Image) {
        self.waits = None;
        let Some(frame) = rgba(image) else {
            self.failed = Some(format!("a frame of the format {:?}", image.texture_descriptor.format));
            return;
        };
        match self.reel.scene() {
            Scene::Sample => self.samples.push(frame),
            Scene::Frame => {
                if self.animation.is_none() {
                    let made = Animation::new(&self.samples, (FRAME_S * 1e3) as u32);
                    self.animation = made.map_err(|e| self.failed = Some(e.to_string())).ok();
                }
                let Some(animation) = &mut self.animation else { return };
                if let Err(e) = animation.add(&frame) {
                    self.failed = Some(e.to_string());
                }
            }
        }
    }

    /// Whether the file has become larger than it may be.
    fn is_too_large(&self) -> bool {
        self.animation.as_ref().is_some_and(|animation| animation.bytes() > BYTES_MAX)
    }
}

/// The pixels of an image as the camera makes them.
fn rgba(image: &Image) -> Option<Rgba> {
    use bevy::render::render_resource::TextureFormat;
    let size = image.texture_descriptor.size;
    let mut pixels = image.data.clone()?;
    match image.texture_descriptor.format {
        TextureFormat::Rgba8UnormSrgb | TextureFormat::Rgba8Unorm => {}
        TextureFormat::Bgra8UnormSrgb | TextureFormat::Bgra8Unorm => {
            pixels.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        _ => return None,
    }
    Some(Rgba { width: size.width as usize, height: size.height as usize, pixels })
}

fn begin(
    (mut film, mut commands): (ResMut<Film>, Commands),
    rolling: Option<Res<Rolling>>,
    (session, trial): (Option<Res<Session>>, Res<Trial>),
    mut lenses: Lenses<'_, '_>,
) {
    if !std::mem::take(&mut film.bypass_change_detection().wanted) || rolling.is_some() {
        return;
    }
    let Some(session) = session else { return };
    let Some(reel) = Reel::of(&session) else { return };
    let stars = lens::stars(&session, &trial);
    let lens = lenses.set_up(&session, &stars, SIDES[0]);
    film.seen = Some(lens.image.clone());
    commands.insert_resource(Rolling {
        reel,
        stars,
        size: 0,
        lens,
        samples: Vec::new(),
        animation: None,
        waits: None,
        failed: None,
    });
}

/// A step of the reel in each frame of the game, unless the picture of the last one is still on its way.
fn roll(
    (rolling, session): (Option<ResMut<Rolling>>, Option<ResMut<Session>>),
    (mut strategy, mut awake): (ResMut<TimeUpdateStrategy>, ResMut<Awake>),
    mut lenses: Lenses<'_, '_>,
    (mut film, mut commands): (ResMut<Film>, Commands),
) {
    let (Some(mut rolling), Some(mut session)) = (rolling, session) else { return };
    awake.keep_for(AWAKE_S);
    *strategy = TimeUpdateStrategy::ManualDuration(Duration::ZERO);
    if let Some(waits) = &mut rolling.waits {
        *waits += 1;
        if *waits > PATIENCE {
            rolling.failed = Some("no picture came from the graphics card".into());
        }
        return;
    }
    if rolling.is_too_large() && rolling.size + 1 < SIDES.len() {
        rolling.size += 1;
        rolling.reel.again();
        (rolling.samples, rolling.animation) = (Vec::new(), None);
        lenses.take_away(&rolling.lens);
        rolling.lens = lenses.set_up(&session, &rolling.stars, SIDES[rolling.size]);
        film.seen = Some(rolling.lens.image.clone());
    }
    let step = rolling.reel.step(&mut session);
    if step != Step::Rest {
        *strategy = TimeUpdateStrategy::ManualDuration(Duration::from_secs_f64(FRAME_S));
    }
    if step == Step::Take {
        rolling.waits = Some(0);
        commands.spawn(Screenshot::image(rolling.lens.image.clone())).observe(
            |captured: On<'_, '_, ScreenshotCaptured>, rolling: Option<ResMut<Rolling>>| {
                if let Some(mut rolling) = rolling {
                    rolling.take(&captured.image);
                }
            },
        );
    }
}

/// The end: the file is made, or there will be none; the run is shown again as it was.
fn cut(
    (mut rolling, mut film): (ResMut<Rolling>, ResMut<Film>),
    session: Option<ResMut<Session>>,
    sheets: Res<crate::ui::settings::Sheets>,
    (mut strategy, mut lenses, mut commands): (ResMut<TimeUpdateStrategy>, Lenses<'_, '_>, Commands),
) {
    let unwanted = sheets.top() != Some(crate::ui::settings::Sheet::Share);
    let is_over = rolling.reel.is_over() && rolling.waits.is_none();
    if !(unwanted || is_over || rolling.failed.is_some()) {
        return;
    }
    if let Some(reason) = rolling.failed.take() {
        error!("the moving picture: {reason}");
        (film.failed, film.seen) = (Some(reason), None);
    } else if is_over && !unwanted {
        match rolling.animation.take().map(Animation::finish) {
            Some(Ok(gif)) => film.gif = Some(gif),
            Some(Err(e)) => film.failed = Some(e.to_string()),
            None => film.failed = Some("no frame was taken".into()),
        }
    } else {
        film.forget();
    }
    *strategy = TimeUpdateStrategy::Automatic;
    lenses.take_away(&rolling.lens);
    if let Some(mut session) = session {
        rolling.reel.put_back(&mut session);
    }
    commands.remove_resource::<Rolling>();
}
