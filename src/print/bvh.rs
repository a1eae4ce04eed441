//! A tree of boxes around triangles, to ask for what a ray or a plane meets.
//!
//! Built from the top by the surface area heuristic over bins (Wald 2007, <https://doi.org/10.1109/RT.2007.4342588>).

use glam::Vec3;

use super::pace::Pace;
use super::piece::Piece;

/// Bins on an axis.
const BINS: usize = 12;
/// No more triangles than this need a cut.
const LEAF: usize = 4;

#[derive(Clone, Copy, Debug)]
struct Node {
    min: Vec3,
    max: Vec3,
    /// First of its triangles in the order, or its left child; the right one is behind that.
    start: u32,
    /// 0 for one with children.
    count: u32,
}

/// The tree over a piece's triangles.
#[derive(Clone, Debug, Default)]
pub(super) struct Bvh {
    nodes: Vec<Node>,
    order: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Bin {
    min: Vec3,
    max: Vec3,
    count: usize,
}

impl Bin {
    const EMPTY: Self = Self { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY, count: 0 };

    fn with(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max), count: self.count + other.count }
    }

    /// Half its surface times what it holds.
    fn cost(self) -> f32 {
        let size = (self.max - self.min).max(Vec3::ZERO);
        (size.x * size.y + size.y * size.z + size.z * size.x) * self.count as f32
    }
}

impl Bvh {
    pub(super) async fn new(piece: &Piece, pace: &Pace) -> Self {
        let mut boxes = Vec::with_capacity(piece.triangles.len());
        for triangle in 0..piece.triangles.len() {
            pace.spend(1).await;
            let [a, b, c] = piece.corners(triangle);
            boxes.push(Bin { min: a.min(b).min(c), max: a.max(b).max(c), count: 1 });
        }
        let mut bvh = Self { nodes: Vec::new(), order: (0..boxes.len() as u32).collect() };
        if boxes.is_empty() {
            return bvh;
        }
        bvh.nodes.push(bvh.leaf(&boxes, 0, boxes.len()));
        let mut open = vec![0_usize];
        while let Some(at) = open.pop() {
            let Some(node) = bvh.nodes.get(at).copied() else { break };
            let (start, count) = (node.start as usize, node.count as usize);
            pace.spend(count * 3).await;
            let Some(middle) = bvh.cut(&boxes, start, count) else { continue };
            let children = bvh.nodes.len();
            let (left, right) = (bvh.leaf(&boxes, start, middle), bvh.leaf(&boxes, start + middle, count - middle));
            bvh.nodes.extend([left, right]);
            if let Some(node) = bvh.nodes.get_mut(at) {
                (node.start, node.count) = (children as u32, 0);
            }
            open.extend([children, children + 1]);
        }
        bvh
    }

    fn leaf(&self, boxes: &[Bin], start: usize, count: usize) -> Node {
        let held = self.order.get(start..start + count).unwrap_or_default();
        let around = held.iter().filter_map(|at| boxes.get(*at as usize)).fold(Bin::EMPTY, |sum, one| sum.with(*one));
        Node { min: around.min, max: around.max, start: start as u32, count: count as u32 }
    }

    /// Sorts the triangles of a node into two, and tells how many the first has; none where a cut gains nothing.
    fn cut(&mut self, boxes: &[Bin], start: usize, count: usize) -> Option<usize> {
        if count <= LEAF {
            return None;
        }
        let held = self.order.get_mut(start..start + count)?;
        let of = |at: u32| boxes.get(at as usize).copied().unwrap_or(Bin::EMPTY);
        let middle = |at: u32| (of(at).min + of(at).max) * 0.5;
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for at in held.iter() {
            (low, high) = (low.min(middle(*at)), high.max(middle(*at)));
        }
        let extent = high - low;
        let axis = if extent.x >= extent.y && extent.x >= extent.z {
            0
        } else if extent.y >= extent.z {
            1
        } else {
            2
        };
        let along = |of: Vec3| of.to_array()[axis];
        if along(extent) <= 0.0 {
            // All in one place: halves keep the tree shallow.
            return Some(count / 2);
        }
        let scale = BINS as f32 / along(extent);
        let bin_of = |at: u32| (((along(middle(at)) - along(low)) * scale) as usize).min(BINS - 1);
        let mut bins = [Bin::EMPTY; BINS];
        for at in held.iter() {
            if let Some(bin) = bins.get_mut(bin_of(*at)) {
                *bin = bin.with(of(*at));
            }
        }
        let mut right_costs = [0.0; BINS];
        let mut sum = Bin::EMPTY;
        for (bin, cost) in bins.iter().zip(&mut right_costs).rev() {
            sum = sum.with(*bin);
            *cost = sum.cost();
        }
        let (mut left, mut best) = (Bin::EMPTY, (f32::INFINITY, 0));
        for (cut, (bin, right)) in bins.iter().zip(right_costs.iter().skip(1)).enumerate() {
            left = left.with(*bin);
            let cost = left.cost() + right;
            if left.count > 0 && left.count < count && cost < best.0 {
                best = (cost, cut);
            }
        }
        let mut end = 0;
        for at in 0..held.len() {
            if held.get(at).is_some_and(|triangle| bin_of(*triangle) <= best.1) {
                held.swap(at, end);
                end += 1;
            }
        }
        Some(if end == 0 || end == count { count / 2 } else { end })
    }

    /// Calls back for every triangle that a ray meets, with its distance in lengths of the direction, ≥ 0, in no order.
    pub(super) fn meet_all(&self, piece: &Piece, from: Vec3, direction: Vec3, met: &mut dyn FnMut(usize, f32)) {
        self.walk(from, direction, &mut |triangle| {
            if let Some(distance) = meets(piece.corners(triangle), from, direction) {
                met(triangle, distance);
            }
            f32::INFINITY
        });
    }

