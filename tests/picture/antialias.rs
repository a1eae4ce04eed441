//! Highlights of thin metal hold still, those of a mirror stay sharp.

use anprobe::camera::View;
use anprobe::frame::{Frame, ToneMap};
use anprobe::render::Renderer;
use anprobe::scene::{Material, Overlay, Pose, Primitive, Vertices};
use glam::{Mat4, Vec3, Vec4};

use crate::compare::{flicker, mean_delta_e, shift, supersampled};
use crate::corpus;
use crate::studio::{self, ID, add, front, shoot_frame, single};

const STEPS: u32 = 3;

/// A metal of this roughness.
fn metal(roughness_factor: f32) -> Material {
    let base_color_factor = Vec4::new(0.9, 0.9, 0.9, 1.0);
    Material { base_color_factor, metallic_factor: 1.0, roughness_factor, ..Material::default() }
}

/// A ball of radius 1, or around Y a tube of this radius and length 2.
pub(crate) fn round(tube: Option<f32>) -> Primitive {
    let (across, up) = (96, 48);
    let mut vertices = Vertices::default();
    for (j, i) in (0..=up).flat_map(|j| (0..=across).map(move |i| (j, i))) {
        let (angle, height) = (i as f32 / across as f32 * std::f32::consts::TAU, j as f32 / up as f32);
        let around = Vec3::new(angle.sin(), 0.0, angle.cos());
        let (sine, cosine) = (height * std::f32::consts::PI).sin_cos();
        let ball = around * sine - Vec3::Y * cosine;
        vertices.positions.push(tube.map_or(ball, |radius| around * radius + Vec3::Y * (2.0 * height - 1.0)));
        vertices.normals.push(if tube.is_some() { around } else { ball });
    }
    let quads = (0..up).flat_map(|j| (0..across).map(move |i| j * (across + 1) + i));
    let indices = quads.flat_map(|a| [a, a + 1, a + across + 2, a, a + across + 2, a + across + 1]).collect();
    Primitive { vertices, indices, material: Some(0), ..Primitive::default() }
}

/// How much the pictures of a camera flicker that moves by parts of a pixel, over how much they should, and how far off
/// they are (mean ΔE).
fn unrest(renderer: &mut Renderer, frame: &Frame<'_>, size_px: [u32; 2], name: &str) -> (f32, f32) {
    let (mut seen, mut wanted) = (Vec::new(), Vec::new());
    for step in 0..STEPS {
        let mut frame = frame.clone();
        let along = step as f32 / STEPS as f32;
        shift(&mut frame, along, 0.5 * along);
        seen.push(shoot_frame(renderer, &frame, size_px));
        wanted.push(supersampled(renderer, &frame, size_px, 5));
        corpus::keep(&format!("{name}-{step}"), &seen[step as usize], 0);
    }
    let off = seen.iter().zip(&wanted).map(|(a, b)| mean_delta_e(a, b)).sum::<f32>() / STEPS as f32;
    eprintln!("{name}: flicker {} of {}, ΔE {off}", flicker(&seen), flicker(&wanted));
    (flicker(&seen) / flicker(&wanted), off)
}

#[test]
fn a_mirror_ball_is_as_sharp_as_with_many_samples() {
    let Some(mut renderer) = studio::renderer() else { return };
    let ball = single(round(None), metal(0.0));
    renderer.load(ID, &ball).expect("loaded");
    let (pose, overlay) = (studio::pose(&ball), Overlay::default());
    let frame = studio::frame(&ball, &pose, &overlay, View { viewport_px: [0, 0, 512, 512], ..front() });
    let shot = shoot_frame(&mut renderer, &frame, [512; 2]);
    corpus::keep("ball", &shot, 0);
    let off = mean_delta_e(&shot, &supersampled(&mut renderer, &frame, [512; 2], 4));
    assert!(off < 0.2, "ΔE {off}");
}

#[test]
fn thin_tubes_do_not_sparkle() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut tubes = studio::scene([metal(0.1)]);
    for i in 0..9 {
        let place = Mat4::from_translation(Vec3::X * (i as f32 * 0.2 - 0.8)) * Mat4::from_rotation_z(0.1 * i as f32);
        // Two to four pixels thick.
        add(&mut tubes, round(Some(0.03 + 0.004 * i as f32)), place);
    }
    renderer.load(ID, &tubes).expect("loaded");
    let (pose, overlay) = (studio::pose(&tubes), Overlay::default());
    let frame = studio::frame(&tubes, &pose, &overlay, front());
    let (flicker, _) = unrest(&mut renderer, &frame, [studio::SIDE_PX; 2], "tubes");
    assert!(flicker < 1.4, "{flicker} times as much flicker");
}

#[test]
fn a_polished_lamp_neither_flickers_nor_looks_otherwise_than_with_many_samples() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut lamp = corpus::open(std::path::Path::new("assets/lamp.glb"));
    for index in 0..lamp.materials.len() {
        let material = lamp.materials.get_mut(index).expect("a material");
        material.roughness_factor *= 0.3;
    }
    renderer.load(ID, &lamp).expect("loaded");
    corpus::set_pictures(&mut renderer, &lamp, std::path::Path::new("assets"));
    let overlay = Overlay::default();
    let pose = Pose::rest(&lamp, &overlay);
    let view = View { viewport_px: [0, 0, 256, 256], ..corpus::view(&lamp, &pose) };
    let frame = Frame { tone_map: ToneMap::Neutral, ..studio::frame(&lamp, &pose, &overlay, view) };
    let (flicker, off) = unrest(&mut renderer, &frame, [256; 2], "lamp");
    assert!(flicker < 1.25, "{flicker} times as much flicker");
    assert!(off < 2.4, "ΔE {off}");
}
