//! The guard: the only way to a value of the JSON. A value of the wrong type or range never comes through;
//! it becomes an issue with its JSON pointer.

use glam::Vec3;

use crate::issue::{Code, Issues};
use crate::json::Value;
use crate::text::escaped;

/// Collects issues and finds the JSON pointer of the values that they are about.
pub(super) struct Reporter<'a> {
    root: &'a Value,
    issues: Issues,
    /// How many values the search for places may still look at: each report walks through the document, and a hostile
    /// file is large and wrong everywhere.
    steps_left: usize,
}

/// Enough to find every place in a document of a product; a tenth of a second in a browser.
const MOST_STEPS: usize = 20_000_000;

impl<'a> Reporter<'a> {
    pub(super) fn new(root: &'a Value, issues: Issues) -> Self {
        Self { root, issues, steps_left: MOST_STEPS }
    }

    /// Reports what is wrong with the value under `at`; the place is the whole file where the search had to stop.
    pub(super) fn report(&mut self, code: Code, at: Cursor<'_>, detail: impl Into<String>) {
        if self.issues.is_full() {
            return;
        }
        let mut path = String::new();
        if find(self.root, at.0, &mut path, &mut self.steps_left) != Some(true) {
            path.clear();
        }
        self.issues.report(code, path, detail);
    }

    pub(super) fn into_issues(self) -> Issues {
        self.issues
    }
}

/// Writes the pointer to `wanted` (the very value, not an equal one) to `path`; none when it took too many steps. Only
/// runs when something is wrong, so that reading carries no paths. The depth is bounded by [`crate::json::MOST_DEPTH`].
fn find(from: &Value, wanted: &Value, path: &mut String, steps_left: &mut usize) -> Option<bool> {
    if std::ptr::eq(from, wanted) {
        return Some(true);
    }
    *steps_left = steps_left.checked_sub(1)?;
    // The path is written on the way back, so that only the right way is.
    match from {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if find(item, wanted, path, steps_left)? {
                    path.insert_str(0, &format!("/{index}"));
                    return Some(true);
                }
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter() {
                if find(member, wanted, path, steps_left)? {
                    path.insert_str(0, &escaped(key, &[('~', "~0"), ('/', "~1")]));
                    path.insert(0, '/');
                    return Some(true);
                }
            }
        }
        _ => {}
    }
    Some(false)
}

/// A place in the JSON.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a Value);

