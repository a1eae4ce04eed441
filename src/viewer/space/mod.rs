//! The product in real space: what lies under a finger, where a point is on the screen, how large everything is.
//!
//! Positions are in the product's space, as `camera-target` has them: with `orientation` and `scale`, without the turn of
//! the turntable.

mod fit;
mod point;
mod ruler;
mod size;

pub use point::{Mark, Spot, Surface};

use glam::{Mat4, Vec3};

use super::Viewer;
use super::aim::world_from_product;
use super::stage::Stage;
use crate::camera::View;
use crate::pick::Ray;

/// One model that is seen.
struct Solid<'a> {
    /// 0 for the product's body, as it is now; else one more than the model's index in the product file.
    model: usize,
    stage: &'a Stage,
    product_from_scene: Mat4,
}

/// What a page sees through.
struct Sight {
    view: View,
    world_from_product: Mat4,
}

impl Sight {
    fn is_parallel(&self) -> bool {
        self.view.projection_from_view.w_axis.w == 1.0
    }

    /// Where one looks from, and whereto, in the product's space.
    fn eye(&self) -> (Vec3, Vec3) {
        let product_from_view = self.world_from_product.inverse() * self.view.world_from_view;
        (product_from_view.w_axis.truncate(), -product_from_view.z_axis.truncate())
    }

    /// The way of the light to a point of the product's space.
    fn towards(&self, point: Vec3) -> Vec3 {
        let (eye, ahead) = self.eye();
        if self.is_parallel() { ahead * (point - eye).dot(ahead) } else { point - eye }
    }
}

impl Viewer {
    fn sight(&self) -> Option<Sight> {
        let ([width_px, height_px], stage) = (self.size_px(), self.stage.as_ref()?);
        Some(Sight {
            view: self.view(stage, width_px, height_px, self.reach(stage)),
            world_from_product: world_from_product(&self.orbit, self.turntable.angle),
        })
    }

    /// The ray through a point of the element, product space.
    fn ray_at(&self, x_css_px: f32, y_css_px: f32) -> Option<Ray> {
        let sight = self.sight()?;
        let projection = sight.view.projection_from_view;
        let x = (x_css_px / self.window.width_css_px * 2.0 - 1.0) / projection.x_axis.x;
        let y = (1.0 - y_css_px / self.window.height_css_px * 2.0) / projection.y_axis.y;
        let (origin, direction) = match sight.is_parallel() {
            true => (Vec3::new(x, y, 0.0), Vec3::NEG_Z),
            false => (Vec3::ZERO, Vec3::new(x, y, -1.0).normalize_or(Vec3::NEG_Z)),
        };
        let product_from_view = sight.world_from_product.inverse() * sight.view.world_from_view;
        Some(Ray { origin, direction }.transformed(&product_from_view))
    }

    fn solids(&self) -> impl Iterator<Item = Solid<'_>> {
        let body = self.stage.iter().map(|stage| Solid { model: 0, stage, product_from_scene: stage.world_from_scene });
        let parts = self.seen_models().map(|(model, stage, product_from_scene)| Solid {
            model: model + 1,
            stage,
            product_from_scene,
        });
        body.chain(parts)
    }

    /// The diagonal of the product's box, metres.
    fn extent(&self) -> f32 {
        self.framing().bounds.size().length()
    }
}
