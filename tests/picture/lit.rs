//! Light falls from where it comes, as strong as the BRDF says.

use anprobe::render::Pixels;
use anprobe::scene::{
    Image, ImageSource, Light, LightKind, Local, Material, MorphTarget, Node, Overlay, Primitive, Scene, Texture,
    TextureInfo, UvTransform,
};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, front, near, quad_primitive, shoot_frame, single};

fn matte() -> Material {
    let base_color_factor = Vec4::new(0.8, 0.8, 0.8, 1.0);
    Material { base_color_factor, metallic_factor: 0.0, roughness_factor: 1.0, ..Material::default() }
}

/// Adds a light that shines along −Z of `place`.
fn shine(scene: &mut Scene, kind: LightKind, intensity: f32, place: Mat4) {
    let light = Some(scene.lights.len());
    scene.lights.push(Some(Light { name: String::new(), color: Vec3::ONE, intensity, range: None, kind }));
    scene.nodes.push(Some(Node { local: Local::Matrix(place), light, ..Node::default() }));
}

/// The middle pixel without any environment; a picture is tilted by 45° towards +X and, half as much, towards +Y.
fn middle(scene: &Scene) -> Option<[u8; 4]> {
    middle_under(scene, [218, 172, 218, 255], 0.0)
}

/// The middle pixel where pictures are of this one texel, in the studio at this strength.
fn middle_under(scene: &Scene, texel: [u8; 4], environment: f32) -> Option<[u8; 4]> {
    let mut renderer = studio::renderer()?;
    renderer.load(ID, scene).expect("loaded");
    if scene.images.get(0).is_some() {
        renderer.set_image(ID, scene, 0, Pixels::Rgba8 { width_px: 1, height_px: 1, bytes: &texel }).expect("set");
    }
    let (pose, overlay) = (studio::pose(scene), Overlay::default());
    let mut frame = studio::frame(scene, &pose, &overlay, front());
    frame.light.intensity = environment;
    Some(shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).at(32, 32))
}

/// A quad of `material`, whose pictures all are image 0.
fn pictured(material: Material) -> Scene {
    let mut out = single(quad_primitive(1.0, 0), material);
    out.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
    out.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
    out
}

fn texture_info() -> Option<TextureInfo> {
    Some(TextureInfo { texture: 0, uv_set: 0, transform: UvTransform::default() })
}

fn linear(byte: u8) -> f32 {
    anprobe::color::linear_from_srgb(f32::from(byte) / 255.0)
}

#[test]
fn lights_are_as_bright_as_appendix_b_says() {
    // Head on: 0.96 · 0.8 / π of the diffuse, 0.04 · D · V of the specular with D = 1 / π and V = 1 / 4; times π lux.
    let expected = anprobe::color::srgb_from_linear(0.96 * 0.8 + 0.04 * 0.25) * 255.0;
    let expected = [expected.round() as u8; 3];
    let expected = [expected[0], expected[1], expected[2], 255];
    let two_metres = Mat4::from_translation(Vec3::Z * 2.0);
    let spot = LightKind::Spot { inner: 0.1, outer: 0.2 };
    for (kind, intensity) in [
        (LightKind::Directional, std::f32::consts::PI),
        (LightKind::Point, 4.0 * std::f32::consts::PI),
        (spot, 4.0 * std::f32::consts::PI),
    ] {
        let mut lit = single(quad_primitive(1.0, 0), matte());
        shine(&mut lit, kind, intensity, two_metres);
        let Some(pixel) = middle(&lit) else { return };
        assert!(near(pixel, expected, 2), "{kind:?}: {pixel:?}, expected {expected:?}");
    }
    let mut beside = single(quad_primitive(1.0, 0), matte());
    shine(&mut beside, spot, 100.0, Mat4::from_translation(Vec3::new(1.0, 0.0, 2.0)));
    assert_eq!(middle(&beside), Some([0, 0, 0, 255]), "outside the cone");
}

/// How much brighter a quad with the tilted normal map is lit from `to_light` than from the other side.
fn tilt(primitive: &Primitive, place: Mat4, to_light: Vec3) -> Option<f32> {
    let normal_texture = texture_info();
    let light = |direction: Vec3| {
        let mut lit = studio::scene([Material { normal_texture, double_sided: true, ..matte() }]);
        studio::add(&mut lit, primitive.clone(), place);
        lit.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
        lit.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
        shine(&mut lit, LightKind::Directional, 2.0, studio::facing(direction));
        middle(&lit).map(|pixel| f32::from(pixel[0]))
    };
    Some(light(to_light)? - light(-to_light)?)
}

