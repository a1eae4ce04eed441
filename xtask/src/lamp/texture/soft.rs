//! Braided fabric and the glow of the lamp.

use crate::shape::texture::{Texture, scatter};

/// Strands of each direction in one tile; even, so that over and under alternate across seams.
const STRANDS: u32 = 8;
const SIDE: u32 = 128;

/// Which strand lies on top at a pixel, and how high: `(strand, place across it, height)`.
fn braid(x: u32, y: u32) -> (u32, f32, f32) {
    let (x, y) = (x as f32 / SIDE as f32, y as f32 / SIDE as f32);
    let strands = STRANDS as f32;
    let (a, b) = ((x + y) * strands, (x - y + 1.0) * strands);
    let (row, column) = (a as u32, b as u32);
    // Two over, two under: a twill, as cable braids are.
    let first = (row + column / 2 * 2) % 4 < 2;
    let (across, along, strand) = if first {
        (a - a.floor(), b / 2.0, row % STRANDS)
    } else {
        (b - b.floor(), a / 2.0, column % STRANDS + STRANDS)
    };
    let across = across * 2.0 - 1.0;
    let along = (along - along.floor()) * 2.0 - 1.0;
    let round = (1.0 - across * across).max(0.0).sqrt();
    (strand, across, round * (0.75 + 0.25 * (1.0 - along * along)))
}

/// Grey cloth to be tinted by the material: dark between strands, each strand a little different.
pub(in crate::lamp) fn braid_colour() -> Texture {
    Texture::paint("braid_colour", [SIDE, SIDE], |x, y| {
        let (strand, _, height) = braid(x, y);
        let heather = 0.10 * (scatter(strand, 0, 31) - 0.5);
        let fibre = 0.08 * (scatter(x, y, 32) - 0.5);
        let value = 0.42 + 0.52 * height + heather + fibre;
        [((value * 40.0).round() / 40.0).min(1.0); 3]
    })
}

/// The relief of the braid.
pub(in crate::lamp) fn braid_normal() -> Texture {
    Texture::relief("braid_normal", [SIDE, SIDE], 1.4, |x, y| braid(x, y).2)
}

/// Light of the opal globe by latitude: bright below, calmer towards its socket.
pub(in crate::lamp) fn glow_opal() -> Texture {
    let mut texture = Texture::paint("glow_opal", [4, 128], |_, y| {
        let up = 1.0 - (y as f32 + 0.5) / 128.0;
        let dim = up.sqrt();
        [1.0 - 0.14 * dim, 1.0 - 0.30 * dim, 1.0 - 0.50 * dim]
    });
    texture.tiles = false;
    texture
}

/// Light of the globe on the inside of the shade: strong around the socket, soft at the rim.
pub(in crate::lamp) fn glow_inside() -> Texture {
    let mut texture = Texture::paint("glow_inside", [4, 128], |_, y| {
        let out = 1.0 - (y as f32 + 0.5) / 128.0;
        let light = 0.32 + 0.68 * (1.0 - out).sqrt();
        [light, light * (0.93 - 0.06 * out), light * (0.82 - 0.14 * out)]
    });
    texture.tiles = false;
    texture
}
