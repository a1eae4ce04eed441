//! What is put on the shell: mouldings, handles, mirrors, badges, plates, wipers, and what is below it.

use glam::{DVec3, Mat3, Vec3};

use super::form::{Spot, TOP, seen, spot};
use super::lines::{self, BELT};
use super::place::{both_sides, moulding, mounted, single, standing, stretches};
use super::skin::{GAP, Panel, Parts, Skin, add, mirrored, ring, whole, whole_parts};
use crate::shape::lathe;
use crate::shape::loft::{Section, cushion, loft};
use crate::shape::loops;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// What a clip lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    Body,
    Door,
}

/// Mouldings along the windows of the left side, the intake's frame, and on the door its handle.
pub(super) fn clips(skin: &Skin, on: On) -> Mesh {
    let mut mesh = Mesh::default();
    let level = BELT - 0.02;
    let runs = stretches(level, |spot| match on {
        On::Door => lines::door(spot) < -GAP - 1.0,
        On::Body => lines::door(spot) > GAP + 1.0 && lines::tailgate(spot) > GAP + 1.0 && spot.angle > 0.9,
    });
    for run in runs.iter().filter(|run| run.len() > 2) {
        mesh = mesh.with(&moulding(run, 8.0, 5.0));
    }
    match on {
        On::Door => mesh.with(&handle()),
        On::Body => {
            let frame = |_: &Spot| {
                [
                    (-10.0, 2.0, 0.0),
                    (-9.0, -4.0, -0.7),
                    (-4.0, -7.0, 0.0),
                    (2.0, -7.0, 0.0),
                    (7.0, -4.0, 0.7),
                    (8.0, 2.0, 1.0),
                ]
                .map(|(out, depth, turned)| ring(out, depth, turned))
                .to_vec()
            };
            mesh.with(&skin.frame(Panel::Intake, frame))
        }
    }
}

fn handle() -> Mesh {
    let spot = seen(0, -372.0, 792.0);
    let bar = cushion(Vec3::ZERO, [Vec3::Y * 9.0, Vec3::Z * 13.0, Vec3::X * 92.0], [2.8, 5.0], [14, 10]);
    // Along the side, on the skin.
    along_side(bar, &spot, 6.0)
}

/// What lies along +X with +Y outwards, along the car's side.
fn along_side(mesh: Mesh, spot: &Spot, above: f64) -> Mesh {
    let normal = single(spot.normal);
    let forward = (Vec3::Z - normal * normal.z).normalize_or(Vec3::Z);
    let at = single(spot.at + spot.normal * above);
    mesh.turned(Mat3::from_cols(forward, normal, forward.cross(normal))).moved(at.x, at.y, at.z)
}

/// The left mirror: shell, glass, foot.
pub(super) fn mirror() -> Parts {
    let foot = seen(0, 640.0, 1004.0).at;
    let (from, to) = (single(foot - DVec3::X * 6.0), Vec3::new(790.0, 1014.0, 622.0));
    let mut parts = Parts::new();
    add(&mut parts, "trim", arm(from, to, [24.0, 40.0], [20.0, 32.0]));
    let shell = cushion(Vec3::ZERO, [Vec3::X * 98.0, Vec3::Y * 64.0, Vec3::Z * 52.0], [2.7, 2.6], [24, 12]);
    let at = [832.0, 1056.0, 620.0];
    add(&mut parts, "mirror_paint", flat_behind(shell, -34.0).about_y(-8.0).moved(at[0], at[1], at[2]));
    let glass =
        cushion(Vec3::new(0.0, 0.0, -34.0), [Vec3::X * 80.0, Vec3::Y * 48.0, Vec3::Z * 3.0], [2.7, 6.0], [28, 3]);
    add(&mut parts, "clip_chrome", glass.about_y(-8.0).moved(at[0], at[1], at[2]));
    parts
}

/// A part cut off behind this depth.
fn flat_behind(mut mesh: Mesh, depth: f32) -> Mesh {
    for (position, normal) in mesh.positions.iter_mut().zip(&mut mesh.normals) {
        if position.z < depth {
            position.z = depth;
            *normal = Vec3::NEG_Z;
        }
    }
    mesh
}

/// A slim arm with a camera instead of it.
pub(super) fn mirror_camera() -> Parts {
    let foot = seen(0, 640.0, 1004.0).at;
    let (from, to) = (single(foot - DVec3::X * 6.0), Vec3::new(800.0, 1016.0, 618.0));
    let mut parts = Parts::new();
    add(&mut parts, "trim", arm(from, to, [14.0, 30.0], [12.0, 26.0]));
    let pod = cushion(Vec3::ZERO, [Vec3::X * 62.0, Vec3::Y * 25.0, Vec3::Z * 44.0], [2.6, 2.8], [24, 12]);
    let at = [832.0, 1022.0, 616.0];
    add(&mut parts, "mirror_paint", pod.about_y(-10.0).moved(at[0], at[1], at[2]));
    let eye = Profile::curve([[13.0, 0.0], [12.0, 5.0], [7.0, 7.0], [0.0, 7.0]], 6);
    let eye = standing(lathe::turn(&eye, 20, 0.0), Vec3::NEG_Z).moved(22.0, 0.0, -41.0);
    add(&mut parts, "detail", eye.moved(at[0], at[1], at[2]));
    parts
}

