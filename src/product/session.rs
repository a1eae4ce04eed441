//! One customer with one product: what is chosen now, what was, what is owned, what is kept under a name.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use super::catalog::{Explanation, ItemId, State};
use super::code::{BadCode, Decoded};
use super::configuration::toggled;
use super::upgrade::Way;
use super::view::Kept;
use super::{Catalog, Change, Configuration, Item, Offers, Repair, Value};

/// As many steps can be taken back.
const MOST_STEPS: usize = 200;

/// What became of a wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is so now; these groups differ.
    Changed(Vec<usize>),
    /// It was so before.
    Same,
    /// Nothing changed: others would have to change, or it cannot be.
    Blocked(State),
    /// There is no such group or answer.
    Unknown,
}

/// A choice that suits the answers to the guide, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The choice.
    pub item: ItemId,
    /// The sum of the weights of the answers.
    pub weight: i64,
    /// Some answer avoids it.
    pub is_avoided: bool,
}

/// One customer with one product.
#[derive(Clone, Debug)]
pub struct Session {
    catalog: Catalog,
    now: Configuration,
    owned: Option<Configuration>,
    past: Vec<Step>,
    future: Vec<Step>,
    designs: BTreeMap<String, Configuration>,
    /// Behaviours that do not rest, by their index, with their value.
    played: BTreeMap<usize, f64>,
    /// The last answer that was asked for, and what it takes: a page asks more than once.
    asked: RefCell<Option<Asked>>,
    /// The hand that moves something now, by a number of its own, and the group that it moves: its acts are one step.
    hand: Option<(u32, usize)>,
    /// The group whose surface is marked.
    marked: Option<usize>,
}

/// One step of the history.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) configuration: Configuration,
    /// As it is written down, once it was: a snapshot after each click writes all steps.
    pub(super) kept: OnceCell<Kept>,
}

impl Step {
    fn new(configuration: Configuration) -> Self {
        Self { configuration, kept: OnceCell::new() }
    }
}

/// An answer to a group, and the cheapest way to it.
type Asked = (usize, Value, Option<Repair>);

impl Session {
    /// Begins with the catalog's first configuration.
    pub fn new(catalog: Catalog) -> Self {
        let now = catalog.first().clone();
        Self {
            catalog,
            now,
            owned: None,
            past: Vec::new(),
            future: Vec::new(),
            designs: BTreeMap::new(),
            played: BTreeMap::new(),
            asked: RefCell::default(),
            hand: None,
            marked: None,
        }
    }

    /// The product.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What is chosen now.
    pub fn configuration(&self) -> &Configuration {
        &self.now
    }

    /// What the customer has.
    pub fn owned(&self) -> Option<&Configuration> {
        self.owned.as_ref()
    }

    /// Gives a group an answer, if nothing else has to change for it.
    pub fn select(&mut self, group: usize, value: Value) -> Outcome {
        if !self.fits(group, &value) {
            return Outcome::Unknown;
        }
        let with = self.catalog.with(&self.now, group, value.clone());
        if with == self.now {
            return Outcome::Same;
        }
        if self.catalog.is_sold_to(&self.now, &with) && self.catalog.is_valid(&with) {
            return self.go(with);
        }
        let repair = self.repair(group, &value);
        Outcome::Blocked(self.catalog.state_with(&self.now, group, &value, repair.as_ref()))
    }

    /// The same as part of something longer, such as a drag, whose acts have one number that is not 0: together they are one
    /// step.
    pub fn select_by(&mut self, hand: u32, group: usize, value: Value) -> Outcome {
        let goes_on = hand != 0 && self.hand == Some((hand, group));
        let before = if goes_on { self.past.pop() } else { None };
        let Some(before) = before else {
            let outcome = self.select(group, value);
            if matches!(outcome, Outcome::Changed(_)) && hand != 0 {
                self.hand = Some((hand, group));
            }
            return outcome;
        };
        let outcome = self.select(group, value);
        if matches!(outcome, Outcome::Changed(_)) {
            self.past.pop();
        }
        // Back where the hand began is no step at all.
        if self.now != before.configuration {
            self.past.push(before);
            self.hand = Some((hand, group));
        }
        outcome
    }

