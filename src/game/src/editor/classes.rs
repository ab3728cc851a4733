//! What of a piece no knob turns: the classes of a spring and how its rate changes, and how work is spread.

use super::inspector::{section, specify};
use super::pen::Pen;
use bevy_egui::egui::Ui;
use pipe_maze_level::board::Piece;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::kind::{ClassRate, ServiceTime};
use pipe_maze_level::{Class, KindSpec, Profile};

/// Highest rate of a class, per second.
const RATE_MAX: f64 = 1_000_000.0;
/// Highest multiple of a rate.
const FACTOR_MAX: f64 = 1_000.0;
/// Longest time in a profile, in milliseconds.
const MS_MAX: f64 = 3_600_000.0;

/// What shows at once: a spring's classes and its profile.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece) -> Option<LevelEdit> {
    let KindSpec::Spring(spec) = &piece.spec else { return None };
    section(pen, ui, "editor-classes");
    let mut edit = None;
    for class in Class::ALL {
        let rate = spec.classes().find(|(each, _)| *each == class).map(|(_, rate)| rate);
        ui.horizontal(|ui| {
            pen.icon_in(ui, &format!("droplet-{}", class.key()), (20.0, 18.0));
            let words = pen.say(&format!("class-{}", class.key()));
            if let Some(on) = pen.tick(ui, &format!("class-{}", class.key()), rate.is_some(), &words) {
                let name = piece.name.clone();
                edit = Some(if on {
                    LevelEdit::Class { name, class: class_rate(class, spec.rate_per_s.max(1.0)) }
                } else {
                    LevelEdit::RemoveClass { name, class }
                });
            }
            if let Some(rate) = rate {
                let key = format!("rate-{}", class.key());
                if let Some(rate) = pen.called(&words, || pen.number(ui, &key, rate, (0.0..=RATE_MAX, false, "/s"))) {
                    let also = spec.also.iter().find(|each| each.class == class).cloned();
                    let class = ClassRate { rate_per_s: rate, ..also.unwrap_or_else(|| class_rate(class, rate)) };
                    edit = Some(LevelEdit::Class { name: piece.name.clone(), class });
                }
            }
        });
    }
    edit.or_else(|| profile(pen, ui, piece, &spec.profile))
}

const fn class_rate(class: Class, rate_per_s: f64) -> ClassRate {
    ClassRate {
        class,
        rate_per_s,
        timeout_ms: None,
        request_bytes: None,
        response_bytes: None,
        priority: None,
        idempotent: None,
    }
}

/// The kinds of profile, by the ends of their texts' keys.
const PROFILES: [&str; 8] = ["constant", "steady", "ramp", "spike", "curve", "bursts", "users", "recorded"];

fn profile(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece, profile: &Profile) -> Option<LevelEdit> {
    let mut new = None;
    pen.explained(ui, "editor-profile", None, |ui| {
        let names = PROFILES.map(|key| pen.say(&format!("editor-profile-{key}")));
        new = pen.choice(ui, "profile", place(profile), &names).map(default_profile);
    });
    let mut changed = profile.clone();
    let ms = |value: f64| value as u64;
    match &mut changed {
        Profile::Constant | Profile::Steady | Profile::Curve { .. } => {}
        Profile::Ramp { from_ms, to_ms, factor } => {
            field(pen, ui, "from", *from_ms as f64, MS_MAX, "ms", |value| *from_ms = ms(value));
            field(pen, ui, "to", *to_ms as f64, MS_MAX, "ms", |value| *to_ms = ms(value));
            field(pen, ui, "factor", *factor, FACTOR_MAX, "x", |value| *factor = value);
        }
        Profile::Spike { at_ms, for_ms, factor } => {
            field(pen, ui, "at", *at_ms as f64, MS_MAX, "ms", |value| *at_ms = ms(value));
            field(pen, ui, "for", *for_ms as f64, MS_MAX, "ms", |value| *for_ms = ms(value));
            field(pen, ui, "factor", *factor, FACTOR_MAX, "x", |value| *factor = value);
        }
        Profile::Bursts { calm_ms, burst_ms, factor } => {
            field(pen, ui, "calm", *calm_ms as f64, MS_MAX, "ms", |value| *calm_ms = ms(value));
            field(pen, ui, "burst", *burst_ms as f64, MS_MAX, "ms", |value| *burst_ms = ms(value));
            field(pen, ui, "factor", *factor, FACTOR_MAX, "x", |value| *factor = value);
        }
        Profile::Users { users, think_ms } => {
            field(pen, ui, "users", f64::from(*users), 100_000.0, "", |value| *users = value as u32);
            field(pen, ui, "think", *think_ms, MS_MAX, "ms", |value| *think_ms = value);
        }
        Profile::Recorded { at_ms } => {
            if let Some(new) = super::recorded::show(pen, ui, &piece.name, at_ms) {
                *at_ms = new;
            }
        }
    }
    if changed != *profile {
        new = Some(changed);
    }
    new.map(|profile| LevelEdit::Profile { name: piece.name.clone(), profile })
}

