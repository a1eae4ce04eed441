//! Before and after: two configurations with one camera, split by an upright line.

use glam::Mat4;

use super::super::picture::part_of;
use super::super::stage::Stage;
use super::super::{Announcement, Effect, Viewer};
use super::costume::{Costume, Worn};
use super::marks::{added, ghosts, tinted};
use crate::frame::{Frame, Look};
use crate::geom::Aabb;
use crate::product::{Configuration, Outcome, PartLook, Session};

/// What one side shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Side {
    /// What the customer has.
    Owned,
    /// What is chosen, also when that changes.
    Chosen,
    /// A configuration of its own.
    Kept(Box<Configuration>),
}

/// Two configurations side by side.
#[derive(Debug)]
pub(super) struct Comparison {
    a: Side,
    b: Side,
    /// The share of the picture's width, from the left, that shows `a`.
    wipe: f32,
    /// Ghosts and tints on `b`.
    marks: bool,
    /// Something of it is not dressed yet.
    waits: bool,
    /// What is seen; none until it is dressed for the first time.
    pub(super) shown: Option<Shown>,
}

#[derive(Debug)]
pub(super) struct Shown {
    pub(super) a: Costume,
    pub(super) b: Costume,
    /// `b` with its marks, where they are wanted.
    marked: Option<Vec<Worn>>,
}

/// What a page is told of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What the left side shows.
    pub a: &'a Configuration,
    /// What the right side shows.
    pub b: &'a Configuration,
    /// The share of the picture's width, from the left, that shows `a`, `[0, 1]`.
    pub wipe: f32,
    /// Whether what differs is marked on `b`.
    pub marks: bool,
    /// Whether both sides are seen as they are to be.
    pub is_ready: bool,
}

impl Side {
    fn of<'a>(&'a self, session: &'a Session) -> Option<&'a Configuration> {
        match self {
            Self::Owned => session.owned(),
            Self::Chosen => Some(session.configuration()),
            Self::Kept(configuration) => Some(configuration),
        }
    }
}

impl Viewer {
    /// Two sides by their codes; empty ones are what is owned, and what is chosen.
    pub(in super::super) fn compare(&mut self, a: &str, b: &str, effects: &mut Vec<Effect>) -> Outcome {
        let Some(session) = &self.configurator.session else { return Outcome::Unknown };
        let side = |code: &str, otherwise: Side| match code {
            "" => Some(otherwise),
            code => {
                let decoded = session.catalog().decoded(code).ok()?;
                Some(Side::Kept(Box::new(decoded.configuration)))
            }
        };
        let (Some(a), Some(b)) = (side(a, Side::Owned), side(b, Side::Chosen)) else { return Outcome::Unknown };
        if a.of(session).is_none() {
            return Outcome::Unknown;
        }
        let before = self.configurator.comparison.take();
        if before.as_ref().is_some_and(|known| known.a == a && known.b == b) {
            self.configurator.comparison = before;
            return Outcome::Same;
        }
        let (wipe, marks) = before.as_ref().map_or((0.5, false), |known| (known.wipe, known.marks));
        let shown = before.and_then(|known| known.shown);
        self.configurator.comparison = Some(Comparison { a, b, wipe, marks, waits: true, shown });
        self.dress_comparison(effects);
        effects.push(Effect::Announce(Announcement::ComparisonChange));
        Outcome::Changed(Vec::new())
    }

    /// Back to what is chosen.
    pub(in super::super) fn end_comparison(&mut self, effects: &mut Vec<Effect>) -> Outcome {
        if self.configurator.comparison.take().is_none() {
            return Outcome::Same;
        }
        self.drop_twins(effects);
        // What is chosen may have other prints than what was compared.
        self.configurator.waits = true;
        self.changed = true;
        effects.push(Effect::Announce(Announcement::ComparisonChange));
        Outcome::Changed(Vec::new())
    }

    /// Moves the line: 1 shows `a` alone, 0 `b`.
    pub(in super::super) fn wipe(&mut self, share: f32, effects: &mut Vec<Effect>) -> Outcome {
        let Some(comparison) = self.configurator.comparison.as_mut().filter(|_| share.is_finite()) else {
            return Outcome::Unknown;
        };
        let share = share.clamp(0.0, 1.0);
        if comparison.wipe == share {
            return Outcome::Same;
        }
        comparison.wipe = share;
        self.changed = true;
        effects.push(Effect::Announce(Announcement::ComparisonChange));
        Outcome::Changed(Vec::new())
    }

    /// Marks what differs, or no longer.
    pub(super) fn mark(&mut self, marks: bool, effects: &mut Vec<Effect>) -> Outcome {
        let Some(mut comparison) = self.configurator.comparison.take() else { return Outcome::Unknown };
        let same = comparison.marks == marks;
        comparison.marks = marks;
        if let Some(shown) = &mut comparison.shown {
            shown.mark(marks, self);
        }
        self.configurator.comparison = Some(comparison);
        if same {
            return Outcome::Same;
        }
        self.changed = true;
        effects.push(Effect::Prepare);
        effects.push(Effect::Announce(Announcement::ComparisonChange));
        Outcome::Changed(Vec::new())
    }

