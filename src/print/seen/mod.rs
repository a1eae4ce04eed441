//! A print to look at, before anything is printed: a GLB of the piece on its bed, with its layers, supports and seams, in the
//! colour of what it is printed of, and with what was found marked on it.
//!
//! Layers are a picture that repeats with the height, so that slopes show wide steps by themselves; its rows differ a
//! little, which is what one sees of a print from afar. Nothing is guessed about where they lie: layers, seams and supports
//! are those of the report.

mod mark;
mod mesh;
mod picture;
mod plate;
mod scaffold;
mod seam;
mod shade;
mod skin;
mod stand;
mod thin;
mod write;

use std::rc::Rc;

use glam::{Mat3, Mat4, Quat, Vec3};
use serde::Serialize;

use super::bed::{Bed, Footprint};
use super::check::Checked;
use super::pace::{Job, Pace};
use super::process::Settings;
use super::support::Supports;

pub use mark::Mark;
pub use stand::stand;

/// As many triangles of a piece are shown, about: with all that is beside it there are fewer than 200,000.
const MOST_TRIANGLES: usize = 110_000;

/// How a print is looked at.
#[derive(Clone, Debug)]
pub struct See {
    /// How it lies, as [`super::Report::best`] or [`super::Report::standing`] has it.
    pub bed_from_print: Quat,
    /// How it is printed.
    pub settings: Settings,
    /// On what; it lies in the middle, turned as it must be to fit.
    pub bed: Bed,
    /// The material's colour, sRGB; none shows the product's own.
    pub color: Option<[u8; 3]>,
    /// How the piece was scaled; 1 is true size.
    pub scale: f32,
    /// The bed's name as it stands on its edge: a PNG, and how wide it is for its height. Whoever has fonts draws it.
    pub name: Option<(Vec<u8>, f32)>,
}

/// What does not show all there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Thinned {
    /// Of how many triangles the piece is, where fewer are shown.
    pub triangles: Option<usize>,
    /// Not every layer's seam is shown.
    pub seam: bool,
}

/// A print to look at.
#[derive(Clone, Debug)]
pub struct Seen {
    /// A GLB: metres, +Y up; the bed's top at y = 0, its middle at the origin, its front towards +Z. Its variants
    /// (KHR_materials_variants) are named by what they show: `supports`, `seams` and `marks`, in this order, with blanks;
    /// `bare` shows none of them. Without a variant all are shown.
    pub glb: Vec<u8>,
    /// What was found, where one can look at it.
    pub marks: Vec<Mark>,
    /// What does not show all there is.
    pub thinned: Thinned,
    /// Takes a place of the space that the piece was taken from to where it is in the GLB.
    pub bed_from_world: Mat4,
    /// Width, height and depth of the piece as it lies, metres.
    pub size: Vec3,
    /// Triangles of all that is shown.
    pub triangles: usize,
}

/// Makes a print visible, slice by slice. What is no solid is shown, too, with what is wrong marked on it.
pub fn seen(checked: Rc<Checked>, how: See) -> Job<Seen> {
    Job::new(|pace| async move { show(&checked, &how, &pace).await })
}

async fn show(checked: &Checked, how: &See, pace: &Pace) -> Seen {
    let settings = how.settings.sane();
    let lies = how.bed_from_print;
    let lies = if lies.is_finite() && lies.length_squared() > 1e-6 { lies.normalize() } else { Quat::IDENTITY };
    let report = checked.report();
    let layers = checked.layers(lies, settings.layer_mm);
    let mut piece = checked.piece().laid(lies);
    let all = piece.triangles.len();
    let mut thinned = Thinned::default();
    if thin::thin(&mut piece, MOST_TRIANGLES, pace).await {
        thinned.triangles = Some(all);
    }
    pace.reach(0.1);
    if let Some([red, green, blue]) = how.color {
        piece.colors = vec![[red, green, blue, 255]];
    }
    let mut part = skin::skin(&piece, &settings, pace).await;
    pace.reach(0.35);
    let (mut seams, is_thinned) = seam::seam(&layers, &settings, pace).await;
    thinned.seam = is_thinned;
    pace.reach(0.6);
    let supports = Supports::new(&layers, &settings, pace).await;
    let mut supports = scaffold::scaffold(&supports, &settings, pace).await;
    pace.reach(0.75);
    let (mut marks, mut marked) = mark::marks(report, (&piece, &layers), &settings, how.scale, pace).await;
    pace.reach(0.9);
    let (mut shade, shade_picture) = shade::shade(&piece, pace).await;
    // All of it goes to the middle of the bed, as it must be turned to fit there.
    let [width_mm, depth_mm, _] =
        how.bed.size_mm.map(|side| if side.is_finite() { side.clamp(1.0, 5000.0) } else { 200.0 });
    let fit = Footprint::new(&piece, Quat::IDENTITY, pace).await.fit(&how.bed);
    let turn = Mat3::from_rotation_z(fit.turn_deg.unwrap_or(0.0).to_radians());
    let bounds = piece.bounds_mm();
    let middle = bounds.center().with_z(0.0);
    let shift = {
        let mut turned = crate::geom::Aabb::EMPTY;
        piece.positions_mm.iter().for_each(|at| turned.insert(turn * (*at - middle)));
        turned
    };
    let by = turn * -middle - shift.center().with_z(0.0);
    let meshes = [&mut part, &mut seams, &mut supports, &mut shade].into_iter();
    meshes.chain(marked.iter_mut().map(|marked| &mut marked.mesh)).for_each(|mesh| mesh.place(turn, by));
    for mark in &mut marks {
        mark.at = in_glb(turn * mark.at + by);
        mark.normal = in_glb(turn * mark.normal).normalize_or_zero();
    }
    let plate = plate::plate(width_mm, depth_mm, how.name.as_ref().map(|name| name.1));
    let looks = write::Looks {
        settings,
        color: piece.colors.first().copied(),
        has_colors: !part.colors.is_empty(),
        name: how.name.as_ref(),
    };
    let shown = write::Shown { part, seams, supports, marked, plate, shade: (shade, shade_picture) };
    let triangles = shown.triangles();
    let glb = write::write(&shown, &looks);
    let bed_from_laid = Mat4::from_mat3(turn);
    let bed_from_laid = Mat4::from_translation(by) * bed_from_laid;
    let laid_from_print = Mat4::from_translation(layers.on_bed(Vec3::ZERO)) * Mat4::from_quat(lies);
    let glb_from_mm =
        Mat4::from_cols_array(&[0.001, 0.0, 0.0, 0.0, 0.0, 0.0, -0.001, 0.0, 0.0, 0.001, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let mm = 1000.0 * how.scale;
    let print_from_world =
        Mat4::from_cols_array(&[mm, 0.0, 0.0, 0.0, 0.0, 0.0, mm, 0.0, 0.0, -mm, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let size = in_glb(shift.size()).abs();
    Seen {
        glb,
        marks,
        thinned,
        bed_from_world: glb_from_mm * bed_from_laid * laid_from_print * print_from_world,
        size,
        triangles,
    }
}

/// Metres and +Y up, from the bed's millimetres and +z up.
fn in_glb(at_mm: Vec3) -> Vec3 {
    Vec3::new(at_mm.x, at_mm.z, -at_mm.y) / 1000.0
}
