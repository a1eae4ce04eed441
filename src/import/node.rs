//! Nodes, their tree and what glTF calls scenes (glTF 2.0 §3.5).

use crate::json::Value;
use glam::{Mat4, Quat, Vec3};

use super::cursor::Cursor;
use super::extension::{LIGHTS_PUNCTUAL, NODE_VISIBILITY};
use super::reader::Reader;
use crate::geom::Trs;
use crate::issue::Code;
use crate::scene::{Local, Node, Root, Scene, Slots};

/// How many lights the renderer has room for.
const MOST_LIGHTS: usize = 8;

/// Reads the nodes into `scene`, whose meshes, skins, cameras and lights are there already.
pub(super) fn read_nodes(reader: &mut Reader<'_>, scene: &Scene) -> Slots<Node> {
    let items = reader.list("nodes");
    if items.len() > reader.limits.nodes {
        reader.refuse("/nodes", format!("more than {} nodes", reader.limits.nodes));
        return Slots::default();
    }
    let mut nodes: Slots<Node> = items
        .iter()
        .map(|item| if reader.refused.is_none() { read_node(reader, Cursor(item), scene) } else { None })
        .collect();
    for (index, item) in items.iter().enumerate() {
        for child in Cursor(item).list("children", &mut reader.log) {
            link(reader, &mut nodes, index, Cursor(child));
        }
    }
    cut_cycles(reader, &mut nodes, items);
    let one_more = nodes.iter().filter(|(_, node)| node.light.is_some()).nth(MOST_LIGHTS).map(|(index, _)| index);
    if let Some(item) = one_more.and_then(|index| items.get(index)) {
        reader.report(Code::Limit, Cursor(item), format!("more than {MOST_LIGHTS} lights: so many are shown"));
    }
    nodes
}

fn read_node<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, scene: &Scene) -> Option<Node> {
    if !at.0.is_object() {
        reader.report(Code::Value, at, "not a node");
        return None;
    }
    let log = &mut reader.log;
    let mut node = Node { name: at.name(log), local: read_local(reader, at), ..Node::default() };
    let log = &mut reader.log;
    let occupied = |index: Option<usize>, there: &dyn Fn(usize) -> bool| index.filter(|index| there(*index));
    node.mesh = occupied(at.index("mesh", scene.meshes.len(), log), &|index| scene.meshes.get(index).is_some());
    node.skin = occupied(at.index("skin", scene.skins.len(), log), &|index| scene.skins.get(index).is_some());
    node.camera = occupied(at.index("camera", scene.cameras.len(), log), &|index| scene.cameras.get(index).is_some());
    if let Some(light) = at.extension(LIGHTS_PUNCTUAL) {
        node.light =
            occupied(light.index("light", scene.lights.len(), log), &|index| scene.lights.get(index).is_some());
    }
    if let Some(visibility) = at.extension(NODE_VISIBILITY) {
        node.visible = visibility.truth("visible", log).unwrap_or(true);
    }
    let demand = reader.demand(node.mesh);
    reader.spend_instances(demand);
    let log = &mut reader.log;
    let joints = node.skin.and_then(|skin| scene.skins.get(skin)).map_or(0, |skin| skin.joints.len());
    if node.skin.is_some() && demand.joints > joints {
        log.report(Code::IndexOutOfRange, at, "the mesh names joints that the skin does not have");
        node.skin = None;
    }
    // Every primitive gathers the joints of its node.
    if node.skin.is_some() && !reader.spend_values(joints.saturating_mul(demand.primitives)) {
        return None;
    }
    let log = &mut reader.log;
    node.weights = at.all_numbers("weights", log);
    let targets = demand.targets;
    if !node.weights.is_empty() && node.weights.len() != targets {
        log.report(Code::Value, at, format!("{} weights for {targets} morph targets", node.weights.len()));
        node.weights.resize(targets, 0.0);
    }
    Some(node)
}

