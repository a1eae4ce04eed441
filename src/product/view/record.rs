//! A session as JSON: for snapshots, storage, and whoever goes on elsewhere.

use serde::{Deserialize, Serialize};

use super::super::code::{Answer, Entry, encoded, entries};
use super::super::session::Step;
use super::super::{Configuration, Session};

/// So many steps are written down: a snapshot is made after each.
const MOST_STEPS: usize = 50;

/// All of a session but its catalog and offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The product's id.
    pub product: String,
    /// What is chosen.
    pub now: Kept,
    /// What the customer has; empty for nothing.
    #[serde(skip_serializing_if = "Kept::is_empty")]
    pub owned: Kept,
    /// Steps that can be taken back, the latest last; the last fifty.
    pub past: Vec<Kept>,
    /// Steps that were, the latest last.
    pub future: Vec<Kept>,
    /// What is kept, by name.
    pub designs: Vec<(String, Kept)>,
    /// Behaviours that do not rest, by id, with their value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub played: Vec<(String, f64)>,
}

impl Record {
    /// Of JSON; none when it is not one.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// A configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Its code.
    pub code: String,
    /// What the customer took or left, written as a code: the choices of a group, or none for a group without.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own: String,
}

impl Kept {
    fn is_empty(&self) -> bool {
        self.code.is_empty()
    }
}

impl Session {
    /// Writes it down.
    pub fn record(&self) -> Record {
        let keep = |configuration: &Configuration| self.kept(configuration);
        let step = |step: &Step| step.kept.get_or_init(|| keep(&step.configuration)).clone();
        let (past, future) = self.steps();
        Record {
            product: self.catalog().product().id.clone(),
            now: keep(self.configuration()),
            owned: self.owned().map(keep).unwrap_or_default(),
            past: past.iter().skip(past.len().saturating_sub(MOST_STEPS)).map(step).collect(),
            future: future.iter().skip(future.len().saturating_sub(MOST_STEPS)).map(step).collect(),
            designs: self.designs().map(|(name, design)| (name.to_owned(), keep(design))).collect(),
            played: self.played_by_id().collect(),
        }
    }

    /// Goes back to what was written down, of the same product. What today's rules do not allow comes as near as can be;
    /// what cannot be read is left out. False when it is of another product, or what was chosen cannot be read.
    pub fn restore(&mut self, record: &Record) -> bool {
        if record.product != self.catalog().product().id {
            return false;
        }
        let Some(now) = self.read(&record.now) else { return false };
        let all = |kept: &[Kept]| kept.iter().filter_map(|kept| self.read(kept)).collect::<Vec<_>>();
        let (past, future) = (all(&record.past), all(&record.future));
        let designs: Vec<_> =
            record.designs.iter().filter_map(|(name, kept)| Some((name.clone(), self.read(kept)?))).collect();
        let owned = self.read(&record.owned);
        self.go_back_to(now, owned, (past, future), designs);
        for (id, value) in &record.played {
            self.play(id, *value);
        }
        true
    }

    fn kept(&self, configuration: &Configuration) -> Kept {
        let catalog = self.catalog();
        let own = catalog.product().groups.iter().filter_map(|(at, group)| {
            let own: Vec<_> = catalog.items_of(at).filter(|id| configuration.is_own(*id)).collect();
            let mut numbers: Vec<_> = own.iter().filter_map(|id| Some(catalog.choice(*id)?.number)).collect();
            numbers.sort_unstable();
            (!own.is_empty()).then_some(Entry { group: group.number, answer: Answer::Choices(numbers) })
        });
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|entry| entry.group);
        let own = if own.is_empty() { String::new() } else { encoded(&own) };
        Kept { code: catalog.code(configuration), own }
    }

    fn read(&self, kept: &Kept) -> Option<Configuration> {
        let catalog = self.catalog();
        let mut configuration = catalog.decoded(&kept.code).ok()?.configuration;
        let own = entries(&kept.own).unwrap_or_default();
        for (at, group) in catalog.product().groups.iter() {
            let said = own.iter().find(|entry| entry.group == group.number).map(|entry| &entry.answer);
            for id in catalog.items_of(at) {
                let is_own = match (said, catalog.choice(id)) {
                    (Some(Answer::Choices(numbers)), Some(choice)) => numbers.contains(&choice.number),
                    (Some(_), None) => catalog.item(id).is_some_and(|item| configuration.takes(item)),
                    _ => false,
                };
                configuration.set_own(id, is_own);
            }
        }
        Some(configuration)
    }
}
