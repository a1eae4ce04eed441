//! Draws natively what `cargo xtask fidelity` drew in the browser, to be compared with it there.

use std::path::Path;

use anprobe::camera::{View, near_and_far, projection_from_view};
use anprobe::environment::read_radiance;
use anprobe::frame::{EnvironmentId, ToneMap};
use anprobe::scene::{Overlay, Pose};
use glam::Vec3;

use crate::corpus::{load, looking, save};
use crate::studio::{self, ID, shoot_frame};

/// One line: model, panorama (one for the whole list), picture to write, side in pixels, then angle, angle from above and field of view in
/// degrees, radius, target and half the model's diagonal in metres; tabs between.
fn shoot(renderer: &mut anprobe::render::Renderer, job: &str) {
    let words: Vec<&str> = job.split('\t').collect();
    let [model, light, picture, side, numbers @ ..] = words.as_slice() else { panic!("odd job: {job}") };
    let numbers: Vec<f32> = numbers.iter().map(|word| word.parse().expect("a number")).collect();
    let &[theta, phi, fov, radius, x, y, z, extent] = numbers.as_slice() else { panic!("odd job: {job}") };
    let side: u32 = side.parse().expect("a number");

    let environment = EnvironmentId(7);
    if !renderer.has_environment(environment) {
        let panorama = read_radiance(&std::fs::read(light).expect("a panorama")).expect("a Radiance file");
        renderer.set_environment(environment, &panorama, false).expect("set");
    }
    let scene = load(renderer, Path::new(model));
    let overlay = Overlay::default();
    let pose = Pose::rest(&scene, &overlay);
    let (theta, phi) = (theta.to_radians(), phi.to_radians());
    let back = Vec3::new(phi.sin() * theta.sin(), phi.cos(), phi.sin() * theta.cos());
    let eye = Vec3::new(x, y, z) + back * radius;
    let (near, far) = near_and_far(radius, extent);
    let view = View {
        world_from_view: looking(eye, back),
        projection_from_view: projection_from_view(fov.to_radians(), 1.0, near, far),
        viewport_px: [0, 0, side, side],
        look: 0,
    };
    let mut frame = studio::frame(&scene, &pose, &overlay, view);
    frame.tone_map = ToneMap::Neutral;
    frame.light.environment = environment;
    frame.page_color = Some([255; 3]);
    save(&shoot_frame(renderer, &frame, [side, side]), Path::new(picture), 255);
    renderer.unload(ID);
}

#[test]
#[ignore = "`cargo xtask fidelity` says what to draw"]
fn what_the_browser_drew() {
    let Some(mut renderer) = studio::renderer() else { return };
    // Mesa's software renderer blurs what is magnified, a palette's texels, when it filters along a direction.
    renderer.set_most_anisotropy(1);
    let jobs = std::env::var_os("ANPROBE_FIDELITY").expect("ANPROBE_FIDELITY names a list of jobs");
    for job in std::fs::read_to_string(jobs).expect("the list").lines() {
        shoot(&mut renderer, job);
    }
}