impl<'a> Cursor<'a> {
    /// The member under `key`, whatever it is.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.0.get(key).map(Cursor)
    }

    /// The extension `name` of this object.
    pub(super) fn extension(self, name: &str) -> Option<Self> {
        self.get("extensions")?.get(name)
    }

    /// The items of the array under `key`; none if there is no such array.
    pub(super) fn list(self, key: &str, log: &mut Reporter<'_>) -> &'a [Value] {
        match self.0.get(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                log.report(Code::Value, Cursor(other), "not an array");
                &[]
            }
        }
    }

    /// The text under `key`.
    pub(super) fn text(self, key: &str, log: &mut Reporter<'_>) -> Option<&'a str> {
        let member = self.get(key)?;
        let text = member.0.as_str();
        if text.is_none() {
            log.report(Code::Value, member, "not a text");
        }
        text
    }

    /// The `name`, or nothing.
    pub(super) fn name(self, log: &mut Reporter<'_>) -> String {
        self.text("name", log).unwrap_or_default().to_owned()
    }

    /// The truth value under `key`.
    pub(super) fn truth(self, key: &str, log: &mut Reporter<'_>) -> Option<bool> {
        let member = self.get(key)?;
        let truth = member.0.as_bool();
        if truth.is_none() {
            log.report(Code::Value, member, "neither true nor false");
        }
        truth
    }

    /// This value as a whole number ≥ 0; JSON may write 3 as 3.0.
    pub(super) fn whole(self) -> Option<usize> {
        usize::try_from(self.0.as_u64()?).ok()
    }

    /// The whole number ≥ 0 under `key`.
    pub(super) fn count(self, key: &str, log: &mut Reporter<'_>) -> Option<usize> {
        let member = self.get(key)?;
        let count = member.whole();
        if count.is_none() {
            log.report(Code::Value, member, "not a whole number from 0 on");
        }
        count
    }

    /// The index under `key`, below `length`.
    pub(super) fn index(self, key: &str, length: usize, log: &mut Reporter<'_>) -> Option<usize> {
        self.get(key)?.as_index(length, log)
    }

    /// This value as an index below `length`.
    pub(super) fn as_index(self, length: usize, log: &mut Reporter<'_>) -> Option<usize> {
        match self.whole() {
            None => log.report(Code::Value, self, "not an index"),
            Some(index) if index < length => return Some(index),
            Some(index) => log.report(Code::IndexOutOfRange, self, format!("{index} of {length}")),
        }
        None
    }

    /// The number under `key`, limited to `low..=high`.
    pub(super) fn number(self, key: &str, low: f32, high: f32, log: &mut Reporter<'_>) -> Option<f32> {
        let member = self.get(key)?;
        let number = member.finite();
        match number {
            None => log.report(Code::Value, member, "not a number"),
            Some(number) if number < low || number > high => log.report(Code::Value, member, "out of range"),
            _ => {}
        }
        // Not `clamp`: its panic message prints floats, and printing floats weighs 4 kB.
        number.map(|number| number.max(low).min(high))
    }

    /// The array of exactly `N` numbers under `key`.
    pub(super) fn numbers<const N: usize>(self, key: &str, log: &mut Reporter<'_>) -> Option<[f32; N]> {
        let mut numbers = [0.0; N];
        self.fill(key, &mut numbers, log).then_some(numbers)
    }

    /// The linear RGB under `key`, limited to `0..=high`.
    pub(super) fn color(self, key: &str, high: f32, log: &mut Reporter<'_>) -> Option<Vec3> {
        let color = Vec3::from_array(self.numbers(key, log)?);
        let limited = color.max(Vec3::ZERO).min(Vec3::splat(high));
        if limited != color {
            log.report(Code::Value, self.get(key)?, "out of range");
        }
        Some(limited)
    }

    /// As many numbers as the array under `key` has.
    pub(super) fn all_numbers(self, key: &str, log: &mut Reporter<'_>) -> Vec<f32> {
        let mut numbers = vec![0.0; self.list(key, log).len()];
        if self.fill(key, &mut numbers, log) { numbers } else { Vec::new() }
    }

    fn fill(self, key: &str, numbers: &mut [f32], log: &mut Reporter<'_>) -> bool {
        let Some(member) = self.get(key) else { return false };
        let right = member.0.as_array().is_some_and(|items| {
            items.len() == numbers.len()
                && items.iter().zip(numbers.iter_mut()).all(|(item, number)| match Cursor(item).finite() {
                    Some(value) => {
                        *number = value;
                        true
                    }
                    None => false,
                })
        });
        if !right {
            log.report(Code::Value, member, format!("not an array of {} numbers", numbers.len()));
        }
        right
    }

    fn finite(self) -> Option<f32> {
        self.0.as_f64().map(|number| number as f32).filter(|number| number.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn a_search_that_takes_too_long_names_the_whole_file() {
        let document = parse(r#"{ "a": [0, 0, 0], "b~": [0, { "c/": 0 }] }"#).unwrap_or_default();
        let at = |name: &str, index: usize| document.get(name)?.as_array()?.get(index);
        let deep = at("b~", 1).and_then(|object| object.get("c/"));
        let place = |steps_left: usize| {
            let mut log = Reporter { steps_left, ..Reporter::new(&document, Issues::default()) };
            for value in [deep, at("a", 0)].into_iter().flatten() {
                log.report(Code::Value, Cursor(value), "");
            }
            let issues = log.into_issues();
            issues.iter().map(|issue| issue.path.clone()).collect::<Vec<_>>()
        };
        // The first passes eight values, the second two.
        assert_eq!(place(10), ["/b~0/1/c~1", "/a/0"]);
        assert_eq!(place(9), ["/b~0/1/c~1", ""]);
        assert_eq!(place(7), [""], "both are reported for the whole");
    }
}
