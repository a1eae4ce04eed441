//! What is chosen, in a page's terms.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::super::{Configuration, Session};
use super::{ChangeView, Tone};

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigurationView<'a> {
    /// Short, for addresses and orders.
    pub code: String,
    /// By the id of each group: the id of a choice, the ids of several, a number, `"#rrggbb"`, a text, a picture's name.
    pub values: Map<String, Json>,
    /// The code of what the customer has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned: Option<String>,
    /// What differs from it.
    pub differences: Vec<ChangeView<'a>>,
    /// Whether a step can be taken back.
    pub can_undo: bool,
    /// Whether one that was can be taken again.
    pub can_redo: bool,
    /// Names of what is kept.
    pub designs: Vec<&'a str>,
    /// The behaviours that do not rest, by id, with their values.
    pub behaviours: Map<String, Json>,
}

impl Session {
    /// What is chosen.
    pub fn configuration_view(&self, tone: &Tone) -> ConfigurationView<'_> {
        let (can_undo, can_redo) = self.history();
        ConfigurationView {
            code: self.code(),
            values: self.values(self.configuration()),
            owned: self.owned().map(|owned| self.catalog().code(owned)),
            differences: self.change_views(&self.differences(), tone),
            can_undo,
            can_redo,
            designs: self.designs().map(|(name, _)| name).collect(),
            behaviours: self.played_by_id().map(|(id, value)| (id, Json::from(value))).collect(),
        }
    }

    fn values(&self, configuration: &Configuration) -> Map<String, Json> {
        let groups = self.catalog().product().groups.iter();
        let values = groups.filter_map(|(at, group)| {
            Some((group.id.clone(), self.catalog().answer_to_json(at, configuration.value(at)?)))
        });
        values.collect()
    }
}
