//! The live region: what happens, in a sentence or two at a time. Assistive technology reads it aloud, so it must not
//! flood: what comes close together is said together, and what is overtaken meanwhile is not said at all.

use bevy::prelude::*;

/// Seconds from one utterance to the next, at the least.
pub const GAP_S: f64 = 2.0;
/// Most sentences in one utterance.
const SENTENCES_MAX: usize = 3;
/// Most sentences that wait; the lightest and oldest make way.
const WAITING_MAX: usize = 16;

/// How much something matters: where there is not room for everything, the lightest is left out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Good to know, if nothing else is to be said.
    Aside,
    /// What one would see at once.
    News,
    /// What one must not miss.
    Alarm,
}

/// What waits to be said.
struct Line {
    topic: String,
    weight: Weight,
    text: String,
}

/// What is said, and what waits.
#[derive(Resource, Default)]
pub struct Live {
    waiting: Vec<Line>,
    next_s: f64,
    nth: u64,
    text: String,
}

impl Live {
    /// Something has happened. It overtakes what waits on the same topic.
    pub fn tell(&mut self, topic: impl Into<String>, weight: Weight, text: impl Into<String>) {
        let (topic, text) = (topic.into(), text.into());
        if text.is_empty() {
            return;
        }
        self.waiting.retain(|line| line.topic != topic);
        self.waiting.push(Line { topic, weight, text });
        if self.waiting.len() > WAITING_MAX {
            self.drop_lightest();
        }
    }

    /// Says what waits, if enough time has passed since something was said last. Says whether it did.
    pub fn speak(&mut self, now_s: f64) -> bool {
        if self.waiting.is_empty() || now_s < self.next_s {
            return false;
        }
        while self.waiting.len() > SENTENCES_MAX && self.waiting.iter().any(|line| line.weight == Weight::Aside) {
            self.drop_lightest();
        }
        let heaviest = self.waiting.iter().map(|line| line.weight).max();
        // What must not be missed is said first; the rest in the order in which it happened.
        let mut order: Vec<usize> = (0..self.waiting.len()).collect();
        order.sort_by_key(|&i| Some(self.waiting[i].weight) != heaviest);
        order.truncate(SENTENCES_MAX);
        self.text = order.iter().map(|&i| sentence(&self.waiting[i].text)).collect::<Vec<_>>().join(" ");
        let mut nth = 0..;
        self.waiting.retain(|_| nth.next().is_none_or(|i| !order.contains(&i)));
        self.nth += 1;
        self.next_s = now_s + GAP_S;
        true
    }

    /// What was said last, and how many things were said so far.
    pub fn said(&self) -> (u64, &str) {
        (self.nth, &self.text)
    }

    /// Whether something waits.
    pub const fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn drop_lightest(&mut self) {
        let lightest = self.waiting.iter().map(|line| line.weight).min();
        if let Some(at) = self.waiting.iter().position(|line| Some(line.weight) == lightest) {
            self.waiting.remove(at);
        }
    }
}

/// With an end to it, so that what follows is not read on.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said while `tell` is called every hundredth of a second, and then until nothing waits.
    fn utterances(live: &mut Live, seconds: f64, mut tell: impl FnMut(&mut Live, usize)) -> Vec<(f64, String)> {
        let mut said = Vec::new();
        for i in 0.. {
            let now_s = i as f64 * 0.01;
            if now_s < seconds {
                tell(live, i);
            } else if !live.waits() {
                break;
            }
            if live.speak(now_s) {
                said.push((now_s, live.said().1.to_owned()));
            }
        }
        said
    }

    #[test]
    fn what_comes_alone_is_said_at_once() {
        let mut live = Live::default();
        live.tell("a", Weight::Aside, "One");
        assert!(live.speak(100.0));
        assert_eq!(live.said(), (1, "One."));
        assert!(!live.speak(200.0), "and once");
    }

    #[test]
    fn a_flood_becomes_a_few_utterances_of_a_few_sentences() {
        let mut live = Live::default();
        let said = utterances(&mut live, 10.0, |live, i| {
            live.tell(format!("topic-{}", i % 40), Weight::Aside, format!("Something {i}."));
        });
        assert!((5..=7).contains(&said.len()), "{said:?}");
        assert!(said.windows(2).all(|pair| pair[1].0 - pair[0].0 >= GAP_S - 1e-9), "{said:?}");
        assert!(said.iter().all(|(_, text)| text.matches('.').count() <= SENTENCES_MAX), "{said:?}");
    }

    #[test]
    fn what_must_not_be_missed_comes_first_and_is_never_left_out() {
        let mut live = Live::default();
        live.speak(0.0);
        live.tell("first", Weight::News, "Begins");
        live.speak(0.0);
        for i in 0..1_000 {
            live.tell(format!("chatter-{i}"), Weight::Aside, "Chatter");
            if i == 500 {
                live.tell("alarm", Weight::Alarm, "The budget burns");
            }
        }
        assert!(live.speak(2.0));
        assert!(live.said().1.starts_with("The budget burns."), "{}", live.said().1);
    }

    #[test]
    fn a_later_word_on_the_same_thing_overtakes_the_earlier_one() {
        let mut live = Live::default();
        live.tell("flow", Weight::News, "It flows");
        live.speak(0.0);
        live.tell("flow", Weight::News, "It is held");
        live.tell("flow", Weight::News, "It flows again");
        assert!(live.speak(2.0));
        assert_eq!(live.said(), (2, "It flows again."));
    }

    #[test]
    fn news_that_find_no_room_are_said_next() {
        let mut live = Live::default();
        ["a", "b", "c", "d"].into_iter().for_each(|topic| live.tell(topic, Weight::News, topic));
        assert!(live.speak(0.0) && live.said().1 == "a. b. c.");
        assert!(live.speak(2.0) && live.said().1 == "d.");
        live.tell("nothing", Weight::Alarm, "");
        assert!(!live.waits());
    }
}
