//! Cameras (glTF 2.0 §3.10) and lights (KHR_lights_punctual).

use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

use glam::Vec3;

use super::cursor::{Cursor, Reporter};
use super::extension::LIGHTS_PUNCTUAL;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{Camera, Lens, Light, LightKind, Slots};

pub(super) fn read_cameras(reader: &mut Reader<'_>) -> Slots<Camera> {
    reader.list("cameras").iter().map(|item| read_camera(reader, Cursor(item))).collect()
}

fn read_camera<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Option<Camera> {
    let log = &mut reader.log;
    let name = at.name(log);
    let lens = match at.text("type", log) {
        Some("perspective") => at.get("perspective").and_then(|at| perspective(at, log)),
        Some("orthographic") => at.get("orthographic").and_then(|at| orthographic(at, log)),
        _ => None,
    };
    if lens.is_none() {
        log.report(Code::Value, at, "a camera without a projection");
    }
    Some(Camera { name, lens: lens? })
}

fn positive(at: Cursor<'_>, key: &str, log: &mut Reporter<'_>) -> Option<f32> {
    at.number(key, f32::MIN_POSITIVE, f32::MAX, log)
}

fn perspective(at: Cursor<'_>, log: &mut Reporter<'_>) -> Option<Lens> {
    let yfov = at.number("yfov", 1e-3, std::f32::consts::PI - 1e-3, log)?;
    let near = positive(at, "znear", log)?;
    let far = positive(at, "zfar", log).filter(|far| *far > near);
    Some(Lens::Perspective { yfov, aspect: positive(at, "aspectRatio", log), near, far })
}

fn orthographic(at: Cursor<'_>, log: &mut Reporter<'_>) -> Option<Lens> {
    let magnitude = |key: &str, log: &mut Reporter<'_>| {
        at.number(key, f32::MIN, f32::MAX, log).map(f32::abs).filter(|magnitude| *magnitude > 0.0)
    };
    let (xmag, ymag) = (magnitude("xmag", log)?, magnitude("ymag", log)?);
    let near = at.number("znear", 0.0, f32::MAX, log)?;
    let far = positive(at, "zfar", log).filter(|far| *far > near)?;
    Some(Lens::Orthographic { xmag, ymag, near, far })
}

pub(super) fn read_lights(reader: &mut Reader<'_>) -> Slots<Light> {
    let Some(extension) = reader.root.extension(LIGHTS_PUNCTUAL) else { return Slots::default() };
    extension.list("lights", &mut reader.log).iter().map(|item| read_light(reader, Cursor(item))).collect()
}

fn read_light<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Option<Light> {
    let log = &mut reader.log;
    let name = at.name(log);
    let color = at.numbers("color", log).map_or(Vec3::ONE, Vec3::from_array).max(Vec3::ZERO);
    let intensity = at.number("intensity", 0.0, f32::MAX, log).unwrap_or(1.0);
    let range = positive(at, "range", log);
    let kind = match at.text("type", log) {
        Some("directional") => LightKind::Directional,
        Some("point") => LightKind::Point,
        Some("spot") => spot(at.get("spot").unwrap_or(at), log),
        _ => {
            log.report(Code::Value, at, "a light of unknown type");
            return None;
        }
    };
    Some(Light { name, color, intensity, range, kind })
}

fn spot(at: Cursor<'_>, log: &mut Reporter<'_>) -> LightKind {
    let outer = at.number("outerConeAngle", 1e-4, FRAC_PI_2, log).unwrap_or(FRAC_PI_4);
    let inner = at.number("innerConeAngle", 0.0, FRAC_PI_2, log).unwrap_or(0.0);
    if inner >= outer {
        log.report(Code::Value, at, "the inner cone is not smaller than the outer");
    }
    LightKind::Spot { inner: inner.min(outer - 5e-5), outer }
}
