//! A scene on the GPU: what is the same in every look.

use glam::Mat4;

use super::deform::{PosePlan, Texels, pack_targets};
use super::geometry::{Geometry, GpuPrimitive};
use super::layout::Layouts;
use super::material::{Bound, Sources};
use super::mipmap::{AlphaUse, Mipmapper};
use super::pipeline::{PipelineKey, Winding};
use super::texture::{Encoding, GpuImage, Picture, Samplers, alpha_use, encodings};
use super::{Gpu, Pixels, RenderError};
use crate::frame::Placed;
use crate::scene::{Material, Pose, Primitive, Scene};

/// One primitive of one node; its place in [`Loaded::instances`] is its slot among the draw uniforms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instance {
    pub(super) node: usize,
    /// Into [`Geometry::primitives`].
    pub(super) primitive: usize,
    pub(super) skin: Option<usize>,
}

/// A scene's geometry, pictures and materials.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) geometry: Geometry,
    pub(super) instances: Vec<Instance>,
    pub(super) images: Vec<GpuImage>,
    /// By material; the last one is glTF's default material.
    pub(super) materials: Vec<Option<Bound>>,
    pub(super) morph: Texels,
    pub(super) plan: PosePlan,
    /// Grows with every picture that arrives.
    pub(super) generation: u32,
}

impl Loaded {
    /// How many indices an instance has.
    #[cfg(feature = "product")]
    pub(super) fn index_count(&self, slot: usize) -> u64 {
        let instance = self.instances.get(slot);
        let part = instance.and_then(|instance| self.geometry.primitives.get(instance.primitive));
        part.map_or(0, |part| u64::from(part.index_count))
    }

    pub(super) fn new(
        gpu: &Gpu,
        layouts: &Layouts,
        defaults: &super::material::Defaults,
        samplers: &mut Samplers,
        scene: &Scene,
    ) -> Result<Self, RenderError> {
        let mut geometry = Geometry::upload(gpu, scene)?;
        let mut texels = Vec::new();
        for part in &mut geometry.primitives {
            let source = scene.meshes.get(part.mesh).and_then(|mesh| mesh.primitives.get(part.primitive));
            part.morph = source.and_then(|primitive| pack_targets(primitive, &mut texels));
        }
        let morph = Texels::new(gpu, "morph targets", texels.len())?;
        if !texels.is_empty() {
            morph.write(gpu, &mut texels);
        }
        let images: Vec<_> = (0..scene.images.len()).map(|_| GpuImage::default()).collect();
        let sources = Sources { gpu, layouts, defaults, scene, images: &images };
        let fallback = Material::default();
        let materials = (0..=scene.materials.len()).map(|index| {
            let material = if index == scene.materials.len() { Some(&fallback) } else { scene.materials.get(index) };
            material.map(|material| Bound::new(sources, samplers, material))
        });
        let materials = materials.collect();
        let instances = instances(scene, &geometry.primitives);
        Ok(Self { geometry, instances, images, materials, morph, plan: PosePlan::new(scene), generation: 0 })
    }

    pub(super) fn set_image(
        &mut self,
        gpu: &Gpu,
        mipmapper: &mut Mipmapper,
        scene: &Scene,
        image: usize,
        pixels: &Pixels<'_>,
    ) -> Result<(), RenderError> {
        let slot = self.images.get_mut(image).ok_or(RenderError::UnknownImage { image })?;
        let (color, data) = encodings(scene, image, scene.materials.iter().map(|(_, material)| material));
        let alpha = alpha_use(scene, image, scene.materials.iter().map(|(_, material)| material));
        let mut upload = |encoding, alpha| Picture::upload(gpu, mipmapper, pixels, encoding, alpha);
        // A picture that no material of the file uses waits for a choice: as colour, which choices change most.
        let made = GpuImage {
            color: (color || !data).then(|| upload(Encoding::Color, alpha)).transpose()?,
            data: data.then(|| upload(Encoding::Data, AlphaUse::Unused)).transpose()?,
        };
        slot.destroy();
        *slot = made;
        self.generation = self.generation.wrapping_add(1);
        Ok(())
    }

