//! What JavaScript asks of a picture of the thing that is owned. Places are CSS pixels from the element's upper left corner.

use glam::Vec2;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ImageBitmap;

use super::viewer::Viewer;
use crate::align::{Deed, Fit, focal_35_mm};
use crate::product::view::{PhotoSolved, to_json};
use crate::render::{Pixels, RenderError};
use crate::viewer::{Event, PhotoView};

/// What became of a picture.
const NOT_OWNED: u32 = 0;
const SHOWN: u32 = 1;
const LACKS_SHADERS: u32 = 2;
const WANTS_PIXELS: u32 = 3;
const REFUSED: u32 = 4;

#[wasm_bindgen]
impl Viewer {
    /// Shows a picture behind what is owned, through a lens of so many millimetres on 35-mm film (0: unknown). 0: nothing is
    /// owned; 1: it is shown; 2: give the shaders that lie apart first; 3: its pixels are wanted; 4: the device refuses it.
    pub fn photo(&self, bitmap: &ImageBitmap, focal: f32) -> u32 {
        self.take_photo(&Pixels::Bitmap(bitmap), [bitmap.width(), bitmap.height()], focal)
    }

    /// The same as straight RGBA bytes, rows from the top.
    #[wasm_bindgen(js_name = photoPixels)]
    pub fn photo_pixels(&self, width_px: u32, height_px: u32, bytes: &[u8], focal: f32) -> u32 {
        self.take_photo(&Pixels::Rgba8 { width_px, height_px, bytes }, [width_px, height_px], focal)
    }

    /// The next picture of a film of the same camera.
    #[wasm_bindgen(js_name = photoNext)]
    pub fn photo_next(&self, bitmap: &ImageBitmap) -> bool {
        let id = self.machine.borrow().photo_id();
        let taken = self.page.renderer.borrow_mut().set_photo(id, &Pixels::Bitmap(bitmap)).is_ok();
        self.machine.borrow_mut().photo_moved_on();
        self.tell(Event::Missed);
        taken
    }

    /// A small copy of the picture, straight RGBA, from which its light is read.
    #[wasm_bindgen(js_name = photoLight)]
    pub fn photo_light(&self, bytes: &[u8], width_px: usize) {
        let mut effects = Vec::new();
        self.machine.borrow_mut().light_photo(bytes, width_px, &mut effects);
        self.orders.borrow_mut().extend(effects);
        self.tell(Event::Missed);
    }

    /// Moves the outline: `drag` by CSS pixels to the right and down, `twist`, `turn` and `tilt` by degrees, `scale` and `lens`
    /// by a factor.
    #[wasm_bindgen(js_name = photoMove)]
    pub fn photo_move(&self, name: &str, first: f32, second: f32) {
        {
            let mut machine = self.machine.borrow_mut();
            let by = Vec2::new(first, second);
            match name {
                "drag" => machine.drag_photo(by.x, by.y),
                "twist" => machine.move_photo(Deed::Twist(first.to_radians())),
                "turn" => machine.move_photo(Deed::Turn(first.to_radians())),
                "tilt" => machine.move_photo(Deed::Tilt(first.to_radians())),
                "scale" => machine.move_photo(Deed::Scale(first)),
                "lens" => machine.move_photo(Deed::Lens(first)),
                "reset" => machine.reset_photo(),
                _ => return,
            }
        }
        self.tell(Event::Missed);
    }

