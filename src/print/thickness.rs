//! How thin walls, details and gaps are, by rays from the surface.
//!
//! A wall's thickness is the way from a point straight inwards to where the surface faces the other way; a gap's width the
//! same way outwards. A detail is as small as it is across in two directions: a pin's diameter, a rib's width.

use std::f32::consts::PI;

use glam::Vec3;

use super::bvh::Bvh;
use super::pace::Pace;
use super::piece::Piece;

/// As many points as the whole surface is looked at from, about.
const POINTS: f32 = 60_000.0;
/// Points do not lie nearer to each other than this, mm, but for one on each triangle.
const NEAREST_MM: f32 = 0.5;
/// A triangle has at most the square of this many points.
const MOST_ROWS: u32 = 40;
/// What a ray costs, in units of a job.
const RAY: usize = 120;
/// Cosine of how far the other side of a wall may lean.
const OPPOSED: f32 = 0.5;
/// Directions in which a point inside looks for how small a detail is.
const AROUND: u32 = 8;
/// So many of them are short where a pin is, whose axis alone is long; beside a square corner half of them are.
const SHORT: usize = 5;
/// How much longer than the shortest the longest of those may be.
const ROUND: f32 = 2.2;

/// A thin place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Thin {
    pub(super) width_mm: f32,
    /// In its middle, in the piece's space.
    pub(super) at_mm: Vec3,
}

/// What is thinner than it may be, and the thinnest of all.
#[derive(Clone, Debug, Default)]
pub(super) struct Widths {
    /// The thinnest.
    pub(super) least: Option<Thin>,
    /// All below the limit.
    pub(super) thin: Vec<Thin>,
}

impl Widths {
    fn take(&mut self, thin: Thin, limit_mm: f32) {
        if self.least.is_none_or(|least| thin.width_mm < least.width_mm) {
            self.least = Some(thin);
        }
        if thin.width_mm < limit_mm {
            self.thin.push(thin);
        }
    }
}

/// Limits below which something does not print, mm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) wall_mm: f32,
    pub(super) detail_mm: f32,
    pub(super) gap_mm: f32,
}

/// Walls, details and gaps.
#[derive(Clone, Debug, Default)]
pub(super) struct Thickness {
    pub(super) walls: Widths,
    pub(super) details: Widths,
    pub(super) gaps: Widths,
    /// For each triangle whether it lies inside of another part of the piece, so that nothing of it is seen.
    pub(super) is_hidden: Vec<bool>,
}

/// What a ray starts with.
struct Spot<'a> {
    piece: &'a Piece,
    bvh: &'a Bvh,
    /// Nothing of it can lie in something else of it.
    has_one_shell: bool,
    normals: &'a [Vec3],
    /// Nearer than this is the surface itself.
    least_mm: f32,
    most_mm: f32,
}

impl Spot<'_> {
    /// The nearest surface that faces along `direction` (1) or against it (-1), and how straight.
    fn nearest(&self, from: Vec3, direction: Vec3, facing: f32) -> Option<(f32, f32)> {
        let along = |triangle: usize| self.normals.get(triangle).map_or(0.0, |normal| normal.dot(direction) * facing);
        let ray = (from, direction);
        let is_met = |triangle: usize| along(triangle) > 0.0;
        let (triangle, distance) = self.bvh.nearest(self.piece, ray, self.least_mm, self.most_mm, &is_met)?;
        Some((distance, along(triangle)))
    }

    /// From a point in the material, how far it is to where the material ends, and how straight it does; none where the
    /// point lies in several shells at once, so that no surface is there.
    fn inside(&self, from: Vec3, direction: Vec3) -> Option<(f32, f32)> {
        if self.has_one_shell {
            return self.nearest(from, direction, 1.0);
        }
        let mut met: Vec<(f32, f32)> = Vec::new();
        self.bvh.meet_all(self.piece, from, direction, &mut |triangle, distance| {
            let along = self.normals.get(triangle).map_or(0.0, |normal| normal.dot(direction));
            if distance > self.least_mm && along != 0.0 {
                met.push((distance, along));
            }
        });
        met.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let step = |along: f32| if along > 0.0 { 1 } else { -1 };
        let mut depth: i32 = met.iter().map(|(_, along)| step(*along)).sum();
        if depth != 1 {
            return None;
        }
        met.into_iter().find(|(_, along)| {
            depth -= step(*along);
            depth == 0
        })
    }

    /// How wide it is across a point inside, square to `normal`; none where it is not about as narrow in most directions.
    fn across(&self, middle: Vec3, normal: Vec3) -> Option<f32> {
        let (one, other) = normal.any_orthonormal_pair();
        let width = |at: u32| {
            let (sine, cosine) = (at as f32 / AROUND as f32 * PI).sin_cos();
            let direction = one * cosine + other * sine;
            Some(self.inside(middle, direction)?.0 + self.inside(middle, -direction)?.0)
        };
        let mut widths: Vec<f32> = (0..AROUND).filter_map(width).collect();
        widths.sort_unstable_by(f32::total_cmp);
        let (least, most) = (widths.first()?, widths.get(SHORT - 1)?);
        (*most <= *least * ROUND).then_some(*least)
    }
}

