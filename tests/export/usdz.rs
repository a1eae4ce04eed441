//! USDZ as bytes: order, pictures, and what is said of what it cannot have.

use anprobe::export::usdz::{Options, Placement, Plan};
use anprobe::frame::{Look, Placed};
use anprobe::issue::Code;
use anprobe::scene::{
    Image, ImageSource, Material, Node, Overlay, Pose, Primitive, Sampler, Scene, SceneId, Texture, TextureInfo,
    UvTransform, Wrap,
};
use anprobe::viewer::Command;
use glam::{Mat4, Vec2, Vec4};

use crate::archive;
use crate::flatten::{scene, solid};
use crate::samples::{chosen, configured, fill, product};

#[test]
fn the_layer_comes_first_and_every_file_lies_on_a_line_of_64_bytes() {
    for sample in [product("lamp", &[]), configured("case", 1)] {
        let mut plan = sample.plan();
        fill(&sample, &mut plan);
        let files = archive::read(&plan.write().unwrap());
        assert_eq!(files[0].name, "product.usda");
        assert!(files[0].content.starts_with(b"#usda 1.0\n"));
        assert!(files.iter().all(|file| file.start % 64 == 0));
        assert_eq!(files.len(), 1 + plan.pictures().len());
        let text = String::from_utf8(files[0].content.clone()).unwrap();
        for file in &files[1..] {
            assert!(text.contains(&format!("@./{}@", file.name)), "{} is used", file.name);
        }
        assert_eq!(plan.write().unwrap().len(), plan.write().unwrap().len());
    }
}

#[test]
fn pictures_that_need_no_change_are_the_models_own_bytes() {
    let sample = product("lamp", &[]);
    let mut plan = sample.plan();
    let kept: Vec<_> = plan.pictures().iter().filter(|picture| !picture.is_missing()).cloned().collect();
    assert!(!kept.is_empty());
    fill(&sample, &mut plan);
    let files = archive::read(&plan.write().unwrap());
    for picture in kept {
        let scene = sample.shell.viewer.scene(picture.scene).unwrap();
        let ImageSource::Encoded { bytes, .. } = &scene.images.get(picture.image).unwrap().source else {
            panic!("a sample holds its pictures")
        };
        assert!(files.iter().any(|file| file.content == bytes.as_slice()));
    }
}

#[test]
fn small_textures_are_asked_for_where_small_is_wanted() {
    let sample = product("lamp", &[]);
    let plan = sample.shell.viewer.usdz(Placement::Horizontal, 64).unwrap();
    let large = |picture: &&anprobe::export::usdz::Picture| {
        let scene = sample.shell.viewer.scene(picture.scene).unwrap();
        let ImageSource::Encoded { bytes, .. } = &scene.images.get(picture.image).unwrap().source else {
            return false;
        };
        image::load_from_memory(bytes).unwrap().width() > 64
    };
    assert!(plan.pictures().iter().any(|picture| large(&picture)));
    assert!(plan.pictures().iter().filter(large).all(|picture| picture.is_missing() && picture.most_px == 64));
}

#[test]
fn what_the_customer_wrote_is_asked_for_as_a_picture_of_its_own() {
    let sample = configured("lamp", 1);
    let plan = sample.plan();
    let printed: Vec<_> = plan.pictures().iter().filter(|picture| picture.is_printed).collect();
    assert_eq!(printed.len(), 1, "the engraving");
    assert!(printed[0].is_missing() && printed[0].has_alpha);
    let print = sample.shell.viewer.print_over(printed[0].scene, printed[0].image).unwrap();
    assert!(print.contains("\"Jo\""), "{print}");
    assert!(product("lamp", &[]).plan().pictures().iter().all(|picture| !picture.is_printed));
}

