//! A picture in parts: graphics that take a second for a whole one answer nobody meanwhile, not even the page.
//!
//! Rows share the pixels among the parts, slices the triangles: each band of rows has all slices of a pass in their order,
//! so that what is drawn over what stays as it is.

#[cfg(feature = "product")]
use std::ops::Range;

#[cfg(feature = "product")]
use super::{Frame, PlacementId, Renderer, Target};

/// Rows of a pass's picture that are drawn now, and which of the pass's triangles; passes have all slices of their rows in
/// turn, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "product"), expect(unreachable_pub, reason = "only products are drawn in parts"))]
pub struct Part {
    /// Which pass, from 0: what lies behind glass comes first, one pass for each version of it, then the picture itself.
    pub pass: usize,
    /// The first row, and the one after the last, from the top of the target.
    pub rows_px: [u32; 2],
    /// Which slice, from 0, and how many there are, at least 1: about as many triangles are in each.
    pub slice: [u32; 2],
}

impl Part {
    /// As [`Part::pass`]: the shadows on the floor that are to change, which other parts leave as they are. They count as
    /// a picture of their own, before the one that is to show them.
    #[cfg(feature = "product")]
    pub const SHADOWS: usize = usize::MAX;

    #[cfg(feature = "product")]
    pub(super) fn is_first(self) -> bool {
        (self.pass == 0 && self.rows_px[0] == 0 || self.pass == Self::SHADOWS) && self.is_first_slice()
    }

    fn is_first_slice(self) -> bool {
        !cfg!(feature = "product") || self.slice[0] == 0
    }

    fn is_last_slice(self) -> bool {
        !cfg!(feature = "product") || self.slice[0] + 1 >= self.slice[1]
    }
}

/// What is drawn of one pass; only products have less than the whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Cut {
    top_px: u32,
    bottom_px: u32,
    height_px: u32,
    /// The first and the last of the slices.
    slices: [bool; 2],
}

impl Cut {
    /// The whole pass, or as much of it as `part` says; none when it is another pass's turn.
    pub(super) fn of(part: Option<Part>, pass: usize, height_px: u32) -> Option<Self> {
        match part {
            Some(part) if cfg!(feature = "product") => {
                let [top_px, bottom_px] = part.rows_px.map(|row| row.min(height_px));
                let slices = [part.is_first_slice(), part.is_last_slice()];
                (part.pass == pass).then_some(Self { top_px, bottom_px, height_px, slices })
            }
            _ => Some(Self { top_px: 0, bottom_px: height_px, height_px, slices: [true; 2] }),
        }
    }

    /// Nothing of the pass was drawn before.
    pub(in crate::render) fn begins(self) -> bool {
        !cfg!(feature = "product") || (self.top_px == 0 && self.slices[0])
    }

    /// What an attachment is filled with before the first part.
    pub(in crate::render) fn load<V>(self, value: V) -> wgpu::LoadOp<V> {
        if self.begins() { wgpu::LoadOp::Clear(value) } else { wgpu::LoadOp::Load }
    }

    /// Nothing is left to draw.
    pub(in crate::render) fn ends(self) -> bool {
        !cfg!(feature = "product") || (self.is_lowest() && self.slices[1])
    }

    fn is_lowest(self) -> bool {
        self.bottom_px == self.height_px
    }

    /// What is left of rows `top` to `bottom`; a pass's picture is `down` times as high as the target.
    pub(super) fn rows(self, top: u32, bottom: u32, down: f32) -> [u32; 2] {
        if self.top_px == 0 && self.is_lowest() {
            return [top, bottom];
        }
        // Rounded alike above and below, so that parts meet.
        let [first, after] = [self.top_px, self.bottom_px].map(|row| (row as f32 * down).round() as u32);
        [top.max(first), bottom.min(if self.is_lowest() { bottom } else { after })]
    }
}

/// What of a pass's draws belongs to a slice, in their order.
#[cfg(feature = "product")]
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Gate {
    /// Indices that came before, drawn or not.
    at: u64,
    wanted: [u64; 2],
    /// The first and the last of the slices.
    ends: [bool; 2],
}

#[cfg(feature = "product")]
impl Gate {
    /// For a pass of about so many indices; the last slice has whatever is left.
    pub(super) fn new(part: Option<Part>, indices: u64) -> Self {
        let Some(part) = part else { return Self { at: 0, wanted: [0, u64::MAX], ends: [true; 2] } };
        let [slice, slices] = part.slice.map(u64::from);
        let ends = [part.is_first_slice(), part.is_last_slice()];
        // What is made of a shadow's casters takes about as long as a slice of them.
        let shares = if part.pass == Part::SHADOWS { slices.saturating_sub(1).max(1) } else { slices.max(1) };
        let edge = |slice: u64| if slice >= shares { u64::MAX } else { indices * slice / shares };
        Self { at: 0, wanted: [if slices > 1 { edge(slice) } else { 0 }, edge(slice + 1)], ends }
    }

    /// Of shadows that are to change; none leaves them as they are.
    pub(super) fn of_shadows(part: Option<Part>, indices: impl FnOnce() -> u64) -> Option<Self> {
        match part {
            None => Some(Self::new(None, 0)),
            Some(part) => (part.pass == Part::SHADOWS).then(|| Self::new(Some(part), indices())),
        }
    }

    /// Which of the next indices are drawn; `step` of them are never parted.
    pub(in crate::render) fn take(&mut self, indices: u32, step: u32) -> Range<u32> {
        let at = self.at;
        self.at += u64::from(indices);
        let [from, until] = self.wanted.map(|edge| match edge.saturating_sub(at) {
            inside if inside >= u64::from(indices) => indices,
            inside => inside as u32 / step.max(1) * step.max(1),
        });
        from..until
    }

    /// Nothing was to be drawn before, or is to be drawn after.
    pub(in crate::render) fn ends(self) -> [bool; 2] {
        self.ends
    }

    /// Whether what counts as one index is drawn.
    pub(in crate::render) fn takes_one(&mut self) -> bool {
        !self.take(1, 1).is_empty()
    }
}

#[cfg(feature = "product")]
impl Renderer {
    /// Draws a part of a frame, and with the last one the picture to `target`, of which only the size counts before.
    /// Returns how many passes the picture has; `None` when the part cannot be drawn, because the device is lost, the
    /// target is empty, or another picture was drawn since the part before, or something looks or stands otherwise: then
    /// begin with the first again. Light and views must be the same in all parts.
    pub fn draw_part(
        &mut self,
        frame: &Frame<'_>,
        size_px: [u32; 2],
        target: Option<&Target<'_>>,
        part: Part,
    ) -> Option<usize> {
        if !part.is_first() && self.parted.is_none_or(|(frames, _)| frames != self.frame_count) {
            return None;
        }
        self.paint(frame, size_px, target, Some(part))
    }

    /// Whether a part fits those before it.
    pub(super) fn goes_on(&mut self, part: Option<Part>, looks: &[Vec<PlacementId>]) -> bool {
        let placements = looks.iter().flatten().filter_map(|id| self.placements.get(id));
        let now = placements.fold(0, |sum, placement| sum + 1 + placement.changes());
        let fits = part.is_none_or(|part| part.is_first() || self.parted.is_some_and(|(_, before)| before == now));
        self.parted = (fits && part.is_some()).then_some((self.frame_count + 1, now));
        fits
    }
}
