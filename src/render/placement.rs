//! One placed scene in one look: its draw uniforms, its pose on the GPU and the list of what is drawn, all kept until
//! the pose or the overlay changes.

use crate::shelf::Shelf;
use std::mem::size_of;

use glam::{Mat3, Mat4, Vec3};

use super::Gpu;
use super::RenderError;
use super::deform::{PosePlan, Texels};
use super::frames::FrameBuffer;
use super::layout::{GpuDraw, Layouts, draw_flag};
use super::loaded::{Instance, Loaded, source, winding, world_from_node};
use super::material::{Bound, Defaults, Sources};
use super::passes::Turn;
use super::pipeline::{Alpha, PipelineIndex, PipelineKey, Pipelines, Stage, Winding};
use super::texture::Samplers;
use super::vertex::Attributes;
use crate::frame::Placed;
use crate::geom::Aabb;
use crate::scene::{ExtensionTextures, Material, Overlay};

/// Which bind group an item's material is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MaterialRef {
    /// Of the file; the index after the last is the default material.
    File(usize),
    /// Of the overlay.
    Overlay(usize),
}

/// One draw call, or two for both sides of what is seen through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) key: PipelineKey,
    second: Option<PipelineKey>,
    pub(super) pipeline: PipelineIndex,
    second_pipeline: Option<PipelineIndex>,
    /// The same two for [`Stage::Behind`]; made when a frame has something that transmits.
    behind: Option<(PipelineIndex, Option<PipelineIndex>)>,
    pub(super) material: MaterialRef,
    /// Into [`Loaded::instances`] and among the draw uniforms.
    pub(super) slot: usize,
}

impl Item {
    /// When it is drawn.
    pub(super) fn turn(&self) -> Turn {
        match self.key.alpha {
            _ if self.key.transmits() => Turn::Through,
            Alpha::Blend => Turn::Blended,
            _ => Turn::Solid,
        }
    }

    /// What draws it, if there is that one.
    pub(super) fn pipeline(&self, stage: Stage, second: bool) -> Option<(PipelineKey, PipelineIndex)> {
        let key = if second { self.second? } else { self.key };
        let pipelines = match stage {
            Stage::Picture => (self.pipeline, self.second_pipeline),
            Stage::Behind => self.behind?,
        };
        Some((key, if second { pipelines.1? } else { pipelines.0 }))
    }
}

/// Where an instance is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// World space; none is never culled, because bones may carry it anywhere.
    pub(super) bounds: Option<Aabb>,
    /// World space.
    pub(super) center: Vec3,
    winding: Winding,
}

/// What is known about one placed scene.
#[derive(Debug)]
pub(super) struct Placement {
    draws: wgpu::Buffer,
    staging: Vec<u8>,
    texels: Vec<[f32; 4]>,
    weight_counts: Vec<u32>,
    stride: u32,
    pose_texels: Texels,
    /// Group 0, with the view's dynamic offset.
    pub(super) view_group: wgpu::BindGroup,
    frames_generation: u32,
    /// Group 3, with an item's dynamic offset.
    pub(super) group: wgpu::BindGroup,
    pub(super) places: Vec<Place>,
    pub(super) items: Vec<Item>,
    /// What is there without being drawn as it is.
    #[cfg(feature = "product")]
    pub(super) quiet: Vec<super::roles::Quiet>,
    /// It casts no shadow.
    #[cfg(feature = "product")]
    pub(super) is_sign: bool,
    overlay_materials: Shelf<usize, (Material, Bound)>,
    /// Grows with every change of what casts a shadow, other than of the whole scene's place.
    pub(super) revision: u64,
    /// How often anything of it was drawn in another way than before.
    #[cfg(feature = "product")]
    changes: u64,
    known: Option<Known>,
}

/// What the lists were made from.
#[derive(Debug, Default)]
struct Known {
    world_from_scene: Mat4,
    scene_from_node: Vec<Mat4>,
    weights: Vec<Vec<f32>>,
    visible: Vec<bool>,
    overlay: Overlay,
    generation: u32,
}

