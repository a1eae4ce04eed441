//! Copies what is seen of one model into a document, under new numbers.

use std::collections::BTreeMap;

use glam::Mat4;
use serde_json::{Map, Value, json};

use super::bin::{Flat, numbers};
use super::document::{Document, LIGHTS};
use super::{Picture, geometry, material};
use crate::export::flatten::is_clear;
use crate::frame::Placed;
use crate::geom::Trs;
use crate::issue::Code;
use crate::scene::{ImageSource, Interpolation, Local, Primitive, Property, Scene};

/// One scene on its way into a document.
pub(super) struct Copy<'a, 'b, 'c> {
    document: &'a mut Document<'b>,
    placed: &'a Placed<'c>,
    source: Value,
    /// New numbers of nodes.
    nodes: Vec<Option<usize>>,
    /// New numbers of all else, by list and old number.
    known: BTreeMap<(&'static str, usize), usize>,
    kept: Vec<bool>,
    /// By old number, the new node that shows its mesh.
    shown_by: BTreeMap<usize, usize>,
}

impl<'a, 'b, 'c> Copy<'a, 'b, 'c> {
    pub(super) fn new(document: &'a mut Document<'b>, placed: &'a Placed<'c>, source: Value) -> Self {
        let nodes = vec![None; placed.scene.nodes.len()];
        let (known, shown_by) = (BTreeMap::new(), BTreeMap::new());
        Self { document, placed, source, nodes, known, kept: Vec::new(), shown_by }
    }

    fn scene(&self) -> &Scene {
        self.placed.scene
    }

    /// What the file says of an entry.
    fn said(&self, list: &str, index: usize) -> Value {
        self.source
            .get(list)
            .and_then(|list| list.get(index))
            .filter(|said| said.is_object())
            .cloned()
            .unwrap_or(json!({}))
    }

    fn is_seen(&self, node: usize) -> bool {
        self.placed.pose.visible.get(node) == Some(&true)
    }

    /// Nodes that are seen, bones of what is seen, and all above them.
    pub(super) fn find_kept(&mut self) {
        let mut kept: Vec<bool> = (0..self.scene().nodes.len()).map(|node| self.is_seen(node)).collect();
        let skins = self.scene().nodes.iter().filter(|(node, _)| self.is_seen(*node)).filter_map(|(_, node)| node.skin);
        let joints: Vec<usize> =
            skins.filter_map(|skin| self.scene().skins.get(skin)).flat_map(|skin| &skin.joints).copied().collect();
        for joint in joints {
            if let Some(slot) = kept.get_mut(joint) {
                *slot = true;
            }
        }
        for start in 0..kept.len() {
            let mut at =
                self.scene().nodes.get(start).filter(|_| kept.get(start) == Some(&true)).and_then(|node| node.parent);
            while let Some(slot) = at.and_then(|node| kept.get_mut(node)).filter(|kept| !**kept) {
                *slot = true;
                at = at.and_then(|node| self.scene().nodes.get(node)).and_then(|node| node.parent);
            }
        }
        self.kept = kept;
    }

    pub(super) fn all(&mut self) {
        let kept: Vec<usize> = (0..self.kept.len()).filter(|node| self.kept.get(*node) == Some(&true)).collect();
        for node in &kept {
            let place = self.document.push("nodes", Value::Null);
            if let Some(slot) = self.nodes.get_mut(*node) {
                *slot = Some(place);
            }
        }
        for node in &kept {
            let json = self.node(*node);
            let place = self.nodes.get(*node).copied().flatten();
            let list = self.document.lists.get_mut("nodes");
            if let Some(slot) = list.zip(place).and_then(|(list, place)| list.get_mut(place)) {
                *slot = json;
            }
        }
        let is_root = |node: &&usize| self.scene().nodes.get(**node).is_some_and(|node| node.parent.is_none());
        let roots: Vec<Value> = kept
            .iter()
            .filter(is_root)
            .filter_map(|node| self.nodes.get(*node).copied().flatten())
            .map(Value::from)
            .collect();
        let world = self.placed.world_from_scene;
        if roots.is_empty() || world.abs_diff_eq(Mat4::IDENTITY, 1e-7) {
            self.document.roots.extend(roots);
        } else {
            let root = json!({ "matrix": numbers(&world.to_cols_array()), "children": roots });
            let root = self.document.push("nodes", root);
            self.document.roots.push(root.into());
        }
        if self.document.options.animations {
            self.animations();
        }
    }

