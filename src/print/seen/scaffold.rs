//! Supports as a printer lays them: thin walls that run to and fro.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use super::super::pace::Pace;
use super::super::process::Settings;
use super::super::support::{Column, Supports};
use super::mesh::Mesh;
use super::picture::LAYERS;

/// How far a wall swings to each side, in distances of columns.
const SWING: f32 = 0.3;

/// The walls through all columns.
pub(super) async fn scaffold(supports: &Supports, settings: &Settings, pace: &Pace) -> Mesh {
    let spacing_mm = supports.spacing_mm.max(1e-3);
    let cell = |at: f32| (at / spacing_mm - 0.5).round() as i32;
    // By row, then along it.
    let mut rows: BTreeMap<(i32, i32), Vec<Column>> = BTreeMap::new();
    for column in &supports.columns {
        pace.spend(4).await;
        rows.entry((cell(column.at_mm.y), cell(column.at_mm.x))).or_default().push(*column);
    }
    let mut mesh = Mesh::default();
    for ((row, at), here) in &rows {
        pace.spend(8).await;
        let behind = rows.get(&(*row, at + 1)).map_or(&[][..], Vec::as_slice);
        let before = rows.get(&(*row, at - 1)).map_or(&[][..], Vec::as_slice);
        for column in here {
            let meets = |other: &&Column| other.foot_mm < column.top_mm && column.foot_mm < other.top_mm;
            let place = |at: i32| if at & 1 == 0 { SWING } else { -SWING } * spacing_mm;
            let edge = |column: &Column, shift: Vec2| {
                (column.at_mm + shift, column.foot_mm, (column.top_mm - settings.layer_mm * 0.5).max(column.foot_mm))
            };
            let own = edge(column, Vec2::new(0.0, place(*at)));
            if let Some(next) = behind.iter().find(meets) {
                wall(&mut mesh, own, edge(next, Vec2::new(0.0, place(at + 1))), settings);
            } else if !before.iter().any(|other| meets(&other)) {
                // A column by itself stands on a cross.
                for half in [Vec2::X, Vec2::Y].map(|way| way * spacing_mm * SWING) {
                    wall(&mut mesh, edge(column, -half), edge(column, half), settings);
                }
            }
        }
    }
    mesh
}

/// A wall between two places, each with its foot and its top.
fn wall(mesh: &mut Mesh, one: (Vec2, f32, f32), other: (Vec2, f32, f32), settings: &Settings) {
    let normal = -(other.0 - one.0).perp().extend(0.0).normalize_or_zero();
    let corner = |at: Vec2, height: f32| {
        let uv = Vec2::new(0.0, height / (settings.layer_mm * LAYERS as f32));
        (at.extend(height), uv)
    };
    let corners: [(Vec3, Vec2); 4] =
        [corner(one.0, one.1), corner(other.0, other.1), corner(other.0, other.2), corner(one.0, one.2)];
    mesh.polygon(normal, corners);
}
