// From a panorama to a cube whose levels answer to roughness, with fragment shaders only.

// A panorama, or the suns of a cube.
@group(0) @binding(0) var panorama: texture_2d<f32>;
@group(0) @binding(1) var source_sampler: sampler;
@group(0) @binding(2) var source: texture_cube<f32>;

const PI = 3.14159265;
// Pixels along the edge of level 0, here and in `light/baker.rs`.
const FACE_PX = 256.0;
const LAST_LEVEL = 4.0;
// Quarters of faces; also in `light/baker.rs`.
const SUNS = 24u;
// A sun's light waits in half floats at this scale.
const SUN_SCALE = 256.0;
// The panorama waits in half floats at this scale, so that a sun of 78,848 is not cut before it is averaged.
const WAITING_SCALE = 0.0625;
const LARGEST_HALF = 65504.0;
// The mean cosine of sheen's first and last level; also in sheen.wgsl.
const SHEEN_FIRST = 0.2;
const SHEEN_LAST = 0.571429;

// Level 0 is RGBE (Ward 1991), level 1 is colour. Averages whole blocks where the panorama is wider than 1,024.
@fragment
fn decode(texel: Texel) -> @location(0) vec4f {
    let size = textureDimensions(panorama);
    let block = (size.x + 1023u) / 1024u;
    let first = vec2u(texel.position.xy) * block;
    var sum = vec3f();
    for (var i = 0u; i < block * block; i++) {
        let stored = textureLoad(panorama, min(first + vec2u(i % block, i / block), size - 1u), 0);
        if texel.face_level.y == 0u {
            sum += stored.rgb * (exp2(round(stored.a * 255.0) - 128.0) * (255.0 / 256.0));
        } else {
            sum += stored.rgb;
        }
    }
    return vec4f(sum * (WAITING_SCALE / f32(block * block)), 1.0);
}

// The middle column is +X, the top row +Y. Each sample sees as many columns as it is wide: near the poles a texel of the
// panorama is narrower than the samples' distance, and there are more of them.
@fragment
fn cube_from_panorama(texel: Texel) -> @location(0) vec4f {
    let width = f32(textureDimensions(panorama).x);
    let edge = select(4u, 32u, abs(normalize(cube_point(texel.face_level.x, texel.right_down)).y) > 0.99);
    var sum = vec3f();
    for (var i = 0u; i < edge * edge; i++) {
        let offset = (vec2f(vec2u(i % edge, i / edge)) + 0.5) * 2.0 / f32(edge) - 1.0;
        let d = normalize(cube_point(texel.face_level.x, texel.right_down + offset / FACE_PX));
        let wide = 0.0024 / f32(edge) * inverseSqrt(d.x * d.x + d.z * d.z + 1e-9);
        let columns = min(floor(width * wide) + 1.0, width);
        let left = atan2(d.z, d.x) / (2.0 * PI) + 0.5 - 0.5 * (columns - 1.0) / width;
        let down = acos(clamp(d.y, -1.0, 1.0)) / PI;
        var row = vec3f();
        for (var k = 0.0; k < columns; k += 1.0) {
            row += textureSampleLevel(panorama, source_sampler, vec2f(left + k / width, down), 0.0).rgb;
        }
        sum += row / columns;
    }
    return vec4f(min(sum / (f32(edge * edge) * WAITING_SCALE), vec3f(LARGEST_HALF)), 1.0);
}

// In proportion to the solid angle of a texel at this point of the cube.
fn texel_weight(p: vec3f) -> f32 {
    let square = dot(p, p);
    return 1.0 / (square * sqrt(square));
}

// Half as many texels, by a tent of 4 × 4 that keeps the light's sum and its centre of gravity.
@fragment
fn halve(texel: Texel) -> @location(0) vec4f {
    // A source texel is two of these wide.
    let half_texel = 1.0 / f32(textureDimensions(source).x);
    let centers = vec2f(1.0 - half_texel);
    var sum = vec4f();
    for (var i = 0u; i < 4u; i++) {
        let corner = vec2f(f32(i & 1u), f32(i >> 1u)) * 2.0 - 1.0;
        let at = texel.right_down + 1.5 * half_texel * corner;
        // At an edge of the cube a quarter of it is from the other side, as far from the edge as the rest.
        let weight = texel_weight(cube_point(texel.face_level.x, clamp(at, -centers, centers)));
        let p = cube_point(texel.face_level.x, at);
        sum += weight * vec4f(textureSampleLevel(source, source_sampler, p, 0.0).rgb, 1.0);
    }
    return vec4f(sum.rgb / sum.a, 1.0);
}

