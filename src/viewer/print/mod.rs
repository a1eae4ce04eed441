//! What of the product is printed: its pieces as they are configured, for [`crate::print`].

mod part;
mod picture;
mod relief;
mod shares;

pub use part::PrintPart;
pub use picture::PrintPicture;
pub use shares::Shares;

use glam::{DVec3, Mat4, Quat};

use super::Viewer;
use super::stage::Stage;
use crate::export::glb;
use crate::frame::{Look, Placed};
use crate::import::{Limits, Opened};
use crate::issue::{Code, Issue};
use crate::print::{Bed, Labels, Material, Options, Piece, laid_on, print_from_world};
use crate::product::file::{PrintPiece, Printing};
use crate::scene::{Overlay, Pose, Scene, SceneId};

/// The scene of a file that was bought.
const BOUGHT: SceneId = SceneId(u64::MAX);

impl Viewer {
    /// What of this configuration can be printed, by id, in the order of the product file.
    pub fn printable(&self) -> Vec<&str> {
        self.print_pieces().map(|piece| piece.id.as_str()).collect()
    }

    /// A piece as it is configured, in the space of the product's body and without what the page does to it; 1 is true size.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] where this configuration has no such piece, or none of its nodes is shown;
    /// [`Code::PrintLicence`] where its file is sold apart.
    pub fn print_piece(&self, id: &str, scale: f32) -> Result<Piece, Issue> {
        if self.print_source(id).is_some() {
            return Err(Issue::new(Code::PrintLicence, "", id));
        }
        self.print_shape(id, scale)
    }

    /// The same, also where its file is sold apart: then it is the shape that is shown, to be looked at and not to be written.
    /// Without a product the empty id is all that is shown.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] where this configuration has no such piece, or none of its nodes is shown.
    pub fn print_shape(&self, id: &str, scale: f32) -> Result<Piece, Issue> {
        self.piece_at_once(id, None, scale)
    }

