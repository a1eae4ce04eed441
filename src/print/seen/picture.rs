//! The small pictures of a print's surface, as PNG (<https://www.w3.org/TR/png-3/>) that stores what it holds: they never
//! leave the page but in a file that is to be looked at.

use crate::export::Sum;

/// Layers in the picture of layers: what tells one from the next repeats no sooner.
pub(super) const LAYERS: usize = 32;
/// Rows of a layer.
const ROWS: usize = 16;
/// Pixels across what does not vary across.
const ACROSS: usize = 4;
/// Pixels of the bed's picture, which shows 10 mm.
const BED: usize = 160;
/// Pixels of the grain of powder, and of a mark.
const GRAIN: usize = 128;
const MARK: usize = 64;

/// Of three or four bytes a pixel, row by row from the top.
pub(super) fn png(width: usize, channels: usize, pixels: &[u8]) -> Vec<u8> {
    let stride = width * channels;
    let height = pixels.len() / stride.max(1);
    let mut rows = Vec::with_capacity(pixels.len() + height);
    for row in pixels.chunks_exact(stride.max(1)) {
        rows.push(0);
        rows.extend_from_slice(row);
    }
    // zlib (RFC 1950) around blocks that are stored (RFC 1951 §3.2.4).
    let mut stored = vec![0x78, 0x01];
    let mut blocks = rows.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stored.push(u8::from(blocks.peek().is_none()));
        stored.extend_from_slice(&length.to_le_bytes());
        stored.extend_from_slice(&(!length).to_le_bytes());
        stored.extend_from_slice(block);
    }
    let (low, high) = rows.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stored.extend_from_slice(&(high << 16 | low).to_be_bytes());
    let mut header = Vec::new();
    header.extend_from_slice(&(width as u32).to_be_bytes());
    header.extend_from_slice(&(height as u32).to_be_bytes());
    header.extend_from_slice(&[8, if channels == 4 { 6 } else { 2 }, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", stored), (b"IEND", Vec::new())] {
        out.extend_from_slice(&(content.len() as u32).to_be_bytes());
        let mut sum = Sum::default();
        sum.take(name);
        sum.take(&content);
        out.extend_from_slice(name);
        out.extend_from_slice(&content);
        out.extend_from_slice(&sum.value().to_be_bytes());
    }
    out
}

