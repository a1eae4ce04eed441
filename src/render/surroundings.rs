//! What is around the product: an environment behind it, its shadow on the floor.

use crate::shelf::Shelf;

use glam::Mat4;

use super::Gpu;
use super::casters::Casters;
use super::frames::FrameBuffer;
use super::layout::Layouts;
use super::light::Lights;
use super::passes::{Brush, Count, PlacementId, Stock};
use super::placement::Placement;
use super::shaders;
use super::shadow::{ShadowMap, ShadowPipelines, Subject, casters_from_world};
use super::skybox::{Skybox, SkyboxLook};
use super::view::tone_map_number;
use crate::frame::{Background, FloorShadow, Frame};

/// Made piece by piece when a frame first asks for one.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    skybox: Option<Skybox>,
    shadow: Option<ShadowPipelines>,
    pub(super) casters: Casters,
    /// By the first scene of a look.
    maps: Shelf<PlacementId, ShadowMap>,
}

impl Surroundings {
    pub(super) fn pipelines(&self) -> usize {
        self.skybox.as_ref().map_or(0, Skybox::pipelines)
            + self.shadow.as_ref().map_or(0, ShadowPipelines::pipelines)
            + self.casters.pipelines()
    }

    /// How many pipelines `frame` still needs, casters apart; `transmits` when something in it does.
    pub(super) fn missing(&self, frame: &Frame<'_>, transmits: bool) -> usize {
        let behind = usize::from(transmits);
        let skybox = if wants_skybox(frame) { 1 + behind } else { 0 };
        let shadow = if cast(frame).is_some() { ShadowPipelines::PIPELINES + behind } else { 0 };
        skybox.saturating_sub(self.skybox.as_ref().map_or(0, Skybox::pipelines))
            + shadow.saturating_sub(self.shadow.as_ref().map_or(0, ShadowPipelines::pipelines))
    }

    /// Makes the next of them.
    pub(super) fn build(&mut self, gpu: &Gpu, lights: &Lights, samples: u32, frame: &Frame<'_>, transmits: bool) {
        if wants_skybox(frame) {
            match &mut self.skybox {
                None => {
                    self.skybox = Some(Skybox::new(&gpu.device, lights, samples));
                    return;
                }
                Some(skybox) if transmits && skybox.pipelines() < 2 => return skybox.ensure_behind(&gpu.device),
                Some(_) => {}
            }
        }
        if cast(frame).is_some() {
            let shadow = self.shadow.get_or_insert_with(|| ShadowPipelines::new(&gpu.device, samples));
            if shadow.pipelines() < ShadowPipelines::PIPELINES {
                shadow.build(&gpu.device);
            } else if transmits {
                shadow.ensure_behind(&gpu.device);
            }
        }
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.maps.values().map(ShadowMap::bytes).sum()
    }

