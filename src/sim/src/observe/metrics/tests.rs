use super::recorder::Recorder;
use super::*;
use crate::blueprint::Blueprint;
use crate::call::outcome::Outcome;
use crate::kernel::id::PieceId;
use crate::reference::reference_load;
use crate::simulation::{Options, Simulation};
use proptest::prelude::*;

const WINDOW_NS: u64 = 100_000_000;

/// Runs the reference load to its end. Gives metrics, and what they should say: when each request ended and how long
/// it took.
fn reference(requests: u64) -> (Metrics, Vec<(Time, u64)>, Simulation) {
    let mut observers = (Metrics::new(WINDOW_NS), Ends::default());
    let mut run = Simulation::new(&reference_load(requests), 5).unwrap();
    run.advance_to(Time::MAX, &mut observers);
    (observers.0, observers.1.0, run)
}

#[derive(Default)]
struct Ends(Vec<(Time, u64)>);

impl Observer for Ends {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if let Fact::Ended { issued_at, .. } = fact {
            self.0.push((at, at.since_ns(*issued_at)));
        }
    }
}

/// A percentile by nearest rank.
fn exact_ns(sorted: &[u64], share: f64) -> u64 {
    sorted[((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1]
}

fn assert_percentiles(histogram: &Histogram, mut durations: Vec<u64>) {
    durations.sort_unstable();
    assert_eq!(histogram.count(), durations.len() as u64);
    assert_eq!(histogram.sum_ns(), durations.iter().sum::<u64>());
    assert_eq!(histogram.max_ns(), *durations.last().unwrap());
    for share in [0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0] {
        let (exact, found) = (exact_ns(&durations, share), histogram.percentile_ns(share).unwrap());
        let error = (exact / 128).max(1_024);
        assert!((exact..exact + error).contains(&found), "share {share}: {found}, exactly {exact}");
        let within = durations.iter().filter(|&&ns| ns <= exact).count() as u64;
        let surely = durations.iter().filter(|&&ns| ns + (ns / 128).max(1_024) <= exact).count() as u64;
        assert!((surely..=within).contains(&histogram.count_within(exact)), "share {share}");
    }
}

#[test]
fn percentiles_agree_with_the_exact_ones() {
    let (metrics, ends, _) = reference(30_000);
    let total = metrics.total();
    let durations: Vec<u64> = ends.iter().map(|&(_, ns)| ns).collect();
    assert_percentiles(&total.latency(Outcome::Answered), durations.clone());
    assert_eq!(total.latency_ns(0.5), total.springs[0].latency[0].percentile_ns(0.5));
    assert_eq!(total.latency(Outcome::TimedOut), Histogram::default());
    assert_eq!(total.latency(Outcome::TimedOut).percentile_ns(0.5), None);
}

#[test]
fn each_window_holds_what_happened_in_it() {
    let (metrics, ends, run) = reference(30_000);
    let windows: Vec<_> = metrics.windows().collect();
    assert_eq!(windows.len(), ends.last().unwrap().0.as_ns().div_ceil(WINDOW_NS) as usize, "no window is empty");
    for window in &windows {
        let mine = ends.iter().filter(|(at, _)| (window.start..window.end).contains(at));
        let mine = mine.chain(ends.iter().filter(|&&(at, _)| at == window.end && at == metrics.latest));
        assert_percentiles(&window.latency(Outcome::Answered), mine.map(|&(_, ns)| ns).collect());
    }
    let goodput_per_s = windows[20].goodput_per_s();
    assert_eq!(goodput_per_s, windows[20].count(Outcome::Answered) as f64 * 10.0);
    assert_eq!(metrics.total().count(Outcome::Answered), run.view().totals().answered);
}

#[test]
fn pieces_add_up_to_what_the_view_says() {
    let (metrics, _, run) = reference(20_000);
    let total = metrics.total();
    assert_eq!(total.issued(), run.view().totals().issued);
    assert_eq!(total.services.len(), run.view().services().count());
    for service in run.view().services() {
        let measured = total.service(service.id).unwrap();
        assert_eq!((measured.began, measured.finished, measured.rejected), (service.served, service.served, 0));
        assert_eq!((measured.waited.count(), measured.worked.count()), (service.served, service.served));
        assert_eq!(measured.worked.sum_ns(), service.busy_ns, "one worker, no calls, no pools");
    }
    for pipe in run.view().pipes() {
        let measured = total.pipe(pipe.id).unwrap();
        let carried = [crate::Direction::Forward, crate::Direction::Backward].map(|way| pipe.carried(way));
        assert_eq!([measured.forward.messages, measured.backward.messages], carried);
        let bytes = [measured.forward.bytes, measured.backward.bytes];
        assert_eq!(bytes, [carried[0] * 500, carried[1] * 2_000]);
    }
    assert_eq!(total.service(PieceId(77)), None);
}

#[test]
fn without_attribution_services_have_counts_but_no_times() {
    let mut metrics = Metrics::new(WINDOW_NS);
    let options = Options { attribution: false };
    let mut run = Simulation::with_options(&reference_load(1_000), 5, options).unwrap();
    run.advance_to(Time::MAX, &mut metrics);
    let total = metrics.total();
    assert_eq!(total.services.iter().map(|service| service.finished).sum::<u64>(), run.view().totals().answered);
    assert!(total.services.iter().all(|service| service.worked.is_empty() && service.waited.is_empty()));
}

#[test]
fn windows_are_bounded_and_lose_nothing() {
    let mut metrics = Metrics::new(1_000_000);
    let mut run = Simulation::new(&reference_load(30_000), 5).unwrap();
    run.advance_to(Time::MAX, &mut metrics);
    let lengths: Vec<u64> = metrics.closed().iter().map(|window| window.end.since_ns(window.start)).collect();
    assert!(run.now().as_ns() > 2_000 * 1_000_000 && lengths.len() <= WINDOWS_MAX, "{} windows", lengths.len());
    assert!(lengths.len() >= WINDOWS_MAX / 2, "no more is merged than must be");
    assert_eq!(*lengths.last().unwrap(), 1_000_000);
    let windows: Vec<_> = metrics.windows().collect();
    assert!(windows.is_sorted_by_key(|window| (window.start, window.end)));
    assert!(windows.windows(2).all(|pair| pair[0].end <= pair[1].start), "windows do not overlap");
    let (coarse, ..) = reference(30_000);
    assert_eq!(Window { end: Time::ZERO, ..metrics.total() }, Window { end: Time::ZERO, ..coarse.total() });
}

#[test]
fn a_copy_shares_what_is_over() {
    let (metrics, ..) = reference(10_000);
    let copy = metrics.clone();
    assert!(metrics.closed().iter().zip(copy.closed()).all(|(a, b)| Arc::ptr_eq(a, b)));
    assert_eq!(metrics.total(), copy.total());
}

#[test]
fn a_run_is_the_same_with_metrics_and_without() {
    let (_, _, observed) = reference(10_000);
    let mut alone = Simulation::new(&reference_load(10_000), 5).unwrap();
    alone.advance_to(Time::MAX, &mut ());
    assert_eq!(observed.digest(), alone.digest());
}

#[test]
fn nothing_measured_is_no_window() {
    let metrics = Metrics::new(0);
    assert_eq!(metrics.windows().count(), 0);
    assert_eq!(metrics.total(), Window::default());
    assert_eq!((metrics.total().goodput_per_s(), metrics.total().latency_ns(0.5)), (0.0, None));
    let mut run = Simulation::new(&Blueprint::default(), 1).unwrap();
    run.advance_to(Time::from_ms(1), &mut metrics.clone());
}

proptest! {
    /// Few durations and many, short and beyond the scale, in one histogram or merged from two.
    #[test]
    fn any_durations_keep_the_stated_error(
        durations in prop::collection::vec((0u32..46, any::<u64>()).prop_map(|(bits, ns)| ns & ((1 << bits) - 1)), 1..300),
        split in any::<prop::sample::Index>(),
    ) {
        let of = |durations: &[u64]| {
            let mut recorder = Recorder::default();
            recorder.record(7);
            recorder.clear();
            durations.iter().for_each(|&ns| recorder.record(ns));
            recorder.histogram()
        };
        let (one, other) = durations.split_at(split.index(durations.len()));
        let merged = of(one).merge(&of(other));
        prop_assert_eq!(&merged, &of(&durations));
        prop_assert_eq!(&merged, &of(other).merge(&of(one)));
        // What lies beyond the scale shares a bin: no error is stated for it.
        let longest_ns = u64::from(u32::MAX) << histogram::TICK_LOG2;
        if durations.iter().all(|&ns| ns < longest_ns) {
            assert_percentiles(&merged, durations);
        }
    }
}
