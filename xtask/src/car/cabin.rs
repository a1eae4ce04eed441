//! The inside: lining, floor, dashboard and steering wheels.

use glam::{Mat3, Vec2, Vec3};

use super::place::pitched;
use super::skin::{Parts, add};
use crate::shape::angle::degrees;
use crate::shape::lathe;
use crate::shape::loft::{Section, cushion, loft};
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;
use crate::shape::sheet::Sheet;

/// The floor, from the pedals to the boot, with its tunnel and turned up at the sides.
pub(super) fn carpet() -> Mesh {
    let profile: [[f32; 2]; 13] = [
        [-1735.0, 620.0],
        [-1715.0, 540.0],
        [-1600.0, 510.0],
        [-1570.0, 500.0],
        [-1240.0, 500.0],
        [-1120.0, 480.0],
        [-1060.0, 330.0],
        [-980.0, 285.0],
        [0.0, 280.0],
        [520.0, 280.0],
        [680.0, 330.0],
        [800.0, 480.0],
        [860.0, 760.0],
    ];
    let across: [[f32; 2]; 15] = [
        [-745.0, 190.0],
        [-735.0, 70.0],
        [-690.0, 22.0],
        [-640.0, 0.0],
        [-220.0, 0.0],
        [-150.0, 10.0],
        [-110.0, 70.0],
        [0.0, 95.0],
        [110.0, 70.0],
        [150.0, 10.0],
        [220.0, 0.0],
        [640.0, 0.0],
        [690.0, 22.0],
        [735.0, 70.0],
        [745.0, 190.0],
    ];
    let mut sheet = Sheet { across: across.len(), ..Sheet::default() };
    for [z, y] in profile {
        // Between the wheels it is narrower.
        let narrow = match z {
            _ if z < -1700.0 => 0.66,
            _ if z < -1590.0 => 0.80,
            _ if z < -850.0 => 0.57,
            _ if z > 640.0 => 0.96,
            _ => 1.0,
        };
        for [x, rise] in across {
            let rise = if y > 450.0 { rise * 0.2 } else { rise };
            sheet.points.push(Vec3::new(-x * narrow, y + rise, z));
            sheet.uvs.push(Vec2::new(x, z));
        }
    }
    sheet.mesh(0..=across.len() - 1, |_, _| false)
}

/// Along the dashboard: it curves away to the doors.
fn beam(half: [f32; 2], at: [f32; 2], reach: f32, exponent: f64, segments: usize) -> Mesh {
    let sections: Vec<Section> = (0..=12)
        .map(|step| {
            let part = step as f32 / 6.0 - 1.0;
            let size = if step == 0 || step == 12 {
                0.02
            } else if step == 1 || step == 11 {
                0.92
            } else {
                1.0
            };
            let x = if step == 1 || step == 11 { part.signum() * 0.99 } else { part };
            let z = at[1] - 70.0 * part * part;
            Section { at: Vec3::new(x * reach, at[0], z), u: Vec3::Z * half[1] * size, v: Vec3::Y * half[0] * size }
        })
        .collect();
    loft(&sections, segments, exponent)
}

