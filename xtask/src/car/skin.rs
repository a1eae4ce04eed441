//! The painted shell: panels with shut lines, edges that are turned in, and glass.

use std::collections::BTreeMap;

use glam::{DVec3, Vec3};

use super::form::{self, AXLES, HUB, Spot, TOP};
use super::lines::{self, BELT, ROOF, SILL, SPLIT, below};
use super::patch::{Patch, Ring, put};
use crate::shape::angle::around;
use crate::shape::mesh::Mesh;

/// Half of a cut between two panels; the turned edges narrow it to half.
pub(super) const GAP: f64 = 4.8;

/// What moves, or is chosen, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Panel {
    Body,
    Bonnet,
    Door,
    Tailgate,
    Roof,
    /// The part of the roof that can be glass or canvas.
    Sunroof,
    /// The window of the panel that it lies in.
    BodyGlass,
    DoorGlass,
    TailgateGlass,
    /// Between two panels.
    Gap,
    /// Dark panels, each with an edge of its own.
    Face,
    Intake,
    Plate,
    Lamp,
    Wheel,
}

/// The left half of the shell, cut into panels.
#[derive(Debug)]
pub(super) struct Skin {
    patch: Patch,
    labels: Vec<(Panel, &'static str)>,
}

/// Something that is 0 on a line.
type Line = dyn Fn(&Spot) -> f64 + Sync;

/// All that one can look through.
const OPENINGS: [&Line; 5] = [&lines::window, &lines::quarter, &lines::windscreen, &lines::backlight, &lines::sunroof];

/// The left half of the shell in so many steps around and up.
fn net(around: u32, up: u32) -> Patch {
    let steps = |end: f64, count: u32| -> Vec<f64> {
        (0..=count).map(|step| end * f64::from(step) / f64::from(count)).collect()
    };
    Patch::net(&steps(std::f64::consts::PI, around), &steps(TOP, up))
}

/// Meshes by the name of their material.
pub(super) type Parts = BTreeMap<&'static str, Mesh>;

/// Adds a mesh to those of its material.
pub(super) fn add(parts: &mut Parts, material: &'static str, mesh: Mesh) {
    let known = parts.remove(material).unwrap_or_default();
    parts.insert(material, known.with(&mesh));
}

impl Skin {
    /// Cuts the shell into all that there is to see.
    pub(super) fn fine() -> Self {
        let seams: [&Line; 4] = [&lines::door, &lines::tailgate, &lines::bonnet, &|spot| below(ROOF, spot)];
        let mut outlines: Vec<&Line> = OPENINGS.to_vec();
        outlines.extend([
            &lines::arch as &Line,
            &lines::face,
            &lines::intake,
            &lines::band,
            &lines::plate,
            &lines::lamp,
        ]);
        let mut patch = net(18, 14);
        patch.refine(250.0, 3.5);
        // The lips around the wheels catch the light.
        patch.crowd(36.0, |spot| (-15.0..80.0).contains(&lines::arch(spot)));
        seams.iter().for_each(|line| patch.sharpen(1.2, line));
        outlines.iter().for_each(|line| patch.sharpen(0.9, line));
        for line in seams {
            patch.cut(|spot| line(spot) - GAP);
            patch.cut(|spot| line(spot) + GAP);
        }
        outlines.iter().for_each(|line| patch.cut(line));
        for level in [BELT, SPLIT, SILL] {
            patch.cut(|spot| below(level, spot));
        }
        let labels = patch.labelled(label);
        Self { patch, labels }
    }

    /// The same with fewer triangles and without what only the outside has: for the lining.
    pub(super) fn coarse() -> Self {
        let seams: [&Line; 3] = [&lines::door, &lines::tailgate, &|spot| below(ROOF, spot)];
        let mut patch = net(12, 9);
        patch.refine(320.0, 9.0);
        seams.iter().chain(&OPENINGS).for_each(|line| patch.sharpen(3.0, line));
        seams.iter().chain(&OPENINGS).for_each(|line| patch.cut(line));
        let labels = patch.labelled(label);
        Self { patch, labels }
    }

