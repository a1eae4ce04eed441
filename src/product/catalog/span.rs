//! Many configurations at once: all of them, some by chance, or few in which every pair of choices meets.

use std::collections::BTreeSet;

use super::super::configuration::{Configuration, Value, toggled};
use super::super::file::Kind;
use super::items::Item;
use super::{Catalog, is_single};
use crate::logic::{Graph, Literal, Possible, Semiring};

/// One answer, or that one of many is taken or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pick {
    literal: Literal,
    /// Of a number, its step.
    step: Option<u32>,
}

/// What some groups offer together, the others as a new customer sees them where the rules allow it. Numbers stand at the ends
/// of the ranges that the rules tell apart; words, pictures and colours of the customer's own stay out.
#[derive(Clone, Debug)]
pub struct Span<'a> {
    catalog: &'a Catalog,
    graph: &'a Graph,
    /// What is decided one after the other.
    slots: Vec<Vec<Pick>>,
    /// By literal: it may be had.
    allowed: Vec<bool>,
    /// Every group is among those that are asked for.
    is_whole: bool,
}

impl Catalog {
    /// What these groups offer, by their index; none for all of them. None where the rules are too intricate.
    pub fn span(&self, groups: Option<&[usize]>) -> Option<Span<'_>> {
        let graph = self.graph.as_ref()?;
        let first = self.first();
        let mut allowed = vec![true; graph.variables() as usize * 2];
        for item in self.ids() {
            let given = matches!(self.item(item), Some(Item::Free { .. } | Item::Filled { .. }));
            let taken = self.takes(first, item);
            if let Some(may) = allowed.get_mut(item.taken().index()) {
                *may = taken || !(given || self.is_retired(item));
            }
        }
        let asked = |group: &usize| groups.is_none_or(|groups| groups.contains(group));
        let mut slots = Vec::new();
        for (at, group) in self.product().groups.iter().filter(|(at, _)| asked(at)) {
            let items = self.items_of(at).filter(|item| allowed.get(item.taken().index()) == Some(&true));
            let pick = |literal| Pick { literal, step: None };
            match group.kind {
                Kind::Text | Kind::Picture => {}
                Kind::Many => slots.extend(items.map(|item| vec![pick(!item.taken()), pick(item.taken())])),
                _ => slots.push(
                    items
                        .flat_map(|item| match self.item(item) {
                            Some(Item::Range { first, last, .. }) => {
                                let ends = if first == last { vec![first] } else { vec![first, last] };
                                let end = |step| Pick { literal: item.taken(), step: Some(step) };
                                ends.into_iter().map(end).collect()
                            }
                            _ => vec![pick(item.taken())],
                        })
                        .collect(),
                ),
            }
        }
        let is_whole = groups.is_none();
        Some(Span { catalog: self, graph, slots, allowed, is_whole })
    }
}

