// Group 2: one material (glTF 2.0 §3.9). Mirrors `layout.rs`.

struct Material {
    // Linear RGB and alpha.
    base_color: vec4f,
    // Linear RGB with the strength; w is the alpha cutoff.
    emissive: vec4f,
    // Metallic, perceptual roughness, normal scale, occlusion strength.
    factors: vec4f,
    // x flags; y how much light it takes away but for its alpha, a float's bits.
    flags: vec4u,
    // For each texture two: the columns of the UV matrix, then its offset and the UV stream (0 or 1).
    uv: array<vec4f, 10>,
}

const MATERIAL_BASE_COLOR = 1u;
const MATERIAL_METALLIC_ROUGHNESS = 2u;
const MATERIAL_NORMAL = 4u;
const MATERIAL_OCCLUSION = 8u;
const MATERIAL_EMISSIVE = 16u;
const MATERIAL_ALPHA = 32u;
const MATERIAL_UNLIT = 64u;

@group(2) @binding(0) var<uniform> material: Material;
@group(2) @binding(1) var base_color_texture: texture_2d<f32>;
@group(2) @binding(2) var base_color_sampler: sampler;
@group(2) @binding(3) var metallic_roughness_texture: texture_2d<f32>;
@group(2) @binding(4) var metallic_roughness_sampler: sampler;
@group(2) @binding(5) var normal_texture: texture_2d<f32>;
@group(2) @binding(6) var normal_sampler: sampler;
@group(2) @binding(7) var occlusion_texture: texture_2d<f32>;
@group(2) @binding(8) var occlusion_sampler: sampler;
@group(2) @binding(9) var emissive_texture: texture_2d<f32>;
@group(2) @binding(10) var emissive_sampler: sampler;

fn material_has(flag: u32) -> bool {
    return (material.flags.x & flag) != 0u;
}

fn uv_at(columns: vec4f, offset: vec4f, uvs: vec4f) -> vec2f {
    let uv = select(uvs.xy, uvs.zw, offset.z > 0.5);
    return columns.xy * uv.x + columns.zw * uv.y + offset.xy;
}

// The level at which a texel is as long as a pixel's longer side. In uniform control flow.
fn mip_level(uv: vec2f, size: vec2u) -> f32 {
    let along_x = dpdx(uv) * vec2f(size);
    let along_y = dpdy(uv) * vec2f(size);
    return 0.5 * log2(max(max(dot(along_x, along_x), dot(along_y, along_y)), 1e-6));
}

// Linear RGB and alpha, without the vertex colour.
fn base_color(uvs: vec4f) -> vec4f {
    var out = material.base_color;
    if material_has(MATERIAL_BASE_COLOR) {
        out *= textureSample(base_color_texture, base_color_sampler, uv_at(material.uv[0], material.uv[1], uvs));
    }
    return out;
}

// Metallic and perceptual roughness.
fn metallic_roughness(uvs: vec4f) -> vec2f {
    var out = material.factors.xy;
    if material_has(MATERIAL_METALLIC_ROUGHNESS) {
        let uv = uv_at(material.uv[2], material.uv[3], uvs);
        out *= textureSample(metallic_roughness_texture, metallic_roughness_sampler, uv).bg;
    }
    return saturate(out);
}

fn normal_uv(uvs: vec4f) -> vec2f {
    return uv_at(material.uv[4], material.uv[5], uvs);
}

// Tangent space, not normalised.
fn normal_in_tangent(uvs: vec4f) -> vec3f {
    let texel = textureSample(normal_texture, normal_sampler, normal_uv(uvs)).rgb * 2.0 - 1.0;
    return vec3f(texel.xy * material.factors.z, texel.z);
}

fn occlusion(uvs: vec4f) -> f32 {
    if material_has(MATERIAL_OCCLUSION) {
        let uv = uv_at(material.uv[6], material.uv[7], uvs);
        return 1.0 + material.factors.w * (textureSample(occlusion_texture, occlusion_sampler, uv).r - 1.0);
    }
    return 1.0;
}

fn emission(uvs: vec4f) -> vec3f {
    var out = material.emissive.rgb;
    if material_has(MATERIAL_EMISSIVE) {
        out *= textureSample(emissive_texture, emissive_sampler, uv_at(material.uv[8], material.uv[9], uvs)).rgb;
    }
    return out;
}
