//! A material of glTF as a UsdPreviewSurface (<https://openusd.org/release/spec_usdpreviewsurface.html>).
//!
//! Factors go into `inputs:scale` of a texture, which Quick Look multiplies. `inputs:bias` it is not known to read, but for
//! normals: what needs one is drawn into the picture.

use glam::{Vec3, Vec4};

use super::picture::{Change, Picture, may_have_alpha};
use crate::export::Part;
use crate::issue::{Code, Issues};
use crate::scene::{AlphaMode, Filter, Material, Scene, SceneId, TextureInfo, TextureRole, UvTransform, Wrap};

/// Colours of vertices that are closer together than this are one colour.
const ONE_COLOR: f32 = 1.0 / 512.0;

/// Texture coordinates as a texture reads them.
pub(super) type Stream = (usize, UvTransform);

/// A texture as a surface reads it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sampled {
    pub(super) picture: usize,
    pub(super) stream: usize,
    pub(super) wrap: [Wrap; 2],
    pub(super) scale: Vec4,
    pub(super) bias: Vec4,
    pub(super) is_color: bool,
}

/// What an input of the surface is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Input {
    Number(f32),
    Color(Vec3),
    Token(&'static str),
    /// An output of a texture: `rgb`, `r`, `g`, `b` or `a`.
    Texture(usize, &'static str),
    /// The vertices' own colours.
    VertexColor,
}

/// A surface: its inputs by USD's names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Surface {
    pub(super) name: String,
    pub(super) streams: Vec<Stream>,
    pub(super) textures: Vec<Sampled>,
    pub(super) inputs: Vec<(&'static str, Input)>,
    /// Multiplies the vertices' colours where they are shown.
    pub(super) vertex_factor: Vec3,
}

/// What surfaces of one scene are made from.
pub(super) struct Sources<'a> {
    pub(super) id: SceneId,
    pub(super) scene: &'a Scene,
    /// Whether something of the customer's is on a picture.
    pub(super) is_printed: &'a dyn Fn(SceneId, usize) -> bool,
    pub(super) most_px: u32,
    pub(super) pictures: &'a mut Vec<Picture>,
    pub(super) issues: &'a mut Issues,
}

