//! Parts that are there without being drawn, outlines, and a customer's picture behind them.

use anprobe::camera::{View, projection_from_view};
use anprobe::frame::{Background, Frame, Look, PhotoId, Placed, ToneMap};
use anprobe::render::{Pixels, Renderer};
use anprobe::scene::{Material, Overlay, Pose, Role, Scene, SceneId};
use glam::{Mat4, Quat, Vec3};

use crate::studio::{self, ID, SHADOW, SIDE_PX, Shot, front, near, quad_primitive, shoot_frame, single};

const OTHER: SceneId = SceneId(2);
const PHOTO: PhotoId = PhotoId(7);

fn flat(color: Vec3) -> Material {
    Material { base_color_factor: color.extend(1.0), unlit: true, double_sided: true, ..Material::default() }
}

fn role(role: Role) -> Overlay {
    Overlay { role, ..Overlay::default() }
}

/// Two scenes, each at its place.
fn two<'a>(
    scenes: [&'a Scene; 2],
    poses: &'a [Pose; 2],
    overlays: &'a [Overlay; 2],
    places: [Mat4; 2],
    view: View,
) -> Frame<'a> {
    let mut frame = studio::frame(scenes[0], &poses[0], &overlays[0], view);
    let placed = [0, 1].map(|at| Placed {
        id: [ID, OTHER][at],
        scene: scenes[at],
        world_from_scene: places[at],
        pose: &poses[at],
        overlay: &overlays[at],
    });
    frame.looks = vec![Look { placed: placed.to_vec() }];
    frame
}

fn loaded(renderer: &mut Renderer, scenes: [&Scene; 2]) -> [Pose; 2] {
    renderer.load(ID, scenes[0]).unwrap();
    renderer.load(OTHER, scenes[1]).unwrap();
    scenes.map(studio::pose)
}

/// Every pixel another colour.
fn speckled(width: u32, height: u32) -> Vec<u8> {
    let texel = |at: u32| [(at * 37 % 256) as u8, (at * 101 % 256) as u8, (at * 7 % 256) as u8, 255];
    (0..width * height).flat_map(texel).collect()
}

fn photo(renderer: &mut Renderer, width_px: u32, height_px: u32, bytes: &[u8]) {
    renderer.set_photo(PHOTO, &Pixels::Rgba8 { width_px, height_px, bytes }).unwrap();
    assert!(renderer.has_photo(PHOTO));
}

#[test]
fn a_picture_behind_everything_is_shown_as_it_is() {
    let Some(mut renderer) = studio::renderer() else { return };
    let bytes = speckled(SIDE_PX, SIDE_PX);
    photo(&mut renderer, SIDE_PX, SIDE_PX, &bytes);
    let scene = single(quad_primitive(0.25, 0), flat(Vec3::new(1.0, 0.0, 0.0)));
    renderer.load(ID, &scene).unwrap();
    let (pose, overlay) = (studio::pose(&scene), Overlay::default());
    let mut frame = studio::frame(&scene, &pose, &overlay, front());
    frame.background = Background::Photo { photo: PHOTO, half_size: [1.0, 1.0] };
    frame.exposure = 0.3;
    frame.tone_map = ToneMap::Aces;
    let shot = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    for y in 0..SIDE_PX {
        for x in 0..SIDE_PX {
            let inside = (24..40).contains(&x) && (24..40).contains(&y);
            let at = ((y * SIDE_PX + x) * 4) as usize;
            let expected: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
            assert!(inside || shot.at(x, y) == expected, "{x} {y}: {:?} {expected:?}", shot.at(x, y));
        }
    }
    assert!(shot.at(32, 32)[0] > 60 && shot.at(32, 32)[1] < 20, "the product is before it: {:?}", shot.at(32, 32));
    // Half as wide, all of it is seen, and the page beside it.
    frame.background = Background::Photo { photo: PHOTO, half_size: [0.5, 1.0] };
    let narrow = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!([narrow.at(15, 5)[3], narrow.at(16, 5)[3], narrow.at(47, 5)[3], narrow.at(48, 5)[3]], [0, 255, 255, 0]);
    // Twice as wide, its middle is seen.
    let halves: Vec<u8> = (0..SIDE_PX * SIDE_PX)
        .flat_map(|at| [[255, 0, 0, 255], [0, 0, 255, 255]][(at % SIDE_PX / 32) as usize])
        .collect();
    photo(&mut renderer, SIDE_PX, SIDE_PX, &halves);
    frame.background = Background::Photo { photo: PHOTO, half_size: [2.0, 1.0] };
    let wide = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!([wide.at(2, 5), wide.at(61, 5)], [[255, 0, 0, 255], [0, 0, 255, 255]]);
    renderer.remove_photo(PHOTO);
    assert!(!renderer.has_photo(PHOTO));
    assert_eq!(shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).at(2, 5), [0; 4], "and is gone");
}

