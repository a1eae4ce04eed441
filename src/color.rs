//! The sRGB transfer function, the only one in the crate (IEC 61966-2-1), and colours as CSS writes them.

use crate::decimal::split_number;

/// Linear light from an sRGB-encoded value, both in `[0, 1]`.
pub fn linear_from_srgb(encoded: f32) -> f32 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB-encoded value of linear light, both in `[0, 1]`.
pub fn srgb_from_linear(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

/// The colour of a `background` as `getComputedStyle` writes it, where that is one opaque sRGB colour and nothing else:
/// `rgb(255, 255, 255)`, with or without the defaults of the rest behind it
/// (<https://drafts.csswg.org/css-color-4/#serializing-sRGB-values>).
pub fn opaque_css_color(background: &str) -> Option<[u8; 3]> {
    let mut rest = background.strip_prefix("rgb(")?;
    let mut color = [0; 3];
    for channel in &mut color {
        let (value, after) = split_number(rest)?;
        *channel = value as u8;
        rest = after.strip_prefix(", ").unwrap_or(after);
    }
    matches!(rest.strip_prefix(')')?.as_bytes(), [] | [b' ', b'n', ..]).then_some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_opaque_colour_is_a_background_that_is_known() {
        let rest = " none repeat scroll 0% 0% / auto padding-box border-box";
        assert_eq!(opaque_css_color("rgb(255, 128, 0)"), Some([255, 128, 0]));
        assert_eq!(opaque_css_color(&format!("rgb(1, 2, 3){rest}")), Some([1, 2, 3]));
        let unknown = [
            "",
            "rgb(",
            "rgb(1, 2)",
            "rgb(1, 2, 3",
            "rgba(0, 0, 0, 0)",
            "rgb(1, 2, 3) linear-gradient(rgb(1, 2, 3), rgb(4, 5, 6)) repeat scroll 0% 0%",
            "rgb(1, 2, 3) url(\"https://shop.example/a.png\") repeat scroll 0% 0%",
            "color(srgb 1 1 1)",
        ];
        for background in unknown {
            assert_eq!(opaque_css_color(background), None, "{background}");
        }
    }

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
