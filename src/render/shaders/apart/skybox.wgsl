// An environment, sharp, behind everything. Joined with light.wgsl and tone_map.wgsl; group 1 is the one that is shown.

// Drawn into what transmission looks through.
override BEHIND: bool = false;

struct Skybox {
    environment_from_clip: mat4x4f,
    exposure: f32,
    tone_map: u32,
    // 0: the picture as shared exponents, 1: the picture as colour, 2: level 0 of the cube.
    kind: u32,
    // The eye as seen from where the panorama was taken, and w how far below that there is ground, in radii of the sphere
    // onto which the rest is projected. Without ground w is 0, and everything is endlessly far away.
    eye: vec4f,
}

@group(0) @binding(0) var<uniform> skybox: Skybox;
@group(0) @binding(1) var skybox_picture: texture_2d<f32>;

struct Ray {
    @builtin(position) position: vec4f,
    @location(0) clip: vec2f,
}

@vertex
fn skybox_vertex(@builtin(vertex_index) corner: u32) -> Ray {
    let clip = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 4.0 - 1.0;
    return Ray(vec4f(clip, 1.0, 1.0), clip);
}

fn skybox_texel(at: vec2i, size: vec2i) -> vec3f {
    let column = (at.x + size.x) % size.x;
    let stored = textureLoad(skybox_picture, vec2i(column, clamp(at.y, 0, size.y - 1)), 0);
    if skybox.kind == 1u {
        return stored.rgb;
    }
    return stored.rgb * (exp2(round(stored.a * 255.0) - 128.0) * (255.0 / 256.0));
}

// Bilinear by hand: shared exponents must not be mixed.
fn skybox_sharp(d: vec3f) -> vec3f {
    let size = vec2i(textureDimensions(skybox_picture));
    let uv = vec2f(atan2(d.z, d.x) / 6.2831853 + 0.5, acos(clamp(d.y, -1.0, 1.0)) / 3.14159265);
    let at = uv * vec2f(size) - 0.5;
    let low = vec2i(floor(at));
    let mixed = fract(at);
    let upper = mix(skybox_texel(low, size), skybox_texel(low + vec2i(1, 0), size), mixed.x);
    let lower = mix(skybox_texel(low + vec2i(0, 1), size), skybox_texel(low + 1, size), mixed.x);
    return mix(upper, lower, mixed.y);
}

// What is seen in direction `d`, as seen from where the panorama was taken: a point of the ground, else of the sphere.
fn skybox_direction(d: vec3f) -> vec3f {
    let eye = skybox.eye.xyz;
    let nearest = dot(eye, d);
    let half_chord2 = nearest * nearest - dot(eye, eye) + 1.0;
    // Far outside nothing is hit.
    if skybox.eye.w == 0.0 || half_chord2 < 0.0 {
        return d;
    }
    var way = sqrt(half_chord2) - nearest;
    let above = eye.y + skybox.eye.w;
    // Who looks from below looks through it.
    if above > 0.0 && d.y < 0.0 {
        way = min(way, -above / d.y);
    }
    return normalize(eye + way * d);
}

@fragment
fn skybox_fragment(ray: Ray) -> @location(0) vec4f {
    // From near to far, also where far is infinite or the projection is parallel.
    let near = skybox.environment_from_clip * vec4f(ray.clip, 0.0, 1.0);
    let far = skybox.environment_from_clip * vec4f(ray.clip, 1.0, 1.0);
    let d = skybox_direction(normalize(far.xyz * near.w - near.xyz * far.w));
    var seen = textureSampleLevel(light_map, light_sampler, d, 0.0).rgb;
    if skybox.kind != 2u {
        seen = skybox_sharp(d);
    }
    if BEHIND {
        return vec4f(min(seen, vec3f(65504.0)), 1.0);
    }
    return vec4f(tone_map(seen * skybox.exposure, skybox.tone_map), 1.0);
}
