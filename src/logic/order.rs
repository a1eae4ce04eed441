//! In which order variables are decided, so that what is left falls apart.

use std::collections::BTreeSet;

use super::Clauses;

/// Longer clauses do not count: what they hold together is soon decided by one of their many literals.
const LONGEST: usize = 64;
/// Beyond so many neighbours that were noted, new ones no longer are: the order is then a guess.
const MOST_NOTES: usize = 4_000_000;

/// The rank of each variable: those that hold the others together are the highest.
///
/// Variables are taken away one by one, first those with the fewest neighbours, whose neighbours then know each other
/// (Rose 1970 and Markowitz's minimum degree). What is taken away last separates what went before: decided first, it leaves
/// components no wider than the widest of these neighbourhoods (Darwiche 2001, "Decomposable negation normal form", on
/// elimination orders and decomposition trees).
pub(super) fn ranks(clauses: &Clauses) -> Vec<u32> {
    let count = clauses.variables() as usize;
    let mut neighbours = vec![BTreeSet::new(); count];
    let mut notes = 0;
    for clause in clauses.iter().filter(|clause| clause.len() <= LONGEST) {
        if notes > MOST_NOTES {
            break;
        }
        for one in clause {
            let Some(known) = neighbours.get_mut(one.variable() as usize) else { continue };
            known.extend(clause.iter().map(|other| other.variable()).filter(|other| *other != one.variable()));
            notes += clause.len();
        }
    }
    let mut by_degree: BTreeSet<_> =
        neighbours.iter().enumerate().map(|(at, known)| (known.len(), at as u32)).collect();
    let mut ranks = vec![u32::MAX; count];
    let mut next = 0;
    while let Some((_, variable)) = by_degree.pop_first() {
        if let Some(rank) = ranks.get_mut(variable as usize) {
            *rank = next;
        }
        next += 1;
        let around = neighbours.get_mut(variable as usize).map(std::mem::take).unwrap_or_default();
        let fills = notes < MOST_NOTES;
        for &one in &around {
            let Some(known) = neighbours.get_mut(one as usize) else { continue };
            by_degree.remove(&(known.len(), one));
            known.remove(&variable);
            if fills {
                notes += around.len();
                known.extend(around.iter().copied().filter(|other| *other != one));
            }
            by_degree.insert((known.len(), one));
        }
    }
    ranks
}
