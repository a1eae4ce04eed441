//! The machine behind one element: events in, effects out, a frame on demand.
//!
//! Invariant: pure. No clock, no network, no GPU, no DOM; time, answers and sizes come in as [`Event`]s, and all that
//! must happen outside goes out as [`Effect`]s.

mod aim;
mod animate;
mod authored;
mod clock;
#[cfg(feature = "product")]
mod configurator;
mod effect;
mod event;
#[cfg(feature = "product")]
mod export;
mod hand;
mod light;
mod load;
mod loading;
mod look;
mod page;
#[cfg(feature = "product")]
mod photo;
mod picture;
#[cfg(feature = "product")]
mod print;
mod snapshot;
#[cfg(feature = "product")]
mod space;
mod stage;
mod turntable;
#[cfg(feature = "xr")]
mod xr;

#[cfg(feature = "product")]
pub use configurator::{Compared, ProductCommand, Trial, TrialSide};
#[cfg(feature = "product")]
pub use photo::PhotoView;
#[cfg(feature = "product")]
pub use print::{PrintPart, PrintPicture, Shares};
#[cfg(feature = "product")]
pub use space::{Mark, Spot, Surface};

pub use crate::camera::{Modifiers, PointerAct, PointerDevice};
pub use effect::{Announcement, Effect, FetchKind, RequestId};
pub use event::{Answer, Command, Event, Key};
pub use load::escaped;
#[cfg(feature = "xr")]
pub use xr::{Eye, MENU, MENU_SIZE, MenuCell, Moment, Pointed, XrCommand, XrEvent, XrOrder, XrSession};

use crate::json::Value;
use glam::Vec2;

use crate::camera::{Gesture, Orbit, Pointer};
use crate::scene::{Scene, SceneId};

use animate::{Player, Repeat};
use clock::Clock;
use light::Light;
use loading::Loading;
use look::Poster;
use page::{Change, Page};
use stage::Stage;
use turntable::{Invitation, Turntable};

/// The machine behind one element.
#[derive(Debug)]
pub struct Viewer {
    id: u32,
    /// How many requests and scenes have been named.
    requests: u32,
    scenes: u32,
    page: Page,
    window: Window,
    #[cfg(feature = "product")]
    configurator: configurator::Configurator,
    /// A picture of what is owned, behind it.
    #[cfg(feature = "product")]
    photo: Option<photo::Photo>,
    /// What is shown.
    stage: Option<Stage>,
    /// What will be shown.
    loading: Option<Loading>,
    /// The address that could not be loaded, until it changes or is tried again.
    failed: Option<String>,
    /// Pictures of later looks on their way.
    decodes: Vec<(RequestId, usize)>,
    /// The page's variant waits for its pictures.
    variant_waits: bool,
    light: Light,
    orbit: Orbit,
    /// The node of the file's camera that is looked through, until the customer moves.
    authored: Option<usize>,
    gesture: Gesture,
    /// Who moves the camera.
    source: &'static str,
    /// The view that was named last.
    label: &'static str,
    player: Player,
    turntable: Turntable,
    invitation: Invitation,
    /// The customer has had a hand on the product.
    touched: bool,
    poster: Poster,
    was_visible: bool,
    /// A model was on the stage before.
    framed_once: bool,
    /// A snapshot that waits for its model.
    restored: Option<Value>,
    clock: Clock,
    /// The session in a room, while there is one, and what stays of it.
    #[cfg(feature = "xr")]
    xr: xr::Xr,
    /// The picture differs from the last one.
    changed: bool,
    /// The page set an address and has not been told yet that its model stands.
    awaited: bool,
    /// The snapshot may differ from the last one.
    unsaved: bool,
    /// The last one.
    saved: String,
}

/// The element on its page.
#[derive(Clone, Copy, Debug)]
struct Window {
    width_css_px: f32,
    height_css_px: f32,
    pixel_ratio: f32,
    near: bool,
    visible: bool,
    reduced_motion: bool,
}

