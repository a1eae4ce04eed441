//! The tailor's form under the shirt, and its stand.

use std::f64::consts::TAU;

use glam::{Vec2, Vec3};

use super::{sleeve, torso};
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;
use crate::shape::sheet::Sheet;

/// Torso with neck and arms; what the shirt hides is left out.
pub(super) fn form() -> Mesh {
    let low = band([152.0, 216.0], 9, Some(16.0), None);
    let high = band([766.0, 886.0], 20, None, Some(10.0));
    low.with(&high).with(&sleeve::arms())
}

/// The skin between two heights, rounded off below or above by the given radius.
fn band([from, to]: [f64; 2], rows: usize, below: Option<f64>, above: Option<f64>) -> Mesh {
    const ACROSS: usize = 72;
    let mut stations: Vec<(f64, f64)> = Vec::new();
    let quarter = |radius: f64| {
        (0..=8).map(move |step| {
            let (sine, cosine) = crate::shape::angle::sin_cos(TAU / 4.0 * f64::from(step) / 8.0);
            (radius * (1.0 - sine), radius * (1.0 - cosine))
        })
    };
    // Height and distance inwards.
    if let Some(radius) = below {
        stations.push((from, 1e3));
        stations.extend(quarter(radius).map(|(inwards, rise)| (from + rise, inwards)));
    }
    let (start, end) = (from + below.unwrap_or(0.0), to - above.unwrap_or(0.0));
    let first = usize::from(below.is_some());
    stations.extend((first..rows).map(|row| (start + (end - start) * row as f64 / (rows - 1) as f64, 0.0)));
    if let Some(radius) = above {
        let mut top: Vec<_> = quarter(radius).map(|(inwards, rise)| (to - rise, inwards)).collect();
        top.pop();
        top.reverse();
        stations.extend(top);
        stations.push((to, 1e3));
    }
    let mut sheet = Sheet { across: ACROSS + 1, closed: true, ..Sheet::default() };
    for (height, inwards) in stations {
        let place = torso::place(height);
        for column in 0..=ACROSS {
            let angle = TAU * (column % ACROSS) as f64 / ACROSS as f64;
            let point = torso::skin(angle, place);
            let centre = Vec3::new(0.0, point.y, torso::skin(TAU / 4.0, place).z);
            let out = point - centre;
            let length = (out.length() - inwards as f32).max(0.0);
            let mut point = centre + out.normalize_or(Vec3::Z) * length;
            point.y = height as f32;
            sheet.points.push(point);
            sheet.uvs.push(Vec2::ZERO);
        }
    }
    sheet.whole()
}

/// Foot and pole.
pub(super) fn stand() -> Mesh {
    let foot = Profile::rounded(&[
        [0.0, 0.0, 0.0],
        [134.0, 0.0, 1.5],
        [136.0, 8.0, 3.5],
        [60.0, 12.5, 60.0],
        [13.0, 15.0, 8.0],
        [12.5, 160.0, 0.0],
    ]);
    let cap = Profile::rounded(&[[36.0, 883.0, 0.0], [36.0, 892.0, 2.5], [0.0, 893.0, 0.0]]);
    turn(&foot, 48, 400.0).with(&turn(&cap, 36, 100.0).moved(0.0, 0.0, 5.0))
}
