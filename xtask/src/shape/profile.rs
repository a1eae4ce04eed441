//! Outlines for turned and extruded parts: straight runs, fillets and curves with exact normals.

use glam::Vec2;

use super::angle::sin_cos;

/// One point of an outline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Station {
    /// Distance from the axis and height, in millimetres.
    pub(crate) at: Vec2,
    /// Unit normal; it lies to the right of the direction of travel.
    pub(crate) normal: Vec2,
    /// Length of the outline up to here, in millimetres.
    pub(crate) along: f32,
}

/// An outline, traversed so that the outside lies to the right: from the bottom outwards and up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// The points in order; two at one place with different normals make a crisp edge.
    pub(crate) stations: Vec<Station>,
}

/// Millimetres below which two points are one.
const TOGETHER: f32 = 1e-4;

impl Profile {
    /// An outline through corners `[distance from axis, height, fillet radius]`, in millimetres.
    ///
    /// A corner without radius between two others is a crisp edge.
    pub(crate) fn rounded(corners: &[[f32; 3]]) -> Self {
        let mut profile = Self::default();
        for (index, &[x, y, radius]) in corners.iter().enumerate() {
            let here = Vec2::new(x, y);
            let before = index.checked_sub(1).map(|i| point(corners[i]));
            let after = corners.get(index + 1).map(|&corner| point(corner));
            match (before, after) {
                (Some(before), Some(after)) => profile.fillet(before, here, after, radius),
                (None, Some(after)) => profile.push(here, right_of(after - here)),
                (Some(before), None) => profile.push(here, right_of(here - before)),
                (None, None) => {}
            }
        }
        profile
    }

    /// A cubic Bézier curve through `steps` equal parameter steps.
    pub(crate) fn curve(points: [[f32; 2]; 4], steps: usize) -> Self {
        let [a, b, c, d] = points.map(Vec2::from);
        let mut profile = Self::default();
        for step in 0..=steps {
            let t = step as f32 / steps as f32;
            let s = 1.0 - t;
            let at = a * (s * s * s) + b * (3.0 * s * s * t) + c * (3.0 * s * t * t) + d * (t * t * t);
            let tangent = (b - a) * (s * s) + (c - b) * (2.0 * s * t) + (d - c) * (t * t);
            profile.push(at, right_of(tangent));
        }
        profile
    }

    /// A circular arc about a centre, with angles in degrees counter-clockwise from the outside.
    ///
    /// Rising angles have the circle's outside to their right, falling ones its inside.
    pub(crate) fn arc(centre: [f32; 2], radius: f32, from: f64, to: f64, steps: usize) -> Self {
        let mut profile = Self::default();
        let side = if to > from { 1.0 } else { -1.0 };
        for step in 0..=steps {
            let angle = from + (to - from) * step as f64 / steps as f64;
            let (sine, cosine) = sin_cos(angle.to_radians());
            let out = Vec2::new(cosine as f32, sine as f32);
            profile.push(Vec2::from(centre) + out * radius, out * side);
        }
        profile
    }

    /// This outline continued by another one.
    pub(crate) fn then(mut self, other: &Self) -> Self {
        for station in &other.stations {
            self.push(station.at, station.normal);
        }
        self
    }

    /// Whole length in millimetres.
    pub(crate) fn length(&self) -> f32 {
        self.stations.last().map_or(0.0, |station| station.along)
    }

    fn push(&mut self, at: Vec2, normal: Vec2) {
        let mut along = 0.0;
        if let Some(last) = self.stations.last() {
            let step = at.distance(last.at);
            if step < TOGETHER && last.normal.distance(normal) < 1e-3 {
                return;
            }
            along = last.along + step;
        }
        self.stations.push(Station { at, normal, along });
    }

    fn fillet(&mut self, before: Vec2, here: Vec2, after: Vec2, radius: f32) {
        let first = right_of(here - before);
        let last = right_of(after - here);
        let back = (before - here).normalize_or(Vec2::X);
        let ahead = (after - here).normalize_or(Vec2::X);
        let cosine = back.dot(ahead);
        if radius <= 0.0 || cosine < -0.9999 {
            self.push(here, first);
            self.push(here, last);
            return;
        }
        let half_tangent = ((1.0 - cosine) / (1.0 + cosine)).sqrt();
        let half_sine = ((1.0 - cosine) / 2.0).sqrt();
        let start = here + back * (radius / half_tangent);
        let centre = here + (back + ahead).normalize_or(Vec2::X) * (radius / half_sine);
        let side = if (start - centre).dot(first) > 0.0 { radius } else { -radius };
        let halvings = if radius < 0.7 {
            1
        } else if radius < 4.0 {
            2
        } else {
            3
        };
        for normal in fan(first, last, halvings) {
            self.push(centre + normal * side, normal);
        }
    }
}

/// Directions from one to another in equal angles, found by halving (2^`halvings` steps).
pub(crate) fn fan(first: Vec2, last: Vec2, halvings: u32) -> Vec<Vec2> {
    let mut directions = vec![first, last];
    for _ in 0..halvings {
        let mut finer = Vec::with_capacity(directions.len() * 2);
        for pair in directions.windows(2) {
            finer.push(pair[0]);
            finer.push((pair[0] + pair[1]).normalize_or(pair[0]));
        }
        finer.push(last);
        directions = finer;
    }
    directions
}

fn point([x, y, _]: [f32; 3]) -> Vec2 {
    Vec2::new(x, y)
}

fn right_of(direction: Vec2) -> Vec2 {
    Vec2::new(direction.y, -direction.x).normalize_or(Vec2::X)
}
