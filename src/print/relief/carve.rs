//! Letters into a flat part.

use std::collections::{HashMap, HashSet};

use glam::{DVec2, DVec3, Vec3};
use spade::{ConstrainedDelaunayTriangulation, HasPosition, Point2, Triangulation};

use super::super::bvh::Bvh;
use super::super::pace::Pace;
use super::super::piece::Piece;
use super::Relief;
use super::outline::{Outlines, area};
use super::patch::{MARGIN_MM, Patch, patch};
use crate::issue::{Code, Issue};

/// What is left between the letters and what is behind them, or before them, mm.
const LEAST_LEFT_MM: f32 = 0.05;
/// A triangulation starts from a corner; numbers nearer to 0 are 0 for it.
const LEAST: f64 = 1e-30;

/// A corner in the surface's plane: one of the piece, or one of an outline.
#[derive(Clone, Copy, Debug)]
struct Corner {
    at: Point2<f64>,
    /// In the piece, or, for an outline, behind the vertices of the piece.
    vertex: u32,
}

impl HasPosition for Corner {
    type Scalar = f64;

    fn position(&self) -> Point2<f64> {
        self.at
    }
}

fn corner(at: DVec2, vertex: u32) -> Corner {
    let small = |part: f64| if part.abs() < LEAST { 0.0 } else { part };
    Corner { at: Point2::new(small(at.x), small(at.y)), vertex }
}

fn refused(words: &str) -> Issue {
    Issue::new(Code::PrintRelief, "", words)
}

/// Puts outlines on a piece; tells by how much its volume changed, mm³.
pub(super) async fn carve(
    piece: &Piece,
    relief: &Relief,
    outlines: &Outlines,
    pace: &Pace,
) -> Result<(Piece, f64), Issue> {
    let patch = patch(piece, relief, outlines, pace).await?;
    keeps_inside(piece, &patch, outlines, pace).await?;
    has_room(piece, relief, (&patch, outlines), pace).await?;
    let faces = triangulated(piece, &patch, outlines, pace).await?;
    let covered: f64 = covered(outlines) * patch.plane.stretch();
    let sign = if relief.is_raised { 1.0 } else { -1.0 };
    Ok((built(piece, relief, (&patch, outlines), &faces), covered * relief.depth_mm * sign))
}

/// The area of outlines: those that run one way are letters, the others what they leave free.
fn covered(outlines: &Outlines) -> f64 {
    outlines.iter().map(|contour| area(contour)).sum::<f64>().abs()
}

/// How far two stretches are apart; 0 where they cross.
fn gap([a, b]: [DVec2; 2], [c, d]: [DVec2; 2]) -> f64 {
    let turn = |from: DVec2, to: DVec2, at: DVec2| (to - from).perp_dot(at - from);
    if turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0 {
        return 0.0;
    }
    let from = |at: DVec2, from: DVec2, to: DVec2| {
        let side = to - from;
        let part = ((at - from).dot(side) / side.length_squared().max(1e-30)).clamp(0.0, 1.0);
        at.distance(from + side * part)
    };
    from(a, c, d).min(from(b, c, d)).min(from(c, a, b)).min(from(d, a, b))
}

/// Refuses outlines that reach over the edge of what is flat.
async fn keeps_inside(piece: &Piece, patch: &Patch, outlines: &Outlines, pace: &Pace) -> Result<(), Issue> {
    let place = |vertex: u32| patch.plane.flat(piece.position(vertex).as_dvec3());
    let rim: Vec<[DVec2; 2]> = patch.rim.iter().map(|[from, to]| [place(*from), place(*to)]).collect();
    for outline in outlines {
        let mut bounds = [DVec2::INFINITY, DVec2::NEG_INFINITY];
        for point in outline {
            let point = DVec2::from_array(*point);
            bounds = [bounds[0].min(point - MARGIN_MM), bounds[1].max(point + MARGIN_MM)];
        }
        let is_near =
            |[from, to]: &&[DVec2; 2]| from.min(*to).cmple(bounds[1]).all() && from.max(*to).cmpge(bounds[0]).all();
        let near: Vec<&[DVec2; 2]> = rim.iter().filter(is_near).collect();
        pace.spend(rim.len() + near.len() * outline.len()).await;
        let next = outline.iter().cycle().skip(1);
        for (from, to) in outline.iter().zip(next) {
            let side = [DVec2::from_array(*from), DVec2::from_array(*to)];
            if near.iter().any(|rim| gap(side, **rim) < MARGIN_MM) {
                return Err(refused("the words reach over the edge of what is flat"));
            }
        }
        // As a whole it is inside or outside now.
        let at = outline.first().map_or(DVec2::ZERO, |point| DVec2::from_array(*point));
        let crosses = |[from, to]: &&[DVec2; 2]| {
            (from.y > at.y) != (to.y > at.y) && at.x < from.x + (at.y - from.y) / (to.y - from.y) * (to.x - from.x)
        };
        if rim.iter().filter(crosses).count() % 2 == 0 {
            return Err(refused("the words reach over the edge of what is flat"));
        }
    }
    Ok(())
}

