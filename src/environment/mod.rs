//! Panoramas that light a product: what a shop's photographer gives us, read into plain texels.
//!
//! Invariant: pure. A panorama is equirectangular: its middle column is +X, its top row +Y, as glTF viewers have it.

mod radiance;

pub use radiance::{is_radiance, read_radiance};

/// More would be 512 MB on its way through the GPU.
pub const MOST_PIXELS: u64 = 1 << 27;

/// An equirectangular picture of all directions, four bytes a pixel, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panorama {
    width_px: u32,
    height_px: u32,
    rgbe: bool,
    texels: Vec<u8>,
}

impl Panorama {
    /// From sRGB colour with alpha, which is ignored. None when the bytes do not fill the size, or it is empty.
    pub fn from_srgb(width_px: u32, height_px: u32, texels: Vec<u8>) -> Option<Self> {
        Self::new(width_px, height_px, false, texels)
    }

    /// From shared exponents: radiance is `mantissa · 2^(exponent − 136)` (Ward 1991, "Real Pixels"). None when the
    /// bytes do not fill the size, or it is empty.
    pub fn from_rgbe(width_px: u32, height_px: u32, texels: Vec<u8>) -> Option<Self> {
        Self::new(width_px, height_px, true, texels)
    }

    fn new(width_px: u32, height_px: u32, rgbe: bool, texels: Vec<u8>) -> Option<Self> {
        let pixels = u64::from(width_px) * u64::from(height_px);
        let fits = (1..=MOST_PIXELS).contains(&pixels) && texels.len() as u64 == 4 * pixels;
        fits.then_some(Self { width_px, height_px, rgbe, texels })
    }

    /// Columns.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Rows.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// True for shared exponents, false for sRGB.
    pub fn is_rgbe(&self) -> bool {
        self.rgbe
    }

    /// Four bytes a pixel.
    pub fn texels(&self) -> &[u8] {
        &self.texels
    }
}
