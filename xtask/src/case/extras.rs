//! What can be added to the back: a ring stand and a magnetic ring, one inside the other.

use glam::Vec3;

use super::piece;
use super::size::Size;
use crate::shape::angle::{around, degrees};
use crate::shape::document::Node;
use crate::shape::lathe::turn;
use crate::shape::loops::{boss, rounded};
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// Radius of the finger ring's middle line.
const FINGER: f32 = 17.4;

/// The stand: a plate with a hinge below, and the finger ring, folded out.
pub(super) fn ring_stand(size: &Size) -> Node {
    let back = size.back();
    let plate = Profile::rounded(&[
        [20.6, back - 0.3, 0.0],
        [20.6, back + 1.3, 0.7],
        [15.2, back + 1.3, 0.5],
        [14.6, back + 0.8, 0.4],
        [0.0, back + 0.8, 0.0],
    ]);
    let hinge = Profile::rounded(&[[0.0, -4.2, 0.0], [1.75, -4.2, 0.5], [1.75, 4.2, 0.5], [0.0, 4.2, 0.0]]);
    let hinge = turn(&hinge, 28, 10.0).about_z(90.0).moved(0.0, -FINGER, back + 1.9);
    let (sine, cosine) = degrees(31.0);
    let finger = Node {
        name: "ring_stand_loop",
        at: [0.0, f64::from(-FINGER), f64::from(back + 1.9)],
        rotation: Some([sine, 0.0, 0.0, cosine]),
        pieces: vec![piece("metal", finger())],
        ..Node::default()
    };
    Node {
        name: "ring_stand",
        hidden: true,
        pieces: vec![piece("metal", turn(&plate, 72, 100.0).along_z().with(&hinge))],
        children: vec![finger],
        ..Node::default()
    }
}

/// The finger ring with its hinge at the origin, standing up along +Y.
fn finger() -> Mesh {
    let mut mesh = Mesh::default();
    let (rings, segments) = (72, 20);
    for ring in 0..=rings {
        let (sine, cosine) = around(ring, rings);
        let out = Vec3::new(-sine, -cosine, 0.0);
        for step in 0..=segments {
            let (up, across) = around(step, segments);
            // A flattened wire.
            let place = Vec3::new(0.0, FINGER, 0.0) + out * (FINGER + across * 1.9) + Vec3::Z * (up * 1.15);
            mesh.corner(place, out * (across / 1.9) + Vec3::Z * (up / 1.15), glam::Vec2::ZERO);
        }
    }
    mesh.grid(0, segments as u32 + 1, rings as u32 + 1);
    mesh
}

/// The magnetic ring with its bar below.
pub(super) fn magsafe(size: &Size) -> Mesh {
    let back = size.back();
    let ring = Profile::rounded(&[
        [27.6, back - 0.2, 0.0],
        [27.6, back + 0.55, 0.3],
        [22.6, back + 0.55, 0.3],
        [22.6, back - 0.2, 0.0],
    ]);
    let bar = rounded([2.4, 6.4], 2.4, 2.2, 10, &[]);
    turn(&ring, 96, 100.0).along_z().with(&boss(&bar, back - 0.2, back + 0.55, 0.3).moved(0.0, -39.5, 0.0))
}
