//! Vectors in JSON: arrays of their numbers.

use glam::{Quat, Vec2, Vec3};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// A number that JSON has no word for where it is infinite: null.
pub(super) fn endless<'a, D: Deserializer<'a>>(json: D) -> Result<f32, D::Error> {
    Ok(Option::deserialize(json)?.unwrap_or(f32::INFINITY))
}

/// A turn, or null.
pub(super) mod turn {
    use glam::Quat;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(value: &Option<Quat>, out: S) -> Result<S::Ok, S::Error> {
        value.map(|turn| turn.to_array()).serialize(out)
    }

    pub(in super::super) fn deserialize<'a, D: Deserializer<'a>>(json: D) -> Result<Option<Quat>, D::Error> {
        Ok(Option::<[f32; 4]>::deserialize(json)?.map(Quat::from_array))
    }
}
