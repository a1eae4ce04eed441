//! A scale that is held at true size until it is pulled away.

/// The smallest scale.
pub const SMALLEST: f32 = 0.1;
/// The largest scale.
pub const LARGEST: f32 = 10.0;
/// A pinch by less than this factor leaves a product of true size alone.
const HOLDS: f32 = 1.1;

/// A scale between two gestures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detent {
    /// The logarithm of what the fingers have pulled so far, of which the first [`HOLDS`] to either side is true size.
    pulled: f32,
}

impl Default for Detent {
    fn default() -> Self {
        Self { pulled: 0.0 }
    }
}

impl Detent {
    /// The scale: exactly 1 within the detent, and without a jump at its ends.
    pub fn scale(&self) -> f32 {
        let free = (self.pulled.abs() - HOLDS.ln()).max(0.0).copysign(self.pulled);
        // No logarithm, no rounding.
        if free == 0.0 { 1.0 } else { free.exp() }
    }

    /// Fingers went apart by this factor; what is no number, or not positive, is ignored.
    pub fn pull(&mut self, factor: f32) {
        if factor.is_finite() && factor > 0.0 {
            let (least, most) = (SMALLEST.ln() - HOLDS.ln(), LARGEST.ln() + HOLDS.ln());
            self.pulled = (self.pulled + factor.ln()).clamp(least, most);
        }
    }

    /// A gesture is over: what lies within the detent rests in its middle, so that the next begins there.
    pub fn rest(&mut self) {
        if self.pulled.abs() <= HOLDS.ln() {
            self.pulled = 0.0;
        }
    }
}
