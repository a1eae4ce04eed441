// One triangle over the whole target.

struct Screen {
    @builtin(position) position: vec4f,
    // (0, 0) is the upper left.
    @location(0) uv: vec2f,
}

@vertex
fn vertex_screen(@builtin(vertex_index) corner: u32) -> Screen {
    let uv = vec2f(f32((corner << 1u) & 2u), f32(corner & 2u));
    return Screen(vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0), uv);
}

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var source_sampler: sampler;
