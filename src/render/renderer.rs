//! The renderer itself: what it holds and in which order a frame is made.

mod cut;
mod prepare;
#[cfg(feature = "product")]
mod quiet;

pub(super) use cut::Cut;
#[cfg(feature = "product")]
pub(super) use cut::Gate;
#[cfg(feature = "product")]
pub use cut::Part;
#[cfg(not(feature = "product"))]
use cut::Part;

use crate::shelf::Shelf;

use glam::Vec3;

use super::behind::Behind;
#[cfg(feature = "product")]
use super::casters::Casters;
use super::composite::Composite;
use super::features::Features;
use super::frames::FrameBuffer;
use super::layout::{GpuFrame, Layouts};
use super::light::Lights;
use super::lights::lights;
use super::loaded::Loaded;
use super::material::Defaults;
use super::mipmap::Mipmapper;
use super::passes::{Brush, Count, LightGroups, PlacementId, SeenLook, Stock};
use super::picture::{Canvas, Canvases};
use super::pipeline::{Pipelines, Stage};
use super::placement::{Placement, Workshop};
use super::surroundings::Surroundings;
use super::texture::Samplers;
use super::view::{uniform, viewport};
use super::{Gpu, Pixels, RenderError, Statistics, Target, shaders, vertex};
use crate::camera::View;
use crate::environment::Panorama;
use crate::frame::{EnvironmentId, Frame, Look};
use crate::geom::Aabb;
use crate::scene::{Scene, SceneId};

/// Draws frames of loaded scenes; one serves all elements of a page.
#[derive(Debug)]
pub struct Renderer {
    gpu: Gpu,
    layouts: Layouts,
    light: Lights,
    pipelines: Pipelines,
    composite: Composite,
    mipmapper: Mipmapper,
    samplers: Samplers,
    defaults: Defaults,
    default_vertex: wgpu::Buffer,
    canvases: Canvases,
    frames: FrameBuffer,
    samples: u32,
    surroundings: Surroundings,
    behind: Behind,
    #[cfg(feature = "product")]
    quiet: quiet::Quiet,
    scenes: Shelf<SceneId, Loaded>,
    placements: Shelf<PlacementId, Placement>,
    #[cfg(feature = "xr")]
    room_depths: super::room_depth::RoomDepths,
    last: Count,
    frame_count: u64,
    /// After which picture the last part was drawn, and a number for how everything looked.
    #[cfg(feature = "product")]
    parted: Option<(u64, u64)>,
}

impl Renderer {
    /// Makes what every picture needs.
    ///
    /// # Errors
    /// What [`Gpu::check`] says.
    pub fn new(gpu: Gpu) -> Result<Self, RenderError> {
        let device = &gpu.device;
        let samples = gpu.max_samples();
        let layouts = Layouts::new(device);
        let light = Lights::new(device, &gpu.queue);
        let pipelines = Pipelines::new(device, &layouts, light.layout(), samples);
        let composite = Composite::new(device, &layouts.screen);
        let mipmapper = Mipmapper::new(device, &layouts.screen);
        let defaults = Defaults::new(&gpu);
        let default_vertex = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("default vertex"),
            size: vertex::DEFAULTS.len() as u64,
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        gpu.queue.write_buffer(&default_vertex, 0, &vertex::DEFAULTS);
        let frames = FrameBuffer::new(&gpu, 2);
        let behind = Behind::new(device);
        gpu.check()?;
        Ok(Self {
            gpu,
            layouts,
            light,
            pipelines,
            composite,
            mipmapper,
            samplers: Samplers::new(8),
            defaults,
            default_vertex,
            canvases: Canvases::default(),
            frames,
            samples,
            surroundings: Surroundings::default(),
            behind,
            #[cfg(feature = "product")]
            quiet: quiet::Quiet::default(),
            scenes: Shelf::new(),
            placements: Shelf::new(),
            #[cfg(feature = "xr")]
            room_depths: super::room_depth::RoomDepths::default(),
            last: Count::default(),
            frame_count: 0,
            #[cfg(feature = "product")]
            parted: None,
        })
    }

