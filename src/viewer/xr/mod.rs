//! The product in a room: a session from its begin to its end, on a phone or a headset, in the room that is there or on a
//! stage of its own.
//!
//! The shell relays what WebXR says, in [`XrEvent`]s, and does what [`XrOrder`]s say. While a session lasts, the page's
//! camera rests; frames come from [`Viewer::room_frame`].

mod hands;
mod kit;
mod light;
mod measure;
mod menu;
mod moment;
mod owned;
mod points;
mod show;
mod told;

pub use menu::{MENU, MENU_SIZE, MenuCell};
pub use moment::{Eye, Moment, Pointed};

use std::collections::VecDeque;

use glam::{Mat4, Vec3};

use super::load::next;
use super::{Announcement, Answer, Effect, RequestId, Viewer};
use crate::geom::Aabb;
use crate::place::{Aim, DepthMap, Detent, Gap, Grip, GripKind, Span, Spot, Stand, Support, horizontal_under, nearest};
use crate::scene::SceneId;

use kit::Kit;
use menu::Menu;
use owned::Owning;

/// Where the floor is below the eyes while nobody knows, metres: a phone held up, and somebody standing.
const HELD: f32 = 1.35;
const STANDING: f32 = 1.6;
/// A table's height on a stage and where none is found, metres.
const TABLE: f32 = 0.75;

/// What happens in a session.
#[derive(Clone, Debug, PartialEq)]
pub enum XrEvent {
    /// The device gave a session.
    Began(XrSession),
    /// The next frame.
    Moment(Box<Moment>),
    /// Something that points was pressed, or let go.
    Pressed {
        /// What.
        pointed: Pointed,
        /// Pressed.
        down: bool,
    },
    /// A button.
    Order(XrCommand),
    /// The session is over, whoever ended it.
    Ended,
}

/// What a session can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct XrSession {
    /// Nothing of the room is seen.
    pub immersive: bool,
    /// The page's own elements are seen over the picture.
    pub overlay: bool,
    /// On the head: controllers or hands point, floors are known.
    pub worn: bool,
    /// The device says where lines meet real surfaces.
    pub hit_test: bool,
    /// Places can be kept while the device learns the room.
    pub anchors: bool,
}

/// What a customer can ask for in a session, by buttons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum XrCommand {
    /// Elsewhere: the reticle comes back.
    Replace,
    /// 1:1.
    TrueSize,
    /// What is owned and what is chosen, in turn.
    BeforeAfter,
    /// On the thing that is owned: begin, or end, aligning.
    Align(bool),
    /// On the thing that is owned: the next of align, aligned, and back.
    Own,
    /// By a fine step: metres to the right, up and to the front as seen, and radians.
    Nudge([f32; 4]),
    /// On the thing that is owned, by points that are marked on it: begin, or leave it.
    Points(bool),
    /// Measuring a gap: begin, or end.
    Measure(bool),
    /// The side that is measured now does not matter, or the point is not seen.
    Skip,
    /// The last point was wrong.
    Back,
    /// By so many groups, or choices of the group, in the menu.
    Turn {
        /// Groups.
        groups: i32,
        /// Choices.
        choices: i32,
    },
    /// Out.
    End,
}

/// What the shell does for a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum XrOrder {
    /// Keep this place; it replaces the last one.
    Anchor(Mat4),
    /// No place has to be kept any more.
    Release,
    /// End the session.
    End,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Xr {
    pub(super) room: Option<Box<Room>>,
    /// What was measured, also after the session.
    pub(super) gap: Gap,
    /// The environment that the room's light becomes.
    pub(super) light: light::RoomLight,
}

/// A session that lasts.
#[derive(Debug)]
pub(super) struct Room {
    session: XrSession,
    kit: Kit,
    upload: RequestId,
    kit_stands: bool,
    moment: Moment,
    /// A pose has come.
    began: bool,
    tracked: bool,
    floor: Option<f32>,
    support: Support,
    fixed: bool,
    /// Where a tap would put it.
    aimed: Option<Spot>,
    stand: Option<Stand>,
    /// The box that stands there, in the product's space.
    bounds: Aabb,
    was_placed: bool,
    grips: Vec<Grip>,
    span: Option<Span>,
    /// Where the anchor was a moment ago.
    anchor: Option<Mat4>,
    /// Hands have moved it since its place was kept.
    dragged: bool,
    measuring: bool,
    /// The last tap that was to measure met nothing.
    missed: bool,
    /// Taps, until the next moment.
    taps: VecDeque<Grip>,
    owning: Owning,
    menu: Menu,
    told: String,
}