/// What [`Placement::update`] may use.
pub(super) struct Workshop<'a> {
    pub(super) gpu: &'a Gpu,
    pub(super) layouts: &'a Layouts,
    pub(super) frames: &'a FrameBuffer,
    pub(super) defaults: &'a Defaults,
    pub(super) samplers: &'a mut Samplers,
    pub(super) pipelines: &'a mut Pipelines,
}

impl Placement {
    pub(super) fn new(
        gpu: &Gpu,
        layouts: &Layouts,
        frames: &FrameBuffer,
        loaded: &Loaded,
    ) -> Result<Self, RenderError> {
        let stride = gpu.uniform_stride(size_of::<GpuDraw>());
        let bytes = u64::from(stride) * loaded.instances.len().max(1) as u64;
        let limit = gpu.device.limits().max_buffer_size;
        if bytes > limit {
            return Err(RenderError::TooLarge { what: "the list of nodes in bytes", needed: bytes, limit });
        }
        let pose_texels = Texels::new(gpu, "pose", loaded.plan.texels)?;
        let view_group = view_group(gpu, layouts, frames, &pose_texels, &loaded.morph);
        let draws = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("draws"),
            size: bytes,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let uniform =
            wgpu::BufferBinding { buffer: &draws, offset: 0, size: wgpu::BufferSize::new(size_of::<GpuDraw>() as u64) };
        let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("draw"),
            layout: &layouts.draw,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(uniform) }],
        });
        Ok(Self {
            draws,
            staging: vec![0; bytes as usize],
            texels: Vec::new(),
            weight_counts: Vec::new(),
            stride,
            pose_texels,
            view_group,
            frames_generation: frames.generation,
            group,
            places: Vec::new(),
            items: Vec::new(),
            #[cfg(feature = "product")]
            quiet: Vec::new(),
            #[cfg(feature = "product")]
            is_sign: false,
            overlay_materials: Shelf::new(),
            revision: 0,
            #[cfg(feature = "product")]
            changes: 0,
            known: None,
        })
    }

    /// Where the scene stands.
    pub(super) fn world_from_scene(&self) -> Mat4 {
        self.known.as_ref().map_or(Mat4::IDENTITY, |known| known.world_from_scene)
    }

    /// The dynamic offset of an item's uniform.
    pub(super) fn offset(&self, slot: usize) -> u32 {
        slot as u32 * self.stride
    }

    /// An item's material, of the file or of the overlay.
    pub(super) fn material<'a>(&'a self, loaded: &'a Loaded, material: MaterialRef) -> Option<&'a Bound> {
        match material {
            MaterialRef::File(index) => loaded.materials.get(index)?.as_ref(),
            MaterialRef::Overlay(index) => self.overlay_materials.get(&index).map(|(_, bound)| bound),
        }
    }

    pub(super) fn buffer_bytes(&self) -> u64 {
        self.staging.len() as u64 + self.overlay_materials.values().map(|(_, bound)| bound.bytes()).sum::<u64>()
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.pose_texels.bytes
    }

    /// Another number for each change of how it is drawn.
    #[cfg(feature = "product")]
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn destroy(&self) {
        self.draws.destroy();
        self.pose_texels.destroy();
        for (_, bound) in self.overlay_materials.values() {
            bound.destroy();
        }
    }

    /// Brings everything up to `placed`; does next to nothing while nothing changes.
    pub(super) fn update(&mut self, workshop: &mut Workshop<'_>, loaded: &Loaded, placed: &Placed<'_>) {
        let frames = workshop.frames;
        if self.frames_generation != frames.generation {
            self.view_group = view_group(workshop.gpu, workshop.layouts, frames, &self.pose_texels, &loaded.morph);
            self.frames_generation = frames.generation;
        }
        let known = self.known.take();
        let posed = known.as_ref().is_none_or(|known| {
            known.scene_from_node != placed.pose.scene_from_node || known.weights != placed.pose.weights
        });
        let moved = posed || known.as_ref().is_none_or(|known| known.world_from_scene != placed.world_from_scene);
        let pictures = known.as_ref().is_none_or(|known| known.generation != loaded.generation);
        let restyled = known.as_ref().is_none_or(|known| known.overlay != *placed.overlay);
        let shown = known.as_ref().is_none_or(|known| known.visible != placed.pose.visible);
        let turned = moved && self.follow_pose(workshop.gpu, loaded, placed);
        if restyled || pictures {
            self.follow_overlay(workshop, loaded, placed, pictures);
        }
        // What is only coloured anew casts the same shadow.
        #[cfg(feature = "product")]
        let before = restyled.then(|| self.casting(known.as_ref().map(|known| &known.overlay)));
        if restyled || shown || turned {
            self.list(workshop, loaded, placed);
        }
        #[cfg(feature = "product")]
        let restyled_shadow = before.is_some_and(|before| before != self.casting(Some(placed.overlay)));
        #[cfg(not(feature = "product"))]
        let restyled_shadow = restyled;
        let mut known = known.unwrap_or_default();
        if moved {
            known.world_from_scene = placed.world_from_scene;
        }
        if posed {
            known.scene_from_node.clone_from(&placed.pose.scene_from_node);
            known.weights.clone_from(&placed.pose.weights);
        }
        if shown {
            known.visible.clone_from(&placed.pose.visible);
        }
        if restyled {
            known.overlay.clone_from(placed.overlay);
        }
        known.generation = loaded.generation;
        self.known = Some(known);
        self.revision += u64::from(posed || shown || restyled_shadow || pictures);
        #[cfg(feature = "product")]
        {
            self.changes += u64::from(moved || shown || restyled || pictures);
        }
    }

    /// What casts a shadow, and the materials through which light comes: those of others make no difference.
    #[cfg(feature = "product")]
    fn casting(&self, overlay: Option<&Overlay>) -> Vec<(usize, Alpha, MaterialRef, Option<Material>)> {
        let casters = self.items.iter().filter_map(|item| Some((item, item.key.casts()?)));
        let seen_through = |item: &Item, alpha| match item.material {
            MaterialRef::Overlay(index) if alpha != Alpha::Opaque => overlay?.materials.get(&index).cloned(),
            _ => None,
        };
        let mut casting: Vec<_> = casters
            .map(|(item, alpha)| {
                let material = if alpha == Alpha::Opaque { MaterialRef::File(0) } else { item.material };
                (item.slot, alpha, material, seen_through(item, alpha))
            })
            .collect();
        // Items lie as their pipelines do, which colours change.
        casting.sort_unstable_by_key(|(slot, ..)| *slot);
        casting
    }

    /// Writes matrices, bones and weights; true when a triangle's winding changed.
    fn follow_pose(&mut self, gpu: &Gpu, loaded: &Loaded, placed: &Placed<'_>) -> bool {
        loaded.plan.fill(placed.scene, placed.pose, &mut self.texels, &mut self.weight_counts);
        if loaded.plan.texels > 0 {
            self.pose_texels.write(gpu, &mut self.texels);
        }
        let mut turned = self.places.len() != loaded.instances.len();
        if turned {
            self.places.clear();
        }
        let mut dirty: Option<(usize, usize)> = None;
        for (slot, instance) in loaded.instances.iter().enumerate() {
            let weights = self.weight_counts.get(instance.node).copied().unwrap_or(0);
            let draw = draw_uniform(loaded, placed, instance, weights);
            let start = slot * self.stride as usize;
            let Some(bytes) = self.staging.get_mut(start..start + size_of::<GpuDraw>()) else { continue };
            let new = bytemuck::bytes_of(&draw);
            let moved = *bytes != *new;
            // Bones and weights move what the uniform does not know.
            match self.places.get_mut(slot) {
                Some(known) if moved || instance.skin.is_some() || weights > 0 => {
                    let place = place(loaded, placed, instance);
                    turned |= place.winding != known.winding;
                    *known = place;
                }
                Some(_) => {}
                None => self.places.push(place(loaded, placed, instance)),
            }
            if moved {
                bytes.copy_from_slice(new);
                dirty = Some((dirty.map_or(start, |(first, _)| first), start + size_of::<GpuDraw>()));
            }
        }
        if let Some((first, end)) = dirty
            && let Some(bytes) = self.staging.get(first..end)
        {
            gpu.queue.write_buffer(&self.draws, first as u64, bytes);
        }
        turned
    }

    fn follow_overlay(&mut self, workshop: &mut Workshop<'_>, loaded: &Loaded, placed: &Placed<'_>, pictures: bool) {
        let wanted = &placed.overlay.materials;
        self.overlay_materials.retain(|index, (_, bound)| {
            let kept = wanted.contains_key(index);
            if !kept {
                bound.destroy();
            }
            kept
        });
        let (gpu, layouts, defaults) = (workshop.gpu, workshop.layouts, workshop.defaults);
        let sources = Sources { gpu, layouts, defaults, scene: placed.scene, images: &loaded.images };
        for (index, material) in wanted.iter() {
            let known = self.overlay_materials.get_mut(index).filter(|(_, bound)| bound.suits(material));
            if let Some((known, bound)) = known {
                if *known != *material {
                    bound.write(gpu, material);
                }
                // Which textures are bound follows from factors, too.
                if pictures
                    || !known.textures().eq(material.textures())
                    || ExtensionTextures::of(known) != ExtensionTextures::of(material)
                {
                    bound.rebind(sources, workshop.samplers, material);
                }
                known.clone_from(material);
            } else {
                let bound = Bound::new(sources, workshop.samplers, material);
                if let Some((_, old)) = self.overlay_materials.remove(index) {
                    old.destroy();
                }
                self.overlay_materials.insert(*index, (material.clone(), bound));
            }
        }
    }

    /// Whether something in it needs what lies behind.
    pub(super) fn transmits(&self) -> bool {
        self.items.iter().any(|item| item.key.transmits())
    }

    /// Whether something in it has sheen.
    pub(super) fn has_sheen(&self) -> bool {
        self.items.iter().any(|item| item.key.has_sheen())
    }

    /// Makes the pipelines that draw it behind glass.
    pub(super) fn ensure_behind(&mut self, device: &wgpu::Device, layouts: &Layouts, pipelines: &mut Pipelines) {
        for item in self.items.iter_mut().filter(|item| item.behind.is_none()) {
            let mut ensure = |key: PipelineKey| pipelines.ensure(device, layouts, key.behind());
            item.behind = Some((ensure(item.key), item.second.map(ensure)));
        }
    }

    /// Lists what is visible, sorted so that pipelines and materials change seldom.
    fn list(&mut self, workshop: &mut Workshop<'_>, loaded: &Loaded, placed: &Placed<'_>) {
        let default_index = placed.scene.materials.len();
        let fallback = Material::default();
        self.items.clear();
        #[cfg(feature = "product")]
        {
            self.quiet.clear();
            self.is_sign = placed.overlay.role == crate::scene::Role::Sign;
        }
        for (slot, instance) in loaded.instances.iter().enumerate() {
            let seen = placed.pose.visible.get(instance.node).copied().unwrap_or(false);
            let Some(part) = loaded.geometry.primitives.get(instance.primitive).filter(|_| seen) else { continue };
            let Some(source) = source(placed.scene, part) else { continue };
            let index = source.material_under(placed.overlay.variant);
            let material = index.and_then(|index| placed.overlay.material(placed.scene, index));
            let reference = match index {
                Some(index) if placed.overlay.materials.contains_key(&index) => MaterialRef::Overlay(index),
                Some(index) if material.is_some() => MaterialRef::File(index),
                _ => MaterialRef::File(default_index),
            };
            let winding = self.places.get(slot).map_or(Winding::CounterClockwise, |place| place.winding);
            let samples = workshop.pipelines.samples();
            let material = material.unwrap_or(&fallback);
            #[cfg(feature = "product")]
            if !placed.overlay.role.is_drawn() {
                let quiet = super::roles::Quiet::of(placed.overlay.role, material, reference, part, winding, slot);
                self.quiet.extend(quiet);
                continue;
            }
            let (key, second) = PipelineKey::of(material, part.topology, part.attributes, winding, samples);
            let device = &workshop.gpu.device;
            let layouts = workshop.layouts;
            self.items.push(Item {
                key,
                second,
                pipeline: workshop.pipelines.ensure(device, layouts, key),
                second_pipeline: second.map(|key| workshop.pipelines.ensure(device, layouts, key)),
                behind: None,
                material: reference,
                slot,
            });
        }
        self.items.sort_unstable_by_key(|item| (item.key.alpha, item.pipeline, item.material, item.slot));
    }
}

