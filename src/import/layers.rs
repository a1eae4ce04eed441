//! What KHR_materials_* extensions add to a material. The ranges are those of their schemas.

use glam::{Vec3, Vec4};

use super::cursor::Cursor;
use super::extension::{
    MATERIALS_ANISOTROPY, MATERIALS_CLEARCOAT, MATERIALS_DIFFUSE_TRANSMISSION, MATERIALS_DISPERSION, MATERIALS_IOR,
    MATERIALS_IRIDESCENCE, MATERIALS_PBR_SPECULAR_GLOSSINESS, MATERIALS_SHEEN, MATERIALS_SPECULAR,
    MATERIALS_TRANSMISSION, MATERIALS_VOLUME,
};
use super::material::texture_info;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{ExtensionTextures, Material, Slots, Specular, Texture, TextureInfo};

/// Reads all of them into a material whose core was read. A material of KHR_materials_unlit has none: they exclude it.
pub(super) fn read_layers<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    textures: &Slots<Texture>,
    material: &mut Material,
) {
    let Some(extensions) = at.get("extensions") else { return };
    let mut from = Members { reader, textures, at: extensions, found: Vec::new() };
    if !material.unlit {
        read_reflection(&mut from, extensions, material);
        read_transmission(&mut from, extensions, material);
    }
    // Without it, what is unlit has no colour.
    if !material.unlit || at.get("pbrMetallicRoughness").is_none() {
        read_specular_glossiness(&mut from, extensions, material);
    }
    report_textures(from, material);
}

/// The members of one extension.
struct Members<'r, 'a> {
    reader: &'r mut Reader<'a>,
    textures: &'r Slots<Texture>,
    at: Cursor<'a>,
    /// Each texture that was read, and where.
    found: Vec<(TextureInfo, Cursor<'a>)>,
}

impl<'a> Members<'_, 'a> {
    /// Goes into the extension `name`, if there is one.
    fn enters(&mut self, extensions: Cursor<'a>, name: &str) -> bool {
        let Some(at) = extensions.get(name) else { return false };
        self.at = at;
        true
    }

    fn number(&mut self, key: &str, low: f32, high: f32, number: &mut f32) {
        if let Some(read) = self.at.number(key, low, high, &mut self.reader.log) {
            *number = read;
        }
    }

    /// A number in `[0, 1]`.
    fn share(&mut self, key: &str, number: &mut f32) {
        self.number(key, 0.0, 1.0, number);
    }

    fn color(&mut self, key: &str, high: f32, color: &mut Vec3) {
        if let Some(read) = self.at.color(key, high, &mut self.reader.log) {
            *color = read;
        }
    }

    fn texture(&mut self, key: &str, texture: &mut Option<TextureInfo>) {
        *texture = texture_info(self.reader, self.at, key, self.textures);
        if let (Some(info), Some(at)) = (*texture, self.at.get(key)) {
            self.found.push((info, at));
        }
    }
}

fn read_reflection<'a>(from: &mut Members<'_, 'a>, extensions: Cursor<'a>, material: &mut Material) {
    if from.enters(extensions, MATERIALS_IOR) {
        // Between 0, which stands for infinity, and 1 there is nothing.
        if from.at.get("ior").and_then(Cursor::whole) == Some(0) {
            material.ior = 0.0;
        } else {
            from.number("ior", 1.0, f32::MAX, &mut material.ior);
        }
    }
    if from.enters(extensions, MATERIALS_SPECULAR) {
        let specular = &mut material.specular;
        from.share("specularFactor", &mut specular.factor);
        from.texture("specularTexture", &mut specular.texture);
        from.color("specularColorFactor", f32::MAX, &mut specular.color_factor);
        from.texture("specularColorTexture", &mut specular.color_texture);
    }
    if from.enters(extensions, MATERIALS_CLEARCOAT) {
        let coat = &mut material.clearcoat;
        from.share("clearcoatFactor", &mut coat.factor);
        from.texture("clearcoatTexture", &mut coat.texture);
        from.share("clearcoatRoughnessFactor", &mut coat.roughness_factor);
        from.texture("clearcoatRoughnessTexture", &mut coat.roughness_texture);
        from.texture("clearcoatNormalTexture", &mut coat.normal_texture);
        if let Some(normal) = from.at.get("clearcoatNormalTexture") {
            from.at = normal;
            from.number("scale", f32::MIN, f32::MAX, &mut coat.normal_scale);
        }
    }
    if from.enters(extensions, MATERIALS_SHEEN) {
        let sheen = &mut material.sheen;
        from.color("sheenColorFactor", 1.0, &mut sheen.color_factor);
        from.texture("sheenColorTexture", &mut sheen.color_texture);
        from.share("sheenRoughnessFactor", &mut sheen.roughness_factor);
        from.texture("sheenRoughnessTexture", &mut sheen.roughness_texture);
    }
    if from.enters(extensions, MATERIALS_ANISOTROPY) {
        let anisotropy = &mut material.anisotropy;
        from.share("anisotropyStrength", &mut anisotropy.strength);
        from.number("anisotropyRotation", f32::MIN, f32::MAX, &mut anisotropy.rotation);
        from.texture("anisotropyTexture", &mut anisotropy.texture);
    }
    if from.enters(extensions, MATERIALS_IRIDESCENCE) {
        let film = &mut material.iridescence;
        from.share("iridescenceFactor", &mut film.factor);
        from.texture("iridescenceTexture", &mut film.texture);
        from.number("iridescenceIor", 1.0, f32::MAX, &mut film.ior);
        from.number("iridescenceThicknessMinimum", 0.0, f32::MAX, &mut film.thickness_minimum_nm);
        from.number("iridescenceThicknessMaximum", 0.0, f32::MAX, &mut film.thickness_maximum_nm);
        from.texture("iridescenceThicknessTexture", &mut film.thickness_texture);
    }
}

