//! What every sample keeps, and what the tests of single samples share.

use std::path::{Path, PathBuf};

use anprobe::assembly::overlay;
use anprobe::import::{Limits, Opened};
use anprobe::product::file::{Effect, Kind, Product};
use anprobe::product::{Catalog, Configuration, Explanation, Reason, Value};
use anprobe::scene::{AlphaMode, Material, Overlay, Scene};
use serde_json::Value as Json;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).expect("a sample")
}

/// Every sample's name and text.
pub(crate) fn texts() -> Vec<(String, String)> {
    names().into_iter().map(|name| (name.clone(), text(&name))).collect()
}

pub(crate) fn catalog(name: &str) -> Catalog {
    let (catalog, issues) = Catalog::from_json(&text(name)).unwrap();
    assert!(issues.is_empty(), "{name}: {issues:?}");
    catalog
}

/// A model, with the files beside it that it names.
pub(crate) fn model(file: &Path) -> Scene {
    let opened = Opened::new(std::fs::read(file).expect("a model"), &Limits::default()).unwrap();
    let beside: Vec<_> =
        opened.external_buffers().iter().map(|external| (external.buffer, external.uri.clone())).collect();
    let fetched = |buffer| {
        let (_, uri) = beside.iter().find(|(at, _)| *at == buffer)?;
        std::fs::read(file.with_file_name(uri)).ok()
    };
    let (scene, issues) = opened.finish(fetched).unwrap();
    assert!(issues.is_empty(), "{}: {issues:?}", file.display());
    scene
}

/// The models of a product file, in its order.
pub(crate) fn models(catalog: &Catalog) -> Vec<Scene> {
    catalog.product().models.entries().map(|entry| model(&path(&entry.src))).collect()
}

/// All that a group can be answered, with one example for what the customer makes up.
pub(crate) fn answers(catalog: &Catalog, group: usize) -> Vec<Value> {
    let found = catalog.group(group).unwrap();
    let choices: Vec<_> = found.choices.iter().map(|(choice, _)| choice).collect();
    let single = choices.iter().map(|choice| Value::Choices(vec![*choice]));
    match found.kind {
        Kind::One => single.collect(),
        Kind::Color => single.chain(found.free.then_some(Value::Color([200, 30, 90]))).collect(),
        Kind::Many => {
            let taken = |set: usize| choices.iter().copied().filter(|choice| set >> choice & 1 == 1).collect();
            (0..1 << choices.len()).map(|set| Value::Choices(taken(set))).collect()
        }
        Kind::Number => (0..=found.last_step()).map(Value::Step).collect(),
        Kind::Text => ["", "Jo"].map(|text| Value::Text(text.into())).into(),
        Kind::Picture => ["", "1"].map(|name| Value::Picture(name.into())).into(),
    }
}

