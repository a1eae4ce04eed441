// The floor as a see-through black.

// Drawn into what transmission looks through: linear light.
override BEHIND: bool = false;

struct ShadowFloor {
    projection_from_floor: mat4x4f,
    // The middle, in the floor's space; w is half the edge.
    place: vec4f,
    opacity: f32,
    // Of the product.
    half_width: f32,
    half_depth: f32,
}

@group(0) @binding(0) var<uniform> shadow_floor: ShadowFloor;
@group(0) @binding(1) var shadow_map: texture_2d<f32>;
@group(0) @binding(2) var shadow_sampler: sampler;

struct FloorPoint {
    @builtin(position) position: vec4f,
    // [-1, 1] to +X and +Z.
    @location(0) across: vec2f,
}

// Two triangles whose front is up.
@vertex
fn shadow_floor_vertex(@builtin(vertex_index) index: u32) -> FloorPoint {
    let corner = select(index, 3u - index % 3u, index > 2u);
    let across = vec2f(f32(corner >> 1u), f32(corner & 1u)) * 2.0 - 1.0;
    let p = shadow_floor.place.xyz + shadow_floor.place.w * vec3f(across.x, 0.0, across.y);
    return FloorPoint(shadow_floor.projection_from_floor * vec4f(p, 1.0), across);
}

@fragment
fn shadow_floor_fragment(point: FloorPoint) -> @location(0) vec4f {
    let layers = textureSampleLevel(shadow_map, shadow_sampler, point.across * 0.5 + 0.5, 0.0);
    let hidden = min(dot(layers, vec4f(1.0)), 1.0);
    // Blending happens in display space: white paper in this light would be shown at this value.
    let dark = 1.0 - pow(1.0 - hidden, 1.0 / 2.2);
    // Whole under the product, also under its corners; gone where the floor ends, 0.4 widths beyond.
    let half_edge = shadow_floor.place.w;
    let beyond = max(abs(point.across) * half_edge - vec2f(shadow_floor.half_width, shadow_floor.half_depth), vec2f());
    let border = 1.0 - smoothstep(0.0, 1.0, length(beyond) * 2.25 / half_edge);
    // One level of fixed noise, so that the mean is right and no step shows (Jimenez 2014). What is clear stays clear.
    let noise = fract(52.9829189 * fract(dot(floor(point.position.xy), vec2f(0.06711056, 0.00583715)))) - 0.5;
    let alpha = dark * border * shadow_floor.opacity;
    if BEHIND {
        return vec4f(0.0, 0.0, 0.0, 1.0 - pow(1.0 - saturate(alpha), 2.2));
    }
    return vec4f(0.0, 0.0, 0.0, saturate(alpha + select(0.0, noise / 255.0, alpha > 0.0)));
}
