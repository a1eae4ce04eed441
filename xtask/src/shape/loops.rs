//! Closed outlines in a plane, and what is carried along them: walls, plates with a hole, bosses.
//!
//! An outline lies in the plane of X and Y, counter-clockwise as seen from +Z; walls rise along Z.

use glam::{Vec2, Vec3};

use super::angle::sin_cos;
use super::mesh::Mesh;
use super::power::power;
use super::profile::Profile;

/// A point of an outline and the unit normal there, which points away from what is enclosed.
pub(crate) type Edge = (Vec2, Vec2);

/// A quarter of a superellipse from +X to +Y with unit radius: points and normals.
///
/// Above an exponent of 2 its curvature fades to nothing at both ends, so highlights run on
/// without a break where it meets straight lines.
pub(crate) fn quarter(exponent: f64, steps: usize) -> Vec<Edge> {
    let lift = |base: f64, by: f64| if base < 1e-9 { 0.0 } else { power(base, by) };
    (0..=steps)
        .map(|step| {
            let (sine, cosine) = match step {
                0 => (0.0, 1.0),
                _ if step == steps => (1.0, 0.0),
                _ => sin_cos(std::f64::consts::FRAC_PI_2 * step as f64 / steps as f64),
            };
            let place = [cosine, sine].map(|side| lift(side, 2.0 / exponent) as f32);
            let normal = [cosine, sine].map(|side| lift(side, 2.0 - 2.0 / exponent) as f32);
            (Vec2::from(place), Vec2::from(normal).normalize_or(Vec2::X))
        })
        .collect()
}

/// A rounded rectangle of half sides `half` whose corners reach `reach` along each side.
///
/// `cuts` are further points on the lower side, from left to right. The first point, the left
/// end of the lower side, is repeated at the end.
pub(crate) fn rounded(half: [f32; 2], reach: f32, exponent: f64, steps: usize, cuts: &[f32]) -> Vec<Edge> {
    let inner = Vec2::from(half) - Vec2::splat(reach);
    let corner = quarter(exponent, steps);
    let mut edges: Vec<Edge> = Vec::new();
    let mut turn = |centre: Vec2, x: Vec2, y: Vec2| {
        for &(at, normal) in &corner {
            edges.push((centre + (x * at.x + y * at.y) * reach, x * normal.x + y * normal.y));
        }
    };
    turn(Vec2::new(inner.x, -inner.y), Vec2::NEG_Y, Vec2::X);
    turn(inner, Vec2::X, Vec2::Y);
    turn(Vec2::new(-inner.x, inner.y), Vec2::Y, Vec2::NEG_X);
    turn(-inner, Vec2::NEG_X, Vec2::NEG_Y);
    let start = (Vec2::new(-inner.x, -half[1]), Vec2::NEG_Y);
    let mut whole = vec![start];
    whole.extend(cuts.iter().map(|&x| (Vec2::new(x, -half[1]), Vec2::NEG_Y)));
    for edge in edges {
        let last = whole[whole.len() - 1].0;
        if last.distance(edge.0) > 1e-4 {
            whole.push(edge);
        }
    }
    if whole[whole.len() - 1].0.distance(start.0) < 1e-4 {
        whole.pop();
    }
    whole.push(start);
    whole
}

/// An outline with its straight sides, but for the lower one, in steps of at most `longest`:
/// slivers that are far longer than wide let pixels through where rasterisers are coarse.
pub(crate) fn stepped(outline: &[Edge], longest: f32) -> Vec<Edge> {
    let mut whole = vec![outline[0]];
    for pair in outline.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let lower = from.1.y < -0.999 && to.1.y < -0.999;
        let steps = if lower { 1.0 } else { (from.0.distance(to.0) / longest).ceil().max(1.0) };
        for step in 1..steps as usize {
            let part = step as f32 / steps;
            whole.push((from.0 + (to.0 - from.0) * part, from.1));
        }
        whole.push(to);
    }
    whole
}

/// An outline moved outwards by `by` millimetres.
pub(crate) fn grown(outline: &[Edge], by: f32) -> Vec<Edge> {
    outline.iter().map(|&(at, normal)| (at + normal * by, normal)).collect()
}

/// An outline moved in its plane.
pub(crate) fn shifted(outline: &[Edge], by: Vec2) -> Vec<Edge> {
    outline.iter().map(|&(at, normal)| (at + by, normal)).collect()
}

/// Carries a profile `(distance outwards, height)` along an outline; cells for which `skip`
/// (row, column) holds stay open.
pub(crate) fn wall(outline: &[Edge], profile: &Profile, skip: impl Fn(usize, usize) -> bool) -> Mesh {
    let mut mesh = Mesh::default();
    for station in &profile.stations {
        let mut along = 0.0;
        let mut last = outline[0].0;
        for &(at, normal) in outline {
            along += at.distance(last);
            last = at;
            mesh.corner(
                (at + normal * station.at.x).extend(station.at.y),
                (normal * station.normal.x).extend(station.normal.y),
                Vec2::new(along, profile.length() - station.along),
            );
        }
    }
    let across = outline.len();
    for row in 1..profile.stations.len() {
        for column in 1..across {
            if !skip(row - 1, column - 1) {
                let (low, high) = ((row - 1) * across + column, row * across + column);
                mesh.quad(low as u32 - 1, low as u32, high as u32, high as u32 - 1);
            }
        }
    }
    mesh
}

