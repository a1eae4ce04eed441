//! The file that is looked at.

use serde_json::{Map, Value, json};

use super::super::process::{Process, Settings};
use super::super::report::FindingKind;
use super::in_glb;
use super::mark::Marked;
use super::mesh::Mesh;
use super::picture;
use super::plate::Plate;
use super::skin::linear;
use crate::export::glb::bin::{Bin, Component, Flat, INDICES, VERTICES, number};
use crate::json::container;

/// What can be shown or not.
const LAYERS: [&str; 3] = ["supports", "seams", "marks"];

/// All that is shown, in the space of the bed.
pub(super) struct Shown {
    pub(super) part: Mesh,
    pub(super) seams: Mesh,
    pub(super) supports: Mesh,
    pub(super) marked: Vec<Marked>,
    pub(super) plate: Plate,
    /// With its picture, a PNG.
    pub(super) shade: (Mesh, Vec<u8>),
}

impl Shown {
    pub(super) fn triangles(&self) -> usize {
        let Self { part, seams, supports, marked, plate, shade: (shade, _) } = self;
        let meshes = [part, seams, supports, shade, &plate.grid, &plate.edge, &plate.name].into_iter();
        meshes.chain(marked.iter().map(|marked| &marked.mesh)).map(Mesh::triangles).sum()
    }
}

/// How it looks.
pub(super) struct Looks<'a> {
    pub(super) settings: Settings,
    /// sRGB and alpha.
    pub(super) color: Option<[u8; 4]>,
    /// The piece's vertices have colours.
    pub(super) has_colors: bool,
    pub(super) name: Option<&'a (Vec<u8>, f32)>,
}

/// A file in the making.
#[derive(Default)]
struct Out {
    bin: Bin,
    materials: Vec<Value>,
    textures: Vec<Value>,
    images: Vec<Value>,
    meshes: Vec<Value>,
    nodes: Vec<Value>,
}

pub(super) fn write(shown: &Shown, looks: &Looks<'_>) -> Vec<u8> {
    let mut out = Out::default();
    // What a variant leaves out is drawn with nothing.
    let nothing = out.material(
        "nothing",
        json!({
            "pbrMetallicRoughness": { "baseColorFactor": [0, 0, 0, 0] }, "alphaMode": "MASK",
        }),
    );
    let part = out.printed("print", looks, false);
    out.mesh("part", &shown.part, part, None, nothing);
    let bead = out.bead(looks);
    out.mesh("seams", &shown.seams, bead, Some(1), nothing);
    if !shown.supports.indices.is_empty() {
        let support = out.printed("support", looks, true);
        out.mesh("supports", &shown.supports, support, Some(0), nothing);
    }
    if !shown.marked.is_empty() {
        let ring = out.texture(&picture::mark(), false);
        for Marked { kind, mesh } in &shown.marked {
            let material = out.marking(*kind, ring);
            out.mesh(name_of(*kind), mesh, material, Some(2), nothing);
        }
    }
    let grid = out.texture(&picture::bed_grid(), true);
    let grid = out.material("bed", json!({
        "pbrMetallicRoughness": { "baseColorTexture": { "index": grid }, "metallicFactor": 0, "roughnessFactor": 0.62 },
    }));
    out.mesh("bed", &shown.plate.grid, grid, None, nothing);
    let edge = out.material("edge", json!({
        "pbrMetallicRoughness": { "baseColorFactor": [0.022, 0.0225, 0.024, 1], "metallicFactor": 0, "roughnessFactor": 0.5 },
    }));
    out.mesh("edge", &shown.plate.edge, edge, None, nothing);
    let dark = out.texture(&shown.shade.1, false);
    let shade = out.material(
        "shade",
        json!({
            "pbrMetallicRoughness": {
                "baseColorFactor": [0.004, 0.004, 0.005, 1], "baseColorTexture": { "index": dark }, "metallicFactor": 0,
            },
            "alphaMode": "BLEND", "extensions": { "KHR_materials_unlit": {} },
        }),
    );
    out.mesh("shade", &shown.shade.0, shade, None, nothing);
    if let Some((png, _)) = looks.name.filter(|(png, _)| png.starts_with(b"\x89PNG")) {
        let name = out.texture(png, false);
        let name = out.material("name", json!({
            "pbrMetallicRoughness": { "baseColorTexture": { "index": name }, "metallicFactor": 0, "roughnessFactor": 0.5 },
            "alphaMode": "BLEND",
        }));
        out.mesh("name", &shown.plate.name, name, None, nothing);
    }
    out.finish()
}

