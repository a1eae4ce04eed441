//! What is put on the shell: the ring around the camera and the covers of the buttons.

use super::size::{SHELL, Size};
use crate::shape::loops::{boss, rounded, wall};
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// The raised ring around the camera's opening.
pub(super) fn lip_camera(size: &Size) -> Mesh {
    let back = size.back();
    // Closed, so that it can be printed: the sleeve sits in a groove of the shell.
    let profile = Profile::rounded(&[
        [2.7, back - 0.2, 0.0],
        [2.1, back + 1.75, 1.0],
        [0.0, back + 1.75, 0.8],
        [0.0, back - SHELL - 0.02, 0.0],
        [1.2, back - SHELL - 0.02, 0.0],
        [1.2, back - 0.2, 0.0],
        [2.7, back - 0.2, 0.0],
    ]);
    wall(&size.camera(), &profile, |_, _| false)
}

/// The covers: one key on the left as seen from the back, three on the right.
pub(super) fn buttons(size: &Size) -> Mesh {
    let [side, _] = size.outer();
    let top = size.phone[1] / 2.0;
    // Distance of the middle from the top, half the length.
    let left = [(56.0, 9.5)];
    let right = [(34.0, 3.4), (48.5, 6.2), (64.0, 6.2)];
    let key = |from_top: f32, half: f32| {
        let outline = rounded([1.75, half], 1.75, 2.15, 10, &[]);
        boss(&outline, -0.5, 0.75, 0.55).moved(-PLACE, top - from_top, 0.0)
    };
    let mut mesh = Mesh::default();
    for (from_top, half) in right {
        mesh = mesh.with(&key(from_top, half).about_y(90.0).moved(side, 0.0, 0.0));
    }
    for (from_top, half) in left {
        mesh = mesh.with(&key(from_top, half).moved(2.0 * PLACE, 0.0, 0.0).about_y(-90.0).moved(-side, 0.0, 0.0));
    }
    mesh
}

/// How far the covers lie from the middle of the phone towards its screen.
const PLACE: f32 = -1.0;
