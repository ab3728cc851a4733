//! What is wrong with gateways: their routes, and the limit of their rate.

use super::brush::{Brush, LONG_NS};
use pipe_maze_sim::*;

pub fn add(brush: &mut Brush, world: &mut Blueprint) {
    let id = PieceId(80_000 + world.gateways.len() as u64);
    let sound = RouteSpec { paths: Vec::new(), to: vec![(0, 1)] };
    let many = vec![EndpointId::MAIN; 1_001];
    let mut route = sound.clone();
    brush.blot(&mut route.paths, std::slice::from_ref(&many), "route's paths");
    brush.blot_all(
        &mut route.to,
        &[
            (Vec::new(), &["route's outlets", "route's weights"]),
            (vec![(0, 1); 257], &["route's outlets"]),
            (vec![(0, u32::MAX); 257], &["route's outlets", "route's weights"]),
            (vec![(0, 0), (1, 0)], &["route's weights"]),
            (vec![(0, 1_000_000), (1, 1)], &["route's weights"]),
        ],
    );
    let mut limit = RateLimitSpec { paths: Vec::new(), interval_ns: 1, burst: 1 };
    brush.blot(&mut limit.paths, &[many], "limit's paths");
    brush.blot(&mut limit.interval_ns, &[LONG_NS], "limit's interval_ns");
    brush.blot(&mut limit.burst, &[0, 10_000_001, u32::MAX], "limit's burst");
    let mut routes = vec![sound.clone(), route];
    if brush.dips() {
        routes.extend(vec![sound; 1_001]);
        brush.note(&["routes"]);
    }
    world.gateways.push(GatewaySpec { id, routes, limit: Some(limit) });
    brush.put_down(id);
}
