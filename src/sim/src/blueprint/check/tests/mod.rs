use crate::blueprint::{
    Blueprint, CallSpec, ClientSpec, EndpointId, EndpointSpec, PipeSpec, ServiceSpec, SpringSpec, Step, Wait,
};
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
