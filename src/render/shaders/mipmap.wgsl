// Half the size, in linear light where the format is sRGB: each texel is the mean of what it covers, two texels along
// an even side, parts of three along an odd one.

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
    for (var i = 0u; i < 9u; i++) {
        let tap = vec2u(i % 3u, i / 3u);
        let part = covered(at, vec2f(tap), ratio);
        sum += part.x * part.y * textureLoad(source, min(2u * vec2u(at) + tap, size - 1u), 0);
    }
    return sum;
}
