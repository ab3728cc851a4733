//! A gateway in a run: routes by path and weight, and a rate limit.
//!
//! The limit is a token bucket (as in Envoy's local rate limit filter, AWS's and nginx's gateways, but filled evenly
//! instead of once in an interval), kept as one time: the generic cell rate algorithm. It stands before the routes, as
//! Envoy's filter stands before its router. A weighted route draws for each attempt, so a retry may go another way.

use crate::blueprint::{EndpointId, GatewaySpec, RateLimitSpec};
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;

/// What a gateway decides about a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Decision {
    /// It goes on to the target of that index.
    To(usize),
    /// It is above the rate.
    Limited,
    /// There is no way on.
    NoRoute,
}

/// A gateway in a run. Targets are those of the balancer that it shares its place with, by index.
#[derive(Clone, Debug)]
pub(crate) struct Gateway {
    routes: Vec<Route>,
    bucket: Option<Bucket>,
    /// Requests turned away because of the rate.
    pub limited: u64,
}

#[derive(Clone, Debug)]
struct Route {
    paths: Vec<EndpointId>,
    /// For each outlet the sum of the weights up to and with it, and its target; none where no pipe leaves there.
    to: Vec<(u32, Option<usize>)>,
}

/// A bucket of tokens. `full_at` is when it will be full again; the time until then says how many tokens are missing.
#[derive(Clone, Debug)]
struct Bucket {
    paths: Vec<EndpointId>,
    interval_ns: u64,
    burst: u32,
    full_at: Time,
}

impl Gateway {
    /// A gateway whose outlets lead to targets as `target` says.
    pub fn new(spec: &GatewaySpec, target: impl Fn(u8) -> Option<usize>) -> Self {
        let route = |route: &crate::blueprint::RouteSpec| {
            let sum = |sum: &mut u32, &(outlet, weight): &(u8, u32)| {
                *sum = sum.saturating_add(weight);
                Some((*sum, target(outlet)))
            };
            Route { paths: route.paths.clone(), to: route.to.iter().scan(0, sum).collect() }
        };
        Self {
            routes: spec.routes.iter().map(route).collect(),
            bucket: spec.limit.as_ref().map(Bucket::new),
            limited: 0,
        }
    }

    /// What becomes of an attempt of that key whose request names that path; `gateway` is this one's identity.
    pub fn decide(&mut self, gateway: PieceId, now: Time, path: EndpointId, attempt: Key) -> Decision {
        let bucket = self.bucket.as_mut().filter(|bucket| matches(&bucket.paths, path));
        if bucket.is_some_and(|bucket| !bucket.take(now)) {
            self.limited += 1;
            return Decision::Limited;
        }
        let Some(route) = self.routes.iter().find(|route| matches(&route.paths, path)) else {
            return Decision::NoRoute;
        };
        let target = match &route.to[..] {
            [(_, only)] => *only,
            several => {
                let all = several.last().map_or(0, |&(sum, _)| sum);
                let drawn = attempt.child(gateway.0).stream(Purpose::Balance).below(all.max(1));
                several.iter().find(|&&(sum, _)| drawn < sum).and_then(|&(_, target)| target)
            }
        };
        target.map_or(Decision::NoRoute, Decision::To)
    }

    /// Whole tokens in its bucket and how many it holds; nothing without a limit.
    pub fn tokens(&self, now: Time) -> Option<(u32, u32)> {
        self.bucket.as_ref().map(|bucket| (bucket.tokens(now), bucket.burst))
    }

    /// Limits at that rate from now on: a token each `interval_ns`; 0: not at all. The burst stays as it is, and so do
    /// the tokens that are missing. Without a limit in its specification there is none to turn.
    pub fn set_interval(&mut self, now: Time, interval_ns: u64) -> bool {
        let Some(bucket) = &mut self.bucket else { return false };
        bucket.set_interval(now, interval_ns);
        true
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.limited);
        if let Some(bucket) = &self.bucket {
            digest.fold(bucket.interval_ns);
            digest.fold(bucket.full_at.as_ns());
        }
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let routes = self.routes.iter().map(|route| size_of_val(&route.paths[..]) + size_of_val(&route.to[..]));
        size_of::<Self>() + size_of_val(&self.routes[..]) + routes.sum::<usize>()
    }
}

impl Bucket {
    fn new(spec: &RateLimitSpec) -> Self {
        Self { paths: spec.paths.clone(), interval_ns: spec.interval_ns, burst: spec.burst, full_at: Time::ZERO }
    }

    /// Takes a token, if there is one.
    fn take(&mut self, now: Time) -> bool {
        if self.tokens(now) == 0 {
            return false;
        }
        self.full_at = self.full_at.max(now).plus_ns(self.interval_ns);
        true
    }

