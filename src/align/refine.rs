//! From a rough camera to the one that leaves the least error: Levenberg and Marquardt's method on the rotation, the place
//! and, where it is not known, the lens.

use glam::{DMat3, DQuat, DVec2, DVec3};

/// Unknowns: three of rotation, three of place, the logarithm of the lens.
const UNKNOWNS: usize = 7;
/// Steps before it is given up.
const MOST_STEPS: usize = 60;

/// A camera in doubles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Camera {
    pub(super) rotation: DQuat,
    pub(super) place: DVec3,
    /// Tangent of half the vertical field of view.
    pub(super) tangent: f64,
}

/// What is minimised.
#[derive(Debug)]
pub(super) struct Problem {
    /// On the product and in the picture.
    pub(super) marks: Vec<(DVec3, DVec2)>,
    /// What the lens is about, and how much that weighs; none where it is known.
    pub(super) lens: Option<(f64, f64)>,
}

impl Camera {
    /// Where a point is seen, and in the camera's space.
    fn see(&self, point: DVec3) -> (DVec2, DVec3) {
        let seen = self.rotation * point + self.place;
        (seen.truncate() / (-seen.z * self.tangent), seen)
    }
}

impl Problem {
    /// The place that suits a rotation best, by least squares: a point's place in the picture makes two equations that are
    /// linear in it.
    pub(super) fn placed(&self, rotation: DQuat, tangent: f64) -> Option<Camera> {
        let (mut sum, mut right) = (DMat3::ZERO, DVec3::ZERO);
        for (point, at) in &self.marks {
            let turned = rotation * *point;
            for (axis, seen) in [(DVec3::X, at.x), (DVec3::Y, at.y)] {
                let row = axis + DVec3::Z * seen * tangent;
                sum += DMat3::from_cols(row * row.x, row * row.y, row * row.z);
                right -= row * row.dot(turned);
            }
        }
        let place = sum.inverse() * right;
        place.is_finite().then_some(Camera { rotation, place, tangent })
    }

    /// Half the sum of squares; infinite when a point is behind the camera.
    fn cost(&self, camera: &Camera) -> f64 {
        let mut sum = 0.0;
        for (point, at) in &self.marks {
            let (place, seen) = camera.see(*point);
            if seen.z >= -1e-9 {
                return f64::INFINITY;
            }
            sum += (place - *at).length_squared();
        }
        let lens = self.lens.map_or(0.0, |(about, weight)| ((camera.tangent / about).ln() * weight).powi(2));
        (sum + lens) * 0.5
    }

    /// The root of the mean square distance in the picture.
    pub(super) fn error(&self, camera: &Camera) -> f64 {
        let sum: f64 = self.marks.iter().map(|(point, at)| (camera.see(*point).0 - *at).length_squared()).sum();
        (sum / self.marks.len().max(1) as f64).sqrt()
    }

    /// The nearest least; none from where a point is behind the camera.
    pub(super) fn refined(&self, mut camera: Camera) -> Option<Camera> {
        let mut cost = self.cost(&camera);
        if !cost.is_finite() {
            return None;
        }
        let mut damping = 1e-3;
        for _ in 0..MOST_STEPS {
            let (matrix, gradient) = self.normal(&camera);
            let mut better = None;
            while damping < 1e12 {
                let mut damped = matrix;
                for (at, row) in damped.iter_mut().enumerate() {
                    if let Some(entry) = row.get_mut(at) {
                        *entry += damping * entry.abs().max(1e-12);
                    }
                }
                let step = solved(damped, gradient);
                let tried = camera.moved(&step);
                let found = self.cost(&tried);
                if found <= cost {
                    better = Some((tried, found));
                    break;
                }
                damping *= 4.0;
            }
            let Some((tried, found)) = better else { break };
            let is_done = cost - found <= 1e-15 * cost || found < 1e-26;
            (camera, cost) = (tried, found);
            damping = (damping * 0.2).max(1e-12);
            if is_done {
                break;
            }
        }
        Some(camera)
    }

    /// The Gauss-Newton matrix and the negative gradient.
    fn normal(&self, camera: &Camera) -> ([[f64; UNKNOWNS]; UNKNOWNS], [f64; UNKNOWNS]) {
        let (mut matrix, mut gradient) = ([[0.0; UNKNOWNS]; UNKNOWNS], [0.0; UNKNOWNS]);
        let mut add = |row: [f64; UNKNOWNS], rest: f64| {
            for ((entries, slope), one) in matrix.iter_mut().zip(&mut gradient).zip(row) {
                *slope -= one * rest;
                entries.iter_mut().zip(row).for_each(|(entry, other)| *entry += one * other);
            }
        };
        for (point, at) in &self.marks {
            let (place, seen) = camera.see(*point);
            let turned = camera.rotation * *point;
            let depth = -seen.z * camera.tangent;
            let rest = place - *at;
            for (axis, now, rest) in [(DVec3::X, place.x, rest.x), (DVec3::Y, place.y, rest.y)] {
                // By the point in the camera's space: it goes along the axis, and nearer.
                let by_seen = axis / depth + DVec3::Z * (now / -seen.z);
                let by_turn = turned.cross(by_seen);
                let by_lens = if self.lens.is_some() { -now } else { 0.0 };
                add([by_turn.x, by_turn.y, by_turn.z, by_seen.x, by_seen.y, by_seen.z, by_lens], rest);
            }
        }
        match self.lens {
            Some((about, weight)) => {
                add([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, weight], (camera.tangent / about).ln() * weight);
            }
            // What is known does not move.
            None => add([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], 0.0),
        }
        (matrix, gradient)
    }
}

impl Camera {
    fn moved(&self, [x, y, z, right, up, near, lens]: &[f64; UNKNOWNS]) -> Self {
        Self {
            rotation: (DQuat::from_scaled_axis(DVec3::new(*x, *y, *z)) * self.rotation).normalize(),
            place: self.place + DVec3::new(*right, *up, *near),
            tangent: self.tangent * lens.clamp(-1.0, 1.0).exp(),
        }
    }
}

/// A linear system by elimination with pivots.
fn solved(mut matrix: [[f64; UNKNOWNS]; UNKNOWNS], mut right: [f64; UNKNOWNS]) -> [f64; UNKNOWNS] {
    for at in 0..UNKNOWNS {
        let column = |row: &[f64; UNKNOWNS]| row.get(at).copied().unwrap_or(0.0);
        let pivot = (at..UNKNOWNS)
            .max_by(|one, other| {
                let size = |row: &usize| matrix.get(*row).map_or(0.0, |row| column(row).abs());
                size(one).total_cmp(&size(other))
            })
            .unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        let Some(top) = matrix.get(at).copied() else { continue };
        let value = right.get(at).copied().unwrap_or(0.0);
        if column(&top) == 0.0 {
            continue;
        }
        for (row, rest) in matrix.iter_mut().zip(&mut right).skip(at + 1) {
            let share = column(row) / column(&top);
            row.iter_mut().zip(top).for_each(|(entry, above)| *entry -= share * above);
            *rest -= share * value;
        }
    }
    let mut out = [0.0; UNKNOWNS];
    for at in (0..UNKNOWNS).rev() {
        let (Some(row), Some(value)) = (matrix.get(at), right.get(at)) else { continue };
        let known: f64 = row.iter().zip(&out).skip(at + 1).map(|(entry, found)| entry * found).sum();
        let pivot = row.get(at).copied().unwrap_or(0.0);
        if let Some(place) = out.get_mut(at).filter(|_| pivot != 0.0) {
            *place = (value - known) / pivot;
        }
    }
    out
}
