//! Brushed metal and powder coat.

use crate::shape::texture::{Texture, noise};

const SIDE: u32 = 256;

/// Fine scratches along u, from 0 to 1, around one half.
fn scratches(x: f32, y: f32) -> f32 {
    0.45 * noise(x, y, [2, 128], 11) + 0.30 * noise(x, y, [5, 256], 12) + 0.25 * noise(x, y, [3, 48], 13)
}

/// Occlusion, roughness and metalness of brushed metal: only roughness varies.
pub(in crate::lamp) fn brushed_roughness() -> Texture {
    Texture::paint("brushed_orm", [SIDE / 2, SIDE], |x, y| {
        let value = scratches(x as f32 / (SIDE / 2) as f32, y as f32 / SIDE as f32);
        // Sixteen levels are enough for noise and pack well.
        let level = ((0.62 + 0.38 * value) * 32.0).round() / 32.0;
        [1.0, level, 1.0]
    })
}

/// The relief of the same scratches.
pub(in crate::lamp) fn brushed_normal() -> Texture {
    Texture::relief("brushed_normal", [SIDE / 2, SIDE], 0.5, |x, y| {
        scratches(x as f32 / (SIDE / 2) as f32, y as f32 / SIDE as f32)
    })
}

/// The fine peel of a powder coat or a bead-blasted skin.
pub(in crate::lamp) fn powder_normal() -> Texture {
    Texture::relief("powder_normal", [SIDE / 2, SIDE / 2], 0.8, |x, y| {
        let side = (SIDE / 2) as f32;
        let (x, y) = (x as f32 / side, y as f32 / side);
        0.6 * noise(x, y, [20, 20], 21) + 0.4 * noise(x, y, [36, 36], 22)
    })
}