    fn tokens(&self, now: Time) -> u32 {
        let missing = self.full_at.since_ns(now).div_ceil(self.interval_ns.max(1));
        u64::from(self.burst).saturating_sub(missing) as u32
    }

    fn set_interval(&mut self, now: Time, interval_ns: u64) {
        let missing_ns = u128::from(self.full_at.since_ns(now)) * u128::from(interval_ns);
        let missing_ns = missing_ns / u128::from(self.interval_ns.max(1));
        self.full_at = now.plus_ns(u64::try_from(missing_ns).unwrap_or(u64::MAX));
        self.interval_ns = interval_ns;
    }
}

fn matches(paths: &[EndpointId], path: EndpointId) -> bool {
    paths.is_empty() || paths.contains(&path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::RouteSpec;

    const PATH: EndpointId = EndpointId::from_name("/buy");
    const OTHER: EndpointId = EndpointId::from_name("/browse");
    const ID: PieceId = PieceId(7);

    fn gateway(routes: &[(&[EndpointId], &[(u8, u32)])], limit: Option<RateLimitSpec>) -> Gateway {
        let routes = routes.iter().map(|(paths, to)| RouteSpec { paths: paths.to_vec(), to: to.to_vec() }).collect();
        Gateway::new(&GatewaySpec { id: ID, routes, limit }, |outlet| (outlet < 3).then_some(usize::from(outlet)))
    }

    fn key(n: u64) -> Key {
        Key::of_seed(1).child(n)
    }

    #[test]
    fn a_bucket_gives_its_burst_then_its_rate() {
        let limit = RateLimitSpec { paths: Vec::new(), interval_ns: 100, burst: 3 };
        let mut gateway = gateway(&[(&[], &[(0, 1)])], Some(limit));
        let mut passes = |at: u64| gateway.decide(ID, Time::from_ns(at), PATH, key(0)) == Decision::To(0);
        assert_eq!([0, 0, 0, 0].map(&mut passes), [true, true, true, false]);
        assert_eq!([99, 100, 100, 199, 200].map(&mut passes), [false, true, false, false, true]);
        // After a long time it is full again, and no fuller.
        assert_eq!([10_000, 10_000, 10_000, 10_000].map(&mut passes), [true, true, true, false]);
        assert_eq!(gateway.limited, 5);
    }

    #[test]
    fn tokens_that_are_missing_stay_missing_at_another_rate() {
        let limit = RateLimitSpec { paths: Vec::new(), interval_ns: 100, burst: 10 };
        let mut gateway = gateway(&[(&[], &[(0, 1)])], Some(limit));
        for _ in 0..6 {
            gateway.decide(ID, Time::ZERO, PATH, key(0));
        }
        assert_eq!(gateway.tokens(Time::ZERO), Some((4, 10)));
        assert!(gateway.set_interval(Time::ZERO, 1_000));
        assert_eq!(gateway.tokens(Time::ZERO), Some((4, 10)));
        assert_eq!(gateway.tokens(Time::from_ns(1_000)), Some((5, 10)));
        // No limit at all.
        assert!(gateway.set_interval(Time::from_ns(1_000), 0));
        assert_eq!(gateway.tokens(Time::from_ns(1_000)), Some((10, 10)));
    }

    #[test]
    fn only_the_paths_that_are_named_take_tokens() {
        let limit = RateLimitSpec { paths: vec![PATH], interval_ns: 1_000, burst: 1 };
        let mut gateway = gateway(&[(&[], &[(0, 1)])], Some(limit));
        let decisions = [PATH, PATH, OTHER, OTHER].map(|path| gateway.decide(ID, Time::ZERO, path, key(0)));
        assert_eq!(decisions, [Decision::To(0), Decision::Limited, Decision::To(0), Decision::To(0)]);
    }

    #[test]
    fn the_first_route_that_matches_takes_it_by_weight() {
        let mut gateway = gateway(&[(&[PATH], &[(0, 90), (1, 10)]), (&[], &[(2, 1)])], None);
        let mut to = |path, n| gateway.decide(ID, Time::ZERO, path, key(n));
        assert!((0..100).all(|n| to(OTHER, n) == Decision::To(2)));
        let canary = (0..20_000).filter(|&n| to(PATH, n) == Decision::To(1)).count();
        // Mean 2,000, standard deviation 42.4.
        assert!((1_830..2_170).contains(&canary), "{canary}");
    }

    #[test]
    fn without_a_route_or_a_pipe_there_is_no_way_on() {
        let mut gateway = gateway(&[(&[PATH], &[(5, 1)])], None);
        assert_eq!(gateway.decide(ID, Time::ZERO, PATH, key(0)), Decision::NoRoute);
        assert_eq!(gateway.decide(ID, Time::ZERO, OTHER, key(0)), Decision::NoRoute);
    }
}
