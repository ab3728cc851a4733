//! Where one comes to: another screen, the water let go, held or shut off, and the end of a run.

use super::super::live::{Live, Weight};
use super::super::overview::objective;
use super::HappeningSystems;
use crate::Screen;
use crate::script::Ended;
use crate::session::Session;
use crate::text::Texts;
use crate::trial::Trial;
use crate::ui::debrief::verdict_key;
use crate::ui::figures::clock;
use bevy::prelude::*;
use pipe_maze_level::{Level, Play, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (arrive, end, star).in_set(HappeningSystems));
}

/// The screen, the level that is open, and how its water is: none, flowing, held.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Place {
    screen: Screen,
    level: Option<String>,
    water: Water,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Water {
    #[default]
    None,
    Flows,
    Held,
}

impl Place {
    fn of(screen: Screen, session: Option<&Session>) -> Self {
        let session = session.filter(|_| screen == Screen::Board);
        let water = match session {
            Some(session) if session.play().is_some_and(|play| !play.is_over()) => {
                if session.is_paused() {
                    Water::Held
                } else {
                    Water::Flows
                }
            }
            _ => Water::None,
        };
        Self { screen, level: session.map(|session| session.level().id.clone()), water }
    }
}

fn arrive(
    (screen, session, texts): (Res<State<Screen>>, Option<Res<Session>>, Res<Texts>),
    mut before: Local<Place>,
    mut live: ResMut<Live>,
) {
    let session = session.as_deref();
    let now = Place::of(*screen.get(), session);
    if *before == now {
        return;
    }
    let before = std::mem::replace(&mut *before, now.clone());
    if let Some(words) = arrival(&texts, session, &before, &now) {
        live.bypass_change_detection().tell("place", Weight::News, words);
    }
}

/// What is said of a change of place.
fn arrival(texts: &Texts, session: Option<&Session>, before: &Place, now: &Place) -> Option<String> {
    let moment = || session.and_then(Session::play).map_or(0, |play| play.simulation().now().as_ns());
    match (now.screen, now.water, before.water) {
        (Screen::Title, ..) => Some(texts.get("title-line")),
        (Screen::Map, ..) => Some(texts.get("map-title")),
        (Screen::Codex, ..) => Some(texts.get("codex-title")),
        (Screen::Board, Water::Flows, _) => Some(texts.get("happen-flows")),
        (Screen::Board, Water::Held, _) => Some(texts.with("happen-held", &[("now", clock(moment()).into())])),
        // The end of a run has words of its own.
        (Screen::Board, Water::None, _) if session.is_some_and(|session| session.play().is_some()) => None,
        (Screen::Board, Water::None, Water::None) => Some(brief(texts, session?)),
        (Screen::Board, Water::None, _) => Some(texts.get("happen-plan")),
        _ => None,
    }
}

/// What a level asks for.
fn brief(texts: &Texts, session: &Session) -> String {
    let of_level = |key: &str| texts.of_level(session.level(), key).unwrap_or_default();
    format!("{}. {}", of_level("name"), of_level("brief"))
}

fn end(mut ended: MessageReader<Ended>, (session, texts): (Option<Res<Session>>, Res<Texts>), mut live: ResMut<Live>) {
    for Ended(verdict) in ended.read() {
        let Some((level, play)) = session.as_ref().and_then(|session| Some((session.level(), session.play()?))) else {
            continue;
        };
        live.bypass_change_detection().tell("end", Weight::Alarm, outcome(&texts, level, play, *verdict));
    }
}

/// Won, with the stars that are earned already; or lost, with what was not met.
fn outcome(texts: &Texts, level: &Level, play: &Play, verdict: Verdict) -> String {
    let told = texts.get(verdict_key(level.is_to_break(), verdict == Verdict::Won));
    if verdict == Verdict::Won {
        let under_par = level.par.is_some_and(|par| play.judge().cost() <= par);
        let stars = [Some(texts.get("star-met")), under_par.then(|| texts.get("star-par"))];
        let stars: Vec<String> = stars.into_iter().flatten().collect();
        let all = 2 + u32::from(level.par.is_some());
        let variables = [("has", stars.len().into()), ("all", all.into()), ("stars", stars.join(", ").into())];
        return format!("{told} {}", texts.with("happen-stars", &variables));
    }
    let report = play.report();
    let missed = report.standings.iter().filter(|standing| !standing.met).map(|standing| objective(texts, standing));
    format!("{told} {}.", missed.collect::<Vec<_>>().join("; "))
}

/// A star that is earned while one reads.
fn star((trial, texts): (Option<Res<Trial>>, Res<Texts>), mut earned: Local<bool>, mut live: ResMut<Live>) {
    let robust = trial.is_some_and(|trial| trial.is_robust());
    if robust && !std::mem::replace(&mut *earned, robust) {
        let words = texts.with("happen-star", &[("star", texts.get("star-robust").into())]);
        live.bypass_change_detection().tell("star", Weight::News, words);
    }
    *earned = robust;
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Level, Solution};

    const LEVEL: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.solution.ron");

    fn session(solved: bool) -> Session {
        let mut session = Session::open(Level::parse(LEVEL).unwrap());
        if solved {
            Solution::parse(SOLUTION).unwrap().plan.iter().for_each(|edit| session.edit(edit).unwrap());
        }
        session
    }

    #[test]
    fn a_level_is_told_when_it_opens_and_its_water_as_it_changes() {
        let texts = Texts::english();
        let mut session = session(true);
        let mut before = Place::of(Screen::Map, None);
        let mut told = |session: &Session, screen| {
            let now = Place::of(screen, Some(session));
            let words = (before != now).then(|| arrival(&texts, Some(session), &before, &now)).flatten();
            before = now;
            words.unwrap_or_default()
        };
        assert!(told(&session, Screen::Board).starts_with("Two Machine Rooms. More requests come"));
        assert_eq!(told(&session, Screen::Board), "");
        session.start(Some(1)).unwrap();
        assert_eq!(told(&session, Screen::Board), "The water flows");
        session.advance_ns(2_000_000_000);
        session.set_paused(true);
        assert_eq!(told(&session, Screen::Board), "Held at 2.0 s");
        session.stop();
        assert_eq!(told(&session, Screen::Board), "The water is off: you build");
    }

    #[test]
    fn an_end_is_told_with_its_stars_or_with_what_was_missed() {
        let texts = Texts::english();
        for (solved, wanted) in [(true, "of 3 stars"), (false, "not met")] {
            let mut session = session(solved);
            session.start(Some(1)).unwrap();
            session.advance_ns(120_000_000_000);
            let (play, verdict) = (session.play().unwrap(), session.verdict().unwrap());
            let told = outcome(&texts, session.level(), play, verdict);
            assert_eq!(verdict == Verdict::Won, solved);
            assert!(told.contains(wanted), "{told}");
        }
    }
}
