//! Runs of what callers do: programs that call in every way, and clients with all that a client can have.

use super::{MS, exponential, id, pipe, service, spring};
use crate::*;

/// A front that calls in every way it can.
pub(super) fn programs() -> Blueprint {
    let call = |to: &str| {
        CallSpec::new(id(to), EndpointId::MAIN).client(ClientSpec {
            propagates_deadline: true,
            cancels: true,
            ..ClientSpec::with_timeout_ns(150 * MS)
        })
    };
    let both = || vec![call("a"), call("b")];
    let program = vec![
        Step::Compute { time: exponential(1) },
        Step::Acquire { pool: 0 },
        Step::Call(CallSpec { optional: true, ..call("a") }),
        Step::Release { pool: 0 },
        Step::Chance {
            probability: 0.5,
            then: vec![Step::Parallel { calls: both(), wait: Wait::All }],
            otherwise: vec![Step::Parallel { calls: both(), wait: Wait::Any }],
        },
        Step::Parallel { calls: vec![call("a"), call("b"), call("a")], wait: Wait::Quorum(2) },
        Step::Publish(call("b")),
        Step::Sleep { time: Distribution::Constant { mean_ns: MS } },
        Step::Chance { probability: 0.05, then: vec![Step::Fail], otherwise: Vec::new() },
    ];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let front = ServiceSpec {
        endpoints,
        replicas: 2,
        workers: 6,
        drops_expired: true,
        pools: vec![PoolSpec { permits: 3, queue_limit: 4 }],
        ..service("front", exponential(1))
    };
    Blueprint {
        springs: vec![spring("spring", 120.0)],
        services: vec![front, service("a", exponential(5)), service("b", exponential(9))],
        pipes: vec![pipe("spring", 0, "front"), pipe("front", 0, "a"), pipe("front", 1, "b")],
        ..Blueprint::default()
    }
}

/// Clients with all that a client can have, in front of a service that is too small.
pub(super) fn clients() -> Blueprint {
    let retry = |jitter, budget| RetrySpec {
        retries: 3,
        backoff: Backoff { base_ns: 5 * MS, cap_ns: 80 * MS, multiplier: 2.0, jitter },
        budget,
        on: RetryOn::default(),
    };
    let with = |retry, hedge, breaker, bulkhead| ClientSpec {
        try_timeout_ns: Some(60 * MS),
        retry,
        hedge,
        breaker,
        bulkhead,
        cancels: hedge.is_some(),
        ..ClientSpec::with_timeout_ns(300 * MS)
    };
    let hedge = Some(HedgeSpec { delay_ns: 12 * MS, max: 2 });
    let bulkhead = Some(BulkheadSpec { max_concurrent: 4, max_waiting: 6, max_wait_ns: 20 * MS });
    let clients = [
        with(Some(retry(Jitter::None, BudgetSpec::Unlimited)), None, None, None),
        with(Some(retry(Jitter::Full, BudgetSpec::finagle())), None, Some(BreakerSpec::hystrix()), None),
        with(Some(retry(Jitter::Equal, BudgetSpec::envoy())), hedge, None, bulkhead),
        with(Some(retry(Jitter::Decorrelated, BudgetSpec::grpc())), hedge, Some(quick_breaker()), None),
        with(Some(retry(Jitter::Envoy, BudgetSpec::Unlimited)), None, None, bulkhead),
        ClientSpec {
            propagates_deadline: true,
            ..with(Some(retry(Jitter::Randomized { percent: 50 }, BudgetSpec::Unlimited)), None, None, None)
        },
    ];
    let mut blueprint = Blueprint::default();
    for (i, client) in clients.into_iter().enumerate() {
        let (from, to) = (format!("spring-{i}"), format!("room-{i}"));
        blueprint.springs.push(spring(&from, 210.0).calling(CallSpec { client, ..CallSpec::default() }));
        blueprint.services.push(ServiceSpec { queue_limit: 8, ..service(&to, exponential(12)) });
        blueprint.pipes.push(pipe(&from, 0, &to));
    }
    // The last ones' requests bear idempotency keys; their room keeps these, and refuses what comes too late.
    if let (Some(spring), Some(room)) = (blueprint.springs.last_mut(), blueprint.services.last_mut()) {
        spring.classes[0].idempotency_key = true;
        let program = vec![Step::Write { time: exponential(12) }];
        room.endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
        (room.queue_limit, room.drops_expired, room.keys_kept_ns) = (60, true, 200 * MS);
    }
    blueprint
}

fn quick_breaker() -> BreakerSpec {
    BreakerSpec::Resilience4j {
        window: 20,
        minimum_calls: 10,
        failure_percent: 30,
        slow_call_ns: 50 * MS,
        slow_percent: 80,
        open_ns: 90 * MS,
        half_open_calls: 3,
    }
}