#[test]
fn a_picture_that_is_not_given_is_missed_and_the_rest_stands() {
    let sample = configured("lamp", 1);
    let mut plan = sample.plan();
    let missing = plan.pictures().iter().filter(|picture| picture.is_missing()).count();
    assert!(missing > 0 && !plan.give(0, b"GIF89a".to_vec()));
    let files = archive::read(&plan.write().unwrap());
    assert_eq!(files.len(), 1 + plan.pictures().len() - missing);
    assert!(plan.issues().contains(Code::ExportPicture));
    let text = String::from_utf8(files[0].content.clone()).unwrap();
    let named = text.matches("asset inputs:file").count();
    assert!(named > 0 && text.matches("@./textures/").count() == named);
}

#[test]
fn what_usd_has_no_word_for_is_said_once_for_each_material() {
    let plan = chosen("case", "finish", "clear").plan();
    let said: Vec<_> = plan.issues().iter().map(|issue| (issue.code, issue.detail.as_str())).collect();
    assert!(said.iter().all(|(code, _)| *code == Code::UsdzMaterial), "{said:?}");
    let clear: Vec<_> = said.iter().filter(|(_, detail)| detail.contains("transmission")).collect();
    assert_eq!(clear.len(), 1, "{said:?}");
    assert!(clear[0].1.starts_with("shell_clear, "));
}

#[test]
fn nothing_makes_no_file() {
    let error = Plan::new(&Look::default(), Options::default(), &|_, _| false).unwrap_err();
    assert_eq!(error.code, Code::ExportEmpty);
    assert_eq!(anprobe::viewer::Viewer::new(1).usdz(Placement::Any, 2048).unwrap_err().code, Code::ExportEmpty);
}

#[test]
fn a_wall_takes_the_back_and_a_floor_the_feet() {
    let sample = product("lamp", &[]);
    for placement in [Placement::Horizontal, Placement::Vertical, Placement::Any] {
        let plan = sample.shell.viewer.usdz(placement, 2048).unwrap();
        let mut bounds = anprobe::geom::Aabb::EMPTY;
        for position in plan.parts().iter().flat_map(|part| &part.positions) {
            bounds.insert(plan.surface_from_world().transform_point3(*position));
        }
        let size = sample.shell.viewer.dimensions();
        let expected = if placement == Placement::Vertical {
            // What is high lies along −Z, what faces the room goes up from the wall.
            glam::Vec3::new(size.x, size.z, size.y)
        } else {
            size
        };
        assert!((bounds.size() - expected).length() < 1e-4, "{placement:?}: {} {expected}", bounds.size());
        assert!(bounds.center().with_y(bounds.min.y).length() < 1e-5, "{placement:?}: {bounds:?}");
    }
}