/// sRGB of what marks a kind of finding; [`super::Mark`]s are shown in the same on a page.
fn color_of(kind: FindingKind) -> [u8; 4] {
    match kind {
        FindingKind::ThinWall | FindingKind::OpenEdge | FindingKind::CrowdedEdge | FindingKind::OneSided => {
            [0xE5, 0x25, 0x3F, 255]
        }
        FindingKind::SmallDetail => [0xE0, 0x2F, 0xA8, 255],
        FindingKind::NarrowGap => [0x7B, 0x4D, 0xFF, 255],
        FindingKind::Cavity | FindingKind::SelfIntersection => [0x12, 0x9B, 0xC9, 255],
        _ => [0xFF, 0x8A, 0x1F, 255],
    }
}

fn name_of(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::ThinWall => "thinWall",
        FindingKind::SmallDetail => "smallDetail",
        FindingKind::NarrowGap => "narrowGap",
        FindingKind::Overhang => "overhang",
        FindingKind::Cavity => "cavity",
        FindingKind::SelfIntersection => "selfIntersection",
        _ => "openEdge",
    }
}

impl Out {
    fn material(&mut self, name: &str, mut material: Value) -> usize {
        if let Some(members) = material.as_object_mut() {
            members.insert("name".into(), name.into());
        }
        self.materials.push(material);
        self.materials.len() - 1
    }

    fn texture(&mut self, png: &[u8], repeats: bool) -> usize {
        let view = self.bin.view(png, None, None);
        self.images.push(json!({ "bufferView": view, "mimeType": "image/png" }));
        self.textures.push(json!({ "source": self.images.len() - 1, "sampler": usize::from(!repeats) }));
        self.textures.len() - 1
    }

    /// Of what is printed.
    fn printed(&mut self, name: &str, looks: &Looks<'_>, is_support: bool) -> usize {
        let color = looks.color.unwrap_or([200, 200, 200, 255]);
        let color = if is_support { color.map(|part| part / 2 + 120) } else { color };
        let [red, green, blue, _] = linear(&color).to_array().map(number);
        let alpha = if is_support { 0.72 } else { 1.0 };
        let (roughness, leaning) = match looks.settings.process {
            Process::Filament => (0.46, 1.0),
            Process::Resin => (0.34, 0.45),
            Process::Powder => (0.86, 1.0),
        };
        let is_layered = looks.settings.process != Process::Powder;
        let lean = if is_layered { picture::layers_lean() } else { picture::grains_lean() };
        let lean = self.texture(&lean, true);
        let mut pbr = json!({ "metallicFactor": 0, "roughnessFactor": roughness });
        let mut set = |name: &str, value: Value| {
            if let Some(members) = pbr.as_object_mut() {
                members.insert(name.into(), value);
            }
        };
        // Several colours are those of the vertices.
        let is_many = looks.has_colors && !is_support;
        set("baseColorFactor", if is_many { json!([1, 1, 1, alpha]) } else { json!([red, green, blue, alpha]) });
        if is_layered {
            let shade = self.texture(&picture::layers_shade(), true);
            set("baseColorTexture", json!({ "index": shade }));
        }
        let mut material = json!({
            "pbrMetallicRoughness": pbr, "normalTexture": { "index": lean, "scale": leaning },
        });
        if let Some(members) = material.as_object_mut().filter(|_| is_support) {
            members.insert("alphaMode".into(), "BLEND".into());
            members.insert("doubleSided".into(), true.into());
        }
        self.material(name, material)
    }

    /// Beads of the seam: a little darker, as one sees them.
    fn bead(&mut self, looks: &Looks<'_>) -> usize {
        let color = linear(&looks.color.unwrap_or([200, 200, 200, 255])) * 0.82;
        let [red, green, blue, _] = color.to_array().map(number);
        self.material("seam", json!({
            "pbrMetallicRoughness": { "baseColorFactor": [red, green, blue, 1], "metallicFactor": 0, "roughnessFactor": 0.4 },
        }))
    }

    /// The colour of a finding, the same in every light.
    fn marking(&mut self, kind: FindingKind, ring: usize) -> usize {
        let [red, green, blue, _] = linear(&color_of(kind)).to_array().map(number);
        self.material(name_of(kind), json!({
            "pbrMetallicRoughness": {
                "baseColorFactor": [red, green, blue, 0.9], "baseColorTexture": { "index": ring }, "metallicFactor": 0,
            },
            "alphaMode": "BLEND", "doubleSided": true, "extensions": { "KHR_materials_unlit": {} },
        }))
    }

