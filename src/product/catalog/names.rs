//! Names that lead from one entry of the file to another: what leads nowhere is dropped and said.

use std::collections::{BTreeMap, BTreeSet};

use super::super::file::{Condition, Effect, Kind, List, Product};
use super::check::{Given, effect_keeps};
use super::formula::Formula;
use super::items::Items;
use crate::issue::{Code, Issues};

struct Names<'a> {
    /// As it was before anything was dropped for its names.
    product: &'a Product,
    items: &'a Items,
    models: BTreeSet<&'a str>,
}

impl Names<'_> {
    fn choice(&self, name: &str, path: String, issues: &mut Issues) -> bool {
        let known = self.items.named(name).is_some();
        if !known {
            issues.report(Code::ProductName, path, name);
        }
        known
    }

    fn condition(&self, condition: Option<&Condition>, path: &str, issues: &mut Issues) -> bool {
        let unknown = condition.and_then(|condition| Formula::new(condition, self.product, self.items).err());
        if let Some(name) = &unknown {
            issues.report(Code::ProductName, path, name.as_str());
        }
        unknown.is_none()
    }

    fn model(&self, name: Option<&str>, path: &str, issues: &mut Issues) -> bool {
        let unknown = name.filter(|name| !self.models.contains(name));
        if let Some(name) = unknown {
            issues.report(Code::ProductName, path, name);
        }
        unknown.is_none()
    }

    fn effects(&self, effects: &mut List<Effect>, given: Given, path: &str, issues: &mut Issues) {
        for at in 0..effects.len() {
            let path = format!("{path}/effects/{at}");
            let Some(effect) = effects.get(at) else { continue };
            let part = effect.mount.as_ref().map(|mount| mount.part.as_str());
            let keeps = effect_keeps(effect, given, &path, issues)
                && self.condition(effect.when.as_ref(), &format!("{path}/when"), issues)
                && self.model(effect.model.as_deref(), &format!("{path}/model"), issues)
                && self.model(effect.body.as_deref(), &format!("{path}/body"), issues)
                && self.model(part, &format!("{path}/mount/part"), issues);
            if !keeps {
                effects.drop_entry(at);
            }
        }
    }
}

