//! The bed: a plate with a grid of millimetres, a little larger than what can be printed on.

use glam::{Vec2, Vec3};

use super::mesh::Mesh;

/// Around what can be printed on, mm; in front more, where one holds it and its name stands.
const MARGIN_MM: f32 = 6.0;
const FRONT_MM: f32 = 16.0;
const CORNER_MM: f32 = 7.0;
const THICK_MM: f32 = 3.0;
/// Steps of a corner.
const STEPS: usize = 8;
/// The plate's top lies lower than what stands on it by this, mm.
const BELOW_MM: f32 = 0.03;
/// What the picture of the bed shows, mm.
const GRID_MM: f32 = 10.0;
/// How high the name's picture is, mm.
const NAME_MM: f32 = 8.0;

/// What can be printed on, with a grid from its front left corner; the plate's edge; and where the name stands. The middle of
/// the bed is at 0.
pub(super) struct Plate {
    pub(super) grid: Mesh,
    pub(super) edge: Mesh,
    pub(super) name: Mesh,
}

/// A bed of this width and depth, and how wide its name's picture is for its height.
pub(super) fn plate(width_mm: f32, depth_mm: f32, name_aspect: Option<f32>) -> Plate {
    let half = Vec2::new(width_mm, depth_mm) / 2.0;
    let top = -BELOW_MM;
    let inner = [-half, Vec2::new(half.x, -half.y), half, Vec2::new(-half.x, half.y)];
    let mut grid = Mesh::default();
    grid.polygon(Vec3::Z, inner.map(|at| (at.extend(top), (at + half) / GRID_MM)));
    let low = -half - Vec2::new(MARGIN_MM, FRONT_MM);
    let high = half + Vec2::splat(MARGIN_MM);
    // From each corner's own arc, counter-clockwise from the front left.
    let arc = |corner: usize| {
        let middle = match corner % 4 {
            0 => low + CORNER_MM,
            1 => Vec2::new(high.x - CORNER_MM, low.y + CORNER_MM),
            2 => high - CORNER_MM,
            _ => Vec2::new(low.x + CORNER_MM, high.y - CORNER_MM),
        };
        (0..=STEPS).map(move |step| {
            let turn = std::f32::consts::PI * (1.0 + (corner as f32 + step as f32 / STEPS as f32) / 2.0);
            middle + Vec2::from_angle(turn) * CORNER_MM
        })
    };
    let mut edge = Mesh::default();
    for (corner, (here, next)) in inner.iter().zip(inner.iter().cycle().skip(1)).enumerate() {
        let outline: Vec<Vec2> = arc(corner).chain(arc(corner + 1).take(1)).collect();
        let flat = |at: Vec2| (at.extend(top), Vec2::ZERO);
        for (one, other) in outline.iter().zip(outline.iter().skip(1)) {
            edge.polygon(Vec3::Z, [flat(*here), flat(*one), flat(*other)]);
            let out = -(*other - *one).perp().normalize_or_zero().extend(0.0);
            let low = |at: Vec2| (at.extend(top - THICK_MM), Vec2::ZERO);
            edge.polygon(out, [low(*one), low(*other), flat(*other), flat(*one)]);
        }
        let last = outline.last().copied().unwrap_or_default();
        edge.polygon(Vec3::Z, [flat(*here), flat(last), flat(*next)]);
    }
    let mut name = Mesh::default();
    if let Some(aspect) = name_aspect.filter(|aspect| *aspect > 0.1 && aspect.is_finite()) {
        let high_mm = NAME_MM.min(width_mm / aspect);
        let (left, middle) = (-half.x, -half.y - FRONT_MM / 2.0);
        let (low, high) = (middle - high_mm / 2.0, middle + high_mm / 2.0);
        let right = left + high_mm * aspect;
        let at = |x: f32, y: f32, u: f32, v: f32| (Vec3::new(x, y, 0.0), Vec2::new(u, v));
        name.polygon(
            Vec3::Z,
            [at(left, low, 0.0, 1.0), at(right, low, 1.0, 1.0), at(right, high, 1.0, 0.0), at(left, high, 0.0, 0.0)],
        );
    }
    Plate { grid, edge, name }
}