    /// The device that this renderer draws with.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Uploads geometry and materials; a scene that is there already under `id` is replaced. Textures are white until
    /// [`Renderer::set_image`].
    ///
    /// # Errors
    /// - [`RenderError::Shaders`] for a scene that [`Renderer::lacks_shaders`].
    /// - [`RenderError::TooLarge`] when one mesh, the list of nodes or the morph targets pass the device's limits.
    /// - What [`Gpu::check`] says.
    pub fn load(&mut self, id: SceneId, scene: &Scene) -> Result<(), RenderError> {
        self.unload(id);
        self.gpu.alive()?;
        if self.lacks_shaders(scene) {
            return Err(RenderError::Shaders);
        }
        let loaded = Loaded::new(&self.gpu, &self.layouts, &self.defaults, &mut self.samplers, scene)?;
        // Made now, so that what does not fit is known now.
        let placement =
            Placement::new(&self.gpu, &self.layouts, &self.frames, &loaded).inspect_err(|_| loaded.destroy())?;
        self.placements.insert((id, 0), placement);
        self.scenes.insert(id, loaded);
        self.gpu.check()
    }

    /// How many texels along a direction a texture's sample may see: 1 to 16, 8 at first. For scenes that come after.
    pub fn set_most_anisotropy(&mut self, texels: u16) {
        self.samplers = Samplers::new(texels.clamp(1, 16));
    }

    /// Uploads the decoded picture of `scene.images[image]` with its mip levels, reduced to what the device allows.
    ///
    /// # Errors
    /// - [`RenderError::UnknownScene`], [`RenderError::UnknownImage`] for handles that name nothing.
    /// - [`RenderError::Pixels`] for too few bytes.
    /// - [`RenderError::Copy`] when the browser refuses a bitmap: give its bytes instead.
    /// - [`RenderError::TooLarge`] for a bitmap that must be made smaller first.
    /// - What [`Gpu::check`] says.
    pub fn set_image(
        &mut self,
        id: SceneId,
        scene: &Scene,
        image: usize,
        pixels: Pixels<'_>,
    ) -> Result<(), RenderError> {
        self.gpu.alive()?;
        let loaded = self.scenes.get_mut(&id).ok_or(RenderError::UnknownScene)?;
        loaded.set_image(&self.gpu, &mut self.mipmapper, scene, image, &pixels)?;
        loaded.rebind(&self.gpu, &self.layouts, &self.defaults, &mut self.samplers, scene, image);
        self.gpu.collect();
        self.gpu.check()
    }

    /// Frees all that belongs to a scene.
    pub fn unload(&mut self, id: SceneId) {
        let Some(loaded) = self.scenes.remove(&id) else { return };
        loaded.destroy();
        self.placements.retain(|(scene, _), placement| {
            if *scene == id {
                placement.destroy();
            }
            *scene != id
        });
        self.surroundings.forget(|(scene, _)| *scene == id);
        if !self.gpu.is_lost() {
            // Uploads wait in memory for a submit, and no frame may come.
            self.gpu.queue.submit([]);
            self.gpu.collect();
        }
    }

    /// Takes the shaders that no first picture needs and that browsers fetch apart. Once is enough for all renderers of
    /// a page; those of another build are left. Native builds need none.
    pub fn add_shaders(&self, fetched: &str) {
        shaders::add(fetched);
    }

    /// True when no shader has to be fetched (any more).
    pub fn has_shaders(&self) -> bool {
        shaders::complete()
    }

    /// True when a material has extensions whose shaders have yet to be fetched.
    pub fn lacks_shaders(&self, scene: &Scene) -> bool {
        !self.has_shaders() && scene.materials.iter().any(|(_, material)| Features::of(material).any())
    }

