//! What a knob, a piece or a pipe does just now: figures from the run, read in every frame and written where they differ.

use crate::board::power_ups::breaker;
use crate::foes;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::turn::number;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::{Board, Piece};
use pipe_maze_sim::{BreakerState, Direction, PartitionView, PieceId, ReplicaState, View};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, write.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
}

/// A figure that follows the run.
#[derive(Component, Clone, PartialEq, Eq, Debug)]
pub struct Now {
    /// Of the piece or pipe of that name.
    name: String,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Piece,
    Param(&'static str),
    InFlight,
    Lost,
}

impl Now {
    /// What a piece does.
    pub fn piece(name: &str) -> Self {
        Self { name: name.into(), what: What::Piece }
    }

    /// What a parameter of a piece does.
    pub fn param(name: &str, key: &'static str) -> Self {
        Self { name: name.into(), what: What::Param(key) }
    }

    /// Messages that are in a pipe.
    pub fn in_flight(name: &str) -> Self {
        Self { name: name.into(), what: What::InFlight }
    }

    /// Messages that a pipe has lost.
    pub fn lost(name: &str) -> Self {
        Self { name: name.into(), what: What::Lost }
    }
}

/// What a service can do at most, before the water flows.
pub fn capacity(texts: &Texts, piece: &Piece) -> Option<String> {
    let (workers, mean_ms) = match &piece.spec {
        KindSpec::MachineRoom(spec) => (spec.replicas.saturating_mul(spec.workers), spec.service_time.mean_ms()),
        KindSpec::Vault(spec) => (spec.replicas.saturating_mul(spec.workers), spec.service_time.mean_ms()),
        _ => return None,
    };
    let rate = f64::from(workers) * 1e3 / mean_ms.max(1e-6);
    Some(texts.with("now-capacity", &[("rate", number(texts, (rate * 10.0).round() / 10.0).into())]))
}

fn write(session: Option<Res<Session>>, texts: Res<Texts>, mut figures: Query<(&Now, &mut Text)>) {
    let Some(play) = session.as_ref().and_then(|session| session.play()) else { return };
    let view = play.simulation().view();
    for (now, mut text) in &mut figures {
        let read = match now.what {
            What::Piece => service(&texts, view, &now.name).map(|words| match foes::struck(&texts, play, &now.name) {
                Some(struck) => format!("{words} · {struck}"),
                None => words,
            }),
            What::Param(key) => play.board().piece(&now.name).and_then(|p| param(&texts, view, play.board(), p, key)),
            What::InFlight | What::Lost => pipe(view, &now.name, now.what),
        };
        if let Some(read) = read.filter(|read| *read != text.0) {
            text.0 = read;
        }
    }
}

/// What a service does just now; nothing for what is none.
pub fn service(texts: &Texts, view: View<'_>, name: &str) -> Option<String> {
    let id = PieceId::from_name(name);
    let service = view.services().find(|service| service.id == id)?;
    let variables = [
        ("busy", service.busy.into()),
        ("workers", service.workers.into()),
        ("queued", service.queued.into()),
        ("queue", service.queue_limit.into()),
    ];
    Some(texts.with("now-room", &variables))
}

fn pipe(view: View<'_>, name: &str, what: What) -> Option<String> {
    let id = PieceId::from_name(name);
    let pipe = view.pipes().find(|pipe| pipe.id == id)?;
    let in_flight = || pipe.in_flight(Direction::Forward) + pipe.in_flight(Direction::Backward);
    Some(if what == What::Lost { pipe.lost.to_string() } else { in_flight().to_string() })
}

/// What a parameter does; nothing for one that shows in nothing that can be counted.
fn param(texts: &Texts, view: View<'_>, board: &Board, piece: &Piece, key: &str) -> Option<String> {
    let id = PieceId::from_name(&piece.name);
    let count = |text: &str, count: u64| Some(texts.with(text, &[("count", count.into())]));
    let service = || view.services().find(|service| service.id == id);
    match key {
        "queue" => count("now-waiting", service()?.queued.into()),
        "workers" => count("now-at-work", service()?.busy.into()),
        "service-time" => count("now-served", service()?.served),
        "replicas" => {
            let up = view.replicas(id).filter(|replica| replica.state == ReplicaState::Up && !replica.paused).count();
            count("now-up", up as u64)
        }
        "call-timeout" => count("now-calls", sum(view, id, |site| site.active)),
        "rate" => count("now-sent", view.springs().find(|spring| spring.id == id)?.issued),
        "policy" => {
            let balancer = view.balancers().find(|balancer| balancer.id == id)?;
            let sent: Vec<String> = balancer.targets.iter().map(|(.., sent)| sent.to_string()).collect();
            Some(texts.with("now-sent", &[("count", sent.join(" · ").into())]))
        }
        "limit" => count("now-limited", view.gateways().find(|gateway| gateway.id == id)?.limited),
        "burst" => count("now-tokens", view.gateways().find(|gateway| gateway.id == id)?.tokens?.0.into()),
        "batch" => count("now-in-batch", partitions(view, id, |partition| partition.open.into())?),
        "log-limit" => count("now-behind", partitions(view, id, |partition| partition.lag.into())?),
        "consume-timeout" => count("now-worked-off", partitions(view, id, |partition| partition.committed)?),
        "retries" | "retry-budget" => {
            let host = PieceId::from_name(&board.ground_piece_at(piece.at)?.name);
            count("now-retries", sum(view, host, |site| site.retries))
        }
        "failure-percent" | "open-time" => Some(texts.get(match breaker(view, board, piece)? {
            BreakerState::Closed => "now-breaker-closed",
            BreakerState::HalfOpen => "now-breaker-half-open",
            BreakerState::Open => "now-breaker-open",
        })),
        _ => None,
    }
}

/// Something of all partitions of a broker.
fn partitions(view: View<'_>, broker: PieceId, of: impl Fn(&PartitionView) -> u64) -> Option<u64> {
    let broker = view.brokers().find(|each| each.id == broker)?;
    Some(broker.partitions.iter().map(of).sum())
}

/// Something of all call sites of a caller.
fn sum(view: View<'_>, caller: PieceId, of: impl Fn(&pipe_maze_sim::SiteView) -> u32) -> u64 {
    view.sites().filter(|site| site.caller == caller).map(|site| u64::from(of(&site))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    /// Every number of a text.
    fn numbers(text: &str) -> Vec<u64> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
    }

    #[test]
    fn figures_are_those_of_the_run() {
        let texts = Texts::english();
        let mut session = flowing();
        let mut most_waiting = 0;
        while session.verdict().is_none() {
            session.advance_ns(50_000_000);
            let play = session.play().unwrap();
            let (view, board) = (play.simulation().view(), play.board());
            for service in view.services() {
                let piece = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == service.id).unwrap();
                let read = |key| numbers(&param(&texts, view, board, piece, key).unwrap());
                assert_eq!(read("queue"), [u64::from(service.queued)]);
                assert_eq!(read("workers"), [u64::from(service.busy)]);
                assert_eq!(read("service-time"), [service.served]);
                most_waiting = most_waiting.max(service.queued);
            }
            for each in view.pipes() {
                let name = board.pipes().iter().find(|p| PieceId::from_name(&p.name) == each.id).unwrap().name.clone();
                assert_eq!(pipe(view, &name, What::Lost), Some(each.lost.to_string()));
            }
        }
        assert!(most_waiting > 0, "the run has shown something");
        let play = session.play().unwrap();
        let fire = play.board().piece("fire").unwrap();
        assert!(param(&texts, play.simulation().view(), play.board(), fire, "failure-percent").is_some());
    }

    #[test]
    fn every_live_figure_has_a_text() {
        let texts = Texts::english();
        for key in [
            "capacity",
            "room",
            "waiting",
            "at-work",
            "served",
            "up",
            "calls",
            "sent",
            "limited",
            "tokens",
            "in-batch",
            "behind",
            "worked-off",
            "retries",
            "breaker-closed",
            "breaker-half-open",
            "breaker-open",
        ] {
            assert!(texts.has(&format!("now-{key}")), "{key}");
        }
    }
}
