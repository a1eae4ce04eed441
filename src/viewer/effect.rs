//! What a viewer wants from outside: a closed list.

use crate::frame::EnvironmentId;
use crate::issue::Issue;
use crate::scene::SceneId;

/// Names one request; never used twice by a viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// One order to the shell.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Fetch and answer with [`super::Answer::Bytes`]; report progress.
    Fetch {
        /// To answer with.
        request: RequestId,
        /// As the page or the file has it.
        url: String,
        /// What `url` is relative to; none is the page.
        base: Option<String>,
        /// What it is for.
        kind: FetchKind,
    },
    /// Stop a request; no answer is wanted.
    Abort(RequestId),
    /// Give a scene to the renderer (geometry and materials, pictures come later), answer [`super::Answer::Done`] or
    /// [`super::Answer::Refused`].
    Upload {
        /// To answer with.
        request: RequestId,
        /// Which scene.
        scene: SceneId,
    },
    /// Decode a picture of a scene (its bytes, or its address relative to `base`), give it to the renderer, answer
    /// [`super::Answer::Done`].
    Decode {
        /// To answer with.
        request: RequestId,
        /// Of which scene.
        scene: SceneId,
        /// Index into [`crate::scene::Scene::images`].
        image: usize,
        /// What an external address is relative to.
        base: Option<String>,
    },
    /// Draw a customer's pictures and words over a picture of a scene, at the size that is said, and give it to the
    /// renderer; answer [`super::Answer::Done`].
    #[cfg(feature = "product")]
    Print {
        /// To answer with.
        request: RequestId,
        /// Of which scene.
        scene: SceneId,
        /// Index into [`crate::scene::Scene::images`]: what lies beneath.
        image: usize,
        /// What an external address is relative to.
        base: Option<String>,
        /// JSON of a [`crate::product::Print`]; without layers the picture is as the file has it.
        print: String,
    },
    /// Fetch an environment picture, decode it (`.hdr` in Rust, others by the browser), give it to the renderer,
    /// answer [`super::Answer::Done`].
    LoadEnvironment {
        /// To answer with.
        request: RequestId,
        /// Its name in the renderer.
        environment: EnvironmentId,
        /// As the page has it.
        url: String,
        /// Whether it is seen, and not only lights.
        seen: bool,
    },
    /// Build every pipeline that the viewer's frame, variants included, and an environment on its way can need.
    Prepare,
    /// Free a scene in the renderer.
    Release(SceneId),
    /// An environment is no longer wanted by this viewer.
    ReleaseEnvironment(EnvironmentId),
    /// Tell the page.
    Announce(Announcement),
    /// Ask for a [`super::Event::Tick`] at the next frame, then draw [`super::Viewer`]'s frame.
    Redraw,
    /// Ask for a [`super::Event::Tick`] after this time, and draw nothing; the latest such order replaces the one before.
    Wake {
        /// Seconds from now.
        after_secs: f32,
    },
    /// Keep this snapshot for recovery; it replaces the last one.
    Save(String),
    /// Do something for the session of WebXR.
    #[cfg(feature = "xr")]
    Xr(super::XrOrder),
}

/// What a fetch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchKind {
    /// A `.glb` or `.gltf`.
    Model,
    /// A buffer of a `.gltf`.
    Buffer,
    /// A product file.
    #[cfg(feature = "product")]
    Product,
}

/// What the page is told, each becomes one DOM event or a change of the element's own parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Announcement {
    /// `load {url}`: the picture stands.
    Load {
        /// As in `src`.
        url: String,
    },
    /// `error {type, code, path, message, remedy}`; `kind` is model-viewer's `type`.
    Error {
        /// `loadfailure` or `webglcontextlost`.
        kind: &'static str,
        /// What happened.
        issue: Issue,
    },
    /// An issue that did not stop the picture; goes to the console.
    Issue(Issue),
    /// `progress {totalProgress, reason}`, `[0, 1]`.
    Progress {
        /// By bytes received and work done.
        total: f32,
        /// `model-load`, `environment-update` or `variant-update`.
        reason: &'static str,
    },
    /// `camera-change {source}`: `user-interaction`, `automatic` or `none`.
    CameraChange {
        /// Who moved it.
        source: &'static str,
    },
    /// `model-visibility {visible}`.
    ModelVisibility {
        /// Whether the picture is seen.
        visible: bool,
    },
    /// `ar-status {status}`: `session-started`, `object-placed` or `not-presenting`.
    #[cfg(feature = "xr")]
    ArStatus(&'static str),
    /// `ar-tracking {status}`: `tracking` or `not-tracking`.
    #[cfg(feature = "xr")]
    ArTracking(&'static str),
    /// `ar-room`: JSON of a [`crate::product::view::RoomView`].
    #[cfg(feature = "xr")]
    ArRoom(String),
    /// `poster-dismissed`; the shell hides the poster.
    PosterDismissed,
    /// The shell shows the poster again.
    PosterShown,
    /// `variant-applied`.
    VariantApplied,
    /// `environment-change`.
    EnvironmentChange,
    /// `play`.
    Play,
    /// `pause`.
    Pause,
    /// `loop {count, name}`.
    Loop {
        /// How often so far.
        count: u32,
        /// The animation's.
        name: String,
    },
    /// `finished`.
    Finished,
    /// `configuration-change {rev, changed[]}`.
    #[cfg(feature = "product")]
    ConfigurationChange {
        /// Another one each time.
        revision: u32,
        /// What a page shows differently: `"group/choice"`, or a group's id.
        changed: Vec<String>,
    },
    /// `conflict`: an answer was asked for that others stand against.
    #[cfg(feature = "product")]
    Conflict {
        /// The group's id.
        group: String,
        /// JSON, as it was asked for.
        answer: String,
    },
    /// `comparison-change`.
    #[cfg(feature = "product")]
    ComparisonChange,
    /// The label of the view changed: one of the shell's words, such as `view-front-upper`.
    ViewLabel {
        /// The key into the table of words.
        key: &'static str,
    },
}
