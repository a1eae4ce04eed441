//! What is held, created and freed.

use anprobe::camera::View;
use anprobe::environment::Panorama;
use anprobe::frame::{Background, EnvironmentId, FloorShadow};
use anprobe::render::{Offscreen, Pixels, RenderError, Renderer, Statistics, Target};
use anprobe::scene::{
    AlphaMode, Image, ImageSource, Material, Overlay, Scene, SceneId, Texture, TextureInfo, UvTransform,
};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, add, front, quad_primitive, scene, shoot_frame, unlit};

fn variants() -> Scene {
    let materials = [
        unlit(Vec4::new(1.0, 0.0, 0.0, 1.0)),
        Material { double_sided: true, alpha_mode: AlphaMode::Blend, ..unlit(Vec4::new(0.0, 1.0, 0.0, 1.0)) },
        Material { alpha_mode: AlphaMode::Mask { cutoff: 0.5 }, ..Material::default() },
    ];
    let mut out = scene(materials);
    out.variants = vec!["glass".to_owned(), "lace".to_owned()];
    let mut primitive = quad_primitive(0.5, 0);
    primitive.variant_materials = vec![Some(1), Some(2)];
    add(&mut out, primitive.clone(), Mat4::IDENTITY);
    add(&mut out, primitive, Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0)));
    out
}

#[test]
fn after_preparing_no_variant_creates_a_pipeline() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = variants();
    renderer.load(ID, &scene).expect("loaded");
    let pose = studio::pose(&scene);
    let mut overlay = Overlay::default();
    shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    let first = renderer.statistics().pipelines;
    let mut left = usize::MAX;
    for _ in 0..20 {
        let before = renderer.statistics().pipelines;
        let now = renderer.prepare(&studio::frame(&scene, &pose, &overlay, front()));
        assert!(renderer.statistics().pipelines - before <= 1, "one pipeline a task");
        assert!(now < left || now == 0, "it comes to an end");
        left = now;
    }
    assert_eq!(left, 0);
    let prepared = renderer.statistics().pipelines;
    assert!(prepared > first, "the variants need pipelines of their own");
    for (variant, color) in [(Some(0), [0, 255, 0, 255]), (None, [255, 0, 0, 255])] {
        overlay.variant = variant;
        let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
        assert_eq!(picture.at(32, 32), color);
    }
    overlay.variant = Some(1);
    shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(renderer.statistics().pipelines, prepared);
}

#[test]
fn after_preparing_neither_shadow_nor_surroundings_create_a_pipeline() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = variants();
    renderer.load(ID, &scene).expect("loaded");
    let pose = studio::pose(&scene);
    let overlays = [None, Some(0), Some(1)].map(|variant| Overlay { variant, ..Overlay::default() });
    shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlays[0], front()), [SIDE_PX; 2]);
    let around = |overlay| {
        let mut frame = studio::frame(&scene, &pose, overlay, front());
        frame.background = Background::Skybox { environment: EnvironmentId(3), ground: None };
        frame.light.environment = EnvironmentId(3);
        let (center, size, world_from_floor) = (Vec3::ZERO, Vec3::ONE, Mat4::IDENTITY);
        frame.floor_shadow = Some(FloorShadow { intensity: 1.0, softness: 1.0, center, size, world_from_floor });
        frame
    };
    let one_a_task = |renderer: &mut Renderer, prepare: &mut dyn FnMut(&mut Renderer) -> usize| {
        for _ in 0..40 {
            let before = renderer.statistics().pipelines;
            let left = prepare(renderer);
            assert!(renderer.statistics().pipelines - before <= 1, "one pipeline a task");
            if left == 0 {
                return;
            }
        }
        panic!("it comes to an end");
    };
    one_a_task(&mut renderer, &mut |renderer| renderer.prepare(&around(&overlays[0])));
    one_a_task(&mut renderer, &mut Renderer::prepare_environments);
    let prepared = renderer.statistics().pipelines;
    let grey = Panorama::from_srgb(2, 1, vec![128; 8]).expect("a panorama");
    renderer.set_environment(EnvironmentId(3), &grey, true).expect("set");
    for overlay in &overlays {
        let picture = shoot_frame(&mut renderer, &around(overlay), [SIDE_PX; 2]);
        assert_eq!(picture.count(|pixel| pixel[3] == 255), (SIDE_PX * SIDE_PX) as usize, "the skybox is there");
    }
    assert_eq!(renderer.statistics().pipelines, prepared);
}

