// Group 2 of materials with extensions, after material.wgsl's bindings. Mirrors `layers.rs`.

struct Layers {
    // Linear RGB of the dielectric's F0, without its textures; w is KHR_materials_specular's factor.
    specular: vec4f,
    // Factor, perceptual roughness, normal scale; w is KHR_materials_dispersion's number.
    clearcoat: vec4f,
    // Linear RGB, perceptual roughness.
    sheen: vec4f,
    // Strength, cosine and sine of the rotation; w is the index of refraction, at least 1.
    anisotropy: vec4f,
    // Factor, index of refraction, nanometres where the texture has 0, and where it has 1.
    iridescence: vec4f,
    // Linear RGB, factor.
    diffuse_transmission: vec4f,
    // What one metre absorbs, RGB; w is the thickness in the mesh's space.
    absorption: vec4f,
    // x KHR_materials_transmission's factor.
    transmission: vec4f,
    // For each role the texture it reads, 6 for none.
    places: array<vec4u, 4>,
    // For each texture two, as in `Material`.
    uv: array<vec4f, 12>,
}

// As in `ExtensionTextures::ROLES`.
const ROLE_TRANSMISSION = 0u;
const ROLE_CLEARCOAT = 1u;
const ROLE_CLEARCOAT_ROUGHNESS = 2u;
const ROLE_CLEARCOAT_NORMAL = 3u;
const ROLE_SHEEN_COLOR = 4u;
const ROLE_SHEEN_ROUGHNESS = 5u;
const ROLE_SPECULAR_COLOR = 6u;
const ROLE_SPECULAR = 7u;
const ROLE_ANISOTROPY = 8u;
const ROLE_IRIDESCENCE = 9u;
const ROLE_IRIDESCENCE_THICKNESS = 10u;
const ROLE_DIFFUSE_TRANSMISSION_COLOR = 11u;
const ROLE_DIFFUSE_TRANSMISSION = 12u;
const ROLE_THICKNESS = 13u;
const NO_TEXTURE = 6u;

@group(2) @binding(11) var<uniform> layers: Layers;
@group(2) @binding(12) var layer_texture_0: texture_2d<f32>;
@group(2) @binding(13) var layer_sampler_0: sampler;
@group(2) @binding(14) var layer_texture_1: texture_2d<f32>;
@group(2) @binding(15) var layer_sampler_1: sampler;
@group(2) @binding(16) var layer_texture_2: texture_2d<f32>;
@group(2) @binding(17) var layer_sampler_2: sampler;
@group(2) @binding(18) var layer_texture_3: texture_2d<f32>;
@group(2) @binding(19) var layer_sampler_3: sampler;
@group(2) @binding(20) var layer_texture_4: texture_2d<f32>;
@group(2) @binding(21) var layer_sampler_4: sampler;
@group(2) @binding(22) var layer_texture_5: texture_2d<f32>;
@group(2) @binding(23) var layer_sampler_5: sampler;

fn layer_place(role: u32) -> u32 {
    return layers.places[role / 4u][role % 4u];
}

fn layer_uv(role: u32, uvs: vec4f) -> vec2f {
    let place = min(layer_place(role), NO_TEXTURE - 1u);
    return uv_at(layers.uv[2u * place], layers.uv[2u * place + 1u], uvs);
}

// White for a role without a texture. In uniform control flow.
fn layer_texel(role: u32, uvs: vec4f) -> vec4f {
    let uv = layer_uv(role, uvs);
    switch layer_place(role) {
        case 0u: { return textureSample(layer_texture_0, layer_sampler_0, uv); }
        case 1u: { return textureSample(layer_texture_1, layer_sampler_1, uv); }
        case 2u: { return textureSample(layer_texture_2, layer_sampler_2, uv); }
        case 3u: { return textureSample(layer_texture_3, layer_sampler_3, uv); }
        case 4u: { return textureSample(layer_texture_4, layer_sampler_4, uv); }
        case 5u: { return textureSample(layer_texture_5, layer_sampler_5, uv); }
        default: { return vec4f(1.0); }
    }
}
