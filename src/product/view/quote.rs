//! What is chosen costs, and what is known of it.

use serde::Serialize;
use serde_json::Value as Json;

use super::super::quote::LineKind;
use super::super::{Configuration, Quote, Session};
use super::Tone;

/// A quote. Amounts are minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuoteView<'a> {
    /// Such as `EUR`.
    pub currency: String,
    /// Digits behind the point.
    pub digits: u32,
    /// The file's currency was asked for in another one: the amounts are converted, and what is paid is the file's.
    pub converted: bool,
    /// What it costs.
    pub total: i64,
    /// What is to be paid beyond what is owned: upgrades with their credits, where what is chosen is made of such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_than_owned: Option<i64>,
    /// The upgrades that alone lead from what is owned to what is chosen: they can be bought instead of all of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub upgrades: Vec<TakenView<'a>>,
    /// The tax in it or on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<i64>,
    /// Whether `total` includes it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_included: Option<bool>,
    /// The shop's words on tax.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub tax_note: &'a str,
    /// What it is made of.
    pub lines: Vec<LineView<'a>>,
    /// The bill of materials: `sku` and `quantity`.
    pub parts: Vec<PartView>,
    /// Seconds since 1970, where a price comes from an offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers_time: Option<f64>,
    /// The shop no longer stands to some price.
    pub stale: bool,
    /// The fewest of anything in it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// The longest wait, days.
    pub lead_time_days: u32,
    /// What is known of it.
    pub facts: Vec<FactView<'a>>,
}

/// A line of a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineView<'a> {
    /// `base`, `choice`, `steps`, `filled` or `conditional`.
    pub kind: &'static str,
    /// `"group/choice"`, or a group's id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// In the page's language.
    pub name: &'a str,
    /// How many.
    pub quantity: u32,
    /// In all.
    pub amount: i64,
    /// The number under which the shop knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The shop no longer stands to it.
    pub stale: bool,
}

/// An upgrade that is chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TakenView<'a> {
    /// The upgrade's id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// Before the credit.
    pub price: i64,
    /// For the old part.
    pub credit: i64,
}

/// A thing to be packed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartView {
    /// The number under which the shop knows it.
    pub sku: String,
    /// How many.
    pub quantity: u32,
}

/// A figure or words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactView<'a> {
    /// The fact's id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// A number in `unit`, or words.
    pub value: Json,
    /// Of figures.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'a str,
    /// How a difference is coloured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_is_better: Option<bool>,
}

impl Session {
    /// What is chosen costs; `now_secs` since 1970.
    pub fn quote_view(&self, tone: &Tone, now_secs: f64) -> QuoteView<'_> {
        let catalog = self.catalog();
        let Quote { lines, total, tax, parts, offers_secs, is_stale } = catalog.quote(self.configuration(), now_secs);
        let price = catalog.product().price.as_ref();
        let terms = price.and_then(|price| price.tax.as_ref());
        let (currency, digits) = self.currency(tone);
        let (stock, lead_time_days) = catalog.availability(self.configuration());
        let line = |line: super::super::Line| {
            let (kind, of, name) = self.line_name(line.kind, tone);
            let amount = tone.amount(catalog, line.amount);
            LineView { kind, of, name, quantity: line.quantity, amount, sku: line.sku, stale: line.is_stale }
        };
        QuoteView {
            currency,
            digits,
            converted: tone.currency.is_some(),
            total: tone.amount(catalog, total),
            upgrades: self.taken_views(tone),
            more_than_owned: self.more_than_owned().map(|amount| tone.amount(catalog, amount)),
            tax: tax.map(|tax| tone.amount(catalog, tax)),
            tax_included: terms.map(|terms| terms.included),
            tax_note: terms.map_or("", |terms| terms.note.in_language(&tone.language)),
            lines: lines.into_iter().map(line).collect(),
            parts: parts.into_iter().map(|part| PartView { sku: part.sku, quantity: part.quantity }).collect(),
            offers_time: offers_secs,
            stale: is_stale,
            stock,
            lead_time_days,
            facts: self.fact_views(self.configuration(), tone),
        }
    }

    fn taken_views(&self, tone: &Tone) -> Vec<TakenView<'_>> {
        let ways = self.taken_upgrades(None).map_or_else(Vec::new, |(ways, _)| ways);
        let taken = ways.iter().filter_map(|way| {
            let upgrade = self.catalog().product().upgrades.get(way.upgrade)?;
            Some(TakenView {
                id: &upgrade.id,
                name: upgrade.name.in_language(&tone.language),
                price: tone.amount(self.catalog(), way.price),
                credit: tone.amount(self.catalog(), way.credit),
            })
        });
        taken.collect()
    }

    /// The shown currency, and its digits behind the point.
    pub fn currency(&self, tone: &Tone) -> (String, u32) {
        let own = self.catalog().product().price.as_ref();
        match (&tone.currency, own) {
            (Some(currency), _) => (currency.code.clone(), currency.digits),
            (None, Some(price)) => (price.currency.clone(), price.digits.unwrap_or(2)),
            (None, None) => (String::new(), 2),
        }
    }

    /// What is known of a configuration.
    pub fn fact_views(&self, configuration: &Configuration, tone: &Tone) -> Vec<FactView<'_>> {
        let facts = self.catalog().facts(configuration).into_iter().filter_map(|(at, value)| {
            let fact = self.catalog().product().facts.get(at)?;
            Some(FactView {
                id: &fact.id,
                name: fact.name.in_language(&tone.language),
                value: tone.fact(&value),
                unit: &fact.unit,
                more_is_better: fact.more_is_better,
            })
        });
        facts.collect()
    }

    pub(super) fn line_name(&self, kind: LineKind, tone: &Tone) -> (&'static str, String, &str) {
        let catalog = self.catalog();
        let group = |at| catalog.group(at).map(|group| (group.id.clone(), group.name.in_language(&tone.language)));
        let (kind, (of, name)) = match kind {
            LineKind::Base => ("base", (String::new(), catalog.product().name.in_language(&tone.language))),
            LineKind::Choice(id) => {
                let name = catalog.choice(id).map_or("", |choice| choice.name.in_language(&tone.language));
                ("choice", (catalog.name_of(id), name))
            }
            LineKind::Steps(at) => ("steps", group(at).unwrap_or_default()),
            LineKind::Filled(at) => ("filled", group(at).unwrap_or_default()),
            LineKind::Conditional(at) => {
                let entry = catalog.product().price.as_ref().and_then(|price| price.conditional.get(at));
                ("conditional", (String::new(), entry.map_or("", |entry| entry.name.in_language(&tone.language))))
            }
        };
        (kind, of, name)
    }
}
