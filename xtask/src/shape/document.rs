//! A product as a tree of named nodes, written as one glTF document.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::glb::Store;
use super::mesh::Mesh;
use super::texture::Texture;

/// A mesh of one material: one draw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    /// Name of the material.
    pub(crate) material: &'static str,
    /// The mesh at rest.
    pub(crate) mesh: Mesh,
    /// The same mesh as each morph target of the node forms it.
    pub(crate) morphs: Vec<Mesh>,
    /// Whether it keeps texture coordinates.
    pub(crate) textured: bool,
    /// Whether it keeps tangents, for a normal map.
    pub(crate) bumpy: bool,
    /// Material by variant, empty where every variant looks the same.
    pub(crate) variants: Vec<&'static str>,
}

/// A node and what hangs on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// Name in the file.
    pub(crate) name: &'static str,
    /// Millimetres from the parent's origin.
    pub(crate) at: [f64; 3],
    /// A quaternion.
    pub(crate) rotation: Option<[f32; 4]>,
    /// Whether it waits for somebody to choose it.
    pub(crate) hidden: bool,
    /// Its mesh.
    pub(crate) pieces: Vec<Piece>,
    /// A node before it whose mesh it shows, too.
    pub(crate) like: Option<&'static str>,
    /// Names of the morph targets of its mesh.
    pub(crate) targets: Vec<&'static str>,
    /// Nodes below it.
    pub(crate) children: Vec<Node>,
}

/// Morph weights of one node over time.
#[derive(Clone, Debug)]
pub(crate) struct Clip {
    /// Name in the file.
    pub(crate) name: &'static str,
    /// The node whose mesh changes shape.
    pub(crate) node: &'static str,
    /// Seconds and one weight per target; at rest at every key.
    pub(crate) keys: Vec<(f32, Vec<f32>)>,
}

/// Nodes that turn about their origins.
#[derive(Clone, Debug)]
pub(crate) struct Swing {
    /// Name in the file.
    pub(crate) name: &'static str,
    /// What turns.
    pub(crate) turns: Vec<Turn>,
}

/// How one node turns.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    /// The node.
    pub(crate) node: &'static str,
    /// Seconds and a quaternion; at rest at every key.
    pub(crate) keys: Vec<(f32, [f32; 4])>,
}

/// Everything a file is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Product {
    /// Who made it.
    pub(crate) generator: &'static str,
    /// The root of its tree.
    pub(crate) root: Node,
    /// Materials with names, as glTF writes them.
    pub(crate) materials: Vec<Value>,
    /// Textures in the order in which materials count them.
    pub(crate) textures: Vec<Texture>,
    /// Names of the variants.
    pub(crate) variants: Vec<&'static str>,
    /// Movements.
    pub(crate) clips: Vec<Clip>,
    /// Movements of hinges.
    pub(crate) swings: Vec<Swing>,
}

/// Counts that budgets speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Triangles, those of hidden nodes too.
    pub(crate) triangles: usize,
    /// Triangles of nodes that are not hidden.
    pub(crate) shown: usize,
    /// Draw calls: primitives of all nodes.
    pub(crate) draws: usize,
}

