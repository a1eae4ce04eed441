//! Real surfaces, and which of them a product can be put on.

use glam::{Mat4, Vec2, Vec3};

use super::Aim;

/// A surface is level, or upright, up to this sine of an angle (11°): what phones find of floors and walls wobbles.
const SLOPE: f32 = 0.2;
/// A table is at least so far above the lowest level surface, metres.
const TABLE_HEIGHT: f32 = 0.3;

/// What a product is put on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Support {
    /// Anything level that faces up.
    #[default]
    Floor,
    /// Anything upright; the product's back touches it.
    Wall,
    /// Level, and well above the floor.
    Table,
}

/// A point of a real surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub point: Vec3,
    /// Away from the surface, of length 1.
    pub normal: Vec3,
}

impl Spot {
    /// As WebXR's hit tests give it: +Y of the pose is the surface's normal.
    pub fn of_pose(world_from_hit: &Mat4) -> Self {
        let normal = world_from_hit.y_axis.truncate().normalize_or(Vec3::Y);
        Self { point: world_from_hit.w_axis.truncate(), normal }
    }

    /// Of the same level, or upright, surface, without wobble.
    pub fn straightened(self) -> Self {
        let upright = self.normal.with_y(0.0);
        let normal = if self.normal.y.abs() > upright.length() { Vec3::Y } else { upright.normalize_or(Vec3::Z) };
        Self { normal, ..self }
    }

    /// Whether a product for `support` can be put here; `floor` is the height of the lowest level surface, where known.
    pub fn bears(&self, support: Support, floor: Option<f32>) -> bool {
        let level = self.normal.y > 1.0 - SLOPE * SLOPE;
        match support {
            Support::Floor => level,
            Support::Wall => self.normal.y.abs() < SLOPE,
            Support::Table => level && floor.is_none_or(|floor| self.point.y > floor + TABLE_HEIGHT),
        }
    }
}

/// A flat piece of the room that the device has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// +Y is its normal.
    pub world_from_plane: Mat4,
    /// x and z of its outline, in order.
    pub outline: Vec<Vec2>,
}

impl Plane {
    /// Where a ray meets it, and how far away.
    pub fn met(&self, aim: &Aim) -> Option<(f32, Spot)> {
        let spot = Spot::of_pose(&self.world_from_plane);
        let distance = aim.distance_to(&spot)?;
        let point = aim.at(distance);
        let inside = self.world_from_plane.inverse().transform_point3(point);
        self.holds(Vec2::new(inside.x, inside.z)).then_some((distance, Spot { point, normal: spot.normal }))
    }

    /// Even–odd rule.
    fn holds(&self, at: Vec2) -> bool {
        let next = self.outline.iter().cycle().skip(1);
        let crossings = self
            .outline
            .iter()
            .zip(next)
            .filter(|(a, b)| (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x);
        crossings.count() % 2 == 1
    }
}

/// The nearest surface of a kind that a ray meets.
pub fn nearest(planes: &[Plane], aim: &Aim, support: Support, floor: Option<f32>) -> Option<Spot> {
    let met = planes.iter().filter_map(|plane| plane.met(aim));
    let met = met.filter(|(_, spot)| spot.bears(support, floor));
    met.reduce(|near, other| if other.0 < near.0 { other } else { near }).map(|(_, spot)| spot)
}

/// Where a ray that looks down meets a level floor, not farther away than a room is large.
pub fn horizontal_under(aim: &Aim, floor: f32) -> Option<Spot> {
    const FARTHEST: f32 = 12.0;
    let spot = Spot { point: Vec3::Y * floor, normal: Vec3::Y };
    let distance = aim.distance_to(&spot).filter(|distance| *distance < FARTHEST)?;
    (aim.direction.y < 0.0).then_some(Spot { point: aim.at(distance), normal: Vec3::Y })
}
