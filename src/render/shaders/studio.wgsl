// Our neutral studio: lamps that are rectangles, a sweep and a floor, all at infinity.
//
// Nothing is sampled. The lobe of GGX seen head on is close to a cosine lobe stretched by 1/m around its axis (within
// 5 % of its energy for m = 2α/(1+α), exact at α = 1), and a stretched cosine lobe over a polygon is a closed form:
// Heitz et al. 2016, "Real-Time Polygonal-Light Shading with Linearly Transformed Cosines". m = 1 is the irradiance.

const STUDIO_LAST_LEVEL = 3.0;

// One edge of Lambert's formula, the arc's length over its sine by a rational fit (Hill and Heitz 2016).
fn edge(a: vec3f, b: vec3f) -> vec3f {
    let x = dot(a, b);
    let y = abs(x);
    let v = (0.8543985 + (0.4965155 + 0.0145206 * y) * y) / (3.4175940 + (4.1616724 + y) * y);
    return cross(a, b) * select(0.5 * inverseSqrt(max(1.0 - x * x, 1e-7)) - v, v, x > 0.0);
}

// How much of the lobe sees an upright rectangle around `center`, `half` its half width and height at that distance.
fn lamp(axis: vec3f, m: f32, center: vec3f, half: vec2f) -> f32 {
    let u = half.x * normalize(cross(vec3f(0.0, 1.0, 0.0), center));
    let v = half.y * normalize(cross(center, u));
    let a = stretched(axis, m, center - u - v);
    let b = stretched(axis, m, center + u - v);
    let c = stretched(axis, m, center + u + v);
    let d = stretched(axis, m, center - u + v);
    let flux = edge(a, b) + edge(b, c) + edge(c, d) + edge(d, a);
    // What lies below the lobe's horizon is taken off as if the rectangle were a ball of the same flux.
    let all = length(flux);
    return max((all * all + dot(flux, axis)) / (all + 1.0), 0.0);
}

fn stretched(axis: vec3f, m: f32, p: vec3f) -> vec3f {
    let along = axis * dot(axis, p);
    return normalize((p - along) / m + along);
}

// How much of the lobe sees the half space around `normal`.
fn half_space(axis: vec3f, m: f32, normal: vec3f) -> f32 {
    let x = dot(axis, normal);
    return 0.5 + 0.5 * x * inverseSqrt(x * x + m * m * (1.0 - x * x));
}

@fragment
fn studio(texel: Texel) -> @location(0) vec4f {
    let axis = normalize(cube_point(texel.face_level.x, texel.right_down));
    let roughness = level_roughness(texel.face_level.y, STUDIO_LAST_LEVEL);
    let alpha = roughness * roughness;
    let m = 2.0 * alpha / (1.0 + alpha);
    // Lamps have soft edges, what is wide has wider ones; all are as sharp as m in the end.
    let edge_m = mix(0.035, 1.0, m);
    let wide_m = mix(0.35, 1.0, m);
    var light = 0.13 + 0.3 * half_space(axis, wide_m, vec3f(0.0, -1.0, 0.0));
    // A ceiling that is lit from below.
    light += 0.45 * lamp(axis, wide_m, vec3f(0.0, 1.0, -0.2), vec2f(1.1, 0.9));
    // The key, from the upper left, with a hot middle.
    light += 1.5 * lamp(axis, edge_m, vec3f(-1.0, 1.0, 0.9), vec2f(0.8, 0.65));
    light += 1.8 * lamp(axis, mix(0.25, 1.0, m), vec3f(-1.0, 1.0, 0.9), vec2f(0.5, 0.4));
    // Two strips behind draw the silhouette.
    light += 3.0 * lamp(axis, edge_m, vec3f(1.2, 0.45, -0.8), vec2f(0.22, 1.1));
    light += 2.4 * lamp(axis, edge_m, vec3f(-1.1, 0.45, -1.0), vec2f(0.16, 1.1));
    // A weak wide one fills from the right.
    light += 0.38 * lamp(axis, wide_m, vec3f(1.0, 0.4, 1.0), vec2f(0.9, 0.8));
    return vec4f(vec3f(light), 1.0);
}
