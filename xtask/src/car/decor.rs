//! Foils on the paint.

use super::form::{Spot, TOP, beside, seen};
use super::lines::{self, BELT, ROOF, below};
use super::patch::{Patch, put};
use super::skin::GAP;
use crate::shape::angle::around;
use crate::shape::mesh::Mesh;

/// Where foils are laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Door,
    Tailgate,
    Roof,
}

impl Place {
    /// Below 0 on the part of the car, away from its edges.
    fn field(self, spot: &Spot) -> f64 {
        const CLEAR: f64 = GAP + 1.0;
        let (door, tailgate) = (lines::door(spot), lines::tailgate(spot));
        let roof = below(ROOF, spot);
        let painted = below(BELT, spot) + 8.0;
        match self {
            Self::Door => painted.max(door + CLEAR),
            Self::Tailgate => painted.max(tailgate + CLEAR),
            Self::Roof => CLEAR - roof,
            Self::Body => {
                let seams = CLEAR - lines::bonnet(spot).abs();
                let dark =
                    3.0 - lines::face(spot).min(lines::arch(spot)).min(lines::band(spot)).min(lines::intake(spot));
                painted.max(CLEAR - door).max(CLEAR - tailgate).max(seams).max(dark)
            }
        }
    }
}

/// The foil on a part of the car's left half where `area` is below 0.
fn foil(place: Place, angles: [f64; 2], levels: [f64; 2], area: impl Fn(&Spot) -> f64) -> Mesh {
    let steps = |[from, to]: [f64; 2], count: u32| -> Vec<f64> {
        (0..=count).map(|step| from + (to - from) * f64::from(step) / f64::from(count)).collect()
    };
    let degrees = angles.map(f64::to_radians);
    let mut patch = Patch::net(&steps(degrees, 10), &steps(levels, 6));
    patch.sharpen(0.9, &area);
    patch.cut(&area);
    let inside = patch.labelled(|spot| area(spot) < 0.0);
    let mut index = 0;
    patch.faces.retain(|_| {
        index += 1;
        inside[index - 1]
    });
    patch.refine(90.0, 1.4);
    patch.sharpen(0.9, |spot| place.field(spot));
    patch.cut(|spot| place.field(spot));
    let kept = patch.labelled(|spot| place.field(spot) < 0.0);
    patch.mesh(1.5, false, |face| kept[face])
}

/// Two stripes from the nose to the tail.
pub(super) fn stripe(place: Place) -> Mesh {
    let area = |spot: &Spot| (spot.at.x - 150.0).abs() - 62.0;
    match place {
        Place::Body => foil(place, [0.0, 30.0], [5.6, BELT - 0.3], area),
        Place::Roof => foil(place, [0.0, 180.0], [ROOF, TOP - 0.02], area),
        Place::Tailgate => foil(place, [150.0, 180.0], [3.0, BELT], area),
        Place::Door => Mesh::default(),
    }
}

/// A band along the sill that narrows to the front.
pub(super) fn side(place: Place) -> Mesh {
    let area = |spot: &Spot| {
        let part = ((spot.at.z + 900.0) / 1800.0).clamp(0.0, 1.0);
        let upper = spot.at.y - 548.0 + 34.0 * part;
        let lower = 430.0 + 46.0 * part - spot.at.y;
        upper.max(lower).max(spot.at.z - 760.0).max(-775.0 - spot.at.z)
    };
    foil(place, [45.0, 135.0], [1.6, 4.4], area)
}

/// Dots that shrink from the tail to the front, where each has its whole place.
pub(super) fn dots(place: Place) -> Mesh {
    const PITCH: f64 = 92.0;
    let mut mesh = Mesh::default();
    for column in 0..15_i32 {
        for row in -1..=1_i32 {
            let (back, up) = (f64::from(column), f64::from(row));
            let shift = if row == 0 { 0.0 } else { PITCH / 2.0 };
            let middle = seen(0, -1290.0 + PITCH * back + shift, 690.0 + 80.0 * up);
            dot(&mut mesh, place, &middle, 33.0 - 1.9 * back - 2.0 * up.abs());
        }
    }
    mesh
}

fn dot(mesh: &mut Mesh, place: Place, middle: &Spot, radius: f64) {
    const STEPS: usize = 18;
    let rim: Vec<Spot> = (0..STEPS)
        .map(|step| {
            let (sine, cosine) = around(step, STEPS);
            beside(middle, middle.at.z + radius * f64::from(cosine), middle.at.y + radius * f64::from(sine))
        })
        .collect();
    if rim.iter().any(|spot| place.field(spot) > 0.0) {
        return;
    }
    let corner = |mesh: &mut Mesh, spot: &Spot| put(mesh, spot.at + spot.normal * 1.6, spot.normal);
    let centre = corner(mesh, middle);
    let rim: Vec<u32> = rim.iter().map(|spot| corner(mesh, spot)).collect();
    for step in 0..STEPS {
        mesh.triangle(centre, rim[(step + 1) % STEPS], rim[step]);
    }
}
