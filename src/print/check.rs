//! The whole examination of a piece: looks at it, repairs what is safe, measures what is sound.

use glam::{Quat, Vec3};
use serde::{Deserialize, Serialize};

use super::bed::{Bed, Footprint};
use super::bvh::Bvh;
use super::crossing::{self, Crossings};
use super::estimate::{Material, Sums};
use super::layer::Layers;
use super::orientation;
use super::pace::{Job, Pace};
use super::piece::Piece;
use super::process::Settings;
use super::repair::{self, Odd, Repair};
use super::report::{Finding, FindingKind, MOST_PLACES, Place, Report};
use super::shell::Shells;
use super::support::Supports;
use super::thickness::{self, Limits, Thickness, Thin, Widths};
use super::topology::{Topology, ends};
use super::weld;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// How it is printed.
    pub settings: Settings,
    /// What it may be printed of.
    pub materials: Vec<Material>,
    /// The printers that are looked at.
    pub beds: Vec<Bed>,
    /// Which way up; none finds the best.
    #[serde(with = "super::written::turn")]
    pub bed_from_print: Option<Quat>,
    /// How the piece was scaled, for places in the world; 1 is true size.
    pub scale: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            materials: Vec::new(),
            beds: Bed::common(),
            bed_from_print: None,
            scale: 1.0,
        }
    }
}

/// A piece that was looked at and repaired.
#[derive(Clone, Debug)]
pub struct Checked {
    piece: Piece,
    topology: Topology,
    bvh: Bvh,
    report: Report,
}

impl Checked {
    /// The piece after the repair, as it stands in the product.
    pub fn piece(&self) -> &Piece {
        &self.piece
    }

    /// What was found out.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Its layers, as it prints best or otherwise.
    pub fn layers(&self, bed_from_print: Quat, layer_mm: f32) -> Layers<'_> {
        Layers::new((&self.piece, &self.topology.mates, &self.bvh), bed_from_print, layer_mm)
    }
}

/// Looks at a piece, slice by slice; dropping the job ends it.
pub fn check(piece: Piece, options: Options) -> Job<Checked> {
    Job::new(|pace| async move { examine(piece, options, &pace).await })
}

/// What grows while a piece is looked at.
struct Notes {
    scale: f32,
    findings: Vec<Finding>,
    repairs: Vec<Repair>,
}

impl Notes {
    fn find(&mut self, kind: FindingKind, count: usize, worst: Option<f32>, places: Vec<(Vec3, Option<f32>)>) {
        if count > 0 {
            let scale = self.scale;
            let places = places.into_iter().take(MOST_PLACES);
            let places = places.map(|(at_mm, size)| Place::new(at_mm, size, scale)).collect();
            self.findings.push(Finding { kind, count, worst, places });
        }
    }

    fn find_triangles(&mut self, kind: FindingKind, piece: &Piece, triangles: &[u32]) {
        let middle = |triangle: &u32| (middle(piece, *triangle), None);
        self.find(kind, triangles.len(), None, triangles.iter().take(MOST_PLACES).map(middle).collect());
    }

    fn find_odd(&mut self, piece: &Piece, odd: &Odd) {
        self.find_triangles(FindingKind::Degenerate, piece, &odd.repeated);
        self.find_triangles(FindingKind::FlatTriangle, piece, &odd.flat);
        let twice: Vec<u32> = odd.duplicate.iter().chain(&odd.opposed).copied().collect();
        self.find_triangles(FindingKind::Duplicate, piece, &twice);
    }

