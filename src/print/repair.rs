//! What is safely repairable, and what was done.

use std::collections::HashMap;

use glam::Vec3;
use serde::Serialize;

use super::pace::Pace;
use super::piece::{Piece, double_cross};
use super::shell::Shells;
use super::topology::{Topology, ends};
use super::weld;

/// Holes that are wider than this part of the piece, or than [`WIDEST_HOLE_MM`], are no accident.
const WIDEST_HOLE: f32 = 0.05;
const WIDEST_HOLE_MM: f32 = 5.0;
/// Holes with more sides than this are no accident; a surface over one takes time with the cube of them.
const MOST_SIDES: usize = 64;

/// One kind of repair that was done, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Repair {
    /// What was done.
    pub kind: RepairKind,
    /// To how many vertices, triangles, holes or shells.
    pub count: usize,
}

/// Kinds of [`Repair`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RepairKind {
    /// Triangles that had a corner twice, and so no area, were left out.
    DropDegenerate,
    /// Triangles that were there already were left out.
    DropDuplicate,
    /// Vertices of open edges that lay next to each other were made one.
    Weld,
    /// Small holes were closed.
    CloseHole,
    /// Triangles that faced the other way than their surface were turned.
    TurnTriangle,
    /// Closed surfaces that were inside out were turned.
    TurnShell,
}

/// Faults of single triangles.
#[derive(Clone, Debug, Default)]
pub(super) struct Odd {
    /// Those that have one corner twice.
    pub(super) repeated: Vec<u32>,
    /// Those whose three corners lie on a line.
    pub(super) flat: Vec<u32>,
    /// Those that are there already, facing the same way.
    pub(super) duplicate: Vec<u32>,
    /// Those that are there already, facing the other way.
    pub(super) opposed: Vec<u32>,
}

/// Looks at each triangle by itself, and for another like it.
pub(super) async fn odd(piece: &Piece, pace: &Pace) -> Odd {
    let most = piece.positions_mm.iter().fold(0.0, |most: f32, at| most.max(at.abs().max_element()));
    let mut odd = Odd::default();
    let mut known: HashMap<[u32; 3], bool> = HashMap::with_capacity(piece.triangles.len());
    for (triangle, corners) in (0..).zip(&piece.triangles) {
        pace.spend(8).await;
        let [a, b, c] = *corners;
        if a == b || b == c || c == a {
            odd.repeated.push(triangle);
            continue;
        }
        // As far apart as numbers of this size can tell.
        let places = piece.corners(triangle as usize);
        let longest = (0..3).map(|at| side_length(places, at)).fold(0.0, f64::max);
        if double_cross(places).length() <= longest * f64::from(most * f32::EPSILON) * 4.0 {
            odd.flat.push(triangle);
        }
        let mut sorted = *corners;
        sorted.sort_unstable();
        let [first, second, _] = sorted;
        // Even permutations face one way, odd ones the other.
        let is_even = [(a, b), (b, c), (c, a)].contains(&(first, second));
        match known.get(&sorted) {
            Some(before) if *before == is_even => odd.duplicate.push(triangle),
            Some(_) => odd.opposed.push(triangle),
            None => {
                known.insert(sorted, is_even);
            }
        }
    }
    odd
}

fn side_length(corners: [Vec3; 3], at: usize) -> f64 {
    let [a, b, c] = corners;
    let (from, to) = [(a, b), (b, c), (c, a)].get(at).copied().unwrap_or((a, b));
    f64::from(from.distance(to))
}

impl Odd {
    /// Leaves out what adds nothing; tells what that was.
    pub(super) fn drop_from(&self, piece: &mut Piece) -> Vec<Repair> {
        let mut drops = vec![false; piece.triangles.len()];
        for triangle in self.repeated.iter().chain(&self.duplicate) {
            if let Some(mark) = drops.get_mut(*triangle as usize) {
                *mark = true;
            }
        }
        if drops.contains(&true) {
            piece.keep(|triangle| drops.get(triangle) != Some(&true));
        }
        let done =
            [(RepairKind::DropDegenerate, self.repeated.len()), (RepairKind::DropDuplicate, self.duplicate.len())];
        done.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| Repair { kind, count }).collect()
    }
}

/// How near to each other vertices of open edges are taken for one, mm.
pub(super) fn tolerance_mm(piece: &Piece) -> f32 {
    (piece.bounds_mm().size().length() * 1e-5).clamp(1e-4, 1e-2)
}

/// Joins what lies next to each other along open edges.
pub(super) async fn join(piece: &mut Piece, topology: &Topology, pace: &Pace) -> Option<Repair> {
    let tolerance_mm = tolerance_mm(piece);
    let count = weld::join_near(piece, &topology.open, tolerance_mm, pace).await;
    (count > 0).then_some(Repair { kind: RepairKind::Weld, count })
}

/// How wide a hole may be to be closed, mm.
pub(super) fn widest_hole_mm(piece: &Piece) -> f32 {
    (piece.bounds_mm().size().length() * WIDEST_HOLE).min(WIDEST_HOLE_MM)
}

