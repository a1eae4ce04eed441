//! What a configuration wants of its models, in glTF's terms and in order: later wishes win.

use serde_json::Value as Json;

use super::configuration::color;
use super::file::{Effect, Kind, Map};
use super::{Catalog, Configuration, Print, Value};

/// One thing that a model is to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A variant, by name.
    Variant(String),
    /// A node seen or not, by name.
    Visible {
        /// The node.
        node: String,
        /// As in KHR_node_visibility.
        visible: bool,
    },
    /// A pointer of the glTF Asset Object Model set to a value.
    Pointer {
        /// `@name` may stand for an index.
        pointer: String,
        /// What it is set to.
        setting: Setting,
    },
    /// The pose of an animation, by name.
    Pose {
        /// The animation.
        animation: String,
        /// Seconds from its start.
        time_secs: f64,
    },
    /// A morph target's weight.
    Weight {
        /// The node with the mesh, by name.
        node: String,
        /// The target's name, or index.
        target: String,
        /// Its weight.
        value: f64,
    },
}

/// A value for a pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// Yes or no.
    Flag(bool),
    /// One number, or several.
    Numbers(Vec<f64>),
    /// sRGB.
    Color([u8; 3]),
}

/// One model of a product as it is to be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct PartLook {
    /// The model, by its index.
    pub model: usize,
    /// Where it is put: the carrying model by its index, and the node there by name. None for the world.
    pub mounted: Option<(usize, String)>,
    /// What it is to be.
    pub wishes: Vec<Wish>,
    /// What is on its surfaces; those without are as the model has them.
    pub prints: Vec<Print>,
}

impl Catalog {
    /// The models that a configuration shows, the product's body first, each with what it is to be; `behaviours` are played, by their index, with a
    /// value each.
    pub fn look(&self, configuration: &Configuration, behaviours: &[(usize, f64)]) -> Vec<PartLook> {
        let mut wishes = Vec::new();
        for (at, group) in self.product().groups.iter() {
            let value = configuration.value(at);
            for id in self.items_of(at).filter(|id| self.item(*id).is_some_and(|item| configuration.takes(item))) {
                let effects = self.choice(id).into_iter().flat_map(|choice| choice.effects.entries());
                wishes.extend(effects.map(|effect| (effect, Given::Nothing)));
                let given = match (group.kind, value, self.choice(id)) {
                    (Kind::Number, Some(Value::Step(step)), _) => Given::Number(group.value_of(*step)),
                    (Kind::Color, Some(Value::Color(color)), _) => Given::Color(*color),
                    (Kind::Color, _, Some(choice)) => {
                        choice.swatch.as_deref().and_then(color).map_or(Given::Nothing, Given::Color)
                    }
                    _ => Given::Nothing,
                };
                // Of many, the group's own effects come once for each choice, to the same end.
                wishes.extend(group.effects.entries().map(|effect| (effect, given)));
            }
        }
        for (at, value) in behaviours {
            let effects =
                self.product().behaviours.get(*at).into_iter().flat_map(|behaviour| behaviour.effects.entries());
            wishes.extend(effects.map(|effect| (effect, Given::Number(*value))));
        }
        wishes.retain(|(effect, _)| effect.when.as_ref().is_none_or(|when| self.holds(when, configuration)));
        let models = &self.product().models;
        let named = |id: &str| models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at);
        let first = models.iter().next().map(|(at, _)| at);
        let body = wishes.iter().rev().find_map(|(effect, _)| named(effect.body.as_deref()?)).or(first);
        let model_named = |id: Option<&str>| id.map_or(body, named);
        let others = models.iter().filter(|(at, model)| model.shown && Some(*at) != first && Some(*at) != body);
        let shown = body.into_iter().chain(others.map(|(at, _)| at));
        let mut parts: Vec<_> =
            shown.map(|model| PartLook { model, mounted: None, wishes: Vec::new(), prints: Vec::new() }).collect();
        // Parts first: what is not there wishes nothing.
        for (effect, _) in &wishes {
            let carrier = model_named(effect.model.as_deref());
            let part = effect.mount.as_ref().and_then(|mount| Some((model_named(Some(&mount.part))?, &mount.socket)));
            if let (Some(carrier), Some((model, socket))) = (carrier, part) {
                parts.retain(|part| part.model != model);
                let mounted = Some((carrier, socket.clone()));
                parts.push(PartLook { model, mounted, wishes: Vec::new(), prints: Vec::new() });
            }
        }
        for (effect, given) in wishes {
            let part = model_named(effect.model.as_deref());
            if let Some(part) = parts.iter_mut().find(|known| Some(known.model) == part) {
                part.wishes.extend(wished(effect, given));
            }
        }
        self.print(configuration, &mut parts);
        parts
    }
}

impl Wish {
    /// What of the model it names: a variant, node, pointer, animation or morph target.
    pub fn name(&self) -> &str {
        match self {
            Self::Variant(name) | Self::Visible { node: name, .. } => name,
            Self::Pointer { pointer, .. } => pointer,
            Self::Pose { animation, .. } => animation,
            Self::Weight { target, .. } => target,
        }
    }
}

impl Catalog {
    /// The models that some choice mounts on another, by their index.
    pub fn mounted_models(&self) -> Vec<usize> {
        let product = self.product();
        let groups = product.groups.entries();
        let effects = groups.flat_map(|group| {
            group.choices.entries().flat_map(|choice| choice.effects.entries()).chain(group.effects.entries())
        });
        let mounts: Vec<&str> = effects.filter_map(|effect| Some(effect.mount.as_ref()?.part.as_str())).collect();
        product.models.iter().filter(|(_, model)| mounts.contains(&model.id.as_str())).map(|(index, _)| index).collect()
    }

