//! What the check says, and in which order.

mod sizes;

use crate::blueprint::{
    Blueprint, CallSpec, ClientSpec, EndpointId, EndpointSpec, GatewaySpec, PipeSpec, Problem, RetryOn, RetrySpec,
    ServiceSpec, SpringSpec, Step, Wait,
};
use crate::call::backoff::Backoff;
use crate::call::breaker::BreakerSpec;
use crate::call::budget::BudgetSpec;
use crate::call::bulkhead::BulkheadSpec;
use crate::call::hedge::HedgeSpec;
use crate::kernel::id::PieceId;

fn call(to: u64) -> CallSpec {
    CallSpec::new(PieceId(to), EndpointId::MAIN)
}

fn service(id: u64, program: Vec<Step>) -> ServiceSpec {
    ServiceSpec { endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }], ..ServiceSpec::new(PieceId(id)) }
}

fn pipe(id: u64, from: u64, outlet: u8, to: u64) -> PipeSpec {
    PipeSpec { outlet, ..PipeSpec::new(PieceId(id), PieceId(from), PieceId(to)) }
}

/// Calls along pipes, against them, past them, and to what answers nothing; in between what else is wrong.
fn wrong() -> Blueprint {
    let bad_client = call(5).client(ClientSpec::with_timeout_ns(0));
    let all = Step::Parallel { calls: vec![call(5), call(1), bad_client], wait: Wait::All };
    Blueprint {
        springs: vec![SpringSpec::new(PieceId(1)).calling(call(4)), SpringSpec::new(PieceId(2)).calling(call(3))],
        services: vec![
            service(3, vec![Step::Call(call(4)), all]),
            service(4, vec![Step::Publish(call(3)), Step::Call(call(77)), Step::Call(call(4))]),
            service(5, vec![Step::Call(call(5)), Step::Call(call(10))]),
        ],
        pipes: vec![
            pipe(10, 1, 0, 3),
            pipe(11, 2, 0, 3),
            pipe(12, 3, 0, 4),
            pipe(13, 3, 1, 5),
            pipe(14, 3, 1, 1),
            pipe(15, 4, 0, 77),
            pipe(15, 5, 0, 5),
        ],
        ..Blueprint::default()
    }
}

#[test]
fn every_problem_is_told_in_the_order_of_the_lists() {
    let told: Vec<String> = wrong().check().unwrap_err().iter().map(ToString::to_string).collect();
    let id = |number: u64| PieceId(number).to_string();
    let no_call = |from: u64, to: u64| {
        let (from, to) = (id(from), id(to));
        format!(
            "piece {from}: call names {to}; it must name a service, a balancer, a gateway or a broker that a pipe from here leads to"
        )
    };
    let bad_end = |pipe: u64, to: u64| {
        format!(
            "pipe {}: `to` names {}; it must name a service, a balancer, a gateway or a broker of the blueprint",
            id(pipe),
            id(to)
        )
    };
    let expected = [
        format!("piece {} occurs twice: give each piece a name of its own", id(15)),
        no_call(1, 4),
        // The pipe from 3 to 1 is there, but springs answer nothing.
        no_call(3, 1),
        format!("piece {}: timeout_ns must be from 1 ns to ten years", id(3)),
        no_call(4, 3),
        // So is the one to 77, which is not there itself.
        no_call(4, 77),
        no_call(4, 4),
        no_call(5, 10),
        bad_end(14, 1),
        format!("pipe {}: outlet 1 of {} has a pipe already; use another outlet", id(14), id(3)),
        bad_end(15, 77),
    ];
    assert_eq!(told, expected);
}

/// A piece with several bad fields, some of them in parts of parts.
#[test]
fn every_bad_field_of_a_piece_is_told_in_the_order_of_the_fields() {
    let breaker = BreakerSpec::Hystrix {
        request_volume: 0,
        error_percent: 101,
        sleep_ns: u64::MAX,
        window_ns: 1,
        snapshot_ns: 0,
    };
    let backoff = Backoff { base_ns: 0, cap_ns: 0, multiplier: f64::NAN, ..Backoff::default() };
    let budget = BudgetSpec::Grpc { max_tokens: 0, token_ratio_milli: 0 };
    let client = ClientSpec {
        try_timeout_ns: Some(0),
        retry: Some(RetrySpec { retries: 0, backoff, budget, on: RetryOn::default() }),
        hedge: Some(HedgeSpec { delay_ns: u64::MAX, max: 0 }),
        breaker: Some(breaker),
        bulkhead: Some(BulkheadSpec { max_concurrent: 0, max_waiting: u32::MAX, max_wait_ns: u64::MAX }),
        ..ClientSpec::with_timeout_ns(0)
    };
    let spring = SpringSpec::new(PieceId(1)).calling(CallSpec::default().client(client));
    let told = Blueprint { springs: vec![spring], ..Blueprint::default() }.check().unwrap_err();
    let expected = [
        ("timeout_ns", "from 1 ns to ten years"),
        ("try_timeout_ns", "from 1 ns to ten years"),
        ("retries", "from 1 to 100"),
        ("base_ns", "from 1 ns to a day"),
        ("cap_ns", "from base_ns to a day"),
        ("multiplier", "from 1 to 10"),
        ("max_tokens", "from 1 to 1,000"),
        ("token_ratio_milli", "from 1 to 1,000,000"),
        ("delay_ns", "at most a day"),
        ("max", "from 1 to 4"),
        ("request_volume", "at least 1"),
        ("error_percent", "from 1 to 100"),
        ("sleep_ns", "at most a day"),
        ("snapshot_ns", "at least 1 ns"),
        ("max_concurrent", "from 1 to 1,000,000"),
        ("max_waiting", "at most 100,000"),
        ("max_wait_ns", "at most a day"),
    ];
    let expected = expected.map(|(field, allowed)| Problem::OutOfRange { id: PieceId(1), field, allowed });
    assert_eq!(told, expected);
}

/// Gateways may be at both ends of pipes, and be called.
#[test]
fn gateways_answer_and_lead_on() {
    let gateway = |id| GatewaySpec { id: PieceId(id), routes: Vec::new(), limit: None };
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(PieceId(1)).calling(call(2))],
        services: vec![service(4, vec![Step::Call(call(3))])],
        gateways: vec![gateway(2), gateway(3)],
        pipes: vec![pipe(10, 1, 0, 2), pipe(11, 2, 0, 3), pipe(12, 3, 0, 4), pipe(13, 4, 0, 3)],
        ..Blueprint::default()
    };
    assert_eq!(blueprint.check(), Ok(()));
}

/// A pipe that hangs in the air.
#[test]
fn bad_ends_are_told_with_all_that_may_be_there() {
    let blueprint = Blueprint { pipes: vec![pipe(1, 8, 0, 9)], ..Blueprint::default() };
    let told = blueprint.check().unwrap_err();
    let end = |end, piece, allowed| Problem::BadEnd { pipe: PieceId(1), end, piece: PieceId(piece), allowed };
    let expected = [
        end("from", 8, "a spring, a service, a balancer, a gateway or a broker of the blueprint"),
        end("to", 9, "a service, a balancer, a gateway or a broker of the blueprint"),
    ];
    assert_eq!(told, expected);
}
