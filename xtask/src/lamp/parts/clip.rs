//! A clip for the cable, to be printed at home: flat bands, so that it needs no supports.
//!
//! The bands lie in the plane of X and Z and are as wide as the clip is high, along +Y; the rods
//! of the lower arm pass at X = 0.

use glam::{Mat3, Vec2, Vec3};

use super::super::material::Finish;
use super::super::scene::Part;
use super::EYE_Z;
use crate::shape::angle::degrees;
use crate::shape::loops::{Edge, grown, wall};
use crate::shape::mesh::Mesh;
use crate::shape::profile::{Profile, fan};

/// Along the arm.
const HEIGHT: f32 = 12.0;
/// Half the thickness of a band.
const HALF: f32 = 1.0;
/// How much its edges are rounded.
const BEVEL: f32 = 0.5;
/// Middle of the band around a rod: the rod's radius, a hair's gap and half the band.
const GRIP: f32 = 4.35;
/// Middle of the band around the cable.
const HOOK: f32 = 3.6;
/// Where the cable lies along X, so that hook and grip are one piece.
const CABLE: f32 = -8.4;
/// Radius of the lips that let rod and cable in.
const LIP: f32 = 1.9;

/// A grip that snaps over both rods from behind, and a hook for the cable on its back.
pub(in crate::lamp) fn clip() -> Part {
    let rod = |z: f32| Vec2::new(0.0, z);
    let mut grip = lip(rod(EYE_Z), GRIP, 40.0, true);
    grip.extend(arc(rod(EYE_Z), GRIP, 40.0, 180.0, 7));
    grip.extend(arc(rod(-EYE_Z), GRIP, 180.0, 320.0, 7));
    grip.extend(lip(rod(-EYE_Z), GRIP, 320.0, false));
    let cable = Vec2::new(CABLE, 0.0);
    let mut hook = lip(cable, HOOK, -125.0, true);
    hook.extend(arc(cable, HOOK, -125.0, 125.0, 10));
    hook.extend(lip(cable, HOOK, 125.0, false));
    // Both stand on the printer's bed.
    let flat = band(&grip, HEIGHT).with(&band(&hook, HEIGHT));
    vec![(Finish::Printed, flat.turned(Mat3::from_cols(Vec3::X, Vec3::NEG_Z, Vec3::Y)))]
}

/// Points counter-clockwise about a centre, with the directions outwards; angles in degrees.
fn arc(centre: Vec2, radius: f32, from: f64, to: f64, steps: usize) -> Vec<Edge> {
    let at = |step: usize| {
        let (sine, cosine) = degrees(from + (to - from) * step as f64 / steps as f64);
        let out = Vec2::new(cosine, sine);
        (centre + out * radius, out)
    };
    (0..=steps).map(at).collect()
}

/// What bends away from the end of an arc, as seen along the arc, without their common point.
fn lip(centre: Vec2, radius: f32, angle: f64, is_first: bool) -> Vec<Edge> {
    let (sine, cosine) = degrees(angle);
    let pivot = centre + Vec2::new(cosine, sine) * (radius + LIP);
    let [from, to] = if is_first { [angle + 230.0, angle + 180.0] } else { [angle + 180.0, angle + 130.0] };
    let mut edges: Vec<Edge> = arc(pivot, LIP, from, to, 2).into_iter().map(|(at, towards)| (at, -towards)).collect();
    edges.remove(if is_first { edges.len() - 1 } else { 0 });
    edges
}

/// A band with round ends along points with normals to its right, from 0 to `height` along Z.
fn band(middle: &[Edge], height: f32) -> Mesh {
    let side = |edge: &Edge, sign: f32| (edge.0 + edge.1 * sign * HALF, edge.1 * sign);
    let round = |edge: Edge, first: Vec2, over: Vec2, last: Vec2| -> Vec<Edge> {
        let mut directions = fan(first, over, 1);
        directions.extend(fan(over, last, 1).into_iter().skip(1));
        directions.into_iter().map(|out| (edge.0 + out * HALF, out)).collect()
    };
    let (start, end) = (middle[0], middle[middle.len() - 1]);
    let first = round(start, -start.1, -start.1.perp(), start.1);
    let last = round(end, end.1, end.1.perp(), -end.1);
    let inner = middle.len() - 1;
    // From the tip of one end along the right to the tip of the other and back along the left,
    // so that points at the same distance from the first one lie across from each other.
    let mut outline = first[2..].to_vec();
    outline.extend(middle[1..inner].iter().map(|edge| side(edge, 1.0)));
    outline.extend(last);
    outline.extend(middle[1..inner].iter().rev().map(|edge| side(edge, -1.0)));
    outline.extend(&first[..3]);
    let profile =
        Profile::rounded(&[[-BEVEL, 0.0, 0.0], [0.0, 0.0, BEVEL], [0.0, height, BEVEL], [-BEVEL, height, 0.0]]);
    let face = grown(&outline, -BEVEL);
    wall(&outline, &profile, |_, _| false).with(&ladder(&face, 0.0, false)).with(&ladder(&face, height, true))
}

/// The flat inside a narrow outline whose points lie across from each other.
fn ladder(outline: &[Edge], height: f32, is_up: bool) -> Mesh {
    let mut mesh = Mesh::default();
    let facing = if is_up { Vec3::Z } else { Vec3::NEG_Z };
    for &(at, _) in outline {
        mesh.corner(at.extend(height), facing, at);
    }
    let last = outline.len() as u32 - 1;
    for right in 1..=last / 2 {
        let left = last - right;
        if is_up {
            mesh.quad(right - 1, right, left, left + 1);
        } else {
            mesh.quad(right - 1, left + 1, left, right);
        }
    }
    mesh
}
