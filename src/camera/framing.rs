//! How far away a product of any shape is seen whole, from every side and in every window.

use std::f32::consts::PI;

use glam::Vec3;

use crate::geom::Aabb;

/// The narrowest zoom is this many product radii away, unless the page says otherwise.
const NEAREST_RADII: f32 = 2.2;

/// What the default view of a product depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Framing {
    /// The product's box in its own space, with `orientation` and `scale`.
    pub bounds: Aabb,
    /// What the camera turns around at first.
    pub target: Vec3,
    /// The sphere around `target` that holds the product, metres.
    pub radius: f32,
    /// Width by height of the window that the product fills best; 0 for nothing.
    pub ideal_aspect: f32,
    /// The vertical field of view that all is measured with, radians.
    pub fov: f32,
}

impl Framing {
    /// Looks at every vertex twice: the distance from `target` gives the sphere, the steepest sight line when the
    /// product turns around its upright axis gives the aspect. `points` visits all vertices.
    pub fn new(bounds: Aabb, target: Vec3, fov: f32, mut points: impl FnMut(&mut dyn FnMut(Vec3))) -> Self {
        let fov = if fov > 1e-3 && fov < PI - 1e-3 { fov } else { PI / 6.0 };
        let mut radius_squared = 0.0f32;
        points(&mut |point| radius_squared = radius_squared.max(target.distance_squared(point)));
        let mut framing = Self { bounds, target, radius: radius_squared.sqrt(), ideal_aspect: 0.0, fov };
        let distance = framing.ideal_distance();
        let mut widest = 0.0f32;
        points(&mut |point| {
            let from_target = point - target;
            let sideways = from_target.x.hypot(from_target.z);
            widest = widest.max(sideways / (distance - from_target.y.abs()));
        });
        let ideal_aspect = widest / (fov * 0.5).tan();
        framing.ideal_aspect = if ideal_aspect.is_finite() { ideal_aspect } else { 0.0 };
        framing
    }

    /// How far away the sphere just fits into `fov`: 100 % of an orbit's radius.
    pub fn ideal_distance(&self) -> f32 {
        self.radius / (self.fov * 0.5).sin()
    }

    /// The nearest that zooming comes by default.
    pub fn nearest(&self) -> f32 {
        NEAREST_RADII * self.radius
    }

    /// `fov` for a window of this aspect, widened where the window is narrower than the product.
    pub fn adjusted_fov(&self, fov: f32, aspect: f32) -> f32 {
        2.0 * ((fov * 0.5).tan() * self.widening(aspect)).atan()
    }

    /// The tangent of half the field of view grows by this in a window of this aspect.
    pub fn widening(&self, aspect: f32) -> f32 {
        if aspect > 0.0 { (self.ideal_aspect / aspect).max(1.0) } else { 1.0 }
    }
}

impl Default for Framing {
    fn default() -> Self {
        Self { bounds: Aabb::EMPTY, target: Vec3::ZERO, radius: 0.0, ideal_aspect: 0.0, fov: PI / 6.0 }
    }
}
