// KHR_materials_sheen: light from a cube that `sheen` of prefilter.wgsl fills, the lobe for lights that are points, and
// its albedo. Needs light.wgsl, and PI of brdf.wgsl. Sheen's α is its perceptual roughness squared.

@group(1) @binding(3) var light_sheen_map: texture_cube<f32>;

// The mean cosine of the first and the last level's lobe, and the number of the last.
const SHEEN_FIRST_LEVEL = 0.12;
const SHEEN_LAST_LEVEL = 0.571429;
const SHEEN_LEVELS = 2.0;

// Radiance around the mirrored ray, blurred as Charlie does when seen head on. At roughness r the lobe's cosine is
// 4 r² / (1 + 6 r²) in the mean.
fn light_sheen(reflection_in_world: vec3f, perceptual_roughness: f32) -> vec3f {
    let a = perceptual_roughness * perceptual_roughness;
    let mean = 4.0 * a / (1.0 + 6.0 * a);
    let level = SHEEN_LEVELS * (mean - SHEEN_FIRST_LEVEL) / (SHEEN_LAST_LEVEL - SHEEN_FIRST_LEVEL);
    let direction = light_direction(reflection_in_world);
    return light.intensity * textureSampleLevel(light_sheen_map, light_sampler, direction, max(level, 0.0)).rgb;
}
