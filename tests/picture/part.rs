//! Pictures that come in parts.

use anprobe::camera::View;
use anprobe::render::{Offscreen, Part, Renderer, Target};
use anprobe::scene::{Material, Overlay, Scene};
use glam::{Mat4, Quat, Vec3, Vec4};

use crate::studio::{
    self, ID, SHADOW, SIDE_PX, Shot, add, near, parallel_view, quad_primitive, scene, shoot_frame, unlit,
};

/// Rough glass before glass before a striped wall, askew, with a shadow: all passes there are.
fn stand() -> Scene {
    let mut glass = Material { roughness_factor: 0.3, metallic_factor: 0.0, ..Material::default() };
    glass.transmission.factor = 1.0;
    let clear = Material { roughness_factor: 0.0, base_color_factor: Vec4::new(0.5, 1.0, 0.6, 1.0), ..glass.clone() };
    let veil = Material { base_color_factor: Vec4::new(0.2, 0.3, 1.0, 0.5), ..Material::default() };
    let veil = Material { alpha_mode: anprobe::scene::AlphaMode::Blend, ..veil };
    let mut out = scene([clear, glass, unlit(Vec4::new(1.0, 0.3, 0.1, 1.0)), veil]);
    for stripe in 0..5u8 {
        let up = 0.35 * f32::from(stripe) - 0.7;
        add(&mut out, quad_primitive(0.15, 2), Mat4::from_translation(Vec3::new(up * 0.5, up, -1.0)));
    }
    add(&mut out, quad_primitive(0.6, 0), Mat4::from_rotation_translation(Quat::from_rotation_z(0.3), Vec3::ZERO));
    add(&mut out, quad_primitive(0.4, 1), Mat4::from_rotation_translation(Quat::from_rotation_z(0.6), Vec3::Z * 0.5));
    add(&mut out, quad_primitive(0.3, 3), Mat4::from_translation(Vec3::new(0.4, -0.4, 0.8)));
    out
}

/// Two views beside each other, as in a comparison.
fn halves() -> [View; 2] {
    [0, SIDE_PX / 2].map(|left| View {
        viewport_px: [left, 0, SIDE_PX / 2, SIDE_PX],
        ..parallel_view(Vec3::new(0.1, -0.4, -1.0).normalize_or_zero(), Vec3::Y)
    })
}

/// Draws in parts of `rows` rows and so many slices, at least two in all; and then how many of them there were.
fn in_parts(renderer: &mut Renderer, frame: &anprobe::frame::Frame<'_>, rows: u32, slices: u32) -> (Shot, usize) {
    let size_px = [SIDE_PX; 2];
    let picture = Offscreen::new(renderer.gpu(), size_px).expect("a picture");
    let target: Target<'_> = picture.target();
    let (mut pass, mut passes, mut top, mut slice, mut parts) = (0, usize::MAX, 0, 0, 0);
    while pass < passes {
        let bottom = (top + rows).min(SIDE_PX);
        let last = pass + 1 == passes && bottom == SIDE_PX && slice + 1 == slices;
        let part = Part { pass, rows_px: [top, bottom], slice: [slice, slices] };
        passes = renderer.draw_part(frame, size_px, last.then_some(&target), part).expect("drawn");
        parts += 1;
        slice = (slice + 1) % slices;
        if slice > 0 {
            continue;
        }
        (pass, top) = if bottom == SIDE_PX { (pass + 1, 0) } else { (pass, bottom) };
    }
    let bytes = pollster::block_on(picture.read(renderer.gpu())).expect("pixels");
    renderer.gpu().check().expect("no error");
    (Shot { width: SIDE_PX, bytes }, parts)
}

