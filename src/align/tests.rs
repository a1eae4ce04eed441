use glam::{Mat4, Quat, Vec2, Vec3};

use super::*;
use crate::geom::Aabb;
use crate::issue::Code;

/// Numbers that look like chance and are the same each time (Steele and others 2014, SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
    }

    fn within(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * self.next()
    }
}

/// A lamp's size, its marks as a file would have them.
const PIVOT: Vec3 = Vec3::new(0.02, 0.2, 0.05);
const SOLID: [Vec3; 4] = [
    Vec3::new(-0.09, 0.0, 0.05),
    Vec3::new(0.08, 0.02, 0.09),
    Vec3::new(-0.08, 0.36, 0.045),
    Vec3::new(0.2, 0.43, 0.06),
];
const FLAT: [Vec3; 4] =
    [Vec3::new(-0.1, 0.0, 0.0), Vec3::new(0.1, 0.0, 0.0), Vec3::new(0.1, 0.4, 0.0), Vec3::new(-0.1, 0.4, 0.0)];

fn some_camera(dice: &mut Dice) -> Alignment {
    Alignment {
        turn: dice.within(-1.2, 1.2),
        tilt: dice.within(0.05, 0.9),
        roll: dice.within(-0.2, 0.2),
        at: Vec2::new(dice.within(-0.2, 0.2), dice.within(-0.2, 0.2)),
        distance: dice.within(0.6, 1.2),
        tangent: dice.within(0.35, 0.7),
    }
}

fn marked(camera: &Alignment, points: &[Vec3], mut shift: impl FnMut() -> Vec2) -> Vec<Marked> {
    let mark = |point: &Vec3| Marked { point: *point, at: camera.place_of(*point, PIVOT).unwrap() + shift() };
    points.iter().map(mark).collect()
}

/// The hand has laid the product roughly.
fn rough(camera: &Alignment, dice: &mut Dice) -> Quat {
    let turn = Vec3::new(dice.within(-0.2, 0.2), dice.within(-0.2, 0.2), dice.within(-0.2, 0.2));
    Quat::from_scaled_axis(turn) * camera.rotation()
}

fn off(one: &Mat4, other: &Mat4) -> f32 {
    one.to_cols_array().iter().zip(other.to_cols_array()).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max)
}

#[test]
fn exact_points_give_the_camera_back() {
    let mut dice = Dice(1);
    for points in [SOLID, FLAT] {
        for round in 0..60 {
            let camera = some_camera(&mut dice);
            let marks = marked(&camera, &points, || Vec2::ZERO);
            let near = rough(&camera, &mut dice);
            let found = solve(&marks, Lens::Known(camera.tangent), near).unwrap();
            let wrong = off(&found.view_from_product, &camera.view_from_product(PIVOT));
            assert!(wrong < 1e-4, "{round}: {wrong} {camera:?} {found:?}");
        }
    }
}

#[test]
fn exact_points_give_the_camera_back_however_it_was_laid_by_hand() {
    let mut dice = Dice(2);
    for round in 0..60 {
        let camera = some_camera(&mut dice);
        let more = [&SOLID[..], &[Vec3::new(0.0, 0.1, -0.09), Vec3::new(0.1, 0.3, 0.12)]].concat();
        let marks = marked(&camera, &more, || Vec2::ZERO);
        let found = solve(&marks, Lens::Known(camera.tangent), Quat::IDENTITY).unwrap();
        let wrong = off(&found.view_from_product, &camera.view_from_product(PIVOT));
        assert!(wrong < 1e-4, "{round}: {wrong}");
    }
}

#[test]
fn the_lens_is_found_where_depth_shows_it() {
    let mut dice = Dice(3);
    let mut worst = 0.0f32;
    for _ in 0..40 {
        let camera = some_camera(&mut dice);
        let more = [&SOLID[..], &[Vec3::new(0.0, 0.1, -0.09), Vec3::new(0.1, 0.3, 0.12)]].concat();
        let marks = marked(&camera, &more, || Vec2::ZERO);
        let assumed = camera.tangent * dice.within(0.85, 1.18);
        let found = solve(&marks, Lens::Assumed(assumed), rough(&camera, &mut dice)).unwrap();
        worst =
            worst.max((found.tangent / camera.tangent).ln().abs() / (assumed / camera.tangent).ln().abs().max(0.02));
    }
    assert!(worst < 1.0, "the lens is nearer than it was assumed: {worst}");
}

