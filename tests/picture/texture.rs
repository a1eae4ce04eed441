//! Pictures lie the right way round, in the right encoding, and shrink well.

use anprobe::render::{Pixels, RenderError};
use anprobe::scene::{
    Filter, Image, ImageSource, Material, MipFilter, Overlay, Sampler, Scene, Texture, TextureInfo, UvTransform, Wrap,
};
use glam::{Vec2, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, front, near, quad_primitive, shoot_frame, single, unlit};

const RED: [u8; 4] = [255, 0, 0, 255];
const GREEN: [u8; 4] = [0, 255, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];
const WHITE: [u8; 4] = [255; 4];

fn info(transform: UvTransform) -> Option<TextureInfo> {
    Some(TextureInfo { texture: 0, uv_set: 0, transform })
}

fn textured(material: Material, sampler: Sampler) -> Scene {
    let mut out = single(quad_primitive(1.0, 0), material);
    out.textures.push(Some(Texture { image: Some(0), sampler, ..Texture::default() }));
    out.images.push(Some(Image {
        name: String::new(),
        source: ImageSource::Encoded { mime: "image/png", bytes: Vec::new().into() },
    }));
    out
}

fn nearest() -> Sampler {
    Sampler { magnify: Filter::Nearest, minify: Filter::Nearest, ..Sampler::default() }
}

fn shoot(scene: &Scene, width_px: u32, height_px: u32, bytes: &[u8]) -> Option<studio::Shot> {
    let mut renderer = studio::renderer()?;
    renderer.load(ID, scene).expect("loaded");
    renderer.set_image(ID, scene, 0, Pixels::Rgba8 { width_px, height_px, bytes }).expect("uploaded");
    let (pose, overlay) = (studio::pose(scene), Overlay::default());
    Some(shoot_frame(&mut renderer, &studio::frame(scene, &pose, &overlay, front()), [SIDE_PX; 2]))
}

#[test]
fn the_upper_left_texel_is_at_the_upper_left() {
    let material = Material { base_color_texture: info(UvTransform::default()), ..unlit(Vec4::ONE) };
    let bytes = [RED, GREEN, BLUE, WHITE].concat();
    let Some(picture) = shoot(&textured(material, nearest()), 2, 2, &bytes) else { return };
    assert_eq!([picture.at(8, 8), picture.at(56, 8), picture.at(8, 56), picture.at(56, 56)], [RED, GREEN, BLUE, WHITE]);
}

#[test]
fn a_texture_turns_counter_clockwise_and_moves_as_its_extension_says() {
    // KHR_texture_transform's own example: offset (0, 1) with a quarter turn shows the picture turned about its middle.
    let quarter = UvTransform { offset: Vec2::new(0.0, 1.0), rotation: std::f32::consts::FRAC_PI_2, scale: Vec2::ONE };
    let material = Material { base_color_texture: info(quarter), ..unlit(Vec4::ONE) };
    let bytes = [RED, GREEN, BLUE, WHITE].concat();
    let Some(picture) = shoot(&textured(material, nearest()), 2, 2, &bytes) else { return };
    // uv' = (v, 1 − u): the upper left of the quad shows (0, 1), the picture's lower left.
    assert_eq!([picture.at(8, 8), picture.at(56, 8), picture.at(8, 56), picture.at(56, 56)], [BLUE, RED, WHITE, GREEN]);
}

#[test]
fn wrapping_repeats_and_clamps() {
    let scaled = UvTransform { scale: Vec2::splat(2.0), ..UvTransform::default() };
    let material = Material { base_color_texture: info(scaled), ..unlit(Vec4::ONE) };
    let bytes = [RED, GREEN].concat();
    let Some(picture) = shoot(&textured(material.clone(), nearest()), 2, 1, &bytes) else { return };
    assert_eq!([8, 24, 40, 56].map(|x| picture.at(x, 32)), [RED, GREEN, RED, GREEN]);
    let clamp = Sampler { wrap_u: Wrap::Clamp, ..nearest() };
    let Some(picture) = shoot(&textured(material, clamp), 2, 1, &bytes) else { return };
    assert_eq!([8, 24, 40, 56].map(|x| picture.at(x, 32)), [RED, GREEN, GREEN, GREEN]);
}

