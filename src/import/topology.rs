//! Strips, fans and loops to lists (glTF 2.0 §3.7.2.1).

use crate::scene::Topology;

/// The shapes of a primitive's `mode` as a list; none for an unknown mode. What is left over is dropped.
pub(super) fn lists(mode: usize, mut indices: Vec<u32>) -> Option<(Topology, Vec<u32>)> {
    let (topology, list) = match mode {
        0 => (Topology::Points, indices),
        1 => {
            indices.truncate(indices.len() / 2 * 2);
            (Topology::Lines, indices)
        }
        2 => {
            if let (Some(first), true) = (indices.first().copied(), indices.len() > 2) {
                indices.push(first);
            }
            (Topology::Lines, line_strip(&indices))
        }
        3 => (Topology::Lines, line_strip(&indices)),
        4 => {
            indices.truncate(indices.len() / 3 * 3);
            (Topology::Triangles, indices)
        }
        5 => (Topology::Triangles, triangle_strip(&indices)),
        6 => (Topology::Triangles, triangle_fan(&indices)),
        _ => return None,
    };
    Some((topology, list))
}

fn line_strip(indices: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(indices.len() * 2);
    for pair in indices.array_windows::<2>() {
        out.extend_from_slice(pair);
    }
    out
}

/// Every second triangle is turned, so that all face the same way; those that only stitch strips are left out.
fn triangle_strip(indices: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(indices.len().saturating_sub(2) * 3);
    for (number, corners) in indices.array_windows::<3>().enumerate() {
        let [a, b, c] = *corners;
        if a != b && b != c && a != c {
            out.extend(if number % 2 == 0 { [a, b, c] } else { [a, c, b] });
        }
    }
    out
}

fn triangle_fan(indices: &[u32]) -> Vec<u32> {
    let Some((hub, rim)) = indices.split_first() else { return Vec::new() };
    let mut out = Vec::with_capacity(rim.len() * 3);
    for [b, c] in rim.array_windows() {
        out.extend([*b, *c, *hub]);
    }
    out
}

/// Drops the shapes that name a vertex which is not there.
pub(super) fn keep_in_range(topology: Topology, indices: &mut Vec<u32>, vertices: usize) {
    if indices.iter().all(|index| (*index as usize) < vertices) {
        return;
    }
    let corners = match topology {
        Topology::Triangles => 3,
        Topology::Lines => 2,
        Topology::Points => 1,
    };
    let mut kept = Vec::with_capacity(indices.len());
    for shape in indices.chunks_exact(corners) {
        if shape.iter().all(|index| (*index as usize) < vertices) {
            kept.extend_from_slice(shape);
        }
    }
    *indices = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_becomes_a_list() {
        let list = |mode, indices: &[u32]| lists(mode, indices.to_vec());
        assert_eq!(list(0, &[5, 6]), Some((Topology::Points, vec![5, 6])));
        assert_eq!(list(1, &[0, 1, 2]), Some((Topology::Lines, vec![0, 1])));
        assert_eq!(list(2, &[0, 1, 2]), Some((Topology::Lines, vec![0, 1, 1, 2, 2, 0])));
        assert_eq!(list(3, &[0, 1, 2]), Some((Topology::Lines, vec![0, 1, 1, 2])));
        assert_eq!(list(4, &[0, 1, 2, 3]), Some((Topology::Triangles, vec![0, 1, 2])));
        assert_eq!(list(5, &[0, 1, 2, 3]), Some((Topology::Triangles, vec![0, 1, 2, 1, 3, 2])));
        assert_eq!(list(6, &[0, 1, 2, 3]), Some((Topology::Triangles, vec![1, 2, 0, 2, 3, 0])));
        assert_eq!(list(7, &[0, 1, 2]), None);
        for mode in 0..7 {
            assert!(list(mode, &[]).is_some_and(|(_, indices)| indices.is_empty()));
        }
    }

    #[test]
    fn stitches_of_a_strip_are_left_out_and_do_not_turn_what_follows() {
        let strip = lists(5, vec![0, 1, 2, 2, 3, 3, 4, 5]);
        assert_eq!(strip, Some((Topology::Triangles, vec![0, 1, 2, 3, 5, 4])));
    }

    #[test]
    fn a_shape_with_a_vertex_that_is_not_there_goes_alone() {
        let mut indices = vec![0, 1, 2, 0, 9, 1, 2, 1, 0];
        keep_in_range(Topology::Triangles, &mut indices, 3);
        assert_eq!(indices, [0, 1, 2, 2, 1, 0]);
    }
}
