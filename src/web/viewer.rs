//! One element's viewer: events in from JavaScript, a picture out.

use crate::shelf::Shelf;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlCanvasElement, ImageBitmap};

use super::effects::{Job, issue};
use super::host::Host;
use super::lift::Lift;
use super::stage::Page;
use super::surface::Surface;
use crate::color::opaque_css_color;
use crate::frame::{EnvironmentId, Frame};
use crate::issue::{Code, Issue};
use crate::render::{Pixels, Target};
use crate::scene::SceneId;
use crate::viewer::{
    Answer, Command, Effect, Event, Key, Modifiers, PointerAct, PointerDevice, RequestId, Viewer as Machine,
};

/// What stands behind one `<anprobe-viewer>`.
#[wasm_bindgen]
pub struct Viewer {
    pub(super) page: Rc<Page>,
    pub(super) host: Host,
    pub(super) machine: RefCell<Machine>,
    /// Orders that JavaScript has not had yet.
    pub(super) orders: RefCell<VecDeque<Effect>>,
    /// Pictures of scenes that wait for shaders.
    pub(super) delayed: RefCell<Vec<Effect>>,
    /// True while orders are being given: an order's handlers may bring new ones, which wait their turn.
    pub(super) ordering: Cell<bool>,
    pub(super) jobs: RefCell<Shelf<u32, Job>>,
    /// What this viewer has in the renderer.
    pub(super) uploaded: RefCell<Vec<SceneId>>,
    /// What this viewer shares with others.
    pub(super) environments: RefCell<Vec<EnvironmentId>>,
    /// Environments with gain maps on their way.
    pub(super) lifts: RefCell<Vec<Lift>>,
    /// What a session draws to.
    #[cfg(feature = "xr")]
    pub(super) layer: RefCell<Option<crate::render::Layer>>,
    /// How far away the room is, for the session's next frame.
    #[cfg(feature = "xr")]
    pub(super) room_depths: RefCell<Vec<crate::place::DepthMap>>,
    id: u32,
    canvas: HtmlCanvasElement,
    /// The canvas' own surface; on WebGL2 the page's shared one stands in.
    pub(super) surface: Option<RefCell<Surface>>,
    pub(super) size_px: Cell<[u32; 2]>,
    /// True when the last frame ended with an error of the device, which is told once.
    faulty: Cell<bool>,
    /// From where the picture is seen that is drawn in parts.
    #[cfg(feature = "product")]
    pub(super) part_views: RefCell<Vec<crate::camera::View>>,
    /// The trial that is drawn slice by slice.
    #[cfg(feature = "product")]
    pub(super) slicing: RefCell<super::trial::Slicing>,
    /// The device has done what the last trial asked of it.
    #[cfg(feature = "product")]
    pub(super) trial_stands: std::sync::Arc<std::sync::atomic::AtomicBool>,
    /// A file on its way.
    #[cfg(feature = "product")]
    pub(super) file: RefCell<Option<super::export::Plan>>,
    /// A part on its way to be printed.
    #[cfg(feature = "product")]
    pub(super) print: RefCell<super::print::PrintDesk>,
}

