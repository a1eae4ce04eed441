//! Skins and morph targets as textures of floats, which WebGL2 can read in a vertex shader.

use glam::{Mat4, Vec3};

use super::layout::{TEXELS_A_ROW, draw_flag};
use super::{Gpu, RenderError};
use crate::scene::{MorphTarget, Pose, Primitive, Scene};

/// Where a primitive's targets are in the morph texture.
#[derive(Clone, Debug)]
pub(super) struct MorphSlice {
    pub(super) first_texel: u32,
    pub(super) texels_a_target: u32,
    pub(super) texels_a_vertex: u32,
    pub(super) flags: u32,
    /// For each target how far it moves any vertex at weight 1, along each axis.
    pub(super) reach: Vec<Vec3>,
}

/// A texture of floats, row by row.
#[derive(Debug)]
pub(super) struct Texels {
    texture: wgpu::Texture,
    pub(super) view: wgpu::TextureView,
    pub(super) bytes: u64,
}

impl Texels {
    /// A texture of at least `count` texels, at least one.
    pub(super) fn new(gpu: &Gpu, label: &str, count: usize) -> Result<Self, RenderError> {
        let rows = count.max(1).div_ceil(TEXELS_A_ROW as usize);
        if rows > gpu.max_texture_px() as usize {
            let limit = u64::from(gpu.max_texture_px()) * u64::from(TEXELS_A_ROW);
            return Err(RenderError::TooLarge {
                what: "the data of morph targets and bones in texels",
                needed: count as u64,
                limit,
            });
        }
        let width = if rows == 1 { count.max(1) as u32 } else { TEXELS_A_ROW };
        let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some(label),
            size: wgpu::Extent3d { width, height: rows as u32, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Float,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Ok(Self { texture, view, bytes: 16 * u64::from(width) * rows as u64 })
    }

    /// Writes all texels; missing ones are zero.
    pub(super) fn write(&self, gpu: &Gpu, texels: &mut Vec<[f32; 4]>) {
        let (width, height) = (self.texture.width(), self.texture.height());
        texels.resize(width as usize * height as usize, [0.0; 4]);
        gpu.queue.write_texture(
            self.texture.as_image_copy(),
            bytemuck::cast_slice(texels),
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(width * 16), rows_per_image: None },
            self.texture.size(),
        );
    }

    pub(super) fn destroy(&self) {
        self.texture.destroy();
    }
}

/// Appends a primitive's targets to the texels of its scene.
pub(super) fn pack_targets(primitive: &Primitive, texels: &mut Vec<[f32; 4]>) -> Option<MorphSlice> {
    let vertices = primitive.vertices.positions.len();
    if primitive.targets.is_empty() || vertices == 0 {
        return None;
    }
    let any =
        |stream: fn(&MorphTarget) -> &Vec<Vec3>| primitive.targets.iter().any(|target| !stream(target).is_empty());
    let normals = any(|target| &target.normals);
    let tangents = any(|target| &target.tangents);
    let first_texel = texels.len() as u32;
    let mut reach = Vec::with_capacity(primitive.targets.len());
    for target in &primitive.targets {
        let mut most = Vec3::ZERO;
        for vertex in 0..vertices {
            let mut push = |stream: &Vec<Vec3>| {
                let value = stream.get(vertex).copied().unwrap_or_default();
                texels.push(value.extend(0.0).to_array());
                value
            };
            most = most.max(push(&target.positions).abs());
            if normals {
                push(&target.normals);
            }
            if tangents {
                push(&target.tangents);
            }
        }
        reach.push(most);
    }
    let texels_a_vertex = 1 + u32::from(normals) + u32::from(tangents);
    let flags =
        if normals { draw_flag::MORPHS_NORMALS } else { 0 } | if tangents { draw_flag::MORPHS_TANGENTS } else { 0 };
    Some(MorphSlice { first_texel, texels_a_target: texels_a_vertex * vertices as u32, texels_a_vertex, flags, reach })
}

/// Where each skin's joints and each node's weights are in the pose texture.
#[derive(Debug, Default)]
pub(super) struct PosePlan {
    /// By skin.
    pub(super) joints: Vec<u32>,
    /// By node.
    pub(super) weights: Vec<u32>,
    pub(super) texels: usize,
}

impl PosePlan {
    pub(super) fn new(scene: &Scene) -> Self {
        let mut out = Self::default();
        for index in 0..scene.skins.len() {
            out.joints.push(out.texels as u32);
            out.texels += 3 * scene.skins.get(index).map_or(0, |skin| skin.joints.len());
        }
        for index in 0..scene.nodes.len() {
            out.weights.push(out.texels as u32);
            let mesh = scene.nodes.get(index).and_then(|node| scene.meshes.get(node.mesh?));
            let targets = mesh.map(|mesh| mesh.primitives.iter().map(|(_, part)| part.targets.len()).max());
            out.texels += targets.flatten().unwrap_or(0);
        }
        out
    }

    /// Fills `texels` for one pose; `counts` gets each node's number of weights that are not zero.
    pub(super) fn fill(&self, scene: &Scene, pose: &Pose, texels: &mut Vec<[f32; 4]>, counts: &mut Vec<u32>) {
        texels.clear();
        for index in 0..scene.skins.len() {
            let Some(skin) = scene.skins.get(index) else { continue };
            for (number, joint) in skin.joints.iter().enumerate() {
                let scene_from_joint = pose.scene_from_node.get(*joint).copied().unwrap_or_default();
                let inverse_bind = skin.inverse_bind_matrices.get(number).copied().unwrap_or_default();
                let rows = (scene_from_joint * inverse_bind).transpose();
                texels.extend([rows.x_axis.to_array(), rows.y_axis.to_array(), rows.z_axis.to_array()]);
            }
        }
        counts.clear();
        for (node, first) in self.weights.iter().enumerate() {
            let end = self.weights.get(node + 1).map_or(self.texels, |next| *next as usize);
            texels.resize((*first as usize).max(texels.len()), [0.0; 4]);
            let weights = pose.weights.get(node).map_or(&[][..], Vec::as_slice);
            let room = end - *first as usize;
            let mut count = 0;
            for (target, weight) in weights.iter().enumerate().take(room) {
                if *weight != 0.0 && weight.is_finite() {
                    texels.push([target as f32, *weight, 0.0, 0.0]);
                    count += 1;
                }
            }
            counts.push(count);
        }
    }

    /// Where the joints of `skin` are gathered, scene space: their mean.
    pub(super) fn center(scene: &Scene, skin: usize, pose: &Pose) -> Option<Vec3> {
        let joints = &scene.skins.get(skin)?.joints;
        let places = joints
            .iter()
            .filter_map(|joint| pose.scene_from_node.get(*joint))
            .map(|matrix: &Mat4| matrix.w_axis.truncate());
        let (sum, count) = places.fold((Vec3::ZERO, 0.0), |(sum, count), place| (sum + place, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }
}
