//! What a material has beyond metallic-roughness: which parts of layered.wgsl its pipeline holds.

use crate::scene::{Material, Specular};

/// A set of extensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Features(u8);

impl Features {
    /// KHR_materials_specular and _ior, which every layered pipeline has.
    const DIELECTRIC: u8 = 1;
    const CLEARCOAT: u8 = 2;
    const SHEEN: u8 = 4;
    const IRIDESCENCE: u8 = 8;
    const ANISOTROPY: u8 = 16;
    const TRANSMISSION: u8 = 32;
    const DIFFUSE_TRANSMISSION: u8 = 64;

    /// What of a material can be seen.
    pub(super) fn of(material: &Material) -> Self {
        if material.unlit {
            return Self::default();
        }
        let flag = |bit, set| if set { bit } else { 0 };
        let dielectric = material.ior != 1.5 || material.specular != Specular::default();
        Self(
            flag(Self::DIELECTRIC, dielectric)
                | flag(Self::CLEARCOAT, material.clearcoat.factor > 0.0)
                | flag(Self::SHEEN, material.sheen.color_factor.max_element() > 0.0)
                | flag(Self::IRIDESCENCE, material.iridescence.factor > 0.0)
                | flag(Self::ANISOTROPY, material.anisotropy.strength > 0.0)
                | flag(Self::TRANSMISSION, material.transmission.factor > 0.0)
                | flag(Self::DIFFUSE_TRANSMISSION, material.diffuse_transmission.factor > 0.0),
        )
    }

    /// Whether there is any.
    pub(super) fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether what lies behind is needed.
    pub(super) fn transmits(self) -> bool {
        self.0 & Self::TRANSMISSION != 0
    }

    /// Whether the Charlie lobe of the environment is needed.
    pub(super) fn has_sheen(self) -> bool {
        self.0 & Self::SHEEN != 0
    }

    /// The overrides of layered.wgsl.
    pub(super) fn constants(self) -> [(&'static str, f64); 6] {
        let set = |bit| f64::from(u8::from(self.0 & bit != 0));
        [
            ("CLEARCOAT", set(Self::CLEARCOAT)),
            ("SHEEN", set(Self::SHEEN)),
            ("IRIDESCENCE", set(Self::IRIDESCENCE)),
            ("ANISOTROPY", set(Self::ANISOTROPY)),
            ("TRANSMISSION", set(Self::TRANSMISSION)),
            ("DIFFUSE_TRANSMISSION", set(Self::DIFFUSE_TRANSMISSION)),
        ]
    }
}
