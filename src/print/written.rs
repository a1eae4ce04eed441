//! Vectors in JSON: arrays of their numbers.

use glam::{Quat, Vec2, Vec3};
use serde::{Serialize, Serializer};

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
