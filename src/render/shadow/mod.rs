//! The soft shadow on the floor: see shadow.wgsl.
//!
//! A look has one [`ShadowMap`], drawn again only when its pose or its placement changes: casters from below, then a few
//! passes of blur; each view then draws one quad.

mod pipelines;

use std::mem::offset_of;

use bytemuck::{Pod, Zeroable};
use glam::{Mat4, Vec4};

pub(super) use pipelines::ShadowPipelines;
use pipelines::{BLUR_BYTES, BLURRED_FORMAT, FLOOR_BYTES};

use super::COLOR_FORMAT;
use super::layout::Mirror;
use super::pipeline::Stage;
use super::slots::UniformSlots;
use crate::frame::FloorShadow;

/// Half the floor's edge over the product's width; what is farther out is lit. Also in shadow_floor.wgsl.
const HALF_EDGE: f32 = 0.9;
/// Heights that cast, over the product's width; also in shadow.wgsl.
const LOWEST: f32 = -0.02;
const HIGHEST: f32 = 2.0;
/// Standard deviations of the layers over the product's width: 0.85 of their heights, where a Gaussian holds half of
/// its light as far out as the exact blot does.
const LAYERS: [f32; 4] = [0.0085, 0.0255, 0.0765, 0.2295];
/// Gaps of the blur: 1, 2, 4 … 32 texels.
const STAGES: usize = 6;

/// Mirrors `Blur` in shadow.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct BlurUniform {
    step: [f32; 2],
    reads_heights: f32,
    unused: f32,
    variance: [f32; 4],
}

/// [`BlurUniform`] as WGSL must see it.
pub(super) const BLUR_MIRROR: Mirror = (
    "Blur",
    size_of::<BlurUniform>(),
    &[
        ("step", offset_of!(BlurUniform, step)),
        ("reads_heights", offset_of!(BlurUniform, reads_heights)),
        ("variance", offset_of!(BlurUniform, variance)),
    ],
);

/// [`FloorUniform`] as WGSL must see it.
pub(super) const FLOOR_MIRROR: Mirror = (
    "ShadowFloor",
    size_of::<FloorUniform>(),
    &[
        ("projection_from_floor", offset_of!(FloorUniform, projection_from_floor)),
        ("place", offset_of!(FloorUniform, place)),
        ("opacity", offset_of!(FloorUniform, opacity)),
        ("half_width", offset_of!(FloorUniform, half_width)),
        ("half_depth", offset_of!(FloorUniform, half_depth)),
        ("contact", offset_of!(FloorUniform, contact)),
    ],
);

/// Mirrors `ShadowFloor` in shadow_floor.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct FloorUniform {
    projection_from_floor: [[f32; 4]; 4],
    place: [f32; 4],
    opacity: f32,
    half_width: f32,
    half_depth: f32,
    contact: f32,
}

/// From world space to the clip space in which casters are drawn: seen from below, depth is the height.
pub(super) fn casters_from_world(shadow: &FloorShadow) -> Mat4 {
    casters_from_floor(shadow) * shadow.world_from_floor.inverse()
}

fn casters_from_floor(shadow: &FloorShadow) -> Mat4 {
    let width = width(shadow);
    let (across, up) = (1.0 / (HALF_EDGE * width), 1.0 / ((HIGHEST - LOWEST) * width));
    let c = shadow.center;
    Mat4::from_cols(
        Vec4::new(across, 0.0, 0.0, 0.0),
        Vec4::new(0.0, 0.0, up, 0.0),
        Vec4::new(0.0, -across, 0.0, 0.0),
        Vec4::new(-c.x * across, c.z * across, (-LOWEST * width - c.y) * up, 1.0),
    )
}

fn on_floor(subject: &Subject<'_>) -> Vec<Mat4> {
    let floor_from_world = subject.shadow.world_from_floor.inverse();
    subject.world_from_scenes.iter().map(|world_from_scene| floor_from_world * *world_from_scene).collect()
}

fn width(shadow: &FloorShadow) -> f32 {
    shadow.size.x.max(shadow.size.z).max(1e-4)
}

/// Crisp shadows need texels, soft ones hide them.
fn size_px(softness: f32) -> u32 {
    if softness < 0.3 { 512 } else { 256 }
}

/// The variance of each layer at each stage, in taps squared, so that all stages together reach its blur.
fn variances(softness: f32, size_px: u32) -> [[f32; 4]; STAGES] {
    let texels = size_px as f32 / (2.0 * HALF_EDGE) * softness.clamp(0.0, 1.0);
    let mut left = LAYERS.map(|deviation| (deviation * texels).powi(2));
    let mut gap = 1.0;
    [(); STAGES].map(|()| {
        let mut stage = [0.0; 4];
        for (stage, left) in stage.iter_mut().zip(&mut left) {
            *stage = (*left / gap).min(1.0);
            *left -= *stage * gap;
        }
        gap *= 4.0;
        stage
    })
}

