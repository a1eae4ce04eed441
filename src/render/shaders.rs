//! The table of shader modules: which parts are joined, in which order.
//!
//! A part in `shaders/apart/` is none that a first picture needs: browsers' builds hold only its mark (see
//! `build/gather.rs`), and its text comes by `Renderer::add_shaders`. Native builds hold all.

use std::sync::OnceLock;

use crate::text::split_once;

/// The file of fetched parts: program text, and as such one for all renderers.
static FETCHED: OnceLock<String> = OnceLock::new();

/// One WGSL module, joined from parts that each hold one topic.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// Its label.
    pub name: &'static str,
    /// WGSL, in order.
    pub parts: &'static [&'static str],
}

/// The shader of this name, squeezed by `build/`.
macro_rules! wgsl {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl"))
    };
}

const FRAME: &str = wgsl!("frame");
const DRAW: &str = wgsl!("draw");
const VERTEX: &str = wgsl!("vertex");
const MATERIAL: &str = wgsl!("material");
const COVERAGE: &str = wgsl!("coverage");
pub(super) const LIGHT: &str = wgsl!("light");
const BRDF: &str = wgsl!("brdf");
const PUNCTUAL: &str = wgsl!("punctual");
const ANTIALIAS: &str = wgsl!("antialias");
const OCCLUSION: &str = wgsl!("occlusion");
const STAGES: &str = wgsl!("surface");
pub(super) const TONE_MAP: &str = wgsl!("tone_map");
const DEPTH: &str = wgsl!("depth");
pub(super) const SHADOW: &str = wgsl!("shadow");
const SCREEN: &str = wgsl!("screen");
pub(super) const CUBE: &str = wgsl!("cube");

/// What all materials share, then what these add.
macro_rules! materials {
    ($($name:literal),*) => {
        &[
            FRAME, DRAW, VERTEX, MATERIAL, COVERAGE, LIGHT, BRDF, ANTIALIAS, OCCLUSION, PUNCTUAL, TONE_MAP, STAGES,
            $(wgsl!($name)),*
        ]
    };
}

/// Materials, lit and unlit.
pub const SURFACE: Module = Module { name: "surface", parts: materials!("lit") };
/// Materials with extensions.
pub const LAYERED: Module =
    Module { name: "layered", parts: materials!("layers", "film", "sheen", "behind", "anisotropy", "layered") };
/// What casts a shadow.
pub const CASTERS: Module =
    Module { name: "casters", parts: &[FRAME, DRAW, VERTEX, MATERIAL, COVERAGE, DEPTH, SHADOW, wgsl!("cut")] };
/// The shadow's blur.
pub const BLUR: Module = Module { name: "blur", parts: &[SHADOW] };
/// The shadow on the floor.
pub const SHADOW_FLOOR: Module = Module { name: "shadow floor", parts: &[wgsl!("shadow_floor")] };
/// An environment behind everything.
pub const SKYBOX: Module = Module { name: "skybox", parts: &[LIGHT, TONE_MAP, wgsl!("skybox")] };
/// Parts that are there without being drawn.
#[cfg(feature = "product")]
pub const ROLES: Module = Module { name: "roles", parts: &[FRAME, DRAW, VERTEX, MATERIAL, COVERAGE, wgsl!("roles")] };
/// A customer's picture behind everything.
#[cfg(feature = "product")]
pub const PHOTO: Module = Module { name: "photo", parts: &[wgsl!("photo")] };
/// How far away a real room is.
#[cfg(feature = "xr")]
pub const ROOM_DEPTH: Module = Module { name: "room depth", parts: &[wgsl!("room_depth")] };
/// The default environment.
pub const STUDIO: Module = Module { name: "studio", parts: &[CUBE, wgsl!("studio")] };
/// From panoramas to light.
pub const PREFILTER: Module = Module { name: "prefilter", parts: &[CUBE, wgsl!("prefilter")] };
/// The last pass.
pub const COMPOSITE: Module = Module { name: "composite", parts: &[SCREEN, wgsl!("composite")] };
/// One mip level from the one before.
pub const MIPMAP: Module = Module { name: "mipmap", parts: &[SCREEN, wgsl!("mipmap")] };

/// Every module.
pub const ALL: &[Module] = &[
    SURFACE,
    LAYERED,
    CASTERS,
    BLUR,
    SHADOW_FLOOR,
    SKYBOX,
    STUDIO,
    PREFILTER,
    COMPOSITE,
    MIPMAP,
    #[cfg(feature = "product")]
    ROLES,
    #[cfg(feature = "product")]
    PHOTO,
    #[cfg(feature = "xr")]
    ROOM_DEPTH,
];

/// Takes the fetched parts, once; those of another build are as good as none.
pub(super) fn add(fetched: &str) {
    if every_part(|part| text(part, fetched).is_some()) {
        FETCHED.get_or_init(|| fetched.to_owned());
    }
}

/// True when every module can be compiled.
pub(super) fn complete() -> bool {
    FETCHED.get().is_some() || every_part(|part| !part.starts_with(MARK))
}

fn every_part(is: impl Fn(&str) -> bool) -> bool {
    ALL.iter().flat_map(|module| module.parts).all(|part| is(part))
}

/// How the mark of a fetched part begins; nothing in WGSL does.
const MARK: char = '#';

/// A part, or what `fetched` has below its mark.
fn text<'a>(part: &'a str, fetched: &'a str) -> Option<&'a str> {
    match part.strip_prefix(MARK) {
        None => Some(part),
        Some(mark) => {
            let mut rest = fetched;
            while let Some((_, below)) = split_once(rest, MARK as u8) {
                if let Some(found) = below.strip_prefix(mark) {
                    return Some(split_once(found, MARK as u8).map_or(found, |(text, _)| text));
                }
                rest = below;
            }
            None
        }
    }
}

impl Module {
    /// The joined WGSL; none when a part has yet to be fetched.
    pub fn source(&self) -> Option<String> {
        self.joined(FETCHED.get().map_or("", String::as_str))
    }

    /// The same with the parts of this file.
    pub fn joined(&self, fetched: &str) -> Option<String> {
        let mut joined = String::new();
        for part in self.parts {
            joined.push_str(text(part, fetched)?);
        }
        Some(joined)
    }

    /// Empty when a part has yet to be fetched: ask [`complete`] first.
    pub(super) fn compile(&self, device: &wgpu::Device) -> wgpu::ShaderModule {
        device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(self.name),
            source: wgpu::ShaderSource::Wgsl(self.source().unwrap_or_default().into()),
        })
    }
}
