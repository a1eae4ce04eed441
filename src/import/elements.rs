//! Which vertices a primitive uses. Exporters write a mesh of many materials as primitives over the same accessors, each
//! with indices of its own: every primitive reads its own part alone, or memory would grow with their product.

use super::reader::Reader;

/// The elements of its vertex accessors that a primitive reads.
pub(super) struct Elements {
    /// How many the accessors have.
    pub(super) count: usize,
    used: Option<Vec<u32>>,
}

impl Elements {
    pub(super) fn all(count: usize) -> Self {
        Self { count, used: None }
    }

    /// The elements that `indices`, all below `count`, name; then they name these by their place among them.
    pub(super) fn used(reader: &mut Reader<'_>, count: usize, indices: &mut [u32]) -> Self {
        let first = indices.iter().min().copied().unwrap_or(0);
        let last = indices.iter().max().copied().unwrap_or(0);
        // A bit for each: a table of vertices would be cleared for each of many small primitives.
        let words = (last - first) as usize / 32 + 1;
        if !reader.spend_values(words) {
            return Self::all(count);
        }
        let mut bits = vec![0u32; words];
        for index in indices.iter() {
            let (word, bit) = place(*index - first);
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        let total: u32 = bits.iter().map(|word| word.count_ones()).sum();
        if total as usize == count {
            return Self::all(count);
        }
        let mut used = Vec::with_capacity(total as usize);
        let mut before = Vec::with_capacity(words);
        for (word, start) in bits.iter().zip((first..).step_by(32)) {
            before.push(used.len() as u32);
            used.extend((0..32).filter(|bit| word >> bit & 1 == 1).map(|bit| start + bit));
        }
        for index in indices {
            let (word, bit) = place(*index - first);
            if let (Some(bits), Some(before)) = (bits.get(word), before.get(word)) {
                *index = before + (bits & (bit - 1)).count_ones();
            }
        }
        Self { count, used: Some(used) }
    }

    /// The numbers of the elements in rising order; none when all are read.
    pub(super) fn list(&self) -> Option<&[u32]> {
        self.used.as_deref()
    }

    /// How many are read.
    pub(super) fn len(&self) -> usize {
        self.used.as_ref().map_or(self.count, Vec::len)
    }
}

/// The word of a bit, and the bit.
fn place(at: u32) -> (usize, u32) {
    ((at / 32) as usize, 1 << (at % 32))
}
