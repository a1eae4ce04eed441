//! The thing that is owned, laid by points that are marked on it in the room.

use glam::Vec3;

use super::Room;
use super::kit::{Paint, Sketch};
use crate::align::{Fault, Matched, fit_rigid};
use crate::place::{Grip, GripKind, depth_uncertainty, point_uncertainty};
use crate::viewer::{Effect, Viewer};

/// So many lay it.
const NEEDED: usize = 3;
/// The cross at a point, and how thick it is, metres.
const CROSS: f32 = 0.03;
const LINE: f32 = 0.004;

/// What is marked so far. Points are told by their index in the product file.
#[derive(Debug, Default)]
pub(super) struct Marking {
    pub(super) on: bool,
    /// Where each is, and how far off that may be, one standard deviation.
    places: Vec<(usize, Vec3, f32)>,
    /// Not seen, says the customer.
    skipped: Vec<usize>,
    /// The last tap met nothing that can be measured.
    missed: bool,
    /// What was wrong with the points when they were tried.
    trouble: Option<Fault>,
    /// How far off they were in the mean, when they laid it.
    off: Option<f32>,
}

/// What is told of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marked {
    /// The name of the point that is marked now.
    pub(super) point: Option<String>,
    pub(super) trouble: &'static str,
    pub(super) off: Option<f32>,
}

impl Viewer {
    /// Whether the room can be measured where one taps, and what is owned has enough points.
    pub(super) fn can_mark(&self) -> bool {
        let Some(room) = self.xr.room.as_ref().filter(|room| room.owning.aligning) else { return false };
        room.measures() && self.owned_points().len() >= NEEDED
    }

    /// Begins to mark anew, or leaves it.
    pub(super) fn mark_in_room(&mut self, on: bool) {
        let can = self.can_mark();
        if let Some(room) = &mut self.xr.room {
            room.owning.marking = Marking { on: on && can, ..Marking::default() };
        }
    }

    /// The point that is to be marked now: its index in the product file, its name, and where it is in product space.
    fn open_point(&self) -> Option<(usize, String, Vec3)> {
        let marking = &self.xr.room.as_ref()?.owning.marking;
        let is_open =
            |at: usize| marking.places.iter().all(|(known, ..)| *known != at) && !marking.skipped.contains(&at);
        let language = &self.tone().language;
        let mut points = self.owned_points().into_iter().filter(|_| marking.on);
        let (at, point, position) = points.find(|(at, ..)| is_open(*at))?;
        Some((at, point.name.in_language(language).to_owned(), position))
    }

    /// A tap on the thing. True when it was meant for a point.
    pub(super) fn mark_tap(&mut self, tap: &Grip, effects: &mut Vec<Effect>) -> bool {
        let open = self.open_point();
        let Some(room) = self.xr.room.as_mut().filter(|room| room.owning.marking.on) else { return false };
        let measured = room.measured_point(tap);
        let marking = &mut room.owning.marking;
        marking.missed = measured.is_none();
        if let (Some((at, ..)), Some((place, deviation))) = (open, measured) {
            marking.trouble = None;
            marking.places.push((at, place, deviation));
            self.try_points(effects);
        }
        true
    }

    /// The point that is marked now is not seen. True when there is one.
    pub(super) fn skip_point(&mut self) -> bool {
        let open = self.open_point();
        let Some(room) = self.xr.room.as_mut().filter(|room| room.owning.marking.on) else { return false };
        let marking = &mut room.owning.marking;
        marking.missed = false;
        match open {
            Some((at, ..)) => marking.skipped.push(at),
            // All were asked for: once more.
            None => *marking = Marking { on: true, ..Marking::default() },
        }
        if self.open_point().is_none() {
            self.begin_points_anew(Fault::TooFew(0));
        }
        true
    }

    /// Takes the last mark back. True while points are marked.
    pub(super) fn unmark_last(&mut self) -> bool {
        let Some(room) = self.xr.room.as_mut().filter(|room| room.owning.marking.on) else { return false };
        let marking = &mut room.owning.marking;
        (marking.missed, marking.trouble) = (false, None);
        if marking.places.pop().is_none() {
            marking.skipped.pop();
        }
        true
    }

    fn begin_points_anew(&mut self, fault: Fault) {
        if let Some(room) = &mut self.xr.room {
            room.owning.marking = Marking { on: true, trouble: Some(fault), ..Marking::default() };
        }
    }

