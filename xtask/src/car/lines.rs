//! Where the skin is divided: each line is where a field is 0; inside it the field is below 0. Millimetres, nearly.

use super::form::{ARCH, AXLES, HUB, Spot, ease};

/// Level of the windows' lower edge, all around.
pub(super) const BELT: f64 = 7.8;
/// Level at which the roof begins.
pub(super) const ROOF: f64 = 11.15;
/// Level between the two colours.
pub(super) const SPLIT: f64 = 3.62;
/// Level below which the skin is dark and rough.
pub(super) const SILL: f64 = 1.12;

/// The greater of two, rounded where they meet.
fn both(a: f64, b: f64, round: f64) -> f64 {
    let part = (round - (a - b).abs()).max(0.0) / round;
    a.max(b) + part * part * round / 4.0
}

/// As [`both`] where the two meet at so acute an angle that the line would broaden at the corner.
fn acute(a: f64, b: f64, round: f64) -> f64 {
    let part = (round - (a - b).abs()).max(0.0) / round;
    both(a, b, round) / (1.0 - 0.55 * part)
}

/// Below a level.
pub(super) fn below(level: f64, spot: &Spot) -> f64 {
    (spot.level - level) * spot.per_level
}

/// Further back than an angle in degrees; for one end of the car.
fn behind(degrees: f64, spot: &Spot) -> f64 {
    (degrees.to_radians() - spot.angle) * spot.per_angle
}

/// A rounded rectangle seen from the front or the back.
fn oblong(spot: &Spot, middle: [f64; 2], half: [f64; 2], round: f64) -> f64 {
    let x = (spot.at.x - middle[0]).abs() - half[0] + round;
    let y = (spot.at.y - middle[1]).abs() - half[1] + round;
    let outside = (x.max(0.0) * x.max(0.0) + y.max(0.0) * y.max(0.0)).sqrt();
    outside + x.max(y).min(0.0) - round
}

/// Only at the nose (or, with -1, the tail).
fn facing(spot: &Spot, side: f64, field: f64) -> f64 {
    field.max(900.0 - side * spot.at.z)
}

/// The openings for the wheels.
pub(super) fn arch(spot: &Spot) -> f64 {
    let circle = |axle: f64| {
        let (z, y) = (spot.at.z - axle, spot.at.y - HUB);
        (z * z + y * y).sqrt() - ARCH
    };
    AXLES.into_iter().map(circle).fold(f64::MAX, f64::min).max(450.0 - spot.at.x)
}

/// The door, to the middle of its gap.
pub(super) fn door(spot: &Spot) -> f64 {
    let upper = ease(BELT - 0.2, BELT + 0.3, spot.level);
    let low = spot.at.z - 742.0;
    let front = low + (behind(49.0, spot) - low) * upper;
    let back = -486.0 - 0.03 * (spot.at.y - 900.0) - spot.at.z;
    let ends = both(front, back, 60.0);
    let floor = both(ends, 318.0 - spot.at.y, 150.0);
    both(floor, below(ROOF - 0.16, spot), 60.0).max(250.0 - spot.at.x)
}

/// The door's window.
pub(super) fn window(spot: &Spot) -> f64 {
    let back = -432.0 - 0.03 * (spot.at.y - 900.0) - spot.at.z;
    let ends = both(behind(53.0, spot), back, 60.0);
    glazed(spot, ends, 0.10, 0.42).max(250.0 - spot.at.x)
}

/// The window behind the door.
pub(super) fn quarter(spot: &Spot) -> f64 {
    let front = spot.at.z + 0.03 * (spot.at.y - 900.0) + 546.0;
    let back = -behind(126.0 - 1.2 * (spot.level - BELT), spot);
    glazed(spot, both(front, back, 130.0), 0.10, 0.42).max(250.0 - spot.at.x)
}

/// The windscreen.
pub(super) fn windscreen(spot: &Spot) -> f64 {
    glazed(spot, -behind(45.5, spot), 0.16, 0.18).max(spot.angle - 1.5)
}

/// The window in the tailgate.
pub(super) fn backlight(spot: &Spot) -> f64 {
    glazed(spot, behind(139.5, spot), 0.22, 0.42).max(1.6 - spot.angle)
}

/// Between belt and roof, so many levels away from each.
fn glazed(spot: &Spot, ends: f64, low: f64, high: f64) -> f64 {
    both(both(ends, -below(BELT + low, spot), 70.0), below(ROOF - high, spot), 70.0)
}

/// The tailgate, to the middle of its gap.
pub(super) fn tailgate(spot: &Spot) -> f64 {
    let upper = ease(BELT - 1.2, BELT + 0.3, spot.level);
    let low = spot.at.x - 512.0;
    let sides = low + (behind(135.0, spot) - low) * upper;
    let floor = both(sides, 560.0 - spot.at.y, 110.0);
    both(floor, below(ROOF - 0.10, spot), 60.0).max(spot.at.z + 900.0)
}

/// The bonnet, to the middle of its gap.
pub(super) fn bonnet(spot: &Spot) -> f64 {
    let sides = spot.at.x - 545.0;
    let ends = both(-below(5.55, spot), below(BELT - 0.16, spot), 20.0);
    acute(sides, ends, 150.0).max(400.0 - spot.at.z)
}

/// The part of the roof that can be glass or canvas.
pub(super) fn sunroof(spot: &Spot) -> f64 {
    let ends = (spot.at.z + 505.0).abs() - 545.0;
    both(spot.at.x - 425.0, ends, 110.0).max(-below(ROOF, spot))
}

/// The dark panel of the face.
pub(super) fn face(spot: &Spot) -> f64 {
    facing(spot, 1.0, oblong(spot, [0.0, 694.0], [712.0, 95.0], 94.0))
}

/// The air intake below it.
pub(super) fn intake(spot: &Spot) -> f64 {
    facing(spot, 1.0, oblong(spot, [0.0, 372.0], [470.0, 62.0], 60.0))
}

/// The dark band between the tail lights.
pub(super) fn band(spot: &Spot) -> f64 {
    facing(spot, -1.0, oblong(spot, [0.0, 812.0], [730.0, 84.0], 83.0))
}

/// The recess for the number plate at the back.
pub(super) fn plate(spot: &Spot) -> f64 {
    facing(spot, -1.0, oblong(spot, [0.0, 476.0], [285.0, 72.0], 30.0))
}

/// The openings for the lamps, front and back.
pub(super) fn lamp(spot: &Spot) -> f64 {
    let front = facing(spot, 1.0, oblong(spot, HEADLAMP, [80.0; 2], 80.0));
    let back = facing(spot, -1.0, oblong(spot, TAIL_LIGHT, [66.0; 2], 66.0));
    front.min(back)
}

/// Middle of the headlamp as seen from the front.
pub(super) const HEADLAMP: [f64; 2] = [584.0, 694.0];
/// Middle of the tail light as seen from the back.
pub(super) const TAIL_LIGHT: [f64; 2] = [616.0, 812.0];
