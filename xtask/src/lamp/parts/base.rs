//! The heavy base with its ring and foot, and the dimmer's knob.

use glam::{Vec2, Vec3};

use super::super::material::Finish;
use super::super::scene::Part;
use super::{DIMMER_AT, STEM_AT};
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// Base body, brushed ring and collars, rubber foot; its origin lies on the ground.
pub(in crate::lamp) fn base() -> Part {
    const SEGMENTS: usize = 104;
    let lower =
        Profile::rounded(&[[60.0, 3.2, 0.0], [79.6, 3.2, 0.8], [83.5, 7.1, 1.2], [83.5, 9.0, 0.3], [81.0, 9.0, 0.0]]);
    let upper = Profile::rounded(&[[81.0, 13.0, 0.0], [83.5, 13.0, 0.3], [83.5, 24.2, 2.4], [78.0, 24.13, 0.0]]);
    // The top is dished by a millimetre, so that it catches light; planar texture coordinates
    // keep the peel from pinching in the middle.
    let top = Profile::curve([[78.0, 24.13], [60.0, 23.9], [26.0, 23.3], [0.0, 23.3]], 6);
    let coat =
        turn(&lower, SEGMENTS, 528.0).with(&turn(&upper, SEGMENTS, 528.0)).with(&turn(&top, SEGMENTS, 528.0).planar());
    let ring = Profile::rounded(&[[81.0, 9.3, 0.0], [83.6, 9.3, 0.4], [83.6, 12.7, 0.4], [81.0, 12.7, 0.0]]);
    let collar = |radius: f32, height: f32, at: [f64; 3]| {
        let outline = Profile::rounded(&[[radius, -0.6, 0.0], [radius, height, 0.5], [radius - 4.0, height, 0.0]]);
        turn(&outline, 44, 120.0).moved(at[0] as f32, at[1] as f32, at[2] as f32)
    };
    let accent = turn(&ring, SEGMENTS, 520.0).with(&collar(15.4, 1.9, STEM_AT)).with(&collar(15.9, 1.9, DIMMER_AT));
    let foot = Profile::rounded(&[[0.0, 0.0, 0.0], [77.0, 0.0, 1.0], [77.0, 3.4, 0.0]]);
    vec![(Finish::Coat, coat), (Finish::Accent, accent), (Finish::Rubber, turn(&foot, 72, 480.0))]
}

/// Half as wide as the plate for a name is.
const PLATE: f32 = 33.0;
/// From the ground to its lower and its upper edge.
const PLATE_EDGES: [f32; 2] = [10.0, 24.0];
/// Its front, and how its back is bent: it lies on the base and its ring.
const PLATE_FRONT: f32 = 85.9;
const PLATE_BACK: f32 = 83.7;

/// A plate for a name, to be printed at home: flat before, and as round as the base behind.
pub(in crate::lamp) fn plate() -> Part {
    const COLUMNS: u32 = 16;
    let [low, high] = PLATE_EDGES;
    let mut mesh = Mesh::default();
    let across = |column: u32| PLATE * (2.0 * column as f32 / COLUMNS as f32 - 1.0);
    let behind = |x: f32| (PLATE_BACK * PLATE_BACK - x * x).sqrt();
    let first = mesh.positions.len() as u32;
    for y in [low, high] {
        for x in (0..=COLUMNS).map(across) {
            mesh.corner(Vec3::new(x, y, PLATE_FRONT), Vec3::Z, Vec2::new(x, -y));
        }
    }
    mesh.grid(first, COLUMNS + 1, 2);
    let first = mesh.positions.len() as u32;
    for y in [low, high] {
        for x in (0..=COLUMNS).rev().map(across) {
            let out = Vec3::new(x, 0.0, behind(x));
            mesh.corner(out.with_y(y), -out, Vec2::new(-x, -y));
        }
    }
    mesh.grid(first, COLUMNS + 1, 2);
    for (y, up) in [(low, Vec3::NEG_Y), (high, Vec3::Y)] {
        for column in 1..=COLUMNS {
            let [left, right] = [column - 1, column].map(across);
            let places = [(left, PLATE_FRONT), (right, PLATE_FRONT), (right, behind(right)), (left, behind(left))];
            let [a, b, c, d] = places.map(|(x, z)| mesh.corner(Vec3::new(x, y, z), up, Vec2::new(x, z)));
            if up.y > 0.0 { mesh.quad(a, b, c, d) } else { mesh.quad(a, d, c, b) }
        }
    }
    for (x, out) in [(-PLATE, Vec3::NEG_X), (PLATE, Vec3::X)] {
        let (near, far) = if x < 0.0 { (behind(x), PLATE_FRONT) } else { (PLATE_FRONT, behind(x)) };
        let places = [(near, low), (far, low), (far, high), (near, high)];
        let [a, b, c, d] = places.map(|(z, y)| mesh.corner(Vec3::new(x, y, z), out, Vec2::new(z, -y)));
        mesh.quad(a, b, c, d);
    }
    vec![(Finish::Coat, mesh)]
}

/// What is written on the plate: 60 × 12 mm on its front, of which two all around are left free.
pub(in crate::lamp) fn engraving() -> Part {
    const HALF: [f32; 2] = [30.0, 6.0];
    /// Above the plate.
    const ABOVE: f32 = 0.25;
    let [wide, high] = HALF;
    let [low, up] = PLATE_EDGES;
    let mut mesh = Mesh::default();
    for (row, y) in [-high, high].into_iter().enumerate() {
        for (column, x) in [-wide, wide].into_iter().enumerate() {
            // The writer takes thousandths for texture coordinates too.
            let uv = Vec2::new(column as f32, 1.0 - row as f32) * 1e3;
            mesh.corner(Vec3::new(x, (low + up) / 2.0 + y, PLATE_FRONT + ABOVE), Vec3::Z, uv);
        }
    }
    mesh.grid(0, 2, 2);
    vec![(Finish::Engraving, mesh)]
}

/// A turned knob of beech; its origin is the top of the base.
pub(in crate::lamp) fn dimmer() -> Part {
    let outline =
        Profile::rounded(&[[11.0, 2.4, 0.0], [14.6, 2.4, 0.6], [13.9, 13.6, 1.8], [11.0, 13.9, 0.8], [0.0, 12.8, 0.0]]);
    vec![(Finish::Beech, turn(&outline, 60, 60.0).grained())]
}

/// A battery of aluminium with a rubber foot, as high as the base; its origin lies on the ground.
pub(in crate::lamp) fn battery() -> Part {
    let body = Profile::rounded(&[[12.0, 2.6, 0.0], [16.5, 2.6, 1.0], [16.5, 27.0, 2.4], [0.0, 27.4, 0.0]]);
    let foot = Profile::rounded(&[[0.0, 0.0, 0.0], [13.5, 0.0, 0.8], [13.5, 3.0, 0.0]]);
    vec![(Finish::Coat, turn(&body, 64, 99.0)), (Finish::Rubber, turn(&foot, 40, 80.0))]
}

/// A soft disc on which a phone is charged, with a ring; its origin is the top of the base.
pub(in crate::lamp) fn charger() -> Part {
    let disc = Profile::rounded(&[[27.0, -0.6, 0.0], [27.0, 2.0, 0.8], [20.0, 2.2, 0.4], [0.0, 2.0, 0.0]]);
    let ring = Profile::rounded(&[[28.6, -0.6, 0.0], [28.6, 1.4, 0.5], [27.2, 1.4, 0.0]]);
    vec![(Finish::Rubber, turn(&disc, 72, 160.0)), (Finish::Accent, turn(&ring, 72, 160.0))]
}
