// From linear sRGB light, exposure applied, to display-encoded sRGB in [0, 1].
// Modes: 0 Khronos PBR Neutral, 1 ACES, 2 AgX, 3 Reinhard, 4 clipped.

// https://github.com/KhronosGroup/ToneMapping/blob/main/PBR_Neutral/README.md
fn tone_map_neutral(rgb: vec3f) -> vec3f {
    let x = min(rgb.r, min(rgb.g, rgb.b));
    let offset = select(0.04, x - 6.25 * x * x, x < 0.08);
    let lowered = rgb - offset;
    let peak = max(lowered.r, max(lowered.g, lowered.b));
    let start = 0.76;
    if peak < start {
        return lowered;
    }
    let d = 1.0 - start;
    let new_peak = 1.0 - d * d / (peak + d - start);
    let g = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    return mix(lowered * (new_peak / peak), vec3f(new_peak), g);
}

// Stephen Hill's fit of the ACES RRT and ODT, with the exposure of 1/0.6 that viewers of the web add
// so that mid greys keep their brightness.
fn tone_map_aces(rgb: vec3f) -> vec3f {
    let input = mat3x3f(
        0.59719, 0.07600, 0.02840,
        0.35458, 0.90834, 0.13383,
        0.04823, 0.01566, 0.83777,
    );
    let output = mat3x3f(
        1.60475, -0.10208, -0.00327,
        -0.53108, 1.10813, -0.07276,
        -0.07367, -0.00605, 1.07602,
    );
    let v = input * (rgb / 0.6);
    return output * ((v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.4329510) + 0.238081));
}

// Troy Sobotka's AgX in Rec. 2020 as in Blender and Filament, with Benjamin Wrensch's polynomial for its curve
// (https://iolite-engine.com/blog_posts/minimal_agx_implementation).
fn tone_map_agx(rgb: vec3f) -> vec3f {
    let rec2020_from_srgb = mat3x3f(
        0.6274, 0.0691, 0.0164,
        0.3293, 0.9195, 0.0880,
        0.0433, 0.0113, 0.8956,
    );
    let srgb_from_rec2020 = mat3x3f(
        1.6605, -0.1246, -0.0182,
        -0.5876, 1.1329, -0.1006,
        -0.0728, -0.0083, 1.1187,
    );
    let inset = mat3x3f(
        0.856627153315983, 0.137318972929847, 0.11189821299995,
        0.0951212405381588, 0.761241990602591, 0.0767994186031903,
        0.0482516061458583, 0.101439036467562, 0.811302368396859,
    );
    let outset = mat3x3f(
        1.1271005818144368, -0.1413297634984383, -0.14132976349843826,
        -0.11060664309660323, 1.157823702216272, -0.11060664309660294,
        -0.016493938717834573, -0.016493938717834257, 1.2519364065950405,
    );
    let stops = log2(max(inset * (rec2020_from_srgb * rgb), vec3f(1e-10)));
    let x = saturate((stops + 12.47393) / 16.5);
    let x2 = x * x;
    let x4 = x2 * x2;
    let curve = 15.5 * x4 * x2 - 40.14 * x4 * x + 31.96 * x4 - 6.868 * x2 * x + 0.4298 * x2 + 0.1191 * x - 0.00232;
    return srgb_from_rec2020 * pow(max(outset * curve, vec3f()), vec3f(2.2));
}

// IEC 61966-2-1, the exact curve.
fn srgb_from_linear(rgb: vec3f) -> vec3f {
    let v = saturate(rgb);
    return select(1.055 * pow(v, vec3f(1.0 / 2.4)) - 0.055, v * 12.92, v <= vec3f(0.0031308));
}

fn tone_map(rgb: vec3f, mode: u32) -> vec3f {
    var mapped = max(rgb, vec3f());
    switch mode {
        case 0u: { mapped = tone_map_neutral(mapped); }
        case 1u: { mapped = tone_map_aces(mapped); }
        case 2u: { mapped = tone_map_agx(mapped); }
        case 3u: { mapped = mapped / (1.0 + mapped); }
        default: {}
    }
    return srgb_from_linear(mapped);
}