fn cube_texel(face: u32, at: vec2f) -> vec3f {
    return cube_point(face, (at + 0.5) * 2.0 / f32(textureDimensions(source).x) - 1.0);
}

fn source_texel(face: u32, at: vec2f) -> vec3f {
    return textureSampleLevel(source, source_sampler, cube_texel(face, at), 0.0).rgb;
}

// A handful of texels can hold most of a sky's light, and no number of samples shows such a sun alike in all directions.
// So the brightest spot of each quarter of a face, 5 × 5 texels of it, becomes a light of its own, which shines by the
// lobe itself. One column a quarter: light times solid angle, and the variance of its directions; where it is from
// the brightest texel, and that texel; and how bright it is around it, which stays in the picture.
@fragment
fn suns(texel: Texel) -> @location(0) vec4f {
    let number = u32(texel.position.x);
    let face = number >> 2u;
    let size = f32(textureDimensions(source).x);
    let edge = textureDimensions(source).x / 2u;
    let corner = vec2f(vec2u(number & 1u, (number >> 1u) & 1u) * edge);
    var brightest = corner;
    var most = -1.0;
    for (var i = 0u; i < edge * edge; i++) {
        let at = corner + vec2f(vec2u(i % edge, i / edge));
        let here = dot(source_texel(face, at), vec3f(1.0));
        if here > most {
            most = here;
            brightest = at;
        }
    }
    var around = vec3f();
    for (var i = 0.0; i < 8.0; i += 1.0) {
        around += source_texel(face, brightest + 4.0 * vec2f(cos(i * PI / 4.0), sin(i * PI / 4.0))) / 8.0;
    }
    var sum = vec3f();
    var to = vec3f();
    var place = vec3f();
    for (var i = 0; i < 25; i++) {
        let offset = vec2f(vec2i(i % 5, i / 5) - 2);
        let inside = brightest + offset - corner;
        if min(inside.x, inside.y) >= 0.0 && max(inside.x, inside.y) < f32(edge) {
            let p = cube_texel(face, brightest + offset);
            let light = max(source_texel(face, brightest + offset) - around, vec3f()) * texel_weight(p);
            let weight = dot(light, vec3f(1.0));
            sum += light;
            to += weight * normalize(p);
            place += weight * vec3f(offset, 1.0);
        }
    }
    let whole = max(place.z, 1e-9);
    switch u32(texel.position.y) {
        // The mean of unit vectors is too short by the variance along each axis.
        case 0u: { return vec4f(sum * (4.0 * SUN_SCALE / (size * size)), max(1.0 - length(to) / whole, 0.0)); }
        case 1u: { return vec4f(place.xy / whole, brightest); }
        default: { return vec4f(around, 1.0); }
    }
}

// Level 0 without its suns.
@fragment
fn without_suns(texel: Texel) -> @location(0) vec4f {
    let at = floor(texel.position.xy);
    let right_below = vec2u(at) / (textureDimensions(source).x / 2u);
    let number = 4u * texel.face_level.x + right_below.x + 2u * right_below.y;
    let light = source_texel(texel.face_level.x, at);
    let away = abs(at - textureLoad(panorama, vec2u(number, 1u), 0).zw);
    let around = textureLoad(panorama, vec2u(number, 2u), 0).rgb;
    return vec4f(select(light, min(light, around), max(away.x, away.y) < 2.5), 1.0);
}

struct Sun {
    to: vec3f,
    // Light times solid angle.
    power: vec3f,
    // Of the angle, along each axis.
    variance: f32,
}

fn sun(number: u32) -> Sun {
    let light = textureLoad(panorama, vec2u(number, 0u), 0);
    let place = textureLoad(panorama, vec2u(number, 1u), 0);
    return Sun(normalize(cube_texel(number >> 2u, place.xy + place.zw)), light.rgb / SUN_SCALE, light.a);
}

// A unit vector at right angles to `n`.
fn across(n: vec3f) -> vec3f {
    return normalize(cross(select(vec3f(0.0, 1.0, 0.0), vec3f(1.0, 0.0, 0.0), abs(n.y) > 0.9), n));
}

// What a sample that stands for this solid angle sees: of the level whose texels have as much, and a little less sharp,
// as neighbours should overlap.
fn source_around(ray: vec3f, solid_angle: f32) -> vec3f {
    let size = f32(textureDimensions(source).x);
    let p = abs(ray);
    let texels = solid_angle * size * size / (4.0 * texel_weight(ray / max(p.x, max(p.y, p.z))));
    return textureSampleLevel(source, source_sampler, ray, max(0.5 * log2(texels) + 0.25, 0.0)).rgb;
}

