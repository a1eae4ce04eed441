//! The renderer on this machine's graphics card, or on Mesa's software Vulkan.

use anprobe::environment::{Panorama, Plain, is_radiance, read_gain_map, read_radiance};
use anprobe::frame::{EnvironmentId, Frame};
use anprobe::issue::{Code, Issue};
use anprobe::render::{Gpu, Offscreen, Pixels, RenderError, Renderer};
use anprobe::scene::{Scene, SceneId};
use anprobe::viewer::Answer;
use image::RgbaImage;

use super::studio::decoded;

/// A renderer and what it draws to.
pub(super) struct Brush {
    renderer: Renderer,
    picture: Option<([u32; 2], Offscreen)>,
    name: String,
}

impl Brush {
    /// Finds a device.
    pub(super) fn new() -> Result<Self, String> {
        let adapter = adapter()?;
        let info = adapter.get_info();
        let gpu = pollster::block_on(Gpu::new(adapter)).map_err(|error| error.to_string())?;
        let mut renderer = Renderer::new(gpu).map_err(|error| error.to_string())?;
        if info.device_type == wgpu::DeviceType::Cpu {
            // Mesa's software renderer blurs what is magnified when it filters along a direction.
            renderer.set_most_anisotropy(1);
        }
        Ok(Self { renderer, picture: None, name: info.name })
    }

    /// Whether a processor stands in for a graphics card.
    pub(super) fn is_software() -> bool {
        adapter().is_ok_and(|adapter| adapter.get_info().device_type == wgpu::DeviceType::Cpu)
    }

    /// The device's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn load(&mut self, id: SceneId, scene: &Scene) -> Answer {
        match self.renderer.load(id, scene) {
            Ok(()) => Answer::Done,
            Err(error @ RenderError::TooLarge { .. }) => {
                Answer::Refused(Issue::new(Code::Limit, "", error.to_string()))
            }
            Err(error) => Answer::Refused(Issue::new(Code::Graphics, "", error.to_string())),
        }
    }

    pub(super) fn unload(&mut self, id: SceneId) {
        self.renderer.unload(id);
    }

    pub(super) fn set_image(&mut self, id: SceneId, scene: &Scene, image: usize, pixels: &RgbaImage) -> Answer {
        let (width_px, height_px) = pixels.dimensions();
        let pixels = Pixels::Rgba8 { width_px, height_px, bytes: pixels };
        match self.renderer.set_image(id, scene, image, pixels) {
            Ok(()) => Answer::Done,
            Err(error) => Answer::Failed(error.to_string()),
        }
    }

    pub(super) fn set_environment(&mut self, id: EnvironmentId, bytes: &[u8], seen: bool) -> Answer {
        let set = panorama(bytes)
            .and_then(|panorama| self.renderer.set_environment(id, &panorama, seen).map_err(|error| error.to_string()));
        set.map_or_else(Answer::Failed, |()| Answer::Done)
    }

    /// Draws a frame; premultiplied bytes, rows from the top.
    pub(super) fn draw(&mut self, frame: &Frame<'_>, size_px: [u32; 2]) -> Result<Vec<u8>, String> {
        let said = |error: RenderError| error.to_string();
        if self.picture.as_ref().is_none_or(|(known, _)| *known != size_px) {
            self.picture = Some((size_px, Offscreen::new(self.renderer.gpu(), size_px).map_err(said)?));
        }
        let Some((_, picture)) = &self.picture else { return Err("no picture".to_owned()) };
        self.renderer.draw(frame, &picture.target());
        let bytes = pollster::block_on(picture.read(self.renderer.gpu())).map_err(said)?;
        self.renderer.gpu().check().map_err(said)?;
        Ok(bytes)
    }
}

fn adapter() -> Result<wgpu::Adapter, String> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    pollster::block_on(instance.request_adapter(&wgpu::RequestAdapterOptions::default())).map_err(|error| {
        format!("there is nothing to draw with: {error}. Install a Vulkan driver; without a graphics card, mesa-vulkan-drivers")
    })
}

/// An environment of any kind that a page takes.
fn panorama(bytes: &[u8]) -> Result<Panorama, String> {
    if is_radiance(bytes) {
        return read_radiance(bytes).map_err(|issue| issue.to_string());
    }
    let base = decoded(bytes)?.to_rgba8();
    let (width_px, height_px) = base.dimensions();
    if let Some(Ok((map, range))) = read_gain_map(bytes)
        && let Ok(gains) = decoded(bytes.get(range).unwrap_or_default())
    {
        let gains = gains.to_rgba8();
        let plain = Plain { width_px, height_px, texels: &base };
        let gains = Plain { width_px: gains.width(), height_px: gains.height(), texels: &gains };
        if let Some(lifted) = map.lifted(plain, gains) {
            return Ok(lifted);
        }
    }
    Panorama::from_srgb(width_px, height_px, base.into_raw()).ok_or_else(|| "the picture is no panorama".to_owned())
}
