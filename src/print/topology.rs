//! Which triangles meet at which edges.
//!
//! A half-edge is one side of a triangle, numbered `3 × triangle + side`, from that corner to the next. A solid is an
//! oriented 2-manifold (3MF core specification §4.1): each half-edge has one partner, which runs the other way.

use super::pace::Pace;

/// No half-edge.
pub(super) const NONE: u32 = u32::MAX;

/// What meets where.
#[derive(Clone, Debug, Default)]
pub(super) struct Topology {
    /// For each half-edge the one across it; [`NONE`] where there is none or it cannot be told.
    pub(super) mates: Vec<u32>,
    /// Half-edges that nothing meets.
    pub(super) open: Vec<u32>,
    /// Half-edges of edges with more than two, one list for each edge.
    pub(super) crowded: Vec<Vec<u32>>,
}

/// The first and last vertex of a half-edge.
pub(super) fn ends(triangles: &[[u32; 3]], half_edge: u32) -> (u32, u32) {
    let Some([a, b, c]) = triangles.get(half_edge as usize / 3).copied() else { return (0, 0) };
    match half_edge % 3 {
        0 => (a, b),
        1 => (b, c),
        _ => (c, a),
    }
}

/// The next half-edge of the same triangle.
pub(super) fn next(half_edge: u32) -> u32 {
    if half_edge % 3 == 2 { half_edge - 2 } else { half_edge + 1 }
}

impl Topology {
    /// Finds what meets where. No triangle may have one vertex twice.
    pub(super) async fn new(triangles: &[[u32; 3]], vertices: usize, pace: &Pace) -> Self {
        // All half-edges in the bucket of their lower vertex.
        let mut ends_at = vec![0_u32; vertices + 1];
        for chunk in triangles.chunks(1 << 14) {
            pace.spend(chunk.len()).await;
            for lower in chunk.iter().flat_map(|triangle| sides(*triangle)).map(|(from, to)| from.min(to)) {
                if let Some(count) = ends_at.get_mut(lower as usize + 1) {
                    *count += 1;
                }
            }
        }
        let mut sum = 0;
        for end in &mut ends_at {
            sum += *end;
            *end = sum;
        }
        let mut slots = vec![(0_u32, NONE); triangles.len() * 3];
        let mut half_edge = 0;
        for chunk in triangles.chunks(1 << 14) {
            pace.spend(chunk.len() * 2).await;
            for (from, to) in chunk.iter().flat_map(|triangle| sides(*triangle)) {
                if let Some(place) = ends_at.get_mut(from.min(to) as usize) {
                    if let Some(slot) = slots.get_mut(*place as usize) {
                        *slot = (from.max(to), half_edge);
                    }
                    *place += 1;
                }
                half_edge += 1;
            }
        }
        // Each end has become where the next bucket begins.
        let mut topology = Self { mates: vec![NONE; slots.len()], ..Self::default() };
        let mut start = 0;
        for end in ends_at.iter().take(vertices) {
            let end = *end as usize;
            let Some(bucket) = slots.get_mut(start..end) else { break };
            pace.spend(bucket.len()).await;
            bucket.sort_unstable();
            for edge in bucket.chunk_by(|one, other| one.0 == other.0) {
                topology.take(triangles, edge);
            }
            start = end;
        }
        topology
    }

    /// Takes all half-edges of one edge.
    fn take(&mut self, triangles: &[[u32; 3]], edge: &[(u32, u32)]) {
        match *edge {
            [(_, one)] => self.open.push(one),
            [(_, one), (_, other)] => self.join(one, other),
            _ => {
                self.crowded.push(edge.iter().map(|(_, half_edge)| *half_edge).collect());
                // Where as many run there as back, a cut through the piece can still go on.
                let runs_up = |half_edge: &u32| {
                    let (from, to) = ends(triangles, *half_edge);
                    from < to
                };
                let (up, down): (Vec<u32>, Vec<u32>) = edge.iter().map(|(_, half_edge)| *half_edge).partition(runs_up);
                if up.len() == down.len() {
                    up.into_iter().zip(down).for_each(|(one, other)| self.join(one, other));
                }
            }
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        for (half_edge, mate) in [(one, other), (other, one)] {
            if let Some(known) = self.mates.get_mut(half_edge as usize) {
                *known = mate;
            }
        }
    }

    /// What is across a half-edge.
    pub(super) fn mate(&self, half_edge: u32) -> Option<u32> {
        self.mates.get(half_edge as usize).copied().filter(|mate| *mate != NONE)
    }

    /// Every half-edge has one partner that runs the other way.
    pub(super) fn is_manifold(&self, triangles: &[[u32; 3]]) -> bool {
        let turned = |(half_edge, mate): (u32, &u32)| {
            let (from, to) = ends(triangles, half_edge);
            ends(triangles, *mate) == (to, from)
        };
        self.open.is_empty() && self.crowded.is_empty() && (0..).zip(&self.mates).all(turned)
    }

    /// The holes: chains of open half-edges, each closed in itself. The triangles must all face one way.
    pub(super) fn holes(&self, triangles: &[[u32; 3]]) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.mates.len()];
        let mut is_open = vec![false; self.mates.len()];
        for half_edge in &self.open {
            if let Some(mark) = is_open.get_mut(*half_edge as usize) {
                *mark = true;
            }
        }
        let mut holes = Vec::new();
        for first in &self.open {
            let mut hole = Vec::new();
            let mut at = *first;
            while let Some(mark) = seen.get_mut(at as usize).filter(|mark| !**mark) {
                *mark = true;
                hole.push(at);
                // Around the vertex where it ends, to the next open side.
                let mut side = next(at);
                // This ends: two ways that meet would have come from one half-edge, and an open one comes from none.
                while let Some(mate) = self.mate(side) {
                    side = next(mate);
                }
                at = side;
            }
            let chain = |pair: &[u32]| match *pair {
                [one, other] => ends(triangles, one).1 == ends(triangles, other).0,
                _ => true,
            };
            let all_open = hole.iter().all(|half_edge| is_open.get(*half_edge as usize) == Some(&true));
            if hole.len() > 2 && all_open && hole.windows(2).all(chain) && at == *first {
                holes.push(hole);
            }
        }
        holes
    }
}

/// The sides of a triangle, from where to where.
fn sides([a, b, c]: [u32; 3]) -> [(u32, u32); 3] {
    [(a, b), (b, c), (c, a)]
}