    /// The nearest triangle that a ray meets farther away than `least`, and its distance. `is_met` may refuse one.
    pub(super) fn nearest(
        &self,
        piece: &Piece,
        (from, direction): (Vec3, Vec3),
        least: f32,
        most: f32,
        is_met: &dyn Fn(usize) -> bool,
    ) -> Option<(usize, f32)> {
        let (mut nearest, mut most) = (None, most);
        self.walk(from, direction, &mut |triangle| {
            let distance = meets(piece.corners(triangle), from, direction);
            if let Some(distance) = distance.filter(|distance| *distance > least && *distance < most)
                && is_met(triangle)
            {
                (nearest, most) = (Some((triangle, distance)), distance);
            }
            most
        });
        nearest
    }

    /// Visits the triangles of all boxes that a ray meets within what the last visit gave.
    fn walk(&self, from: Vec3, direction: Vec3, visit: &mut dyn FnMut(usize) -> f32) {
        let inverse = direction.recip();
        let mut most = f32::INFINITY;
        let mut open = vec![0_u32];
        while let Some(at) = open.pop() {
            let Some(node) = self.nodes.get(at as usize) else { continue };
            let (one, other) = ((node.min - from) * inverse, (node.max - from) * inverse);
            // A ray in the plane of a side gives NaN, which `min` and `max` pass over.
            let (enter, leave) = (one.min(other).max_element().max(0.0), one.max(other).min_element());
            if enter > leave * (1.0 + 1e-6) + 1e-6 || enter > most {
                continue;
            }
            if node.count == 0 {
                // The child whose middle comes first is looked at first.
                let along = |child: u32| {
                    self.nodes.get(child as usize).map_or(0.0, |child| (child.min + child.max).dot(direction))
                };
                let (left, right) = (node.start, node.start + 1);
                open.extend(if along(left) <= along(right) { [right, left] } else { [left, right] });
                continue;
            }
            let held = self.order.get(node.start as usize..(node.start + node.count) as usize);
            for triangle in held.unwrap_or_default() {
                most = visit(*triangle as usize);
            }
        }
    }

    /// All pairs of triangles that may meet.
    pub(super) fn pairs(&self) -> Pairs<'_> {
        let open = if self.nodes.is_empty() { Vec::new() } else { vec![(0, 0)] };
        Pairs { bvh: self, open }
    }

    /// The triangles whose boxes a plane cuts: `normal · point = offset`.
    pub(super) fn cut_by(&self, normal: Vec3, offset: f32, visit: &mut dyn FnMut(usize)) {
        let mut open = vec![0_u32];
        while let Some(at) = open.pop() {
            let Some(node) = self.nodes.get(at as usize) else { continue };
            let (middle, half) = ((node.min + node.max) * 0.5, (node.max - node.min) * 0.5);
            let reach = normal.abs().dot(half) * (1.0 + 1e-5) + 1e-5;
            if (normal.dot(middle) - offset).abs() > reach {
                continue;
            }
            if node.count == 0 {
                open.extend([node.start, node.start + 1]);
                continue;
            }
            let held = self.order.get(node.start as usize..(node.start + node.count) as usize);
            held.unwrap_or_default().iter().for_each(|triangle| visit(*triangle as usize));
        }
    }
}

/// The pairs of triangles whose boxes meet, found as they are asked for.
#[derive(Clone, Debug)]
pub(super) struct Pairs<'a> {
    bvh: &'a Bvh,
    open: Vec<(u32, u32)>,
}

impl Pairs<'_> {
    /// The next two nodes without children whose boxes meet, or one with itself.
    pub(super) fn next(&mut self) -> Option<(&[u32], &[u32], bool)> {
        let Bvh { nodes, order } = self.bvh;
        while let Some((one, other)) = self.open.pop() {
            let (Some(a), Some(b)) = (nodes.get(one as usize), nodes.get(other as usize)) else { continue };
            if !(a.min.cmple(b.max).all() && b.min.cmple(a.max).all()) {
                continue;
            }
            let held = |node: &Node| order.get(node.start as usize..(node.start + node.count) as usize);
            match (a.count > 0, b.count > 0) {
                (true, true) => return Some((held(a)?, held(b)?, one == other)),
                _ if one == other => {
                    self.open.extend([(a.start, a.start), (a.start, a.start + 1), (a.start + 1, a.start + 1)]);
                }
                (false, true) => self.open.extend([(a.start, other), (a.start + 1, other)]),
                (true, false) => self.open.extend([(one, b.start), (one, b.start + 1)]),
                (false, false) => self.open.extend([
                    (a.start, b.start),
                    (a.start, b.start + 1),
                    (a.start + 1, b.start),
                    (a.start + 1, b.start + 1),
                ]),
            }
        }
        None
    }
}

/// Where a ray meets a triangle from either side (Möller and Trumbore 1997).
fn meets([a, b, c]: [Vec3; 3], from: Vec3, direction: Vec3) -> Option<f32> {
    let (to_b, to_c) = (b - a, c - a);
    let across = direction.cross(to_c);
    let facing = to_b.dot(across);
    if facing == 0.0 {
        return None;
    }
    let from_a = from - a;
    let u = from_a.dot(across) / facing;
    let around = from_a.cross(to_b);
    let v = direction.dot(around) / facing;
    let distance = to_c.dot(around) / facing;
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance >= 0.0).then_some(distance)
}