    /// The outside of panels that belong together, with the edge that is turned in around them, by material.
    pub(super) fn panel(&self, panels: &[Panel], rings: impl Fn(&Spot) -> Vec<Ring>) -> Parts {
        let mut parts = Parts::new();
        let member = |face: usize| panels.contains(&self.labels[face].0);
        let mut materials: Vec<&'static str> =
            (0..self.labels.len()).filter(|face| member(*face)).map(|face| self.labels[face].1).collect();
        materials.sort_unstable();
        materials.dedup();
        for material in materials {
            let wanted = |face: usize| member(face) && self.labels[face].1 == material;
            let edge = self.patch.edge(member, wanted, &rings);
            add(&mut parts, material, self.patch.mesh(0.0, false, wanted).with(&edge));
        }
        parts
    }

    /// A panel without an edge, moved outwards; `inside` shows its back.
    pub(super) fn sheet(&self, panels: &[Panel], offset: f64, inside: bool) -> Mesh {
        self.patch.mesh(offset, inside, |face| panels.contains(&self.labels[face].0))
    }

    /// What is seen in the gaps.
    pub(super) fn shut_lines(&self) -> Mesh {
        self.sheet(&[Panel::Gap], -11.0, false)
    }

    /// The inside of panels around the cabin.
    pub(super) fn lining(&self, panels: &[Panel], depth: f64) -> Mesh {
        let cabin = |face: usize| {
            let spot = &self.patch.spots[self.patch.faces[face][0] as usize];
            spot.at.y > 320.0 && spot.at.z < 1010.0
        };
        self.patch.mesh(-depth, true, |face| panels.contains(&self.labels[face].0) && cabin(face))
    }

    /// The openings for headlamps or tail lights, closed so far outside.
    pub(super) fn lamps(&self, offset: f64, nose: bool) -> Mesh {
        let ahead = |face: usize| (self.patch.spots[self.patch.faces[face][0] as usize].at.z > 0.0) == nose;
        self.patch.mesh(offset, false, |face| self.labels[face].0 == Panel::Lamp && ahead(face))
    }

    /// A frame around a panel: `rings` go outwards, away from it.
    pub(super) fn frame(&self, panel: Panel, rings: impl Fn(&Spot) -> Vec<Ring>) -> Mesh {
        let inside = |face: usize| self.labels[face].0 == panel;
        self.patch.edge(inside, inside, rings)
    }

