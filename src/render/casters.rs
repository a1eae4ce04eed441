//! Draws what casts a shadow: all triangles that are seen. Masks let light through their holes, blended things and glass
//! as much as they show of what is behind them.

use super::COLOR_FORMAT;
use super::layout::Layouts;
use super::passes::{PlacementId, Stock, set_buffers};
use super::pipeline::Alpha;
use super::shaders::CASTERS;
use super::vertex::{Attributes, Streams};

/// All that a caster's pipeline depends on.
pub(super) type CasterKey = (Attributes, Alpha);

/// Pipelines by what vertices have and what alpha does; one module for all.
#[derive(Debug, Default)]
pub(super) struct Casters {
    shared: Option<Shared>,
    pipelines: Vec<(CasterKey, wgpu::RenderPipeline)>,
    /// What of them is drawn now; none draws all, where there is no shadow yet.
    #[cfg(feature = "product")]
    pub(super) gate: Option<super::renderer::Gate>,
}

#[derive(Debug)]
struct Shared {
    module: wgpu::ShaderModule,
    solid: wgpu::PipelineLayout,
    /// With the material.
    cut: wgpu::PipelineLayout,
    /// In place of light and material.
    nothing: wgpu::BindGroup,
}

impl Casters {
    pub(super) fn pipelines(&self) -> usize {
        self.pipelines.len()
    }

    pub(super) fn contains(&self, key: CasterKey) -> bool {
        self.pipelines.iter().any(|(known, _)| *known == key)
    }

    /// Makes the pipeline of `key`, if there is none.
    pub(super) fn ensure(&mut self, device: &wgpu::Device, layouts: &Layouts, key: CasterKey) {
        if !self.contains(key) {
            let shared = self.shared.get_or_insert_with(|| Shared::new(device, layouts));
            self.pipelines.push((key, shared.pipeline(device, key)));
        }
    }

    /// How many indices a look's casters have.
    #[cfg(feature = "product")]
    pub(super) fn indices(stock: &Stock<'_>, look: &[PlacementId]) -> u64 {
        let known = look.iter().filter_map(|id| Some((stock.scenes.get(&id.0)?, stock.placements.get(id)?)));
        let casting = known.filter(|(_, placement)| !placement.is_sign).flat_map(|(loaded, placement)| {
            let items = placement.items.iter().filter(|item| item.key.casts().is_some());
            items.map(|item| loaded.index_count(item.slot))
        });
        casting.sum()
    }

    /// Draws a look's casters; the frame's uniform at `view_offset` leads to the shadow's map. Returns the draw calls.
    pub(super) fn draw(
        &mut self,
        device: &wgpu::Device,
        layouts: &Layouts,
        pass: &mut wgpu::RenderPass<'_>,
        stock: &Stock<'_>,
        look: &[PlacementId],
        view_offset: u32,
    ) -> u32 {
        let nothing = self.shared.get_or_insert_with(|| Shared::new(device, layouts)).nothing.clone();
        pass.set_bind_group(1, &nothing, &[]);
        pass.set_bind_group(2, &nothing, &[]);
        let mut draw_calls = 0;
        // What dims is drawn over what hides.
        for alpha in [Alpha::Opaque, Alpha::Mask, Alpha::Blend] {
            for id in look {
                let (Some(loaded), Some(placement)) = (stock.scenes.get(&id.0), stock.placements.get(id)) else {
                    continue;
                };
                #[cfg(feature = "product")]
                if placement.is_sign {
                    continue;
                }
                pass.set_bind_group(0, &placement.view_group, &[view_offset]);
                for item in placement.items.iter().filter(|item| item.key.casts() == Some(alpha)) {
                    let Some(instance) = loaded.instances.get(item.slot) else { continue };
                    let Some(part) = loaded.geometry.primitives.get(instance.primitive) else { continue };
                    #[cfg(feature = "product")]
                    let indices = part.gated(self.gate.as_mut());
                    #[cfg(feature = "product")]
                    if indices.is_empty() {
                        continue;
                    }
                    #[cfg(not(feature = "product"))]
                    let indices = 0..part.index_count;
                    let key = (part.attributes, alpha);
                    self.ensure(device, layouts, key);
                    let pipeline = self.pipelines.iter().find(|(known, _)| *known == key);
                    let Some((_, pipeline)) = pipeline else { continue };
                    if alpha != Alpha::Opaque {
                        let Some(bound) = placement.material(loaded, item.material) else { continue };
                        pass.set_bind_group(2, bound.group(false), &[]);
                    }
                    pass.set_pipeline(pipeline);
                    pass.set_bind_group(3, &placement.group, &[placement.offset(item.slot)]);
                    set_buffers(pass, &loaded.geometry, part, stock.defaults);
                    pass.draw_indexed(indices, 0, 0..1);
                    draw_calls += 1;
                }
            }
        }
        draw_calls
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
        let layout = |material| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("casters"),
                bind_group_layouts: &[Some(&layouts.frame), Some(&empty), Some(material), Some(&layouts.draw)],
                immediate_size: 0,
            })
        };
        Self { module: CASTERS.compile(device), solid: layout(&empty), cut: layout(&layouts.material), nothing }
    }

    fn pipeline(&self, device: &wgpu::Device, (attributes, alpha): CasterKey) -> wgpu::RenderPipeline {
        let (layout, vertex, fragment) = match alpha {
            Alpha::Opaque | Alpha::Coverage => (&self.solid, "vertex_depth", "shadow_caster"),
            Alpha::Mask => (&self.cut, "vertex_cut", "fragment_mask"),
            Alpha::Blend => (&self.cut, "vertex_cut", "fragment_blend"),
        };
        let blend =
            |dst_factor, operation| wgpu::BlendComponent { src_factor: wgpu::BlendFactor::One, dst_factor, operation };
        // Heights are kept as the most of two numbers; what dims takes its part of the light that is left.
        let most = blend(wgpu::BlendFactor::One, wgpu::BlendOperation::Max);
        let dims = blend(wgpu::BlendFactor::OneMinusSrc, wgpu::BlendOperation::Add);
        let streams = Streams::new(attributes);
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("casters"),
            layout: Some(layout),
            vertex: wgpu::VertexState {
                module: &self.module,
                entry_point: Some(vertex),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers: &streams.layouts(),
            },
            primitive: wgpu::PrimitiveState::default(),
            depth_stencil: None,
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module: &self.module,
                entry_point: Some(fragment),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format: COLOR_FORMAT,
                    blend: Some(wgpu::BlendState {
                        color: most,
                        alpha: if alpha == Alpha::Blend { dims } else { most },
                    }),
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}
