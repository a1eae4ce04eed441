//! What can happen to a viewer: a closed list.

use super::RequestId;
use crate::camera::{Modifiers, PointerAct, PointerDevice};
use crate::issue::Issue;

/// One thing that happened outside.
#[derive(Clone, Debug)]
pub enum Event {
    /// An attribute of the element was set, or removed.
    Attribute {
        /// As in HTML, such as `camera-orbit`.
        name: String,
        /// The text, none when it was removed.
        value: Option<String>,
    },
    /// The element has a new size.
    Resized {
        /// CSS pixels.
        width_css_px: f32,
        /// CSS pixels.
        height_css_px: f32,
        /// Device pixels for one CSS pixel, > 0.
        pixel_ratio: f32,
    },
    /// The element came near the viewport, where loading is worth it, or went away from it.
    Near(bool),
    /// The element came into the viewport, or left it: outside nothing moves.
    Visible(bool),
    /// The page was scrolled; wanted only while [`super::Viewer::follows_scroll`].
    Scrolled {
        /// `env(window-scroll-y)`: from 0 at the page's top to 1 at its end.
        window_scroll_y: f32,
    },
    /// The customer asks for less motion (`prefers-reduced-motion`).
    ReducedMotion(bool),
    /// A finger, pen or mouse did something on the element.
    Pointer {
        /// What it did.
        act: PointerAct,
        /// Tells fingers apart.
        pointer: i32,
        /// What it is.
        device: PointerDevice,
        /// CSS pixels from the element's left.
        x_css_px: f32,
        /// CSS pixels from the element's top.
        y_css_px: f32,
        /// Held keys and buttons.
        modifiers: Modifiers,
        /// The event's own time.
        now_secs: f64,
    },
    /// The wheel turned, or two fingers on a touchpad moved.
    Wheel {
        /// Positive moves away from the product; CSS pixels (lines and pages are converted by the shell).
        delta_css_px: f32,
        /// The event's own time.
        now_secs: f64,
    },
    /// A key was pressed, or the button that stands for it.
    Key {
        /// Which.
        key: Key,
        /// With Shift.
        shift: bool,
        /// The event's own time.
        now_secs: f64,
    },
    /// The next frame begins.
    Tick {
        /// A monotonic clock.
        now_secs: f64,
    },
    /// Bytes of a request arrived; `total` is 0 when unknown.
    Progress {
        /// Which request.
        request: RequestId,
        /// Bytes so far.
        received: u64,
        /// Bytes in all.
        total: u64,
    },
    /// A request ended.
    Answered {
        /// Which request.
        request: RequestId,
        /// How.
        answer: Answer,
    },
    /// The renderer drew a frame to the end, so that the picture stands.
    Drawn {
        /// The tick that it was drawn for.
        now_secs: f64,
    },
    /// A frame that was asked for could not be drawn, as the browser had nothing to draw to at the moment.
    Missed,
    /// Something happened in a session of WebXR.
    #[cfg(feature = "xr")]
    Xr(super::XrEvent),
    /// The page calls a method.
    Command(Command),
}

/// How a request ended.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The bytes of a fetch.
    Bytes(Vec<u8>),
    /// A scene, picture or environment is in the renderer.
    Done,
    /// It failed, with the shell's words, such as `HTTP 404`.
    Failed(String),
    /// The renderer cannot take a scene.
    Refused(Issue),
}

/// Keys that move the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Turn left, with Shift pan.
    Left,
    /// Turn right, with Shift pan.
    Right,
    /// Turn up, with Shift pan.
    Up,
    /// Turn down, with Shift pan.
    Down,
    /// Nearer.
    PageUp,
    /// Farther.
    PageDown,
    /// Back to the first view.
    Home,
}

/// A method that the page calls.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// `play({repetitions, pingpong})`; infinite repetitions by default.
    Play {
        /// How often; infinity for ever.
        repetitions: f32,
        /// Every second time backwards.
        pingpong: bool,
    },
    /// `pause()`.
    Pause,
    /// `currentTime = …`, seconds.
    SetCurrentTime(f32),
    /// `timeScale = …`.
    SetTimeScale(f32),
    /// `jumpCameraToGoal()`.
    JumpCameraToGoal,
    /// `updateFraming()`.
    UpdateFraming,
    /// `zoom(keyPresses)`.
    Zoom(f32),
    /// `resetTurntableRotation(theta)`, radians.
    ResetTurntableRotation(f32),
    /// `dismissPoster()`.
    DismissPoster,
    /// `showPoster()`.
    ShowPoster,
    /// *Try again* after an error.
    Retry,
    /// A method of products that can be configured.
    #[cfg(feature = "product")]
    Product(super::ProductCommand),
    /// A snapshot of the same version replaces the state, after a lost context for example.
    Restore(String),
}
