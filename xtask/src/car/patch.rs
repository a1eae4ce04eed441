//! Triangles on the skin, refined where it bends and cut along lines.

use std::collections::{BTreeMap, BTreeSet};

use glam::{DVec3, Vec2, Vec3};

use super::form::{Spot, spot};
use crate::shape::mesh::Mesh;

/// A part of the skin; faces are counter-clockwise as seen from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Patch {
    /// Corners.
    pub(super) spots: Vec<Spot>,
    /// Three corners each.
    pub(super) faces: Vec<[u32; 3]>,
    /// Corners that lie on a line.
    fixed: Vec<bool>,
}

/// Millimetres within which a corner lies on a line.
const ON_LINE: f64 = 0.03;

/// One ring of a turned-in edge: outwards along the surface and inwards from it, millimetres, and its normal's parts
/// along those directions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ring {
    /// Away from the panel.
    pub(super) out: f64,
    /// Below its surface.
    pub(super) depth: f64,
    /// How far its normal has turned from the surface's, 0 to 1.
    pub(super) turned: f64,
}

impl Patch {
    /// A net over these angles and levels.
    pub(super) fn net(angles: &[f64], levels: &[f64]) -> Self {
        let mut patch = Self::default();
        for &level in levels {
            patch.spots.extend(angles.iter().map(|&angle| spot(angle, level)));
        }
        let across = angles.len() as u32;
        for row in 1..levels.len() as u32 {
            for column in 1..across {
                let (low, high) = ((row - 1) * across + column, row * across + column);
                patch.faces.push([low - 1, low, high]);
                patch.faces.push([low - 1, high, high - 1]);
            }
        }
        patch
    }

    /// Divides every edge for which `mark` gives a fraction of its length.
    fn divide(&mut self, mark: impl Fn(&Spot, &Spot) -> Option<f64>) -> bool {
        let mut made: BTreeMap<(u32, u32), Option<u32>> = BTreeMap::new();
        let mut faces = Vec::with_capacity(self.faces.len() * 2);
        for face in std::mem::take(&mut self.faces) {
            let cuts: [Option<u32>; 3] = std::array::from_fn(|side| {
                let (a, b) = (face[side], face[(side + 1) % 3]);
                let key = (a.min(b), a.max(b));
                *made.entry(key).or_insert_with(|| {
                    let (from, to) = (self.spots[key.0 as usize], self.spots[key.1 as usize]);
                    mark(&from, &to).map(|part| {
                        self.spots.push(between(&from, &to, part));
                        self.spots.len() as u32 - 1
                    })
                })
            });
            self.part(face, cuts, &mut faces);
        }
        self.faces = faces;
        made.values().any(Option::is_some)
    }

    /// What is left of a face whose sides are divided at these corners.
    fn part(&self, [a, b, c]: [u32; 3], cuts: [Option<u32>; 3], faces: &mut Vec<[u32; 3]>) {
        match cuts {
            [None, None, None] => faces.push([a, b, c]),
            [Some(x), Some(y), Some(z)] => faces.extend([[a, x, z], [x, b, y], [z, y, c], [x, y, z]]),
            [Some(x), None, None] => faces.extend([[a, x, c], [x, b, c]]),
            [None, Some(y), None] => faces.extend([[a, b, y], [a, y, c]]),
            [None, None, Some(z)] => faces.extend([[a, b, z], [z, b, c]]),
            [Some(x), Some(y), None] => {
                faces.push([x, b, y]);
                self.quad([a, x, y, c], faces);
            }
            [None, Some(y), Some(z)] => {
                faces.push([y, c, z]);
                self.quad([a, b, y, z], faces);
            }
            [Some(x), None, Some(z)] => {
                faces.push([a, x, z]);
                self.quad([x, b, c, z], faces);
            }
        }
    }

    fn quad(&self, [a, b, c, d]: [u32; 4], faces: &mut Vec<[u32; 3]>) {
        let at = |index: u32| self.spots[index as usize].at;
        if at(a).distance(at(c)) <= at(b).distance(at(d)) {
            faces.extend([[a, b, c], [a, c, d]]);
        } else {
            faces.extend([[a, b, d], [b, c, d]]);
        }
    }

