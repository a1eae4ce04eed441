//! Names that lead from a product file into its models.

use crate::assembly::overlay;
use crate::issue::{Code, Issues};
use crate::product::Catalog;
use crate::product::file::{Effect, List};
use crate::scene::Scene;

/// Says what a product file names that its models do not have. `scenes` are the models by their index in the file; none for
/// one that could not be read, of which nothing is said.
pub fn names(catalog: &Catalog, scenes: &[Option<&Scene>], issues: &mut Issues) {
    let product = catalog.product();
    let scene_of = |id: &str| {
        let index = product.models.iter().find(|(_, model)| model.id == id).map(|(index, _)| index)?;
        scenes.get(index).copied().flatten()
    };
    let bodies = bodies(catalog);
    let bodies: Vec<&Scene> = bodies.into_iter().filter_map(|index| scenes.get(index).copied().flatten()).collect();
    let anywhere: Vec<&Scene> = scenes.iter().copied().flatten().collect();
    if scenes.iter().any(Option::is_none) {
        return;
    }
    let reach = |model: Option<&str>| model.map_or_else(|| bodies.clone(), |id| scene_of(id).into_iter().collect());
    let mut effects = |list: &List<Effect>, path: &str| {
        for (at, effect) in list.iter() {
            let path = format!("{path}/effects/{at}");
            let scenes = reach(effect.model.as_deref());
            // Bodies of different sizes need not all have everything.
            let misses =
                |wishes: &[crate::product::Wish]| scenes.iter().all(|scene| !overlay(scene, wishes).1.is_empty());
            for wish in catalog.wishes_of(effect) {
                if misses(std::slice::from_ref(&wish)) {
                    issues.report(Code::Look, path.as_str(), wish.name());
                }
            }
            if let Some(mount) = &effect.mount
                && !scenes.iter().any(|scene| has_node(scene, &mount.socket))
            {
                issues.report(Code::Look, format!("{path}/mount/socket"), mount.socket.as_str());
            }
        }
    };
    for (at, group) in product.groups.iter() {
        effects(&group.effects, &format!("/groups/{at}"));
        for (choice, entry) in group.choices.iter() {
            effects(&entry.effects, &format!("/groups/{at}/choices/{choice}"));
        }
    }
    for (at, behaviour) in product.behaviours.iter() {
        effects(&behaviour.effects, &format!("/behaviours/{at}"));
    }
    for (at, surface) in product.surfaces.iter() {
        let has = |scene: &&Scene| scene.materials.iter().any(|(_, material)| material.name == surface.material);
        if !reach(surface.model.as_deref()).iter().any(has) {
            issues.report(Code::Look, format!("/surfaces/{at}/material"), surface.material.as_str());
        }
    }
    for (at, upgrade) in product.upgrades.iter() {
        for (number, step) in upgrade.install.steps.iter() {
            let path = format!("/upgrades/{at}/install/steps/{number}");
            for (place, part) in step.parts.iter().enumerate() {
                if !anywhere.iter().any(|scene| has_node(scene, part)) {
                    issues.report(Code::Look, format!("{path}/parts/{place}"), part.as_str());
                }
            }
            if let Some(name) = &step.animation
                && !anywhere.iter().any(|scene| scene.animations.iter().any(|(_, known)| known.name == *name))
            {
                issues.report(Code::Look, format!("{path}/animation"), name.as_str());
            }
        }
    }
    for (at, point) in product.align.iter() {
        if let Some(node) = &point.node
            && !reach(point.model.as_deref()).iter().any(|scene| has_node(scene, node))
        {
            issues.report(Code::Look, format!("/align/{at}/node"), node.as_str());
        }
    }
}

/// The models that can be the product's body, by their index.
fn bodies(catalog: &Catalog) -> Vec<usize> {
    let product = catalog.product();
    let mut bodies: Vec<usize> = product.models.iter().next().map(|(index, _)| index).into_iter().collect();
    for group in product.groups.entries() {
        let own = group.effects.entries();
        for effect in group.choices.entries().flat_map(|choice| choice.effects.entries()).chain(own) {
            let named = product.models.iter().find(|(_, model)| Some(&model.id) == effect.body.as_ref());
            bodies.extend(named.map(|(index, _)| index).filter(|index| !bodies.contains(index)));
        }
    }
    bodies
}

fn has_node(scene: &Scene, name: &str) -> bool {
    scene.nodes.iter().any(|(_, node)| node.name == name)
}
