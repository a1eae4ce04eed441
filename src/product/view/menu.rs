//! All that can be chosen.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::super::file::{Choice, Group, Kind};
use super::super::{Configuration, Item, ItemId, Session};
use super::{Standing, StateView, Tone};

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupView<'a> {
    /// Its id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// `one`, `many`, `number`, `color`, `picture` or `text`.
    pub kind: &'static str,
    /// What is chosen, as [`crate::product::Catalog::answer_to_json`] writes it.
    pub value: Json,
    /// Of numbers in `unit`, of many a count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Of numbers in `unit`, of many a count, of texts of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Of numbers, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// Of numbers.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'a str,
    /// What a step costs, or having a text or picture; minor units of the shown currency.
    pub price: i64,
    /// Colours: any may be had.
    pub free: bool,
    /// Texts and pictures: where they go, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surface: Option<&'a str>,
    /// What there is to choose from.
    pub choices: Vec<ChoiceView<'a>>,
    /// Of numbers: what the rules do not tell apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<RangeView>,
    /// Of free colours, texts and pictures: what giving one would mean.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub filled: Option<StateView>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceView<'a> {
    /// Its id in its group.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// In the page's language.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    /// What taking, or of many leaving, it would mean.
    #[serde(flatten)]
    pub state: StateView,
    /// Whether it is chosen.
    pub taken: bool,
    /// What it adds to the price; minor units of the shown currency.
    pub price: i64,
    /// The number under which the shop knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<&'a str>,
    /// A colour or an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swatch: Option<&'a str>,
    /// How many there are, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// Days until it can be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_time_days: Option<u32>,
    /// Figures and words by the id of their fact.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub facts: Map<String, Json>,
    /// `value`, `count` and `href`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView<'a>>,
}

/// What others say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RatingView<'a> {
    /// From 0 to 5.
    pub value: f64,
    /// How many said it.
    pub count: u32,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<&'a str>,
}

/// Values of a number that the rules do not tell apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RangeView {
    /// The least, in the group's unit.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// What going there would mean.
    #[serde(flatten)]
    pub state: StateView,
}

impl Session {
    /// All that can be chosen, in the order of the file. What is no longer sold is shown to those who have it.
    pub fn menu(&self, standing: &Standing, tone: &Tone) -> Vec<GroupView<'_>> {
        let groups = self.catalog().product().groups.iter();
        groups.map(|(at, group)| self.group_view(at, group, standing, tone)).collect()
    }

    /// One group of it, by its index.
    pub fn group(&self, at: usize, standing: &Standing, tone: &Tone) -> Option<GroupView<'_>> {
        Some(self.group_view(at, self.catalog().group(at)?, standing, tone))
    }

    fn group_view<'a>(&'a self, at: usize, group: &'a Group, standing: &Standing, tone: &Tone) -> GroupView<'a> {
        let catalog = self.catalog();
        let value = self.configuration().value(at);
        let choice = |id| match catalog.item(id)? {
            Item::Choice { choice, .. } => {
                let entry = group.choices.get(choice)?;
                let is_sold = !entry.retired || has(self.configuration(), catalog.item(id));
                let is_owned = self.owned().is_some_and(|owned| has(owned, catalog.item(id)));
                (is_sold || is_owned).then(|| self.choice_view(id, entry, standing, tone))
            }
            _ => None,
        };
        let range = |id| match catalog.item(id)? {
            Item::Range { first, last, .. } => Some(RangeView {
                min: group.value_of(first),
                max: group.value_of(last),
                state: standing.view(catalog, id, tone),
            }),
            _ => None,
        };
        let is_open = |id: &ItemId| matches!(catalog.item(*id), Some(Item::Free { .. } | Item::Filled { .. }));
        GroupView {
            id: &group.id,
            name: group.name.in_language(&tone.language),
            kind: kind(group.kind),
            value: value.map_or(Json::Null, |value| catalog.answer_to_json(at, value)),
            min: group.min,
            max: group.max,
            step: group.step.or_else(|| (group.kind == Kind::Number).then_some(1.0)),
            unit: &group.unit,
            price: tone.amount(catalog, group.price),
            free: group.free,
            surface: group.surface.as_deref(),
            choices: catalog.items_of(at).filter_map(choice).collect(),
            ranges: catalog.items_of(at).filter_map(range).collect(),
            filled: catalog.items_of(at).find(is_open).map(|id| standing.view(catalog, id, tone)),
        }
    }

    fn choice_view<'a>(&'a self, id: ItemId, choice: &'a Choice, standing: &Standing, tone: &Tone) -> ChoiceView<'a> {
        let catalog = self.catalog();
        let offer = catalog.offers().get(choice.sku.as_deref());
        let rating = choice.rating.as_ref();
        ChoiceView {
            id: &choice.id,
            name: choice.name.in_language(&tone.language),
            description: choice.description.in_language(&tone.language),
            state: standing.view(catalog, id, tone),
            taken: has(self.configuration(), catalog.item(id)),
            price: tone.amount(catalog, catalog.price_of(id)),
            sku: choice.sku.as_deref(),
            swatch: choice.swatch.as_deref(),
            stock: offer.and_then(|offer| offer.stock).or(choice.stock),
            lead_time_days: offer.and_then(|offer| offer.lead_time_days).or(choice.lead_time_days),
            facts: choice.facts.iter().map(|(fact, value)| (fact.clone(), tone.fact(value))).collect(),
            rating: rating.map(|rating| RatingView {
                value: rating.value,
                count: rating.count,
                href: rating.href.as_deref(),
            }),
        }
    }
}

fn has(configuration: &Configuration, item: Option<Item>) -> bool {
    item.is_some_and(|item| configuration.takes(item))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::One => "one",
        Kind::Many => "many",
        Kind::Number => "number",
        Kind::Color => "color",
        Kind::Picture => "picture",
        Kind::Text => "text",
    }
}
