//! The scene's pass: every view of a frame in one go, so that phones keep the picture in their tiles.

use crate::shelf::Shelf;
use std::cmp::Ordering;

use glam::Vec3;

use super::geometry::{Geometry, GpuPrimitive, Slice};
use super::loaded::Loaded;
use super::pipeline::{Alpha, PipelineIndex, Pipelines};
use super::placement::{Item, MaterialRef, Placement};
use super::view::Frustum;
use crate::scene::{SceneId, Topology};

/// Names a [`Placement`]: the scene, and how many times it came before in the same frame.
pub(super) type PlacementId = (SceneId, usize);

/// What was drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) draw_calls: u32,
    pub(super) triangles: u64,
}

/// What a pass reads.
pub(super) struct Stock<'a> {
    pub(super) scenes: &'a Shelf<SceneId, Loaded>,
    pub(super) placements: &'a Shelf<PlacementId, Placement>,
    pub(super) pipelines: &'a Pipelines,
    /// The vertex buffer of what primitives lack.
    pub(super) defaults: &'a wgpu::Buffer,
}

/// One item that a view sees.
#[derive(Clone, Copy)]
struct Seen<'a> {
    loaded: &'a Loaded,
    placement: &'a Placement,
    order: usize,
    item: Item,
    /// Along the view, larger is farther.
    depth: f32,
}

/// What one view sees of one look, in the order of drawing: opaque and masked things grouped by pipeline and material,
/// nearest first, then blended ones, farthest first.
pub(super) struct SeenLook<'a> {
    stock: &'a Stock<'a>,
    entries: Vec<Seen<'a>>,
    /// The first blended one.
    blended: usize,
    /// Of the view's uniform.
    view_offset: u32,
}

impl<'a> SeenLook<'a> {
    pub(super) fn new(
        stock: &'a Stock<'a>,
        look: &[PlacementId],
        frustum: &Frustum,
        forward: Vec3,
        view_offset: u32,
    ) -> Self {
        let mut entries = Vec::new();
        for (order, id) in look.iter().enumerate() {
            let (Some(loaded), Some(placement)) = (stock.scenes.get(&id.0), stock.placements.get(id)) else { continue };
            for item in &placement.items {
                let Some(place) = placement.places.get(item.slot) else { continue };
                if place.bounds.is_none_or(|bounds| frustum.sees(&bounds)) {
                    entries.push(Seen { loaded, placement, order, item: *item, depth: place.center.dot(forward) });
                }
            }
        }
        entries.sort_by(compare);
        let blended = entries.partition_point(|seen| seen.item.alpha != Alpha::Blend);
        Self { stock, entries, blended, view_offset }
    }

    /// Draws what hides other things. Group 1 and the viewport are set.
    pub(super) fn draw_solid(&self, pass: &mut wgpu::RenderPass<'_>, count: &mut Count) {
        self.draw(pass, self.entries.get(..self.blended), count);
    }

    /// Draws what other things shine through, after everything solid. Group 1 and the viewport are set.
    pub(super) fn draw_blended(&self, pass: &mut wgpu::RenderPass<'_>, count: &mut Count) {
        self.draw(pass, self.entries.get(self.blended..), count);
    }

    fn draw(&self, pass: &mut wgpu::RenderPass<'_>, entries: Option<&[Seen<'_>]>, count: &mut Count) {
        let mut state = State {
            pass,
            stock: self.stock,
            view_offset: self.view_offset,
            pipeline: None,
            placement: None,
            material: None,
            slot: None,
            primitive: None,
        };
        for entry in entries.unwrap_or_default() {
            state.draw(entry, entry.item.pipeline, count);
            if let Some(pipeline) = entry.item.second_pipeline {
                state.draw(entry, pipeline, count);
            }
        }
    }
}

fn compare(a: &Seen<'_>, b: &Seen<'_>) -> Ordering {
    let by_alpha = a.item.alpha.cmp(&b.item.alpha);
    if by_alpha == Ordering::Equal && a.item.alpha == Alpha::Blend {
        return b.depth.total_cmp(&a.depth).then(a.order.cmp(&b.order)).then(a.item.slot.cmp(&b.item.slot));
    }
    let group = |seen: &Seen<'_>| (seen.item.pipeline, seen.order, seen.item.material);
    by_alpha.then_with(|| group(a).cmp(&group(b))).then_with(|| a.depth.total_cmp(&b.depth))
}

/// What is set on the pass, so that nothing is set twice.
struct State<'a, 'pass, 'encoder> {
    pass: &'pass mut wgpu::RenderPass<'encoder>,
    stock: &'a Stock<'a>,
    view_offset: u32,
    pipeline: Option<PipelineIndex>,
    placement: Option<usize>,
    material: Option<(usize, MaterialRef)>,
    slot: Option<(usize, usize)>,
    primitive: Option<(usize, usize)>,
}

impl State<'_, '_, '_> {
    fn draw(&mut self, seen: &Seen<'_>, pipeline: PipelineIndex, count: &mut Count) {
        let Seen { loaded, placement, order, item, .. } = *seen;
        let Some(instance) = loaded.instances.get(item.slot) else { return };
        let Some(part) = loaded.geometry.primitives.get(instance.primitive) else { return };
        if self.pipeline != Some(pipeline) {
            let Some(made) = self.stock.pipelines.get(pipeline) else { return };
            self.pass.set_pipeline(made);
            self.pipeline = Some(pipeline);
        }
        if self.placement != Some(order) {
            self.pass.set_bind_group(0, &placement.view_group, &[self.view_offset]);
            self.placement = Some(order);
        }
        if self.material != Some((order, item.material)) {
            let Some(bound) = placement.material(loaded, item.material) else { return };
            self.pass.set_bind_group(2, &bound.group, &[]);
            self.material = Some((order, item.material));
        }
        if self.slot != Some((order, item.slot)) {
            self.pass.set_bind_group(3, &placement.group, &[placement.offset(item.slot)]);
            self.slot = Some((order, item.slot));
        }
        if self.primitive != Some((order, instance.primitive)) {
            set_buffers(self.pass, &loaded.geometry, part, self.stock.defaults);
            self.primitive = Some((order, instance.primitive));
        }
        self.pass.draw_indexed(0..part.index_count, 0, 0..1);
        count.draw_calls += 1;
        if part.topology == Topology::Triangles {
            count.triangles += u64::from(part.index_count / 3);
        }
    }
}

pub(super) fn set_buffers(
    pass: &mut wgpu::RenderPass<'_>,
    geometry: &Geometry,
    part: &GpuPrimitive,
    defaults: &wgpu::Buffer,
) {
    let range = |slice: Slice| slice.offset..slice.offset + slice.bytes;
    for (slot, slice) in [(0, Some(part.positions)), (1, part.shading), (2, part.skin)] {
        if let Some((slice, chunk)) = slice.and_then(|slice| Some((slice, geometry.vertex_chunks.get(slice.chunk)?))) {
            pass.set_vertex_buffer(slot, chunk.slice(range(slice)));
        }
    }
    pass.set_vertex_buffer(3, defaults.slice(..));
    if let Some(chunk) = geometry.index_chunks.get(part.indices.chunk) {
        pass.set_index_buffer(chunk.slice(range(part.indices)), part.index_format);
    }
}