/// Refuses letters that would go through what is behind them, or before them.
async fn has_room(
    piece: &Piece,
    relief: &Relief,
    (patch, outlines): (&Patch, &Outlines),
    pace: &Pace,
) -> Result<(), Issue> {
    let bvh = Bvh::new(piece, pace).await;
    let normal = patch.plane.normal.as_vec3();
    let direction = if relief.is_raised { normal } else { -normal };
    let most_mm = relief.depth_mm as f32 + LEAST_LEFT_MM;
    let least_mm = (piece.bounds_mm().size().length() * 1e-6).max(1e-4);
    for point in outlines.iter().flatten() {
        pace.spend(120).await;
        let from = patch.plane.place(*point).as_vec3();
        if bvh.nearest(piece, (from, direction), least_mm, most_mm, &|_| true).is_some() {
            let words = if relief.is_raised {
                "something is in the way of the words"
            } else {
                "the words would go through the wall"
            };
            return Err(Issue::new(Code::PrintReliefDepth, "", words));
        }
    }
    Ok(())
}

/// A triangle in the plane, counter-clockwise seen from outside, and whether it is of a letter.
type Face = ([u32; 3], bool);

/// Triangulates what is flat with the outlines in it.
async fn triangulated(piece: &Piece, patch: &Patch, outlines: &Outlines, pace: &Pace) -> Result<Vec<Face>, Issue> {
    let torn = || refused("what is flat below the words touches itself");
    let mut corners: Vec<Corner> = Vec::new();
    let mut place_of: HashMap<u32, usize> = HashMap::new();
    let mut edges: Vec<[usize; 2]> = Vec::new();
    for [from, to] in &patch.rim {
        let mut name = |vertex: u32| {
            *place_of.entry(vertex).or_insert_with(|| {
                corners.push(corner(patch.plane.flat(piece.position(vertex).as_dvec3()), vertex));
                corners.len() - 1
            })
        };
        edges.push([name(*from), name(*to)]);
    }
    let rim = edges.len();
    let mut vertex = piece.positions_mm.len() as u32;
    for outline in outlines {
        let start = corners.len();
        for point in outline {
            corners.push(corner(DVec2::from_array(*point), vertex));
            vertex += 1;
        }
        edges.extend((0..outline.len()).map(|at| [start + at, start + (at + 1) % outline.len()]));
    }
    // The library works as one: a few microseconds for each corner.
    pace.spend(corners.len() * 100).await;
    let count = corners.len();
    let names: Vec<u32> = corners.iter().map(|corner| corner.vertex).collect();
    let mut conflicts = 0;
    let plane =
        ConstrainedDelaunayTriangulation::<Corner>::try_bulk_load_cdt(corners, edges.clone(), |_| conflicts += 1)
            .map_err(|_| torn())?;
    if conflicts > 0 || plane.num_vertices() != count {
        return Err(torn());
    }
    let key = |one: u32, other: u32| [one.min(other), one.max(other)];
    let named =
        |[from, to]: &[usize; 2]| key(names.get(*from).copied().unwrap_or(0), names.get(*to).copied().unwrap_or(0));
    let rims: HashSet<[u32; 2]> = edges.iter().take(rim).map(named).collect();
    let letters: HashSet<[u32; 2]> = edges.iter().skip(rim).map(named).collect();
    // From outside inwards: each line that is crossed changes what it is.
    let mut known = vec![None; plane.num_all_faces()];
    let outer = plane.outer_face().fix().index();
    if let Some(outer) = known.get_mut(outer) {
        *outer = Some((false, false));
    }
    let mut open: Vec<_> = plane.convex_hull().map(|edge| edge.fix()).collect();
    open.extend(plane.convex_hull().map(|edge| edge.rev().fix()));
    let mut met = HashSet::new();
    while let Some(edge) = open.pop() {
        let edge = plane.directed_edge(edge);
        let side = key(edge.from().data().vertex, edge.to().data().vertex);
        let (here, there) = (edge.face().fix().index(), edge.rev().face().fix().index());
        let Some(Some((is_flat, is_letter))) = known.get(here).copied() else { continue };
        let Some(next) = known.get_mut(there).filter(|next| next.is_none()) else { continue };
        if rims.contains(&side) || letters.contains(&side) {
            met.insert(side);
        }
        *next = Some((is_flat != rims.contains(&side), is_letter != letters.contains(&side)));
        if let Some(face) = edge.rev().face().as_inner() {
            open.extend(face.adjacent_edges().map(|edge| edge.fix()));
        }
    }
    let mut faces = Vec::new();
    for face in plane.inner_faces() {
        let Some((true, is_letter)) = known.get(face.fix().index()).copied().flatten() else { continue };
        let [a, b, c] = face.vertices().map(|vertex| vertex.data().vertex);
        faces.push((if patch.plane.is_seen_so() { [a, b, c] } else { [a, c, b] }, is_letter));
    }
    // Each line must be a side of what came of it, or something was cut where others know of no corner.
    let sides: HashSet<[u32; 2]> =
        faces.iter().flat_map(|([a, b, c], _)| [key(*a, *b), key(*b, *c), key(*c, *a)]).collect();
    if rims.iter().chain(&letters).any(|side| !sides.contains(side)) {
        return Err(torn());
    }
    Ok(faces)
}

