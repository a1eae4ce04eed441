//! Parts that are there without being drawn: they hide what is behind them, take the shadow of what is drawn, or are seen as
//! an outline. See roles.wgsl.
//!
//! Before anything else they write their depth, with no colour; then black falls on them where what is drawn stands above.
//! The outline comes last: the part, moved in the picture by the line's width, in as many directions as make a round line,
//! wherever its own depth does not hide it. So the line is as wide everywhere, has no gap at hard edges, as one that is
//! pushed out along normals has, and shows where one part ends before another; it is smoothed as all other edges are.

mod map;
mod pipelines;

use std::mem::{offset_of, size_of};
use std::ops::Range;

use bytemuck::{Pod, Zeroable};

pub(super) use map::CasterMap;
pub(super) use pipelines::Key;
use pipelines::{Pipelines, Use};

use super::Gpu;
use super::geometry::GpuPrimitive;
use super::layout::{GpuFrame, Layouts, Mirror};
use super::loaded::{Loaded, source, winding};
use super::passes::{Brush, Count, PlacementId, Stock, set_buffers};
use super::pipeline::{Alpha, Cull, Stage, Winding};
use super::placement::{MaterialRef, Placement};
use super::slots::UniformSlots;
use super::vertex::{self, Attributes};
use crate::frame::{Frame, Placed};
use crate::geom::Aabb;
use crate::scene::{AlphaMode, Material, Role, SceneId, Topology};
use crate::shelf::Shelf;

const BYTES: usize = size_of::<RolesUniform>();
/// Copies of a part that make its line, or the rim of it.
const COPIES: u32 = 8;

/// Mirrors `Roles` in roles.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
struct RolesUniform {
    corner: [f32; 2],
    texels: f32,
    edge: f32,
    low: f32,
    range: f32,
    dark: f32,
    size: f32,
    pixel: [f32; 2],
    core: f32,
    rim: f32,
}

/// [`RolesUniform`] as WGSL must see it.
pub(super) const MIRROR: Mirror = (
    "Roles",
    BYTES,
    &[
        ("corner", offset_of!(RolesUniform, corner)),
        ("texels", offset_of!(RolesUniform, texels)),
        ("edge", offset_of!(RolesUniform, edge)),
        ("low", offset_of!(RolesUniform, low)),
        ("range", offset_of!(RolesUniform, range)),
        ("dark", offset_of!(RolesUniform, dark)),
        ("size", offset_of!(RolesUniform, size)),
        ("pixel", offset_of!(RolesUniform, pixel)),
        ("core", offset_of!(RolesUniform, core)),
        ("rim", offset_of!(RolesUniform, rim)),
    ],
);

/// One part that is not drawn as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quiet {
    role: Role,
    masked: bool,
    cull: Cull,
    winding: Winding,
    attributes: Attributes,
    material: MaterialRef,
    slot: usize,
}

impl Quiet {
    /// None for what is always drawn as it is, and for what one looks through: that hides nothing.
    pub(super) fn of(
        role: Role,
        material: &Material,
        reference: MaterialRef,
        part: &GpuPrimitive,
        winding: Winding,
        slot: usize,
    ) -> Option<Self> {
        let seen_through = material.alpha_mode == AlphaMode::Blend || material.transmission.factor > 0.0;
        let hides_nothing = seen_through && role == Role::DepthOnly;
        (part.topology == Topology::Triangles && !hides_nothing).then_some(Self {
            role,
            masked: matches!(material.alpha_mode, AlphaMode::Mask { .. }),
            cull: if material.double_sided { Cull::Nothing } else { Cull::Back },
            winding,
            attributes: part.attributes,
            material: reference,
            slot,
        })
    }

    /// The key under which the same part is in the map of what casts.
    fn casting(&self) -> Key {
        casting(self.masked, self.attributes)
    }

    fn key(&self, purpose: Use, stage: Stage) -> Key {
        // The back of a thin part is moved out of what its front covers, too.
        let cull = if purpose.is_line() { Cull::Nothing } else { self.cull };
        Key { purpose, stage, masked: self.masked, cull, winding: self.winding, attributes: self.attributes }
    }
}

fn casting(masked: bool, attributes: Attributes) -> Key {
    let (cull, winding) = (Cull::Nothing, Winding::CounterClockwise);
    Key { purpose: Use::Cast, stage: Stage::Picture, masked, cull, winding, attributes }
}

/// All of it; made when the first such part comes.
#[derive(Debug, Default)]
pub(super) struct Roles {
    shared: Option<Shared>,
}

