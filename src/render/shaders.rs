//! The table of shader modules: which parts are joined, in which order.

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
pub(super) const TONE_MAP: &str = wgsl!("tone_map");
const DEPTH: &str = wgsl!("depth");
pub(super) const SHADOW: &str = wgsl!("shadow");
const SCREEN: &str = wgsl!("screen");
pub(super) const CUBE: &str = wgsl!("cube");

/// Materials, lit and unlit.
pub const SURFACE: Module = Module {
    name: "surface",
    parts: &[
        FRAME,
        DRAW,
        VERTEX,
        MATERIAL,
        COVERAGE,
        LIGHT,
        BRDF,
        wgsl!("antialias"),
        wgsl!("occlusion"),
        PUNCTUAL,
        TONE_MAP,
        wgsl!("surface"),
    ],
};
/// What casts a shadow.
pub const CASTERS: Module =
    Module { name: "casters", parts: &[FRAME, DRAW, VERTEX, MATERIAL, COVERAGE, DEPTH, SHADOW, wgsl!("cut")] };
/// The shadow's blur.
pub const BLUR: Module = Module { name: "blur", parts: &[SHADOW] };
/// The shadow on the floor.
pub const SHADOW_FLOOR: Module = Module { name: "shadow floor", parts: &[wgsl!("shadow_floor")] };
/// An environment behind everything.
pub const SKYBOX: Module = Module { name: "skybox", parts: &[LIGHT, TONE_MAP, wgsl!("skybox")] };
/// The default environment.
pub const STUDIO: Module = Module { name: "studio", parts: &[CUBE, wgsl!("studio")] };
/// From panoramas to light.
pub const PREFILTER: Module = Module { name: "prefilter", parts: &[CUBE, wgsl!("prefilter")] };
/// The last pass.
pub const COMPOSITE: Module = Module { name: "composite", parts: &[SCREEN, wgsl!("composite")] };
/// One mip level from the one before.
pub const MIPMAP: Module = Module { name: "mipmap", parts: &[SCREEN, wgsl!("mipmap")] };

/// Every module.
pub const ALL: &[Module] = &[SURFACE, CASTERS, BLUR, SHADOW_FLOOR, SKYBOX, STUDIO, PREFILTER, COMPOSITE, MIPMAP];

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
