//! Connected surfaces: which way they face, what they enclose, and which lies inside of which.

use glam::Vec3;

use super::bvh::Bvh;
use super::pace::Pace;
use super::piece::Piece;
use super::topology::{Topology, ends};
use crate::geom::Aabb;

/// Triangles that are joined by edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Shell {
    pub(super) triangles: u32,
    /// One of them.
    pub(super) first: u32,
    /// None of its edges is open or crowded.
    pub(super) is_closed: bool,
    /// It has no two sides, like a Möbius strip.
    pub(super) is_one_sided: bool,
    /// mm³; below 0 where it is inside out.
    pub(super) volume_mm3: f64,
    pub(super) bounds_mm: Aabb,
    /// How many closed shells it lies in.
    pub(super) depth: u32,
}

impl Shell {
    /// It is closed, but what it encloses is outside: a cavity lies in another shell.
    pub(super) fn is_inside_out(&self) -> bool {
        self.is_closed && self.volume_mm3 < 0.0 && self.depth.is_multiple_of(2)
    }

    /// A closed hollow in another shell.
    pub(super) fn is_cavity(&self) -> bool {
        self.is_closed && self.volume_mm3 < 0.0 && !self.depth.is_multiple_of(2)
    }
}

/// All shells of a piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Shells {
    pub(super) list: Vec<Shell>,
    /// For each triangle, its shell.
    pub(super) of: Vec<u32>,
    /// For each triangle whether it faces the other way than most of its shell.
    pub(super) is_flipped: Vec<bool>,
}

impl Shells {
    pub(super) async fn new(piece: &Piece, topology: &Topology, pace: &Pace) -> Self {
        let count = piece.triangles.len();
        let mut shells = Self { list: Vec::new(), of: vec![u32::MAX; count], is_flipped: vec![false; count] };
        let mut crowded = vec![false; count * 3];
        for half_edge in topology.crowded.iter().flatten() {
            if let Some(mark) = crowded.get_mut(*half_edge as usize) {
                *mark = true;
            }
        }
        for first in 0..count {
            if shells.of.get(first) == Some(&u32::MAX) {
                shells.grow(piece, topology, &crowded, first as u32, pace).await;
            }
        }
        shells
    }

    /// Walks over a whole shell from one of its triangles.
    async fn grow(&mut self, piece: &Piece, topology: &Topology, crowded: &[bool], first: u32, pace: &Pace) {
        let name = self.list.len() as u32;
        let mut shell = Shell { first, is_closed: true, ..Shell::default() };
        let mut members = vec![first];
        self.claim(first, name, false);
        let (mut done, mut flipped) = (0, 0_u32);
        while let Some(triangle) = members.get(done).copied() {
            pace.spend(4).await;
            done += 1;
            let is_flipped = self.is_flipped.get(triangle as usize).copied().unwrap_or(false);
            flipped += u32::from(is_flipped);
            piece.corners(triangle as usize).into_iter().for_each(|corner| shell.bounds_mm.insert(corner));
            for half_edge in triangle * 3..triangle * 3 + 3 {
                let is_crowded = crowded.get(half_edge as usize).copied().unwrap_or(false);
                let Some(mate) = topology.mate(half_edge).filter(|_| !is_crowded) else {
                    shell.is_closed = false;
                    continue;
                };
                let other = mate / 3;
                let runs_alike = ends(&piece.triangles, half_edge).0 == ends(&piece.triangles, mate).0;
                let turns = is_flipped != runs_alike;
                match self.of.get(other as usize) {
                    Some(&u32::MAX) => {
                        self.claim(other, name, turns);
                        members.push(other);
                    }
                    _ => shell.is_one_sided |= self.is_flipped.get(other as usize) != Some(&turns),
                }
            }
        }
        shell.triangles = members.len() as u32;
        let middle = shell.bounds_mm.center();
        let volume = |triangle: &u32| {
            let volume = piece.volume_below(*triangle as usize, middle);
            if self.is_flipped.get(*triangle as usize) == Some(&true) { -volume } else { volume }
        };
        shell.volume_mm3 = members.iter().map(volume).sum();
        // The fewer are wrong; of two halves, those with which a closed shell would be inside out.
        let others = shell.triangles - flipped;
        if flipped > others || (flipped == others && shell.is_closed && shell.volume_mm3 < 0.0) {
            shell.volume_mm3 = -shell.volume_mm3;
            for triangle in members {
                if let Some(mark) = self.is_flipped.get_mut(triangle as usize) {
                    *mark = !*mark;
                }
            }
        }
        self.list.push(shell);
    }

    fn claim(&mut self, triangle: u32, name: u32, is_flipped: bool) {
        if let (Some(of), Some(mark)) = (self.of.get_mut(triangle as usize), self.is_flipped.get_mut(triangle as usize))
        {
            (*of, *mark) = (name, is_flipped);
        }
    }

    /// Finds for each shell how many closed ones it lies in: those that a line from it leaves more often than it enters.
    pub(super) async fn nest(&mut self, piece: &Piece, bvh: &Bvh, pace: &Pace) {
        if self.list.len() < 2 {
            return;
        }
        // No edge of a modelled part runs along this.
        let direction = Vec3::new(0.2718, 0.3141, 0.9096).normalize_or_zero();
        for at in 0..self.list.len() {
            let Some(shell) = self.list.get(at) else { break };
            let [a, b, c] = piece.corners(shell.first as usize);
            let mut met: Vec<u32> = Vec::new();
            let mut looked = 0;
            bvh.meet_all(piece, (a + b + c) / 3.0, direction, &mut |triangle, _| {
                looked += 1;
                met.extend(self.of.get(triangle).copied().filter(|other| *other as usize != at));
            });
            pace.spend(200 + looked * 20).await;
            met.sort_unstable();
            let odd = met.chunk_by(|one, other| one == other).filter(|met| met.len() % 2 == 1);
            let is_closed = |name: u32| self.list.get(name as usize).is_some_and(|shell| shell.is_closed);
            let depth = odd.filter(|met| met.first().is_some_and(|name| is_closed(*name))).count();
            if let Some(shell) = self.list.get_mut(at) {
                shell.depth = depth as u32;
            }
        }
    }
}
