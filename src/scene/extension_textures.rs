//! Which textures of extensions a material binds. WebGL2 promises 16 textures, which wgpu counts over both stages; the
//! extensions alone want 14. Two are the vertices' (bones and morph targets), three the light's and the background's, five
//! the core's, and six are for whichever extensions a material uses.

use glam::Vec3;

use super::{Material, TextureInfo, TextureRole};

/// One texture as it is bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExtensionTexture {
    /// What is sampled, and where.
    pub info: TextureInfo,
    /// Red, green and blue are sRGB-encoded; else all channels are linear numbers.
    pub is_color: bool,
}

/// What the extensions of a material sample. Follows from its factors as well as from its textures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtensionTextures {
    /// What is bound, at most [`ExtensionTextures::MOST`]; each is there once.
    pub bound: Vec<ExtensionTexture>,
    /// For each of [`ExtensionTextures::ROLES`], in order, its place in `bound`; none for a role that has no texture, or
    /// whose texture cannot be seen or found no place.
    pub place_of: [Option<u8>; Self::ROLES.len()],
    /// What found no place, in order of importance.
    pub dropped: Vec<TextureRole>,
}

impl ExtensionTextures {
    /// Textures that a material can bind besides the five of the core.
    pub const MOST: usize = 6;

    /// The roles that extensions add, in the order of [`TextureRole::ALL`].
    pub const ROLES: [TextureRole; 14] = {
        let [_, _, _, _, _, roles @ ..] = TextureRole::ALL;
        roles
    };

    /// Gives the roles places in the order of their importance. Two roles share one where they sample the same texture
    /// at the same coordinates; a role of [`TextureRole::is_alpha`] does so under either encoding.
    pub fn of(material: &Material) -> Self {
        let mut textures = Self::default();
        // While only alpha is read, the encoding is open.
        let mut encodings: Vec<Option<bool>> = Vec::new();
        for (role, place) in Self::ROLES.into_iter().zip(&mut textures.place_of) {
            let Some(info) = material.texture(role).filter(|_| is_seen(material, role)) else { continue };
            let wanted = (!role.is_alpha()).then(|| role.is_color());
            let fits = |(bound, encoding): (&ExtensionTexture, &Option<bool>)| {
                bound.info == *info && (wanted.is_none() || encoding.is_none() || wanted == *encoding)
            };
            let shared = textures.bound.iter().zip(&encodings).position(fits);
            let index = shared.unwrap_or(textures.bound.len());
            if index == Self::MOST {
                textures.dropped.push(role);
                continue;
            }
            if shared.is_none() {
                textures.bound.push(ExtensionTexture { info: *info, is_color: false });
                encodings.push(None);
            }
            if let (Some(bound), Some(encoding)) = (textures.bound.get_mut(index), encodings.get_mut(index)) {
                *encoding = wanted.or(*encoding);
                bound.is_color = *encoding == Some(true);
            }
            *place = Some(index as u8);
        }
        textures
    }

    /// The place of one role in [`ExtensionTextures::bound`].
    pub fn place(&self, role: TextureRole) -> Option<u8> {
        let index = Self::ROLES.iter().position(|other| *other == role)?;
        *self.place_of.get(index)?
    }
}