    fn node(&mut self, index: usize) -> Value {
        let Some(node) = self.placed.scene.nodes.get(index) else { return json!({}) };
        let mut out = self.said("nodes", index);
        let mut light = None;
        if let Some(members) = out.as_object_mut() {
            for name in ["children", "mesh", "skin", "camera", "matrix", "translation", "rotation", "scale", "weights"]
            {
                members.remove(name);
            }
            light = members.get_mut("extensions").and_then(Value::as_object_mut).and_then(|all| all.remove(LIGHTS));
        }
        self.document.keep_extensions(&mut out, &format!("/nodes/{index}"));
        let children: Vec<Value> = node
            .children
            .iter()
            .filter_map(|child| self.nodes.get(*child).copied().flatten())
            .map(Value::from)
            .collect();
        if !children.is_empty() {
            material::set(&mut out, "children", children.into());
        }
        match node.local {
            Local::Matrix(matrix) => material::set(&mut out, "matrix", numbers(&matrix.to_cols_array())),
            Local::Trs(local) => {
                let local = self.placed.overlay.placements.get(&index).copied().unwrap_or(local);
                match self.moved(index, &local) {
                    Some(moved) => material::set(&mut out, "matrix", numbers(&moved.to_cols_array())),
                    None => place(&mut out, &local),
                }
            }
        }
        if !self.is_seen(index) {
            return out;
        }
        if let Some(mesh) = node.mesh.and_then(|mesh| self.mesh(mesh)) {
            let mut shows = json!({ "mesh": mesh });
            // Where nothing moves, they stay as they are now.
            let weights = self.placed.pose.weights.get(index).filter(|weights| !weights.is_empty());
            if let Some(weights) = weights.filter(|_| self.targets_of(node.mesh) > 0) {
                material::set(&mut shows, "weights", numbers(weights));
            }
            let skin = node.skin.and_then(|skin| self.skin(skin));
            if let Some(skin) = skin {
                material::set(&mut shows, "skin", skin.into());
            }
            if skin.is_some() && node.parent.is_some() {
                // Bones alone say where it is: nothing above it may seem to (glTF 2.0 §3.7.3.3).
                if !node.name.is_empty() {
                    material::set(&mut shows, "name", node.name.as_str().into());
                }
                let place = self.document.push("nodes", shows);
                self.document.roots.push(place.into());
                self.shown_by.insert(index, place);
            } else if let (Some(members), Some(shows)) = (out.as_object_mut(), shows.as_object_mut()) {
                members.append(shows);
                self.shown_by.extend(self.nodes.get(index).copied().flatten().map(|place| (index, place)));
            }
        }
        if let Some(camera) = node.camera.filter(|camera| self.placed.scene.cameras.get(*camera).is_some()) {
            let mut said = self.said("cameras", camera);
            self.document.keep_extensions(&mut said, &format!("/cameras/{camera}"));
            let camera = self.document.share("cameras", said);
            material::set(&mut out, "camera", camera.into());
        }
        let light = light.and_then(|light| light.get("light")?.as_u64()).map(|light| light as usize);
        if let Some(light) = light.filter(|light| self.placed.scene.lights.get(*light).is_some()) {
            let said =
                self.source.get("extensions").and_then(|all| all.get(LIGHTS)?.get("lights")?.get(light)).cloned();
            self.document.lights.extend(said);
            let light = json!({ "light": self.document.lights.len().saturating_sub(1) });
            material::set(&mut out, &format!("extensions/{LIGHTS}"), light);
        }
        out
    }

