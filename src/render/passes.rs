//! The scene's pass: every view of a frame in one go, so that phones keep the picture in their tiles.

use crate::shelf::Shelf;
use std::cmp::Ordering;

use glam::{Mat4, Vec3};

use super::geometry::{Geometry, GpuPrimitive, Slice};
use super::loaded::Loaded;
use super::pipeline::{Pipelines, Stage};
use super::placement::{Item, MaterialRef, Placement};
use super::through::{Step, steps};
use super::view::Frustum;
use crate::camera::View;
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

/// Group 1 of all that is drawn: for materials without extensions, with extensions, and for each version of what lies
/// behind.
#[derive(Clone, Copy)]
pub(super) struct LightGroups<'a> {
    pub(super) plain: &'a wgpu::BindGroup,
    pub(super) layered: &'a wgpu::BindGroup,
    pub(super) behind: &'a [wgpu::BindGroup],
}

/// One item that a view sees.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    loaded: &'a Loaded,
    placement: &'a Placement,
    order: usize,
    pub(super) item: Item,
    /// Along the view, larger is farther.
    depth: f32,
}

impl Seen<'_> {
    /// World space; none may be anywhere.
    pub(super) fn bounds(&self) -> Option<crate::geom::Aabb> {
        self.placement.places.get(self.item.slot)?.bounds
    }
}

/// What one view sees of one look, in the order of drawing: opaque and masked things grouped by pipeline and material,
/// nearest first, then what transmits and what is blended, each farthest first.
pub(super) struct SeenLook<'a> {
    stock: &'a Stock<'a>,
    entries: Vec<Seen<'a>>,
    /// The first that transmits, and the first blended one.
    through: usize,
    blended: usize,
    steps: Vec<Step>,
    /// Of the view's uniform.
    view_offset: u32,
}

impl<'a> SeenLook<'a> {
    pub(super) fn new(stock: &'a Stock<'a>, look: &[PlacementId], view: &View, view_offset: u32) -> Self {
        let projection_from_world: Mat4 = view.projection_from_view * view.world_from_view.inverse();
        let frustum = Frustum::new(projection_from_world);
        let forward: Vec3 = -view.world_from_view.z_axis.truncate();
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
        entries.sort_unstable_by(compare);
        let through = entries.partition_point(|seen| seen.item.turn() < Turn::Through);
        let blended = entries.partition_point(|seen| seen.item.turn() < Turn::Blended);
        let steps = steps(entries.get(through..blended).unwrap_or_default(), projection_from_world);
        Self { stock, entries, through, blended, steps, view_offset }
    }

    /// How many pictures of what lies behind are needed, each with more glass in it.
    pub(super) fn versions(&self) -> usize {
        self.steps.iter().map(|step| step.version + 1).max().unwrap_or(0)
    }

    /// How many indices the picture has, what is drawn twice counted twice.
    #[cfg(feature = "product")]
    pub(super) fn indices(&self) -> u64 {
        let of = |seen: &Seen<'_>| {
            let draws = [false, true].map(|second| u64::from(seen.item.pipeline(Stage::Picture, second).is_some()));
            seen.loaded.index_count(seen.item.slot) * draws.iter().sum::<u64>()
        };
        self.entries.iter().map(of).sum()
    }

    /// Draws what hides other things. The viewport is set; groups change.
    pub(super) fn draw_solid(&self, pass: &mut Brush<'_, '_>, count: &mut Count) {
        self.draw(pass, self.entries.get(..self.through), count);
    }

    /// Draws what transmits, after everything solid; `version` alone, or all.
    pub(super) fn draw_through(&self, pass: &mut Brush<'_, '_>, version: Option<usize>, count: &mut Count) {
        let mut state = State::new(self, pass);
        let entries = self.entries.get(self.through..self.blended).unwrap_or_default();
        for step in self.steps.iter().filter(|step| version.is_none_or(|version| version == step.version)) {
            let Some(entry) = entries.get(step.entry) else { continue };
            for second in step.draws() {
                state.draw(entry, second, Some(step.version), count);
            }
        }
    }

    /// Draws what other things shine through, after everything else.
    pub(super) fn draw_blended(&self, pass: &mut Brush<'_, '_>, count: &mut Count) {
        self.draw(pass, self.entries.get(self.blended..), count);
    }

    fn draw(&self, pass: &mut Brush<'_, '_>, entries: Option<&[Seen<'_>]>, count: &mut Count) {
        let mut state = State::new(self, pass);
        for entry in entries.unwrap_or_default() {
            state.draw(entry, false, None, count);
            state.draw(entry, true, None, count);
        }
    }
}

/// When something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    Solid,
    Through,
    Blended,
}

