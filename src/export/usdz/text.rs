//! USD's text format, without a library: lines, names, numbers.

use glam::{Mat4, Vec2, Vec3};

use crate::export::number::{push_digits, push_number};
use crate::shelf::Shelf;

/// A layer in the making.
#[derive(Debug, Default)]
pub(super) struct Text {
    out: String,
    depth: usize,
}

impl Text {
    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A line of some pieces.
    pub(super) fn line(&mut self, pieces: &[&str]) {
        (0..self.depth).for_each(|_| self.out.push_str("    "));
        pieces.iter().for_each(|piece| self.out.push_str(piece));
        self.out.push('\n');
    }

    /// A line that opens a bracket; what follows stands deeper.
    pub(super) fn open(&mut self, pieces: &[&str]) {
        self.line(pieces);
        self.depth += 1;
    }

    /// Closes a bracket and may open the next.
    pub(super) fn close(&mut self, bracket: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&[bracket]);
    }

    /// A prim with its metadata, open for its properties.
    pub(super) fn prim(&mut self, kind: &str, name: &str, metadata: &[&str]) {
        if metadata.is_empty() {
            self.line(&["def ", kind, " \"", name, "\""]);
        } else {
            self.open(&["def ", kind, " \"", name, "\" ("]);
            metadata.iter().for_each(|line| self.line(&[line]));
            self.close(")");
        }
        self.open(&["{"]);
    }

    /// An array on one line: what is before it, its items, what is behind it.
    pub(super) fn array<T>(
        &mut self,
        before: &str,
        items: impl Iterator<Item = T>,
        mut push: impl FnMut(&mut String, T),
        behind: &str,
    ) {
        (0..self.depth).for_each(|_| self.out.push_str("    "));
        self.out.push_str(before);
        self.out.push_str(" = [");
        for (at, item) in items.enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            push(&mut self.out, item);
        }
        self.out.push(']');
        self.out.push_str(behind);
        self.out.push('\n');
    }
}

/// A number by itself.
pub(super) fn number(value: f32, places: u32) -> String {
    let mut out = String::new();
    push_number(&mut out, value, places);
    out
}

/// Adds `(a,b,…)`.
pub(super) fn push_tuple(out: &mut String, values: &[f32], places: u32) {
    for (at, value) in values.iter().enumerate() {
        out.push(if at == 0 { '(' } else { ',' });
        push_number(out, *value, places);
    }
    out.push(')');
}

/// A tuple by itself.
pub(super) fn tuple(values: &[f32], places: u32) -> String {
    let mut out = String::new();
    push_tuple(&mut out, values, places);
    out
}

/// Adds a vector.
pub(super) fn push_3(out: &mut String, value: Vec3, places: u32) {
    push_tuple(out, &value.to_array(), places);
}

/// Adds texture coordinates as USD has them: `(0, 0)` is the picture's lower left.
pub(super) fn push_uv(out: &mut String, uv: Vec2, places: u32) {
    push_tuple(out, &[uv.x, 1.0 - uv.y], places);
}

/// Adds a matrix as USD has them: points are rows, so that a line here is a column of ours.
pub(super) fn push_matrix(out: &mut String, matrix: &Mat4) {
    for (at, column) in matrix.to_cols_array_2d().iter().enumerate() {
        out.push(if at == 0 { '(' } else { ',' });
        push_tuple(out, column, 9);
    }
    out.push(')');
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Names of prims under one parent: valid, and each there once.
#[derive(Debug, Default)]
pub(super) struct Names(Shelf<String, u32>);

impl Names {
    /// The nearest name to the one that is wanted.
    pub(super) fn take(&mut self, wanted: &str, fallback: &str) -> String {
        let wanted = if wanted.is_empty() { fallback } else { wanted };
        let letter = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
        let mut base: String = wanted.chars().take(64).map(letter).collect();
        if !base.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            base.insert(0, '_');
        }
        let mut name = base.clone();
        let mut count = self.0.get(&base).copied().unwrap_or(0);
        while self.0.contains_key(&name) {
            count += 1;
            name.clone_from(&base);
            name.push('_');
            push_digits(&mut name, count.into(), 1);
        }
        self.0.insert(base, count);
        self.0.insert(name.clone(), 0);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_near() {
        let written = |value: f32| number(value, 5);
        assert_eq!(written(0.0), "0");
        assert_eq!(written(-0.0), "0");
        assert_eq!(written(1.0), "1");
        assert_eq!(written(-0.25), "-0.25");
        assert_eq!(written(0.1), "0.1");
        assert_eq!(written(100.0), "100");
        assert_eq!(written(0.000_012), "0.00001");
        assert_eq!(written(0.000_004), "0");
        assert_eq!(written(-0.000_004), "0");
        assert_eq!(written(f32::NAN), "0");
        assert_eq!(written(f32::INFINITY), "0");
        assert_eq!(number(0.050_5, 7), "0.0505");
        for step in -2_000_i16..2_000 {
            let value = f32::from(step) * 0.037_31;
            let back: f32 = written(value).parse().unwrap();
            // Half of the last digit, or of what a float can tell apart.
            assert!((back - value).abs() <= 0.501e-5_f32.max(value.abs() * f32::EPSILON), "{value} {back}");
        }
    }

    #[test]
    fn names_are_valid_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.take("Arm", "Part"), "Arm");
        assert_eq!(names.take("Arm", "Part"), "Arm_1");
        assert_eq!(names.take("Arm_1", "Part"), "Arm_1_1");
        assert_eq!(names.take("Arm", "Part"), "Arm_2");
        assert_eq!(names.take("", "Part"), "Part");
        assert_eq!(names.take("6.1 Zoll", "Part"), "_6_1_Zoll");
        assert_eq!(names.take("größe", "Part"), "gr__e");
        assert_eq!(names.take("größe", "Part"), "gr__e_1");
    }

    #[test]
    fn quotes_cannot_be_left() {
        assert_eq!(quoted("a\"b\\c\nd\te"), "\"a\\\"b\\\\c\\nd e\"");
    }

    #[test]
    fn matrices_stand_as_rows() {
        let mut out = String::new();
        push_matrix(&mut out, &Mat4::from_translation(Vec3::new(1.0, 2.0, 3.0)));
        assert_eq!(out, "((1,0,0,0),(0,1,0,0),(0,0,1,0),(1,2,3,1))");
    }
}
