//! Edits of springs: classes of requests, and the curve of their rate.

use super::refusal::DraftRefusal;
use crate::format::Level;
use crate::kind::{Class, ClassRate, KindSpec, SpringSpec};
use crate::limits::PROFILE_POINTS_MAX;
use crate::profile::Profile;

pub(super) fn spring<'a>(level: &'a mut Level, name: &str) -> Result<&'a mut SpringSpec, DraftRefusal> {
    let found = level.pieces.iter_mut().filter(|piece| piece.name == name).find_map(|piece| match &mut piece.spec {
        KindSpec::Spring(spring) => Some(spring),
        _ => None,
    });
    found.ok_or_else(|| DraftRefusal::NoSuch(name.into()))
}

/// Adds a class or changes it; the first keeps what is left out.
pub(super) fn class(spring: &mut SpringSpec, class: &ClassRate) {
    if class.class == spring.class {
        spring.rate_per_s = class.rate_per_s;
        spring.timeout_ms = class.timeout_ms.unwrap_or(spring.timeout_ms);
        spring.request_bytes = class.request_bytes.unwrap_or(spring.request_bytes);
        spring.response_bytes = class.response_bytes.unwrap_or(spring.response_bytes);
        spring.priority = class.priority.unwrap_or(spring.priority);
        spring.idempotent = class.idempotent.unwrap_or(spring.idempotent);
        return;
    }
    match spring.also.iter_mut().find(|each| each.class == class.class) {
        Some(each) => each.clone_from(class),
        // There are no more classes than a spring may have.
        None => spring.also.push(class.clone()),
    }
}

pub(super) fn remove_class(spring: &mut SpringSpec, class: Class) -> Result<(), DraftRefusal> {
    if class != spring.class {
        let before = spring.also.len();
        spring.also.retain(|each| each.class != class);
        return if spring.also.len() < before { Ok(()) } else { Err(DraftRefusal::NoSuchEntry) };
    }
    if spring.also.is_empty() {
        return Err(DraftRefusal::NoSuchEntry);
    }
    // The next class becomes the first; what it left out, and others still do, stays what it is.
    let next = spring.also.remove(0);
    for each in &mut spring.also {
        each.timeout_ms = each.timeout_ms.or(Some(spring.timeout_ms));
        each.request_bytes = each.request_bytes.or(Some(spring.request_bytes));
        each.response_bytes = each.response_bytes.or(Some(spring.response_bytes));
        each.priority = each.priority.or(Some(spring.priority));
        each.idempotent = each.idempotent.or(Some(spring.idempotent));
    }
    spring.class = next.class;
    self::class(spring, &next);
    Ok(())
}

pub(super) fn add_point(spring: &mut SpringSpec, point: (u64, f64)) -> Result<(), DraftRefusal> {
    let (mut points, repeat_ms) = curve(spring);
    if points.len() >= PROFILE_POINTS_MAX {
        return Err(DraftRefusal::TooMany("points"));
    }
    let place = points.partition_point(|&(at_ms, _)| at_ms <= point.0);
    points.insert(place, point);
    spring.profile = Profile::Curve { points, repeat_ms };
    Ok(())
}

pub(super) fn move_point(spring: &mut SpringSpec, nth: u32, (at_ms, factor): (u64, f64)) -> Result<(), DraftRefusal> {
    let (mut points, repeat_ms) = curve(spring);
    let nth = place(&points, nth)?;
    let earliest_ms = nth.checked_sub(1).map_or(0, |before| points[before].0);
    let latest_ms = points.get(nth + 1).map_or(u64::MAX, |after| after.0).max(earliest_ms);
    points[nth] = (at_ms.clamp(earliest_ms, latest_ms), factor);
    spring.profile = Profile::Curve { points, repeat_ms };
    Ok(())
}

pub(super) fn remove_point(spring: &mut SpringSpec, nth: u32) -> Result<(), DraftRefusal> {
    let (mut points, repeat_ms) = curve(spring);
    points.remove(place(&points, nth)?);
    spring.profile = if points.is_empty() { Profile::Constant } else { Profile::Curve { points, repeat_ms } };
    Ok(())
}

fn place(points: &[(u64, f64)], nth: u32) -> Result<usize, DraftRefusal> {
    Some(nth as usize).filter(|&nth| nth < points.len()).ok_or(DraftRefusal::NoSuchEntry)
}

fn curve(spring: &SpringSpec) -> (Vec<(u64, f64)>, Option<u64>) {
    let repeat_ms = match &spring.profile {
        Profile::Curve { repeat_ms, .. } => *repeat_ms,
        _ => None,
    };
    (spring.profile.points(), repeat_ms)
}