    /// Where an animation has brought a node in its parent, which is then frozen there.
    fn moved(&self, node: usize, local: &Trs) -> Option<Mat4> {
        let places = &self.placed.pose.scene_from_node;
        let here = places.get(node).filter(|_| !self.document.options.animations)?;
        let parent = self.scene().nodes.get(node)?.parent.and_then(|parent| places.get(parent)).copied();
        let parent = parent.unwrap_or(Mat4::IDENTITY);
        let still = parent * local.matrix();
        let moved = parent.inverse() * *here;
        (moved.is_finite() && !still.abs_diff_eq(*here, 1e-5)).then_some(moved)
    }

    fn targets_of(&self, mesh: Option<usize>) -> usize {
        mesh.and_then(|mesh| self.scene().meshes.get(mesh)).map_or(0, crate::scene::Mesh::target_count)
    }

    /// None when nothing of it is to be seen.
    fn mesh(&mut self, index: usize) -> Option<usize> {
        if let Some(known) = self.known.get(&("meshes", index)) {
            return Some(*known);
        }
        let mesh = self.placed.scene.meshes.get(index)?;
        let mut out = self.said("meshes", index);
        let said = out.get("primitives").cloned().unwrap_or_default();
        let path = format!("/meshes/{index}");
        self.document.keep_extensions(&mut out, &path);
        let mut primitives = Vec::new();
        for (at, primitive) in mesh.primitives.iter() {
            let material = primitive.material_under(self.placed.overlay.variant);
            let seen = material.and_then(|index| self.placed.overlay.material(self.placed.scene, index));
            if seen.is_some_and(is_clear) {
                continue;
            }
            primitives.push(self.primitive(primitive, material, said.get(at), &format!("{path}/primitives/{at}")));
        }
        if primitives.is_empty() {
            return None;
        }
        if let Some(members) = out.as_object_mut() {
            members.insert("primitives".into(), primitives.into());
            // Those of another number of targets are no weights.
            let fits = mesh.target_count() > 0 && mesh.weights.len() == mesh.target_count();
            members.remove("weights").filter(|_| fits).and_then(|weights| members.insert("weights".into(), weights));
        }
        let mesh = self.document.share("meshes", out);
        self.known.insert(("meshes", index), mesh);
        Some(mesh)
    }

    fn primitive(&mut self, primitive: &Primitive, material: Option<usize>, said: Option<&Value>, path: &str) -> Value {
        let index = material.and_then(|material| self.material(material));
        let mut look = index.and_then(|index| self.document.lists.get("materials")?.get(index).cloned());
        let streams = geometry::Streams {
            uv_sets: look.as_mut().map_or(0, material::uv_sets),
            tangents: look.as_ref().is_some_and(|look| look.to_string().contains("ormalTexture")),
            normals: look.as_ref().is_none_or(|look| look.pointer("/extensions/KHR_materials_unlit").is_none()),
            as_they_are: self.document.options.quick,
        };
        let mut out = Value::from(geometry::write(primitive, &streams, &mut self.document.bin));
        if let Some(index) = index {
            material::set(&mut out, "material", index.into());
        }
        if let Some(extras) = said.and_then(|said| said.get("extras")) {
            material::set(&mut out, "extras", extras.clone());
        }
        if let Some(extensions) = said.and_then(|said| said.get("extensions")) {
            material::set(&mut out, "extensions", extensions.clone());
            self.document.keep_extensions(&mut out, path);
        }
        out
    }