    /// Halves edges that are longer than `longest`, from which the skin is further away than `deviation`, or along which
    /// it turns by more than 15 degrees.
    pub(super) fn refine(&mut self, longest: f64, deviation: f64) {
        for _ in 0..7 {
            let more = self.divide(|a, b| {
                let length = a.at.distance(b.at);
                let turn = (1.0 - a.normal.dot(b.normal)).max(0.0).sqrt();
                let bent = length > 9.0 && length * turn * 0.18 > deviation;
                (length > longest || bent || (length > 8.0 * deviation && turn > 0.22)).then_some(0.5)
            });
            if !more {
                break;
            }
        }
    }

    /// Halves edges that are longer than `longest` where `place` holds.
    pub(super) fn crowd(&mut self, longest: f64, place: impl Fn(&Spot) -> bool) {
        for _ in 0..5 {
            if !self.divide(|a, b| (a.at.distance(b.at) > longest && (place(a) || place(b))).then_some(0.5)) {
                break;
            }
        }
    }

    /// Halves edges near the line where `field` is 0 along which the line bends by more than `tolerance`.
    pub(super) fn sharpen(&mut self, tolerance: f64, field: impl Fn(&Spot) -> f64) {
        for _ in 0..6 {
            let more = self.divide(|a, b| {
                let length = a.at.distance(b.at);
                if length < 9.0 {
                    return None;
                }
                let (from, to, middle) = (field(a), field(b), field(&between(a, b, 0.5)));
                let near = from.abs().min(to.abs()).min(middle.abs()) < 0.55 * length;
                let bent = (middle - (from + to) / 2.0).abs() > tolerance;
                (near && bent).then_some(0.5)
            });
            if !more {
                break;
            }
        }
    }

    /// Cuts along the line where `field` is 0, so that no face has a part on either side.
    pub(super) fn cut(&mut self, field: impl Fn(&Spot) -> f64) {
        self.fixed.resize(self.spots.len(), false);
        self.snap(&field);
        self.divide(|a, b| crossing(&field, a, b));
        self.fixed.resize(self.spots.len(), false);
        for (fixed, spot) in self.fixed.iter_mut().zip(&self.spots) {
            *fixed |= field(spot).abs() < ON_LINE;
        }
    }

    /// Moves corners that are close to the line onto it, for slivers are of no use.
    fn snap(&mut self, field: impl Fn(&Spot) -> f64) {
        const CLOSE: f64 = 0.34;
        for face in 0..self.faces.len() {
            for side in 0..3 {
                let (a, b) = (self.faces[face][side] as usize, self.faces[face][(side + 1) % 3] as usize);
                let (from, to) = (self.spots[a], self.spots[b]);
                let is_rim = |spot: &Spot| spot.at.x.abs() < 1e-3 || spot.level < 1e-6;
                let Some(part) = crossing(&field, &from, &to) else { continue };
                let nearer = if part < CLOSE {
                    a
                } else if part > 1.0 - CLOSE {
                    b
                } else {
                    continue;
                };
                if !self.fixed[nearer] && !is_rim(&self.spots[nearer]) {
                    self.spots[nearer] = between(&from, &to, part);
                    self.fixed[nearer] = true;
                }
            }
        }
    }

    /// What a function says of the middle of each face.
    pub(super) fn labelled<L>(&self, label: impl Fn(&Spot) -> L) -> Vec<L> {
        let middle = |face: &[u32; 3]| {
            let [a, b, c] = face.map(|corner| &self.spots[corner as usize]);
            spot((a.angle + b.angle + c.angle) / 3.0, (a.level + b.level + c.level) / 3.0)
        };
        self.faces.iter().map(|face| label(&middle(face))).collect()
    }