impl Product {
    /// The finished file and its counts.
    pub(crate) fn pack(&self) -> Result<(Vec<u8>, Tally)> {
        let mut writer = Writer::new(self);
        let root = writer.node(&self.root, false)?;
        let mut animations = self.clips.iter().map(|clip| writer.clip(clip)).collect::<Result<Vec<_>>>()?;
        for swing in &self.swings {
            animations.push(writer.swing(swing)?);
        }
        let mut document = json!({
            "asset": { "version": "2.0", "generator": self.generator, "copyright": "CC0 1.0" },
            "scene": 0,
            "scenes": [{ "name": self.root.name, "nodes": [root] }],
            "nodes": writer.nodes,
            "meshes": writer.meshes,
            "materials": self.materials,
        });
        let mut images = Vec::new();
        let mut textures = Vec::new();
        for (index, picture) in self.textures.iter().enumerate() {
            let view = writer.store.file(&picture.png()?)?;
            images.push(json!({ "bufferView": view, "mimeType": "image/png", "name": picture.name }));
            textures.push(json!({ "source": index, "sampler": usize::from(!picture.tiles) }));
        }
        if !images.is_empty() {
            let sampler = |wrap: u32| json!({ "magFilter": 9729, "minFilter": 9987, "wrapS": wrap, "wrapT": wrap });
            document["images"] = json!(images);
            document["textures"] = json!(textures);
            document["samplers"] = json!([sampler(10497), sampler(33071)]);
        }
        if !animations.is_empty() {
            document["animations"] = json!(animations);
        }
        if !self.variants.is_empty() {
            let variants: Vec<Value> = self.variants.iter().map(|name| json!({ "name": name })).collect();
            document["extensions"] = json!({ "KHR_materials_variants": { "variants": variants } });
        }
        let mut used = BTreeSet::new();
        extensions(&document, &mut used);
        if !used.is_empty() {
            document["extensionsUsed"] = json!(used);
        }
        Ok((writer.store.pack(document)?, writer.tally))
    }
}

/// Collects nodes, meshes and data.
#[derive(Debug)]
struct Writer<'a> {
    product: &'a Product,
    store: Store,
    nodes: Vec<Value>,
    names: Vec<&'static str>,
    meshes: Vec<Value>,
    /// Primitives without materials, with whether they keep texture coordinates and tangents.
    stored: Vec<(&'a Mesh, (bool, bool), Value)>,
    /// Triangles of each mesh.
    sizes: Vec<usize>,
    tally: Tally,
}

impl<'a> Writer<'a> {
    fn new(product: &'a Product) -> Self {
        let (store, tally) = (Store::default(), Tally::default());
        Self {
            product,
            store,
            nodes: Vec::new(),
            names: Vec::new(),
            meshes: Vec::new(),
            stored: Vec::new(),
            sizes: Vec::new(),
            tally,
        }
    }

    fn material(&self, name: &str) -> Result<usize> {
        let found = self.product.materials.iter().position(|material| material["name"] == name);
        found.with_context(|| format!("no material `{name}`"))
    }

    fn node(&mut self, node: &'a Node, hidden: bool) -> Result<usize> {
        let hidden = hidden || node.hidden;
        let children = node.children.iter().map(|child| self.node(child, hidden)).collect::<Result<Vec<_>>>()?;
        let mut value = json!({ "name": node.name });
        if node.at != [0.0; 3] {
            value["translation"] = json!(node.at.map(|side| side / 1e3));
        }
        if let Some(rotation) = node.rotation {
            value["rotation"] = json!(rotation);
        }
        if node.hidden {
            value["extensions"] = json!({ "KHR_node_visibility": { "visible": false } });
        }
        if !children.is_empty() {
            value["children"] = json!(children);
        }
        if !node.pieces.is_empty() {
            value["mesh"] = json!(self.mesh(node)?);
        }
        if let Some(like) = node.like {
            let index =
                self.names.iter().position(|name| *name == like).with_context(|| format!("no node `{like}`"))?;
            value["mesh"] = self.nodes[index]["mesh"].clone();
        }
        if let (false, Some(mesh)) = (hidden, value["mesh"].as_u64()) {
            self.tally.shown += self.sizes[mesh as usize];
        }
        self.nodes.push(value);
        self.names.push(node.name);
        Ok(self.nodes.len() - 1)
    }

