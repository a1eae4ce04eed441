//! The extensions that are read: the one place where their names are spelled.

use super::cursor::Cursor;
use super::reader::Reader;
use crate::issue::{Code, Issue};

/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_animation_pointer>; its channels are dropped.
pub(super) const ANIMATION_POINTER: &str = "KHR_animation_pointer";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_lights_punctual>
pub(super) const LIGHTS_PUNCTUAL: &str = "KHR_lights_punctual";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_anisotropy>
pub(super) const MATERIALS_ANISOTROPY: &str = "KHR_materials_anisotropy";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_clearcoat>
pub(super) const MATERIALS_CLEARCOAT: &str = "KHR_materials_clearcoat";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_diffuse_transmission>
pub(super) const MATERIALS_DIFFUSE_TRANSMISSION: &str = "KHR_materials_diffuse_transmission";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_dispersion>
pub(super) const MATERIALS_DISPERSION: &str = "KHR_materials_dispersion";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_emissive_strength>
pub(super) const MATERIALS_EMISSIVE_STRENGTH: &str = "KHR_materials_emissive_strength";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_ior>
pub(super) const MATERIALS_IOR: &str = "KHR_materials_ior";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_iridescence>
pub(super) const MATERIALS_IRIDESCENCE: &str = "KHR_materials_iridescence";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Archived/KHR_materials_pbrSpecularGlossiness>; shown as
/// its nearest equal.
pub(super) const MATERIALS_PBR_SPECULAR_GLOSSINESS: &str = "KHR_materials_pbrSpecularGlossiness";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_sheen>
pub(super) const MATERIALS_SHEEN: &str = "KHR_materials_sheen";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_specular>
pub(super) const MATERIALS_SPECULAR: &str = "KHR_materials_specular";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_transmission>
pub(super) const MATERIALS_TRANSMISSION: &str = "KHR_materials_transmission";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_unlit>
pub(super) const MATERIALS_UNLIT: &str = "KHR_materials_unlit";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_variants>
pub(super) const MATERIALS_VARIANTS: &str = "KHR_materials_variants";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_volume>
pub(super) const MATERIALS_VOLUME: &str = "KHR_materials_volume";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_mesh_quantization>
pub(super) const MESH_QUANTIZATION: &str = "KHR_mesh_quantization";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_node_visibility>
pub(super) const NODE_VISIBILITY: &str = "KHR_node_visibility";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_mesh_gpu_instancing>; carried out before a file
/// is read, in `decode`. A file that does without requiring it shows one piece of many.
const MESH_GPU_INSTANCING: &str = "EXT_mesh_gpu_instancing";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_xmp_json_ld>: nothing of it is shown; a file that
/// is written has it again.
#[cfg(feature = "product")]
const XMP_JSON_LD: &str = "KHR_xmp_json_ld";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_texture_transform>
pub(super) const TEXTURE_TRANSFORM: &str = "KHR_texture_transform";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_texture_avif>
pub(super) const TEXTURE_AVIF: &str = "EXT_texture_avif";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_texture_webp>
pub(super) const TEXTURE_WEBP: &str = "EXT_texture_webp";

/// Every extension that is honoured. One that joins here gets its constant above and its reader in the
/// module of its noun.
pub(super) const READ: [&str; 20] = [
    LIGHTS_PUNCTUAL,
    MATERIALS_ANISOTROPY,
    MATERIALS_CLEARCOAT,
    MATERIALS_DIFFUSE_TRANSMISSION,
    MATERIALS_DISPERSION,
    MATERIALS_EMISSIVE_STRENGTH,
    MATERIALS_IOR,
    MATERIALS_IRIDESCENCE,
    MATERIALS_PBR_SPECULAR_GLOSSINESS,
    MATERIALS_SHEEN,
    MATERIALS_SPECULAR,
    MATERIALS_TRANSMISSION,
    MATERIALS_UNLIT,
    MATERIALS_VARIANTS,
    MATERIALS_VOLUME,
    MESH_QUANTIZATION,
    NODE_VISIBILITY,
    TEXTURE_AVIF,
    TEXTURE_TRANSFORM,
    TEXTURE_WEBP,
];

/// Whether an extension is read that a file requires.
#[cfg(feature = "decode")]
pub(crate) fn is_read(name: &str) -> bool {
    READ.contains(&name)
}

/// What a file is refused with that can be shown when it is unpacked, or not at all. Who says that is the module that unpacks;
/// a page's module that only shows saves the words.
#[cfg(any(not(target_arch = "wasm32"), feature = "product", feature = "decode"))]
pub(super) const PACKED: Code = Code::RequiredExtension;
/// The same; nothing else is refused with it.
#[cfg(not(any(not(target_arch = "wasm32"), feature = "product", feature = "decode")))]
pub(super) const PACKED: Code = Code::UnknownExtension;

#[cfg(any(not(target_arch = "wasm32"), feature = "product", feature = "decode"))]
fn packed(name: &str, path: impl FnOnce() -> String) -> Issue {
    Issue::new(PACKED, path(), name)
}

#[cfg(not(any(not(target_arch = "wasm32"), feature = "product", feature = "decode")))]
fn packed(_: &str, _: impl FnOnce() -> String) -> Issue {
    Issue::new(PACKED, "", "")
}

/// Refuses a file that needs more than is read, and reports what is used and not shown.
pub(super) fn check(reader: &mut Reader<'_>) -> Result<(), Issue> {
    for (index, item) in reader.list("extensionsRequired").iter().enumerate() {
        match item.as_str() {
            Some(name) if READ.contains(&name) => {}
            Some(name) => {
                return Err(packed(name, || format!("/extensionsRequired/{index}")));
            }
            None => reader.report(Code::Value, Cursor(item), "not a text"),
        }
    }
    for item in reader.list("extensionsUsed") {
        match item.as_str() {
            Some(name) if READ.contains(&name) => {}
            #[cfg(feature = "product")]
            Some(super::manifold::NAME | XMP_JSON_LD) => {}
            Some(name @ MESH_GPU_INSTANCING) => return Err(packed(name, || String::from("/extensionsUsed"))),
            Some(name) => reader.report(Code::UnknownExtension, Cursor(item), name),
            None => reader.report(Code::Value, Cursor(item), "not a text"),
        }
    }
    Ok(())
}