fn read_transmission<'a>(from: &mut Members<'_, 'a>, extensions: Cursor<'a>, material: &mut Material) {
    if from.enters(extensions, MATERIALS_TRANSMISSION) {
        from.share("transmissionFactor", &mut material.transmission.factor);
        from.texture("transmissionTexture", &mut material.transmission.texture);
    }
    if from.enters(extensions, MATERIALS_DIFFUSE_TRANSMISSION) {
        let diffuse = &mut material.diffuse_transmission;
        from.share("diffuseTransmissionFactor", &mut diffuse.factor);
        from.texture("diffuseTransmissionTexture", &mut diffuse.texture);
        from.color("diffuseTransmissionColorFactor", 1.0, &mut diffuse.color_factor);
        from.texture("diffuseTransmissionColorTexture", &mut diffuse.color_texture);
    }
    if from.enters(extensions, MATERIALS_VOLUME) {
        let volume = &mut material.volume;
        from.number("thicknessFactor", 0.0, f32::MAX, &mut volume.thickness_factor);
        from.texture("thicknessTexture", &mut volume.thickness_texture);
        from.color("attenuationColor", 1.0, &mut volume.attenuation_color);
        from.number("attenuationDistance", f32::MIN_POSITIVE, f32::MAX, &mut volume.attenuation_distance);
        if volume.attenuation_distance == f32::MIN_POSITIVE {
            // Black at every depth is not what anybody means by 0.
            volume.attenuation_distance = f32::INFINITY;
        }
    }
    if from.enters(extensions, MATERIALS_DISPERSION) {
        from.number("dispersion", 0.0, f32::MAX, &mut material.dispersion);
    }
}

/// The archived model as KHR_materials_specular with an index of refraction of 0 (its chapter on conversions): exact but
/// for a glossiness in a texture's alpha, which glTF's roughness cannot be. Half its factor is then never further from
/// what is meant than half. Where the file has the roughness in a texture besides, that is nearer; else this model wins
/// over metallic-roughness, as its chapter on best practices wants.
fn read_specular_glossiness<'a>(from: &mut Members<'_, 'a>, extensions: Cursor<'a>, material: &mut Material) {
    if !from.enters(extensions, MATERIALS_PBR_SPECULAR_GLOSSINESS) {
        return;
    }
    let at = from.at;
    let named = at.get("specularGlossinessTexture").filter(|_| !material.unlit);
    if let (Some(named), Some(_)) = (named, material.metallic_roughness_texture) {
        from.reader.report(Code::UnknownExtension, named, MATERIALS_PBR_SPECULAR_GLOSSINESS);
        return;
    }
    let factor = at.numbers("diffuseFactor", &mut from.reader.log).map_or(Vec4::ONE, Vec4::from_array);
    material.base_color_factor = factor.clamp(Vec4::ZERO, Vec4::ONE);
    from.texture("diffuseTexture", &mut material.base_color_texture);
    material.specular = Specular::default();
    from.color("specularFactor", 1.0, &mut material.specular.color_factor);
    from.texture("specularGlossinessTexture", &mut material.specular.color_texture);
    let mut glossiness = 1.0;
    from.share("glossinessFactor", &mut glossiness);
    if let (Some(named), Some(_)) = (named, material.specular.color_texture) {
        glossiness *= 0.5;
        from.reader.report(Code::Material, named, "glossiness from a texture; half of its factor is shown");
    }
    (material.ior, material.metallic_factor, material.roughness_factor) = (0.0, 0.0, 1.0 - glossiness);
    material.metallic_roughness_texture = None;
}

/// Says that there are more textures than places, where the most important of those stands that are not shown.
fn report_textures(from: Members<'_, '_>, material: &Material) {
    let dropped = ExtensionTextures::of(material).dropped;
    let Some(info) = dropped.first().and_then(|role| material.texture(*role)) else { return };
    if let Some((_, at)) = from.found.iter().find(|(found, _)| found == info) {
        let detail = format!("{} textures more than the {} of extensions", dropped.len(), ExtensionTextures::MOST);
        from.reader.report(Code::Material, *at, detail);
    }
}