    /// Sets what `photoState` tells: `view` (0 align, 1 before, 2 after), `fit` (0 contain, 1 cover), `brighter`, or a number of
    /// the camera.
    #[wasm_bindgen(js_name = photoSet)]
    pub fn photo_set(&self, name: &str, number: f32) {
        let mut effects = Vec::new();
        {
            let mut machine = self.machine.borrow_mut();
            match name {
                "view" if number == 0.0 => machine.view_photo(PhotoView::Align, &mut effects),
                "view" if number == 1.0 => machine.view_photo(PhotoView::Before, &mut effects),
                "view" => machine.view_photo(PhotoView::After, &mut effects),
                "fit" => machine.fit_photo(if number == 1.0 { Fit::Cover } else { Fit::Contain }),
                "brighter" => machine.brighten_photo(number),
                _ => {
                    machine.set_photo(name, number);
                }
            }
        }
        self.orders.borrow_mut().extend(effects);
        self.tell(Event::Missed);
    }

    /// Lays the outline as it was kept with a design.
    #[wasm_bindgen(js_name = photoAlign)]
    pub fn photo_align(&self, numbers: &[f32]) -> bool {
        let laid = <[f32; 7]>::try_from(numbers).is_ok_and(|numbers| self.machine.borrow_mut().align_photo(numbers));
        self.tell(Event::Missed);
        laid
    }

    /// Marks one of the product file's points.
    #[wasm_bindgen(js_name = photoMark)]
    pub fn photo_mark(&self, id: &str, x_css_px: f32, y_css_px: f32) -> bool {
        self.machine.borrow_mut().mark_photo(id, x_css_px, y_css_px)
    }

    /// Takes a mark away; all for an empty id.
    #[wasm_bindgen(js_name = photoUnmark)]
    pub fn photo_unmark(&self, id: &str) {
        self.machine.borrow_mut().unmark_photo(id);
    }

    /// JSON: lays the outline as the marks say, or tells what is wrong with them.
    #[wasm_bindgen(js_name = photoSolve)]
    pub fn photo_solve(&self) -> String {
        let solved = self.machine.borrow_mut().solve_photo();
        let view = match solved {
            Ok(off) => PhotoSolved { off: Some(off), code: "", points: Vec::new() },
            Err((fault, points)) => PhotoSolved { off: None, code: fault.code().as_str(), points },
        };
        self.tell(Event::Missed);
        to_json(&view)
    }

    /// JSON: the picture, its camera and its marks.
    #[wasm_bindgen(js_name = photoState)]
    pub fn photo_state(&self) -> Option<String> {
        self.machine.borrow().photo_state().as_ref().map(to_json)
    }

    /// Back to the product alone; the picture is forgotten.
    #[wasm_bindgen(js_name = photoEnd)]
    pub fn photo_end(&self) {
        let id = {
            let mut machine = self.machine.borrow_mut();
            machine.end_photo();
            machine.photo_id()
        };
        self.page.renderer.borrow_mut().remove_photo(id);
        self.tell(Event::Missed);
    }

    /// The lens that a JPEG's beginning tells, millimetres on 35-mm film; 0 where it does not.
    #[wasm_bindgen(js_name = focalOf)]
    pub fn focal_of(&self, bytes: &[u8]) -> f32 {
        focal_35_mm(bytes).unwrap_or(0.0)
    }
}

impl Viewer {
    fn take_photo(&self, pixels: &Pixels<'_>, [width_px, height_px]: [u32; 2], focal: f32) -> u32 {
        let id = self.machine.borrow().photo_id();
        let taken = self.page.renderer.borrow_mut().set_photo(id, pixels);
        match taken {
            Ok(()) => {}
            Err(RenderError::Shaders) => return LACKS_SHADERS,
            Err(RenderError::Copy { .. }) if !matches!(pixels, Pixels::Rgba8 { .. }) => return WANTS_PIXELS,
            Err(_) => return REFUSED,
        }
        let mut effects = Vec::new();
        let focal = Some(focal).filter(|focal| *focal > 0.0);
        let aspect = width_px as f32 / height_px.max(1) as f32;
        let shown = self.machine.borrow_mut().show_photo(aspect, focal, &mut effects);
        self.orders.borrow_mut().extend(effects);
        self.tell(Event::Missed);
        if shown { SHOWN } else { NOT_OWNED }
    }
}
