// Half the size, in linear light where the format is sRGB: each texel is the mean of what it covers, two texels along
// an even side, parts of three along an odd one.
//
// The number is 0 where alpha means nothing. Else what is seen through has no say in the colour, that it may not bleed
// into the rest; above 1 alpha is cut at (number − 2) / 255 first, so that all levels after hold the covered area.

// How much of a target's texel `at` its source texel number `tap` fills.
fn covered(at: vec2f, tap: vec2f, ratio: vec2f) -> vec2f {
    let first = 2.0 * at + tap;
    return max(min((at + 1.0) * ratio, first + 1.0) - max(at * ratio, first), vec2f()) / ratio;
}

@fragment
fn fragment_mipmap(in: Pixel) -> @location(0) vec4f {
    let size = textureDimensions(source);
    let ratio = vec2f(size) / vec2f(max(size / 2u, vec2u(1u)));
    let at = floor(in.position.xy);
    var sum = vec4f();
    var weights = 0.0;
    for (var i = 0u; i < 9u; i++) {
        let tap = vec2u(i % 3u, i / 3u);
        let parts = covered(at, vec2f(tap), ratio);
        let part = parts.x * parts.y;
        var texel = textureLoad(source, min(2u * vec2u(at) + tap, size - 1u), 0);
        if in.number > 1u {
            texel.a = f32(texel.a >= f32(in.number - 2u) / 255.0);
        }
        let weight = part * select(1.0, max(texel.a, 1e-3), in.number > 0u);
        sum += vec4f(weight * texel.rgb, part * texel.a);
        weights += weight;
    }
    return vec4f(sum.rgb / weights, sum.a);
}
