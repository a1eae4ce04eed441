//! One vertex for each place.

use std::collections::HashMap;

use glam::Vec3;

use super::pace::Pace;
use super::piece::Piece;
use super::topology::{NONE, Topology, ends};

/// For each body whether the model says that it is closed, and it is, by its indices alone.
pub(super) async fn closed_as_declared(piece: &Piece, pace: &Pace) -> Vec<bool> {
    let mut closed: Vec<bool> = piece.bodies.iter().map(|body| body.is_declared && body.triangles > 0).collect();
    if !closed.contains(&true) {
        return closed;
    }
    let body_of = piece.body_of();
    let topology = Topology::new(&piece.triangles, piece.positions_mm.len(), pace).await;
    let turned = (0..).zip(&topology.mates).filter(|(half_edge, mate)| {
        let (from, to) = ends(&piece.triangles, *half_edge);
        from == to || (**mate != NONE && ends(&piece.triangles, **mate) != (to, from))
    });
    let broken = topology.open.iter().chain(topology.crowded.iter().flatten()).copied();
    for half_edge in broken.chain(turned.map(|(half_edge, _)| half_edge)) {
        let body = body_of.get(half_edge as usize / 3).and_then(|body| closed.get_mut(*body as usize));
        if let Some(is_closed) = body {
            *is_closed = false;
        }
    }
    closed
}

/// Gives the vertices of a body that lie at exactly one place one index: a file for pictures has several there, for
/// normals and texture coordinates. Nothing changes its shape. Bodies that are `closed` stay as they are: what touches
/// itself in a corner there is meant to.
pub(super) async fn weld(piece: &mut Piece, closed: &[bool], pace: &Pace) {
    let mut body_of_vertex = vec![0; piece.positions_mm.len()];
    for (corners, body) in piece.triangles.iter().zip(piece.body_of()) {
        for vertex in corners {
            if let Some(known) = body_of_vertex.get_mut(*vertex as usize) {
                *known = body;
            }
        }
    }
    let mut places: HashMap<([u32; 3], u32), u32> = HashMap::with_capacity(piece.positions_mm.len());
    let mut kept = Vec::new();
    let mut names = Vec::with_capacity(piece.positions_mm.len());
    for (position, body) in piece.positions_mm.iter().zip(body_of_vertex) {
        pace.spend(6).await;
        // -0 and 0 are one place.
        let key = (*position + Vec3::ZERO).to_array().map(f32::to_bits);
        let new = kept.len() as u32;
        let stays = closed.get(body as usize) == Some(&true);
        let name = if stays { new } else { *places.entry((key, body)).or_insert(new) };
        if name as usize == kept.len() {
            kept.push(*position);
        }
        names.push(name);
    }
    for vertex in piece.triangles.iter_mut().flatten() {
        *vertex = names.get(*vertex as usize).copied().unwrap_or(0);
    }
    piece.positions_mm = kept;
    piece.drop_unused();
}

/// Joins vertices of open edges that lie within `tolerance_mm` of each other, and tells how many are gone. Those of bodies
/// that the model says to be closed stay.
pub(super) async fn join_near(piece: &mut Piece, open: &[u32], tolerance_mm: f32, pace: &Pace) -> usize {
    let body_of = piece.body_of();
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for half_edge in open {
        let triangle = *half_edge as usize / 3;
        let body = body_of.get(triangle).copied().unwrap_or(0);
        if piece.bodies.get(body as usize).is_some_and(|body| body.is_declared) {
            continue;
        }
        let (from, to) = ends(&piece.triangles, *half_edge);
        candidates.extend([(from, body), (to, body)]);
    }
    candidates.sort_unstable();
    candidates.dedup();
    let cell = |at: Vec3| (at / tolerance_mm).floor().to_array().map(|part| part as i32);
    let mut cells: HashMap<([i32; 3], u32), Vec<u32>> = HashMap::new();
    let mut names: HashMap<u32, u32> = HashMap::new();
    for (vertex, body) in candidates {
        pace.spend(60).await;
        let at = piece.position(vertex);
        let near = around(cell(at)).find_map(|cell| {
            let known = cells.get(&(cell, body))?;
            // In a cell there are few that are not near, but where numbers are too large to tell cells apart.
            known.iter().take(64).copied().find(|other| piece.position(*other).distance(at) <= tolerance_mm)
        });
        match near {
            Some(other) => {
                names.insert(vertex, other);
            }
            None => cells.entry((cell(at), body)).or_default().push(vertex),
        }
    }
    for vertex in piece.triangles.iter_mut().flatten() {
        *vertex = names.get(vertex).copied().unwrap_or(*vertex);
    }
    piece.drop_unused();
    names.len()
}

/// A cell and its 26 neighbours.
fn around([x, y, z]: [i32; 3]) -> impl Iterator<Item = [i32; 3]> {
    let steps = |at: i32| [at % 3 - 1, at / 3 % 3 - 1, at / 9 - 1];
    (0..27).map(steps).map(move |[a, b, c]| [x.saturating_add(a), y.saturating_add(b), z.saturating_add(c)])
}
