//! What KHR_materials_* extensions add: one property each, without goldens.

use anprobe::environment::Panorama;
use anprobe::frame::EnvironmentId;
use anprobe::render::{Pixels, Renderer};
use anprobe::scene::{Image, ImageSource, Material, Overlay, Scene, Texture, TextureInfo, TextureRole, UvTransform};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, add, front, near, quad_primitive, scene, shoot, shoot_frame, single, unlit};

const EVEN: EnvironmentId = EnvironmentId(9);

fn linear(byte: u8) -> f32 {
    anprobe::color::linear_from_srgb(f32::from(byte) / 255.0)
}

fn dielectric(color: Vec3) -> Material {
    Material { base_color_factor: color.extend(1.0), metallic_factor: 0.0, ..Material::default() }
}

/// Sharp, colourless glass that mirrors nothing.
fn glass() -> Material {
    let mut material = Material { roughness_factor: 0.0, ..dielectric(Vec3::ONE) };
    material.transmission.factor = 1.0;
    material.specular.factor = 0.0;
    material
}

/// The middle pixel under a sky of `upper` above and `lower` below.
fn under(renderer: &mut Renderer, scene: &Scene, upper: u8, lower: u8) -> [u8; 4] {
    // A mantissa of 128 and an exponent of 128 is one half.
    let row = |mantissa: u8| [mantissa, mantissa, mantissa, 128].repeat(64);
    let texels = [row(upper).repeat(16), row(lower).repeat(16)].concat();
    let sky = Panorama::from_rgbe(64, 32, texels).expect("a panorama");
    renderer.set_environment(EVEN, &sky, false).expect("set");
    renderer.load(ID, scene).expect("loaded");
    let (pose, overlay) = (studio::pose(scene), Overlay::default());
    let mut frame = studio::frame(scene, &pose, &overlay, front());
    frame.light.environment = EVEN;
    shoot_frame(renderer, &frame, [SIDE_PX; 2]).at(32, 32)
}

fn middle(renderer: &mut Renderer, scene: &Scene) -> [u8; 4] {
    shoot(renderer, scene, front()).at(32, 32)
}

/// Panes of `materials`, the first farthest, before a wall of the last.
fn panes(materials: impl IntoIterator<Item = Material>, wall: Material) -> Scene {
    let mut materials: Vec<_> = materials.into_iter().collect();
    let count = materials.len();
    materials.push(wall);
    let mut out = scene(materials);
    add(&mut out, quad_primitive(0.9, count), Mat4::from_translation(Vec3::NEG_Z));
    for pane in 0..count {
        add(&mut out, quad_primitive(0.6, pane), Mat4::from_translation(Vec3::Z * 0.3 * pane as f32));
    }
    out
}

#[test]
fn an_index_next_to_the_default_looks_like_the_default() {
    let Some(mut renderer) = studio::renderer() else { return };
    let plain = middle(&mut renderer, &single(quad_primitive(1.0, 0), dielectric(Vec3::splat(0.5))));
    let layered = Material { ior: 1.5001, ..dielectric(Vec3::splat(0.5)) };
    let layered = middle(&mut renderer, &single(quad_primitive(1.0, 0), layered));
    assert!(near(plain, layered, 1), "{plain:?} and, by the other pipeline, {layered:?}");
}

#[test]
fn glass_shows_what_is_behind_it_and_the_page_where_nothing_is() {
    let Some(mut renderer) = studio::renderer() else { return };
    let red = unlit(Vec4::new(1.0, 0.2, 0.1, 1.0));
    let wall = middle(&mut renderer, &panes([], red.clone()));
    let through = middle(&mut renderer, &panes([glass()], red));
    assert!(near(wall, through, 3), "{wall:?} is seen as {through:?}");
    let alone = middle(&mut renderer, &single(quad_primitive(1.0, 0), glass()));
    assert!(alone[3] < 12, "the page is hidden: {alone:?}");
}