/// How far the product's box is off, in shares of its height as it is seen.
fn misaligned(found: &Alignment, camera: &Alignment) -> f32 {
    let bounds = Aabb { min: Vec3::new(-0.11, 0.0, -0.09), max: Vec3::new(0.22, 0.45, 0.13) };
    let seen = |camera: &Alignment| bounds.corners().map(|corner| camera.place_of(corner, PIVOT).unwrap());
    let (found, is) = (seen(found), seen(camera));
    let (low, high) = is.iter().fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at.y), high.max(at.y)));
    let off = found.iter().zip(is).map(|(one, other)| one.distance(other)).fold(0.0, f32::max);
    off / (high - low)
}

#[test]
fn marks_that_are_two_pixels_off_stay_within_a_hundredth_of_the_products_height() {
    let mut dice = Dice(4);
    let mut all = Vec::new();
    for round in 0..200 {
        let points = if round % 2 == 0 { SOLID } else { FLAT };
        let camera = Alignment { distance: dice.within(0.6, 0.8), ..some_camera(&mut dice) };
        // A photo of 3,000 pixels: two of them.
        let mut noise = Dice(round + 100);
        let marks =
            marked(&camera, &points, || Vec2::new(noise.within(-1.0, 1.0), noise.within(-1.0, 1.0)) * (2.0 / 1500.0));
        let found = solve(&marks, Lens::Known(camera.tangent), rough(&camera, &mut dice)).unwrap();
        all.push(misaligned(&Alignment::of(&found.view_from_product, found.tangent, PIVOT), &camera));
    }
    all.sort_by(f32::total_cmp);
    assert!(all[99] < 0.005 && all[199] < 0.02, "median {}, worst {}", all[99], all[199]);
    let within = all.iter().filter(|off| **off < 0.01).count();
    assert!(within >= 190, "{within} of 200, worst {}", all[199]);
}

#[test]
fn what_is_wrong_with_marks_is_said() {
    let mut dice = Dice(5);
    let camera = some_camera(&mut dice);
    let lens = Lens::Known(camera.tangent);
    let try_out = |marks: &[Marked]| solve(marks, lens, camera.rotation()).map(|_| ()).unwrap_err();
    let marks = marked(&camera, &SOLID, || Vec2::ZERO);
    assert_eq!(try_out(&marks[..3]), Fault::TooFew(3));
    let mut twice = marks.clone();
    twice[2].at = twice[0].at;
    assert_eq!(try_out(&twice), Fault::Coincident(0, 2));
    let line: Vec<Vec3> = (0..4).map(|at| Vec3::new(0.1, 0.1 * at as f32, 0.05 * at as f32)).collect();
    assert_eq!(try_out(&marked(&camera, &line, || Vec2::ZERO)), Fault::Line);
    let mut swapped = marks.clone();
    (swapped[0].at, swapped[3].at) = (marks[3].at, marks[0].at);
    assert_eq!(try_out(&swapped), Fault::Swapped(0, 3));
    let more = [&SOLID[..], &[Vec3::new(0.0, 0.1, -0.09), Vec3::new(0.1, 0.3, 0.12)]].concat();
    let mut outlier = marked(&camera, &more, || Vec2::ZERO);
    outlier[4].at += Vec2::new(0.2, 0.15);
    assert_eq!(try_out(&outlier), Fault::Outlier(4));
    let mut apart = marks.clone();
    apart[1].at += Vec2::new(0.3, 0.25);
    apart[2].at += Vec2::new(-0.1, 0.35);
    assert_eq!(try_out(&apart), Fault::Apart);
    assert_eq!(Fault::Swapped(0, 3).issue().code, Code::AlignSwapped);
    assert_eq!(Fault::Outlier(4).issue().path, "/4");
}

#[test]
fn points_seen_edge_on_are_a_line() {
    let from_above = Alignment { turn: 0.0, tilt: 1.57, roll: 0.0, at: Vec2::ZERO, distance: 1.0, tangent: 0.5 };
    let upright = [0.0, 0.1, 0.2, 0.3].map(|up: f32| Vec3::new(up - 0.1, up * up, 0.05));
    let marks = marked(&from_above, &upright, || Vec2::ZERO);
    assert_eq!(solve(&marks, Lens::Known(0.5), from_above.rotation()), Err(Fault::Line));
}