/// Every configuration that keeps the rules; words and pictures left out where they are not asked for.
pub(crate) fn all(catalog: &Catalog, filled: bool) -> Vec<Configuration> {
    let mut found = vec![catalog.first().clone()];
    for (at, group) in catalog.product().groups.iter() {
        let made_up = matches!(group.kind, Kind::Text | Kind::Picture);
        let answers =
            if made_up && !filled { vec![catalog.first().value(at).unwrap().clone()] } else { answers(catalog, at) };
        let each = |known: &Configuration| {
            answers.iter().map(|value| catalog.with(known, at, value.clone())).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(each).collect();
    }
    found.retain(|configuration| catalog.is_valid(configuration));
    found
}

/// So many configurations that keep the rules, the same each time, from all corners of the product.
pub(crate) fn some(catalog: &Catalog, count: usize) -> Vec<Configuration> {
    let answers: Vec<_> = catalog.product().groups.iter().map(|(at, _)| (at, answers(catalog, at))).collect();
    let mut state = 0x5eed_u64;
    let mut roll = |sides: usize| {
        // Knuth's MMIX generator; its high bits are the good ones.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let mut found = vec![catalog.first().clone()];
    while found.len() < count {
        let thrown = answers.iter().fold(catalog.first().clone(), |known, (at, values)| {
            catalog.with(&known, *at, values[roll(values.len())].clone())
        });
        found.extend(Some(thrown).filter(|thrown| catalog.is_valid(thrown)));
    }
    for id in catalog.all_items().filter(|id| catalog.is_alive(*id)) {
        let item = catalog.item(id).unwrap();
        assert!(found.iter().any(|configuration| configuration.takes(item)), "{item:?} was never thrown");
    }
    found
}

/// Each comes back from its code as it was.
pub(crate) fn keep_their_codes(catalog: &Catalog, configurations: &[Configuration]) {
    for configuration in configurations {
        let code = catalog.code(configuration);
        let decoded = catalog.decoded(&code).unwrap();
        assert!(decoded.gone.is_empty() && decoded.changes.is_empty(), "{code}");
        assert!(decoded.configuration.changes_to(configuration, catalog).is_empty(), "{code}");
    }
}

/// How a configuration looks with behaviours; what it wishes of a model that the model does not have fails.
pub(crate) fn looks(
    catalog: &Catalog,
    models: &[Scene],
    configuration: &Configuration,
    behaviours: &[(usize, f64)],
) -> Vec<(usize, Overlay)> {
    let parts = catalog.look(configuration, behaviours);
    let laid = parts.iter().map(|part| {
        let (overlay, issues) = overlay(&models[part.model], &part.wishes);
        assert!(issues.is_empty(), "{issues:?}");
        (part.model, overlay)
    });
    laid.collect()
}

/// Each choice that has effects looks other than some other choice of its group.
pub(crate) fn every_effect_is_seen(catalog: &Catalog, models: &[Scene], configurations: &[Configuration]) {
    for id in catalog.all_items().filter(|id| catalog.choice(*id).is_some_and(|choice| !choice.effects.is_empty())) {
        let item = catalog.item(id).unwrap();
        let seen = configurations.iter().filter(|one| one.takes(item)).any(|with| {
            let others = answers(catalog, item.group()).into_iter();
            let mut others = others.map(|value| catalog.with(with, item.group(), value));
            others.any(|without| {
                !without.takes(item) && looks(catalog, models, with, &[]) != looks(catalog, models, &without, &[])
            })
        });
        assert!(seen, "{} changes nothing", catalog.choice(id).unwrap().id);
    }
}

/// A material as a configuration looks, of the model that is its body.
pub(crate) fn material(catalog: &Catalog, models: &[Scene], configuration: &Configuration, name: &str) -> Material {
    let (model, overlay) = looks(catalog, models, configuration, &[]).swap_remove(0);
    let (at, _) = models[model].materials.iter().find(|(_, material)| material.name == name).unwrap();
    overlay.material(&models[model], at).unwrap().clone()
}

/// How well white words on one material read on another one, as WCAG counts it: from 1 to 21.
pub(crate) fn contrast(words: &Material, below: &Material) -> f32 {
    let [words, below] = [words, below].map(|material| {
        let color = material.base_color_factor;
        0.2126 * color.x + 0.7152 * color.y + 0.0722 * color.z + 0.05
    });
    words.max(below) / words.min(below)
}

/// The rules among an explanation's reasons, in a language.
pub(crate) fn reasons<'a>(catalog: &'a Catalog, explanation: &Explanation, language: &str) -> Vec<&'a str> {
    let rules = explanation.reasons.iter().filter_map(|reason| match reason {
        Reason::Rule(at) => catalog.product().rules.get(*at),
        _ => None,
    });
    rules.map(|rule| rule.reason.in_language(language)).collect()
}

/// All names of nodes, materials and animations that are in a file, but in no effect.
fn named_beside_effects(product: &Product) -> Vec<(&str, &str)> {
    let surfaces = product.surfaces.entries().map(|surface| ("material", surface.material.as_str()));
    let steps = product.upgrades.entries().flat_map(|upgrade| upgrade.install.steps.entries());
    let steps = steps.flat_map(|step| {
        let animation = step.animation.iter().map(|name| ("animation", name.as_str()));
        step.parts.iter().map(|name| ("node", name.as_str())).chain(animation)
    });
    let effects = product.groups.entries().flat_map(|group| {
        group.choices.entries().flat_map(|choice| choice.effects.entries()).chain(group.effects.entries())
    });
    let sockets = effects.filter_map(|effect: &Effect| Some(("node", effect.mount.as_ref()?.socket.as_str())));
    let pieces = product.print.iter().flat_map(|print| print.pieces.entries());
    let printed = pieces.flat_map(|piece| &piece.nodes).map(|name| ("node", name.as_str()));
    surfaces.chain(steps).chain(sockets).chain(printed).collect()
}

