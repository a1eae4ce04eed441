//! The shadow on the floor, seen from above: things that cast it face down, so that they do not hide it.

use anprobe::camera::View;
use anprobe::frame::FloorShadow;
use anprobe::render::{Pixels, Renderer};
use anprobe::scene::{
    AlphaMode, Image, ImageSource, Material, Overlay, Scene, Texture, TextureInfo, Transmission, UvTransform,
};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SHADOW, SIDE_PX, Shot, add, parallel_view, quad_primitive, scene, shoot_frame, unlit};

/// A card of 1 × 1 m, `height` above the floor.
fn card(material: Material, height: f32) -> Scene {
    let mut out = scene([material]);
    let place = Mat4::from_translation(Vec3::Y * (height - 0.4)) * studio::facing(Vec3::NEG_Y);
    add(&mut out, quad_primitive(0.5, 0), place);
    out
}

/// From above; ±`half` metres around `middle` fill the picture.
fn from_above(middle: Vec3, half: f32, side_px: u32) -> View {
    let view = parallel_view(Vec3::NEG_Y, Vec3::NEG_Z);
    View {
        world_from_view: Mat4::from_translation(middle) * view.world_from_view,
        projection_from_view: Mat4::from_scale(Vec3::new(1.0 / half, 1.0 / half, 1.0)) * view.projection_from_view,
        viewport_px: [0, 0, side_px, side_px],
        look: 0,
    }
}

/// The mean alpha of a rectangle: x, y, width and height.
fn mean_alpha(shot: &Shot, [x, y, width, height]: [u32; 4]) -> f32 {
    let pixels = (0..width * height).map(|i| f32::from(shot.at(x + i % width, y + i / width)[3]));
    pixels.sum::<f32>() / (width * height) as f32
}

#[test]
fn a_shadow_fades_out_without_a_contour() {
    let Some(mut renderer) = studio::renderer() else { return };
    let hidden = card(unlit(Vec4::ONE), 0.2);
    renderer.load(ID, &hidden).expect("loaded");
    let (pose, overlay) = (studio::pose(&hidden), Overlay::default());
    let mut frame = studio::frame(&hidden, &pose, &overlay, from_above(Vec3::new(0.7, 0.0, 0.0), 0.25, 256));
    frame.floor_shadow = Some(FloorShadow { intensity: 0.05, softness: 1.0, ..SHADOW });
    let shot = shoot_frame(&mut renderer, &frame, [256; 2]);
    // The edge runs straight down the picture.
    let row: Vec<_> = (0..128).map(|x| mean_alpha(&shot, [2 * x, 64, 2, 128])).collect();
    assert!(row[0] > 2.0 && row[127] == 0.0, "from shadow to clear: {row:?}");
    let steps = row.windows(2).map(|pair| (pair[0] - pair[1]).abs());
    assert!(steps.fold(0.0, f32::max) < 0.4, "a step: {row:?}");
}

#[test]
fn feet_at_the_corners_are_as_dark_as_feet_at_the_edges() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut table = scene([unlit(Vec4::ONE)]);
    let feet = [Vec3::new(0.48, -0.399, 0.48), Vec3::new(0.48, -0.399, 0.0)];
    for foot in feet {
        add(&mut table, quad_primitive(0.02, 0), Mat4::from_translation(foot) * studio::facing(Vec3::NEG_Y));
    }
    renderer.load(ID, &table).expect("loaded");
    let (pose, overlay) = (studio::pose(&table), Overlay::default());
    let mut alpha = |foot: Vec3| {
        let mut frame = studio::frame(&table, &pose, &overlay, from_above(foot, 0.01, SIDE_PX));
        frame.floor_shadow = Some(FloorShadow { softness: 0.2, ..SHADOW });
        mean_alpha(&shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]), [0, 0, SIDE_PX, SIDE_PX])
    };
    let (corner, edge) = (alpha(feet[0]), alpha(feet[1]));
    assert!(edge > 40.0 && (corner - edge).abs() < 0.05 * edge, "corner {corner}, edge {edge}");
}

