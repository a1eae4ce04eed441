//! What must hold, and its compiled form.

use super::super::file::{Kind, Product, Rule};
use super::clausal::{Clausal, Truth};
use super::formula::Formula;
use super::items::{ItemId, Items};
use crate::issue::{Code, Issues};
use crate::logic::{Budget, Graph, Literal, Spent, compile};

/// Where a constraint comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A rule, by its index.
    Rule(usize),
    /// How many choices a group allows, by its index.
    Bounds(usize),
}

/// Something that must hold.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    pub(super) source: Source,
    pub(super) formula: Formula,
    /// What it speaks of.
    pub(super) items: Vec<ItemId>,
}

impl Constraint {
    fn new(source: Source, formula: Formula) -> Self {
        let mut items = Vec::new();
        formula.items(&mut items);
        items.sort_unstable();
        items.dedup();
        Self { source, formula, items }
    }
}

/// All constraints of a product: its rules, and how many choices each group of many allows.
pub(super) fn constraints(product: &Product, items: &Items, issues: &mut Issues) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for (at, group) in product.groups.iter().filter(|(_, group)| group.kind == Kind::Many) {
        let all: Vec<_> = items.of(at).map(|item| Formula::Literal(item.taken())).collect();
        let least = group.min.unwrap_or(0.0) as usize;
        let most = group.max.map_or(usize::MAX, |max| max as usize);
        if least > 0 || most < all.len() {
            constraints.push(Constraint::new(Source::Bounds(at), Formula::Count(least, most, all)));
        }
    }
    for (at, rule) in product.rules.iter() {
        let path = format!("/rules/{at}");
        match formula(rule, product, items) {
            Ok(Some(formula)) => constraints.push(Constraint::new(Source::Rule(at), formula)),
            Ok(None) => issues.report(Code::ProductEntry, path, "say holds, or when with requires or excludes"),
            Err(name) => issues.report(Code::ProductName, path, name),
        }
    }
    constraints
}

/// None when the rule says nothing.
fn formula(rule: &Rule, product: &Product, items: &Items) -> Result<Option<Formula>, String> {
    let of = |condition| Formula::new(condition, product, items);
    let mut then = rule.requires.as_ref().map(of).into_iter().collect::<Result<Vec<_>, _>>()?;
    for condition in rule.excludes.entries() {
        then.push(Formula::Not(Box::new(of(condition)?)));
    }
    match (&rule.holds, &rule.when) {
        (Some(holds), None) if then.is_empty() => of(holds).map(Some),
        (None, Some(when)) if !then.is_empty() => {
            Ok(Some(Formula::Any(vec![Formula::Not(Box::new(of(when)?)), Formula::All(then)])))
        }
        _ => Ok(None),
    }
}

/// Of each group but those of many, texts and pictures, exactly one item is taken.
pub(super) fn structure(product: &Product, items: &Items) -> Vec<Vec<ItemId>> {
    let single =
        product.groups.iter().filter(|(_, group)| matches!(group.kind, Kind::One | Kind::Color | Kind::Number));
    single.map(|(at, _)| items.of(at).collect()).collect()
}

/// Rules and structure as clauses, and what prices depend on.
pub(super) struct Compiled {
    pub(super) graph: Graph,
    /// When each conditional price counts, in the order given.
    pub(super) counts: Vec<Truth>,
}

/// Compiles it all.
///
/// # Errors
/// [`Spent`] when it is too much.
pub(super) fn compiled(
    items: u32,
    structure: &[Vec<ItemId>],
    constraints: &[Constraint],
    prices: &[Formula],
    budget: Budget,
) -> Result<Compiled, Spent> {
    let mut clausal = Clausal::new(items);
    structure.iter().try_for_each(|group| clausal.hold(&exactly_one(group)))?;
    constraints.iter().try_for_each(|constraint| clausal.hold(&constraint.formula))?;
    let counts = prices.iter().map(|price| clausal.truth(price)).collect::<Result<Vec<_>, _>>()?;
    Ok(Compiled { graph: compile(&clausal.clauses(), budget)?, counts })
}

fn exactly_one(group: &[ItemId]) -> Formula {
    Formula::Count(1, 1, group.iter().map(|item| Formula::Literal(item.taken())).collect())
}

/// Whether some constraints and facts contradict each other, given the structure of all groups that they speak of.
///
/// # Errors
/// [`Spent`] when it is too much to tell.
pub(super) fn contradict(
    structure: &[Vec<ItemId>],
    constraints: &[&Constraint],
    facts: &[Literal],
    budget: Budget,
) -> Result<bool, Spent> {
    // Variables of their own, so that a small question of a large product is a small one.
    let mut local: std::collections::BTreeMap<ItemId, u32> = std::collections::BTreeMap::new();
    let spoken = constraints.iter().flat_map(|constraint| constraint.items.iter().copied());
    for item in spoken.chain(facts.iter().map(|fact| ItemId(fact.variable()))) {
        let next = local.len() as u32;
        local.entry(item).or_insert(next);
    }
    let groups = structure.iter().filter(|group| group.iter().any(|item| local.contains_key(item)));
    let groups: Vec<_> = groups.collect();
    for item in groups.iter().flat_map(|group| group.iter()) {
        let next = local.len() as u32;
        local.entry(*item).or_insert(next);
    }
    let renamed = |formula: &Formula| formula.renamed(&|item| local.get(&item).map_or(item, |local| ItemId(*local)));
    let mut clausal = Clausal::new(local.len() as u32);
    groups.iter().try_for_each(|group| clausal.hold(&renamed(&exactly_one(group))))?;
    constraints.iter().try_for_each(|constraint| clausal.hold(&renamed(&constraint.formula)))?;
    facts.iter().try_for_each(|fact| clausal.hold(&renamed(&Formula::Literal(*fact))))?;
    Ok(compile(&clausal.clauses(), budget)?.is_never())
}

/// A smallest set of elements that is still contradictory: none of it can be left out (Junker 2004, "QuickXplain").
/// Empty when the background is contradictory by itself.
///
/// # Errors
/// As of `contradictory`.
pub(super) fn minimal<T: Clone>(
    elements: &[T],
    contradictory: &mut dyn FnMut(&[T]) -> Result<bool, Spent>,
) -> Result<Vec<T>, Spent> {
    fn search<T: Clone>(
        known: &[T],
        grown: bool,
        elements: &[T],
        contradictory: &mut dyn FnMut(&[T]) -> Result<bool, Spent>,
    ) -> Result<Vec<T>, Spent> {
        if grown && contradictory(known)? {
            return Ok(Vec::new());
        }
        if elements.len() <= 1 {
            return Ok(elements.to_vec());
        }
        let (first, second) = elements.split_at(elements.len() / 2);
        let needed_second = search(&[known, first].concat(), true, second, contradictory)?;
        let needed_first = search(&[known, &needed_second].concat(), !needed_second.is_empty(), first, contradictory)?;
        Ok([needed_first, needed_second].concat())
    }
    search(&[], true, elements, contradictory)
}
