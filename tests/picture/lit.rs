//! Light falls from where it comes, as strong as the BRDF says.

use anprobe::render::Pixels;
use anprobe::scene::{
    Image, ImageSource, Light, LightKind, Local, Material, Node, Overlay, Primitive, Scene, Texture, TextureInfo,
    UvTransform,
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

/// The middle pixel without any environment.
fn middle(scene: &Scene) -> Option<[u8; 4]> {
    let mut renderer = studio::renderer()?;
    renderer.load(ID, scene).expect("loaded");
    if scene.images.get(0).is_some() {
        // Tilted by 45° towards +X and, half as much, towards +Y.
        let bytes = [218, 172, 218, 255];
        renderer.set_image(ID, scene, 0, Pixels::Rgba8 { width_px: 1, height_px: 1, bytes: &bytes }).expect("set");
    }
    let (pose, overlay) = (studio::pose(scene), Overlay::default());
    let mut frame = studio::frame(scene, &pose, &overlay, front());
    frame.light.intensity = 0.0;
    Some(shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).at(32, 32))
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
    let normal_texture = Some(TextureInfo { texture: 0, uv_set: 0, transform: UvTransform::default() });
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