fn byte(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// A normal that leans this much to the right and upwards.
fn leaning(right: f32, up: f32) -> [u8; 3] {
    let forward = (1.0 - right * right - up * up).max(0.0).sqrt();
    [right, up, forward].map(|part| byte(part * 0.5 + 0.5))
}

/// Between -1 and 1, the same for a number each time.
fn chance(number: usize) -> f32 {
    let mut bits = (number as u32).wrapping_mul(0x9E37_79B9) ^ 0x5BD1_E995;
    for shift in [15, 13, 16] {
        bits = (bits ^ bits >> shift).wrapping_mul(0x85EB_CA6B);
    }
    (bits >> 8) as f32 / 8_388_608.0 - 1.0
}

/// What a row is of: which layer, and where between its upper and its lower edge, `-1..1`.
fn rows() -> impl Iterator<Item = (usize, f32)> {
    // Texture coordinates grow downwards, and so does the number of a layer.
    (0..LAYERS * ROWS).map(|row| (row / ROWS, ((row % ROWS) as f32 + 0.5) / ROWS as f32 * 2.0 - 1.0))
}

/// How layers lean: each is round, and none lies wholly straight on the one below, so that something of them is left where
/// they are too small to be seen.
pub(super) fn layers_lean() -> Vec<u8> {
    let mut pixels = Vec::new();
    for (layer, at) in rows() {
        let round = at.signum() * at.abs().powf(2.4) * 0.78;
        let shift = (chance(layer + 1) - chance(layer)) * 0.055;
        let wave = (layer as f32 / LAYERS as f32 * std::f32::consts::TAU).sin() * 0.02;
        for _ in 0..ACROSS {
            pixels.extend_from_slice(&leaning(0.0, round + shift + wave));
        }
    }
    png(ACROSS, 3, &pixels)
}

/// How dark layers are: light reaches less deep between them.
pub(super) fn layers_shade() -> Vec<u8> {
    let mut pixels = Vec::new();
    for (layer, at) in rows() {
        let deep = at.abs().powi(6) * 0.3;
        let shade = byte(0.985 - deep + chance(layer + 100) * 0.015);
        pixels.extend(std::iter::repeat_n(shade, ACROSS * 3));
    }
    png(ACROSS, 3, &pixels)
}

/// How grains of powder lean.
pub(super) fn grains_lean() -> Vec<u8> {
    let height = |x: usize, y: usize| {
        let grain = |size: usize, seed: usize| {
            let across = GRAIN / size;
            chance(seed + x / size % across + y / size % across * across)
        };
        grain(1, 0) + grain(2, 40_000) * 0.6
    };
    let mut pixels = Vec::new();
    for y in 0..GRAIN {
        for x in 0..GRAIN {
            let (right, below) = ((x + 1) % GRAIN, (y + 1) % GRAIN);
            let here = height(x, y);
            let [right, up] = [height(right, y) - here, height(x, below) - here].map(|lean| lean * 0.16);
            pixels.extend_from_slice(&leaning(right, up));
        }
    }
    png(GRAIN, 3, &pixels)
}

/// 10 mm of the bed, square: a strong line at the edges, finer ones every millimetre, on a grained ground.
pub(super) fn bed_grid() -> Vec<u8> {
    let mm = BED / 10;
    let strength = |at: usize| {
        let from_line = (at % mm).min(mm - at % mm);
        let is_strong = at < mm / 2 || at > BED - mm / 2;
        match (is_strong, from_line) {
            (true, 0 | 1) => 0.6,
            (false, 0) => 0.16,
            _ => 0.0_f32,
        }
    };
    let mut pixels = Vec::new();
    for y in 0..BED {
        for x in 0..BED {
            let line = strength(x).max(strength(y));
            let ground = 0.175 + chance(x + y * BED + 70_000) * 0.018;
            let shade = ground + (0.62 - ground) * line;
            pixels.extend_from_slice(&[shade, shade * 1.01, shade * 1.035].map(byte));
        }
    }
    png(BED, 3, &pixels)
}

/// A mark: a ring around what is faintly filled.
pub(super) fn mark() -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..MARK {
        for x in 0..MARK {
            let [x, y] = [x, y].map(|at| (at as f32 + 0.5) / MARK as f32 * 2.0 - 1.0);
            let far = x.hypot(y);
            let ring = 1.0 - ((far - 0.8).abs() / 0.13).min(1.0);
            let fill = if far < 0.8 { 0.42 } else { 0.0 };
            pixels.extend_from_slice(&[255, 255, 255, byte((ring * 1.6).clamp(fill, 1.0))]);
        }
    }
    png(MARK, 4, &pixels)
}

#[cfg(test)]
mod tests {
    use super::{bed_grid, chance, grains_lean, layers_lean, layers_shade, mark};

    #[test]
    fn pictures_are_read_by_others() {
        for (bytes, width, height) in [
            (layers_lean(), 4, 512),
            (layers_shade(), 4, 512),
            (grains_lean(), 128, 128),
            (bed_grid(), 160, 160),
            (mark(), 64, 64),
        ] {
            let read = image::load_from_memory(&bytes).unwrap();
            assert_eq!((read.width(), read.height()), (width, height));
        }
    }

    #[test]
    fn a_layer_leans_down_at_its_lower_edge_and_up_at_its_upper() {
        let read = image::load_from_memory(&layers_lean()).unwrap().to_rgb8();
        assert!(read.get_pixel(0, 0).0[1] < 70 && read.get_pixel(0, 15).0[1] > 185);
    }

    #[test]
    fn chance_is_fair() {
        let sum: f32 = (0..10_000).map(chance).sum();
        assert!(sum.abs() < 200.0 && (0..100).all(|number| chance(number).abs() <= 1.0), "{sum}");
    }
}
