//! A list whose numbers never change: what is dropped leaves a hole.

/// Items under the numbers that the file gave them.
#[derive(Clone, Debug)]
pub struct Slots<T>(Vec<Option<T>>);

impl<T> Slots<T> {
    /// Adds an item, or a hole for one that had to be dropped, under the next number.
    pub fn push(&mut self, item: Option<T>) {
        self.0.push(item);
    }

    /// The item under `index`, unless there is none.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.get(index)?.as_ref()
    }

    /// The same for changing it while the scene is being read.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.0.get_mut(index)?.as_mut()
    }

    /// How many numbers are taken, holes included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when no number is taken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The items with their numbers, in order, without the holes.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.0.iter().enumerate().filter_map(|(index, item)| Some((index, item.as_ref()?)))
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<Option<T>> for Slots<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_keeps_the_numbers_of_what_follows() {
        let slots: Slots<char> = [Some('a'), None, Some('c')].into_iter().collect();
        assert_eq!(slots.len(), 3);
        assert_eq!(slots.get(1), None);
        assert_eq!(slots.get(2), Some(&'c'));
        assert_eq!(slots.get(3), None);
        assert_eq!(slots.iter().map(|(index, _)| index).collect::<Vec<_>>(), [0, 2]);
    }
}
