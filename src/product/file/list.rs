//! Lists whose entries keep their place when others are dropped.

use serde::{Deserialize, Deserializer};

/// A list in which `null` stands for an entry that was dropped or left out: the others keep their index, so that a
/// path such as `/groups/3` stays true.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(Vec<Option<T>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> List<T> {
    /// The entries that are there, with their index in the file.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, &T)> {
        self.0.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.as_ref()?)))
    }

    /// The entries that are there.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// The entry with this index in the file.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.get(index)?.as_ref()
    }

    /// One more index than the last entry's.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.0.iter().flatten().next().is_none()
    }

    /// Drops an entry.
    pub(crate) fn drop_entry(&mut self, index: usize) {
        if let Some(entry) = self.0.get_mut(index) {
            *entry = None;
        }
    }

    /// Drops all entries from this index on.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The entry with this index, to be changed.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.0.get_mut(index)?.as_mut()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self(entries.into_iter().map(Some).collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        Vec::deserialize(reader).map(Self)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<T>::json_schema(generator)
    }
}
