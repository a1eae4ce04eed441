//! The shares of a piece, one after the other, so that a page has its turn between them.

use std::collections::VecDeque;

use glam::Mat4;

use super::picture::PrintPicture;
use super::{BOUGHT, keep_only, nothing, only};
use crate::export::is_clear;
use crate::frame::Placed;
use crate::issue::Issue;
use crate::print::{Piece, Share, gather};
use crate::scene::{Mesh, Overlay, Pose, Primitive, Scene, SceneId, Topology};
use crate::viewer::Viewer;

/// What of a piece is still to be taken, as it looked when it was asked for.
#[derive(Debug, Default)]
pub struct Shares {
    worn: Vec<Worn>,
    /// Of which of them, node and primitive.
    waiting: VecDeque<(usize, usize, usize)>,
    pictures: Vec<PrintPicture>,
    bodies: usize,
    last: Option<(usize, usize)>,
}

/// A scene as it is placed, posed and dressed.
#[derive(Debug)]
struct Worn {
    id: SceneId,
    world_from_scene: Mat4,
    pose: Pose,
    overlay: Overlay,
}

impl Shares {
    fn put_on(&mut self, scene: &Scene, worn: Worn) {
        let placed = worn.placed(scene);
        let at = self.worn.len();
        self.waiting.extend(seen(&placed).map(|(node, primitive)| (at, node, primitive)));
        self.worn.push(worn);
    }
}

impl Worn {
    fn placed<'a>(&'a self, scene: &'a Scene) -> Placed<'a> {
        let Self { id, world_from_scene, pose, overlay } = self;
        Placed { id: *id, scene, world_from_scene: *world_from_scene, pose, overlay }
    }
}

impl Viewer {
    /// The shares of a piece as it is configured, also where its file is sold apart: then it is the shape that is shown, to be
    /// looked at and not to be written. With `bought`, its file: the nodes that the product file names for the piece, else all
    /// that its scene shows. `pictures` colour it ([`Viewer::print_pictures`]).
    ///
    /// # Errors
    ///
    /// [`crate::issue::Code::ExportEmpty`] where this configuration has no such piece, or none of its nodes is shown.
    pub fn print_shares(&self, id: &str, bought: Option<&Scene>, pictures: Vec<PrintPicture>) -> Result<Shares, Issue> {
        let mut shares = Shares { pictures, ..Shares::default() };
        if let Some(scene) = bought {
            let overlay = Overlay::default();
            let mut pose = Pose::rest(scene, &overlay);
            keep_only(scene, &mut pose, &self.asked(id)?.nodes);
            shares.put_on(scene, Worn { id: BOUGHT, world_from_scene: Mat4::IDENTITY, pose, overlay });
        } else if self.prints_whole(id) {
            self.wear(None, &[], &mut shares);
        } else {
            let asked = self.asked(id)?;
            // What has no nodes is nowhere to be seen: all of the body is another thing.
            if !asked.nodes.is_empty() {
                self.wear(asked.model.as_deref(), &asked.nodes, &mut shares);
            }
        }
        if shares.waiting.is_empty() { Err(nothing(id)) } else { Ok(shares) }
    }

    /// The next of them; none behind the last.
    ///
    /// # Errors
    ///
    /// [`crate::issue::Code::ExportEmpty`] where what it is of has left.
    pub fn next_share(&self, shares: &mut Shares, bought: Option<&Scene>) -> Result<Option<Share>, Issue> {
        let Some((at, node, index)) = shares.waiting.pop_front() else { return Ok(None) };
        let found = shares.worn.get(at).and_then(|worn| {
            let scene = if worn.id == BOUGHT { bought? } else { self.scene(worn.id)? };
            let mesh = scene.meshes.get(scene.nodes.get(node)?.mesh?)?;
            Some((worn, scene, mesh, mesh.primitives.get(index)?))
        });
        let (worn, scene, mesh, primitive) = found.ok_or_else(|| nothing(""))?;
        if shares.last.replace((at, node)) != Some((at, node)) {
            shares.bodies += 1;
        }
        let pictures = &shares.pictures;
        let picture =
            |texture: usize| pictures.iter().position(|known| (known.scene, known.texture) == (worn.id, texture));
        Ok(Some(Share::new(&worn.placed(scene), (node, mesh, primitive), shares.bodies, &picture)))
    }

    /// All of them at once, in their materials' colours; 1 is true size. None where nothing is left of them.
    pub(super) fn piece_of_shares(&self, mut shares: Shares, bought: Option<&Scene>, scale: f32) -> Option<Piece> {
        let mut all = Vec::new();
        while let Some(share) = self.next_share(&mut shares, bought).ok()? {
            all.push(share);
        }
        gather(all, scale, Vec::new()).run().filter(|piece| !piece.triangles.is_empty())
    }

    /// Some nodes of a model, with all below them, where they stand in the product; all where none are named.
    pub(super) fn wear(&self, model: Option<&str>, nodes: &[String], shares: &mut Shares) {
        for (stage, product_from_scene) in self.stages_of(model, nodes) {
            let (pose, overlay) = (only(stage, nodes), stage.overlay.clone());
            shares.put_on(&stage.scene, Worn { id: stage.id, world_from_scene: product_from_scene, pose, overlay });
        }
    }
}

/// The triangles that are seen: nodes, and which of their primitives. Lines and points are no part of a piece, nor is what
/// is wholly clear.
pub(super) fn seen(placed: &Placed<'_>) -> impl Iterator<Item = (usize, usize)> {
    let shown = placed.scene.nodes.iter().filter(|(node, _)| placed.pose.visible.get(*node) == Some(&true));
    shown.flat_map(move |(node, found)| {
        let mesh: Option<&Mesh> = found.mesh.and_then(|mesh| placed.scene.meshes.get(mesh));
        let primitives = mesh.into_iter().flat_map(|mesh| mesh.primitives.iter());
        let solid = primitives.filter(|(_, primitive)| is_solid(placed, primitive));
        solid.map(move |(primitive, _)| (node, primitive))
    })
}

fn is_solid(placed: &Placed<'_>, primitive: &Primitive) -> bool {
    let material = primitive.material_under(placed.overlay.variant);
    let material = material.and_then(|index| placed.overlay.material(placed.scene, index));
    primitive.topology == Topology::Triangles && !material.is_some_and(is_clear)
}
