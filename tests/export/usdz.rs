//! USDZ as bytes: order, pictures, and what is said of what it cannot have.

use anprobe::export::usdz::{Options, Placement, Plan};
use anprobe::frame::Look;
use anprobe::issue::Code;

use crate::archive;
use crate::samples::{configured, fill, product};

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
        let anprobe::scene::ImageSource::Encoded { bytes, .. } = &scene.images.get(picture.image).unwrap().source else {
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
        let anprobe::scene::ImageSource::Encoded { bytes, .. } = &scene.images.get(picture.image).unwrap().source else {
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
    let plan = configured("case", 2).plan();
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
    let text = |plan: &mut Plan| String::from_utf8_lossy(&archive::read(&plan.write().unwrap())[0].content).into_owned();
    assert!(!text(&mut still.plan()).contains("timeSamples"));
    let moving = product("lamp", &[("animation-name", "Fold"), ("autoplay", "")]);
    let moved = text(&mut moving.plan());
    assert!(moved.contains("timeSamples") && moved.contains("timeCodesPerSecond = 30"));
    let last: f32 = moved.split("endTimeCode = ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!((last / 30.0 - moving.shell.viewer.duration()).abs() <= 1.0 / 30.0);
}