impl Window {
    fn aspect(&self) -> f32 {
        self.width_css_px.max(1.0) / self.height_css_px.max(1.0)
    }
}

impl Viewer {
    /// A viewer without a model. Its scenes are named `SceneId((id << 32) | n)`, so `id` must be its own on the page.
    pub fn new(id: u32) -> Self {
        Self {
            id,
            requests: 0,
            scenes: 0,
            page: Page::default(),
            #[cfg(feature = "product")]
            configurator: configurator::Configurator::default(),
            #[cfg(feature = "product")]
            photo: None,
            // What an element without a size of its own has in CSS.
            window: Window {
                width_css_px: 300.0,
                height_css_px: 150.0,
                pixel_ratio: 1.0,
                near: false,
                visible: false,
                reduced_motion: false,
            },
            stage: None,
            loading: None,
            failed: None,
            decodes: Vec::new(),
            variant_waits: false,
            light: Light::default(),
            orbit: Orbit::default(),
            authored: None,
            gesture: Gesture::default(),
            source: "none",
            label: "",
            player: Player::default(),
            turntable: Turntable::default(),
            invitation: Invitation::default(),
            touched: false,
            poster: Poster::default(),
            was_visible: false,
            framed_once: false,
            restored: None,
            clock: Clock::default(),
            #[cfg(feature = "xr")]
            xr: xr::Xr::default(),
            changed: false,
            awaited: false,
            unsaved: false,
            saved: String::new(),
        }
    }