/// False where the texture is multiplied by zero, or its whole effect is.
fn is_seen(material: &Material, role: TextureRole) -> bool {
    let Material { transmission, clearcoat, sheen, specular, iridescence, diffuse_transmission, .. } = material;
    let through = transmission.factor > 0.0 || diffuse_transmission.factor > 0.0;
    !material.unlit
        && match role {
            TextureRole::Transmission => transmission.factor > 0.0,
            TextureRole::Clearcoat | TextureRole::ClearcoatNormal => clearcoat.factor > 0.0,
            TextureRole::ClearcoatRoughness => clearcoat.factor > 0.0 && clearcoat.roughness_factor > 0.0,
            TextureRole::SheenColor => sheen.color_factor != Vec3::ZERO,
            TextureRole::SheenRoughness => sheen.color_factor != Vec3::ZERO && sheen.roughness_factor > 0.0,
            TextureRole::SpecularColor => specular.factor > 0.0 && specular.color_factor != Vec3::ZERO,
            TextureRole::Specular => specular.factor > 0.0,
            TextureRole::Anisotropy => material.anisotropy.strength > 0.0,
            TextureRole::Iridescence => iridescence.factor > 0.0,
            TextureRole::IridescenceThickness => {
                iridescence.factor > 0.0 && iridescence.thickness_minimum_nm != iridescence.thickness_maximum_nm
            }
            TextureRole::DiffuseTransmission => diffuse_transmission.factor > 0.0,
            TextureRole::DiffuseTransmissionColor => {
                diffuse_transmission.factor > 0.0 && diffuse_transmission.color_factor != Vec3::ZERO
            }
            TextureRole::Thickness => through && material.volume.thickness_factor > 0.0,
            TextureRole::BaseColor
            | TextureRole::MetallicRoughness
            | TextureRole::Normal
            | TextureRole::Occlusion
            | TextureRole::Emissive => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Sheen, Specular, UvTransform};

    fn info(texture: usize) -> TextureInfo {
        TextureInfo { texture, uv_set: 0, transform: UvTransform::default() }
    }

    fn with_everything() -> Material {
        let mut material = Material::default();
        material.transmission.factor = 1.0;
        material.clearcoat.factor = 1.0;
        material.clearcoat.roughness_factor = 1.0;
        material.sheen.color_factor = Vec3::ONE;
        material.sheen.roughness_factor = 1.0;
        material.anisotropy.strength = 1.0;
        material.iridescence.factor = 1.0;
        material.diffuse_transmission.factor = 1.0;
        material.volume.thickness_factor = 1.0;
        let textures = [
            &mut material.transmission.texture,
            &mut material.clearcoat.texture,
            &mut material.clearcoat.roughness_texture,
            &mut material.clearcoat.normal_texture,
            &mut material.sheen.color_texture,
            &mut material.sheen.roughness_texture,
            &mut material.specular.color_texture,
            &mut material.specular.texture,
            &mut material.anisotropy.texture,
            &mut material.iridescence.texture,
            &mut material.iridescence.thickness_texture,
            &mut material.diffuse_transmission.color_texture,
            &mut material.diffuse_transmission.texture,
            &mut material.volume.thickness_texture,
        ];
        for (index, texture) in textures.into_iter().enumerate() {
            *texture = Some(info(index));
        }
        material
    }

    #[test]
    fn the_six_most_important_textures_find_a_place() {
        let textures = ExtensionTextures::of(&with_everything());
        let bound: Vec<_> = textures.bound.iter().map(|bound| (bound.info.texture, bound.is_color)).collect();
        let colors = [false, false, false, false, true, false];
        assert_eq!(bound, colors.into_iter().enumerate().collect::<Vec<_>>());
        assert_eq!(textures.dropped, ExtensionTextures::ROLES[6..]);
        assert_eq!(textures.place(TextureRole::SheenRoughness), Some(5));
        assert_eq!(textures.place(TextureRole::SpecularColor), None);
        assert_eq!(textures.place(TextureRole::BaseColor), None);
    }

    #[test]
    fn equal_textures_share_a_place_where_their_encodings_agree() {
        let mut material = with_everything();
        material.clearcoat.texture = Some(info(0));
        material.clearcoat.roughness_texture = Some(TextureInfo { uv_set: 1, ..info(0) });
        material.sheen.color_texture = Some(info(0));
        material.volume.thickness_texture = Some(info(0));
        let textures = ExtensionTextures::of(&material);
        assert_eq!(&textures.place_of[..5], [Some(0), Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(textures.place(TextureRole::Thickness), Some(0), "a shared place is free also at the end");
        assert_eq!((textures.bound[0].is_color, textures.bound[3].is_color), (false, true));
        assert_eq!(textures.dropped, ExtensionTextures::ROLES[7..13]);
    }

    #[test]
    fn a_role_that_reads_alpha_shares_with_both_encodings() {
        let alpha = Sheen {
            color_factor: Vec3::ONE,
            roughness_factor: 1.0,
            roughness_texture: Some(info(7)),
            ..Sheen::default()
        };
        for is_color in [false, true] {
            let mut material = Material { sheen: alpha, ..Material::default() };
            if is_color {
                material.specular =
                    Specular { color_texture: Some(info(7)), texture: Some(info(7)), ..Specular::default() };
            } else {
                material.anisotropy.strength = 1.0;
                material.anisotropy.texture = Some(info(7));
            }
            let textures = ExtensionTextures::of(&material);
            assert_eq!(textures.bound, [ExtensionTexture { info: info(7), is_color }], "alpha came first");
        }
        let material = Material { sheen: alpha, ..Material::default() };
        assert_eq!(ExtensionTextures::of(&material).bound, [ExtensionTexture { info: info(7), is_color: false }]);
    }

    #[test]
    fn what_cannot_be_seen_takes_no_place() {
        let seen = |change: fn(&mut Material)| {
            let mut material = with_everything();
            change(&mut material);
            ExtensionTextures::ROLES.into_iter().filter(|role| is_seen(&material, *role)).collect::<Vec<_>>()
        };
        let all_but = |hidden: &[TextureRole]| {
            ExtensionTextures::ROLES.into_iter().filter(|role| !hidden.contains(role)).collect::<Vec<_>>()
        };
        use TextureRole as Role;
        assert_eq!(seen(|_| {}), all_but(&[]));
        assert_eq!(seen(|m| m.unlit = true), []);
        assert_eq!(seen(|m| m.transmission.factor = 0.0), all_but(&[Role::Transmission]));
        let coat = [Role::Clearcoat, Role::ClearcoatRoughness, Role::ClearcoatNormal];
        assert_eq!(seen(|m| m.clearcoat.factor = 0.0), all_but(&coat));
        assert_eq!(seen(|m| m.clearcoat.roughness_factor = 0.0), all_but(&[Role::ClearcoatRoughness]));
        assert_eq!(seen(|m| m.sheen.color_factor = Vec3::ZERO), all_but(&[Role::SheenColor, Role::SheenRoughness]));
        assert_eq!(seen(|m| m.sheen.roughness_factor = 0.0), all_but(&[Role::SheenRoughness]));
        assert_eq!(seen(|m| m.specular.factor = 0.0), all_but(&[Role::SpecularColor, Role::Specular]));
        assert_eq!(seen(|m| m.specular.color_factor = Vec3::ZERO), all_but(&[Role::SpecularColor]));
        assert_eq!(seen(|m| m.anisotropy.strength = 0.0), all_but(&[Role::Anisotropy]));
        let film = [Role::Iridescence, Role::IridescenceThickness];
        assert_eq!(seen(|m| m.iridescence.factor = 0.0), all_but(&film));
        assert_eq!(seen(|m| m.iridescence.thickness_minimum_nm = 400.0), all_but(&film[1..]));
        let diffuse = [Role::DiffuseTransmissionColor, Role::DiffuseTransmission];
        assert_eq!(seen(|m| m.diffuse_transmission.factor = 0.0), all_but(&diffuse));
        assert_eq!(seen(|m| m.diffuse_transmission.color_factor = Vec3::ZERO), all_but(&diffuse[..1]));
        assert_eq!(seen(|m| m.volume.thickness_factor = 0.0), all_but(&[Role::Thickness]));
        let opaque = |m: &mut Material| (m.transmission.factor, m.diffuse_transmission.factor) = (0.0, 0.0);
        assert!(!seen(opaque).contains(&Role::Thickness));
    }
}