/// The dashboard with its wide screen.
pub(super) fn dash() -> Parts {
    let mut parts = Parts::new();
    add(&mut parts, "trim", beam([92.0, 190.0], [872.0, 800.0], 668.0, 2.8, 18));
    add(&mut parts, "trim", beam([60.0, 120.0], [730.0, 790.0], 640.0, 3.2, 14));
    add(&mut parts, "door_trim", beam([38.0, 60.0], [836.0, 668.0], 655.0, 3.4, 14));
    let screen = cushion(Vec3::ZERO, [Vec3::X * 500.0, Vec3::Y * 62.0, Vec3::Z * 9.0], [9.0, 5.0], [28, 4]);
    add(&mut parts, "detail", pitched(screen, 12.0).moved(60.0, 992.0, 655.0));
    let glow = cushion(Vec3::ZERO, [Vec3::X * 478.0, Vec3::Y * 46.0, Vec3::Z * 3.0], [10.0, 4.0], [24, 3]);
    add(&mut parts, "screen", pitched(glow, 12.0).moved(60.0, 991.0, 648.0));
    let console =
        cushion(Vec3::new(0.0, 440.0, 230.0), [Vec3::X * 92.0, Vec3::Y * 70.0, Vec3::Z * 330.0], [4.0, 5.0], [16, 8]);
    add(&mut parts, "trim", console);
    let knob = Profile::rounded(&[[30.0, 0.0, 0.0], [28.0, 22.0, 3.0], [0.0, 24.0, 0.0]]);
    add(&mut parts, "clip_chrome", lathe::turn(&knob, 28, 0.0).moved(0.0, 508.0, 330.0));
    let column = lathe::turn(&Profile::rounded(&[[44.0, -260.0, 0.0], [44.0, 0.0, 3.0], [0.0, 0.0, 0.0]]), 20, 0.0);
    add(&mut parts, "trim", at_wheel(column.along_z().turned(Mat3::from_cols(Vec3::NEG_X, Vec3::Y, Vec3::NEG_Z))));
    for side in [-1.0_f32, 1.0] {
        let vent = Profile::arc([34.0, 0.0], 6.0, -180.0, 180.0, 6);
        let ring = lathe::turn(&vent, 28, 0.0).along_z();
        add(&mut parts, "clip_chrome", ring.moved(side * 575.0, 900.0, 598.0));
    }
    parts
}

/// The mirror below the windscreen's upper edge.
pub(super) fn mirror() -> Parts {
    let mut parts = Parts::new();
    let shell = cushion(Vec3::ZERO, [Vec3::X * 118.0, Vec3::Y * 34.0, Vec3::Z * 16.0], [3.0, 3.0], [20, 6]);
    let stem =
        cushion(Vec3::new(0.0, 34.0, 20.0), [Vec3::X * 12.0, Vec3::Z * 12.0, Vec3::Y * 30.0], [3.0, 6.0], [8, 4]);
    add(&mut parts, "trim", shell.with(&stem).moved(0.0, 1302.0, 330.0));
    let glass =
        cushion(Vec3::new(0.0, 0.0, -12.0), [Vec3::X * 106.0, Vec3::Y * 26.0, Vec3::Z * 6.0], [3.0, 6.0], [20, 3]);
    add(&mut parts, "clip_chrome", glass.moved(0.0, 1302.0, 330.0));
    parts
}

/// Lines of light along the dashboard.
pub(super) fn ambient() -> Mesh {
    beam([4.0, 8.0], [882.0, 604.0], 640.0, 2.4, 8).with(&beam([4.0, 8.0], [790.0, 610.0], 640.0, 2.4, 8))
}

/// From the steering wheel's own place, facing the driver along -Z.
fn at_wheel(mesh: Mesh) -> Mesh {
    pitched(mesh, 24.0).moved(345.0, 862.0, 402.0)
}

/// A rim along a closed curve, or an open one, in the plane of X and Y.
fn rim(points: &[Vec2], closed: bool) -> Mesh {
    let last = points.len() - 1;
    let sections: Vec<Section> = (0..=last)
        .map(|index| {
            let before = if index == 0 { if closed { last - 1 } else { 0 } } else { index - 1 };
            let after = if index == last { if closed { 1 } else { last } } else { index + 1 };
            let along = (points[after] - points[before]).normalize_or(Vec2::X);
            let size = if !closed && (index == 0 || index == last) { 0.02 } else { 1.0 };
            Section {
                at: points[index].extend(0.0),
                u: along.perp().extend(0.0) * 15.0 * size,
                v: Vec3::Z * 13.0 * size,
            }
        })
        .collect();
    loft(&sections, 10, 2.2)
}