/// Where a picture lets everything else through.
fn hidden_by(shot: &Shot, expected: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
    let all = (0..SIDE_PX).flat_map(|y| (0..SIDE_PX).map(move |x| (x, y)));
    all.filter(|(x, y)| (shot.at(*x, *y)[3] == 0) != expected(*x, *y)).collect()
}

#[test]
fn depth_only_hides_exactly_what_is_behind_it_and_has_no_colour() {
    let Some(mut renderer) = studio::renderer() else { return };
    let near_quad = single(quad_primitive(0.5, 0), flat(Vec3::new(1.0, 0.0, 0.0)));
    let far_quad = single(quad_primitive(1.0, 0), flat(Vec3::new(0.0, 1.0, 0.0)));
    let scenes = [&near_quad, &far_quad];
    let poses = loaded(&mut renderer, scenes);
    let overlays = [role(Role::DepthOnly), Overlay::default()];
    let before = Mat4::from_translation(Vec3::Z * 0.5);
    let behind = Mat4::from_translation(Vec3::Z * -0.5);
    let frame = two(scenes, &poses, &overlays, [before, behind], front());
    let shot = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    let inside = |x: u32, y: u32| (16..48).contains(&x) && (16..48).contains(&y);
    assert_eq!(hidden_by(&shot, inside), [], "what is behind it is hidden, pixel by pixel");
    assert_eq!(shot.at(4, 4), [0, 255, 0, 255]);
    let frame = two(scenes, &poses, &overlays, [behind, before], front());
    let shot = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!(hidden_by(&shot, |_, _| false), [], "what is before it is not");
    // Through the hole one sees the picture.
    photo(&mut renderer, SIDE_PX, SIDE_PX, &[10, 20, 30, 255].repeat((SIDE_PX * SIDE_PX) as usize));
    let mut frame = two(scenes, &poses, &overlays, [before, behind], front());
    frame.background = Background::Photo { photo: PHOTO, half_size: [1.0, 1.0] };
    let shot = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!([shot.at(32, 32), shot.at(4, 4)], [[10, 20, 30, 255], [0, 255, 0, 255]]);
}

#[test]
fn what_one_looks_through_hides_nothing_and_a_mask_only_where_it_is() {
    let Some(mut renderer) = studio::renderer() else { return };
    let far_quad = single(quad_primitive(1.0, 0), flat(Vec3::new(0.0, 1.0, 0.0)));
    let mut glass = flat(Vec3::ONE);
    glass.alpha_mode = anprobe::scene::AlphaMode::Blend;
    let mut holes = flat(Vec3::ONE);
    holes.alpha_mode = anprobe::scene::AlphaMode::Mask { cutoff: 0.5 };
    holes.base_color_factor.w = 0.2;
    for material in [glass, holes] {
        let through = single(quad_primitive(0.5, 0), material);
        let scenes = [&through, &far_quad];
        let poses = loaded(&mut renderer, scenes);
        let overlays = [role(Role::DepthOnly), Overlay::default()];
        let places = [0.5, -0.5].map(|z| Mat4::from_translation(Vec3::Z * z));
        let shot = shoot_frame(&mut renderer, &two(scenes, &poses, &overlays, places, front()), [SIDE_PX; 2]);
        assert_eq!(hidden_by(&shot, |_, _| false), []);
    }
}

