//! Pixels: a rendered picture of known camera, aligned by marks, and the upgrade in it.

use anprobe::align::Deed;
use anprobe::frame::{Frame, Look, Placed};
use anprobe::render::{Pixels, Renderer};
use anprobe::scene::{ImageSource, Overlay, Role};
use anprobe::viewer::PhotoView;
use glam::{Vec3, Vec4};

use crate::laid::{owning, select, show, view};
use crate::shell::Shell;
use crate::studio::{Shot, renderer, shoot_frame};

const SIZE: [u32; 2] = [600, 800];

/// What the renderer lacks of a frame.
fn load(renderer: &mut Renderer, frame: &Frame<'_>) {
    for placed in frame.looks.iter().flat_map(|look| &look.placed) {
        renderer.load(placed.id, placed.scene).unwrap();
        for (index, image) in placed.scene.images.iter() {
            let ImageSource::Encoded { bytes, .. } = &image.source else { panic!("a picture of its own") };
            let picture = image::load_from_memory(bytes.as_slice()).unwrap().to_rgba8();
            let (width_px, height_px) = picture.dimensions();
            let pixels = Pixels::Rgba8 { width_px, height_px, bytes: &picture };
            renderer.set_image(placed.id, placed.scene, index, pixels).unwrap();
        }
    }
}

/// Each overlay in another role.
fn in_roles<'a>(frame: &Frame<'a>, overlays: &'a [Overlay]) -> Frame<'a> {
    let placed = frame.looks[0].placed.iter().zip(overlays).map(|(one, overlay)| Placed { overlay, ..*one });
    Frame { looks: vec![Look { placed: placed.collect() }], ..frame.clone() }
}

fn overlays(frame: &Frame<'_>, change: impl Fn(&Placed<'_>) -> Overlay) -> Vec<Overlay> {
    frame.looks[0].placed.iter().map(change).collect()
}

/// The outlined product as it is seen through the aligned camera, before nothing.
fn seen_alone(renderer: &mut Renderer, shell: &Shell) -> Shot {
    let mut frame = shell.viewer.frame_at(SIZE[0], SIZE[1]).unwrap();
    let seen = overlays(&frame, |placed| Overlay { role: Role::Seen, ..placed.overlay.clone() });
    frame.background = anprobe::frame::Background::Transparent;
    frame.floor_shadow = None;
    let frame = in_roles(&frame, &seen);
    load(renderer, &frame);
    shoot_frame(renderer, &frame, SIZE)
}

/// A photo: the product before a wall and a table.
fn photo(product: &Shot) -> Vec<u8> {
    let texel = |at: usize, pixel: &[u8]| {
        let row = at / SIZE[0] as usize;
        let behind = if row < 500 { [176, 170, 160] } else { [120, 100, 84] };
        let left = 255 - u32::from(pixel[3]);
        let mix = |at: usize| (u32::from(pixel[at]) + behind[at] * left / 255).min(255) as u8;
        [mix(0), mix(1), mix(2), 255]
    };
    product.bytes.chunks_exact(4).enumerate().flat_map(|(at, pixel)| texel(at, pixel)).collect()
}

fn keep(name: &str, shot: &Shot) {
    let Some(folder) = std::env::var_os("PICTURES") else { return };
    let file = std::path::Path::new(&folder).join(format!("photo-{name}.png"));
    let height = shot.bytes.len() as u32 / 4 / shot.width;
    image::save_buffer(file, &shot.bytes, shot.width, height, image::ColorType::Rgba8).unwrap();
}

/// Pixels at the edge of what is seen.
fn contour(shot: &Shot) -> Vec<(i32, i32)> {
    let [width, height] = SIZE.map(|side| side as i32);
    let solid =
        |x: i32, y: i32| (0..width).contains(&x) && (0..height).contains(&y) && shot.at(x as u32, y as u32)[3] > 127;
    let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let around = [(1, 0), (-1, 0), (0, 1), (0, -1)];
    all.filter(|(x, y)| solid(*x, *y) && around.iter().any(|(dx, dy)| !solid(x + dx, y + dy))).collect()
}

/// The farthest that a point of one contour is from the other, pixels.
fn apart(one: &[(i32, i32)], other: &[(i32, i32)]) -> f32 {
    let from = |one: &[(i32, i32)], other: &[(i32, i32)]| {
        let nearest = |(x, y): &(i32, i32)| other.iter().map(|(u, v)| (x - u).pow(2) + (y - v).pow(2)).min().unwrap();
        one.iter().map(nearest).max().unwrap()
    };
    (from(one, other).max(from(other, one)) as f32).sqrt()
}