/// The product files among the samples.
fn names() -> Vec<String> {
    let files = std::fs::read_dir(path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let products = files.filter(|name| name.ends_with(".json") && !name.ends_with(".schema.json"));
    let products: Vec<_> = products.collect();
    assert!(products.len() >= 3, "{products:?}");
    products
}

/// What a file names beside its effects is in one of its models.
pub(crate) fn names_are_there(catalog: &Catalog, models: &[Scene], file: &str) {
    for (kind, wanted) in named_beside_effects(catalog.product()) {
        let has = |scene: &Scene| match kind {
            "material" => scene.materials.iter().any(|(_, material)| material.name == wanted),
            "animation" => scene.animations.iter().any(|(_, animation)| animation.name == wanted),
            _ => scene.nodes.iter().any(|(_, node)| node.name == wanted),
        };
        assert!(models.iter().any(has), "{file}: no {kind} {wanted}");
    }
}

#[test]
fn every_name_in_a_sample_is_in_its_models() {
    for name in names() {
        let catalog = catalog(&name);
        names_are_there(&catalog, &models(&catalog), &name);
    }
}

#[test]
fn every_surface_of_a_sample_has_a_clear_picture_of_its_own() {
    let image = |scene: &Scene, texture: usize| scene.textures.get(texture).unwrap().image.unwrap();
    let mut seen = 0;
    for name in names() {
        let catalog = catalog(&name);
        for scene in models(&catalog) {
            let uses = scene.materials.iter().flat_map(|(at, material)| {
                material.textures().map(move |(_, info)| (info.texture, at)).collect::<Vec<_>>()
            });
            let uses: Vec<_> = uses.map(|(texture, at)| (image(&scene, texture), at)).collect();
            for surface in catalog.product().surfaces.entries() {
                let (at, material) =
                    scene.materials.iter().find(|(_, material)| material.name == surface.material).unwrap();
                let own = image(&scene, material.base_color_texture.as_ref().unwrap().texture);
                assert!(uses.iter().all(|(image, user)| *image != own || *user == at), "{name}: {}", surface.id);
                assert!(matches!(material.alpha_mode, AlphaMode::Blend), "{name}: {}", surface.id);
                seen += 1;
            }
        }
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn every_behaviour_of_a_sample_moves_it() {
    for name in names() {
        let catalog = catalog(&name);
        let models = models(&catalog);
        let configurations = some(&catalog, 200);
        for (at, behaviour) in catalog.product().behaviours.iter() {
            // What repeats itself ends where it began.
            let most = behaviour.max.unwrap_or(1.0);
            let values = [behaviour.min, (behaviour.min + most) / 2.0, most];
            let moves = configurations.iter().any(|configuration| {
                let [first, rest @ ..] = values.map(|value| looks(&catalog, &models, configuration, &[(at, value)]));
                rest.iter().any(|later| *later != first)
            });
            assert!(moves, "{name}: {}", behaviour.id);
        }
    }
}

#[test]
fn every_text_of_a_sample_is_in_both_languages() {
    fn walk(value: &Json, path: &str, seen: &mut usize) {
        match value {
            Json::Object(fields) => {
                let [english, german] = ["en", "de"].map(|tag| fields.get(tag).and_then(Json::as_str));
                assert_eq!(english.is_some(), german.is_some(), "{path}");
                assert!([english, german].into_iter().flatten().all(|text| !text.is_empty()), "{path}");
                *seen += usize::from(english.is_some());
                fields.iter().for_each(|(name, value)| walk(value, &format!("{path}/{name}"), seen));
            }
            Json::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| walk(value, &format!("{path}/{at}"), seen));
            }
            _ => {}
        }
    }
    for name in names() {
        let mut seen = 0;
        walk(&serde_json::from_str(&text(&name)).unwrap(), &name, &mut seen);
        assert!(seen > 30, "{name}: {seen}");
    }
}
