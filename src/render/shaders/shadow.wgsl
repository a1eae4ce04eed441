// The floor under an evenly bright sky.
//
// A horizontal patch at height h takes h² / (π (r² + h²)²) of the sky's light from a floor point at distance r: a blot
// half as strong at r = h. So the product is seen from below once, each texel is shared out to layers by its height, and
// each layer is blurred as wide as it is high. All four layers lie in one texture, its channels.

// Heights in the product's width: those of the layers go 0.01 · 3^i; here and in `shadow/mod.rs`.
const LOWEST = -0.02;
const HIGHEST = 2.0;

// How a height is shared out to the layers; depth is the height.
fn shadow_layers(depth: f32) -> vec4f {
    let height = max(mix(LOWEST, HIGHEST, depth), 0.001);
    let layer = clamp(log2(height / 0.01) / log2(3.0), 0.0, 3.0);
    // Above the last layer the blot would be wider still: it only fades.
    let fade = min(0.27 / height, 1.0);
    return saturate(1.0 - abs(vec4f(0.0, 1.0, 2.0, 3.0) - layer)) * fade * fade;
}

// The nearest to the floor wins.
@fragment
fn shadow_caster(@builtin(position) position: vec4f) -> @location(0) vec4f {
    return shadow_layers(position.z);
}

struct Blur {
    // From one tap to the next, in UV.
    step: vec2f,
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

fn tap(uv: vec2f) -> vec4f {
    return textureSampleLevel(shadow_map, shadow_sampler, uv, 0.0);
}

// Five binomial taps with gaps that double from pass to pass (à trous, Holschneider 1989).
@fragment
fn shadow_blur(screen: Screen) -> @location(0) vec4f {
    let middle = tap(screen.uv);
    let near = tap(screen.uv - blur.step) + tap(screen.uv + blur.step);
    let far = tap(screen.uv - 2.0 * blur.step) + tap(screen.uv + 2.0 * blur.step);
    return mix(middle, (6.0 * middle + 4.0 * near + far) / 16.0, blur.variance);
}
