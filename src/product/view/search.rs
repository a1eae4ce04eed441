//! Finding choices in long lists: by words, and by what a customer asks of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::super::Session;
use super::{ChoiceView, Standing, Tone};

/// What is asked of choices; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Filter {
    /// Only choices of this group, by id.
    pub group: Option<String>,
    /// In stock, or nothing is known of it.
    pub available: bool,
    /// Can be had without anything else changing.
    pub fits: bool,
    /// Costs at most so much more, minor units of the shown currency.
    pub max_amount: Option<f64>,
    /// Figures of facts, by id.
    pub facts: BTreeMap<String, Range>,
}

/// Where a figure has to be; choices of which it is not known are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Range {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
}

impl Filter {
    /// Of JSON; what is none of it asks nothing.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

impl Session {
    /// The choices, `"group/choice"`, whose names, descriptions, SKUs or group hold all words of `text` and that pass a
    /// filter, in the order of the file. Neither case nor accents matter; `ß` is `ss`, and `ä` both `a` and `ae`.
    pub fn found(&self, text: &str, filter: &Filter, standing: &Standing, tone: &Tone) -> Vec<String> {
        let words: Vec<_> = text.split_whitespace().map(|word| (folded(word, false), folded(word, true))).collect();
        let mut found = Vec::new();
        for group in self.menu(standing, tone) {
            if filter.group.as_ref().is_some_and(|id| id != group.id) {
                continue;
            }
            for choice in &group.choices {
                let said = [group.name, choice.name, choice.description, choice.sku.unwrap_or_default()].join(" ");
                let (short, long) = (folded(&said, false), folded(&said, true));
                let has_words = words.iter().all(|(plain, spelled)| short.contains(plain) || long.contains(spelled));
                if has_words && passes(choice, filter) {
                    found.push(format!("{}/{}", group.id, choice.id));
                }
            }
        }
        found
    }
}

fn passes(choice: &ChoiceView<'_>, filter: &Filter) -> bool {
    let in_range = |(id, range): (&String, &Range)| {
        let figure = choice.facts.get(id).and_then(Json::as_f64);
        let at_least = |figure: f64| range.min.is_none_or(|min| figure >= min);
        figure.is_some_and(|figure| at_least(figure) && range.max.is_none_or(|max| figure <= max))
    };
    (!filter.available || choice.stock != Some(0))
        && (!filter.fits || matches!(choice.state.state, "taken" | "possible"))
        && filter.max_amount.is_none_or(|most| choice.state.amount as f64 <= most)
        && filter.facts.iter().all(in_range)
}

/// In lower case and without accents; umlauts as one letter, or `spelled` as two.
fn folded(text: &str, spelled: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // Some systems write accents apart.
    let letters = text.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
    for letter in letters.flat_map(char::to_lowercase) {
        let (plain, second) = match letter {
            'ä' => ('a', Some('e')),
            'ö' => ('o', Some('e')),
            'ü' => ('u', Some('e')),
            'ß' => ('s', None),
            'à' | 'á' | 'â' | 'ã' | 'å' => ('a', None),
            'ç' | 'č' | 'ć' => ('c', None),
            'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => ('e', None),
            'ì' | 'í' | 'î' | 'ï' => ('i', None),
            'ñ' | 'ń' => ('n', None),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' => ('o', None),
            'ù' | 'ú' | 'û' => ('u', None),
            'š' | 'ś' => ('s', None),
            'ý' | 'ÿ' => ('y', None),
            'ž' | 'ź' | 'ż' => ('z', None),
            other => (other, None),
        };
        out.push(plain);
        if letter == 'ß' {
            out.push('s');
        }
        out.extend(second.filter(|_| spelled));
    }
    out
}
