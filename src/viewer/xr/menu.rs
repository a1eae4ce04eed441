//! A menu that stands in the room, where the page's own elements cannot be seen over the picture: choices, before/after,
//! true size, elsewhere, out. A controller's ray points at it.

use glam::{Mat4, Quat, Vec2, Vec3};

use super::kit::{Paint, Sketch};
use super::{Room, XrCommand};
use crate::geom::Trs;
use crate::place::{Aim, GripKind, Spot};
use crate::product::view::to_json;
use crate::viewer::{Command, Effect, ProductCommand, Viewer};

/// Width and height, metres; as far away as an arm reaches.
pub const MENU_SIZE: [f32; 2] = [0.48, 0.36];
const AWAY: f32 = 0.85;
/// Below the eyes, and to the side, so that it is not before the product.
const BELOW: f32 = 0.28;
const BESIDE: f32 = 0.45;
/// It comes along when one has turned away from it by so much: cosine.
const LEFT_BEHIND: f32 = 0.35;

/// One cell of the menu.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MenuCell {
    /// Names it in the word tables.
    pub name: &'static str,
    /// Left, top, width and height in shares of the menu.
    pub place: [f32; 4],
    /// What it does; none only shows.
    pub command: Option<XrCommand>,
}

const fn cell(name: &'static str, place: [f32; 4], command: Option<XrCommand>) -> MenuCell {
    MenuCell { name, place, command }
}

/// All cells: a row for the group, one for its choice, one of buttons, and above them what the customer is told.
pub const MENU: [MenuCell; 12] = [
    cell("group-before", [0.0, 0.2, 0.17, 0.22], Some(XrCommand::Turn { groups: -1, choices: 0 })),
    cell("group", [0.17, 0.2, 0.66, 0.22], None),
    cell("group-after", [0.83, 0.2, 0.17, 0.22], Some(XrCommand::Turn { groups: 1, choices: 0 })),
    cell("choice-before", [0.0, 0.42, 0.17, 0.28], Some(XrCommand::Turn { groups: 0, choices: -1 })),
    cell("choice", [0.17, 0.42, 0.66, 0.28], None),
    cell("choice-after", [0.83, 0.42, 0.17, 0.28], Some(XrCommand::Turn { groups: 0, choices: 1 })),
    cell("before-after", [0.0, 0.7, 0.2, 0.3], Some(XrCommand::BeforeAfter)),
    cell("own", [0.2, 0.7, 0.2, 0.3], Some(XrCommand::Own)),
    cell("true-size", [0.4, 0.7, 0.2, 0.3], Some(XrCommand::TrueSize)),
    cell("elsewhere", [0.6, 0.7, 0.2, 0.3], Some(XrCommand::Replace)),
    cell("exit", [0.8, 0.7, 0.2, 0.3], Some(XrCommand::End)),
    cell("hint", [0.0, 0.0, 1.0, 0.2], None),
];

/// The menu at this moment.
#[derive(Debug, Default)]
pub(super) struct Menu {
    /// Where it stands; none while there is none.
    world_from_menu: Option<Mat4>,
    /// The cell under a ray.
    under: Option<usize>,
    /// The hand that pressed it.
    held: Option<(u32, usize)>,
    /// The group that it turns.
    group: usize,
    /// There are choices to turn, and something that is owned: without, these cells are not there.
    has_choices: bool,
    has_owned: bool,
}

impl Menu {
    pub(super) fn under(&self) -> Option<usize> {
        self.under
    }

    fn met(&self, aim: &Aim) -> Option<(f32, usize)> {
        let world_from_menu = self.world_from_menu?;
        let spot = Spot { point: world_from_menu.w_axis.truncate(), normal: world_from_menu.z_axis.truncate() };
        let distance = aim.distance_to(&spot)?;
        let at = world_from_menu.inverse().transform_point3(aim.at(distance)).truncate();
        let share = Vec2::new(at.x / MENU_SIZE[0] + 0.5, 0.5 - at.y / MENU_SIZE[1]);
        let inside = |cell: &MenuCell| {
            let [left, top, width, height] = cell.place;
            self.has(cell) && (left..left + width).contains(&share.x) && (top..top + height).contains(&share.y)
        };
        Some((distance, MENU.iter().position(inside)?))
    }

    /// A ray meets it there. What the customer is told floats above, and rays go through.
    fn has(&self, cell: &MenuCell) -> bool {
        match cell.command {
            _ if cell.name == "group" || cell.name == "choice" => self.has_choices,
            Some(XrCommand::Turn { .. }) => self.has_choices,
            Some(XrCommand::BeforeAfter | XrCommand::Own) => self.has_owned,
            command => command.is_some(),
        }
    }

    /// Metres to it along a ray.
    pub(super) fn distance(&self, aim: &Aim) -> Option<f32> {
        self.met(aim).map(|(distance, _)| distance)
    }
}

impl Room {
    pub(super) fn has_menu(&self) -> bool {
        self.session.worn && !self.session.overlay
    }

    pub(super) fn draw_menu(&self, sketch: &mut Sketch) {
        let Some(world_from_menu) = self.menu.world_from_menu else { return };
        let (_, rotation, translation) = world_from_menu.to_scale_rotation_translation();
        let [x, y] = MENU_SIZE;
        sketch.place(Paint::Menu, Trs { translation, rotation, scale: Vec3::new(x, y, 1.0) });
    }

