//! One view of one look: its uniform, and what of the look it sees.

use glam::{Mat4, Vec3, Vec4};

use super::behind;
use super::layout::{GpuFrame, GpuLight, MOST_LIGHTS};
use crate::camera::View;
use crate::frame::{Frame, ToneMap};
use crate::geom::Aabb;

/// A view's pyramid as planes that point inside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frustum([Vec4; 6]);

impl Frustum {
    /// Gribb and Hartmann 2001, for a depth of 0 to 1.
    pub(super) fn new(projection_from_world: Mat4) -> Self {
        let rows = projection_from_world.transpose();
        let (x, y, z, w) = (rows.x_axis, rows.y_axis, rows.z_axis, rows.w_axis);
        Self([w + x, w - x, w + y, w - y, z, w - z])
    }

    /// False only for a box that is surely outside.
    pub(super) fn sees(&self, bounds: &Aabb) -> bool {
        self.0.iter().all(|plane| {
            let farthest = Vec3::select(plane.truncate().cmpge(Vec3::ZERO), bounds.max, bounds.min);
            let distance = plane.truncate().dot(farthest) + plane.w;
            // A plane at infinity, or a box of no numbers, hides nothing.
            distance >= 0.0 || distance.is_nan()
        })
    }
}

/// The view's pixels within a picture of `size_px`; none where nothing is left.
pub(super) fn viewport(view: &View, size_px: [u32; 2]) -> Option<[u32; 4]> {
    let [x, y, width, height] = view.viewport_px;
    let width = width.min(size_px[0].saturating_sub(x));
    let height = height.min(size_px[1].saturating_sub(y));
    (width > 0 && height > 0).then_some([x, y, width, height])
}

/// What the shaders know about a view in a picture of `size_px`; `behind_px` is the size of what transmission looks
/// through.
pub(super) fn uniform(
    frame: &Frame<'_>,
    view: &View,
    lights: &[GpuLight],
    size_px: [u32; 2],
    behind_px: [u32; 2],
) -> GpuFrame {
    let behind = place_behind(view, size_px);
    let view_from_world = view.world_from_view.inverse();
    // A parallel projection leaves w as it is.
    let parallel = view.projection_from_view.w_axis.w == 1.0;
    let eye = if parallel {
        view.world_from_view.z_axis.truncate().extend(0.0)
    } else {
        view.world_from_view.w_axis.truncate().extend(1.0)
    };
    let page_color = frame.page_color.map_or(0, |[r, g, b]| u32::from_le_bytes([r, g, b, 255]));
    let mut out = GpuFrame {
        projection_from_world: (view.projection_from_view * view_from_world).to_cols_array_2d(),
        eye: eye.to_array(),
        settings: [
            frame.exposure,
            (behind[2] * behind_px[0] as f32).max(1.0).log2(),
            (behind::levels(behind_px) - 1) as f32,
            0.0,
        ],
        behind,
        counts: [tone_map_number(frame.tone_map), lights.len().min(MOST_LIGHTS) as u32, page_color, 0],
        ..GpuFrame::default()
    };
    for (to, from) in out.lights.iter_mut().zip(lights) {
        *to = *from;
    }
    out
}

/// Offset and size of a view in a picture of `size_px`, in shares of it. What lies behind is stretched over all of its
/// texture, so that no mip mixes in what is no picture.
fn place_behind(view: &View, size_px: [u32; 2]) -> [f32; 4] {
    let [x, y, width, height] = view.viewport_px.map(|px| px as f32);
    let [across, down] = size_px.map(|px| px as f32);
    [x / across, y / down, width / across, height / down]
}

/// As `tone_map.wgsl` counts them.
pub(super) fn tone_map_number(tone_map: ToneMap) -> u32 {
    match tone_map {
        ToneMap::Neutral => 0,
        ToneMap::Aces => 1,
        ToneMap::Agx => 2,
        ToneMap::Reinhard => 3,
        ToneMap::Linear => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::projection_from_view;

    fn at(x: f32, y: f32, z: f32) -> Aabb {
        Aabb { min: Vec3::new(x, y, z) - 0.5, max: Vec3::new(x, y, z) + 0.5 }
    }

    #[test]
    fn a_frustum_sees_what_is_inside_and_across_its_planes() {
        let frustum = Frustum::new(projection_from_view(1.0, 1.0, 0.1, 100.0));
        assert!(frustum.sees(&at(0.0, 0.0, -10.0)));
        assert!(frustum.sees(&at(5.5, 0.0, -10.0)));
        assert!(!frustum.sees(&at(8.0, 0.0, -10.0)));
        assert!(!frustum.sees(&at(0.0, 0.0, 5.0)));
        assert!(!frustum.sees(&at(0.0, 0.0, -200.0)));
    }

    #[test]
    fn an_endless_frustum_has_no_far_plane() {
        let mut endless = projection_from_view(1.0, 1.0, 0.1, 100.0);
        endless.z_axis.z = -1.0;
        endless.w_axis.z = -0.1;
        let frustum = Frustum::new(endless);
        assert!(frustum.sees(&at(0.0, 0.0, -1e6)));
        assert!(!frustum.sees(&at(0.0, 0.0, 5.0)));
    }
}
