//! The camera from marked points: perspective-n-point.
//!
//! Four points in a picture have few cameras that see them so, but not one alone (Fischler and Bolles 1981, "Random Sample
//! Consensus", §IV). So the search starts from rotations that are spread evenly over all that there are (super-Fibonacci
//! spirals, Alexa 2022), each with the place that suits it best, and goes downhill from each; what is found is compared. For
//! flat marks two cameras may fit nearly as well: then the one nearer to how the product was laid by hand is taken.

use std::f64::consts::{SQRT_2, TAU};

use glam::{DQuat, DVec2, DVec3, Mat4, Quat, Vec2, Vec3};

use super::Fault;
use super::lens::Lens;
use super::refine::{Camera, Problem};

/// Rotations to start from: the farthest from all is 40° away.
const STARTS: usize = 72;
/// The root of Alexa's equation ψ⁴ = ψ + 4.
const SPIRAL: f64 = 1.533_751_168_755_204_3;
/// How well a finger marks: this share of half the picture's height, about two pixels of a thousand.
const FINGER: f64 = 0.004;
/// How sure one is of an assumed lens, as a logarithm: a fifth.
const LENS: f64 = 0.2;
/// Marks whose error is a larger share of their spread in the picture do not belong together.
const APART: f64 = 0.06;
/// Marks lie on a line when they are narrower than this share of their length.
const NARROW: f64 = 0.03;
/// And are one when they are nearer than this share of the whole spread.
const SAME: f64 = 0.01;

/// One point, on the product and in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// Product space, metres.
    pub point: Vec3,
    /// From the picture's middle, halves of its height, y up.
    pub at: Vec2,
}

/// A camera that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solved {
    /// From the product's space to the camera's, which looks along −Z.
    pub view_from_product: Mat4,
    /// The tangent of half the vertical field of view.
    pub tangent: f32,
    /// The root of the mean square distance between marks and where they should be, halves of the picture's height.
    pub error: f32,
}

/// Finds the camera that sees points of known place where they were marked. `near` is how the product was turned by hand; of
/// two cameras that fit about as well, the one nearer to it is taken.
///
/// # Errors
/// What is wrong with the marks.
pub fn solve(marks: &[Marked], lens: Lens, near: Quat) -> Result<Solved, Fault> {
    if marks.len() < 4 {
        return Err(Fault::TooFew(marks.len()));
    }
    let points: Vec<DVec3> = marks.iter().map(|mark| mark.point.as_dvec3()).collect();
    let places: Vec<DVec3> = marks.iter().map(|mark| mark.at.as_dvec2().extend(0.0)).collect();
    for spread in [&points, &places] {
        check(spread)?;
    }
    let near = near.as_dquat();
    let spread = reach(&places);
    let (camera, error) = best(marks, lens, near).ok_or(Fault::Apart)?;
    // Of two hundred pixels, two are as good as it gets.
    let most = (APART * spread).max(2.0 * FINGER);
    if error > most {
        return Err(blame(marks, lens, near, error, most));
    }
    Ok(Solved {
        view_from_product: Mat4::from_rotation_translation(camera.rotation.as_quat(), camera.place.as_vec3()),
        tangent: camera.tangent as f32,
        error: error as f32,
    })
}

/// What of the marks is wrong when they do not belong together.
fn blame(marks: &[Marked], lens: Lens, near: DQuat, error: f64, most: f64) -> Fault {
    let clears = |tried: &[Marked]| {
        best(tried, lens, near).map(|(_, found)| found).filter(|found| *found < most && *found < 0.25 * error)
    };
    let mut swaps = Vec::new();
    for one in 0..marks.len() {
        for other in one + 1..marks.len() {
            let mut tried = marks.to_vec();
            if let (Some(first), Some(second)) = (marks.get(one), marks.get(other)) {
                if let Some(mark) = tried.get_mut(one) {
                    mark.at = second.at;
                }
                if let Some(mark) = tried.get_mut(other) {
                    mark.at = first.at;
                }
            }
            swaps.extend(clears(&tried).map(|found| (found, Fault::Swapped(one, other))));
        }
    }
    // Three fit always: one of four cannot be told from the rest.
    if marks.len() > 4 && swaps.is_empty() {
        for out in 0..marks.len() {
            let mut tried = marks.to_vec();
            tried.remove(out);
            swaps.extend(clears(&tried).map(|found| (found, Fault::Outlier(out))));
        }
    }
    let least = swaps.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
    least.map_or(Fault::Apart, |(_, fault)| fault)
}

