//! Head: the fork with its beech neck, the spun shade and the opal globe.
//!
//! The origin is the joint; the shade hangs along -Y.

use glam::{Vec3, Vec3Swizzles};

use super::super::material::Finish;
use super::super::scene::Part;
use super::{EYE_HALF, EYE_Z, GLOBE, HUB, INSIDE};
use crate::shape::angle::around;
use crate::shape::extrude::lug;
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// The fork about the upper arm's hub, its cap and the beech neck.
pub(in crate::lamp) fn head() -> Part {
    let ear = lug(HUB, 7.0, 15.0, EYE_HALF, 0.8).about_z(180.0);
    let cap = Profile::rounded(&[[12.0, -22.4, 0.0], [16.5, -22.4, 0.6], [16.5, -16.2, 1.4], [0.0, -15.8, 0.0]]);
    let fork = turn(&cap, 56, 80.0).with(&ear.clone().moved(0.0, 0.0, EYE_Z)).with(&ear.moved(0.0, 0.0, -EYE_Z));
    let neck = Profile::rounded(&[[12.0, -45.6, 0.0], [15.6, -45.6, 0.7], [15.6, -23.2, 0.7], [12.0, -23.2, 0.0]]);
    let groove = Profile::rounded(&[[14.2, -47.0, 0.0], [14.2, -21.0, 0.0]]);
    let neck = turn(&neck, 56, 120.0).upright_grain();
    vec![(Finish::Anodised, fork.with(&turn(&groove, 48, 80.0))), (Finish::Beech, neck)]
}

/// The spun shade with its rolled edge, white inside, and the globe's socket.
pub(in crate::lamp) fn shade() -> Part {
    const SEGMENTS: usize = 104;
    let edge = Profile::arc([82.3, -124.5], 1.5, 180.0, 425.0, 10);
    let dome = Profile::curve([[82.0, -122.9], [81.0, -88.0], [59.0, -53.5], [19.5, -50.6]], 20);
    let collar = Profile::rounded(&[[19.5, -50.6, 0.0], [17.6, -50.4, 0.8], [17.4, -46.2, 0.7], [13.0, -46.2, 0.0]]);
    let outside = turn(&edge.then(&dome).then(&collar), SEGMENTS, 480.0);
    let inside = Profile::curve([[10.0, -52.0], [58.0, -55.0], [79.8, -88.5], [80.8, -124.5]], 14);
    let inside = fitted(turn(&inside, 72, 264.0), INSIDE);
    let socket = Profile::rounded(&[[20.0, -81.4, 0.0], [23.4, -81.4, 0.9], [23.0, -60.0, 3.0], [30.0, -53.0, 0.0]]);
    // The socket takes the light of the innermost band.
    let mut socket = turn(&socket, 48, 264.0);
    for uv in &mut socket.uvs {
        uv.y = INSIDE as f32 * 0.9 + uv.y * 0.1;
    }
    vec![(Finish::Spun, outside), (Finish::Enamel, inside.with(&socket))]
}

/// A shade to be printed at home: ribs along a bell, open below. It is closed in itself, so that a printer can make it: all
/// of it is turned in the same steps, and ends where it begins. Nowhere is it flatter than 45°, so that it stands on its
/// collar without supports.
pub(in crate::lamp) fn shade_printed() -> Part {
    const RIBS: usize = 48;
    const STEPS: usize = 4;
    /// How far the grooves reach into the outside, and where they fade out, above and below.
    const DEPTH: f32 = 1.8;
    const FADE: [f32; 4] = [-130.0, -122.0, -62.0, -54.0];
    let rim = Profile::rounded(&[[71.2, -129.4, 0.0], [71.2, -130.0, 0.0], [74.0, -130.0, 0.0]]);
    let outside = Profile::curve([[74.0, -130.0], [75.0, -106.0], [42.0, -78.0], [18.0, -50.6]], 18);
    let collar = Profile::rounded(&[[18.0, -50.6, 0.0], [17.4, -46.2, 0.8], [13.0, -46.2, 0.0], [13.0, -52.0, 0.0]]);
    let inside = Profile::curve([[13.0, -52.0], [39.0, -80.5], [71.6, -106.0], [71.2, -129.4]], 10);
    let first = rim.stations.len();
    let profile = rim.then(&outside);
    let ribbed = first..profile.stations.len();
    let mut shell = turn(&profile.then(&collar).then(&inside), RIBS * STEPS, 480.0);
    let across = RIBS * STEPS + 1;
    for corner in ribbed.start * across..ribbed.end * across {
        let [height, step] = [shell.positions[corner].y, (corner % across) as f32];
        let [low, up, down, high] = FADE;
        let weight = ((height - low) / (up - low)).min((high - height) / (high - down)).clamp(0.0, 1.0) * DEPTH;
        let (groove, crest) = around(step as usize % STEPS, STEPS);
        let (sine, cosine) = around(step as usize, RIBS * STEPS);
        let (outward, sideways) = (Vec3::new(sine, 0.0, cosine), Vec3::new(cosine, 0.0, -sine));
        let radius = shell.positions[corner].xz().length();
        shell.positions[corner] -= outward * (weight * 0.5 * (1.0 - crest));
        let slope = weight * 0.5 * groove * RIBS as f32 / radius;
        shell.normals[corner] = (shell.normals[corner] + sideways * slope).normalize_or(outward);
    }
    vec![(Finish::Printed, shell)]
}

/// The opal globe.
pub(in crate::lamp) fn diffuser() -> Part {
    let globe = Profile::arc([0.0, -107.0], 34.0, -90.0, 50.0, 22);
    vec![(Finish::Opal, fitted(turn(&globe, 56, 264.0), GLOBE))]
}

/// Scales v so that it runs from 0 to `to`.
fn fitted(mut mesh: Mesh, to: f64) -> Mesh {
    let most = mesh.uvs.iter().fold(1e-6_f32, |most, uv| most.max(uv.y));
    for uv in &mut mesh.uvs {
        uv.y *= to as f32 / most;
    }
    mesh
}