impl Viewer {
    pub(super) fn new(
        page: Rc<Page>,
        id: u32,
        host: Host,
        canvas: HtmlCanvasElement,
    ) -> Result<Self, wgpu::CreateSurfaceError> {
        let surface = match page.shared {
            Some(_) => None,
            None => Some(RefCell::new(Surface::new(&page.instance, canvas.clone())?)),
        };
        Ok(Self {
            page,
            host,
            machine: RefCell::new(Machine::new(id)),
            orders: RefCell::default(),
            delayed: RefCell::default(),
            ordering: Cell::new(false),
            jobs: RefCell::default(),
            uploaded: RefCell::default(),
            environments: RefCell::default(),
            lifts: RefCell::default(),
            #[cfg(feature = "xr")]
            layer: RefCell::default(),
            #[cfg(feature = "xr")]
            room_depths: RefCell::default(),
            id,
            canvas,
            surface,
            size_px: Cell::new([0, 0]),
            faulty: Cell::new(false),
            #[cfg(feature = "product")]
            part_views: RefCell::default(),
            #[cfg(feature = "product")]
            slicing: RefCell::default(),
            #[cfg(feature = "product")]
            trial_stands: std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true)),
            #[cfg(feature = "product")]
            file: RefCell::default(),
            #[cfg(feature = "product")]
            print: RefCell::default(),
        })
    }

    /// Tells the machine; its orders wait for [`Viewer::give_orders`].
    pub(super) fn feed(&self, event: Event) {
        let mut effects = Vec::new();
        self.machine.borrow_mut().handle(event, &mut effects);
        self.orders.borrow_mut().extend(effects);
    }

    /// Tells the machine and gives its orders.
    pub(super) fn tell(&self, event: Event) {
        self.feed(event);
        self.give_orders();
    }

    pub(super) fn answer(&self, request: u32, answer: Answer) {
        self.jobs.borrow_mut().remove(&request);
        self.tell(Event::Answered { request: RequestId(request), answer });
    }

    /// Draws the machine's picture to the canvas; none when there is nothing to draw, false when nowhere to draw it.
    fn draw(&self, background: &str) -> Option<bool> {
        let size_px = self.size_px.get();
        let machine = self.machine.borrow();
        let mut frame = machine.frame_at(size_px[0], size_px[1])?;
        frame.page_color = opaque_css_color(background);
        Some(match &self.surface {
            Some(surface) => self.draw_to(&mut surface.borrow_mut(), &frame, size_px, size_px),
            None => self.draw_shared(&frame, size_px, [0, 0]),
        })
    }

    /// Draws a frame to another canvas than its own.
    pub(super) fn draw_still(&self, frame: &Frame<'_>, canvas: &HtmlCanvasElement, size_px: [u32; 2]) -> bool {
        if self.page.shared.is_some() {
            self.draw_shared(frame, size_px, size_px)
        } else if let Ok(mut surface) = Surface::new(&self.page.instance, canvas.clone()) {
            self.draw_to(&mut surface, frame, size_px, size_px)
        } else {
            false
        }
    }

    fn draw_shared(&self, frame: &Frame<'_>, size_px: [u32; 2], at_least: [u32; 2]) -> bool {
        let Some(shared) = &self.page.shared else { return false };
        self.draw_to(&mut shared.borrow_mut(), frame, size_px, self.page.shared_size_px(at_least))
    }

    pub(super) fn draw_to(
        &self,
        surface: &mut Surface,
        frame: &Frame<'_>,
        size_px: [u32; 2],
        canvas_px: [u32; 2],
    ) -> bool {
        let mut renderer = self.page.renderer.borrow_mut();
        let Some(acquired) = surface.acquire(renderer.gpu(), &self.page.adapter, canvas_px) else { return false };
        let target = Target { view: &acquired.view, format: acquired.format, size_px, flip: false };
        let drawn = renderer.draw(frame, &target);
        if drawn {
            renderer.gpu().queue.present(acquired.texture);
        }
        drawn
    }
}

#[wasm_bindgen]
impl Viewer {
    /// An attribute was set or, with no value, removed.
    pub fn attribute(&self, name: String, value: Option<String>) {
        self.tell(Event::Attribute { name, value });
    }

    /// The element has this size now, and its canvas this many pixels.
    pub fn resize(&self, width_css_px: f32, height_css_px: f32, pixel_ratio: f32, width_px: u32, height_px: u32) {
        let size_px = [width_px, height_px];
        self.size_px.set(size_px);
        self.page.sizes_px.borrow_mut().insert(self.id, size_px);
        self.tell(Event::Resized { width_css_px, height_css_px, pixel_ratio });
    }

    /// The element came near the viewport, or left it.
    pub fn near(&self, near: bool) {
        self.tell(Event::Near(near));
    }

    /// The element came into the viewport, or left it.
    pub fn visible(&self, visible: bool) {
        self.tell(Event::Visible(visible));
    }

    /// `prefers-reduced-motion`.
    #[wasm_bindgen(js_name = reducedMotion)]
    pub fn reduced_motion(&self, reduced: bool) {
        self.tell(Event::ReducedMotion(reduced));
    }

