//! The machine behind one element: events in, effects out, a frame on demand.
//!
//! Invariant: pure. No clock, no network, no GPU, no DOM; time, answers and sizes come in as [`Event`]s, and all that
//! must happen outside goes out as [`Effect`]s.

mod effect;
mod event;

pub use crate::camera::{Modifiers, PointerAct, PointerDevice};
pub use effect::{Announcement, Effect, FetchKind, RequestId};
pub use event::{Answer, Command, Event, Key};

use glam::Vec3;

use crate::frame::Frame;
use crate::scene::{Scene, SceneId};

/// The machine behind one element.
#[derive(Debug, Default)]
pub struct Viewer {
    id: u32,
    width_css_px: f32,
    height_css_px: f32,
    pixel_ratio: f32,
}

impl Viewer {
    /// A viewer without a model. Its scenes are named `SceneId((id << 32) | n)`, so `id` must be its own on the page.
    pub fn new(id: u32) -> Self {
        Self { id, ..Self::default() }
    }

    /// Takes one event in and adds what must happen outside to `effects`, in order.
    pub fn handle(&mut self, event: Event, _effects: &mut Vec<Effect>) {
        if let Event::Resized { width_css_px, height_css_px, pixel_ratio } = event {
            (self.width_css_px, self.height_css_px, self.pixel_ratio) = (width_css_px, height_css_px, pixel_ratio);
        }
    }

    /// What to draw at [`Viewer::size_px`]; none while there is nothing to see.
    pub fn frame(&self) -> Option<Frame<'_>> {
        let [width_px, height_px] = self.size_px();
        self.frame_at(width_px, height_px)
    }

    /// The same for a picture of another size.
    pub fn frame_at(&self, _width_px: u32, _height_px: u32) -> Option<Frame<'_>> {
        None
    }

    /// The scene that an effect named; none when it is not held (any more).
    pub fn scene(&self, _id: SceneId) -> Option<&Scene> {
        let _ = self.id;
        None
    }

    /// Width and height of the canvas in device pixels, at least 1.
    pub fn size_px(&self) -> [u32; 2] {
        [self.width_css_px, self.height_css_px].map(|side| (side * self.pixel_ratio).round().max(1.0) as u32)
    }

    /// Theta, phi and radius as they are now, in radians and metres.
    pub fn camera_orbit(&self) -> [f32; 3] {
        [0.0; 3]
    }

    /// The point that the camera turns around as it is now, in the product's space.
    pub fn camera_target(&self) -> Vec3 {
        Vec3::ZERO
    }

    /// The vertical field of view as it is now, radians.
    pub fn field_of_view(&self) -> f32 {
        0.0
    }

    /// The smallest field of view that zooming reaches, radians.
    pub fn minimum_field_of_view(&self) -> f32 {
        0.0
    }

    /// The largest field of view that zooming reaches, radians.
    pub fn maximum_field_of_view(&self) -> f32 {
        0.0
    }

    /// Width by height that the product fills best; 0 before it is loaded.
    pub fn ideal_aspect(&self) -> f32 {
        0.0
    }

    /// Width, height and depth of the product, metres; zero before it is loaded.
    pub fn dimensions(&self) -> Vec3 {
        Vec3::ZERO
    }

    /// The middle of the product's box, in the product's space.
    pub fn bounding_box_center(&self) -> Vec3 {
        Vec3::ZERO
    }

    /// True when the picture of the model in `src` stands.
    pub fn loaded(&self) -> bool {
        false
    }

    /// True when the model is loaded, revealed and near the viewport.
    pub fn model_is_visible(&self) -> bool {
        false
    }

    /// True when the customer may move the camera (`camera-controls`).
    pub fn interactive(&self) -> bool {
        false
    }

    /// The CSS `touch-action` that the element wants for its canvas.
    pub fn touch_action(&self) -> &'static str {
        ""
    }

    /// True when an attribute follows the page's scroll, so that [`Event::Scrolled`] is wanted.
    pub fn follows_scroll(&self) -> bool {
        false
    }

    /// Names of the model's animations.
    pub fn available_animations(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Names of the model's variants.
    pub fn available_variants(&self) -> &[String] {
        &[]
    }

    /// True while no animation runs.
    pub fn paused(&self) -> bool {
        true
    }

    /// Where the animation is, seconds.
    pub fn current_time(&self) -> f32 {
        0.0
    }

    /// How long the animation is, seconds.
    pub fn duration(&self) -> f32 {
        0.0
    }

    /// How fast it runs; 1 is as the file has it.
    pub fn time_scale(&self) -> f32 {
        1.0
    }

    /// How far the turntable has turned, radians.
    pub fn turntable_rotation(&self) -> f32 {
        0.0
    }

    /// All that brings back exactly this view: see [`Command::Restore`].
    pub fn snapshot(&self) -> String {
        String::new()
    }
}