/// Measures a closed piece whose triangles face outwards.
pub(super) async fn measure(
    (piece, shells): (&Piece, usize),
    bvh: &Bvh,
    limits: Limits,
    pace: &Pace,
    reach: (f32, f32),
) -> Thickness {
    let mut normals = Vec::with_capacity(piece.triangles.len());
    let mut area_mm2 = 0.0;
    for triangle in 0..piece.triangles.len() {
        pace.spend(1).await;
        let cross = piece.cross(triangle);
        area_mm2 += cross.length() / 2.0;
        normals.push(cross.normalize_or_zero());
    }
    let spacing_mm = (area_mm2 / POINTS).sqrt().max(NEAREST_MM);
    let size_mm = piece.bounds_mm().size().length();
    let spot = Spot {
        piece,
        bvh,
        has_one_shell: shells < 2,
        normals: &normals,
        least_mm: (size_mm * 1e-6).max(1e-5),
        most_mm: size_mm * 2.0,
    };
    let mut found = Thickness { is_hidden: vec![false; piece.triangles.len()], ..Thickness::default() };
    let count = piece.triangles.len().max(1) as f32;
    for (triangle, normal) in normals.iter().enumerate() {
        if *normal == Vec3::ZERO {
            continue;
        }
        let corners = piece.corners(triangle);
        let area = piece.cross(triangle).length() / 2.0;
        let rows = ((area.sqrt() / spacing_mm).ceil() as u32).clamp(1, MOST_ROWS);
        let mut is_hidden = true;
        for point in points(corners, rows) {
            pace.spend(RAY * 2).await;
            let Some((width_mm, straight)) = spot.inside(point, -*normal) else { continue };
            is_hidden = false;
            if straight >= OPPOSED {
                let middle = point - *normal * (width_mm * 0.5);
                found.walls.take(Thin { width_mm, at_mm: middle }, limits.wall_mm);
                // What is thick one way is no small detail.
                if width_mm < limits.detail_mm * 2.0 {
                    pace.spend(RAY * 2 * AROUND as usize).await;
                    if let Some(across_mm) = spot.across(middle, *normal) {
                        let thin = Thin { width_mm: width_mm.max(across_mm), at_mm: middle };
                        found.details.take(thin, limits.detail_mm);
                    }
                }
            }
            let gap = spot.nearest(point, *normal, -1.0).filter(|(_, straight)| *straight >= OPPOSED);
            if let Some((width_mm, _)) = gap {
                let middle = point + *normal * (width_mm * 0.5);
                found.gaps.take(Thin { width_mm, at_mm: middle }, limits.gap_mm);
            }
        }
        if let Some(mark) = found.is_hidden.get_mut(triangle) {
            *mark = is_hidden;
        }
        if triangle % 256 == 0 {
            pace.reach(reach.0 + (reach.1 - reach.0) * triangle as f32 / count);
        }
    }
    found
}

/// The middles of the `rows`² equal triangles that a triangle can be cut into.
fn points([a, b, c]: [Vec3; 3], rows: u32) -> impl Iterator<Item = Vec3> {
    let step = 1.0 / rows as f32;
    let at = move |along: f32, up: f32| a + (b - a) * (along * step) + (c - a) * (up * step);
    (0..rows).flat_map(move |up| {
        (0..rows - up).flat_map(move |along| {
            let (x, y) = (along as f32, up as f32);
            let second = (along + up + 1 < rows).then(|| at(x + 2.0 / 3.0, y + 2.0 / 3.0));
            std::iter::once(at(x + 1.0 / 3.0, y + 1.0 / 3.0)).chain(second)
        })
    })
}

/// The thinnest of each neighbourhood, thinnest first: one place to show for many points.
pub(super) fn places(thin: &[Thin], apart_mm: f32, most: usize) -> Vec<Thin> {
    let mut sorted: Vec<Thin> = thin.to_vec();
    sorted.sort_unstable_by(|one, other| one.width_mm.total_cmp(&other.width_mm));
    let mut places: Vec<Thin> = Vec::new();
    for thin in sorted {
        if places.len() == most {
            break;
        }
        if places.iter().all(|place| place.at_mm.distance(thin.at_mm) > apart_mm) {
            places.push(thin);
        }
    }
    places
}
