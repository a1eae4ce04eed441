//! What was found out about a piece, as a page is told.

use glam::Vec3;
use serde::Serialize;

use super::bed::Fit;
use super::estimate::Estimate;
use super::orientation::Orientation;
use super::piece::world_from_print;
use super::repair::Repair;
use super::support::Supports;

/// As many places are shown for one finding.
pub(super) const MOST_PLACES: usize = 50;

/// All that is known of a piece.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The piece's name.
    pub name: String,
    /// A file for a printer can be written: it is closed, each edge has two sides, and it faces outwards.
    pub is_printable: bool,
    /// Why not.
    pub refusals: Vec<FindingKind>,
    /// What was found in the model, before anything was repaired.
    pub findings: Vec<Finding>,
    /// What was repaired.
    pub repairs: Vec<Repair>,
    /// After the repair.
    pub triangles: usize,
    /// After the repair; those at one place are one.
    pub vertices: usize,
    /// Connected surfaces, cavities included.
    pub shells: usize,
    /// Width, depth and height as the product stands, mm.
    #[serde(serialize_with = "super::written::vec3")]
    pub size_mm: Vec3,
    /// mm³; of what is not closed it is no more than a guess.
    pub volume_mm3: f64,
    /// mm².
    pub area_mm2: f64,
    /// The thinnest wall, mm; none where it could not be measured.
    pub least_wall_mm: Option<f32>,
    /// The smallest detail, mm.
    pub least_detail_mm: Option<f32>,
    /// The narrowest gap, mm.
    pub least_gap_mm: Option<f32>,
    /// As it stands in the product.
    pub standing: Orientation,
    /// As it prints best; all that follows is of this one.
    pub best: Orientation,
    /// What holds it up; in JSON, how many columns there are, and their volume.
    #[serde(serialize_with = "super::written::supports")]
    pub supports: Supports,
    /// On which printers it fits.
    pub beds: Vec<Fit>,
    /// What it takes of each material.
    pub estimates: Vec<Estimate>,
}

impl Report {
    /// The finding of one kind.
    pub fn finding(&self, kind: FindingKind) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.kind == kind)
    }
}

/// Something about a piece that matters to its print.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// How often: what is counted is said by the kind.
    pub count: usize,
    /// The worst of it: the thinnest, mm; the largest overhang, mm²; the widest hole, mm; the
    /// longest line along which surfaces cross, mm.
    pub worst: Option<f32>,
    /// Where, the worst first; not all, where there are many.
    pub places: Vec<Place>,
}

/// Where something is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Metres, in the space that the piece was taken from: where the product stands.
    #[serde(serialize_with = "super::written::vec3")]
    pub at: Vec3,
    /// How much of it is here, in the unit of [`Finding::worst`].
    pub size: Option<f32>,
}

impl Place {
    pub(super) fn new(at_mm: Vec3, size: Option<f32>, scale: f32) -> Self {
        Self { at: world_from_print(at_mm, scale), size }
    }
}

impl FindingKind {
    /// What refuses a print, in a few English words: for an issue.
    pub fn words(self) -> &'static str {
        match self {
            Self::OpenEdge => "its surface is open",
            Self::CrowdedEdge => "more than two triangles meet at an edge",
            Self::OneSided => "it has no inside",
            Self::NoVolume => "it encloses nothing",
            _ => "its triangles do not face one way",
        }
    }
}

/// Kinds of [`Finding`], and what is counted of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FindingKind {
    /// Sides of triangles that nothing meets; each hole is a place.
    OpenEdge,
    /// Edges where more than two triangles meet.
    CrowdedEdge,
    /// Triangles that face the other way than their surface.
    FlippedTriangle,
    /// Surfaces without an inside, like a Möbius strip.
    OneSided,
    /// Triangles that have one corner twice.
    Degenerate,
    /// Triangles whose corners lie on a line; they are kept, as their neighbours meet there.
    FlatTriangle,
    /// Triangles that are there already.
    Duplicate,
    /// Closed surfaces that face inwards.
    InsideOut,
    /// Closed hollows, which hold powder and resin.
    Cavity,
    /// Closed surfaces that lie wholly in another: what is inside is printed once.
    NestedShell,
    /// The model says that a body is closed (EXT_mesh_manifold), and it is not as it is joined there: such bodies.
    NotAsDeclared,
    /// Pairs of triangles where a surface goes through itself, or a hollow through its wall. A slicer fills what lies in either
    /// (3MF core specification §4.1), so that it prints, but it weighs less than is told here.
    SelfIntersection,
    /// Pairs of closed surfaces that go through each other, like parts that are assembled: printed as one, and no fault.
    Overlap,
    /// Places with so many triangles that not all were compared: 1.
    NotCompared,
    /// It encloses nothing.
    NoVolume,
    /// Places whose wall is too thin.
    ThinWall,
    /// Places where a pin or rib is too small.
    SmallDetail,
    /// Places where a gap will close.
    NarrowGap,
    /// Places where supports are needed, laid as it prints best.
    Overhang,
    /// It fits on none of the printers.
    TooLarge,
}