impl Sources<'_> {
    /// The surface of a part.
    pub(super) fn surface(&mut self, part: &Part) -> Surface {
        let material = &part.material;
        let mut surface = Surface { name: material.name.clone(), vertex_factor: Vec3::ONE, ..Surface::default() };
        let mut lost = lost(material);
        let (mean, varies) = vertex_color(part);
        let factor = material.base_color_factor * mean;
        let opacity = opacity(material);
        let base = material.base_color_texture.and_then(|info| {
            let looks = material.alpha_mode != AlphaMode::Opaque;
            let scale = factor.truncate().extend(factor.w * opacity);
            self.sampled(&mut surface, &info, TextureRole::BaseColor, (Change::NONE, looks), scale)
        });
        let color = match base {
            Some(texture) => Input::Texture(texture, "rgb"),
            None if varies => {
                surface.vertex_factor = material.base_color_factor.truncate();
                Input::VertexColor
            }
            None => Input::Color(factor.truncate()),
        };
        if varies && (base.is_some() || material.alpha_mode != AlphaMode::Opaque) {
            lost.push("colours of single vertices");
        }
        self.alpha(&mut surface, part, base, factor.w * opacity);
        surface.inputs.push(("useSpecularWorkflow", Input::Token("0")));
        if material.unlit {
            // Shines as brightly as it is painted, and reflects nothing.
            surface.inputs.push(("diffuseColor", Input::Color(Vec3::ZERO)));
            surface.inputs.push(("emissiveColor", color));
            surface.inputs.push(("ior", Input::Number(1.0)));
            surface.inputs.push(("roughness", Input::Number(1.0)));
        } else {
            surface.inputs.push(("diffuseColor", color));
            self.lit(&mut surface, material);
            self.coat(&mut surface, material);
        }
        let nearest = material.textures().filter_map(|(_, info)| self.scene.textures.get(info.texture));
        if nearest.into_iter().any(|texture| texture.sampler.magnify == Filter::Nearest) {
            lost.push("hard edges of texels");
        }
        if !lost.is_empty() {
            let mut detail = String::new();
            for word in [material.name.as_str()].into_iter().filter(|name| !name.is_empty()).chain(lost) {
                detail.push_str(if detail.is_empty() { "" } else { ", " });
                detail.push_str(word);
            }
            self.issues.report(Code::UsdzMaterial, place(part.material_index), detail);
        }
        surface
    }

    fn alpha(&mut self, surface: &mut Surface, part: &Part, base: Option<usize>, constant: f32) {
        let material = &part.material;
        let reads = base.filter(|_| {
            let texture = material.base_color_texture.and_then(|info| self.scene.textures.get(info.texture));
            may_have_alpha(texture.and_then(|texture| self.scene.images.get(texture.image?)))
        });
        match material.alpha_mode {
            AlphaMode::Opaque if constant >= 1.0 => return,
            // Glass: what it mirrors stays.
            AlphaMode::Opaque => surface.inputs.push(("opacity", Input::Number(constant))),
            AlphaMode::Mask { cutoff } => {
                let alpha = reads.map_or(Input::Number(constant), |texture| Input::Texture(texture, "a"));
                surface.inputs.push(("opacity", alpha));
                // Of 0 USD says that nothing is cut out.
                surface.inputs.push(("opacityThreshold", Input::Number(cutoff.max(1e-5))));
            }
            AlphaMode::Blend => {
                let alpha = reads.map_or(Input::Number(constant), |texture| Input::Texture(texture, "a"));
                surface.inputs.push(("opacity", alpha));
            }
        }
        if material.alpha_mode == AlphaMode::Blend && material.transmission.factor == 0.0 {
            // Alpha is how much of the surface is there: its reflections go with it.
            surface.inputs.push(("opacityMode", Input::Token("\"presence\"")));
        }
    }

    fn lit(&mut self, surface: &mut Surface, material: &Material) {
        let (metallic, roughness) = (material.metallic_factor, material.roughness_factor);
        let texture = material.metallic_roughness_texture.and_then(|info| {
            let scale = Vec4::new(1.0, roughness, metallic, 1.0);
            self.sampled(surface, &info, TextureRole::MetallicRoughness, (Change::NONE, false), scale)
        });
        let channel =
            |value: f32, output| texture.map_or(Input::Number(value), |texture| Input::Texture(texture, output));
        surface.inputs.push(("metallic", channel(metallic, "b")));
        surface.inputs.push(("roughness", channel(roughness, "g")));
        surface.inputs.push(("ior", Input::Number(ior(material))));
        if let Some(info) = material.normal_texture {
            let by = material.normal_scale;
            let change = Change::towards([0.5, 0.5, 1.0], [by, by, 1.0]);
            let texture =
                self.sampled(surface, &info, TextureRole::Normal, (change, false), Vec4::new(2.0, 2.0, 2.0, 1.0));
            if let Some(texture) = texture {
                if let Some(sampled) = surface.textures.get_mut(texture) {
                    sampled.bias = Vec4::new(-1.0, -1.0, -1.0, 0.0);
                }
                surface.inputs.push(("normal", Input::Texture(texture, "rgb")));
            }
        }
        if let Some(info) = material.occlusion_texture {
            let change = Change::towards([1.0; 3], [material.occlusion_strength; 3]);
            if let Some(texture) = self.sampled(surface, &info, TextureRole::Occlusion, (change, false), Vec4::ONE) {
                surface.inputs.push(("occlusion", Input::Texture(texture, "r")));
            }
        }
        let emission = material.emissive_factor * material.emissive_strength;
        if emission != Vec3::ZERO {
            let texture = material.emissive_texture.and_then(|info| {
                self.sampled(surface, &info, TextureRole::Emissive, (Change::NONE, false), emission.extend(1.0))
            });
            let glow = texture.map_or(Input::Color(emission), |texture| Input::Texture(texture, "rgb"));
            surface.inputs.push(("emissiveColor", glow));
        }
    }

    fn coat(&mut self, surface: &mut Surface, material: &Material) {
        let coat = &material.clearcoat;
        if coat.factor <= 0.0 {
            return;
        }
        let roles = [
            ("clearcoat", coat.texture, TextureRole::Clearcoat, coat.factor, "r"),
            ("clearcoatRoughness", coat.roughness_texture, TextureRole::ClearcoatRoughness, coat.roughness_factor, "g"),
        ];
        for (name, info, role, factor, output) in roles {
            let texture = info.and_then(|info| {
                self.sampled(surface, &info, role, (Change::NONE, false), Vec3::splat(factor).extend(1.0))
            });
            surface.inputs.push((name, texture.map_or(Input::Number(factor), |at| Input::Texture(at, output))));
        }
    }

    /// A texture with its picture and coordinates; none where the file has no picture for it.
    fn sampled(
        &mut self,
        surface: &mut Surface,
        info: &TextureInfo,
        role: TextureRole,
        (change, has_alpha): (Change, bool),
        scale: Vec4,
    ) -> Option<usize> {
        let texture = self.scene.textures.get(info.texture)?;
        let (image, found) = texture.image.and_then(|image| Some((image, self.scene.images.get(image)?)))?;
        let is_color = role.is_color();
        let mut picture = Picture {
            scene: self.id,
            image,
            change,
            has_alpha,
            is_color,
            most_px: self.most_px,
            is_printed: (self.is_printed)(self.id, image),
            bytes: None,
        };
        picture.take_own(found);
        let same = |known: &Picture| {
            known.scene == picture.scene
                && known.image == image
                && known.change == change
                && (known.bytes.is_some() || (known.has_alpha, known.is_color) == (has_alpha, is_color))
        };
        let known = self.pictures.iter().position(same);
        let picture = known.unwrap_or_else(|| {
            self.pictures.push(picture);
            self.pictures.len() - 1
        });
        let wanted = (info.uv_set, info.transform);
        let stream = surface.streams.iter().position(|known| *known == wanted).unwrap_or_else(|| {
            surface.streams.push(wanted);
            surface.streams.len() - 1
        });
        let wrap = [texture.sampler.wrap_u, texture.sampler.wrap_v];
        surface.textures.push(Sampled { picture, stream, wrap, scale, bias: Vec4::ZERO, is_color });
        Some(surface.textures.len() - 1)
    }
}

