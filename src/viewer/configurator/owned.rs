//! What is owned, and what an upgrade adds to it, dressed to be drawn over the thing itself.

use glam::Mat4;

use super::super::Viewer;
use super::compare::Shown;
use super::costume::Worn;
use super::marks::{added, ghosts};
use crate::frame::Look;

/// How a part is drawn over the thing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Thin, so that the thing is seen through it. Until the renderer has outlines, as grey glass.
    Outline,
    /// Not at all, but what is behind it is hidden. Until the renderer has depth alone, it hides nothing.
    Depth,
    /// As it is.
    Solid,
}

/// Both ways of drawing.
#[derive(Debug)]
pub(super) struct OverOwned {
    /// While it is aligned.
    outline: Vec<Worn>,
    /// And then.
    upgrade: Vec<Worn>,
}

impl OverOwned {
    pub(super) fn new(shown: &Shown, viewer: &Viewer) -> Self {
        let comes = added(&shown.b, &shown.a, viewer);
        let all: Vec<_> = shown.a.worn.iter().map(|worn| (worn.model, worn.pose.visible.clone())).collect();
        let dressed = |role: Role| match role {
            Role::Outline => ghosts(&shown.a, &all, viewer),
            Role::Depth => Vec::new(),
            Role::Solid => {
                let of = |model: usize| comes.iter().find(|(known, _)| *known == model).map(|(_, nodes)| nodes);
                let only = |worn: &Worn| {
                    let nodes = of(worn.model)?;
                    Some(worn.with_only(|node| nodes.get(node).copied().unwrap_or(false)))
                };
                shown.b.worn.iter().filter_map(only).collect()
            }
        };
        let mut upgrade = dressed(Role::Depth);
        upgrade.extend(dressed(Role::Solid));
        Self { outline: dressed(Role::Outline), upgrade }
    }
}

impl Viewer {
    /// Dresses them anew, after [`Viewer::is_on_owned`] has changed.
    pub(in super::super) fn dress_owned(&mut self) {
        let marks = self.compared().map(|now| now.marks);
        let Some(mut comparison) = self.configurator.comparison.take() else { return };
        if let (Some(shown), Some(marks)) = (&mut comparison.shown, marks) {
            shown.mark(marks, self);
        }
        self.configurator.comparison = Some(comparison);
    }

    /// One of the two; none while the comparison is not dressed.
    pub(in super::super) fn owned_look(&self, aligning: bool, turned: Mat4) -> Option<Look<'_>> {
        let over = self.configurator.comparison.as_ref()?.shown.as_ref()?.over_owned.as_ref()?;
        let worn = if aligning { &over.outline } else { &over.upgrade };
        Some(Look { placed: worn.iter().filter_map(|worn| worn.placed(self, turned)).collect() })
    }
}
