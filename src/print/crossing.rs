//! Where triangles go through each other.
//!
//! Two triangles are cut by the line that both their planes share, and what each has of it is compared (Möller 1997,
//! <https://doi.org/10.1080/10867651.1997.10487472>), in doubles; what is nearer than numbers of this size can tell only
//! touches. Two that lie in one plane and face one way are one in the other; facing each other, they are where two parts
//! meet.

use glam::{DVec3, Vec3};

use super::bvh::Bvh;
use super::pace::Pace;
use super::piece::Piece;
use super::shell::Shells;
use super::thickness::Thin;

/// No more pairs than this are kept: what has so many is no solid.
const MOST_PAIRS: usize = 100_000;
/// So many comparisons for each triangle; a sound model takes about ten.
const MOST_TRIES: usize = 1_000;

/// Triangles that go through each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Crossings {
    /// How many pairs of triangles of one surface do, or of a hollow and what is around it.
    pub(super) faults: usize,
    /// Where, with the length, mm, below 0, of what they share.
    pub(super) fault_places: Vec<Thin>,
    /// The closed surfaces that go through each other, the lower first.
    pub(super) overlaps: Vec<(u32, u32)>,
    pub(super) overlap_places: Vec<Thin>,
    /// Whether some were not compared, as there are too many in one place.
    pub(super) is_cut_short: bool,
}

/// Finds all pairs of triangles that go through each other.
pub(super) async fn find(piece: &Piece, shells: &Shells, bvh: &Bvh, pace: &Pace) -> Crossings {
    let most = piece.bounds_mm();
    let farthest = most.min.abs().max(most.max.abs()).max_element();
    let least_mm = f64::from((farthest * f32::EPSILON * 4.0).max(1e-6));
    let mut found = Crossings::default();
    let mut tries = MOST_TRIES.saturating_mul(piece.triangles.len());
    let mut pairs = bvh.pairs();
    while let Some((ones, others, is_same)) = pairs.next() {
        pace.spend(ones.len() * others.len()).await;
        for (at, one) in ones.iter().enumerate() {
            for other in others.iter().skip(if is_same { at + 1 } else { 0 }) {
                tries = tries.saturating_sub(1);
                if let Some((middle, length)) = compare(piece, *one, *other, least_mm) {
                    found.take(shells, (*one, *other), Thin { width_mm: -(length as f32), at_mm: middle.as_vec3() });
                }
            }
        }
        if tries == 0 || found.faults + found.overlap_places.len() > MOST_PAIRS {
            found.is_cut_short = true;
            break;
        }
    }
    found.overlaps.sort_unstable();
    found.overlaps.dedup();
    found
}

impl Crossings {
    fn take(&mut self, shells: &Shells, (one, other): (u32, u32), place: Thin) {
        let of = |triangle: u32| shells.of.get(triangle as usize).copied().unwrap_or(0);
        let (one, other) = (of(one).min(of(other)), of(one).max(of(other)));
        let is_body = |name: u32| {
            let shell = shells.list.get(name as usize);
            shell.is_some_and(|shell| shell.is_closed && !shell.is_one_sided && shell.volume_mm3 > 0.0)
        };
        if one != other && is_body(one) && is_body(other) {
            // They come in runs.
            if self.overlaps.last() != Some(&(one, other)) {
                self.overlaps.push((one, other));
            }
            self.overlap_places.push(place);
        } else {
            self.faults += 1;
            self.fault_places.push(place);
        }
    }
}

