//! What is wrong with services and their programs.

use super::brush::{Brush, LONG_NS};
use super::calls;
use pipe_maze_sim::*;

pub fn spoil(brush: &mut Brush, world: &mut Blueprint) {
    let Some(service) = brush.take(&mut world.services, |service| service.id) else { return };
    let both: &[&str] = &["replicas", "replicas x workers"];
    brush.blot_all(&mut service.replicas, &[(0, both), (1_001, &["replicas"]), (u32::MAX, both)]);
    brush.blot(&mut service.workers, &[0, 1_000_001, u32::MAX], "replicas x workers");
    brush.blot(&mut service.queue_limit, &[10_000_001, u32::MAX], "queue_limit");
    brush.blot(&mut service.start_up_ns, &[LONG_NS], "start_up_ns");
    brush.blot_time(&mut service.service_time);
    brush.blot_number(&mut service.contention.sigma, "sigma");
    brush.blot_number(&mut service.contention.kappa, "kappa");
    if brush.dips() {
        let (mut target_ns, mut interval_ns) = (5_000_000, 100_000_000);
        brush.blot(&mut target_ns, &[0, LONG_NS], "target_ns");
        brush.blot(&mut interval_ns, &[0, LONG_NS], "interval_ns");
        service.discipline = Discipline::Codel { target_ns, interval_ns };
    }
    pools(brush, &mut service.pools);
    if brush.dips() {
        let (id, program) = (EndpointId(brush.dice.bits()), program(brush));
        service.endpoints.push(EndpointSpec { id, program });
    }
    if brush.dips() {
        let twin = EndpointSpec { id: EndpointId(5), program: Vec::new() };
        service.endpoints.extend([twin.clone(), twin]);
        brush.note(&["endpoints"]);
    }
    if brush.dips() {
        let first = brush.dice.bits();
        let empty = |nth| EndpointSpec { id: EndpointId(first.wrapping_add(nth)), program: Vec::new() };
        service.endpoints.extend((0..1_001).map(empty));
        brush.note(&["endpoints"]);
    }
    let (id, twin) = (service.id, service.clone());
    if brush.dips() {
        world.services.push(twin);
        brush.note(&["id"]);
    }
    brush.put_down(id);
}

fn pools(brush: &mut Brush, pools: &mut Vec<PoolSpec>) {
    if brush.dips() {
        let mut pool = PoolSpec { permits: 1, queue_limit: 0 };
        brush.blot(&mut pool.permits, &[0], "pool's permits");
        brush.blot(&mut pool.queue_limit, &[10_000_001, u32::MAX], "pool's queue_limit");
        pools.push(pool);
    }
    if brush.dips() {
        pools.extend([PoolSpec { permits: 1, queue_limit: 0 }; 17]);
        brush.note(&["pools"]);
    }
}

/// One of each step, some of them bad, all of them in so many branches.
fn program(brush: &mut Brush) -> Vec<Step> {
    let depth = if brush.dips() { brush.dice.between(17, 1_000) } else { brush.dice.between(0, 15) };
    if depth > 16 {
        brush.note(&["program"]);
    }
    let steps = steps(brush);
    (0..depth).fold(steps, |inner, nth| {
        let (then, otherwise) = if nth % 2 == 0 { (inner, Vec::new()) } else { (Vec::new(), inner) };
        vec![Step::Chance { probability: 0.5, then, otherwise }]
    })
}

fn steps(brush: &mut Brush) -> Vec<Step> {
    let mut time = Distribution::Constant { mean_ns: 1 };
    brush.blot_time(&mut time);
    let of_time: fn(Distribution) -> Step = brush.dice.pick(&[
        (|time| Step::Compute { time }) as fn(Distribution) -> Step,
        |time| Step::Sleep { time },
        |time| Step::Read { time },
        |time| Step::Write { time },
    ]);
    let (mut probability, mut modulus) = (0.5, 1);
    brush.blot_number(&mut probability, "probability");
    brush.blot(&mut modulus, &[0], "modulus");
    let (mut single, mut one_of_several) = (CallSpec::default(), CallSpec::default());
    calls::call(brush, &mut single);
    calls::call(brush, &mut one_of_several);
    let several = vec![CallSpec::default(), one_of_several];
    let mut wait = brush.dice.pick(&[Wait::All, Wait::Any, Wait::Quorum(1), Wait::Quorum(2)]);
    brush.blot(&mut wait, &[Wait::Quorum(0), Wait::Quorum(3), Wait::Quorum(255)], "quorum");
    let mut steps = vec![
        of_time(time),
        if brush.dice.percent(50) { Step::Call(single) } else { Step::Publish(single) },
        Step::Parallel { calls: several, wait },
        Step::Chance { probability, then: Vec::new(), otherwise: Vec::new() },
        Step::ByKey { modulus, below: 0, then: Vec::new(), otherwise: vec![Step::Fail] },
    ];
    if brush.dips() {
        steps.push(Step::Parallel { calls: vec![CallSpec::default(); 1_001], wait: Wait::All });
        brush.note(&["parallel calls"]);
    }
    if brush.dips() {
        let pool = u8::MAX;
        steps.push(brush.dice.pick(&[Step::Acquire { pool }, Step::Release { pool }]));
        brush.note(&["pool"]);
    }
    steps
}
