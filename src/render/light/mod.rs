//! Image-based light: bind group 1 of the material pipelines.
//!
//! One cube per environment holds it all: level 0 is the environment as seen, each further level is rougher, and the
//! last is GGX with α = 1 seen head on, which is the irradiance over π. So a material spends one texture on light.

mod baker;
mod cube;

use crate::shelf::Shelf;
use std::mem::offset_of;

use bytemuck::{Pod, Zeroable};

use baker::Baker;
use cube::Studio;

use super::layout::Mirror;

#[cfg(target_arch = "wasm32")]
use super::RenderError;
use crate::environment::Panorama;
use crate::frame::{EnvironmentId, Lighting};

/// Mirrors `LightUniform` in light.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct LightUniform {
    turn: [f32; 2],
    intensity: f32,
    last_level: f32,
}

const BYTES: usize = size_of::<LightUniform>();

/// [`LightUniform`] as WGSL must see it.
pub(super) const MIRROR: Mirror = (
    "LightUniform",
    BYTES,
    &[
        ("turn", offset_of!(LightUniform, turn)),
        ("intensity", offset_of!(LightUniform, intensity)),
        ("last_level", offset_of!(LightUniform, last_level)),
    ],
);

/// The light of one environment on the GPU.
#[derive(Debug)]
struct Environment {
    bind_group: wgpu::BindGroup,
    cube: wgpu::Texture,
    view: wgpu::TextureView,
    last_level: f32,
    bytes: u64,
    /// The picture itself, for a skybox.
    sharp: Option<Sharp>,
    /// What sheen shows of it, once a material asked for that.
    sheen: Option<(wgpu::Texture, wgpu::TextureView)>,
}

/// An environment's own picture, as a skybox reads it.
#[derive(Debug)]
pub(crate) struct Sharp {
    picture: wgpu::Texture,
    pub(crate) view: wgpu::TextureView,
    /// RGBE rather than colour.
    pub(crate) rgbe: bool,
}

impl Drop for Environment {
    /// In a browser, memory that is merely dropped waits for the garbage collector.
    fn drop(&mut self) {
        self.cube.destroy();
        if let Some(sharp) = &self.sharp {
            sharp.picture.destroy();
        }
        if let Some((cube, _)) = &self.sheen {
            cube.destroy();
        }
    }
}

/// Every environment of one device; the studio is always there.
#[derive(Debug)]
pub struct Lights {
    layout: wgpu::BindGroupLayout,
    uniform: wgpu::Buffer,
    sampler: wgpu::Sampler,
    studio: Environment,
    others: Shelf<EnvironmentId, Environment>,
    baker: Option<Baker>,
    /// In place of sheen's light that is not there.
    no_sheen: wgpu::TextureView,
    /// Grows whenever an environment, or what sheen shows of it, comes or goes.
    pub(crate) generation: u32,
}

