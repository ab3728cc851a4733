//! How the page moves: by wheel, by dragging it or its bar, and by keys. It glides, and a flick carries on.

use super::View;
use super::sections::Heading;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::{FrameSystems, Screen};
use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::input::touch::Touch;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Scroll>();
    app.add_systems(OnEnter(Screen::Codex), |mut scroll: ResMut<Scroll>| *scroll = Scroll::default());
    let by_hand = (by_keys, by_wheel, by_drag).in_set(FrameSystems::Input);
    app.add_systems(Update, by_hand.run_if(in_state(Screen::Codex)));
    app.add_systems(Update, go_to_section.in_set(FrameSystems::Tick).run_if(in_state(Screen::Codex)));
    app.add_systems(Update, (settle, move_thumb).chain().in_set(FrameSystems::Show).run_if(in_state(Screen::Codex)));
}

/// A notch of the wheel, and a press of an arrow key.
const LINE_PX: f32 = 54.0;
/// Wheel pixels that browsers count for a notch.
const NOTCH_PX: f32 = 100.0;
/// How fast the page runs while an arrow key is held, in pixels a second, and after how many seconds.
const HELD: (f32, f32) = (620.0, 0.3);
/// Part of the view by which a page key turns.
const TURN: f32 = 0.88;
/// How quickly the page glides to where it is wanted, per second.
const GLIDE_PER_S: f32 = 16.0;
/// How quickly a flick comes to rest, per second, and the speed in pixels a second at which it has.
const REST: (f32, f32) = (3.2, 12.0);
/// Space above a section's heading after going to it.
const ABOVE_HEADING: f32 = 14.0;
/// Shortest thumb.
const THUMB_MIN: f32 = 40.0;
/// How far from the bar a mouse still grips it.
const BAR_REACH: f32 = 24.0;

/// Where the page is. Lengths are interface pixels.
#[derive(Resource, Default, Debug)]
pub struct Scroll {
    /// How far the page is to be moved up.
    wanted: f32,
    /// How far it is.
    shown: f32,
    /// How far it can be.
    end: f32,
    /// Height of the part that is seen.
    view: f32,
    /// How fast a flick moves it, in pixels a second.
    speed: f32,
    grip: Grip,
    /// The finger that has it, if one has.
    finger: Option<u64>,
    /// Where the sections begin.
    tops: Vec<f32>,
    /// The section that was asked for, until the page is moved otherwise.
    section: Option<usize>,
}

/// What the pointer holds.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
enum Grip {
    #[default]
    Nothing,
    /// The page, and the pointer's height when it was last seen.
    Page(f32),
    /// The thumb of the bar, and how far below its upper end.
    Bar(f32),
}

/// The bar's thumb, in a track as high as the view.
#[derive(Component)]
pub struct Thumb;

impl Scroll {
    /// How far the page is moved up, and how far it can be.
    pub const fn place(&self) -> (f32, f32) {
        (self.shown, self.end)
    }

    /// How many sections there are.
    pub const fn sections(&self) -> usize {
        self.tops.len()
    }

    /// How far one has read, in sections: -1 at the page's beginning, 0 where the first section begins, and between by
    /// parts; at the page's end their number.
    pub fn level(&self) -> f32 {
        let line = reading_line(self.shown, self.view, self.end);
        self.section.map_or_else(|| level(&self.tops, line, self.end + self.view), |section| section as f32)
    }

    fn by(&mut self, px: f32) {
        self.to(self.wanted + px);
    }

    fn to(&mut self, px: f32) {
        self.wanted = px.clamp(0.0, self.end);
        self.speed = 0.0;
        self.section = None;
    }

    /// The pointer takes hold at that height of the view.
    fn seize(&mut self, y: f32, on_page: bool, on_bar: bool) {
        let (top, height) = self.thumb();
        let on_thumb = (top..top + height).contains(&y);
        self.grip = match (on_page, on_bar) {
            (_, true) => Grip::Bar(if on_thumb { y - top } else { height * 0.5 }),
            (true, false) => Grip::Page(y),
            (false, false) => Grip::Nothing,
        };
        self.speed = 0.0;
    }

