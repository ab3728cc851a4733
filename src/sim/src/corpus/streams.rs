//! Runs of brokers: with keys and without, behind a balancer, in a loop, and with members that come and go.

use super::{MS, exponential, id, ms, pipe, service, spring};
use crate::*;

/// One broker for events with keys, whose log is short, and one without, whose consumers publish to the first.
pub(super) fn streams() -> Blueprint {
    let mut keyed = spring("spring-keyed", 200.0);
    keyed.classes[0].keys = KeySpec::Session { sessions: 40 };
    let publish = Step::Publish(CallSpec::new(id("orders"), EndpointId::MAIN));
    let program = vec![Step::Compute { time: exponential(4) }, publish];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let consume = CallSpec::default().client(ClientSpec::with_timeout_ns(60 * MS));
    let orders = BrokerSpec {
        partitions: 6,
        log_limit: 20,
        batch_events: 4,
        consume: consume.clone(),
        redeliver_backoff_ns: 30 * MS,
        ..BrokerSpec::new(id("orders"))
    };
    let clicks = BrokerSpec { batch_events: 10, linger_ns: 20 * MS, consume, ..BrokerSpec::new(id("clicks")) };
    let fault = Fault::Crash { replicas: 1, silent: true };
    let crash = HazardSpec { id: id("crash"), on: id("room-1"), schedule: Schedule::once(ms(200), ms(500)), fault };
    let [one, two] = ["room-0", "room-1"].map(|name| service(name, exponential(3)));
    Blueprint {
        springs: vec![keyed, spring("spring-plain", 150.0)],
        services: vec![one, two, ServiceSpec { endpoints, ..service("feeder", exponential(1)) }],
        balancers: vec![BalancerSpec { id: id("lb"), policy: Policy::RoundRobin }],
        brokers: vec![orders, clicks],
        pipes: vec![
            pipe("spring-keyed", 0, "lb"),
            pipe("lb", 0, "orders"),
            pipe("spring-plain", 0, "clicks"),
            pipe("orders", 0, "room-0"),
            PipeSpec { loss: 0.05, ..pipe("orders", 1, "room-1") },
            pipe("orders", 2, "feeder"),
            pipe("clicks", 3, "feeder"),
            pipe("feeder", 0, "orders"),
        ],
        hazards: vec![crash],
        ..Blueprint::default()
    }
}

/// Members leave the first broker's group, until none is left, and come back.
pub(super) fn commands() -> Vec<(Time, Action)> {
    let shut = |at, to: &str, shut| (ms(at), Action::SetShut { pipe: id(&format!("orders>{to}")), shut });
    vec![
        shut(300, "room-0", true),
        shut(350, "room-1", true),
        shut(380, "feeder", true),
        shut(450, "room-0", false),
        shut(600, "room-1", false),
        (ms(700), Action::SetShut { pipe: id("lb>orders"), shut: true }),
        (ms(750), Action::SetShut { pipe: id("lb>orders"), shut: false }),
    ]
}
