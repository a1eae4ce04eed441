//! The floor's shadow against the sum over a plate, and its manners.

use glam::{Mat4, Vec3};

use super::*;
use crate::render::light::tests::{gpu, half};
use crate::render::shaders;

/// Draws a horizontal rectangle as a caster, where its own uniform says.
const PLATE: &str = "
struct Plate { corners_from: mat4x4f }
@group(1) @binding(0) var<uniform> plate: Plate;
@vertex fn plate_vertex(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
    let corner = select(i, 3u - i % 3u, i > 2u);
    return plate.corners_from * vec4f(f32(corner >> 1u) - 0.5, 0.0, f32(corner & 1u) - 0.5, 1.0);
}";

fn shadow(softness: f32) -> FloorShadow {
    FloorShadow {
        intensity: 1.0,
        softness,
        center: Vec3::new(3.0, 0.5, -2.0),
        size: Vec3::ONE,
        world_from_floor: Mat4::IDENTITY,
    }
}

/// The hidden part of the sky over the floor of a plate of 1 × 1 m at this height, row by row.
fn hidden(softness: f32, height: f32) -> Option<Vec<Vec<f32>>> {
    let (device, queue) = gpu()?;
    let shadow = shadow(softness);
    let mut pipelines = ShadowPipelines::new(&device, 1);
    pipelines.complete(&device);
    let mut map = ShadowMap::new(&device, &pipelines, &shadow);
    let subject = Subject { shadow: &shadow, look: 1, world_from_scenes: &[] };
    assert!(map.suits(&shadow) && !map.holds(&subject));
    let place = Mat4::from_translation(shadow.center + Vec3::Y * height);
    let uniform = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: 64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    queue.write_buffer(&uniform, 0, bytemuck::bytes_of(&(casters_from_world(&shadow) * place).to_cols_array()));
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: None,
        source: wgpu::ShaderSource::Wgsl([shaders::SHADOW, PLATE].concat().into()),
    });
    let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: None,
        layout: None,
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("plate_vertex"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: Default::default(),
        depth_stencil: None,
        multisample: Default::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("shadow_caster"),
            compilation_options: Default::default(),
            targets: &[Some(COLOR_FORMAT.into())],
        }),
        multiview_mask: None,
        cache: None,
    });
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout: &pipeline.get_bind_group_layout(1),
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: uniform.as_entire_binding() }],
    });
    let mut encoder = device.create_command_encoder(&Default::default());
    {
        let mut pass = map.begin_casters(&mut encoder);
        pass.set_pipeline(&pipeline);
        pass.set_bind_group(1, &group, &[]);
        pass.draw(0..6, 0..1);
    }
    map.blur(&device, &queue, &mut encoder, &pipelines, &subject);
    assert!(map.holds(&subject) && !map.holds(&Subject { look: 2, ..subject }));
    queue.submit([encoder.finish()]);
    Some(read(&device, &queue, &map))
}

/// The sum of the layers, from the texture's half of the lowest heights.
fn read(device: &wgpu::Device, queue: &wgpu::Queue, map: &ShadowMap) -> Vec<Vec<f32>> {
    let n = map.size_px;
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(2 * n * n * 8),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&Default::default());
    encoder.copy_texture_to_buffer(
        map.blurred[1].texture().as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(2 * n * 8), rows_per_image: None },
        },
        map.blurred[1].texture().size(),
    );
    queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |result| result.unwrap());
    device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
    let bytes = buffer.get_mapped_range(..).unwrap().to_vec();
    let texel = |t: &[u8]| t.chunks(2).map(|c| half(u16::from_le_bytes([c[0], c[1]]))).sum();
    let rows = bytes.chunks(2 * n as usize * 8).filter_map(|row| row.get(..n as usize * 8));
    rows.map(|row| row.chunks(8).map(texel).collect()).collect()
}

/// What a plate of 1 × 1 m at this height hides of the sky at `x`, on the line through its middle (Lambert's law).
fn exact(x: f32, height: f32) -> f32 {
    let steps = 200;
    let at = |i: i32| (i as f32 + 0.5) / steps as f32 - 0.5;
    let mut sum = 0.0;
    for i in 0..steps {
        for j in 0..steps {
            let square = (at(i) - x).powi(2) + at(j).powi(2) + height * height;
            sum += height * height / (std::f32::consts::PI * square * square);
        }
    }
    sum / (steps * steps) as f32
}

#[test]
fn a_plate_hides_as_much_sky_as_the_sum_says() {
    for height in [0.03, 0.1, 0.2] {
        let Some(rows) = hidden(1.0, height) else { return };
        let n = rows.len();
        let seen = |x: f32| rows[n / 2][((x / (2.0 * HALF_EDGE) + 0.5) * n as f32) as usize];
        for x in [0.0, 0.25, 0.4, 0.5, 0.6, 0.75] {
            let (found, wanted) = (seen(x), exact(x, height));
            eprintln!("height {height}, {x} m from the middle: {found:.3}, exact {wanted:.3}");
            assert!((found - wanted).abs() < 0.12, "height {height}, {x}: {found} for {wanted}");
        }
    }
}

#[test]
fn nearer_to_the_floor_is_sharper_and_a_crisp_one_is_sharpest() {
    let width = |rows: &[Vec<f32>]| {
        let row = &rows[rows.len() / 2];
        let reach = |part: f32| row.iter().filter(|hidden| **hidden > part).count() as f32 / row.len() as f32;
        reach(0.1) - reach(0.6)
    };
    let Some(low) = hidden(1.0, 0.01) else { return };
    let high = hidden(1.0, 0.2).unwrap();
    let crisp = hidden(0.0, 0.2).unwrap();
    assert!(width(&crisp) < 0.01, "{}", width(&crisp));
    assert!(width(&low) < 0.03 && width(&high) > 2.0 * width(&low), "{} {}", width(&low), width(&high));
}

#[test]
fn the_blur_reaches_what_the_layers_ask() {
    for softness in [0.0, 0.2, 0.29, 0.3, 0.7, 1.0] {
        let size_px = size_px(softness);
        let stages = variances(softness, size_px);
        for (layer, deviation) in LAYERS.iter().enumerate() {
            let reached: f32 = stages.iter().enumerate().map(|(at, v)| v[layer] * 4f32.powi(at as i32)).sum();
            let wanted = (deviation * softness * size_px as f32 / (2.0 * HALF_EDGE)).powi(2);
            assert!((reached.sqrt() - wanted.sqrt()).abs() < 0.05 * wanted.sqrt() + 1e-3, "{softness} {layer}");
        }
    }
}