    /// The walls around the wheels.
    pub(super) fn wheel_houses(&self) -> Mesh {
        const INNER: f64 = 430.0;
        let wheel = |face: usize| self.labels[face].0 == Panel::Wheel;
        let mut mesh = self.patch.edge(wheel, wheel, |spot| {
            if spot.level < 0.02 { Vec::new() } else { vec![ring(-6.0, 8.0, 0.0), ring(-6.0, spot.at.x - INNER, 0.0)] }
        });
        // As seen from the wheel, and straight across whatever the skin's normal is there.
        for face in mesh.indices.chunks_exact_mut(3) {
            face.swap(1, 2);
        }
        let middle = |z: f32| if z > 0.0 { AXLES[0] } else { AXLES[1] } as f32;
        for (position, normal) in mesh.positions.iter_mut().zip(&mut mesh.normals) {
            let (z, y) = (position.z - middle(position.z), position.y - HUB as f32);
            let length = (z * z + y * y).sqrt().max(1.0);
            let scale = form::ARCH as f32 * 1.012 / length;
            position.y = HUB as f32 + y * scale;
            position.z = middle(position.z) + z * scale;
            position.x = if position.x < 520.0 { INNER as f32 } else { position.x };
            *normal = Vec3::new(0.0, -y / length, -z / length);
        }
        for axle in AXLES {
            let centre = put(&mut mesh, DVec3::new(INNER, HUB, axle), DVec3::X);
            let mut last = None;
            for step in 0..=32 {
                let (sine, cosine) = around(step, 32);
                let radius = form::ARCH * 1.03;
                let at = DVec3::new(
                    INNER,
                    (HUB + radius * f64::from(sine)).max(if axle > 0.0 { 205.0 } else { 238.0 }),
                    axle + radius * f64::from(cosine),
                );
                let corner = put(&mut mesh, at, DVec3::X);
                if let Some(last) = last {
                    mesh.triangle(centre, corner, last);
                }
                last = Some(corner);
            }
        }
        mesh
    }
}

/// One ring of an edge.
pub(super) fn ring(out: f64, depth: f64, turned: f64) -> Ring {
    Ring { out, depth, turned }
}

/// A rounded edge that goes in so deep.
pub(super) fn rolled(depth: f64) -> Vec<Ring> {
    vec![ring(0.0, 0.0, 0.0), ring(1.7, 1.1, 0.6), ring(2.1, depth, 1.0)]
}

/// The other half of the car.
pub(super) fn mirrored(mesh: &Mesh) -> Mesh {
    let mut mesh = mesh.clone();
    mesh.positions.iter_mut().for_each(|position| position.x = -position.x);
    mesh.normals.iter_mut().for_each(|normal| normal.x = -normal.x);
    for face in mesh.indices.chunks_exact_mut(3) {
        face.swap(1, 2);
    }
    mesh
}

/// What is seen of a mesh's rear half from its other side.
pub(super) fn from_boot(mesh: &Mesh) -> Mesh {
    let mut mesh = mesh.clone();
    let positions = mesh.positions.clone();
    let rear = |face: &&[u32]| positions[face[0] as usize].z < 0.0;
    mesh.indices = mesh.indices.chunks_exact(3).filter(rear).flat_map(|face| [face[0], face[2], face[1]]).collect();
    mesh.normals.iter_mut().for_each(|normal| *normal = -*normal);
    mesh.used()
}

/// Both halves.
pub(super) fn whole(mesh: &Mesh) -> Mesh {
    mesh.clone().with(&mirrored(mesh))
}

/// Both halves of all parts.
pub(super) fn whole_parts(parts: Parts) -> Parts {
    parts.into_iter().map(|(material, mesh)| (material, whole(&mesh))).collect()
}

fn label(spot: &Spot) -> (Panel, &'static str) {
    let roof = below(ROOF, spot);
    let (door, tailgate, bonnet) = (lines::door(spot), lines::tailgate(spot), lines::bonnet(spot));
    if lines::arch(spot) < 0.0 {
        return (Panel::Wheel, "trim");
    }
    if [roof, door, tailgate, bonnet].iter().any(|field| field.abs() < GAP) {
        return (Panel::Gap, "trim");
    }
    for (field, panel) in [
        (lines::lamp(spot), Panel::Lamp),
        (lines::intake(spot), Panel::Intake),
        (lines::plate(spot), Panel::Plate),
        (lines::face(spot), Panel::Face),
    ] {
        if field < 0.0 {
            return (panel, "detail");
        }
    }
    let glass = |field: f64, panel| (field < 0.0).then_some((panel, "glass"));
    let panes = glass(lines::window(spot), Panel::DoorGlass)
        .or(glass(lines::backlight(spot), Panel::TailgateGlass))
        .or(glass(lines::quarter(spot).min(lines::windscreen(spot)), Panel::BodyGlass));
    if let Some(pane) = panes {
        return pane;
    }
    let material = match spot.level {
        _ if lines::band(spot) < 0.0 => "detail",
        level if level < SILL => "trim",
        level if level < SPLIT => "paint_lower",
        level if level < BELT => "paint",
        level if level < ROOF => "detail",
        _ => "roof_paint",
    };
    let panel = match () {
        () if roof > 0.0 && lines::sunroof(spot) < 0.0 => Panel::Sunroof,
        () if roof > 0.0 => Panel::Roof,
        () if door < 0.0 => Panel::Door,
        () if tailgate < 0.0 => Panel::Tailgate,
        () if bonnet < 0.0 => Panel::Bonnet,
        () => Panel::Body,
    };
    (panel, material)
}