impl<'a> Span<'a> {
    /// All of them, each once, in the order of the file.
    pub fn all(&self) -> All<'a> {
        All { span: self.clone(), levels: vec![self.level(&self.allowed, 0)], started: false }
    }

    /// How many there are, to the digits of an `f64`; of a part of the groups, at most.
    pub fn count(&self) -> f64 {
        if self.is_whole {
            let weights = self.weights();
            return self.graph.sum(&Heavy(|literal: Literal| weights.get(literal.index()).copied().unwrap_or(1.0)));
        }
        // Of a part of the groups, what the rules take away is not known without walking.
        self.slots.iter().map(|slot| slot.len() as f64).product()
    }

    /// By literal, how many answers it stands for.
    fn weights(&self) -> Vec<f64> {
        let mut weights: Vec<f64> = self.allowed.iter().map(|allowed| f64::from(u8::from(*allowed))).collect();
        for slot in &self.slots {
            for pick in slot.iter().filter(|pick| pick.step.is_some()) {
                let same = slot.iter().filter(|other| other.literal == pick.literal).count();
                if let Some(weight) = weights.get_mut(pick.literal.index()) {
                    *weight = same as f64;
                }
            }
        }
        weights
    }

    /// As many as wanted, by chance, each as likely as any other; equal seeds give equal ones.
    pub fn sample(&self, seed: u64) -> impl Iterator<Item = Configuration> + use<'a> {
        let span = self.clone();
        let mut state = seed;
        std::iter::from_fn(move || {
            let mut allowed = span.allowed.clone();
            let mut picks = Vec::new();
            for slot in &span.slots {
                let may = |literal: Literal| f64::from(u8::from(allowed.get(literal.index()) != Some(&false)));
                let counts = span.graph.shares(&Heavy(may));
                let weight = |pick: &Pick| counts.get(pick.literal.index()).copied().unwrap_or(0.0);
                let whole: f64 = slot.iter().map(weight).sum();
                let mut left = chance(&mut state) * whole;
                let mut fits = slot.iter().filter(|pick| weight(pick) > 0.0);
                let last = fits.clone().next_back();
                let drawn = fits.find(|pick| {
                    left -= weight(pick);
                    left < 0.0
                });
                let pick = *drawn.or(last)?;
                forbid(&mut allowed, !pick.literal);
                picks.push(pick);
            }
            span.made(&picks)
        })
    }

    /// Few of them in which every two answers meet that can: the next always decides what brings most new pairs (as in
    /// Cohen, Dalal, Fredman, Patton 1997, "The AETG system").
    pub fn pairwise(&self) -> Vec<Configuration> {
        let mut open = self.pairs();
        let mut found = Vec::new();
        while let Some(&(one, two)) = open.first() {
            let mut fixed: Vec<Option<Pick>> = vec![None; self.slots.len()];
            let mut allowed = self.allowed.clone();
            for pick in [one, two] {
                self.fix(pick, &mut fixed, &mut allowed);
            }
            while fixed.iter().any(Option::is_none) {
                let can = self.possible(&allowed);
                let known: Vec<Pick> = fixed.iter().flatten().copied().collect();
                let new = |pick: &Pick| {
                    let meets = |other: &Pick| open.contains(&ordered(*pick, *other));
                    known.iter().filter(|other| meets(other)).count()
                };
                let free = self.slots.iter().zip(&fixed).filter(|(_, fixed)| fixed.is_none());
                let fits = free.flat_map(|(slot, _)| slot).filter(|pick| can.get(pick.literal.index()) == Some(&true));
                // The first of those that bring most.
                let best = fits.copied().collect::<Vec<_>>().into_iter().rev().max_by_key(new);
                let Some(best) = best else { break };
                self.fix(best, &mut fixed, &mut allowed);
            }
            let picks: Vec<Pick> = fixed.into_iter().flatten().collect();
            for (at, pick) in picks.iter().enumerate() {
                for other in picks.iter().skip(at + 1) {
                    open.remove(&ordered(*pick, *other));
                }
            }
            // Whatever happens, this one is done with.
            open.remove(&(one, two));
            found.extend(self.made(&picks));
        }
        if found.is_empty() {
            // One group, or none: each answer once.
            found.extend(self.all());
        }
        found
    }

    /// How many pairs of answers [`Span::pairwise`] brings together, and how many of them meet in some configurations.
    pub fn covered(&self, configurations: &[Configuration]) -> (usize, usize) {
        let pairs = self.pairs();
        let has = |configuration: &Configuration, pick: Pick| {
            let item = super::ItemId(pick.literal.variable());
            let entry = self.catalog.item(item);
            let stands = match (entry.map(|entry| configuration.value(entry.group())), pick.step) {
                (Some(Some(Value::Step(step))), Some(wanted)) => *step == wanted,
                (_, Some(_)) => false,
                _ => true,
            };
            stands && self.catalog.takes(configuration, item) == pick.literal.is_positive()
        };
        let met =
            pairs.iter().filter(|(one, two)| configurations.iter().any(|it| has(it, *one) && has(it, *two))).count();
        (pairs.len(), met)
    }

    /// Every two answers of different slots that some configuration has.
    fn pairs(&self) -> BTreeSet<(Pick, Pick)> {
        let mut pairs = BTreeSet::new();
        for (at, slot) in self.slots.iter().enumerate() {
            for pick in slot {
                let mut allowed = self.allowed.clone();
                forbid(&mut allowed, !pick.literal);
                let can = self.possible(&allowed);
                let others = self.slots.iter().skip(at + 1).flatten();
                let others = others.filter(|other| can.get(other.literal.index()) == Some(&true));
                pairs.extend(others.map(|other| ordered(*pick, *other)));
            }
        }
        pairs
    }

    fn fix(&self, pick: Pick, fixed: &mut [Option<Pick>], allowed: &mut [bool]) {
        let slot = self.slots.iter().position(|slot| slot.contains(&pick));
        if let Some(place) = slot.and_then(|slot| fixed.get_mut(slot)) {
            *place = Some(pick);
        }
        forbid(allowed, !pick.literal);
    }

    /// By literal: some configuration has it.
    fn possible(&self, allowed: &[bool]) -> Vec<bool> {
        self.graph.shares(&Possible(|literal: Literal| allowed.get(literal.index()) != Some(&false)))
    }

    fn level(&self, allowed: &[bool], slot: usize) -> Level {
        let can = self.possible(allowed);
        let fits =
            self.slots.get(slot).into_iter().flatten().filter(|pick| can.get(pick.literal.index()) == Some(&true));
        Level { allowed: allowed.to_vec(), picks: fits.copied().collect(), at: 0 }
    }

    /// The configuration of some answers; the rest is as near to the first as the rules allow.
    fn made(&self, picks: &[Pick]) -> Option<Configuration> {
        let catalog = self.catalog;
        let mut made = catalog.first().clone();
        for pick in picks {
            let item = super::ItemId(pick.literal.variable());
            let (Some(entry), taken) = (catalog.item(item), pick.literal.is_positive()) else { continue };
            let group = entry.group();
            let value = match (entry, pick.step, made.value(group)) {
                (_, Some(step), _) => Value::Step(step),
                (Item::Choice { choice, .. }, _, Some(Value::Choices(known))) if catalog.is_many(group) => {
                    if made.takes(entry) == taken { continue } else { Value::Choices(toggled(known, choice)) }
                }
                (Item::Choice { choice, .. }, ..) => Value::Choices(vec![choice]),
                _ => continue,
            };
            made.set(group, value);
        }
        if self.is_whole || catalog.is_valid(&made) {
            return Some(made).filter(|made| catalog.is_valid(made));
        }
        let kept: Vec<_> = picks
            .iter()
            .flat_map(|pick| {
                let item = super::ItemId(pick.literal.variable());
                let group = catalog.item(item).map(Item::group).unwrap_or_default();
                let single = catalog.group(group).is_some_and(|group| is_single(group.kind));
                if single { catalog.items_of(group).collect() } else { vec![item] }
            })
            .collect();
        catalog.nearest(&made, &kept).map(|repair| repair.to)
    }
}