#[test]
fn wrapping_mirrors() {
    let scaled = UvTransform { scale: Vec2::splat(2.0), ..UvTransform::default() };
    let material = Material { base_color_texture: info(scaled), ..unlit(Vec4::ONE) };
    let mirror = Sampler { wrap_u: Wrap::Mirror, ..nearest() };
    let Some(picture) = shoot(&textured(material, mirror), 2, 1, &[RED, GREEN].concat()) else { return };
    assert_eq!([8, 24, 40, 56].map(|x| picture.at(x, 32)), [RED, GREEN, GREEN, RED]);
}

#[test]
fn each_texture_reads_the_uv_set_that_it_names() {
    for uv_set in [0, 1, 2] {
        let texture = Some(TextureInfo { texture: 0, uv_set, transform: UvTransform::default() });
        let material = Material { base_color_texture: texture, ..unlit(Vec4::ONE) };
        let mut scene = textured(material, nearest());
        let primitive = scene.meshes.get_mut(0).and_then(|mesh| mesh.primitives.get_mut(0));
        let uvs = &mut primitive.expect("the quad").vertices.uvs;
        // The others see nothing but the upper left texel.
        let seen = uvs.remove(0);
        uvs.resize(3, vec![Vec2::splat(0.1); 4]);
        uvs[uv_set] = seen;
        let Some(picture) = shoot(&scene, 2, 1, &[RED, GREEN].concat()) else { return };
        assert_eq!([8, 56].map(|x| picture.at(x, 32)), [RED, GREEN], "set {uv_set}");
    }
}

#[test]
fn mip_levels_mix_in_linear_light() {
    let many = UvTransform { scale: Vec2::splat(64.0), ..UvTransform::default() };
    let material = Material { base_color_texture: info(many), ..unlit(Vec4::ONE) };
    let mut bytes = Vec::new();
    for y in 0..64 {
        for x in 0..64 {
            bytes.extend(if (x + y) % 2 == 0 { WHITE } else { [0, 0, 0, 255] });
        }
    }
    let Some(picture) = shoot(&textured(material, Sampler::default()), 64, 64, &bytes) else { return };
    // Half the light is 188 in sRGB; mixing encoded values would give 128.
    assert!(near(picture.at(32, 32), [188, 188, 188, 255], 3), "{:?}", picture.at(32, 32));
}

#[test]
fn mip_levels_of_odd_sizes_weigh_every_texel_alike() {
    let many = UvTransform { scale: Vec2::splat(256.0), ..UvTransform::default() };
    let material = Material { base_color_texture: info(many), ..unlit(Vec4::ONE) };
    for (width, height) in [(3, 3), (5, 3), (7, 1), (4, 7)] {
        let count = width * height;
        for white in [0, count / 2, count - 1] {
            let bytes: Vec<_> = (0..count).flat_map(|i| if i == white { WHITE } else { [0, 0, 0, 255] }).collect();
            let scene = textured(material.clone(), Sampler::default());
            let Some(picture) = shoot(&scene, width, height, &bytes) else { return };
            let expected = (anprobe::color::srgb_from_linear(1.0 / count as f32) * 255.0) as u8;
            let found = picture.at(32, 32)[0];
            assert!(found.abs_diff(expected) <= 4, "{width} × {height}, {white}: {found}, not {expected}");
        }
    }
}

#[test]
fn without_mips_what_is_small_has_its_own_filter() {
    // Four texels a pixel, whose middle is where red meets green.
    let bytes: Vec<_> = (0..256).flat_map(|i| if i % 2 == 0 { RED } else { GREEN }).collect();
    let material = Material { base_color_texture: info(UvTransform::default()), ..unlit(Vec4::ONE) };
    let pure = |minify| {
        let sampler = Sampler { magnify: Filter::Linear, minify, mip: MipFilter::None, ..Sampler::default() };
        let picture = shoot(&textured(material.clone(), sampler), 256, 1, &bytes)?;
        Some(picture.count(|pixel| pixel == RED || pixel == GREEN))
    };
    let Some(nearest) = pure(Filter::Nearest) else { return };
    assert_eq!((nearest, pure(Filter::Linear)), ((SIDE_PX * SIDE_PX) as usize, Some(0)));
}

