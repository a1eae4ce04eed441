//! Hands in a session: what a press, a drag and a release do to the product.

use std::f32::consts::PI;

use glam::{Mat4, Vec3};

use super::{Pointed, Room};
use crate::geom::Aabb;
use crate::place::{Aim, Grip, GripKind, Side, Spot, Stand, horizontal_under, nearest, point_uncertainty};
use crate::viewer::{Effect, Viewer};

/// So far beside a product one still means it, metres.
const SLACK: f32 = 0.03;
/// A stick that is all the way to one side turns the product by so much in a second.
const STICK_TURN: f32 = 0.5 * PI;
/// A stick that nobody touches is not quite at rest.
const STICK_REST: f32 = 0.2;
/// Farther away, a ray runs along the surface, metres.
const FARTHEST: f32 = 20.0;
/// While aligning, hands move the product by so little of their own way.
const FINE: f32 = 0.25;

impl Viewer {
    pub(super) fn press(&mut self, pointed: &Pointed, down: bool, effects: &mut Vec<Effect>) {
        let bounds = self.placed_bounds();
        let Some(room) = &mut self.xr.room else { return };
        let aim = Aim::along(&pointed.world_from_ray);
        if down && pointed.kind == GripKind::Tracked && room.press_menu(pointed.id, &aim) {
            return;
        }
        if !down && let Some(command) = room.release_menu(pointed.id, &aim) {
            return self.order_in_room(command, effects);
        }
        let known = room.grips.iter().position(|grip| grip.id == pointed.id);
        room.span = None;
        if !down {
            let Some(mut grip) = known.map(|at| room.grips.remove(at)) else { return };
            if grip.is_tap() {
                grip.aim = aim;
                room.taps.push_back(grip);
            }
            if let Some(stand) = &mut room.stand {
                stand.size.rest();
            }
            // The finger that stays begins anew where it is.
            room.hold(&bounds);
            return;
        }
        let grip = Grip::new(pointed.id, pointed.kind, aim, &room.view_from_world());
        match known.and_then(|at| room.grips.get_mut(at)) {
            Some(before) => *before = grip,
            None => room.grips.push(grip),
        }
        if room.grips.len() > 1 {
            room.grips.iter_mut().for_each(Grip::busy);
        }
        room.hold(&bounds);
    }

    /// What is held follows the hands.
    pub(super) fn move_by_hands(&mut self, effects: &mut Vec<Effect>) {
        let bounds = self.placed_bounds();
        let secs = self.clock.frame_secs();
        let Some(room) = &mut self.xr.room else { return };
        let view_from_world = room.view_from_world();
        let pointers = std::mem::take(&mut room.moment.pointers);
        // What points no longer has let go.
        room.grips.retain(|grip| pointers.iter().any(|pointed| pointed.id == grip.id));
        let mut moved = None;
        for grip in &mut room.grips {
            if let Some(pointed) = pointers.iter().find(|pointed| pointed.id == grip.id) {
                let by = grip.aim(Aim::along(&pointed.world_from_ray), &view_from_world);
                grip.hit = pointed.hit;
                moved = Some((*grip, by, *pointed));
            }
        }
        let fine = if room.owning.aligning { FINE } else { 1.0 };
        let before = room.stand;
        match (room.grips.as_slice(), moved) {
            ([one, other], _) => {
                let now = one.span(other);
                let change = room.span.replace(now).map(|before| now.since(&before)).unwrap_or_default();
                if let Some(stand) = &mut room.stand {
                    stand.turn += change.turn * fine;
                    if !room.fixed && !room.owning.aligning {
                        stand.size.pull(change.pinch);
                    }
                }
            }
            ([_], Some((grip, _, pointed))) if grip.on_product => room.drag(&pointed, fine),
            ([_], Some((grip, by, _))) if grip.kind == GripKind::Screen => {
                if let Some(stand) = &mut room.stand {
                    stand.turn += Grip::turn_by(by) * fine;
                }
            }
            _ => {}
        }
        let stick = pointers.iter().map(|pointed| pointed.stick).find(|stick| stick.abs() > STICK_REST);
        if let (Some(stick), Some(stand)) = (stick, &mut room.stand) {
            stand.turn += stick * STICK_TURN * secs * fine;
        }
        room.moment.pointers = pointers;
        // A place that is held still moves; it is kept when it is let go.
        if room.grips.is_empty() && room.dragged {
            room.dragged = false;
            room.keep_place(effects);
        } else if room.stand != before && !bounds.is_empty() {
            room.dragged = true;
        }
    }

    /// A tap puts the product down, marks, or measures.
    pub(super) fn take_taps(&mut self, effects: &mut Vec<Effect>) {
        while let Some(tap) = self.xr.room.as_mut().and_then(|room| room.taps.pop_front()) {
            let bounds = self.placed_bounds();
            if self.mark_tap(&tap, effects) {
                continue;
            }
            let Some(room) = &mut self.xr.room else { return };
            if room.measuring {
                let side = self.xr.gap.side();
                let point = room.surface_under(&tap, side);
                room.missed = point.is_none() && side.is_some();
                if let Some((point, deviation)) = point {
                    self.xr.gap.insert(point, deviation);
                }
                continue;
            }
            if room.stand.is_some() || bounds.is_empty() {
                continue;
            }
            // A finger taps on what it means; the reticle is what a controller means.
            let spot = room.spot_of(&tap).or(room.aimed);
            if let Some(spot) = spot {
                room.stand = Some(Stand::facing(spot, room.head().w_axis.truncate()));
            }
        }
    }
}

