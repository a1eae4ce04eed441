//! The parts of the lamp, each in the frame of its own pivot, in millimetres.

mod arm;
mod base;
mod cable;
mod clip;
mod head;
mod screw;

pub(super) use arm::{arm_lower, arm_upper, stem};
pub(super) use base::{base, battery, charger, dimmer, engraving, plate};
pub(super) use cable::cable;
pub(super) use clip::clip;
pub(super) use head::{diffuser, head, shade, shade_printed};
pub(super) use screw::screw;

/// Where the base's axis stands so that the whole lamp is centred over the origin.
pub(super) const BASE_AT: [f64; 3] = [-3.5, 0.0, 45.0];
/// Where the stem stands on the base.
pub(super) const STEM_AT: [f64; 3] = [-46.0, 23.2, 0.0];
/// Where the dimmer turns on the base.
pub(super) const DIMMER_AT: [f64; 3] = [46.0, 23.2, 0.0];
/// Where the battery stands behind the base.
pub(super) const BATTERY_AT: [f64; 3] = [0.0, 0.0, -91.0];
/// Where a phone is charged on the base.
pub(super) const CHARGER_AT: [f64; 3] = [4.0, 23.2, 46.0];
/// From the base's top to the lowest joint.
pub(super) const STEM: f64 = 44.0;
/// From the lowest joint to the elbow.
pub(super) const LOWER: f64 = 320.0;
/// From the lowest joint to the clip for the cable.
pub(super) const CLIP: f64 = 101.0;
/// From the elbow to the head.
pub(super) const UPPER: f64 = 320.0;
/// From the head's joint to the top of the shade.
pub(super) const SHADE_TOP: f64 = -46.0;
/// Texture coordinate that the inside of the shade reaches, from rim to socket.
pub(super) const INSIDE: f64 = 110.0;
/// Texture coordinate that the globe reaches, from socket to pole.
pub(super) const GLOBE: f64 = 84.0;

/// Half the width of a joint's hub along Z.
const HUB_HALF: f32 = 6.5;
/// Radius of hubs and eyes.
const HUB: f32 = 11.5;
/// Where the middle of an eye lies along Z; a washer's gap away from the hub.
const EYE_Z: f32 = 10.0;
/// Half the thickness of an eye.
const EYE_HALF: f32 = 3.0;
