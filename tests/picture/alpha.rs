//! Alpha cuts, mixes and sorts.

use anprobe::scene::{AlphaMode, Material};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, add, front, near, parallel_view, quad_primitive, scene, shoot, single, unlit};

fn blended(color: Vec4) -> Material {
    Material { alpha_mode: AlphaMode::Blend, ..unlit(color) }
}

#[test]
fn opaque_ignores_alpha() {
    let Some(mut renderer) = studio::renderer() else { return };
    let picture = shoot(&mut renderer, &single(quad_primitive(0.5, 0), unlit(Vec4::new(1.0, 1.0, 1.0, 0.2))), front());
    assert_eq!(picture.at(32, 32), [255; 4]);
}

#[test]
fn a_mask_cuts_at_its_cutoff() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut primitive = quad_primitive(1.0, 0);
    // Alpha runs from 0 at the left to 1 at the right.
    let (left, right) = (Vec4::new(1.0, 1.0, 1.0, 0.0), Vec4::ONE);
    primitive.vertices.colors = vec![left, left, right, right];
    for (cutoff, kept) in [(0.5, 32), (0.25, 48)] {
        let material = Material { alpha_mode: AlphaMode::Mask { cutoff }, ..unlit(Vec4::ONE) };
        let picture = shoot(&mut renderer, &single(primitive.clone(), material), front());
        assert_eq!(picture.count(|pixel| pixel == [255; 4]), kept * 64, "cutoff {cutoff}");
        assert_eq!(picture.count(|pixel| pixel == [0; 4]), (64 - kept) * 64, "cutoff {cutoff}");
    }
}

#[test]
fn blending_is_premultiplied_over_the_page() {
    let Some(mut renderer) = studio::renderer() else { return };
    let picture =
        shoot(&mut renderer, &single(quad_primitive(0.5, 0), blended(Vec4::new(1.0, 0.0, 0.0, 0.5))), front());
    assert!(near(picture.at(32, 32), [128, 0, 0, 128], 1), "{:?}", picture.at(32, 32));
}

#[test]
fn blended_things_are_drawn_back_to_front_from_either_side() {
    let Some(mut renderer) = studio::renderer() else { return };
    let both = |color| Material { double_sided: true, ..blended(color) };
    let mut two = scene([both(Vec4::new(1.0, 0.0, 0.0, 0.5)), both(Vec4::new(0.0, 1.0, 0.0, 0.5))]);
    add(&mut two, quad_primitive(0.5, 0), Mat4::from_translation(Vec3::Z * 0.5));
    add(&mut two, quad_primitive(0.5, 1), Mat4::from_translation(Vec3::Z * -0.5));
    let from_front = shoot(&mut renderer, &two, front()).at(32, 32);
    assert!(near(from_front, [128, 64, 0, 191], 2), "{from_front:?}");
    let from_back = shoot(&mut renderer, &two, parallel_view(Vec3::Z, Vec3::Y)).at(32, 32);
    assert!(near(from_back, [64, 128, 0, 191], 2), "{from_back:?}");
}

#[test]
fn blended_things_hide_behind_opaque_ones() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut two = scene([blended(Vec4::new(1.0, 0.0, 0.0, 0.5)), unlit(Vec4::new(0.0, 0.0, 1.0, 1.0))]);
    add(&mut two, quad_primitive(0.5, 0), Mat4::from_translation(Vec3::Z * -0.5));
    add(&mut two, quad_primitive(0.5, 1), Mat4::IDENTITY);
    assert_eq!(shoot(&mut renderer, &two, front()).at(32, 32), [0, 0, 255, 255]);
}

#[test]
fn a_masks_slanted_edge_is_smooth_and_premultiplied() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut primitive = quad_primitive(1.0, 0);
    // Alpha falls along the slanted line from the upper left to the lower right.
    let alphas = [0.9, 0.6, 0.1, 0.4];
    primitive.vertices.colors = alphas.map(|alpha| Vec4::new(1.0, 0.0, 0.0, alpha)).to_vec();
    let material = Material { alpha_mode: AlphaMode::Mask { cutoff: 0.5 }, ..unlit(Vec4::ONE) };
    let picture = shoot(&mut renderer, &single(primitive, material), front());
    let partly = picture.count(|pixel| pixel[3] > 0 && pixel[3] < 255);
    assert!((32..400).contains(&partly), "{partly} pixels of the edge");
    assert_eq!(picture.count(|pixel| pixel[0].abs_diff(pixel[3]) > 1), 0, "red is as large as alpha everywhere");
    assert!(picture.count(|pixel| pixel == [255, 0, 0, 255]) > 1000);
}
