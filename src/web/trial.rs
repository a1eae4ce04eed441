//! Small pictures of what a choice would look like.

#[cfg(feature = "webgpu")]
use std::sync::Arc;
use std::sync::atomic::Ordering;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

use super::viewer::Viewer;
use crate::thumbnail;
use crate::viewer::{Trial, TrialSide};

#[wasm_bindgen]
impl Viewer {
    /// Draws a configuration, by its code, to another canvas: of the whole picture the part from `left` and `top` on with
    /// this width and height, in shares of it. `group`, by id, and `side` (0 front, 1 back, 2 above) tell from where. 0: it
    /// cannot be drawn as things are; 1: it is drawn; 2: pictures are on their way.
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
        let drawn = {
            let machine = self.machine.borrow();
            let place = [left, top, width, height];
            machine
                .trial_frame(width_px, height_px, group, side, place)
                .is_some_and(|frame| self.draw_still(&frame, &canvas, [width_px, height_px]))
        };
        if drawn {
            self.host.present(&canvas, width_px, height_px);
            self.await_device();
        }
        u32::from(drawn)
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

impl Viewer {
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
