//! What is wrong with calls: where they lead, and each part of their clients.

use super::brush::{Brush, LONG_NS, NOWHERE};
use pipe_maze_sim::*;

/// A day and a nanosecond: longer than a client's policies may take.
const OVER_A_DAY_NS: u64 = 86_400_000_000_001;

pub fn call(brush: &mut Brush, call: &mut CallSpec) {
    brush.blot(&mut call.to, &[Some(NOWHERE)], "call");
    client(brush, &mut call.client);
}

pub fn client(brush: &mut Brush, client: &mut ClientSpec) {
    brush.blot(&mut client.timeout_ns, &[0, LONG_NS], "timeout_ns");
    brush.blot(&mut client.try_timeout_ns, &[Some(0), Some(LONG_NS)], "try_timeout_ns");
    if brush.dips() {
        client.retry = Some(retry(brush));
    }
    if brush.dips() {
        let mut hedge = HedgeSpec::default();
        brush.blot(&mut hedge.delay_ns, &[OVER_A_DAY_NS, u64::MAX], "delay_ns");
        brush.blot(&mut hedge.max, &[0, 5, u32::MAX], "max");
        client.hedge = Some(hedge);
    }
    if brush.dips() {
        client.breaker = Some(if brush.dice.percent(50) { hystrix(brush) } else { resilience4j(brush) });
    }
    if brush.dips() {
        let mut bulkhead = BulkheadSpec::default();
        brush.blot(&mut bulkhead.max_concurrent, &[0, 1_000_001], "max_concurrent");
        brush.blot(&mut bulkhead.max_waiting, &[100_001, u32::MAX], "max_waiting");
        brush.blot(&mut bulkhead.max_wait_ns, &[OVER_A_DAY_NS, u64::MAX], "max_wait_ns");
        client.bulkhead = Some(bulkhead);
    }
}

fn retry(brush: &mut Brush) -> RetrySpec {
    let (mut retries, mut backoff) = (1, Backoff::default());
    brush.blot(&mut retries, &[0, 101, u32::MAX], "retries");
    brush.blot(&mut backoff.base_ns, &[0, OVER_A_DAY_NS], "base_ns");
    brush.blot(&mut backoff.cap_ns, &[0, OVER_A_DAY_NS, u64::MAX], "cap_ns");
    brush.blot_number(&mut backoff.multiplier, "multiplier");
    RetrySpec { retries, backoff, budget: budget(brush), on: RetryOn::default() }
}

fn budget(brush: &mut Brush) -> BudgetSpec {
    let kinds = [BudgetSpec::Unlimited, BudgetSpec::finagle(), BudgetSpec::envoy(), BudgetSpec::grpc()];
    let mut budget = brush.dice.pick(&kinds);
    match &mut budget {
        BudgetSpec::Unlimited => {}
        BudgetSpec::Finagle { ttl_ns, percent, reserve_per_s } => {
            brush.blot(ttl_ns, &[0, 999_999_999, 60_000_000_001], "ttl_ns");
            brush.blot(percent, &[100_001, u32::MAX], "percent");
            brush.blot(reserve_per_s, &[1_000_001, u32::MAX], "reserve_per_s");
        }
        BudgetSpec::Envoy { percent, .. } => brush.blot(percent, &[101, u32::MAX], "percent"),
        BudgetSpec::Grpc { max_tokens, token_ratio_milli } => {
            brush.blot(max_tokens, &[0, 1_001], "max_tokens");
            brush.blot(token_ratio_milli, &[0, 1_000_001], "token_ratio_milli");
        }
    }
    budget
}

fn hystrix(brush: &mut Brush) -> BreakerSpec {
    let (mut request_volume, mut error_percent) = (20, 50);
    let (mut sleep_ns, mut window_ns, mut snapshot_ns) = (1_000_000_000, 1_000_000_000, 100_000_000);
    brush.blot(&mut request_volume, &[0], "request_volume");
    brush.blot(&mut error_percent, &[0, 101, u32::MAX], "error_percent");
    brush.blot(&mut sleep_ns, &[OVER_A_DAY_NS, u64::MAX], "sleep_ns");
    brush.blot(&mut window_ns, &[0, OVER_A_DAY_NS, u64::MAX], "window_ns");
    brush.blot(&mut snapshot_ns, &[0], "snapshot_ns");
    BreakerSpec::Hystrix { request_volume, error_percent, sleep_ns, window_ns, snapshot_ns }
}

fn resilience4j(brush: &mut Brush) -> BreakerSpec {
    let (mut window, mut minimum_calls, mut half_open_calls) = (100, 100, 10);
    let (mut failure_percent, mut slow_percent) = (50, 100);
    let (mut slow_call_ns, mut open_ns) = (1_000_000_000, 1_000_000_000);
    brush.blot(&mut window, &[0, 10_001], "window");
    brush.blot(&mut minimum_calls, &[0, 10_001], "minimum_calls");
    brush.blot(&mut failure_percent, &[0, 101], "failure_percent");
    brush.blot(&mut slow_call_ns, &[OVER_A_DAY_NS, u64::MAX], "slow_call_ns");
    brush.blot(&mut slow_percent, &[0, 101], "slow_percent");
    brush.blot(&mut open_ns, &[OVER_A_DAY_NS, u64::MAX], "open_ns");
    brush.blot(&mut half_open_calls, &[0, 10_001], "half_open_calls");
    BreakerSpec::Resilience4j {
        window,
        minimum_calls,
        failure_percent,
        slow_call_ns,
        slow_percent,
        open_ns,
        half_open_calls,
    }
}
