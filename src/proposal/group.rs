//! Groups of choices that a model suggests.

use serde_json::{Map, Value, json};

use super::part::{Part, parts};
use super::{id, said, unused};
use crate::color::srgb_from_linear;
use crate::scene::{Material, Scene};

/// All of them, without their numbers.
pub(super) fn groups(scene: &Scene) -> Vec<Value> {
    let source: Value = serde_json::from_str(&scene.source_json).unwrap_or_default();
    let mut known = Vec::new();
    let mut groups: Vec<Value> = Vec::new();
    groups.extend(variants(scene, &mut known));
    groups.extend(colors(scene, &source, &mut known));
    for part in parts(scene, &source) {
        groups.push(match part {
            Part::Instead { name, nodes } => instead(&name, &nodes, &mut known),
            Part::More(nodes) => more(&nodes, &mut known),
        });
    }
    groups.extend(shapes(scene, &mut known));
    groups
}

fn choice(number: usize, choice_id: String, name: &str, effects: Value) -> Map<String, Value> {
    let mut choice = Map::new();
    choice.insert("id".into(), choice_id.into());
    choice.insert("number".into(), number.into());
    choice.insert("name".into(), name.into());
    if effects.as_array().is_some_and(|list| !list.is_empty()) {
        choice.insert("effects".into(), effects);
    }
    choice
}

/// The variants of KHR_materials_variants, with the colour of what most of them is.
fn variants(scene: &Scene, known: &mut Vec<String>) -> Option<Value> {
    let mut names: Vec<&String> = Vec::new();
    for name in &scene.variants {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() < 2 {
        return None;
    }
    let mut ids = Vec::new();
    let choices = names.iter().enumerate().map(|(at, name)| {
        let mut choice = choice(at + 1, unused(&id(name), &mut ids), &said(name), json!([{ "variant": name }]));
        let variant = scene.variants.iter().position(|known| known == *name);
        if let Some(swatch) = variant.and_then(|variant| main_color(scene, variant)) {
            choice.insert("swatch".into(), swatch.into());
        }
        Value::from(choice)
    });
    let choices: Vec<Value> = choices.collect();
    Some(json!({ "id": unused("variant", known), "name": { "en": "Variant", "de": "Ausführung" }, "choices": choices }))
}

/// The colour of the material with the most triangles among those that a variant changes; none where a picture has it.
fn main_color(scene: &Scene, variant: usize) -> Option<String> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (_, primitive) in scene.meshes.iter().flat_map(|(_, mesh)| mesh.primitives.iter()) {
        let Some(material) = primitive.variant_materials.get(variant).copied().flatten() else { continue };
        match counts.iter_mut().find(|(known, _)| *known == material) {
            Some((_, count)) => *count += primitive.indices.len(),
            None => counts.push((material, primitive.indices.len())),
        }
    }
    let (material, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    color(scene.materials.get(material)?)
}

fn color(material: &Material) -> Option<String> {
    let plain = material.base_color_texture.is_none();
    let [red, green, blue] =
        material.base_color_factor.truncate().to_array().map(|part| (srgb_from_linear(part) * 255.0).round() as u8);
    plain.then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Materials whose extras name a group: their colour is chosen.
fn colors(scene: &Scene, source: &Value, known: &mut Vec<String>) -> Vec<Value> {
    let mut named: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, material) in scene.materials.iter() {
        let extras = source.get("materials").and_then(|list| list.get(index)?.get("extras"));
        let Some(group) = extras.and_then(|extras| extras.get("group")?.as_str()) else { continue };
        if material.name.is_empty() || group.is_empty() {
            continue;
        }
        match named.iter_mut().find(|(known, _)| known == group) {
            Some((_, materials)) => materials.push(index),
            None => named.push((group.to_owned(), vec![index])),
        }
    }
    let group = named.into_iter().map(|(group, materials)| {
        let found: Vec<&Material> = materials.iter().filter_map(|index| scene.materials.get(*index)).collect();
        let pointer = |material: &&Material| {
            json!({ "pointer": format!("/materials/@{}/pbrMetallicRoughness/baseColorFactor", material.name) })
        };
        let effects: Vec<Value> = found.iter().map(pointer).collect();
        let swatch = found.first().and_then(|material| color(material)).unwrap_or_else(|| "#808080".to_owned());
        let mut own = choice(1, "as-modelled".to_owned(), "As modelled", json!([]));
        own.insert("swatch".into(), swatch.into());
        let group_id = unused(&id(&group), known);
        json!({ "id": group_id, "name": said(&group), "kind": "color", "free": true, "choices": [own], "effects": effects })
    });
    group.collect()
}

/// Parts in each other's place: one of them is shown.
fn instead(name: &str, nodes: &[(String, String)], known: &mut Vec<String>) -> Value {
    let mut ids = Vec::new();
    let choices = nodes.iter().enumerate().map(|(at, (node, choice_name))| {
        let others: Vec<&String> = nodes.iter().map(|(other, _)| other).filter(|other| *other != node).collect();
        let effects = json!([{ "show": [node], "hide": others }]);
        Value::from(choice(at + 1, unused(&id(choice_name), &mut ids), &said(choice_name), effects))
    });
    let choices: Vec<Value> = choices.collect();
    json!({ "id": unused(&id(name), known), "name": said(name), "choices": choices })
}

/// Parts that are there or not.
fn more(nodes: &[String], known: &mut Vec<String>) -> Value {
    let mut ids = Vec::new();
    let choices = nodes.iter().enumerate().map(|(at, node)| {
        Value::from(choice(at + 1, unused(&id(node), &mut ids), &said(node), json!([{ "show": [node] }])))
    });
    let choices: Vec<Value> = choices.collect();
    json!({ "id": unused("extras", known), "name": { "en": "Extras", "de": "Extras" }, "kind": "many", "choices": choices })
}

/// Named morph targets, from none to all of each.
fn shapes(scene: &Scene, known: &mut Vec<String>) -> Vec<Value> {
    let mut out = Vec::new();
    for (_, node) in scene.nodes.iter().filter(|(_, node)| !node.name.is_empty()) {
        let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
        for (at, target) in mesh.target_names.iter().enumerate().take(mesh.target_count()) {
            let now = node.weights.get(at).or_else(|| mesh.weights.get(at)).copied().unwrap_or(0.0);
            let percent = f64::from(now.clamp(0.0, 1.0) * 100.0).round();
            let weight = json!({ "node": node.name, "target": target });
            let map = json!({ "from": [0, 0], "to": [100, 1] });
            out.push(json!({
                "id": unused(&id(target), known), "name": said(target), "kind": "number", "min": 0, "max": 100, "step": 5,
                "unit": "%", "default": (percent / 5.0).round() * 5.0, "effects": [{ "weight": weight, "map": map }],
            }));
        }
    }
    out
}
