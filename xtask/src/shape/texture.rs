//! Textures made by code: small, tiling, with power-of-two sides.

use anyhow::Result;

/// A picture of 8-bit red, green and blue, and alpha where it is clear.
#[derive(Clone, Debug)]
pub(crate) struct Texture {
    /// Name in the file.
    pub(crate) name: &'static str,
    /// Pixels in a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// Three bytes per pixel, four where it is clear; top row first.
    pub(crate) pixels: Vec<u8>,
    /// Whether the picture repeats; otherwise its edges reach on.
    pub(crate) tiles: bool,
}

impl Texture {
    /// Colours every pixel by a function of its column and row that gives values from 0 to 1.
    pub(crate) fn paint(name: &'static str, [width, height]: [u32; 2], colour: impl Fn(u32, u32) -> [f32; 3]) -> Self {
        let mut pixels = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            for x in 0..width {
                pixels.extend(colour(x, y).map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8));
            }
        }
        Self { name, width, height, pixels, tiles: true }
    }

    /// A small picture of nothing: the place of a customer's words or picture.
    pub(crate) fn clear(name: &'static str) -> Self {
        let [width, height] = [4, 4];
        // White, so that nothing dark comes in at the edges of what is drawn on it.
        Self { name, width, height, pixels: [255, 255, 255, 0].repeat((width * height) as usize), tiles: false }
    }

    /// A tangent-space normal map (green up) of a repeating height field.
    ///
    /// `steepness` scales the difference between neighbouring pixels into a slope.
    pub(crate) fn relief(
        name: &'static str,
        [width, height]: [u32; 2],
        steepness: f32,
        field: impl Fn(u32, u32) -> f32,
    ) -> Self {
        Self::paint(name, [width, height], |x, y| {
            let right = field((x + 1) % width, y) - field((x + width - 1) % width, y);
            let down = field(x, (y + 1) % height) - field(x, (y + height - 1) % height);
            let (slope_x, slope_y) = (-right * steepness, down * steepness);
            let length = (slope_x * slope_x + slope_y * slope_y + 1.0).sqrt();
            [slope_x, slope_y, 1.0].map(|value| value / length * 0.5 + 0.5)
        })
    }

    /// The picture as a PNG file.
    pub(crate) fn png(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        let is_clear = self.pixels.len() as u64 == 4 * u64::from(self.width) * u64::from(self.height);
        encoder.set_color(if is_clear { png::ColorType::Rgba } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// A number from 0 to 1 that belongs to a lattice point.
pub(crate) fn scatter(x: u32, y: u32, seed: u32) -> f32 {
    let mut bits = x
        .wrapping_mul(0x9E37_79B1)
        .wrapping_add(y.wrapping_mul(0x85EB_CA77))
        .wrapping_add(seed.wrapping_mul(0xC2B2_AE3D));
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x2C1B_3C6D);
    bits = (bits ^ (bits >> 12)).wrapping_mul(0x297A_2D39);
    bits ^= bits >> 15;
    (bits >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0 to 1; `x` and `y` run from 0 to 1 over a tile of `cells` lattice cells.
pub(crate) fn noise(x: f32, y: f32, cells: [u32; 2], seed: u32) -> f32 {
    let (x, y) = (x * cells[0] as f32, y * cells[1] as f32);
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - left), ease(y - top));
    let at = |dx: u32, dy: u32| scatter((left as u32 + dx) % cells[0], (top as u32 + dy) % cells[1], seed);
    let upper = at(0, 0) + (at(1, 0) - at(0, 0)) * u;
    let lower = at(0, 1) + (at(1, 1) - at(0, 1)) * u;
    upper + (lower - upper) * v
}
