//! Walking along the pipes: a place in the network, and the next one on the way to another.

use super::arrangement::{Arrangement, Station};
use bevy::prelude::*;

/// A place in the network.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Place {
    /// In the trunk, so far below the ground.
    Trunk(f32),
    /// In a section's gallery, so far from the trunk.
    Gallery(usize, f32),
}

impl Place {
    /// The place of a station.
    pub fn of(map: &Arrangement, station: Station) -> Self {
        let gallery = map.galleries.get(station.section);
        let along = gallery.and_then(|gallery| gallery.stations.get(station.stop));
        along.map_or(Self::Trunk(0.0), |&along| Self::Gallery(station.section, along))
    }

    /// Where it is on the map.
    pub fn point(self, map: &Arrangement) -> Vec2 {
        match self {
            Self::Trunk(depth) => map.trunk(depth),
            Self::Gallery(section, along) => {
                map.galleries.get(section).map_or(map.trunk(0.0), |gallery| gallery.point(along))
            }
        }
    }

    /// The place after going that far towards another: through the trunk where they are not in one gallery.
    pub fn step(self, goal: Self, far: f32, map: &Arrangement) -> Self {
        match (self, goal) {
            (Self::Gallery(from, along), Self::Gallery(to, end)) if from == to => {
                Self::Gallery(from, approach(along, end, far))
            }
            (Self::Trunk(depth), Self::Trunk(end)) => Self::Trunk(approach(depth, end, far)),
            (Self::Gallery(from, along), _) => {
                let left = approach(along, 0.0, far);
                if left > 0.0 { Self::Gallery(from, left) } else { Self::Trunk(map.depth(from)) }
            }
            (Self::Trunk(depth), Self::Gallery(to, _)) => {
                let tee = map.depth(to);
                let there = approach(depth, tee, far);
                if there == tee { Self::Gallery(to, 0.0) } else { Self::Trunk(there) }
            }
        }
    }

    /// How far it is from one place to another.
    pub fn distance(self, goal: Self, map: &Arrangement) -> f32 {
        let stem = |place: Self| match place {
            Self::Trunk(depth) => (depth, 0.0),
            Self::Gallery(section, along) => (map.depth(section), along),
        };
        match (self, goal) {
            (Self::Gallery(from, along), Self::Gallery(to, end)) if from == to => (end - along).abs(),
            _ => {
                let ((a, from), (b, to)) = (stem(self), stem(goal));
                from + to + (a - b).abs()
            }
        }
    }
}

fn approach(from: f32, to: f32, far: f32) -> f32 {
    if (to - from).abs() <= far { to } else { from + far * (to - from).signum() }
}
