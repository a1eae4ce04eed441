//! The value of an animation's channel at a time (glTF 2.0 Appendix C).

use glam::Quat;

use super::{Channel, Interpolation, Property};

impl Channel {
    /// Writes the value at `time_secs` to `out`, which takes [`Channel::components`] numbers. Before the first key and
    /// after the last the value is that key's; rotations are unit quaternions.
    pub fn sample(&self, time_secs: f32, out: &mut [f32]) {
        let next = self.times.partition_point(|time| *time <= time_secs);
        let here = next.saturating_sub(1);
        let (from, to) = (self.times.get(here), self.times.get(next));
        let (Some(start), Some(from_value)) = (from, self.part(here, Part::Value)) else { return };
        let seconds = to.map_or(0.0, |end| end - start);
        let factor = if seconds > 0.0 { (time_secs - start) / seconds } else { 0.0 };
        // Not above 0 also for a time before the first key and for a time that is no number.
        let between = factor > 0.0 && next > 0 && self.interpolation != Interpolation::Step;
        match self.part(next, Part::Value).filter(|_| between) {
            None => out.iter_mut().zip(from_value).for_each(|(out, value)| *out = *value),
            Some(to_value) => self.between(here, from_value, to_value, factor, seconds, out),
        }
    }

    fn between(&self, here: usize, from: &[f32], to: &[f32], factor: f32, seconds: f32, out: &mut [f32]) {
        let rotates = self.property == Property::Rotation;
        if self.interpolation == Interpolation::CubicSpline {
            let (leaving, arriving) = (self.part(here, Part::OutTangent), self.part(here + 1, Part::InTangent));
            let (t, t2, t3) = (factor, factor * factor, factor * factor * factor);
            let tangents = leaving.unwrap_or_default().iter().zip(arriving.unwrap_or_default());
            for ((out, (from, to)), (leaving, arriving)) in out.iter_mut().zip(from.iter().zip(to)).zip(tangents) {
                *out = (2.0 * t3 - 3.0 * t2 + 1.0) * from
                    + seconds * (t3 - 2.0 * t2 + t) * leaving
                    + (3.0 * t2 - 2.0 * t3) * to
                    + seconds * (t3 - t2) * arriving;
            }
        } else if let (true, &[ax, ay, az, aw], &[bx, by, bz, bw]) = (rotates, from, to) {
            let turned = Quat::from_xyzw(ax, ay, az, aw).slerp(Quat::from_xyzw(bx, by, bz, bw), factor);
            out.iter_mut().zip(turned.to_array()).for_each(|(out, value)| *out = value);
        } else {
            for (out, (from, to)) in out.iter_mut().zip(from.iter().zip(to)) {
                *out = from * (1.0 - factor) + to * factor;
            }
        }
        if rotates {
            let length = out.iter().map(|value| value * value).sum::<f32>().sqrt();
            if length > 1e-6 {
                out.iter_mut().for_each(|value| *value /= length);
            } else {
                out.iter_mut().zip(from).for_each(|(out, value)| *out = *value);
            }
        }
    }

    fn part(&self, key: usize, part: Part) -> Option<&[f32]> {
        let start = match self.interpolation {
            Interpolation::CubicSpline => (key * 3 + part as usize) * self.components,
            _ => key * self.components,
        };
        self.values.get(start..start + self.components)
    }
}

/// What a key of a cubic spline holds, in the file's order.
#[derive(Clone, Copy)]
enum Part {
    InTangent,
    Value,
    OutTangent,
}

#[cfg(test)]
mod tests;
