//! Wheels: a tyre, a brake, and four rims. The axle lies along +X, which is outside.

use glam::{Mat3, Vec3};

use super::skin::{Parts, add};
use crate::shape::angle::{around, sin_cos};
use crate::shape::lathe;
use crate::shape::loft::{Section, cushion, loft};
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// Millimetres from the wheel's middle to the outside of the rim.
const FACE: f32 = 84.0;

/// What was turned around +Y, around +X.
pub(super) fn across(mesh: Mesh) -> Mesh {
    mesh.turned(Mat3::from_cols(Vec3::Z, Vec3::X, Vec3::Y))
}

/// The tyre, the brake's disc and its caliper.
pub(super) fn tyre() -> Parts {
    let mut tread = vec![[310.3, -66.0, 0.0]];
    for groove in [-26.0_f32, 26.0] {
        let crown = 312.0 - 0.0006 * groove * groove;
        tread.extend([
            [crown, groove - 5.0, 0.0],
            [304.0, groove - 3.5, 0.0],
            [304.0, groove + 3.5, 0.0],
            [crown, groove + 5.0, 0.0],
        ]);
    }
    tread.push([310.3, 66.0, 0.0]);
    let wall = [[208.0, -80.0], [226.0, -104.0], [300.0, -106.0], [310.3, -66.0]];
    let other = [wall[3], wall[2], wall[1], wall[0]].map(|[radius, along]| [radius, -along]);
    let outline = Profile::curve(wall, 8).then(&Profile::rounded(&tread)).then(&Profile::curve(other, 8));
    let mut parts = Parts::new();
    add(&mut parts, "tyre", across(lathe::turn(&outline, 36, 0.0)));
    let plate = Profile::rounded(&[[138.0, 14.0, 0.0], [138.0, 28.0, 2.0], [60.0, 28.0, 0.0]]);
    add(&mut parts, "steel", across(lathe::turn(&plate, 32, 0.0)));
    let caliper = cushion(
        Vec3::new(24.0, 96.0, -96.0),
        [Vec3::new(26.0, 0.0, 0.0), Vec3::new(0.0, 22.0, -22.0), Vec3::new(0.0, 52.0, 52.0)],
        [4.0, 4.0],
        [12, 8],
    );
    add(&mut parts, "rim_accent", caliper);
    parts
}

/// Lip, well and bolts' hub, which every alloy wheel has.
fn barrel() -> Mesh {
    let well = Profile::rounded(&[
        [211.0, 80.0, 0.0],
        [214.0, FACE, 2.0],
        [207.0, FACE + 2.0, 2.0],
        [202.0, FACE - 9.0, 3.0],
        [192.0, 40.0, 0.0],
        [188.0, -70.0, 0.0],
    ]);
    across(lathe::turn(&well, 36, 0.0))
}

/// A cap with a rounded edge, at this radius, from and to these distances along the axle.
fn cap(radius: f32, from: f32, to: f32) -> Mesh {
    let outline = Profile::rounded(&[[radius, from, 0.0], [radius, to, 3.5], [0.0, to + 2.0, 0.0]]);
    across(lathe::turn(&outline, 24, 0.0))
}

/// Repeats a part around the axle.
fn repeated(mesh: &Mesh, count: usize) -> Mesh {
    let turned = (0..count).map(|index| {
        let (sine, cosine) = around(index, count);
        mesh.clone().turned(Mat3::from_cols(Vec3::X, Vec3::new(0.0, cosine, sine), Vec3::new(0.0, -sine, cosine)))
    });
    turned.fold(Mesh::default(), |whole, part| whole.with(&part))
}

/// A spoke through places `[radius, degrees, along the axle, half width, half depth]`.
fn spoke(places: &[[f64; 5]], segments: usize, exponent: f64) -> Mesh {
    let sections: Vec<Section> = places
        .iter()
        .map(|&[radius, angle, along, width, depth]| {
            let (sine, cosine) = sin_cos(angle.to_radians());
            let out = Vec3::new(0.0, cosine as f32, sine as f32);
            let aside = Vec3::new(0.0, -sine as f32, cosine as f32);
            Section {
                at: out * radius as f32 + Vec3::X * along as f32,
                u: aside * width as f32,
                v: Vec3::X * depth as f32,
            }
        })
        .collect();
    loft(&sections, segments, exponent)
}

fn bolts(count: usize) -> Mesh {
    repeated(
        &across(lathe::turn(&Profile::rounded(&[[8.0, 40.0, 0.0], [8.0, 66.0, 0.0], [0.0, 67.0, 0.0]]), 6, 0.0))
            .moved(0.0, 33.0, 0.0),
        count,
    )
}

