//! Oiled beech.

use crate::shape::texture::{Texture, noise};

/// Beech with the grain along u: calm warm ground, broad bands, short dark pores.
pub(in crate::lamp) fn beech_colour() -> Texture {
    const SIDE: u32 = 256;
    Texture::paint("beech_colour", [SIDE, SIDE], |x, y| {
        let (x, y) = (x as f32 / SIDE as f32, y as f32 / SIDE as f32);
        let drift = 0.06 * noise(x, y, [2, 3], 41);
        let y = (y + drift).fract();
        let bands = 0.6 * noise(x, y, [1, 7], 42) + 0.4 * noise(x, y, [2, 23], 43);
        let fibres = noise(x, y, [10, 128], 44);
        let pores = noise(x, y, [18, 100], 45);
        let pore = ((pores - 0.72) * 5.0).clamp(0.0, 1.0);
        let value = 0.90 + 0.13 * (bands - 0.5) + 0.05 * (fibres - 0.5) - 0.11 * pore;
        let value = (value * 96.0).round() / 96.0;
        [value * 0.870, value * 0.762, value * 0.625]
    })
}
