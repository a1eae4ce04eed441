//! Real models from the corpus: they draw without an error and fill a
//! reasonable part of the picture. With `ANPROBE_PICTURES=<folder>` each picture is kept there as PNG.

use anprobe::camera::{View, projection_from_view};
use anprobe::frame::{FloorShadow, ToneMap};
use anprobe::import::Limits;
use anprobe::import::Opened;
use anprobe::render::{Pixels, Renderer};
use anprobe::scene::{Image, ImageSource, Overlay, Pose, Scene};
use glam::{Mat4, Vec3};

use crate::folder;
use crate::studio::{self, ID, Shot, shoot_frame};

const SIZE_PX: [u32; 2] = [384, 384];

fn decode(image: &Image, folder: &std::path::Path) -> image::RgbaImage {
    let bytes = match &image.source {
        ImageSource::Encoded { bytes, .. } => bytes.to_vec(),
        ImageSource::External { uri } => std::fs::read(folder.join(uri)).expect("the picture beside the file"),
    };
    image::load_from_memory(&bytes).expect("a picture").to_rgba8()
}

/// A camera's place and turn; it looks against `back`.
pub(crate) fn looking(eye: Vec3, back: Vec3) -> Mat4 {
    let right = Vec3::Y.cross(back).normalize_or(Vec3::X);
    let [x, y, z] = [right, back.cross(right), back].map(|axis| axis.extend(0.0));
    Mat4::from_cols(x, y, z, eye.extend(1.0))
}

/// From the front, a little from above, so that the product fills the picture.
fn view(scene: &Scene, pose: &Pose) -> View {
    let bounds = pose.bounds(scene);
    let radius = bounds.size().length() * 0.5;
    let eye = bounds.center() + Vec3::new(0.35, 0.3, 1.0).normalize_or(Vec3::Z) * radius * 2.9;
    let back = (eye - bounds.center()).normalize_or(Vec3::Z);
    View {
        world_from_view: looking(eye, back),
        projection_from_view: projection_from_view(0.72, 1.0, radius * 0.1, radius * 10.0),
        viewport_px: [0, 0, SIZE_PX[0], SIZE_PX[1]],
        look: 0,
    }
}

/// Reads a model and gives it to the renderer.
pub(crate) fn load(renderer: &mut Renderer, path: &std::path::Path) -> Scene {
    let folder = path.parent().expect("a folder");
    let opened = Opened::new(std::fs::read(path).expect("the file"), &Limits::default()).expect("glTF");
    let buffers: Vec<_> = opened.external_buffers().iter().map(|found| (found.buffer, found.uri.clone())).collect();
    let (scene, issues) = opened
        .finish(|buffer| {
            let (_, uri) = buffers.iter().find(|(index, _)| *index == buffer)?;
            std::fs::read(folder.join(uri)).ok()
        })
        .expect("a scene");
    for issue in issues.iter() {
        eprintln!("{}: {issue}", path.display());
    }
    renderer.load(ID, &scene).expect("loaded");
    for (index, image) in scene.images.iter() {
        let picture = decode(image, folder);
        let (width_px, height_px) = picture.dimensions();
        renderer.set_image(ID, &scene, index, Pixels::Rgba8 { width_px, height_px, bytes: &picture }).expect("set");
    }
    scene
}

/// Keeps a picture, over white, as a page would show it.
pub(crate) fn save(shot: &Shot, file: &std::path::Path) {
    let height_px = (shot.bytes.len() / 4) as u32 / shot.width;
    let over_white = shot
        .bytes
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]].map(|channel| channel.saturating_add(255 - pixel[3])));
    image::save_buffer(file, &over_white.collect::<Vec<_>>(), shot.width, height_px, image::ColorType::Rgb8)
        .expect("saved");
}

fn draw(renderer: &mut Renderer, path: &std::path::Path) -> Shot {
    let scene = load(renderer, path);
    let overlay = Overlay::default();
    let pose = Pose::rest(&scene, &overlay);
    let mut frame = studio::frame(&scene, &pose, &overlay, view(&scene, &pose));
    frame.tone_map = ToneMap::Neutral;
    let bounds = pose.bounds(&scene);
    let foot = bounds.center().with_y(bounds.min.y);
    let (size, world_from_floor) = (bounds.size(), Mat4::IDENTITY);
    frame.floor_shadow = Some(FloorShadow { intensity: 0.5, softness: 0.7, center: foot, size, world_from_floor });
    let shot = shoot_frame(renderer, &frame, SIZE_PX);
    if let Some(folder) = std::env::var_os("ANPROBE_PICTURES") {
        let name = path.file_stem().expect("a name").to_string_lossy();
        save(&shot, &std::path::PathBuf::from(folder).join(format!("anprobe-{name}.png")));
    }
    renderer.unload(ID);
    shot
}

#[test]
fn models_of_the_corpus_are_drawn() {
    let Some(mut renderer) = studio::renderer() else { return };
    let names = [
        "Duck.glb",
        "Fox.glb",
        "CesiumMan.glb",
        "Knight.glb",
        "SheenChair.glb",
        "MaterialsVariantsShoe/MaterialsVariantsShoe.gltf",
    ];
    for name in names {
        let Some(path) = folder::find("models_of_the_corpus_are_drawn", name) else { continue };
        let shot = draw(&mut renderer, &path);
        let covered = shot.count(|pixel| pixel[3] > 0) as f32 / (SIZE_PX[0] * SIZE_PX[1]) as f32;
        assert!((0.04..0.9).contains(&covered), "{name} covers {covered}");
        let mut colors: Vec<_> = shot.bytes.chunks_exact(4).collect();
        colors.sort_unstable();
        colors.dedup();
        assert!(colors.len() > 200, "{name} has {} colours", colors.len());
        let lost = shot.count(|pixel| pixel[3] == 255 && pixel[..3] == [0, 0, 0]);
        assert!(lost < 2000, "{name} has {lost} pixels without any light");
    }
}
