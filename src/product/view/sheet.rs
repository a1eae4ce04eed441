//! The product's data sheet: what is said of it beside its choices.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::super::file::{ActionKind, Condition, Product};
use super::super::{Count, Session};
use super::Tone;
use super::upgrade::CameraView;

/// The product, in one language. Lists hold what the file's lists of the same names hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetView<'a> {
    /// Names the product for machines.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// In the page's language.
    pub description: &'a str,
    /// How many combinations there are, in decimals; null when they are too intricate to count.
    pub combinations: Option<String>,
    /// Free colours, texts or pictures come on top of them.
    pub open: bool,
    /// The guide's questions: `id`, `question`, `answers` with `id` and `text`.
    pub guide: Vec<Json>,
    /// Where pictures and texts can go, with their sizes on what is chosen.
    pub surfaces: Vec<Json>,
    /// What owners can make of theirs, whether it fits or not: `id` and `name`.
    pub upgrades: Vec<Json>,
    /// How the product reacts or is used.
    pub behaviours: Vec<Json>,
    /// Sizes to be shown of what is chosen.
    pub dimensions: Vec<Json>,
    /// Places of what is chosen with something to say.
    pub hotspots: Vec<Json>,
    /// Points that are found again in a picture of the product: `id` and `name`.
    pub align: Vec<Json>,
    /// What is used up and bought again.
    pub consumables: Vec<Json>,
    /// What the shop offers to do.
    pub actions: Vec<Json>,
    /// Where to read more.
    pub links: Vec<Json>,
}

impl Session {
    /// The data sheet.
    pub fn sheet(&self, tone: &Tone) -> SheetView<'_> {
        let catalog = self.catalog();
        let product = catalog.product();
        let words = |text: &super::super::Text| text.in_language(&tone.language).to_owned();
        let Count { combinations, is_open } =
            catalog.count().unwrap_or(Count { combinations: String::new(), is_open: false });
        let guide = product.guide.entries().map(|question| {
            let answers = question.answers.entries();
            let answers: Vec<_> =
                answers.map(|answer| json!({ "id": answer.id, "text": words(&answer.text) })).collect();
            json!({ "id": question.id, "question": words(&question.question), "answers": answers })
        });
        let now = self.configuration();
        let body = catalog.look(now, &[]).first().and_then(|look| product.models.get(look.model)).map(|body| &body.id);
        let holds = |when: &Option<Condition>| when.as_ref().is_none_or(|when| catalog.holds(when, now));
        let surfaces = product.surfaces.entries().map(|surface| {
            let size_mm = body.and_then(|body| surface.size_mm_by_body.get(body)).unwrap_or(&surface.size_mm);
            json!({
                "id": surface.id, "name": words(&surface.name), "sizeMm": size_mm,
                "safeZoneMm": surface.safe_zone_mm, "minDpi": surface.min_dpi, "process": surface.process,
                "fonts": surface.fonts.entries().collect::<Vec<_>>(),
            })
        });
        let upgrades = product.upgrades.entries();
        let upgrades = upgrades.map(|upgrade| json!({ "id": upgrade.id, "name": words(&upgrade.name) }));
        let behaviours = product.behaviours.entries().map(|behaviour| {
            json!({
                "id": behaviour.id, "name": words(&behaviour.name), "unit": behaviour.unit,
                "min": behaviour.min, "max": behaviour.max.unwrap_or(1.0), "button": behaviour.max.is_none(),
                "rest": behaviour.rest.unwrap_or(behaviour.min),
            })
        });
        let dimensions = product.dimensions.entries().filter(|size| holds(&size.when)).map(
            |size| json!({ "name": words(&size.name), "from": size.from, "to": size.to, "measured": size.measured }),
        );
        let hotspots = product.hotspots.entries().filter(|spot| holds(&spot.when)).map(|spot| {
            let camera = spot.camera.as_ref().map(CameraView::new);
            json!({
                "text": words(&spot.text), "position": spot.position, "normal": spot.normal, "group": spot.group,
                "camera": serde_json::to_value(camera).unwrap_or_default(),
            })
        });
        let align = product.align.entries().map(|point| json!({ "id": point.id, "name": words(&point.name) }));
        let consumables = product.consumables.entries().map(|refill| {
            let price = tone.amount(catalog, catalog.offers().price(Some(&refill.sku), refill.price));
            json!({
                "id": refill.id, "name": words(&refill.name), "sku": refill.sku, "price": price,
                "intervalDays": refill.interval_days,
            })
        });
        let actions = product.actions.entries().map(|action| {
            let price = action.price.map(|price| tone.amount(catalog, price));
            json!({ "kind": action_name(action.kind), "name": words(&action.name), "price": price })
        });
        SheetView {
            id: &product.id,
            name: product.name.in_language(&tone.language),
            description: product.description.in_language(&tone.language),
            combinations: Some(combinations).filter(|count| !count.is_empty()),
            open: is_open,
            guide: guide.collect(),
            surfaces: surfaces.collect(),
            upgrades: upgrades.collect(),
            behaviours: behaviours.collect(),
            dimensions: dimensions.collect(),
            hotspots: hotspots.collect(),
            align: align.collect(),
            consumables: consumables.collect(),
            actions: actions.collect(),
            links: links(product, tone),
        }
    }
}

fn links(product: &Product, tone: &Tone) -> Vec<Json> {
    let links = product.links.entries();
    links.map(|link| json!({ "name": link.name.in_language(&tone.language), "href": link.href })).collect()
}

pub(super) fn action_name(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Buy => "buy",
        ActionKind::Quote => "quote",
        ActionKind::Borrow => "borrow",
        ActionKind::Print => "print",
        ActionKind::Reorder => "reorder",
    }
}
