//! A picture in parts: graphics that take a second for a whole one answer nobody meanwhile, not even the page.

#[cfg(feature = "product")]
use super::{Frame, Renderer, Target};

/// Rows of a pass's picture that are drawn now; passes have them in turn, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "product"), expect(unreachable_pub, reason = "only products are drawn in parts"))]
pub struct Part {
    /// Which pass, from 0: what lies behind glass comes first, one pass for each version of it, then the picture itself.
    pub pass: usize,
    /// The first row, and the one after the last, from the top of the target.
    pub rows_px: [u32; 2],
}

/// What is drawn of one pass; only products have less than the whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Cut {
    top_px: u32,
    bottom_px: u32,
    height_px: u32,
}

impl Cut {
    /// The whole pass, or as much of it as `part` says; none when it is another pass's turn.
    pub(super) fn of(part: Option<Part>, pass: usize, height_px: u32) -> Option<Self> {
        match part {
            Some(part) if cfg!(feature = "product") => {
                let [top_px, bottom_px] = part.rows_px.map(|row| row.min(height_px));
                (part.pass == pass).then_some(Self { top_px, bottom_px, height_px })
            }
            _ => Some(Self { top_px: 0, bottom_px: height_px, height_px }),
        }
    }

    /// Nothing of the pass was drawn before.
    pub(in crate::render) fn begins(self) -> bool {
        !cfg!(feature = "product") || self.top_px == 0
    }

    /// What an attachment is filled with before the first part.
    pub(in crate::render) fn load<V>(self, value: V) -> wgpu::LoadOp<V> {
        if self.begins() { wgpu::LoadOp::Clear(value) } else { wgpu::LoadOp::Load }
    }

    /// Nothing is left to draw.
    pub(in crate::render) fn ends(self) -> bool {
        !cfg!(feature = "product") || self.bottom_px == self.height_px
    }

    /// What is left of rows `top` to `bottom`; a pass's picture is `down` times as high as the target.
    pub(super) fn rows(self, top: u32, bottom: u32, down: f32) -> [u32; 2] {
        if self.begins() && self.ends() {
            return [top, bottom];
        }
        // Rounded alike above and below, so that parts meet.
        let [first, after] = [self.top_px, self.bottom_px].map(|row| (row as f32 * down).round() as u32);
        [top.max(first), bottom.min(if self.ends() { bottom } else { after })]
    }
}

#[cfg(feature = "product")]
impl Renderer {
    /// Draws a part of a frame, and with the last one the picture to `target`, of which only the size counts before.
    /// Returns how many passes the picture has; `None` when the part cannot be drawn, because the device is lost, the
    /// target is empty, or another picture was drawn since the part before: then begin with the first again. The frame
    /// must be the same in all parts.
    pub fn draw_part(
        &mut self,
        frame: &Frame<'_>,
        size_px: [u32; 2],
        target: Option<&Target<'_>>,
        part: Part,
    ) -> Option<usize> {
        let first = part.pass == 0 && part.rows_px[0] == 0;
        if !first && self.parted != Some(self.frame_count) {
            return None;
        }
        let passes = self.paint(frame, size_px, target, Some(part))?;
        self.parted = Some(self.frame_count);
        Some(passes)
    }
}
