//! Vectors in JSON: arrays of their numbers.

use glam::{Quat, Vec2, Vec3};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::support::Supports;

pub(super) fn vec2<S: Serializer>(value: &Vec2, out: S) -> Result<S::Ok, S::Error> {
    value.to_array().serialize(out)
}

pub(super) fn vec3<S: Serializer>(value: &Vec3, out: S) -> Result<S::Ok, S::Error> {
    value.to_array().serialize(out)
}

pub(super) fn quat<S: Serializer>(value: &Quat, out: S) -> Result<S::Ok, S::Error> {
    value.to_array().serialize(out)
}

pub(super) fn points<S: Serializer>(values: &[Vec2], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(values.iter().map(Vec2::to_array))
}

/// There may be thousands of columns: their sum.
pub(super) fn supports<S: Serializer>(supports: &Supports, out: S) -> Result<S::Ok, S::Error> {
    let mut sum = out.serialize_struct("Supports", 3)?;
    sum.serialize_field("spacingMm", &supports.spacing_mm)?;
    sum.serialize_field("columns", &supports.columns.len())?;
    sum.serialize_field("volumeMm3", &supports.volume_mm3())?;
    sum.end()
}