#[derive(Debug)]
struct Shared {
    pipelines: Pipelines,
    slots: UniformSlots,
    /// As many constants as there are copies: on WebGL2 a stride of 0 means another.
    defaults: wgpu::Buffer,
    map: CasterMap,
    group: wgpu::BindGroup,
    /// The same without the map, while it is drawn.
    map_group: wgpu::BindGroup,
}

impl Roles {
    pub(super) fn pipelines(&self) -> usize {
        self.shared.as_ref().map_or(0, |shared| shared.pipelines.len())
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.map.bytes())
    }

    /// From world space to the clip space in which what casts onto parts is drawn; zero without such parts.
    pub(super) fn map_uniform(stock: &Stock<'_>, looks: &[Vec<PlacementId>]) -> GpuFrame {
        let projection = casters(stock, looks).map(|bounds| CasterMap::projection(&bounds));
        GpuFrame { projection_from_world: projection.unwrap_or_default().to_cols_array_2d(), ..GpuFrame::default() }
    }

    /// Makes what a frame needs, and draws what casts onto parts; before the scene's pass. The frame's uniform at `offset`
    /// is [`Roles::map_uniform`].
    #[expect(clippy::too_many_arguments, reason = "a pass reads what the whole renderer holds")]
    pub(super) fn update(
        &mut self,
        gpu: &Gpu,
        layouts: &Layouts,
        samples: u32,
        transmits: bool,
        encoder: &mut wgpu::CommandEncoder,
        stock: &Stock<'_>,
        offset: u32,
        frame: &Frame<'_>,
        looks: &[Vec<PlacementId>],
        count: &mut Count,
    ) {
        let quiet = || looks.iter().flatten().filter_map(|id| stock.placements.get(id)).flat_map(|one| &one.quiet);
        if quiet().next().is_none() {
            return;
        }
        let device = &gpu.device;
        let shared = self.shared.get_or_insert_with(|| Shared::new(gpu, layouts, samples));
        let dark = frame.floor_shadow.map_or(0.0, |shadow| shadow.intensity.clamp(0.0, 1.0));
        let bounds = casters(stock, looks).filter(|_| dark > 0.0);
        for one in quiet() {
            for purpose in Use::of(one.role) {
                shared.pipelines.ensure(device, one.key(*purpose, Stage::Picture));
                if transmits && !purpose.is_line() {
                    shared.pipelines.ensure(device, one.key(*purpose, Stage::Behind));
                }
            }
        }
        let width = quiet().filter_map(|one| match one.role {
            Role::Outline { width_px } => Some(width_px),
            _ => None,
        });
        let width_px = width.fold(0.0, f32::max);
        let place = bounds.as_ref().map(CasterMap::place).unwrap_or_default();
        let uniforms: Vec<_> = frame
            .views
            .iter()
            .map(|view| {
                let [_, _, width, height] = view.viewport_px.map(|px| px.max(1) as f32);
                RolesUniform {
                    corner: place.corner,
                    texels: place.texels,
                    edge: CasterMap::EDGE_PX as f32,
                    low: place.low,
                    range: place.range,
                    dark: if bounds.is_some() { dark } else { 0.0 },
                    size: place.size,
                    pixel: [2.0 / width, 2.0 / height],
                    core: width_px,
                    rim: width_px * 1.6 + 0.3,
                }
            })
            .collect();
        if shared.slots.write(device, &gpu.queue, &uniforms) {
            shared.rebind(device);
        }
        if bounds.is_some() {
            shared.draw_map(device, encoder, stock, offset, looks, count);
        }
    }

    /// About how many indices the scene's pass draws of them, in all looks.
    pub(super) fn indices(&self, stock: &Stock<'_>, looks: &[Vec<PlacementId>]) -> u64 {
        let known = looks.iter().flatten().filter_map(|id| Some((stock.scenes.get(&id.0)?, stock.placements.get(id)?)));
        let quiet = known.flat_map(|(loaded, placement)| placement.quiet.iter().map(move |one| (loaded, one)));
        let of = |(loaded, one): (&Loaded, &Quiet)| {
            let copies: u32 = Use::of(one.role).iter().map(|purpose| purpose.copies()).sum();
            loaded.index_count(one.slot) * u64::from(copies)
        };
        quiet.map(of).sum()
    }

    /// Depth of what hides or is outlined, then shadows on it. The viewport is set; groups change.
    pub(super) fn draw_hiding(
        &self,
        brush: &mut Brush<'_, '_>,
        stock: &Stock<'_>,
        look: &[PlacementId],
        view: (usize, u32),
        count: &mut Count,
    ) {
        let Some(shared) = &self.shared else { return };
        shared.draw(brush, stock, look, view, Use::Hide, count);
        shared.draw(brush, stock, look, view, Use::Catch, count);
    }

    /// Lines, after everything else.
    pub(super) fn draw_outlines(
        &self,
        brush: &mut Brush<'_, '_>,
        stock: &Stock<'_>,
        look: &[PlacementId],
        view: (usize, u32),
        count: &mut Count,
    ) {
        if let Some(shared) = &self.shared {
            // Of all parts first, so that no part's rim lies on another's line.
            shared.draw(brush, stock, look, view, Use::Rim, count);
            shared.draw(brush, stock, look, view, Use::Outline, count);
        }
    }
}