    /// Frees what belongs to a scene.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&PlacementId) -> bool) {
        self.maps.retain(|id, _| !is_gone(id));
    }

    /// Where casters are drawn, for the frame's uniforms.
    pub(super) fn casters_projection(frame: &Frame<'_>) -> Option<Mat4> {
        cast(frame).as_ref().map(casters_from_world)
    }

    /// Writes what the frame's skybox needs; before the pass begins.
    pub(super) fn update_skybox(
        &mut self,
        gpu: &Gpu,
        lights: &Lights,
        samples: u32,
        transmits: bool,
        frame: &Frame<'_>,
    ) {
        let Background::Skybox { environment, ground } = frame.background else { return };
        if !wants_skybox(frame) {
            return;
        }
        let skybox = self.skybox.get_or_insert_with(|| Skybox::new(&gpu.device, lights, samples));
        if transmits {
            skybox.ensure_behind(&gpu.device);
        }
        let look = SkyboxLook {
            environment,
            ground,
            rotation: frame.light.rotation,
            exposure: frame.exposure,
            tone_map: tone_map_number(frame.tone_map),
        };
        skybox.update(&gpu.device, &gpu.queue, lights, &look, &frame.views);
    }

    /// Draws the shadow of every look that changed, and writes what its views need; before the scene's pass. The
    /// frame's uniform number `slot` holds [`Surroundings::casters_projection`].
    #[expect(clippy::too_many_arguments, reason = "a pass reads what the whole renderer holds")]
    pub(super) fn update_shadows(
        &mut self,
        gpu: &Gpu,
        layouts: &Layouts,
        samples: u32,
        transmits: bool,
        encoder: &mut wgpu::CommandEncoder,
        stock: &Stock<'_>,
        frames: &FrameBuffer,
        slot: usize,
        frame: &Frame<'_>,
        looks: &[Vec<PlacementId>],
        count: &mut Count,
    ) {
        let Some(shadow) = cast(frame) else { return };
        let pipelines = self.shadow.get_or_insert_with(|| ShadowPipelines::new(&gpu.device, samples));
        pipelines.complete(&gpu.device);
        if transmits {
            pipelines.ensure_behind(&gpu.device);
        }
        let projections: Vec<_> =
            frame.views.iter().map(|view| view.projection_from_view * view.world_from_view.inverse()).collect();
        for look in looks {
            let Some(id) = look.first() else { continue };
            let placed = look.iter().filter_map(|id| stock.placements.get(id));
            let world_from_scenes: Vec<_> = placed.map(Placement::world_from_scene).collect();
            let subject =
                Subject { shadow: &shadow, look: revision(stock, look), world_from_scenes: &world_from_scenes };
            if self.maps.get(id).is_none_or(|map| !map.suits(&shadow)) {
                self.maps.insert(*id, ShadowMap::new(&gpu.device, pipelines, &shadow));
            }
            let Some(map) = self.maps.get_mut(id) else { continue };
            #[cfg(feature = "product")]
            let keeps = self.casters.gate.is_none() && map.is_drawn();
            #[cfg(not(feature = "product"))]
            let keeps = false;
            if !keeps && !map.holds(&subject) {
                #[cfg(feature = "product")]
                let [begins, ends] = self.casters.gate.map_or([true; 2], super::renderer::Gate::ends);
                #[cfg(feature = "product")]
                let mut pass = if begins { map.begin_casters(encoder) } else { map.go_on(encoder) };
                #[cfg(not(feature = "product"))]
                let mut pass = map.begin_casters(encoder);
                count.draw_calls +=
                    self.casters.draw(&gpu.device, layouts, &mut pass, stock, look, frames.offset(slot));
                drop(pass);
                #[cfg(feature = "product")]
                if !ends {
                    continue;
                }
                map.blur(&gpu.device, &gpu.queue, encoder, pipelines, &subject);
            }
            map.update(&gpu.device, &gpu.queue, pipelines, &shadow, &projections);
        }
    }

    /// Draws behind and below one view of one look: after solid things, before blended ones. Changes groups 0 and 1.
    pub(super) fn draw(
        &self,
        brush: &mut Brush<'_, '_>,
        lights: &Lights,
        frame: &Frame<'_>,
        look: &[PlacementId],
        view: usize,
        count: &mut Count,
    ) {
        if let (Background::Skybox { .. }, Some(skybox)) = (frame.background, &self.skybox) {
            skybox.draw(&mut brush.pass, brush.stage, lights, view);
            count.draw_calls += 1;
        }
        let map = cast(frame).and_then(|_| self.maps.get(look.first()?));
        if let (Some(map), Some(pipelines)) = (map, &self.shadow) {
            map.draw(&mut brush.pass, brush.stage, pipelines, view);
            count.draw_calls += 1;
        }
    }
}

/// The shadow that is seen, if any.
pub(super) fn cast(frame: &Frame<'_>) -> Option<FloorShadow> {
    frame.floor_shadow.filter(|shadow| shadow.intensity > 0.0)
}

/// Not before its shader is there: nor is its picture.
fn wants_skybox(frame: &Frame<'_>) -> bool {
    matches!(frame.background, Background::Skybox { .. }) && shaders::complete()
}

/// One number for everything that changes a look's shadow while its parts stand where they are (FNV-1a).
fn revision(stock: &Stock<'_>, look: &[PlacementId]) -> u64 {
    look.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, id| {
        let revision = stock.placements.get(id).map_or(0, |placement| placement.revision);
        [id.0.0, id.1 as u64, revision]
            .into_iter()
            .fold(hash, |hash, number| (hash ^ number).wrapping_mul(0x0100_0000_01b3))
    })
}
