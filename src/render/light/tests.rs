//! Promises of the light, held by pixels of cubes: no picture is compared, only numbers of the theory.

use std::f32::consts::PI;

use glam::{Mat3, Vec3};

use super::*;

/// A device with the limits of the product, or a loud word. `REQUIRE_GPU=1` makes its lack a failure.
pub(in crate::render) fn gpu() -> Option<(wgpu::Device, wgpu::Queue)> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default()));
    let found = adapter.ok().and_then(|adapter| pollster::block_on(crate::render::Gpu::new(adapter)).ok());
    if found.is_none() {
        assert!(std::env::var("REQUIRE_GPU").is_err(), "REQUIRE_GPU is set and there is no GPU");
        eprintln!("SKIPPED: no GPU for this test");
    }
    let gpu = found?;
    // Nothing waits for reports here: an error ends the test.
    gpu.device.on_uncaptured_error(std::sync::Arc::new(|error| panic!("{error}")));
    Some((gpu.device, gpu.queue))
}

pub(in crate::render) fn half(bits: u16) -> f32 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    let size = match exponent {
        0 => mantissa * (-24f32).exp2(),
        31 => f32::INFINITY,
        _ => (1.0 + mantissa / 1024.0) * ((exponent - 15) as f32).exp2(),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// One level of a cube, read back.
pub(super) struct Level {
    face_px: usize,
    pub(super) texels: Vec<Vec3>,
}

impl Level {
    pub(super) fn read(device: &wgpu::Device, queue: &wgpu::Queue, cube: &wgpu::Texture, level: u32) -> Self {
        let face_px = (cube.width() >> level) as usize;
        let row = (face_px * 8).next_multiple_of(256);
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: (row * face_px * 6) as u64,
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&Default::default());
        encoder.copy_texture_to_buffer(
            wgpu::TexelCopyTextureInfo { mip_level: level, ..cube.as_image_copy() },
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(row as u32),
                    rows_per_image: Some(face_px as u32),
                },
            },
            wgpu::Extent3d { width: face_px as u32, height: face_px as u32, depth_or_array_layers: 6 },
        );
        queue.submit([encoder.finish()]);
        buffer.map_async(wgpu::MapMode::Read, .., |result| result.unwrap());
        device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        let bytes = buffer.get_mapped_range(..).unwrap().to_vec();
        let texels = bytes
            .chunks(row)
            .flat_map(|line| line[..face_px * 8].chunks(8))
            .map(|t| {
                let channel = |at: usize| half(u16::from_le_bytes([t[at], t[at + 1]]));
                Vec3::new(channel(0), channel(2), channel(4))
            })
            .collect();
        Self { face_px, texels }
    }

    /// Direction, solid angle and light of every texel; faces as cube.wgsl has them.
    pub(super) fn each(&self) -> impl Iterator<Item = (Vec3, f32, Vec3)> {
        let n = self.face_px;
        self.texels.iter().enumerate().map(move |(i, &light)| {
            let at = |step: usize| (step as f32 + 0.5) * 2.0 / n as f32 - 1.0;
            let (s, t) = (at(i % n), at(i / n % n));
            let point = match i / (n * n) {
                0 => Vec3::new(1.0, -t, -s),
                1 => Vec3::new(-1.0, -t, s),
                2 => Vec3::new(s, 1.0, t),
                3 => Vec3::new(s, -1.0, -t),
                4 => Vec3::new(s, -t, 1.0),
                _ => Vec3::new(-s, -t, -1.0),
            };
            let solid_angle = 4.0 / (n * n) as f32 / point.length().powi(3);
            (point.normalize_or_zero(), solid_angle, light)
        })
    }

    pub(super) fn total(&self) -> Vec3 {
        self.each().map(|(_, solid_angle, light)| light * solid_angle).sum()
    }

    fn nearest(&self, to: Vec3) -> Vec3 {
        self.each().max_by(|a, b| a.0.dot(to).total_cmp(&b.0.dot(to))).unwrap().2
    }
}

