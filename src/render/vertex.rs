//! Vertex streams as the GPU reads them: what a primitive has, packed; what it lacks, from a buffer of defaults.

use glam::{Vec2, Vec4};
use wgpu::VertexFormat;

use crate::scene::Vertices;

/// Which optional attributes a primitive has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Attributes(u8);

impl Attributes {
    pub(super) const NORMAL: Self = Self(1);
    pub(super) const TANGENT: Self = Self(2);
    pub(super) const UV_0: Self = Self(4);
    pub(super) const UV_1: Self = Self(8);
    pub(super) const COLOR: Self = Self(16);
    pub(super) const SKIN: Self = Self(32);

    /// What `vertices` has, with `second_uvs` as the second UV stream.
    pub(super) fn of(vertices: &Vertices, second_uvs: &[Vec2]) -> Self {
        let count = vertices.positions.len();
        let has = |length: usize, bit: Self| if length == count { bit.0 } else { 0 };
        let skinned = vertices.joints.len() == count && vertices.weights.len() == count;
        Self(
            has(vertices.normals.len(), Self::NORMAL)
                | has(vertices.tangents.len(), Self::TANGENT)
                | has(vertices.uvs.first().map_or(0, Vec::len), Self::UV_0)
                | has(second_uvs.len(), Self::UV_1)
                | has(vertices.colors.len(), Self::COLOR)
                | if skinned { Self::SKIN.0 } else { 0 },
        )
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One attribute: which bit brings it, where the shader wants it, its format, its default in [`DEFAULTS`].
struct Attribute {
    bit: Attributes,
    location: u32,
    format: VertexFormat,
    default_offset: u64,
}

const fn attribute(bit: Attributes, location: u32, format: VertexFormat, default_offset: u64) -> Attribute {
    Attribute { bit, location, format, default_offset }
}

/// In the order of the interleaved stream.
const SHADING: [Attribute; 5] = [
    attribute(Attributes::NORMAL, 1, VertexFormat::Snorm16x4, 0),
    attribute(Attributes::TANGENT, 2, VertexFormat::Snorm16x4, 0),
    attribute(Attributes::UV_0, 3, VertexFormat::Float32x2, 0),
    attribute(Attributes::UV_1, 4, VertexFormat::Float32x2, 0),
    attribute(Attributes::COLOR, 5, VertexFormat::Unorm16x4, 8),
];
const SKIN: [Attribute; 2] = [
    attribute(Attributes::SKIN, 6, VertexFormat::Uint16x4, 0),
    attribute(Attributes::SKIN, 7, VertexFormat::Unorm16x4, 0),
];

/// Zeros, then a white colour.
pub(super) const DEFAULTS: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255];
/// Bytes of one position.
pub(super) const POSITION_BYTES: u64 = 12;

/// The vertex buffers of one set of attributes: positions, shading, skin, defaults.
pub(super) struct Streams {
    shading: Vec<wgpu::VertexAttribute>,
    shading_stride: u64,
    skin: Vec<wgpu::VertexAttribute>,
    defaults: Vec<wgpu::VertexAttribute>,
}

const POSITION: [wgpu::VertexAttribute; 1] =
    [wgpu::VertexAttribute { format: VertexFormat::Float32x3, offset: 0, shader_location: 0 }];

impl Streams {
    pub(super) fn new(attributes: Attributes) -> Self {
        let mut out = Self { shading: Vec::new(), shading_stride: 0, skin: Vec::new(), defaults: Vec::new() };
        for (list, skin) in [(&SHADING[..], false), (&SKIN[..], true)] {
            let mut offset = 0;
            for attribute in list {
                let mut entry =
                    wgpu::VertexAttribute { format: attribute.format, offset, shader_location: attribute.location };
                if !attributes.contains(attribute.bit) {
                    entry.offset = attribute.default_offset;
                    out.defaults.push(entry);
                    continue;
                }
                offset += attribute.format.size();
                if skin { out.skin.push(entry) } else { out.shading.push(entry) }
            }
            if !skin {
                out.shading_stride = offset;
            }
        }
        out
    }

    /// Slot 0 positions, 1 shading, 2 skin, 3 defaults; a slot without attributes is empty.
    pub(super) fn layouts(&self) -> [Option<wgpu::VertexBufferLayout<'_>>; 4] {
        let layout =
            |array_stride, step_mode, attributes| wgpu::VertexBufferLayout { array_stride, step_mode, attributes };
        let some = |layout: &wgpu::VertexBufferLayout<'_>| !layout.attributes.is_empty();
        [
            Some(layout(POSITION_BYTES, wgpu::VertexStepMode::Vertex, &POSITION[..])),
            Some(layout(self.shading_stride, wgpu::VertexStepMode::Vertex, &self.shading[..])).filter(some),
            Some(layout(16, wgpu::VertexStepMode::Vertex, &self.skin[..])).filter(some),
            // Stepping by instance with one instance makes a constant, on WebGL2 too.
            Some(layout(DEFAULTS.len() as u64, wgpu::VertexStepMode::Instance, &self.defaults[..])).filter(some),
        ]
    }
}

fn snorm16(value: f32) -> i16 {
    (value.clamp(-1.0, 1.0) * 32767.0).round() as i16
}

fn unorm16(value: f32) -> u16 {
    (value.clamp(0.0, 1.0) * 65535.0).round() as u16
}

fn push_snorm(out: &mut Vec<u8>, value: Vec4) {
    out.extend(value.to_array().into_iter().flat_map(|component| snorm16(component).to_ne_bytes()));
}

fn push_unorm(out: &mut Vec<u8>, value: Vec4) {
    out.extend(value.to_array().into_iter().flat_map(|component| unorm16(component).to_ne_bytes()));
}

/// The interleaved stream of slot 1; empty when there is nothing in it.
pub(super) fn shading_bytes(vertices: &Vertices, second_uvs: &[Vec2], attributes: Attributes) -> Vec<u8> {
    let none: &[Vec2] = &[];
    let first_uvs = vertices.uvs.first().map_or(none, Vec::as_slice);
    let stride = Streams::new(attributes).shading_stride as usize;
    let mut out = Vec::with_capacity(stride * vertices.positions.len());
    if stride == 0 {
        return out;
    }
    for index in 0..vertices.positions.len() {
        if attributes.contains(Attributes::NORMAL) {
            push_snorm(&mut out, vertices.normals.get(index).copied().unwrap_or_default().extend(0.0));
        }
        if attributes.contains(Attributes::TANGENT) {
            push_snorm(&mut out, vertices.tangents.get(index).copied().unwrap_or_default());
        }
        for (bit, uvs) in [(Attributes::UV_0, first_uvs), (Attributes::UV_1, second_uvs)] {
            if attributes.contains(bit) {
                out.extend_from_slice(bytemuck::bytes_of(&uvs.get(index).copied().unwrap_or_default()));
            }
        }
        if attributes.contains(Attributes::COLOR) {
            push_unorm(&mut out, vertices.colors.get(index).copied().unwrap_or(Vec4::ONE));
        }
    }
    out
}

/// The stream of slot 2.
pub(super) fn skin_bytes(vertices: &Vertices) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * vertices.positions.len());
    for (joints, weights) in vertices.joints.iter().zip(&vertices.weights) {
        out.extend_from_slice(bytemuck::bytes_of(joints));
        push_unorm(&mut out, *weights);
    }
    out
}
