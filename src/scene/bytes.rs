//! Bytes of a file, shared by all that show a part of them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of some bytes in memory. A copy of it is another view of the same bytes.
#[derive(Clone)]
pub struct Bytes {
    whole: Arc<Vec<u8>>,
    part: Range<usize>,
}

impl Bytes {
    /// All of the part.
    pub fn as_slice(&self) -> &[u8] {
        self.whole.get(self.part.clone()).unwrap_or_default()
    }

    /// A part of this part; empty when it reaches past the end.
    pub fn part(&self, part: Range<usize>) -> Self {
        let start = self.part.start.saturating_add(part.start);
        let end = self.part.start.saturating_add(part.end);
        let part = if start <= end && end <= self.part.end { start..end } else { 0..0 };
        Self { whole: Arc::clone(&self.whole), part }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(whole: Vec<u8>) -> Self {
        Self { part: 0..whole.len(), whole: Arc::new(whole) }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_part_is_counted_from_its_start_and_ends_with_it() {
        let part = Bytes::from(vec![0, 1, 2, 3, 4, 5]).part(1..5);
        assert_eq!(part.as_slice(), [1, 2, 3, 4]);
        assert_eq!(part.part(1..3).as_slice(), [2, 3]);
        assert!(part.part(1..5).is_empty() && part.part(usize::MAX..usize::MAX).is_empty());
        assert_eq!(part.part(1..3).as_ptr(), part[1..].as_ptr(), "nothing is copied");
    }
}