pub(super) fn bake(device: &wgpu::Device, queue: &wgpu::Queue, panorama: &Panorama) -> wgpu::Texture {
    let picture = baker::upload(device, queue, panorama);
    Baker::new(device).bake(device, queue, &picture, panorama.is_rgbe())
}

/// `[r, g, b]` as shared exponents; exact for powers of two.
fn rgbe(value: Vec3) -> [u8; 4] {
    let exponent = value.max_element().log2().floor() + 1.0;
    let byte = |v: f32| (v * (8.0 - exponent).exp2()).round().min(255.0) as u8;
    [byte(value.x), byte(value.y), byte(value.z), (exponent + 128.0) as u8]
}

pub(super) fn panorama(width_px: u32, height_px: u32, color: impl Fn(u32, u32) -> Vec3) -> Panorama {
    let texels = (0..height_px).flat_map(|y| (0..width_px).map(move |x| (x, y)));
    let bytes = texels.flat_map(|(x, y)| rgbe(color(x, y))).collect();
    Panorama::from_rgbe(width_px, height_px, bytes).unwrap()
}

#[test]
fn an_even_sky_lights_everything_evenly() {
    let Some((device, queue)) = gpu() else { return };
    let cube = bake(&device, &queue, &panorama(1024, 512, |_, _| Vec3::new(0.5, 2.0, 0.25)));
    for level in 0..cube.mip_level_count() {
        for texel in Level::read(&device, &queue, &cube, level).texels {
            let error = (texel / Vec3::new(0.5, 2.0, 0.25) - 1.0).abs().max_element();
            assert!(error < 0.01, "level {level}: {texel}");
        }
    }
}

