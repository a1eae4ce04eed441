//! Motions (glTF 2.0 §3.11).

/// A motion of the file.
#[derive(Clone, Debug, Default)]
pub struct Animation {
    /// The file's name for it; `animation_<index>` where it has none.
    pub name: String,
    /// What it moves; at most one channel for each node and property.
    pub channels: Vec<Channel>,
    /// The largest key time of all channels, seconds.
    pub duration_secs: f32,
}

/// Keys for one property of one node.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The node that moves.
    pub node: usize,
    /// What of it.
    pub property: Property,
    /// How to go from key to key.
    pub interpolation: Interpolation,
    /// Key times, seconds, strictly rising, never empty.
    pub times: Vec<f32>,
    /// Flat values: `components` for each key, three times that for [`Interpolation::CubicSpline`]
    /// (in-tangent, value, out-tangent).
    pub values: Vec<f32>,
    /// Floats in one value: 3, 4 or the number of morph targets.
    pub components: usize,
}

/// What a [`Channel`] moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Metres.
    Translation,
    /// A unit quaternion, xyzw.
    Rotation,
    /// Factors.
    Scale,
    /// Morph weights.
    Weights,
}

/// How a [`Channel`] goes from key to key (glTF 2.0 Appendix C).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interpolation {
    /// Holds the key's value.
    Step,
    /// Straight; spherical for rotations.
    Linear,
    /// Hermite with the file's tangents.
    CubicSpline,
}