    /// Gives the materials that show `image` its new picture.
    pub(super) fn rebind(
        &mut self,
        gpu: &Gpu,
        layouts: &Layouts,
        defaults: &super::material::Defaults,
        samplers: &mut Samplers,
        scene: &Scene,
        image: usize,
    ) {
        let sources = Sources { gpu, layouts, defaults, scene, images: &self.images };
        for (index, material) in scene.materials.iter() {
            let (color, data) = encodings(scene, image, std::iter::once(material));
            if let (true, Some(Some(bound))) = (color || data, self.materials.get_mut(index)) {
                bound.rebind(sources, samplers, material);
            }
        }
    }

    /// The pipelines that this scene can need as placed: every variant, every replaced material.
    pub(super) fn pipeline_keys(&self, placed: &Placed<'_>, samples: u32) -> Vec<PipelineKey> {
        let Placed { scene, pose, overlay, world_from_scene, .. } = *placed;
        let fallback = Material::default();
        let mut out = Vec::new();
        for instance in &self.instances {
            let Some(part) = self.geometry.primitives.get(instance.primitive) else { continue };
            let Some(source) = source(scene, part) else { continue };
            let winding = winding(world_from_scene, pose, instance);
            let mut push = |material: Option<&Material>| {
                let keys =
                    PipelineKey::of(material.unwrap_or(&fallback), part.topology, part.attributes, winding, samples);
                out.extend([Some(keys.0), keys.1].into_iter().flatten());
            };
            for index in source.variant_materials.iter().copied().chain([source.material]) {
                push(index.and_then(|index| scene.materials.get(index)));
                push(index.and_then(|index| overlay.material(scene, index)));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    pub(super) fn buffer_bytes(&self) -> u64 {
        self.geometry.bytes + self.materials.iter().flatten().map(Bound::bytes).sum::<u64>()
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.morph.bytes + self.images.iter().map(GpuImage::bytes).sum::<u64>()
    }

    pub(super) fn destroy(&self) {
        self.geometry.destroy();
        self.morph.destroy();
        for image in &self.images {
            image.destroy();
        }
        for material in self.materials.iter().flatten() {
            material.destroy();
        }
    }
}

fn instances(scene: &Scene, parts: &[GpuPrimitive]) -> Vec<Instance> {
    let mut out = Vec::new();
    for (node, item) in scene.nodes.iter() {
        let Some(mesh) = item.mesh else { continue };
        // Parts are in the order of meshes.
        let first = parts.partition_point(|part| part.mesh < mesh);
        for (offset, part) in parts.iter().skip(first).take_while(|part| part.mesh == mesh).enumerate() {
            let skin = item.skin.filter(|_| part.skin.is_some());
            out.push(Instance { node, primitive: first + offset, skin });
        }
    }
    out
}

/// What a part was made from.
pub(super) fn source<'a>(scene: &'a Scene, part: &GpuPrimitive) -> Option<&'a Primitive> {
    scene.meshes.get(part.mesh)?.primitives.get(part.primitive)
}

/// `world_from_node`, or for skinned instances `world_from_scene`.
pub(super) fn world_from_node(placed: Mat4, pose: &Pose, instance: &Instance) -> Mat4 {
    if instance.skin.is_some() {
        return placed;
    }
    placed * pose.scene_from_node.get(instance.node).copied().unwrap_or_default()
}

/// A mirroring transform turns triangles around (glTF 2.0 §3.7.4).
pub(super) fn winding(placed: Mat4, pose: &Pose, instance: &Instance) -> Winding {
    if world_from_node(placed, pose, instance).determinant() < 0.0 {
        Winding::Clockwise
    } else {
        Winding::CounterClockwise
    }
}