/// Five double spokes.
pub(super) fn five() -> Parts {
    let limb = |side: f64| {
        spoke(
            &[
                [26.0, side * 14.0, 52.0, 17.0, 14.0],
                [66.0, side * 13.0, 60.0, 16.0, 14.0],
                [110.0, side * 14.0, 68.0, 15.0, 13.0],
                [160.0, side * 15.0, 74.0, 16.0, 12.0],
                [190.0, side * 15.5, 76.0, 19.0, 11.0],
                [203.0, side * 16.0, 76.0, 27.0, 11.0],
            ],
            12,
            3.2,
        )
    };
    let mut parts = Parts::new();
    add(&mut parts, "rim", barrel());
    add(&mut parts, "rim", repeated(&limb(1.0).with(&limb(-1.0)), 5));
    add(&mut parts, "rim", cap(46.0, 30.0, 62.0));
    add(&mut parts, "rim_accent", cap(26.0, 58.0, 70.0).with(&bolts(5)));
    parts
}

/// A pressed steel wheel with round holes and a bright cap.
pub(super) fn steel() -> Parts {
    let disc = Profile::rounded(&[
        [204.0, 58.0, 0.0],
        [196.0, 70.0, 3.9],
        [176.0, 74.0, 3.9],
        [150.0, 54.0, 0.6],
        [112.0, 50.0, 0.6],
        [92.0, 66.0, 3.9],
        [60.0, 62.0, 0.0],
        [0.0, 62.0, 0.0],
    ]);
    let hole =
        cushion(Vec3::new(52.0, 131.0, 0.0), [Vec3::Y * 15.0, Vec3::Z * 19.0, Vec3::X * 3.4], [2.2, 2.0], [12, 2]);
    let hub = Profile::rounded(&[[78.0, 58.0, 0.0], [76.0, 74.0, 3.9], [44.0, 88.0, 3.9], [0.0, 94.0, 0.0]]);
    let mut parts = Parts::new();
    add(&mut parts, "rim", barrel());
    add(&mut parts, "rim", across(lathe::turn(&disc, 44, 0.0)));
    add(&mut parts, "trim", repeated(&hole, 12));
    add(&mut parts, "rim_accent", across(lathe::turn(&hub, 32, 0.0)));
    parts
}

/// Twelve swept blades.
pub(super) fn turbine() -> Parts {
    let blade = spoke(
        &[
            [40.0, -6.0, 54.0, 7.0, 12.0],
            [80.0, 0.0, 62.0, 8.5, 12.0],
            [125.0, 9.0, 70.0, 11.0, 9.0],
            [165.0, 20.0, 75.0, 15.0, 7.0],
            [192.0, 29.0, 76.0, 21.0, 7.0],
            [203.0, 34.0, 75.0, 26.0, 7.0],
        ],
        10,
        3.0,
    );
    let mut parts = Parts::new();
    add(&mut parts, "rim", barrel());
    add(&mut parts, "rim", repeated(&blade, 12));
    add(&mut parts, "rim_accent", cap(54.0, 30.0, 66.0));
    add(&mut parts, "rim", cap(24.0, 60.0, 74.0));
    parts
}

/// Crossed wires and a knock-off nut.
pub(super) fn wire() -> Parts {
    let strand = |from: f64, to: f64, inner: f64, outer: f64| {
        spoke(&[[34.0, from, inner, 2.6, 2.6], [198.0, to, outer, 2.2, 2.2]], 5, 2.0)
    };
    let bundle = strand(0.0, 26.0, 86.0, 62.0)
        .with(&strand(9.0, -17.0, 86.0, 62.0))
        .with(&strand(4.0, 24.0, 30.0, 8.0))
        .with(&strand(13.0, -7.0, 30.0, 8.0));
    let nut = Profile::rounded(&[
        [40.0, 10.0, 0.0],
        [38.0, 88.0, 5.0],
        [22.0, 92.0, 4.0],
        [18.0, 112.0, 5.0],
        [0.0, 114.0, 0.0],
    ]);
    let wing =
        cushion(Vec3::new(102.0, 26.0, 0.0), [Vec3::X * 8.0, Vec3::Z * 7.0, Vec3::Y * 28.0], [2.5, 2.5], [10, 6]);
    let mut parts = Parts::new();
    add(&mut parts, "rim", barrel());
    add(&mut parts, "rim", repeated(&bundle, 20));
    add(&mut parts, "rim_accent", across(lathe::turn(&nut, 32, 0.0)).with(&repeated(&wing, 2)));
    parts
}
