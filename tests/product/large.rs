//! A product of the size of real cars, against a SAT solver that is not ours.

use std::fmt::Write as _;

use anprobe::product::{Catalog, Outcome, Session, State};
use batsat::{BasicSolver, SolverInterface, Var, lbool};

/// A stream of numbers that is the same each time (Marsaglia 2003, xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }
}

/// Rules as clauses over choices, `(group, choice)` and whether it is taken.
type Rule = Vec<((usize, usize), bool)>;

/// Groups by their number of choices, and rules between groups that are near each other, as in real products: most
/// say that two do not go together.
fn car(groups: usize, rules: usize, dice: &mut Dice) -> (Vec<usize>, Vec<Rule>) {
    let sizes: Vec<_> = (0..groups).map(|_| 2 + dice.roll(8)).collect();
    let rules = (0..rules).map(|_| {
        let one = dice.roll(groups);
        let other = (one + 1 + dice.roll(4)).min(groups - 1);
        let mut clause =
            vec![((one, dice.roll(sizes[one])), false), ((other, dice.roll(sizes[other])), dice.roll(6) == 0)];
        if dice.roll(8) == 0 {
            let third = (other + 1).min(groups - 1);
            clause.push(((third, dice.roll(sizes[third])), true));
        }
        clause
    });
    let rules = rules.collect();
    (sizes, rules)
}

fn written(sizes: &[usize], rules: &[Rule]) -> String {
    let mut text = r#"{"anprobe":1,"id":"car","name":"Car","models":[{"id":"m","src":"m.glb"}],"groups":["#.to_owned();
    for (at, size) in sizes.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(text, r#"{comma}{{"id":"g{at}","number":{},"name":"G","choices":["#, at + 1).unwrap();
        for choice in 0..*size {
            let comma = if choice > 0 { "," } else { "" };
            write!(text, r#"{comma}{{"id":"c{choice}","number":{},"name":"C","price":{}}}"#, choice + 1, 100 * choice)
                .unwrap();
        }
        text.push_str("]}");
    }
    text.push_str(r#"],"rules":["#);
    for (at, rule) in rules.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(text, r#"{comma}{{"holds":{{"any":["#).unwrap();
        for (at, ((group, choice), taken)) in rule.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let name = format!(r#""g{group}/c{choice}""#);
            let literal = if *taken { name } else { format!(r#"{{"not":{name}}}"#) };
            write!(text, "{comma}{literal}").unwrap();
        }
        text.push_str("]}}");
    }
    text.push_str(r#"],"price":{"currency":"EUR"}}"#);
    text
}

/// The same rules in another solver.
struct Judge {
    solver: BasicSolver,
    choices: Vec<Vec<Var>>,
}

impl Judge {
    fn new(sizes: &[usize], rules: &[Rule]) -> Self {
        let mut solver = BasicSolver::default();
        let choices: Vec<Vec<Var>> =
            sizes.iter().map(|size| (0..*size).map(|_| solver.new_var_default()).collect()).collect();
        let literal = |var: Var, taken: bool| batsat::Lit::new(var, taken);
        for group in &choices {
            solver.add_clause_reuse(&mut group.iter().map(|var| literal(*var, true)).collect());
            for (at, one) in group.iter().enumerate() {
                for other in group.iter().skip(at + 1) {
                    solver.add_clause_reuse(&mut vec![literal(*one, false), literal(*other, false)]);
                }
            }
        }
        for rule in rules {
            let clause = rule.iter().map(|((group, choice), taken)| literal(choices[*group][*choice], *taken));
            solver.add_clause_reuse(&mut clause.collect());
        }
        Self { solver, choices }
    }

    fn allows(&mut self, assumed: &[(usize, usize)]) -> bool {
        let assumed: Vec<_> =
            assumed.iter().map(|(group, choice)| batsat::Lit::new(self.choices[*group][*choice], true)).collect();
        self.solver.solve_limited(&assumed) == lbool::TRUE
    }
}

#[test]
fn a_car_of_2500_choices_is_answered_as_a_sat_solver_does() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (sizes, rules) = car(450, 500, &mut dice);
    assert!(sizes.iter().sum::<usize>() > 2_300);
    let (catalog, issues) = Catalog::from_json(&written(&sizes, &rules)).unwrap();
    let mut judge = Judge::new(&sizes, &rules);
    assert!(
        issues.iter().all(|issue| matches!(issue.code.as_str(), "PRODUCT_DEAD_CHOICE" | "PRODUCT_DEFAULT")),
        "{issues:?}"
    );
    assert!(catalog.count().unwrap().combinations.len() > 200);

    let mut session = Session::new(catalog);
    for _ in 0..4 {
        let states = session.catalog().states(session.configuration());
        let mut blocked = 0;
        for (group, size) in sizes.iter().enumerate() {
            for choice in 0..*size {
                let item = session.catalog().item_named(&format!("g{group}/c{choice}")).unwrap();
                let mut all: Vec<(usize, usize)> = Vec::new();
                for (other, size) in sizes.iter().enumerate().filter(|(other, _)| *other != group) {
                    let taken = |at: &usize| {
                        let item = session.catalog().item_named(&format!("g{other}/c{at}")).unwrap();
                        session.configuration().takes(session.catalog().item(item).unwrap())
                    };
                    all.push((other, (0..*size).find(taken).unwrap()));
                }
                all.push((group, choice));
                let state = states[item.index()];
                let expected = match state {
                    State::Taken | State::Possible { .. } => judge.allows(&all),
                    State::Repairable { .. } => judge.allows(&[(group, choice)]) && !judge.allows(&all),
                    State::Dead => !judge.allows(&[(group, choice)]),
                    State::Unknown => false,
                };
                assert!(expected, "g{group}/c{choice}: {state:?}");
                blocked += usize::from(matches!(state, State::Repairable { .. }));
            }
        }
        assert!(blocked > 0);
        // Walk on: take what needs a repair, with its repair.
        for _ in 0..20 {
            let at = dice.roll(states.len());
            let item = session.catalog().all_items().nth(at).unwrap();
            let Some((group, value)) = session.toggled(item) else { continue };
            let before = session.configuration().clone();
            if let Outcome::Blocked(_) = session.select(group, value.clone()) {
                assert_eq!(session.configuration(), &before);
                session.accept(group, &value);
            }
            assert!(session.catalog().is_valid(session.configuration()));
        }
    }
}
