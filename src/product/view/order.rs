//! What goes into a shop's cart when a customer takes one of its offers: lines with a SKU, a price and properties.

use serde::Serialize;
use serde_json::Map;
use serde_json::Value as Json;

use super::super::file::{Action, ActionKind};
use super::super::{BadCode, Configuration, ItemId, Session, Value};
use super::quote::PartView;
use super::sheet::action_name;
use super::{ChangeView, QuoteView, Tone};

/// The property of a line that says what was configured; carts do not show names that begin so.
const CODE: &str = "_anprobe_code";
/// The property of an upgrade's line that says what it is an upgrade of.
const OWNED: &str = "_anprobe_owned";

/// What a customer asks the shop for. Amounts are minor units of the file's currency, which is what is paid in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderView<'a> {
    /// `buy`, `quote`, `borrow`, `print` or `reorder`.
    pub action: &'static str,
    /// In the page's language; empty for the usual word.
    pub name: &'a str,
    /// The product's id.
    pub product: &'a str,
    /// What is asked for; empty for a refill.
    pub code: String,
    /// What the customer has, where upgrades of it are asked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owned: String,
    /// The file's.
    pub currency: &'a str,
    /// Digits behind the point.
    pub digits: u32,
    /// What goes into the cart. The first is the product itself, but where upgrades are asked for: then each is a line.
    pub lines: Vec<OrderLineView<'a>>,
    /// The bill of materials.
    pub parts: Vec<PartView>,
}

/// A line of a cart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineView<'a> {
    /// The number under which the shop knows it; the product's id where the file gives it none.
    pub sku: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// How many.
    pub quantity: u32,
    /// What each costs. The product itself carries all that has no number of its own, and what is saved.
    pub unit_price: i64,
    /// For the line in the cart; names that begin with `_` are not for customers.
    pub properties: Map<String, Json>,
}

/// A code, priced by whoever sells.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PricedView<'a> {
    /// Whether what follows is what the code says: everything in it is still sold and goes together.
    pub exact: bool,
    /// Groups and choices that are not there any more, by their numbers; 0 for a whole group.
    pub gone: Vec<(u32, u32)>,
    /// What differs from the code, because of the rules of today.
    pub changes: Vec<ChangeView<'a>>,
    /// What it costs.
    pub quote: QuoteView<'a>,
    /// What goes into the cart.
    pub order: OrderView<'a>,
}