    /// What the pointer holds follows it.
    fn drag(&mut self, y: f32, seconds: f32) {
        match self.grip {
            Grip::Nothing => {}
            Grip::Page(before) => {
                let moved = before - y;
                let speed = self.speed + (moved / seconds - self.speed) * 0.35;
                // A touch that does not move is no wish to go elsewhere.
                if moved != 0.0 {
                    self.by(moved);
                    self.shown = self.wanted;
                }
                self.speed = speed;
                self.grip = Grip::Page(y);
            }
            Grip::Bar(held) => {
                let (_, height) = self.thumb();
                self.to((y - held) / (self.view - height).max(1.0) * self.end);
            }
        }
    }

    /// Where and how high the thumb is.
    fn thumb(&self) -> (f32, f32) {
        let whole = (self.end + self.view).max(1.0);
        let height = (self.view * self.view / whole).max(THUMB_MIN).min(self.view);
        let part = if self.end > 0.0 { self.shown / self.end } else { 0.0 };
        ((self.view - height) * part, height)
    }
}

/// The height on the page at which one reads: a quarter below the top of the view, and towards the page's end lower and
/// lower, so that its last line is reached too.
fn reading_line(shown: f32, view: f32, end: f32) -> f32 {
    let to_end = if view > 0.0 { ((shown - (end - view)) / view).clamp(0.0, 1.0) } else { 0.0 };
    shown + view * (0.25 * (shown / view.max(1.0)).min(1.0) + 0.75 * to_end)
}