fn compare(a: &Seen<'_>, b: &Seen<'_>) -> Ordering {
    let by_turn = a.item.turn().cmp(&b.item.turn());
    if by_turn == Ordering::Equal && a.item.turn() != Turn::Solid {
        return b.depth.total_cmp(&a.depth).then(a.order.cmp(&b.order)).then(a.item.slot.cmp(&b.item.slot));
    }
    let group = |seen: &Seen<'_>| (seen.item.key.alpha, seen.item.pipeline, seen.order, seen.item.material);
    by_turn.then_with(|| group(a).cmp(&group(b))).then_with(|| a.depth.total_cmp(&b.depth))
}

/// A pass with what it draws.
pub(super) struct Brush<'pass, 'encoder> {
    pub(super) pass: wgpu::RenderPass<'encoder>,
    pub(super) stage: Stage,
    pub(super) light: LightGroups<'pass>,
    /// What of it is drawn now.
    #[cfg(feature = "product")]
    pub(super) gate: super::renderer::Gate,
}

impl Brush<'_, '_> {
    /// Whether what is drawn in one comes now.
    #[cfg(feature = "product")]
    pub(super) fn takes_one(&mut self) -> bool {
        self.gate.takes_one()
    }

    /// Only products are drawn in parts.
    #[cfg(not(feature = "product"))]
    pub(super) const fn takes_one(&self) -> bool {
        true
    }
}

/// What is set on the pass, so that nothing is set twice.
struct State<'a, 'pass, 'encoder> {
    brush: &'a mut Brush<'pass, 'encoder>,
    stock: &'a Stock<'a>,
    view_offset: u32,
    pipeline: Option<usize>,
    /// Layered or not, and which version.
    light: Option<(bool, Option<usize>)>,
    placement: Option<usize>,
    material: Option<(usize, MaterialRef, bool)>,
    slot: Option<(usize, usize)>,
    primitive: Option<(usize, usize)>,
}

impl<'a, 'pass, 'encoder> State<'a, 'pass, 'encoder> {
    fn new(look: &'a SeenLook<'a>, brush: &'a mut Brush<'pass, 'encoder>) -> Self {
        Self {
            brush,
            stock: look.stock,
            view_offset: look.view_offset,
            pipeline: None,
            light: None,
            placement: None,
            material: None,
            slot: None,
            primitive: None,
        }
    }

    fn draw(&mut self, seen: &Seen<'_>, second: bool, version: Option<usize>, count: &mut Count) {
        let Seen { loaded, placement, order, item, .. } = *seen;
        let Some((key, pipeline)) = item.pipeline(self.brush.stage, second) else { return };
        let Some(instance) = loaded.instances.get(item.slot) else { return };
        let Some(part) = loaded.geometry.primitives.get(instance.primitive) else { return };
        #[cfg(feature = "product")]
        let indices = part.gated(Some(&mut self.brush.gate));
        #[cfg(feature = "product")]
        if indices.is_empty() {
            return;
        }
        #[cfg(not(feature = "product"))]
        let indices = 0..part.index_count;
        let layered = key.is_layered();
        let pass = &mut self.brush.pass;
        if self.pipeline != Some(pipeline) {
            let Some(made) = self.stock.pipelines.get(pipeline) else { return };
            pass.set_pipeline(made);
            self.pipeline = Some(pipeline);
        }
        if self.placement != Some(order) {
            pass.set_bind_group(0, &placement.view_group, &[self.view_offset]);
            self.placement = Some(order);
        }
        let light = (layered, version.filter(|_| key.transmits()));
        if self.light != Some(light) {
            let groups = &self.brush.light;
            let group = match light {
                (false, _) => groups.plain,
                (true, version) => version.and_then(|version| groups.behind.get(version)).unwrap_or(groups.layered),
            };
            pass.set_bind_group(1, group, &[]);
            self.light = Some(light);
        }
        if self.material != Some((order, item.material, layered)) {
            let Some(bound) = placement.material(loaded, item.material) else { return };
            pass.set_bind_group(2, bound.group(layered), &[]);
            self.material = Some((order, item.material, layered));
        }
        if self.slot != Some((order, item.slot)) {
            pass.set_bind_group(3, &placement.group, &[placement.offset(item.slot)]);
            self.slot = Some((order, item.slot));
        }
        if self.primitive != Some((order, instance.primitive)) {
            set_buffers(pass, &loaded.geometry, part, self.stock.defaults);
            self.primitive = Some((order, instance.primitive));
        }
        #[cfg(feature = "product")]
        let drawn = indices.end - indices.start;
        #[cfg(not(feature = "product"))]
        let drawn = part.index_count;
        pass.draw_indexed(indices, 0, 0..1);
        count.draw_calls += 1;
        if part.topology == Topology::Triangles {
            count.triangles += u64::from(drawn / 3);
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
