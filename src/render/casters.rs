//! Draws what casts a shadow: all triangles that are seen, whatever their material.

use super::layout::Layouts;
use super::passes::{PlacementId, Stock, set_buffers};
use super::shaders::CASTERS;
use super::vertex::{Attributes, Streams};
use super::{COLOR_FORMAT, DEPTH_FORMAT};
use crate::scene::Topology;

/// Pipelines by what vertices have; one shader for all.
#[derive(Debug, Default)]
pub(super) struct Casters {
    shared: Option<Shared>,
    pipelines: Vec<(Attributes, wgpu::RenderPipeline)>,
}

#[derive(Debug)]
struct Shared {
    module: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
    /// In place of light and material.
    nothing: wgpu::BindGroup,
}

impl Casters {
    pub(super) fn pipelines(&self) -> usize {
        self.pipelines.len()
    }

    pub(super) fn contains(&self, attributes: Attributes) -> bool {
        self.pipelines.iter().any(|(known, _)| *known == attributes)
    }

    /// Makes the pipeline for vertices with `attributes`, if there is none.
    pub(super) fn ensure(&mut self, device: &wgpu::Device, layouts: &Layouts, attributes: Attributes) {
        if !self.contains(attributes) {
            let shared = self.shared.get_or_insert_with(|| Shared::new(device, layouts));
            self.pipelines.push((attributes, shared.pipeline(device, attributes)));
        }
    }

    /// Draws a look's casters; the frame's uniform at `view_offset` leads to the shadow's map.
    pub(super) fn draw(
        &mut self,
        device: &wgpu::Device,
        layouts: &Layouts,
        pass: &mut wgpu::RenderPass<'_>,
        stock: &Stock<'_>,
        look: &[PlacementId],
        view_offset: u32,
    ) {
        let nothing = &self.shared.get_or_insert_with(|| Shared::new(device, layouts)).nothing;
        pass.set_bind_group(1, nothing, &[]);
        pass.set_bind_group(2, nothing, &[]);
        for id in look {
            let (Some(loaded), Some(placement)) = (stock.scenes.get(&id.0), stock.placements.get(id)) else { continue };
            pass.set_bind_group(0, &placement.view_group, &[view_offset]);
            for item in &placement.items {
                let Some(instance) = loaded.instances.get(item.slot) else { continue };
                let Some(part) = loaded.geometry.primitives.get(instance.primitive) else { continue };
                if part.topology != Topology::Triangles {
                    continue;
                }
                self.ensure(device, layouts, part.attributes);
                let pipeline = self.pipelines.iter().find(|(known, _)| *known == part.attributes);
                let Some((_, pipeline)) = pipeline else { continue };
                pass.set_pipeline(pipeline);
                pass.set_bind_group(3, &placement.group, &[placement.offset(item.slot)]);
                set_buffers(pass, &loaded.geometry, part, stock.defaults);
                pass.draw_indexed(0..part.index_count, 0, 0..1);
            }
        }
    }
}

impl Shared {
    fn new(device: &wgpu::Device, layouts: &Layouts) -> Self {
        let empty =
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some("nothing"), entries: &[] });
        let nothing = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("nothing"),
            layout: &empty,
            entries: &[],
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("casters"),
            bind_group_layouts: &[Some(&layouts.frame), Some(&empty), Some(&empty), Some(&layouts.draw)],
            immediate_size: 0,
        });
        Self { module: CASTERS.compile(device), layout, nothing }
    }

    fn pipeline(&self, device: &wgpu::Device, attributes: Attributes) -> wgpu::RenderPipeline {
        let streams = Streams::new(attributes);
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("casters"),
            layout: Some(&self.layout),
            vertex: wgpu::VertexState {
                module: &self.module,
                entry_point: Some("vertex_depth"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers: &streams.layouts(),
            },
            primitive: wgpu::PrimitiveState::default(),
            depth_stencil: Some(wgpu::DepthStencilState {
                format: DEPTH_FORMAT,
                depth_write_enabled: Some(true),
                depth_compare: Some(wgpu::CompareFunction::Less),
                stencil: wgpu::StencilState::default(),
                bias: wgpu::DepthBiasState::default(),
            }),
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module: &self.module,
                entry_point: Some("shadow_caster"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(COLOR_FORMAT.into())],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}
