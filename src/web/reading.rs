//! What JavaScript reads from a viewer. Angles are radians but for the fields of view, which model-viewer has in degrees.

use glam::Vec3;
use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::camera::{Spherical, view_label};

#[wasm_bindgen]
impl Viewer {
    /// True when the picture of the model in `src` stands.
    #[wasm_bindgen(getter)]
    pub fn loaded(&self) -> bool {
        self.machine.borrow().loaded()
    }

    /// True when the model is loaded, revealed and near the viewport.
    #[wasm_bindgen(getter, js_name = modelIsVisible)]
    pub fn model_is_visible(&self) -> bool {
        self.machine.borrow().model_is_visible()
    }

    /// Theta, phi and radius.
    #[wasm_bindgen(js_name = cameraOrbit)]
    pub fn camera_orbit(&self) -> Vec<f32> {
        self.machine.borrow().camera_orbit().to_vec()
    }

    /// The key of the words that say from where one looks.
    #[wasm_bindgen(getter, js_name = viewLabel)]
    pub fn view_label(&self) -> String {
        let [theta, phi, radius] = self.machine.borrow().camera_orbit();
        view_label(&Spherical { theta, phi, radius }).to_owned()
    }

    /// The point that the camera turns around.
    #[wasm_bindgen(js_name = cameraTarget)]
    pub fn camera_target(&self) -> Vec<f32> {
        list(self.machine.borrow().camera_target())
    }

    /// Vertical, degrees.
    #[wasm_bindgen(getter, js_name = fieldOfView)]
    pub fn field_of_view(&self) -> f32 {
        self.machine.borrow().field_of_view().to_degrees()
    }

    /// Degrees.
    #[wasm_bindgen(getter, js_name = minimumFieldOfView)]
    pub fn minimum_field_of_view(&self) -> f32 {
        self.machine.borrow().minimum_field_of_view().to_degrees()
    }

    /// Degrees.
    #[wasm_bindgen(getter, js_name = maximumFieldOfView)]
    pub fn maximum_field_of_view(&self) -> f32 {
        self.machine.borrow().maximum_field_of_view().to_degrees()
    }

    /// Width by height.
    #[wasm_bindgen(getter, js_name = idealAspect)]
    pub fn ideal_aspect(&self) -> f32 {
        self.machine.borrow().ideal_aspect()
    }

    /// Width, height and depth, metres.
    pub fn dimensions(&self) -> Vec<f32> {
        list(self.machine.borrow().dimensions())
    }

    /// The middle of the product's box.
    #[wasm_bindgen(js_name = boundingBoxCenter)]
    pub fn bounding_box_center(&self) -> Vec<f32> {
        list(self.machine.borrow().bounding_box_center())
    }

    /// Radians.
    #[wasm_bindgen(getter, js_name = turntableRotation)]
    pub fn turntable_rotation(&self) -> f32 {
        self.machine.borrow().turntable_rotation()
    }

    /// The CSS `touch-action` of the view.
    #[wasm_bindgen(getter, js_name = touchAction)]
    pub fn touch_action(&self) -> String {
        self.machine.borrow().touch_action().to_owned()
    }

    /// True when an attribute follows the page's scroll.
    #[wasm_bindgen(getter, js_name = followsScroll)]
    pub fn follows_scroll(&self) -> bool {
        self.machine.borrow().follows_scroll()
    }

    /// Names, in the file's order.
    #[wasm_bindgen(js_name = availableAnimations)]
    pub fn available_animations(&self) -> Vec<String> {
        self.machine.borrow().available_animations().into_iter().map(String::from).collect()
    }

    /// Names, in the file's order.
    #[wasm_bindgen(js_name = availableCameras)]
    pub fn available_cameras(&self) -> Vec<String> {
        self.machine.borrow().available_cameras()
    }

    /// Names, in the file's order.
    #[wasm_bindgen(js_name = availableVariants)]
    pub fn available_variants(&self) -> Vec<String> {
        self.machine.borrow().available_variants().to_vec()
    }

    /// True while no animation runs.
    #[wasm_bindgen(getter)]
    pub fn paused(&self) -> bool {
        self.machine.borrow().paused()
    }

    /// Seconds.
    #[wasm_bindgen(getter, js_name = currentTime)]
    pub fn current_time(&self) -> f32 {
        self.machine.borrow().current_time()
    }

    /// Seconds.
    #[wasm_bindgen(getter)]
    pub fn duration(&self) -> f32 {
        self.machine.borrow().duration()
    }

    /// 1 is as the file has it.
    #[wasm_bindgen(getter, js_name = timeScale)]
    pub fn time_scale(&self) -> f32 {
        self.machine.borrow().time_scale()
    }
}

fn list(point: Vec3) -> Vec<f32> {
    point.to_array().to_vec()
}
