//! From an address to a picture.

use anprobe::issue::{Code, Issue};
use anprobe::scene::SceneId;
use anprobe::viewer::{Announcement, Answer, Command, Effect, Event, FetchKind};

use crate::model;
use crate::shell::{Shell, names};

fn fetched(shell: &mut Shell) -> (anprobe::viewer::RequestId, String) {
    match shell.take_request() {
        Some(Effect::Fetch { request, url, .. }) => (request, url),
        other => panic!("a fetch was expected, not {other:?}"),
    }
}

#[test]
fn a_model_comes_in_order_and_is_told_when_its_picture_stands() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.set("src", "box.glb");
    assert!(shell.log.is_empty(), "nothing is loaded before it is near: {:?}", names(&shell.log));
    shell.place(true);
    shell.settle();
    let told: Vec<String> = names(&shell.log).into_iter().filter(|name| name != "redraw").collect();
    assert_eq!(
        told,
        [
            "fetch box.glb",
            "model-load 0.00",
            "upload 700000001",
            "decode 0",
            "model-load 0.80",
            "model-load 0.98",
            "EnvironmentChange",
            "prepare",
            "camera none",
            "load box.glb",
            "visible true",
            "PosterDismissed",
            "model-load 1.00",
            "decode 1",
            "decode 2",
            "save",
        ]
    );
    assert!(shell.viewer.loaded() && shell.viewer.model_is_visible());
    assert_eq!(shell.seen().looks[0].placed[0].id, SceneId(7 << 32 | 1));
    assert!(shell.viewer.scene(SceneId(7 << 32 | 1)).is_some());
}

#[test]
fn there_is_no_frame_and_no_load_event_before_the_picture_is_drawn() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.place(true);
    shell.set("src", "box.glb");
    while shell.answer_one() {}
    assert!(shell.viewer.frame().is_some() && !shell.viewer.loaded());
    shell.send(Event::Drawn { now_secs: shell.now_secs });
    assert!(!shell.viewer.loaded(), "a picture that was begun before does not count");
    assert!(!names(&shell.log).contains(&"load box.glb".to_owned()));
    shell.frame(0.016);
    assert!(names(&shell.log).contains(&"load box.glb".to_owned()));
}

#[test]
fn progress_only_grows_and_ends_at_one() {
    let mut shell = Shell::new();
    shell.place(true);
    shell.set("src", "box.glb");
    let (request, _) = fetched(&mut shell);
    for (received, total) in [(100, 1000), (50, 1000), (500, 1000), (600, 0), (1000, 1000)] {
        shell.send(Event::Progress { request, received, total });
    }
    shell.answer(request, Answer::Bytes(model::glb()));
    shell.settle();
    let progress: Vec<f32> = shell
        .announced()
        .into_iter()
        .filter_map(|said| if let Announcement::Progress { total, .. } = said { Some(*total) } else { None })
        .collect();
    assert!(progress.windows(2).all(|pair| pair[0] < pair[1]), "{progress:?}");
    assert_eq!((progress.first(), progress.last()), (Some(&0.0), Some(&1.0)));
    assert!(progress.contains(&0.4), "half of the bytes: {progress:?}");
}

#[test]
fn buffers_and_pictures_beside_the_file_are_asked_for_relative_to_it() {
    let (gltf, buffer) = model::gltf_and_buffer();
    let mut shell = Shell::new();
    shell.file("/m/box.gltf", gltf);
    shell.place(true);
    shell.set("src", "/m/box.gltf");
    assert!(shell.answer_one());
    let Some(Effect::Fetch { request, url, base, kind }) = shell.take_request() else { panic!("no buffer") };
    assert_eq!((url.as_str(), base.as_deref(), kind), ("the box%23%25.bin", Some("/m/box.gltf"), FetchKind::Buffer));
    shell.answer(request, Answer::Bytes(buffer));
    let Some(Effect::Decode { request, base, .. }) = shell.take_request() else { panic!("no picture") };
    assert_eq!(base.as_deref(), Some("/m/box.gltf"));
    shell.answer(request, Answer::Done);
    shell.settle();
    assert!(shell.viewer.loaded());
}