/// One look's shadow.
#[derive(Debug)]
pub(super) struct ShadowMap {
    size_px: u32,
    casters: wgpu::TextureView,
    /// Across, then down. Two maps side by side, of what the casters have lowest and highest.
    blurred: [wgpu::TextureView; 2],
    blur_slots: UniformSlots,
    /// Reads the casters, the first and the second of `blurred`.
    blur_groups: [wgpu::BindGroup; 3],
    floor_slots: UniformSlots,
    floor_group: wgpu::BindGroup,
    /// What the map holds.
    drawn: Option<Drawn>,
}

/// What a map is to show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) shadow: &'a FloorShadow,
    /// The caller's number for look and pose.
    pub(super) look: u64,
    /// Where the look's parts stand.
    pub(super) world_from_scenes: &'a [Mat4],
}

/// What a map was drawn from.
#[derive(Debug)]
struct Drawn {
    shadow: FloorShadow,
    look: u64,
    floor_from_scenes: Vec<Mat4>,
}

/// True when nothing on the floor moved by more than a fraction of a texel; a turn there and back again rounds.
fn stand_still(a: &[Mat4], b: &[Mat4], width: f32) -> bool {
    let near = |a: &Mat4, b: &Mat4| {
        a.w_axis.abs_diff_eq(b.w_axis, 1e-4 * width)
            && [(a.x_axis, b.x_axis), (a.y_axis, b.y_axis), (a.z_axis, b.z_axis)]
                .iter()
                .all(|(a, b)| a.abs_diff_eq(*b, 1e-4 * b.length()))
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(a, b))
}