    /// The plan of a GLB of some pieces as they are configured, by id, as they stand in the product; `world_from_product`
    /// places and scales them.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] where this configuration has none of them.
    pub fn print_glb(
        &self,
        ids: &[String],
        world_from_product: Mat4,
        options: &glb::Options,
    ) -> Result<glb::Plan, Issue> {
        let mut worn = Vec::new();
        for id in ids {
            let (model, nodes) = if self.prints_whole(id) {
                (None, [].as_slice())
            } else {
                let asked = self.asked(id)?;
                if asked.nodes.is_empty() {
                    return Err(nothing(id));
                }
                (asked.model.as_deref(), asked.nodes.as_slice())
            };
            let stages = self.stages_of(model, nodes).into_iter();
            worn.extend(stages.map(|(stage, product_from_scene)| (stage, product_from_scene, only(stage, nodes))));
        }
        let placed = worn.iter().map(|(stage, product_from_scene, pose)| Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: world_from_product * *product_from_scene,
            pose,
            overlay: &stage.overlay,
        });
        let look = Look { placed: placed.collect() };
        glb::Plan::new(&look, options, &|scene, image| self.print_over(scene, image).is_some())
    }

    /// Where the file of a piece lies that is sold apart, relative to the page. Nothing here asks for it: who does must have
    /// been given a token for it by the shop.
    pub fn print_source(&self, id: &str) -> Option<String> {
        Some(self.beside_product(self.asked(id).ok()?.source.as_deref()?))
    }

    /// Reads a file that was bought: a GLB with all in itself.
    ///
    /// # Errors
    ///
    /// As the reader of models has them.
    pub fn open_bought(file: Vec<u8>) -> Result<Scene, Issue> {
        Ok(Opened::new(file, &Limits::default())?.finish(|_| None)?.0)
    }

    /// A piece from its file that was bought. Its nodes are those that the product file names for the piece, else all that
    /// its scene shows.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] where it has nothing that can be printed.
    pub fn print_piece_from(&self, id: &str, scene: &Scene, scale: f32) -> Result<Piece, Issue> {
        self.piece_at_once(id, Some(scene), scale)
    }

    /// What a piece is called, in the page's language, and the number under which the shop knows it; both may be empty.
    pub fn print_name(&self, id: &str) -> (String, String) {
        match self.asked(id) {
            Ok(asked) => {
                let name = asked.name.in_language(&self.tone().language).to_owned();
                (name, asked.sku.clone().unwrap_or_default())
            }
            Err(_) => (self.model_name(), String::new()),
        }
    }

    /// What is seen of some nodes, with all below them, as one piece; all that is seen where none are named. Lines and points
    /// are no part of it. None where nothing is seen.
    pub fn print_nodes(&self, nodes: &[String], scale: f32) -> Option<Piece> {
        let mut shares = Shares::default();
        self.wear(None, nodes, &mut shares);
        self.piece_of_shares(shares, None, scale)
    }

    /// How a piece is looked at: the product file's materials and printers, the usual ones of the piece first.
    pub fn print_options(&self, id: &str, scale: f32) -> Options {
        self.print_options_from(id, None, scale)
    }

    /// The same for a piece from its file that was bought, which may stand otherwise than the product shows it.
    pub fn print_options_from(&self, id: &str, bought: Option<&Scene>, scale: f32) -> Options {
        let mut options = Options { scale, ..Options::default() };
        let Some(printing) = self.printing() else { return options };
        let asked = printing.pieces.entries().find(|piece| piece.id == id);
        let language = self.tone().language.clone();
        let usual = asked.and_then(|piece| piece.material.as_deref());
        let mut materials: Vec<_> = printing.materials.entries().collect();
        materials.sort_by_key(|material| usual != Some(material.id.as_str()));
        options.materials = materials.iter().map(|material| Material::from_file(material, &language)).collect();
        if let Some(first) = options.materials.first() {
            options.settings = first.settings;
        }
        let own = printing.beds.entries().map(Bed::from_file);
        options.beds = own.chain(Bed::common()).collect();
        options.bed_from_print = asked.and_then(|piece| self.bed_from_print(piece, bought));
        options
    }

    /// How the product file says that a piece lies.
    fn bed_from_print(&self, piece: &PrintPiece, bought: Option<&Scene>) -> Option<Quat> {
        let down = DVec3::from_array(piece.down?).as_vec3();
        let first = piece.nodes.first()?;
        let place = |scene: &Scene, pose: &Pose| {
            let (node, _) = scene.nodes.iter().find(|(_, node)| node.name == *first)?;
            pose.scene_from_node.get(node).copied()
        };
        let product_from_node = match bought {
            Some(scene) => place(scene, &Pose::rest(scene, &Overlay::default()))?,
            None => {
                let (stage, product_from_scene) =
                    self.stages_of(piece.model.as_deref(), &piece.nodes).into_iter().next()?;
                product_from_scene * place(&stage.scene, &stage.pose)?
            }
        };
        Some(laid_on(print_from_world(product_from_node.transform_vector3(down), 1.0)))
    }

    /// What the file of a piece says of itself.
    pub fn print_labels(&self, id: &str, buyer: &str) -> Labels {
        let language = self.tone().language.clone();
        let Some(session) = self.session() else {
            return Labels { title: self.model_name(), buyer: buyer.to_owned(), language, ..Labels::default() };
        };
        let product = session.catalog().product();
        let printing = self.printing();
        let asked = printing.and_then(|printing| printing.pieces.entries().find(|piece| piece.id == id));
        Labels {
            title: product.name.in_language(&language).to_owned(),
            designer: printing.map(|printing| printing.designer.clone()).unwrap_or_default(),
            description: product.description.in_language(&language).to_owned(),
            copyright: printing.map(|printing| printing.copyright.clone()).unwrap_or_default(),
            licence: asked.map(|piece| piece.licence.in_language(&language).to_owned()).unwrap_or_default(),
            code: session.code(),
            buyer: buyer.to_owned(),
            language,
        }
    }

    /// Whether an id means all that is shown.
    fn prints_whole(&self, id: &str) -> bool {
        id.is_empty() && self.session().is_none()
    }

    /// What a model without a product is called: as its file is.
    fn model_name(&self) -> String {
        let url = self.stage.as_ref().map_or("", |stage| stage.url.as_str());
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
    }

    fn asked(&self, id: &str) -> Result<&PrintPiece, Issue> {
        self.print_pieces().find(|piece| piece.id == id).ok_or_else(|| nothing(id))
    }

    fn piece_at_once(&self, id: &str, bought: Option<&Scene>, scale: f32) -> Result<Piece, Issue> {
        let shares = self.print_shares(id, bought, Vec::new())?;
        let piece = self.piece_of_shares(shares, bought, scale).ok_or_else(|| nothing(id))?;
        let (name, part_number) = self.print_name(id);
        Ok(Piece { name, part_number, ..piece })
    }

    fn printing(&self) -> Option<&Printing> {
        self.session()?.catalog().product().print.as_ref()
    }

    /// The pieces that this configuration has.
    fn print_pieces(&self) -> impl Iterator<Item = &PrintPiece> {
        let session = self.session();
        let pieces = self.printing().into_iter().flat_map(|printing| printing.pieces.entries());
        pieces.filter(move |piece| {
            let holds = |session: &crate::product::Session| {
                let when = piece.when.as_ref();
                when.is_none_or(|when| session.catalog().holds(when, session.configuration()))
            };
            session.is_some_and(holds)
        })
    }

    /// The models that nodes are looked for in, where they stand in the product: one that is named, else the product's body;
    /// all where neither model nor nodes are named.
    fn stages_of(&self, model: Option<&str>, nodes: &[String]) -> Vec<(&Stage, Mat4)> {
        let Some(body) = self.stage.as_ref() else { return Vec::new() };
        let wanted = match model {
            Some(model) => self.scene_of_model(model),
            None => Some(body.id),
        };
        let takes_all = model.is_none() && nodes.is_empty();
        let product_from_world = body.world_from_scene.inverse();
        self.shown_stages()
            .filter(|(stage, _)| takes_all || Some(stage.id) == wanted)
            .map(|(stage, world_from_scene)| (stage, product_from_world * world_from_scene))
            .collect()
    }

    /// The scene that shows a model now.
    fn scene_of_model(&self, id: &str) -> Option<SceneId> {
        let product = self.session()?.catalog().product();
        let (at, _) = product.models.iter().find(|(_, model)| model.id == id)?;
        self.stage_of(at).map(|stage| stage.id)
    }
}

/// A model's pose with nothing but some nodes and what is below them; all where none are named.
fn only(stage: &Stage, nodes: &[String]) -> Pose {
    let mut pose = stage.pose.clone();
    stage.hide_painted_shadows_in(&mut pose);
    keep_only(&stage.scene, &mut pose, nodes);
    pose
}

/// Hides all but some nodes and what is below them; nothing where none are named.
fn keep_only(scene: &Scene, pose: &mut Pose, nodes: &[String]) {
    for (at, _) in scene.nodes.iter().filter(|_| !nodes.is_empty()) {
        let mut above = Some(at);
        let mut depth = 0;
        let mut is_wanted = false;
        while let Some(node) = above.and_then(|at| scene.nodes.get(at)).filter(|_| depth < scene.nodes.len()) {
            is_wanted |= nodes.contains(&node.name);
            (above, depth) = (node.parent, depth + 1);
        }
        if let Some(seen) = pose.visible.get_mut(at).filter(|_| !is_wanted) {
            *seen = false;
        }
    }
}

fn nothing(id: &str) -> Issue {
    Issue::new(Code::ExportEmpty, "", id)
}
