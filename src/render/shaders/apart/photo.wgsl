// A customer's picture behind everything, in its own colours.

// Drawn into what transmission looks through: linear light.
override BEHIND: bool = false;

struct Photo {
    // Half its width and height in halves of the view's.
    half_size: vec2f,
    exposure: f32,
}

@group(0) @binding(0) var<uniform> photo: Photo;
@group(0) @binding(1) var photo_picture: texture_2d<f32>;
@group(0) @binding(2) var photo_sampler: sampler;

struct PhotoPoint {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
}

// Two triangles.
@vertex
fn photo_vertex(@builtin(vertex_index) index: u32) -> PhotoPoint {
    let corner = select(index, index - 2u, index > 2u);
    let across = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
    return PhotoPoint(vec4f(across * photo.half_size, 1.0, 1.0), across * vec2f(0.5, -0.5) + 0.5);
}

@fragment
fn photo_fragment(point: PhotoPoint) -> @location(0) vec4f {
    let seen = textureSample(photo_picture, photo_sampler, point.uv).rgb;
    if BEHIND {
        // As much light as shows this colour (IEC 61966-2-1), where the tone map leaves it as it is.
        let low = seen / 12.92;
        let high = pow((seen + 0.055) / 1.055, vec3f(2.4));
        return vec4f(select(high, low, seen <= vec3f(0.04045)) / max(photo.exposure, 1e-4), 1.0);
    }
    return vec4f(seen, 1.0);
}
