//! The heavy base with its ring and foot, and the dimmer's knob.

use glam::{Vec2, Vec3};

use super::super::material::Finish;
use super::super::scene::Part;
use super::{DIMMER_AT, STEM_AT};
use crate::shape::angle::sin_cos;
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

/// Where the base is engraved: 60 × 12 mm around its front, of which two above and below are left free.
///
/// What is between lies on the upright side of the base; above it the place follows the rounded edge, below it the ring.
pub(in crate::lamp) fn engraving() -> Part {
    const WIDTH: f64 = 60.0;
    const HEIGHT: f64 = 12.0;
    const COLUMNS: u32 = 24;
    /// From the ground to its lower edge, and to where the base's edge begins to be round.
    const FROM: f64 = 11.5;
    const UPRIGHT: f64 = 21.8;
    const RADIUS: f64 = 83.5;
    const ROUND: f64 = 2.4;
    /// Above the coat, and by 0.1 less above the ring.
    const ABOVE: f64 = 0.25;
    let rounding = HEIGHT - (UPRIGHT - FROM);
    let heights =
        [0.0, UPRIGHT - FROM].into_iter().chain((1..=4).map(|step| UPRIGHT - FROM + rounding * f64::from(step) / 4.0));
    let mut mesh = Mesh::default();
    for along in heights {
        // How far it has followed the rounded edge.
        let (sine, cosine) = sin_cos((along - (UPRIGHT - FROM)).max(0.0) / ROUND);
        let radius = RADIUS - ROUND + (ROUND + ABOVE) * cosine;
        let height = FROM + along.min(UPRIGHT - FROM) + (ROUND + ABOVE) * sine;
        for column in 0..=COLUMNS {
            let part = f64::from(column) / f64::from(COLUMNS);
            let (across, forward) = sin_cos((part - 0.5) * WIDTH / RADIUS);
            // The writer takes thousandths for texture coordinates too.
            let uv = Vec2::new(part as f32, (1.0 - along / HEIGHT) as f32) * 1e3;
            let at = |x: f64, y: f64, z: f64| Vec3::new(x as f32, y as f32, z as f32);
            let position = at(across * radius, height, forward * radius);
            mesh.corner(position, at(across * cosine, sine, forward * cosine), uv);
        }
    }
    mesh.grid(0, COLUMNS + 1, 6);
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