/// The camera with the least error.
fn best(marks: &[Marked], lens: Lens, near: DQuat) -> Option<(Camera, f64)> {
    let pairs: Vec<(DVec3, DVec2)> = marks.iter().map(|mark| (mark.point.as_dvec3(), mark.at.as_dvec2())).collect();
    let middle = pairs.iter().map(|(point, _)| *point).sum::<DVec3>() / pairs.len().max(1) as f64;
    let tangent = f64::from(lens.tangent());
    // Around their middle and in units of their size, numbers are well-behaved.
    let size = pairs.iter().map(|(point, _)| point.distance(middle)).fold(0.0, f64::max);
    let problem = Problem {
        marks: pairs.iter().map(|(point, at)| ((*point - middle) / size, *at)).collect(),
        lens: matches!(lens, Lens::Assumed(_)).then_some((tangent, FINGER / LENS)),
    };
    let mut found: Vec<(Camera, f64)> = Vec::new();
    for rotation in std::iter::once(near).chain(starts()) {
        let camera = problem.placed(rotation, tangent).and_then(|camera| problem.refined(camera));
        found.extend(camera.map(|camera| (camera, problem.error(&camera))));
    }
    let least = found.iter().map(|(_, error)| *error).min_by(f64::total_cmp)?;
    let as_good = found.into_iter().filter(|(_, error)| *error <= 1.5 * least + 0.5 * FINGER);
    let angle = |camera: &Camera| camera.rotation.dot(near).abs();
    let exact = least < 1e-6;
    let (camera, error) = as_good
        .filter(|(_, error)| !exact || *error < 1e-5)
        .max_by(|(one, _), (other, _)| angle(one).total_cmp(&angle(other)))?;
    let place = camera.place * size - camera.rotation * middle;
    Some((Camera { place, ..camera }, error))
}

/// Rotations, evenly spread.
fn starts() -> impl Iterator<Item = DQuat> {
    (0..STARTS).map(|at| {
        let s = at as f64 + 0.5;
        let (inner, outer) = ((s / STARTS as f64).sqrt(), (1.0 - s / STARTS as f64).sqrt());
        let (alpha, beta) = (TAU * s / SQRT_2, TAU * s / SPIRAL);
        DQuat::from_xyzw(inner * alpha.sin(), inner * alpha.cos(), outer * beta.sin(), outer * beta.cos()).normalize()
    })
}

/// The farthest of points from their middle.
fn reach(points: &[DVec3]) -> f64 {
    let middle = points.iter().sum::<DVec3>() / points.len().max(1) as f64;
    points.iter().map(|point| point.distance(middle)).fold(0.0, f64::max)
}

pub(super) fn check(points: &[DVec3]) -> Result<(), Fault> {
    let size = reach(points);
    for (one, first) in points.iter().enumerate() {
        for (other, second) in points.iter().enumerate().skip(one + 1) {
            if first.distance(*second) <= SAME * size {
                return Err(Fault::Coincident(one, other));
            }
        }
    }
    // The farthest two span a line; the others must be away from it.
    let mut longest = (0.0, DVec3::ZERO, DVec3::X);
    for first in points {
        for second in points {
            let long = first.distance(*second);
            if long > longest.0 {
                longest = (long, *first, *second - *first);
            }
        }
    }
    let (long, from, along) = longest;
    let along = along.normalize_or(DVec3::X);
    let wide = points.iter().map(|point| (*point - from).reject_from_normalized(along).length()).fold(0.0, f64::max);
    if wide < NARROW * long { Err(Fault::Line) } else { Ok(()) }
}
