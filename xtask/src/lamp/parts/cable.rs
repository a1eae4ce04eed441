//! The braided cable on the floor, its sleeve and its plug.

use glam::Vec3;

use super::super::material::Finish;
use super::super::scene::Part;
use crate::shape::extrude::lug;
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;
use crate::shape::sweep::{cord, path};

/// Radius of the cable.
const CORD: f32 = 2.6;

/// Cable, sleeve and plug in the frame of the base.
pub(in crate::lamp) fn cable() -> Part {
    let floor = |x: f32, z: f32| Vec3::new(x, CORD, z);
    let pieces = [
        [Vec3::new(0.0, 9.0, -92.0), Vec3::new(0.0, 9.0, -116.0), floor(0.0, -116.0), floor(6.0, -138.0)],
        [floor(6.0, -138.0), floor(14.0, -167.0), floor(52.0, -178.0), floor(88.0, -164.0)],
        [floor(88.0, -164.0), floor(136.0, -145.0), floor(134.0, -92.0), floor(180.0, -84.0)],
    ];
    let path = path(&pieces, 28);
    let braid = cord(&path, CORD, 12, 16.0);
    let sleeve = Profile::rounded(&[
        [4.8, 80.0, 0.0],
        [4.8, 84.4, 0.5],
        [4.2, 84.6, 0.3],
        [3.9, 97.0, 0.6],
        [2.8, 97.4, 0.3],
        [2.5, 96.0, 0.0],
        [0.0, 96.0, 0.0],
    ]);
    // Along +Z and then turned to the back.
    let sleeve = turn(&sleeve, 32, 24.0).along_z().about_y(180.0).moved(0.0, 9.0, 0.0);
    let end = path[path.len() - 1];
    let place = |mesh: Mesh| {
        let side = Vec3::Y.cross(end.heading);
        mesh.turned(glam::Mat3::from_cols(side, Vec3::Y, end.heading)).moved(end.at.x, 0.0, end.at.z)
    };
    let flat = |radius: f32, width: f32, half: f32, bevel: f32, z: f32| {
        lug(radius, radius, width, half, bevel).about_z(90.0).moved(width / 2.0, 3.5, z)
    };
    let boot = Profile::rounded(&[[2.4, -9.0, 0.0], [3.2, -9.0, 0.5], [3.4, 1.0, 0.0]]);
    let plug = turn(&boot, 28, 20.0).along_z().moved(0.0, 3.4, 0.0).with(&flat(3.5, 5.4, 11.0, 1.0, 11.0));
    let tip = flat(1.25, 5.8, 3.6, 0.3, 25.0);
    vec![(Finish::Fabric, braid), (Finish::Rubber, sleeve.with(&place(plug))), (Finish::Accent, place(tip))]
}
