//! A thing in the room from marked points: the rigid motion, of true size, that brings points of the product to where they
//! were found.
//!
//! Rotation by unit quaternions (Horn 1987, "Closed-form solution of absolute orientation using unit quaternions", §4): the
//! eigenvector of the largest eigenvalue of a symmetric 4 × 4 matrix, found by Jacobi's rotations. A thing that stands
//! upright is found better when that is known, since a level is what a device knows best of a room.

use glam::{DMat3, DMat4, DQuat, DVec3, DVec4, Quat, Vec3};

use super::Fault;
use super::solve::check;

/// Points may be so many standard deviations off before they do not belong together.
const SAID: f64 = 3.0;
/// And no more than this share of how far they reach, but a finger may miss by a centimetre.
const APART: f64 = 0.15;
const FINGER: f64 = 0.01;
/// What leans less stands upright, radians (7°): three points of a small thing say no more than this.
const UPRIGHT: f64 = 0.12;
/// What leans more lies on its side, radians (57°): where a swap of two points sets it upright, they were swapped.
const TIPPED: f64 = 1.0;
/// Sweeps of Jacobi's rotations; a 4 × 4 matrix needs five or six.
const SWEEPS: usize = 16;

/// One point, on the product and in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matched {
    /// Product space, metres.
    pub point: Vec3,
    /// Where it was found, metres, +Y up.
    pub place: Vec3,
    /// How far off that may be, one standard deviation, metres.
    pub deviation: f32,
}

/// A motion that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RigidFit {
    /// From the product's space; around +Y alone for what stands upright.
    pub rotation: Quat,
    /// Where the product's origin goes.
    pub translation: Vec3,
    /// The root of the mean square distance between points and where they were found, metres.
    pub error: f32,
}

/// Finds the motion that brings three or more points to where they were found.
///
/// # Errors
/// What is wrong with them.
pub fn fit_rigid(pairs: &[Matched]) -> Result<RigidFit, Fault> {
    if pairs.len() < 3 {
        return Err(Fault::TooFew(pairs.len()));
    }
    let points: Vec<DVec3> = pairs.iter().map(|pair| pair.point.as_dvec3()).collect();
    let places: Vec<DVec3> = pairs.iter().map(|pair| pair.place.as_dvec3()).collect();
    check(&points)?;
    check(&places)?;
    let variance: f64 = pairs.iter().map(|pair| f64::from(pair.deviation).powi(2)).sum::<f64>() / pairs.len() as f64;
    let reach = points.iter().map(|point| point.distance(mean(&points))).fold(0.0, f64::max);
    let most = (SAID * variance.sqrt()).min(APART * reach).max(FINGER);
    let (motion, error) = best(&points, &places);
    if leans(&motion) > TIPPED
        && let Some((_, fault)) = swapped(&points, &places, most).find(|(motion, _)| leans(motion) < TIPPED)
    {
        return Err(fault);
    }
    // What is no number is no error that is small enough.
    if error.is_nan() || error > most {
        return Err(blame(&points, &places, most));
    }
    Ok(RigidFit { rotation: motion.0.as_quat(), translation: motion.1.as_vec3(), error: error as f32 })
}

/// A rotation, and where the origin goes.
type Motion = (DQuat, DVec3);

fn leans((rotation, _): &Motion) -> f64 {
    (*rotation * DVec3::Y).angle_between(DVec3::Y)
}

fn mean(points: &[DVec3]) -> DVec3 {
    points.iter().sum::<DVec3>() / points.len().max(1) as f64
}

/// The motion of least error; upright where the thing does not lean.
fn best(points: &[DVec3], places: &[DVec3]) -> (Motion, f64) {
    let (middle, there) = (mean(points), mean(places));
    let mut sums = DMat3::ZERO;
    for (point, place) in points.iter().zip(places) {
        let (from, to) = (*point - middle, *place - there);
        // Columns by what is found, rows by what is moved.
        sums += DMat3::from_cols(from * to.x, from * to.y, from * to.z);
    }
    let free = rotation(&sums);
    let rotation = if leans(&(free, middle)) < UPRIGHT { upright(&sums) } else { free };
    let motion = (rotation, there - rotation * middle);
    let off = |(point, place): (&DVec3, &DVec3)| (motion.0 * *point + motion.1 - *place).length_squared();
    let error = points.iter().zip(places).map(off).sum::<f64>() / points.len().max(1) as f64;
    (motion, error.sqrt())
}

