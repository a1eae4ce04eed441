//! What JavaScript does for a viewer.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

#[wasm_bindgen]
extern "C" {
    /// The element's side of one viewer. None of its methods throws.
    #[derive(Debug)]
    pub type Host;

    /// Fetches, reports progress, answers with `bytes` or `failed`.
    #[wasm_bindgen(method)]
    pub(super) fn fetch(this: &Host, request: u32, url: &str, base: Option<String>);

    /// Stops a request.
    #[wasm_bindgen(method)]
    pub(super) fn abort(this: &Host, request: u32);

    /// Decodes an encoded picture, answers with `picture` or `failed`.
    #[wasm_bindgen(method)]
    pub(super) fn decode(this: &Host, request: u32, bytes: js_sys::Uint8Array, mime: &str);

    /// Fetches and decodes a picture, answers with `picture` or `failed`.
    #[wasm_bindgen(method, js_name = decodeFrom)]
    pub(super) fn decode_from(this: &Host, request: u32, url: &str, base: Option<String>);

    /// Draws a customer's pictures and words over one of the model's (its bytes, or its address), answers with `pixels`,
    /// `picture` or `failed`.
    #[cfg(feature = "product")]
    #[wasm_bindgen(method)]
    pub(super) fn print(
        this: &Host,
        request: u32,
        bytes: Option<js_sys::Uint8Array>,
        mime: &str,
        url: &str,
        base: Option<String>,
        print: &str,
    );

    /// Fetches an environment, answers with `environment` or `failed`.
    #[wasm_bindgen(method)]
    pub(super) fn environment(this: &Host, request: u32, url: &str);

    /// Fetches the shaders that lie apart, answers with `equipped` or `failed`.
    #[wasm_bindgen(method)]
    pub(super) fn shaders(this: &Host, request: u32);

    /// Calls `prepare` in tasks of their own until nothing is left.
    #[wasm_bindgen(method)]
    pub(super) fn prepare(this: &Host);

    /// Calls `frame` at the next frame.
    #[wasm_bindgen(method)]
    pub(super) fn redraw(this: &Host);

    /// Calls `tick` after this time; the latest order replaces the one before.
    #[wasm_bindgen(method)]
    pub(super) fn wake(this: &Host, after_secs: f32);

    /// A picture of this size stands in the upper left of what was drawn to; `canvas` is where it belongs.
    #[wasm_bindgen(method)]
    pub(super) fn present(this: &Host, canvas: &HtmlCanvasElement, width_px: u32, height_px: u32);

    /// Keeps a snapshot for recovery.
    #[wasm_bindgen(method)]
    pub(super) fn save(this: &Host, snapshot: &str);

    /// An event of this name, with its one word and number.
    #[wasm_bindgen(method)]
    pub(super) fn announce(this: &Host, name: &str, word: &str, number: f64);

    /// Does something for the session: `anchor` with a pose by columns, `release`, or `end`.
    #[cfg(feature = "xr")]
    #[wasm_bindgen(method, js_name = orderSession)]
    pub(super) fn order_session(this: &Host, order: &str, pose: Vec<f32>);

    /// Something went wrong: a load (`kind` is model-viewer's `type`) or, with an empty kind, a part of one.
    #[wasm_bindgen(method)]
    pub(super) fn complain(this: &Host, kind: &str, code: &str, severity: u32, path: &str, message: &str, remedy: &str);
}
