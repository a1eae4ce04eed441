//! One document in the making: what models share, and what is known when all of them are in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::bin::Bin;
use super::copy::Copy;
use super::{Options, Picture, material};
use crate::frame::Placed;
use crate::issue::{Code, Issues};
use crate::scene::SceneId;

/// Extensions that are carried out in the file and so are not in it, or say how its geometry was stored.
const DONE: [&str; 7] = [
    "EXT_meshopt_compression",
    "KHR_draco_mesh_compression",
    "KHR_materials_variants",
    "KHR_mesh_quantization",
    "KHR_meshopt_compression",
    "KHR_node_visibility",
    "KHR_animation_pointer",
];
/// Those that name a texture's picture.
const PICTURES: [(&str, &str); 2] = [("image/webp", "EXT_texture_webp"), ("image/avif", "EXT_texture_avif")];
/// Read from the scene, and written anew.
pub(super) const LIGHTS: &str = "KHR_lights_punctual";
/// What a file says of itself and of its parts, in packets that these name by number
/// (<https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_xmp_json_ld>).
const XMP: &str = "KHR_xmp_json_ld";

/// A document in the making.
pub(super) struct Document<'a> {
    pub(super) options: &'a Options,
    pub(super) is_printed: &'a dyn Fn(SceneId, usize) -> bool,
    pub(super) bin: Bin,
    pub(super) lists: BTreeMap<&'static str, Vec<Value>>,
    pub(super) lights: Vec<Value>,
    pub(super) roots: Vec<Value>,
    pub(super) pictures: Vec<Picture>,
    pub(super) copyrights: Vec<String>,
    /// Packets of all models, equal ones once; and which of them those of the present model are.
    packets: Vec<Value>,
    packet_of: Vec<usize>,
    /// That of the asset, of the first model that has any.
    asset_packet: Option<usize>,
    /// Of the asset and the document, of the first model that has any.
    pub(super) extras: BTreeMap<&'static str, Value>,
    pub(super) extensions: Map<String, Value>,
    pub(super) required: BTreeSet<String>,
    pub(super) issues: Issues,
}

impl<'a> Document<'a> {
    pub(super) fn new(options: &'a Options, is_printed: &'a dyn Fn(SceneId, usize) -> bool) -> Self {
        Self {
            options,
            is_printed,
            bin: Bin::default(),
            lists: BTreeMap::new(),
            lights: Vec::new(),
            roots: Vec::new(),
            pictures: Vec::new(),
            copyrights: Vec::new(),
            packets: Vec::new(),
            packet_of: Vec::new(),
            asset_packet: None,
            extras: BTreeMap::new(),
            extensions: Map::new(),
            required: BTreeSet::new(),
            issues: Issues::default(),
        }
    }

    /// Adds what is seen of a scene.
    pub(super) fn add(&mut self, placed: &Placed<'_>) {
        let source: Value = serde_json::from_str(&placed.scene.source_json).unwrap_or_default();
        let asset = source.get("asset");
        if let Some(copyright) = asset.and_then(|asset| asset.get("copyright")).and_then(Value::as_str)
            && !self.copyrights.iter().any(|known| known == copyright)
        {
            self.copyrights.push(copyright.to_owned());
        }
        for (name, holder) in [("asset", asset), ("document", Some(&source))] {
            if let Some(extras) = holder.and_then(|holder| holder.get("extras")) {
                self.extras.entry(name).or_insert_with(|| extras.clone());
            }
        }
        for name in source.get("extensionsRequired").and_then(Value::as_array).into_iter().flatten() {
            self.required.extend(name.as_str().map(str::to_owned));
        }
        let mut whole = json!({ "extensions": source.get("extensions") });
        if let Some(extensions) = whole.get_mut("extensions").and_then(Value::as_object_mut) {
            extensions.remove(LIGHTS);
            let said = extensions.remove(XMP);
            self.take_packets(said.as_ref(), asset);
        }
        self.keep_extensions(&mut whole, "");
        for (name, value) in whole.get_mut("extensions").and_then(Value::as_object_mut).into_iter().flatten() {
            self.extensions.entry(name.as_str()).or_insert_with(|| value.take());
        }
        let mut copy = Copy::new(self, placed, source);
        copy.find_kept();
        copy.all();
    }

    /// Takes what a model says of itself.
    fn take_packets(&mut self, said: Option<&Value>, asset: Option<&Value>) {
        let packets = said.and_then(|said| said.get("packets")).and_then(Value::as_array);
        self.packet_of.clear();
        for packet in packets.into_iter().flatten() {
            let known = self.packets.iter().position(|known| known == packet);
            self.packet_of.push(known.unwrap_or(self.packets.len()));
            if known.is_none() {
                self.packets.push(packet.clone());
            }
        }
        let named = asset.and_then(|asset| asset.get("extensions")?.get(XMP));
        self.asset_packet = self.asset_packet.or_else(|| self.packet_of.get(packet_in(named?)?).copied());
    }

    pub(super) fn push(&mut self, list: &'static str, value: Value) -> usize {
        let list = self.lists.entry(list).or_default();
        list.push(value);
        list.len() - 1
    }

    /// The same, where an equal one may stand in.
    pub(super) fn share(&mut self, list: &'static str, value: Value) -> usize {
        let known = self.lists.get(list).and_then(|list| list.iter().position(|known| *known == value));
        known.unwrap_or_else(|| self.push(list, value))
    }

