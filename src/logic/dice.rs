//! Chance for tests.

/// A stream of numbers that is the same each time (Marsaglia 2003, xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to `sides` − 1.
    pub(crate) fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % sides
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len() as u32) as usize]
    }
}
