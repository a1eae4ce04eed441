//! Shapes and transforms that every floor uses.
//!
//! Spaces are named in variables: `world_from_node` takes a point in node space to world space.
//! World space is glTF's: right-handed, +Y up, a product's front faces +Z, metres.

use glam::{Mat4, Quat, Vec3};

/// An axis-aligned box, metres. [`Aabb::EMPTY`] holds nothing and grows from there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aabb {
    /// The smallest corner.
    pub min: Vec3,
    /// The largest corner.
    pub max: Vec3,
}

impl Aabb {
    /// The box that holds nothing.
    pub const EMPTY: Self = Self { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY };

    /// True while no point has entered.
    pub fn is_empty(&self) -> bool {
        !(self.min.x <= self.max.x && self.min.y <= self.max.y && self.min.z <= self.max.z)
    }

    /// Grows to hold `point`; a point with a NaN or an infinity is ignored.
    pub fn insert(&mut self, point: Vec3) {
        if point.is_finite() {
            self.min = self.min.min(point);
            self.max = self.max.max(point);
        }
    }

    /// Grows to hold all of `other`.
    pub fn union(&mut self, other: &Self) {
        if !other.is_empty() {
            self.insert(other.min);
            self.insert(other.max);
        }
    }

    /// The middle; zero for an empty box.
    pub fn center(&self) -> Vec3 {
        if self.is_empty() { Vec3::ZERO } else { (self.min + self.max) * 0.5 }
    }

    /// Width, height and depth; zero for an empty box.
    pub fn size(&self) -> Vec3 {
        if self.is_empty() { Vec3::ZERO } else { self.max - self.min }
    }

    /// The eight corners.
    pub fn corners(&self) -> [Vec3; 8] {
        let (a, b) = (self.min, self.max);
        [
            a,
            Vec3::new(b.x, a.y, a.z),
            Vec3::new(a.x, b.y, a.z),
            Vec3::new(b.x, b.y, a.z),
            Vec3::new(a.x, a.y, b.z),
            Vec3::new(b.x, a.y, b.z),
            Vec3::new(a.x, b.y, b.z),
            b,
        ]
    }

    /// The box around the transformed corners; an empty box stays empty.
    pub fn transformed(&self, to_from_self: &Mat4) -> Self {
        let mut out = Self::EMPTY;
        if !self.is_empty() {
            for corner in self.corners() {
                out.insert(to_from_self.transform_point3(corner));
            }
        }
        out
    }
}

impl Default for Aabb {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Translation, rotation and scale, applied scale first (glTF 2.0 §3.5.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trs {
    /// Metres.
    pub translation: Vec3,
    /// A unit quaternion.
    pub rotation: Quat,
    /// Factors; negative ones mirror.
    pub scale: Vec3,
}

impl Trs {
    /// Leaves everything where it is.
    pub const IDENTITY: Self = Self { translation: Vec3::ZERO, rotation: Quat::IDENTITY, scale: Vec3::ONE };

    /// The same as a matrix.
    pub fn matrix(&self) -> Mat4 {
        Mat4::from_scale_rotation_translation(self.scale, self.rotation, self.translation)
    }
}

impl Default for Trs {
    fn default() -> Self {
        Self::IDENTITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_box_has_no_size_and_stays_empty_when_turned() {
        assert!(Aabb::EMPTY.is_empty());
        assert_eq!(Aabb::EMPTY.size(), Vec3::ZERO);
        let turned = Aabb::EMPTY.transformed(&Mat4::from_rotation_y(1.0));
        assert!(turned.is_empty());
    }

    #[test]
    fn a_box_ignores_points_that_are_no_numbers() {
        let mut bounds = Aabb::EMPTY;
        bounds.insert(Vec3::new(f32::NAN, 0.0, 0.0));
        bounds.insert(Vec3::new(f32::INFINITY, 0.0, 0.0));
        assert!(bounds.is_empty());
        bounds.insert(Vec3::ONE);
        assert_eq!(bounds.center(), Vec3::ONE);
    }

    #[test]
    fn a_turned_box_holds_its_turned_corners() {
        let mut bounds = Aabb::EMPTY;
        bounds.insert(Vec3::new(-1.0, 0.0, -2.0));
        bounds.insert(Vec3::new(1.0, 3.0, 2.0));
        let turned = bounds.transformed(&Mat4::from_rotation_y(std::f32::consts::FRAC_PI_2));
        assert!((turned.size() - Vec3::new(4.0, 3.0, 2.0)).length() < 1e-5);
    }
}