/// What two triangles share where they go through each other: its middle and its length.
fn compare(piece: &Piece, one: u32, other: u32, least_mm: f64) -> Option<(DVec3, f64)> {
    let (a, b) = (piece.corners(one as usize), piece.corners(other as usize));
    let box_of =
        |corners: [Vec3; 3]| (corners[0].min(corners[1]).min(corners[2]), corners[0].max(corners[1]).max(corners[2]));
    let ((a_min, a_max), (b_min, b_max)) = (box_of(a), box_of(b));
    if !(a_min.cmple(b_max).all() && b_min.cmple(a_max).all()) || has_side_of(piece, one, other) {
        return None;
    }
    let (a, b) = (a.map(|corner| corner.as_dvec3()), b.map(|corner| corner.as_dvec3()));
    let (a_normal, b_normal) = (normal(a)?, normal(b)?);
    let above = |corners: [DVec3; 3], origin: DVec3, normal: DVec3| {
        corners.map(|corner| {
            let height = (corner - origin).dot(normal);
            if height.abs() <= least_mm { 0.0 } else { height }
        })
    };
    let (a_above, b_above) = (above(a, b[0], b_normal), above(b, a[0], a_normal));
    if a_above == [0.0; 3] || b_above == [0.0; 3] {
        return (a_normal.dot(b_normal) > 0.0).then(|| in_plane(a, b, a_normal, least_mm)).flatten();
    }
    let goes_through =
        |above: [f64; 3]| above.iter().any(|height| *height > 0.0) && above.iter().any(|height| *height < 0.0);
    if !(goes_through(a_above) && goes_through(b_above)) {
        return None;
    }
    let along = a_normal.cross(b_normal).try_normalize()?;
    let ([a_from, a_to], [b_from, b_to]) = (share(a, a_above, along)?, share(b, b_above, along)?);
    let from = if a_from.0 > b_from.0 { a_from } else { b_from };
    let to = if a_to.0 < b_to.0 { a_to } else { b_to };
    (to.0 - from.0 > least_mm).then(|| ((from.1 + to.1) / 2.0, to.0 - from.0))
}

/// Whether one has a side of the other, which then runs the other way there: they only fold.
fn has_side_of(piece: &Piece, one: u32, other: u32) -> bool {
    let corners = |triangle: u32| piece.triangles.get(triangle as usize).copied().unwrap_or_default();
    let ([a, b, c], [d, e, f]) = (corners(one), corners(other));
    [(a, b), (b, c), (c, a)].iter().any(|(from, to)| [(e, d), (f, e), (d, f)].contains(&(*from, *to)))
}

fn normal([a, b, c]: [DVec3; 3]) -> Option<DVec3> {
    (b - a).cross(c - a).try_normalize()
}

/// What a triangle has of the line along which a plane cuts it, by its corners' heights above that plane.
fn share(corners: [DVec3; 3], above: [f64; 3], along: DVec3) -> Option<[(f64, DVec3); 2]> {
    let [a, b, c] = corners;
    let [a_above, b_above, c_above] = above;
    let cut = |from: DVec3, to: DVec3, from_above: f64, to_above: f64| {
        (from_above * to_above < 0.0).then(|| from + (to - from) * (from_above / (from_above - to_above)))
    };
    let on = |corner: DVec3, above: f64| (above == 0.0).then_some(corner);
    let points = [
        on(a, a_above),
        on(b, b_above),
        on(c, c_above),
        cut(a, b, a_above, b_above),
        cut(b, c, b_above, c_above),
        cut(c, a, c_above, a_above),
    ];
    let mut placed = points.into_iter().flatten().map(|point| (point.dot(along), point));
    let first = placed.next()?;
    let [mut from, mut to] = [first, first];
    for place in placed {
        from = if place.0 < from.0 { place } else { from };
        to = if place.0 > to.0 { place } else { to };
    }
    Some([from, to])
}

/// Whether two triangles of one plane lie over each other by more than numbers can tell: no line along a side parts them.
fn in_plane(a: [DVec3; 3], b: [DVec3; 3], normal: DVec3, least_mm: f64) -> Option<(DVec3, f64)> {
    let mut depth = f64::INFINITY;
    for corners in [a, b] {
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let side = *corners.get(to)? - *corners.get(from)?;
            let out = side.cross(normal).try_normalize()?;
            let range = |corners: [DVec3; 3]| {
                let along = corners.map(|corner| corner.dot(out));
                (
                    along.iter().copied().fold(f64::INFINITY, f64::min),
                    along.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                )
            };
            let (one, other) = (range(a), range(b));
            depth = depth.min(one.1.min(other.1) - one.0.max(other.0));
        }
    }
    let middle = (a.iter().sum::<DVec3>() + b.iter().sum::<DVec3>()) / 6.0;
    (depth > least_mm).then_some((middle, depth))
}
