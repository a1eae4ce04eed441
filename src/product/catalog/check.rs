//! What a product file must keep, entry by entry; what does not is dropped and said.

use std::collections::BTreeSet;

use super::super::configuration::color;
use super::super::file::{Effect, Group, Kind, List, Product};
use crate::issue::{Code, Issues};

/// As many of each can be handled.
const MOST_MODELS: usize = 200;
const MOST_GROUPS: usize = 4_000;
const MOST_CHOICES: usize = 20_000;
const MOST_IN_GROUP: usize = 1_000;
const MOST_RULES: usize = 50_000;
const MOST_STEPS: u32 = 1_000_000;
/// Amounts that add up without overflow, minor units.
const MOST_MONEY: i64 = 1_000_000_000_000;

/// Checks what stands alone; names that lead elsewhere are checked by [`super::names`].
pub(super) fn check(product: &mut Product, issues: &mut Issues) {
    limits(product, issues);
    ids(&mut product.models, "/models", |model| &model.id, issues);
    ids(&mut product.groups, "/groups", |group| &group.id, issues);
    ids(&mut product.facts, "/facts", |fact| &fact.id, issues);
    ids(&mut product.upgrades, "/upgrades", |upgrade| &upgrade.id, issues);
    ids(&mut product.guide, "/guide", |question| &question.id, issues);
    ids(&mut product.surfaces, "/surfaces", |surface| &surface.id, issues);
    ids(&mut product.behaviours, "/behaviours", |behaviour| &behaviour.id, issues);
    ids(&mut product.align, "/align", |point| &point.id, issues);
    ids(&mut product.consumables, "/consumables", |consumable| &consumable.id, issues);
    numbers(&mut product.groups, "/groups", |group| group.number, issues);
    if product.models.is_empty() {
        issues.report(Code::ProductEntry, "/models", "no model, so that nothing is seen");
    }
    for at in 0..product.groups.len() {
        let path = format!("/groups/{at}");
        let keeps = product.groups.get_mut(at).is_none_or(|group| group_keeps(group, &path, issues));
        if !keeps {
            product.groups.drop_entry(at);
        }
    }
    let marks = product.align.entries().count();
    if (1..4).contains(&marks) {
        issues.report(Code::ProductEntry, "/align", format!("{marks} points; a camera is found from four"));
    }
    price(product, issues);
    addresses(product, issues);
    inks(product, issues);
    super::printing::check(product, issues);
}

fn limits(product: &mut Product, issues: &mut Issues) {
    let mut cut = |length: usize, most: usize, path: &str| {
        let over = length > most;
        if over {
            issues.report(Code::ProductLimit, path, format!("{length} entries, at most {most}"));
        }
        over
    };
    if cut(product.models.len(), MOST_MODELS, "/models") {
        product.models.truncate(MOST_MODELS);
    }
    if cut(product.groups.len(), MOST_GROUPS, "/groups") {
        product.groups.truncate(MOST_GROUPS);
    }
    if cut(product.rules.len(), MOST_RULES, "/rules") {
        product.rules.truncate(MOST_RULES);
    }
    let mut left = MOST_CHOICES;
    for at in 0..product.groups.len() {
        let Some(group) = product.groups.get_mut(at) else { continue };
        let most = left.min(MOST_IN_GROUP);
        if cut(group.choices.len(), most, &format!("/groups/{at}/choices")) {
            group.choices.truncate(most);
        }
        left -= group.choices.len();
    }
}

/// Drops entries whose id is empty, odd or taken.
pub(super) fn ids<T>(list: &mut List<T>, path: &str, id: impl Fn(&T) -> &String, issues: &mut Issues) {
    let mut seen = BTreeSet::new();
    let mut dropped = Vec::new();
    for (at, entry) in list.iter() {
        let id = id(entry);
        let sound =
            !id.is_empty() && id.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'));
        if !sound {
            issues.report(Code::ProductEntry, format!("{path}/{at}/id"), "letters, digits, -, _ and . make an id");
        } else if !seen.insert(id.clone()) {
            issues.report(Code::ProductDuplicate, format!("{path}/{at}/id"), id.as_str());
        } else {
            continue;
        }
        dropped.push(at);
    }
    dropped.into_iter().for_each(|at| list.drop_entry(at));
}