#[test]
fn a_camera_is_the_same_after_a_round_trip() {
    let mut dice = Dice(6);
    for _ in 0..200 {
        let camera = some_camera(&mut dice);
        let back = Alignment::of(&camera.view_from_product(PIVOT), camera.tangent, PIVOT);
        for (one, other) in back.to_numbers().into_iter().zip(camera.to_numbers()) {
            assert!((one - other).abs() < 2e-5, "{camera:?} {back:?}");
        }
        assert_eq!(Alignment::from_numbers(camera.to_numbers()), Some(camera));
    }
    assert_eq!(Alignment::from_numbers([f32::NAN; 7]), None);
}

#[test]
fn hands_do_what_they_mean() {
    let start = Alignment { turn: 0.3, tilt: 0.2, roll: 0.0, at: Vec2::new(0.1, -0.1), distance: 1.0, tangent: 0.5 };
    let after = |deed: Deed| {
        let mut out = start;
        out.act(deed);
        out
    };
    let middle = |camera: &Alignment| camera.place_of(PIVOT, PIVOT).unwrap();
    let dragged = after(Deed::Drag(Vec2::new(0.2, 0.05)));
    assert!(middle(&dragged).distance(Vec2::new(0.3, -0.05)) < 1e-6, "it stays under the finger");
    for deed in [Deed::Twist(0.4), Deed::Scale(1.5), Deed::Turn(0.5), Deed::Tilt(0.3), Deed::Lens(1.4)] {
        assert!(middle(&after(deed)).distance(start.at) < 1e-6, "{deed:?} leaves the middle where it is");
    }
    let above = PIVOT + Vec3::Y * 0.01;
    let size = |camera: &Alignment| camera.place_of(above, PIVOT).unwrap().distance(middle(camera));
    assert!((size(&after(Deed::Scale(1.5))) / size(&start) - 1.5).abs() < 0.01);
    assert!((size(&after(Deed::Lens(1.4))) / size(&start) - 1.0).abs() < 0.01, "only perspective changes");
    let twisted = after(Deed::Twist(0.4));
    let way = |camera: &Alignment| (camera.place_of(above, PIVOT).unwrap() - middle(camera)).to_angle();
    assert!((way(&twisted) - way(&start) - 0.4).abs() < 0.01, "counterclockwise");
    assert!(after(Deed::Tilt(9.0)).tilt < 1.58);
    assert_eq!(after(Deed::Scale(f32::NAN)), start);
    assert_eq!(after(Deed::Drag(Vec2::NAN)), start);
    assert!(after(Deed::Turn(40.0)).turn.abs() <= std::f32::consts::PI);
}

#[test]
fn the_first_camera_shows_all_of_the_product() {
    for aspect in [0.5, 0.75, 1.0, 1.78] {
        for size in [0.05, 0.45, 4.2] {
            let bounds = Aabb { min: Vec3::new(-size, 0.0, -size), max: Vec3::new(size, 1.5 * size, size) };
            let camera = Alignment::first(&bounds, aspect, None);
            let seen = bounds.corners().map(|corner| camera.place_of(corner, bounds.center()).unwrap());
            let most = seen.iter().map(|at| (at.x / aspect).abs().max(at.y.abs())).fold(0.0, f32::max);
            assert!((0.35..0.95).contains(&most), "{aspect} {size}: {most}");
        }
    }
}

#[test]
fn a_lens_is_what_its_focal_length_says() {
    // On film of 36 × 24 mm, a lens of 24 mm sees 53.13° upright and 73.74° across.
    assert!((tangent_from_focal(24.0, 1.5) - 0.5).abs() < 1e-4);
    assert!((tangent_from_focal(24.0, 1.0 / 1.5) - 0.75).abs() < 1e-4);
    assert!((focal_from_tangent(tangent_from_focal(26.0, 0.75), 0.75) - 26.0).abs() < 1e-3);
}

#[test]
fn a_picture_lies_in_a_view_as_css_has_it() {
    assert_eq!(extent(2.0, 1.0, Fit::Contain), [1.0, 0.5]);
    assert_eq!(extent(2.0, 1.0, Fit::Cover), [2.0, 1.0]);
    assert_eq!(extent(0.5, 1.0, Fit::Contain), [0.5, 1.0]);
    assert_eq!(extent(0.5, 1.0, Fit::Cover), [1.0, 2.0]);
    assert_eq!(extent(1.5, 1.5, Fit::Contain), [1.0, 1.0]);
    assert_eq!(extent(f32::NAN, 1.0, Fit::Cover), [1.0, 1.0]);
}

