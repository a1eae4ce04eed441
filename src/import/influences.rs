//! Which joints move a vertex, and how much (glTF 2.0 §3.7.3.3).

use glam::Vec4;

use super::cursor::Cursor;
use super::elements::Elements;
use super::reader::Reader;
use super::streams;
use crate::issue::Code;

/// Four joints a vertex and their weights, which sum to 1; both empty where there are none.
/// Of more than four the strongest stay.
pub(super) fn read<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, elements: &Elements) -> (Vec<[u16; 4]>, Vec<Vec4>) {
    let count = elements.len();
    let mut sets = Vec::new();
    for set in 0.. {
        let (joints, weights) = (format!("JOINTS_{set}"), format!("WEIGHTS_{set}"));
        let (Some(_), Some(_)) = (at.get(&joints), at.get(&weights)) else {
            if let Some(lonely) = at.get(&joints).or(at.get(&weights)) {
                reader.report(Code::Value, lonely, "joints and weights come in pairs");
            }
            break;
        };
        let joints = streams::integers(reader, at, &joints, elements);
        let weights = streams::shares(reader, at, &weights, elements);
        if joints.len() == 4 * count && weights.len() == 4 * count {
            sets.push((joints, weights));
        }
    }
    if sets.is_empty() {
        return Default::default();
    }
    if sets.len() > 1 {
        reader.report(Code::Conformance, at, "more than four joints a vertex: the four strongest are used");
    }
    let mut out = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut influences: Vec<(f32, u16)> = Vec::new();
    for vertex in 0..count {
        influences.clear();
        for (joints, weights) in &sets {
            let four = 4 * vertex..4 * vertex + 4;
            let (Some(joints), Some(weights)) = (joints.get(four.clone()), weights.get(four)) else { continue };
            influences.extend(weights.iter().zip(joints).map(|(weight, joint)| (weight.max(0.0), *joint as u16)));
        }
        let (joints, weights) = strongest(&mut influences);
        out.0.push(joints);
        out.1.push(weights);
    }
    out
}

/// The four strongest influences in their order, weights made to sum to 1. A joint without weight is joint 0, so that
/// garbage in unused places names nothing.
fn strongest(influences: &mut Vec<(f32, u16)>) -> ([u16; 4], Vec4) {
    while influences.len() > 4 {
        let weakest = influences.iter().enumerate().min_by(|a, b| a.1.0.total_cmp(&b.1.0)).map_or(0, |(at, _)| at);
        influences.remove(weakest);
    }
    let (mut joints, mut weights) = ([0; 4], [0.0; 4]);
    for ((joint, weight), influence) in joints.iter_mut().zip(&mut weights).zip(influences.iter()) {
        if influence.0 > 0.0 {
            (*weight, *joint) = *influence;
        }
    }
    let sum: f32 = weights.iter().sum();
    if sum > 0.0 && sum.is_finite() { (joints, Vec4::from_array(weights) / sum) } else { (joints, Vec4::X) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_strongest_stay_and_sum_to_one() {
        let mut influences = vec![(0.1, 1), (0.2, 2), (0.0, 3), (0.3, 4), (0.25, 5), (0.15, 6)];
        let (joints, weights) = strongest(&mut influences);
        assert_eq!(joints, [2, 4, 5, 6]);
        assert!((weights.element_sum() - 1.0).abs() < 1e-6);
        assert!((weights.y - 0.3 / 0.9).abs() < 1e-6);
    }

    #[test]
    fn a_joint_without_weight_names_nothing() {
        assert_eq!(strongest(&mut vec![(1.0, 7), (0.0, 999), (0.0, 999), (0.0, 999)]).0, [7, 0, 0, 0]);
        assert_eq!(strongest(&mut vec![(0.0, 9); 4]), ([0; 4], Vec4::X));
    }
}