/// How much light a box of 0.4 × `high` × 0.4 m, its foot `lifted` metres above the floor, takes from it: from the middle
/// outward in steps of 2.5 mm, its wall after the 80th.
fn around_a_box(renderer: &mut Renderer, softness: f32, lifted: f32, high: f32) -> Vec<f32> {
    let mut product = scene([unlit(Vec4::ONE)]);
    let middle = Mat4::from_translation(Vec3::Y * (lifted + high * 0.5 - 0.4));
    for side in [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::Z, Vec3::NEG_Z] {
        let faces = if side == Vec3::Y { Vec3::NEG_Y } else { side };
        let face = Mat4::from_scale(Vec3::new(0.4, high, 0.4)) * Mat4::from_translation(side * 0.5);
        add(&mut product, quad_primitive(0.5, 0), middle * face * studio::facing(faces));
    }
    renderer.load(ID, &product).expect("loaded");
    let (pose, overlay) = (studio::pose(&product), Overlay::default());
    let view = from_above(Vec3::new(0.2, 0.0, 0.0), 0.2, 160);
    let mut frame = studio::frame(&product, &pose, &overlay, view);
    frame.floor_shadow = Some(FloorShadow { softness, ..SHADOW });
    let shot = shoot_frame(renderer, &frame, [160; 2]);
    (0..160).map(|x| 1.0 - (1.0 - mean_alpha(&shot, [x, 76, 1, 8]) / 255.0).powf(2.2)).collect()
}

#[test]
fn it_is_darkest_under_a_box_and_clears_with_distance() {
    let Some(mut renderer) = studio::renderer() else { return };
    for (softness, lifted) in [(0.1, 0.0), (0.3, 0.0), (0.6, 0.0), (1.0, 0.0), (1.0, 0.1)] {
        let found = around_a_box(&mut renderer, softness, lifted, 0.1);
        let falls = found.windows(2).all(|pair| pair[1] <= pair[0] + 0.01);
        assert!(falls && found[0] > 0.5 && found[159] < 0.1 * found[0], "{softness}, {lifted} m: {found:?}");
    }
    // At the foot of a wall half the sky is hidden, farther off the less the lower it is.
    let [low, tall] = [0.02, 0.2].map(|high| around_a_box(&mut renderer, 1.0, 0.0, high));
    assert!(tall[84] > 0.25 && tall[84] < 0.6 && tall[100] > 0.2 && low[100] < 0.1, "{low:?}\n{tall:?}");
}

#[test]
fn a_lifted_box_has_a_lighter_and_wider_shadow() {
    let Some(mut renderer) = studio::renderer() else { return };
    let edge = |found: &[f32]| found.iter().filter(|hidden| (0.1..0.6).contains(&(**hidden / found[0]))).count();
    for softness in [0.5, 1.0] {
        let [stands, floats] = [0.0, 0.1].map(|lifted| around_a_box(&mut renderer, softness, lifted, 0.02));
        assert!(floats[0] < 0.95 * stands[0], "{softness}: lighter: {stands:?} {floats:?}");
        assert!(edge(&floats) > 2 * edge(&stands), "{softness}: wider: {stands:?} {floats:?}");
    }
}

