//! The bindings in a real browser: what JavaScript asks for, what it is told, and that a picture is drawn.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, reason = "a test says so by failing")]

use anprobe::web::{Stage, Viewer};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// One triangle without indices; its buffer is a data URI.
const TRIANGLE: &str = r#"{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],
"bufferViews":[{"buffer":0,"byteLength":36}],
"buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA"}]}"#;

fn canvas() -> web_sys::HtmlCanvasElement {
    let made = js_sys::Function::new_no_args("return document.createElement('canvas')").call0(&JsValue::NULL);
    made.expect("a page").unchecked_into()
}

/// An element's side that writes down what it is told.
struct Listener(JsValue);

impl Listener {
    fn new() -> Self {
        let body = "const log = []; return new Proxy({}, { get: (_, name) => name === 'log' ? log : \
                    (...told) => { log.push([name, ...told].join(' ')); } })";
        Self(js_sys::Function::new_no_args(body).call0(&JsValue::NULL).expect("a proxy"))
    }

    fn log(&self) -> Vec<String> {
        let log = js_sys::Reflect::get(&self.0, &"log".into()).expect("a log");
        js_sys::Array::from(&log).iter().filter_map(|line| line.as_string()).collect()
    }

    /// The request of the last line that begins with `order`.
    fn request(&self, order: &str) -> u32 {
        let log = self.log();
        let line = log.iter().rev().find(|line| line.starts_with(order)).expect("an order");
        line.split(' ').nth(1).and_then(|number| number.parse().ok()).expect("a request")
    }
}

async fn stage() -> Stage {
    let own = cfg!(feature = "webgl").then(canvas);
    Stage::create(own).await.expect("a device")
}

fn viewer(stage: &Stage, listener: &Listener) -> Viewer {
    let viewer = stage.viewer(listener.0.clone().unchecked_into(), canvas()).expect("a viewer");
    viewer.resize(64.0, 48.0, 1.0, 64, 48);
    viewer.near(true);
    viewer.attribute("src".into(), Some("triangle.gltf".into()));
    viewer
}

#[wasm_bindgen_test]
async fn a_model_is_fetched_drawn_and_then_announced() {
    let stage = stage().await;
    let listener = Listener::new();
    let viewer = viewer(&stage, &listener);
    assert!(listener.log().iter().any(|line| line.starts_with("fetch ") && line.contains("triangle.gltf")));
    viewer.bytes(listener.request("fetch "), TRIANGLE.as_bytes().to_vec());
    while viewer.prepare() > 0 {}
    assert!(!listener.log().iter().any(|line| line.starts_with("announce load")), "announced before its picture");
    for tick in 1..4 {
        viewer.frame(f64::from(tick) / 60.0, "");
    }
    let log = listener.log();
    assert!(log.iter().any(|line| line.starts_with("announce load triangle.gltf")), "{log:?}");
    assert!(log.iter().any(|line| line.starts_with("present ")), "{log:?}");
    let drawn = stage.statistics();
    assert_eq!(drawn.get(1..3), Some(&[1.0, 1.0][..]), "one draw call, one triangle");
}

#[wasm_bindgen_test]
async fn a_file_that_is_no_model_is_a_typed_complaint_and_the_viewer_goes_on() {
    let stage = stage().await;
    let listener = Listener::new();
    let viewer = viewer(&stage, &listener);
    viewer.bytes(listener.request("fetch "), b"<!doctype html>".to_vec());
    let log = listener.log();
    assert!(log.iter().any(|line| line.starts_with("complain loadfailure GLTF_NOT_GLTF")), "{log:?}");
    viewer.command("retry");
    viewer.bytes(listener.request("fetch "), TRIANGLE.as_bytes().to_vec());
    while viewer.prepare() > 0 {}
    viewer.frame(0.1, "");
    viewer.frame(0.2, "");
    assert!(listener.log().iter().any(|line| line.starts_with("announce load")));
}

#[wasm_bindgen_test]
async fn a_freed_viewer_leaves_nothing_on_the_device() {
    let stage = stage().await;
    let before = stage.statistics();
    let listener = Listener::new();
    let viewer = viewer(&stage, &listener);
    viewer.bytes(listener.request("fetch "), TRIANGLE.as_bytes().to_vec());
    viewer.frame(0.1, "");
    let during = stage.statistics();
    assert!(during.get(3) > before.get(3), "the triangle takes bytes: {during:?}");
    drop(viewer);
    let after = stage.statistics();
    assert_eq!(after.get(3..5), before.get(3..5), "bytes in buffers and textures");
}

/// The `f32` functions are the browser's (src/web/math.rs), the `f64` ones are the compiler's.
#[wasm_bindgen_test]
fn the_browser_s_sines_and_powers_are_those_of_the_library() {
    for step in -60..=60 {
        let x = step as f32 * 0.11;
        let (wide, share) = (f64::from(x), x / 7.0);
        let wide_share = f64::from(share);
        for (name, found, exact) in [
            ("sin", x.sin(), wide.sin()),
            ("cos", x.cos(), wide.cos()),
            ("tan", x.tan(), wide.tan()),
            ("asin", share.asin(), wide_share.asin()),
            ("acos", share.acos(), wide_share.acos()),
            ("atan", x.atan(), wide.atan()),
            ("atan2", x.atan2(-0.3), wide.atan2(f64::from(-0.3_f32))),
            ("exp", x.exp(), wide.exp()),
            ("exp2", x.exp2(), wide.exp2()),
            ("ln", x.abs().ln(), wide.abs().ln()),
            ("log2", x.abs().log2(), wide.abs().log2()),
            ("powf", x.abs().powf(2.4), wide.abs().powf(f64::from(2.4_f32))),
        ] {
            let apart = found.to_bits().abs_diff((exact as f32).to_bits());
            assert!(apart <= 1, "{name} of {x}: {found}, {exact}");
        }
    }
}
