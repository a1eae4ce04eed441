//! Pictures beside pictures: differences that an eye sees, and what many samples a pixel would show.

use anprobe::color::linear_from_srgb;
use anprobe::frame::Frame;
use anprobe::render::Renderer;
use glam::{Mat4, Vec3};

use crate::studio::{Shot, shoot_frame};

/// The frame drawn `by` times as large, then each block of pixels averaged.
pub(crate) fn supersampled(renderer: &mut Renderer, frame: &Frame<'_>, [width, height]: [u32; 2], by: u32) -> Shot {
    let mut large = frame.clone();
    for view in &mut large.views {
        view.viewport_px = view.viewport_px.map(|px| px * by);
    }
    let shot = shoot_frame(renderer, &large, [width * by, height * by]);
    let mut bytes = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let mut sum = [0; 4];
        for i in 0..by * by {
            let texel = shot.at(x * by + i % by, y * by + i / by);
            sum.iter_mut().zip(texel).for_each(|(sum, channel)| *sum += u32::from(channel));
        }
        bytes.extend(sum.map(|sum| (sum as f32 / (by * by) as f32).round() as u8));
    }
    Shot { width, bytes }
}

/// Moves everything by so many pixels.
pub(crate) fn shift(frame: &mut Frame<'_>, right_px: f32, up_px: f32) {
    for view in &mut frame.views {
        let [.., width, height] = view.viewport_px;
        let by = Vec3::new(2.0 * right_px / width as f32, 2.0 * up_px / height as f32, 0.0);
        view.projection_from_view = Mat4::from_translation(by) * view.projection_from_view;
    }
}

/// Lightness and the two colour axes of CIELAB, D65, over black.
fn lab(pixel: [u8; 4]) -> Vec3 {
    let [r, g, b, _] = pixel.map(|byte| linear_from_srgb(f32::from(byte) / 255.0));
    let xyz = [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    ];
    let [x, y, z] = xyz.map(|t| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    Vec3::new(116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z))
}

/// The mean ΔE of 1976 where either picture shows something.
pub(crate) fn mean_delta_e(a: &Shot, b: &Shot) -> f32 {
    let (mut sum, mut count) = (0.0, 0);
    for i in 0..a.bytes.len() as u32 / 4 {
        let (a, b) = (a.at(i % a.width, i / a.width), b.at(i % b.width, i / b.width));
        if a[3] > 0 || b[3] > 0 {
            sum += lab(a).distance(lab(b));
            count += 1;
        }
    }
    sum / count.max(1) as f32
}

/// How much pixels flicker from picture to picture: the root of the mean variance of lightness where something is seen.
pub(crate) fn flicker(shots: &[Shot]) -> f32 {
    let (mut sum, mut count) = (0.0, 0);
    let Some(first) = shots.first() else { return 0.0 };
    for i in 0..first.bytes.len() as u32 / 4 {
        let pixels = || shots.iter().map(|shot| shot.at(i % shot.width, i / shot.width));
        if pixels().all(|pixel| pixel[3] == 255) {
            let mean = pixels().map(|pixel| lab(pixel).x).sum::<f32>() / shots.len() as f32;
            sum += pixels().map(|pixel| (lab(pixel).x - mean).powi(2)).sum::<f32>() / shots.len() as f32;
            count += 1;
        }
    }
    (sum / count.max(1) as f32).sqrt()
}