/// Looks at the origin from +Z, from two metres.
fn perspective(side_px: u32) -> View {
    View {
        world_from_view: Mat4::from_translation(Vec3::Z * 2.0),
        projection_from_view: projection_from_view(1.0, 1.0, 0.01, 10.0),
        viewport_px: [0, 0, side_px, side_px],
        look: 0,
    }
}

/// How much of a row is line, bright and dark, in pixels, up to the product.
fn line(shot: &Shot, y: u32, range: std::ops::Range<u32>) -> [f32; 2] {
    let mut out = [0.0; 2];
    for x in range {
        let [red, _, _, alpha] = shot.at(x, y).map(f32::from);
        out[0] += red / 255.0;
        out[1] += (alpha - red) / 255.0;
    }
    out
}

#[test]
fn an_outline_is_as_wide_at_every_size_and_lies_outside() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = single(quad_primitive(0.5, 0), flat(Vec3::ONE));
    renderer.load(ID, &scene).unwrap();
    let pose = studio::pose(&scene);
    for (side_px, scale, width_px) in [(128, 1.0, 2.0), (256, 1.0, 2.0), (256, 0.4, 2.0), (256, 0.7, 4.0)] {
        let overlay = role(Role::Outline { width_px });
        let mut frame = studio::frame(&scene, &pose, &overlay, perspective(side_px));
        frame.looks[0].placed[0].world_from_scene = Mat4::from_scale(Vec3::splat(scale));
        let shot = shoot_frame(&mut renderer, &frame, [side_px; 2]);
        let middle = side_px / 2;
        assert_eq!(shot.at(middle, middle), [0; 4], "inside one sees what is behind it");
        let [bright, dark] = line(&shot, middle, 0..middle);
        assert!((bright - width_px).abs() < 0.4, "{side_px} {scale}: {bright} of {width_px}");
        assert!((dark - (0.6 * width_px + 0.3)).abs() < 0.6, "{side_px} {scale}: {dark}");
        // Where the quad ends, the line begins.
        let edge = middle as f32 * (1.0 - 0.5 * scale / 2.0 / 0.5f32.tan());
        let first = (0..middle).rev().find(|x| shot.at(*x, middle)[3] > 127).unwrap() as f32 + 1.0;
        assert!((first - edge).abs() <= 1.0, "{first} {edge}");
    }
}

#[test]
fn an_outline_shows_where_one_part_ends_before_another_and_no_edge_within_a_surface() {
    let Some(mut renderer) = studio::renderer() else { return };
    let small = single(quad_primitive(0.2, 0), flat(Vec3::ONE));
    let large = single(quad_primitive(0.6, 0), flat(Vec3::ONE));
    let scenes = [&small, &large];
    let poses = loaded(&mut renderer, scenes);
    let overlays = [2.0, 2.0].map(|width_px| role(Role::Outline { width_px }));
    let at = |z: f32, turn: f32| Mat4::from_rotation_translation(Quat::from_rotation_y(turn), Vec3::Z * z);
    let shoot = |renderer: &mut Renderer, places: [Mat4; 2]| {
        shoot_frame(renderer, &two(scenes, &poses, &overlays, places, perspective(256)), [256; 2])
    };
    let apart = shoot(&mut renderer, [at(0.3, 0.0), at(0.0, 0.0)]);
    let [bright, _] = line(&apart, 128, 80..128);
    assert!((bright - 2.0).abs() < 0.5, "the inner line: {bright}");
    assert_eq!(apart.at(128, 128), [0; 4]);
    // Slanted surfaces have no line but their edge, and nothing creeps in.
    let slanted = shoot(&mut renderer, [at(-1.5, 0.0), at(0.0, 1.2)]);
    let inside = (118..138).flat_map(|x| (90..166).map(move |y| (x, y)));
    let dirty = inside.filter(|(x, y)| slanted.at(*x, *y)[3] > 0).count();
    assert_eq!(dirty, 0);
}

