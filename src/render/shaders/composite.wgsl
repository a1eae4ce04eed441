// The last pass: the finished picture to a target, premultiplied.

override DECODES: bool = false;

@fragment
fn fragment_composite(in: Screen) -> @location(0) vec4f {
    let texel = textureSample(source, source_sampler, in.uv);
    if DECODES {
        // The target encodes what it receives: undo our own encoding (IEC 61966-2-1).
        let low = texel.rgb / 12.92;
        let high = pow((texel.rgb + 0.055) / 1.055, vec3f(2.4));
        return vec4f(select(high, low, texel.rgb <= vec3f(0.04045)), texel.a);
    }
    return texel;
}
