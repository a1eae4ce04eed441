//! In which order glass is seen through glass: each surface looks at a picture that holds what is farther.

use glam::{Mat4, Vec2, Vec3};

use super::passes::Seen;
use super::pipeline::Cull;
use crate::geom::Aabb;

/// Pictures of what lies behind that a frame can have: glass behind that many others is not seen through them.
pub(super) const MOST_VERSIONS: usize = 4;

/// One surface that transmits, or one of its sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// Among those that transmit, farthest first.
    pub(super) entry: usize,
    /// Which picture it looks at: 0 is without any glass.
    pub(super) version: usize,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Both,
    Inner,
    Outer,
}

impl Step {
    /// Which of an item's two pipelines draw it: false the first, true the second.
    pub(super) fn draws(&self) -> impl Iterator<Item = bool> {
        [self.side != Side::Outer, self.side != Side::Inner]
            .into_iter()
            .zip([false, true])
            .filter_map(|(draws, second)| draws.then_some(second))
    }
}

/// A rectangle on the screen, in clip space over w.
#[derive(Clone, Copy, Debug)]
struct Covered {
    min: Vec2,
    max: Vec2,
}

impl Covered {
    const ALL: Self = Self { min: Vec2::NEG_INFINITY, max: Vec2::INFINITY };

    fn of(bounds: Option<Aabb>, projection_from_world: Mat4) -> Self {
        let Some(bounds) = bounds else { return Self::ALL };
        let mut out = Self { min: Vec2::INFINITY, max: Vec2::NEG_INFINITY };
        for corner in 0..8 {
            let at = |bit, low, high| if corner & bit == 0 { low } else { high };
            let corner = Vec3::new(
                at(1, bounds.min.x, bounds.max.x),
                at(2, bounds.min.y, bounds.max.y),
                at(4, bounds.min.z, bounds.max.z),
            );
            let clip = projection_from_world * corner.extend(1.0);
            // What reaches behind the eye may be anywhere.
            if clip.w <= 0.0 {
                return Self::ALL;
            }
            let place = clip.truncate().truncate() / clip.w;
            out = Self { min: out.min.min(place), max: out.max.max(place) };
        }
        out
    }

    fn meets(&self, other: &Self) -> bool {
        self.min.cmple(other.max).all() && other.min.cmple(self.max).all()
    }
}

/// The steps of `entries`, which come farthest first: each looks at what all farther ones in its way have been drawn to.
pub(super) fn steps(entries: &[Seen<'_>], projection_from_world: Mat4) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let covered: Vec<_> = entries.iter().map(|seen| Covered::of(seen.bounds(), projection_from_world)).collect();
    for (entry, (seen, here)) in entries.iter().zip(&covered).enumerate() {
        let farther = out.iter().filter(|step| covered.get(step.entry).is_some_and(|other| other.meets(here)));
        let version = farther.map(|step| step.version + 1).max().unwrap_or(0).min(MOST_VERSIONS - 1);
        let two_sided = seen.item.key.cull == Cull::Front;
        let sides: &[_] = if two_sided { &[Side::Inner, Side::Outer] } else { &[Side::Both] };
        for (nearer, side) in sides.iter().enumerate() {
            out.push(Step { entry, version: (version + nearer).min(MOST_VERSIONS - 1), side: *side });
        }
    }
    out
}