#[test]
fn what_is_drawn_darkens_what_is_not_where_it_stands_close() {
    let Some(mut renderer) = studio::renderer() else { return };
    // A table of 2 m, and 1 cm above it a plate of half a metre.
    let table = single(quad_primitive(1.0, 0), flat(Vec3::ONE));
    let plate = single(quad_primitive(0.25, 0), flat(Vec3::new(0.0, 0.0, 1.0)));
    let scenes = [&table, &plate];
    let poses = loaded(&mut renderer, scenes);
    let overlays = [role(Role::DepthOnly), Overlay::default()];
    let lying = |y: f32| Mat4::from_translation(Vec3::Y * y) * Mat4::from_rotation_x(-std::f32::consts::FRAC_PI_2);
    let above = studio::parallel_view(Vec3::NEG_Y, Vec3::NEG_Z);
    let shoot = |renderer: &mut Renderer, y: f32, intensity: f32| {
        let mut frame = two(scenes, &poses, &overlays, [lying(0.0), lying(y)], above);
        frame.floor_shadow = Some(anprobe::frame::FloorShadow { intensity, ..SHADOW });
        shoot_frame(renderer, &frame, [SIDE_PX; 2])
    };
    let near_table = shoot(&mut renderer, 0.01, 1.0);
    assert!(near(near_table.at(32, 32), [0, 0, 255, 255], 1));
    // The plate reaches from 24 to 40: right beside it, half the sky is hidden at most.
    let dark = |shot: &Shot, x: u32| shot.at(x, 32)[3];
    assert!(dark(&near_table, 22) < dark(&near_table, 23) && dark(&near_table, 23) > 5, "{}", dark(&near_table, 23));
    assert_eq!(dark(&near_table, 12), 0, "far away there is none");
    let higher = shoot(&mut renderer, 0.05, 1.0);
    assert!(dark(&higher, 21) > dark(&near_table, 21), "the higher, the wider");
    assert_eq!(dark(&shoot(&mut renderer, 0.05, 0.0), 21), 0, "no shadow is wanted");
    let below = shoot(&mut renderer, -0.05, 1.0);
    assert_eq!([below.at(32, 32), below.at(23, 32)], [[0; 4]; 2], "what is below casts nothing up");
}

#[test]
fn a_round_thing_has_its_line_all_around() {
    let Some(mut renderer) = studio::renderer() else { return };
    let ball = single(crate::antialias::round(None), flat(Vec3::ONE));
    renderer.load(ID, &ball).unwrap();
    let (pose, overlay) = (studio::pose(&ball), role(Role::Outline { width_px: 2.0 }));
    let mut frame = studio::frame(&ball, &pose, &overlay, perspective(256));
    frame.looks[0].placed[0].world_from_scene = Mat4::from_scale(Vec3::splat(0.5));
    let shot = shoot_frame(&mut renderer, &frame, [256; 2]);
    for turn in 0..90u32 {
        let (sin, cos) = (turn as f32 * 4.0).to_radians().sin_cos();
        let (mut bright, mut inside) = (0.0, 0.0);
        for step in 0..512u32 {
            let away = step as f32 * 0.25;
            let (x, y) = ((128.0 + cos * away) as u32, (128.0 + sin * away) as u32);
            if x < 256 && y < 256 {
                bright += f32::from(shot.at(x, y)[0]) / 255.0 * 0.25;
                inside += if away < 40.0 { f32::from(shot.at(x, y)[3]) } else { 0.0 };
            }
        }
        assert!((1.2..3.0).contains(&bright) && inside == 0.0, "{}°: {bright} px, {inside} inside", turn * 4);
    }
}