/// Noise of two pixels, from a list that looks like chance.
const NOISE: [[f32; 2]; 5] = [[1.7, -0.9], [-1.2, 1.8], [0.4, -1.9], [-1.6, -1.1], [1.9, 0.8]];

#[test]
fn marks_that_are_two_pixels_off_align_the_lamp_within_a_hundredth_of_its_height() {
    let Some(mut renderer) = renderer() else { return };
    let aspect = SIZE[0] as f32 / SIZE[1] as f32;
    for (at, (turn, tilt, roll)) in [(0.4, 0.35, 0.03), (-0.5, 0.2, -0.05), (0.15, 0.6, 0.0)].into_iter().enumerate() {
        let mut shell = owning("lamp");
        assert!(show(&mut shell, aspect, Some(26.0)));
        let first = shell.viewer.photo_state().unwrap().numbers;
        let truth = [turn, tilt, roll, 0.05, -0.1, first[5] * 0.75, first[6]];
        assert!(shell.viewer.align_photo(truth));
        let taken = seen_alone(&mut renderer, &shell);
        // The element is not as large as the photo: a CSS pixel is 2.67 of its pixels.
        let photo_px = 300.0 / SIZE[1] as f32;
        for (mark, noise) in shell.viewer.photo_state().unwrap().marks.iter().zip(NOISE) {
            let [x, y] = mark.expected.unwrap();
            assert!(shell.viewer.mark_photo(&mark.id, x + noise[0] * photo_px, y + noise[1] * photo_px));
        }
        shell.viewer.align_photo([turn - 0.3, tilt + 0.15, 0.0, 0.0, 0.0, first[5], first[6]]);
        shell.viewer.solve_photo().unwrap();
        let found = seen_alone(&mut renderer, &shell);
        let (is, was) = (contour(&found), contour(&taken));
        let rows = || was.iter().map(|(_, y)| *y);
        let height = (rows().max().unwrap() - rows().min().unwrap()) as f32;
        let off = apart(&is, &was);
        eprintln!("camera {at}: {off:.1} px of {height} px, {:.2} %", 100.0 * off / height);
        keep(&format!("taken-{at}"), &taken);
        assert!(off <= 0.01 * height, "{at}: {off} of {height}");
    }
}

#[test]
fn before_is_the_picture_and_after_has_the_upgrade_in_place() {
    let Some(mut renderer) = renderer() else { return };
    let aspect = SIZE[0] as f32 / SIZE[1] as f32;
    let mut shell = owning("lamp");
    select(&mut shell, "base", "charging");
    select(&mut shell, "shade", "printed");
    assert!(show(&mut shell, aspect, Some(26.0)));
    let first = shell.viewer.photo_state().unwrap().numbers;
    shell.viewer.align_photo([0.4, 0.5, 0.02, 0.05, -0.1, first[5] * 0.75, first[6]]);
    let taken = photo(&seen_alone(&mut renderer, &shell));
    let pixels = Pixels::Rgba8 { width_px: SIZE[0], height_px: SIZE[1], bytes: &taken };
    renderer.set_photo(shell.viewer.photo_id(), &pixels).unwrap();
    let mut effects = Vec::new();
    shell.viewer.light_photo(&taken, SIZE[0] as usize, &mut effects);
    let mut shoot = |shell: &mut Shell, step: PhotoView, name: &str| {
        view(shell, step);
        let frame = shell.viewer.frame_at(SIZE[0], SIZE[1]).unwrap();
        let shot = shoot_frame(&mut renderer, &frame, SIZE);
        keep(name, &shot);
        shot
    };
    let aligning = shoot(&mut shell, PhotoView::Align, "align");
    assert!(aligning.count(|[red, green, blue, _]| red > 240 && green > 190 && blue < 60) > 300, "the line is seen");
    let before = shoot(&mut shell, PhotoView::Before, "before");
    assert_eq!(before.bytes, taken, "before is the picture, byte by byte");
    let after = shoot(&mut shell, PhotoView::After, "after");
    let differs = |x: u32, y: u32| after.at(x, y) != before.at(x, y);
    let changed = (0..SIZE[1]).flat_map(|y| (0..SIZE[0]).map(move |x| (x, y))).filter(|(x, y)| differs(*x, *y)).count();
    let share = changed as f32 / (SIZE[0] * SIZE[1]) as f32;
    assert!((0.01..0.2).contains(&share), "the upgrade and its shadow alone: {share}");
    assert!(after.count(|pixel| pixel[3] == 255) == (SIZE[0] * SIZE[1]) as usize, "the picture has no hole");
    // Brighter by two stops: what is drawn, and not the picture.
    shell.viewer.brighten_photo(2.0);
    let brighter = shoot(&mut shell, PhotoView::After, "brighter");
    let light = |shot: &Shot| shot.bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    assert!(light(&brighter) > light(&after));
    assert_eq!(brighter.at(3, 3), before.at(3, 3));
}