#[test]
fn what_plays_goes_on_and_what_is_paused_stands() {
    let still = product("lamp", &[("animation-name", "Fold")]);
    let text =
        |plan: &mut Plan| String::from_utf8_lossy(&archive::read(&plan.write().unwrap())[0].content).into_owned();
    assert!(!text(&mut still.plan()).contains("timeSamples"));
    let moving = product("lamp", &[("animation-name", "Fold"), ("autoplay", "")]);
    let moved = text(&mut moving.plan());
    assert!(moved.contains("timeSamples") && moved.contains("timeCodesPerSecond = 30"));
    let last: f32 = moved.split("endTimeCode = ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!((last / 30.0 - moving.shell.viewer.duration()).abs() <= 1.0 / 30.0);
}

/// The start of a PNG of 4 × 4 pixels without alpha.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x04\0\0\0\x04\x08\x02\0\0\0\0\0\0\0";

/// A solid with two UV sets and a picture.
fn painted(material: Material) -> Scene {
    let mut primitive = Primitive { material: Some(0), ..solid() };
    let count = primitive.vertices.positions.len();
    let uvs = |by: f32| (0..count).map(|at| Vec2::new(at as f32 * by, 0.3 - at as f32 * 0.07)).collect();
    primitive.vertices.uvs = vec![uvs(0.1), uvs(-0.05)];
    let mut scene = scene(vec![Node { mesh: Some(0), ..Node::default() }], primitive);
    scene.materials.push(Some(material));
    let source = ImageSource::Encoded { mime: "image/png", bytes: PNG.to_vec().into() };
    scene.images.push(Some(Image { name: String::new(), source }));
    let sampler = Sampler { wrap_u: Wrap::Mirror, wrap_v: Wrap::Clamp, ..Sampler::default() };
    scene.textures.push(Some(Texture { image: Some(0), sampler, ..Texture::default() }));
    scene
}

fn plan_of(scene: &Scene) -> Plan {
    let overlay = Overlay::default();
    let pose = Pose::rest(scene, &overlay);
    let placed = Placed { id: SceneId(3), scene, world_from_scene: Mat4::IDENTITY, pose: &pose, overlay: &overlay };
    Plan::new(&Look { placed: vec![placed] }, Options::default(), &|_, _| false).unwrap()
}

fn layer(plan: &mut Plan) -> String {
    String::from_utf8(archive::read(&plan.write().unwrap())[0].content.clone()).unwrap()
}

fn info(uv_set: usize, transform: UvTransform) -> Option<TextureInfo> {
    Some(TextureInfo { texture: 0, uv_set, transform })
}

/// The tuples of an array in the layer.
fn tuples(text: &str, name: &str) -> Vec<Vec<f32>> {
    let line = text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{name}"));
    let inside = line
        .split_once('[')
        .unwrap()
        .1
        .split_once('[')
        .map_or_else(|| line.split_once('[').unwrap().1, |(_, rest)| rest);
    let inside = inside.split_once(']').unwrap().0;
    let tuples = inside.trim_matches(['(', ')']).split("),(");
    tuples.map(|tuple| tuple.split(',').map(|number| number.parse().unwrap()).collect()).collect()
}

#[test]
fn coordinates_are_where_the_shader_samples() {
    let transform = UvTransform { offset: Vec2::new(0.2, -0.4), rotation: 0.7, scale: Vec2::new(3.0, -1.5) };
    let material = Material {
        base_color_texture: info(0, UvTransform::default()),
        normal_texture: info(1, transform),
        ..Material::default()
    };
    let scene = painted(material);
    let mut plan = plan_of(&scene);
    let uvs = plan.parts()[0].uvs.clone();
    let text = layer(&mut plan);
    // As `uv_at` in material.wgsl, with the columns that `render/material.rs` gives it.
    let (sine, cosine) = transform.rotation.sin_cos();
    let columns = Vec4::new(cosine * 3.0, -sine * 3.0, sine * -1.5, cosine * -1.5);
    for (name, set, columns, offset) in [
        ("texCoord2f[] primvars:st =", 0, Vec4::new(1.0, 0.0, 0.0, 1.0), Vec2::ZERO),
        ("texCoord2f[] primvars:st1 =", 1, columns, transform.offset),
    ] {
        let found = tuples(&text, name);
        assert_eq!(found.len(), 12);
        for (found, uv) in found.iter().zip(&uvs[set]) {
            let sampled = Vec2::new(columns.x, columns.y) * uv.x + Vec2::new(columns.z, columns.w) * uv.y + offset;
            // USD counts from the picture's lower left.
            let expected = Vec2::new(sampled.x, 1.0 - sampled.y);
            assert!((Vec2::new(found[0], found[1]) - expected).length() < 2e-5, "{found:?} {expected}");
        }
    }
    assert!(text.contains("token inputs:wrapS = \"mirror\"") && text.contains("token inputs:wrapT = \"clamp\""));
    assert!(text.contains("color3f inputs:diffuseColor.connect = </Product/Materials/Material/Texture0.outputs:rgb>"));
}

#[test]
fn both_sides_are_there_as_two_fronts() {
    let mut plan = plan_of(&painted(Material { double_sided: true, ..Material::default() }));
    let text = layer(&mut plan);
    let (points, normals) = (tuples(&text, "point3f[] points"), tuples(&text, "normal3f[] normals"));
    assert_eq!((points.len(), normals.len()), (24, 24));
    let corners: Vec<usize> = {
        let line = text.lines().find(|line| line.contains("faceVertexIndices")).unwrap();
        line.split_once("= [").unwrap().1.trim_end_matches(']').split(',').map(|at| at.parse().unwrap()).collect()
    };
    assert_eq!(corners.len(), 24);
    let vector = |list: &[Vec<f32>], at: usize| glam::Vec3::from_slice(&list[at]);
    for triangle in corners.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| vector(&points, triangle[at]));
        let area = (b - a).cross(c - a).try_normalize().unwrap();
        assert!(triangle.iter().all(|corner| vector(&normals, *corner).dot(area) > 0.999));
    }
}