fn field(pen: &Pen<'_>, ui: &mut Ui, key: &str, value: f64, max: f64, unit: &str, set: impl FnOnce(f64)) {
    let told = pen.range(0.0, max, unit);
    pen.explained(ui, &format!("editor-profile-of-{key}"), Some(told), |ui| {
        let whole = unit != "x";
        if let Some(new) = pen.number(ui, &format!("profile-{key}"), value, (0.0..=max, whole, unit)) {
            set(new);
        }
    });
}

const fn place(profile: &Profile) -> usize {
    match profile {
        Profile::Constant => 0,
        Profile::Steady => 1,
        Profile::Ramp { .. } => 2,
        Profile::Spike { .. } => 3,
        Profile::Curve { .. } => 4,
        Profile::Bursts { .. } => 5,
        Profile::Users { .. } => 6,
        Profile::Recorded { .. } => 7,
    }
}

fn default_profile(place: usize) -> Profile {
    match place {
        1 => Profile::Steady,
        2 => Profile::Ramp { from_ms: 2_000, to_ms: 8_000, factor: 2.0 },
        3 => Profile::Spike { at_ms: 4_000, for_ms: 2_000, factor: 3.0 },
        4 => Profile::Curve { points: vec![(0, 1.0), (4_000, 1.0), (6_000, 2.0), (10_000, 1.0)], repeat_ms: None },
        5 => Profile::Bursts { calm_ms: 3_000, burst_ms: 1_000, factor: 3.0 },
        6 => Profile::Users { users: 50, think_ms: 1_000.0 },
        7 => Profile::Recorded { at_ms: vec![1_000, 2_000, 3_000, 3_200, 3_400, 3_600, 5_000] },
        _ => Profile::Constant,
    }
}

/// How work is spread, and a spring's finer points.
pub fn advanced(pen: &Pen<'_>, ui: &mut Ui, piece: &Piece) -> Option<LevelEdit> {
    if !piece.fixed {
        return None;
    }
    let mut spec = piece.spec.clone();
    match &mut spec {
        KindSpec::MachineRoom(room) => spread(pen, ui, &mut room.service_time),
        KindSpec::Vault(vault) => spread(pen, ui, &mut vault.service_time),
        KindSpec::EventStormLightning(storm) => spread(pen, ui, &mut storm.append_time),
        KindSpec::Spring(spring) => {
            let mut priority = f64::from(spring.priority);
            pen.row(ui, "priority", &mut priority, (0.0..=7.0, true, ""));
            spring.priority = priority as u8;
            let words = pen.say("editor-idempotent");
            if let Some(on) = pen.tick(ui, "idempotent", spring.idempotent, &words) {
                spring.idempotent = on;
            }
        }
        _ => {}
    }
    (spec != piece.spec).then(|| specify(piece, spec))
}

/// How a time is spread about its mean.
pub fn spread(pen: &Pen<'_>, ui: &mut Ui, time: &mut ServiceTime) {
    let names = ["constant", "exponential", "erlang"].map(|key| pen.say(&format!("editor-spread-{key}")));
    let at = match time {
        ServiceTime::Constant { .. } => 0,
        ServiceTime::Exponential { .. } => 1,
        ServiceTime::Erlang { .. } => 2,
    };
    pen.explained(ui, "editor-spread", None, |ui| {
        if let Some(to) = pen.choice(ui, "spread", at, &names) {
            let mean_ms = time.mean_ms();
            *time = match to {
                0 => ServiceTime::Constant { mean_ms },
                1 => ServiceTime::Exponential { mean_ms },
                _ => ServiceTime::Erlang { stages: 4, mean_ms },
            };
        }
    });
    if let ServiceTime::Erlang { stages, .. } = time {
        let mut value = f64::from(*stages);
        pen.row(ui, "stages", &mut value, (1.0..=1_000.0, true, ""));
        *stages = value as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    #[test]
    fn every_profile_can_be_chosen_and_has_a_name() {
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            for (nth, key) in PROFILES.into_iter().enumerate() {
                assert_eq!(place(&default_profile(nth)), nth, "{key}");
                assert!(texts.has(&format!("editor-profile-{key}")), "{language}: {key}");
            }
        }
    }
}