    /// A mesh with its node. `layer` says by which of [`LAYERS`] it is shown.
    fn mesh(&mut self, name: &str, mesh: &Mesh, material: usize, layer: Option<usize>, nothing: usize) {
        if mesh.indices.is_empty() {
            return;
        }
        let positions: Vec<f32> = mesh.positions.iter().flat_map(|at| in_glb(*at).to_array()).collect();
        let turned = |direction: glam::Vec3| (in_glb(direction) * 1000.0).normalize_or(glam::Vec3::Y);
        let normals: Vec<f32> = mesh.normals.iter().flat_map(|normal| turned(*normal).to_array()).collect();
        let uvs: Vec<f32> = mesh.uvs.iter().flat_map(|uv| uv.to_array()).collect();
        let mut attributes = Map::new();
        let mut put = |bin: &mut Bin, name: &str, kind: &str, values: &[f32], bounded: bool| {
            let accessor = bin.accessor(kind, &Flat::Floats(values), Some(VERTICES), bounded);
            attributes.insert(name.into(), accessor.into());
        };
        put(&mut self.bin, "POSITION", "VEC3", &positions, true);
        put(&mut self.bin, "NORMAL", "VEC3", &normals, false);
        let written = self.materials.get(material);
        if written.is_some_and(|material| material.pointer("/pbrMetallicRoughness/baseColorTexture").is_some()) {
            put(&mut self.bin, "TEXCOORD_0", "VEC2", &uvs, false);
        }
        if written.is_some_and(|material| material.get("normalTexture").is_some()) {
            let tangents =
                mesh.tangents.iter().flat_map(|tangent| turned(tangent.truncate()).extend(tangent.w).to_array());
            let tangents: Vec<f32> = tangents.collect();
            put(&mut self.bin, "TANGENT", "VEC4", &tangents, false);
        }
        if !mesh.colors.is_empty() {
            let colors: Vec<f32> = mesh.colors.iter().flat_map(|color| color.with_w(1.0).to_array()).collect();
            put(&mut self.bin, "COLOR_0", "VEC4", &colors, false);
        }
        let indices = self.bin.accessor("SCALAR", &Flat::Whole(&mesh.indices, Component::Short), Some(INDICES), false);
        let mut primitive = json!({ "attributes": attributes, "indices": indices, "material": material });
        if let (Some(layer), Some(members)) = (layer, primitive.as_object_mut()) {
            let (shows, hides): (Vec<usize>, Vec<usize>) = (0..8).partition(|variant| variant >> layer & 1 == 1);
            members.insert(
                "extensions".into(),
                json!({ "KHR_materials_variants": { "mappings": [
                { "material": material, "variants": shows }, { "material": nothing, "variants": hides },
            ] } }),
            );
        }
        self.meshes.push(json!({ "name": name, "primitives": [primitive] }));
        self.nodes.push(json!({ "name": name, "mesh": self.meshes.len() - 1 }));
    }

    fn finish(self) -> Vec<u8> {
        let variants: Vec<Value> = (0..8).map(|variant| json!({ "name": variant_name(variant) })).collect();
        let document = json!({
            "asset": { "version": "2.0", "generator": concat!("Anprobe ", env!("CARGO_PKG_VERSION")) },
            "scene": 0,
            "scenes": [{ "nodes": (0..self.nodes.len()).collect::<Vec<_>>() }],
            "nodes": self.nodes,
            "meshes": self.meshes,
            "materials": self.materials,
            "textures": self.textures,
            "images": self.images,
            "samplers": [
                { "magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497 },
                { "magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071 },
            ],
            "accessors": self.bin.accessors,
            "bufferViews": self.bin.views,
            "buffers": [{ "byteLength": self.bin.bytes.len() }],
            "extensions": { "KHR_materials_variants": { "variants": variants } },
            "extensionsUsed": ["KHR_materials_unlit", "KHR_materials_variants"],
        });
        // A piece that is thinned has far less than 4 GB.
        container(&document.to_string(), &self.bin.bytes).unwrap_or_default()
    }
}

/// What a variant shows.
fn variant_name(variant: usize) -> String {
    let mut name = String::new();
    for (_, layer) in LAYERS.iter().enumerate().filter(|(at, _)| variant >> at & 1 == 1) {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(layer);
    }
    if name.is_empty() { "bare".into() } else { name }
}