fn read_local<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Local {
    let log = &mut reader.log;
    if let Some(matrix) = at.numbers::<16>("matrix", log) {
        return Local::Matrix(Mat4::from_cols_array(&matrix));
    }
    let mut local = Trs::IDENTITY;
    if let Some(translation) = at.numbers("translation", log) {
        local.translation = Vec3::from_array(translation);
    }
    if let Some(rotation) = at.numbers("rotation", log).map(Quat::from_array) {
        let length = rotation.length();
        if length > 1e-6 && length.is_finite() {
            local.rotation = rotation / length;
        } else {
            log.report(Code::Value, at.get("rotation").unwrap_or(at), "not a rotation");
        }
    }
    if let Some(scale) = at.numbers("scale", log) {
        local.scale = Vec3::from_array(scale);
    }
    Local::Trs(local)
}

/// Hangs `child` below `parent`; the first parent stays.
fn link<'a>(reader: &mut Reader<'a>, nodes: &mut Slots<Node>, parent: usize, child: Cursor<'a>) {
    let Some(index) = child.as_index(nodes.len(), &mut reader.log) else { return };
    if nodes.get(parent).is_none() {
        return;
    }
    match nodes.get_mut(index) {
        Some(node) if node.parent.is_none() && index != parent => node.parent = Some(parent),
        Some(_) => {
            reader.report(Code::NodeTree, child, "the node has a parent already");
            return;
        }
        None => return,
    }
    if let Some(node) = nodes.get_mut(parent) {
        node.children.push(index);
    }
}

/// Every node has one parent at most, so what no root reaches hangs on a cycle; cuts each open.
fn cut_cycles(reader: &mut Reader<'_>, nodes: &mut Slots<Node>, items: &[Value]) {
    let mut reached = vec![false; nodes.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let roots: Vec<usize> = nodes.iter().filter(|(_, node)| node.parent.is_none()).map(|(index, _)| index).collect();
    for start in roots.into_iter().chain(0..nodes.len()) {
        if reached.get(start) != Some(&false) {
            continue;
        }
        if let Some(parent) = nodes.get_mut(start).and_then(|node| node.parent.take()) {
            if let Some(item) = items.get(start) {
                reader.report(Code::NodeTree, Cursor(item), "the node is below itself");
            }
            if let Some(parent) = nodes.get_mut(parent) {
                parent.children.retain(|child| *child != start);
            }
        }
        open.push((start, 1));
        while let Some((index, depth)) = open.pop() {
            if let Some(reached) = reached.get_mut(index) {
                *reached = true;
            }
            if depth > reader.limits.depth {
                reader.refuse("/nodes", format!("a tree of more than {} levels", reader.limits.depth));
                return;
            }
            let children = nodes.get(index).map_or(&[][..], |node| &node.children);
            open.extend(children.iter().map(|child| (*child, depth + 1)));
        }
    }
}

/// glTF's scenes, and which of them is shown. A file without any gets one of all its trees.
pub(super) fn read_roots(reader: &mut Reader<'_>, nodes: &Slots<Node>) -> (Slots<Root>, Option<usize>) {
    let items = reader.list("scenes");
    let roots: Slots<Root> = items.iter().map(|item| read_root(reader, Cursor(item), nodes)).collect();
    let stated = reader.root.index("scene", roots.len(), &mut reader.log);
    let first = roots.iter().next().map(|(index, _)| index);
    let shown = stated.filter(|index| roots.get(*index).is_some()).or(first);
    if shown.is_some() || nodes.is_empty() {
        return (roots, shown);
    }
    let all = nodes.iter().filter(|(_, node)| node.parent.is_none()).map(|(index, _)| index).collect();
    let mut roots = roots;
    roots.push(Some(Root { name: String::new(), nodes: all }));
    let shown = roots.len().checked_sub(1);
    (roots, shown)
}

fn read_root<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, nodes: &Slots<Node>) -> Option<Root> {
    if !at.0.is_object() {
        reader.report(Code::Value, at, "not a scene");
        return None;
    }
    let mut root = Root { name: at.name(&mut reader.log), nodes: Vec::new() };
    for item in at.list("nodes", &mut reader.log) {
        let Some(index) = Cursor(item).as_index(nodes.len(), &mut reader.log) else { continue };
        let Some(node) = nodes.get(index) else { continue };
        if node.parent.is_some() {
            reader.report(Code::NodeTree, Cursor(item), "the node is not a root");
        }
        root.nodes.push(index);
    }
    Some(root)
}
