//! Where a product stands: a point of a surface, a turn and a scale.

use glam::{Mat3, Mat4, Quat, Vec3};

use super::{Detent, Spot, Support};
use crate::geom::Aabb;

/// Where the product stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Level ones have the product on them, upright ones behind it.
    pub spot: Spot,
    /// Around the surface's normal, counter-clockwise seen against it; 0 has the front face +Z, on a wall upright.
    pub turn: f32,
    /// How large it is.
    pub size: Detent,
    /// How it leans, before it is turned: none but what one owns leans, as it stands there.
    pub lean: Quat,
}

impl Stand {
    /// At a spot, of true size; on level ground the front faces the eye.
    pub fn facing(spot: Spot, eye: Vec3) -> Self {
        let spot = spot.straightened();
        let towards = eye - spot.point;
        let turn = if spot.normal == Vec3::Y { towards.x.atan2(towards.z) } else { 0.0 };
        Self { spot, turn, size: Detent::default(), lean: Quat::IDENTITY }
    }

    /// On a wall.
    pub fn is_upright(&self) -> bool {
        self.spot.normal != Vec3::Y
    }

    /// What it would be put on.
    pub fn support(&self) -> Support {
        if self.is_upright() { Support::Wall } else { Support::Floor }
    }

    /// The surface's axes: x along it, y away from it.
    fn world_from_surface(&self) -> Quat {
        if !self.is_upright() {
            return Quat::IDENTITY;
        }
        // Seen against the wall: x to the right, z down.
        let (y, z) = (self.spot.normal, Vec3::NEG_Y);
        Quat::from_mat3(&Mat3::from_cols(y.cross(z), y, z))
    }

    /// From the product's space, where it fills `bounds`: the middle of its footprint, on a wall of its back, is at the
    /// spot.
    pub fn world_from_product(&self, bounds: &Aabb) -> Mat4 {
        let center = bounds.center();
        let (foot, surface_from_product) = if self.is_upright() {
            // Its back down.
            (center.with_z(bounds.min.z), Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2))
        } else {
            (center.with_y(bounds.min.y), Quat::IDENTITY)
        };
        let rotation = self.world_from_surface() * Quat::from_rotation_y(self.turn) * self.lean * surface_from_product;
        let scale = Vec3::splat(self.size.scale());
        let foot = if bounds.is_empty() { Vec3::ZERO } else { foot };
        Mat4::from_scale_rotation_translation(scale, rotation, self.spot.point) * Mat4::from_translation(-foot)
    }

    /// The footprint: its frame in the room, +Y away from the surface, and its width and depth of true size.
    pub fn footprint(&self, bounds: &Aabb) -> (Mat4, [f32; 2]) {
        let rotation = self.world_from_surface() * Quat::from_rotation_y(self.turn);
        let size = bounds.size();
        let sides = if self.is_upright() { [size.x, size.y] } else { [size.x, size.z] };
        (Mat4::from_rotation_translation(rotation, self.spot.point), sides)
    }

    /// Lays the product by a motion from its space to the room's, at true size.
    pub fn lay(&mut self, rotation: Quat, translation: Vec3, bounds: &Aabb) {
        self.size = Detent::default();
        let front = rotation * Vec3::Z;
        if self.is_upright() && (rotation * Vec3::Y).abs_diff_eq(Vec3::Y, 1e-4) {
            self.spot.normal = front.with_y(0.0).normalize_or(self.spot.normal);
            (self.turn, self.lean) = (0.0, Quat::IDENTITY);
        } else if self.is_upright() {
            self.turn = 0.0;
            let surface_from_product = Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2);
            self.lean = self.world_from_surface().inverse() * rotation * surface_from_product.inverse();
        } else {
            self.turn = front.x.atan2(front.z);
            self.lean = Quat::from_rotation_y(-self.turn) * rotation;
        }
        let here = self.world_from_product(bounds).w_axis.truncate();
        self.spot.point += translation - here;
    }

    /// Keeps the product where it is when its box becomes another. On its surface it stays, unless `height` is to be kept,
    /// too.
    pub fn keep(&mut self, before: &Aabb, after: &Aabb, height: bool) {
        if before.is_empty() || after.is_empty() {
            return;
        }
        let from = self.world_from_product(before).w_axis.truncate();
        let mut by = from - self.world_from_product(after).w_axis.truncate();
        if !height {
            by -= self.spot.normal * by.dot(self.spot.normal);
        }
        self.spot.point += by;
    }

    /// Carried along when what the device knows of the room is corrected.
    pub fn corrected(&mut self, new_from_old: &Mat4) {
        self.spot.point = new_from_old.transform_point3(self.spot.point);
        let (_, rotation, _) = new_from_old.to_scale_rotation_translation();
        if self.is_upright() {
            self.spot.normal = (rotation * self.spot.normal).with_y(0.0).normalize_or(self.spot.normal);
        } else {
            let front = rotation * Vec3::Z;
            self.turn += front.x.atan2(front.z);
        }
    }
}