#[test]
fn light_falls_through_the_hole_of_a_masked_card_once_its_picture_is_there() {
    let Some(mut renderer) = studio::renderer() else { return };
    let base_color_texture = Some(TextureInfo { texture: 0, uv_set: 0, transform: UvTransform::default() });
    let material = Material { alpha_mode: AlphaMode::Mask { cutoff: 0.5 }, base_color_texture, ..unlit(Vec4::ONE) };
    let mut masked = card(material, 0.01);
    masked.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
    masked.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
    renderer.load(ID, &masked).expect("loaded");
    let (pose, overlay) = (studio::pose(&masked), Overlay::default());
    let mut frame = studio::frame(&masked, &pose, &overlay, from_above(Vec3::ZERO, 0.5, SIDE_PX));
    frame.floor_shadow = Some(FloorShadow { softness: 0.2, ..SHADOW });
    let before = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    let bytes: Vec<_> =
        (0..16).flat_map(|i| [255, 255, 255, if matches!(i, 5 | 6 | 9 | 10) { 0 } else { 255 }]).collect();
    renderer.set_image(ID, &masked, 0, Pixels::Rgba8 { width_px: 4, height_px: 4, bytes: &bytes }).expect("set");
    let after = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    let hole = |shot: &Shot| mean_alpha(shot, [28, 28, 8, 8]);
    let rim = |shot: &Shot| mean_alpha(shot, [4, 28, 4, 8]);
    assert!(hole(&before) > 0.9 * rim(&before), "no hole yet: {} {}", hole(&before), rim(&before));
    assert!(rim(&after) > 0.9 * rim(&before), "the rim stays: {} {}", rim(&before), rim(&after));
    assert!(hole(&after) < 0.1 * rim(&after), "light in the hole: {} {}", hole(&after), rim(&after));
}

#[test]
fn a_card_that_is_half_seen_through_hides_half_the_light() {
    let Some(mut renderer) = studio::renderer() else { return };
    let softness = 1.0;
    let mut hidden = |alpha: f32, alpha_mode: AlphaMode| {
        let card = card(Material { alpha_mode, ..unlit(Vec4::new(1.0, 1.0, 1.0, alpha)) }, 0.02);
        renderer.load(ID, &card).expect("loaded");
        let (pose, overlay) = (studio::pose(&card), Overlay::default());
        let mut frame = studio::frame(&card, &pose, &overlay, from_above(Vec3::ZERO, 0.1, SIDE_PX));
        frame.floor_shadow = Some(FloorShadow { softness, ..SHADOW });
        let alpha = mean_alpha(&shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]), [0, 0, SIDE_PX, SIDE_PX]);
        // Out of the display's encoding.
        1.0 - (1.0 - alpha / 255.0).powf(2.2)
    };
    let whole = hidden(0.5, AlphaMode::Opaque);
    let half = hidden(0.5, AlphaMode::Blend);
    let all = hidden(1.0, AlphaMode::Blend);
    assert!(whole > 0.9, "{whole}");
    assert!((half / whole - 0.5).abs() < 0.05 && (all / whole - 1.0).abs() < 0.05, "{whole} {half} {all}");
}

#[test]
fn glass_lets_the_light_through_that_it_transmits() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut hidden = |factor: f32| {
        let glass = Material {
            base_color_factor: Vec4::new(1.0, 0.5, 0.0, 0.3),
            metallic_factor: 0.0,
            transmission: Transmission { factor, ..Transmission::default() },
            ..Material::default()
        };
        let card = card(glass, 0.02);
        renderer.load(ID, &card).expect("loaded");
        let (pose, overlay) = (studio::pose(&card), Overlay::default());
        let mut frame = studio::frame(&card, &pose, &overlay, from_above(Vec3::ZERO, 0.1, SIDE_PX));
        frame.floor_shadow = Some(FloorShadow { softness: 1.0, ..SHADOW });
        let alpha = mean_alpha(&shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]), [0, 0, SIDE_PX, SIDE_PX]);
        1.0 - (1.0 - alpha / 255.0).powf(2.2)
    };
    let [solid, half, clear] = [0.0, 0.5, 1.0].map(&mut hidden);
    assert!(solid > 0.9, "{solid}");
    assert!((half / solid - 0.75).abs() < 0.05 && (clear / solid - 0.5).abs() < 0.05, "{solid} {half} {clear}");
}