    /// Marks a group's surface with its edge and safe zone, or none.
    pub fn mark(&mut self, group: Option<usize>) -> Outcome {
        if std::mem::replace(&mut self.marked, group) == group { Outcome::Same } else { Outcome::Changed(Vec::new()) }
    }

    /// The group whose surface is marked.
    pub fn marked(&self) -> Option<usize> {
        self.marked
    }

    /// Takes a choice, or of many takes or leaves it.
    pub fn toggle(&mut self, item: ItemId) -> Outcome {
        match self.toggled(item) {
            Some((group, value)) => self.select(group, value),
            None => Outcome::Unknown,
        }
    }

    /// The group of a choice, and its answer with it, or of many with or without it.
    pub fn toggled(&self, item: ItemId) -> Option<(usize, Value)> {
        match (self.catalog.item(item)?, self.catalog.item(item).and_then(|item| self.now.value(item.group()))) {
            (Item::Choice { group, choice }, Some(Value::Choices(known))) if self.catalog.is_many(group) => {
                Some((group, Value::Choices(toggled(known, choice))))
            }
            (Item::Choice { group, choice }, _) => Some((group, Value::Choices(vec![choice]))),
            _ => None,
        }
    }

    /// Why a choice cannot be taken, or of many left.
    pub fn explain(&self, item: ItemId) -> Explanation {
        self.catalog.explain(&self.now, item)
    }

    /// The code of what is chosen with another answer to one group, and with all that has to change for it; none when it
    /// cannot be had.
    pub fn code_with(&self, group: usize, value: &Value) -> Option<String> {
        if !self.fits(group, value) {
            return None;
        }
        let with = self.catalog.with(&self.now, group, value.clone());
        if self.catalog.is_sold_to(&self.now, &with) && self.catalog.is_valid(&with) {
            return Some(self.catalog.code(&with));
        }
        Some(self.catalog.code(&self.catalog.repair(&self.now, group, value)?.to))
    }

    /// What would have to change for this answer.
    pub fn repair(&self, group: usize, value: &Value) -> Option<Repair> {
        let known = self.asked.borrow().clone().filter(|(at, known, _)| *at == group && known == value);
        if let Some((_, _, repair)) = known {
            return repair;
        }
        let repair = self.fits(group, value).then(|| self.catalog.repair(&self.now, group, value)).flatten();
        self.asked.replace(Some((group, value.clone(), repair.clone())));
        repair
    }

