//! Real models from the corpus: they draw without an error and fill a
//! reasonable part of the picture. With `ANPROBE_PICTURES=<folder>` each picture is kept there as PNG.

use anprobe::camera::{View, projection_from_view};
use anprobe::decode::{Resource, decode as unpacked};
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
pub(crate) fn view(scene: &Scene, pose: &Pose) -> View {
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

/// The scene in a file.
pub(crate) fn open(path: &std::path::Path) -> Scene {
    let folder = path.parent().expect("a folder");
    let beside = |resource: &Resource| std::fs::read(folder.join(&resource.uri)).ok();
    let bytes = std::fs::read(path).expect("the file");
    let (bytes, _) = unpacked(bytes, &Limits::default(), beside).expect("glTF");
    let opened = Opened::new(bytes, &Limits::default()).expect("glTF");
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
    scene
}

/// Gives a loaded scene its pictures.
pub(crate) fn set_pictures(renderer: &mut Renderer, scene: &Scene, folder: &std::path::Path) {
    for (index, image) in scene.images.iter() {
        let picture = decode(image, folder);
        let (width_px, height_px) = picture.dimensions();
        renderer.set_image(ID, scene, index, Pixels::Rgba8 { width_px, height_px, bytes: &picture }).expect("set");
    }
}

/// Reads a model and gives it to the renderer.
pub(crate) fn load(renderer: &mut Renderer, path: &std::path::Path) -> Scene {
    let scene = open(path);
    renderer.load(ID, &scene).expect("loaded");
    set_pictures(renderer, &scene, path.parent().expect("a folder"));
    scene
}

/// Writes a picture over this grey.
pub(crate) fn save(shot: &Shot, file: &std::path::Path, grey: u8) {
    let over = shot.bytes.chunks_exact(4).flat_map(|pixel| {
        let behind = (u16::from(grey) * u16::from(255 - pixel[3]) / 255) as u8;
        [pixel[0], pixel[1], pixel[2]].map(|channel| channel.saturating_add(behind))
    });
    let (bytes, height_px) = (over.collect::<Vec<_>>(), shot.bytes.len() as u32 / 4 / shot.width);
    image::save_buffer(file, &bytes, shot.width, height_px, image::ColorType::Rgb8).expect("saved");
}

/// Keeps a picture over this grey where `ANPROBE_PICTURES` asks for it.
pub(crate) fn keep(name: &str, shot: &Shot, grey: u8) {
    if let Some(folder) = std::env::var_os("ANPROBE_PICTURES") {
        let file = std::path::PathBuf::from(folder).join(format!("anprobe-{name}.png"));
        save(shot, &file, grey);
    }
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
    // Over white, as a page would show it.
    keep(&path.file_stem().expect("a name").to_string_lossy(), &shot, 255);
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

/// A model that says itself whether it is shown as it should be, seen from `from`.
fn shown(renderer: &mut Renderer, test: &str, name: &str, from: Vec3) -> Option<Shot> {
    let path = folder::find(test, &format!("{name}/{name}.gltf"))?;
    let scene = open(&path);
    renderer.load(ID, &scene).expect("loaded");
    set_pictures(renderer, &scene, path.parent().expect("a folder"));
    let overlay = Overlay::default();
    let pose = Pose::rest(&scene, &overlay);
    let bounds = pose.bounds(&scene);
    let up = if from.y == 0.0 { Vec3::Y } else { Vec3::NEG_Z };
    let straight = studio::parallel_view(-from, up);
    let zoom = 1.9 / bounds.size().max_element().max(1e-3);
    let fitting = Mat4::from_scale(Vec3::new(zoom, zoom, 1.0));
    let view = View {
        world_from_view: Mat4::from_translation(bounds.center()) * straight.world_from_view,
        projection_from_view: fitting * straight.projection_from_view,
        viewport_px: [0, 0, SIZE_PX[0], SIZE_PX[1]],
        look: 0,
    };
    let shot = shoot_frame(renderer, &studio::frame(&scene, &pose, &overlay, view), SIZE_PX);
    keep(&format!("{name}-{}", from.y), &shot, 255);
    renderer.unload(ID);
    Some(shot)
}

/// Two channels are less than half as bright as this one.
fn mostly(channel: usize, pixel: [u8; 4]) -> bool {
    (0..3).all(|other| other == channel || u16::from(pixel[other]) * 2 < u16::from(pixel[channel]))
}

#[test]
fn settings_of_textures_and_sides_pass_their_own_test() {
    const TEST: &str = "settings_of_textures_and_sides_pass_their_own_test";
    let Some(mut renderer) = studio::renderer() else { return };
    let Some(shot) = shown(&mut renderer, TEST, "TextureSettingsTest", Vec3::Z) else { return };
    // Ticks and two clamped squares are green; what fails is a red cross.
    let (green, red) = (shot.count(|pixel| mostly(1, pixel)), shot.count(|pixel| mostly(0, pixel)));
    assert!(green > 1500 && red == 0, "{green} green, {red} red");
}

#[test]
fn vertex_colours_are_those_of_the_samples_below_them() {
    const TEST: &str = "vertex_colours_are_those_of_the_samples_below_them";
    let Some(mut renderer) = studio::renderer() else { return };
    let Some(shot) = shown(&mut renderer, TEST, "VertexColorTest", Vec3::Z) else { return };
    let half = shot.bytes.len() / 2;
    let [test, sample] =
        [0..half, half..2 * half].map(|rows| Shot { width: shot.width, bytes: shot.bytes[rows].to_vec() });
    for channel in [0, 1] {
        let [test, sample] = [&test, &sample].map(|part| part.count(|pixel| mostly(channel, pixel)) as f32);
        assert!(sample > 300.0 && (test / sample - 1.0).abs() < 0.15, "channel {channel}: {test}, sample {sample}");
    }
}

#[test]
fn a_two_sided_plane_is_seen_and_lit_from_below() {
    const TEST: &str = "a_two_sided_plane_is_seen_and_lit_from_below";
    let Some(mut renderer) = studio::renderer() else { return };
    let [Some(above), Some(below)] =
        [Vec3::Y, Vec3::NEG_Y].map(|from| shown(&mut renderer, TEST, "TwoSidedPlane", from))
    else {
        return;
    };
    let [above, below] = [above, below].map(|shot| {
        let bright: f32 = shot.bytes.chunks_exact(4).map(|pixel| f32::from(pixel[0])).sum();
        (shot.count(|pixel| pixel[3] == 255), bright)
    });
    assert!(above.0 > 100_000 && above.0 == below.0, "{} pixels from above, {} from below", above.0, below.0);
    assert!(below.1 > 0.3 * above.1, "{} bright from above, {} from below", above.1, below.1);
}

#[test]
fn a_second_uv_set_places_its_own_picture() {
    const TEST: &str = "a_second_uv_set_places_its_own_picture";
    let Some(mut renderer) = studio::renderer() else { return };
    let Some(shot) = shown(&mut renderer, TEST, "MultiUVTest", Vec3::Z) else { return };
    // The sign, which glows, on one colour all over the side.
    let glows = |pixel: [u8; 4]| pixel[1] > 240 && pixel[0] > 200;
    let (sign, side) = (shot.count(glows), shot.count(|pixel| pixel[3] == 255));
    assert!((0.05..0.4).contains(&(sign as f32 / side as f32)), "{sign} of {side} pixels glow");
    let rim = (shot.width / 2 - 150..shot.width / 2 + 150).filter(|x| glows(shot.at(*x, 40))).count();
    assert_eq!(rim, 0, "the sign is in the middle");
}