/// Drops entries whose number is 0 or taken.
fn numbers<T>(list: &mut List<T>, path: &str, number: impl Fn(&T) -> u32, issues: &mut Issues) {
    let mut seen = BTreeSet::new();
    let mut dropped = Vec::new();
    for (at, entry) in list.iter() {
        let number = number(entry);
        if number == 0 || number > 1 << 24 {
            issues.report(Code::ProductRange, format!("{path}/{at}/number"), "from 1 to 16777216");
        } else if !seen.insert(number) {
            issues.report(Code::ProductDuplicate, format!("{path}/{at}/number"), number.to_string());
        } else {
            continue;
        }
        dropped.push(at);
    }
    dropped.into_iter().for_each(|at| list.drop_entry(at));
}

/// Whether the group can be asked.
fn group_keeps(group: &mut Group, path: &str, issues: &mut Issues) -> bool {
    let choices = format!("{path}/choices");
    ids(&mut group.choices, &choices, |choice| &choice.id, issues);
    numbers(&mut group.choices, &choices, |choice| choice.number, issues);
    amount(&mut group.price, &format!("{path}/price"), issues);
    for at in 0..group.choices.len() {
        if let Some(choice) = group.choices.get_mut(at) {
            amount(&mut choice.price, &format!("{choices}/{at}/price"), issues);
            let odd = choice.rating.as_ref().is_some_and(|rating| !(0.0..=5.0).contains(&rating.value));
            if odd {
                issues.report(Code::ProductRange, format!("{choices}/{at}/rating/value"), "from 0 to 5");
                choice.rating = None;
            }
        }
    }
    if group.kind == Kind::Color && group.free {
        let taken = group.choices.iter().find(|(_, choice)| choice.id == "free").map(|(at, _)| at);
        if let Some(at) = taken {
            issues.report(Code::ProductDuplicate, format!("{choices}/{at}/id"), "free is the customer's own colour");
            group.choices.drop_entry(at);
        }
    }
    let listed = matches!(group.kind, Kind::One | Kind::Many | Kind::Color);
    if !listed && !group.choices.is_empty() {
        issues.report(Code::ProductEntry, choices.as_str(), "only one, many and color have choices");
        group.choices = List::default();
    }
    match group.kind {
        Kind::One | Kind::Color if group.choices.is_empty() && !(group.kind == Kind::Color && group.free) => {
            issues.report(Code::ProductEntry, choices, "nothing to choose from");
            false
        }
        // Whoever has one keeps it only as long as the group is asked.
        Kind::One | Kind::Color if !group.free && group.choices.entries().all(|choice| choice.retired) => {
            issues.report(Code::ProductEntry, choices, "nothing in it is sold any more");
            false
        }
        Kind::Many => {
            let count = group.choices.entries().filter(|choice| !choice.retired).count();
            let whole = |bound: Option<f64>| bound.is_none_or(|bound| bound >= 0.0 && bound.fract() == 0.0);
            let (min, max) = (group.min.unwrap_or(0.0), group.max.unwrap_or(count as f64));
            if !(whole(group.min) && whole(group.max) && min <= max && min <= count as f64) {
                issues.report(Code::ProductRange, path, format!("at least {min} and at most {max} of {count}"));
                (group.min, group.max) = (None, None);
            }
            true
        }
        Kind::Number => {
            let (min, max, step) = group.bounds();
            let sound = [min, max, step].iter().all(|bound| bound.is_finite() && bound.abs() < 1e12);
            // Codes have nine digits behind the point.
            if !(sound && group.max.is_some() && step >= 1e-6 && min <= max) {
                issues.report(Code::ProductRange, path, format!("from {min} to {max} by {step}"));
                return false;
            }
            if (max - min) / step > f64::from(MOST_STEPS) {
                issues.report(Code::ProductLimit, path, format!("more than {MOST_STEPS} steps"));
                return false;
            }
            let most = MOST_MONEY / i64::from(group.last_step().max(1));
            if group.price.unsigned_abs() > most.unsigned_abs() {
                issues.report(Code::ProductRange, format!("{path}/price"), group.price.to_string());
                group.price = 0;
            }
            true
        }
        _ => true,
    }
}

/// What does not add up without overflow costs nothing, and is said.
fn amount(price: &mut i64, path: &str, issues: &mut Issues) {
    if price.unsigned_abs() > MOST_MONEY.unsigned_abs() {
        issues.report(Code::ProductRange, path, price.to_string());
        *price = 0;
    }
}