    fn find_edges(&mut self, piece: &Piece, topology: &Topology) {
        let mut holes: Vec<(Vec3, f32)> = topology
            .holes(&piece.triangles)
            .iter()
            .map(|hole| {
                let sum: Vec3 = hole.iter().map(|side| piece.position(ends(&piece.triangles, *side).0)).sum();
                (sum / hole.len() as f32, repair::width_mm(piece, hole))
            })
            .collect();
        holes.sort_by(|one, other| other.1.total_cmp(&one.1));
        let worst = holes.first().map(|hole| hole.1);
        let mut places: Vec<_> = holes.into_iter().map(|(at, width)| (at, Some(width))).collect();
        let side = |half_edge: &u32| {
            let (from, to) = ends(&piece.triangles, *half_edge);
            ((piece.position(from) + piece.position(to)) / 2.0, None)
        };
        if places.is_empty() {
            places = topology.open.iter().take(MOST_PLACES).map(side).collect();
        }
        self.find(FindingKind::OpenEdge, topology.open.len(), worst, places);
        let crowded = topology.crowded.iter().filter_map(|edge| edge.first());
        let places = crowded.take(MOST_PLACES).map(side).collect();
        self.find(FindingKind::CrowdedEdge, topology.crowded.len(), None, places);
    }

    fn find_flipped(&mut self, piece: &Piece, shells: &Shells) {
        let flipped = (0..).zip(&shells.is_flipped).filter(|(_, is_flipped)| **is_flipped);
        let flipped: Vec<u32> = flipped.map(|(triangle, _)| triangle).collect();
        self.find_triangles(FindingKind::FlippedTriangle, piece, &flipped);
        let one_sided: Vec<u32> =
            shells.list.iter().filter(|shell| shell.is_one_sided).map(|shell| shell.first).collect();
        self.find_triangles(FindingKind::OneSided, piece, &one_sided);
    }

    fn find_shells(&mut self, piece: &Piece, shells: &Shells) {
        let mut find = |kind, is_one: &dyn Fn(&super::shell::Shell) -> bool| {
            let found: Vec<u32> = shells.list.iter().filter(|shell| is_one(shell)).map(|shell| shell.first).collect();
            self.find_triangles(kind, piece, &found);
        };
        find(FindingKind::InsideOut, &|shell| shell.is_inside_out());
        find(FindingKind::Cavity, &|shell| shell.is_cavity());
        find(FindingKind::NestedShell, &|shell| shell.is_closed && shell.volume_mm3 >= 0.0 && shell.depth > 0);
    }

    fn find_crossings(&mut self, crossings: &Crossings) {
        let mut find = |kind, count, thin: &[Thin]| {
            let places = thickness::places(thin, 3.0, MOST_PLACES);
            let worst = places.first().map(|place| -place.width_mm);
            let shown = |place: &Thin| (place.at_mm, Some(-place.width_mm));
            self.find(kind, count, worst, places.iter().map(shown).collect());
        };
        find(FindingKind::SelfIntersection, crossings.faults, &crossings.fault_places);
        find(FindingKind::Overlap, crossings.overlaps.len(), &crossings.overlap_places);
        self.find(FindingKind::NotCompared, usize::from(crossings.is_cut_short), None, Vec::new());
    }

    fn find_thin(&mut self, kind: FindingKind, widths: &Widths, limit_mm: f32) {
        let places = thickness::places(&widths.thin, (limit_mm * 4.0).max(3.0), MOST_PLACES);
        let worst = places.first().map(|thin| thin.width_mm);
        let shown = |thin: &Thin| (thin.at_mm, Some(thin.width_mm));
        self.find(kind, places.len(), worst, places.iter().map(shown).collect());
    }
}

fn middle(piece: &Piece, triangle: u32) -> Vec3 {
    let [a, b, c] = piece.corners(triangle as usize);
    (a + b + c) / 3.0
}

/// What meets where, and what hangs together.
async fn survey(piece: &Piece, pace: &Pace) -> (Topology, Shells) {
    let topology = Topology::new(&piece.triangles, piece.positions_mm.len(), pace).await;
    let shells = Shells::new(piece, &topology, pace).await;
    (topology, shells)
}

