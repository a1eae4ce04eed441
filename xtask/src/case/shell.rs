//! The shell: walls with openings below, the back with the opening for the camera, the lip around the screen.

use glam::Vec2;

use super::size::{EXPONENT, LIP, PORT_Z, PORTS, ROUND, SHELL, Size};
use crate::shape::loops::{Edge, grown, plate, quarter, rounded, shifted, wall};
use crate::shape::mesh::Mesh;
use crate::shape::profile::{Profile, Station};

/// Steps of the rounding of the back.
const STEPS: usize = 14;
/// Where the inside of the back begins, from the outline.
const INSIDE: f32 = -4.0;

/// The rounding of the back from the side to the flat: `(distance outwards, height)`.
pub(super) fn rounding(size: &Size) -> Vec<Edge> {
    let centre = Vec2::new(-ROUND, size.back() - ROUND);
    quarter(EXPONENT, STEPS).into_iter().map(|(at, normal)| (centre + at * ROUND, normal)).collect()
}

/// The whole shell, outside and inside.
pub(super) fn shell(size: &Size) -> Mesh {
    let outline = size.outline();
    let (profile, inner, outer) = profile(size);
    let open = |row: usize, column: usize| {
        let cut = 1..=2 * PORTS.len();
        // Cuts come in pairs: between the first and the second of each lies an opening.
        (row == inner || row == outer) && cut.contains(&column) && column % 2 == 1
    };
    let mut mesh = wall(&outline, &profile, open);
    let camera = size.camera();
    let middle = size.camera_at();
    mesh = mesh.with(&plate(&grown(&outline, -ROUND), &grown(&camera, 0.2), middle, size.back(), true));
    mesh = mesh.with(&plate(&grown(&outline, INSIDE), &camera, middle, size.half(), false));
    let band = |row: usize| [profile.stations[row].at.y, profile.stations[row + 1].at.y];
    for (x, half) in PORTS {
        mesh = mesh.with(&opening(size, x, half, band(outer), band(inner)));
    }
    mesh
}

/// The cross-section from the inside of the back over the lip to the flat of the back, with the
/// rows of the flat inner and the flat outer wall.
fn profile(size: &Size) -> (Profile, usize, usize) {
    let (half, front) = (size.half(), -size.half() - LIP);
    let rim = -SHELL - 1.1;
    let mut profile = Profile::rounded(&[
        [INSIDE, half, 0.0],
        [-SHELL, half, 1.2],
        [-SHELL, -half, 0.2],
        [rim, -half, 0.1],
        [rim, front, 0.55],
        [0.0, front, 1.55],
        [0.0, size.back() - ROUND - 0.1, 0.0],
    ]);
    let mut along = profile.length();
    for (at, normal) in rounding(size) {
        along += 0.1;
        profile.stations.push(Station { at, normal, along });
    }
    let longest = |out: f32| {
        let steps = profile.stations.windows(2).enumerate();
        let flat = steps.filter(|(_, pair)| pair.iter().all(|station| (station.at.x - out).abs() < 1e-3));
        let tall = |pair: &[Station]| (pair[1].at.y - pair[0].at.y).abs();
        flat.max_by(|a, b| tall(a.1).total_cmp(&tall(b.1))).map_or(0, |(row, _)| row)
    };
    let (inner, outer) = (longest(-SHELL), longest(0.0));
    (profile, inner, outer)
}

/// What fills the gap in both walls around an opening in the lower side.
fn opening(size: &Size, x: f32, half: [f32; 2], outer: [f32; 2], inner: [f32; 2]) -> Mesh {
    const SOFT: f32 = 0.45;
    let at = Vec2::new(x, PORT_Z);
    let hole = shifted(&rounded(half, half[1], 2.2, 12, &[]), at);
    let side = half[0] + 1.0;
    let gap = |[a, b]: [f32; 2]| -> Vec<Edge> {
        let (low, high) = (a.min(b), a.max(b));
        [[-side, low], [side, low], [side, high], [-side, high], [-side, low]]
            .map(|[dx, z]| (Vec2::new(x + dx, z), Vec2::ZERO))
            .to_vec()
    };
    let tunnel = Profile::rounded(&[[SOFT, 0.0, 0.0], [0.0, 0.0, SOFT], [0.0, -SHELL, 0.0]]);
    plate(&gap(outer), &grown(&hole, SOFT), at, 0.0, true)
        .with(&plate(&gap(inner), &hole, at, -SHELL, false))
        .with(&wall(&hole, &tunnel, |_, _| false))
        .along_z()
        .moved(0.0, -size.outer()[1], 0.0)
}
