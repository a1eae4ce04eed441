//! Lenses, and where a picture lies in a view.

/// The lens of a phone's main camera where nothing else is known: 26 mm on 35-mm film (those of 2019 to 2025 have 24 to 28).
pub const ASSUMED_35_MM: f32 = 26.0;

/// Half the diagonal of 35-mm film, 36 × 24 mm: what the equivalent focal length is counted by (CIPA DCG-001-2018, §3.2).
const HALF_DIAGONAL_MM: f32 = 21.633_308;

/// What is known of the lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lens {
    /// The tangent of half its vertical field of view, such as the camera wrote it.
    Known(f32),
    /// About this tangent: it is found together with the place, and kept near where points say little.
    Assumed(f32),
}

impl Lens {
    /// Where one begins to look.
    pub fn tangent(self) -> f32 {
        match self {
            Self::Known(tangent) | Self::Assumed(tangent) => tangent,
        }
    }
}

/// The tangent of half the vertical field of view of a picture of this shape (width by height) through a lens of this focal
/// length, millimetres on 35-mm film.
pub fn tangent_from_focal(focal_35_mm: f32, aspect: f32) -> f32 {
    HALF_DIAGONAL_MM / focal_35_mm.max(1.0) / aspect.hypot(1.0)
}

/// The inverse of [`tangent_from_focal`].
pub fn focal_from_tangent(tangent: f32, aspect: f32) -> f32 {
    HALF_DIAGONAL_MM / tangent.max(1e-4) / aspect.hypot(1.0)
}

/// How a picture of another shape lies in a view, as CSS's `object-fit` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// All of the picture is seen.
    #[default]
    Contain,
    /// All of the view is filled.
    Cover,
}

/// Half the picture's width and height in halves of the view's: its edges in clip space. Both are shapes, width by height.
pub fn extent(picture_aspect: f32, view_aspect: f32, fit: Fit) -> [f32; 2] {
    let wider = picture_aspect / view_aspect;
    match fit {
        _ if !(wider > 0.0 && wider.is_finite()) => [1.0, 1.0],
        Fit::Contain => [wider.min(1.0), wider.recip().min(1.0)],
        Fit::Cover => [wider.max(1.0), wider.recip().max(1.0)],
    }
}
