//! What of a file is packed, and where.

use super::meshopt::{Filter, Layout, Mode};
use super::source::{Source, Sources};
use super::{ALL, DRACO, INSTANCING, MESHOPT, extension, list, number};
use crate::json::Value;

/// One thing to unpack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// A buffer view.
    View(usize),
    /// A primitive.
    Primitive { mesh: usize, primitive: usize },
    /// A primitive that is there unpacked, too.
    Double { mesh: usize, primitive: usize },
    /// A node that stands for many.
    Instances(usize),
}

/// All of it: views first, since the others may lie in them.
pub(super) fn find(tree: &Value, sources: &Sources) -> Vec<Packed> {
    let requires = |name: &str| declares(tree, "extensionsRequired", name);
    let mut found = Vec::new();
    for (index, view) in list(tree, "bufferViews").iter().enumerate() {
        let Some((_, name, _)) = compressed(Some(view)) else { continue };
        let source = number(view, "buffer").and_then(|buffer| sources.all.get(buffer));
        if requires(name) || matches!(source, None | Some(Source::None)) {
            found.push(Packed::View(index));
        }
    }
    let (required, mut doubles) = (requires(DRACO), Vec::new());
    for (mesh, item) in list(tree, "meshes").iter().enumerate() {
        for (primitive, item) in list(item, "primitives").iter().enumerate() {
            match extension(item, DRACO) {
                None => {}
                Some(_) if required || !has_own(tree, item) => found.push(Packed::Primitive { mesh, primitive }),
                Some(_) => doubles.push(Packed::Double { mesh, primitive }),
            }
        }
    }
    let nodes = list(tree, "nodes").iter().enumerate();
    found.extend(
        nodes.filter(|(_, node)| extension(node, INSTANCING).is_some()).map(|(node, _)| Packed::Instances(node)),
    );
    // Where nothing is to be done, the file stays as it is.
    if !found.is_empty() || is_declared(tree) {
        found.extend(doubles);
    }
    found
}

fn declares(tree: &Value, kind: &str, name: &str) -> bool {
    list(tree, kind).iter().any(|item| item.as_str() == Some(name))
}

/// Whether readers refuse a file for what it says of itself, even where nothing in it is packed.
pub(super) fn is_declared(tree: &Value) -> bool {
    declares(tree, "extensionsUsed", INSTANCING)
        || ALL.into_iter().any(|name| declares(tree, "extensionsRequired", name))
}

/// A view that is packed, the name of the extension and what it says.
pub(super) fn compressed(view: Option<&Value>) -> Option<(&Value, &'static str, &Value)> {
    let view = view?;
    MESHOPT.into_iter().find_map(|name| Some((view, name, extension(view, name)?)))
}

/// Whether a primitive's positions are there unpacked, too.
fn has_own(tree: &Value, primitive: &Value) -> bool {
    let positions = primitive.get("attributes").and_then(|attributes| number(attributes, "POSITION"));
    let accessor = positions.and_then(|index| list(tree, "accessors").get(index));
    accessor.is_some_and(|accessor| accessor.get("bufferView").is_some() || accessor.get("sparse").is_some())
}

/// What the stream of a view holds.
pub(super) fn layout(view: &Value, at: &Value) -> Result<Layout, &'static str> {
    let filter = match at.get("filter") {
        None => Filter::None,
        Some(name) => name.as_str().and_then(Filter::from_name).ok_or("an unknown filter")?,
    };
    let mode = match (at.get("mode").and_then(Value::as_str), filter) {
        (Some("ATTRIBUTES"), _) => Mode::Attributes(filter),
        (Some("TRIANGLES"), Filter::None) => Mode::Triangles,
        (Some("INDICES"), Filter::None) => Mode::Indices,
        _ => return Err("an unknown mode, or one that has no filter"),
    };
    let (Some(count), Some(stride)) = (number(at, "count"), number(at, "byteStride")) else {
        return Err("no count or stride");
    };
    let length = count.saturating_mul(stride);
    if number(view, "byteLength").is_none_or(|stated| stated < length) {
        return Err("the view has no room for what is packed");
    }
    Ok(Layout { mode, count, stride })
}

/// The buffers that hold what is packed, or what instances are made of.
pub(super) fn buffers(tree: &Value, packed: &[Packed]) -> Vec<usize> {
    let views = list(tree, "bufferViews");
    let mut is_packed = vec![false; views.len()];
    for packed in packed {
        if let Packed::View(view) = packed {
            is_packed.get_mut(*view).into_iter().for_each(|is| *is = true);
        }
    }
    let of_view = |index: usize| {
        let view = views.get(index)?;
        // Where it is packed itself, its stream.
        let stream = compressed(Some(view)).filter(|_| is_packed.get(index) == Some(&true));
        number(stream.map_or(view, |(_, _, at)| at), "buffer")
    };
    let mut found = Vec::new();
    for packed in packed {
        match *packed {
            Packed::View(view) => found.extend(of_view(view)),
            Packed::Primitive { mesh, primitive } => {
                let primitive = list(tree, "meshes").get(mesh).and_then(|mesh| list(mesh, "primitives").get(primitive));
                let at = primitive.and_then(|primitive| extension(primitive, DRACO));
                found.extend(at.and_then(|at| number(at, "bufferView")).and_then(of_view));
            }
            Packed::Double { .. } => {}
            Packed::Instances(node) => {
                let at = list(tree, "nodes").get(node).and_then(|node| extension(node, INSTANCING));
                let attributes = at.and_then(|at| at.get("attributes")).and_then(Value::as_object);
                for (_, accessor) in attributes.iter().flat_map(|attributes| attributes.iter()) {
                    let accessor = accessor.as_u64().and_then(|index| list(tree, "accessors").get(index as usize));
                    found.extend(accessor.and_then(|accessor| number(accessor, "bufferView")).and_then(of_view));
                }
            }
        }
    }
    found
}