impl Room {
    fn view_from_world(&self) -> Mat4 {
        self.moment.eyes.first().map_or(Mat4::IDENTITY, |eye| eye.world_from_view.inverse())
    }

    /// Between the eyes.
    fn head(&self) -> Mat4 {
        let mut head = self.moment.eyes.first().map_or(Mat4::IDENTITY, |eye| eye.world_from_view);
        let middle: Vec3 = self.moment.eyes.iter().map(|eye| eye.world_from_view.w_axis.truncate()).sum();
        head.w_axis = (middle / self.moment.eyes.len().max(1) as f32).extend(1.0);
        head
    }

    /// The lowest level surface, as far as it is known.
    fn floor(&self) -> f32 {
        let below = if self.session.worn { STANDING } else { HELD };
        self.floor.unwrap_or_else(|| self.head().w_axis.y - below)
    }

    /// A surface under something that points: what the device says, its planes, the floor where that is sure.
    fn spot_under(&self, pointed: &Pointed) -> Option<Spot> {
        let bears = |spot: &Spot| spot.bears(self.support, self.floor);
        let hit = pointed.hit.as_ref().map(Spot::of_pose).filter(bears);
        let aim = Aim::along(&pointed.world_from_ray);
        hit.or_else(|| nearest(&self.moment.planes, &aim, self.support, self.floor)).or_else(|| self.guessed(&aim))
    }

    fn guessed(&self, aim: &Aim) -> Option<Spot> {
        let sure = self.session.worn || !self.session.hit_test;
        let level = match self.support {
            Support::Floor => self.floor(),
            Support::Table => self.floor() + TABLE,
            Support::Wall => return None,
        };
        horizontal_under(aim, level).filter(|_| sure)
    }

    /// Where the reticle is: under a controller, else in the line of sight.
    fn aim(&self) -> Option<Spot> {
        // One of two hands may rest, and point anywhere.
        let mut controllers =
            self.moment.pointers.iter().filter(|pointed| pointed.kind == GripKind::Tracked).peekable();
        if controllers.peek().is_some() {
            return controllers.find_map(|pointed| self.spot_under(pointed));
        }
        let sight = Pointed { id: 0, kind: GripKind::Screen, world_from_ray: self.head(), hit: None, stick: 0.0 };
        let bears = |spot: &Spot| spot.bears(self.support, self.floor);
        self.moment.hits.iter().map(Spot::of_pose).find(bears).or_else(|| self.spot_under(&sight))
    }
}

impl Viewer {
    /// True from a session's begin to its end.
    pub fn is_in_room(&self) -> bool {
        self.xr.room.is_some()
    }

    /// Where the product stands in the session's space; none before it is placed.
    pub fn world_from_placed(&self) -> Option<Mat4> {
        Some(self.xr.room.as_ref()?.stand?.world_from_product(&self.placed_bounds()))
    }

    /// How large it is shown; 1 is true size.
    pub fn placed_scale(&self) -> Option<f32> {
        Some(self.xr.room.as_ref()?.stand?.size.scale())
    }

    /// The box around what stands there, in the product's space: what is chosen, or the thing itself.
    fn placed_bounds(&self) -> Aabb {
        if self.is_on_owned() { self.owned_bounds() } else { self.chosen_bounds() }
    }

    /// The box around what is chosen.
    fn chosen_bounds(&self) -> Aabb {
        self.stage.as_ref().map(|stage| stage.framing.bounds).unwrap_or_default()
    }

    /// The depth maps of the present frame that hide what stands behind what they show. An outline is hidden by nothing: it
    /// lies on the very thing.
    pub fn take_depths(&mut self) -> Vec<DepthMap> {
        let Some(room) = &mut self.xr.room else { return Vec::new() };
        let depths = std::mem::take(&mut room.moment.depths);
        if room.owning.aligning { Vec::new() } else { depths }
    }

