// One triangle over one face of one cube level. The vertex number says which: 3 · (6 · level + face) + corner.

struct Texel {
    @builtin(position) position: vec4f,
    // [-1, 1] over the face: right and down.
    @location(0) right_down: vec2f,
    @location(1) @interpolate(flat, either) face_level: vec2u,
}

@vertex
fn cube_vertex(@builtin(vertex_index) number: u32) -> Texel {
    let slot = number / 3u;
    let corner = number % 3u;
    let xy = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 4.0 - 1.0;
    return Texel(vec4f(xy, 0.0, 1.0), vec2f(xy.x, -xy.y), vec2u(slot % 6u, slot / 6u));
}

// A point of the cube of half edge 1, in the faces' order +X −X +Y −Y +Z −Z (WebGPU §24.1.5, cube faces).
fn cube_point(face: u32, right_down: vec2f) -> vec3f {
    let s = right_down.x;
    let t = right_down.y;
    switch face {
        case 0u: { return vec3f(1.0, -t, -s); }
        case 1u: { return vec3f(-1.0, -t, s); }
        case 2u: { return vec3f(s, 1.0, t); }
        case 3u: { return vec3f(s, -1.0, -t); }
        case 4u: { return vec3f(s, -t, 1.0); }
        default: { return vec3f(-s, -t, -1.0); }
    }
}

// The perceptual roughness of a level; `light_specular` does the inverse. The first level is sharp, the last holds 1.
fn level_roughness(level: u32, last_level: f32) -> f32 {
    return (1.6 - sqrt(2.56 - 2.4 * f32(level) / last_level)) / 1.2;
}