/// Makes it sound, as far as that is safe; gives what then meets where.
async fn mend(piece: &mut Piece, notes: &mut Notes, pace: &Pace) -> (Topology, Shells, Bvh) {
    let closed = weld::closed_as_declared(piece, pace).await;
    let lies = piece.bodies.iter().zip(&closed).filter(|(body, closed)| body.is_declared && !**closed).count();
    notes.find(FindingKind::NotAsDeclared, lies, None, Vec::new());
    weld::weld(piece, &closed, pace).await;
    pace.reach(0.04);
    let odd = repair::odd(piece, pace).await;
    notes.find_odd(piece, &odd);
    notes.repairs.extend(odd.drop_from(piece));
    let (mut topology, mut shells) = survey(piece, pace).await;
    pace.reach(0.1);
    notes.find_flipped(piece, &shells);
    if !topology.open.is_empty()
        && let Some(repair) = repair::join(piece, &topology, pace).await
    {
        // Sides shorter than the tolerance are points now.
        let odd = repair::odd(piece, pace).await;
        notes.find_edges(piece, &topology);
        notes.repairs.push(repair);
        odd.drop_from(piece);
        (topology, shells) = survey(piece, pace).await;
    } else if shells.is_flipped.contains(&true) {
        // Holes are told by what runs around them, which must first run one way.
        let open = !topology.open.is_empty();
        notes.repairs.extend(repair::turn_triangles(piece, &shells));
        (topology, shells) = survey(piece, pace).await;
        if open || !topology.crowded.is_empty() {
            notes.find_edges(piece, &topology);
        }
    } else {
        notes.find_edges(piece, &topology);
    }
    if let Some(repair) = repair::turn_triangles(piece, &shells) {
        notes.repairs.push(repair);
        (topology, shells) = survey(piece, pace).await;
    }
    if !topology.open.is_empty()
        && let Some(repair) = repair::close(piece, &topology, pace).await
    {
        notes.repairs.push(repair);
        (topology, shells) = survey(piece, pace).await;
    }
    pace.reach(0.2);
    let bvh = Bvh::new(piece, pace).await;
    pace.reach(0.3);
    shells.nest(piece, &bvh, pace).await;
    notes.find_shells(piece, &shells);
    if let Some(repair) = repair::turn_shells(piece, &shells) {
        notes.repairs.push(repair);
        topology = Topology::new(&piece.triangles, piece.positions_mm.len(), pace).await;
    }
    (topology, shells, bvh)
}

/// Why no file can be written.
fn refusals(piece: &Piece, topology: &Topology, shells: &Shells, volume_mm3: f64) -> Vec<FindingKind> {
    let mut refusals = Vec::new();
    let mut refuse = |kind, is_so: bool| {
        if is_so {
            refusals.push(kind);
        }
    };
    refuse(FindingKind::OpenEdge, !topology.open.is_empty());
    refuse(FindingKind::CrowdedEdge, !topology.crowded.is_empty());
    let one_sided = shells.list.iter().any(|shell| shell.is_one_sided);
    refuse(FindingKind::OneSided, one_sided);
    let is_turned = topology.open.is_empty() && topology.crowded.is_empty() && !one_sided;
    refuse(FindingKind::FlippedTriangle, is_turned && !topology.is_manifold(&piece.triangles));
    refuse(FindingKind::NoVolume, !(volume_mm3 > 1e-6 && volume_mm3.is_finite()));
    refusals
}