    /// A press on the menu; false when it was not on it.
    pub(super) fn press_menu(&mut self, id: u32, aim: &Aim) -> bool {
        self.menu.held = self.menu.met(aim).map(|(_, cell)| (id, cell));
        self.menu.held.is_some()
    }

    /// A release: what was pressed and is still pointed at.
    pub(super) fn release_menu(&mut self, id: u32, aim: &Aim) -> Option<XrCommand> {
        let (_, pressed) = self.menu.held.take_if(|(hand, _)| *hand == id)?;
        let (_, now) = self.menu.met(aim)?;
        MENU.get(pressed).filter(|_| pressed == now)?.command
    }
}

impl Viewer {
    /// The menu stays where it is until one turns away from it.
    pub(super) fn follow_menu(&mut self) {
        let has_choices = !self.menu_groups().is_empty();
        let has_owned = self.session().is_some_and(|session| session.owned().is_some());
        let Some(room) = self.xr.room.as_mut().filter(|room| room.has_menu()) else { return };
        (room.menu.has_choices, room.menu.has_owned) = (has_choices, has_owned);
        let head = room.head();
        let (eye, ahead) = (head.w_axis.truncate(), (-head.z_axis.truncate()).with_y(0.0).normalize_or(Vec3::NEG_Z));
        let is_seen = room.menu.world_from_menu.is_some_and(|menu| {
            let towards = menu.w_axis.truncate() - eye;
            let level = towards.with_y(0.0);
            level.normalize_or(ahead).dot(ahead) > LEFT_BEHIND && level.length() < 2.0 * AWAY
        });
        if !is_seen {
            let right = ahead.cross(Vec3::Y);
            let at = eye + ahead * AWAY - right * BESIDE - Vec3::Y * BELOW;
            let towards = (eye - at).with_y(0.0).normalize_or(Vec3::Z);
            // Faces the eyes, a little from below.
            let rotation = Quat::from_rotation_arc(Vec3::Z, towards) * Quat::from_rotation_x(-0.3);
            room.menu.world_from_menu = Some(Mat4::from_rotation_translation(rotation, at));
        }
        let controllers = room.moment.pointers.iter().filter(|pointed| pointed.kind == GripKind::Tracked);
        let under = controllers.filter_map(|pointed| room.menu.met(&Aim::along(&pointed.world_from_ray)));
        let under = under.map(|(_, cell)| cell).next();
        room.menu.under = under;
    }

    /// The next group that has choices, or the next of its choices that can be had.
    pub(super) fn turn_menu(&mut self, groups: i32, choices: i32, effects: &mut Vec<Effect>) {
        let menu = self.menu_groups();
        let Some(room) = &mut self.xr.room else { return };
        let many = menu.len() as i32;
        if many == 0 {
            return;
        }
        room.menu.group = (room.menu.group as i32 + groups).rem_euclid(many) as usize;
        let Some(group) = menu.get(room.menu.group).filter(|_| choices != 0) else { return };
        let now = group.choices.iter().position(|choice| choice.is_chosen).unwrap_or(0) as i32;
        let next = (now + choices).rem_euclid(group.choices.len() as i32) as usize;
        let Some(choice) = group.choices.get(next) else { return };
        let answer = to_json(&choice.id);
        // What the choice needs comes along: nobody can read an explanation here.
        let command = ProductCommand::Repair { group: group.id.clone(), answer };
        self.handle(super::super::Event::Command(Command::Product(command)), effects);
    }

    /// Name of the group and of its choice in the menu; none without a product.
    pub fn menu_words(&self) -> Option<[String; 2]> {
        let group = self.xr.room.as_ref()?.menu.group;
        let menu = self.menu_groups();
        let group = menu.get(group).or(menu.first())?;
        let choice = group.choices.iter().find(|choice| choice.is_chosen);
        Some([group.name.clone(), choice.map(|choice| choice.name.clone()).unwrap_or_default()])
    }

    /// From the eyes to the middle of the cell of this name; none without a menu.
    pub fn menu_ray(&self, name: &str) -> Option<[Vec3; 2]> {
        let room = self.xr.room.as_ref()?;
        let [left, top, width, height] = MENU.iter().find(|cell| cell.name == name)?.place;
        let at = Vec2::new(left + 0.5 * width - 0.5, 0.5 - top - 0.5 * height) * Vec2::from(MENU_SIZE);
        Some([room.head().w_axis.truncate(), room.menu.world_from_menu?.transform_point3(at.extend(0.0))])
    }

    /// The cell of the menu under a controller's ray.
    pub fn menu_under(&self) -> Option<usize> {
        self.xr.room.as_ref()?.menu.under()
    }

    fn menu_groups(&self) -> Vec<MenuGroup> {
        let (Some(session), Some(standing)) = (self.session(), self.standing()) else { return Vec::new() };
        let groups = session.menu(standing, self.tone()).into_iter().filter(|group| group.kind == "one");
        let groups = groups.map(|group| {
            let choices = group.choices.iter().filter(|choice| choice.taken || choice.state.state != "dead");
            let choices = choices.map(|choice| MenuChoice {
                id: choice.id.to_owned(),
                name: choice.name.to_owned(),
                is_chosen: choice.taken,
            });
            MenuGroup { id: group.id.to_owned(), name: group.name.to_owned(), choices: choices.collect() }
        });
        groups.filter(|group| group.choices.len() > 1).collect()
    }
}

/// A group of which one choice is taken.
struct MenuGroup {
    id: String,
    name: String,
    choices: Vec<MenuChoice>,
}

struct MenuChoice {
    id: String,
    name: String,
    is_chosen: bool,
}