#[test]
fn a_new_address_aborts_the_old_one_and_late_answers_are_dropped() {
    let mut shell = Shell::new();
    shell.file("two.glb", model::glb());
    shell.place(true);
    shell.set("src", "one.glb");
    let (old, _) = fetched(&mut shell);
    shell.set("src", "two.glb");
    assert!(shell.log.iter().any(|effect| matches!(effect, Effect::Abort(request) if *request == old)));
    shell.answer(old, Answer::Bytes(model::glb()));
    assert!(!names(&shell.log).iter().any(|name| name.starts_with("upload")), "the old file is not read");
    shell.settle();
    assert!(names(&shell.log).contains(&"load two.glb".to_owned()));
    assert!(!names(&shell.log).contains(&"load one.glb".to_owned()));
}

#[test]
fn a_failed_load_says_so_and_keeps_the_old_model_until_it_is_tried_again() {
    let mut shell = Shell::with_model(&[]);
    shell.set("src", "gone.glb");
    assert!(shell.viewer.frame().is_some(), "the old model stays while the new one is on its way");
    assert!(!shell.viewer.loaded());
    shell.settle();
    assert!(names(&shell.log).contains(&"error FETCH_FAILED".to_owned()));
    assert_eq!(shell.seen().looks[0].placed[0].id, SceneId(7 << 32 | 1));
    assert!(shell.viewer.model_is_visible());
    let fetches = |shell: &Shell| names(&shell.log).iter().filter(|name| name.starts_with("fetch")).count();
    assert_eq!(fetches(&shell), 1);
    shell.file("gone.glb", model::glb());
    shell.command(Command::Retry);
    shell.settle();
    assert_eq!(fetches(&shell), 2);
    assert!(shell.viewer.loaded());
    assert!(names(&shell.log).contains(&"release 700000001".to_owned()), "the old one is let go afterwards");
    assert!(shell.viewer.scene(SceneId(7 << 32 | 1)).is_none());
}

#[test]
fn a_model_that_the_renderer_refuses_leaves_the_old_one_standing() {
    let mut shell = Shell::with_model(&[]);
    shell.file("huge.glb", model::glb());
    shell.set("src", "huge.glb");
    assert!(shell.answer_one());
    let Some(request) = shell.take_upload() else { panic!("no upload") };
    shell.settle();
    assert!(!names(&shell.log).contains(&"load huge.glb".to_owned()), "it waits for the renderer");
    shell.answer(request, Answer::Refused(Issue::new(Code::Limit, "", "a buffer is too large")));
    shell.settle();
    let told = names(&shell.log);
    assert!(
        told.contains(&"error GLTF_LIMIT".to_owned()) && told.contains(&"release 700000002".to_owned()),
        "{told:?}"
    );
    assert!(!told.iter().any(|name| name.starts_with("load ") || name == "release 700000001"), "{told:?}");
    assert_eq!(shell.seen().looks[0].placed[0].id, SceneId(7 << 32 | 1));
}

#[test]
fn who_comes_back_to_what_stands_is_told_so() {
    let mut shell = Shell::with_model(&[]);
    shell.set("src", "other.glb");
    shell.set("src", "box.glb");
    shell.settle();
    let loads = |shell: &Shell| names(&shell.log).iter().filter(|name| *name == "load box.glb").count();
    assert_eq!(loads(&shell), 1);
    assert!(shell.viewer.loaded());
    shell.set("src", "gone.glb");
    shell.settle();
    shell.set("src", "box.glb");
    shell.settle();
    assert_eq!(loads(&shell), 2, "also after a failure, and once");
}

#[test]
fn what_is_no_model_is_an_error_with_its_code() {
    let mut shell = Shell::new();
    shell.file("page.html", b"<!doctype html>".to_vec());
    shell.place(true);
    shell.set("src", "page.html");
    shell.settle();
    let told = names(&shell.log);
    assert!(told.iter().any(|name| name.starts_with("error GLTF_")), "{told:?}");
    assert!(shell.viewer.frame().is_none());
}

#[test]
fn a_removed_address_releases_the_model_and_shows_the_poster() {
    let mut shell = Shell::with_model(&[]);
    shell.unset("src");
    shell.settle();
    assert!(shell.viewer.frame().is_none() && !shell.viewer.model_is_visible());
    let told = names(&shell.log);
    for expected in ["release 700000001", "PosterShown", "visible false"] {
        assert!(told.contains(&expected.to_owned()), "{expected}: {told:?}");
    }
}

