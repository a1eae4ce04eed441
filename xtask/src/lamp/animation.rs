//! The lamp in motion: joints turn about the screws, which lie along Z.

use crate::shape::angle::degrees;

/// Angles of the three joints in degrees about +Z, each relative to its parent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pose {
    /// Lower arm; positive leans back, towards -X.
    pub(super) lower: f64,
    /// Upper arm against the lower one.
    pub(super) upper: f64,
    /// Head against the upper arm.
    pub(super) head: f64,
}

impl Pose {
    /// A pose from angles in the lamp's own frame: lean of the lower arm, rise of the upper arm
    /// above the horizon, and outward tilt of the shade.
    pub(super) const fn from_world(lean: f64, rise: f64, tilt: f64) -> Self {
        let upper = rise - 90.0;
        Self { lower: lean, upper: upper - lean, head: tilt - upper }
    }
}

/// How the lamp stands in the file.
pub(super) const WORK: Pose = Pose::from_world(17.0, 30.0, 14.0);
/// Folded low over its base.
pub(super) const LOW: Pose = Pose::from_world(30.0, -28.0, 0.0);

/// A joint that an animation turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Between stem and lower arm.
    Lower,
    /// Between the arms.
    Upper,
    /// Between upper arm and head.
    Head,
}

/// Rotations of one joint over time, eased to rest at every key.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// The joint.
    pub(super) joint: Joint,
    /// Seconds and degrees.
    pub(super) keys: Vec<(f32, f64)>,
}

/// A named movement that ends as it begins.
#[derive(Clone, Debug)]
pub(super) struct Clip {
    /// Name in the file.
    pub(super) name: &'static str,
    /// One track per joint.
    pub(super) tracks: Vec<Track>,
}

/// All movements.
pub(super) fn clips() -> Vec<Clip> {
    let fold = |joint, work, low| Track { joint, keys: vec![(0.0, work), (1.7, low), (2.3, low), (4.0, work)] };
    let head = |tilt: f64| WORK.head + tilt;
    vec![
        Clip {
            name: "Fold",
            tracks: vec![
                fold(Joint::Lower, WORK.lower, LOW.lower),
                fold(Joint::Upper, WORK.upper, LOW.upper),
                fold(Joint::Head, WORK.head, LOW.head),
            ],
        },
        Clip {
            name: "Tilt",
            tracks: vec![Track {
                joint: Joint::Head,
                keys: vec![(0.0, head(0.0)), (0.9, head(26.0)), (2.1, head(-16.0)), (3.0, head(0.0))],
            }],
        },
    ]
}

/// A rotation about +Z as a glTF quaternion.
pub(super) fn quaternion(angle: f64) -> [f32; 4] {
    let (sine, cosine) = degrees(angle / 2.0);
    [0.0, 0.0, sine, cosine]
}