async fn examine(mut piece: Piece, options: Options, pace: &Pace) -> Checked {
    let settings = options.settings.sane();
    let mut notes = Notes { scale: options.scale, findings: Vec::new(), repairs: Vec::new() };
    let (topology, shells, bvh) = mend(&mut piece, &mut notes, pace).await;
    let bounds = piece.bounds_mm();
    let volume_mm3 = piece.volume_mm3();
    let refusals = refusals(&piece, &topology, &shells, volume_mm3);
    // What came of a repair is found, too.
    let is_new = |kind| refusals.contains(&kind) && notes.findings.iter().all(|finding| finding.kind != kind);
    if is_new(FindingKind::OpenEdge) || is_new(FindingKind::CrowdedEdge) {
        notes.findings.retain(|finding| !matches!(finding.kind, FindingKind::OpenEdge | FindingKind::CrowdedEdge));
        notes.find_edges(&piece, &topology);
    }
    if refusals.contains(&FindingKind::NoVolume) {
        notes.find(FindingKind::NoVolume, 1, None, vec![(bounds.center(), None)]);
    }
    let is_printable = refusals.is_empty();
    pace.reach(0.35);
    let crossings = crossing::find(&piece, &shells, &bvh, pace).await;
    notes.find_crossings(&crossings);
    pace.reach(0.4);
    let mut thickness = Thickness::default();
    if is_printable {
        let limits = Limits {
            wall_mm: settings.least_wall_mm,
            detail_mm: settings.least_detail_mm,
            gap_mm: settings.least_gap_mm,
        };
        thickness = thickness::measure((&piece, shells.list.len()), &bvh, limits, pace, (0.4, 0.75)).await;
        notes.find_thin(FindingKind::ThinWall, &thickness.walls, limits.wall_mm);
        notes.find_thin(FindingKind::SmallDetail, &thickness.details, limits.detail_mm);
        notes.find_thin(FindingKind::NarrowGap, &thickness.gaps, limits.gap_mm);
    }
    let (mut best, standing) = orientation::best((&piece, &thickness.is_hidden), &settings, pace).await;
    if let Some(wanted) = options.bed_from_print.filter(|turn| turn.is_finite() && turn.length_squared() > 1e-6) {
        best = orientation::judge((&piece, &thickness.is_hidden), wanted.normalize(), &settings, pace).await;
    }
    pace.reach(0.85);
    let layers = Layers::new((&piece, &topology.mates, &bvh), best.bed_from_print, settings.layer_mm);
    let supports = Supports::new(&layers, &settings, pace).await;
    let tops: Vec<Thin> = supports
        .columns
        .iter()
        .map(|column| {
            let at_mm = layers.on_piece(column.at_mm.extend(column.top_mm));
            Thin { width_mm: -column.top_mm, at_mm }
        })
        .collect();
    let places = thickness::places(&tops, 10.0, MOST_PLACES);
    let shown: Vec<_> = places.iter().map(|top| (top.at_mm, None)).collect();
    notes.find(FindingKind::Overhang, shown.len(), Some(best.overhang_mm2), shown);
    pace.reach(0.9);
    let footprint = Footprint::new(&piece, best.bed_from_print, pace).await;
    let beds: Vec<_> = options.beds.iter().map(|bed| footprint.fit(bed)).collect();
    if !beds.is_empty() && beds.iter().all(|fit| fit.turn_deg.is_none()) {
        notes.find(FindingKind::TooLarge, 1, None, vec![(bounds.center(), None)]);
    }
    let mut estimates = Vec::new();
    let mut known: Option<(Settings, Sums)> = None;
    for material in options.materials.iter().filter(|_| is_printable) {
        let own = material.settings.sane();
        let sums = match known {
            Some((settings, sums)) if settings == own => sums,
            _ => Sums::new(&layers.with_height(own.layer_mm), &own, pace).await,
        };
        known = Some((own, sums));
        estimates.push(sums.of(material, volume_mm3, supports.volume_mm3()));
    }
    let width = |widths: &Widths| widths.least.map(|thin| thin.width_mm);
    let report = Report {
        name: piece.name.clone(),
        is_printable,
        refusals,
        findings: notes.findings,
        repairs: notes.repairs,
        triangles: piece.triangles.len(),
        vertices: piece.positions_mm.len(),
        shells: shells.list.len(),
        size_mm: bounds.size(),
        volume_mm3,
        area_mm2: piece.area_mm2(),
        least_wall_mm: width(&thickness.walls),
        least_detail_mm: width(&thickness.details),
        least_gap_mm: width(&thickness.gaps),
        standing,
        best,
        supports,
        beds,
        estimates,
    };
    Checked { piece, topology, bvh, report }
}
