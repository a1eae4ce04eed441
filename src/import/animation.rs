//! Animations (glTF 2.0 §3.11).

use glam::Quat;

use super::accessor::{self, Component, SCALAR, VEC3, VEC4};
use super::cursor::Cursor;
use super::extension::ANIMATION_POINTER;
use super::reader::Reader;
use crate::geom::Trs;
use crate::issue::Code;
use crate::scene::{Animation, Channel, Interpolation, Local, Property, Scene, Slots};

/// Reads the animations of a scene whose nodes are there; a node that moves gets a transform that can.
pub(super) fn read_animations(reader: &mut Reader<'_>, scene: &mut Scene) -> Slots<Animation> {
    let items = reader.list("animations");
    let mut animations = Slots::default();
    // For each node and property the last animation that moves it, counted from 1.
    let mut taken = vec![0; scene.nodes.len() * 4];
    for (index, item) in items.iter().enumerate() {
        let at = Cursor(item);
        if !item.is_object() {
            reader.report(Code::Value, at, "not an animation");
            animations.push(None);
            continue;
        }
        let mut animation = Animation { name: at.name(&mut reader.log), ..Animation::default() };
        if animation.name.is_empty() {
            animation.name = format!("animation_{index}");
        }
        for item in at.list("channels", &mut reader.log) {
            if reader.refused.is_some() {
                break;
            }
            let Some(channel) = read_channel(reader, at, Cursor(item), scene) else { continue };
            // Only a channel that can be used takes its place.
            let slot = taken.get_mut(channel.node * 4 + channel.property as usize);
            if slot.is_some_and(|last| std::mem::replace(last, index + 1) > index) {
                reader.report(Code::Value, Cursor(item), "another channel moves the same");
                continue;
            }
            if channel.property != Property::Weights {
                make_movable(reader, Cursor(item), scene, channel.node);
            }
            animation.duration_secs = animation.duration_secs.max(channel.times.last().copied().unwrap_or(0.0));
            animation.channels.push(channel);
        }
        animations.push(Some(animation));
    }
    animations
}

fn read_channel<'a>(reader: &mut Reader<'a>, animation: Cursor<'a>, at: Cursor<'a>, scene: &Scene) -> Option<Channel> {
    let (node, property) = read_target(reader, at, scene)?;
    let components = match property {
        Property::Translation | Property::Scale => 3,
        Property::Rotation => 4,
        Property::Weights => reader.demand(scene.nodes.get(node).and_then(|node| node.mesh)).targets,
    };
    if components == 0 {
        reader.report(Code::Value, at, "weights for a mesh without morph targets");
        return None;
    }
    let samplers = animation.list("samplers", &mut reader.log);
    let sampler = at.index("sampler", samplers.len(), &mut reader.log).and_then(|index| samplers.get(index));
    let Some(sampler) = sampler.map(Cursor) else {
        reader.report(Code::Value, at, "a channel without a sampler");
        return None;
    };
    let interpolation = read_interpolation(reader, sampler);
    let (times, values) = (Vec::new(), Vec::new());
    read_keys(reader, sampler, Channel { node, property, interpolation, times, values, components })
}

fn read_target<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, scene: &Scene) -> Option<(usize, Property)> {
    let Some(target) = at.get("target") else {
        reader.report(Code::Value, at, "a channel without a target");
        return None;
    };
    let property = match target.text("path", &mut reader.log) {
        Some("translation") => Property::Translation,
        Some("rotation") => Property::Rotation,
        Some("scale") => Property::Scale,
        Some("weights") => Property::Weights,
        Some("pointer") if target.extension(ANIMATION_POINTER).is_some() => {
            reader.report(Code::UnknownExtension, target, ANIMATION_POINTER);
            return None;
        }
        other => {
            reader.report(Code::Value, target, other.unwrap_or("no path"));
            return None;
        }
    };
    let node = target.index("node", scene.nodes.len(), &mut reader.log);
    // A target without a node is for an extension to say (§3.11).
    if target.get("node").is_none() {
        reader.report(Code::UnknownExtension, target, "a channel without a node");
    }
    Some((node.filter(|node| scene.nodes.get(*node).is_some())?, property))
}

fn read_interpolation<'a>(reader: &mut Reader<'a>, sampler: Cursor<'a>) -> Interpolation {
    match sampler.text("interpolation", &mut reader.log) {
        None | Some("LINEAR") => Interpolation::Linear,
        Some("STEP") => Interpolation::Step,
        Some("CUBICSPLINE") => Interpolation::CubicSpline,
        Some(other) => {
            reader.report(Code::Value, sampler, other);
            Interpolation::Linear
        }
    }
}

/// Fills in times and values.
fn read_keys<'a>(reader: &mut Reader<'a>, sampler: Cursor<'a>, mut channel: Channel) -> Option<Channel> {
    let input = accessor::accessor(reader, sampler, "input")?;
    let output = accessor::accessor(reader, sampler, "output")?;
    let shape = match channel.property {
        Property::Translation | Property::Scale => VEC3,
        Property::Rotation => VEC4,
        Property::Weights => SCALAR,
    };
    if input.shape != SCALAR || input.component != Component::F32 {
        reader.report(Code::AccessorType, input.at, "key times must be floats");
        return None;
    }
    if output.shape != shape || output.component == Component::U32 {
        reader.report(Code::AccessorType, output.at, "another type is needed for this property");
        return None;
    }
    let times = input.floats(reader);
    if times.first().is_some_and(|first| *first < 0.0) || times.array_windows().any(|[a, b]| a > b) {
        reader.report(Code::Value, input.at, "key times are negative or do not rise");
        return None;
    }
    let mut values = output.floats(reader);
    let parts = if channel.interpolation == Interpolation::CubicSpline { 3 } else { 1 };
    let width = channel.components * parts;
    if values.len() != times.len() * width {
        let detail = format!("{} values for {} keys of {width}", values.len(), times.len());
        reader.report(Code::AccessorType, output.at, detail);
        if values.len() < times.len() * width {
            return None;
        }
        values.truncate(times.len() * width);
    }
    if channel.property == Property::Rotation {
        unit_rotations(&mut values, parts);
    }
    if times.array_windows().any(|[a, b]| a == b) {
        reader.report(Code::Conformance, input.at, "two keys at the same time: the first is used");
    }
    for (time, value) in times.iter().zip(values.chunks_exact(width)) {
        if channel.times.last().is_none_or(|last| last < time) {
            channel.times.push(*time);
            channel.values.extend_from_slice(value);
        }
    }
    Some(channel)
}

/// Makes the rotations themselves (not their tangents) unit quaternions; integers are a little off.
fn unit_rotations(values: &mut [f32], parts: usize) {
    for (number, value) in values.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        if parts == 1 || number % 3 == 1 {
            let rotation = Quat::from_array(*value);
            let length = rotation.length();
            let unit = if length > 1e-6 && length.is_finite() { rotation / length } else { Quat::IDENTITY };
            *value = unit.to_array();
        }
    }
}

/// Only translation, rotation and scale can be animated (§3.11): takes a matrix apart.
fn make_movable<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, scene: &mut Scene, node: usize) {
    let Some(node) = scene.nodes.get_mut(node) else { return };
    if let Local::Matrix(matrix) = node.local {
        reader.report(Code::Conformance, at, "a node with a matrix is animated");
        let (scale, rotation, translation) = matrix.to_scale_rotation_translation();
        let parts = Trs { translation, rotation, scale };
        node.local = Local::Trs(if parts.matrix().is_finite() { parts } else { Trs::IDENTITY });
    }
}
