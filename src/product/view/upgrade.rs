//! What owners can make of theirs, and where a guide leads.

use serde::Serialize;
use serde_json::Value as Json;

use super::super::file::{Camera, Method};
use super::super::{Configuration, FactChange, ItemId, Session, Suggestion, Way};
use super::Tone;
use super::quote::PartView;

/// One answer that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView<'a> {
    /// The group's id.
    pub group: &'a str,
    /// The group's name.
    pub name: &'a str,
    /// Before, in words.
    pub from: String,
    /// After, in words.
    pub to: String,
    /// Whether the customer had chosen what was before.
    pub own: bool,
}

/// One way from what is owned to something better. Amounts are minor units of the shown currency.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpgradeView<'a> {
    /// The upgrade's id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// In the page's language.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    /// The code of what it becomes.
    pub code: String,
    /// Whether what is chosen has it.
    pub taken: bool,
    /// Before the credit.
    pub price: i64,
    /// For the old part.
    pub credit: i64,
    /// The number under which the shop knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<&'a str>,
    /// What comes, `"group/choice"` and its name.
    pub added: Vec<NamedView<'a>>,
    /// What goes.
    pub removed: Vec<NamedView<'a>>,
    /// What changes beside the upgrade's own choices.
    pub changes: Vec<ChangeView<'a>>,
    /// What is in the box.
    pub parts: Vec<PartView>,
    /// What differs.
    pub facts: Vec<DifferenceView<'a>>,
    /// How it gets there.
    pub install: InstallView<'a>,
}

/// A choice and its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedView<'a> {
    /// `"group/choice"`.
    pub of: String,
    /// In the page's language.
    pub name: &'a str,
}

/// What is known before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceView<'a> {
    /// The fact's id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// Of figures.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'a str,
    /// Before.
    pub from: Json,
    /// After.
    pub to: Json,
    /// Whether it is better, where the file says what is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub better: Option<bool>,
}

/// How an upgrade is installed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstallView<'a> {
    /// `swap`, `print`, `software` or `service`.
    pub method: &'static str,
    /// How long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// Step by step.
    pub steps: Vec<StepView<'a>>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepView<'a> {
    /// What to do.
    pub text: &'a str,
    /// With what.
    pub tools: Vec<&'a str>,
    /// For how long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// From where to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<CameraView<'a>>,
    /// What shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation: Option<&'a str>,
    /// The nodes that matter.
    pub parts: &'a [String],
}

/// A view, as attributes have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CameraView<'a> {
    /// `camera-orbit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orbit: Option<&'a str>,
    /// `camera-target`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'a str>,
    /// `field-of-view`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_of_view: Option<&'a str>,
}

/// Where the answers to a guide lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuideView<'a> {
    /// What suits, and what does not.
    pub suggestions: Vec<SuggestionView>,
    /// What suits best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<BestView<'a>>,
}

/// A choice that some answer speaks of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuggestionView {
    /// `"group/choice"`.
    pub of: String,
    /// The sum of the weights.
    pub weight: i64,
    /// Some answer avoids it.
    pub avoided: bool,
}

/// What suits best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BestView<'a> {
    /// Its code.
    pub code: String,
    /// What it would change.
    pub changes: Vec<ChangeView<'a>>,
    /// What the price would change by, minor units of the shown currency.
    pub amount: i64,
}

impl Session {
    /// The upgrades that fit what is owned.
    pub fn upgrade_views(&self, tone: &Tone) -> Vec<UpgradeView<'_>> {
        self.upgrades().iter().filter_map(|way| self.upgrade_view(way, tone)).collect()
    }

    fn upgrade_view(&self, way: &Way, tone: &Tone) -> Option<UpgradeView<'_>> {
        let catalog = self.catalog();
        let upgrade = catalog.product().upgrades.get(way.upgrade)?;
        let language = tone.language.as_str();
        let named = |ids: &[ItemId]| {
            let name = |id: &ItemId| {
                let choice = catalog.choice(*id)?;
                Some(NamedView { of: catalog.name_of(*id), name: choice.name.in_language(language) })
            };
            ids.iter().filter_map(name).collect()
        };
        let steps = upgrade.install.steps.entries().map(|step| StepView {
            text: step.text.in_language(language),
            tools: step.tools.iter().map(|tool| tool.in_language(language)).collect(),
            minutes: step.minutes,
            camera: step.camera.as_ref().map(CameraView::new),
            animation: step.animation.as_deref(),
            parts: &step.parts,
        });
        let method = match upgrade.install.method {
            Method::Swap => "swap",
            Method::Print => "print",
            Method::Software => "software",
            Method::Service => "service",
        };
        let parts = way.parts.iter().map(|part| PartView { sku: part.sku.clone(), quantity: part.quantity });
        Some(UpgradeView {
            id: &upgrade.id,
            name: upgrade.name.in_language(language),
            description: upgrade.description.in_language(language),
            code: catalog.code(&way.to),
            taken: self.has_taken(way),
            price: tone.amount(catalog, way.price),
            credit: tone.amount(catalog, way.credit),
            sku: upgrade.sku.as_deref(),
            added: named(&way.added),
            removed: named(&way.removed),
            changes: self.change_views(&way.changes, tone),
            parts: parts.collect(),
            facts: self.difference_views(&way.facts, tone),
            install: InstallView { method, minutes: upgrade.install.minutes, steps: steps.collect() },
        })
    }

    pub(super) fn difference_views(&self, changes: &[FactChange], tone: &Tone) -> Vec<DifferenceView<'_>> {
        let facts = changes.iter().filter_map(|change| {
            let fact = self.catalog().product().facts.get(change.fact)?;
            let [from, to] = [&change.from, &change.to].map(|value| value.as_ref().map(|value| tone.fact(value)));
            let figure = |value: &Option<Json>| value.as_ref().and_then(Json::as_f64).unwrap_or(0.0);
            let more = figure(&to) > figure(&from);
            let is_figure = [&from, &to].into_iter().all(|value| value.as_ref().is_some_and(Json::is_number));
            let better = fact.more_is_better.filter(|_| is_figure).map(|wanted| wanted == more);
            Some(DifferenceView {
                id: &fact.id,
                name: fact.name.in_language(&tone.language),
                unit: &fact.unit,
                from: from.unwrap_or_default(),
                to: to.unwrap_or_default(),
                better,
            })
        });
        facts.collect()
    }

    /// Where answers to the guide, `(question, answer)` by id, lead.
    pub fn guide_view(&self, answers: &[(&str, &str)], tone: &Tone) -> GuideView<'_> {
        let catalog = self.catalog();
        let (suggestions, best) = self.guide(answers);
        let view = |suggestion: Suggestion| SuggestionView {
            of: catalog.name_of(suggestion.item),
            weight: suggestion.weight,
            avoided: suggestion.is_avoided,
        };
        let total = |configuration: &Configuration| catalog.quote(configuration, 0.0).total;
        let best = best.map(|best| BestView {
            code: catalog.code(&best),
            changes: self.change_views(&self.configuration().changes_to(&best, catalog), tone),
            amount: tone.amount(catalog, total(&best) - total(self.configuration())),
        });
        GuideView { suggestions: suggestions.into_iter().map(view).collect(), best }
    }
}

impl<'a> CameraView<'a> {
    pub(super) fn new(camera: &'a Camera) -> Self {
        Self {
            orbit: camera.orbit.as_deref(),
            target: camera.target.as_deref(),
            field_of_view: camera.field_of_view.as_deref(),
        }
    }
}