impl Session {
    /// What an action of the file, by its place, asks for; none where there is no such action.
    pub fn order(&self, action: usize, tone: &Tone, now_secs: f64) -> Option<OrderView<'_>> {
        let action = self.catalog().product().actions.entries().nth(action)?;
        let again = action.kind == ActionKind::Reorder;
        let configuration = self.owned().filter(|_| again).unwrap_or_else(|| self.configuration());
        let mut order = self.order_of(configuration, tone, now_secs);
        order.action = action_name(action.kind);
        order.name = action.name.in_language(&tone.language);
        if let Some(price) = action.price {
            self.price_apart(&mut order, action, price);
        }
        Some(order)
    }

    /// What an action of the file, by its place, asks for where upgrades alone lead from what is owned to what is chosen: these,
    /// each for its price less what is given for the old part. None where something else differs, too, and for actions that
    /// do not sell the product.
    pub fn upgrade_order(&self, action: usize, tone: &Tone) -> Option<OrderView<'_>> {
        let action = self.catalog().product().actions.entries().nth(action)?;
        let sells = matches!(action.kind, ActionKind::Buy | ActionKind::Quote) && action.price.is_none();
        let order = self.upgrades_only(tone).filter(|_| sells)?;
        Some(OrderView { action: action_name(action.kind), name: action.name.in_language(&tone.language), ..order })
    }

    fn upgrades_only(&self, tone: &Tone) -> Option<OrderView<'_>> {
        let catalog = self.catalog();
        let (ways, _) = self.taken_upgrades(None).filter(|(ways, _)| !ways.is_empty())?;
        let (code, owned) = (self.code(), catalog.code(self.owned()?));
        let (own_sku, _) = self.product_line(tone);
        let mut parts: Vec<PartView> = Vec::new();
        let mut lines = Vec::new();
        for way in &ways {
            let upgrade = catalog.product().upgrades.get(way.upgrade)?;
            let mut properties = Map::from_iter([
                (CODE.to_owned(), Json::from(code.as_str())),
                (OWNED.to_owned(), Json::from(owned.as_str())),
                ("_anprobe_upgrade".to_owned(), Json::from(upgrade.id.as_str())),
            ]);
            if way.credit > 0 {
                properties.insert("_anprobe_credit".to_owned(), Json::from(way.credit.to_string()));
            }
            lines.push(OrderLineView {
                sku: upgrade.sku.as_deref().unwrap_or(own_sku),
                name: upgrade.name.in_language(&tone.language),
                quantity: 1,
                unit_price: way.net(),
                properties,
            });
            for part in &way.parts {
                match parts.iter_mut().find(|known| known.sku == part.sku) {
                    Some(known) => known.quantity += part.quantity,
                    None => parts.push(PartView { sku: part.sku.clone(), quantity: part.quantity }),
                }
            }
        }
        Some(OrderView { code, owned, lines, parts, ..self.nothing_yet() })
    }

    /// One more of something that is used up, by its id.
    pub fn refill(&self, id: &str, tone: &Tone) -> Option<OrderView<'_>> {
        let catalog = self.catalog();
        let refill = catalog.product().consumables.entries().find(|refill| refill.id == id)?;
        let name = refill.name.in_language(&tone.language);
        let line = OrderLineView {
            sku: &refill.sku,
            name,
            quantity: 1,
            unit_price: catalog.offers().price(Some(&refill.sku), refill.price),
            properties: Map::new(),
        };
        let parts = vec![PartView { sku: refill.sku.clone(), quantity: 1 }];
        Some(OrderView { action: "reorder", name, lines: vec![line], parts, ..self.nothing_yet() })
    }

    /// A code as the shop's server prices it: goes there. With something that is owned, what is ordered are the upgrades of
    /// it, where these alone lead there.
    ///
    /// # Errors
    /// [`BadCode`]; nothing changes then.
    pub fn priced(&mut self, code: &str, tone: &Tone, now_secs: f64) -> Result<PricedView<'_>, BadCode> {
        let decoded = self.open(code)?;
        let catalog = self.catalog();
        let is_gone = |id: &ItemId| {
            let taken = catalog.item(*id).is_some_and(|item| self.configuration().takes(item));
            taken && catalog.choice(*id).is_some_and(|choice| choice.retired)
        };
        let is_sold = !catalog.all_items().any(|id| is_gone(&id));
        Ok(PricedView {
            exact: is_sold && decoded.gone.is_empty() && decoded.changes.is_empty(),
            gone: decoded.gone,
            changes: self.change_views(&decoded.changes, tone),
            quote: self.quote_view(tone, now_secs),
            order: self.upgrades_only(tone).unwrap_or_else(|| self.order_of(self.configuration(), tone, now_secs)),
        })
    }

    fn order_of(&self, configuration: &Configuration, tone: &Tone, now_secs: f64) -> OrderView<'_> {
        let catalog = self.catalog();
        let quote = catalog.quote(configuration, now_secs);
        let code = catalog.code(configuration);
        let (sku, name) = self.product_line(tone);
        let properties = self.properties(configuration, &code, tone);
        let mut lines = vec![OrderLineView { sku, name, quantity: 1, unit_price: 0, properties }];
        let mut own = 0;
        for line in &quote.lines {
            let sku = catalog.sku_of(line.kind).filter(|_| line.amount >= 0 && line.quantity > 0);
            let Some(sku) = sku else {
                own += line.amount;
                continue;
            };
            let (_, _, name) = self.line_name(line.kind, tone);
            let unit_price = line.amount / i64::from(line.quantity);
            // Two choices may be two of the same thing.
            match lines.iter_mut().skip(1).find(|known| known.sku == sku && known.unit_price == unit_price) {
                Some(known) => known.quantity += line.quantity,
                None => lines.push(OrderLineView {
                    sku,
                    name,
                    quantity: line.quantity,
                    unit_price,
                    properties: Map::from_iter([(CODE.to_owned(), Json::from(code.as_str()))]),
                }),
            }
        }
        if let Some(first) = lines.first_mut() {
            first.unit_price = own;
        }
        let parts = quote.parts.into_iter().map(|part| PartView { sku: part.sku, quantity: part.quantity });
        OrderView { action: "buy", code, lines, parts: parts.collect(), ..self.nothing_yet() }
    }

    /// An offer with a price of its own, such as a deposit, is one line.
    fn price_apart<'a>(&'a self, order: &mut OrderView<'a>, action: &'a Action, price: i64) {
        order.lines.truncate(1);
        order.parts.clear();
        let Some(line) = order.lines.first_mut() else { return };
        line.unit_price = price;
        line.sku = action.sku.as_deref().unwrap_or(line.sku);
        line.name = if order.name.is_empty() { line.name } else { order.name };
        line.properties.insert("_anprobe_action".to_owned(), Json::from(order.action));
    }

    fn nothing_yet(&self) -> OrderView<'_> {
        let product = self.catalog().product();
        OrderView {
            action: "buy",
            name: "",
            product: &product.id,
            code: String::new(),
            owned: String::new(),
            currency: product.price.as_ref().map_or("", |price| &price.currency),
            digits: product.price.as_ref().and_then(|price| price.digits).unwrap_or(2),
            lines: Vec::new(),
            parts: Vec::new(),
        }
    }

    fn product_line(&self, tone: &Tone) -> (&str, &str) {
        let product = self.catalog().product();
        let sku = product.price.as_ref().and_then(|price| price.sku.as_deref());
        (sku.unwrap_or(&product.id), product.name.in_language(&tone.language))
    }

    /// What was chosen, in words, under the groups' names. A picture's name is for the shop: a file has it.
    fn properties(&self, configuration: &Configuration, code: &str, tone: &Tone) -> Map<String, Json> {
        let mut properties = Map::from_iter([(CODE.to_owned(), Json::from(code))]);
        for (at, group) in self.catalog().product().groups.iter() {
            let Some(value) = configuration.value(at) else { continue };
            let words = match value {
                Value::Picture(artwork) => artwork.pictures().collect::<Vec<_>>().join(" "),
                _ => self.answer_name(at, value, tone),
            };
            let said = group.name.in_language(&tone.language);
            // Two groups may have one name.
            let said = if properties.contains_key(said) { format!("{said} ({})", group.id) } else { said.to_owned() };
            if let Value::Picture(artwork) = value {
                let layers = artwork.words().collect::<Vec<_>>().join(" · ");
                if !layers.is_empty() {
                    properties.insert(said.clone(), Json::from(layers));
                }
            }
            if words.is_empty() {
                continue;
            }
            let name = match value {
                Value::Picture(_) => format!("_anprobe_{}", group.id),
                _ => said,
            };
            properties.insert(name, Json::from(words));
        }
        properties
    }
}
