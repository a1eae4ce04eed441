//! How close the light of prefilter.wgsl comes to its integrals. A sun of one texel is the hardest sky: what a surface
//! shows of it is the lobe itself, in every direction.

use std::f32::consts::PI;

use glam::{Mat3, Vec3};

use super::tests::{Level, bake, gpu, panorama};
use super::*;

/// What the GPU reads of a level in directions that no texel centre has: those of a cube of `PROBE_PX`, turned.
struct Probe {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
}

const PROBE_PX: u32 = 48;

fn turn() -> Mat3 {
    Mat3::from_axis_angle(Vec3::new(0.48, 0.6, 0.64), 0.7)
}

impl Probe {
    fn new(device: &wgpu::Device) -> Self {
        let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty,
            count: None,
        };
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &[
                entry(0, cube::texture_type(wgpu::TextureViewDimension::Cube)),
                entry(1, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
            ],
        });
        let [x, y, z] = turn().to_cols_array_2d().map(|[x, y, z]| format!("vec3f({x:?}, {y:?}, {z:?})"));
        let probe = format!(
            "@group(0) @binding(0) var probed: texture_cube<f32>;
            @group(0) @binding(1) var probe_sampler: sampler;
            @fragment fn probe(texel: Texel) -> @location(0) vec4f {{
                let p = mat3x3f({x}, {y}, {z}) * cube_point(texel.face_level.x, texel.right_down);
                return textureSampleLevel(probed, probe_sampler, p, 0.0);
            }}"
        );
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("probe"),
            source: wgpu::ShaderSource::Wgsl([crate::render::shaders::CUBE, &probe].concat().into()),
        });
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Self { pipeline: cube::pipeline(device, &module, "probe", Some(&layout)), layout, sampler }
    }

    /// Directions and light.
    fn seen(&self, device: &wgpu::Device, queue: &wgpu::Queue, cube: &wgpu::Texture, level: u32) -> Vec<(Vec3, Vec3)> {
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: wgpu::BindingResource::TextureView(&cube::view(cube, level, Some(1))),
                },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&self.sampler) },
            ],
        });
        let target = cube::texture(device, "probe", PROBE_PX, 1);
        let mut encoder = device.create_command_encoder(&Default::default());
        cube::CubePass { pipeline: &self.pipeline, source: Some(&group), cube: &target, level: 0 }.draw(&mut encoder);
        queue.submit([encoder.finish()]);
        let turn = turn();
        Level::read(device, queue, &target, 0).each().map(|(to, _, light)| (turn * to, light)).collect()
    }
}

/// A texel of a panorama of 1,024 × 512: where it stands and how much of the sphere it covers.
fn sun(x: u32, y: u32) -> (Vec3, f32) {
    let (around, down) = ((x as f32 + 0.5) / 1024.0, (y as f32 + 0.5) / 512.0 * PI);
    let (sine, cosine) = ((around - 0.5) * 2.0 * PI).sin_cos();
    let to = Vec3::new(cosine * down.sin(), down.cos(), sine * down.sin());
    (to, 4.0 * PI / 1024.0 * down.sin() * (PI / 1024.0).sin())
}

/// A lobe at the cosine `c` to its axis, of integral 1.
#[derive(Clone, Copy)]
enum Lobe {
    /// GGX of this perceptual roughness, seen head on (Karis 2013); at 1 it is Lambert's.
    Ggx(f32),
    /// Charlie with this mean cosine, seen head on (Estevez and Kulla 2017).
    Charlie(f32),
}

impl Lobe {
    fn shape(self, c: f32) -> f32 {
        match self {
            _ if c <= 0.0 => 0.0,
            Self::Ggx(roughness) => {
                let a2 = roughness.powi(4);
                c * a2 / ((c + 1.0) / 2.0 * (a2 - 1.0) + 1.0).powi(2)
            }
            Self::Charlie(mean) => c * (1.0 - c).powf(2.0 / mean - 3.0),
        }
    }

