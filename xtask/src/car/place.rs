//! Puts parts where they belong on the skin.

use glam::{DVec3, Mat3, Vec3};

use super::form::{Spot, spot};
use crate::shape::loft::{Section, loft};
use crate::shape::mesh::Mesh;

/// In single precision.
pub(super) fn single(vector: DVec3) -> Vec3 {
    Vec3::new(vector.x as f32, vector.y as f32, vector.z as f32)
}

/// What stands along +Y, along a direction instead.
pub(super) fn standing(mesh: Mesh, axis: Vec3) -> Mesh {
    let axis = axis.normalize_or(Vec3::Y);
    let side = axis.any_orthonormal_vector();
    mesh.turned(Mat3::from_cols(side, axis, side.cross(axis)))
}

/// What stands along +Y, on the skin, this high above it.
pub(super) fn mounted(mesh: Mesh, spot: &Spot, above: f64) -> Mesh {
    let at = single(spot.at + spot.normal * above);
    standing(mesh, single(spot.normal)).moved(at.x, at.y, at.z)
}

/// As [`mounted`], but turned halfway towards the end of the car that the place is at.
pub(super) fn aimed(mesh: Mesh, spot: &Spot, above: f64) -> Mesh {
    let axis = spot.normal + DVec3::Z * spot.at.z.signum();
    let at = single(spot.at + axis.normalize_or(DVec3::Y) * above);
    standing(mesh, single(axis)).moved(at.x, at.y, at.z)
}

/// Turns about +X, the top towards the front.
pub(super) fn pitched(mesh: Mesh, angle: f64) -> Mesh {
    let (sine, cosine) = crate::shape::angle::degrees(angle);
    mesh.turned(Mat3::from_cols(Vec3::X, Vec3::new(0.0, cosine, sine), Vec3::new(0.0, -sine, cosine)))
}

/// Stretches of a level where `wanted` holds.
pub(super) fn stretches(level: f64, wanted: impl Fn(&Spot) -> bool) -> Vec<Vec<Spot>> {
    const STEPS: u32 = 84;
    let angle = |step: u32| std::f64::consts::PI * f64::from(step) / f64::from(STEPS);
    let end = |mut inside: f64, mut outside: f64| {
        for _ in 0..12 {
            let middle = (inside + outside) / 2.0;
            if wanted(&spot(middle, level)) { inside = middle } else { outside = middle }
        }
        spot(inside, level)
    };
    let mut found: Vec<Vec<Spot>> = Vec::new();
    let mut before = false;
    for step in 0..=STEPS {
        let here = spot(angle(step), level);
        let now = wanted(&here);
        match (before, now) {
            (false, true) if step > 0 => found.push(vec![end(angle(step), angle(step - 1)), here]),
            (false, true) => found.push(vec![here]),
            (true, true) => found.last_mut().into_iter().for_each(|stretch| stretch.push(here)),
            (true, false) => {
                let last = end(angle(step - 1), angle(step));
                found.last_mut().into_iter().for_each(|stretch| stretch.push(last));
            }
            (false, false) => {}
        }
        before = now;
    }
    found
}

/// A path from the car's middle to its left, continued to its right.
pub(super) fn both_sides(half: &[Spot]) -> Vec<Spot> {
    let flip = DVec3::new(-1.0, 1.0, 1.0);
    let other = half.iter().rev().map(|spot| Spot { at: spot.at * flip, normal: spot.normal * flip, ..*spot });
    other.chain(half.iter().copied()).collect()
}

/// A moulding along the skin, so wide and so proud of it.
pub(super) fn moulding(path: &[Spot], half: f32, height: f32) -> Mesh {
    let last = path.len() - 1;
    let section = |index: usize, size: f32| {
        let along = (path[(index + 1).min(last)].at - path[index.saturating_sub(1)].at).normalize_or(DVec3::Z);
        let spot = &path[index];
        let across = single(along.cross(spot.normal).normalize_or(DVec3::Y));
        // Its ends are blunt: full size begins two millimetres from them.
        let inwards = if size < 1.0 || (index > 0 && index < last) { 0.0 } else { 2.0 };
        let at = spot.at + along * if index == 0 { inwards } else { -inwards };
        Section { at: single(at), u: across * half * size, v: single(spot.normal) * height * size }
    };
    let mut sections = vec![section(0, 0.3)];
    sections.extend((0..=last).map(|index| section(index, 1.0)));
    sections.push(section(last, 0.3));
    loft(&sections, 8, 2.6)
}
