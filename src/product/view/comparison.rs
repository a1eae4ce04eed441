//! Two configurations side by side, in a page's terms.

use serde::Serialize;

use super::super::{Configuration, Item, ItemId, Session};
use super::Tone;
use super::upgrade::{ChangeView, DifferenceView, NamedView};

/// What differs between two configurations. Amounts are minor units of the shown currency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparisonView<'a> {
    /// The code of the one on the left.
    pub a: String,
    /// The code of the one on the right.
    pub b: String,
    /// The share of the picture's width, from the left, that shows `a`, `[0, 1]`.
    pub wipe: f32,
    /// Whether what differs is marked on `b`.
    pub marks: bool,
    /// Whether both are seen as they are to be.
    pub ready: bool,
    /// What `b` costs more than `a`.
    pub amount: i64,
    /// From `a` to `b`.
    pub changes: Vec<ChangeView<'a>>,
    /// What is known of both and differs.
    pub facts: Vec<DifferenceView<'a>>,
    /// What `b` has and `a` has not.
    pub added: Vec<NamedView<'a>>,
    /// What `a` has and `b` has not.
    pub removed: Vec<NamedView<'a>>,
}

impl Session {
    /// What differs from `a` to `b`.
    pub fn comparison_view(&self, a: &Configuration, b: &Configuration, tone: &Tone) -> ComparisonView<'_> {
        let catalog = self.catalog();
        let total = |configuration: &Configuration| catalog.quote(configuration, 0.0).total;
        let moved = |from: &Configuration, to: &Configuration| {
            let named = |id: ItemId| {
                let item = catalog.item(id).filter(|item| matches!(item, Item::Choice { .. }))?;
                let name = catalog.choice(id)?.name.in_language(&tone.language);
                (to.takes(item) && !from.takes(item)).then(|| NamedView { of: catalog.name_of(id), name })
            };
            catalog.all_items().filter_map(named).collect()
        };
        ComparisonView {
            a: catalog.code(a),
            b: catalog.code(b),
            wipe: 0.5,
            marks: false,
            ready: true,
            amount: tone.amount(catalog, total(b) - total(a)),
            changes: self.change_views(&a.changes_to(b, catalog), tone),
            facts: self.difference_views(&catalog.fact_changes(a, b), tone),
            added: moved(a, b),
            removed: moved(b, a),
        }
    }
}