    fn integral(self) -> f32 {
        let count = 20_000;
        (0..count)
            .map(|i| {
                self.shape(1.0 - ((i as f32 + 0.5) / count as f32).powi(2)) * 2.0 * (i as f32 + 0.5) / count as f32
            })
            .sum::<f32>()
            * 2.0
            * PI
            / count as f32
    }
}

/// Near both poles, at an edge and at a corner of the cube, in the middle of a face, and anywhere.
const SUNS: [(u32, u32); 6] = [(700, 180), (300, 2), (900, 509), (640, 256), (640, 156), (512, 255)];

struct Errors {
    worst: f32,
    mean: f32,
}

/// `|found − exact|` over what is exact, or over `floor` of its maximum where that is more.
fn errors(seen: &[(Vec3, Vec3)], to: Vec3, energy: f32, lobe: Lobe, floor: f32) -> Errors {
    let scale = energy / lobe.integral();
    let most = scale * (0..=1000).map(|i| lobe.shape(i as f32 / 1000.0)).fold(0.0, f32::max);
    let (mut worst, mut square) = (0f32, 0.0);
    for (direction, light) in seen {
        let exact = scale * lobe.shape(direction.dot(to)) + 1.0 / 1024.0;
        let error = (light.x - exact).abs() / exact.max(floor * most);
        worst = worst.max(error);
        square += error * error;
    }
    Errors { worst, mean: (square / seen.len() as f32).sqrt() }
}

#[test]
fn a_sun_shows_every_lobe_in_all_directions() {
    let Some((device, queue)) = gpu() else { return };
    let probe = Probe::new(&device);
    let mut baker = Baker::new(&device);
    let suns = if std::env::var("FEW").is_ok() { &SUNS[..2] } else { &SUNS[..] };
    for &(x, y) in suns {
        let (to, solid_angle) = sun(x, y);
        let power = 65_536.0;
        let sky = panorama(1024, 512, |i, j| Vec3::splat(if (i, j) == (x, y) { power } else { 1.0 / 1024.0 }));
        let cube = bake(&device, &queue, &sky);
        let sheen = baker.bake_sheen(&device, &queue, &cube);
        let ggx = |level: u32| Lobe::Ggx((1.6 - (2.56 - 2.4 * level as f32 / 4.0).sqrt()) / 1.2);
        let charlie = |level: u32| Lobe::Charlie(0.12 + (4.0 / 7.0 - 0.12) * level as f32 / 2.0);
        let cases = (1..5).map(|level| (&cube, level, ggx(level)));
        for (cube, level, lobe) in cases.chain((0..3).map(|level| (&sheen, level, charlie(level)))) {
            let seen = probe.seen(&device, &queue, cube, level);
            let [fine, coarse] = [0.01, 0.1].map(|floor| errors(&seen, to, power * solid_angle, lobe, floor));
            eprintln!(
                "sun {x} {y}, {} level {level}: {:.1} % ({:.1} %) over 1 %, {:.1} % ({:.1} %) over 10 %",
                cube.width(),
                100.0 * fine.worst,
                100.0 * fine.mean,
                100.0 * coarse.worst,
                100.0 * coarse.mean
            );
        }
    }
}

#[test]
fn sheen_s_light_is_made_when_asked_and_once() {
    let Some((device, queue)) = gpu() else { return };
    let mut lights = Lights::new(&device, &queue);
    let (bytes, generation) = (lights.bytes(), lights.generation);
    let id = EnvironmentId(3);
    lights.set(&device, &queue, id, &panorama(64, 32, |_, _| Vec3::ONE), false);
    assert_eq!((lights.pipelines(), lights.prepare_sheen(&device)), (7, 0));
    for (at, id) in [id, EnvironmentId::STUDIO].into_iter().enumerate() {
        lights.ensure_sheen(&device, &queue, id);
        lights.ensure_sheen(&device, &queue, id);
        assert_eq!((lights.pipelines(), lights.generation), (8, generation + 2 + at as u32));
    }
    lights.remove(id);
    assert_eq!(lights.bytes() - bytes, 48 * (64 * 64 + 32 * 32 + 16 * 16));
}
