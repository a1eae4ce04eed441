//! The sRGB transfer function, the only one in the crate (IEC 61966-2-1).

/// Linear light from an sRGB-encoded value, both in `[0, 1]`.
pub fn linear_from_srgb(encoded: f32) -> f32 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB-encoded value of linear light, both in `[0, 1]`.
pub fn srgb_from_linear(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same() {
        for step in 0..=255 {
            let encoded = step as f32 / 255.0;
            let back = srgb_from_linear(linear_from_srgb(encoded));
            assert!((back - encoded).abs() < 1e-5, "{encoded} came back as {back}");
        }
        assert!((linear_from_srgb(0.5) - 0.214_041).abs() < 1e-5);
    }
}