    /// What is seen on the models while two sides are compared, the right one's first.
    pub(super) fn compared_looks(&self) -> Vec<PartLook> {
        let (Some(comparison), Some(session)) = (&self.configurator.comparison, self.session()) else {
            return Vec::new();
        };
        let sides = [&comparison.b, &comparison.a].into_iter().filter_map(|side| side.of(session));
        sides.flat_map(|side| session.catalog().look(side, &session.played())).collect()
    }

    /// What is compared.
    pub fn compared(&self) -> Option<Compared<'_>> {
        let (comparison, session) = (self.configurator.comparison.as_ref()?, self.session()?);
        Some(Compared {
            a: comparison.a.of(session)?,
            b: comparison.b.of(session)?,
            wipe: comparison.wipe,
            marks: comparison.marks,
            is_ready: comparison.shown.is_some() && !comparison.waits,
        })
    }

    /// Something was chosen, owned or loaded: what follows it is dressed anew.
    pub(super) fn comparison_differs(&mut self, effects: &mut Vec<Effect>) {
        let Some(comparison) = &mut self.configurator.comparison else { return };
        comparison.waits = true;
        let is_there = self.configurator.session.as_ref().is_some_and(|session| comparison.a.of(session).is_some());
        if is_there {
            effects.push(Effect::Announce(Announcement::ComparisonChange));
        } else {
            self.end_comparison(effects);
        }
    }

    /// Dresses both sides, as soon as all that they need is there.
    pub(in super::super) fn dress_comparison(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut comparison) = self.configurator.comparison.take_if(|known| known.waits) else { return };
        let looks = self.configurator.session.as_ref().and_then(|session| {
            let look = |side: &Side| Some(session.catalog().look(side.of(session)?, &session.played()));
            Some((look(&comparison.a)?, look(&comparison.b)?))
        });
        if let Some((before, after)) = looks {
            // All is asked for at once.
            let twins = self.print_sides(&before, &after, effects);
            let before = self.costume(before, true, effects);
            let after = self.costume(after, true, effects);
            if let (Some(mut a), Some(b), Some(twins)) = (before, after, twins) {
                for worn in &mut a.worn {
                    worn.is_twin = twins.contains(&worn.model);
                }
                let mut shown = Shown { a: self.measured(a), b: self.measured(b), marked: None };
                shown.mark(comparison.marks, self);
                comparison.shown = Some(shown);
                comparison.waits = false;
                self.changed = true;
                effects.push(Effect::Prepare);
                effects.push(Effect::Announce(Announcement::ComparisonChange));
            }
        }
        self.configurator.comparison = Some(comparison);
    }

    /// The pose of this moment, on both sides.
    pub(super) fn strike_comparison(&mut self) {
        let Some(mut comparison) = self.configurator.comparison.take() else { return };
        if let Some(shown) = &mut comparison.shown {
            let moments = self.moments();
            shown.a.strike(self, &moments);
            shown.b.strike(self, &moments);
            shown.mark(comparison.marks, self);
        }
        self.configurator.comparison = Some(comparison);
    }

    /// Puts both sides into a frame that shows one configuration so far.
    pub(super) fn show_comparison<'a>(&'a self, frame: &mut Frame<'a>, stage: &Stage, turned: Mat4) {
        let Some(comparison) = &self.configurator.comparison else { return };
        let (Some(shown), Some(view)) = (&comparison.shown, frame.views.first()) else { return };
        let [_, _, width_px, height_px] = view.viewport_px;
        let line_px = ((comparison.wipe * width_px as f32).round() as u32).min(width_px);
        let a = || Look { placed: shown.a.placed(self, turned).collect() };
        let b = || match &shown.marked {
            Some(marked) => Look { placed: marked.iter().filter_map(|worn| worn.placed(self, turned)).collect() },
            None => Look { placed: shown.b.placed(self, turned).collect() },
        };
        let mut bounds = Aabb::EMPTY;
        let (looks, views) = if line_px == width_px {
            bounds.union(&shown.a.bounds);
            (vec![a()], vec![self.view_of(stage, width_px, height_px, &bounds)])
        } else if line_px == 0 {
            bounds.union(&shown.b.bounds);
            (vec![b()], vec![self.view_of(stage, width_px, height_px, &bounds)])
        } else {
            bounds.union(&shown.a.bounds);
            bounds.union(&shown.b.bounds);
            let whole = self.view_of(stage, width_px, height_px, &bounds);
            let left = part_of(&whole, [0, 0, line_px, height_px]);
            let mut right = part_of(&whole, [line_px, 0, width_px - line_px, height_px]);
            right.look = 1;
            (vec![a(), b()], vec![left, right])
        };
        (frame.looks, frame.views) = (looks, views);
        self.shadow_around(frame, &bounds);
    }
}

impl Shown {
    pub(super) fn mark(&mut self, marks: bool, viewer: &Viewer) {
        self.marked = marks.then(|| {
            let (comes, goes) = (added(&self.b, &self.a, viewer), added(&self.a, &self.b, viewer));
            let mut worn = tinted(&self.b, &comes, viewer);
            worn.extend(ghosts(&self.a, &goes, viewer));
            worn
        });
    }
}