#[test]
fn glass_is_seen_through_glass() {
    let Some(mut renderer) = studio::renderer() else { return };
    let green = Material { base_color_factor: Vec4::new(0.5, 1.0, 0.5, 1.0), ..glass() };
    for count in 1..=3 {
        let seen = middle(&mut renderer, &panes(vec![green.clone(); count], unlit(Vec4::ONE)));
        let expected = 0.5f32.powi(count as i32);
        assert!((linear(seen[0]) / expected - 1.0).abs() < 0.06, "{count}: {seen:?} for {expected}");
        assert!(linear(seen[1]) > 0.95, "{count}: {seen:?}");
    }
}

#[test]
fn both_sides_of_a_double_sided_pane_tint() {
    let Some(mut renderer) = studio::renderer() else { return };
    // A tube's two walls in one primitive: the inner side is seen through the outer one.
    let mut tube = quad_primitive(0.6, 0);
    let far = tube.vertices.clone();
    tube.vertices.positions.extend(far.positions.iter().map(|p| *p - Vec3::Z * 0.5));
    tube.vertices.normals.extend(far.normals.iter().map(|n| -*n));
    if let Some(uvs) = tube.vertices.uvs.first_mut() {
        uvs.extend(far.uvs[0].clone());
    }
    tube.indices.extend([4, 6, 5, 4, 7, 6]);
    let half = Material { base_color_factor: Vec4::new(0.5, 0.5, 0.5, 1.0), double_sided: true, ..glass() };
    let mut out = scene([half, unlit(Vec4::ONE)]);
    add(&mut out, quad_primitive(0.9, 1), Mat4::from_translation(Vec3::NEG_Z));
    add(&mut out, tube, Mat4::IDENTITY);
    let seen = middle(&mut renderer, &out);
    assert!((linear(seen[0]) / 0.25 - 1.0).abs() < 0.08, "{seen:?}");
}

#[test]
fn a_volume_as_thick_as_its_attenuation_distance_has_its_colour() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut amber = glass();
    amber.volume.thickness_factor = 0.2;
    amber.volume.attenuation_distance = 0.2;
    amber.volume.attenuation_color = Vec3::new(0.8, 0.4, 0.1);
    let seen = middle(&mut renderer, &panes([amber], unlit(Vec4::ONE)));
    for (channel, expected) in [0.8, 0.4, 0.1].into_iter().enumerate() {
        assert!((linear(seen[channel]) - expected).abs() < 0.03, "{seen:?}");
    }
}

#[test]
fn rough_glass_blurs_an_edge_and_sharp_glass_does_not() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut spread = |roughness_factor| {
        let pane = Material { roughness_factor, ..glass() };
        let mut out = scene([pane, unlit(Vec4::new(0.0, 0.0, 0.0, 1.0)), unlit(Vec4::ONE)]);
        add(&mut out, quad_primitive(0.9, 2), Mat4::from_translation(Vec3::NEG_Z * 2.0));
        add(&mut out, quad_primitive(0.5, 1), Mat4::from_translation(Vec3::new(0.5, 0.0, -1.0)));
        add(&mut out, quad_primitive(0.8, 0), Mat4::IDENTITY);
        let shot = shoot(&mut renderer, &out, front());
        (8..56).filter(|x| (30..225).contains(&shot.at(*x, 32)[0])).count()
    };
    let (sharp, rough) = (spread(0.0), spread(0.4));
    assert!(sharp <= 2, "{sharp} pixels are between black and white");
    assert!(rough >= 6, "{rough} pixels are between black and white");
}