#[test]
fn a_turntable_turns_the_shadow_without_drawing_it_again() {
    let Some(mut renderer) = studio::renderer() else { return };
    // Off the middle, so that its turn is seen.
    let mut stand = scene([unlit(Vec4::ONE)]);
    let place = Mat4::from_translation(Vec3::new(0.3, -0.38, 0.0)) * studio::facing(Vec3::NEG_Y);
    add(&mut stand, quad_primitive(0.1, 0), place);
    renderer.load(ID, &stand).expect("loaded");
    let (pose, overlay) = (studio::pose(&stand), Overlay::default());
    let mut seen = |angle: f32, placed: f32| {
        let mut frame = studio::frame(&stand, &pose, &overlay, from_above(Vec3::ZERO, 1.0, SIDE_PX));
        frame.looks[0].placed[0].world_from_scene = Mat4::from_rotation_y(placed);
        frame.floor_shadow = Some(FloorShadow { world_from_floor: Mat4::from_rotation_y(angle), ..SHADOW });
        let shot = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
        let calls = renderer.statistics().draw_calls;
        let (mut sum, mut middle) = (0.0, [0.0; 2]);
        for (x, y) in (0..SIDE_PX * SIDE_PX).map(|i| (i % SIDE_PX, i / SIDE_PX)) {
            let alpha = f32::from(shot.at(x, y)[3]);
            sum += alpha;
            middle = [middle[0] + alpha * (x as f32 - 31.5), middle[1] + alpha * (y as f32 - 31.5)];
        }
        (calls, sum, middle.map(|along| along / sum))
    };
    let (first_calls, first_dark, first_middle) = seen(0.0, 0.0);
    assert!(first_dark > 1000.0 && first_middle[0] > 5.0 && first_middle[1].abs() < 0.5, "{first_middle:?}");
    for step in 1..=8 {
        let angle = std::f32::consts::FRAC_PI_4 * step as f32;
        let (calls, dark, middle) = seen(angle, angle);
        // The quad is culled from above; what remains is the floor.
        assert_eq!(calls + 1, first_calls, "no casters at {angle}");
        assert!((dark / first_dark - 1.0).abs() < 0.04, "as dark at {angle}: {dark}, at first {first_dark}");
        let (sine, cosine) = angle.sin_cos();
        let expected = [first_middle[0] * cosine, -first_middle[0] * sine];
        let apart = (middle[0] - expected[0]).hypot(middle[1] - expected[1]);
        assert!(apart < 0.5, "turned by {angle}: {middle:?}, not {expected:?}");
    }
    // A part that moves on its floor is drawn again.
    assert_eq!(seen(0.0, 0.5).0, first_calls);
}

#[cfg(feature = "product")]
#[test]
fn another_colour_casts_the_same_shadow_and_another_transparency_another() {
    let Some(mut renderer) = studio::renderer() else { return };
    let veil = Material {
        base_color_factor: Vec4::new(1.0, 1.0, 1.0, 0.5),
        alpha_mode: AlphaMode::Blend,
        ..Material::default()
    };
    let mut stand = scene([Material::default(), veil.clone()]);
    for (x, material) in [(-0.3, 0), (0.3, 1)] {
        let place = Mat4::from_translation(Vec3::new(x, -0.38, 0.0)) * studio::facing(Vec3::NEG_Y);
        add(&mut stand, quad_primitive(0.1, material), place);
    }
    renderer.load(ID, &stand).expect("loaded");
    let pose = studio::pose(&stand);
    let mut calls = |materials: &[(usize, Material)]| {
        let mut overlay = Overlay::default();
        for (index, material) in materials {
            overlay.materials.insert(*index, material.clone());
        }
        let mut frame = studio::frame(&stand, &pose, &overlay, from_above(Vec3::ZERO, 1.0, SIDE_PX));
        frame.floor_shadow = Some(SHADOW);
        shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
        renderer.statistics().draw_calls
    };
    let anew = calls(&[]);
    assert_eq!(calls(&[]) + 2, anew, "two casters at first");
    let red = Material { base_color_factor: Vec4::new(1.0, 0.0, 0.0, 1.0), ..Material::default() };
    assert_eq!(calls(&[(0, red.clone())]) + 2, anew, "red casts as white does");
    let thin = Material { base_color_factor: Vec4::new(1.0, 1.0, 1.0, 0.1), ..veil };
    assert_eq!(calls(&[(0, red), (1, thin)]), anew, "a thinner veil casts less");
    assert_eq!(calls(&[]), anew, "and the thicker one more again");
}
