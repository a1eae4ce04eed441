//! How far away a room is, as a device has measured it for an eye.

use glam::Mat4;

/// What a depth sensor, or a phone that sees by moving, misses: so much, and a share of the distance; one standard
/// deviation (Google measured ARCore's within a few centimetres at 0.5 to 5 m).
const DEVIATION: f32 = 0.006;
const SHARE: f32 = 0.015;

/// How far off a point may be that a depth map shows at this distance, one standard deviation, metres.
pub fn depth_uncertainty(distance: f32) -> f32 {
    DEVIATION.hypot(SHARE * distance)
}

/// A depth map that came with a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct DepthMap {
    /// Which eye's, by its number in the frame.
    pub eye: usize,
    /// From shares of the eye's picture to shares of the map, both from the upper left
    /// (`XRDepthInformation.normDepthBufferFromNormView`).
    pub map_from_view: Mat4,
    /// Width and height.
    pub size_px: [u32; 2],
    /// Metres from the eye's plane, rows from the top; 0 is unknown.
    pub metres: Vec<f32>,
}

impl DepthMap {
    /// Metres from the eye's plane to what is seen around a place of its picture, in shares from the upper left; none where
    /// nothing is known. A finger means a thing, and not what is behind its edge: of the texels around, all but the nearest,
    /// which may be noise, are farther.
    pub fn nearest(&self, across: f32, down: f32) -> Option<f32> {
        let place = self.map_from_view.transform_point3(glam::Vec3::new(across, down, 0.0));
        let inside = [place.x, place.y].iter().all(|share| (0.0..1.0).contains(share));
        let [width, height] = self.size_px.map(|side| side as usize);
        if !inside || width == 0 || height == 0 {
            return None;
        }
        let (x, y) = ((place.x * width as f32) as usize, (place.y * height as f32) as usize);
        let rows = y.saturating_sub(1)..(y + 2).min(height);
        let around = rows.flat_map(|row| (x.saturating_sub(1)..(x + 2).min(width)).map(move |at| row * width + at));
        let mut found: Vec<f32> = around.filter_map(|at| self.metres.get(at).copied()).collect();
        found.retain(|metres| *metres > 0.0 && metres.is_finite());
        found.sort_unstable_by(f32::total_cmp);
        found.get(1).or(found.first()).copied()
    }
}
