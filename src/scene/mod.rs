//! A product's geometry, looks and motion, as read from one glTF file.
//!
//! A [`Scene`] is never edited and never renumbered: every handle is the index that the glTF file uses, and what
//! import had to drop leaves an empty slot. What changes over time or by choice lies beside it, in a
//! [`Pose`] and an [`Overlay`]. Only [`Scene::fall_back`] changes what a file left open.
//!
//! Invariant: nothing here names the GPU, the browser, a file or a product.

mod animation;
mod bytes;
mod extension_textures;
mod layers;
mod material;
mod mesh;
mod node;
mod overlay;
pub(crate) mod picture;
mod pose;
mod posed;
mod sample;
mod slots;

pub use animation::{Animation, Channel, Interpolation, Property};
pub use bytes::Bytes;
pub use extension_textures::{ExtensionTexture, ExtensionTextures};
pub use layers::{
    Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Sheen, Specular, TextureRole, Transmission, Volume,
};
pub use material::{
    AlphaMode, Filter, Image, ImageSource, Material, MipFilter, Sampler, Texture, TextureInfo, UvTransform, Wrap,
};
#[cfg(feature = "product")]
pub use mesh::Manifold;
pub use mesh::{Mesh, MorphTarget, Primitive, Topology, Vertices};
pub use node::{Camera, Lens, Light, LightKind, Local, Node, Root, Skin};
pub use overlay::Overlay;
#[cfg(feature = "product")]
pub use overlay::Role;
pub use pose::{Playing, Pose};
#[cfg(feature = "product")]
pub(crate) use posed::turned;
pub use slots::Slots;

/// Names one loaded [`Scene`] on a page; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SceneId(pub u64);

/// One glTF file, read and checked. All indices in it name occupied slots.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The node tree.
    pub nodes: Slots<Node>,
    /// What nodes show.
    pub meshes: Slots<Mesh>,
    /// How primitives look.
    pub materials: Slots<Material>,
    /// An image and how it is sampled.
    pub textures: Slots<Texture>,
    /// Encoded pictures.
    pub images: Slots<Image>,
    /// Bones and their bind poses.
    pub skins: Slots<Skin>,
    /// Motions.
    pub animations: Slots<Animation>,
    /// The file's own cameras.
    pub cameras: Slots<Camera>,
    /// Lights of KHR_lights_punctual.
    pub lights: Slots<Light>,
    /// Names of KHR_materials_variants; names may repeat, the index counts.
    pub variants: Vec<String>,
    /// glTF's `scenes`: the roots of what is shown together.
    pub roots: Slots<Root>,
    /// Which of [`Scene::roots`] is shown.
    pub shown: Option<usize>,
    /// The file's JSON as it was, with the extensions and extras that nothing here reads, for exporters. The data URIs of
    /// its buffers and images end after their comma (`data:image/png;base64,`): what they held is in [`Scene::meshes`],
    /// [`Scene::images`] and the rest.
    pub source_json: Box<str>,
}

impl Scene {
    /// Gives up a picture that cannot be decoded: every texture that shows it goes on to its next one. True when one did.
    pub fn fall_back(&mut self, image: usize) -> bool {
        let mut changed = false;
        for index in 0..self.textures.len() {
            let Some(texture) = self.textures.get_mut(index).filter(|texture| texture.image == Some(image)) else {
                continue;
            };
            if !texture.fallbacks.is_empty() {
                texture.image = Some(texture.fallbacks.remove(0));
                changed = true;
            }
        }
        changed
    }
}