#[test]
fn rough_glass_mixes_in_nothing_from_beside_the_picture() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut out = scene([Material { roughness_factor: 0.6, ..glass() }, unlit(Vec4::ONE)]);
    add(&mut out, quad_primitive(4.0, 1), Mat4::from_translation(Vec3::NEG_Z));
    add(&mut out, quad_primitive(4.0, 0), Mat4::IDENTITY);
    renderer.load(ID, &out).expect("loaded");
    let (pose, overlay) = (studio::pose(&out), Overlay::default());
    // Sides that textures are not given, larger and then smaller.
    for side in [150, 70] {
        let mut view = front();
        view.viewport_px = [0, 0, side, side];
        let shot = shoot_frame(&mut renderer, &studio::frame(&out, &pose, &overlay, view), [side; 2]);
        for (x, y) in [(0, 0), (side - 1, side / 2), (side / 2, side - 1), (side - 1, side - 1)] {
            assert!(near(shot.at(x, y), [255; 4], 3), "{side}: {:?} at {x}, {y}", shot.at(x, y));
        }
    }
}

#[test]
fn light_from_behind_comes_through_paper() {
    let Some(mut renderer) = studio::renderer() else { return };
    // A card that faces down, seen from above: its upper side is lit from below by what it lets through.
    let mut paper = dielectric(Vec3::ONE);
    let lit = |renderer: &mut Renderer, material: Material| {
        let mut out = scene([Material { double_sided: true, ..material }]);
        add(&mut out, quad_primitive(1.0, 0), Mat4::from_rotation_x(-std::f32::consts::FRAC_PI_3));
        linear(under(renderer, &out, 4, 128)[0])
    };
    let opaque = lit(&mut renderer, paper.clone());
    paper.diffuse_transmission.factor = 1.0;
    let through = lit(&mut renderer, paper);
    assert!(through > 2.0 * opaque, "{through} comes through, {opaque} without");
}

#[test]
fn glass_tints_a_page_of_known_colour() {
    let Some(mut renderer) = studio::renderer() else { return };
    let page_color = [250, 180, 60];
    let mut before_page = |base_color: Vec4, exposure, page_color| {
        let glass = Material { base_color_factor: base_color, double_sided: true, ..glass() };
        let out = single(quad_primitive(1.0, 0), glass);
        renderer.load(ID, &out).expect("loaded");
        let (pose, overlay) = (studio::pose(&out), Overlay::default());
        let mut frame = studio::frame(&out, &pose, &overlay, front());
        (frame.page_color, frame.exposure) = (page_color, exposure);
        shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).at(32, 32)
    };
    // However the product is exposed, the page is as bright as it is.
    for exposure in [0.5, 1.0, 2.0] {
        let [r, g, b, a] = before_page(Vec4::ONE, exposure, Some(page_color));
        let off = [r, g, b].iter().zip(page_color).map(|(seen, page)| seen.abs_diff(page)).max();
        assert!(off <= Some(1) && a == 255, "clear at {exposure}: {r}, {g}, {b}, {a}");
        let ruby = before_page(Vec4::new(0.8, 0.1, 0.1, 1.0), exposure, Some(page_color)).map(linear);
        for ((seen, page), tint) in ruby.into_iter().zip(page_color.map(linear)).zip([0.8, 0.1, 0.1]) {
            assert!((seen - page * tint).abs() < 0.01, "{seen} of {page} through {tint}");
        }
    }
    let [r, _, _, a] = before_page(Vec4::ONE, 1.0, None);
    assert!(r < 2 && a < 2, "one that is not known comes through the canvas: {r}, {a}");
}

#[test]
fn no_layer_adds_energy_to_an_even_sky() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut check = |name: &str, change: fn(&mut Material)| {
        for roughness_factor in [0.2, 0.6, 1.0] {
            let mut material = Material { roughness_factor, ..dielectric(Vec3::ONE) };
            change(&mut material);
            let seen = linear(under(&mut renderer, &single(quad_primitive(1.0, 0), material), 128, 128)[0]);
            assert!(seen < 0.5 * 1.015, "{name} at roughness {roughness_factor}: {seen} of 0.5");
            assert!(seen > 0.3, "{name} at roughness {roughness_factor}: {seen} of 0.5");
        }
    };
    check("nothing", |material| material.ior = 1.4);
    check("clear coat", |material| material.clearcoat.factor = 1.0);
    check("sheen", |material| {
        material.sheen.color_factor = Vec3::ONE;
        material.sheen.roughness_factor = 0.5;
    });
    check("film", |material| material.iridescence.factor = 1.0);
    check("brush", |material| {
        material.metallic_factor = 1.0;
        material.anisotropy.strength = 0.9;
    });
    check("paper", |material| material.diffuse_transmission.factor = 0.5);
}

