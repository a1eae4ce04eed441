// The floor under an evenly bright sky.
//
// A horizontal patch at height h takes h² / (π (r² + h²)²) of the sky's light from a floor point at distance r: a blot
// half as strong at r = h. So the product is drawn from below once, and each texel keeps how low and how high it reaches.
// Each of both heights is shared out to layers, and each layer is blurred as wide as it is high: all four layers lie in
// one texture, its channels. The lowest heights darken what is underneath, the highest what stands beside: of a wall, its
// upper edge hides the most.

// Heights in the product's width: those of the layers go 0.01 · 3^i; here and in `shadow/mod.rs`.
const LOWEST = -0.02;
const HIGHEST = 2.0;

// What a texel keeps the most of: how low and how high, counted in layers from 0 to 5, and how much is covered.
fn shadow_texel(depth: f32, covered: f32) -> vec4f {
    let height = max(mix(LOWEST, HIGHEST, depth), 0.01);
    let layer = saturate(log2(height / 0.01) / log2(3.0) / 5.0);
    return vec4f(1.0 - layer, layer, 0.0, covered);
}

@fragment
fn shadow_caster(@builtin(position) position: vec4f) -> @location(0) vec4f {
    return shadow_texel(position.z, 1.0);
}

// How a height is shared out to the layers.
fn shadow_layers(layer: f32, covered: f32) -> vec4f {
    // Above the last layer the blot would be wider still: it only fades.
    let fade = covered * min(pow(9.0, 3.0 - layer), 1.0);
    return saturate(1.0 - abs(vec4f(0.0, 1.0, 2.0, 3.0) - min(layer, 3.0))) * fade;
}

struct Blur {
    // From one tap to the next, in UV.
    step: vec2f,
    // 1 where the source holds what the casters left.
    reads_heights: f32,
    // Of each layer, in taps squared, [0, 1].
    variance: vec4f,
}

@group(0) @binding(0) var<uniform> blur: Blur;
@group(0) @binding(1) var shadow_map: texture_2d<f32>;
@group(0) @binding(2) var shadow_sampler: sampler;

struct Screen {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
}

@vertex
fn shadow_screen(@builtin(vertex_index) corner: u32) -> Screen {
    let uv = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 2.0;
    return Screen(vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0), uv);
}

fn tap(uv: vec2f, highest: bool) -> vec4f {
    let texel = textureSampleLevel(shadow_map, shadow_sampler, uv, 0.0);
    if blur.reads_heights > 0.0 {
        return shadow_layers(5.0 * select(1.0 - texel.x, texel.y, highest), texel.a);
    }
    return texel;
}

// Five binomial taps with gaps that double from pass to pass (à trous, Holschneider 1989). The left half is of the lowest
// heights, the right half of the highest.
@fragment
fn shadow_blur(screen: Screen) -> @location(0) vec4f {
    var uv = screen.uv;
    let highest = uv.x > 0.5;
    if blur.reads_heights > 0.0 {
        uv.x = 2.0 * uv.x - f32(highest);
    }
    let middle = tap(uv, highest);
    let near = tap(uv - blur.step, highest) + tap(uv + blur.step, highest);
    let far = tap(uv - 2.0 * blur.step, highest) + tap(uv + 2.0 * blur.step, highest);
    return mix(middle, (6.0 * middle + 4.0 * near + far) / 16.0, blur.variance);
}
