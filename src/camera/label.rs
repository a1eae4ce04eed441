//! Which side is seen, in words that a screen reader says.

use std::f32::consts::{FRAC_PI_2, FRAC_PI_3, FRAC_PI_4};

use super::orbit::Spherical;

/// The keys of all views: front, right, back, left; upper, level, lower.
pub const VIEW_LABELS: [[&str; 3]; 4] = [
    ["view-front-upper", "view-front", "view-front-lower"],
    ["view-right-upper", "view-right", "view-right-lower"],
    ["view-back-upper", "view-back", "view-back-lower"],
    ["view-left-upper", "view-left", "view-left-lower"],
];

/// The key of the view from here: quarters of a turn centred on the sides, thirds of the way from above to below.
pub fn view_label(eye: &Spherical) -> &'static str {
    let quarter = (((eye.theta + FRAC_PI_4) / FRAC_PI_2).floor() as i32).rem_euclid(4) as usize;
    let third = (eye.phi / FRAC_PI_3).floor().clamp(0.0, 2.0) as usize;
    VIEW_LABELS.get(quarter).and_then(|side| side.get(third)).copied().unwrap_or("view-front")
}