/// Turns the triangles that face the other way than their surface.
pub(super) fn turn_triangles(piece: &mut Piece, shells: &Shells) -> Option<Repair> {
    let mut count = 0;
    for (corners, _) in piece.triangles.iter_mut().zip(&shells.is_flipped).filter(|(_, is_flipped)| **is_flipped) {
        corners.swap(1, 2);
        count += 1;
    }
    (count > 0).then_some(Repair { kind: RepairKind::TurnTriangle, count })
}

/// Turns the closed shells that are inside out.
pub(super) fn turn_shells(piece: &mut Piece, shells: &Shells) -> Option<Repair> {
    let turns: Vec<bool> = shells.list.iter().map(|shell| shell.is_inside_out()).collect();
    for (corners, shell) in piece.triangles.iter_mut().zip(&shells.of) {
        if turns.get(*shell as usize) == Some(&true) {
            corners.swap(1, 2);
        }
    }
    let count = turns.iter().filter(|turns| **turns).count();
    (count > 0).then_some(Repair { kind: RepairKind::TurnShell, count })
}

/// Closes the holes that are small enough.
pub(super) async fn close(piece: &mut Piece, topology: &Topology, pace: &Pace) -> Option<Repair> {
    let widest_mm = widest_hole_mm(piece);
    let mut fills: Vec<(u32, Vec<[u32; 3]>)> = Vec::new();
    for hole in topology.holes(&piece.triangles) {
        if hole.len() > MOST_SIDES || width_mm(piece, &hole) > widest_mm {
            continue;
        }
        pace.spend(hole.len().pow(3)).await;
        // Against the way of the sides that it closes.
        let rim: Vec<u32> = hole.iter().rev().map(|half_edge| ends(&piece.triangles, *half_edge).1).collect();
        let owner = hole.first().map_or(0, |half_edge| half_edge / 3);
        fills.push((owner, fill(piece, &rim)));
    }
    if fills.is_empty() {
        return None;
    }
    let count = fills.len();
    // Bodies lie one behind the other, so that what is new goes to the end of its own.
    let body_of = piece.body_of();
    let (triangles, color_of) = (std::mem::take(&mut piece.triangles), std::mem::take(&mut piece.color_of));
    let mut start = 0;
    for (at, body) in piece.bodies.iter_mut().enumerate() {
        let end = start + body.triangles;
        piece.triangles.extend(triangles.get(start..end).unwrap_or_default());
        piece.color_of.extend(color_of.get(start..end).unwrap_or_default());
        for (owner, filling) in &fills {
            if body_of.get(*owner as usize).copied() == Some(at as u32) {
                body.triangles += filling.len();
                piece.triangles.extend(filling);
                let color = color_of.get(*owner as usize).copied().unwrap_or(0);
                piece.color_of.extend(std::iter::repeat_n(color, filling.len()));
            }
        }
        start = end;
    }
    Some(Repair { kind: RepairKind::CloseHole, count })
}

/// How far apart the corners of a hole are at most, along the axes' box.
pub(super) fn width_mm(piece: &Piece, hole: &[u32]) -> f32 {
    let mut bounds = crate::geom::Aabb::EMPTY;
    hole.iter().for_each(|half_edge| bounds.insert(piece.position(ends(&piece.triangles, *half_edge).0)));
    bounds.size().length()
}

/// The surface of least area over a rim, with no new vertices (Barequet and Sharir 1995,
/// <https://doi.org/10.1016/0167-8396(94)00011-G>).
fn fill(piece: &Piece, rim: &[u32]) -> Vec<[u32; 3]> {
    let count = rim.len();
    let place = |at: usize| rim.get(at).map_or(Vec3::ZERO, |vertex| piece.position(*vertex));
    let area = |a: usize, b: usize, c: usize| f64::from((place(b) - place(a)).cross(place(c) - place(a)).length());
    // For each stretch of the rim the least area over it, and the corner over its chord.
    let mut best = vec![(0.0_f64, 0_usize); count * count];
    for span in 2..count {
        for first in 0..count - span {
            let last = first + span;
            let mut least = (f64::INFINITY, first + 1);
            for middle in first + 1..last {
                let over = |from: usize, to: usize| best.get(from * count + to).map_or(0.0, |known| known.0);
                let sum = over(first, middle) + over(middle, last) + area(first, middle, last);
                if sum < least.0 {
                    least = (sum, middle);
                }
            }
            if let Some(known) = best.get_mut(first * count + last) {
                *known = least;
            }
        }
    }
    let mut triangles = Vec::new();
    let mut open = vec![(0, count.saturating_sub(1))];
    while let Some((first, last)) = open.pop() {
        if last < first + 2 {
            continue;
        }
        let middle = best.get(first * count + last).map_or(first + 1, |known| known.1);
        if let (Some(a), Some(b), Some(c)) = (rim.get(first), rim.get(middle), rim.get(last)) {
            triangles.push([*a, *b, *c]);
        }
        open.extend([(first, middle), (middle, last)]);
    }
    triangles
}