/// All configurations of a span.
#[derive(Clone, Debug)]
pub struct All<'a> {
    span: Span<'a>,
    levels: Vec<Level>,
    started: bool,
}

/// Answers that can be given to one slot after those before.
#[derive(Clone, Debug)]
struct Level {
    allowed: Vec<bool>,
    picks: Vec<Pick>,
    at: usize,
}

impl Iterator for All<'_> {
    type Item = Configuration;

    fn next(&mut self) -> Option<Configuration> {
        if self.span.slots.is_empty() {
            return (!std::mem::replace(&mut self.started, true)).then(|| self.span.catalog.first().clone());
        }
        loop {
            if std::mem::replace(&mut self.started, true) {
                // On from the one before.
                while let Some(level) = self.levels.last_mut() {
                    level.at += 1;
                    if level.at < level.picks.len() {
                        break;
                    }
                    self.levels.pop();
                }
            }
            loop {
                let level = self.levels.last()?;
                let Some(pick) = level.picks.get(level.at) else { break };
                if self.levels.len() == self.span.slots.len() {
                    break;
                }
                let mut allowed = level.allowed.clone();
                forbid(&mut allowed, !pick.literal);
                let next = self.span.level(&allowed, self.levels.len());
                self.levels.push(next);
            }
            let picks: Vec<Pick> = self.levels.iter().filter_map(|level| level.picks.get(level.at)).copied().collect();
            if picks.len() == self.span.slots.len()
                && let Some(made) = self.span.made(&picks)
            {
                return Some(made);
            }
        }
    }
}

fn forbid(allowed: &mut [bool], literal: Literal) {
    if let Some(may) = allowed.get_mut(literal.index()) {
        *may = false;
    }
}

fn ordered(one: Pick, two: Pick) -> (Pick, Pick) {
    if one <= two { (one, two) } else { (two, one) }
}

/// From 0 to below 1 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
fn chance(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ mixed >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// How many solutions there are, to the digits of an `f64`, where a literal may stand for several: for odds.
struct Heavy<F>(F);

impl<F: Fn(Literal) -> f64> Semiring for Heavy<F> {
    type Value = f64;

    fn zero(&self) -> f64 {
        0.0
    }

    fn one(&self) -> f64 {
        1.0
    }

    fn literal(&self, literal: Literal) -> f64 {
        self.0(literal)
    }

    fn add(&self, one: &f64, other: &f64) -> f64 {
        one + other
    }

    fn multiply(&self, one: &f64, other: &f64) -> f64 {
        one * other
    }
}