impl Roles {
    /// The pipelines that a frame with such parts can still need, whichever of its parts is in which role.
    pub(super) fn missing(&self, transmits: bool, scenes: &Shelf<SceneId, Loaded>, frame: &Frame<'_>) -> Vec<Key> {
        let placed = || frame.looks.iter().flat_map(|look| &look.placed);
        if placed().all(|placed| placed.overlay.role.is_drawn()) {
            return Vec::new();
        }
        let things = placed().filter(|placed| placed.overlay.role != Role::Sign);
        let loaded = things.filter_map(|placed| Some((placed, scenes.get(&placed.id)?)));
        let is_made = |key: &Key| self.shared.as_ref().is_some_and(|shared| shared.pipelines.get(key).is_some());
        let mut missing: Vec<Key> = Vec::new();
        for key in loaded.flat_map(|(placed, loaded)| keys(loaded, placed, transmits)) {
            if !is_made(&key) && !missing.contains(&key) {
                missing.push(key);
            }
        }
        missing
    }

    /// Makes one of them.
    pub(super) fn build(&mut self, gpu: &Gpu, layouts: &Layouts, samples: u32, key: Key) {
        let shared = self.shared.get_or_insert_with(|| Shared::new(gpu, layouts, samples));
        shared.pipelines.ensure(&gpu.device, key);
    }
}

/// All that a scene's parts can need, as placed.
fn keys(loaded: &Loaded, placed: &Placed<'_>, transmits: bool) -> Vec<Key> {
    let fallback = Material::default();
    let mut out = Vec::new();
    for (slot, instance) in loaded.instances.iter().enumerate() {
        let Some(part) = loaded.geometry.primitives.get(instance.primitive) else { continue };
        let Some(source) = source(placed.scene, part) else { continue };
        let winding = winding(placed.world_from_scene, placed.pose, instance);
        for index in source.variant_materials.iter().copied().chain([source.material]) {
            let material = index.and_then(|index| placed.overlay.material(placed.scene, index)).unwrap_or(&fallback);
            for role in [Role::DepthOnly, Role::Outline { width_px: 1.0 }] {
                let quiet = Quiet::of(role, material, MaterialRef::File(0), part, winding, slot);
                for (quiet, purpose) in
                    quiet.iter().flat_map(|quiet| Use::of(role).iter().map(move |one| (quiet, *one)))
                {
                    out.push(quiet.key(purpose, Stage::Picture));
                    if transmits && !purpose.is_line() {
                        out.push(quiet.key(purpose, Stage::Behind));
                    }
                }
                // As it is, it casts.
                out.extend(quiet.map(|quiet| quiet.casting()));
            }
        }
    }
    out
}

/// The box around all that is drawn as it is, where something takes its shadow.
fn casters(stock: &Stock<'_>, looks: &[Vec<PlacementId>]) -> Option<Aabb> {
    let placements = || looks.iter().flatten().filter_map(|id| stock.placements.get(id));
    let catches = placements().flat_map(|one| &one.quiet).any(|one| one.role == Role::DepthOnly);
    let mut bounds = Aabb::EMPTY;
    for placement in placements().filter(|placement| catches && !placement.is_sign) {
        for item in &placement.items {
            if let Some(found) = placement.places.get(item.slot).and_then(|place| place.bounds) {
                bounds.union(&found);
            }
        }
    }
    (!bounds.is_empty()).then_some(bounds)
}

