//! A mask covers as much from afar as from close by, and what it hides does not colour what it shows.

use anprobe::render::Pixels;
use anprobe::scene::{AlphaMode, Image, ImageSource, Material, Overlay, Scene, Texture, TextureInfo, UvTransform};
use glam::{Vec2, Vec4};

use crate::compare::supersampled;
use crate::studio::{self, ID, SIDE_PX, Shot, front, near, quad_primitive, shoot_frame, single, unlit};

const TEXELS: u32 = 256;

/// A quad that shows `repeats` × `repeats` pictures.
fn tiled(alpha_mode: AlphaMode, repeats: f32) -> Scene {
    let transform = UvTransform { scale: Vec2::splat(repeats), ..UvTransform::default() };
    let base_color_texture = Some(TextureInfo { texture: 0, uv_set: 0, transform });
    let mut out = single(quad_primitive(1.0, 0), Material { alpha_mode, base_color_texture, ..unlit(Vec4::ONE) });
    out.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
    out.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
    out
}

/// `texel` says the colour at a place in the picture, [0, 1).
fn picture(texel: impl Fn(f32, f32) -> [u8; 4]) -> Vec<u8> {
    let at = |i: u32| (i as f32 + 0.5) / TEXELS as f32;
    (0..TEXELS * TEXELS).flat_map(|i| texel(at(i % TEXELS), at(i / TEXELS))).collect()
}

/// Eight straps each way with holes between them.
fn wicker(x: f32, y: f32) -> [u8; 4] {
    let strap = |t: f32| (t * 8.0).fract() < 0.22;
    [255, 255, 255, if strap(x) || strap(y) { 255 } else { 0 }]
}

/// A few slanted leaves whose alpha falls to the rim over many texels.
fn leaves(x: f32, y: f32) -> [u8; 4] {
    let (u, v) = ((x * 3.0 + y).fract() - 0.5, (y * 3.0 - x).fract() - 0.5);
    let inside = 1.0 - (u * u / 0.2 + v * v / 0.06).sqrt();
    [255, 255, 255, ((0.5 + inside) * 255.0).clamp(0.0, 255.0) as u8]
}

/// The mean alpha, [0, 1].
fn area(shot: &Shot) -> f32 {
    let sum: f32 = shot.bytes.chunks_exact(4).map(|pixel| f32::from(pixel[3]) / 255.0).sum();
    sum * 4.0 / shot.bytes.len() as f32
}

#[test]
fn a_mask_covers_as_much_from_afar_as_from_close_by() {
    for (name, bytes, cutoff) in [
        ("wicker", picture(wicker), 0.5),
        ("wicker", picture(wicker), 0.3),
        ("leaves", picture(leaves), 0.5),
        ("leaves", picture(leaves), 0.8),
    ] {
        let covered = bytes.chunks_exact(4).filter(|texel| f32::from(texel[3]) / 255.0 >= cutoff).count();
        let exact = covered as f32 / (TEXELS * TEXELS) as f32;
        for level in [-1.0_f32, 0.0, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0] {
            let Some(mut renderer) = studio::renderer() else { return };
            let repeats = 2_f32.powf(level) * SIDE_PX as f32 / TEXELS as f32;
            let scene = tiled(AlphaMode::Mask { cutoff }, repeats.max(1.0));
            renderer.load(ID, &scene).expect("loaded");
            let pixels = Pixels::Rgba8 { width_px: TEXELS, height_px: TEXELS, bytes: &bytes };
            renderer.set_image(ID, &scene, 0, pixels).expect("set");
            let (pose, overlay) = (studio::pose(&scene), Overlay::default());
            let frame = studio::frame(&scene, &pose, &overlay, front());
            // From closer than a whole picture fills the view, more pixels stand for a smaller part of it.
            let by = (1.0 / repeats).max(1.0).round() as u32;
            let shot = if by > 1 {
                supersampled(&mut renderer, &frame, [SIDE_PX; 2], by)
            } else {
                shoot_frame(&mut renderer, &frame, [SIDE_PX; 2])
            };
            let found = area(&shot);
            eprintln!("{name} cut at {cutoff}, level {level}: {found} of {exact}");
            assert!((found / exact - 1.0).abs() < 0.1, "{name} cut at {cutoff}, level {level}: {found}, not {exact}");
        }
    }
}

#[test]
fn what_a_picture_hides_does_not_colour_what_it_shows() {
    // Red on a green that is not seen.
    let bytes = picture(|x, y| if wicker(x, y)[3] == 255 { [255, 0, 0, 255] } else { [0, 255, 0, 0] });
    let shown = |alpha_mode: AlphaMode| {
        let mut renderer = studio::renderer()?;
        let scene = tiled(alpha_mode, 16.0);
        renderer.load(ID, &scene).expect("loaded");
        let pixels = Pixels::Rgba8 { width_px: TEXELS, height_px: TEXELS, bytes: &bytes };
        renderer.set_image(ID, &scene, 0, pixels).expect("set");
        let (pose, overlay) = (studio::pose(&scene), Overlay::default());
        Some(shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]))
    };
    let Some(blended) = shown(AlphaMode::Blend) else { return };
    let pixel = blended.at(32, 32);
    assert!(pixel[1] <= 3 && pixel[0].abs_diff(pixel[3]) <= 3 && pixel[3] > 60, "{pixel:?}");
    let masked = shown(AlphaMode::Mask { cutoff: 0.5 }).expect("a GPU");
    assert_eq!(masked.count(|pixel| pixel[1] > 3), 0);
    // Where alpha means nothing, all texels count.
    let opaque = shown(AlphaMode::Opaque).expect("a GPU").at(32, 32);
    assert!(near([opaque[0], opaque[1], 0, 255], [170, 203, 0, 255], 8), "{opaque:?}");
}