#[test]
fn a_clear_coat_mirrors_over_what_does_not() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut lacquer = dielectric(Vec3::ZERO);
    lacquer.specular.factor = 0.0;
    let mut seen = |material: &Material| {
        linear(under(&mut renderer, &single(quad_primitive(1.0, 0), material.clone()), 128, 128)[0])
    };
    let bare = seen(&lacquer);
    lacquer.clearcoat.factor = 1.0;
    let coated = seen(&lacquer);
    assert!(bare < 0.002, "{bare}");
    assert!((coated - 0.02).abs() < 0.003, "four hundredths of one half, not {coated}");
}

#[test]
fn every_extension_at_once_with_more_textures_than_fit_is_drawn() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut material = dielectric(Vec3::splat(0.5));
    material.clearcoat.factor = 0.5;
    material.clearcoat.roughness_factor = 0.5;
    material.sheen.color_factor = Vec3::splat(0.3);
    material.sheen.roughness_factor = 0.5;
    material.iridescence.factor = 0.5;
    material.anisotropy.strength = 0.5;
    material.transmission.factor = 0.5;
    material.diffuse_transmission.factor = 0.3;
    material.volume.thickness_factor = 0.1;
    material.dispersion = 1.0;
    let info = |texture| Some(TextureInfo { texture, uv_set: 0, transform: UvTransform::default() });
    material.base_color_texture = info(0);
    material.metallic_roughness_texture = info(1);
    material.normal_texture = info(2);
    material.occlusion_texture = info(3);
    material.emissive_texture = info(4);
    material.transmission.texture = info(5);
    material.clearcoat.texture = info(6);
    material.clearcoat.roughness_texture = info(7);
    material.clearcoat.normal_texture = info(8);
    material.sheen.color_texture = info(9);
    material.sheen.roughness_texture = info(10);
    material.specular.color_texture = info(11);
    material.specular.texture = info(12);
    material.anisotropy.texture = info(13);
    material.iridescence.texture = info(14);
    material.iridescence.thickness_texture = info(15);
    material.diffuse_transmission.color_texture = info(16);
    material.diffuse_transmission.texture = info(17);
    material.volume.thickness_texture = info(18);
    assert_eq!(material.textures().count(), TextureRole::ALL.len());
    let mut out = panes([material], unlit(Vec4::ONE));
    for image in 0..TextureRole::ALL.len() {
        out.textures.push(Some(Texture { image: Some(image), ..Texture::default() }));
        out.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
    }
    renderer.load(ID, &out).expect("loaded");
    for image in 0..TextureRole::ALL.len() {
        let bytes = [200, 128, 255, 255];
        renderer.set_image(ID, &out, image, Pixels::Rgba8 { width_px: 1, height_px: 1, bytes: &bytes }).expect("set");
    }
    let (pose, overlay) = (studio::pose(&out), Overlay::default());
    let frame = studio::frame(&out, &pose, &overlay, front());
    while renderer.prepare(&frame) > 0 {}
    let prepared = renderer.statistics().pipelines;
    let seen = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).at(32, 32);
    assert!(seen[..3].iter().all(|channel| *channel > 20) && seen[3] == 255, "{seen:?}");
    // The last pass and the mips of the linear picture come with the first frame.
    assert!(renderer.statistics().pipelines <= prepared + 2, "pipelines come with the picture");
}
