//! Small pictures of what a choice would look like.

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
        }
        u32::from(drawn)
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
