//! Fewer triangles, where there are more than one can see.

use std::collections::HashMap;

use glam::Vec3;

use super::super::pace::Pace;
use super::super::piece::Piece;

/// Joins vertices in cells of a grid (Rossignac and Borrel 1993, <https://doi.org/10.1007/978-3-642-78114-8_29>) that grow
/// until no more triangles are left than may be. Only those are joined whose surfaces face about the same way: both sides
/// of a thin wall stay apart. Gives whether anything was done.
pub(super) async fn thin(piece: &mut Piece, most: usize, pace: &Pace) -> bool {
    if piece.triangles.len() <= most {
        return false;
    }
    let mut facing = vec![Vec3::ZERO; piece.positions_mm.len()];
    for (at, corners) in piece.triangles.iter().enumerate() {
        pace.spend(1).await;
        let cross = piece.cross(at);
        for vertex in corners {
            if let Some(sum) = facing.get_mut(*vertex as usize) {
                *sum += cross;
            }
        }
    }
    let mut cell_mm = (piece.area_mm2() as f32 * 2.0 / most as f32).sqrt().max(1e-3);
    let low = piece.bounds_mm().min;
    loop {
        pace.spend(piece.positions_mm.len() * 4).await;
        let mut cells: HashMap<([i32; 3], [bool; 3]), u32> = HashMap::new();
        let mut sums: Vec<(Vec3, f32)> = Vec::new();
        let mut place = Vec::with_capacity(piece.positions_mm.len());
        for (position, facing) in piece.positions_mm.iter().zip(&facing) {
            let cell = ((*position - low) / cell_mm).floor().to_array().map(|part| part as i32);
            let side = facing.to_array().map(|part| part > 0.0);
            let new = sums.len() as u32;
            let known = *cells.entry((cell, side)).or_insert(new);
            if known == new {
                sums.push((Vec3::ZERO, 0.0));
            }
            if let Some(sum) = sums.get_mut(known as usize) {
                *sum = (sum.0 + *position, sum.1 + 1.0);
            }
            place.push(known);
        }
        let moved = |vertex: u32| place.get(vertex as usize).copied().unwrap_or(0);
        let stays = |[a, b, c]: [u32; 3]| a != b && b != c && c != a;
        let left = piece.triangles.iter().filter(|corners| stays(corners.map(moved))).count();
        if left <= most || cell_mm > 1e4 {
            for corners in &mut piece.triangles {
                *corners = corners.map(moved);
            }
            piece.positions_mm = sums.into_iter().map(|(sum, count)| sum / count.max(1.0)).collect();
            let keeps: Vec<bool> = piece.triangles.iter().map(|corners| stays(*corners)).collect();
            piece.keep(|at| keeps.get(at) == Some(&true));
            return true;
        }
        cell_mm *= 1.3;
    }
}