impl Shared {
    fn new(gpu: &Gpu, layouts: &Layouts, samples: u32) -> Self {
        let device = &gpu.device;
        let defaults = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("default vertex"),
            size: u64::from(COPIES) * vertex::DEFAULTS.len() as u64,
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        gpu.queue.write_buffer(&defaults, 0, &vertex::DEFAULTS.repeat(COPIES as usize));
        let pipelines = Pipelines::new(device, layouts, samples);
        let (slots, map) = (UniformSlots::new(device, "roles", 2), CasterMap::new(device));
        let group = pipelines.group(device, &slots, &map.view);
        let map_group = pipelines.group(device, &slots, &map.nothing);
        Self { pipelines, slots, defaults, map, group, map_group }
    }

    fn rebind(&mut self, device: &wgpu::Device) {
        self.group = self.pipelines.group(device, &self.slots, &self.map.view);
        self.map_group = self.pipelines.group(device, &self.slots, &self.map.nothing);
    }

    fn draw(
        &self,
        brush: &mut Brush<'_, '_>,
        stock: &Stock<'_>,
        look: &[PlacementId],
        (view, offset): (usize, u32),
        purpose: Use,
        count: &mut Count,
    ) {
        let copies = purpose.copies();
        for id in look {
            let (Some(loaded), Some(placement)) = (stock.scenes.get(&id.0), stock.placements.get(id)) else { continue };
            let quiet = placement.quiet.iter().filter(|one| Use::of(one.role).contains(&purpose));
            let mut is_set = false;
            for one in quiet {
                let indices = u32::try_from(loaded.index_count(one.slot)).unwrap_or(u32::MAX);
                // Copies are never parted, a part alone is.
                let now = match copies {
                    1 => (brush.gate.take(indices, 3), 0..1),
                    _ => {
                        let taken = brush.gate.take(indices.saturating_mul(copies), indices);
                        (0..indices, taken.start / indices.max(1)..taken.end / indices.max(1))
                    }
                };
                let Some(pipeline) = self.pipelines.get(&one.key(purpose, brush.stage)) else { continue };
                if now.0.is_empty() || now.1.is_empty() {
                    continue;
                }
                if !is_set {
                    brush.pass.set_bind_group(0, &placement.view_group, &[offset]);
                    brush.pass.set_bind_group(1, &self.group, &[UniformSlots::offset(view)]);
                    is_set = true;
                }
                brush.pass.set_pipeline(pipeline);
                self.draw_one(&mut brush.pass, loaded, placement, (one.material, one.slot), now, count);
            }
        }
    }

    fn draw_one(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        loaded: &Loaded,
        placement: &Placement,
        (material, slot): (MaterialRef, usize),
        (indices, copies): (Range<u32>, Range<u32>),
        count: &mut Count,
    ) {
        let instance = loaded.instances.get(slot);
        let part = instance.and_then(|instance| loaded.geometry.primitives.get(instance.primitive));
        let (Some(part), Some(bound)) = (part, placement.material(loaded, material)) else { return };
        pass.set_bind_group(2, bound.group(false), &[]);
        pass.set_bind_group(3, &placement.group, &[placement.offset(slot)]);
        set_buffers(pass, &loaded.geometry, part, &self.defaults);
        count.draw_calls += 1;
        count.triangles += copies.len() as u64 * (indices.len() / 3) as u64;
        pass.draw_indexed(indices, 0, copies);
    }

    fn draw_map(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        stock: &Stock<'_>,
        offset: u32,
        looks: &[Vec<PlacementId>],
        count: &mut Count,
    ) {
        let key = |item: &super::placement::Item| {
            let alpha = item.key.casts().filter(|alpha| matches!(alpha, Alpha::Opaque | Alpha::Mask))?;
            Some(casting(alpha == Alpha::Mask, item.key.attributes))
        };
        let known = || looks.iter().flatten().filter_map(|id| Some((id, stock.placements.get(id)?)));
        let placements = || known().filter(|(_, placement)| !placement.is_sign);
        for found in placements().flat_map(|(_, placement)| &placement.items).filter_map(key) {
            self.pipelines.ensure(device, found);
        }
        let mut pass = self.map.begin(encoder);
        pass.set_bind_group(1, &self.map_group, &[0]);
        for (id, placement) in placements() {
            let Some(loaded) = stock.scenes.get(&id.0) else { continue };
            pass.set_bind_group(0, &placement.view_group, &[offset]);
            for item in &placement.items {
                let Some(pipeline) = key(item).and_then(|key| self.pipelines.get(&key)) else { continue };
                pass.set_pipeline(pipeline);
                let indices = u32::try_from(loaded.index_count(item.slot)).unwrap_or(u32::MAX);
                let one = (item.material, item.slot);
                self.draw_one(&mut pass, loaded, placement, one, (0..indices, 0..1), count);
            }
        }
    }
}
