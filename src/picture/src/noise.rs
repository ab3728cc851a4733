//! Portable noise and waves: integer hashes and polynomials, the same on every machine.

/// A hash of two coordinates and a salt, all bits well mixed.
#[inline]
pub fn hash(x: u32, y: u32, salt: u32) -> u32 {
    let mut h = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ salt.wrapping_mul(0xC2B2_AE3D);
    h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
    h = (h ^ (h >> 12)).wrapping_mul(0x297A_2D39);
    h ^ (h >> 15)
}

/// A hash as a number from 0 up to but not including 1.
#[inline]
pub fn unit(x: u32, y: u32, salt: u32) -> f32 {
    (hash(x, y, salt) >> 8) as f32 / 16_777_216.0
}

/// The sine of `turns` full turns, within 0.002, from polynomials.
pub fn wave(turns: f32) -> f32 {
    let phase = turns - turns.floor();
    let half = if phase < 0.5 { phase * 2.0 } else { phase * 2.0 - 1.0 };
    let arch = 4.0 * half * (1.0 - half);
    let sine = arch * (0.775 + 0.225 * arch);
    if phase < 0.5 { sine } else { -sine }
}

/// A smooth step: 0 up to 0, 1 from 1 on.
#[inline]
pub fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::{unit, wave};

    #[test]
    fn waves_and_noise_are_bounded() {
        for i in 0..200 {
            let turns = i as f32 / 50.0 - 2.0;
            assert!((wave(turns) - (turns * std::f32::consts::TAU).sin()).abs() < 0.002, "{turns}");
        }
        let mean = (0..10_000).map(|i| unit(i, i / 7, 3)).sum::<f32>() / 10_000.0;
        assert!((0.48..0.52).contains(&mean), "{mean}");
    }
}
