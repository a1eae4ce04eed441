//! What JavaScript asks of the product in real space. Points are metres in the product's space, places CSS pixels from
//! the element's upper left corner.

use glam::Vec3;
use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::product::view::to_json;
use crate::viewer::{Event, Mark};

#[wasm_bindgen]
impl Viewer {
    /// Six numbers a point: its place, and away from its surface, or zeros where every side is its front. Of the
    /// product file's own points `of_body` is true. Five numbers a point come back: left, top, depth from 0 to 1, whether its
    /// surface faces the eye, and whether something stands before it. Left and top are no numbers behind the eye.
    pub fn project(&self, points: &[f32], of_body: bool) -> Vec<f32> {
        let machine = self.machine.borrow();
        let mark = |[x, y, z, right, up, front]: &[f32; 6]| {
            let normal = Vec3::new(*right, *up, *front);
            Mark { point: Vec3::new(*x, *y, *z), normal: (normal != Vec3::ZERO).then_some(normal) }
        };
        let mut marks: Vec<Mark> = points.as_chunks().0.iter().map(mark).collect();
        if of_body {
            machine.from_body(&mut marks);
        }
        let flag = |flag: bool| f32::from(u8::from(flag));
        let spots = machine.project(&marks).into_iter();
        spots
            .flat_map(|spot| [spot.at_css_px.x, spot.at_css_px.y, spot.depth, flag(spot.faces), flag(spot.hidden)])
            .collect()
    }

    /// The surface under a place: point, normal, texture coordinates (no numbers where there are none), then the model, and
    /// its material's index, or −1. Empty where there is none.
    pub fn hit(&self, x_css_px: f32, y_css_px: f32) -> Vec<f32> {
        let Some(found) = self.machine.borrow().surface_under(x_css_px, y_css_px) else { return Vec::new() };
        let [u, v] = found.touch.uv.map_or([f32::NAN; 2], |uv| uv.to_array());
        let material = found.touch.material.map_or(-1.0, |material| material as f32);
        let (point, normal) = (found.point, found.normal);
        vec![point.x, point.y, point.z, normal.x, normal.y, normal.z, u, v, found.model as f32, material]
    }

    /// The same as `data-surface` has it.
    #[wasm_bindgen(js_name = surfaceUnder)]
    pub fn surface_under(&self, x_css_px: f32, y_css_px: f32) -> Option<String> {
        Some(self.machine.borrow().surface_under(x_css_px, y_css_px)?.written())
    }

    /// Where a point of `data-surface` is now, and away from its surface; empty where there is none.
    pub fn anchor(&self, surface: &str) -> Vec<f32> {
        let Some(mark) = self.machine.borrow().anchor(surface) else { return Vec::new() };
        let (point, normal) = (mark.point, mark.normal.unwrap_or_default());
        vec![point.x, point.y, point.z, normal.x, normal.y, normal.z]
    }

    /// The name of a material of a model, by the numbers that `hit` gives.
    #[wasm_bindgen(js_name = materialName)]
    pub fn material_name(&self, model: usize, material: usize) -> Option<String> {
        self.machine.borrow().material_name(model, material).map(str::to_owned)
    }

    /// JSON: what to draw as dimensions; of the box alone, whatever the product file names.
    pub fn rulers(&self, of_box: bool) -> String {
        let machine = self.machine.borrow();
        to_json(&if of_box { machine.box_rulers() } else { machine.rulers() })
    }

    /// JSON: whether the product goes into a gap, metres; a side that is 0 does not matter.
    pub fn fits(&self, width: f32, height: f32, depth: f32) -> Option<String> {
        self.machine.borrow().fits([width, height, depth]).as_ref().map(to_json)
    }

    /// Shows the product in true size on a screen with so many CSS pixels a metre; 0 ends it.
    #[wasm_bindgen(js_name = trueSize)]
    pub fn true_size(&self, css_px_per_metre: f32) -> bool {
        let shown = self.machine.borrow_mut().show_true_size(Some(css_px_per_metre).filter(|scale| *scale > 0.0));
        // The camera has somewhere to go.
        self.tell(Event::Missed);
        shown
    }

    /// CSS pixels a metre where the product is nearest to the eye, where the camera goes.
    #[wasm_bindgen(js_name = scalePx)]
    pub fn scale_px(&self) -> f32 {
        self.machine.borrow().scale_css_px()
    }

    /// Flies to a view, in the terms of the attributes `camera-orbit`, `camera-target` and `field-of-view`.
    pub fn fly(&self, orbit: Option<String>, target: Option<String>, field_of_view: Option<String>) {
        self.machine.borrow_mut().fly(orbit.as_deref(), target.as_deref(), field_of_view.as_deref());
        self.tell(Event::Missed);
    }
}