#[test]
fn parts_make_the_whole_picture() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = stand();
    renderer.load(ID, &scene).expect("loaded");
    let (pose, overlay) = (studio::pose(&scene), Overlay::default());
    let [left, right] = halves();
    let mut frame = studio::frame(&scene, &pose, &overlay, left);
    frame.views.push(right);
    frame.floor_shadow = Some(SHADOW);
    let whole = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    for (rows, slices) in [(7, 1), (16, 3), (20, 1), (20, 40), (SIDE_PX, 1), (SIDE_PX, 2), (SIDE_PX, 7)] {
        let (shot, parts) = in_parts(&mut renderer, &frame, rows, slices);
        let least = 3 * SIDE_PX.div_ceil(rows) * slices;
        assert!(parts >= least as usize, "glass before glass has three passes, not {parts} parts");
        for y in 0..SIDE_PX {
            // Mesa's software takes samples from beyond a scissor's edge, so that what is blended
            // there is blended twice, and rough glass sees it.
            let meets = y > 0 && (y % rows == 0 || (y + 1) % rows == 0);
            let differs = |x: &u32| !near(shot.at(*x, y), whole.at(*x, y), if meets { 40 } else { 4 });
            let wrong: Vec<_> = (0..SIDE_PX).filter(differs).collect();
            assert!(
                wrong.is_empty(),
                "{rows} rows, {slices} slices, row {y}: {wrong:?} are other than in the whole picture"
            );
        }
    }
}

#[test]
fn a_picture_in_between_makes_the_parts_before_worthless() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = stand();
    renderer.load(ID, &scene).expect("loaded");
    let (pose, overlay) = (studio::pose(&scene), Overlay::default());
    let frame = studio::frame(&scene, &pose, &overlay, studio::front());
    let size_px = [SIDE_PX; 2];
    let part = |renderer: &mut Renderer, rows_px| {
        renderer.draw_part(&frame, size_px, None, Part { pass: 0, rows_px, slice: [0, 1] })
    };
    assert!(part(&mut renderer, [0, 8]).is_some());
    assert!(part(&mut renderer, [8, 16]).is_some());
    shoot_frame(&mut renderer, &frame, size_px);
    assert_eq!(part(&mut renderer, [16, 24]), None);
    assert!(part(&mut renderer, [0, 8]).is_some(), "it may begin anew");
}

#[test]
fn slices_share_the_triangles_and_draw_each_once() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut many = scene([unlit(Vec4::new(1.0, 0.3, 0.1, 1.0))]);
    for column in 0..20u8 {
        let across = 0.05 * f32::from(column) - 0.5;
        add(&mut many, quad_primitive(0.02, 0), Mat4::from_translation(Vec3::new(across, 0.0, 0.0)));
    }
    renderer.load(ID, &many).expect("loaded");
    let (pose, overlay) = (studio::pose(&many), Overlay::default());
    let frame = studio::frame(&many, &pose, &overlay, studio::front());
    let mut drawn = |slice| {
        let part = Part { pass: 0, rows_px: [0, SIDE_PX], slice: [slice, 4] };
        renderer.draw_part(&frame, [SIDE_PX; 2], None, part).expect("drawn");
        renderer.statistics().triangles
    };
    let shares = [0, 1, 2, 3].map(&mut drawn);
    assert_eq!(shares.iter().sum::<u64>(), 40);
    assert!(shares.iter().all(|share| (9..=11).contains(share)), "{shares:?}");
}

#[cfg(feature = "product")]
#[test]
fn outlines_come_in_slices_too() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut many = scene([unlit(Vec4::new(1.0, 0.3, 0.1, 1.0))]);
    for column in 0..5u8 {
        let across = 0.3 * f32::from(column) - 0.6;
        add(&mut many, quad_primitive(0.1, 0), Mat4::from_translation(Vec3::new(across, 0.2 * across, 0.0)));
    }
    renderer.load(ID, &many).expect("loaded");
    let pose = studio::pose(&many);
    let overlay = Overlay { role: anprobe::scene::Role::Outline { width_px: 2.0 }, ..Overlay::default() };
    let frame = studio::frame(&many, &pose, &overlay, studio::front());
    let whole = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert!(whole.count(|[red, green, blue, _]| red > 240 && green > 190 && blue < 60) > 20, "a line");
    for slices in [2, 4, 30] {
        let (shot, _) = in_parts(&mut renderer, &frame, SIDE_PX, slices);
        let spots = (0..SIDE_PX).flat_map(|y| (0..SIDE_PX).map(move |x| (x, y)));
        let wrong: Vec<_> = spots.filter(|(x, y)| !near(shot.at(*x, *y), whole.at(*x, *y), 4)).collect();
        let first = wrong.first().map(|(x, y)| (shot.at(*x, *y), whole.at(*x, *y)));
        assert!(wrong.is_empty(), "{slices} slices make another picture at {wrong:?}: {first:?}");
    }
    // Each part writes its depth, and its line and rim have eight copies.
    let mut drawn = |slice| {
        let part = Part { pass: 0, rows_px: [0, SIDE_PX], slice: [slice, 4] };
        renderer.draw_part(&frame, [SIDE_PX; 2], None, part).expect("drawn");
        renderer.statistics().triangles
    };
    let shares = [0, 1, 2, 3].map(&mut drawn);
    assert_eq!(shares.iter().sum::<u64>(), 2 * 5 * 17);
    assert!(shares.iter().all(|share| (38..=47).contains(share)), "{shares:?}");
}

