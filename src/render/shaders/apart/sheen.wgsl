// KHR_materials_sheen: light from a cube that `sheen` of prefilter.wgsl fills, the lobe for lights that are points, and
// its albedo. Needs light.wgsl, and PI of brdf.wgsl. Sheen's α is its perceptual roughness squared.

@group(1) @binding(3) var light_sheen_map: texture_cube<f32>;

// The mean cosine of the first and the last level's lobe, and the number of the last.
const SHEEN_FIRST_LEVEL = 0.2;
const SHEEN_LAST_LEVEL = 0.571429;
const SHEEN_LEVELS = 2.0;

// What sheen gathers of the environment, over its albedo. Fibres shine around the normal, not around the mirrored ray, and
// the more to its sides the more the eye is there: a tenth of it is Charlie's lobe as seen head on, the rest a cosine's.
// Against the integral of `d_charlie` · `v_charlie` · n·l over an outdoor panorama, for 200 views at a roughness of 0.5, the
// root mean square of the error is 1.05 of the mean; 0.77 for one half each, 1.15 for the cosine alone, and 1.44 for the
// lobe around the mirrored ray, which is what Khronos' viewer shows: the more cosine, the nearer to that.
// At roughness r the lobe's cosine is 4 r² / (1 + 6 r²) in the mean.
fn light_sheen(normal_in_world: vec3f, perceptual_roughness: f32) -> vec3f {
    let a = perceptual_roughness * perceptual_roughness;
    let mean = 4.0 * a / (1.0 + 6.0 * a);
    let level = SHEEN_LEVELS * (mean - SHEEN_FIRST_LEVEL) / (SHEEN_LAST_LEVEL - SHEEN_FIRST_LEVEL);
    let direction = light_direction(normal_in_world);
    let fibres = textureSampleLevel(light_sheen_map, light_sampler, direction, max(level, 0.0)).rgb;
    return mix(light.intensity * fibres, light_diffuse(normal_in_world), 0.9);
}

// Estevez and Kulla 2017, "Production Friendly Microfacet Sheen BRDF": microfibres around the normal.
fn d_charlie(n_dot_h: f32, perceptual_roughness: f32) -> f32 {
    let power = 0.5 / sheen_alpha(perceptual_roughness);
    return (1.0 + power) / PI * pow(max(1.0 - n_dot_h * n_dot_h, 0.0), power);
}

// The same text's visibility term, by its fit of Smith's λ; held at 1 where both cosines are small. (KHR_materials_sheen
// also allows the one of Ashikhmin and Premože 2007, which does not keep to the energy that is there.)
fn v_charlie(n_dot_l: f32, n_dot_v: f32, perceptual_roughness: f32) -> f32 {
    let alpha = sheen_alpha(perceptual_roughness);
    let shadow = 1.0 + charlie_lambda(n_dot_l, alpha) + charlie_lambda(n_dot_v, alpha);
    return min(1.0 / max(4.0 * shadow * n_dot_l * n_dot_v, 1e-6), 1.0);
}

// Below a roughness of 0.07 the lobe is narrower than what numbers and texels hold.
fn sheen_alpha(perceptual_roughness: f32) -> f32 {
    let r = max(perceptual_roughness, 0.07);
    return r * r;
}

fn charlie_lambda(cosine: f32, alpha: f32) -> f32 {
    if cosine < 0.5 {
        return exp(charlie_fit(cosine, alpha));
    }
    return exp(2.0 * charlie_fit(0.5, alpha) - charlie_fit(1.0 - cosine, alpha));
}

fn charlie_fit(x: f32, alpha: f32) -> f32 {
    let t = (1.0 - alpha) * (1.0 - alpha);
    let a = mix(21.5473, 25.3245, t);
    let b = mix(3.82987, 3.32435, t);
    let c = mix(0.19823, 0.16801, t);
    let d = mix(-1.9776, -1.27393, t);
    let e = mix(-4.32054, -4.85967, t);
    return a / (1.0 + b * pow(max(x, 0.0), c)) + d * x + e;
}

// How much of an even white sky white sheen shows: the integral of `d_charlie` · `v_charlie` · n·l, at most 1. It scales
// `light_sheen` as the split sum's does the specular light, and what is below sheen by 1 − the largest channel of its
// colour times this: KHR_materials_sheen, "Albedo-scaling technique" (Estevez and Kulla 2017, §4). Fitted by least
// squares to the integral at 28 × 27 points: right to 0.005 in the root mean square, 0.017 at worst, for n·v from 0.02
// and roughness from 0.07 on.
fn sheen_albedo(n_dot_v: f32, perceptual_roughness: f32) -> f32 {
    let x = max(n_dot_v, 0.02);
    let r = max(perceptual_roughness, 0.07);
    let first = (0.366237 - 2.06365 * r + 0.00651633 * r * r) / (1.0 - 2.76171 * r + 9.4355 * r * r);
    let second = (-0.0105914 + 48.6727 * r - 45.2905 * r * r) / (1.0 - 26.1594 * r + 362.121 * r * r);
    let third = (-1.59043 + 1.60237 * r - 0.257702 * r * r) / (r - 0.849502 * r * r);
    return min(exp(first + second * sqrt(x) + third * x), 1.0);
}