    fn mesh(&mut self, node: &'a Node) -> Result<usize> {
        let before = self.tally.triangles;
        let mut primitives = Vec::new();
        for piece in &node.pieces {
            let mut primitive = self.primitive(piece)?;
            primitive["material"] = json!(self.material(piece.material)?);
            if !piece.morphs.is_empty() {
                let targets = piece.morphs.iter().map(|morph| self.store.morph(&piece.mesh, morph));
                primitive["targets"] = json!(targets.collect::<Result<Vec<_>>>()?);
            }
            if !piece.variants.is_empty() {
                let mut mappings = Vec::new();
                for (variant, name) in piece.variants.iter().enumerate() {
                    mappings.push(json!({ "material": self.material(name)?, "variants": [variant] }));
                }
                primitive["extensions"] = json!({ "KHR_materials_variants": { "mappings": mappings } });
            }
            primitives.push(primitive);
            self.tally.triangles += piece.mesh.indices.len() / 3;
            self.tally.draws += 1;
        }
        let mut mesh = json!({ "name": node.name, "primitives": primitives });
        if !node.targets.is_empty() {
            mesh["weights"] = json!(vec![0.0; node.targets.len()]);
            mesh["extras"] = json!({ "targetNames": node.targets });
        }
        self.meshes.push(mesh);
        self.sizes.push(self.tally.triangles - before);
        Ok(self.meshes.len() - 1)
    }

    /// A primitive without a material; equal meshes of different materials share their data.
    fn primitive(&mut self, piece: &'a Piece) -> Result<Value> {
        let kind = (piece.textured, piece.bumpy);
        let known = self.stored.iter().find(|(other, known, _)| *known == kind && same(other, &piece.mesh));
        if let Some((_, _, primitive)) = known {
            return Ok(primitive.clone());
        }
        let primitive = self.store.mesh(&piece.mesh, piece.textured, piece.bumpy)?;
        self.stored.push((&piece.mesh, kind, primitive.clone()));
        Ok(primitive)
    }

    fn clip(&mut self, clip: &Clip) -> Result<Value> {
        let node = self.names.iter().position(|name| *name == clip.node);
        let node = node.with_context(|| format!("no node `{}`", clip.node))?;
        let times: Vec<f32> = clip.keys.iter().map(|key| key.0).collect();
        let input = self.store.times(&times)?;
        // In-tangents, values, out-tangents.
        let still = |weights: &[f32]| vec![0.0; weights.len()];
        let rows: Vec<f32> = clip.keys.iter().flat_map(|(_, w)| [still(w), w.clone(), still(w)].concat()).collect();
        let output = self.store.weights(&rows)?;
        Ok(json!({
            "name": clip.name,
            "channels": [{ "sampler": 0, "target": { "node": node, "path": "weights" } }],
            "samplers": [{ "input": input, "output": output, "interpolation": "CUBICSPLINE" }],
        }))
    }
}

impl Writer<'_> {
    fn swing(&mut self, swing: &Swing) -> Result<Value> {
        let (mut channels, mut samplers) = (Vec::new(), Vec::new());
        for Turn { node: name, keys } in &swing.turns {
            let node = self.names.iter().position(|known| known == name);
            let node = node.with_context(|| format!("no node `{name}`"))?;
            let input = self.store.times(&keys.iter().map(|key| key.0).collect::<Vec<_>>())?;
            // In-tangents, values, out-tangents.
            let rows: Vec<[f32; 4]> = keys.iter().flat_map(|key| [[0.0; 4], key.1, [0.0; 4]]).collect();
            let output = self.store.rotations(&rows)?;
            channels.push(json!({ "sampler": samplers.len(), "target": { "node": node, "path": "rotation" } }));
            samplers.push(json!({ "input": input, "output": output, "interpolation": "CUBICSPLINE" }));
        }
        Ok(json!({ "name": swing.name, "channels": channels, "samplers": samplers }))
    }
}

fn same(a: &Mesh, b: &Mesh) -> bool {
    a.indices == b.indices && a.positions == b.positions && a.normals == b.normals && a.uvs == b.uvs
}

/// The names of all extensions below a value.
fn extensions(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| extensions(item, used)),
        Value::Object(members) => {
            for (name, member) in members {
                if let ("extensions", Some(named)) = (name.as_str(), member.as_object()) {
                    used.extend(named.keys().cloned());
                }
                extensions(member, used);
            }
        }
        _ => {}
    }
}