    pub(super) fn handle_xr(&mut self, event: XrEvent, effects: &mut Vec<Effect>) {
        match event {
            XrEvent::Began(session) => self.enter_room(session, effects),
            XrEvent::Moment(moment) => self.live(*moment, effects),
            XrEvent::Pressed { pointed, down } => self.press(&pointed, down, effects),
            XrEvent::Order(command) => self.order_in_room(command, effects),
            XrEvent::Ended => self.leave_room(effects),
        }
        self.tell_room(effects);
    }

    fn enter_room(&mut self, session: XrSession, effects: &mut Vec<Effect>) {
        self.leave_room(effects);
        let upload = next(&mut self.requests);
        self.scenes = self.scenes.wrapping_add(1);
        let id = SceneId((u64::from(self.id) << 32) | u64::from(self.scenes));
        self.xr.room = Some(Box::new(Room {
            session,
            kit: Kit::new(id),
            upload,
            kit_stands: false,
            moment: Moment::default(),
            began: false,
            tracked: false,
            floor: None,
            support: Support::default(),
            fixed: false,
            aimed: None,
            stand: None,
            bounds: Aabb::default(),
            was_placed: false,
            grips: Vec::new(),
            span: None,
            anchor: None,
            dragged: false,
            measuring: false,
            missed: false,
            taps: VecDeque::new(),
            owning: Owning::default(),
            menu: Menu::default(),
            told: String::new(),
        }));
        self.poster.dismiss_wanted = true;
        self.reveal_if_wanted(effects);
        effects.push(Effect::Upload { request: upload, scene: id });
        effects.push(Effect::Announce(Announcement::ArStatus("session-started")));
    }

    fn leave_room(&mut self, effects: &mut Vec<Effect>) {
        let Some(room) = self.xr.room.take() else { return };
        if room.owning.is_on() {
            self.leave_owned(effects);
        }
        self.end_room_comparison(&room.owning, effects);
        effects.push(Effect::Release(room.kit.id));
        self.xr.light.end(effects);
        if room.tracked {
            effects.push(Effect::Announce(Announcement::ArTracking("not-tracking")));
        }
        effects.push(Effect::Announce(Announcement::ArStatus("not-presenting")));
        self.changed = true;
    }

    /// True when an answer was meant for the session.
    pub(super) fn answered_in_room(&mut self, request: RequestId, answer: &Answer) -> bool {
        let Some(room) = self.xr.room.as_mut().filter(|room| room.upload == request) else { return false };
        room.kit_stands = matches!(answer, Answer::Done);
        true
    }

    /// The session's own scene in the renderer, when it is there: its image 0 is what the menu shows.
    pub fn kit(&self) -> Option<SceneId> {
        self.xr.room.as_ref().filter(|room| room.kit_stands).map(|room| room.kit.id)
    }

    /// The session's own scene.
    pub(super) fn kit_scene(&self, id: SceneId) -> Option<&crate::scene::Scene> {
        self.xr.room.as_ref().filter(|room| room.kit.id == id).map(|room| &room.kit.scene)
    }

    /// One frame.
    fn live(&mut self, mut moment: Moment, effects: &mut Vec<Effect>) {
        let (support, fixed) = (self.page.ar_placement(), self.page.ar_scale_is_fixed());
        self.follow_bounds();
        let bounds = self.placed_bounds();
        let Some(room) = &mut self.xr.room else { return };
        if let Some(light) = &moment.light {
            self.xr.light.follow(light);
        }
        // Devices with one picture may name a second eye without pixels.
        moment.eyes.retain(|eye| !eye.viewport_px[2..].contains(&0));
        let guessed = moment.emulated && !room.session.immersive && room.began;
        let tracked = !(moment.eyes.is_empty() || guessed);
        if tracked != room.tracked {
            room.tracked = tracked;
            let word = if tracked { "tracking" } else { "not-tracking" };
            effects.push(Effect::Announce(Announcement::ArTracking(word)));
        }
        if moment.eyes.is_empty() {
            // The product stays where it was last seen.
            room.moment.hits.clear();
            return;
        }
        room.floor = moment.floor.or_else(|| lowest(&moment)).or(room.floor);
        room.fixed = fixed;
        if room.support != support {
            room.support = support;
            // On the floor is not on the wall.
            room.stand = room.stand.filter(|stand| stand.is_upright() == (support == Support::Wall));
        }
        room.moment = moment;
        room.began = true;
        if let (Some(now), Some(stand)) = (room.moment.anchor, &mut room.stand)
            && let Some(before) = room.anchor.replace(now)
        {
            stand.corrected(&(now * before.inverse()));
        }
        if fixed && let Some(stand) = &mut room.stand {
            stand.size = Detent::default();
        }
        room.aimed = room.aim();
        if room.session.immersive && room.stand.is_none() && !bounds.is_empty() {
            let spot = room.before_the_eyes(bounds.size().max_element());
            room.stand = Some(Stand::facing(spot, room.head().w_axis.truncate()));
            room.was_placed = false;
        }
        self.move_by_hands(effects);
        self.take_taps(effects);
        self.announce_place(effects);
        self.follow_menu();
        self.lay_owned(effects);
    }

