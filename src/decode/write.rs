//! The plain file: the JSON with what was unpacked in its place, and its bytes.

use super::draco::{Outcome, Stream};
use super::raw::{Members, array, items};
use super::source::Source;
use super::{ALL, Decoder, MESHOPT, View, list, number};
use crate::issue::Issue;

/// What vertices and indices are stored for (glTF 2.0 §5.11.5).
const VERTICES: u32 = 34_962;
const INDICES: u32 = 34_963;

/// The lists that change.
struct Lists {
    views: Vec<String>,
    accessors: Vec<String>,
    meshes: Vec<String>,
    /// Accessors that have what was unpacked.
    filled: Vec<bool>,
}

impl Decoder {
    /// The JSON; its bytes are in `bin` then.
    pub(super) fn document(&mut self) -> Result<String, Issue> {
        let text = std::mem::take(&mut self.text);
        let mut root = Members::read(&text);
        let read = |name: &str| -> Vec<String> {
            root.get(name).map(items).into_iter().flatten().map(str::to_owned).collect()
        };
        let mut nodes = read("nodes");
        let accessors = read("accessors");
        let filled = vec![false; accessors.len()];
        let mut lists = Lists { views: read("bufferViews"), accessors, meshes: read("meshes"), filled };
        let mut buffers = read("buffers");
        self.expand(&mut nodes)?;
        let spare = self.move_views(&mut lists.views, &mut buffers);
        self.fill_primitives(&mut lists, &spare);
        self.bin.resize(self.bin.len().next_multiple_of(4), 0);
        if let Some(first) = buffers.first_mut() {
            let mut buffer = Members::read(first);
            buffer.set("byteLength", self.bin.len().to_string());
            *first = buffer.write();
        }
        let lists = [
            ("buffers", buffers),
            ("bufferViews", lists.views),
            ("accessors", lists.accessors),
            ("meshes", lists.meshes),
            ("nodes", nodes),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                root.set(name, array(&list));
            }
        }
        for name in ["extensionsUsed", "extensionsRequired"] {
            let Some(list) = root.get(name).map(str::to_owned) else { continue };
            let left: Vec<&str> = items(&list).into_iter().filter(|item| !is_ours(item)).collect();
            if left.is_empty() { root.remove(name) } else { root.set(name, array(&left)) }
        }
        Ok(root.write())
    }

    /// Gives all views their new places, and buffers their new numbers; what of the file's bytes is still used goes behind
    /// what was unpacked. Says which views held nothing but a primitive that is unpacked.
    fn move_views(&mut self, views: &mut [String], buffers: &mut Vec<String>) -> Vec<bool> {
        let spare = self.spare_views();
        let tree = std::mem::take(&mut self.tree);
        let described = list(&tree, "bufferViews");
        let is_plain = |index: usize| matches!(self.views.get(index), Some(None)) && spare.get(index) == Some(&false);
        // Bytes of the file that views still name, by buffer: joined where they touch.
        let mut ranges: Vec<(usize, usize, usize)> = Vec::new();
        let (mut named, mut emptied) = (vec![false; buffers.len()], vec![false; buffers.len()]);
        for (index, view) in described.iter().enumerate() {
            let Some(buffer) = number(view, "buffer") else { continue };
            let flags = if is_plain(index) { &mut named } else { &mut emptied };
            flags.get_mut(buffer).into_iter().for_each(|flag| *flag = true);
            if let (true, Ok(part)) = (is_plain(index), self.sources.part(view)) {
                let start = number(view, "byteOffset").unwrap_or(0);
                ranges.push((buffer, start & !3, start + part.len()));
            }
        }
        let is_held: Vec<bool> =
            self.sources.all.iter().map(|source| matches!(source, Source::Chunk(_) | Source::Given(_))).collect();
        let held = |buffer: usize| is_held.get(buffer) == Some(&true);
        ranges.retain(|(buffer, ..)| held(*buffer));
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = next.0 == last.0 && next.1 <= last.2;
            if joins {
                last.2 = last.2.max(next.2);
            }
            joins
        });
        // Buffer, first byte there, end there, first byte here.
        let mut moved: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (buffer, start, end) in ranges {
            let bytes = self.sources.bytes(buffer).and_then(|bytes| bytes.get(start..end)).unwrap_or_default();
            self.bin.resize(self.bin.len().next_multiple_of(4), 0);
            moved.push((buffer, start, end, self.bin.len()));
            self.bin.extend_from_slice(bytes);
        }
        // The first is what is unpacked here, under the name of the file's own.
        let mut own = Members::default();
        let mut kept = vec![String::new()];
        let mut places = vec![None; buffers.len()];
        for (index, text) in buffers.iter().enumerate() {
            let mut buffer = Members::read(text);
            buffer.drop_extensions(&MESHOPT);
            let is_named = named.get(index) == Some(&true);
            if matches!(self.sources.all.get(index), Some(Source::Chunk(_))) {
                own = buffer.clone();
            } else if !held(index) && (is_named || emptied.get(index) != Some(&true)) {
                if let Some(place) = places.get_mut(index) {
                    *place = Some(kept.len());
                }
                kept.push(buffer.write());
            }
        }
        if let Some(first) = kept.first_mut() {
            *first = own.write();
        }
        *buffers = kept;
        let end = self.bin.len();
        for (index, (text, at)) in views.iter_mut().zip(described).enumerate() {
            let mut view = Members::read(text);
            view.drop_extensions(&MESHOPT);
            let old = number(at, "buffer");
            let start = number(at, "byteOffset").unwrap_or(0);
            match self.views.get(index) {
                Some(Some(View::Unpacked(range))) => place(&mut view, range.start, range.len()),
                Some(Some(View::Lost)) => place(&mut view, 0, 0),
                _ => match old.filter(|buffer| held(*buffer)) {
                    Some(buffer) => {
                        let length = number(at, "byteLength").unwrap_or(0);
                        let before = moved.partition_point(|(known, from, ..)| (*known, *from) <= (buffer, start));
                        let home = before.checked_sub(1).and_then(|at| moved.get(at));
                        let home =
                            home.filter(|(known, _, to, _)| *known == buffer && start.saturating_add(length) <= *to);
                        // What reached past its buffer reaches past this one.
                        place(&mut view, home.map_or(end + 4, |(_, from, _, here)| here + start - from), length);
                    }
                    None => {
                        if let Some(place) = old.and_then(|old| places.get(old).copied().flatten()) {
                            view.set("buffer", place.to_string());
                        }
                    }
                },
            }
            *text = view.write();
        }
        self.tree = tree;
        spare
    }

    /// Views that only primitives name that are unpacked.
    fn spare_views(&self) -> Vec<bool> {
        let mut spare = vec![false; self.views.len()];
        for unpacked in &self.primitives {
            if let Outcome::Streams(streams) = &unpacked.outcome {
                spare.get_mut(streams.view).into_iter().for_each(|spare| *spare = true);
            }
        }
        let accessors = list(&self.tree, "accessors").iter().flat_map(|accessor| {
            let sparse = accessor.get("sparse");
            let parts = ["indices", "values"].map(|part| sparse.and_then(|sparse| sparse.get(part)));
            [Some(accessor)].into_iter().chain(parts).flatten()
        });
        let named = accessors.chain(list(&self.tree, "images")).filter_map(|at| number(at, "bufferView"));
        named.for_each(|view| spare.get_mut(view).into_iter().for_each(|spare| *spare = false));
        spare
    }

    /// Gives primitives their unpacked numbers.
    fn fill_primitives(&mut self, lists: &mut Lists, spare: &[bool]) {
        let mut spare = spare.to_vec();
        let mut by_mesh: Vec<(usize, Vec<_>)> = Vec::new();
        for unpacked in std::mem::take(&mut self.primitives) {
            match by_mesh.last_mut().filter(|(mesh, _)| *mesh == unpacked.mesh) {
                Some((_, all)) => all.push(unpacked),
                None => by_mesh.push((unpacked.mesh, vec![unpacked])),
            }
        }
        for (mesh, unpacked) in by_mesh {
            let Some(text) = lists.meshes.get(mesh).cloned() else { continue };
            let mut mesh_members = Members::read(&text);
            let all = mesh_members.get("primitives").map(items).unwrap_or_default();
            let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
            for unpacked in unpacked {
                let Some(text) = all.get(unpacked.primitive).cloned() else { continue };
                let mut primitive = Members::read(&text);
                primitive.drop_extensions(&ALL);
                match unpacked.outcome {
                    Outcome::Own => {}
                    // A hole under its number: whoever reads it reports a primitive without positions.
                    Outcome::Lost => primitive.set("attributes", "{}"),
                    Outcome::Streams(streams) => {
                        primitive.set("mode", "4");
                        let attributes = primitive.get("attributes").unwrap_or("{}").to_owned();
                        let mut attributes = Members::read(&attributes);
                        let slot = spare.get_mut(streams.view).is_some_and(std::mem::take).then_some(streams.view);
                        let old = primitive.get("indices").and_then(|index| index.parse().ok());
                        primitive.set("indices", lists.fill(old, &streams.indices, slot, INDICES).to_string());
                        for (name, stream) in &streams.attributes {
                            let old = attributes.get(name).and_then(|index| index.parse().ok());
                            // It names attributes of the primitive's alone.
                            if old.is_some() {
                                attributes.set(name, lists.fill(old, stream, None, VERTICES).to_string());
                            }
                        }
                        primitive.set("attributes", attributes.write());
                    }
                }
                if let Some(place) = all.get_mut(unpacked.primitive) {
                    *place = primitive.write();
                }
            }
            mesh_members.set("primitives", array(&all));
            let text = mesh_members.write();
            if let Some(place) = lists.meshes.get_mut(mesh) {
                *place = text;
            }
        }
    }
}

