//! What casts onto parts that are not drawn: how high its lowest surface is above each place of the floor.

use glam::{Mat4, Vec4};

use crate::geom::Aabb;
use crate::render::{COLOR_FORMAT, DEPTH_FORMAT};

/// Shadows reach so far beyond what casts, in shares of its width: the farthest ring of roles.wgsl.
const MARGIN: f32 = 0.33;

/// The map, and how it is drawn.
#[derive(Debug)]
pub(in crate::render) struct CasterMap {
    pub(super) view: wgpu::TextureView,
    depth: wgpu::TextureView,
    /// In its place while it is drawn.
    pub(super) nothing: wgpu::TextureView,
}

/// Where the map is in the world.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MapPlace {
    pub(super) corner: [f32; 2],
    pub(super) texels: f32,
    pub(super) low: f32,
    pub(super) range: f32,
    /// Of what casts.
    pub(super) size: f32,
}

impl CasterMap {
    /// Texels along an edge: a two-hundredth of what casts is three of them.
    pub(super) const EDGE_PX: u32 = 512;

    pub(super) fn new(device: &wgpu::Device) -> Self {
        let make = |label, format, edge_px, usage| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d { width: edge_px, height: edge_px, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage,
                view_formats: &[],
            });
            texture.create_view(&wgpu::TextureViewDescriptor::default())
        };
        let drawn = wgpu::TextureUsages::RENDER_ATTACHMENT;
        let read = wgpu::TextureUsages::TEXTURE_BINDING;
        Self {
            view: make("casters onto parts", COLOR_FORMAT, Self::EDGE_PX, drawn | read),
            depth: make("depth of casters onto parts", DEPTH_FORMAT, Self::EDGE_PX, drawn),
            nothing: make("no casters", COLOR_FORMAT, 1, read),
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        8 * u64::from(Self::EDGE_PX).pow(2)
    }

    pub(super) fn place(bounds: &Aabb) -> MapPlace {
        let size = bounds.size();
        let wide = size.x.max(size.z).max(1e-3);
        let edge = wide * (1.0 + 2.0 * MARGIN);
        let center = bounds.center();
        MapPlace {
            corner: [center.x - edge * 0.5, center.z - edge * 0.5],
            texels: Self::EDGE_PX as f32 / edge,
            low: bounds.min.y,
            range: size.y.max(1e-3),
            size: wide,
        }
    }

    /// From world space: x goes right, z down, what is lowest is nearest.
    pub(super) fn projection(bounds: &Aabb) -> Mat4 {
        let place = Self::place(bounds);
        let across = 2.0 * place.texels / Self::EDGE_PX as f32;
        let [x, z] = place.corner;
        // A little room, so that nothing is cut off by rounding.
        let up = 0.999 / place.range;
        Mat4::from_cols(
            Vec4::new(across, 0.0, 0.0, 0.0),
            Vec4::new(0.0, 0.0, up, 0.0),
            Vec4::new(0.0, -across, 0.0, 0.0),
            Vec4::new(-x * across - 1.0, z * across + 1.0, -place.low * up, 1.0),
        )
    }

    pub(super) fn begin<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("casters onto parts"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &self.view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                    store: wgpu::StoreOp::Store,
                },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.depth,
                depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(1.0), store: wgpu::StoreOp::Discard }),
                stencil_ops: None,
            }),
            ..wgpu::RenderPassDescriptor::default()
        })
    }
}
