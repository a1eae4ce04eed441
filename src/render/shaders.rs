//! The table of shader modules: which parts are joined, in which order.

use super::light::{LIGHT_WGSL, TONE_MAP_WGSL};
use super::shadow::SHADOW_WGSL;

/// One WGSL module, joined from parts that each hold one topic.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// Its label.
    pub name: &'static str,
    /// WGSL, in order.
    pub parts: &'static [&'static str],
}

const FRAME: &str = include_str!(concat!(env!("OUT_DIR"), "/frame.wgsl"));
const DRAW: &str = include_str!(concat!(env!("OUT_DIR"), "/draw.wgsl"));
const VERTEX: &str = include_str!(concat!(env!("OUT_DIR"), "/vertex.wgsl"));
const MATERIAL: &str = include_str!(concat!(env!("OUT_DIR"), "/material.wgsl"));
const BRDF: &str = include_str!(concat!(env!("OUT_DIR"), "/brdf.wgsl"));
const PUNCTUAL: &str = include_str!(concat!(env!("OUT_DIR"), "/punctual.wgsl"));
const SURFACE_PASS: &str = include_str!(concat!(env!("OUT_DIR"), "/surface.wgsl"));
const DEPTH: &str = include_str!(concat!(env!("OUT_DIR"), "/depth.wgsl"));
const CUT: &str = include_str!(concat!(env!("OUT_DIR"), "/cut.wgsl"));
const SCREEN: &str = include_str!(concat!(env!("OUT_DIR"), "/screen.wgsl"));

/// Materials, lit and unlit.
pub const SURFACE: Module = Module {
    name: "surface",
    parts: &[FRAME, DRAW, VERTEX, MATERIAL, LIGHT_WGSL, BRDF, PUNCTUAL, TONE_MAP_WGSL, SURFACE_PASS],
};
/// What casts a shadow, and the shadow's blur.
pub const CASTERS: Module =
    Module { name: "casters", parts: &[FRAME, DRAW, VERTEX, MATERIAL, DEPTH, SHADOW_WGSL, CUT] };
/// The last pass.
pub const COMPOSITE: Module =
    Module { name: "composite", parts: &[SCREEN, include_str!(concat!(env!("OUT_DIR"), "/composite.wgsl"))] };
/// One mip level from the one before.
pub const MIPMAP: Module =
    Module { name: "mipmap", parts: &[SCREEN, include_str!(concat!(env!("OUT_DIR"), "/mipmap.wgsl"))] };

/// Every module.
pub const ALL: &[Module] = &[SURFACE, CASTERS, COMPOSITE, MIPMAP];

impl Module {
    /// The joined WGSL.
    pub fn source(&self) -> String {
        self.parts.concat()
    }

    pub(super) fn compile(&self, device: &wgpu::Device) -> wgpu::ShaderModule {
        device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(self.name),
            source: wgpu::ShaderSource::Wgsl(self.source().into()),
        })
    }
}
