//! The brush: a [`Frame`] and a [`Target`] in, pixels out.
//!
//! Invariant: nothing here knows a product, an event or the DOM; the one exception is [`Pixels::Bitmap`].

mod error;
mod gpu;
pub mod light;
mod target;

pub use error::RenderError;
pub use gpu::Gpu;
pub use target::{Offscreen, Target};

use crate::frame::Frame;
use crate::scene::{Scene, SceneId};

/// What the scene is drawn to before the last pass: display-encoded, premultiplied, resolved from several samples.
pub(crate) const COLOR_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;
/// Its depth; 0 is near.
pub(crate) const DEPTH_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Depth24Plus;

/// A decoded picture.
#[derive(Debug)]
#[non_exhaustive]
pub enum Pixels<'a> {
    /// Straight (not premultiplied) RGBA bytes, rows from the top.
    Rgba8 {
        /// Width.
        width_px: u32,
        /// Height.
        height_px: u32,
        /// Four bytes a pixel.
        bytes: &'a [u8],
    },
    /// The browser's own; made with `premultiplyAlpha: "none", colorSpaceConversion: "none"`.
    #[cfg(target_arch = "wasm32")]
    Bitmap(&'a web_sys::ImageBitmap),
}

/// What the renderer did and holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Pipelines created since the start.
    pub pipelines: u32,
    /// Draw calls of the last frame.
    pub draw_calls: u32,
    /// Triangles of the last frame.
    pub triangles: u64,
    /// Bytes in vertex, index and uniform buffers now.
    pub buffer_bytes: u64,
    /// Bytes in textures of scenes now, mip levels included.
    pub texture_bytes: u64,
    /// Frames drawn since the start.
    pub frames: u64,
}

/// Draws frames of loaded scenes; one serves all elements of a page.
#[derive(Debug)]
pub struct Renderer {
    gpu: Gpu,
    statistics: Statistics,
}

impl Renderer {
    /// Makes what every picture needs.
    ///
    /// # Errors
    /// What [`Gpu::check`] says.
    pub fn new(gpu: Gpu) -> Result<Self, RenderError> {
        gpu.check()?;
        Ok(Self { gpu, statistics: Statistics::default() })
    }

    /// The device that this renderer draws with.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Uploads geometry and materials; a scene that is there already under `id` is replaced. Textures are white until
    /// [`Renderer::set_image`].
    ///
    /// # Errors
    /// - [`RenderError::TooLarge`] when one mesh passes the device's limits.
    /// - What [`Gpu::check`] says.
    pub fn load(&mut self, _id: SceneId, _scene: &Scene) -> Result<(), RenderError> {
        self.gpu.check()
    }

    /// Uploads the decoded picture of `scene.images[image]` with its mip levels, reduced to what the device allows.
    ///
    /// # Errors
    /// - [`RenderError::UnknownScene`], [`RenderError::UnknownImage`] for handles that name nothing.
    /// - [`RenderError::Pixels`] for too few bytes.
    /// - [`RenderError::Copy`] when the browser refuses a bitmap: give its bytes instead.
    /// - [`RenderError::TooLarge`] for a bitmap that must be made smaller first.
    pub fn set_image(
        &mut self,
        _id: SceneId,
        _scene: &Scene,
        _image: usize,
        _pixels: Pixels<'_>,
    ) -> Result<(), RenderError> {
        self.gpu.check()
    }

    /// Frees all that belongs to a scene.
    pub fn unload(&mut self, _id: SceneId) {}

    /// Creates at most one pipeline that `frame`'s scenes still need, all materials of all variants; returns how many
    /// are left. Call it once a task until it returns 0.
    pub fn prepare(&mut self, _frame: &Frame<'_>) -> usize {
        0
    }

    /// Draws `frame` to `target` and submits. Scenes that are not loaded are left out.
    pub fn draw(&mut self, _frame: &Frame<'_>, _target: &Target<'_>) {}

    /// What was done and is held.
    pub fn statistics(&self) -> Statistics {
        self.statistics
    }
}
