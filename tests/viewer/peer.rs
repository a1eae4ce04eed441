//! The same models in the same window look the same size and answer to the same hand as in model-viewer 4.4.0.
//!
//! The numbers were read from its getters in Chromium, 400 x 300 CSS pixels, `camera-controls` and nothing else set.

use anprobe::viewer::{Event, Key, PointerAct};
use glam::Vec3;

use crate::folder;
use crate::shell::Shell;

struct Seen {
    model: &'static str,
    radius: f32,
    ideal_aspect: f32,
    dimensions: [f32; 3],
    target: [f32; 3],
    /// In a window of 150 x 300.
    narrow_fov_deg: f32,
}

const PEER: &[Seen] = &[
    Seen {
        model: "Fox.glb",
        radius: 323.408_94,
        ideal_aspect: 0.999_828_3,
        dimensions: [25.185_436, 79.028_94, 154.719_86],
        target: [0.0, 39.392_727, -10.735_073],
        narrow_fov_deg: 56.365_38,
    },
    Seen {
        model: "CesiumMan.glb",
        radius: 3.134_031_9,
        ideal_aspect: 0.740_939_64,
        dimensions: [0.311_953_87, 1.506_55, 1.138_273_6],
        target: [0.024_977_095, 0.753_274_8, 0.0],
        narrow_fov_deg: 43.312_92,
    },
    Seen {
        model: "SheenChair.glb",
        radius: 2.128_974_5,
        ideal_aspect: 0.893_263_9,
        dimensions: [0.826_557_96, 0.686_247_1, 0.570_265_5],
        target: [-0.000_743_4, 0.343_053_76, 0.008_407_623],
        narrow_fov_deg: 51.160_755,
    },
    Seen {
        model: "Knight.glb",
        radius: 39.385_263,
        ideal_aspect: 0.993_689_6,
        dimensions: [18.0, 15.0, 8.0],
        target: [-1.0, 7.0, -0.5],
        narrow_fov_deg: 56.072_087,
    },
];

fn load(model: &str) -> Option<Shell> {
    let bytes = std::fs::read(folder::find("what the peer shows", model)?).expect("the model can be read");
    let mut shell = Shell::new();
    shell.file("model.glb", bytes);
    shell.set("camera-controls", "");
    shell.set("interaction-prompt", "none");
    shell.place(true);
    shell.set("src", "model.glb");
    shell.settle();
    assert!(shell.viewer.loaded(), "{model}: {:?}", shell.announced());
    Some(shell)
}

fn near(what: &str, found: f32, expected: f32, scale: f32) {
    assert!((found - expected).abs() <= 2e-4 * scale, "{what}: {found} is not {expected}");
}

#[test]
fn the_default_view_has_its_size() {
    for seen in PEER {
        let Some(mut shell) = load(seen.model) else { continue };
        let viewer = &shell.viewer;
        near(seen.model, viewer.camera_orbit()[2], seen.radius, seen.radius);
        near(seen.model, viewer.ideal_aspect(), seen.ideal_aspect, 1.0);
        for axis in 0..3 {
            near(seen.model, viewer.dimensions()[axis], seen.dimensions[axis], seen.radius);
            near(seen.model, viewer.camera_target()[axis], seen.target[axis], seen.radius);
        }
        near(seen.model, viewer.field_of_view().to_degrees(), 30.0, 30.0);
        shell.send(Event::Resized { width_css_px: 150.0, height_css_px: 300.0, pixel_ratio: 1.0 });
        near(seen.model, shell.viewer.field_of_view().to_degrees(), seen.narrow_fov_deg, 30.0);
    }
}

fn at(shell: &Shell, what: &str, orbit: [f32; 3], fov_deg: f32, target: [f32; 3]) {
    for (found, expected) in shell.viewer.camera_orbit().into_iter().zip(orbit) {
        near(what, found, expected, 4.0);
    }
    near(what, shell.viewer.field_of_view().to_degrees(), fov_deg, 30.0);
    let found = shell.viewer.camera_target();
    assert!(found.distance(Vec3::from_array(target)) < 1e-3, "{what}: target {found} is not {target:?}");
}

#[test]
fn a_hand_moves_the_duck_as_it_does_there() {
    let Some(mut shell) = load("Duck.glb") else { return };
    let center = [0.134_407, 0.869_496_8, -0.037_015];
    at(&shell, "start", [0.0, 1.308_997, 3.998_085], 30.0, center);
    shell.mouse(PointerAct::Down, 200.0, 150.0, false);
    shell.mouse(PointerAct::Move, 230.0, 140.0, false);
    shell.mouse(PointerAct::Up, 230.0, 140.0, false);
    shell.send(Event::Wheel { delta_css_px: -120.0, now_secs: shell.now_secs });
    shell.settle();
    at(&shell, "drag and wheel", [-0.628_318_5, 1.518_436_4, 3.678_540_4], 25.564_314, center);
    shell.send(Event::Wheel { delta_css_px: -3_000.0, now_secs: shell.now_secs });
    shell.settle();
    at(&shell, "nearest", [-0.628_318_5, 1.518_436_4, 2.168_111_6], 12.0, center);
    shell.key(Key::Left, false);
    // Its PageUp goes away from the product, ours comes nearer.
    shell.key(Key::PageDown, false);
    shell.settle();
    at(&shell, "keys", [-0.235_619_45, 1.518_436_4, 2.247_997_8], 12.489_729, center);
    shell.mouse(PointerAct::Down, 200.0, 150.0, true);
    shell.mouse(PointerAct::Move, 215.0, 158.0, true);
    shell.settle();
    let panned = [0.110_000_65, 0.882_955_3, -0.043_599_81];
    at(&shell, "pan", [-0.235_619_45, 1.518_436_4, 2.247_997_8], 12.489_729, panned);
    shell.mouse(PointerAct::Up, 215.0, 158.0, true);
    shell.settle();
    let on_surface = [0.072_140_09, 0.891_454_85, 0.114_100_78];
    at(&shell, "pan ended", [-0.235_619_45, 1.518_436_4, 2.168_111_6], 12.489_729, on_surface);
}