    /// `act`: 0 down, 1 move, 2 up, else cancel. True while the product and not the page has the gesture.
    #[expect(clippy::too_many_arguments, reason = "one crossing of the bridge for each move of a finger")]
    pub fn pointer(
        &self,
        act: u32,
        pointer: i32,
        touch: bool,
        x_css_px: f32,
        y_css_px: f32,
        pan: bool,
        now_secs: f64,
    ) -> bool {
        let act = match act {
            0 => PointerAct::Down,
            1 => PointerAct::Move,
            2 => PointerAct::Up,
            _ => PointerAct::Cancel,
        };
        let device = if touch { PointerDevice::Touch } else { PointerDevice::Mouse };
        let modifiers = Modifiers { pan };
        self.tell(Event::Pointer { act, pointer, device, x_css_px, y_css_px, modifiers, now_secs });
        self.machine.borrow().holds()
    }

    /// The wheel turned by this many CSS pixels.
    pub fn wheel(&self, delta_css_px: f32, now_secs: f64) {
        self.tell(Event::Wheel { delta_css_px, now_secs });
    }

    /// A key, by the name of DOM's `KeyboardEvent.key`, or the button that stands for it.
    pub fn key(&self, key: &str, shift: bool, now_secs: f64) {
        let key = match key {
            "ArrowLeft" => Key::Left,
            "ArrowRight" => Key::Right,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            "Home" => Key::Home,
            _ => return,
        };
        self.tell(Event::Key { key, shift, now_secs });
    }

    /// Time passes, and nothing is drawn.
    pub fn tick(&self, now_secs: f64) {
        self.tell(Event::Tick { now_secs });
    }

    /// The page was scrolled: 0 at its top, 1 at its end.
    pub fn scrolled(&self, window_scroll_y: f32) {
        self.tell(Event::Scrolled { window_scroll_y });
    }

    /// The next frame: moves the machine on to `now_secs` and draws before the element's computed `background`.
    pub fn frame(&self, now_secs: f64, background: &str) {
        self.feed(Event::Tick { now_secs });
        let drawn = self.draw(background);
        self.drawn(drawn, now_secs);
    }

    /// Draws the view as it is to another canvas, of any size; true when there was something to draw.
    pub fn still(&self, canvas: HtmlCanvasElement, width_px: u32, height_px: u32) -> bool {
        let size_px = [width_px, height_px];
        let drawn = {
            let machine = self.machine.borrow();
            let Some(frame) = machine.frame_at(width_px, height_px) else { return false };
            self.draw_still(&frame, &canvas, size_px)
        };
        if drawn {
            self.host.present(&canvas, width_px, height_px);
        }
        drawn
    }

    /// Builds one of the pipelines that the frame, or an environment on its way, can need; returns how many are left.
    pub fn prepare(&self) -> usize {
        let left = self.prepare_one();
        #[cfg(feature = "product")]
        if left == 0 {
            self.machine.borrow_mut().looked_ahead();
        }
        left
    }
}

impl Viewer {
    /// After a picture: none when there was nothing to draw, false when nowhere to draw it.
    pub(super) fn drawn(&self, drawn: Option<bool>, now_secs: f64) {
        match drawn {
            Some(true) => {
                let [width, height] = self.size_px.get();
                self.host.present(&self.canvas, width, height);
                self.feed(Event::Drawn { now_secs });
            }
            Some(false) => self.feed(Event::Missed),
            None => {}
        }
        // Said here, an error of the device is not blamed on the next picture.
        let found = self.page.renderer.borrow().gpu().check();
        let was_well = !self.faulty.replace(found.is_err());
        self.give_orders();
        if let (true, Err(error)) = (was_well, found) {
            self.complain("", &issue(&error));
        }
    }

    fn prepare_one(&self) -> usize {
        let machine = self.machine.borrow();
        let [width, height] = self.size_px.get();
        let mut renderer = self.page.renderer.borrow_mut();
        #[cfg(feature = "product")]
        let frame = machine.frame_ahead(width, height);
        #[cfg(not(feature = "product"))]
        let frame = machine.frame_at(width, height);
        let left = frame.map_or(0, |frame| renderer.prepare(&frame));
        let awaits_light = self.jobs.borrow().values().any(|job| matches!(job, Job::Environment { .. }));
        if left == 0 && awaits_light { renderer.prepare_environments() } else { left }
    }
}

