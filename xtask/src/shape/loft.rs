//! Lofted parts: superellipses along a path, and cushions.

use glam::{Vec2, Vec3};

use super::angle::around;
use super::mesh::Mesh;
use super::power::power;

/// One section: its middle and its two half axes, millimetres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    /// The middle.
    pub(crate) at: Vec3,
    /// One half axis.
    pub(crate) u: Vec3,
    /// The other half axis.
    pub(crate) v: Vec3,
}

/// Carries a superellipse through sections; what closes must shrink to nearly nothing at its ends.
pub(crate) fn loft(sections: &[Section], segments: usize, exponent: f64) -> Mesh {
    let ring: Vec<Vec2> = (0..=segments)
        .map(|step| {
            let (sine, cosine) = around(step, segments);
            let sum = power(f64::from(sine.abs()), exponent) + power(f64::from(cosine.abs()), exponent);
            Vec2::new(cosine, sine) * power(sum, -1.0 / exponent) as f32
        })
        .collect();
    let point = |row: usize, column: usize| {
        let Section { at, u, v } = sections[row];
        at + u * ring[column].x + v * ring[column].y
    };
    let last = sections.len() - 1;
    // Whether the sections turn as a right hand does along the path.
    let turn: f32 =
        (1..=last).map(|row| sections[row].u.cross(sections[row].v).dot(sections[row].at - sections[row - 1].at)).sum();
    let side = if turn < 0.0 { -1.0 } else { 1.0 };
    let mut mesh = Mesh::default();
    let mut along = 0.0;
    for row in 0..=last {
        along += sections[row].at.distance(sections[row.saturating_sub(1)].at);
        let mut over = 0.0;
        for column in 0..=segments {
            over += point(row, column).distance(point(row, column.saturating_sub(1)));
            let (before, after) =
                (if column == 0 { segments - 1 } else { column - 1 }, if column == segments { 1 } else { column + 1 });
            let tangent = point(row, after) - point(row, before);
            let up = point((row + 1).min(last), column) - point(row.saturating_sub(1), column);
            let axis = (sections[(row + 1).min(last)].at - sections[row.saturating_sub(1)].at).normalize_or(Vec3::Y);
            // A closed end faces along the path.
            let end = if row == 0 { -axis } else { axis };
            let tip = tangent.length() < 0.05 && (row == 0 || row == last);
            let normal = if tip { end } else { tangent.cross(up).normalize_or(end) * side };
            mesh.corner(point(row, column), normal, Vec2::new(over, along));
        }
    }
    mesh.grid(0, segments as u32 + 1, sections.len() as u32);
    if side < 0.0 {
        for face in mesh.indices.chunks_exact_mut(3) {
            face.swap(1, 2);
        }
    }
    mesh
}

/// A cushion around `at` with half axes `axes`: sections of the first two, along the third.
///
/// `exponents` are those of the sections and of the outline along the path; 2 is round, 4 nearly a box.
pub(crate) fn cushion(at: Vec3, axes: [Vec3; 3], exponents: [f64; 2], [segments, steps]: [usize; 2]) -> Mesh {
    let [u, v, w] = axes;
    let sections: Vec<Section> = (0..=steps)
        .map(|step| {
            let (sine, cosine) = super::angle::sin_cos(std::f64::consts::PI * step as f64 / steps as f64);
            let place = power(cosine.abs(), 2.0 / exponents[1]) * -cosine.signum();
            let size = power(sine, 2.0 / exponents[1]).max(2e-4) as f32;
            Section { at: at + w * place as f32, u: u * size, v: v * size }
        })
        .collect();
    loft(&sections, segments, exponents[0])
}
