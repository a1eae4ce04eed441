//! Hands on a product in a room: one drags or turns it, two turn and scale it.

use std::f32::consts::{PI, TAU};

use glam::{Mat4, Vec2, Vec3};

use super::Aim;

/// A finger that has not moved farther than this over a picture one metre away has tapped; a controller the same.
const TAP: f32 = 0.03;
/// A finger over a picture as wide as it is far away turns the product by so much.
const TURN: f32 = PI;

/// How a hand points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GripKind {
    /// A finger on the screen of a phone.
    Screen,
    /// A controller, or a hand in the air.
    Tracked,
}

/// One hand that holds, from press to release.
#[derive(Clone, Copy, Debug)]
pub struct Grip {
    /// Tells hands apart.
    pub id: u32,
    /// How it points.
    pub kind: GripKind,
    /// Where it points now.
    pub aim: Aim,
    /// It began on the product.
    pub on_product: bool,
    /// Where its ray met a real surface when the device last said so: a finger that is lifted is asked no more.
    pub hit: Option<Mat4>,
    /// The point under it of the plane in which the product stands.
    pub under: Option<Vec3>,
    first: Vec2,
    last: Vec2,
    moved: bool,
}

/// What hands did between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Move {
    /// Counter-clockwise seen from above.
    pub turn: f32,
    /// Apart by this factor; 0 is no pinch.
    pub pinch: f32,
}

impl Grip {
    /// A press.
    pub fn new(id: u32, kind: GripKind, aim: Aim, view_from_world: &Mat4) -> Self {
        let first = aim.on_screen(view_from_world).unwrap_or_default();
        Self { id, kind, aim, on_product: false, hit: None, under: None, first, last: first, moved: false }
    }

    /// Points elsewhere; returns by how much it went over the picture.
    pub fn aim(&mut self, aim: Aim, view_from_world: &Mat4) -> Vec2 {
        self.aim = aim;
        let now = aim.on_screen(view_from_world).unwrap_or(self.last);
        self.moved |= now.distance(self.first) > TAP;
        now - std::mem::replace(&mut self.last, now)
    }

    /// Counts as no tap any more.
    pub fn busy(&mut self) {
        self.moved = true;
    }

    /// Whether a release now is a tap, however long it took: nothing else is done by holding still.
    pub fn is_tap(&self) -> bool {
        !self.moved
    }

    /// One finger beside the product turns it.
    pub fn turn_by(moved: Vec2) -> f32 {
        moved.x * TURN
    }

    /// From this hand to another: two fingers over the picture, two controllers seen from above.
    pub fn span(&self, other: &Self) -> Span {
        let between = match self.kind {
            GripKind::Screen => other.last - self.last,
            GripKind::Tracked => {
                let between = other.aim.origin - self.aim.origin;
                // As far apart as they are, in the direction that is seen from above.
                Vec2::new(between.x, -between.z).normalize_or(Vec2::X) * between.length()
            }
        };
        Span(between)
    }
}

/// What is between two hands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(Vec2);

impl Span {
    /// What happened since an earlier one.
    pub fn since(&self, before: &Self) -> Move {
        let (now, then) = (self.0.length(), before.0.length());
        if now.min(then) < 1e-3 {
            return Move::default();
        }
        let turned = self.0.to_angle() - before.0.to_angle();
        // The short way round.
        let turn = turned - TAU * (turned / TAU).round();
        Move { turn, pinch: now / then }
    }
}