// GGX seen head on (Karis 2013), sampled where it is bright, each sample as wide as its share of the lobe
// (Colbert and Křivánek 2007).
@fragment
fn specular(texel: Texel) -> @location(0) vec4f {
    let width = dpdx(texel.right_down.x);
    let p = cube_point(texel.face_level.x, texel.right_down);
    let n = normalize(p);
    let roughness = level_roughness(texel.face_level.y, LAST_LEVEL);
    let a = roughness * roughness;
    let a2 = a * a;
    let u = across(n);
    let v = cross(n, u);
    let count = 32u << texel.face_level.y;
    var sum = vec4f();
    for (var i = 0u; i < count; i++) {
        let e = (f32(i) + 0.5) / f32(count);
        // The half vector's angle to the normal; the ray's is twice that.
        let cos2 = (1.0 - e) / (1.0 + (a2 - 1.0) * e);
        let n_dot_l = 2.0 * cos2 - 1.0;
        if n_dot_l > 0.0 {
            let turn = 2.0 * PI * fract(f32(i) * 0.618034);
            let sine = 2.0 * sqrt(cos2 * (1.0 - cos2));
            let d = cos2 * (a2 - 1.0) + 1.0;
            let ray = n * n_dot_l + (u * cos(turn) + v * sin(turn)) * sine;
            sum += n_dot_l * vec4f(source_around(ray, 4.0 * PI * d * d / (a2 * f32(count))), 1.0);
        }
    }
    for (var i = 0u; i < SUNS; i++) {
        // As much wider as the sun is, and as much narrower as texels are blurred when they are seen.
        let light = sun(i);
        let wide2 = max(a2 + light.variance - 0.125 * width * width * texel_weight(p), 0.5 * a2);
        let n_dot_l = max(dot(n, light.to), 0.0);
        let d = (0.5 + 0.5 * n_dot_l) * (wide2 - 1.0) + 1.0;
        sum += vec4f(light.power * (n_dot_l * wide2 / (4.0 * PI * d * d) * f32(count)), 0.0);
    }
    return vec4f(sum.rgb / sum.a, 1.0);
}

// Irradiance over π, summed over every texel of a level of 16 × 16.
@fragment
fn diffuse(texel: Texel) -> @location(0) vec4f {
    let n = normalize(cube_point(texel.face_level.x, texel.right_down));
    var sum = vec4f();
    for (var i = 0u; i < 1536u; i++) {
        let at = vec2f(f32(i & 15u), f32((i >> 4u) & 15u));
        let p = cube_point(i >> 8u, (at + 0.5) / 8.0 - 1.0);
        let weight = texel_weight(p) * max(dot(n, normalize(p)), 0.0);
        sum += weight * vec4f(textureSampleLevel(source, source_sampler, p, 4.0).rgb, 1.0);
    }
    for (var i = 0u; i < SUNS; i++) {
        let light = sun(i);
        sum += vec4f(light.power * (max(dot(n, light.to), 0.0) / PI * sum.a), 0.0);
    }
    return vec4f(sum.rgb / sum.a, 1.0);
}

// Sheen seen head on: of a ray at the cosine c to the normal, Charlie (Estevez and Kulla 2017) weighs c (1 − c)^k with
// k = 1/2α. The cosine's mean, 2/(k + 3), rises evenly from level to level: see sheen.wgsl. Sampled as
// `specular` is, but twice as sharp: the lobe is narrow across the horizon.
@fragment
fn sheen(texel: Texel) -> @location(0) vec4f {
    let n = normalize(cube_point(texel.face_level.x, texel.right_down));
    let u = across(n);
    let v = cross(n, u);
    let power = 2.0 / mix(SHEEN_FIRST, SHEEN_LAST, 0.5 * f32(texel.face_level.y)) - 2.0;
    let count = 128u << texel.face_level.y;
    var sum = vec4f();
    for (var i = 0u; i < count; i++) {
        let e = (f32(i) + 0.5) / f32(count);
        let down = pow(e, 1.0 / power);
        let n_dot_l = 1.0 - down;
        let turn = 2.0 * PI * fract(f32(i) * 0.618034);
        let sine = sqrt(1.0 - n_dot_l * n_dot_l);
        let ray = n * n_dot_l + (u * cos(turn) + v * sin(turn)) * sine;
        sum += n_dot_l * vec4f(source_around(ray, PI * down / (f32(count) * power * e)), 1.0);
    }
    for (var i = 0u; i < SUNS; i++) {
        let light = sun(i);
        let n_dot_l = max(dot(n, light.to), 0.0);
        let density = power * pow(max(1.0 - n_dot_l, 1e-9), power - 1.0) / (2.0 * PI);
        sum += vec4f(light.power * (n_dot_l * density * f32(count)), 0.0);
    }
    return vec4f(sum.rgb / sum.a, 1.0);
}