    /// Takes an environment, replacing the one of the same name; `sharp` keeps the picture itself for a skybox.
    ///
    /// # Errors
    /// - [`RenderError::Shaders`] before [`Renderer::has_shaders`].
    /// - What [`Gpu::check`] says.
    pub fn set_environment(&mut self, id: EnvironmentId, panorama: &Panorama, sharp: bool) -> Result<(), RenderError> {
        self.equipped()?;
        self.light.set(&self.gpu.device, &self.gpu.queue, id, panorama, sharp);
        self.gpu.collect();
        self.gpu.check()
    }

    /// Takes an environment that the browser has decoded, with `premultiplyAlpha: "none"` and
    /// `colorSpaceConversion: "none"`; see [`Renderer::set_environment`].
    ///
    /// # Errors
    /// - [`RenderError::Shaders`] before [`Renderer::has_shaders`].
    /// - [`RenderError::Copy`] for a closed bitmap, or when the browser refuses it: give its bytes instead.
    /// - [`RenderError::TooLarge`] for one that must be made smaller first.
    /// - What [`Gpu::check`] says.
    #[cfg(target_arch = "wasm32")]
    pub fn set_environment_bitmap(
        &mut self,
        id: EnvironmentId,
        bitmap: &web_sys::ImageBitmap,
        sharp: bool,
    ) -> Result<(), RenderError> {
        self.equipped()?;
        if bitmap.width() == 0 {
            return Err(RenderError::Copy { reason: "the bitmap is closed".to_owned() });
        }
        self.light.set_bitmap(&self.gpu.device, &self.gpu.queue, id, bitmap, sharp)?;
        self.gpu.collect();
        self.gpu.check()
    }

    /// Whether an environment of this name is there.
    pub fn has_environment(&self, id: EnvironmentId) -> bool {
        self.light.contains(id)
    }

    /// Frees an environment; frames that name it are lit by the studio.
    pub fn remove_environment(&mut self, id: EnvironmentId) {
        self.light.remove(id);
    }

    /// Draws `frame` to `target` and submits. Scenes that are not loaded are left out; pipelines that are missing are
    /// created first. False when nothing was drawn: the device is lost, or the target is empty. What the device found
    /// wrong with it, [`Gpu::check`] says, on WebGPU some time later.
    pub fn draw(&mut self, frame: &Frame<'_>, target: &Target<'_>) -> bool {
        self.paint(frame, target.size_px, Some(target), None).is_some()
    }