/// Checks all names of a product whose entries have been checked.
pub(super) fn check(product: &mut Product, items: &Items, issues: &mut Issues) {
    let before = product.clone();
    let models: BTreeSet<_> = before.models.entries().map(|model| model.id.as_str()).collect();
    let names = Names { product: &before, items, models };
    let facts: BTreeSet<_> = before.facts.entries().map(|fact| fact.id.as_str()).collect();
    let surfaces: BTreeSet<_> = before.surfaces.entries().map(|surface| surface.id.as_str()).collect();

    for at in 0..product.groups.len() {
        let path = format!("/groups/{at}");
        let Some(group) = product.groups.get_mut(at) else { continue };
        let given = match group.kind {
            Kind::Number => Given::Number,
            Kind::Color => Given::Color,
            _ => Given::Nothing,
        };
        names.effects(&mut group.effects, given, &path, issues);
        if let Some(surface) = group.surface.as_deref().filter(|surface| !surfaces.contains(surface)) {
            issues.report(Code::ProductName, format!("{path}/surface"), surface);
            group.surface = None;
        }
        for at in 0..group.choices.len() {
            let path = format!("{path}/choices/{at}");
            let Some(choice) = group.choices.get_mut(at) else { continue };
            names.effects(&mut choice.effects, Given::Nothing, &path, issues);
            choice.facts.retain(|fact, _| {
                let known = facts.contains(fact.as_str());
                if !known {
                    issues.report(Code::ProductName, format!("{path}/facts/{fact}"), fact.as_str());
                }
                known
            });
        }
    }
    for at in 0..product.behaviours.len() {
        if let Some(behaviour) = product.behaviours.get_mut(at) {
            names.effects(&mut behaviour.effects, Given::Number, &format!("/behaviours/{at}"), issues);
        }
    }
    for at in 0..product.upgrades.len() {
        let path = format!("/upgrades/{at}");
        let keeps = product.upgrades.get(at).is_none_or(|upgrade| {
            let choices = upgrade.to.iter().enumerate();
            let known = choices.map(|(to, name)| names.choice(name, format!("{path}/to/{to}"), issues));
            known.filter(|known| !known).count() == 0
                && names.condition(Some(&upgrade.from), &format!("{path}/from"), issues)
        });
        if !keeps {
            product.upgrades.drop_entry(at);
        }
    }
    if let Some(printing) = &mut product.print {
        let surfaces: BTreeSet<_> = product.surfaces.entries().map(|surface| surface.id.clone()).collect();
        let materials: BTreeSet<_> = printing.materials.entries().map(|material| material.id.clone()).collect();
        for at in 0..printing.pieces.len() {
            let path = format!("/print/pieces/{at}");
            let Some(piece) = printing.pieces.get_mut(at) else { continue };
            if let Some(material) = piece.material.take_if(|material| !materials.contains(material)) {
                issues.report(Code::ProductName, format!("{path}/material"), material);
            }
            for relief in 0..piece.reliefs.len() {
                let surface = piece.reliefs.get(relief).map(|relief| relief.surface.as_str());
                if let Some(surface) = surface.filter(|surface| !surfaces.contains(*surface)) {
                    issues.report(Code::ProductName, format!("{path}/reliefs/{relief}/surface"), surface);
                    piece.reliefs.drop_entry(relief);
                }
            }
            let keeps = names.model(piece.model.as_deref(), &format!("{path}/model"), issues)
                && names.condition(piece.when.as_ref(), &format!("{path}/when"), issues);
            if !keeps {
                printing.pieces.drop_entry(at);
            }
        }
    }
    for at in 0..product.guide.len() {
        let Some(question) = product.guide.get_mut(at) else { continue };
        for answer in 0..question.answers.len() {
            let path = format!("/guide/{at}/answers/{answer}");
            let Some(entry) = question.answers.get_mut(answer) else { continue };
            for prefers in 0..entry.prefers.len() {
                let name = entry.prefers.get(prefers).map(|preference| preference.choice.as_str());
                if name.is_some_and(|name| !names.choice(name, format!("{path}/prefers/{prefers}"), issues)) {
                    entry.prefers.drop_entry(prefers);
                }
            }
            let mut index = 0;
            entry.avoids.retain(|name| {
                index += 1;
                names.choice(name, format!("{path}/avoids/{}", index - 1), issues)
            });
        }
    }
    for at in 0..product.hotspots.len() {
        let Some(hotspot) = product.hotspots.get_mut(at) else { continue };
        if let Some(group) = hotspot.group.as_deref().filter(|group| items.group(group).is_none()) {
            issues.report(Code::ProductName, format!("/hotspots/{at}/group"), group);
            hotspot.group = None;
        }
        if !names.condition(hotspot.when.as_ref(), &format!("/hotspots/{at}/when"), issues) {
            product.hotspots.drop_entry(at);
        }
    }
    for at in 0..product.align.len() {
        let path = format!("/align/{at}");
        let keeps = product.align.get(at).is_none_or(|point| {
            names.model(point.model.as_deref(), &format!("{path}/model"), issues)
                && names.condition(point.when.as_ref(), &format!("{path}/when"), issues)
        });
        if !keeps {
            product.align.drop_entry(at);
        }
    }
    for at in 0..product.dimensions.len() {
        let when = product.dimensions.get(at).and_then(|dimension| dimension.when.as_ref());
        if !names.condition(when, &format!("/dimensions/{at}/when"), issues) {
            product.dimensions.drop_entry(at);
        }
    }
    for at in 0..product.surfaces.len() {
        let Some(surface) = product.surfaces.get_mut(at) else { continue };
        let path = format!("/surfaces/{at}");
        surface
            .size_mm_by_body
            .retain(|body, _| names.model(Some(body), &format!("{path}/sizeMmByBody/{body}"), issues));
        let sizes = surface.size_mm.iter().chain(surface.size_mm_by_body.values().flatten());
        let sound = sizes.into_iter().all(|side| *side > 0.0 && side.is_finite()) && surface.safe_zone_mm >= 0.0;
        if !sound {
            issues.report(Code::ProductRange, format!("{path}/sizeMm"), "both sides are more than 0");
        }
        let is_part = |uv: [f64; 4]| {
            let [left, top, right, bottom] = uv;
            0.0 <= left && left < right && right <= 1.0 && 0.0 <= top && top < bottom && bottom <= 1.0
        };
        if surface.uv.is_some_and(|uv| !is_part(uv)) {
            issues.report(Code::ProductRange, format!("{path}/uv"), "left, top, right, bottom, from 0 to 1");
            surface.uv = None;
        }
        if !sound || !names.model(surface.model.as_deref(), &format!("{path}/model"), issues) {
            product.surfaces.drop_entry(at);
        }
    }
    mounts(product, issues);
}

/// Models that some effect makes the product's body, and the first.
fn bodies(product: &Product) -> BTreeSet<String> {
    let groups = product.groups.entries();
    let of_groups = groups.flat_map(|group| {
        group.choices.entries().flat_map(|choice| choice.effects.entries()).chain(group.effects.entries())
    });
    let of_behaviours = product.behaviours.entries().flat_map(|behaviour| behaviour.effects.entries());
    let named = of_groups.chain(of_behaviours).filter_map(|effect| effect.body.clone());
    named.chain(product.models.entries().next().map(|model| model.id.clone())).collect()
}

/// Parts that are mounted on each other have no place in the world, and a body is no part.
fn mounts(product: &mut Product, issues: &mut Issues) {
    let first = product.models.entries().next().map(|model| model.id.clone()).unwrap_or_default();
    let bodies = bodies(product);
    let mut carried: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for at in 0..product.groups.len() {
        let Some(group) = product.groups.get_mut(at) else { continue };
        let mut visit = |effects: &mut List<Effect>, path: &str| {
            for at in 0..effects.len() {
                let Some((effect, mount)) = effects.get(at).and_then(|effect| Some((effect, effect.mount.as_ref()?)))
                else {
                    continue;
                };
                let on = effect.model.clone().unwrap_or_else(|| first.clone());
                if bodies.contains(&mount.part) || reaches(&carried, &mount.part, &on) {
                    issues.report(Code::ProductEntry, format!("{path}/effects/{at}/mount"), "it would carry itself");
                    effects.drop_entry(at);
                } else {
                    carried.entry(on).or_default().insert(mount.part.clone());
                }
            }
        };
        visit(&mut group.effects, &format!("/groups/{at}"));
        for choice in 0..group.choices.len() {
            if let Some(entry) = group.choices.get_mut(choice) {
                visit(&mut entry.effects, &format!("/groups/{at}/choices/{choice}"));
            }
        }
    }
}

/// Whether `from` carries `to`, or is it.
fn reaches(carried: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(part) = open.pop() {
        if part == to {
            return true;
        }
        if seen.insert(part) {
            open.extend(carried.get(part).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
