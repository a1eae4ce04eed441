//! A session of WebXR: what JavaScript relays, and what a frame draws to.

use glam::Mat4;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{ImageBitmap, WebGlFramebuffer};

use super::effects::issue;
use super::viewer::Viewer;
use crate::place::{DepthMap, GripKind};
use crate::render::{Layer, Pixels, RoomDepth};
use crate::viewer::{Event, MENU, MENU_SIZE, Moment, Pointed, XrCommand, XrEvent, XrOrder, XrSession};

#[wasm_bindgen]
impl Viewer {
    /// A session began; `features` are those that were granted, and `immersive`, `worn`.
    #[wasm_bindgen(js_name = sessionBegan)]
    pub fn session_began(&self, features: &str) {
        let has = |name: &str| features.split(' ').any(|feature| feature == name);
        self.tell(Event::Xr(XrEvent::Began(XrSession {
            immersive: has("immersive"),
            overlay: has("dom-overlay"),
            worn: has("worn"),
            hit_test: has("hit-test"),
            anchors: has("anchors"),
        })));
    }

    /// The session is over.
    #[wasm_bindgen(js_name = sessionEnded)]
    pub fn session_ended(&self) {
        self.layer.take();
        self.room_depths.take();
        self.page.renderer.borrow_mut().set_room_depth(&[]);
        self.tell(Event::Xr(XrEvent::Ended));
    }

    /// Something that points was pressed or let go; numbers as in [`Moment::read`], of one pointer.
    #[wasm_bindgen(js_name = sessionPressed)]
    pub fn session_pressed(&self, id: u32, on_screen: bool, down: bool, ray: &[f32]) {
        let Ok(ray) = <[f32; 16]>::try_from(ray) else { return };
        let kind = if on_screen { GripKind::Screen } else { GripKind::Tracked };
        let pointed = Pointed { id, kind, world_from_ray: Mat4::from_cols_array(&ray), hit: None, stick: 0.0 };
        self.tell(Event::Xr(XrEvent::Pressed { pointed, down }));
    }

    /// A button of the session, by its name, with up to four numbers.
    #[wasm_bindgen(js_name = sessionOrder)]
    pub fn session_order(&self, name: &str, numbers: &[f32]) {
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
        self.tell(Event::Xr(XrEvent::Order(match name {
            "replace" => XrCommand::Replace,
            "true-size" => XrCommand::TrueSize,
            "before-after" => XrCommand::BeforeAfter,
            "align" => XrCommand::Align(number(0) != 0.0),
            "nudge" => XrCommand::Nudge([0, 1, 2, 3].map(number)),
            "points" => XrCommand::Points(number(0) != 0.0),
            "measure" => XrCommand::Measure(number(0) != 0.0),
            "skip" => XrCommand::Skip,
            "back" => XrCommand::Back,
            "turn" => XrCommand::Turn { groups: number(0) as i32, choices: number(1) as i32 },
            "end" => XrCommand::End,
            _ => return,
        })));
    }

    /// The session's next frame, with what the device tells as [`Moment::read`] has it: draws to a layer of this size, whose
    /// framebuffer is the canvas' own where there is none. True when something was drawn.
    #[wasm_bindgen(js_name = sessionFrame)]
    pub fn session_frame(
        &self,
        now_secs: f64,
        told: &[f32],
        framebuffer: Option<WebGlFramebuffer>,
        width_px: u32,
        height_px: u32,
    ) -> bool {
        self.feed(Event::Tick { now_secs });
        let depths = self.room_depths.take();
        self.feed(Event::Xr(XrEvent::Moment(Box::new(Moment { depths, ..Moment::read(told) }))));
        self.equip_room();
        self.light_room();
        self.hide_behind_room(height_px);
        let drawn = self.draw_layer(framebuffer, [width_px, height_px]);
        if drawn {
            self.feed(Event::Drawn { now_secs });
        }
        self.give_orders();
        drawn
    }