/// From one place to another, with half axes along Y and Z at each end.
fn arm(from: Vec3, to: Vec3, first: [f32; 2], last: [f32; 2]) -> Mesh {
    let section = |part: f32| {
        let half = |side: usize| first[side] + (last[side] - first[side]) * part;
        Section { at: from.lerp(to, part), u: Vec3::Z * half(1), v: Vec3::Y * half(0) }
    };
    loft(&[section(0.0), section(0.3), section(0.7), section(1.0)], 14, 2.6)
}

/// A round badge, on the face or the tail.
pub(super) fn badge(nose: bool) -> Parts {
    let spot = if nose { seen(2, 0.5, 697.0) } else { seen(-2, 0.5, 812.0) };
    let mut parts = Parts::new();
    let hoop = Profile::rounded(&[[39.0, 0.0, 0.0], [39.0, 6.0, 0.6], [32.0, 6.0, 0.6], [31.0, 3.0, 0.0]]);
    add(&mut parts, "clip_chrome", mounted(lathe::turn(&hoop, 36, 0.0), &spot, 0.0));
    let disc = Profile::rounded(&[[32.0, 2.0, 0.0], [32.0, 3.5, 0.0], [0.0, 4.5, 0.0]]);
    add(&mut parts, "paint", mounted(lathe::turn(&disc, 32, 0.0), &spot, 0.0));
    // An A of two strokes and a bar.
    let stroke = |from: [f32; 2], to: [f32; 2]| {
        let (from, to) = (Vec3::new(from[0], 5.0, -from[1]), Vec3::new(to[0], 5.0, -to[1]));
        let aside = (to - from).cross(Vec3::Y).normalize_or(Vec3::X) * 2.6;
        let ends = |at: Vec3, size: f32| Section { at, u: aside * size, v: Vec3::Y * 2.0 * size };
        loft(&[ends(from, 0.05), ends(from, 1.0), ends(to, 1.0), ends(to, 0.05)], 8, 3.0)
    };
    let letter = stroke([-15.0, -16.0], [0.0, 19.0])
        .with(&stroke([0.0, 19.0], [15.0, -16.0]))
        .with(&stroke([-9.0, -5.0], [9.0, -5.0]));
    let normal = single(spot.normal);
    let right = Vec3::Y.cross(normal).normalize_or(Vec3::X);
    let at = single(spot.at);
    let upright = letter.turned(Mat3::from_cols(right, normal, right.cross(normal))).moved(at.x, at.y, at.z);
    add(&mut parts, "clip_chrome", upright);
    parts
}

/// Number plates, bars in the intake, wipers, and the underside.
pub(super) fn fixed(skin: &Skin) -> Parts {
    let mut parts = Parts::new();
    add(&mut parts, "trim", skin.sheet(&[Panel::Intake], -44.0, false));
    let mut parts = whole_parts(parts);
    for height in [345.0, 372.0, 399.0] {
        let half = (0..=7).map(|step| seen(2, 2.0 + 61.0 * f64::from(step), height));
        let sunk: Vec<Spot> = half.map(|spot| Spot { at: spot.at - spot.normal * 20.0, ..spot }).collect();
        add(&mut parts, "detail", moulding(&both_sides(&sunk), 6.0, 9.0));
    }
    under(plates(parts))
}

fn plates(mut parts: Parts) -> Parts {
    let slab = |half: [f32; 2]| loops::boss(&loops::rounded(half, 13.0, 2.4, 4, &[]), -4.0, 4.0, 1.5);
    let front = seen(2, 0.5, 522.0).at.z as f32;
    add(&mut parts, "plate", slab([252.0, 54.0]).moved(0.0, 522.0, front + 9.0));
    add(&mut parts, "trim", slab([261.0, 62.0]).moved(0.0, 522.0, front + 3.0));
    let back = seen(-2, 0.5, 476.0).at.z as f32;
    add(&mut parts, "plate", slab([252.0, 54.0]).about_y(180.0).moved(0.0, 476.0, back - 3.0));
    parts
}

fn under(mut parts: Parts) -> Parts {
    let slab = |x: f32, y: f32, from: f32, to: f32| {
        let middle = Vec3::new(0.0, y, (from + to) / 2.0);
        cushion(middle, [Vec3::X * x, Vec3::Y * 20.0, Vec3::Z * (to - from) / 2.0], [8.0, 8.0], [16, 3])
    };
    for mesh in
        [slab(735.0, 228.0, -840.0, 850.0), slab(420.0, 305.0, -1650.0, -800.0), slab(420.0, 228.0, 800.0, 1600.0)]
    {
        add(&mut parts, "trim", mesh);
    }
    parts
}