    /// The product was put somewhere: the page is told once, and the place is kept.
    fn announce_place(&mut self, effects: &mut Vec<Effect>) {
        let Some(room) = &mut self.xr.room else { return };
        let is_placed = room.stand.is_some();
        if is_placed && !room.was_placed {
            effects.push(Effect::Announce(Announcement::ArStatus("object-placed")));
            room.keep_place(effects);
        }
        room.was_placed = is_placed;
    }

    fn order_in_room(&mut self, command: XrCommand, effects: &mut Vec<Effect>) {
        match command {
            XrCommand::Turn { groups, choices } => return self.turn_menu(groups, choices, effects),
            XrCommand::BeforeAfter => return self.toggle_before(effects),
            XrCommand::Align(on) => return self.align(on, effects),
            XrCommand::Own => {
                let begins = self.xr.room.as_ref().is_some_and(|room| !room.owning.is_on());
                return self.align(begins, effects);
            }
            XrCommand::Points(on) => return self.mark_in_room(on),
            XrCommand::Measure(on) => return self.measure(on),
            XrCommand::Skip if self.skip_point() => return,
            XrCommand::Skip => return self.xr.gap.skip(),
            XrCommand::Back if self.unmark_last() => return,
            XrCommand::Back => {
                self.xr.gap.take_back();
                return;
            }
            _ => {}
        }
        let Some(room) = &mut self.xr.room else { return };
        match command {
            XrCommand::Replace => {
                room.stand = None;
                room.was_placed = false;
                room.anchor = None;
                effects.push(Effect::Xr(XrOrder::Release));
            }
            XrCommand::TrueSize => {
                if let Some(stand) = &mut room.stand {
                    stand.size = Detent::default();
                }
            }
            XrCommand::Nudge(step) => room.nudge(step, effects),
            XrCommand::End => effects.push(Effect::Xr(XrOrder::End)),
            _ => {}
        }
    }
}

impl Room {
    /// Where a stage puts a product of this size.
    fn before_the_eyes(&self, size: f32) -> Spot {
        let head = self.head();
        let ahead = (-head.z_axis.truncate()).with_y(0.0).normalize_or(Vec3::NEG_Z);
        let height = self.floor() + if self.support == Support::Table { TABLE } else { 0.0 };
        let point = head.w_axis.truncate() + ahead * (0.6 + size).max(1.2);
        if self.support == Support::Wall {
            return Spot { point: point.with_y(head.w_axis.y), normal: -ahead };
        }
        Spot { point: point.with_y(height), normal: Vec3::Y }
    }

    /// The device keeps the place from now on.
    fn keep_place(&mut self, effects: &mut Vec<Effect>) {
        // Until it answers, nothing is corrected.
        self.anchor = None;
        if let (Some(stand), true) = (&self.stand, self.session.anchors) {
            effects.push(Effect::Xr(XrOrder::Anchor(Mat4::from_translation(stand.spot.point))));
        }
    }
}

/// The height of the lowest level plane.
fn lowest(moment: &Moment) -> Option<f32> {
    let spots = moment.planes.iter().map(|plane| Spot::of_pose(&plane.world_from_plane));
    let level = spots.filter(|spot| spot.bears(Support::Floor, None)).map(|spot| spot.point.y);
    level.reduce(f32::min)
}