impl Lights {
    /// Draws the studio: one small pipeline, 24 small triangles.
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Self {
        let layout = layout(device);
        let uniform = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("light"),
            size: BYTES as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("light"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        let cube = Studio::new(device).draw(device, queue);
        let studio = environment(device, &layout, &uniform, &sampler, cube, None);
        let no_sheen = cube::view(&cube::texture(device, "no sheen", 1, 1), 0, None);
        Self { layout, uniform, sampler, studio, others: Shelf::new(), baker: None, no_sheen, generation: 0 }
    }

    /// Of group 1.
    pub fn layout(&self) -> &wgpu::BindGroupLayout {
        &self.layout
    }

    /// Group 1 for this environment, or for the studio while it is not loaded.
    pub fn bind_group(&self, id: EnvironmentId) -> &wgpu::BindGroup {
        &self.environment(id).bind_group
    }

    /// Writes what [`Lights::bind_group`] of this lighting's environment reads; once before each submit.
    pub fn update(&self, queue: &wgpu::Queue, lighting: &Lighting) {
        let (sine, cosine) = lighting.rotation.sin_cos();
        let last_level = self.environment(lighting.environment).last_level;
        let uniform = LightUniform { turn: [cosine, sine], intensity: lighting.intensity, last_level };
        queue.write_buffer(&self.uniform, 0, bytemuck::bytes_of(&uniform));
    }

    /// Takes an environment; replaces the one of the same name. `sharp` keeps the picture itself for a skybox.
    pub fn set(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        id: EnvironmentId,
        panorama: &Panorama,
        sharp: bool,
    ) {
        let panorama = panorama.reduced(device.limits().max_texture_dimension_2d);
        let picture = baker::upload(device, queue, &panorama);
        self.set_picture(device, queue, id, picture, panorama.is_rgbe(), sharp);
    }

    /// Takes an environment that the browser has decoded; see [`Lights::set`]. The bitmap must have been made with
    /// `premultiplyAlpha: "none"` and `colorSpaceConversion: "none"`.
    ///
    /// # Errors
    /// - [`RenderError::TooLarge`] for a bitmap that must be made smaller first.
    /// - [`RenderError::Copy`] when the browser refuses it.
    #[cfg(target_arch = "wasm32")]
    pub fn set_bitmap(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        id: EnvironmentId,
        bitmap: &web_sys::ImageBitmap,
        sharp: bool,
    ) -> Result<(), RenderError> {
        let (needed, limit) = (bitmap.width().max(bitmap.height()), device.limits().max_texture_dimension_2d);
        if needed > limit {
            let what = "an environment's side in pixels";
            return Err(RenderError::TooLarge { what, needed: needed.into(), limit: limit.into() });
        }
        let picture = baker::copy(device, queue, bitmap)?;
        self.set_picture(device, queue, id, picture, false, sharp);
        Ok(())
    }

    /// Frees an environment; the studio stays.
    pub fn remove(&mut self, id: EnvironmentId) {
        self.others.remove(&id);
        self.generation = self.generation.wrapping_add(1);
    }

    /// Pipelines created so far; the first is the studio's.
    pub fn pipelines(&self) -> usize {
        1 + self.baker.as_ref().map_or(0, Baker::pipelines)
    }

    /// Makes one of the pipelines that [`Lights::set`] needs, if one is missing; returns how many are left.
    pub fn prepare(&mut self, device: &wgpu::Device) -> usize {
        self.baker.get_or_insert_with(|| Baker::new(device)).build(device, baker::FOR_LIGHT)
    }

    /// Makes one of the pipelines that [`Lights::ensure_sheen`] needs, if one is missing; returns how many are left.
    pub(in crate::render) fn prepare_sheen(&mut self, device: &wgpu::Device) -> usize {
        self.baker.get_or_insert_with(|| Baker::new(device)).build(device, baker::FOR_SHEEN)
    }

    /// How many pipelines [`Lights::ensure_sheen`] still lacks.
    pub(in crate::render) fn missing_for_sheen(&self) -> usize {
        self.baker.as_ref().map_or(baker::FOR_SHEEN.len(), |baker| baker.missing(baker::FOR_SHEEN))
    }

    /// Bakes what sheen shows of this environment (or of the studio while it is not loaded), unless that is there.
    /// Whoever replaces an environment asks again.
    pub(in crate::render) fn ensure_sheen(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, id: EnvironmentId) {
        let environment = match self.others.get_mut(&id) {
            Some(environment) => environment,
            None => &mut self.studio,
        };
        if environment.sheen.is_none() {
            let baker = self.baker.get_or_insert_with(|| Baker::new(device));
            let cube = baker.bake_sheen(device, queue, &environment.cube);
            environment.bytes += cube_bytes(&cube);
            let view = cube::view(&cube, 0, None);
            environment.sheen = Some((cube, view));
            self.generation = self.generation.wrapping_add(1);
        }
    }

    /// A cube for `light_sheen_map` of sheen.wgsl; black before [`Lights::ensure_sheen`].
    pub(in crate::render) fn sheen_view(&self, id: EnvironmentId) -> &wgpu::TextureView {
        self.environment(id).sheen.as_ref().map_or(&self.no_sheen, |(_, view)| view)
    }

    /// Group 1 of materials that need more than [`Lights::layout`]: bindings 0 to 2 of light.wgsl, 3 of sheen.wgsl.
    pub(in crate::render) fn layout_entries() -> [wgpu::BindGroupLayoutEntry; 4] {
        let fragment = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty,
            count: None,
        };
        let uniform = wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: false,
            min_binding_size: wgpu::BufferSize::new(BYTES as u64),
        };
        let cube = cube::texture_type(wgpu::TextureViewDimension::Cube);
        [
            fragment(0, uniform),
            fragment(1, cube),
            fragment(2, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
            fragment(3, cube),
        ]
    }