    fn material(&mut self, index: usize) -> Option<usize> {
        if let Some(known) = self.known.get(&("materials", index)) {
            return Some(*known);
        }
        let file = self.placed.scene.materials.get(index)?;
        let seen = self.placed.overlay.material(self.placed.scene, index)?;
        let mut out = self.said("materials", index);
        material::lay_over(&mut out, file, seen);
        let is_opaque = seen.alpha_mode == crate::scene::AlphaMode::Opaque;
        self.document.keep_extensions(&mut out, &format!("/materials/{index}"));
        let mut lost = Vec::new();
        let mut named = Vec::new();
        material::textures(&mut out, &mut |info| {
            named.push(info.get("index").and_then(Value::as_u64).unwrap_or(0) as usize);
        });
        named.sort_unstable();
        named.dedup();
        let is_color = |texture: usize| {
            seen.textures().filter(|(_, info)| info.texture == texture).all(|(role, _)| role.is_color() && is_opaque)
        };
        let places: Vec<(usize, Option<usize>)> =
            named.into_iter().map(|old| (old, self.texture(old, is_color(old)))).collect();
        material::textures(&mut out, &mut |info| {
            let old = info.get("index").and_then(Value::as_u64).unwrap_or(0) as usize;
            match places.iter().find(|(known, _)| *known == old).and_then(|(_, new)| *new) {
                Some(new) => drop(info.insert("index".into(), new.into())),
                None => {
                    lost.push(old);
                    info.clear();
                }
            }
        });
        prune(&mut out);
        for texture in lost {
            self.document.issues.report(Code::ExportPicture, format!("/textures/{texture}"), "");
        }
        let material = self.document.share("materials", out);
        self.known.insert(("materials", index), material);
        Some(material)
    }

    fn texture(&mut self, index: usize, is_lossy: bool) -> Option<usize> {
        if let Some(known) = self.known.get(&("textures", index)) {
            return Some(*known);
        }
        let texture = self.placed.scene.textures.get(index)?;
        let all = texture.image.into_iter().chain(texture.fallbacks.iter().copied());
        let is_plain = |image: &usize| match self.scene().images.get(*image).map(|image| &image.source) {
            Some(ImageSource::Encoded { mime, .. }) => matches!(*mime, "image/png" | "image/jpeg"),
            Some(ImageSource::External { uri }) => {
                let uri = uri.to_ascii_lowercase();
                [".png", ".jpg", ".jpeg"].into_iter().any(|end| uri.ends_with(end))
            }
            None => false,
        };
        let plain = all.clone().find(is_plain).filter(|_| self.document.options.plain_pictures);
        let image = plain.or(texture.image)?;
        let picture = self.picture(image, is_lossy)?;
        let mut out = self.said("textures", index);
        let sampler = out.get("sampler").and_then(Value::as_u64);
        if let Some(members) = out.as_object_mut() {
            members.remove("sampler");
            // Its picture's number, until pictures have theirs.
            members.insert("source".into(), picture.into());
            members.remove("extensions");
        }
        if let Some(sampler) = sampler {
            let said = self.said("samplers", sampler as usize);
            let sampler = self.document.share("samplers", said);
            material::set(&mut out, "sampler", sampler.into());
        }
        let texture = self.document.share("textures", out);
        self.known.insert(("textures", index), texture);
        Some(texture)
    }

    /// The place of a picture in the plan.
    fn picture(&mut self, image: usize, is_lossy: bool) -> Option<usize> {
        let found = self.placed.scene.images.get(image)?;
        let scene = self.placed.id;
        let pictures = &mut self.document.pictures;
        if let Some(known) = pictures.iter().position(|picture| picture.scene == scene && picture.image == image) {
            if let Some(picture) = pictures.get_mut(known) {
                picture.is_lossy &= is_lossy;
            }
            return Some(known);
        }
        let mut picture = Picture {
            scene,
            image,
            name: found.name.clone(),
            is_lossy,
            most_px: self.document.options.most_texture_px.max(1),
            is_printed: (self.document.is_printed)(scene, image),
            is_plain: self.document.options.plain_pictures,
            bytes: None,
        };
        picture.take_own(found);
        pictures.push(picture);
        Some(pictures.len() - 1)
    }