/// Around +Y alone: the angle of which the derivative of the error is zero.
fn upright(sums: &DMat3) -> DQuat {
    let [x, _, z] = [sums.x_axis, sums.y_axis, sums.z_axis];
    DQuat::from_rotation_y((x.z - z.x).atan2(x.x + z.z))
}

fn rotation(sums: &DMat3) -> DQuat {
    let [x, y, z] = [sums.x_axis, sums.y_axis, sums.z_axis];
    // Horn's S_xy is `y.x`: rows are what is moved.
    let mut n = DMat4::from_cols(
        DVec4::new(x.x + y.y + z.z, z.y - y.z, x.z - z.x, y.x - x.y),
        DVec4::new(z.y - y.z, x.x - y.y - z.z, y.x + x.y, x.z + z.x),
        DVec4::new(x.z - z.x, y.x + x.y, y.y - x.x - z.z, z.y + y.z),
        DVec4::new(y.x - x.y, x.z + z.x, z.y + y.z, z.z - x.x - y.y),
    );
    let mut vectors = DMat4::IDENTITY;
    for _ in 0..SWEEPS {
        for (p, q) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            let turn = jacobi(&n, p, q);
            n = turn.transpose() * n * turn;
            vectors *= turn;
        }
    }
    let largest = (0..4).max_by(|one, other| n.col(*one)[*one].total_cmp(&n.col(*other)[*other])).unwrap_or(0);
    let found = vectors.col(largest);
    let quaternion = DQuat::from_xyzw(found.y, found.z, found.w, found.x);
    if quaternion.length_squared() > 0.0 { quaternion.normalize() } else { DQuat::IDENTITY }
}

/// The rotation after which the entry at `p`, `q` is zero (Golub and Van Loan, *Matrix Computations*, §8.5).
fn jacobi(n: &DMat4, p: usize, q: usize) -> DMat4 {
    let mut turn = DMat4::IDENTITY;
    let (pp, qq, pq) = (n.col(p)[p], n.col(q)[q], n.col(q)[p]);
    if pq != 0.0 {
        let theta = (qq - pp) / (2.0 * pq);
        let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
        let cosine = tangent.hypot(1.0).recip();
        let sine = tangent * cosine;
        turn.col_mut(p)[p] = cosine;
        turn.col_mut(q)[q] = cosine;
        turn.col_mut(q)[p] = sine;
        turn.col_mut(p)[q] = -sine;
    }
    turn
}

/// What of the points is wrong when they do not belong together.
fn blame(points: &[DVec3], places: &[DVec3], most: f64) -> Fault {
    if let Some((_, fault)) = swapped(points, places, most).find(|(motion, _)| leans(motion) < TIPPED) {
        return fault;
    }
    // Of three none can be told from the rest.
    let mut found: Vec<(f64, Fault)> = Vec::new();
    for out in (0..points.len()).filter(|_| points.len() > 3) {
        let (mut fewer, mut there) = (points.to_vec(), places.to_vec());
        fewer.remove(out);
        there.remove(out);
        found.push((best(&fewer, &there).1, Fault::Outlier(out)));
    }
    found.retain(|(error, _)| *error <= most);
    let least = found.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
    least.map_or(Fault::Apart, |(_, fault)| fault)
}

/// Swaps of two points after which all belong together, the better ones first.
fn swapped(points: &[DVec3], places: &[DVec3], most: f64) -> impl Iterator<Item = (Motion, Fault)> {
    let mut found = Vec::new();
    for one in 0..places.len() {
        for other in one + 1..places.len() {
            let mut tried = places.to_vec();
            tried.swap(one, other);
            let (motion, error) = best(points, &tried);
            found.push((error, motion, Fault::Swapped(one, other)));
        }
    }
    found.retain(|(error, ..)| *error <= most);
    found.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    found.into_iter().map(|(_, motion, fault)| (motion, fault))
}
