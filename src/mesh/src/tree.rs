//! Who stands behind whom: services as trees, since an inlet takes one pipe.

use super::found::{Found, Service};
use super::note::{NoteKind, Notes};

/// Most pipes that leave a piece.
pub(crate) const OUTLETS_MAX: usize = 3;

/// A piece and what its outlets lead to, from the first on.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub name: String,
    pub kind: BranchKind,
    /// The line to which a note about it belongs.
    pub line: u32,
    pub behind: Vec<Branch>,
}

/// What piece it is.
#[derive(Clone, Debug)]
pub(crate) enum BranchKind {
    /// Who calls from outside: the service called first.
    Client(String),
    /// A balancer in front of the versions of a service.
    Balancer(String),
    /// A room of a service.
    Room(String),
}

/// The trees of what was found: a client, and the service that it calls with what that calls.
pub(crate) fn trees(found: &Found, notes: &mut Notes) -> Vec<Branch> {
    // Who calls each service on the board: the first service that does, as long as that leads back to no caller.
    let mut caller: Vec<Option<usize>> = vec![None; found.services.len()];
    let place = |name: &str| found.services.iter().position(|service| service.name == name);
    for dependency in &found.dependencies {
        let (Some(from), Some(to)) = (place(&dependency.from), place(&dependency.to)) else { continue };
        let leads_back = std::iter::successors(Some(from), |&at| caller[at]).any(|at| at == to);
        let full = caller.iter().filter(|other| **other == Some(from)).count() >= OUTLETS_MAX;
        if caller[to].is_none() && !leads_back && !full {
            caller[to] = Some(from);
        } else {
            notes.add(dependency.line, &dependency.from, NoteKind::NotLaid(dependency.to.clone()));
        }
    }
    let roots = (0..found.services.len()).filter(|&nth| caller[nth].is_none());
    let mut trees = Vec::new();
    for nth in roots.collect::<Vec<_>>() {
        let service = &found.services[nth];
        let outside = found.dependencies.iter().filter(|d| d.to == service.name && place(&d.from).is_none());
        let mut outside = outside.map(|dependency| (dependency.from.as_str(), dependency.line));
        let client = outside.next().map_or("clients", |(from, _)| from);
        for (from, line) in outside {
            notes.add(line, from, NoteKind::NotLaid(service.name.clone()));
        }
        let behind = vec![branch(found, &caller, nth, notes)];
        let kind = BranchKind::Client(service.name.clone());
        trees.push(Branch { name: client.into(), kind, line: service.line, behind });
    }
    for dependency in &found.dependencies {
        let is_called = place(&dependency.to).is_some_and(|to| caller[to].is_some());
        if place(&dependency.from).is_none() && is_called {
            notes.add(dependency.line, &dependency.from, NoteKind::NotLaid(dependency.to.clone()));
        }
    }
    trees
}

/// A service with what it calls.
fn branch(found: &Found, caller: &[Option<usize>], nth: usize, notes: &mut Notes) -> Branch {
    let service = &found.services[nth];
    let called = (0..caller.len()).filter(|&other| caller[other] == Some(nth));
    let mut behind: Vec<Branch> =
        called.collect::<Vec<_>>().into_iter().map(|other| branch(found, caller, other, notes)).collect();
    let room = |name: String, line: u32, behind: Vec<Branch>| Branch {
        name,
        kind: BranchKind::Room(service.name.clone()),
        line,
        behind,
    };
    if service.subsets.len() < 2 {
        return room(service.name.clone(), service.line, behind);
    }
    let versions = service.subsets.iter().take(OUTLETS_MAX).map(|subset| {
        // What a service calls stands behind its first version: an inlet takes one pipe.
        room(format!("{}-{}", service.name, subset.name), subset.line, std::mem::take(&mut behind))
    });
    let versions: Vec<Branch> = versions.collect();
    for subset in service.subsets.iter().skip(OUTLETS_MAX) {
        notes.add(subset.line, format!("{}, {}", service.name, subset.name), NoteKind::NoRoom);
    }
    note_other_versions(service, &versions, notes);
    let kind = BranchKind::Balancer(service.name.clone());
    Branch { name: service.name.clone(), kind, line: service.line, behind: versions }
}

/// Versions beside the first call nobody on the board, though they would.
fn note_other_versions(service: &Service, versions: &[Branch], notes: &mut Notes) {
    let called: Vec<String> =
        versions.first().map(|first| first.behind.iter().map(|each| each.name.clone()).collect()).unwrap_or_default();
    for (version, to) in versions.iter().skip(1).flat_map(|version| called.iter().map(move |to| (version, to))) {
        notes.add(service.line, &version.name, NoteKind::NotLaid(to.clone()));
    }
}
