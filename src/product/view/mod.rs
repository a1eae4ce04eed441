//! What a page is told of a product, as objects that become JSON: names in one language, ids, amounts in minor units.
//!
//! Sentences and written prices are the page's: it has the words, and the browser knows how money is written.

mod artwork;
mod comparison;
mod configuration;
mod conflict;
mod menu;
mod order;
mod photo;
mod quote;
mod record;
#[cfg(feature = "xr")]
mod room;
mod search;
mod sheet;
mod space;
mod standing;
mod upgrade;

pub use artwork::{ArtworkView, Facing, PrintedView, SurfaceView};
pub use comparison::ComparisonView;
pub use configuration::ConfigurationView;
pub use conflict::{ConflictView, ReasonView, RepairView};
pub use menu::{ChoiceView, GroupView, RangeView, RatingView};
pub use order::{OrderLineView, OrderView, PricedView};
pub use photo::{PhotoMark, PhotoSolved, PhotoState};
pub use quote::{FactView, LineView, PartView, QuoteView};
pub use record::{Kept, Record};
#[cfg(feature = "xr")]
pub use room::{RoomMenuView, RoomSideView, RoomView};
pub use search::{Filter, Range};
pub use sheet::SheetView;
pub use space::{Alternative, FitView, RulerView, SideView, WayView};
pub use standing::{Standing, StateView};
pub use upgrade::{
    BestView, CameraView, ChangeView, DifferenceView, GuideView, InstallView, NamedView, StepView, SuggestionView,
    UpgradeView,
};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::artwork::{Artwork, Words};
use super::configuration::toggled;
use super::file::{FactValue, Kind};
use super::{Catalog, Configuration, Currency, Item, ItemId, Session, Value};

/// How a page wants to be told: the language, and the currency where it is not the file's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tone {
    /// BCP 47.
    pub language: String,
    /// Where prices are to be shown in another currency than the file's.
    pub currency: Option<Currency>,
}

/// The JSON of any of these objects.
pub fn to_json(view: &impl Serialize) -> String {
    // Nothing here has keys that are no texts, which alone could fail.
    serde_json::to_string(view).unwrap_or_default()
}

/// The answer to a group that a page means by a JSON text; none when it is no answer to it.
pub fn answer(session: &Session, group: usize, json: &str) -> Option<Value> {
    let answer = serde_json::from_str(json).ok()?;
    session.catalog().answer_from_json(session.configuration(), group, &answer)
}

/// `{ "BTC": [0.000015, 8] }`: so many of a currency that are one of the file's, and its digits behind the point. What
/// is no such entry is left out.
pub fn rates(json: &str) -> Vec<(String, f64, u32)> {
    let entries: Map<String, Json> = serde_json::from_str(json).unwrap_or_default();
    let rate = |(code, entry): (String, Json)| {
        let (rate, digits) = serde_json::from_value(entry).ok()?;
        Some((code, rate, digits))
    };
    entries.into_iter().filter_map(rate).collect()
}

/// `{ "use": "reading" }`: answers to questions of the guide, by id.
pub fn answers(json: &str) -> Vec<(String, String)> {
    let entries: Map<String, Json> = serde_json::from_str(json).unwrap_or_default();
    entries.into_iter().filter_map(|(question, answer)| Some((question, answer.as_str()?.to_owned()))).collect()
}

impl Tone {
    /// An amount of the file's currency in the shown one, minor units.
    fn amount(&self, catalog: &Catalog, amount: i64) -> i64 {
        let digits = catalog.product().price.as_ref().and_then(|price| price.digits).unwrap_or(2);
        self.currency.as_ref().map_or(amount, |currency| currency.converted(amount, digits))
    }

    fn fact(&self, value: &FactValue) -> Json {
        match value {
            FactValue::Figure(figure) => Json::from(*figure),
            FactValue::Words(words) => Json::from(words.in_language(&self.language)),
        }
    }
}

impl Catalog {
    /// An item's name in the file: `"group/choice"`, `"group/free"`, or the group's id.
    pub fn name_of(&self, id: ItemId) -> String {
        let Some(item) = self.item(id) else { return String::new() };
        let group = self.group(item.group()).map_or("", |group| group.id.as_str());
        match item {
            Item::Choice { .. } => format!("{group}/{}", self.choice(id).map_or("", |choice| choice.id.as_str())),
            Item::Free { .. } => format!("{group}/free"),
            Item::Range { .. } | Item::Filled { .. } => group.to_owned(),
        }
    }

    /// An answer as a page writes it: the id of a choice, the ids of several, a number, `"#rrggbb"`, words, the name of a
    /// picture; words and pictures that lie in another way than by themselves are objects, several a list.
    pub fn answer_to_json(&self, group: usize, value: &Value) -> Json {
        let Some(found) = self.group(group) else { return Json::Null };
        let id = |choice: &usize| found.choices.get(*choice).map(|choice| choice.id.clone());
        match value {
            Value::Choices(choices) if self.is_many(group) => choices.iter().filter_map(id).collect(),
            Value::Choices(choices) => choices.first().and_then(id).map_or(Json::Null, Json::from),
            Value::Step(step) => found.value_of(*step).into(),
            Value::Color([red, green, blue]) => format!("#{red:02x}{green:02x}{blue:02x}").into(),
            Value::Text(words) => words.to_json(),
            Value::Picture(artwork) => artwork.to_json(),
        }
    }

    /// The answer that a page means: as [`Catalog::answer_to_json`] writes it, and of many one id, which is taken or left.
    /// None when the group has no such answer.
    pub fn answer_from_json(&self, configuration: &Configuration, group: usize, answer: &Json) -> Option<Value> {
        let found = self.group(group)?;
        let by_id = |id: &Json| {
            let id = id.as_str()?;
            found.choices.iter().find(|(_, choice)| choice.id == id).map(|(at, _)| at)
        };
        match (found.kind, answer) {
            (Kind::One, id) => Some(Value::Choices(vec![by_id(id)?])),
            (Kind::Color, id) => by_id(id)
                .map(|at| Value::Choices(vec![at]))
                .or_else(|| id.as_str().and_then(super::configuration::color).map(Value::Color)),
            (Kind::Many, Json::Array(ids)) => {
                let mut choices = ids.iter().map(by_id).collect::<Option<Vec<_>>>()?;
                choices.sort_unstable();
                choices.dedup();
                Some(Value::Choices(choices))
            }
            (Kind::Many, id) => {
                let at = by_id(id)?;
                let Some(Value::Choices(known)) = configuration.value(group) else { return None };
                Some(Value::Choices(toggled(known, at)))
            }
            (Kind::Number, number) => found.step_of(number.as_f64()?).map(Value::Step),
            (Kind::Text, words) => Words::from_json(words).map(Value::Text),
            (Kind::Picture, artwork) => Artwork::from_json(artwork).map(Value::Picture),
        }
    }
}
