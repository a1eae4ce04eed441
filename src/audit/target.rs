//! Where a product is shown, and what it may weigh there.

use crate::issue::{Code, Issues};
use crate::scene::{AlphaMode, ImageSource, Overlay, Pose, Scene, picture};

/// A place to show a product at (guidelines 1.0, "Publishing targets").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// `mobile`, `desktop`, `planner` or `banner`.
    pub name: &'static str,
    /// Bytes of all files that the first view needs.
    pub most_bytes: u64,
    /// Triangles that are drawn.
    pub most_triangles: u64,
    /// Draw calls that are aimed at.
    pub wanted_draw_calls: u64,
    /// Draw calls that are still allowed.
    pub most_draw_calls: u64,
    /// The longest side of a texture.
    pub most_texture_px: u32,
}

impl Target {
    /// All of them; the first is the usual one.
    pub const ALL: [Self; 4] = [
        Self {
            name: "mobile",
            most_bytes: 3_000_000,
            most_triangles: 150_000,
            wanted_draw_calls: 20,
            most_draw_calls: 500,
            most_texture_px: 2_048,
        },
        Self {
            name: "desktop",
            most_bytes: 3_000_000,
            most_triangles: 250_000,
            wanted_draw_calls: 100,
            most_draw_calls: 800,
            most_texture_px: 2_048,
        },
        Self {
            name: "planner",
            most_bytes: 1_000_000,
            most_triangles: 40_000,
            wanted_draw_calls: 5,
            most_draw_calls: 50,
            most_texture_px: 1_024,
        },
        Self {
            name: "banner",
            most_bytes: 500_000,
            most_triangles: 30_000,
            wanted_draw_calls: 5,
            most_draw_calls: 100,
            most_texture_px: 512,
        },
    ];

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name == name)
    }

    /// Says where figures of the first view pass what is allowed.
    pub fn judge(&self, figures: &Figures, issues: &mut Issues) {
        let Self { name, most_bytes, most_triangles, wanted_draw_calls, most_draw_calls, .. } = self;
        if figures.bytes > *most_bytes {
            let detail = format!("{:.1} MB; {name} {:.1} MB", figures.bytes as f64 / 1e6, *most_bytes as f64 / 1e6);
            issues.report(Code::AuditBytes, "/models", detail);
        }
        if figures.triangles > *most_triangles {
            let detail = format!("{} triangles; {name} {most_triangles}", figures.triangles);
            issues.report(Code::AuditTriangles, "/models", detail);
        }
        if figures.draw_calls > *most_draw_calls {
            let detail = format!("{} draw calls; {name} {most_draw_calls}", figures.draw_calls);
            issues.report(Code::AuditDrawCalls, "/models", detail);
        } else if figures.draw_calls > *wanted_draw_calls {
            let detail = format!("{} draw calls; {name} aims at {wanted_draw_calls}", figures.draw_calls);
            issues.report(Code::AuditManyDrawCalls, "/models", detail);
        }
    }

    /// Says which pictures of a model are larger than allowed.
    pub fn judge_pictures(&self, scene: &Scene, issues: &mut Issues) {
        for (index, _) in scene.images.iter() {
            let Some((width, height)) = size_of(scene, index) else { continue };
            if width.max(height) > self.most_texture_px {
                let detail = format!("{width} × {height}; {} {}", self.name, self.most_texture_px);
                issues.report(Code::AuditTexture, format!("/images/{index}"), detail);
            }
        }
    }
}

/// What a view costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Of the files.
    pub bytes: u64,
    /// That are drawn.
    pub triangles: u64,
    /// One for each part with a material of its own.
    pub draw_calls: u64,
    /// Textures of all models, choices that are not shown included.
    pub textures: u64,
    /// What these take on a graphics card, mip levels included: four bytes a pixel and a third.
    pub texture_bytes: u64,
}

impl Figures {
    /// Of a model as it is seen; `bytes` are those of its files.
    pub fn of(scene: &Scene, overlay: &Overlay, bytes: u64) -> Self {
        let mut figures = Self { bytes, ..Self::default() };
        let pose = Pose::rest(scene, overlay);
        for (index, node) in scene.nodes.iter() {
            let seen = pose.visible.get(index) == Some(&true);
            let Some(mesh) = node.mesh.filter(|_| seen).and_then(|mesh| scene.meshes.get(mesh)) else { continue };
            for (_, primitive) in mesh.primitives.iter() {
                let material = primitive.material_under(overlay.variant);
                let material = material.and_then(|material| overlay.material(scene, material));
                let clear = |mode, alpha: f32| matches!(mode, AlphaMode::Blend) && alpha <= 0.0;
                if !material.is_some_and(|material| clear(material.alpha_mode, material.base_color_factor.w)) {
                    figures.triangles += primitive.indices.len() as u64 / 3;
                    figures.draw_calls += 1;
                }
            }
        }
        for (index, _) in scene.images.iter() {
            let (width, height) = size_of(scene, index).unwrap_or_default();
            figures.textures += 1;
            figures.texture_bytes += u64::from(width) * u64::from(height) * 16 / 3;
        }
        figures
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes + other.bytes,
            triangles: self.triangles + other.triangles,
            draw_calls: self.draw_calls + other.draw_calls,
            textures: self.textures + other.textures,
            texture_bytes: self.texture_bytes + other.texture_bytes,
        }
    }
}

/// Width and height of a picture in the file; none for one beside it.
pub(super) fn size_of(scene: &Scene, image: usize) -> Option<(u32, u32)> {
    match &scene.images.get(image)?.source {
        ImageSource::Encoded { bytes, .. } => picture::size(bytes),
        ImageSource::External { .. } => None,
    }
}