    /// Takes one event in and adds what must happen outside to `effects`, in order.
    pub fn handle(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Attribute { name, value } => self.set_attribute(&name, value, effects),
            Event::Resized { width_css_px, height_css_px, pixel_ratio } => {
                self.resize(Vec2::new(width_css_px, height_css_px), pixel_ratio, effects);
            }
            Event::Near(near) => {
                self.window.near = near;
                // A frame that was asked for may have been dropped with the element.
                self.clock.forget_redraw();
            }
            Event::Visible(visible) => self.window.visible = visible,
            Event::Scrolled { window_scroll_y } => {
                let scroll = window_scroll_y.clamp(0.0, 1.0);
                if self.page.follows_scroll() && scroll != self.page.scroll {
                    self.page.scroll = scroll;
                    self.scrolled(effects);
                }
            }
            Event::ReducedMotion(reduced) => self.window.reduced_motion = reduced,
            Event::Pointer { act, pointer, device, x_css_px, y_css_px, modifiers, now_secs } => {
                self.clock.hear(now_secs);
                let at_css_px = Vec2::new(x_css_px, y_css_px);
                self.pointer(&Pointer { act, pointer, device, at_css_px, modifiers, now_secs });
            }
            Event::Wheel { delta_css_px, now_secs } => {
                self.clock.hear(now_secs);
                self.wheel(delta_css_px, now_secs);
            }
            Event::Key { key, shift, now_secs } => {
                self.clock.hear(now_secs);
                self.key(key, shift, now_secs);
            }
            Event::Tick { now_secs } => self.tick(now_secs, effects),
            Event::Progress { request, received, total } => self.progressed(request, received, total, effects),
            Event::Answered { request, answer } => self.answered(request, answer, effects),
            Event::Drawn { now_secs } => self.picture_stands(now_secs, effects),
            Event::Missed => self.changed = true,
            Event::Command(Command::Restore(snapshot)) => self.restore(&snapshot, effects),
            #[cfg(feature = "xr")]
            Event::Xr(event) => self.handle_xr(event, effects),
            #[cfg(feature = "product")]
            Event::Command(Command::Product(command)) => self.command_product(&command, effects),
            Event::Command(command) => {
                self.command_look(&command, effects);
                self.command_aim(&command, effects);
                self.unsaved |= self.stage.is_some();
            }
        }
        self.consider_loading(effects);
        self.finish_loading(effects);
        #[cfg(feature = "product")]
        if self.loading.is_none() {
            self.settle_look(effects);
            self.dress_exhibit(effects);
        }
        self.announce_visibility(effects);
        self.ask_for_time(effects);
    }

    /// The scene that an effect named; none when it is not held (any more).
    pub fn scene(&self, id: SceneId) -> Option<&Scene> {
        #[cfg(feature = "xr")]
        if let Some(scene) = self.kit_scene(id) {
            return Some(scene);
        }
        let loading = self.loading.as_ref().and_then(Loading::stage);
        let stages = loading.into_iter().chain(&self.stage);
        #[cfg(feature = "product")]
        let stages = stages.chain(self.parts().iter().flat_map(configurator::Part::stages));
        let mut stages = stages;
        stages.find(|stage| stage.id == id).map(|stage| &stage.scene)
    }

    /// The address of the model that is wanted: the page's, or its product's first.
    fn src(&self) -> Option<&str> {
        #[cfg(feature = "product")]
        if self.page.product().is_some() {
            return self.configurator.model_url().filter(|_| self.has_page_product());
        }
        self.page.src()
    }

    fn resize(&mut self, size_css_px: Vec2, pixel_ratio: f32, effects: &mut Vec<Effect>) {
        let sane = size_css_px.is_finite() && size_css_px.min_element() > 0.0;
        if !(sane && pixel_ratio > 0.0 && pixel_ratio.is_finite()) {
            return;
        }
        let (before, old_aspect) = (self.size_px(), self.window.aspect());
        self.window.width_css_px = size_css_px.x;
        self.window.height_css_px = size_css_px.y;
        self.window.pixel_ratio = pixel_ratio;
        if self.window.aspect() != old_aspect {
            self.reframe(old_aspect, effects);
        }
        self.changed |= self.size_px() != before;
        #[cfg(feature = "product")]
        self.lay_photo(effects);
    }

    fn set_attribute(&mut self, name: &str, value: Option<String>, effects: &mut Vec<Effect>) {
        let mut issues = Vec::new();
        let change = self.page.set(name, value, &mut issues);
        effects.extend(issues.into_iter().map(|issue| Effect::Announce(Announcement::Issue(issue))));
        let Change::Changed(name) = change else { return };
        self.unsaved |= self.stage.is_some();
        match name {
            "src" => self.awaited = true,
            #[cfg(feature = "product")]
            "product" => self.awaited = true,
            #[cfg(feature = "product")]
            "config" | "owned" | "currency" => self.set_product_attribute(name, effects),
            "environment-image" | "skybox-image" => self.light.retry(),
            "camera-orbit" | "camera-target" | "field-of-view" | "min-camera-orbit" | "max-camera-orbit"
            | "min-field-of-view" | "max-field-of-view" => self.aim(name, effects),
            "camera" => self.choose_camera(effects),
            "interpolation-decay" => self.orbit.decay_secs = self.page.interpolation_decay_secs(),
            "orientation" | "scale" => {
                let placement = self.page.placement();
                if let Some(stage) = &mut self.stage {
                    stage.world_from_scene = placement;
                    stage.framing.bounds = stage.measure();
                    self.changed = true;
                }
                #[cfg(feature = "product")]
                {
                    self.measure_product();
                    self.exhibit_differs(effects);
                }
            }
            "auto-rotate" => self.turntable.start_over(),
            "camera-controls" => self.gesture.end(),
            "variant-name" => self.choose_variant(effects),
            "animation-name" => {
                self.player.repeat = Repeat::default();
                self.choose_animation(effects);
            }
            "autoplay" if self.autoplays() => self.play(effects),
            "shadow-intensity" => {
                self.strike_pose();
                self.changed = true;
                effects.push(Effect::Prepare);
            }
            "shadow-softness" | "exposure" | "tone-mapping" | "skybox-height" => self.changed = true,
            _ => {}
        }
    }
}
