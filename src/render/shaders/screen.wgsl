// One triangle over the whole target, which reads a picture texel by texel.

struct Pixel {
    @builtin(position) position: vec4f,
    // Of a picture that is to be upside down, else 0.
    @location(0) @interpolate(flat, either) height_px: u32,
}

// The instance's number is the height.
@vertex
fn vertex_screen(@builtin(vertex_index) corner: u32, @builtin(instance_index) height_px: u32) -> Pixel {
    let clip = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 4.0 - 1.0;
    return Pixel(vec4f(clip, 0.0, 1.0), height_px);
}

@group(0) @binding(0) var source: texture_2d<f32>;
