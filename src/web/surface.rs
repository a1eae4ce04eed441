//! A canvas that wgpu draws to.

use web_sys::HtmlCanvasElement;

use crate::render::Gpu;

/// A canvas and how it is configured.
#[derive(Debug)]
pub(super) struct Surface {
    surface: wgpu::Surface<'static>,
    /// None until there is a device and a size.
    config: Option<wgpu::SurfaceConfiguration>,
}

/// One picture on its way to a canvas.
pub(super) struct Acquired {
    /// Goes back to wgpu when the picture is drawn.
    pub(super) texture: wgpu::SurfaceTexture,
    /// What is drawn to.
    pub(super) view: wgpu::TextureView,
    /// Its format, never an sRGB one.
    pub(super) format: wgpu::TextureFormat,
}

impl Surface {
    /// Takes a canvas which no other context has.
    pub(super) fn new(instance: &wgpu::Instance, canvas: HtmlCanvasElement) -> Result<Self, wgpu::CreateSurfaceError> {
        let surface = instance.create_surface(wgpu::SurfaceTarget::Canvas(canvas))?;
        Ok(Self { surface, config: None })
    }

    /// The raw surface, to find an adapter for it.
    pub(super) fn raw(&self) -> &wgpu::Surface<'static> {
        &self.surface
    }

    /// The next picture, of exactly `size_px`; none when the browser has no canvas to give at the moment, or the device
    /// is lost.
    pub(super) fn acquire(&mut self, gpu: &Gpu, adapter: &wgpu::Adapter, size_px: [u32; 2]) -> Option<Acquired> {
        if gpu.is_lost() {
            return None;
        }
        let limit = gpu.max_texture_px();
        let [width, height] = size_px.map(|side| side.clamp(1, limit));
        if self.config.as_ref().is_none_or(|config| [config.width, config.height] != [width, height]) {
            self.configure(gpu, adapter, width, height)?;
        }
        let texture = match self.surface.get_current_texture() {
            wgpu::CurrentSurfaceTexture::Success(texture) | wgpu::CurrentSurfaceTexture::Suboptimal(texture) => texture,
            _ => {
                // Configured anew next time.
                self.config = None;
                return None;
            }
        };
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let format = self.config.as_ref()?.format;
        Some(Acquired { texture, view, format })
    }

    fn configure(&mut self, gpu: &Gpu, adapter: &wgpu::Adapter, width: u32, height: u32) -> Option<()> {
        let mut config = self.surface.get_default_config(adapter, width, height)?;
        // Colours are encoded by the material shader.
        config.format = config.format.remove_srgb_suffix();
        // WebGL's canvas is see-through by itself, and wgpu knows no word for it there.
        #[cfg(feature = "webgpu")]
        {
            config.alpha_mode = wgpu::CompositeAlphaMode::PreMultiplied;
        }
        self.surface.configure(&gpu.device, &config);
        self.config = Some(config);
        Some(())
    }
}