#[test]
fn eager_loads_far_away_and_lazy_waits() {
    for (loading, loads) in [("eager", true), ("lazy", false), ("auto", false)] {
        let mut shell = Shell::new();
        shell.file("box.glb", model::glb());
        shell.set("loading", loading);
        shell.set("src", "box.glb");
        shell.settle();
        assert_eq!(shell.viewer.loaded(), loads, "{loading}");
        assert!(!shell.viewer.model_is_visible());
        shell.place(true);
        shell.settle();
        assert!(shell.viewer.loaded() && shell.viewer.model_is_visible(), "{loading}");
    }
}

#[test]
fn a_manual_poster_stays_until_it_is_dismissed() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.set("reveal", "manual");
    shell.set("loading", "eager");
    shell.place(true);
    shell.set("src", "box.glb");
    shell.settle();
    assert!(shell.viewer.loaded() && !shell.viewer.model_is_visible());
    shell.command(Command::DismissPoster);
    assert!(shell.viewer.model_is_visible());
    shell.command(Command::ShowPoster);
    assert!(!shell.viewer.model_is_visible());
    let told: Vec<String> = names(&shell.log).into_iter().filter(|name| name.starts_with("Poster")).collect();
    assert_eq!(told, ["PosterDismissed", "PosterShown"]);
    let mut lazy = Shell::new();
    lazy.file("box.glb", model::glb());
    lazy.set("reveal", "manual");
    lazy.place(true);
    lazy.set("src", "box.glb");
    lazy.settle();
    assert!(!lazy.viewer.loaded(), "without eager it is not even loaded");
    lazy.command(Command::DismissPoster);
    lazy.settle();
    assert!(lazy.viewer.model_is_visible());
}

#[test]
fn a_picture_that_cannot_be_decoded_costs_only_itself() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.place(true);
    shell.set("src", "box.glb");
    assert!(shell.answer_one());
    let Some(Effect::Decode { request, .. }) = shell.take_request() else { panic!("no picture") };
    shell.answer(request, Answer::Failed("corrupt".to_owned()));
    shell.settle();
    assert!(shell.viewer.loaded());
    assert!(names(&shell.log).contains(&"issue GLTF_IMAGE".to_owned()));
}

#[test]
fn a_texture_falls_back_when_its_better_picture_cannot_be_decoded() {
    let mut shell = Shell::new();
    let file = model::changed(|json| {
        let better = |image: usize| serde_json::json!({ "EXT_texture_webp": { "source": image } });
        json["textures"][0] = serde_json::json!({ "source": 0, "extensions": better(1) });
        json["textures"][1] = serde_json::json!({ "source": 2, "extensions": better(1) });
        json["textures"][2] = serde_json::json!({ "source": 3, "extensions": better(4) });
        let picture = json["images"][0].clone();
        json["images"] = vec![picture; 5].into();
    });
    shell.file("box.glb", file);
    shell.send(Event::Near(true));
    shell.set("src", "box.glb");
    assert!(shell.answer_one());
    // Of the first look, and then of a later one.
    for (better, other) in [(1, 0), (4, 3)] {
        loop {
            shell.frame(0.1);
            let Some(Effect::Decode { request, image, .. }) = shell.take_request() else { continue };
            let answer = if image == better { Answer::Failed("unknown type".to_owned()) } else { Answer::Done };
            shell.answer(request, answer);
            if image == other {
                break;
            }
        }
    }
    shell.settle();
    assert!(shell.viewer.loaded());
    let log = names(&shell.log);
    assert!(!log.contains(&"issue GLTF_IMAGE".to_owned()), "nothing is missing: {log:?}");
    assert_eq!(log.iter().filter(|name| name.starts_with("decode")).count(), 5, "each once: {log:?}");
}

