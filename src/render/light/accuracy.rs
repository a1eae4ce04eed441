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
#[derive(Clone, Copy, Debug)]
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
    /// Root mean square of `|found − exact|`, over what is exact or a tenth of its maximum, whichever is more.
    mean: f32,
    /// The worst of that where the exact value is above 30 % of its maximum.
    lit: f32,
    /// The worst `|found − exact|` anywhere beyond 5 % of what is exact, over the maximum. (A share of what is exact says
    /// nothing at the horizon of a lobe, where that is 0.)
    excess: f32,
}

fn errors(seen: &[(Vec3, Vec3)], to: Vec3, energy: f32, lobe: Lobe) -> Errors {
    let scale = energy / lobe.integral();
    let most = scale * (0..=1000).map(|i| lobe.shape(i as f32 / 1000.0)).fold(0.0, f32::max);
    let (mut square, mut lit, mut excess) = (0.0, 0f32, 0f32);
    for (direction, light) in seen {
        let exact = scale * lobe.shape(direction.dot(to)) + SKY;
        let error = (light.x - exact).abs();
        square += (error / exact.max(0.1 * most)).powi(2);
        excess = excess.max((error - 0.05 * exact) / most);
        if exact > 0.3 * most {
            lit = lit.max(error / exact);
        }
    }
    Errors { mean: (square / seen.len() as f32).sqrt(), lit, excess }
}

/// Around the sun.
const SKY: f32 = 1.0 / 1024.0;
/// Of the suns.
const POWER: f32 = 65_536.0;

fn ggx(level: u32) -> Lobe {
    Lobe::Ggx((1.6 - (2.56 - 2.4 * level as f32 / 4.0).sqrt()) / 1.2)
}

fn charlie(level: u32) -> Lobe {
    Lobe::Charlie(0.2 + (4.0 / 7.0 - 0.2) * level as f32 / 2.0)
}

#[test]
fn a_sun_shows_every_lobe_in_all_directions() {
    let Some((device, queue)) = gpu() else { return };
    let probe = Probe::new(&device);
    let mut baker = Baker::new(&device);
    for (x, y) in SUNS {
        let (to, solid_angle) = sun(x, y);
        let sky = panorama(1024, 512, |i, j| Vec3::splat(if (i, j) == (x, y) { POWER } else { SKY }));
        let cube = bake(&device, &queue, &sky);
        let sheen = baker.bake_sheen(&device, &queue, &cube);
        let light = (1..5).map(|level| (&cube, level, ggx(level)));
        for (cube, level, lobe) in light.chain((0..3).map(|level| (&sheen, level, charlie(level)))) {
            let Errors { mean, lit, excess } =
                errors(&probe.seen(&device, &queue, cube, level), to, POWER * solid_angle, lobe);
            let [mean_limit, lit_limit, excess_limit] = match lobe {
                Lobe::Ggx(_) => [0.045, 0.05, 0.04],
                Lobe::Charlie(_) => [0.02, 0.06, 0.045],
            };
            let what = format!("sun {x} {y}, {lobe:.3?}");
            eprintln!("{what}: {:.1} %, lit {:.1} %, excess {:.1} %", 100.0 * mean, 100.0 * lit, 100.0 * excess);
            assert!(mean < mean_limit && lit < lit_limit && excess < excess_limit, "{what}: {mean} {lit} {excess}");
        }
        let exact = POWER * solid_angle + 4.0 * PI * SKY;
        for cube in [&cube, &sheen] {
            for level in 0..cube.mip_level_count() {
                let share = Level::read(&device, &queue, cube, level).total().x / exact;
                assert!((share - 1.0).abs() < 0.04, "sun {x} {y}: level {level} of {} has {share}", cube.width());
            }
        }
    }
}