    /// Lays the outline by what is marked, as soon as that is enough.
    fn try_points(&mut self, effects: &mut Vec<Effect>) {
        let points = self.owned_points();
        let bounds = self.placed_bounds();
        let Some(room) = &self.xr.room else { return };
        let matched = room.owning.marking.places.iter().filter_map(|(at, place, deviation)| {
            let (_, _, point) = points.iter().find(|(known, ..)| known == at)?;
            Some((*at, Matched { point: *point, place: *place, deviation: *deviation }))
        });
        let (indices, pairs): (Vec<usize>, Vec<Matched>) = matched.unzip();
        if pairs.len() < NEEDED {
            return;
        }
        let found = fit_rigid(&pairs);
        let Some(room) = &mut self.xr.room else { return };
        match found {
            Ok(fit) => {
                let eye = room.head().w_axis.truncate();
                let stand = room.stand.get_or_insert_with(|| room_stand(&pairs, eye));
                stand.lay(fit.rotation, fit.translation, &bounds);
                room.owning.marking = Marking { off: Some(fit.error), ..Marking::default() };
                room.keep_place(effects);
            }
            Err(fault) => {
                let marking = &mut room.owning.marking;
                marking.trouble = Some(fault);
                // What is wrong is marked once more.
                let wrong: Vec<usize> = fault.points().iter().filter_map(|at| indices.get(*at).copied()).collect();
                marking.places.retain(|(at, ..)| !wrong.contains(at));
                if self.open_point().is_none() {
                    self.begin_points_anew(fault);
                }
            }
        }
    }

    /// What is told of the points.
    pub(super) fn marked_in_room(&self) -> Marked {
        let Some(room) = &self.xr.room else { return Marked::default() };
        let marking = &room.owning.marking;
        Marked {
            point: self.open_point().map(|(_, name, _)| name),
            trouble: match (marking.missed || (room.measuring && room.missed), marking.trouble) {
                (true, _) => "ALIGN_MISSED",
                (_, Some(fault)) => fault.code().as_str(),
                _ => "",
            },
            off: marking.off,
        }
    }

    /// The marks, and on the outline the point that is meant now.
    pub(super) fn sketch_points(&self, sketch: &mut Sketch) {
        let Some(room) = self.xr.room.as_ref().filter(|room| room.owning.marking.on) else { return };
        for (_, place, _) in &room.owning.marking.places {
            cross(sketch, Paint::Green, *place);
        }
        if let (Some((.., position)), Some(world)) = (self.open_point(), self.world_from_placed()) {
            cross(sketch, Paint::White, world.transform_point3(position));
        }
    }
}

/// A stand for what was laid before it stood anywhere: on the level under the points.
fn room_stand(pairs: &[Matched], eye: Vec3) -> crate::place::Stand {
    let middle = pairs.iter().map(|pair| pair.place).sum::<Vec3>() / pairs.len().max(1) as f32;
    crate::place::Stand::facing(crate::place::Spot { point: middle, normal: Vec3::Y }, eye)
}

fn cross(sketch: &mut Sketch, paint: Paint, at: Vec3) {
    for axis in [Vec3::X, Vec3::Y, Vec3::Z] {
        sketch.bar(paint, at - axis * 0.5 * CROSS, at + axis * 0.5 * CROSS, LINE);
    }
}

impl Room {
    /// Whether the device can tell how far away what one taps on is.
    fn measures(&self) -> bool {
        self.session.hit_test || !self.moment.depths.is_empty()
    }

    /// The real surface under a tap, and how far off that may be: by a depth map, else where the device says that the ray
    /// meets something. Floors that are only guessed are no part of a thing.
    pub(super) fn measured_point(&self, tap: &Grip) -> Option<(Vec3, f32)> {
        let eye = self.head().w_axis.truncate();
        let by_depth = self.depth_point(tap).map(|point| (point, depth_uncertainty(point.distance(eye))));
        let hit = || {
            let point = self.hit_of(tap)?.w_axis.truncate();
            Some((point, point_uncertainty(point.distance(eye))))
        };
        by_depth.or_else(hit)
    }

    /// Where a finger's ray meets what the depth map shows.
    fn depth_point(&self, tap: &Grip) -> Option<Vec3> {
        // A controller's ray does not start in an eye, and is not a place of its picture.
        let maps = self.moment.depths.iter().filter(|_| tap.kind == GripKind::Screen);
        let mut met = maps.filter_map(|map| {
            let eye = self.moment.eyes.get(map.eye)?;
            let along = eye.world_from_view.inverse().transform_vector3(tap.aim.direction);
            let seen = eye.gl_projection_from_view.project_point3(along);
            let metres = map.nearest(0.5 + 0.5 * seen.x, 0.5 - 0.5 * seen.y).filter(|_| along.z < 0.0)?;
            Some(eye.world_from_view.transform_point3(along * (metres / -along.z)))
        });
        met.next()
    }
}