/// A bar across the tailgate's inside, and its wiper.
pub(super) fn wiper() -> Mesh {
    let run: Vec<Spot> =
        (0..=10).map(|step| seen(-2, 12.0 + 34.0 * f64::from(step), 1118.0 - 1.2 * f64::from(step))).collect();
    let proud: Vec<Spot> = run.iter().map(|spot| Spot { at: spot.at + spot.normal * 9.0, ..*spot }).collect();
    let hub = Profile::rounded(&[[20.0, -4.0, 0.0], [18.0, 14.0, 3.0], [0.0, 16.0, 0.0]]);
    moulding(&proud, 6.0, 6.0).with(&mounted(lathe::turn(&hub, 20, 0.0), &run[0], 0.0))
}

/// A fin at the end of the roof.
pub(super) fn aerial() -> Mesh {
    let foot = single(spot(std::f64::consts::PI, 12.0).at);
    let section = |part: f32, half: f32| Section {
        at: foot + Vec3::new(0.0, 62.0 * part - 4.0, -46.0 * part),
        u: Vec3::X * half * 0.24,
        v: Vec3::Z * half,
    };
    loft(
        &[section(0.0, 74.0), section(0.25, 62.0), section(0.7, 38.0), section(0.95, 22.0), section(1.0, 0.5)],
        12,
        2.2,
    )
}

/// Wipers below the windscreen.
pub(super) fn wipers() -> Mesh {
    let blade = |from: f64, to: f64| {
        let run: Vec<Spot> = (0..=10)
            .map(|step| {
                spot((from + (to - from) * f64::from(step) / 10.0).to_radians(), BELT + 0.06 + 0.016 * f64::from(step))
            })
            .map(|spot| Spot { at: spot.at + spot.normal * 9.0, ..spot })
            .collect();
        moulding(&run, 6.0, 7.0)
    };
    let left = blade(4.0, 36.0);
    left.with(&mirrored(&blade(-2.0_f64.max(0.5), 30.0)))
}

/// Rails and bars on the roof.
pub(super) fn rack() -> Mesh {
    let rail: Vec<Spot> = (0..=16)
        .map(|step| spot((58.0 + 4.0 * f64::from(step)).to_radians(), lines::ROOF + 0.42))
        .map(|spot| Spot { at: spot.at + DVec3::Y * 34.0, ..spot })
        .collect();
    let mut mesh = moulding(&rail, 14.0, 10.0);
    for index in [1, 8, 15] {
        let at = single(rail[index].at);
        let foot = cushion(at - Vec3::Y * 22.0, [Vec3::X * 13.0, Vec3::Z * 34.0, Vec3::Y * 26.0], [3.0, 5.0], [12, 6]);
        mesh = mesh.with(&foot);
    }
    let mut mesh = whole(&mesh);
    for index in [4, 12] {
        let at = single(rail[index].at);
        let across = [-1.0_f32, -0.98, -0.5, 0.0, 0.5, 0.98, 1.0].map(|part| {
            let size = if part.abs() == 1.0 { 0.05 } else { 1.0 };
            Section {
                at: Vec3::new(at.x * 1.04 * part, at.y + 20.0 + 34.0 * (1.0 - part * part), at.z),
                u: Vec3::Z * 24.0 * size,
                v: Vec3::Y * 10.0 * size,
            }
        });
        mesh = mesh.with(&loft(&across, 14, 2.6));
    }
    mesh
}

/// Ribs of the soft roof.
pub(super) fn ribs() -> Mesh {
    let rib = |z: f64| {
        let half: Vec<Spot> = (0..=5)
            .map(|step| over_roof(z, 12.0 + 80.0 * f64::from(step)))
            .map(|spot| Spot { at: spot.at + spot.normal * 6.0, ..spot })
            .collect();
        moulding(&both_sides(&half), 9.0, 7.0)
    };
    [-150.0, -500.0, -850.0].into_iter().fold(Mesh::default(), |mesh, z| mesh.with(&rib(z)))
}

/// The roof's place at this depth and distance from the middle.
fn over_roof(z: f64, x: f64) -> Spot {
    let (mut low, mut high) = (lines::ROOF, TOP);
    let at = |level: f64| {
        let (mut first, mut last) = (0.0, std::f64::consts::PI);
        for _ in 0..24 {
            let middle = (first + last) / 2.0;
            if spot(middle, level).at.z > z { first = middle } else { last = middle }
        }
        spot(first, level)
    };
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        if at(middle).at.x > x { low = middle } else { high = middle }
    }
    at(low)
}
