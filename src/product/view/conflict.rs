//! Why something cannot be had, and what would have to change for it.

use serde::Serialize;

use super::super::{Change, Item, ItemId, Reason, Session, State, Value};
use super::{ChangeView, Standing, Tone};

/// Why an answer cannot simply be given.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView<'a> {
    /// The group's id.
    pub group: &'a str,
    /// The answer's name: the choice's, or the group's.
    pub name: &'a str,
    /// `possible`, `repairable`, `dead`, `unknown` or `taken`.
    pub state: &'static str,
    /// None of them can be left out, unless `minimal` is false.
    pub reasons: Vec<ReasonView<'a>>,
    /// Whether that was made sure.
    pub minimal: bool,
    /// What would have to change, where that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairView<'a>>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReasonView<'a> {
    /// `rule`, `bounds`, `taken`, `left` or `gone`.
    pub kind: &'static str,
    /// The rule's id, `"group/choice"`, or the group's id.
    pub of: String,
    /// The rule's reason, or the name of what is meant.
    pub name: &'a str,
    /// The group's name, where a choice of it is meant.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub group: &'a str,
    /// Of `min` and `max` of a number.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'a str,
    /// Of `bounds`: at least so many; of numbers, from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Of `bounds`: at most so many; of numbers, to here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

/// What would have to change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RepairView<'a> {
    /// Beside what was asked for.
    pub changes: Vec<ChangeView<'a>>,
    /// What the price changes by, minor units of the shown currency.
    pub amount: i64,
    /// The code of where it leads.
    pub code: String,
}

impl Session {
    /// Why a group cannot have this answer as things are.
    pub fn conflict(&self, group: usize, value: &Value, standing: &Standing, tone: &Tone) -> Option<ConflictView<'_>> {
        let catalog = self.catalog();
        let found = catalog.group(group)?;
        // What the answer takes that is not taken, or leaves that is.
        let with = catalog.with(self.configuration(), group, value.clone());
        let moves = |id: &ItemId| {
            let item = catalog.item(*id);
            item.is_some_and(|item| with.takes(item) != self.configuration().takes(item))
        };
        let takes = |id: &ItemId| catalog.item(*id).is_some_and(|item| with.takes(item));
        let moved: Vec<_> = catalog.items_of(group).filter(moves).collect();
        let item = moved.iter().copied().find(takes).or(moved.first().copied());
        let state = match item {
            Some(item) if moved.len() == 1 || !catalog.is_many(group) => standing.state(item),
            _ => catalog.state_of(self.configuration(), group, value),
        };
        let explanation = item.map(|item| self.explain(item)).unwrap_or_default();
        let repair =
            matches!(state, State::Repairable { .. } | State::Unknown).then(|| self.repair(group, value)).flatten();
        let name = item.and_then(|item| catalog.choice(item)).map_or(&found.name, |choice| &choice.name);
        Some(ConflictView {
            group: &found.id,
            name: name.in_language(&tone.language),
            state: match state {
                State::Taken => "taken",
                State::Possible { .. } => "possible",
                State::Repairable { .. } => "repairable",
                State::Dead => "dead",
                State::Unknown => "unknown",
            },
            reasons: explanation.reasons.iter().map(|reason| self.reason_view(reason, tone)).collect(),
            minimal: explanation.is_minimal,
            repair: repair.map(|repair| RepairView {
                changes: self.change_views(&repair.changes, tone),
                amount: tone.amount(catalog, repair.amount),
                code: catalog.code(&repair.to),
            }),
        })
    }

    fn reason_view(&self, reason: &Reason, tone: &Tone) -> ReasonView<'_> {
        let catalog = self.catalog();
        let language = tone.language.as_str();
        let plain = ReasonView { kind: "rule", of: String::new(), name: "", group: "", unit: "", min: None, max: None };
        let item = |kind, id: ItemId| {
            let group = catalog.item(id).and_then(|item| catalog.group(item.group()));
            let group_name = group.map_or("", |group| group.name.in_language(language));
            let name = match (catalog.choice(id), catalog.item(id), group) {
                (Some(choice), ..) => choice.name.in_language(language),
                _ => group_name,
            };
            let mut view = ReasonView { kind, of: catalog.name_of(id), name, group: group_name, ..plain.clone() };
            if let (Some(Item::Range { first, last, .. }), Some(group)) = (catalog.item(id), group) {
                (view.min, view.max) = (Some(group.value_of(first)), Some(group.value_of(last)));
                view.unit = &group.unit;
            }
            view
        };
        match reason {
            Reason::Rule(at) => {
                let rule = catalog.product().rules.get(*at);
                let id = rule.and_then(|rule| rule.id.clone()).unwrap_or_else(|| at.to_string());
                let name = rule.map_or("", |rule| rule.reason.in_language(language));
                ReasonView { of: id, name, ..plain }
            }
            Reason::Bounds(at) => {
                let Some(group) = catalog.group(*at) else { return plain };
                let name = group.name.in_language(language);
                ReasonView { kind: "bounds", of: group.id.clone(), name, min: group.min, max: group.max, ..plain }
            }
            Reason::Taken(id) => item("taken", *id),
            Reason::Left(id) => item("left", *id),
            Reason::Gone(id) => item("gone", *id),
        }
    }

    pub(super) fn change_views(&self, changes: &[Change], tone: &Tone) -> Vec<ChangeView<'_>> {
        let catalog = self.catalog();
        let views = changes.iter().filter_map(|change| {
            let group = catalog.group(change.group)?;
            Some(ChangeView {
                group: &group.id,
                name: group.name.in_language(&tone.language),
                from: self.answer_name(change.group, &change.from, tone),
                to: self.answer_name(change.group, &change.to, tone),
                own: change.own,
            })
        });
        views.collect()
    }

    /// An answer as a customer reads it; empty for none.
    pub fn answer_name(&self, group: usize, value: &Value, tone: &Tone) -> String {
        let Some(found) = self.catalog().group(group) else { return String::new() };
        match value {
            Value::Choices(choices) => {
                let names = choices.iter().filter_map(|choice| found.choices.get(*choice));
                names.map(|choice| choice.name.in_language(&tone.language)).collect::<Vec<_>>().join(", ")
            }
            Value::Step(step) => format!("{} {}", found.value_of(*step), found.unit).trim_end().to_owned(),
            Value::Text(words) => words.text.clone(),
            // Nobody reads the name that a picture has.
            Value::Picture(artwork) if artwork.is_empty() => String::new(),
            Value::Picture(_) => found.name.in_language(&tone.language).to_owned(),
            other => match self.catalog().answer_to_json(group, other) {
                serde_json::Value::String(text) => text,
                _ => String::new(),
            },
        }
    }
}