/// Where the material is in its file.
fn place(material: Option<usize>) -> String {
    let mut place = String::new();
    if let Some(index) = material {
        place.push_str("/materials/");
        place.push_str(&index.to_string());
    }
    place
}

/// The colour that all vertices have, or their mean, and whether they differ.
fn vertex_color(part: &Part) -> (Vec4, bool) {
    let Some(first) = part.colors.first() else { return (Vec4::ONE, false) };
    let varies = part.colors.iter().any(|color| (*color - *first).abs().max_element() > ONE_COLOR);
    let mean = part.colors.iter().sum::<Vec4>() / part.colors.len() as f32;
    (if varies { mean } else { *first }, varies)
}

/// How much of what lies behind is hidden, but for alpha: what transmits lets through what its colour and depth leave.
fn opacity(material: &Material) -> f32 {
    let through = material.transmission.factor * (1.0 - material.metallic_factor);
    if through <= 0.0 {
        return 1.0;
    }
    let volume = &material.volume;
    let depth = volume.thickness_factor / volume.attenuation_distance;
    let left = if depth > 0.0 { volume.attenuation_color.powf(depth) } else { Vec3::ONE };
    let tint = (material.base_color_factor.truncate() * left).element_sum() / 3.0;
    // A trace stays for those who fade what is mirrored, too.
    (1.0 - through * tint).clamp(0.05, 1.0)
}

/// The index of refraction with the same reflection at normal incidence as that of the material with its
/// KHR_materials_specular; 0 there means a mirror, which no index gives.
fn ior(material: &Material) -> f32 {
    let own = if material.ior < 1.0 { 1.5 } else { material.ior };
    let specular = &material.specular;
    let strength = specular.factor * specular.color_factor.element_sum() / 3.0;
    if strength == 1.0 {
        return own;
    }
    let root = ((own - 1.0) / (own + 1.0) * strength.max(0.0).sqrt()).min(0.9);
    (1.0 + root) / (1.0 - root)
}

/// What UsdPreviewSurface has no word for.
fn lost(material: &Material) -> Vec<&'static str> {
    let specular = &material.specular;
    let [red, green, blue] = specular.color_factor.to_array();
    let is_colored = red != green || green != blue || specular.color_texture.is_some();
    let has_coat = material.clearcoat.factor > 0.0;
    let (film, coat) = (&material.iridescence, &material.clearcoat);
    [
        (material.transmission.factor > 0.0, "transmission, shown as opacity"),
        (material.transmission.texture.is_some(), "the texture of transmission"),
        (material.volume.thickness_factor > 0.0, "volume"),
        (material.dispersion > 0.0, "dispersion"),
        (material.diffuse_transmission.factor > 0.0, "diffuse transmission"),
        (material.sheen.color_factor != Vec3::ZERO, "sheen"),
        (material.anisotropy.strength > 0.0, "anisotropy"),
        (film.factor > 0.0, "iridescence"),
        (has_coat && coat.normal_texture.is_some(), "the clearcoat's normals"),
        (is_colored || specular.texture.is_some(), "the colour or texture of specular"),
        (material.ior < 1.0, "an index of refraction of 0"),
    ]
    .into_iter()
    .filter_map(|(is_there, word)| is_there.then_some(word))
    .collect()
}
