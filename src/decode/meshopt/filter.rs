//! What is done with unpacked attributes (appendix B).

use std::f32::consts::FRAC_1_SQRT_2;

/// What attributes are before they are what accessors say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// What they are.
    None,
    /// Directions on an octahedron, and a fourth number.
    Octahedral,
    /// Rotations without their largest number.
    Quaternion,
    /// Floats as mantissa and exponent.
    Exponential,
    /// Colours as luma and chroma.
    Color,
}

impl Filter {
    /// By its name in the file.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "NONE" => Self::None,
            "OCTAHEDRAL" => Self::Octahedral,
            "QUATERNION" => Self::Quaternion,
            "EXPONENTIAL" => Self::Exponential,
            "COLOR" => Self::Color,
            _ => return None,
        })
    }

    pub(super) fn fits(self, stride: usize) -> bool {
        match self {
            Self::None | Self::Exponential => true,
            Self::Octahedral | Self::Color => matches!(stride, 4 | 8),
            Self::Quaternion => stride == 8,
        }
    }

    pub(super) fn apply(self, bytes: &mut [u8], stride: usize) {
        match (self, stride) {
            (Self::None, _) => {}
            (Self::Exponential, _) => each(bytes, |word: [u8; 4]| exponential(i32::from_le_bytes(word)).to_le_bytes()),
            (Self::Octahedral, 4) => each(bytes, |element: [u8; 4]| {
                octahedral(element.map(|byte| f32::from(byte as i8)), 127.0).map(|number| number as i8 as u8)
            }),
            (Self::Octahedral, _) => {
                each(bytes, |element| shorts(octahedral(signed(element), 32_767.0).map(|number| number as i16 as u16)));
            }
            (Self::Quaternion, _) => each(bytes, |element| shorts(quaternion(element))),
            (Self::Color, 4) => each(bytes, |[luma, orange, green, alpha]: [u8; 4]| {
                let chroma = [orange, green].map(|byte| i32::from(byte as i8));
                color(luma.into(), chroma, alpha.into(), 255.0).map(|number| number as u8)
            }),
            (Self::Color, _) => each(bytes, |element| {
                let [luma, orange, green, alpha] = halves(element);
                let chroma = [orange, green].map(|short| i32::from(short as i16));
                shorts(color(luma.into(), chroma, alpha.into(), 65_535.0).map(|number| number as u16))
            }),
        }
    }
}

fn each<const SIZE: usize>(bytes: &mut [u8], change: impl Fn([u8; SIZE]) -> [u8; SIZE]) {
    bytes.as_chunks_mut().0.iter_mut().for_each(|element| *element = change(*element));
}

fn halves([a, b, c, d, e, f, g, h]: [u8; 8]) -> [u16; 4] {
    [[a, b], [c, d], [e, f], [g, h]].map(u16::from_le_bytes)
}

fn signed(element: [u8; 8]) -> [f32; 4] {
    halves(element).map(|short| f32::from(short as i16))
}

fn shorts([x, y, z, w]: [u16; 4]) -> [u8; 8] {
    let [[a, b], [c, d], [e, f], [g, h]] = [x, y, z, w].map(u16::to_le_bytes);
    [a, b, c, d, e, f, g, h]
}

/// Casts of what is no number give 0, of what is too large the largest: a file that is wrong so gets what it gets.
fn octahedral([x, y, one, fourth]: [f32; 4], most: f32) -> [f32; 4] {
    let (x, y) = (x / one, y / one);
    let z = 1.0 - x.abs() - y.abs();
    // The lower half is folded outwards.
    let fold = z.min(0.0);
    let (x, y) = (x - fold.copysign(x), y - fold.copysign(y));
    let scale = most / (x * x + y * y + z * z).sqrt();
    [(x * scale).round(), (y * scale).round(), (z * scale).round(), fourth]
}

fn quaternion(element: [u8; 8]) -> [u16; 4] {
    let [x, y, z, _] = signed(element);
    let [.., last] = halves(element);
    let scale = FRAC_1_SQRT_2 / f32::from((last | 3) as i16);
    let (x, y, z) = (x * scale, y * scale, z * scale);
    let w = (1.0 - x * x - y * y - z * z).max(0.0).sqrt();
    let mut out = [w, x, y, z].map(|number| (number * 32_767.0).round() as i16 as u16);
    out.rotate_right(usize::from(last & 3));
    out
}

fn exponential(word: i32) -> f32 {
    let mantissa = word << 8 >> 8;
    // Two to its power; what the specification does not allow wraps around.
    f32::from_bits((((word >> 24) + 127) as u32) << 23) * mantissa as f32
}

fn color(luma: i32, [orange, green]: [i32; 2], alpha: u32, most: f32) -> [f32; 4] {
    // The highest bit of alpha says how many there are.
    let scale = alpha.checked_ilog2().map_or(0, |bit| (2u32 << bit) - 1);
    let rest = alpha & (scale >> 1);
    let alpha = (rest << 1 | rest & 1) as i32;
    let colors = [luma + orange - green, luma + green, luma - orange - green, alpha];
    colors.map(|number| (number as f32 * (most / scale as f32)).round())
}
