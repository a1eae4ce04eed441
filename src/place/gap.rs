//! A gap in the room, measured point by point, and whether a product goes in.

use glam::Vec3;

/// A tap misses what was meant by so much, and by a share of how far away it is: what hit tests of phones are good for,
/// one standard deviation.
const TAP_DEVIATION: f32 = 0.004;
const TAP_SHARE: f32 = 0.006;
/// So many standard deviations are said: one in twenty is farther off.
const SAID: f32 = 2.0;

/// One side of a gap, in the order in which it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From left to right, level.
    Width,
    /// From front to back, level.
    Depth,
    /// Straight up.
    Height,
}

impl Side {
    /// In the order of measuring: two points each.
    pub const ALL: [Self; 3] = [Self::Width, Self::Depth, Self::Height];

    /// Its name in JSON and in the word tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Width => "width",
            Self::Depth => "depth",
            Self::Height => "height",
        }
    }
}

/// How far off a point may be that was hit at this distance, one standard deviation, metres.
pub fn point_uncertainty(distance: f32) -> f32 {
    TAP_DEVIATION.hypot(TAP_SHARE * distance)
}

/// Points so far, each with its deviation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gap {
    points: Vec<(Vec3, f32)>,
}

impl Gap {
    /// Which side is measured now; none when all are.
    pub fn side(&self) -> Option<Side> {
        Side::ALL.get(self.points.len() / 2).copied()
    }

    /// The next point, and how far off it may be, one standard deviation in metres; after the last it is ignored.
    pub fn insert(&mut self, point: Vec3, deviation: f32) {
        if self.side().is_some() && point.is_finite() {
            self.points.push((point, deviation));
        }
    }

    /// Takes the last point back; false when there was none.
    pub fn take_back(&mut self) -> bool {
        self.points.pop().is_some()
    }

    /// Leaves a side out: it does not matter.
    pub fn skip(&mut self) {
        if self.side().is_some() {
            let whole = self.points.len() / 2 * 2;
            self.points.truncate(whole);
            self.points.extend([(Vec3::NAN, 0.0); 2]);
        }
    }

    /// The points that were tapped.
    pub fn points(&self) -> impl Iterator<Item = Vec3> {
        self.points.iter().map(|(point, _)| *point).filter(|point| point.is_finite())
    }

    /// Pairs of points with a side between them.
    pub fn lines(&self) -> impl Iterator<Item = (Vec3, Vec3)> {
        let pairs = self.points.as_chunks().0.iter().map(|[(a, _), (b, _)]: &[(Vec3, f32); 2]| (*a, *b));
        pairs.filter(|(a, b)| a.is_finite() && b.is_finite())
    }

    /// A side's length and the uncertainty that is said of it, metres; none before it is measured, or left out.
    pub fn length(&self, side: Side) -> Option<(f32, f32)> {
        let at = 2 * Side::ALL.iter().position(|known| *known == side)?;
        let ((a, one), (b, other)) = (self.points.get(at)?, self.points.get(at + 1)?);
        let between = *b - *a;
        let length = match side {
            Side::Height => between.y.abs(),
            Side::Width | Side::Depth => between.with_y(0.0).length(),
        };
        length.is_finite().then(|| (length, SAID * one.hypot(*other)))
    }

    /// Width, height and depth as [`crate::place`]'s callers ask whether a product fits; 0 does not matter.
    pub fn size(&self) -> [f32; 3] {
        [Side::Width, Side::Height, Side::Depth].map(|side| self.length(side).map_or(0.0, |(length, _)| length))
    }

    /// How far off each of them may be: one in twenty is farther off.
    pub fn uncertainty(&self) -> [f32; 3] {
        [Side::Width, Side::Height, Side::Depth].map(|side| self.length(side).map_or(0.0, |(_, off)| off))
    }
}

/// Whether a side goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// With room to spare, whatever the measure is off by.
    Fits,
    /// Too close to tell.
    Close,
    /// It collides, whatever the measure is off by.
    Collides,
}

impl Verdict {
    /// Its name in JSON and in the word tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Close => "close",
            Self::Collides => "collides",
        }
    }
}

/// What is left on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clearance {
    /// Which.
    pub side: Side,
    /// Room to spare, metres; negative where it collides.
    pub spare: f32,
    /// Give or take.
    pub uncertainty: f32,
}

impl Clearance {
    /// Of all sides that are measured, for a product of this width, height and depth.
    pub fn all(gap: &Gap, size: Vec3) -> impl Iterator<Item = Self> {
        let needs = [(Side::Width, size.x), (Side::Depth, size.z), (Side::Height, size.y)];
        needs.into_iter().filter_map(|(side, need)| {
            let (length, uncertainty) = gap.length(side)?;
            Some(Self { side, spare: length - need, uncertainty })
        })
    }

    /// Whether it goes in.
    pub fn verdict(&self) -> Verdict {
        if self.spare > self.uncertainty {
            Verdict::Fits
        } else if self.spare < -self.uncertainty {
            Verdict::Collides
        } else {
            Verdict::Close
        }
    }
}