#[test]
fn a_lost_device_draws_takes_and_prepares_nothing() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = variants();
    renderer.load(ID, &scene).expect("loaded");
    let (pose, overlay) = (studio::pose(&scene), Overlay::default());
    let frame = studio::frame(&scene, &pose, &overlay, front());
    let picture = Offscreen::new(renderer.gpu(), [SIDE_PX; 2]).expect("a picture");
    assert!(renderer.draw(&frame, &picture.target()));
    let empty = Target { size_px: [0, 5], ..picture.target() };
    assert!(!renderer.draw(&frame, &empty), "nothing to draw to");
    let before = renderer.statistics();
    renderer.gpu().device.destroy();
    // Told when the queue is empty.
    let _ = renderer.gpu().device.poll(wgpu::PollType::wait_indefinitely());
    assert!(renderer.gpu().is_lost());
    assert!(!renderer.draw(&frame, &picture.target()), "not drawn");
    let lost = |result| assert!(matches!(result, Err(RenderError::DeviceLost { .. })), "{result:?}");
    lost(renderer.load(SceneId(2), &scene));
    lost(renderer.set_image(ID, &scene, 0, Pixels::Rgba8 { width_px: 1, height_px: 1, bytes: &[0; 4] }));
    let grey = Panorama::from_srgb(2, 1, vec![128; 8]).expect("a panorama");
    lost(renderer.set_environment(EnvironmentId(3), &grey, true));
    assert_eq!((renderer.prepare(&frame), renderer.prepare_environments()), (0, 0));
    assert_eq!(renderer.statistics(), before, "nothing was created");
    renderer.unload(ID);
}

#[test]
fn elements_of_five_sizes_share_canvases_that_stay() {
    let Some(mut renderer) = studio::renderer() else { return };
    let white = studio::single(quad_primitive(1.0, 0), unlit(Vec4::ONE));
    renderer.load(ID, &white).expect("loaded");
    let (pose, overlay) = (studio::pose(&white), Overlay::default());
    let mut bytes_after = |size_px: [u32; 2]| {
        let view = View { viewport_px: [0, 0, size_px[0], size_px[1]], ..front() };
        let picture = shoot_frame(&mut renderer, &studio::frame(&white, &pose, &overlay, view), size_px);
        let pixels = (size_px[0] * size_px[1]) as usize;
        assert_eq!(picture.count(|pixel| pixel == [255; 4]), pixels, "{size_px:?} is filled");
        renderer.statistics().canvas_bytes
    };
    let sizes = [[300, 20], [20, 300], [200, 200], [64, 64], [100, 400]];
    let all = sizes.map(&mut bytes_after)[4];
    for size_px in sizes {
        assert_eq!(bytes_after(size_px), all, "nothing comes or goes at {size_px:?}");
    }
    // A little smaller, as while being resized.
    for side in (180..200).step_by(4) {
        assert_eq!(bytes_after([side, 200]), all, "{side}");
    }
    let last = (0..130).map(|_| bytes_after([64, 64])).last();
    assert!(last < Some(all / 10), "what nobody needs goes: {last:?} of {all}");
}

#[test]
fn an_overlay_recolors_hides_and_goes_away_again() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = variants();
    renderer.load(ID, &scene).expect("loaded");
    let mut pose = studio::pose(&scene);
    let mut overlay = Overlay::default();
    let mut center = |pose: &_, overlay: &_| {
        shoot_frame(&mut renderer, &studio::frame(&scene, pose, overlay, front()), [SIDE_PX; 2]).at(32, 32)
    };
    assert_eq!(center(&pose, &overlay), [255, 0, 0, 255]);
    for blue in [0.0, 1.0] {
        overlay.materials.insert(0, unlit(Vec4::new(0.0, 1.0, blue, 1.0)));
        assert_eq!(center(&pose, &overlay), [0, 255, (blue * 255.0) as u8, 255]);
    }
    overlay.materials = Default::default();
    assert_eq!(center(&pose, &overlay), [255, 0, 0, 255]);
    pose.visible.fill(false);
    assert_eq!(center(&pose, &overlay), [0; 4]);
}

#[test]
fn nothing_is_left_after_fifty_loads() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut scene = variants();
    let texture = Some(TextureInfo { texture: 0, uv_set: 0, transform: UvTransform::default() });
    scene.materials.push(Some(Material {
        base_color_texture: texture,
        normal_texture: texture,
        ..Material::default()
    }));
    scene.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
    scene.images.push(Some(Image { name: String::new(), source: ImageSource::External { uri: String::new() } }));
    let held = |now: Statistics| (now.buffer_bytes, now.texture_bytes);
    let empty = held(renderer.statistics());
    let mut full = None;
    for _ in 0..50 {
        renderer.load(ID, &scene).expect("loaded");
        let bytes = vec![255; 32 * 16 * 4];
        renderer.set_image(ID, &scene, 0, Pixels::Rgba8 { width_px: 32, height_px: 16, bytes: &bytes }).expect("set");
        let (pose, overlay) = (studio::pose(&scene), Overlay::default());
        shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
        let now = held(renderer.statistics());
        assert_eq!(*full.get_or_insert(now), now, "every load costs the same");
        // Twice 32 × 16 with its mips, as colour and as data.
        assert!(now.1 >= 2 * 32 * 16 * 4 && now.0 > 0, "{now:?}");
        renderer.unload(ID);
        assert_eq!(held(renderer.statistics()), empty);
    }
}

#[test]
fn a_frame_of_an_unknown_scene_draws_nothing() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = variants();
    let (pose, overlay) = (studio::pose(&scene), Overlay::default());
    let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(picture.count(|pixel| pixel != [0; 4]), 0);
}