#[wasm_bindgen]
impl Viewer {
    /// Bytes of a request arrived; `total` is 0 when unknown.
    pub fn progress(&self, request: u32, received: f64, total: f64) {
        self.tell(Event::Progress { request: RequestId(request), received: received as u64, total: total as u64 });
    }

    /// The answer to `fetch`; true when the model is packed: then it is wanted once more, unpacked.
    pub fn bytes(&self, request: u32, bytes: Vec<u8>) -> bool {
        self.answer(request, Answer::Bytes(bytes));
        self.machine.borrow().awaits(RequestId(request))
    }

    /// A request failed.
    pub fn failed(&self, request: u32, reason: String) {
        if self.light_without_map(request) {
            return;
        }
        let job = self.jobs.borrow().get(&request).copied();
        self.answer(
            request,
            match job {
                Some(Job::Scene(_)) => Answer::Refused(Issue::new(Code::Fetch, "", reason)),
                _ => Answer::Failed(reason),
            },
        );
    }

    /// The answer to `shaders`: they are there.
    pub fn equipped(&self, request: u32) {
        let job = self.jobs.borrow().get(&request).copied();
        if let Some(Job::Scene(id)) = job {
            self.give_scene(request, id);
        }
    }

    /// A decoded picture. False when the browser refuses to copy it: then `pixels` is wanted.
    pub fn picture(&self, request: u32, bitmap: &ImageBitmap) -> bool {
        self.take_picture(request, Pixels::Bitmap(bitmap), false)
    }

    /// A decoded picture as straight RGBA bytes, rows from the top.
    pub fn pixels(&self, request: u32, width_px: u32, height_px: u32, bytes: &[u8]) {
        self.take_picture(request, Pixels::Rgba8 { width_px, height_px, bytes }, true);
    }

    /// The answer to `environment`: the bytes of a picture of any kind.
    pub fn environment(&self, request: u32, bytes: &[u8]) {
        self.take_environment(request, bytes);
    }

    /// A method without arguments, by its name in JavaScript.
    pub fn command(&self, name: &str) {
        self.tell(Event::Command(match name {
            "pause" => Command::Pause,
            "jumpCameraToGoal" => Command::JumpCameraToGoal,
            "updateFraming" => Command::UpdateFraming,
            "dismissPoster" => Command::DismissPoster,
            "showPoster" => Command::ShowPoster,
            "retry" => Command::Retry,
            _ => return,
        }));
    }

    /// `play({repetitions, pingpong})`.
    pub fn play(&self, repetitions: f32, pingpong: bool) {
        self.tell(Event::Command(Command::Play { repetitions, pingpong }));
    }

    /// A method or property with one number, by its name in JavaScript.
    pub fn set(&self, name: &str, value: f32) {
        self.tell(Event::Command(match name {
            "currentTime" => Command::SetCurrentTime(value),
            "timeScale" => Command::SetTimeScale(value),
            "zoom" => Command::Zoom(value),
            "resetTurntableRotation" => Command::ResetTurntableRotation(value),
            _ => return,
        }));
    }

    /// All that brings back exactly this view, for the moment before everything else is lost.
    pub fn snapshot(&self) -> String {
        self.machine.borrow().snapshot()
    }

    /// Puts a snapshot back that `save` kept.
    pub fn restore(&self, snapshot: String) {
        self.tell(Event::Command(Command::Restore(snapshot)));
    }
}

impl Drop for Viewer {
    /// `free()` in JavaScript: what the viewer had on the device goes with it.
    fn drop(&mut self) {
        self.page.sizes_px.borrow_mut().remove(&self.id);
        for scene in self.uploaded.take() {
            self.page.renderer.borrow_mut().unload(scene);
        }
        #[cfg(feature = "product")]
        {
            let id = self.machine.borrow().photo_id();
            self.page.renderer.borrow_mut().remove_photo(id);
        }
        for id in self.environments.take() {
            self.page.release_environment(id);
        }
    }
}