#[test]
fn six_colours_come_out_where_they_were() {
    let Some((device, queue)) = gpu() else { return };
    let axes = [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::Z, Vec3::NEG_Z];
    let color = |axis: usize| Vec3::new([1.0, 2.0, 4.0][axis % 3], [1.0, 8.0][axis / 3], 16.0);
    let (width, height) = (256, 128);
    let picture = panorama(width, height, |x, y| {
        let (around, down) = ((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
        let (sine, cosine) = ((around - 0.5) * 2.0 * PI).sin_cos();
        let d = Vec3::new(cosine * (down * PI).sin(), (down * PI).cos(), sine * (down * PI).sin());
        color((0..6).max_by(|&a, &b| axes[a].dot(d).total_cmp(&axes[b].dot(d))).unwrap())
    });
    let cube = bake(&device, &queue, &picture);
    let sharp = Level::read(&device, &queue, &cube, 0);
    for (axis, &direction) in axes.iter().enumerate() {
        let seen = sharp.nearest(direction);
        assert!((seen / color(axis) - 1.0).abs().max_element() < 0.01, "{direction}: {seen}");
    }
    // Rougher, each axis shows its own colour with as much of the others' as its lobe sees.
    let sharp: Vec<_> = sharp.each().collect();
    for level in 1..cube.mip_level_count() {
        let texels: Vec<_> = Level::read(&device, &queue, &cube, level).each().collect();
        for direction in axes {
            let (to, _, seen) =
                *texels.iter().max_by(|a, b| a.0.dot(direction).total_cmp(&b.0.dot(direction))).unwrap();
            let exact = exact_lobe(&sharp, to, roughness(level));
            let error = (seen - exact).abs().max_element() / exact.max_element();
            assert!(error < 0.02, "level {level}, {direction}: {seen} for {exact}");
        }
    }
}

/// Of a level of five.
fn roughness(level: u32) -> f32 {
    (1.6 - (2.56 - 0.6 * level as f32).sqrt()) / 1.2
}

#[test]
fn a_sun_of_one_texel_lights_a_ball_as_the_integral_says() {
    let Some((device, queue)) = gpu() else { return };
    for (sun_x, sun_y) in [(700, 180), (130, 111), (512, 255), (300, 60)] {
        let power = 65_536.0;
        let picture =
            panorama(1024, 512, |x, y| Vec3::splat(if (x, y) == (sun_x, sun_y) { power } else { 1.0 / 1024.0 }));
        let cube = bake(&device, &queue, &picture);
        let (around, down) = ((sun_x as f32 + 0.5) / 1024.0, (sun_y as f32 + 0.5) / 512.0 * PI);
        let (sine, cosine) = ((around - 0.5) * 2.0 * PI).sin_cos();
        let sun = Vec3::new(cosine * down.sin(), down.cos(), sine * down.sin());
        let solid_angle = 2.0 * PI / 1024.0 * ((down - PI / 1024.0).cos() - (down + PI / 1024.0).cos());
        let energy = power * solid_angle;
        let diffuse = Level::read(&device, &queue, &cube, cube.mip_level_count() - 1);
        for (direction, _, light) in diffuse.each() {
            let exact = energy * direction.dot(sun).max(0.0) / PI + 1.0 / 1024.0;
            if direction.dot(sun) > 0.3 {
                assert!((light.x / exact - 1.0).abs() < 0.05, "sun {sun}, {direction}: {} for {exact}", light.x);
            }
        }
        for level in 0..cube.mip_level_count() {
            let total = Level::read(&device, &queue, &cube, level).total().x;
            let exact = energy + 4.0 * PI / 1024.0;
            eprintln!("sun {sun_x} {sun_y}: level {level} has {:.3} of the light", total / exact);
            assert!((total / exact - 1.0).abs() < 0.07, "level {level} holds {total} of {exact}");
        }
    }
}

/// `cube`'s level 0 filtered by summing over all its texels with GGX's lobe seen head on.
fn exact_lobe(sharp: &[(Vec3, f32, Vec3)], axis: Vec3, roughness: f32) -> Vec3 {
    let a2 = roughness.powi(4);
    let mut sum = (Vec3::ZERO, 0.0);
    for &(direction, solid_angle, light) in sharp {
        let cosine = direction.dot(axis);
        if cosine > 0.0 {
            let half = (cosine + 1.0) / 2.0;
            let d = half * (a2 - 1.0) + 1.0;
            let weight = a2 / (d * d) * cosine * solid_angle;
            sum = (sum.0 + weight * light, sum.1 + weight);
        }
    }
    sum.0 / sum.1
}

#[test]
fn the_studio_s_closed_forms_agree_with_a_sum_over_its_texels() {
    let Some((device, queue)) = gpu() else { return };
    let cube = studio(&device, &queue);
    let sharp: Vec<_> = Level::read(&device, &queue, &cube, 0).each().collect();
    for level in 1..cube.mip_level_count() {
        let t = level as f32 / (cube.mip_level_count() - 1) as f32;
        let roughness = (1.6 - (2.56 - 2.4 * t).sqrt()) / 1.2;
        let (mut worst, mut square, mut count) = (0f32, 0.0, 0);
        for (at, (axis, _, light)) in Level::read(&device, &queue, &cube, level).each().enumerate() {
            if at % [1, 97, 23, 7][level as usize] == 0 {
                let error = light.x / exact_lobe(&sharp, axis, roughness).x - 1.0;
                worst = worst.max(error.abs());
                (square, count) = (square + error * error, count + 1);
            }
        }
        let mean = (square / count as f32).sqrt();
        eprintln!("studio, roughness {roughness:.2}: {:.1} % off, {:.1} % at worst", mean * 100.0, worst * 100.0);
        assert!(mean < 0.05 && worst < 0.13, "roughness {roughness}: {mean} in the mean, {worst} at worst");
    }
}

#[test]
fn levels_between_two_are_close_to_their_own_roughness() {
    let Some((device, queue)) = gpu() else { return };
    let cube = studio(&device, &queue);
    let levels: Vec<_> = (0..cube.mip_level_count()).map(|level| Level::read(&device, &queue, &cube, level)).collect();
    let sharp: Vec<_> = levels[0].each().collect();
    for roughness in [0.3f32, 0.4, 0.7, 0.8] {
        let at = (levels.len() - 1) as f32 * roughness * (1.6 - 0.6 * roughness);
        let (low, mix) = (at as usize, at.fract());
        let (mut worst, mut square, mut count) = (0f32, 0.0, 0.0);
        for (axis, _, light) in levels[3].each().step_by(11) {
            let exact = exact_lobe(&sharp, axis, roughness).x;
            let near = |level: usize| levels[level].nearest(axis).x;
            let above = if low + 1 == levels.len() - 1 { light.x } else { near(low + 1) };
            let error = (near(low) * (1.0 - mix) + above * mix) / exact - 1.0;
            worst = worst.max(error.abs());
            (square, count) = (square + error * error, count + 1.0);
        }
        let mean = f32::sqrt(square / count);
        eprintln!("between levels, roughness {roughness}: {:.1} %, {:.1} % at worst", mean * 100.0, worst * 100.0);
        assert!(mean < 0.08 && worst < 0.18, "roughness {roughness}: {mean}, {worst} at worst");
    }
}

#[test]
fn the_studio_is_grey_and_shows_a_white_ball_as_white() {
    let Some((device, queue)) = gpu() else { return };
    let cube = studio(&device, &queue);
    for level in 0..cube.mip_level_count() {
        assert!(
            Level::read(&device, &queue, &cube, level).texels.iter().all(|t| t.x == t.y && t.y == t.z && t.x > 0.0)
        );
    }
    let diffuse = Level::read(&device, &queue, &cube, cube.mip_level_count() - 1);
    let front = diffuse.nearest(Vec3::Z).x;
    let display = crate::color::srgb_from_linear(front.min(1.0));
    eprintln!("studio: front {display:.3}");
    for d in [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::NEG_Z, Vec3::new(-1.0, 1.0, 1.0)] {
        eprintln!("  {d}: {:.3}", diffuse.nearest(d).x);
    }
    assert!((0.75..0.88).contains(&display), "{display}");
}

#[test]
fn the_time_is_measured() {
    let Some((device, queue)) = gpu() else { return };
    let wait = || device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "the clock of a measurement")]
    let now = std::time::Instant::now;
    let start = now();
    let mut lights = Lights::new(&device, &queue);
    let made = start.elapsed();
    wait();
    eprintln!("studio: {made:?} on the CPU, {:?} with the GPU", start.elapsed());
    let picture = panorama(1024, 512, |x, y| Vec3::splat(if (x, y) == (700, 180) { 65_536.0 } else { 0.5 }));
    let start = now();
    lights.set(&device, &queue, EnvironmentId(7), &picture, false);
    let made = start.elapsed();
    wait();
    eprintln!("panorama: {made:?} on the CPU, {:?} with the GPU", start.elapsed());
    assert!(lights.contains(EnvironmentId(7)) && lights.bytes() > 4_000_000);
    lights.remove(EnvironmentId(7));
    assert!(!lights.contains(EnvironmentId(7)) && lights.bytes() < 2_000_000);
}

fn studio(device: &wgpu::Device, queue: &wgpu::Queue) -> wgpu::Texture {
    Studio::new(device).draw(device, queue)
}

/// The rotation that light.wgsl writes out, for reference.
#[test]
fn a_turn_of_the_environment_turns_what_is_seen() {
    let turn = 0.7f32;
    let seen = Vec3::new(0.3, 0.4, -0.8);
    let (sine, cosine) = turn.sin_cos();
    let looked_up = Vec3::new(cosine * seen.x - sine * seen.z, seen.y, sine * seen.x + cosine * seen.z);
    assert!((Mat3::from_rotation_y(turn) * looked_up - seen).length() < 1e-6);
}