    /// Gives a group an answer together with all that has to change for it.
    pub fn accept(&mut self, group: usize, value: &Value) -> Outcome {
        let outcome = self.select(group, value.clone());
        let Outcome::Blocked(_) = outcome else { return outcome };
        match self.repair(group, value) {
            Some(repair) => self.go(repair.to),
            None => outcome,
        }
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Outcome {
        let Some(before) = self.past.pop() else { return Outcome::Same };
        self.future.push(Step::new(self.now.clone()));
        self.stand(before.configuration)
    }

    /// Takes back that a step was taken back.
    pub fn redo(&mut self) -> Outcome {
        let Some(after) = self.future.pop() else { return Outcome::Same };
        self.past.push(Step::new(self.now.clone()));
        self.stand(after.configuration)
    }

    /// Whether there is a step to take back, and one that was.
    pub fn history(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// Steps that can be taken back, and those that were, the latest last.
    pub(super) fn steps(&self) -> (&[Step], &[Step]) {
        (&self.past, &self.future)
    }

    /// Stands where another session of this product stood.
    pub(super) fn go_back_to(
        &mut self,
        now: Configuration,
        owned: Option<Configuration>,
        (past, future): (Vec<Configuration>, Vec<Configuration>),
        designs: Vec<(String, Configuration)>,
    ) {
        let steps = |known: Vec<Configuration>| known.into_iter().map(Step::new).collect();
        (self.past, self.future, self.owned) = (steps(past), steps(future), owned);
        self.designs = designs.into_iter().collect();
        self.played.clear();
        self.stand(now);
    }

    /// Back to what a new customer sees; one step.
    pub fn reset(&mut self) -> Outcome {
        self.go(self.catalog.first().clone())
    }

    /// The code of what is chosen.
    pub fn code(&self) -> String {
        self.catalog.code(&self.now)
    }

    /// Goes to what a code says, or the nearest to it; one step.
    ///
    /// # Errors
    /// [`BadCode`]; nothing changes then.
    pub fn open(&mut self, code: &str) -> Result<Decoded, BadCode> {
        let decoded = self.catalog.decoded(code)?;
        self.go(decoded.configuration.clone());
        Ok(decoded)
    }

    /// Takes over a code's configuration as what the customer has; an empty one forgets it.
    ///
    /// # Errors
    /// [`BadCode`]; nothing changes then.
    pub fn own(&mut self, code: &str) -> Result<(), BadCode> {
        self.owned = if code.is_empty() { None } else { Some(self.catalog.decoded(code)?.configuration) };
        Ok(())
    }

    /// The upgrades that fit what the customer has.
    pub fn upgrades(&self) -> Vec<Way> {
        self.owned.as_ref().map_or_else(Vec::new, |owned| self.catalog.upgrades(owned))
    }

    /// Whether what an upgrade brings is chosen, and what it takes away is not.
    pub fn has_taken(&self, way: &Way) -> bool {
        let takes = |id: &ItemId| self.catalog.item(*id).is_some_and(|item| self.now.takes(item));
        way.added.iter().all(takes) && !way.removed.iter().any(takes)
    }

    /// The upgrades that lead, one after the other, from what the customer has to what is chosen, but for `without`, and
    /// where they lead; none when something else differs, too.
    pub(super) fn taken_upgrades(&self, without: Option<usize>) -> Option<(Vec<Way>, Configuration)> {
        let mut at = self.owned.clone()?;
        let mut taken: Vec<Way> = Vec::new();
        // Each is taken once.
        while let Some(way) = self.catalog.upgrades(&at).into_iter().find(|way| {
            let is_new = taken.iter().all(|known| known.upgrade != way.upgrade);
            is_new && Some(way.upgrade) != without && self.has_taken(way)
        }) {
            at = way.to.clone();
            taken.push(way);
        }
        (without.is_some() || at.equals(&self.now)).then_some((taken, at))
    }

    /// What the customer pays for what is chosen beyond what is owned, minor units of the file's currency: by upgrades and
    /// their credits where these lead there, else the difference of the totals. None without something that is owned.
    pub fn more_than_owned(&self) -> Option<i64> {
        let owned = self.owned.as_ref()?;
        if let Some((taken, _)) = self.taken_upgrades(None).filter(|(taken, _)| !taken.is_empty()) {
            return Some(taken.iter().map(Way::net).sum());
        }
        let total = |configuration: &Configuration| self.catalog.quote(configuration, 0.0).total;
        Some(total(&self.now) - total(owned))
    }

    /// Goes to what an upgrade, by its index, makes of what the customer has, beside other upgrades that are taken; one that
    /// is taken is left out again. One step.
    pub fn upgrade(&mut self, index: usize) -> Outcome {
        let is_taken = |way: &Way| way.upgrade == index && self.has_taken(way);
        if self.upgrades().iter().any(is_taken)
            && let Some((_, others)) = self.taken_upgrades(Some(index))
        {
            return self.go(others);
        }
        let base = match self.taken_upgrades(None) {
            Some((_, now)) => now,
            None => match &self.owned {
                Some(owned) => owned.clone(),
                None => return Outcome::Unknown,
            },
        };
        match self.catalog.upgrades(&base).into_iter().find(|way| way.upgrade == index) {
            Some(way) => self.go(way.to),
            None => Outcome::Unknown,
        }
    }

    /// What the shop says now of prices and stock.
    pub fn set_offers(&mut self, offers: Offers) {
        self.catalog.set_offers(offers);
        self.asked.take();
    }

    /// Keeps what is chosen under a name.
    pub fn keep(&mut self, name: &str) {
        self.designs.insert(name.to_owned(), self.now.clone());
    }

    /// What is kept, by name.
    pub fn designs(&self) -> impl Iterator<Item = (&str, &Configuration)> {
        self.designs.iter().map(|(name, design)| (name.as_str(), design))
    }

    /// Goes to what is kept under a name; one step.
    pub fn recall(&mut self, name: &str) -> Outcome {
        match self.designs.get(name).cloned() {
            Some(design) => self.go(design),
            None => Outcome::Unknown,
        }
    }

    /// How well each choice suits some answers to the guide, `(question, answer)` by id, and the configuration that suits
    /// best: one step with [`Session::take`]. Those that no answer speaks of are left out.
    pub fn guide(&self, answers: &[(&str, &str)]) -> (Vec<Suggestion>, Option<Configuration>) {
        let mut found: BTreeMap<ItemId, Suggestion> = BTreeMap::new();
        for (question, answer) in answers {
            let question = self.catalog.product().guide.entries().find(|entry| entry.id == *question);
            let Some(answer) = question.and_then(|entry| entry.answers.entries().find(|entry| entry.id == *answer))
            else {
                continue;
            };
            let mut of = |name: &str, change: &dyn Fn(&mut Suggestion)| {
                if let Some(item) = self.catalog.item_named(name) {
                    change(found.entry(item).or_insert(Suggestion { item, weight: 0, is_avoided: false }));
                }
            };
            for preference in answer.prefers.entries() {
                of(&preference.choice, &|known| known.weight += i64::from(preference.weight.unwrap_or(1)));
            }
            for name in &answer.avoids {
                of(name, &|known| known.is_avoided = true);
            }
        }
        let suggestions: Vec<_> = found.into_values().collect();
        let best = self.catalog.suited(&self.now, &suggestions);
        (suggestions, best)
    }

    /// Goes to a configuration of this catalog, such as the guide's; one step.
    pub fn take(&mut self, configuration: Configuration) -> Outcome {
        if self.catalog.is_valid(&configuration) { self.go(configuration) } else { Outcome::Unknown }
    }

    /// Plays a behaviour, by its id, at a value in its unit, which is kept within its ends; at rest it plays no more. False
    /// when there is none.
    pub fn play(&mut self, id: &str, value: f64) -> bool {
        let mut behaviours = self.catalog.product().behaviours.iter();
        let Some((at, behaviour)) = behaviours.find(|(_, behaviour)| behaviour.id == id) else { return false };
        let max = behaviour.max.unwrap_or(1.0);
        // Not `clamp`, which panics where a file has them the other way round.
        let value = if value.is_finite() { value.max(behaviour.min).min(max) } else { behaviour.min };
        if value == behaviour.rest.unwrap_or(behaviour.min) {
            self.played.remove(&at);
        } else {
            self.played.insert(at, value);
        }
        true
    }

    /// The behaviours that do not rest, by their index, with their values: as [`Catalog::look`] takes them.
    pub fn played(&self) -> Vec<(usize, f64)> {
        self.played.iter().map(|(at, value)| (*at, *value)).collect()
    }

    /// The same by id.
    pub(super) fn played_by_id(&self) -> impl Iterator<Item = (String, f64)> {
        self.played
            .iter()
            .filter_map(|(at, value)| Some((self.catalog.product().behaviours.get(*at)?.id.clone(), *value)))
    }

    /// What differs between what the customer has and what is chosen.
    pub fn differences(&self) -> Vec<Change> {
        self.owned.as_ref().map_or_else(Vec::new, |owned| owned.changes_to(&self.now, &self.catalog))
    }

    fn go(&mut self, to: Configuration) -> Outcome {
        if to == self.now {
            return Outcome::Same;
        }
        self.past.push(Step::new(self.now.clone()));
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
        self.future.clear();
        self.stand(to)
    }

    fn stand(&mut self, to: Configuration) -> Outcome {
        let changed = self.now.changes_to(&to, &self.catalog);
        self.now = to;
        self.hand = None;
        self.asked.take();
        Outcome::Changed(changed.into_iter().map(|change| change.group).collect())
    }

    /// Whether a group can have this answer at all.
    fn fits(&self, group: usize, value: &Value) -> bool {
        let Some(found) = self.catalog.group(group) else { return false };
        let is_there = |choice: &usize| found.choices.get(*choice).is_some();
        match (self.now.value(group), value) {
            (Some(Value::Choices(_) | Value::Color(_)), Value::Choices(choices)) => {
                let count = self.catalog.is_many(group) || choices.len() == 1;
                count && choices.is_sorted_by(|one, next| one < next) && choices.iter().all(is_there)
            }
            (Some(Value::Choices(_) | Value::Color(_)), Value::Color(_)) => found.free,
            (Some(Value::Step(_)), Value::Step(step)) => *step <= found.last_step(),
            (Some(Value::Text(_)), Value::Text(words)) => found.takes_words(words),
            (Some(Value::Picture(_)), Value::Picture(artwork)) => artwork.is_sound(),
            _ => false,
        }
    }
}