/// A JPEG's beginning with a focal length, as a camera writes it.
fn jpeg(little: bool, focal: u16) -> Vec<u8> {
    let short = |number: u16| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let long = |number: u32| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let mut tiff = if little { b"II".to_vec() } else { b"MM".to_vec() };
    tiff.extend(short(42));
    tiff.extend(long(8));
    tiff.extend([&short(1)[..], &short(0x8769), &short(4), &long(1), &long(26), &long(0)].concat());
    tiff.extend([&short(1)[..], &short(0xa405), &short(3), &long(1), &short(focal), &[0, 0], &long(0)].concat());
    let mut out = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1];
    out.extend((tiff.len() as u16 + 8).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out
}

#[test]
fn the_lens_is_read_from_the_file() {
    assert_eq!(focal_35_mm(&jpeg(true, 26)), Some(26.0));
    assert_eq!(focal_35_mm(&jpeg(false, 77)), Some(77.0));
    assert_eq!(focal_35_mm(&jpeg(true, 0)), None, "unknown");
    let whole = jpeg(true, 26);
    for cut in 0..whole.len() {
        let _ = focal_35_mm(&whole[..cut]);
        let mut damaged = whole.clone();
        damaged[cut] ^= 0xff;
        let _ = focal_35_mm(&damaged);
    }
    assert_eq!(focal_35_mm(b"\x89PNG"), None);
}

fn picture(mut texel: impl FnMut(usize, usize) -> [u8; 3]) -> Vec<u8> {
    (0..64 * 48)
        .flat_map(|at| {
            let [red, green, blue] = texel(at % 64, at / 64);
            [red, green, blue, 255]
        })
        .collect()
}

#[test]
fn light_is_read_from_a_picture() {
    let whole = [0.5, 0.5, 0.2, 0.3];
    // 18 % grey is 118 of 255.
    let grey = PhotoLight::of(&picture(|_, _| [118; 3]), 64, whole);
    assert!((grey.exposure - 1.0).abs() < 0.02 && (grey.tint - Vec3::ONE).abs().max_element() < 1e-3, "{grey:?}");
    let dim = PhotoLight::of(&picture(|_, _| [61; 3]), 64, whole);
    assert!((dim.exposure - 0.26).abs() < 0.03, "two stops: {dim:?}");
    let warm = PhotoLight::of(&picture(|_, _| [140, 110, 70]), 64, whole);
    assert!(warm.tint.x > 1.15 && warm.tint.z < 0.6, "{warm:?}");
    // A window does not make the room bright.
    let window = PhotoLight::of(&picture(|x, y| if x < 8 && y < 12 { [255; 3] } else { [61; 3] }), 64, whole);
    assert!(window.exposure < 1.3 * dim.exposure, "{window:?}");
    let hard = PhotoLight::of(&picture(|x, _| if x % 2 == 0 { [230; 3] } else { [25; 3] }), 64, whole);
    assert!(hard.shadow() > grey.shadow() + 0.2, "{hard:?} {grey:?}");
    assert_eq!(PhotoLight::of(&[], 0, whole), PhotoLight::default());
    let clear = vec![0; 64 * 48 * 4];
    assert_eq!(PhotoLight::of(&clear, 64, whole), PhotoLight::default());
    let black = PhotoLight::of(&picture(|_, _| [0; 3]), 64, whole);
    assert!(black.exposure > 0.0 && black.tint.is_finite());
}

#[test]
fn what_is_around_the_product_counts_most() {
    // The product stands on a dark table in the lower right; the rest is a bright wall.
    let table = |x: usize, y: usize| x >= 32 && y >= 24;
    let photo = picture(|x, y| if table(x, y) { [60; 3] } else { [180; 3] });
    let there = PhotoLight::of(&photo, 64, [0.75, 0.75, 0.1, 0.1]);
    let elsewhere = PhotoLight::of(&photo, 64, [0.2, 0.2, 0.1, 0.1]);
    assert!(there.exposure < 0.8 * elsewhere.exposure, "{there:?} {elsewhere:?}");
}
