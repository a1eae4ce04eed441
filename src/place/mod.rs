//! Placing a product in a room: what it stands on, where, and how hands move it there.
//!
//! Invariant: pure. Poses, rays and times come in as arguments; space is that of the session, metres, +Y up.

mod depth;
mod detent;
mod gap;
mod grip;
mod plane;
mod stand;

pub use depth::{DepthMap, depth_uncertainty};
pub use detent::{Detent, LARGEST, SMALLEST};
pub use gap::{Clearance, Gap, Side, Verdict, point_uncertainty};
pub use grip::{Grip, GripKind, Move, Span};
pub use plane::{Plane, Spot, Support, horizontal_under, nearest};
pub use stand::Stand;

use glam::{Mat4, Vec2, Vec3};

/// A half-line in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Where it starts.
    pub origin: Vec3,
    /// Where it goes, of length 1.
    pub direction: Vec3,
}

impl Aim {
    /// Along −Z of a pose, as WebXR's target rays and views look.
    pub fn along(world_from_ray: &Mat4) -> Self {
        let direction = (-world_from_ray.z_axis.truncate()).normalize_or(Vec3::NEG_Z);
        Self { origin: world_from_ray.w_axis.truncate(), direction }
    }

    /// The point at so many metres.
    pub fn at(&self, distance: f32) -> Vec3 {
        self.origin + self.direction * distance
    }

    /// Metres to a plane that it meets from either side, before its origin; none when it runs along it.
    pub fn distance_to(&self, spot: &Spot) -> Option<f32> {
        let along = self.direction.dot(spot.normal);
        let distance = (spot.point - self.origin).dot(spot.normal) / along;
        (along.abs() > 1e-4 && distance > 0.0 && distance.is_finite()).then_some(distance)
    }

    /// Where it crosses a picture one metre before the eye; none behind the eye.
    pub fn on_screen(&self, view_from_world: &Mat4) -> Option<Vec2> {
        let direction = view_from_world.transform_vector3(self.direction);
        (direction.z < -1e-4).then(|| direction.truncate() / -direction.z)
    }

    /// Metres to a box that is given in a space of its own, where it is `world_from_box`; 0 inside.
    pub fn distance_to_box(&self, bounds: &crate::geom::Aabb, world_from_box: &Mat4) -> Option<f32> {
        let box_from_world = world_from_box.inverse();
        let (origin, direction) =
            (box_from_world.transform_point3(self.origin), box_from_world.transform_vector3(self.direction));
        // Slabs (Kay and Kajiya 1986); a direction of zero gives infinities of both signs, or NaN on a side, which
        // `min` and `max` leave out.
        let (one, other) = ((bounds.min - origin) / direction, (bounds.max - origin) / direction);
        let (enters, leaves) = (one.min(other).max_element(), one.max(other).min_element());
        (!bounds.is_empty() && enters <= leaves && leaves >= 0.0).then_some(enters.max(0.0))
    }
}

#[cfg(test)]
mod tests;
