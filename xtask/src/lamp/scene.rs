//! Nodes, meshes and animations of the lamp as one glTF document.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::animation::{Clip, Joint, WORK, clips, quaternion};
use super::material::{self, Finish, VARIANTS};
use super::parts;
use super::texture;
use crate::shape::glb::Store;
use crate::shape::mesh::Mesh;
use crate::shape::texture::Texture;

/// A mesh by finish: one draw each.
pub(super) type Part = Vec<(Finish, Mesh)>;

/// A node and what hangs on it.
#[derive(Debug, Default)]
struct Node {
    name: &'static str,
    /// Millimetres from the parent's origin.
    at: [f64; 3],
    joint: Option<(Joint, f64)>,
    mesh: Option<usize>,
    socket: Option<&'static str>,
    /// Shown only where a choice wants it.
    hidden: bool,
    children: Vec<Node>,
}

/// Counts that budgets speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Triangles drawn as the file is saved, instances counted each time.
    pub(super) triangles: usize,
    /// Draw calls: primitives of all nodes.
    pub(super) draws: usize,
    /// Materials in the file.
    pub(super) materials: usize,
}

/// The finished file and its counts.
pub(super) fn build() -> Result<(Vec<u8>, Tally)> {
    let mut builder = Builder::default();
    let root = lamp(&mut builder)?;
    let scene_root = builder.flatten(&root);
    let animations = clips().iter().map(|clip| builder.clip(clip)).collect::<Result<Vec<_>>>()?;
    let mut images = Vec::new();
    let mut textures = Vec::new();
    for (index, picture) in pictures().iter().enumerate() {
        let view = builder.store.file(&picture.png()?)?;
        images.push(json!({ "bufferView": view, "mimeType": "image/png", "name": picture.name }));
        textures.push(json!({ "source": index, "sampler": usize::from(!picture.tiles) }));
    }
    let materials = material::all();
    builder.tally.materials = materials.len();
    let variants: Vec<Value> = VARIANTS.iter().map(|name| json!({ "name": name })).collect();
    let sampler = |wrap: u32| json!({ "magFilter": 9729, "minFilter": 9987, "wrapS": wrap, "wrapT": wrap });
    let used =
        ["KHR_materials_emissive_strength", "KHR_materials_variants", "KHR_node_visibility", "KHR_texture_transform"];
    let document = json!({
        "asset": { "version": "2.0", "generator": "Anprobe lamp generator", "copyright": "CC0 1.0" },
        "extensionsUsed": used,
        "extensions": { "KHR_materials_variants": { "variants": variants } },
        "scene": 0,
        "scenes": [{ "name": "lumo", "nodes": [scene_root] }],
        "nodes": builder.nodes,
        "meshes": builder.meshes,
        "materials": materials,
        "animations": animations,
        "images": images,
        "textures": textures,
        "samplers": [sampler(10497), sampler(33071)],
    });
    Ok((builder.store.pack(document)?, builder.tally))
}

/// What is sold of the printed shade: the part alone, as its product file names it, standing as its own axis does.
pub(super) fn build_shade() -> Result<Vec<u8>> {
    let mut store = Store::default();
    let mut primitives = Vec::new();
    let mut materials = Vec::new();
    for (finish, mesh) in parts::shade_printed() {
        let mut primitive = store.mesh(&mesh, false, false)?;
        primitive["material"] = json!(materials.len());
        materials.push(material::all().swap_remove(finish.material(0)));
        primitives.push(primitive);
    }
    let document = json!({
        "asset": { "version": "2.0", "generator": "Anprobe lamp generator", "copyright": "CC0 1.0" },
        "scene": 0,
        "scenes": [{ "name": "lumo shade", "nodes": [0] }],
        "nodes": [{ "name": "shade_printed", "mesh": 0 }],
        "meshes": [{ "name": "shade_printed", "primitives": primitives }],
        "materials": materials,
    });
    store.pack(document)
}

