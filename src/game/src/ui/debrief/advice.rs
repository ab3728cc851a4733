//! What the sage says of a run that was lost: of this run, not of any. It names what hurt most, and what helps against it.

use super::Sources;
use crate::board::callouts::name_of;
use crate::causes::cause_key;
use crate::text::Texts;
use crate::ui::figures::percent;
use pipe_maze_level::CauseLoss;
use pipe_maze_sim::Cause;

/// What hurt most and what helps; nothing where nothing was lost.
pub(super) fn advice(sources: &Sources<'_>) -> Option<String> {
    let worst = sources.losses.causes.first()?;
    let room = name_of(sources.kit.texts, sources.session, worst.cause.piece());
    Some(words(sources.kit.texts, worst, room))
}

fn words(texts: &Texts, worst: &CauseLoss, room: String) -> String {
    let why = texts.with(cause_key(worst.cause), &[("room", room.into())]);
    let variables = [("count", worst.count.into()), ("share", percent(worst.share).into()), ("why", why.into())];
    format!("{} {}", texts.with("sage-worst", &variables), texts.get(remedy_key(worst.cause)))
}

/// The key of what helps.
const fn remedy_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Queue(_) => "advice-queue",
        Cause::Service(_) => "advice-service",
        Cause::Pipe(_) => "advice-pipe",
        Cause::Hazard(_) => "advice-hazard",
        Cause::Client(_) => "advice-client",
        Cause::Full(_) => "advice-full",
        Cause::NoRoute(_) => "advice-no-route",
        Cause::Lost(_) => "advice-lost",
        Cause::Down(_) => "advice-down",
        Cause::Error(_) => "advice-error",
        Cause::Open(_) => "advice-open",
        Cause::Bulkhead(_) => "advice-bulkhead",
        Cause::Expired(_) => "advice-expired",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_level::LossReport;

    #[test]
    fn the_words_are_of_this_run_with_its_figures() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let losses = LossReport::of(session.play().unwrap());
        let texts = Texts::english();
        let worst = &losses.causes[0];
        let said = words(&texts, worst, "North".into());
        assert!(said.starts_with(&format!("{} requests were lost to one thing", texts.number(worst.count))), "{said}");
        assert!(said.ends_with(&texts.get(remedy_key(worst.cause))) && texts.has(remedy_key(worst.cause)), "{said}");
    }
}
