// Image-based light: group 1 of the material pipelines. Directions are unit vectors in world space.

struct LightUniform {
    // Cosine and sine of the environment's turn around +Y.
    turn: vec2f,
    intensity: f32,
    // The level of `light_map` that holds roughness 1.
    last_level: f32,
}

@group(1) @binding(0) var<uniform> light: LightUniform;
@group(1) @binding(1) var light_map: texture_cube<f32>;
@group(1) @binding(2) var light_sampler: sampler;

// World to environment space: turns back by the environment's rotation.
fn light_direction(world: vec3f) -> vec3f {
    return vec3f(
        light.turn.x * world.x - light.turn.y * world.z,
        world.y,
        light.turn.y * world.x + light.turn.x * world.z,
    );
}

fn light_at(direction_in_world: vec3f, level: f32) -> vec3f {
    return light.intensity * textureSampleLevel(light_map, light_sampler, light_direction(direction_in_world), level).rgb;
}

// Irradiance over π: what a white Lambertian surface shows. GGX seen head on with α = 1 is the same lobe, so both share
// the last level.
fn light_diffuse(normal_in_world: vec3f) -> vec3f {
    return light_at(normal_in_world, light.last_level);
}

// Where most of what a rough surface shows to `v` is from: off the mirrored ray, towards the normal (Lagarde and de Rousiers
// 2014, "Moving Frostbite to Physically Based Rendering", §4.9.3). Over an outdoor panorama, for 200 views at a roughness
// of 0.7, the root mean square of the error of one lookup is 0.81 of the mean along the mirrored ray, which Khronos' viewer
// takes, 0.68 here, and 0.43 at three times as much, where pictures are farther from Khronos' again.
fn dominant_direction(v: vec3f, n: vec3f, perceptual_roughness: f32) -> vec3f {
    return normalize(mix(reflect(-v, n), n, 0.25 * perceptual_roughness * perceptual_roughness));
}

// Radiance around this direction, blurred as GGX does when seen head on. Inverse of `level_roughness`.
fn light_specular(direction_in_world: vec3f, perceptual_roughness: f32) -> vec3f {
    return light_at(direction_in_world, light.last_level * perceptual_roughness * (1.6 - 0.6 * perceptual_roughness));
}

// Scale (x) and bias (y) of F0 in the split sum of Karis 2013, "Real Shading in Unreal Engine 4", for GGX with
// height-correlated Smith shadowing (Heitz 2014). Rational functions fitted by least squares to 4,096 samples at each of
// 40 × 33 points: the bias and the sum of both are right to 0.005 in the root mean square, 0.024 at worst.
fn environment_brdf(n_dot_v: f32, perceptual_roughness: f32) -> vec2f {
    let x = sqrt(max(n_dot_v, 0.02));
    let r = perceptual_roughness;
    let a = r * r;
    let bias = (0.96812 + r * (-0.35055 - 0.019254 * r) + x * (-1.9727 + 0.43184 * r + 0.97955 * x))
        / (1.0 + r * (1.215 + 8.8392 * r) + x * (-2.3516 - 7.8792 * r + 5.0385 * x));
    let sum = (1.0749 + a * (117.97 + a * (319.87 - 73.333 * a))
        + x * (-19.672 - a * (199.71 + 231.62 * a) + x * (98.64 + 77.796 * a - 3.7069 * x)))
        / (1.0 + a * (124.59 + 234.42 * a) + x * (-18.807 - 143.08 * a + 94.574 * x));
    let b = saturate(bias);
    return vec2f(min(sum, 1.0) - b, b);
}