    /// The mesh of some faces, moved outwards; inwards they face the other way when `inside`.
    pub(super) fn mesh(&self, offset: f64, inside: bool, wanted: impl Fn(usize) -> bool) -> Mesh {
        let mut mesh = Mesh::default();
        let mut known = BTreeMap::new();
        for (_, face) in self.faces.iter().enumerate().filter(|(index, _)| wanted(*index)) {
            let [a, b, c] = face.map(|corner| {
                *known.entry(corner).or_insert_with(|| {
                    let spot = &self.spots[corner as usize];
                    let normal = if inside { -spot.normal } else { spot.normal };
                    put(&mut mesh, spot.at + spot.normal * offset, normal)
                })
            });
            if inside {
                mesh.triangle(a, c, b);
            } else {
                mesh.triangle(a, b, c);
            }
        }
        mesh
    }

    /// The turned-in edge of a panel, of those faces of it that are `wanted`.
    pub(super) fn edge(
        &self,
        panel: impl Fn(usize) -> bool,
        wanted: impl Fn(usize) -> bool,
        rings: impl Fn(&Spot) -> Vec<Ring>,
    ) -> Mesh {
        let mut sides = BTreeSet::new();
        for (_, face) in self.faces.iter().enumerate().filter(|(index, _)| panel(*index)) {
            sides.extend((0..3).map(|side| (face[side], face[(side + 1) % 3])));
        }
        let on_plane = |corner: u32| self.spots[corner as usize].at.x.abs() < 1e-3;
        let free = |&(a, b): &(u32, u32)| !(sides.contains(&(b, a)) || (on_plane(a) && on_plane(b)));
        let mut outwards: BTreeMap<u32, DVec3> = BTreeMap::new();
        for (a, b) in sides.iter().filter(|side| free(side)) {
            let (from, to) = (&self.spots[*a as usize], &self.spots[*b as usize]);
            let out = (to.at - from.at).cross(from.normal + to.normal).normalize_or_zero();
            *outwards.entry(*a).or_default() += out;
            *outwards.entry(*b).or_default() += out;
        }
        let mut mesh = Mesh::default();
        let mut known: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (_, face) in self.faces.iter().enumerate().filter(|(index, _)| wanted(*index)) {
            for side in 0..3 {
                let (a, b) = (face[side], face[(side + 1) % 3]);
                if !free(&(a, b)) {
                    continue;
                }
                let [from, to] = [a, b].map(|corner| {
                    known
                        .entry(corner)
                        .or_insert_with(|| {
                            let spot = &self.spots[corner as usize];
                            let mut out = outwards[&corner];
                            if on_plane(corner) {
                                out.x = 0.0;
                            }
                            let out = out.normalize_or(DVec3::Y);
                            let ring = |ring: &Ring| {
                                let at = spot.at + out * ring.out - spot.normal * ring.depth;
                                let normal = spot.normal * (1.0 - ring.turned) + out * ring.turned;
                                put(&mut mesh, at, normal)
                            };
                            rings(spot).iter().map(ring).collect()
                        })
                        .clone()
                });
                for step in 1..from.len().min(to.len()) {
                    mesh.quad(from[step], to[step], to[step - 1], from[step - 1]);
                }
            }
        }
        mesh
    }
}

/// Where `field` is 0 between two places, if it is on different sides of the line there.
fn crossing(field: impl Fn(&Spot) -> f64, a: &Spot, b: &Spot) -> Option<f64> {
    let (from, to) = (field(a), field(b));
    if from.abs() < ON_LINE || to.abs() < ON_LINE || (from < 0.0) == (to < 0.0) {
        return None;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..11 {
        let middle = (low + high) / 2.0;
        if (field(&between(a, b, middle)) < 0.0) == (from < 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some((low + high) / 2.0)
}

fn between(a: &Spot, b: &Spot, part: f64) -> Spot {
    spot(a.angle + (b.angle - a.angle) * part, a.level + (b.level - a.level) * part)
}

/// Adds a corner with texture coordinates from above and the side.
pub(super) fn put(mesh: &mut Mesh, at: DVec3, normal: DVec3) -> u32 {
    let [at, normal] = [at, normal].map(|vector| Vec3::new(vector.x as f32, vector.y as f32, vector.z as f32));
    mesh.corner(at, normal, Vec2::new(at.z, at.x + at.y))
}