/// The flat between two outlines, of which the inner one is convex around `centre`.
pub(crate) fn plate(outer: &[Edge], inner: &[Edge], centre: Vec2, height: f32, up: bool) -> Mesh {
    let facing = if up { Vec3::Z } else { Vec3::NEG_Z };
    let mut mesh = Mesh::default();
    let ring = |mesh: &mut Mesh, outline: &[Edge]| -> Vec<(f32, u32)> {
        let mut turned: Vec<(f32, u32)> = outline[..outline.len() - 1]
            .iter()
            .map(|&(at, _)| (bearing(at - centre), mesh.corner(at.extend(height), facing, at)))
            .collect();
        turned.sort_by(|a, b| a.0.total_cmp(&b.0));
        let first = turned[0];
        turned.push((first.0 + 4.0, first.1));
        turned
    };
    let (outer, inner) = (ring(&mut mesh, outer), ring(&mut mesh, inner));
    let (mut i, mut j) = (0, 0);
    let add = |mesh: &mut Mesh, a: u32, b: u32, c: u32| {
        if up {
            mesh.triangle(a, b, c);
        } else {
            mesh.triangle(a, c, b);
        }
    };
    while i + 1 < outer.len() || j + 1 < inner.len() {
        // Around a long side of the outer outline the inner one may turn away from its first end.
        let sees = |mesh: &Mesh| {
            let [from, to, eye] = [inner[j].1, inner[j + 1].1, outer[i].1].map(|corner| mesh.uvs[corner as usize]);
            (to - from).perp_dot(eye - from) < 0.0
        };
        let rest = i + 1 < outer.len();
        if j + 1 >= inner.len() || (rest && (outer[i + 1].0 <= inner[j + 1].0 || !sees(&mesh))) {
            add(&mut mesh, outer[i].1, outer[i + 1].1, inner[j].1);
            i += 1;
        } else {
            add(&mut mesh, outer[i].1, inner[j + 1].1, inner[j].1);
            j += 1;
        }
    }
    mesh
}

/// The flat inside a convex outline.
pub(crate) fn cap(outline: &[Edge], height: f32, up: bool) -> Mesh {
    let facing = if up { Vec3::Z } else { Vec3::NEG_Z };
    let mut mesh = Mesh::default();
    let middle = outline.iter().map(|edge| edge.0).sum::<Vec2>() / outline.len() as f32;
    let centre = mesh.corner(middle.extend(height), facing, middle);
    for (index, &(at, _)) in outline.iter().enumerate() {
        let corner = mesh.corner(at.extend(height), facing, at);
        match (index, up) {
            (0, _) => {}
            (_, true) => mesh.triangle(centre, corner - 1, corner),
            (_, false) => mesh.triangle(centre, corner, corner - 1),
        }
    }
    mesh
}

/// A boss that rises from `low` to `high` with a rounded upper edge.
pub(crate) fn boss(outline: &[Edge], low: f32, high: f32, round: f32) -> Mesh {
    let profile = Profile::rounded(&[[0.0, low, 0.0], [0.0, high, round], [-round * 1.3, high, 0.0]]);
    wall(outline, &profile, |_, _| false).with(&cap(&grown(outline, -round * 1.3), high, true))
}

/// A number that grows with the angle from +X, from 0 to 4 around.
fn bearing(at: Vec2) -> f32 {
    let part = at.x / (at.x.abs() + at.y.abs()).max(1e-9);
    if at.y >= 0.0 { 1.0 - part } else { 3.0 + part }
}

#[cfg(test)]
mod tests {
    use super::{cap, grown, plate, rounded};
    use glam::Vec2;

    #[test]
    fn a_plate_and_the_hole_in_it_fill_the_outline() {
        let outer = rounded([40.0, 70.0], 12.0, 2.5, 8, &[-10.0, 10.0]);
        let inner = super::shifted(&rounded([15.0, 15.0], 8.0, 2.5, 6, &[]), Vec2::new(-12.0, 40.0));
        let area = |mesh: &crate::shape::mesh::Mesh| -> f32 {
            let corner = |index: u32| mesh.positions[index as usize];
            mesh.indices
                .chunks_exact(3)
                .map(|face| (corner(face[1]) - corner(face[0])).cross(corner(face[2]) - corner(face[0])).z / 2.0)
                .sum()
        };
        let whole = area(&cap(&outer, 0.0, true));
        let parts = area(&plate(&outer, &inner, Vec2::new(-12.0, 40.0), 0.0, true)) + area(&cap(&inner, 0.0, true));
        assert!((whole - parts).abs() < 1.0, "{whole} {parts}");
        assert!(area(&cap(&grown(&outer, 1.0), 0.0, true)) > whole);
    }
}