#[test]
fn what_needs_a_bias_is_drawn_into_the_picture() {
    let material = Material {
        normal_texture: info(0, UvTransform::default()),
        normal_scale: 0.5,
        occlusion_texture: info(0, UvTransform::default()),
        occlusion_strength: 0.25,
        metallic_roughness_texture: info(0, UvTransform::default()),
        metallic_factor: 0.75,
        roughness_factor: 0.5,
        ..Material::default()
    };
    let scene = painted(material);
    let plan = plan_of(&scene);
    let changes: Vec<_> = plan.pictures().iter().map(|picture| (picture.is_missing(), picture.change)).collect();
    assert_eq!(changes.len(), 3, "one image in three states");
    for (is_missing, change) in changes {
        let apply = |value: f32, channel: usize| value * change.scale[channel] + change.bias[channel];
        match change.scale[0] {
            1.0 => assert!(!is_missing, "as it is"),
            // A texel of a normal map, half as steep.
            0.5 => assert!((apply(0.9, 0) * 2.0 - 1.0 - 0.5 * (0.9 * 2.0 - 1.0)).abs() < 1e-6 && apply(0.7, 2) == 0.7),
            // glTF 2.0 §3.9.3: 1 + strength × (occlusion − 1).
            _ => assert!((apply(0.2, 0) - (1.0 + 0.25 * (0.2 - 1.0))).abs() < 1e-6),
        }
    }
    let mut plan = plan_of(&scene);
    let text = layer(&mut plan);
    assert!(text.contains("float4 inputs:scale = (1,0.5,0.75,1)"), "{text}");
}

/// The matrix of a mesh at a moment; none for one that stands still.
fn sample(text: &str, mesh: &str, moment: usize) -> Option<Mat4> {
    let section = text.split_once(&format!("def Mesh \"{mesh}\""))?.1;
    let section = section.split("def ").next()?.split_once("timeSamples = {")?.1;
    let line = section.lines().find(|line| line.trim_start().starts_with(&format!("{moment}: ")))?;
    let numbers = line.split_once(": ")?.1.split(|c: char| !matches!(c, '0'..='9' | '.' | '-'));
    let numbers: Vec<f32> = numbers.filter(|word| !word.is_empty()).map(|word| word.parse().unwrap()).collect();
    // Rows here are columns of ours.
    Some(Mat4::from_cols_slice(&numbers))
}

#[test]
fn a_motion_brings_parts_where_the_viewer_has_them() {
    let mut moving = product("lamp", &[("animation-name", "Fold"), ("autoplay", "")]);
    let mut plan = moving.plan();
    let (text, frozen) = (layer(&mut plan), plan.parts().to_vec());
    moving.shell.command(Command::Pause);
    let mut moved = 0;
    for moment in [0, 13, 30] {
        moving.shell.command(Command::SetCurrentTime(moment as f32 / 30.0));
        moving.shell.settle();
        for (part, there) in frozen.iter().zip(moving.plan().parts()) {
            let path = sample(&text, &part.name, moment);
            moved += usize::from(path.is_some());
            let place = path.unwrap_or(Mat4::IDENTITY);
            for (from, to) in part.positions.iter().zip(&there.positions) {
                let found = place.transform_point3(*from);
                assert!((found - *to).length() < 1e-5, "{} at {moment}: {found} {to}", part.name);
            }
        }
    }
    assert!(moved > 6, "{moved}");
}
