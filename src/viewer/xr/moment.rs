//! What a device tells at each frame of a session, and how the shell hands it over: one list of numbers, as a crossing of
//! the bridge for each of them would cost more than drawing.

use glam::{Mat4, Vec2, Vec3};

use crate::environment::LightEstimate;
use crate::place::{DepthMap, GripKind, Plane};

/// One frame's worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// The eyes; none while tracking is lost.
    pub eyes: Vec<Eye>,
    /// Where the line of sight meets real surfaces, nearest first; +Y is a surface's normal.
    pub hits: Vec<Mat4>,
    /// All that points now.
    pub pointers: Vec<Pointed>,
    /// Where the anchor is now.
    pub anchor: Option<Mat4>,
    /// The room's light.
    pub light: Option<LightEstimate>,
    /// The height of the floor.
    pub floor: Option<f32>,
    /// Flat pieces of the room.
    pub planes: Vec<Plane>,
    /// Positions are guessed: only rotations are tracked.
    pub emulated: bool,
    /// How far away the room is. They are no part of the list: see [`DepthMap`].
    pub depths: Vec<DepthMap>,
}

/// One of `XRViewerPose.views`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    /// `transform.matrix`.
    pub world_from_view: Mat4,
    /// `projectionMatrix` as it is, with a depth of −1 to 1.
    pub gl_projection_from_view: Mat4,
    /// x, y, width and height of its part of the layer, from the lower left.
    pub viewport_px: [u32; 4],
}

/// One of `XRSession.inputSources`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointed {
    /// Tells them apart.
    pub id: u32,
    /// How it points.
    pub kind: GripKind,
    /// Its target ray, along −Z.
    pub world_from_ray: Mat4,
    /// Where the ray meets a real surface, if the device says so.
    pub hit: Option<Mat4>,
    /// How far its stick is to the right, `[-1, 1]`.
    pub stick: f32,
}

/// Tags in the list.
const EYE: u32 = 0;
const HIT: u32 = 1;
const POINTER: u32 = 2;
const ANCHOR: u32 = 3;
const LIGHT: u32 = 4;
const FLOOR: u32 = 5;
const PLANE: u32 = 6;
const EMULATED: u32 = 7;

impl Moment {
    /// From records, each a tag and its numbers; matrices by columns.
    ///
    /// | tag | numbers |
    /// |---|---|
    /// | 0 | an eye: 16 `world_from_view`, 16 projection, x, y, width, height |
    /// | 1 | a hit of the line of sight: 16 |
    /// | 2 | a pointer: id, 0 for a screen or 1, the stick, 16 of its ray, 1 with 16 of its hit or 0 |
    /// | 3 | the anchor: 16 |
    /// | 4 | light: 3 direction, 3 intensity, 27 spherical harmonics |
    /// | 5 | the floor's height |
    /// | 6 | a plane: 16, the number of corners, x and z of each |
    /// | 7 | positions are emulated |
    ///
    /// What follows a record that is cut short, or of no known kind, is left out.
    pub fn read(numbers: &[f32]) -> Self {
        let mut out = Self::default();
        let mut rest = Numbers(numbers);
        while out.take(&mut rest).is_some() {}
        out
    }

    fn take(&mut self, rest: &mut Numbers<'_>) -> Option<()> {
        match rest.next()? as u32 {
            EYE => {
                let (world_from_view, gl_projection_from_view) = (rest.matrix()?, rest.matrix()?);
                let viewport_px = rest.several::<4>()?.map(|px| px.max(0.0) as u32);
                self.eyes.push(Eye { world_from_view, gl_projection_from_view, viewport_px });
            }
            HIT => self.hits.push(rest.matrix()?),
            POINTER => {
                let [id, kind, stick] = rest.several()?;
                let kind = if kind == 0.0 { GripKind::Screen } else { GripKind::Tracked };
                let world_from_ray = rest.matrix()?;
                let hit = if rest.next()? == 0.0 { None } else { Some(rest.matrix()?) };
                self.pointers.push(Pointed { id: id as u32, kind, world_from_ray, hit, stick });
            }
            ANCHOR => self.anchor = Some(rest.matrix()?),
            LIGHT => {
                let (direction, intensity) = (Vec3::from(rest.several()?), Vec3::from(rest.several()?));
                let mut harmonics = [Vec3::ZERO; 9];
                for one in &mut harmonics {
                    *one = Vec3::from(rest.several()?);
                }
                self.light = Some(LightEstimate { direction, intensity, harmonics });
            }
            FLOOR => self.floor = Some(rest.next()?),
            PLANE => {
                let (world_from_plane, corners) = (rest.matrix()?, rest.next()?);
                let outline = (0..corners as usize).map(|_| rest.several().map(Vec2::from)).collect::<Option<_>>()?;
                self.planes.push(Plane { world_from_plane, outline });
            }
            EMULATED => self.emulated = true,
            _ => return None,
        }
        Some(())
    }
}

struct Numbers<'a>(&'a [f32]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<f32> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn several<const MANY: usize>(&mut self) -> Option<[f32; MANY]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn matrix(&mut self) -> Option<Mat4> {
        self.several().map(|columns| Mat4::from_cols_array(&columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_and_what_is_cut_short_is_left_out() {
        let place = Mat4::from_translation(Vec3::new(1.0, 2.0, 3.0));
        let columns = place.to_cols_array();
        let mut numbers = vec![0.0];
        numbers.extend(columns);
        numbers.extend(Mat4::IDENTITY.to_cols_array());
        numbers.extend([10.0, 20.0, 300.0, 400.0, 1.0]);
        numbers.extend(columns);
        numbers.extend([2.0, 7.0, 1.0, -0.5]);
        numbers.extend(columns);
        numbers.extend([0.0, 5.0, -1.25, 6.0]);
        numbers.extend(columns);
        numbers.extend([3.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 7.0]);
        let read = Moment::read(&numbers);
        assert_eq!(read.eyes.first().map(|eye| eye.viewport_px), Some([10, 20, 300, 400]));
        assert_eq!(read.hits, [place]);
        let pointer = Pointed { id: 7, kind: GripKind::Tracked, world_from_ray: place, hit: None, stick: -0.5 };
        assert_eq!(read.pointers, [pointer]);
        assert_eq!(read.floor, Some(-1.25));
        assert_eq!(read.planes.first().map(|plane| plane.outline.len()), Some(3));
        assert!(read.emulated);
        for cut in 1..numbers.len() - 1 {
            let part = Moment::read(&numbers[..cut]);
            assert!(!part.emulated && part.eyes.len() <= 1, "{cut}");
        }
        assert_eq!(Moment::read(&[99.0, 7.0]), Moment::default(), "no known kind");
    }
}
