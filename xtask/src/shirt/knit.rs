//! Knitted surfaces as small repeating normal maps, and places for pictures.

use crate::shape::angle::sin_cos;
use crate::shape::texture::Texture;

/// Textures in the order in which the file holds them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Map {
    Jersey,
    Eyelet,
    Rib,
    Front,
    Back,
}

/// All textures.
pub(super) fn all() -> Vec<Texture> {
    vec![jersey(), eyelet(), rib(), Texture::clear("print_front"), Texture::clear("print_back")]
}

fn wave(turns: f32) -> (f32, f32) {
    let (sine, cosine) = sin_cos(f64::from(turns) * std::f64::consts::TAU);
    (sine as f32, cosine as f32)
}

/// Plain knit: columns of stitches, each a V.
fn jersey() -> Texture {
    const SIDE: u32 = 128;
    Texture::relief("jersey_normal", [SIDE, SIDE], 1.7, |x, y| {
        let (u, v) = (x as f32 / SIDE as f32 * 8.0, y as f32 / SIDE as f32 * 8.0);
        let across = (u - u.floor()) * 2.0 - 1.0;
        let leg = 1.0 - (across.abs() * 2.0 - 1.0) * (across.abs() * 2.0 - 1.0);
        let slant = wave(v + across.abs() * 0.55).1 * 0.5 + 0.5;
        leg.max(0.0).sqrt() * (0.45 + 0.55 * slant)
    })
}

/// Mesh knit: staggered holes.
fn eyelet() -> Texture {
    const SIDE: u32 = 128;
    Texture::relief("eyelet_normal", [SIDE, SIDE], 2.6, |x, y| {
        let (u, v) = (x as f32 / SIDE as f32 * 4.0, y as f32 / SIDE as f32 * 4.0);
        let hole = |u: f32, v: f32| {
            let (dx, dy) = (u - u.floor() - 0.5, v - v.floor() - 0.5);
            ((dx * dx + dy * dy).sqrt() * 4.2 - 0.55).clamp(0.0, 1.0)
        };
        let depth = hole(u, v).min(hole(u + 0.5, v + 0.5));
        depth * depth * (3.0 - 2.0 * depth)
    })
}

/// Ribs that run around as the texture's columns.
fn rib() -> Texture {
    const SIDE: u32 = 64;
    Texture::relief("rib_normal", [SIDE, SIDE], 2.2, |x, y| {
        let (u, v) = (x as f32 / SIDE as f32 * 4.0, y as f32 / SIDE as f32 * 8.0);
        let round = wave(u).1 * 0.5 + 0.5;
        round.sqrt() * (0.85 + 0.15 * wave(v + wave(u).1 * 0.1).1)
    })
}