fn price(product: &mut Product, issues: &mut Issues) {
    if let Some(price) = &mut product.price {
        amount(&mut price.base, "/price/base", issues);
        let sound = price.currency.len() == 3 && price.currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if !sound || price.digits.is_some_and(|digits| digits > 8) {
            issues.report(Code::ProductRange, "/price/currency", "three capital letters, and at most 8 digits");
            product.price = None;
        }
    }
    if let Some(price) = &mut product.price {
        for at in 0..price.conditional.len() {
            if let Some(entry) = price.conditional.get_mut(at) {
                amount(&mut entry.price, &format!("/price/conditional/{at}/price"), issues);
            }
        }
    }
    for at in 0..product.upgrades.len() {
        if let Some(upgrade) = product.upgrades.get_mut(at) {
            amount(&mut upgrade.credit, &format!("/upgrades/{at}/credit"), issues);
            if let Some(price) = &mut upgrade.price {
                amount(price, &format!("/upgrades/{at}/price"), issues);
            }
        }
    }
}

/// Whether a page may follow it: relative, or of a scheme without code in it.
pub(super) fn may_follow(address: &str) -> bool {
    let scheme =
        address.find(':').and_then(|end| address.get(..end)).filter(|scheme| !scheme.contains(['/', '?', '#']));
    let visible = !address.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    visible
        && !address.is_empty()
        && scheme.is_none_or(|scheme| {
            ["https", "http", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        })
}

fn addresses(product: &mut Product, issues: &mut Issues) {
    let mut refuse = |address: &str, path: String| {
        let sound = may_follow(address);
        if !sound {
            issues.report(Code::ProductAddress, path, address.chars().take(80).collect::<String>());
        }
        !sound
    };
    for at in 0..product.links.len() {
        if product.links.get(at).is_some_and(|link| refuse(&link.href, format!("/links/{at}/href"))) {
            product.links.drop_entry(at);
        }
    }
    for at in 0..product.models.len() {
        if product.models.get(at).is_some_and(|model| refuse(&model.src, format!("/models/{at}/src"))) {
            product.models.drop_entry(at);
        }
    }
    for group in 0..product.groups.len() {
        let Some(entry) = product.groups.get_mut(group) else { continue };
        for at in 0..entry.choices.len() {
            let Some(choice) = entry.choices.get_mut(at) else { continue };
            let path = format!("/groups/{group}/choices/{at}");
            let swatch = choice.swatch.as_deref().filter(|swatch| !swatch.starts_with('#'));
            if swatch.is_some_and(|swatch| refuse(swatch, format!("{path}/swatch"))) {
                choice.swatch = None;
            }
            if let Some(rating) = &mut choice.rating
                && rating.href.as_deref().is_some_and(|href| refuse(href, format!("{path}/rating/href")))
            {
                rating.href = None;
            }
        }
    }
}

/// What is no colour leaves words as they are without one.
fn inks(product: &mut Product, issues: &mut Issues) {
    for at in 0..product.surfaces.len() {
        let Some(surface) = product.surfaces.get_mut(at) else { continue };
        if let Some(ink) = surface.ink.take_if(|ink| color(ink).is_none()) {
            let found = ink.chars().take(80).collect::<String>();
            issues.report(Code::ProductValue, format!("/surfaces/{at}/ink"), format!("#rrggbb, not {found}"));
        }
    }
}

/// What an effect is given by what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Nothing,
    /// A number, for its map.
    Number,
    /// A colour, which stands in for a value.
    Color,
}

/// Whether an effect says something that can be done.
pub(super) fn effect_keeps(effect: &Effect, given: Given, path: &str, issues: &mut Issues) -> bool {
    let mapped = effect.map.is_some();
    let valued = effect.value.is_some() || mapped || given == Given::Color;
    let fault = match effect {
        Effect { map: Some(_), .. } if given != Given::Number => "only a number can be mapped",
        Effect { pointer: Some(pointer), .. } if !pointer.starts_with('/') => "a pointer begins with /",
        Effect { pointer: Some(_), .. } if !valued => "a pointer without a value",
        Effect { pointer: None, value: Some(_), .. } => "a value without a pointer",
        Effect { weight: Some(weight), .. } if weight.value.is_none() && !mapped => "a weight without a value",
        Effect { map: Some(map), .. } if map.from.0 == map.to.0 => "a map between two equal ends",
        Effect {
            body: None,
            variant: None,
            pointer: None,
            mount: None,
            animation: None,
            weight: None,
            show,
            hide,
            ..
        } if show.is_empty() && hide.is_empty() => "it changes nothing",
        _ => return true,
    };
    issues.report(Code::ProductEntry, path, fault);
    false
}
