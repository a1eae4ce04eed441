//! The picture in parts, for graphics that take too long for a whole one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::Viewer;
use super::surface::Surface;
use crate::color::opaque_css_color;
use crate::frame::Frame;
use crate::render::{Part, Target};
use crate::viewer::Event;

#[wasm_bindgen]
impl Viewer {
    /// Draws rows of one pass of the next frame, and of its triangles one slice of so many, as
    /// [`crate::render::Renderer::draw_part`] does; the first moves the machine on to `now_secs`, the last shows the
    /// picture. Pass 0xffffffff is [`Part::SHADOWS`]. Returns how many passes it has, 0 when it must be begun anew or there
    /// is nothing to draw. A redraw that is asked for meanwhile is another picture: this one is seen from where it was begun.
    #[expect(clippy::too_many_arguments, reason = "numbers from JavaScript")]
    pub fn part(
        &self,
        now_secs: f64,
        background: &str,
        pass: usize,
        top_px: u32,
        bottom_px: u32,
        slice: u32,
        slices: u32,
        last: bool,
    ) -> usize {
        let first = slice == 0 && (pass == Part::SHADOWS || pass == 0 && top_px == 0);
        if first && pass == 0 {
            self.tell(Event::Tick { now_secs });
        }
        let part = Part { pass, rows_px: [top_px, bottom_px], slice: [slice, slices] };
        let passes = self.draw_part(background, part, first, last).unwrap_or(0);
        if last && passes > 0 {
            self.drawn(Some(true), now_secs);
        }
        passes
    }
}

impl Viewer {
    fn draw_part(&self, background: &str, part: Part, first: bool, last: bool) -> Option<usize> {
        let size_px = self.size_px.get();
        let machine = self.machine.borrow();
        let mut frame = machine.frame_at(size_px[0], size_px[1])?;
        frame.page_color = opaque_css_color(background);
        if first {
            self.part_views.borrow_mut().clone_from(&frame.views);
        } else {
            frame.views.clone_from(&self.part_views.borrow());
        }
        if !last {
            return self.page.renderer.borrow_mut().draw_part(&frame, size_px, None, part);
        }
        let (surface, canvas_px) = match (&self.surface, &self.page.shared) {
            (Some(surface), _) => (surface, size_px),
            (None, Some(shared)) => (shared, self.page.shared_size_px([0, 0])),
            (None, None) => return None,
        };
        self.last_part(&mut surface.borrow_mut(), canvas_px, &frame, size_px, part)
    }

    /// Draws the part that shows the picture.
    pub(super) fn last_part(
        &self,
        surface: &mut Surface,
        canvas_px: [u32; 2],
        frame: &Frame<'_>,
        size_px: [u32; 2],
        part: Part,
    ) -> Option<usize> {
        let mut renderer = self.page.renderer.borrow_mut();
        let acquired = surface.acquire(renderer.gpu(), &self.page.adapter, canvas_px)?;
        let target = Target { view: &acquired.view, format: acquired.format, size_px, flip: false };
        let passes = renderer.draw_part(frame, size_px, Some(&target), part);
        if passes.is_some() {
            renderer.gpu().queue.present(acquired.texture);
        }
        passes
    }
}