impl Lists {
    /// The accessor that has a stream: the old one, unless it has another already.
    fn fill(&mut self, old: Option<usize>, stream: &Stream, slot: Option<usize>, target: u32) -> usize {
        let mut view = Members::default();
        place(&mut view, stream.bytes.start, stream.bytes.len());
        if let Some(stride) = stream.stride {
            view.set("byteStride", stride.to_string());
        }
        view.set("target", target.to_string());
        let view_index = match slot.and_then(|slot| Some((slot, self.views.get_mut(slot)?))) {
            Some((slot, text)) => {
                *text = view.write();
                slot
            }
            None => {
                self.views.push(view.write());
                self.views.len() - 1
            }
        };
        let text = old.and_then(|old| self.accessors.get(old)).cloned().unwrap_or_else(|| String::from("{}"));
        let mut accessor = Members::read(&text);
        accessor.remove("byteOffset");
        accessor.remove("sparse");
        accessor.set("bufferView", view_index.to_string());
        accessor.set("componentType", stream.component.to_string());
        accessor.set("count", stream.count.to_string());
        accessor.set("type", format!("\"{}\"", stream.kind));
        let text = accessor.write();
        let free = old.filter(|old| self.filled.get(*old) == Some(&false));
        match free.and_then(|old| Some((old, self.accessors.get_mut(old)?, self.filled.get_mut(old)?))) {
            Some((old, accessor, filled)) => {
                (*accessor, *filled) = (text, true);
                old
            }
            None => {
                self.accessors.push(text);
                self.filled.push(true);
                self.accessors.len() - 1
            }
        }
    }
}

fn place(view: &mut Members<'_>, start: usize, length: usize) {
    view.set("buffer", "0");
    view.set("byteOffset", start.to_string());
    view.set("byteLength", length.to_string());
}

/// Whether a name in JSON is of what is carried out here.
fn is_ours(item: &str) -> bool {
    let name = crate::json::parse(item).unwrap_or_default();
    name.as_str().is_some_and(|name| ALL.contains(&name))
}
