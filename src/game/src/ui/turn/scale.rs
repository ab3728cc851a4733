//! Which values a control can be turned to, and how far apart they lie under the hand.

/// The values of a control, in order. Few whole numbers stand side by side; many, or broken ones, stand in ratios, so
/// that one turn reaches from the smallest to the largest. Between them only a fine step goes.
#[derive(Clone, PartialEq, Debug)]
pub struct Scale {
    stops: Vec<f64>,
    whole: bool,
}

/// Most whole numbers that stand side by side.
const SIDE_BY_SIDE_MAX: f64 = 120.0;
/// How near a stop is at it, as a share of it.
const NEAR: f64 = 1e-6;
/// In ratios: the steps within a decade.
const DECADE: [f64; 10] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];

impl Scale {
    /// From `min` to `max`, both of them included.
    pub fn new(min: f64, max: f64, whole: bool) -> Self {
        let mut stops = if whole && max - min <= SIDE_BY_SIDE_MAX {
            (0..=(max - min) as u32).map(|step| min + f64::from(step)).collect()
        } else {
            in_ratios(min, max, whole)
        };
        if stops.is_empty() {
            stops.push(min);
        }
        Self { stops, whole }
    }

    /// From 0 to 1 in so many steps.
    pub fn part(steps: u32) -> Self {
        let stops = (0..=steps).map(|step| f64::from(step) / f64::from(steps.max(1))).collect();
        Self { stops, whole: false }
    }

    /// The least and the most.
    pub fn ends(&self) -> (f64, f64) {
        (self.stops[0], self.stops[self.stops.len() - 1])
    }

    /// How many steps there are from end to end.
    pub fn steps(&self) -> usize {
        self.stops.len() - 1
    }

    /// The value nearest to a place between 0 and 1.
    pub fn value(&self, place: f64) -> f64 {
        self.stops[(place.clamp(0.0, 1.0) * self.steps() as f64).round() as usize]
    }

    /// The place of a value, from 0 to 1.
    pub fn place(&self, value: f64) -> f64 {
        let above = self.stops.partition_point(|&stop| stop < value);
        if above == 0 || self.steps() == 0 {
            return 0.0;
        }
        let Some(&upper) = self.stops.get(above) else { return 1.0 };
        let lower = self.stops[above - 1];
        (above as f64 - 1.0 + (value - lower) / (upper - lower)) / self.steps() as f64
    }

    /// The value so many steps on, or back. What lies so near a stop as rounding to single precision puts it is at it.
    pub fn stepped(&self, value: f64, steps: i32) -> f64 {
        let value = self.stops.iter().copied().find(|stop| (stop - value).abs() <= stop.abs() * NEAR).unwrap_or(value);
        let next = if steps >= 0 {
            self.stops.partition_point(|&stop| stop <= value) as i64 - 1
        } else {
            self.stops.partition_point(|&stop| stop < value) as i64
        };
        let at = (next + i64::from(steps)).clamp(0, self.steps() as i64);
        self.stops[at as usize]
    }

    /// The value one fine step on, or back: by one where it is whole, else by a hundredth of its magnitude.
    pub fn fine(&self, value: f64, up: bool) -> f64 {
        let (min, max) = self.ends();
        let magnitude = 10f64.powf(value.abs().max(1e-3).log10().floor());
        let step = if self.whole { 1.0 } else { magnitude / 100.0 };
        let on = if up { value + step } else { value - step };
        let rounded = (on / step).round() * step;
        rounded.clamp(min, max)
    }
}

fn in_ratios(min: f64, max: f64, whole: bool) -> Vec<f64> {
    let mut stops = vec![min];
    let least = if whole { 1.0 } else { 0.001 };
    let first = min.max(least).log10().floor() as i32;
    let last = max.max(least).log10().ceil() as i32;
    for decade in first..=last {
        for step in DECADE {
            let value = step * 10f64.powi(decade);
            // Powers of ten below one are not exact; neither is what is read meant to be.
            let value = if decade < 0 { (value * 1e6).round() / 1e6 } else { value };
            if value > min && value < max && (!whole || value.fract() == 0.0) {
                stops.push(value);
            }
        }
    }
    if max > min {
        stops.push(max);
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Kind;
    use pipe_maze_level::kind::param::Range;

    #[test]
    fn every_parameter_of_every_kind_can_be_turned_to_values_that_it_allows() {
        for kind in Kind::ALL {
            for param in kind.params() {
                let Range::Number { min, max, whole } = param.range else { continue };
                let scale = Scale::new(min, max, whole);
                assert_eq!(scale.ends(), (min, max), "{}", param.key);
                assert!(scale.steps() <= 121, "{}: {} steps", param.key, scale.steps());
                for step in 0..=400 {
                    let value = scale.value(f64::from(step) / 400.0);
                    assert!(param.allows(value), "{}: {value}", param.key);
                    for turned in [scale.stepped(value, 1), scale.stepped(value, -7), scale.fine(value, true)] {
                        assert!(param.allows(turned), "{}: from {value} to {turned}", param.key);
                    }
                }
            }
        }
    }

    #[test]
    fn a_value_comes_back_from_its_place() {
        for scale in [Scale::new(0.0, 1_000.0, true), Scale::new(1.0, 100.0, true), Scale::new(0.001, 60_000.0, false)]
        {
            let mut before = f64::MIN;
            for step in 0..=scale.steps() {
                let value = scale.value(step as f64 / scale.steps() as f64);
                assert!(value > before, "{value} after {before}");
                assert_eq!(scale.value(scale.place(value)), value);
                before = value;
            }
        }
    }

    #[test]
    fn steps_go_to_the_next_value_from_wherever_one_is() {
        let scale = Scale::new(0.0, 1_000.0, true);
        assert_eq!((scale.stepped(0.0, 1), scale.stepped(0.0, -1)), (1.0, 0.0));
        let part = Scale::part(20);
        assert_eq!((part.stepped(f64::from(0.8_f32), -1), part.stepped(f64::from(0.35_f32), 1)), (0.75, 0.4));
        assert_eq!((scale.stepped(20.0, 1), scale.stepped(20.0, -1)), (25.0, 15.0));
        assert_eq!((scale.stepped(33.0, 1), scale.stepped(33.0, -1)), (40.0, 30.0));
        assert_eq!((scale.stepped(1_000.0, 1), scale.stepped(990.0, 5)), (1_000.0, 1_000.0));
        assert_eq!((scale.fine(33.0, true), scale.fine(0.0, false)), (34.0, 0.0));
        let broken = Scale::new(0.0, 1_000.0, false);
        assert!((broken.fine(5.0, true) - 5.01).abs() < 1e-9, "{}", broken.fine(5.0, true));
    }

    #[test]
    fn a_value_between_two_stops_has_a_place_between_theirs() {
        let scale = Scale::new(0.0, 1_000.0, true);
        let (low, at, high) = (scale.place(30.0), scale.place(33.0), scale.place(40.0));
        assert!(low < at && at < high);
        assert_eq!((scale.place(-5.0), scale.place(5_000.0)), (0.0, 1.0));
        assert_eq!(Scale::new(3.0, 3.0, true).place(3.0), 0.0);
    }
}