impl ShadowMap {
    /// An empty map that suits `shadow`.
    pub(super) fn new(device: &wgpu::Device, pipelines: &ShadowPipelines, shadow: &FloorShadow) -> Self {
        let size_px = size_px(shadow.softness);
        let texture = |format, width| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some("shadow"),
                size: wgpu::Extent3d { width, height: size_px, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: wgpu::TextureUsages::RENDER_ATTACHMENT
                    | wgpu::TextureUsages::TEXTURE_BINDING
                    | if cfg!(test) { wgpu::TextureUsages::COPY_SRC } else { wgpu::TextureUsages::empty() },
                view_formats: &[],
            });
            texture.create_view(&Default::default())
        };
        let casters = texture(COLOR_FORMAT, size_px);
        let blurred = [(); 2].map(|()| texture(BLURRED_FORMAT, 2 * size_px));
        let blur_slots = UniformSlots::new(device, "shadow blur", 2 * STAGES);
        let floor_slots = UniformSlots::new(device, "shadow floor", 2);
        let blur_groups = [&casters, &blurred[0], &blurred[1]]
            .map(|source| pipelines.bind(device, blur_slots.binding(BLUR_BYTES), source, BLUR_BYTES));
        let floor_group = pipelines.bind(device, floor_slots.binding(FLOOR_BYTES), &blurred[1], FLOOR_BYTES);
        Self { size_px, casters, blurred, blur_slots, blur_groups, floor_slots, floor_group, drawn: None }
    }

    /// True when the map shows anything.
    #[cfg(feature = "product")]
    pub(super) fn is_drawn(&self) -> bool {
        self.drawn.is_some()
    }

    /// More casters, as after [`ShadowMap::begin_casters`].
    #[cfg(feature = "product")]
    pub(super) fn go_on<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        let mut attachment = color(&self.casters, wgpu::Color::TRANSPARENT);
        if let Some(attachment) = &mut attachment {
            attachment.ops.load = wgpu::LoadOp::Load;
        }
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("shadow casters"),
            color_attachments: &[attachment],
            ..Default::default()
        })
    }

    /// True when the map already shows the subject, however it is turned.
    pub(super) fn holds(&self, subject: &Subject<'_>) -> bool {
        self.drawn.as_ref().is_some_and(|drawn| {
            let FloorShadow { intensity, world_from_floor, .. } = drawn.shadow;
            FloorShadow { intensity, world_from_floor, ..*subject.shadow } == drawn.shadow
                && subject.look == drawn.look
                && stand_still(&on_floor(subject), &drawn.floor_from_scenes, width(&drawn.shadow))
        })
    }

    /// True when the map's size suits `shadow`; else make a new one.
    pub(super) fn suits(&self, shadow: &FloorShadow) -> bool {
        self.size_px == size_px(shadow.softness)
    }

    /// The pass in which the caller draws all casters with [`casters_from_world`], `shadow_caster` as fragments, both
    /// sides, one sample, no depth, blended to the larger.
    pub(super) fn begin_casters<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        self.begin_over(encoder, wgpu::Color::TRANSPARENT)
    }

    /// As [`ShadowMap::begin_casters`], over heights that are there already.
    pub(super) fn begin_over<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        heights: wgpu::Color,
    ) -> wgpu::RenderPass<'a> {
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("shadow casters"),
            color_attachments: &[color(&self.casters, heights)],
            ..Default::default()
        })
    }

    /// Blurs what the casters left.
    pub(super) fn blur(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        pipelines: &ShadowPipelines,
        subject: &Subject<'_>,
    ) {
        let stages = variances(subject.shadow.softness, self.size_px);
        let mut uniforms = [BlurUniform::zeroed(); 2 * STAGES];
        let mut gap = 1.0 / self.size_px as f32;
        for (pair, variance) in uniforms.chunks_exact_mut(2).zip(stages) {
            for (uniform, step) in pair.iter_mut().zip([[0.5 * gap, 0.0], [0.0, gap]]) {
                *uniform = BlurUniform { step, reads_heights: 0.0, unused: 0.0, variance };
            }
            gap *= 2.0;
        }
        // The casters are half as wide.
        uniforms[0].step[0] *= 2.0;
        uniforms[0].reads_heights = 1.0;
        self.blur_slots.write(device, queue, &uniforms);
        let [from_casters, from_across, from_down] = &self.blur_groups;
        let [across, down] = &self.blurred;
        for (stage, variance) in stages.iter().enumerate() {
            // The first also copies.
            if stage > 0 && variance.iter().all(|v| *v == 0.0) {
                break;
            }
            let source = if stage == 0 { from_casters } else { from_down };
            pipelines.blur(encoder, source, UniformSlots::offset(2 * stage), across);
            pipelines.blur(encoder, from_across, UniformSlots::offset(2 * stage + 1), down);
        }
        let floor_from_scenes = on_floor(subject);
        self.drawn = Some(Drawn { shadow: *subject.shadow, look: subject.look, floor_from_scenes });
    }

    /// Writes what each view needs to draw the floor; before the pass begins.
    pub(super) fn update(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &ShadowPipelines,
        shadow: &FloorShadow,
        projections_from_world: &[Mat4],
    ) {
        let softness = shadow.softness.clamp(0.0, 1.0);
        let width = width(shadow);
        let uniforms: Vec<_> = projections_from_world
            .iter()
            .map(|projection| FloorUniform {
                projection_from_floor: (*projection * shadow.world_from_floor).to_cols_array_2d(),
                // A hair below, for products with a flat foot.
                place: [shadow.center.x, shadow.center.y - 1e-3 * width, shadow.center.z, HALF_EDGE * width],
                // A crisp shadow is all dark: as in model-viewer it counts for three tenths.
                opacity: shadow.intensity * (0.3 + 0.7 * softness * softness),
                half_width: 0.5 * shadow.size.x,
                half_depth: 0.5 * shadow.size.z,
                // What touches the floor is dark there also in a shadow that is not so soft.
                contact: shadow.intensity * (0.3 + 0.7 * softness * (2.0 - softness)),
            })
            .collect();
        if self.floor_slots.write(device, queue, &uniforms) {
            let [_, down] = &self.blurred;
            self.floor_group = pipelines.bind(device, self.floor_slots.binding(FLOOR_BYTES), down, FLOOR_BYTES);
        }
    }

    /// Draws the floor for a view: after opaque things, before blended ones. Not seen from below.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>, stage: Stage, pipelines: &ShadowPipelines, view: usize) {
        if let (Some(_), Some(floor), true) = (&self.drawn, pipelines.floor(stage), self.floor_slots.holds(view)) {
            pass.set_pipeline(floor);
            pass.set_bind_group(0, &self.floor_group, &[UniformSlots::offset(view)]);
            pass.draw(0..6, 0..1);
        }
    }

    /// On the GPU, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        u64::from(self.size_px).pow(2) * (4 + 2 * 8 + 2 * 8)
    }
}

impl Drop for ShadowMap {
    /// In a browser, memory that is merely dropped waits for the garbage collector.
    fn drop(&mut self) {
        for view in [&self.casters].into_iter().chain(&self.blurred) {
            view.texture().destroy();
        }
    }
}

fn color(view: &wgpu::TextureView, empty: wgpu::Color) -> Option<wgpu::RenderPassColorAttachment<'_>> {
    Some(wgpu::RenderPassColorAttachment {
        view,
        depth_slice: None,
        resolve_target: None,
        ops: wgpu::Operations { load: wgpu::LoadOp::Clear(empty), store: wgpu::StoreOp::Store },
    })
}

#[cfg(test)]
mod tests;