/// The textures in the order of [`material::Map`].
fn pictures() -> Vec<Texture> {
    vec![
        texture::brushed_roughness(),
        texture::brushed_normal(),
        texture::powder_normal(),
        texture::braid_colour(),
        texture::braid_normal(),
        texture::beech_colour(),
        texture::glow_opal(),
        texture::glow_inside(),
        Texture::clear("engraving"),
    ]
}

/// The tree of nodes; pivots lie in the middle of the joints.
fn lamp(builder: &mut Builder) -> Result<Node> {
    let screw = builder.mesh("screw", parts::screw())?;
    let head = Node {
        name: "head",
        at: [0.0, parts::UPPER, 0.0],
        joint: Some((Joint::Head, WORK.head)),
        mesh: Some(builder.mesh("head", parts::head())?),
        children: vec![
            Node { name: "screw_head", mesh: Some(screw), ..Node::default() },
            Node { name: "shade", mesh: Some(builder.mesh("shade", parts::shade())?), ..Node::default() },
            Node {
                name: "shade_printed",
                mesh: Some(builder.mesh("shade_printed", parts::shade_printed())?),
                hidden: true,
                ..Node::default()
            },
            Node { name: "diffuser", mesh: Some(builder.mesh("diffuser", parts::diffuser())?), ..Node::default() },
            Node { name: "socket_shade", at: [0.0, parts::SHADE_TOP, 0.0], socket: Some("shade"), ..Node::default() },
        ],
        ..Node::default()
    };
    let upper = Node {
        name: "arm_upper",
        at: [0.0, parts::LOWER, 0.0],
        joint: Some((Joint::Upper, WORK.upper)),
        mesh: Some(builder.mesh("arm_upper", parts::arm_upper())?),
        children: vec![head],
        ..Node::default()
    };
    let lower = Node {
        name: "arm_lower",
        at: [0.0, parts::STEM, 0.0],
        joint: Some((Joint::Lower, WORK.lower)),
        children: vec![
            // Its own node, so that it can be longer or shorter than what hangs on it.
            Node { name: "rod_lower", mesh: Some(builder.mesh("arm_lower", parts::arm_lower())?), ..Node::default() },
            // At one height whatever the rods' length.
            Node {
                name: "clip",
                at: [0.0, parts::CLIP, 0.0],
                mesh: Some(builder.mesh("clip", parts::clip())?),
                hidden: true,
                ..Node::default()
            },
            Node { name: "screw_base", mesh: Some(screw), ..Node::default() },
            Node { name: "screw_elbow", at: [0.0, parts::LOWER, 0.0], mesh: Some(screw), ..Node::default() },
            upper,
        ],
        ..Node::default()
    };
    let stem = Node {
        name: "stem",
        at: parts::STEM_AT,
        mesh: Some(builder.mesh("stem", parts::stem())?),
        children: vec![lower],
        ..Node::default()
    };
    let base = Node {
        name: "base",
        mesh: Some(builder.mesh("base", parts::base())?),
        children: vec![
            Node {
                name: "dimmer",
                at: parts::DIMMER_AT,
                mesh: Some(builder.mesh("dimmer", parts::dimmer())?),
                ..Node::default()
            },
            Node { name: "cable", mesh: Some(builder.mesh("cable", parts::cable())?), ..Node::default() },
            Node {
                name: "battery",
                at: parts::BATTERY_AT,
                mesh: Some(builder.mesh("battery", parts::battery())?),
                hidden: true,
                ..Node::default()
            },
            Node {
                name: "charger",
                at: parts::CHARGER_AT,
                mesh: Some(builder.mesh("charger", parts::charger())?),
                hidden: true,
                ..Node::default()
            },
            Node { name: "plate", mesh: Some(builder.mesh("plate", parts::plate())?), hidden: true, ..Node::default() },
            Node {
                name: "engraving",
                mesh: Some(builder.mesh("engraving", parts::engraving())?),
                hidden: true,
                ..Node::default()
            },
            Node { name: "socket_base", socket: Some("base"), ..Node::default() },
            stem,
        ],
        ..Node::default()
    };
    Ok(Node { name: "lumo", at: parts::BASE_AT, children: vec![base], ..Node::default() })
}

