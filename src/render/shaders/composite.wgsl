// The last pass: the finished picture, the upper left of a canvas, to a target, premultiplied.

override DECODES: bool = false;

struct Pixel {
    @builtin(position) position: vec4f,
    // Of a picture that is to be upside down, else 0.
    @location(0) @interpolate(flat, either) height_px: u32,
}

// The instance's number is the height.
@vertex
fn vertex_composite(@builtin(vertex_index) corner: u32, @builtin(instance_index) height_px: u32) -> Pixel {
    let uv = vec2f(f32((corner << 1u) & 2u), f32(corner & 2u));
    return Pixel(vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0), height_px);
}

@group(0) @binding(0) var source: texture_2d<f32>;

@fragment
fn fragment_composite(in: Pixel) -> @location(0) vec4f {
    var at = vec2u(in.position.xy);
    if in.height_px > 0u {
        at.y = in.height_px - 1u - at.y;
    }
    let texel = textureLoad(source, at, 0);
    if DECODES {
        // The target encodes what it receives: undo our own encoding (IEC 61966-2-1).
        let low = texel.rgb / 12.92;
        let high = pow((texel.rgb + 0.055) / 1.055, vec3f(2.4));
        return vec4f(select(high, low, texel.rgb <= vec3f(0.04045)), texel.a);
    }
    return texel;
}
