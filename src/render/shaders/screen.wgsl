// One triangle over the whole target, which reads a picture texel by texel.

struct Pixel {
    @builtin(position) position: vec4f,
    // What the pass is told.
    @location(0) @interpolate(flat, either) number: u32,
}

@vertex
fn vertex_screen(@builtin(vertex_index) corner: u32, @builtin(instance_index) number: u32) -> Pixel {
    let clip = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 4.0 - 1.0;
    return Pixel(vec4f(clip, 0.0, 1.0), number);
}

@group(0) @binding(0) var source: texture_2d<f32>;
