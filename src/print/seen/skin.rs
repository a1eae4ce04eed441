//! The surface of a print: round layers on what is steep, lines beside each other on what is level.

use std::collections::HashMap;

use glam::{Vec2, Vec3, Vec4};

use super::super::pace::Pace;
use super::super::piece::Piece;
use super::super::process::{Process, Settings};
use super::mesh::{Mesh, along};
use super::picture::LAYERS;
use crate::color::linear_from_srgb;

/// Cosine of the angle up to which triangles beside each other are one round surface.
const ROUND: f32 = 0.82;
/// What faces up more than this is level: its uppermost lines are seen.
const LEVEL: f32 = 0.9995;
/// A vertex with more triangles than this is a fan's tip: it is not rounded.
const MOST_AROUND: usize = 48;
/// What the picture of powder's grains shows, mm.
const GRAINS_MM: f32 = 12.0;

/// Which triangles meet at each vertex.
struct Around {
    first: Vec<u32>,
    triangles: Vec<u32>,
}

impl Around {
    fn new(piece: &Piece) -> Self {
        let mut first = vec![0_u32; piece.positions_mm.len() + 2];
        for vertex in piece.triangles.iter().flatten() {
            if let Some(count) = first.get_mut(*vertex as usize + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        let mut triangles = vec![0_u32; piece.triangles.len() * 3];
        for (at, corners) in (0..).zip(&piece.triangles) {
            for vertex in corners {
                let Some(next) = first.get_mut(*vertex as usize + 1) else { continue };
                if let Some(place) = triangles.get_mut(*next as usize) {
                    *place = at;
                }
                *next += 1;
            }
        }
        Self { first, triangles }
    }

    fn of(&self, vertex: u32) -> &[u32] {
        let at = |vertex: usize| self.first.get(vertex).map_or(0, |first| *first as usize);
        self.triangles.get(at(vertex as usize)..at(vertex as usize + 1)).unwrap_or_default()
    }
}

/// Where a point is on the picture of its surface.
fn uv(position: Vec3, normal: Vec3, level: Option<bool>, settings: &Settings) -> (Vec2, Vec3) {
    if settings.process == Process::Powder {
        let right = along(normal);
        let at = Vec2::new(position.dot(right), position.dot(normal.cross(right)));
        return (at / GRAINS_MM, right);
    }
    let line = |across: f32, width_mm: f32| across / (width_mm * LAYERS as f32);
    match level {
        // Lines of one layer cross those of the next.
        Some(is_odd) => {
            let right = Vec3::new(1.0, if is_odd { 1.0 } else { -1.0 }, 0.0).normalize_or_zero();
            let across = Vec3::Z.cross(right);
            (Vec2::new(position.dot(right) / 50.0, line(position.dot(across), settings.line_mm)), right)
        }
        None => {
            let right = along(normal);
            (Vec2::new(position.dot(right) / 50.0, line(position.z, settings.layer_mm)), right)
        }
    }
}

/// The surface of a piece as it lies. It has colours where it is of several.
pub(super) async fn skin(piece: &Piece, settings: &Settings, pace: &Pace) -> Mesh {
    let around = Around::new(piece);
    let mut crosses = Vec::with_capacity(piece.triangles.len());
    for triangle in 0..piece.triangles.len() {
        pace.spend(2).await;
        crosses.push(piece.cross(triangle));
    }
    let has_lines = settings.process == Process::Filament;
    let linear: Vec<Vec4> = piece.colors.iter().map(linear).collect();
    let mut mesh = Mesh::default();
    let mut known: HashMap<(u32, [i8; 3], u8, u32), u32> = HashMap::new();
    for (at, corners) in piece.triangles.iter().enumerate() {
        pace.spend(12).await;
        let Some(cross) = crosses.get(at).copied() else { continue };
        let Some(flat) = cross.try_normalize() else { continue };
        let color = piece.color_of.get(at).copied().unwrap_or(0);
        let height = piece.corners(at).map(|corner| corner.z);
        let top = height.iter().fold(0.0_f32, |most, height| most.max(*height));
        let level = (has_lines && flat.z > LEVEL).then(|| (top / settings.layer_mm).round() as i32 & 1 == 1);
        for vertex in corners {
            let near = around.of(*vertex);
            let mut sum = Vec3::ZERO;
            for other in near.iter().take(MOST_AROUND) {
                let cross = crosses.get(*other as usize).copied().unwrap_or_default();
                if cross.dot(flat) > cross.length() * ROUND {
                    sum += cross;
                }
            }
            let is_round = level.is_none() && near.len() <= MOST_AROUND;
            let normal = if is_round { sum.try_normalize().unwrap_or(flat) } else { flat };
            let class = match level {
                None => 0,
                Some(is_odd) => 1 + u8::from(is_odd),
            };
            let steps = (normal * 120.0).round().to_array().map(|part| part as i8);
            let next = mesh.positions.len() as u32;
            let vertex = *known.entry((*vertex, steps, class, color)).or_insert_with(|| {
                let position = piece.position(*vertex);
                let (uv, right) = uv(position, normal, level, settings);
                mesh.positions.push(position);
                mesh.normals.push(normal);
                mesh.uvs.push(uv);
                mesh.tangents.push(right.extend(1.0));
                if linear.len() > 1 {
                    mesh.colors.push(linear.get(color as usize).copied().unwrap_or(Vec4::ONE));
                }
                next
            });
            mesh.indices.push(vertex);
        }
    }
    mesh
}

/// sRGB as linear colour.
pub(super) fn linear([red, green, blue, alpha]: &[u8; 4]) -> Vec4 {
    let [red, green, blue] = [red, green, blue].map(|part| linear_from_srgb(f32::from(*part) / 255.0));
    Vec4::new(red, green, blue, f32::from(*alpha) / 255.0)
}
