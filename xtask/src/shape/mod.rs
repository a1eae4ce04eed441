//! What the sample products are made of: outlines, turned, swept and extruded parts, meshes, textures, and the file.
//!
//! Lengths are millimetres until the file is written; +Y is up, the front faces +Z.

pub(crate) mod angle;
pub(crate) mod document;
pub(crate) mod extrude;
pub(crate) mod glb;
pub(crate) mod lathe;
pub(crate) mod loft;
pub(crate) mod loops;
pub(crate) mod mesh;
pub(crate) mod power;
pub(crate) mod profile;
pub(crate) mod sheet;
pub(crate) mod sweep;
pub(crate) mod texture;