#[test]
fn what_looks_otherwise_meanwhile_is_another_picture() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = stand();
    renderer.load(ID, &scene).expect("loaded");
    let (pose, mut overlay) = (studio::pose(&scene), Overlay::default());
    let part = |renderer: &mut Renderer, overlay: &Overlay, slice| {
        let frame = studio::frame(&scene, &pose, overlay, studio::front());
        renderer.draw_part(&frame, [SIDE_PX; 2], None, Part { pass: 0, rows_px: [0, SIDE_PX], slice: [slice, 3] })
    };
    assert!(part(&mut renderer, &overlay, 0).is_some());
    assert!(part(&mut renderer, &overlay, 1).is_some());
    overlay.materials.insert(2, unlit(Vec4::new(0.0, 0.3, 1.0, 1.0)));
    assert_eq!(part(&mut renderer, &overlay, 2), None);
    assert_eq!(part(&mut renderer, &overlay, 2), None, "what was drawn before still does not fit");
    assert!(part(&mut renderer, &overlay, 0).is_some());
    assert!(part(&mut renderer, &overlay, 1).is_some());
}

#[test]
fn parts_leave_shadows_as_they_are_until_these_are_drawn_in_slices() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut stands = scene([unlit(Vec4::new(1.0, 0.3, 0.1, 1.0))]);
    let lies = |up| Mat4::from_rotation_translation(Quat::from_rotation_x(-1.4), Vec3::new(0.0, up, 0.0));
    add(&mut stands, quad_primitive(0.3, 0), lies(0.1));
    add(&mut stands, quad_primitive(0.3, 0), lies(0.3));
    renderer.load(ID, &stands).expect("loaded");
    let (mut pose, overlay) = (studio::pose(&stands), Overlay::default());
    let view = parallel_view(Vec3::new(0.0, -1.0, -0.2).normalize_or_zero(), Vec3::Y);
    let size_px = [SIDE_PX; 2];
    let picture = Offscreen::new(renderer.gpu(), size_px).expect("a picture");
    let mut draw = |pose: &anprobe::scene::Pose, part: Option<Part>| {
        let mut frame = studio::frame(&stands, pose, &overlay, view);
        frame.floor_shadow = Some(SHADOW);
        let Some(part) = part else { return shoot_frame(&mut renderer, &frame, size_px).bytes };
        assert!(renderer.draw_part(&frame, size_px, Some(&picture.target()), part).is_some(), "{part:?}");
        pollster::block_on(picture.read(renderer.gpu())).expect("pixels")
    };
    let all = Part { pass: 0, rows_px: [0, SIDE_PX], slice: [0, 1] };
    let shadows = |slice| Some(Part { pass: Part::SHADOWS, rows_px: [0, 0], slice: [slice, 3] });
    let before = draw(&pose, None);
    // Nothing is seen any more, and only the shadow tells what was.
    pose.visible.fill(false);
    let late = draw(&pose, Some(all));
    draw(&pose, shadows(0));
    draw(&pose, shadows(1));
    assert!(draw(&pose, Some(all)) == late, "half a shadow is none");
    for slice in 0..3 {
        draw(&pose, shadows(slice));
    }
    let gone = draw(&pose, Some(all));
    assert!(gone.iter().all(|byte| *byte == gone[0]), "no shadow is left");
    assert!(late != gone && late != before);
    // And back: both casters, one in each slice, then their blur.
    pose.visible.fill(true);
    for slice in 0..3 {
        draw(&pose, shadows(slice));
    }
    assert!(draw(&pose, Some(all)) == before);
}
