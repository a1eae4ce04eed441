//! Nodes of EXT_mesh_gpu_instancing: each instance becomes a child with the same mesh.

use super::raw::{Members, array};
use super::{Decoder, INSTANCING, Packed, extension, list, number};
use crate::issue::{Code, Issue};
use crate::json::Value;

/// What goes with the mesh.
const WITH_MESH: [&str; 3] = ["mesh", "skin", "weights"];

impl Decoder {
    /// Rewrites the nodes of a file.
    pub(super) fn expand(&mut self, nodes: &mut Vec<String>) -> Result<(), Issue> {
        let all: Vec<usize> = self
            .packed
            .iter()
            .filter_map(|packed| if let Packed::Instances(node) = packed { Some(*node) } else { None })
            .collect();
        for index in all {
            let path = format!("/nodes/{index}/extensions/{INSTANCING}");
            let node = list(&self.tree, "nodes").get(index).and_then(|node| extension(node, INSTANCING));
            let attributes = node.and_then(|at| at.get("attributes")).and_then(Value::as_object);
            let Some((attributes, text)) = attributes.zip(nodes.get(index).cloned()) else {
                self.issues.report(Code::Value, path, "no attributes");
                continue;
            };
            let mut count = None;
            let mut columns = Vec::new();
            let mut faults = Vec::new();
            for (name, accessor) in attributes.iter() {
                let width = match name {
                    "TRANSLATION" | "SCALE" => Some(3),
                    "ROTATION" => Some(4),
                    _ => None,
                };
                match self.column(accessor, width) {
                    Ok((width, numbers)) => {
                        let rows = numbers.len() / width;
                        count = Some(count.map_or(rows, |count: usize| count.min(rows)));
                        columns.push((name.to_owned(), width, numbers));
                    }
                    Err((code, why)) => faults.push((code, format!("{name}: {why}"))),
                }
            }
            let count = count.unwrap_or(0);
            if count > self.limits.nodes.saturating_sub(nodes.len()) {
                let detail = format!("{count} instances, and no more than {} nodes in all", self.limits.nodes);
                return Err(Issue::new(Code::Limit, path, detail));
            }
            for (code, why) in faults {
                self.issues.report(code, path.as_str(), why);
            }
            let mut node = Members::read(&text);
            node.drop_extensions(&[INSTANCING]);
            // Nothing says where they are: the mesh stays where its node is.
            if count > 0 && node.get("mesh").is_some() {
                let mut children: Vec<String> =
                    node.get("children").map(super::raw::items).into_iter().flatten().map(str::to_owned).collect();
                for row in 0..count {
                    children.push(nodes.len().to_string());
                    nodes.push(instance(&node, &columns, row));
                }
                WITH_MESH.iter().for_each(|name| node.remove(name));
                node.set("children", array(&children));
            }
            let text = node.write();
            if let Some(place) = nodes.get_mut(index) {
                *place = text;
            }
        }
        Ok(())
    }

    /// All numbers of an accessor, and how many there are in a row.
    fn column(&self, named: &Value, wanted: Option<usize>) -> Result<(usize, Vec<f32>), (Code, String)> {
        let wrong = |why: &str| (Code::AccessorType, why.to_owned());
        let index = named.as_u64().and_then(|index| usize::try_from(index).ok());
        let accessor = index.and_then(|index| list(&self.tree, "accessors").get(index));
        let accessor = accessor.ok_or((Code::IndexOutOfRange, String::from("no such accessor")))?;
        let width = match accessor.get("type").and_then(Value::as_str) {
            Some("SCALAR") => 1,
            Some("VEC2") => 2,
            Some("VEC3") => 3,
            Some("VEC4") => 4,
            _ => return Err(wrong("no such type")),
        };
        if wanted.is_some_and(|wanted| wanted != width) || accessor.get("sparse").is_some() {
            return Err(wrong("another type is needed"));
        }
        let component = number(accessor, "componentType").unwrap_or(0);
        let size = match component {
            5120 | 5121 => 1,
            5122 | 5123 => 2,
            5125 | 5126 => 4,
            _ => return Err(wrong("no such component type")),
        };
        let normalized = accessor.get("normalized").and_then(Value::as_bool) == Some(true);
        let count = number(accessor, "count").unwrap_or(0);
        let view = number(accessor, "bufferView").ok_or_else(|| wrong("no buffer view"))?;
        let bytes = self.view_bytes(view)?;
        let bytes = bytes.get(number(accessor, "byteOffset").unwrap_or(0)..).unwrap_or_default();
        let stride = list(&self.tree, "bufferViews").get(view).and_then(|view| number(view, "byteStride"));
        let stride = stride.filter(|stride| *stride > 0).unwrap_or(width * size);
        let needed = count.saturating_sub(1).checked_mul(stride).and_then(|bytes| bytes.checked_add(width * size));
        if count == 0 || needed.is_none_or(|needed| needed > bytes.len()) {
            return Err((Code::Range, format!("{count} elements do not fit {} bytes", bytes.len())));
        }
        let mut numbers = Vec::with_capacity(count * width);
        for row in 0..count {
            for place in 0..width {
                let start = row * stride + place * size;
                let bytes = bytes.get(start..start + size).unwrap_or_default();
                numbers.push(component_of(bytes, component, normalized));
            }
        }
        Ok((width, numbers))
    }
}

fn component_of(bytes: &[u8], component: usize, normalized: bool) -> f32 {
    let (number, most) = match (component, bytes) {
        (5120, [a]) => (f32::from(*a as i8), 127.0),
        (5121, [a]) => (f32::from(*a), 255.0),
        (5122, [a, b]) => (f32::from(i16::from_le_bytes([*a, *b])), 32_767.0),
        (5123, [a, b]) => (f32::from(u16::from_le_bytes([*a, *b])), 65_535.0),
        (5125, [a, b, c, d]) => (u32::from_le_bytes([*a, *b, *c, *d]) as f32, 1.0),
        (_, [a, b, c, d]) => (f32::from_le_bytes([*a, *b, *c, *d]), 1.0),
        _ => (0.0, 1.0),
    };
    match (number.is_finite(), normalized) {
        (false, _) => 0.0,
        (true, true) => (number / most).max(-1.0),
        (true, false) => number,
    }
}

/// One instance: a node with the mesh, its place, and what else the file says of it among its extras.
fn instance(node: &Members<'_>, columns: &[(String, usize, Vec<f32>)], row: usize) -> String {
    let mut out = Members::default();
    for name in WITH_MESH {
        if let Some(value) = node.get(name) {
            out.set(name, value);
        }
    }
    let mut extras = Members::default();
    for (name, width, numbers) in columns {
        let numbers: Vec<String> =
            numbers.iter().skip(row * width).take(*width).map(|number| number.to_string()).collect();
        match name.as_str() {
            "TRANSLATION" => out.set("translation", array(&numbers)),
            "ROTATION" => out.set("rotation", array(&numbers)),
            "SCALE" => out.set("scale", array(&numbers)),
            // Names may need escapes; those of attributes have none.
            _ if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {}
            _ => match numbers.as_slice() {
                [one] => extras.set(name, one.as_str()),
                some => extras.set(name, array(some)),
            },
        }
    }
    let extras = extras.write();
    if extras != "{}" {
        out.set("extras", extras);
    }
    out.write()
}
