//! What is found in the configuration of a mesh.

use super::note::NoteKind;
use super::{SERVICES_MAX, SUBSETS_MAX};
use pipe_maze_sim::Policy;

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    /// The name of the first document that has one.
    pub title: Option<String>,
    /// The services, in the order in which they are named.
    pub services: Vec<Service>,
    /// Who calls whom.
    pub dependencies: Vec<Dependency>,
    /// The routes of requests.
    pub routes: Vec<Route>,
}

/// A service.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    /// Its host, without namespace and domain.
    pub name: String,
    /// The line on which it is named first.
    pub line: u32,
    /// Its versions.
    pub subsets: Vec<Subset>,
    /// How requests are shared among its versions.
    pub policy: Option<Policy>,
    /// How many requests may wait.
    pub queue: Option<u32>,
}

/// A version of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subset {
    /// Its name.
    pub name: String,
    /// The line on which it is named.
    pub line: u32,
}

/// One that calls another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dependency {
    /// Who calls: a service, or somebody outside, as an ingress gateway.
    pub from: String,
    /// Which service is called.
    pub to: String,
    /// The line that says so.
    pub line: u32,
}

/// A route of requests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Route {
    /// The hosts whose requests it routes.
    pub hosts: Vec<String>,
    /// The line on which it begins.
    pub line: u32,
    /// Whether only some requests take it.
    pub is_matched: bool,
    /// Where they go.
    pub to: Vec<Destination>,
    /// How long callers wait, in simulated milliseconds.
    pub timeout_ms: Option<u64>,
    /// Tries beyond the first.
    pub retries: Option<u32>,
    /// How long callers wait for one try, in simulated milliseconds.
    pub try_timeout_ms: Option<u64>,
}

/// Where a share of a route's requests goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// The service.
    pub host: String,
    /// Its version.
    pub subset: Option<String>,
    /// Its weight among the route's destinations.
    pub weight: u32,
}

impl Found {
    /// The service of that host; one that is new is noted down, as long as there is room.
    pub(crate) fn service(&mut self, host: &str, line: u32) -> Option<&mut Service> {
        let name = host.split('.').next().map(str::trim).filter(|name| !name.is_empty() && !name.contains('*'))?;
        let place = self.services.iter().position(|service| service.name == name).unwrap_or(self.services.len());
        if place == self.services.len() && place < SERVICES_MAX {
            let name = name.to_owned();
            self.services.push(Service { name, line, subsets: Vec::new(), policy: None, queue: None });
        }
        self.services.get_mut(place)
    }

    /// What is to be said of a host that is no service here: `usual`, or that there are too many.
    pub(crate) fn no_service(&self, usual: NoteKind) -> NoteKind {
        if self.services.len() < SERVICES_MAX { usual } else { NoteKind::NoRoom }
    }

    /// The route that says most of how a service is called: one that all requests take.
    pub(crate) fn route_to(&self, service: &str) -> Option<&Route> {
        let of = |route: &&Route| !route.is_matched && route.hosts.iter().any(|host| host == service);
        self.routes.iter().find(of)
    }
}

impl Service {
    /// Notes a version down. Says whether there is room for it.
    pub(crate) fn add_subset(&mut self, name: &str, line: u32) -> bool {
        let is_new = self.subsets.iter().all(|subset| subset.name != name);
        if is_new && self.subsets.len() < SUBSETS_MAX {
            self.subsets.push(Subset { name: name.into(), line });
            return true;
        }
        !is_new
    }
}