#[test]
fn a_normal_map_tilts_the_same_way_with_and_without_tangents() {
    let bare = quad_primitive(1.0, 0);
    let mut with = bare.clone();
    with.vertices.tangents = vec![Vec4::new(1.0, 0.0, 0.0, 1.0); 4];
    for (name, primitive) in [("derived", &bare), ("given", &with)] {
        let Some(right) = tilt(primitive, Mat4::IDENTITY, Vec3::new(0.9, 0.0, 0.1)) else { return };
        assert!(right > 40.0, "{name} tangents: towards +X by {right}");
        let upper = tilt(primitive, Mat4::IDENTITY, Vec3::new(0.0, 0.9, 0.1)).expect("a GPU");
        assert!(upper > 20.0, "{name} tangents: towards +Y by {upper}");
        // Mirrored in X the bump is, too.
        let mirrored = Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0));
        let left = tilt(primitive, mirrored, Vec3::new(-0.9, 0.0, 0.1)).expect("a GPU");
        assert!(left > 40.0, "{name} tangents: mirrored towards -X by {left}");
        let upper = tilt(primitive, mirrored, Vec3::new(0.0, 0.9, 0.1)).expect("a GPU");
        assert!(upper > 20.0, "{name} tangents: mirrored still towards +Y by {upper}");
    }
}

#[test]
fn the_back_of_a_double_sided_quad_is_lit_from_behind() {
    let mut lit = single(quad_primitive(1.0, 0), Material { double_sided: true, ..matte() });
    // The quad's front looks away.
    let turned = Mat4::from_rotation_y(std::f32::consts::PI);
    lit.nodes = [Some(Node { mesh: Some(0), local: Local::Matrix(turned), ..Node::default() })].into_iter().collect();
    shine(&mut lit, LightKind::Directional, std::f32::consts::PI, Mat4::IDENTITY);
    let Some(pixel) = middle(&lit) else { return };
    assert!(pixel[0] > 200, "{pixel:?}");
}

#[test]
fn green_is_rough_and_blue_is_metal() {
    // Head on, times 1 / 8 of π lux: a metal reflects 0.8 · D · V with D = 1 / (π α²) and V = 1 / 4.
    let metal = |roughness: f32| 0.8 * 0.25 / roughness.powi(4) / 8.0;
    let dielectric = (0.96 * 0.8 + 0.04 * 0.25) / 8.0;
    for (texel, expected) in [
        ([0, 255, 255, 255], metal(1.0)),
        ([255, 128, 255, 255], metal(128.0 / 255.0)),
        ([0, 255, 0, 255], dielectric),
        ([0, 255, 51, 255], 0.8 * dielectric + 0.2 * metal(1.0)),
    ] {
        let base_color_factor = Vec4::new(0.8, 0.8, 0.8, 1.0);
        let metallic_roughness_texture = texture_info();
        let mut lit = pictured(Material { base_color_factor, metallic_roughness_texture, ..Material::default() });
        shine(&mut lit, LightKind::Directional, std::f32::consts::PI / 8.0, Mat4::IDENTITY);
        let Some(pixel) = middle_under(&lit, texel, 0.0) else { return };
        let expected = anprobe::color::srgb_from_linear(expected) * 255.0;
        assert!((f32::from(pixel[0]) - expected).abs() < 3.0, "{texel:?}: {pixel:?}, not {expected}");
    }
}

#[test]
fn occlusion_dims_the_environment_as_far_as_its_strength_goes() {
    let shown = |occlusion_strength: f32, red: u8| {
        let lit = pictured(Material { occlusion_texture: texture_info(), occlusion_strength, ..matte() });
        middle_under(&lit, [red, 255, 255, 255], 1.0).map(|pixel| linear(pixel[1]))
    };
    let Some(open) = shown(1.0, 255) else { return };
    assert!(open > 0.2, "{open}");
    for (strength, red, expected) in [(1.0, 0, 0.0), (0.5, 0, 0.5), (0.5, 128, 0.75), (0.0, 0, 1.0)] {
        let found = shown(strength, red).expect("a GPU") / open;
        assert!((found - expected).abs() < 0.02, "{strength} of {red}: {found}, not {expected}");
    }
}

