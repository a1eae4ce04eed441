// The last pass: the finished picture, the upper left of a canvas, to a target, premultiplied.

override DECODES: bool = false;

@fragment
fn fragment_composite(in: Pixel) -> @location(0) vec4f {
    var at = vec2u(in.position.xy);
    // The height of a picture that is to be upside down, else 0.
    if in.number > 0u {
        at.y = in.number - 1u - at.y;
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
