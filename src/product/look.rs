//! What a configuration wants of its models, in glTF's terms and in order: later wishes win.

use serde_json::Value as Json;

use super::configuration::color;
use super::file::{Effect, Kind, Map};
use super::{Catalog, Configuration, Value};

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
}

impl Catalog {
    /// The models that a configuration shows, each with what it is to be; `behaviours` are played, by their index, with a
    /// value each.
    pub fn look(&self, configuration: &Configuration, behaviours: &[(usize, f64)]) -> Vec<PartLook> {
        let models = self.product().models.iter();
        let first = self.product().models.iter().next().map(|(at, _)| at);
        let shown = models.filter(|(at, model)| model.shown || Some(*at) == first);
        let mut parts: Vec<_> = shown.map(|(model, _)| PartLook { model, mounted: None, wishes: Vec::new() }).collect();
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
        let model_named = |id: Option<&str>| match id {
            Some(id) => self.product().models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at),
            None => first,
        };
        wishes.retain(|(effect, _)| effect.when.as_ref().is_none_or(|when| self.holds(when, configuration)));
        // Parts first: what is not there wishes nothing.
        for (effect, _) in &wishes {
            let carrier = model_named(effect.model.as_deref());
            let part = effect.mount.as_ref().and_then(|mount| Some((model_named(Some(&mount.part))?, &mount.socket)));
            if let (Some(carrier), Some((model, socket))) = (carrier, part) {
                parts.retain(|part| part.model != model);
                parts.push(PartLook { model, mounted: Some((carrier, socket.clone())), wishes: Vec::new() });
            }
        }
        for (effect, given) in wishes {
            let part = model_named(effect.model.as_deref());
            if let Some(part) = parts.iter_mut().find(|known| Some(known.model) == part) {
                part.wishes.extend(wished(effect, given));
            }
        }
        parts
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