#[test]
fn a_spot_fades_to_its_outer_angle_and_a_light_to_its_range() {
    let (inner, outer) = (0.2_f32, 0.8_f32);
    let seen = |kind: LightKind, angle: f32, range: Option<f32>| {
        let mut lit = single(quad_primitive(1.0, 0), matte());
        // Two metres above the quad, to the side, shining straight down.
        shine(&mut lit, kind, 4.0, Mat4::from_translation(Vec3::new(2.0 * angle.tan(), 0.0, 2.0)));
        lit.lights.get_mut(0).expect("the light").range = range;
        middle(&lit).map(|pixel| linear(pixel[0]))
    };
    let spot = LightKind::Spot { inner, outer };
    for angle in [0.1_f32, 0.4, 0.6, 0.75, 0.85] {
        let Some(point) = seen(LightKind::Point, angle, None) else { return };
        let part = ((angle.cos() - outer.cos()) / (inner.cos() - outer.cos())).clamp(0.0, 1.0).powi(2);
        let found = seen(spot, angle, None).expect("a GPU");
        assert!(point > 0.05 && (found / point - part).abs() < 0.03, "at {angle}: {found} of {point}, not {part}");
    }
    let endless = seen(LightKind::Point, 0.0, None).expect("a GPU");
    for range in [1.9_f32, 2.1, 2.5, 4.0] {
        let part = (1.0 - (2.0 / range).powi(4)).max(0.0);
        let found = seen(LightKind::Point, 0.0, Some(range)).expect("a GPU") / endless;
        assert!((found - part).abs() < 0.02, "range {range}: {found}, not {part}");
    }
}

#[test]
fn morphed_normals_are_lit_as_they_stand() {
    let mut primitive = quad_primitive(1.0, 0);
    primitive.targets =
        vec![MorphTarget { positions: vec![Vec3::ZERO; 4], normals: vec![Vec3::X; 4], ..MorphTarget::default() }];
    let lit = |weight: f32| {
        let mut lit = single(primitive.clone(), matte());
        shine(&mut lit, LightKind::Directional, std::f32::consts::PI, studio::facing(Vec3::X));
        lit.nodes.get_mut(0).expect("the quad").weights = vec![weight];
        middle(&lit).map(|pixel| linear(pixel[0]))
    };
    let Some(flat) = lit(0.0) else { return };
    assert!(flat < 0.01, "light from the side: {flat}");
    // Half way to the light; a little more than the diffuse part.
    let half = lit(1.0).expect("a GPU");
    let diffuse = 0.96 * 0.8 * std::f32::consts::FRAC_1_SQRT_2;
    assert!((half - diffuse).abs() < 0.03, "{half}, not {diffuse}");
    assert!(lit(-1.0).expect("a GPU") < 0.01, "turned away");
}

#[test]
fn occlusion_leaves_a_smooth_surface_what_it_mirrors_head_on() {
    let shown = |roughness_factor: f32, red: u8| {
        let texture = texture_info();
        let base_color_factor = Vec4::new(0.8, 0.8, 0.8, 1.0);
        let metal = Material { base_color_factor, roughness_factor, occlusion_texture: texture, ..Material::default() };
        middle_under(&pictured(metal), [red, 255, 255, 255], 1.0).map(|pixel| linear(pixel[1]))
    };
    for (roughness, wanted) in [(1.0, 0.502), (0.5, 0.506), (0.0, 0.727)] {
        let Some(open) = shown(roughness, 255) else { return };
        let half = shown(roughness, 128).expect("a GPU") / open;
        assert!((half - wanted).abs() < 0.02, "roughness {roughness}: {half}, not {wanted}");
        assert!(shown(roughness, 0).expect("a GPU") < 0.01, "roughness {roughness}: dark");
    }
}

#[test]
fn nothing_is_mirrored_from_below_the_surface() {
    // Bent so far that the mirrored ray goes 50° or, bent less, 20° down or up from the quad's plane.
    let shown = |tilt: f32, normal_scale: f32| {
        let degrees = tilt.to_radians();
        let byte = |x: f32| ((x * 0.5 + 0.5) * 255.0).round() as u8;
        let texel = [byte(degrees.sin()), 128, byte(degrees.cos()), 255];
        let metal = Material {
            base_color_factor: Vec4::ONE,
            roughness_factor: 0.3,
            normal_texture: texture_info(),
            normal_scale,
            ..Material::default()
        };
        middle_under(&pictured(metal), texel, 1.0).map(|pixel| linear(pixel[1]))
    };
    let Some(below) = shown(70.0, 1.0) else { return };
    assert!(below < 0.01, "mirrors what is behind it: {below}");
    assert!(shown(35.0, 1.0).expect("a GPU") > 0.1, "20° above");
}

#[test]
fn the_strongest_lights_count() {
    // Eight that are near and weak, one that is far and strong.
    let mut lit = single(quad_primitive(1.0, 0), matte());
    for _ in 0..8 {
        shine(&mut lit, LightKind::Point, 0.001, Mat4::from_translation(Vec3::Z));
    }
    shine(&mut lit, LightKind::Point, 100.0 * std::f32::consts::PI, Mat4::from_translation(Vec3::Z * 10.0));
    shine(&mut lit, LightKind::Directional, 0.001, Mat4::IDENTITY);
    let Some(pixel) = middle(&lit) else { return };
    assert!(pixel[0] > 200, "{pixel:?}");
}