/// Where a quarter of a face has three suns, one of them is a light of its own and samples show the others.
#[test]
fn suns_beside_each_other_show_nearly_as_well() {
    let Some((device, queue)) = gpu() else { return };
    let suns = [(700, 180), (724, 196), (690, 210)];
    let sky = panorama(1024, 512, |i, j| Vec3::splat(if suns.contains(&(i, j)) { POWER } else { SKY }));
    let cube = bake(&device, &queue, &sky);
    let sheen = Baker::new(&device).bake_sheen(&device, &queue, &cube);
    let probe = Probe::new(&device);
    let light = (1..5).map(|level| (&cube, level, ggx(level)));
    for (cube, level, lobe) in light.chain((0..3).map(|level| (&sheen, level, charlie(level)))) {
        let scale = POWER / lobe.integral();
        let exact = |to: Vec3| -> f32 {
            let shown = |(x, y)| {
                let (sun, solid_angle) = sun(x, y);
                scale * solid_angle * lobe.shape(to.dot(sun))
            };
            suns.into_iter().map(shown).sum::<f32>() + SKY
        };
        let seen = probe.seen(&device, &queue, cube, level);
        let most = seen.iter().map(|&(to, _)| exact(to)).fold(0.0, f32::max);
        let square: f32 =
            seen.iter().map(|&(to, light)| ((light.x - exact(to)) / exact(to).max(0.1 * most)).powi(2)).sum();
        let mean = (square / seen.len() as f32).sqrt();
        let limit = if matches!(lobe, Lobe::Ggx(_)) { 0.06 } else { 0.3 };
        eprintln!("three suns, {lobe:.3?}: {:.1} %", 100.0 * mean);
        assert!(mean < limit, "{lobe:?}: {mean}");
    }
}

#[test]
fn an_even_sky_shows_in_sheen_as_it_is() {
    let Some((device, queue)) = gpu() else { return };
    let cube = bake(&device, &queue, &panorama(64, 32, |_, _| Vec3::new(0.5, 2.0, 0.25)));
    let sheen = Baker::new(&device).bake_sheen(&device, &queue, &cube);
    for level in 0..sheen.mip_level_count() {
        for texel in Level::read(&device, &queue, &sheen, level).texels {
            assert!((texel / Vec3::new(0.5, 2.0, 0.25) - 1.0).abs().max_element() < 0.01, "level {level}: {texel}");
        }
    }
}

#[test]
fn a_sun_beyond_half_floats_keeps_its_light_and_its_tint() {
    let Some((device, queue)) = gpu() else { return };
    let mut baker = Baker::new(&device);
    // Blocks of 4 × 4 and of 1; 77 · 1,024 is the brightest that a common panorama holds.
    for (width, power) in [(4096, 1_048_576.0), (1024, 78_848.0)] {
        let tint = Vec3::new(1.0, 0.5, 0.5);
        let block = width / 1024;
        let at = (700 * block, 180 * block);
        let sky = panorama(width, width / 2, |i, j| if (i, j) == at { power * tint } else { Vec3::splat(SKY) });
        let cube = bake(&device, &queue, &sky);
        let sheen = baker.bake_sheen(&device, &queue, &cube);
        let (_, solid_angle) = sun(700, 180);
        let exact = power * solid_angle / (block * block) as f32 * tint + 4.0 * PI * SKY;
        for cube in [&cube, &sheen] {
            for level in 0..cube.mip_level_count() {
                let share = Level::read(&device, &queue, cube, level).total() / exact;
                assert!((share - 1.0).abs().max_element() < 0.02, "{width}: level {level} has {share}");
                assert!(share.max_element() - share.min_element() < 0.005, "{width}: level {level} tints {share}");
            }
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
    assert_eq!((lights.pipelines(), lights.prepare_sheen(&device)), (8, 0));
    for (at, id) in [id, EnvironmentId::STUDIO].into_iter().enumerate() {
        lights.ensure_sheen(&device, &queue, id);
        lights.ensure_sheen(&device, &queue, id);
        assert_eq!((lights.pipelines(), lights.generation), (9, generation + 2 + at as u32));
    }
    lights.remove(id);
    assert_eq!(lights.bytes() - bytes, 48 * (256 * 256 + 128 * 128 + 64 * 64));
}
