// Group 0: what is the same for one view of one look. Mirrors `layout.rs`.

struct PunctualLight {
    // World space; w is 1 / range, 0 without end.
    position: vec4f,
    // Towards where it shines, world space; w is the kind: 0 directional, 1 point, 2 spot.
    direction: vec4f,
    // Linear RGB times intensity.
    color: vec4f,
    // Scale and offset of the cone's cosine (KHR_lights_punctual).
    cone: vec4f,
}

struct Frame {
    projection_from_world: mat4x4f,
    // World space; w is 1. For a parallel projection: the direction to the eye, w is 0.
    eye: vec4f,
    // x exposure, y log2 of the view's width in pixels.
    settings: vec4f,
    // x tone map, y number of lights, z the page's colour as four bytes, alpha 1 where it is known.
    counts: vec4u,
    // The view's place in what transmission looks through: offset and size in texture coordinates.
    behind: vec4f,
    lights: array<PunctualLight, 8>,
}

@group(0) @binding(0) var<uniform> frame: Frame;

fn direction_to_eye(position_in_world: vec3f) -> vec3f {
    return normalize(frame.eye.xyz - position_in_world * frame.eye.w);
}
