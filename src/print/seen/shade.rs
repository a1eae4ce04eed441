//! Where a print keeps light from its bed: what stands on it darkens it beside, what hangs above darkens it less.

use glam::{Vec2, Vec3};

use super::super::pace::Pace;
use super::super::piece::Piece;
use super::mesh::Mesh;
use super::picture;

/// Pixels of a side.
const SIDE: usize = 96;
/// How far around the piece it reaches, mm.
const AROUND_MM: f32 = 14.0;
/// At this height the bed is darkened by about a third of what it is at the foot, mm.
const FALL_MM: f32 = 14.0;
/// How dark it is where the piece stands.
const DARKEST: f32 = 0.72;
/// Above the bed, mm.
const ABOVE_MM: f32 = -0.015;

/// A level polygon with its picture.
pub(super) async fn shade(piece: &Piece, pace: &Pace) -> (Mesh, Vec<u8>) {
    let bounds = piece.bounds_mm();
    let low = bounds.min.truncate() - AROUND_MM;
    let size = (bounds.size().truncate() + AROUND_MM * 2.0).max(Vec2::splat(1e-3));
    let cells = SIDE as f32;
    let mut heights = vec![f32::INFINITY; SIDE * SIDE];
    for triangle in 0..piece.triangles.len() {
        let corners = piece.corners(triangle);
        let [a, b, c] = corners.map(|corner| (corner.truncate() - low) / size * cells);
        let height = corners.iter().fold(f32::INFINITY, |least, corner| least.min(corner.z)).max(0.0);
        let (from, to) = (a.min(b).min(c).floor().max(Vec2::ZERO), a.max(b).max(c).ceil().min(Vec2::splat(cells)));
        let (columns, rows) = (from.x as usize..to.x as usize, from.y as usize..to.y as usize);
        pace.spend(3 + columns.len() * rows.len() / 8).await;
        let double = (b - a).perp_dot(c - a);
        for y in rows {
            for x in columns.clone() {
                let at = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                // Small triangles count where they are; large ones where they cover a cell's middle.
                let inside = |from: Vec2, to: Vec2| (to - from).perp_dot(at - from) * double.signum() >= 0.0;
                let is_covered = double.abs() < 4.0 || (inside(a, b) && inside(b, c) && inside(c, a));
                if let Some(known) = heights.get_mut(y * SIDE + x).filter(|_| is_covered) {
                    *known = known.min(height);
                }
            }
        }
    }
    let dark: Vec<f32> = heights.iter().map(|height| (-height / FALL_MM).exp() * DARKEST).collect();
    let cell_mm = size / cells;
    let mut soft = dark;
    for radius_mm in [2.0, 3.5, 5.0] {
        let reach = (Vec2::splat(radius_mm) / cell_mm).round();
        soft = blurred(&soft, 1, reach.x as usize);
        soft = blurred(&soft, SIDE, reach.y as usize);
    }
    let pixels: Vec<u8> = soft.iter().flat_map(|dark| [0, 0, 0, (dark.clamp(0.0, 1.0) * 255.0) as u8]).collect();
    let mut mesh = Mesh::default();
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| {
        let uv = Vec2::new(u, v);
        ((low + size * uv).extend(ABOVE_MM), uv)
    });
    mesh.polygon(Vec3::Z, corners);
    (mesh, picture::png(SIDE, 4, &pixels))
}

/// The mean of so many values before and behind each, in rows (`step` 1) or columns; beyond the edge there is nothing.
fn blurred(values: &[f32], step: usize, reach: usize) -> Vec<f32> {
    let across = (2 * reach + 1) as f32;
    (0..values.len())
        .map(|at| {
            let place = at / step % SIDE;
            let sum: f32 = (place.saturating_sub(reach)..=(place + reach).min(SIDE - 1))
                .map(|other| values.get(at + other * step - place * step).copied().unwrap_or(0.0))
                .sum();
            sum / across
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SIDE, blurred};

    #[test]
    fn what_is_blurred_keeps_its_sum_and_its_middle() {
        let mut values = vec![0.0; SIDE * SIDE];
        values[40 * SIDE + 40] = 9.0;
        let soft = blurred(&blurred(&values, 1, 1), SIDE, 1);
        assert!((soft.iter().sum::<f32>() - 9.0).abs() < 1e-4);
        assert!((soft[40 * SIDE + 40] - 1.0).abs() < 1e-5 && (soft[41 * SIDE + 39] - 1.0).abs() < 1e-5);
    }
}
