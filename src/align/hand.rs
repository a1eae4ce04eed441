//! A camera that hands move: it looks at the product, whose middle has a place in the picture.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{EulerRot, Mat3, Mat4, Quat, Vec2, Vec3};

use super::lens::{ASSUMED_35_MM, tangent_from_focal};
use crate::camera::projection_from_view;
use crate::geom::Aabb;

/// The product is tilted no farther than to be seen from right above or below.
const MOST_TILT: f32 = FRAC_PI_2;
/// The nearest and farthest the product's middle may be, metres.
const DISTANCES: (f32, f32) = (0.01, 1_000.0);
/// Lenses from a fisheye's rest to a telescope's, tangents of half the field of view.
const TANGENTS: (f32, f32) = (0.02, 3.0);
/// How far out of the picture the middle may be carried, halves of its height.
const FARTHEST: f32 = 4.0;

/// The camera of a picture, in terms that a hand can change one by one. Angles are those from which the product is seen, as
/// `camera-orbit` counts them but for the tilt, which is 0 at the product's height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alignment {
    /// Around the product, radians: 0 is its front, more is to its left, where the camera sees more of what is at +X.
    pub turn: f32,
    /// From above, radians; below 0 from below.
    pub tilt: f32,
    /// Of the product in the picture, radians, counterclockwise.
    pub roll: f32,
    /// Where its middle is in the picture, from the picture's, halves of the picture's height.
    pub at: Vec2,
    /// Of its middle in front of the camera, metres.
    pub distance: f32,
    /// The lens: the tangent of half the vertical field of view.
    pub tangent: f32,
}

/// One move of a hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Along the picture, halves of its height.
    Drag(Vec2),
    /// In the picture, radians, counterclockwise.
    Twist(f32),
    /// Larger by this factor, by coming nearer.
    Scale(f32),
    /// Around the product, radians.
    Turn(f32),
    /// More from above, radians.
    Tilt(f32),
    /// A lens with this factor of the focal length, that shows the product as large: only its perspective changes.
    Lens(f32),
}

impl Alignment {
    /// At three-quarter view, filling two thirds of a picture of this shape (width by height).
    pub fn first(bounds: &Aabb, aspect: f32, focal_35_mm: Option<f32>) -> Self {
        let tangent = tangent_from_focal(focal_35_mm.unwrap_or(ASSUMED_35_MM), aspect);
        let radius = (bounds.size().length() * 0.5).max(1e-3);
        let narrow = tangent * aspect.min(1.0);
        let mut out = Self {
            turn: 0.5,
            tilt: 0.3,
            roll: 0.0,
            at: Vec2::ZERO,
            distance: radius / (narrow * 0.67) + radius * 0.5,
            tangent,
        };
        out.limit();
        out
    }

    /// The camera of a pose that was found. `pivot` is the product's middle, product space.
    pub fn of(view_from_product: &Mat4, tangent: f32, pivot: Vec3) -> Self {
        let rotation = Quat::from_mat3(&Mat3::from_mat4(*view_from_product)).normalize();
        let (roll, tilt, turn) = rotation.to_euler(EulerRot::ZXY);
        let middle = view_from_product.transform_point3(pivot);
        let distance = -middle.z;
        let mut out = Self { turn: -turn, tilt, roll, at: middle.truncate() / (distance * tangent), distance, tangent };
        out.limit();
        out
    }

    /// How the product turns in front of the camera.
    pub fn rotation(&self) -> Quat {
        Quat::from_rotation_z(self.roll) * Quat::from_rotation_x(self.tilt) * Quat::from_rotation_y(-self.turn)
    }

    /// From the product's space to the camera's, which looks along −Z.
    pub fn view_from_product(&self, pivot: Vec3) -> Mat4 {
        let middle = (self.at * self.tangent * self.distance).extend(-self.distance);
        Mat4::from_rotation_translation(self.rotation(), middle) * Mat4::from_translation(-pivot)
    }

    /// From the camera's space to clip space in which the picture reaches from −`extent` to `extent`. `aspect` is the
    /// picture's width by height.
    pub fn projection(&self, aspect: f32, extent: [f32; 2], near: f32, far: f32) -> Mat4 {
        let [across, up] = extent;
        let picture = projection_from_view(2.0 * self.tangent.atan(), aspect, near, far);
        Mat4::from_diagonal(glam::Vec4::new(across, up, 1.0, 1.0)) * picture
    }

    /// Where a point of the product is in the picture; none behind the camera.
    pub fn place_of(&self, point: Vec3, pivot: Vec3) -> Option<Vec2> {
        let seen = self.view_from_product(pivot).transform_point3(point);
        (seen.z < 0.0).then(|| seen.truncate() / (-seen.z * self.tangent))
    }

    /// Moves.
    pub fn act(&mut self, deed: Deed) {
        let factor = |factor: f32| if factor > 0.0 && factor.is_finite() { factor } else { 1.0 };
        match deed {
            Deed::Drag(by) if by.is_finite() => self.at += by,
            Deed::Twist(by) if by.is_finite() => self.roll += by,
            Deed::Turn(by) if by.is_finite() => self.turn += by,
            Deed::Tilt(by) if by.is_finite() => self.tilt += by,
            Deed::Scale(by) => self.distance /= factor(by),
            Deed::Lens(by) => {
                let before = self.tangent;
                self.tangent = (self.tangent / factor(by)).clamp(TANGENTS.0, TANGENTS.1);
                self.distance *= before / self.tangent;
            }
            _ => {}
        }
        self.limit();
    }

    /// Keeps everything within what can be.
    pub fn limit(&mut self) {
        let around = |angle: f32| match angle {
            // What is right stays, bit by bit.
            _ if angle.abs() <= PI => angle,
            _ if angle.is_finite() => (angle + PI).rem_euclid(2.0 * PI) - PI,
            _ => 0.0,
        };
        let sane = |number: f32, least: f32, most: f32| if number.is_nan() { least } else { number.clamp(least, most) };
        (self.turn, self.roll) = (around(self.turn), around(self.roll));
        self.tilt = sane(self.tilt, -MOST_TILT, MOST_TILT);
        self.distance = sane(self.distance, DISTANCES.0, DISTANCES.1);
        self.tangent = sane(self.tangent, TANGENTS.0, TANGENTS.1);
        self.at =
            if self.at.is_nan() { Vec2::ZERO } else { self.at.clamp(Vec2::splat(-FARTHEST), Vec2::splat(FARTHEST)) };
    }

    /// Turn, tilt, roll, right, up, distance, tangent: as it is kept with a design.
    pub fn to_numbers(&self) -> [f32; 7] {
        [self.turn, self.tilt, self.roll, self.at.x, self.at.y, self.distance, self.tangent]
    }

    /// The inverse of [`Alignment::to_numbers`]; none for what is no number.
    pub fn from_numbers([turn, tilt, roll, right, up, distance, tangent]: [f32; 7]) -> Option<Self> {
        let mut out = Self { turn, tilt, roll, at: Vec2::new(right, up), distance, tangent };
        let is_sound = out.to_numbers().iter().all(|number| number.is_finite());
        out.limit();
        is_sound.then_some(out)
    }
}
