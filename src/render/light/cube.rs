//! Cubes of half floats, drawn face by face.

use crate::render::shaders::STUDIO;

/// What a cube holds; filterable and, with the half-float extensions of WebGL2, a target on every backend.
pub(super) const CUBE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

/// An empty cube.
pub(super) fn texture(device: &wgpu::Device, label: &str, face_px: u32, levels: u32) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some(label),
        size: wgpu::Extent3d { width: face_px, height: face_px, depth_or_array_layers: 6 },
        mip_level_count: levels,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: CUBE_FORMAT,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT
            | wgpu::TextureUsages::TEXTURE_BINDING
            | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    })
}

/// Six faces from `first_level` on.
pub(super) fn view(cube: &wgpu::Texture, first_level: u32, levels: Option<u32>) -> wgpu::TextureView {
    cube.create_view(&wgpu::TextureViewDescriptor {
        dimension: Some(wgpu::TextureViewDimension::Cube),
        base_mip_level: first_level,
        mip_level_count: levels,
        ..Default::default()
    })
}

/// A filtered texture of floats.
pub(super) fn texture_type(view_dimension: wgpu::TextureViewDimension) -> wgpu::BindingType {
    wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable: true },
        view_dimension,
        multisampled: false,
    }
}

/// A pipeline that fills a target of [`CUBE_FORMAT`]; `module` has the vertices of cube.wgsl.
pub(super) fn pipeline(
    device: &wgpu::Device,
    module: &wgpu::ShaderModule,
    fragment: &str,
    group: Option<&wgpu::BindGroupLayout>,
) -> wgpu::RenderPipeline {
    let groups = [group];
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(fragment),
        bind_group_layouts: if group.is_some() { &groups } else { &[] },
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(fragment),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("cube_vertex"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some(fragment),
            compilation_options: Default::default(),
            targets: &[Some(CUBE_FORMAT.into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}

/// Fills `view` with triangle number `slot` of cube.wgsl.
pub(super) fn fill(
    encoder: &mut wgpu::CommandEncoder,
    pipeline: &wgpu::RenderPipeline,
    source: Option<&wgpu::BindGroup>,
    view: &wgpu::TextureView,
    slot: u32,
) {
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("light"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::BLACK), store: wgpu::StoreOp::Store },
        })],
        ..Default::default()
    });
    pass.set_pipeline(pipeline);
    pass.set_bind_group(0, source, &[]);
    pass.draw(3 * slot..3 * slot + 3, 0..1);
}

/// All faces of one level.
pub(super) struct CubePass<'a> {
    pub(super) pipeline: &'a wgpu::RenderPipeline,
    pub(super) source: Option<&'a wgpu::BindGroup>,
    pub(super) cube: &'a wgpu::Texture,
    pub(super) level: u32,
}

impl CubePass<'_> {
    /// Records the six passes.
    pub(super) fn draw(&self, encoder: &mut wgpu::CommandEncoder) {
        for face in 0..6 {
            let view = self.cube.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2),
                base_mip_level: self.level,
                mip_level_count: Some(1),
                base_array_layer: face,
                array_layer_count: Some(1),
                ..Default::default()
            });
            fill(encoder, self.pipeline, self.source, &view, 6 * self.level + face);
        }
    }
}

/// The default environment, drawn without any source.
pub(super) struct Studio {
    pub(super) pipeline: wgpu::RenderPipeline,
}

impl Studio {
    /// Its lamps have soft edges, so that a small cube shows them whole.
    pub(super) const FACE_PX: u32 = 128;
    /// Down to faces of 16 × 16; also in studio.wgsl.
    pub(super) const LEVELS: u32 = 4;

    /// Compiles its shader.
    pub(super) fn new(device: &wgpu::Device) -> Self {
        Self { pipeline: pipeline(device, &STUDIO.compile(device), "studio", None) }
    }

    /// Its cube; submits the work.
    pub(super) fn draw(&self, device: &wgpu::Device, queue: &wgpu::Queue) -> wgpu::Texture {
        let cube = texture(device, "studio", Self::FACE_PX, Self::LEVELS);
        let mut encoder = device.create_command_encoder(&Default::default());
        for level in 0..Self::LEVELS {
            CubePass { pipeline: &self.pipeline, source: None, cube: &cube, level }.draw(&mut encoder);
        }
        queue.submit([encoder.finish()]);
        cube
    }
}
