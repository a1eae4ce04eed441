//! Projection: how much of the world fits into the picture.

use glam::{Mat4, Vec3, Vec4};

/// Near plane and far plane, metres, for an eye at this distance from the middle of a product of this radius.
///
/// The far plane leaves room for what moves out of the box and for the floor around it; the near plane follows at a
/// thousandth, which 24 bits of depth resolve to a hundredth of a percent of the distance.
pub fn near_and_far(distance: f32, product_radius: f32) -> (f32, f32) {
    let far = distance.max(0.0) + 8.0 * product_radius.max(0.0);
    let far = if far.is_finite() && far > 0.0 { far } else { 2.0 };
    (far / 1000.0, far)
}

/// Clip space with depth 0 to 1 from view space, looking along −Z. `fov` is vertical, radians.
pub fn projection_from_view(fov: f32, aspect: f32, near: f32, far: f32) -> Mat4 {
    let height = 1.0 / (fov * 0.5).tan();
    let depth = far / (near - far);
    Mat4::from_cols(
        Vec4::new(height / aspect, 0.0, 0.0, 0.0),
        Vec4::new(0.0, height, 0.0, 0.0),
        Vec4::new(0.0, 0.0, depth, -1.0),
        Vec4::new(0.0, 0.0, near * depth, 0.0),
    )
}

/// The same without foreshortening, from the eye on: `half_height` is seen above the middle, metres.
pub fn parallel_from_view(half_height: f32, aspect: f32, far: f32) -> Mat4 {
    let height = half_height.recip();
    Mat4::from_diagonal(Vec4::new(height / aspect, height, -far.recip(), 1.0))
}

/// The ray through a point of the picture, from the eye: origin and unit direction in world space. `x` and `y` run
/// from −1 at the left and bottom to 1.
pub fn ray_through(world_from_view: &Mat4, fov: f32, aspect: f32, x: f32, y: f32) -> (Vec3, Vec3) {
    let half_height = (fov * 0.5).tan();
    let direction = Vec3::new(x * half_height * aspect, y * half_height, -1.0);
    let direction = world_from_view.transform_vector3(direction).try_normalize().unwrap_or(Vec3::NEG_Z);
    (world_from_view.w_axis.truncate(), direction)
}