    fn skin(&mut self, index: usize) -> Option<usize> {
        if let Some(known) = self.known.get(&("skins", index)) {
            return Some(*known);
        }
        let skin = self.placed.scene.skins.get(index)?;
        let joints: Option<Vec<Value>> =
            skin.joints.iter().map(|joint| Some(Value::from(self.nodes.get(*joint).copied().flatten()?))).collect();
        let mut out = self.said("skins", index);
        material::set(&mut out, "joints", joints?.into());
        let matrices: Vec<f32> = skin.inverse_bind_matrices.iter().flat_map(Mat4::to_cols_array).collect();
        let accessor = self.document.bin.accessor("MAT4", &Flat::Floats(&matrices), None, false);
        material::set(&mut out, "inverseBindMatrices", accessor.into());
        let root = out
            .get("skeleton")
            .and_then(Value::as_u64)
            .and_then(|root| self.nodes.get(root as usize).copied().flatten());
        if let Some(members) = out.as_object_mut() {
            members.remove("skeleton");
            root.map(|root| members.insert("skeleton".into(), root.into()));
        }
        let skin = self.document.push("skins", out);
        self.known.insert(("skins", index), skin);
        Some(skin)
    }

    fn animations(&mut self) {
        for (index, animation) in self.placed.scene.animations.iter() {
            let (mut channels, mut samplers) = (Vec::new(), Vec::new());
            for channel in &animation.channels {
                let Some(mut node) = self.nodes.get(channel.node).copied().flatten() else { continue };
                let (path, kind) = match channel.property {
                    Property::Translation => ("translation", "VEC3"),
                    Property::Rotation => ("rotation", "VEC4"),
                    Property::Scale => ("scale", "VEC3"),
                    Property::Weights => {
                        let Some(shown) = self.shown_by.get(&channel.node) else { continue };
                        node = *shown;
                        ("weights", "SCALAR")
                    }
                };
                let interpolation = match channel.interpolation {
                    Interpolation::Step => "STEP",
                    Interpolation::Linear => "LINEAR",
                    Interpolation::CubicSpline => "CUBICSPLINE",
                };
                let bin = &mut self.document.bin;
                let input = bin.accessor("SCALAR", &Flat::Floats(&channel.times), None, true);
                let output = bin.accessor(kind, &Flat::Floats(&channel.values), None, false);
                channels.push(json!({ "sampler": samplers.len(), "target": { "node": node, "path": path } }));
                samplers.push(json!({ "input": input, "output": output, "interpolation": interpolation }));
            }
            if channels.is_empty() {
                continue;
            }
            let mut out = self.said("animations", index);
            self.document.keep_extensions(&mut out, &format!("/animations/{index}"));
            material::set(&mut out, "channels", channels.into());
            material::set(&mut out, "samplers", samplers.into());
            self.document.push("animations", out);
        }
    }
}

/// Writes a place as far as it is one.
fn place(node: &mut Value, local: &Trs) {
    if local.translation != Trs::IDENTITY.translation {
        material::set(node, "translation", numbers(&local.translation.to_array()));
    }
    if local.rotation != Trs::IDENTITY.rotation {
        material::set(node, "rotation", numbers(&local.rotation.to_array()));
    }
    if local.scale != Trs::IDENTITY.scale {
        material::set(node, "scale", numbers(&local.scale.to_array()));
    }
}

/// Takes out textures that are not there, and objects that are empty without them.
fn prune(json: &mut Value) {
    let Some(members) = json.as_object_mut() else { return };
    members.retain(|name, value| !(name.ends_with("Texture") && value.as_object().is_some_and(Map::is_empty)));
    for (name, value) in members {
        if name != "extras" {
            prune(value);
        }
    }
}