    /// How many passes there are; none when nothing was drawn.
    fn paint(
        &mut self,
        frame: &Frame<'_>,
        size_px: [u32; 2],
        target: Option<&Target<'_>>,
        part: Option<Part>,
    ) -> Option<usize> {
        if self.gpu.is_lost() || size_px.contains(&0) {
            return None;
        }
        // One more for the shadow's casters, and one for what casts onto parts that are not drawn.
        let more = if cfg!(feature = "product") { 2 } else { 1 };
        self.frames.reserve(&self.gpu, frame.views.len() + more);
        let looks = self.follow(frame);
        #[cfg(feature = "product")]
        if !self.goes_on(part, &looks) {
            return None;
        }
        let transmits = self.ready_for_layers(frame, &looks);
        self.light.update(&self.gpu.queue, &frame.light);
        let stock = Stock {
            scenes: &self.scenes,
            placements: &self.placements,
            pipelines: &self.pipelines,
            defaults: &self.default_vertex,
        };
        let seen: Vec<_> = (0..)
            .zip(&frame.views)
            .filter_map(|(number, view)| {
                let look = looks.get(view.look)?;
                let seen = SeenLook::new(&stock, look, view, self.frames.offset(number));
                Some(SeenView { number, viewport: viewport(view, size_px)?, look, seen })
            })
            .collect();
        let versions = seen.iter().map(|view| view.seen.versions()).max().unwrap_or(0);
        if versions > 0 {
            self.behind.reserve(&self.gpu, size_px, self.samples, versions);
        }
        self.behind.bind(&self.gpu, &self.layouts, &self.light, frame.light.environment);
        let mut uniforms: Vec<_> = frame.views.iter().map(|view| self.view_uniform(frame, view, size_px)).collect();
        uniforms.extend(Surroundings::casters_projection(frame).map(|projection_from_world| GpuFrame {
            projection_from_world: projection_from_world.to_cols_array_2d(),
            ..GpuFrame::default()
        }));
        #[cfg(feature = "product")]
        {
            uniforms.resize(frame.views.len() + 1, GpuFrame::default());
            uniforms.push(quiet::Quiet::map_uniform(&stock, &looks));
        }
        self.frames.write(&self.gpu, &uniforms);
        let canvas = self.canvases.get(&self.gpu, &self.composite, size_px, self.samples);
        let (Some(canvas), Some((layered, behind))) = (canvas, self.behind.groups()) else { return None };
        let mut encoder =
            self.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("frame") });
        let mut count = Count::default();
        self.surroundings.update_skybox(&self.gpu, &self.light, self.samples, transmits, frame);
        #[cfg(feature = "product")]
        {
            let indices = || looks.iter().map(|look| Casters::indices(&stock, look)).sum();
            self.surroundings.casters.gate = Gate::of_shadows(part, indices);
        }
        self.surroundings.update_shadows(
            &self.gpu,
            &self.layouts,
            self.samples,
            transmits,
            &mut encoder,
            &stock,
            &self.frames,
            frame.views.len(),
            frame,
            &looks,
            &mut count,
        );
        #[cfg(feature = "product")]
        if shaders::complete() {
            let stage = quiet::Still { gpu: &self.gpu, layouts: &self.layouts, samples: self.samples, transmits };
            let offset = self.frames.offset(frame.views.len() + 1);
            self.quiet.update(&stage, &mut encoder, &stock, offset, frame, &looks, &mut count);
        }
        let plain = self.light.bind_group(frame.light.environment);
        let light = LightGroups { plain, layered, behind };
        let [across, down] = self.behind.size_px().unwrap_or(size_px);
        let stretch = [across as f32 / size_px[0] as f32, down as f32 / size_px[1] as f32];
        #[cfg(feature = "product")]
        let indices = self.quiet.indices(&stock, &looks) + seen.iter().map(|view| view.seen.indices()).sum::<u64>();
        for version in 0..versions {
            let Some(cut) = Cut::of(part, version, size_px[1]) else { continue };
            let Some(pass) = self.behind.begin(&mut encoder, version, frame, cut) else { break };
            #[cfg(feature = "product")]
            let gate = Gate::new(part, indices);
            let mut brush = Brush {
                pass,
                stage: Stage::Behind,
                light,
                #[cfg(feature = "product")]
                gate,
            };
            for view in &seen {
                view.set(&mut brush.pass, stretch, cut);
                if let Some(farther) = version.checked_sub(1) {
                    view.seen.draw_through(&mut brush, Some(farther), &mut count);
                    continue;
                }
                #[cfg(feature = "product")]
                self.quiet.draw(&mut brush, &stock, frame, view.place(&self.frames), &mut count);
                view.seen.draw_solid(&mut brush, &mut count);
                if brush.takes_one() {
                    self.surroundings.draw(&mut brush, &self.light, frame, view.look, view.number, &mut count);
                }
                view.seen.draw_blended(&mut brush, &mut count);
            }
            uncut(&mut brush.pass, [across, down]);
            drop(brush);
            if cut.ends() {
                self.behind.blur(&self.gpu, &mut self.mipmapper, &mut encoder, version);
            }
        }
        if let Some(cut) = Cut::of(part, versions, size_px[1]) {
            #[cfg(feature = "product")]
            let gate = Gate::new(part, indices);
            let mut brush = Brush {
                pass: begin(&mut encoder, canvas, cut),
                stage: Stage::Picture,
                light,
                #[cfg(feature = "product")]
                gate,
            };
            #[cfg(feature = "xr")]
            self.room_depths.draw(&mut brush.pass, size_px);
            for view in &seen {
                view.set(&mut brush.pass, [1.0, 1.0], cut);
                #[cfg(feature = "product")]
                self.quiet.draw(&mut brush, &stock, frame, view.place(&self.frames), &mut count);
                view.seen.draw_solid(&mut brush, &mut count);
                if brush.takes_one() {
                    self.surroundings.draw(&mut brush, &self.light, frame, view.look, view.number, &mut count);
                }
                view.seen.draw_through(&mut brush, None, &mut count);
                view.seen.draw_blended(&mut brush, &mut count);
                #[cfg(feature = "product")]
                self.quiet.draw_outlines(&mut brush, &stock, view.place(&self.frames), &mut count);
            }
            uncut(&mut brush.pass, size_px);
            drop(brush);
            if let (true, Some(target)) = (cut.ends(), target) {
                self.composite.record(&self.gpu, &mut encoder, &canvas.group, target);
            }
        }
        self.gpu.queue.submit([encoder.finish()]);
        self.gpu.collect();
        self.last = count;
        self.frame_count += 1;
        self.behind.age();
        Some(versions + 1)
    }

    /// What of a real room hides what is drawn from now on, one map an eye; none hides nothing.
    #[cfg(feature = "xr")]
    pub fn set_room_depth(&mut self, rooms: &[super::RoomDepth]) {
        if !self.gpu.is_lost() {
            self.room_depths.set(&self.gpu, self.samples, rooms);
        }
    }

    /// What was done and is held.
    pub fn statistics(&self) -> Statistics {
        let scenes = self.scenes.values();
        let placements = self.placements.values();
        #[cfg(feature = "product")]
        let (more, more_bytes) = (self.quiet.pipelines(), self.quiet.texture_bytes());
        #[cfg(not(feature = "product"))]
        let (more, more_bytes) = (0, 0);
        Statistics {
            pipelines: (more
                + self.light.pipelines()
                + self.pipelines.len()
                + self.surroundings.pipelines()
                + self.composite.pipelines()
                + self.mipmapper.pipelines()) as u32,
            draw_calls: self.last.draw_calls,
            triangles: self.last.triangles,
            buffer_bytes: scenes.clone().map(Loaded::buffer_bytes).sum::<u64>()
                + placements.clone().map(Placement::buffer_bytes).sum::<u64>(),
            texture_bytes: more_bytes
                + self.light.bytes()
                + self.surroundings.texture_bytes()
                + scenes.map(Loaded::texture_bytes).sum::<u64>()
                + placements.map(Placement::texture_bytes).sum::<u64>(),
            canvas_bytes: self.canvases.bytes() + self.behind.bytes(),
            frames: self.frame_count,
        }
    }

    fn equipped(&self) -> Result<(), RenderError> {
        self.gpu.alive()?;
        if self.has_shaders() { Ok(()) } else { Err(RenderError::Shaders) }
    }

    /// Brings every placement up to the frame; for each look the placements in it.
    fn follow(&mut self, frame: &Frame<'_>) -> Vec<Vec<PlacementId>> {
        let mut times: Shelf<SceneId, usize> = Shelf::new();
        let mut looks = Vec::with_capacity(frame.looks.len());
        for look in &frame.looks {
            let mut ids = Vec::with_capacity(look.placed.len());
            for placed in &look.placed {
                let Some(loaded) = self.scenes.get(&placed.id) else { continue };
                let time = times.get(&placed.id).copied().unwrap_or(0);
                let id = (placed.id, time);
                times.insert(placed.id, time + 1);
                if !self.placements.contains_key(&id) {
                    let Ok(made) = Placement::new(&self.gpu, &self.layouts, &self.frames, loaded) else { continue };
                    self.placements.insert(id, made);
                }
                let mut workshop = Workshop {
                    gpu: &self.gpu,
                    layouts: &self.layouts,
                    frames: &self.frames,
                    defaults: &self.defaults,
                    samplers: &mut self.samplers,
                    pipelines: &mut self.pipelines,
                };
                if let Some(placement) = self.placements.get_mut(&id) {
                    placement.update(&mut workshop, loaded, placed);
                    ids.push(id);
                }
            }
            looks.push(ids);
        }
        looks
    }

    /// Makes what materials with extensions need; true when something transmits.
    fn ready_for_layers(&mut self, frame: &Frame<'_>, looks: &[Vec<PlacementId>]) -> bool {
        let seen = || looks.iter().flatten().filter_map(|id| self.placements.get(id));
        if seen().any(Placement::has_sheen) {
            self.light.ensure_sheen(&self.gpu.device, &self.gpu.queue, frame.light.environment);
        }
        let transmits = seen().any(Placement::transmits);
        if transmits {
            for id in looks.iter().flatten() {
                if let Some(placement) = self.placements.get_mut(id) {
                    placement.ensure_behind(&self.gpu.device, &self.layouts, &mut self.pipelines);
                }
            }
        }
        transmits
    }

    fn view_uniform(&self, frame: &Frame<'_>, view: &View, size_px: [u32; 2]) -> GpuFrame {
        let look = frame.looks.get(view.look);
        let has_lights = |look: &&Look<'_>| look.placed.iter().any(|placed| !placed.scene.lights.is_empty());
        let lights = look.filter(has_lights).map(|look| lights(look, self.middle(look)));
        let behind_px = self.behind.size_px().unwrap_or(size_px);
        uniform(frame, view, lights.as_deref().unwrap_or_default(), size_px, behind_px)
    }

    /// The middle of all that is drawn of a look, world space.
    fn middle(&self, look: &Look<'_>) -> Vec3 {
        let mut bounds = Aabb::EMPTY;
        for placed in &look.placed {
            let Some(placement) = self.placements.get(&(placed.id, 0)) else { continue };
            for place in &placement.places {
                bounds.insert(place.center);
            }
        }
        bounds.center()
    }
}