    /// What an effect wishes wherever it belongs; one that takes a number or colour is given one.
    pub fn wishes_of(&self, effect: &Effect) -> Vec<Wish> {
        let given = match &effect.map {
            Some(map) => Given::Number(map.from.0),
            None => Given::Color([128; 3]),
        };
        wished(effect, given)
    }

    /// What each choice, each end of a number, and each end of a behaviour wishes by itself of the product's body, which
    /// is this model.
    pub fn single_wishes(&self, model: usize) -> impl Iterator<Item = Vec<Wish>> {
        let id = self.product().models.get(model).map(|model| model.id.as_str());
        let is_its = move |effect: &&Effect| effect.model.is_none() || effect.model.as_deref() == id;
        let all = move |effects: Vec<&Effect>, given: Given| {
            effects.into_iter().filter(is_its).flat_map(|effect| wished(effect, given)).collect::<Vec<_>>()
        };
        let choices = self.items().iter().filter_map(move |item| {
            let choice = item.choice(self.product())?;
            let group = self.group(item.group())?;
            let color = choice.swatch.as_deref().and_then(color).map_or(Given::Nothing, Given::Color);
            let mut wishes = all(choice.effects.entries().collect(), Given::Nothing);
            if group.kind == Kind::Color {
                wishes.extend(all(group.effects.entries().collect(), color));
            }
            Some(wishes)
        });
        let numbers = self.product().groups.entries().filter(|group| group.kind == Kind::Number);
        let numbers = numbers.map(|group| (&group.effects, [group.value_of(0), group.value_of(group.last_step())]));
        let behaviours = self.product().behaviours.entries();
        let behaviours = behaviours.map(|one| (&one.effects, [one.min, one.max.unwrap_or(1.0)]));
        let ends = numbers
            .chain(behaviours)
            .flat_map(move |(effects, ends)| ends.map(|end| all(effects.entries().collect(), Given::Number(end))));
        let open = self.product().groups.entries().filter(|group| matches!(group.kind, Kind::Text | Kind::Picture));
        let filled = open.map(move |group| all(group.effects.entries().collect(), Given::Nothing));
        choices.chain(ends).chain(filled).filter(|wishes| !wishes.is_empty())
    }
}

/// What an effect is given by what it belongs to.
#[derive(Clone, Copy)]
enum Given {
    Nothing,
    Number(f64),
    Color([u8; 3]),
}

fn wished(effect: &Effect, given: Given) -> Vec<Wish> {
    let mut wishes: Vec<_> = effect.variant.iter().cloned().map(Wish::Variant).collect();
    let visible = |nodes: &[String], visible| {
        let wish = move |node: &String| Wish::Visible { node: node.clone(), visible };
        nodes.iter().map(wish).collect::<Vec<_>>()
    };
    wishes.extend(visible(&effect.show, true));
    wishes.extend(visible(&effect.hide, false));
    let mapped = match (given, &effect.map) {
        (Given::Number(number), Some(map)) => map.at(number),
        _ => None,
    };
    let number = mapped.as_ref().and_then(|setting| match setting {
        Setting::Numbers(numbers) => numbers.first().copied(),
        _ => None,
    });
    if let Some(pointer) = &effect.pointer {
        let own = match given {
            Given::Color(color) => Some(Setting::Color(color)),
            _ => None,
        };
        if let Some(setting) = effect.value.as_ref().and_then(Setting::new).or(mapped).or(own) {
            wishes.push(Wish::Pointer { pointer: pointer.clone(), setting });
        }
    }
    if let Some(animation) = &effect.animation {
        let time_secs = effect.time.or(number).unwrap_or(0.0);
        wishes.push(Wish::Pose { animation: animation.clone(), time_secs });
    }
    if let Some(weight) = &effect.weight {
        let value = weight.value.or(number).unwrap_or(0.0);
        wishes.push(Wish::Weight { node: weight.node.clone(), target: weight.target.clone(), value });
    }
    wishes
}

impl Setting {
    /// None for what is no value of a pointer.
    pub(super) fn new(value: &Json) -> Option<Self> {
        match value {
            Json::Bool(flag) => Some(Self::Flag(*flag)),
            Json::Number(number) => Some(Self::Numbers(vec![number.as_f64()?])),
            Json::String(text) => color(text).map(Self::Color),
            Json::Array(list) => list.iter().map(Json::as_f64).collect::<Option<Vec<_>>>().map(Self::Numbers),
            Json::Null | Json::Object(_) => None,
        }
    }
}

impl Map {
    /// The value at `number`: straight between the ends, and theirs outside. None when they are of different kinds.
    fn at(&self, number: f64) -> Option<Setting> {
        let part = ((number - self.from.0) / (self.to.0 - self.from.0)).clamp(0.0, 1.0);
        let between = |from: f64, to: f64| from * (1.0 - part) + to * part;
        match (Setting::new(&self.from.1)?, Setting::new(&self.to.1)?) {
            (Setting::Numbers(from), Setting::Numbers(to)) if from.len() == to.len() => {
                Some(Setting::Numbers(from.iter().zip(to).map(|(from, to)| between(*from, to)).collect()))
            }
            (Setting::Color(from), Setting::Color(to)) => {
                let [red, green, blue] = [0, 1, 2].map(|at| {
                    let side = |color: &[u8; 3]| f64::from(color.get(at).copied().unwrap_or_default());
                    between(side(&from), side(&to)).round() as u8
                });
                Some(Setting::Color([red, green, blue]))
            }
            (Setting::Flag(from), Setting::Flag(to)) => Some(Setting::Flag(if part < 0.5 { from } else { to })),
            _ => None,
        }
    }
}
