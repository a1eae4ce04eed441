//! Shapes that are known exactly, as a model would bring them: metres, +Y up, each triangle with corners of its own.

use anprobe::print::{About, Checked, Options, Piece, Report, Share, check, gather};
use glam::{Mat4, Quat, Vec3};

/// Triangles, mm, z up, as on a printer's bed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape(pub(crate) Vec<[Vec3; 3]>);

impl Shape {
    /// A box between two corners.
    pub(crate) fn cuboid(low: Vec3, high: Vec3) -> Self {
        let at = |x: usize, y: usize, z: usize| {
            let pick = |high_side: usize, low: f32, high: f32| if high_side == 1 { high } else { low };
            Vec3::new(pick(x, low.x, high.x), pick(y, low.y, high.y), pick(z, low.z, high.z))
        };
        let mut shape = Self::default();
        // Corners of each side, counter-clockwise from outside.
        for [a, b, c, d] in [
            [(0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)],
            [(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)],
            [(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)],
            [(0, 1, 0), (0, 1, 1), (1, 1, 1), (1, 1, 0)],
            [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0)],
            [(1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)],
        ] {
            let [a, b, c, d] = [a, b, c, d].map(|(x, y, z)| at(x, y, z));
            shape.0.extend([[a, b, c], [a, c, d]]);
        }
        shape
    }

    /// A ball of so many rings and twice as many segments.
    pub(crate) fn ball(middle: Vec3, radius: f32, rings: usize) -> Self {
        let segments = rings * 2;
        let at = |ring: usize, segment: usize| {
            let (height, round) = (std::f32::consts::PI * ring as f32 / rings as f32).sin_cos();
            let turn = std::f32::consts::TAU * (segment % segments) as f32 / segments as f32;
            let out = if ring == 0 || ring == rings { 0.0 } else { height };
            middle + Vec3::new(out * turn.cos(), out * turn.sin(), round) * radius
        };
        let mut shape = Self::default();
        for ring in 0..rings {
            for segment in 0..segments {
                let (a, b) = (at(ring, segment), at(ring, segment + 1));
                let (c, d) = (at(ring + 1, segment), at(ring + 1, segment + 1));
                if ring > 0 {
                    shape.0.push([a, c, b]);
                }
                if ring + 1 < rings {
                    shape.0.push([b, c, d]);
                }
            }
        }
        shape
    }

    /// A prism that stands on its base, around z.
    pub(crate) fn prism(foot: Vec3, radius: f32, height: f32, sides: usize) -> Self {
        let at = |side: usize, up: f32| {
            let turn = std::f32::consts::TAU * (side % sides) as f32 / sides as f32;
            foot + Vec3::new(turn.cos() * radius, turn.sin() * radius, up)
        };
        let mut shape = Self::default();
        let top = foot + Vec3::Z * height;
        for side in 0..sides {
            let (a, b, c, d) = (at(side, 0.0), at(side + 1, 0.0), at(side, height), at(side + 1, height));
            shape.0.extend([[foot, b, a], [top, c, d], [a, b, d], [a, d, c]]);
        }
        shape
    }

    pub(crate) fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// All triangles turned inside out.
    pub(crate) fn inverted(mut self) -> Self {
        self.0.iter_mut().for_each(|corners| corners.swap(1, 2));
        self
    }

    pub(crate) fn turned(mut self, turn: Quat) -> Self {
        self.0.iter_mut().flatten().for_each(|corner| *corner = turn * *corner);
        self
    }

    /// Each triangle cut into four, so many times.
    pub(crate) fn finer(mut self, times: usize) -> Self {
        for _ in 0..times {
            let cut = self.0.iter().flat_map(|[a, b, c]| {
                let (ab, bc, ca) = ((*a + *b) / 2.0, (*b + *c) / 2.0, (*c + *a) / 2.0);
                [[*a, ab, ca], [ab, *b, bc], [ca, bc, *c], [ab, bc, ca]]
            });
            self.0 = cut.collect();
        }
        self
    }

    /// As a model would bring it.
    pub(crate) fn share(&self, name: &str, body: usize) -> Share {
        let positions: Vec<Vec3> = self.0.iter().flatten().map(|at| Vec3::new(at.x, at.z, -at.y) / 1000.0).collect();
        let about = About {
            name: name.to_owned(),
            body,
            world_from_scene: Mat4::IDENTITY.to_cols_array(),
            is_mirrored: false,
            is_declared: false,
            factor: [1.0; 4],
            picture: None,
        };
        let indices = (0..positions.len() as u32).collect();
        Share {
            about,
            positions,
            indices,
            uvs: Vec::new(),
            colors: Vec::new(),
            origins: Vec::new(),
            merges: Vec::new(),
        }
    }

    pub(crate) fn piece(&self) -> Piece {
        Piece { name: "shape".to_owned(), ..piece(vec![self.share("shape", 0)]) }
    }

    pub(crate) fn checked(&self) -> Checked {
        check(self.piece(), Options::default()).run().unwrap()
    }

    pub(crate) fn report(&self) -> Report {
        self.checked().report().clone()
    }
}

/// A box of 20 × 30 × 10 mm.
pub(crate) fn block() -> Shape {
    Shape::cuboid(Vec3::ZERO, Vec3::new(20.0, 30.0, 10.0))
}

/// A binary glTF of a document and its one buffer, whose length is a multiple of 4.
pub(crate) fn glb(document: &serde_json::Value, bin: &[u8]) -> Vec<u8> {
    let mut json = document.to_string().into_bytes();
    json.resize(json.len().next_multiple_of(4), b' ');
    let word = |number: usize| (number as u32).to_le_bytes();
    let chunks = [(json.as_slice(), b"JSON"), (bin, b"BIN\0")]
        .map(|(bytes, kind)| [&word(bytes.len()), kind.as_slice(), bytes].concat());
    [b"glTF".as_slice(), &word(2), &word(12 + chunks[0].len() + chunks[1].len()), &chunks[0], &chunks[1]].concat()
}

/// One piece of them, in true size.
pub(crate) fn piece(shares: Vec<Share>) -> Piece {
    gather(shares, 1.0, Vec::new()).run().unwrap()
}

/// One whose model says that it is closed.
pub(crate) fn declared(mut share: Share) -> Share {
    share.about.is_declared = true;
    share
}
