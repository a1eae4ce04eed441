//! A phone as it lies in the case: what the camera's opening, the ports and the screen's side show.

use glam::Vec2;

use super::piece;
use super::size::{PORT_Z, PORTS, SHELL, Size};
use crate::shape::document::Piece;
use crate::shape::lathe::turn;
use crate::shape::loops::{Edge, boss, cap, grown, rounded, shifted, wall};
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// Room between phone and shell.
const ROOM: f32 = 0.12;
/// Middles of the lenses from the middle of the camera.
const LENSES: [[f32; 2]; 3] = [[-8.1, 8.1], [-8.1, -8.1], [8.1, 0.0]];

/// Body, glass, lenses and metal.
pub(super) fn phone(size: &Size) -> Vec<Piece> {
    let body = grown(&size.outline(), -SHELL - ROOM);
    let half = size.half() - ROOM;
    let profile = Profile::rounded(&[[-2.4, -half, 0.0], [0.0, -half, 1.7], [0.0, half, 1.7], [-2.4, half, 0.0]]);
    let solid = wall(&body, &profile, |_, _| false).with(&cap(&grown(&body, -2.4), half, true));
    let screen = cap(&grown(&body, -2.4), -half, false);
    let at = size.camera_at();
    let plateau = shifted(&rounded([16.9; 2], 11.5, 2.45, 14, &[]), at);
    let top = half + 1.3;
    let solid = solid.with(&boss(&plateau, half - 0.2, top, 0.7));
    let (mut glass, mut metal) = (screen, Mesh::default());
    for [x, y] in LENSES {
        let put = |profile: &Profile| turn(profile, 48, 20.0).along_z().moved(at.x + x, at.y + y, top);
        metal = metal.with(&put(&Profile::rounded(&[
            [7.0, -0.2, 0.0],
            [7.0, 1.5, 0.45],
            [5.9, 1.5, 0.3],
            [5.9, 0.9, 0.0],
        ])));
        glass = glass.with(&put(&Profile::curve([[6.0, 1.0], [4.2, 1.22], [2.0, 1.3], [0.0, 1.3]], 8)));
        metal = metal.with(&put(&Profile::rounded(&[
            [2.75, 1.1, 0.0],
            [2.75, 1.36, 0.1],
            [2.45, 1.36, 0.1],
            [2.3, 1.1, 0.0],
        ])));
    }
    let dot = |x: f32, y: f32, radius: f32| {
        let profile = Profile::rounded(&[[radius, -0.1, 0.0], [radius, 0.12, 0.1], [0.0, 0.16, 0.0]]);
        turn(&profile, 32, 10.0).along_z().moved(at.x + x, at.y + y, top)
    };
    let flash = dot(8.4, 11.3, 2.6);
    glass = glass.with(&dot(8.4, -11.3, 2.4)).with(&dot(0.9, 12.4, 0.5)).with(&ports(size));
    vec![
        piece("phone_body", solid),
        piece("phone_glass", glass),
        piece("phone_metal", metal),
        piece("phone_flash", flash),
    ]
}

/// Port and speakers: dark patches on the lower side, seen through the openings.
fn ports(size: &Size) -> Mesh {
    let lay =
        |outline: &[Edge]| cap(outline, 0.0, true).along_z().moved(0.0, -size.phone[1] / 2.0 + ROOM - 0.03, PORT_Z);
    let (x, [half, _]) = PORTS[1];
    let mut mesh = lay(&shifted(&rounded([half - 1.8, 1.25], 1.25, 2.1, 8, &[]), Vec2::new(x, 0.0)));
    for (x, [half, _]) in [PORTS[0], PORTS[2]] {
        for hole in 0..5 {
            let at = x + (hole as f32 - 2.0) * (half * 0.4);
            mesh = mesh.with(&lay(&shifted(&rounded([0.75; 2], 0.75, 2.0, 6, &[]), Vec2::new(at, 0.0))));
        }
    }
    mesh
}
