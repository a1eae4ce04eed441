//! Values without defaults of their own: numbers, words, turns and factors.

use glam::{Quat, Vec3};

use super::expression::{Quantity, Reader, Term, Unit};
use crate::decimal::split_number;

/// A number as HTML attributes have it.
///
/// # Errors
/// When the text is no finite number.
pub fn read_number(text: &str) -> Result<f32, &'static str> {
    match split_number(text.trim_ascii()) {
        Some((number, "")) => Ok(number),
        _ => Err("a number was expected"),
    }
}

/// The place of `text` in `words`.
///
/// # Errors
/// When it is none of them.
pub fn read_word(text: &str, words: &[&str]) -> Result<usize, &'static str> {
    let text = text.trim_ascii();
    words.iter().position(|word| *word == text).ok_or("none of the known words")
}

/// `orientation`: roll, pitch and yaw; plain numbers are radians. Yaw turns around +Y last, roll around +Z first.
///
/// # Errors
/// When it is not three angles.
pub fn read_orientation(text: &str) -> Result<Quat, &'static str> {
    let [roll, pitch, yaw] = read_three(text, Unit::Angle)?;
    Ok(Quat::from_rotation_y(yaw) * Quat::from_rotation_x(pitch) * Quat::from_rotation_z(roll))
}

/// `scale`: three factors, or one for all.
///
/// # Errors
/// When it is neither.
pub fn read_scale(text: &str) -> Result<Vec3, &'static str> {
    if let Ok(factor) = read_number(text) {
        return Ok(Vec3::splat(factor));
    }
    read_three(text, Unit::Plain).map(Vec3::from_array)
}

fn read_three(text: &str, unit: Unit) -> Result<[f32; 3], &'static str> {
    let mut reader = Reader::new(text, 0.0);
    let mut out = [0.0; 3];
    for place in &mut out {
        match reader.term(Quantity::plain(0.0)) {
            Some(Term::Number(found)) if found.unit == unit || found.unit == Unit::Plain => *place = found.value,
            Some(Term::Bad(why)) => return Err(why),
            _ => return Err("three values were expected"),
        }
    }
    match reader.term(Quantity::plain(0.0)) {
        None => Ok(out),
        Some(_) => Err("there are too many values"),
    }
}