fn view_group(gpu: &Gpu, layouts: &Layouts, frames: &FrameBuffer, pose: &Texels, morph: &Texels) -> wgpu::BindGroup {
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("frame"),
        layout: &layouts.frame,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: frames.binding() },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&pose.view) },
            wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(&morph.view) },
        ],
    })
}

fn draw_uniform(loaded: &Loaded, placed: &Placed<'_>, instance: &Instance, weights: u32) -> GpuDraw {
    let world_from_node = world_from_node(placed.world_from_scene, placed.pose, instance);
    let linear = Mat3::from_mat4(world_from_node);
    // Cofactors are the inverse transposed times the determinant: its size does not matter, its sign does.
    let sign = if linear.determinant() < 0.0 { -1.0 } else { 1.0 };
    let (x, y, z) = (linear.x_axis, linear.y_axis, linear.z_axis);
    let normal = [y.cross(z) * sign, z.cross(x) * sign, x.cross(y) * sign];
    let largest = normal.iter().map(|axis| axis.abs().max_element()).fold(0.0, f32::max);
    let scale = if largest > 0.0 { largest.recip() } else { 0.0 };
    let part = loaded.geometry.primitives.get(instance.primitive);
    let morph = part.and_then(|part| part.morph.as_ref());
    let tangents = part.is_some_and(|part| part.attributes.contains(Attributes::TANGENT));
    let flags = morph.map_or(0, |morph| morph.flags) | if tangents { draw_flag::HAS_TANGENTS } else { 0 };
    let joints = instance.skin.and_then(|skin| loaded.plan.joints.get(skin).copied());
    GpuDraw {
        world_from_node: world_from_node.to_cols_array_2d(),
        world_from_normal: normal.map(|axis| (axis * scale).extend(sign).to_array()),
        pose: [
            joints.unwrap_or(0),
            u32::from(joints.is_some()),
            loaded.plan.weights.get(instance.node).copied().unwrap_or(0),
            if morph.is_some() { weights } else { 0 },
        ],
        morph: morph
            .map_or([0, 0, 0, flags], |morph| [morph.first_texel, morph.texels_a_target, morph.texels_a_vertex, flags]),
    }
}

fn place(loaded: &Loaded, placed: &Placed<'_>, instance: &Instance) -> Place {
    let winding = winding(placed.world_from_scene, placed.pose, instance);
    if let Some(skin) = instance.skin {
        let center = PosePlan::center(placed.scene, skin, placed.pose).unwrap_or_default();
        return Place { bounds: None, center: placed.world_from_scene.transform_point3(center), winding };
    }
    let part = loaded.geometry.primitives.get(instance.primitive);
    let mut bounds = part.map_or(Aabb::EMPTY, |part| part.bounds);
    if let Some(morph) = part.and_then(|part| part.morph.as_ref()) {
        let weights = placed.pose.weights.get(instance.node).map_or(&[][..], Vec::as_slice);
        let reach =
            morph.reach.iter().zip(weights).fold(Vec3::ZERO, |sum, (reach, weight)| sum + *reach * weight.abs());
        bounds = Aabb { min: bounds.min - reach, max: bounds.max + reach };
    }
    let bounds = bounds.transformed(&world_from_node(placed.world_from_scene, placed.pose, instance));
    Place { bounds: Some(bounds), center: bounds.center(), winding }
}
