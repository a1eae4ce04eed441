//! The brush: a [`Frame`](crate::frame::Frame) and a [`Target`] in, pixels out.
//!
//! Invariant: nothing here knows a product, an event or the DOM; the one exception is `Pixels::Bitmap`.

mod behind;
#[cfg(target_arch = "wasm32")]
mod bitmap;
mod casters;
mod composite;
mod deform;
mod error;
mod features;
mod frames;
mod geometry;
mod gpu;
pub mod layout;
pub mod light;
mod lights;
mod loaded;
mod material;
mod mipmap;
mod passes;
#[cfg(feature = "product")]
mod photo;
mod picture;
mod pipeline;
mod placement;
mod renderer;
#[cfg(feature = "product")]
mod roles;
#[cfg(feature = "xr")]
mod room_depth;
pub mod shaders;
mod shadow;
mod skybox;
mod slots;
mod surroundings;
mod target;
mod texture;
mod through;
mod vertex;
mod view;

pub use error::RenderError;
pub use gpu::Gpu;
#[cfg(feature = "product")]
pub use renderer::Part;
pub use renderer::Renderer;
#[cfg(feature = "xr")]
pub use room_depth::RoomDepth;
#[cfg(all(target_arch = "wasm32", feature = "webgl", feature = "xr"))]
pub use target::Layer;
pub use target::{Offscreen, Target};

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
    /// Bytes in textures of scenes and environments now, mip levels included.
    pub texture_bytes: u64,
    /// Bytes in the pictures that views are drawn to before the last pass.
    pub canvas_bytes: u64,
    /// Frames drawn since the start.
    pub frames: u64,
}
