//! Mode 1: lists of triangles, most of them by an edge and a vertex of those before.

use super::{LONG, SHORT, byte, push, take, unzigzag, varint};

const UNWRITTEN: &str = "a triangle names one that is not there";

/// The last sixteen of something.
struct Recent<T> {
    items: [T; 16],
    pushed: usize,
}

impl<T: Copy + Default> Recent<T> {
    fn new() -> Self {
        Self { items: [T::default(); 16], pushed: 0 }
    }

    fn push(&mut self, item: T) {
        if let Some(place) = self.items.get_mut(self.pushed % 16) {
            *place = item;
        }
        self.pushed += 1;
    }

    /// The last one is 0.
    fn get(&self, back: u8) -> Result<T, &'static str> {
        let back = usize::from(back);
        let place = self.pushed.checked_sub(back + 1).filter(|_| back < 16).ok_or(UNWRITTEN)?;
        self.items.get(place % 16).copied().ok_or(UNWRITTEN)
    }
}

struct State<'a> {
    rest: &'a [u8],
    next: u32,
    last: u32,
    edges: Recent<[u32; 2]>,
    vertices: Recent<u32>,
}

pub(super) fn decode(stream: &[u8], count: usize, stride: usize) -> Result<Vec<u8>, &'static str> {
    let [0xe1, body @ ..] = stream else { return Err("not a stream of triangles in a known version") };
    let mut rest = body;
    let codes = take(&mut rest, count / 3)?;
    let split = rest.len().checked_sub(16).ok_or(SHORT)?;
    let (rest, table) = rest.split_at(split);
    let mut state = State { rest, next: 0, last: 0, edges: Recent::new(), vertices: Recent::new() };
    let mut out = Vec::with_capacity(count * stride);
    for code in codes {
        let corners = match (code >> 4, code & 15) {
            (15, low) => state.free(low, table)?,
            (edge, third) => state.beside(edge, third)?,
        };
        corners.into_iter().for_each(|index| push(&mut out, index, stride));
    }
    if state.rest.is_empty() { Ok(out) } else { Err(LONG) }
}

impl State<'_> {
    /// A triangle at a recent edge.
    fn beside(&mut self, edge: u8, third: u8) -> Result<[u32; 3], &'static str> {
        let [a, b] = self.edges.get(edge)?;
        let c = match third {
            0 => self.fresh(),
            1..13 => self.vertices.get(third)?,
            13 | 14 => {
                self.last = if third == 13 { self.last.wrapping_sub(1) } else { self.last.wrapping_add(1) };
                self.last
            }
            _ => self.written()?,
        };
        if !(1..13).contains(&third) {
            self.vertices.push(c);
        }
        self.edges.push([c, b]);
        self.edges.push([a, c]);
        Ok([a, b, c])
    }

    /// A triangle by itself: the lower half of its code names a pair in the table, or that one follows.
    fn free(&mut self, low: u8, table: &[u8]) -> Result<[u32; 3], &'static str> {
        let pair = if low < 14 { table.get(usize::from(low)).copied().ok_or(SHORT)? } else { byte(&mut self.rest)? };
        let (second, third) = (pair >> 4, pair & 15);
        if low < 14 && (second == 15 || third == 15) {
            return Err("a table with what may not be in it");
        }
        if low >= 14 && pair == 0 {
            self.next = 0;
        }
        let a = if low == 15 { self.written()? } else { self.fresh() };
        let b = self.corner(second)?;
        let c = self.corner(third)?;
        self.vertices.push(a);
        for (kind, vertex) in [(second, b), (third, c)] {
            if matches!(kind, 0 | 15) {
                self.vertices.push(vertex);
            }
        }
        [[b, a], [c, b], [a, c]].into_iter().for_each(|edge| self.edges.push(edge));
        Ok([a, b, c])
    }

    fn corner(&mut self, kind: u8) -> Result<u32, &'static str> {
        match kind {
            0 => Ok(self.fresh()),
            15 => self.written(),
            _ => self.vertices.get(kind - 1),
        }
    }

    /// The first vertex that no triangle had yet.
    fn fresh(&mut self) -> u32 {
        let fresh = self.next;
        self.next = fresh.wrapping_add(1);
        fresh
    }

    /// A vertex by its distance from the last one written so.
    fn written(&mut self) -> Result<u32, &'static str> {
        self.last = self.last.wrapping_add(unzigzag(varint(&mut self.rest)?));
        Ok(self.last)
    }
}