/// Points of a superellipse, from and to these angles in degrees (0 to the right, counter-clockwise).
fn oval(half: [f32; 2], exponent: f64, from: f64, to: f64, steps: usize) -> Vec<Vec2> {
    (0..=steps)
        .map(|step| {
            let (sine, cosine) = degrees(from + (to - from) * step as f64 / steps as f64);
            let power =
                |side: f32| crate::shape::power::power(f64::from(side.abs()), 2.0 / exponent) as f32 * side.signum();
            Vec2::new(half[0] * power(cosine), half[1] * power(sine))
        })
        .collect()
}

/// Hub and spokes to the sides and, so far, down.
fn hub(down: f32) -> Parts {
    let mut parts = Parts::new();
    let pad = cushion(Vec3::new(0.0, 0.0, 14.0), [Vec3::X * 72.0, Vec3::Y * 56.0, Vec3::Z * 26.0], [3.0, 3.0], [24, 8]);
    let spoke =
        |x: f32| cushion(Vec3::new(x, 2.0, 10.0), [Vec3::Y * 17.0, Vec3::Z * 8.0, Vec3::X * 58.0], [3.0, 8.0], [12, 6]);
    let mut spokes = spoke(118.0).with(&spoke(-118.0));
    if down > 0.0 {
        let axes = [Vec3::X * 20.0, Vec3::Z * 8.0, Vec3::Y * (down - 40.0) / 2.0];
        spokes = spokes.with(&cushion(Vec3::new(0.0, -(down + 40.0) / 2.0, 10.0), axes, [3.0, 8.0], [12, 6]));
    }
    add(&mut parts, "wheel_leather", pad);
    add(&mut parts, "rim", spokes);
    parts
}

fn steering(rim: Mesh, hub: Parts) -> Parts {
    let mut parts = hub;
    add(&mut parts, "wheel_leather", rim);
    parts.into_iter().map(|(material, mesh)| (material, at_wheel(mesh))).collect()
}

/// Round, as ever.
pub(super) fn wheel_round() -> Parts {
    steering(rim(&oval([178.0, 178.0], 2.0, 0.0, 360.0, 40), true), hub(172.0))
}

/// Flat below, for long legs.
pub(super) fn wheel_flat() -> Parts {
    let mut points = oval([178.0, 176.0], 2.1, 0.0, 360.0, 40);
    points.iter_mut().for_each(|point| point.y = point.y.max(-128.0 - (point.y + 128.0) * -0.12));
    steering(rim(&points, true), hub(128.0))
}

/// Open above.
pub(super) fn wheel_yoke() -> Parts {
    steering(rim(&oval([182.0, 122.0], 3.2, -222.0, 42.0, 40), false), hub(0.0))
}

/// Arm rest, pull and speaker of the left door.
pub(super) fn door() -> Parts {
    let mut parts = Parts::new();
    let rest =
        cushion(Vec3::new(720.0, 640.0, 40.0), [Vec3::X * 50.0, Vec3::Y * 34.0, Vec3::Z * 330.0], [3.0, 4.0], [18, 12]);
    add(&mut parts, "trim", rest);
    let pocket =
        cushion(Vec3::new(752.0, 430.0, 80.0), [Vec3::X * 34.0, Vec3::Y * 66.0, Vec3::Z * 360.0], [3.6, 6.0], [18, 12]);
    add(&mut parts, "trim", pocket);
    let pull =
        cushion(Vec3::new(718.0, 770.0, 330.0), [Vec3::X * 7.0, Vec3::Y * 10.0, Vec3::Z * 58.0], [2.6, 4.0], [12, 8]);
    add(&mut parts, "clip_chrome", pull);
    parts
}

/// A line of light in the left door.
pub(super) fn door_light() -> Mesh {
    cushion(Vec3::new(736.0, 706.0, 40.0), [Vec3::X * 5.0, Vec3::Y * 4.0, Vec3::Z * 340.0], [2.2, 10.0], [8, 10])
}
