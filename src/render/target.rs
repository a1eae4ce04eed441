//! Where a picture goes: a canvas, a headset's eye, a PNG.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use super::{Gpu, RenderError};

/// One colour attachment without depth; only the last pass draws to it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// What is drawn to.
    pub view: &'a wgpu::TextureView,
    /// Its format; an sRGB one receives the same colours as its plain sister.
    pub format: wgpu::TextureFormat,
    /// Width and height of the picture. A larger attachment has it in its upper left, the rest is transparent.
    pub size_px: [u32; 2],
    /// Upside down, as a WebXR framebuffer wants it.
    pub flip: bool,
}

/// A framebuffer that is not wgpu's: the layer of a WebXR session.
#[cfg(all(target_arch = "wasm32", feature = "webgl", feature = "xr"))]
#[derive(Debug)]
pub struct Layer {
    framebuffer: web_sys::WebGlFramebuffer,
    texture: wgpu::Texture,
    view: wgpu::TextureView,
}

#[cfg(all(target_arch = "wasm32", feature = "webgl", feature = "xr"))]
impl Layer {
    const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

    /// `XRWebGLLayer.framebuffer` of the device's own context. None when the size is none, or more than the device can
    /// draw.
    pub fn new(gpu: &Gpu, framebuffer: web_sys::WebGlFramebuffer, size_px: [u32; 2]) -> Option<Self> {
        let [width, height] = size_px;
        if size_px.contains(&0) || width.max(height) > gpu.max_texture_px() {
            return None;
        }
        let mut hal = wgpu::hal::gles::Texture::default_framebuffer(Self::FORMAT);
        hal.inner = wgpu::hal::gles::TextureInner::ExternalFramebuffer { inner: framebuffer.clone() };
        let descriptor = wgpu::TextureDescriptor {
            label: Some("layer"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: Self::FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        };
        let uses = wgpu::TextureUses::COLOR_TARGET;
        #[allow(unsafe_code, reason = "wgpu cannot see whose framebuffer it is")]
        // SAFETY: the framebuffer is of the context that the device draws with, and the descriptor says what it is; it is
        // cleared before it is drawn to.
        let texture = unsafe { gpu.device.create_texture_from_hal::<wgpu::hal::api::Gles>(hal, &descriptor, uses) };
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Some(Self { framebuffer, texture, view })
    }

    /// Whether it is still this framebuffer, of this size.
    pub fn is(&self, framebuffer: &web_sys::WebGlFramebuffer, size_px: [u32; 2]) -> bool {
        self.framebuffer == *framebuffer && [self.texture.width(), self.texture.height()] == size_px
    }

    /// What [`super::Renderer::draw`] draws to.
    pub fn target(&self) -> Target<'_> {
        let size_px = [self.texture.width(), self.texture.height()];
        Target { view: &self.view, format: Self::FORMAT, size_px, flip: true }
    }
}

/// A picture that can be read back.
#[derive(Debug)]
pub struct Offscreen {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
}

impl Offscreen {
    const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

    /// A transparent picture of at least 1 × 1 pixels.
    ///
    /// # Errors
    /// [`RenderError::TooLarge`] for a side longer than the device allows.
    pub fn new(gpu: &Gpu, size_px: [u32; 2]) -> Result<Self, RenderError> {
        let size_px = size_px.map(|side| side.max(1));
        let longest = size_px.into_iter().max().unwrap_or(1);
        if longest > gpu.max_texture_px() {
            let limit = u64::from(gpu.max_texture_px());
            return Err(RenderError::TooLarge {
                what: "a picture's side in pixels",
                needed: u64::from(longest),
                limit,
            });
        }
        let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("offscreen"),
            size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: Self::FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Ok(Self { texture, view })
    }

    /// What [`super::Renderer::draw`] draws to.
    pub fn target(&self) -> Target<'_> {
        let size_px = [self.texture.width(), self.texture.height()];
        Target { view: &self.view, format: Self::FORMAT, size_px, flip: false }
    }

    /// The pixels: premultiplied RGBA, sRGB-encoded, rows from the top without gaps.
    ///
    /// Waits by itself natively and on WebGPU. On WebGL2 the page must go on submitting work until it is ready.
    ///
    /// # Errors
    /// [`RenderError::Readback`] when the driver cannot map the copy.
    pub async fn read(&self, gpu: &Gpu) -> Result<Vec<u8>, RenderError> {
        let (width, height) = (self.texture.width(), self.texture.height());
        let row_bytes = width * 4;
        let padded_bytes = row_bytes.next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("readback"),
            size: u64::from(padded_bytes) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder =
            gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("readback") });
        encoder.copy_texture_to_buffer(
            self.texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(padded_bytes),
                    rows_per_image: None,
                },
            },
            self.texture.size(),
        );
        gpu.queue.submit([encoder.finish()]);
        let mapped = Mapped::default();
        let signal = mapped.clone();
        buffer.map_async(wgpu::MapMode::Read, .., move |result| signal.set(result.map_err(|error| error.to_string())));
        // The browser's WebGPU maps by itself; everyone else wants to be asked.
        let poll =
            if cfg!(target_arch = "wasm32") { wgpu::PollType::Poll } else { wgpu::PollType::wait_indefinitely() };
        gpu.device.poll(poll).map_err(|error| RenderError::Readback { reason: error.to_string() })?;
        mapped.await.map_err(|reason| RenderError::Readback { reason })?;
        let bytes = buffer.get_mapped_range(..).map_err(|error| RenderError::Readback { reason: error.to_string() })?;
        let rows = bytes.chunks_exact(padded_bytes as usize).filter_map(|row| row.get(..row_bytes as usize));
        let pixels = rows.flatten().copied().collect();
        drop(bytes);
        buffer.destroy();
        Ok(pixels)
    }
}

impl Drop for Offscreen {
    fn drop(&mut self) {
        self.texture.destroy();
    }
}

/// Ready when wgpu's callback has come.
#[derive(Clone, Default)]
struct Mapped(Arc<Mutex<Signal>>);

#[derive(Default)]
struct Signal {
    result: Option<Result<(), String>>,
    waker: Option<Waker>,
}

impl Mapped {
    fn set(&self, result: Result<(), String>) {
        let mut signal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        signal.result = Some(result);
        if let Some(waker) = signal.waker.take() {
            waker.wake();
        }
    }
}

impl Future for Mapped {
    type Output = Result<(), String>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut signal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(result) = signal.result.take() {
            return Poll::Ready(result);
        }
        signal.waker = Some(context.waker().clone());
        Poll::Pending
    }
}