#[test]
fn alpha_of_a_picture_is_not_premultiplied() {
    let material = Material {
        base_color_texture: info(UvTransform::default()),
        alpha_mode: anprobe::scene::AlphaMode::Blend,
        ..unlit(Vec4::ONE)
    };
    let Some(picture) = shoot(&textured(material, nearest()), 1, 1, &[255, 255, 255, 51]) else { return };
    assert!(near(picture.at(32, 32), [51; 4], 1), "{:?}", picture.at(32, 32));
}

#[test]
fn a_material_is_white_until_its_picture_comes() {
    let Some(mut renderer) = studio::renderer() else { return };
    let material = Material { base_color_texture: info(UvTransform::default()), ..unlit(Vec4::ONE) };
    let picture = studio::shoot(&mut renderer, &textured(material, nearest()), front());
    assert_eq!(picture.count(|pixel| pixel == WHITE), (SIDE_PX * SIDE_PX) as usize);
}

#[test]
fn an_emissive_picture_shines_by_its_strength() {
    let material = Material {
        base_color_factor: Vec4::new(0.0, 0.0, 0.0, 1.0),
        metallic_factor: 1.0,
        emissive_factor: Vec3::new(1.0, 0.0, 0.0),
        emissive_strength: 0.5,
        emissive_texture: info(UvTransform::default()),
        ..Material::default()
    };
    let scene = textured(material, nearest());
    let Some(picture) = shoot(&scene, 1, 1, &WHITE) else { return };
    // A black metal reflects nothing head on; half of full red is 188.
    assert!(picture.at(32, 32)[0].abs_diff(188) <= 8, "{:?}", picture.at(32, 32));
    assert!(picture.at(32, 32)[1] < 40, "{:?}", picture.at(32, 32));
}

#[test]
fn stripes_that_run_away_from_the_eye_stay_apart_at_a_grazing_angle() {
    // Stripes of four pixels on a floor that is foreshortened six times.
    let seen = |mip: MipFilter| {
        let material = Material { base_color_texture: info(UvTransform::default()), ..unlit(Vec4::ONE) };
        let (side, dark) = (64, [0, 0, 0, 255]);
        let bytes: Vec<_> = (0..side * side).flat_map(|i| if i % 8 < 4 { WHITE } else { dark }).collect();
        let floor = textured(material, Sampler { mip, ..Sampler::default() });
        let mut renderer = studio::renderer()?;
        renderer.load(ID, &floor).expect("loaded");
        let pixels = Pixels::Rgba8 { width_px: side, height_px: side, bytes: &bytes };
        renderer.set_image(ID, &floor, 0, pixels).expect("uploaded");
        let (pose, overlay) = (studio::pose(&floor), Overlay::default());
        let angle = (1.0_f32 / 6.0).asin();
        let view =
            studio::parallel_view(Vec3::new(0.0, angle.cos(), -angle.sin()), Vec3::new(0.0, angle.sin(), angle.cos()));
        let shot = shoot_frame(&mut renderer, &studio::frame(&floor, &pose, &overlay, view), [SIDE_PX; 2]);
        let row: Vec<_> = (0..SIDE_PX).map(|x| shot.at(x, 32)[0]).collect();
        Some(row.iter().max()? - row.iter().min()?)
    };
    // All filters linear: the smaller of the two footprints chooses the level.
    let Some(smooth) = seen(MipFilter::Linear) else { return };
    assert!(smooth > 240, "contrast {smooth}");
    // Filters that forbid it show what is averted: the larger one does.
    let coarse = seen(MipFilter::Nearest).expect("a GPU");
    assert!(coarse < 128, "contrast {coarse}");
}

#[test]
fn wrong_handles_and_short_bytes_are_errors() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = textured(unlit(Vec4::ONE), nearest());
    let pixels = || Pixels::Rgba8 { width_px: 2, height_px: 2, bytes: &[0; 15] };
    assert_eq!(renderer.set_image(ID, &scene, 0, pixels()), Err(RenderError::UnknownScene));
    renderer.load(ID, &scene).expect("loaded");
    assert_eq!(renderer.set_image(ID, &scene, 7, pixels()), Err(RenderError::UnknownImage { image: 7 }));
    assert!(matches!(renderer.set_image(ID, &scene, 0, pixels()), Err(RenderError::Pixels { expected: 16, .. })));
}