/// Collects nodes, meshes and data.
#[derive(Debug, Default)]
struct Builder {
    store: Store,
    meshes: Vec<Value>,
    /// Triangles and draws of each mesh.
    sizes: Vec<(usize, usize)>,
    nodes: Vec<Value>,
    joints: Vec<(Joint, usize)>,
    tally: Tally,
}

impl Builder {
    fn mesh(&mut self, name: &str, part: Part) -> Result<usize> {
        let mut primitives = Vec::new();
        let mut triangles = 0;
        for (finish, mesh) in &part {
            let mut primitive = self.store.mesh(mesh, finish.textured(), finish.bumpy())?;
            primitive["material"] = json!(finish.material(0));
            let mappings = finish.mappings();
            if !mappings.is_empty() {
                primitive["extensions"] = json!({ "KHR_materials_variants": { "mappings": mappings } });
            }
            primitives.push(primitive);
            triangles += mesh.indices.len() / 3;
        }
        self.sizes.push((triangles, primitives.len()));
        self.meshes.push(json!({ "name": name, "primitives": primitives }));
        Ok(self.meshes.len() - 1)
    }

    fn flatten(&mut self, node: &Node) -> usize {
        let children: Vec<usize> = node.children.iter().map(|child| self.flatten(child)).collect();
        let mut value = json!({ "name": node.name });
        if node.at != [0.0; 3] {
            value["translation"] = json!(node.at.map(|side| side / 1e3));
        }
        if !children.is_empty() {
            value["children"] = json!(children);
        }
        if let Some(mesh) = node.mesh {
            value["mesh"] = json!(mesh);
            let (triangles, draws) = self.sizes[mesh];
            self.tally.triangles += if node.hidden { 0 } else { triangles };
            self.tally.draws += if node.hidden { 0 } else { draws };
        }
        if node.hidden {
            value["extensions"] = json!({ "KHR_node_visibility": { "visible": false } });
        }
        if let Some(socket) = node.socket {
            value["extras"] = json!({ "anprobe": { "socket": socket } });
        }
        let index = self.nodes.len();
        if let Some((joint, angle)) = node.joint {
            value["rotation"] = json!(quaternion(angle));
            self.joints.push((joint, index));
        }
        self.nodes.push(value);
        index
    }

    fn clip(&mut self, clip: &Clip) -> Result<Value> {
        let mut channels = Vec::new();
        let mut samplers = Vec::new();
        let mut known: Vec<(Vec<f32>, usize)> = Vec::new();
        for track in &clip.tracks {
            let times: Vec<f32> = track.keys.iter().map(|key| key.0).collect();
            let shared = known.iter().find(|(other, _)| *other == times).map(|entry| entry.1);
            let input = match shared {
                Some(input) => input,
                None => {
                    let input = self.store.times(&times)?;
                    known.push((times, input));
                    input
                }
            };
            // In-tangent, value, out-tangent: at rest at every key.
            let rows: Vec<[f32; 4]> =
                track.keys.iter().flat_map(|key| [[0.0; 4], quaternion(key.1), [0.0; 4]]).collect();
            let output = self.store.rotations(&rows)?;
            let node = self.joints.iter().find(|entry| entry.0 == track.joint);
            let (_, node) = node.context("an animated joint is missing")?;
            channels.push(json!({
                "sampler": samplers.len(),
                "target": { "node": node, "path": "rotation" },
            }));
            samplers.push(json!({ "input": input, "output": output, "interpolation": "CUBICSPLINE" }));
        }
        Ok(json!({ "name": clip.name, "channels": channels, "samplers": samplers }))
    }
}