    /// Takes out extensions that are carried out, and those that nobody knows here and that may name something by its
    /// number, which is another one now. Packets get their new number.
    pub(super) fn keep_extensions(&mut self, json: &mut Value, path: &str) {
        let Some(extensions) = json.get_mut("extensions").and_then(Value::as_object_mut) else { return };
        extensions.retain(|name, value| {
            let packet = packet_in(value).filter(|_| name == XMP).and_then(|packet| self.packet_of.get(packet));
            if let Some(packet) = packet {
                *value = json!({ "packet": packet });
                return true;
            }
            let is_done = DONE.contains(&name.as_str());
            let is_lost =
                !is_done && !name.starts_with("KHR_materials_") && name != "KHR_texture_transform" && counts(value);
            if is_lost {
                self.issues.report(Code::Export, path, name.as_str());
            }
            !(is_done || is_lost)
        });
        let is_empty = extensions.is_empty();
        if let Some(members) = json.as_object_mut().filter(|_| is_empty) {
            members.remove("extensions");
        }
    }

    /// The document without pictures, accessors and buffers.
    pub(super) fn finish(mut self, name: &str) -> (Map<String, Value>, Bin, Vec<Picture>, Issues) {
        let mut asset = json!({ "version": "2.0", "generator": concat!("Anprobe ", env!("CARGO_PKG_VERSION")) });
        if !self.copyrights.is_empty() {
            material::set(&mut asset, "copyright", self.copyrights.join("; ").into());
        }
        if let Some(extras) = self.extras.remove("asset") {
            material::set(&mut asset, "extras", extras);
        }
        if let Some(packet) = self.asset_packet {
            material::set(&mut asset, "extensions", json!({ XMP: { "packet": packet } }));
        }
        let mut scene = json!({ "nodes": self.roots });
        if !name.is_empty() {
            material::set(&mut scene, "name", name.into());
        }
        let mut document = Map::new();
        document.insert("asset".into(), asset);
        document.insert("scene".into(), 0.into());
        document.insert("scenes".into(), json!([scene]));
        if let Some(extras) = self.extras.remove("document") {
            document.insert("extras".into(), extras);
        }
        if !self.lights.is_empty() {
            self.extensions.insert(LIGHTS.into(), json!({ "lights": self.lights }));
        }
        if !self.packets.is_empty() {
            self.extensions.insert(XMP.into(), json!({ "packets": self.packets }));
        }
        if !self.extensions.is_empty() {
            document.insert("extensions".into(), self.extensions.into());
        }
        let lists = self.lists.into_iter().filter(|(_, list)| !list.is_empty());
        document.extend(lists.map(|(name, list)| (name.to_owned(), list.into())));
        document.insert("extensionsRequired".into(), self.required.into_iter().collect::<Vec<_>>().into());
        (document, self.bin, self.pictures, self.issues)
    }
}

/// The packet that an object names.
fn packet_in(named: &Value) -> Option<usize> {
    usize::try_from(named.get("packet")?.as_u64()?).ok()
}

/// Whether a JSON has a whole number somewhere: it may be the number of a node, a mesh or another entry.
fn counts(json: &Value) -> bool {
    match json {
        Value::Number(number) => number.is_u64(),
        Value::Array(list) => list.iter().any(counts),
        Value::Object(members) => members.iter().any(|(name, value)| name != "extras" && counts(value)),
        _ => false,
    }
}

/// Gives textures the numbers of their pictures, which stand where a picture of a plan is; without one, a texture has none.
pub(super) fn show_pictures(document: &mut Map<String, Value>, images: &[Value], places: &[Option<usize>]) {
    for texture in document.get_mut("textures").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(members) = texture.as_object_mut() else { continue };
        let picture = members.remove("source").and_then(|source| source.as_u64());
        let Some(image) = picture.and_then(|picture| places.get(picture as usize).copied().flatten()) else { continue };
        let mime = images.get(image).and_then(|image| image.get("mimeType")).and_then(Value::as_str);
        match PICTURES.iter().find(|(known, _)| Some(*known) == mime) {
            None => drop(members.insert("source".into(), image.into())),
            Some((_, extension)) => {
                let mut extensions = Map::new();
                extensions.insert((*extension).into(), json!({ "source": image }));
                members.insert("extensions".into(), extensions.into());
            }
        }
    }
}

/// Names all extensions that a document uses, and those of them that it cannot do without.
pub(super) fn name_extensions(document: &mut Map<String, Value>) {
    let mut used = BTreeSet::new();
    for (name, value) in document.iter() {
        if name == "extensions" {
            used.extend(value.as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        }
        find_extensions(value, &mut used);
    }
    let said = document.remove("extensionsRequired");
    let said: BTreeSet<&str> =
        said.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let without_fallback = |name: &str| PICTURES.iter().any(|(_, extension)| *extension == name);
    let required: Vec<&String> =
        used.iter().filter(|name| said.contains(name.as_str()) || without_fallback(name)).collect();
    if !required.is_empty() {
        document.insert("extensionsRequired".into(), json!(required));
    }
    if !used.is_empty() {
        document.insert("extensionsUsed".into(), json!(used));
    }
}

fn find_extensions(json: &Value, used: &mut BTreeSet<String>) {
    match json {
        Value::Array(list) => list.iter().for_each(|value| find_extensions(value, used)),
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| *name != "extras") {
                if name == "extensions" {
                    used.extend(value.as_object().into_iter().flatten().map(|(name, _)| name.clone()));
                }
                find_extensions(value, used);
            }
        }
        _ => {}
    }
}