    /// How far away the room is for the next frame's eye of this number: rows from the top, 16 bits or floats that make
    /// metres by `unit`, and where a share of the eye's picture is in the map.
    #[wasm_bindgen(js_name = sessionDepth)]
    pub fn session_depth(&self, eye: usize, width_px: u32, floats: bool, unit: f32, map_from_view: &[f32], map: &[u8]) {
        let Ok(map_from_view) = <[f32; 16]>::try_from(map_from_view) else { return };
        let metres: Vec<f32> = if floats {
            map.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes) * unit).collect()
        } else {
            map.as_chunks().0.iter().map(|bytes| f32::from(u16::from_le_bytes(*bytes)) * unit).collect()
        };
        let size_px = [width_px, metres.len() as u32 / width_px.max(1)];
        let map_from_view = Mat4::from_cols_array(&map_from_view);
        self.room_depths.borrow_mut().push(DepthMap { eye, map_from_view, size_px, metres });
    }

    /// What the session is like, as JSON; undefined outside of one.
    #[wasm_bindgen(js_name = sessionState)]
    pub fn session_state(&self) -> Option<String> {
        Some(crate::product::view::to_json(&self.machine.borrow().room()?))
    }

    /// Where the product stands, by columns; empty while it does not.
    #[wasm_bindgen(js_name = placedPose)]
    pub fn placed_pose(&self) -> Vec<f32> {
        self.machine.borrow().world_from_placed().map(|pose| pose.to_cols_array().to_vec()).unwrap_or_default()
    }

    /// Width, height and depth of the gap that was measured, metres, 0 does not matter; then how far off each may be.
    #[wasm_bindgen(js_name = measuredGap)]
    pub fn measured_gap(&self) -> Vec<f32> {
        let machine = self.machine.borrow();
        let gap = machine.measured_gap();
        [gap.size(), gap.uncertainty()].concat()
    }

    /// From the eyes to the middle of the menu's cell of this name: two points; empty without a menu.
    #[wasm_bindgen(js_name = menuRay)]
    pub fn menu_ray(&self, name: &str) -> Vec<f32> {
        let ray = self.machine.borrow().menu_ray(name);
        ray.into_iter().flatten().flat_map(|point| point.to_array()).collect()
    }

    /// The cells of the menu in the room: width and height of all in metres, then left, top, width and height of each in
    /// shares.
    #[wasm_bindgen(js_name = menuPlaces)]
    pub fn menu_places(&self) -> Vec<f32> {
        MENU_SIZE.into_iter().chain(MENU.iter().flat_map(|cell| cell.place)).collect()
    }

    /// Their names.
    #[wasm_bindgen(js_name = menuNames)]
    pub fn menu_names(&self) -> Vec<String> {
        MENU.iter().map(|cell| cell.name.to_owned()).collect()
    }

    /// What the menu in the room shows from now on.
    #[wasm_bindgen(js_name = menuPicture)]
    pub fn menu_picture(&self, picture: &ImageBitmap) {
        let machine = self.machine.borrow();
        let Some(id) = machine.kit() else { return };
        let Some(scene) = machine.scene(id) else { return };
        let set = self.page.renderer.borrow_mut().set_image(id, scene, 0, Pixels::Bitmap(picture));
        drop(machine);
        if let Err(error) = set {
            self.complain("", &issue(&error));
        }
    }
}

impl Viewer {
    pub(super) fn order_session(&self, order: XrOrder) {
        match order {
            XrOrder::Anchor(pose) => self.host.order_session("anchor", pose.to_cols_array().to_vec()),
            XrOrder::Release => self.host.order_session("release", Vec::new()),
            XrOrder::End => self.host.order_session("end", Vec::new()),
        }
    }

    /// What bakes light, draws on the thing itself and hides behind the room is fetched when it is wanted.
    fn equip_room(&self) {
        if !self.page.renderer.borrow().has_shaders() && self.machine.borrow_mut().asks_for_shaders() {
            self.host.shaders(0);
        }
    }

    /// The room's light is baked when it has changed.
    fn light_room(&self) {
        if !self.page.renderer.borrow().has_shaders() {
            return;
        }
        let Some((id, panorama)) = self.machine.borrow_mut().room_light() else { return };
        let set = self.page.renderer.borrow_mut().set_environment(id, &panorama, false);
        if let Err(error) = set {
            self.complain("", &issue(&error));
        }
    }

    fn hide_behind_room(&self, height_px: u32) {
        let depths = self.machine.borrow_mut().take_depths();
        let machine = self.machine.borrow();
        let rooms = depths.into_iter().filter_map(|depth| {
            let (viewport_px, projection_from_view) = machine.eye(depth.eye, height_px)?;
            let DepthMap { map_from_view, size_px, metres, .. } = depth;
            Some(RoomDepth { viewport_px, projection_from_view, map_from_view, size_px, metres })
        });
        self.page.renderer.borrow_mut().set_room_depth(&rooms.collect::<Vec<_>>());
    }

    fn draw_layer(&self, framebuffer: Option<WebGlFramebuffer>, size_px: [u32; 2]) -> bool {
        self.machine.borrow_mut().arrange_room();
        let machine = self.machine.borrow();
        let Some(frame) = machine.room_frame(size_px[0], size_px[1]) else { return false };
        let Some(framebuffer) = framebuffer else {
            // An emulator without a framebuffer of its own shows the canvas.
            let Some(shared) = &self.page.shared else { return false };
            return self.draw_to(&mut shared.borrow_mut(), &frame, size_px, size_px);
        };
        let mut renderer = self.page.renderer.borrow_mut();
        if renderer.gpu().is_lost() {
            return false;
        }
        let mut layer = self.layer.borrow_mut();
        if !layer.as_ref().is_some_and(|layer| layer.is(&framebuffer, size_px)) {
            *layer = Layer::new(renderer.gpu(), framebuffer, size_px);
        }
        let Some(layer) = layer.as_ref() else { return false };
        renderer.draw(&frame, &layer.target())
    }
}
