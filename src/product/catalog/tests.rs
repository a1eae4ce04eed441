//! The engine against all combinations, one by one, with conditions read from the file anew.

use std::fmt::Write as _;

use super::super::file::{Condition, Rule};
use super::super::{Change, Value};
use super::*;
use crate::logic::dice::Dice;

/// What a random product's conditions can be made of.
struct Draft {
    groups: String,
    atoms: Vec<String>,
}

fn draft(dice: &mut Dice) -> Draft {
    let mut draft = Draft { groups: String::new(), atoms: Vec::new() };
    for at in 0..2 + dice.roll(4) {
        let id = format!("g{at}");
        let mut choices = String::new();
        let kind = *dice.pick(&["one", "one", "one", "many", "number", "color", "text"]);
        if matches!(kind, "one" | "many" | "color") {
            for choice in 0..1 + dice.roll(4) {
                let retired = choice > 0 && dice.roll(8) == 0;
                let price = dice.roll(40) as i32 - 10;
                let comma = if choice > 0 { "," } else { "" };
                write!(
                    choices,
                    r#"{comma}{{"id":"c{choice}","number":{},"name":"C","price":{price},"retired":{retired}}}"#,
                    choice + 1
                )
                .unwrap();
                draft.atoms.push(format!(r#""{id}/c{choice}""#));
            }
        }
        let more = match kind {
            "many" => match dice.roll(3) {
                0 => String::new(),
                1 => r#","min":1"#.to_owned(),
                _ => format!(r#","max":{}"#, 1 + dice.roll(2)),
            },
            "number" => {
                for _ in 0..2 {
                    let (low, high) = (dice.roll(5), dice.roll(5));
                    draft.atoms.push(format!(r#"{{"number":"{id}","min":{}}}"#, 10 + 2 * low));
                    draft.atoms.push(format!(r#"{{"number":"{id}","max":{}}}"#, 9 + 2 * high));
                }
                format!(r#","min":10,"max":{},"step":2,"price":{}"#, 12 + 2 * dice.roll(3), dice.roll(7) as i32 - 3)
            }
            "color" => {
                draft.atoms.push(format!(r#""{id}/free""#));
                r#","free":true"#.to_owned()
            }
            "text" => {
                draft.atoms.push(format!(r#"{{"filled":"{id}"}}"#));
                r#","price":9"#.to_owned()
            }
            _ => String::new(),
        };
        let comma = if at > 0 { "," } else { "" };
        write!(
            draft.groups,
            r#"{comma}{{"id":"{id}","number":{},"name":"G","kind":"{kind}","choices":[{choices}]{more}}}"#,
            at + 1
        )
        .unwrap();
    }
    draft
}

fn condition(draft: &Draft, dice: &mut Dice, depth: u32) -> String {
    if depth == 0 || dice.roll(2) == 0 {
        return dice.pick(&draft.atoms).clone();
    }
    let mut list = || (0..1 + dice.roll(3)).map(|_| condition(draft, dice, depth - 1)).collect::<Vec<_>>().join(",");
    let of = list();
    match dice.roll(5) {
        0 => format!(r#"{{"all":[{of}]}}"#),
        1 => format!(r#"{{"any":[{of}]}}"#),
        2 => format!(r#"{{"not":{}}}"#, condition(draft, dice, depth - 1)),
        3 => format!(r#"{{"one":[{of}]}}"#),
        _ => format!(r#"{{"atMost":{},"of":[{of}]}}"#, dice.roll(3)),
    }
}

fn random(dice: &mut Dice) -> String {
    let draft = draft(dice);
    let rules = (0..dice.roll(5)).map(|_| match dice.roll(3) {
        0 => format!(r#"{{"holds":{}}}"#, condition(&draft, dice, 2)),
        1 => format!(r#"{{"when":{},"requires":{}}}"#, condition(&draft, dice, 1), condition(&draft, dice, 1)),
        _ => format!(
            r#"{{"when":{},"excludes":[{},{}]}}"#,
            dice.pick(&draft.atoms).clone(),
            condition(&draft, dice, 1),
            dice.pick(&draft.atoms)
        ),
    });
    let rules = rules.collect::<Vec<_>>().join(",");
    let conditional = format!(r#"{{"when":{},"price":-7}}"#, condition(&draft, dice, 2));
    format!(
        r#"{{"anprobe":1,"id":"x","name":"X","models":[{{"id":"m","src":"m.glb"}}],"groups":[{}],"rules":[{rules}],
            "price":{{"currency":"EUR","base":100,"conditional":[{conditional}]}}}}"#,
        draft.groups
    )
}

/// Every answer that a group can have; of words and colours, one.
fn answers(group: &Group) -> Vec<Value> {
    let choices: Vec<usize> = group.choices.iter().map(|(at, _)| at).collect();
    let single = || choices.iter().map(|at| Value::Choices(vec![*at]));
    match group.kind {
        Kind::One => single().collect(),
        Kind::Color => single().chain(group.free.then_some(Value::Color([255; 3]))).collect(),
        Kind::Many => (0..1_u32 << choices.len())
            .map(|bits| {
                choices.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, choice)| *choice).collect()
            })
            .map(Value::Choices)
            .collect(),
        Kind::Number => (0..=group.last_step()).map(Value::Step).collect(),
        Kind::Text => vec![Value::Text("".into()), Value::Text("?".into())],
        Kind::Picture => vec![Value::Picture("".into()), Value::Picture("?".into())],
    }
}

struct Space<'a> {
    product: &'a Product,
    all: Vec<Vec<Value>>,
}

impl<'a> Space<'a> {
    fn new(product: &'a Product) -> Self {
        let mut all = vec![Vec::new()];
        for group in product.groups.entries() {
            let answers = answers(group);
            all = all
                .into_iter()
                .flat_map(|known| answers.iter().map(move |answer| [&*known, std::slice::from_ref(answer)].concat()))
                .collect();
        }
        Self { product, all }
    }

    fn holds(&self, values: &[Value], condition: &Condition) -> bool {
        let group = |id: &str| self.product.groups.iter().find(|(_, group)| group.id == id).unwrap();
        match condition {
            Condition::Choice(name) => {
                let (id, choice) = name.split_once('/').unwrap();
                let (at, group) = group(id);
                match &values[at] {
                    Value::Choices(choices) => choices.iter().any(|at| group.choices.get(*at).unwrap().id == choice),
                    Value::Color(_) => choice == "free",
                    _ => false,
                }
            }
            Condition::Filled(id) => matches!(&values[group(id).0], Value::Text(words) if !words.text.is_empty()),
            Condition::Range { number, min, max } => {
                let (at, group) = group(number);
                let Value::Step(step) = values[at] else { panic!("a number") };
                let value = group.value_of(step);
                min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
            }
            Condition::All(of) => of.iter().all(|one| self.holds(values, one)),
            Condition::Any(of) => of.iter().any(|one| self.holds(values, one)),
            Condition::Not(not) => !self.holds(values, not),
            Condition::One(of) => of.iter().filter(|one| self.holds(values, one)).count() == 1,
            Condition::AtMost(most, of) => of.iter().filter(|one| self.holds(values, one)).count() <= *most as usize,
        }
    }

    fn keeps(&self, values: &[Value], rule: &Rule) -> bool {
        let when = rule.when.as_ref().is_none_or(|when| self.holds(values, when));
        let then = rule.holds.iter().chain(&rule.requires).all(|one| self.holds(values, one))
            && !rule.excludes.entries().any(|one| self.holds(values, one));
        !when || then
    }

    fn in_bounds(&self, values: &[Value], at: usize) -> bool {
        let group = self.product.groups.get(at).unwrap();
        let (Kind::Many, Value::Choices(choices)) = (group.kind, &values[at]) else { return true };
        let count = choices.len() as f64;
        group.min.is_none_or(|min| count >= min) && group.max.is_none_or(|max| count <= max)
    }

    fn is_valid(&self, values: &[Value]) -> bool {
        (0..values.len()).all(|at| self.in_bounds(values, at))
            && self.product.rules.entries().all(|rule| self.keeps(values, rule))
    }

    fn is_sold(&self, values: &[Value]) -> bool {
        self.product.groups.iter().all(|(at, group)| match &values[at] {
            Value::Choices(choices) => !choices.iter().any(|choice| group.choices.get(*choice).unwrap().retired),
            _ => true,
        })
    }

    fn amount(&self, values: &[Value]) -> i64 {
        let of = |(at, group): (usize, &Group)| match &values[at] {
            Value::Choices(choices) => choices.iter().map(|choice| group.choices.get(*choice).unwrap().price).sum(),
            Value::Step(step) => group.price * i64::from(*step),
            Value::Text(words) if !words.text.is_empty() => group.price,
            _ => 0,
        };
        let conditional = self.product.price.iter().flat_map(|price| price.conditional.entries());
        let conditional: i64 =
            conditional.filter(|price| self.holds(values, &price.when)).map(|price| price.price).sum();
        self.product.groups.iter().map(of).sum::<i64>() + conditional
    }
}

fn configured(catalog: &Catalog, values: &[Value]) -> Configuration {
    let mut configuration = catalog.first().clone();
    values.iter().enumerate().for_each(|(at, value)| configuration.set(at, value.clone()));
    configuration
}

/// How many picks moved that were the customer's, how many others, and the price. Of numbers only a move to another
/// range counts, and its value stays as near as can be.
fn cost(catalog: &Catalog, space: &Space<'_>, from: &Configuration, to: &[Value], but: &[ItemId]) -> [i64; 3] {
    let goal = configured(catalog, to);
    let mut cost = [0, 0, space.amount(to)];
    for id in catalog.ids().filter(|id| !but.contains(id)) {
        let item = &catalog.item(id).unwrap();
        let single = catalog.group(item.group()).unwrap().kind != Kind::Many;
        let counted_single = single && catalog.group(item.group()).unwrap().kind != Kind::Text;
        let (was, is) = (from.takes(*item), goal.takes(*item));
        if was != is && (was || !counted_single) {
            cost[usize::from(!from.is_own(id))] += 1;
        }
    }
    cost
}

/// What the engine may do by itself in the other groups, or with what customers alone can give.
fn is_allowed(catalog: &Catalog, from: &Configuration, to: &[Value], but: &[ItemId], with_given: bool) -> bool {
    let goal = configured(catalog, to);
    let fits = |item: &Item| {
        let retired = item.choice(catalog.product()).is_some_and(|choice| choice.retired);
        let given = !with_given && matches!(item, Item::Free { .. } | Item::Filled { .. });
        !(retired || given) || !goal.takes(*item) || from.takes(*item)
    };
    let nearest = |(at, value): (usize, &Value)| match (value, from.value(at)) {
        // As near as can be within its range.
        (Value::Step(step), Some(Value::Step(was))) => catalog.items_of(at).any(|id| match catalog.item(id) {
            Some(Item::Range { first, last, .. }) => {
                (*was).clamp(first, last) == *step && (first..=last).contains(step)
            }
            _ => false,
        }),
        _ => true,
    };
    let free = |id: &ItemId| !but.contains(id);
    let number =
        |at: usize| catalog.items_of(at).any(|id| free(&id) && matches!(catalog.item(id), Some(Item::Range { .. })));
    catalog.ids().filter(free).all(|id| fits(&catalog.item(id).unwrap()))
        && to.iter().enumerate().filter(|(at, _)| number(*at)).all(nearest)
}

fn check(text: &str, dice: &mut Dice) {
    let (catalog, issues) = Catalog::from_json(text).unwrap();
    let space = Space::new(catalog.product());
    let valid: Vec<_> = space.all.iter().filter(|values| space.is_valid(values)).collect();
    let sold: Vec<_> = valid.iter().filter(|values| space.is_sold(values)).copied().collect();
    if sold.is_empty() {
        assert!(issues.contains(Code::ProductContradiction), "{text}");
        return;
    }
    assert!(!issues.contains(Code::ProductContradiction), "{text}");
    for values in &space.all {
        assert_eq!(catalog.is_valid(&configured(&catalog, values)), space.is_valid(values), "{text} {values:?}");
    }

    let listed = |values: &&Vec<Value>| {
        !values.iter().any(|value| matches!(value, Value::Text(words) if !words.text.is_empty()))
    };
    let plain = sold.iter().filter(|values| listed(values)).count();
    let expected = if plain == 0 { sold.len() } else { plain };
    assert_eq!(catalog.count().unwrap().combinations, expected.to_string(), "{text}");
    for id in catalog.ids() {
        let item = catalog.item(id).unwrap();
        let alive = sold.iter().any(|values| configured(&catalog, values).takes(item));
        assert_eq!(catalog.is_alive(id), alive, "{text} {item:?}");
    }
    let amounts = || sold.iter().filter(|values| is_allowed_first(&catalog, values)).map(|values| space.amount(values));
    assert_eq!(catalog.cheapest().map(|found| found.amount), amounts().min(), "{text}");
    assert_eq!(catalog.dearest().map(|found| found.amount), amounts().max(), "{text}");

    for _ in 0..3 {
        let start: &&Vec<Value> = dice.pick(&valid);
        let mut now = configured(&catalog, start);
        for id in catalog.ids() {
            let taken = catalog.takes(&now, id);
            now.set_own(id, taken && dice.roll(2) == 0);
        }
        let states = catalog.states(&now);
        for (at, group) in catalog.product().groups.iter() {
            for value in answers(group).iter().filter(|value| Some(*value) != now.value(at)) {
                check_answer(&catalog, &space, &valid, &now, at, value, &states);
            }
        }
    }
}

/// Words and own colours are not chosen for the customer.
fn is_allowed_first(catalog: &Catalog, values: &[Value]) -> bool {
    let to = configured(catalog, values);
    catalog.items().iter().all(|item| {
        !matches!(item, Item::Free { .. } | Item::Filled { .. }) || !to.takes(*item) || catalog.first().takes(*item)
    })
}

fn check_answer(
    catalog: &Catalog,
    space: &Space<'_>,
    valid: &[&Vec<Value>],
    now: &Configuration,
    at: usize,
    value: &Value,
    states: &[State],
) {
    let group = catalog.group(at).unwrap();
    let before = catalog.choices_amount(now);
    let alone = catalog.with(now, at, value.clone());
    let differing: Vec<_> =
        catalog.items_of(at).filter(|id| catalog.takes(now, *id) != catalog.takes(&alone, *id)).collect();
    let kept = if group.kind == Kind::Many { differing.clone() } else { catalog.items_of(at).collect() };
    let goes_with = |values: &&&Vec<Value>, given| {
        let there = configured(catalog, values);
        let stays = kept.iter().all(|id| catalog.takes(&there, *id) == catalog.takes(&alone, *id));
        stays && (group.kind == Kind::Many || values[at] == *value) && is_allowed(catalog, now, values, &kept, given)
    };
    let goes = |values: &&&Vec<Value>| goes_with(values, false);
    let sold = catalog.is_sold_to(now, &alone);
    let best = valid.iter().filter(|_| sold).filter(goes).map(|values| cost(catalog, space, now, values, &kept)).min();
    let repair = catalog.repair(now, at, value);
    let fits = catalog.is_valid(&alone);
    match (&repair, best) {
        (Some(repair), Some(best)) => {
            assert!(catalog.is_valid(&repair.to), "{repair:?}");
            assert!(kept.iter().all(|id| catalog.takes(&repair.to, *id) == catalog.takes(&alone, *id)));
            let Repair { to, amount, changes } = repair;
            let values: Vec<_> = (0..catalog.product().groups.len()).map(|at| to.value(at).unwrap().clone()).collect();
            assert_eq!(cost(catalog, space, now, &values, &kept), best, "{value:?} from {now:?}");
            assert_eq!((*amount, changes.is_empty()), (best[2] - before, fits));
            assert!(changes.iter().all(|Change { group: other, .. }| *other != at || group.kind == Kind::Many));
        }
        (None, None) => assert!(!(fits && sold)),
        other => panic!("{other:?}"),
    }
    // The item that this answer takes or leaves, where it is just one.
    let target = match group.kind {
        Kind::Many | Kind::Text | Kind::Picture if differing.len() == 1 => differing[0],
        Kind::One | Kind::Color => *differing.iter().find(|id| catalog.takes(&alone, **id)).unwrap(),
        _ => return,
    };
    let retired = catalog.is_retired(target) && catalog.takes(&alone, target);
    let expected = match best {
        _ if retired => State::Dead,
        Some([0, 0, amount]) => State::Possible { amount: amount - before },
        Some([own, others, amount]) => {
            State::Repairable { own: own as u32, others: others as u32, amount: amount - before }
        }
        // A text or colour of the customer's would help.
        None if sold && valid.iter().any(|values| goes_with(&values, true)) => {
            State::Repairable { own: 0, others: 1, amount: catalog.choices_amount(&alone) - before }
        }
        None => State::Dead,
    };
    let is_color = matches!(catalog.item(target), Some(Item::Free { .. } | Item::Filled { .. }));
    if !(is_color && matches!(expected, State::Repairable { .. })) {
        assert_eq!(states[target.index()], expected, "{value:?} from {now:?}");
    }
    check_explanation(catalog, space, now, target, &alone, fits, retired);
}

/// Every reason is needed, and all together suffice.
fn check_explanation(
    catalog: &Catalog,
    space: &Space<'_>,
    now: &Configuration,
    target: ItemId,
    alone: &Configuration,
    fits: bool,
    retired: bool,
) {
    let Explanation { reasons, is_minimal } = catalog.explain(now, target);
    if retired {
        assert_eq!(reasons, [Reason::Gone(target)]);
        return;
    }
    assert_eq!(reasons.is_empty(), fits, "{reasons:?}");
    assert!(is_minimal);
    let taken = catalog.takes(alone, target);
    let item = catalog.item(target).unwrap();
    let contradictory = |without: Option<usize>| {
        !space.all.iter().any(|values| {
            let there = configured(catalog, values);
            let keeps = |reason: &Reason| match *reason {
                Reason::Rule(at) => space.keeps(values, catalog.product().rules.get(at).unwrap()),
                Reason::Bounds(at) => space.in_bounds(values, at),
                Reason::Taken(id) => catalog.takes(&there, id),
                Reason::Left(id) | Reason::Gone(id) => !catalog.takes(&there, id),
            };
            there.takes(item) == taken
                && reasons.iter().enumerate().all(|(at, reason)| Some(at) == without || keeps(reason))
        })
    };
    if !fits {
        assert!(contradictory(None), "{reasons:?}");
        for at in 0..reasons.len() {
            assert!(!contradictory(Some(at)), "{reasons:?} without {at}");
        }
    }
}

#[test]
fn every_answer_is_the_one_that_trying_all_combinations_gives() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..400 {
        let text = random(&mut dice);
        check(&text, &mut dice);
    }
}