    /// What is bound to [`Lights::layout_entries`] for this environment, or for the studio while it is not loaded;
    /// other views whenever `generation` has changed.
    pub(in crate::render) fn binding_resources(&self, id: EnvironmentId) -> [wgpu::BindingResource<'_>; 4] {
        [
            self.uniform.as_entire_binding(),
            wgpu::BindingResource::TextureView(&self.environment(id).view),
            wgpu::BindingResource::Sampler(&self.sampler),
            wgpu::BindingResource::TextureView(self.sheen_view(id)),
        ]
    }

    /// True when this environment is there (or is the studio).
    pub fn contains(&self, id: EnvironmentId) -> bool {
        id == EnvironmentId::STUDIO || self.others.contains_key(&id)
    }

    /// What all environments take on the GPU, in bytes.
    pub fn bytes(&self) -> u64 {
        self.others.values().map(|environment| environment.bytes).sum::<u64>() + self.studio.bytes
    }

    /// The picture of an environment, when it was kept.
    pub(crate) fn sharp(&self, id: EnvironmentId) -> Option<&Sharp> {
        self.environment(id).sharp.as_ref()
    }

    fn environment(&self, id: EnvironmentId) -> &Environment {
        self.others.get(&id).unwrap_or(&self.studio)
    }

    fn set_picture(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        id: EnvironmentId,
        picture: wgpu::Texture,
        rgbe: bool,
        sharp: bool,
    ) {
        if id == EnvironmentId::STUDIO {
            return;
        }
        let baker = self.baker.get_or_insert_with(|| Baker::new(device));
        let cube = baker.bake(device, queue, &picture, rgbe);
        let kept = if sharp {
            Some((picture, rgbe))
        } else {
            picture.destroy();
            None
        };
        let environment = environment(device, &self.layout, &self.uniform, &self.sampler, cube, kept);
        self.others.insert(id, environment);
        self.generation = self.generation.wrapping_add(1);
    }
}

fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let [uniform, cube, sampler, _] = Lights::layout_entries();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("light"),
        entries: &[uniform, cube, sampler],
    })
}

/// Of all levels.
fn cube_bytes(cube: &wgpu::Texture) -> u64 {
    (0..cube.mip_level_count()).map(|level| 48 * u64::from(cube.width() >> level).pow(2)).sum()
}

fn environment(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    uniform: &wgpu::Buffer,
    sampler: &wgpu::Sampler,
    cube: wgpu::Texture,
    sharp: Option<(wgpu::Texture, bool)>,
) -> Environment {
    let view = cube::view(&cube, 0, None);
    let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("light"),
        layout,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: uniform.as_entire_binding() },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&view) },
            wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::Sampler(sampler) },
        ],
    });
    let kept = sharp.as_ref().map_or(0, |(picture, _)| 4 * u64::from(picture.width()) * u64::from(picture.height()));
    Environment {
        bind_group,
        view,
        last_level: (cube.mip_level_count() - 1) as f32,
        bytes: cube_bytes(&cube) + kept,
        cube,
        sheen: None,
        sharp: sharp.map(|(picture, rgbe)| {
            let view = picture.create_view(&Default::default());
            Sharp { picture, view, rgbe }
        }),
    }
}

#[cfg(test)]
mod accuracy;
#[cfg(test)]
mod formulas;
#[cfg(test)]
pub(in crate::render) mod tests;