#[test]
fn what_is_owned_hides_the_upgrade_exactly_where_it_stands_before_it() {
    let Some(mut renderer) = renderer() else { return };
    let mut shell = owning("lamp");
    select(&mut shell, "base", "charging");
    select(&mut shell, "clip", "printed");
    assert!(show(&mut shell, 0.75, None));
    // From behind and low, so that the arm and the base hide some of it.
    shell.viewer.move_photo(Deed::Turn(2.4));
    shell.viewer.move_photo(Deed::Tilt(-0.1));
    shell.viewer.move_photo(Deed::Scale(1.8));
    view(&mut shell, PhotoView::After);
    let mut frame = shell.viewer.frame_at(SIZE[0], SIZE[1]).unwrap();
    frame.background = anprobe::frame::Background::Transparent;
    frame.floor_shadow = None;
    (frame.tone_map, frame.exposure) = (anprobe::frame::ToneMap::Linear, 1.0);
    load(&mut renderer, &frame);
    let painted = |placed: &Placed<'_>, role: Role| {
        let mut overlay = Overlay { role, ..placed.overlay.clone() };
        let color = if placed.overlay.role == Role::Seen { Vec3::X } else { Vec3::Y };
        for (index, material) in placed.scene.materials.iter() {
            let mut flat = overlay.materials.get(&index).unwrap_or(material).clone();
            flat.unlit = true;
            flat.base_color_factor = Vec4::from((color, flat.base_color_factor.w));
            flat.base_color_texture = None;
            flat.emissive_factor = Vec3::ZERO;
            overlay.materials.insert(index, flat);
        }
        overlay
    };
    let roles = overlays(&frame, |placed| painted(placed, placed.overlay.role));
    let quiet = shoot_frame(&mut renderer, &in_roles(&frame, &roles), SIZE);
    let both = overlays(&frame, |placed| painted(placed, Role::Seen));
    let drawn = shoot_frame(&mut renderer, &in_roles(&frame, &both), SIZE);
    let is_red = |pixel: [u8; 4]| pixel[0] > 127 && pixel[1] < 127;
    let (mut wrong, mut red) = (0, 0);
    for y in 0..SIZE[1] {
        for x in 0..SIZE[0] {
            let (one, other) = (quiet.at(x, y), drawn.at(x, y));
            red += usize::from(is_red(other));
            // At a smoothed edge the green is missing, and the red is the same.
            wrong += usize::from(one[0].abs_diff(other[0]) > 2 || one[1] > 0);
        }
    }
    assert!(red > 200, "something comes: {red} pixels");
    assert_eq!(wrong, 0, "of {red}");
}

#[test]
fn all_steps_have_their_pipelines_before_the_customer_comes_to_them() {
    let Some(mut renderer) = renderer() else { return };
    let mut shell = owning("lamp");
    select(&mut shell, "base", "charging");
    select(&mut shell, "shade", "printed");
    assert!(show(&mut shell, 0.75, None));
    let picture = vec![128; 4 * 12];
    let pixels = Pixels::Rgba8 { width_px: 3, height_px: 4, bytes: &picture };
    renderer.set_photo(shell.viewer.photo_id(), &pixels).unwrap();
    let frame = shell.viewer.frame_ahead(SIZE[0], SIZE[1]).unwrap();
    load(&mut renderer, &frame);
    while renderer.prepare(&frame) > 0 {}
    drop(frame);
    let aligned = shell.viewer.frame_at(SIZE[0], SIZE[1]).unwrap();
    shoot_frame(&mut renderer, &aligned, SIZE);
    drop(aligned);
    let made = renderer.statistics().pipelines;
    for step in [PhotoView::Before, PhotoView::After, PhotoView::Align, PhotoView::After] {
        view(&mut shell, step);
        let frame = shell.viewer.frame_at(SIZE[0], SIZE[1]).unwrap();
        shoot_frame(&mut renderer, &frame, SIZE);
        assert_eq!(renderer.statistics().pipelines, made, "{step:?}");
    }
}
