//! What all elements of a page share: one device and its renderer.

use crate::shelf::Shelf;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

use super::host::Host;
use super::surface::Surface;
use super::viewer::Viewer;
use crate::frame::EnvironmentId;
use crate::render::{Gpu, Renderer};

/// The device, the renderer and, on WebGL2, the one canvas that has the device.
pub(super) struct Page {
    pub(super) instance: wgpu::Instance,
    pub(super) adapter: wgpu::Adapter,
    pub(super) renderer: RefCell<Renderer>,
    /// On WebGL2 every picture is drawn here and copied by JavaScript.
    pub(super) shared: Option<RefCell<Surface>>,
    /// What each viewer needs of the shared canvas.
    pub(super) sizes_px: RefCell<Shelf<u32, [u32; 2]>>,
    /// How many viewers use an environment.
    pub(super) environments: RefCell<Shelf<EnvironmentId, usize>>,
    next_viewer: Cell<u32>,
}

impl Page {
    /// The size of the shared canvas: large enough for the largest element.
    pub(super) fn shared_size_px(&self, at_least: [u32; 2]) -> [u32; 2] {
        self.sizes_px.borrow().values().fold(at_least, |most, size| [most[0].max(size[0]), most[1].max(size[1])])
    }

    /// One viewer fewer uses an environment; with the last one it is freed.
    pub(super) fn release_environment(&self, id: EnvironmentId) {
        let mut users = self.environments.borrow_mut();
        let left = users.get(&id).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            users.remove(&id);
            self.renderer.borrow_mut().remove_environment(id);
        } else {
            users.insert(id, left);
        }
    }
}

/// wgpu says it in more words, which cost bytes.
const NO_SURFACE: &str = "the browser gives no context to draw with";

/// One per page and backend.
#[wasm_bindgen]
pub struct Stage {
    page: Rc<Page>,
}

#[wasm_bindgen]
impl Stage {
    /// Finds a device; on WebGL2 `canvas` is the one that owns it.
    ///
    /// # Errors
    /// A text, when this browser has no usable device.
    pub async fn create(canvas: Option<HtmlCanvasElement>) -> Result<Stage, JsValue> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
        let shared = canvas.map(|canvas| Surface::new(&instance, canvas)).transpose();
        let shared = shared.map_err(|_| text(NO_SURFACE))?;
        let options =
            wgpu::RequestAdapterOptions { compatible_surface: shared.as_ref().map(Surface::raw), ..Default::default() };
        // wgpu's own words list backends that no browser has, and cost 1 kB.
        let adapter = instance.request_adapter(&options).await.map_err(|_| text("the browser gives no adapter"))?;
        let gpu = Gpu::new(adapter.clone()).await.map_err(text)?;
        let renderer = Renderer::new(gpu).map_err(text)?;
        let page = Page {
            instance,
            adapter,
            renderer: RefCell::new(renderer),
            shared: shared.map(RefCell::new),
            sizes_px: RefCell::default(),
            environments: RefCell::default(),
            next_viewer: Cell::new(1),
        };
        Ok(Stage { page: Rc::new(page) })
    }

    /// A viewer for one element, which draws for `canvas`.
    ///
    /// # Errors
    /// A text, when the canvas is of no use.
    pub fn viewer(&self, host: Host, canvas: HtmlCanvasElement) -> Result<Viewer, JsValue> {
        let id = self.page.next_viewer.get();
        self.page.next_viewer.set(id.wrapping_add(1));
        Viewer::new(Rc::clone(&self.page), id, host, canvas).map_err(|_| text(NO_SURFACE))
    }

    /// Takes the shaders that are fetched apart.
    #[wasm_bindgen(js_name = addShaders)]
    pub fn add_shaders(&self, fetched: &str) {
        self.page.renderer.borrow().add_shaders(fetched);
    }

    /// The longest side of a picture that the device takes.
    #[wasm_bindgen(js_name = maxTexturePx)]
    pub fn max_texture_px(&self) -> u32 {
        self.page.renderer.borrow().gpu().max_texture_px()
    }

    /// The browser's own `GPUDevice`, whose `lost` promise JavaScript watches; undefined on WebGL2.
    pub fn device(&self) -> JsValue {
        #[cfg(feature = "webgpu")]
        if let Some(device) = self.page.renderer.borrow().gpu().device.as_webgpu() {
            return AsRef::<JsValue>::as_ref(device).clone();
        }
        JsValue::UNDEFINED
    }

    /// Pipelines created, draw calls and triangles of the last frame, bytes in buffers and textures, frames drawn,
    /// bytes of Wasm memory, viewers alive.
    pub fn statistics(&self) -> Vec<f64> {
        let drawn = self.page.renderer.borrow().statistics();
        vec![
            f64::from(drawn.pipelines),
            f64::from(drawn.draw_calls),
            drawn.triangles as f64,
            drawn.buffer_bytes as f64,
            drawn.texture_bytes as f64,
            drawn.frames as f64,
            core::arch::wasm32::memory_size(0) as f64 * 65_536.0,
            self.page.sizes_px.borrow().len() as f64,
        ]
    }
}

/// An error's words for JavaScript.
fn text(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}
