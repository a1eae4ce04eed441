//! Small pictures of what a choice would look like.

#[cfg(feature = "webgpu")]
use std::sync::Arc;
use std::sync::atomic::Ordering;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

use super::surface::Surface;
use super::viewer::Viewer;
use crate::frame::Frame;
use crate::render::Part;
use crate::thumbnail;
use crate::viewer::{Trial, TrialSide};

#[wasm_bindgen]
impl Viewer {
    /// Draws a configuration, by its code, to another canvas: of the whole picture the part from `left` and `top` on with
    /// this width and height, in shares of it. `group`, by id, and `side` (0 front, 1 back, 2 above) tell from where. On slow
    /// graphics each call draws one of `slices`. 0: it cannot be drawn as things are; 1: it is drawn; 2: pictures are on
    /// their way; 3: a slice is drawn, and the same call draws the next.
    #[expect(clippy::too_many_arguments, reason = "one crossing of the bridge for each picture")]
    #[wasm_bindgen(js_name = tryOn)]
    pub fn try_on(
        &self,
        canvas: HtmlCanvasElement,
        width_px: u32,
        height_px: u32,
        code: &str,
        group: &str,
        side: u32,
        left: f32,
        top: f32,
        width: f32,
        height: f32,
        slices: u32,
    ) -> u32 {
        let mut effects = Vec::new();
        let trial = self.machine.borrow_mut().try_look(code, &mut effects);
        self.orders.borrow_mut().extend(effects);
        self.give_orders();
        match trial {
            Trial::Nothing => return 0,
            Trial::Waits => return 2,
            Trial::Ready => {}
        }
        // One pipeline for each task, as for the product itself.
        if self.prepare_trial([width_px, height_px], group) > 0 {
            return 2;
        }
        let side = match side {
            1 => TrialSide::Back,
            2 => TrialSide::Above,
            _ => TrialSide::Front,
        };
        let (size_px, place) = ([width_px, height_px], [left, top, width, height]);
        let drawn = {
            let machine = self.machine.borrow();
            let Some(frame) = machine.trial_frame(width_px, height_px, group, side, place) else { return 0 };
            if slices > 1 {
                let name = [code, group].concat();
                self.draw_slice(&frame, &canvas, &Slicing { name, side, size_px, place, slices, ..Slicing::default() })
            } else {
                u32::from(self.draw_still(&frame, &canvas, size_px))
            }
        };
        if drawn == 1 {
            self.host.present(&canvas, width_px, height_px);
        }
        if drawn != 0 {
            self.await_device();
        }
        drawn
    }

    /// Whether the device has done what the last trial asked of it: reading its picture back before would make the page wait,
    /// for seconds where a shader is compiled meanwhile.
    #[wasm_bindgen(getter, js_name = trialStands)]
    pub fn trial_stands(&self) -> bool {
        self.trial_stands.load(Ordering::Relaxed)
    }

    /// Where pictures of one size differ, each RGBA bytes, one behind the other: left, top, width and height of a square
    /// around it, middle and radius of the largest disc in it, and how much differs; all in shares of the picture. Empty
    /// when nothing does.
    pub fn differing(&self, pictures: &[u8], width_px: usize, height_px: usize) -> Vec<f32> {
        thumbnail::differing(pictures, width_px, height_px)
            .map(|patch| [&patch.place[..], &patch.disc[..], &[patch.share]].concat())
            .unwrap_or_default()
    }
}

/// A small picture that is drawn slice by slice.
#[derive(Debug, Default)]
pub(super) struct Slicing {
    name: String,
    side: TrialSide,
    size_px: [u32; 2],
    place: [f32; 4],
    slices: u32,
    /// What comes next.
    pass: usize,
    slice: u32,
    /// How many passes there are; 0 until the first is drawn.
    passes: usize,
}

impl Slicing {
    fn is_of(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.side, one.size_px, one.place, one.slices);
        self.name == other.name && what(self) == what(other)
    }
}

impl Viewer {
    /// The next slice: 0 when it cannot be drawn, 1 when it was the last, 3 when more are to come.
    fn draw_slice(&self, frame: &Frame<'_>, canvas: &HtmlCanvasElement, wanted: &Slicing) -> u32 {
        let mut underway = self.slicing.borrow_mut();
        if !underway.is_of(wanted) {
            *underway = Slicing { name: wanted.name.clone(), ..*wanted };
        }
        let Slicing { size_px, slices, pass, slice, passes, .. } = *underway;
        let part = Part { pass, rows_px: [0, size_px[1]], slice: [slice, slices] };
        let is_last = pass + 1 == passes && slice + 1 == slices;
        let drawn = if is_last {
            self.still_part(frame, canvas, size_px, part)
        } else {
            self.page.renderer.borrow_mut().draw_part(frame, size_px, None, part)
        };
        match drawn {
            Some(_) if is_last => {
                *underway = Slicing::default();
                1
            }
            Some(passes) => {
                underway.passes = passes;
                (underway.pass, underway.slice) = if slice + 1 == slices { (pass + 1, 0) } else { (pass, slice + 1) };
                3
            }
            None => {
                // Something else was drawn meanwhile.
                let began = (pass, slice) == (0, 0);
                *underway = Slicing::default();
                if began { 0 } else { 2 }
            }
        }
    }

    fn still_part(
        &self,
        frame: &Frame<'_>,
        canvas: &HtmlCanvasElement,
        size_px: [u32; 2],
        part: Part,
    ) -> Option<usize> {
        match &self.page.shared {
            Some(shared) => {
                self.last_part(&mut shared.borrow_mut(), self.page.shared_size_px(size_px), frame, size_px, part)
            }
            None => {
                let mut surface = Surface::new(&self.page.instance, canvas.clone()).ok()?;
                self.last_part(&mut surface, size_px, frame, size_px, part)
            }
        }
    }

    /// Builds one pipeline that the trial needs; how many are left.
    fn prepare_trial(&self, [width_px, height_px]: [u32; 2], group: &str) -> usize {
        let machine = self.machine.borrow();
        let frame = machine.trial_frame(width_px, height_px, group, TrialSide::Front, [0.0, 0.0, 1.0, 1.0]);
        frame.map_or(0, |frame| self.page.renderer.borrow_mut().prepare(&frame))
    }

    /// WebGL2 tells only who asks again and again; there the browser's copy waits by itself.
    fn await_device(&self) {
        #[cfg(feature = "webgpu")]
        if self.page.shared.is_none() {
            self.trial_stands.store(false, Ordering::Relaxed);
            let stands = Arc::clone(&self.trial_stands);
            self.page
                .renderer
                .borrow()
                .gpu()
                .queue
                .on_submitted_work_done(move || stands.store(true, Ordering::Relaxed));
        }
    }
}
