//! What can be printed, as a page is told, and what of it an upgrade adds.

use glam::{Mat3, Mat4};
use serde::Serialize;

use super::{keep_only, only};
use crate::assembly::overlay;
use crate::product::file::PrintPiece;
use crate::scene::Pose;
use crate::viewer::Viewer;
use crate::viewer::stage::Stage;

/// Sizes that differ by less, as a share, are one.
const ALIKE: f32 = 1e-3;

/// A part that can be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PrintPart {
    /// As the product file names it; empty for all that is shown, without a product.
    pub id: String,
    /// In the page's language.
    pub name: String,
    /// The number under which the shop knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// What whoever has the file may do with it, in the page's language.
    pub licence: String,
    /// Its file is sold apart.
    pub is_paid: bool,
    /// What is owned does not have it: an upgrade adds it.
    pub is_added: bool,
}

impl Viewer {
    /// What of this configuration can be printed, in the order of the product file; without a product all that is shown, as
    /// one.
    pub fn print_parts(&self) -> Vec<PrintPart> {
        if self.session().is_none() {
            let whole = self.stage.iter().map(|_| PrintPart { name: self.model_name(), ..PrintPart::default() });
            return whole.collect();
        }
        let language = &self.tone().language;
        let pieces = self.print_pieces().map(|piece| PrintPart {
            id: piece.id.clone(),
            name: piece.name.in_language(language).to_owned(),
            sku: piece.sku.clone(),
            licence: piece.licence.in_language(language).to_owned(),
            is_paid: piece.source.is_some(),
            is_added: self.is_added(piece),
        });
        pieces.collect()
    }

    /// Whether what is chosen has a piece that what is owned does not have: another rule, another node, or one of another
    /// size.
    fn is_added(&self, piece: &PrintPiece) -> bool {
        let Some((session, owned)) = self.session().and_then(|session| Some((session, session.owned()?))) else {
            return false;
        };
        if piece.when.as_ref().is_some_and(|when| !session.catalog().holds(when, owned)) {
            return true;
        }
        let looks = session.catalog().look(owned, &session.played());
        let stages =
            self.stages_of(piece.model.as_deref(), &piece.nodes).into_iter().filter(|_| !piece.nodes.is_empty());
        stages.map(|(stage, _)| stage).any(|stage| {
            let model = self.model_of(stage);
            let Some(look) = looks.iter().find(|look| Some(look.model) == model) else { return true };
            let (overlay, _) = overlay(&stage.scene, &look.wishes);
            let mut before = Pose::rest(&stage.scene, &overlay);
            keep_only(&stage.scene, &mut before, &piece.nodes);
            differs(stage, &only(stage, &piece.nodes), &before)
        })
    }

    /// Which model of the product file a stage shows.
    fn model_of(&self, stage: &Stage) -> Option<usize> {
        let is_body = self.stage.as_ref().is_some_and(|body| body.id == stage.id);
        let part = || self.seen_models().find(|(_, other, _)| other.id == stage.id).map(|(model, ..)| model);
        if is_body { Some(self.configurator.body) } else { part() }
    }
}

/// Whether something is seen now that was not seen before, or had another size.
fn differs(stage: &Stage, now: &Pose, before: &Pose) -> bool {
    let meshes = stage.scene.nodes.iter().filter(|(_, node)| node.mesh.is_some()).map(|(node, _)| node);
    let seen = |pose: &Pose, node: usize| pose.visible.get(node) == Some(&true);
    let size = |pose: &Pose, node: usize| {
        let place = pose.scene_from_node.get(node).copied().unwrap_or(Mat4::IDENTITY);
        let [x, y, z] = Mat3::from_mat4(place).to_cols_array_2d().map(glam::Vec3::from_array).map(glam::Vec3::length);
        glam::Vec3::new(x, y, z)
    };
    meshes.filter(|node| seen(now, *node)).any(|node| {
        let (old, new) = (size(before, node), size(now, node));
        !seen(before, node) || (new - old).abs().max_element() > old.max_element() * ALIKE
    })
}