/// One view with what it sees.
struct SeenView<'a> {
    number: usize,
    viewport: [u32; 4],
    look: &'a [PlacementId],
    seen: SeenLook<'a>,
}

impl SeenView<'_> {
    #[cfg(feature = "product")]
    fn place(&self, frames: &FrameBuffer) -> quiet::Place<'_> {
        quiet::Place { look: self.look, view: self.number, offset: frames.offset(self.number) }
    }

    /// `stretch` is the size of the pass's picture over that of the target.
    fn set(&self, pass: &mut wgpu::RenderPass<'_>, [across, down]: [f32; 2], cut: Cut) {
        let [x, y, width, height] = self.viewport.map(|px| px as f32);
        let (left, top, right, bottom) = (x * across, y * down, (x + width) * across, (y + height) * down);
        pass.set_viewport(left, top, right - left, bottom - top, 0.0, 1.0);
        let left = left.floor() as u32;
        let [top, bottom] = cut.rows(top.floor() as u32, bottom.round() as u32, down);
        pass.set_scissor_rect(left, top, right.round() as u32 - left, bottom.saturating_sub(top));
    }
}

/// Before a pass over several views ends: wgpu's WebGL2 resolves within the scissor that was set last.
fn uncut(pass: &mut wgpu::RenderPass<'_>, [width_px, height_px]: [u32; 2]) {
    if cfg!(feature = "webgl") {
        pass.set_scissor_rect(0, 0, width_px, height_px);
    }
}

fn begin<'a>(encoder: &'a mut wgpu::CommandEncoder, canvas: &Canvas, cut: Cut) -> wgpu::RenderPass<'a> {
    let depth_store = if cut.ends() { wgpu::StoreOp::Discard } else { wgpu::StoreOp::Store };
    let store = if canvas.resolved.is_some() { depth_store } else { wgpu::StoreOp::Store };
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("scene"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view: &canvas.color,
            depth_slice: None,
            resolve_target: canvas.resolved.as_ref().filter(|_| cut.ends()),
            ops: wgpu::Operations { load: cut.load(wgpu::Color::TRANSPARENT), store },
        })],
        depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
            view: &canvas.depth,
            depth_ops: Some(wgpu::Operations { load: cut.load(1.0), store: depth_store }),
            stencil_ops: None,
        }),
        ..wgpu::RenderPassDescriptor::default()
    })
}