/// The piece with the faces instead of the patch's triangles: letters moved, and walls around them.
fn built(piece: &Piece, relief: &Relief, (patch, outlines): (&Patch, &Outlines), faces: &[Face]) -> Piece {
    let mut made = piece.clone();
    let base = piece.positions_mm.len() as u32;
    let points: Vec<[f64; 2]> = outlines.iter().flatten().copied().collect();
    let depth = patch.plane.normal * if relief.is_raised { relief.depth_mm } else { -relief.depth_mm };
    let place = |point: &[f64; 2], along: DVec3| -> Vec3 { (patch.plane.place(*point) + along).as_vec3() };
    made.positions_mm.extend(points.iter().map(|point| place(point, DVec3::ZERO)));
    made.positions_mm.extend(points.iter().map(|point| place(point, depth)));
    let moved = |vertex: u32| vertex + points.len() as u32;
    let of_patch = |vertex: u32| vertex < base;
    let mut below = Vec::new();
    let mut letters = Vec::new();
    let mut sides: HashSet<[u32; 2]> = HashSet::new();
    for ([a, b, c], is_letter) in faces {
        if *is_letter {
            letters.push([moved(*a), moved(*b), moved(*c)]);
            sides.extend([[*a, *b], [*b, *c], [*c, *a]]);
        } else {
            below.push([*a, *b, *c]);
        }
    }
    for [a, b, c] in faces.iter().filter(|(_, is_letter)| *is_letter).map(|(face, _)| *face) {
        for [from, to] in [[a, b], [b, c], [c, a]] {
            if !sides.contains(&[to, from]) && !of_patch(from) && !of_patch(to) {
                letters.extend([[from, to, moved(to)], [from, moved(to), moved(from)]]);
            }
        }
    }
    let color_at = |triangle: &u32| piece.color_of.get(*triangle as usize).copied().unwrap_or(0);
    let color = patch.triangles.first().map_or(0, color_at);
    let ink = relief.color.map_or(color, |ink| {
        made.colors.iter().position(|known| *known == ink).unwrap_or_else(|| {
            made.colors.push(ink);
            made.colors.len() - 1
        }) as u32
    });
    let body_of = piece.body_of();
    (made.triangles, made.color_of) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (body, known) in made.bodies.iter_mut().enumerate() {
        let mut count = 0;
        while body_of.get(at).is_some_and(|of| *of as usize == body) {
            if patch.triangles.binary_search(&(at as u32)).is_err() {
                made.triangles.extend(piece.triangles.get(at));
                made.color_of.push(color_at(&(at as u32)));
                count += 1;
            }
            at += 1;
        }
        if patch.body as usize == body {
            count += below.len() + letters.len();
            made.triangles.extend(&below);
            made.color_of.extend(std::iter::repeat_n(color, below.len()));
            made.triangles.extend(&letters);
            made.color_of.extend(std::iter::repeat_n(ink, letters.len()));
        }
        known.triangles = count;
    }
    made.drop_unused();
    made
}
