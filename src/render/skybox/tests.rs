//! What stands behind and below a product, as pictures of 64 × 64.

use crate::render::pipeline::Stage;
use crate::render::{COLOR_FORMAT, DEPTH_FORMAT};
use glam::Vec3;

use super::*;
use crate::environment::Panorama;
use crate::frame::{FloorShadow, Ground};
use crate::render::light::tests::gpu;
use crate::render::shadow::{ShadowMap, ShadowPipelines, Subject};

const SIZE_PX: u32 = 64;

/// Looks from `eye` to `at`.
fn view(eye: Vec3, at: Vec3) -> View {
    View {
        world_from_view: glam::camera::rh::view::look_at_mat4(eye, at, Vec3::Y).inverse(),
        projection_from_view: glam::camera::rh::proj::directx::perspective(1.0, 1.0, 0.1, 100.0),
        viewport_px: [0, 0, SIZE_PX, SIZE_PX],
        look: 0,
    }
}

/// What `draw` leaves on nothing.
fn picture(device: &wgpu::Device, queue: &wgpu::Queue, draw: impl FnOnce(&mut wgpu::RenderPass<'_>)) -> Vec<[u8; 4]> {
    let texture = |format| {
        device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: SIZE_PX, height: SIZE_PX, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        })
    };
    let (color, depth) = (texture(COLOR_FORMAT), texture(DEPTH_FORMAT));
    let mut encoder = device.create_command_encoder(&Default::default());
    {
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: None,
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &color.create_view(&Default::default()),
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                    store: wgpu::StoreOp::Store,
                },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &depth.create_view(&Default::default()),
                depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(1.0), store: wgpu::StoreOp::Store }),
                stencil_ops: None,
            }),
            ..Default::default()
        });
        draw(&mut pass);
    }
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(SIZE_PX * SIZE_PX * 4),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(SIZE_PX * 4), rows_per_image: None };
    let info = wgpu::TexelCopyBufferInfo { buffer: &buffer, layout };
    encoder.copy_texture_to_buffer(color.as_image_copy(), info, color.size());
    queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |result| result.unwrap());
    device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
    let bytes = buffer.get_mapped_range(..).unwrap().to_vec();
    bytes.as_chunks::<4>().0.to_vec()
}

fn middle(pixels: &[[u8; 4]]) -> [u8; 4] {
    pixels[(SIZE_PX * SIZE_PX / 2 + SIZE_PX / 2) as usize]
}

/// Red towards +X, green towards +Z, blue towards −X, grey towards −Z; white above, black below the middle.
fn compass() -> Panorama {
    let texels = (0..64u32).flat_map(|i| {
        let color = match (i / 16, (i % 16 + 2) / 4 % 4) {
            (0, _) => [255; 3],
            (3, _) => [0; 3],
            (_, 0) => [0, 0, 255],
            (_, 1) => [128; 3],
            (_, 2) => [255, 0, 0],
            _ => [0, 255, 0],
        };
        [color[0], color[1], color[2], 255]
    });
    Panorama::from_srgb(16, 4, texels.collect()).unwrap()
}

#[test]
fn a_skybox_shows_each_direction_where_it_is() {
    let Some((device, queue)) = gpu() else { return };
    let mut lights = Lights::new(&device, &queue);
    let id = EnvironmentId(5);
    let seen = |lights: &Lights, to: Vec3, rotation: f32| {
        let mut skybox = Skybox::new(&device, lights, 1);
        let look = SkyboxLook { environment: id, ground: None, rotation, exposure: 1.0, tone_map: 4 };
        skybox.update(&device, &queue, lights, &look, &[view(Vec3::ZERO, to)]);
        middle(&picture(&device, &queue, |pass| skybox.draw(pass, Stage::Picture, lights, 0)))
    };
    for sharp in [true, false] {
        lights.set(&device, &queue, id, &compass(), sharp);
        let directions = [
            (Vec3::X, [255, 0, 0, 255]),
            (Vec3::Z, [0, 255, 0, 255]),
            (Vec3::NEG_X, [0, 0, 255, 255]),
            (Vec3::NEG_Z, [128, 128, 128, 255]),
            (Vec3::new(0.01, 1.0, 0.0), [255; 4]),
        ];
        for (to, color) in directions {
            let found = seen(&lights, to, 0.0);
            assert!(found.iter().zip(color).all(|(a, b)| a.abs_diff(b) < 4), "sharp {sharp}, {to}: {found:?}");
        }
        // A quarter turn around +Y brings what was at +X to −Z.
        let turned = seen(&lights, Vec3::NEG_Z, std::f32::consts::FRAC_PI_2);
        assert!(turned[0] > 250 && turned[1] < 4, "{turned:?}");
    }
    lights.remove(id);
    assert!(seen(&lights, Vec3::NEG_Z, 0.0)[0] > 50, "without it, the studio");
}