fn level(tops: &[f32], line: f32, whole: f32) -> f32 {
    let reached = tops.iter().take_while(|&&top| top <= line).count();
    let from = if reached == 0 { 0.0 } else { tops[reached - 1] };
    let to = tops.get(reached).copied().unwrap_or(whole);
    let part = if to > from { ((line - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
    reached as f32 - 1.0 + part
}

fn by_keys(
    (keys, time, focus): (Res<ButtonInput<KeyCode>>, Res<Time>, Res<Focus>),
    mut held_s: Local<f32>,
    mut scroll: ResMut<Scroll>,
    mut clicked: MessageWriter<Clicked>,
) {
    if keys.just_pressed(KeyCode::Escape) {
        clicked.write(Clicked(ButtonId::Back));
    }
    let shift = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    // With a button in focus, Space presses it.
    let space = keys.just_pressed(KeyCode::Space) && focus.0.is_none();
    let turn = scroll.view * TURN;
    if keys.just_pressed(KeyCode::PageDown) || space && !shift {
        scroll.by(turn);
    } else if keys.just_pressed(KeyCode::PageUp) || space {
        scroll.by(-turn);
    } else if keys.just_pressed(KeyCode::Home) {
        scroll.to(0.0);
    } else if keys.just_pressed(KeyCode::End) {
        let end = scroll.end;
        scroll.to(end);
    }
    let down = f32::from(keys.pressed(KeyCode::ArrowDown)) - f32::from(keys.pressed(KeyCode::ArrowUp));
    if down == 0.0 {
        *held_s = 0.0;
    } else if keys.any_just_pressed([KeyCode::ArrowDown, KeyCode::ArrowUp]) {
        scroll.by(down * LINE_PX);
    } else {
        *held_s += time.delta_secs();
        if *held_s > HELD.1 {
            scroll.by(down * HELD.0 * time.delta_secs());
        }
    }
}

fn by_wheel(wheel: Res<AccumulatedMouseScroll>, mut scroll: ResMut<Scroll>) {
    if wheel.delta.y != 0.0 {
        let lines = if wheel.unit == MouseScrollUnit::Line { wheel.delta.y } else { wheel.delta.y / NOTCH_PX };
        scroll.by(-lines * LINE_PX);
    }
}

fn by_drag(
    (mouse, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    (time, layout): (Res<Time>, Res<Layout>),
    window: Single<&Window, With<PrimaryWindow>>,
    view: Single<(&ComputedNode, &UiGlobalTransform), With<View>>,
    mut scroll: ResMut<Scroll>,
) {
    // One finger at a time: the one that has the page, or else whichever comes.
    let same = scroll.finger.and_then(|id| touches.get_pressed(id));
    let finger = same.or_else(|| touches.iter().min_by_key(|touch| touch.id()));
    let arrow = window.cursor_position().filter(|_| mouse.pressed(MouseButton::Left));
    let began = mouse.just_pressed(MouseButton::Left) || finger.is_some() && same.is_none();
    scroll.finger = finger.map(Touch::id);
    let Some(at) = finger.map(Touch::position).or(arrow) else {
        scroll.grip = Grip::Nothing;
        return;
    };
    let (node, transform) = *view;
    let pixel = node.inverse_scale_factor();
    let size = node.size() * pixel;
    let inside = at / layout.scale - (transform.translation * pixel - size * 0.5);
    if began {
        let on_page = Rect::from_corners(Vec2::ZERO, size).contains(inside);
        // A finger is too broad for the bar, and needs none.
        let on_bar = on_page && finger.is_none() && inside.x > size.x - BAR_REACH;
        scroll.seize(inside.y, on_page, on_bar);
    }
    scroll.drag(inside.y, time.delta_secs().max(1e-3));
}

fn go_to_section(mut clicked: MessageReader<Clicked>, mut scroll: ResMut<Scroll>) {
    for Clicked(id) in clicked.read() {
        let ButtonId::Section(section) = *id else { continue };
        let Some(&top) = scroll.tops.get(section) else { continue };
        scroll.to(top - ABOVE_HEADING);
        scroll.section = Some(section);
    }
}

/// Measures the page as it was laid out last, and moves it.
pub(super) fn settle(
    time: Res<Time>,
    view: Single<(&ComputedNode, &UiGlobalTransform, &mut ScrollPosition), With<View>>,
    headings: Query<(&Heading, &ComputedNode, &UiGlobalTransform)>,
    mut scroll: ResMut<Scroll>,
) {
    let (node, place, mut position) = view.into_inner();
    let pixel = node.inverse_scale_factor();
    if node.size().y <= 0.0 {
        return;
    }
    let end = ((node.content_size().y - node.size().y) * pixel).max(0.0);
    if end != scroll.end {
        // Laid out anew for a window of another size: the same words stay in view, nearly.
        let ratio = if scroll.end > 0.0 { end / scroll.end } else { 1.0 };
        scroll.wanted = (scroll.wanted * ratio).min(end);
        scroll.shown = (scroll.shown * ratio).min(end);
        scroll.end = end;
    }
    scroll.view = node.size().y * pixel;
    let top = place.translation.y - node.size().y * 0.5 - node.scroll_position.y;
    for (heading, node, place) in &headings {
        if scroll.tops.len() <= heading.0 {
            scroll.tops.resize(heading.0 + 1, 0.0);
        }
        scroll.tops[heading.0] = (place.translation.y - node.size().y * 0.5 - top) * pixel;
    }
    let passed = time.delta_secs();
    if scroll.grip == Grip::Nothing && scroll.speed != 0.0 {
        scroll.wanted = (scroll.wanted + scroll.speed * passed).clamp(0.0, end);
        scroll.shown = scroll.wanted;
        scroll.speed *= (-REST.0 * passed).exp();
        if scroll.speed.abs() < REST.1 || scroll.wanted == 0.0 || scroll.wanted == end {
            scroll.speed = 0.0;
        }
    }
    let way = scroll.wanted - scroll.shown;
    scroll.shown = if way.abs() < 0.3 { scroll.wanted } else { scroll.shown + way * glide(GLIDE_PER_S, passed) };
    if position.0.y != scroll.shown {
        position.0.y = scroll.shown;
    }
}

/// The part of a way that is covered in a time, gliding.
pub fn glide(per_s: f32, seconds: f32) -> f32 {
    1.0 - (-per_s * seconds).exp()
}

fn move_thumb(
    scroll: Res<Scroll>,
    mut thumbs: Query<(&mut Node, &mut Visibility, &ChildOf), With<Thumb>>,
    tracks: Query<&ComputedNode>,
) {
    for (mut node, mut visibility, parent) in &mut thumbs {
        let Ok(track) = tracks.get(parent.parent()) else { continue };
        let (top, height) = scroll.thumb();
        // The track is a little shorter than the view.
        let share = track.size().y * track.inverse_scale_factor() / scroll.view.max(1.0);
        let (top, height) = (Val::Px(top * share), Val::Px(height * share));
        if node.top != top || node.height != height {
            node.top = top;
            node.height = height;
        }
        visibility.set_if_neq(if scroll.end > 0.0 { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPS: [f32; 3] = [200.0, 600.0, 1_900.0];

    fn page(shown: f32) -> Scroll {
        Scroll { wanted: shown, shown, end: 1_500.0, view: 500.0, tops: TOPS.into(), ..default() }
    }

    #[test]
    fn the_page_stays_between_its_ends() {
        let mut scroll = page(700.0);
        scroll.by(-900.0);
        assert_eq!(scroll.wanted, 0.0);
        scroll.by(9_000.0);
        assert_eq!(scroll.wanted, 1_500.0);
    }

    #[test]
    fn the_thumb_runs_from_end_to_end_and_stays_large_enough_to_grip() {
        assert_eq!(page(0.0).thumb(), (0.0, 125.0));
        assert_eq!(page(1_500.0).thumb(), (375.0, 125.0));
        let long = Scroll { end: 100_000.0, view: 500.0, ..default() };
        assert_eq!(long.thumb(), (0.0, THUMB_MIN));
        let short = Scroll { end: 0.0, view: 500.0, ..default() };
        assert_eq!(short.thumb(), (0.0, 500.0));
    }

    #[test]
    fn reading_on_never_lowers_the_level_and_reaches_everything() {
        let mut before = -1.0;
        assert_eq!(page(0.0).level(), -1.0);
        for shown in 0..=1_500 {
            let level = page(shown as f32).level();
            assert!(level >= before && level - before < 0.05, "{before} {level} at {shown}");
            before = level;
        }
        assert_eq!(before, 3.0);
    }

    #[test]
    fn the_page_follows_the_pointer_and_keeps_the_speed_it_had() {
        let mut scroll = page(700.0);
        scroll.seize(300.0, true, false);
        for y in [290.0, 280.0, 270.0] {
            scroll.drag(y, 0.016);
        }
        assert_eq!((scroll.wanted, scroll.shown), (730.0, 730.0));
        assert!(scroll.speed > 300.0, "{}", scroll.speed);
        for _ in 0..20 {
            scroll.drag(270.0, 0.016);
        }
        assert!(scroll.speed < 1.0, "held still, it stays: {}", scroll.speed);
    }

    #[test]
    fn the_thumb_stays_under_the_pointer_that_holds_it() {
        let mut scroll = page(0.0);
        scroll.seize(100.0, true, true);
        scroll.drag(100.0, 0.016);
        assert_eq!(scroll.wanted, 0.0);
        scroll.drag(475.0, 0.016);
        assert_eq!(scroll.wanted, 1_500.0);
        // Beside the thumb, its middle comes to the pointer.
        let mut scroll = page(0.0);
        scroll.seize(250.0, true, true);
        scroll.drag(250.0, 0.016);
        assert_eq!(scroll.wanted, 750.0);
    }

    #[test]
    fn a_section_that_was_asked_for_counts_as_reached_though_it_cannot_come_to_the_top() {
        let mut scroll = page(0.0);
        scroll.to(TOPS[2]);
        scroll.section = Some(2);
        assert_eq!((scroll.wanted, scroll.level()), (1_500.0, 2.0));
        scroll.by(-1.0);
        assert_eq!(scroll.section, None);
    }
}