#[test]
fn the_first_picture_waits_for_its_light_and_later_light_changes_below_it() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.set("environment-image", "hall.hdr");
    shell.place(true);
    shell.set("src", "box.glb");
    let Some(Effect::LoadEnvironment { request, environment, .. }) = shell.take_request() else { panic!("no light") };
    while shell.answer_one() {}
    assert!(shell.viewer.frame().is_none());
    shell.answer(request, Answer::Done);
    shell.settle();
    assert_eq!(shell.seen().light.environment, environment);
    shell.set("environment-image", "garden.hdr");
    assert_eq!(shell.seen().light.environment, environment, "the old light stays until the new one is there");
    shell.settle();
    assert_ne!(shell.seen().light.environment, environment);
    shell.set("environment-image", "hall.hdr");
    assert_eq!(shell.seen().light.environment, environment, "what is there is not loaded again");
    shell.set("skybox-image", "sky.hdr");
    let Some(Effect::LoadEnvironment { request, .. }) = shell.take_request() else { panic!("no sky") };
    assert_eq!(shell.seen().background, anprobe::frame::Background::Transparent);
    shell.answer(request, Answer::Failed("HTTP 404".to_owned()));
    assert!(names(&shell.log).contains(&"issue ENVIRONMENT_IMAGE".to_owned()));
    shell.settle();
    assert_eq!(shell.seen().light.environment, environment, "the old light stays");
}

#[test]
fn environments_that_are_long_out_of_use_are_let_go() {
    let mut shell = Shell::with_model(&[("environment-image", "one.hdr")]);
    let first = shell.seen().light.environment;
    let released = |shell: &Shell| -> Vec<_> {
        let ids =
            shell.log.iter().map(|effect| if let Effect::ReleaseEnvironment(id) = effect { Some(*id) } else { None });
        ids.flatten().collect()
    };
    shell.set("environment-image", "two.hdr");
    shell.settle();
    assert!(released(&shell).is_empty(), "a page may go back");
    shell.set("environment-image", "three.hdr");
    shell.settle();
    assert_eq!(released(&shell), [first]);
    shell.set("skybox-image", "three.hdr");
    shell.settle();
    let anprobe::frame::Background::Skybox { environment: sky, .. } = shell.seen().background else { panic!("no sky") };
    assert_eq!(shell.seen().light.environment, sky, "what is seen lights as well");
}

#[test]
fn an_environment_that_failed_is_tried_again_with_another_wish() {
    let mut shell = Shell::with_model(&[]);
    for _ in 0..2 {
        shell.log.clear();
        shell.set("environment-image", "hall.hdr");
        let Some(Effect::LoadEnvironment { request, .. }) = shell.take_request() else { panic!("not asked") };
        shell.answer(request, Answer::Failed("HTTP 503".to_owned()));
        shell.set("environment-image", "");
    }
}

#[test]
fn a_skybox_lights_when_nothing_else_does() {
    let mut shell = Shell::with_model(&[("skybox-image", "sky.hdr")]);
    let anprobe::frame::Background::Skybox { environment: sky, .. } = shell.seen().background else { panic!("no sky") };
    assert_eq!(shell.seen().light.environment, sky);
    shell.set("environment-image", "neutral");
    assert_eq!(shell.seen().light.environment, anprobe::frame::EnvironmentId::STUDIO);
    assert!(names(&shell.log).contains(&"EnvironmentChange".to_owned()));
}

#[test]
fn a_skybox_of_known_height_has_a_ground_below_the_product() {
    let mut shell = Shell::with_model(&[("skybox-image", "sky.hdr")]);
    let ground = |shell: &mut Shell| {
        let anprobe::frame::Background::Skybox { ground, .. } = shell.seen().background else { panic!("no sky") };
        ground
    };
    assert_eq!(ground(&mut shell), None);
    shell.set("skybox-height", "150cm");
    let found = ground(&mut shell).expect("a ground");
    let floor = shell.viewer.bounding_box_center() - 0.5 * shell.viewer.dimensions().y * glam::Vec3::Y;
    assert!(found.center.distance(floor) < 1e-6, "{} is not {floor}", found.center);
    assert_eq!(found.camera_height, 1.5);
    assert!(found.radius >= 6.0, "a panorama from high above a small product has a ground, too");
    for nothing in ["0", "-1m", "high", ""] {
        shell.set("skybox-height", nothing);
        assert_eq!(ground(&mut shell), None, "{nothing}");
    }
}