#[test]
fn the_ground_stays_where_it_is_from_wherever_it_is_seen() {
    let Some((device, queue)) = gpu() else { return };
    let mut lights = Lights::new(&device, &queue);
    let id = EnvironmentId(5);
    lights.set(&device, &queue, id, &compass(), true);
    let center = Vec3::new(3.0, -1.0, 2.0);
    let mut skybox = Skybox::new(&device, &lights, 1);
    let mut seen = |eye: Vec3, at: Vec3, rotation: f32| {
        let ground = Some(Ground { center, camera_height: 2.0, radius: 20.0 });
        let look = SkyboxLook { environment: id, ground, rotation, exposure: 1.0, tone_map: 4 };
        skybox.update(&device, &queue, &lights, &look, &[view(center + eye, center + at)]);
        middle(&picture(&device, &queue, |pass| skybox.draw(pass, Stage::Picture, &lights, 0)))
    };
    // Below 67.5° the panorama is black, above 22.5° coloured: on the ground that is a disc and what is around it.
    for eye in [Vec3::new(0.1, 1.0, 0.1), Vec3::new(6.0, 3.0, 5.0), Vec3::new(-2.0, 1.5, 4.0)] {
        let disc = [(Vec3::X, [255, 0, 0]), (Vec3::Z, [0, 255, 0]), (Vec3::NEG_X, [0, 0, 255])];
        for (side, color) in disc {
            let (inside, outside) = (seen(eye, 0.2 * side, 0.0), seen(eye, 6.0 * side, 0.0));
            assert_eq!(inside, [0, 0, 0, 255], "{side} from {eye}");
            assert!(outside.iter().zip(color).all(|(a, b)| a.abs_diff(b) < 4), "{side} from {eye}: {outside:?}");
        }
        // The light's turn is around where the panorama was taken.
        assert!(seen(eye, 6.0 * Vec3::NEG_Z, std::f32::consts::FRAC_PI_2)[0] > 250, "from {eye}");
        assert_eq!(seen(eye, Vec3::Y * 30.0, 0.0), [255; 4], "above is the sky, from {eye}");
    }
    let below = Vec3::new(0.0, -3.0, 0.1);
    assert_eq!(seen(below, Vec3::new(0.0, 5.0, 0.0), 0.0), [255; 4], "from below one looks through");
    let far = Vec3::new(300.0, 50.0, 0.0);
    assert_eq!(seen(far, far + Vec3::Y + 0.01, 0.0), [255; 4], "outside the sphere it is endlessly far away");
}

#[test]
fn the_floor_is_dark_from_above_clear_at_its_border_and_not_there_from_below() {
    let Some((device, queue)) = gpu() else { return };
    let (center, size, world_from_floor) = (Vec3::ZERO, Vec3::ONE, Mat4::IDENTITY);
    let shadow = FloorShadow { intensity: 0.5, softness: 1.0, center, size, world_from_floor };
    let mut pipelines = ShadowPipelines::new(&device, 1);
    pipelines.complete(&device);
    let mut map = ShadowMap::new(&device, &pipelines, &shadow);
    let mut encoder = device.create_command_encoder(&Default::default());
    // As if the product lay on the whole floor.
    drop(map.begin_over(&mut encoder, wgpu::Color { r: 1.0, g: 0.0, b: 0.0, a: 1.0 }));
    let subject = Subject { shadow: &shadow, look: 1, world_from_scenes: &[] };
    map.blur(&device, &queue, &mut encoder, &pipelines, &subject);
    queue.submit([encoder.finish()]);
    let mut seen = |from: Vec3| {
        let view = view(from, Vec3::ZERO);
        let projection_from_world = view.projection_from_view * view.world_from_view.inverse();
        map.update(&device, &queue, &pipelines, &shadow, &[projection_from_world]);
        picture(&device, &queue, |pass| map.draw(pass, Stage::Picture, &pipelines, 0))
    };
    let above = seen(Vec3::new(0.0, 3.0, 0.1));
    let [r, g, b, alpha] = middle(&above);
    assert!((r, g, b) == (0, 0, 0) && alpha.abs_diff(128) <= 2, "{alpha}");
    assert!(above[0][3] == 0, "the corner is clear");
    assert!(seen(Vec3::new(0.0, -3.0, 0.1)).iter().all(|pixel| *pixel == [0; 4]));
}
