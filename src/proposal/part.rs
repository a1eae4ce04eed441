//! Which parts of a model stand for each other, and which are there or not.

use serde_json::Value;

use crate::geom::Aabb;
use crate::scene::{Overlay, Pose, Scene};

/// Two parts with names of one family are in each other's place when they share so much of the space that both take.
const SHARED: f32 = 0.4;

/// A group of parts.
pub(super) enum Part {
    /// One of these nodes is shown; each with the name of the choice. The first is seen in the file.
    Instead {
        /// What they are.
        name: String,
        /// Node and choice.
        nodes: Vec<(String, String)>,
    },
    /// Nodes that are hidden in the file, and may be shown.
    More(Vec<String>),
}

struct Node {
    name: String,
    parent: Option<usize>,
    visible: bool,
    bounds: Aabb,
}

/// By extras first, then by visibility, then by place.
pub(super) fn parts(scene: &Scene, source: &Value) -> Vec<Part> {
    let nodes = nodes(scene);
    let mut parts = Vec::new();
    let mut done: Vec<String> = Vec::new();
    by_extras(scene, source, &mut parts, &mut done);
    // A hidden part belongs to the seen one whose name begins its own: shade_printed to shade.
    let hidden: Vec<&Node> = nodes.iter().filter(|node| !node.visible && !done.contains(&node.name)).collect();
    let mut more = Vec::new();
    for node in &hidden {
        let is_kin = |other: &&Node| {
            other.visible
                && other.parent == node.parent
                && !done.contains(&other.name)
                && begins(&node.name, &other.name)
        };
        match nodes.iter().filter(is_kin).max_by_key(|other| other.name.len()) {
            Some(seen) => {
                let entry = (node.name.clone(), rest_of(&node.name, &seen.name));
                let known = parts.iter_mut().find_map(|part| match part {
                    Part::Instead { name, nodes } if *name == seen.name => Some(nodes),
                    _ => None,
                });
                match known {
                    Some(nodes) => nodes.push(entry),
                    None => parts.push(Part::Instead {
                        name: seen.name.clone(),
                        nodes: vec![(seen.name.clone(), "standard".to_owned()), entry],
                    }),
                }
            }
            None => more.push(node.name.clone()),
        }
    }
    for part in &parts {
        if let Part::Instead { nodes, .. } = part {
            done.extend(nodes.iter().map(|(node, _)| node.clone()));
        }
    }
    done.extend(more.iter().cloned());
    by_place(&nodes, &mut parts, &mut done);
    if !more.is_empty() {
        parts.push(Part::More(more));
    }
    parts
}

/// Named nodes with something to see at or below them, each name once.
fn nodes(scene: &Scene) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut all = Overlay::default();
    for (index, _) in scene.nodes.iter() {
        all.visibility.insert(index, true);
    }
    let pose = Pose::rest(scene, &all);
    for (index, node) in scene.nodes.iter().filter(|(_, node)| !node.name.is_empty()) {
        let mut bounds = Aabb::EMPTY;
        let mut below = vec![index];
        let mut left = scene.nodes.len();
        while let Some(at) = below.pop().filter(|_| left > 0) {
            left -= 1;
            let Some(found) = scene.nodes.get(at) else { continue };
            below.extend(&found.children);
            let mesh = found.mesh.and_then(|mesh| scene.meshes.get(mesh));
            for (_, primitive) in mesh.into_iter().flat_map(|mesh| mesh.primitives.iter()) {
                pose.positions(scene, at, primitive).iter().for_each(|position| bounds.insert(*position));
            }
        }
        if bounds.is_empty() {
            continue;
        }
        match out.iter_mut().find(|known| known.name == node.name) {
            // Exporters split one object into several.
            Some(known) => known.bounds.union(&bounds),
            None => out.push(Node { name: node.name.clone(), parent: node.parent, visible: node.visible, bounds }),
        }
    }
    out
}

/// Nodes whose extras name a group and a choice.
fn by_extras(scene: &Scene, source: &Value, parts: &mut Vec<Part>, done: &mut Vec<String>) {
    let mut named: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (index, node) in scene.nodes.iter().filter(|(_, node)| !node.name.is_empty()) {
        let extras = source.get("nodes").and_then(|list| list.get(index)?.get("extras"));
        let word = |name: &str| extras.and_then(|extras| extras.get(name)?.as_str()).filter(|word| !word.is_empty());
        let (Some(group), Some(choice)) = (word("group"), word("choice")) else { continue };
        if done.contains(&node.name) {
            continue;
        }
        done.push(node.name.clone());
        let entry = (node.name.clone(), choice.to_owned());
        let known = named.iter_mut().find(|(known, _)| known == group);
        match known {
            // What is seen comes first: it is what a new customer sees.
            Some((_, nodes)) if node.visible => nodes.insert(0, entry),
            Some((_, nodes)) => nodes.push(entry),
            None => named.push((group.to_owned(), vec![entry])),
        }
    }
    parts.extend(named.into_iter().map(|(name, nodes)| Part::Instead { name, nodes }));
}

/// Parts of one family that are all seen, at one place: only one of them can be meant.
fn by_place(nodes: &[Node], parts: &mut Vec<Part>, done: &mut Vec<String>) {
    for node in nodes.iter().filter(|node| node.visible) {
        let Some(family) = family(&node.name).filter(|_| !done.contains(&node.name)) else { continue };
        let is_kin = |other: &&Node| {
            other.visible
                && other.parent == node.parent
                && !done.contains(&other.name)
                && begins(&other.name, family)
                && shared(&node.bounds, &other.bounds) >= SHARED
        };
        let kin: Vec<(String, String)> =
            nodes.iter().filter(is_kin).map(|other| (other.name.clone(), rest_of(&other.name, family))).collect();
        if kin.len() > 1 {
            done.extend(kin.iter().map(|(name, _)| name.clone()));
            parts.push(Part::Instead { name: family.to_owned(), nodes: kin });
        }
    }
}

/// What comes before the last mark of a name.
fn family(name: &str) -> Option<&str> {
    let at = name.rfind(['_', '-', '.', ' '])?;
    name.get(..at).filter(|family| !family.is_empty())
}

fn begins(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.starts_with(['_', '-', '.', ' ']) && rest.len() > 1)
}

fn rest_of(name: &str, family: &str) -> String {
    name.strip_prefix(family).unwrap_or(name).trim_start_matches(['_', '-', '.', ' ']).to_owned()
}

/// How much of the box around both is in both; flat boxes have some thickness.
fn shared(one: &Aabb, other: &Aabb) -> f32 {
    let side = |a: glam::Vec3| a.max(glam::Vec3::splat(1e-4));
    let inside = (one.max.min(other.max) - one.min.max(other.min)).max(glam::Vec3::ZERO);
    let around = side(one.max.max(other.max) - one.min.min(other.min));
    let volume = |a: glam::Vec3| a.x * a.y * a.z;
    volume(inside) / volume(around)
}