impl Room {
    fn world_from_product(&self, bounds: &Aabb) -> Option<Mat4> {
        Some(self.stand?.world_from_product(bounds))
    }

    /// Begins what the hands that are there hold.
    fn hold(&mut self, bounds: &Aabb) {
        let world_from_product = self.world_from_product(bounds);
        let (stand, grown) = (self.stand, Aabb { min: bounds.min - SLACK, max: bounds.max + SLACK });
        let mut grips = std::mem::take(&mut self.grips);
        for grip in &mut grips {
            let met = world_from_product.and_then(|world| grip.aim.distance_to_box(&grown, &world));
            grip.on_product = met.is_some() && !bounds.is_empty();
            // Seen along its surface, a product cannot be dragged.
            grip.under = stand.and_then(|stand| {
                Some(grip.aim.at(grip.aim.distance_to(&stand.spot).filter(|distance| *distance < FARTHEST)?))
            });
        }
        self.grips = grips;
    }

    /// What is held goes over real surfaces of its kind, else over the plane in which it stands, by `share` of the hand's
    /// own way.
    fn drag(&mut self, pointed: &Pointed, share: f32) {
        let aim = Aim::along(&pointed.world_from_ray);
        let met = nearest(&self.moment.planes, &aim, self.support, self.floor);
        let hit = pointed.hit.as_ref().map(Spot::of_pose).filter(|spot| spot.bears(self.support, self.floor));
        let Some(stand) = &mut self.stand else { return };
        // On the level that it stands on, what is held stays under the finger; another level takes it up.
        let other = hit.or(met).map(Spot::straightened).filter(|spot| {
            let apart = (spot.point - stand.spot.point).dot(stand.spot.normal).abs();
            apart > SLACK || spot.normal.dot(stand.spot.normal) < 0.99
        });
        let under = aim.distance_to(&stand.spot).filter(|distance| *distance < FARTHEST).map(|far| aim.at(far));
        let Some(grip) = self.grips.first_mut() else { return };
        match (other, grip.under, under) {
            (Some(spot), ..) if !self.owning.aligning => {
                stand.spot = spot;
                grip.under = Some(spot.point);
            }
            (_, Some(before), Some(now)) => {
                stand.spot.point += (now - before) * share;
                grip.under = Some(now);
            }
            _ => {}
        }
    }

    /// Where the device says that a tap met a real surface.
    pub(super) fn hit_of(&self, tap: &Grip) -> Option<Mat4> {
        self.pointed_of(tap).map_or(tap.hit, |pointed| pointed.hit)
    }

    fn pointed_of(&self, tap: &Grip) -> Option<&Pointed> {
        self.moment.pointers.iter().find(|pointed| pointed.id == tap.id)
    }

    fn spot_of(&self, tap: &Grip) -> Option<Spot> {
        if let Some(pointed) = self.pointed_of(tap) {
            return self.spot_under(pointed);
        }
        let aim = tap.aim;
        let hit = tap.hit.as_ref().map(Spot::of_pose).filter(|spot| spot.bears(self.support, self.floor));
        let met = || nearest(&self.moment.planes, &aim, self.support, self.floor);
        hit.or_else(met).or_else(|| self.guessed(&aim)).or_else(|| {
            // The surface in the line of sight, as far as it goes.
            let spot = self.aimed?.straightened();
            let distance = aim.distance_to(&spot).filter(|distance| *distance < 8.0)?;
            Some(Spot { point: aim.at(distance), normal: spot.normal })
        })
    }

    /// The real surface under a tap that measures, and how far off that may be: what the device measures there, a plane that
    /// it found, or, for sides that are level, the floor where its height is known. Nothing that is only guessed.
    fn surface_under(&self, tap: &Grip, side: Option<Side>) -> Option<(Vec3, f32)> {
        let eye = self.head().w_axis.truncate();
        let told = |point: Vec3| (point, point_uncertainty(point.distance(eye)));
        let met = || {
            let met = self.moment.planes.iter().filter_map(|plane| plane.met(&tap.aim));
            met.reduce(|near, other| if other.0 < near.0 { other } else { near }).map(|(_, spot)| told(spot.point))
        };
        let floor = || {
            let level = self.floor.filter(|_| side != Some(Side::Height))?;
            Some(told(horizontal_under(&tap.aim, level)?.point))
        };
        self.measured_point(tap).or_else(met).or_else(floor)
    }

    /// By a fine step as the customer sees it.
    pub(super) fn nudge(&mut self, [right, up, front, turn]: [f32; 4], effects: &mut Vec<Effect>) {
        let head = self.head();
        let Some(stand) = &mut self.stand else { return };
        let x = head.x_axis.truncate().with_y(0.0).normalize_or(Vec3::X);
        let z = x.cross(Vec3::Y);
        stand.spot.point += x * right + Vec3::Y * up + z * front;
        stand.turn += turn;
        self.keep_place(effects);
    }
}
