//! The graph against all assignments, one by one.

use num_bigint::BigUint;

use super::dice::Dice;
use super::*;

/// A literal of one of so many variables.
fn random_literal(dice: &mut Dice, variables: u32) -> Literal {
    let variable = dice.roll(variables);
    if dice.roll(2) == 0 { Literal::positive(variable) } else { Literal::negative(variable) }
}

fn solutions(clauses: &Clauses) -> Vec<Vec<bool>> {
    let count = clauses.variables();
    let assignments = (0..1_u32 << count).map(|bits| (0..count).map(|at| bits >> at & 1 == 1).collect::<Vec<_>>());
    assignments.filter(|assignment| clauses.are_met_by(assignment)).collect()
}

fn literals(variables: u32) -> impl Iterator<Item = Literal> {
    (0..variables).flat_map(|variable| [Literal::positive(variable), Literal::negative(variable)])
}

fn holds(solution: &[bool], literal: Literal) -> bool {
    solution[literal.variable() as usize] == literal.is_positive()
}

/// Asks the graph all that it can answer.
fn check(clauses: &Clauses, dice: &mut Dice) {
    let graph = compile(clauses, Budget::default()).unwrap();
    let all = solutions(clauses);
    assert_eq!(graph.sum(&Count), BigUint::from(all.len()), "{clauses:?}");
    assert_eq!(graph.is_never(), all.is_empty());

    let forbidden: Vec<_> = (0..dice.roll(3)).map(|_| random_literal(dice, clauses.variables())).collect();
    let prices: Vec<_> =
        literals(clauses.variables()).map(|_| [i64::from(dice.roll(3)), i64::from(dice.roll(100)) - 50]).collect();
    let allowed = Possible(|literal| !forbidden.contains(&literal));
    let cost = Cheapest(|literal: Literal| (!forbidden.contains(&literal)).then_some(prices[literal.index()]));
    let of = |solution: &Vec<bool>| {
        literals(clauses.variables())
            .filter(|literal| holds(solution, *literal))
            .fold([0; 2], |sum, literal| [sum[0] + prices[literal.index()][0], sum[1] + prices[literal.index()][1]])
    };
    let left: Vec<_> =
        all.iter().filter(|solution| forbidden.iter().all(|literal| !holds(solution, *literal))).collect();
    assert_eq!(graph.sum(&allowed), !left.is_empty());
    let least = left.iter().map(|solution| of(solution)).min();
    assert_eq!(graph.sum(&cost), least);
    let found = graph.cheapest(&cost);
    assert_eq!(found.as_ref().map(of), least);
    assert!(found.is_none_or(|solution| left.contains(&&solution)));

    let (counts, can, costs) = (graph.shares(&Count), graph.shares(&allowed), graph.shares(&cost));
    for literal in literals(clauses.variables()) {
        let with = || all.iter().filter(|solution| holds(solution, literal));
        let left = || left.iter().filter(|solution| holds(solution, literal));
        assert_eq!(counts[literal.index()], BigUint::from(with().count()), "{clauses:?} {literal:?}");
        assert_eq!(can[literal.index()], left().count() > 0);
        assert_eq!(costs[literal.index()], left().map(|solution| of(solution)).min());
    }
}

#[test]
fn every_answer_is_the_one_that_enumeration_gives() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..600 {
        let variables = 1 + dice.roll(10);
        let mut clauses = Clauses::new(variables);
        for _ in 0..dice.roll(3 * variables + 2) {
            let length = [1, 2, 2, 2, 3, 3, 4][dice.roll(7) as usize];
            // Contradictions, tautologies and repetitions are among them.
            let clause: Vec<_> = (0..length).map(|_| random_literal(&mut dice, variables)).collect();
            if length > 1 || round % 5 == 0 {
                clauses.add(clause);
            }
        }
        check(&clauses, &mut dice);
    }
}

#[test]
fn groups_of_choices_are_counted_as_their_rules_allow() {
    let mut dice = Dice(42);
    for _ in 0..150 {
        let mut clauses = Clauses::new(0);
        let mut groups = Vec::new();
        let mut next = 0;
        while next < 12 {
            let group: Vec<_> = (next..next + 2 + dice.roll(3)).map(Literal::positive).collect();
            next += group.len() as u32;
            if dice.roll(4) > 0 {
                clauses.exactly_one(&group);
            } else {
                clauses.at_most_one(&group);
            }
            groups.push(group);
        }
        for _ in 0..dice.roll(8) {
            let mut pick = || {
                let group = &groups[dice.roll(groups.len() as u32) as usize];
                group[dice.roll(group.len() as u32) as usize]
            };
            clauses.add([!pick(), !pick(), pick()]);
        }
        check(&clauses, &mut dice);
    }
}

#[test]
fn nothing_and_contradictions_have_their_graphs() {
    let mut dice = Dice(7);
    check(&Clauses::new(3), &mut dice);
    let mut never = Clauses::new(2);
    never.add([]);
    let graph = compile(&never, Budget::default()).unwrap();
    assert!(graph.is_never() && graph.cheapest(&Cheapest(|_| Some([0]))).is_none());
    assert_eq!(compile(&Clauses::new(0), Budget::default()).unwrap().sum(&Count), BigUint::from(1_u8));
}

#[test]
fn a_budget_that_does_not_suffice_is_said_to_be_spent() {
    // Every second one of a long chain.
    let mut chain = Clauses::new(0);
    for at in 0..200 {
        chain.add([Literal::positive(at), Literal::positive(at + 1)]);
    }
    assert_eq!(compile(&chain, Budget { steps: 300, ..Budget::default() }).err(), Some(Spent));
    assert_eq!(compile(&chain, Budget { depth: 2, ..Budget::default() }).err(), Some(Spent));
    let whole = compile(&chain, Budget::default()).unwrap();
    // Fibonacci's 203rd number.
    let mut fibonacci = (BigUint::from(0_u8), BigUint::from(1_u8));
    for _ in 0..203 {
        fibonacci = (fibonacci.1.clone(), fibonacci.0 + fibonacci.1);
    }
    assert_eq!(whole.sum(&Count), fibonacci.0);
}

#[test]
fn ten_to_the_two_hundred_combinations_are_counted() {
    // 300 groups of five, each with a rule to the next.
    let mut clauses = Clauses::new(0);
    let choice = |group: u32, at: u32| Literal::positive(5 * group + at);
    for group in 0..300 {
        clauses.exactly_one(&[0, 1, 2, 3, 4].map(|at| choice(group, at)));
        if group > 0 {
            clauses.add([!choice(group - 1, 0), !choice(group, 1)]);
        }
    }
    let graph = compile(&clauses, Budget::default()).unwrap();
    // By the first choice of the last group, the second, and any other.
    let mut ways = [BigUint::from(1_u8), BigUint::from(1_u8), BigUint::from(3_u8)];
    for _ in 1..300 {
        let all: BigUint = ways.iter().sum();
        ways = [all.clone(), &all - &ways[0], 3_u8 * all];
    }
    let count = graph.sum(&Count);
    assert_eq!(count, ways.iter().sum::<BigUint>());
    assert!(count.to_string().len() > 200, "{count}");
}
