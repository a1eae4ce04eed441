// KHR_materials_iridescence: Belcour and Barla 2017, "A Practical Extension to Microfacet Theory for the Modeling of
// Varying Iridescence", with the two orders and the spectral fit that the extension names.

// Of a film between air and a base, for unpolarised light.
fn schlick(f0: f32, cosine: f32) -> f32 {
    let x = 1.0 - cosine;
    let x2 = x * x;
    return f0 + (1.0 - f0) * x2 * x2 * x;
}

// The response of the eye to one order of interference: three Gaussians in XYZ, to linear sRGB.
fn film_color(path_nm: f32, shift: vec3f) -> vec3f {
    let phase = 2.0 * PI * path_nm * 1e-9;
    let value = vec3f(5.4856e-13, 4.4201e-13, 5.2481e-13);
    let position = vec3f(1.6810e6, 1.7953e6, 2.2084e6);
    let variance = vec3f(4.3278e9, 9.3046e9, 6.6121e9);
    var xyz = value * sqrt(2.0 * PI * variance) * cos(position * phase + shift) * exp(-phase * phase * variance);
    xyz.x += 9.7470e-14 * sqrt(2.0 * PI * 4.5282e9) * cos(2.2399e6 * phase + shift.x) * exp(-4.5282e9 * phase * phase);
    return mat3x3f(
        3.2404542, -0.9692660, 0.0556434,
        -1.5371385, 1.8760108, -0.2040259,
        -0.4985314, 0.0415560, 1.0572252,
    ) * (xyz / 1.0685e-7);
}

// In place of the base's Fresnel term.
fn f_film(base_f0: vec3f, cosine: f32, film_ior: f32, thickness_nm: f32) -> vec3f {
    // A film that vanishes leaves the base as it is.
    let ior = mix(1.0, film_ior, smoothstep(0.0, 0.03, thickness_nm));
    let inside = 1.0 - (1.0 - cosine * cosine) / (ior * ior);
    if inside < 0.0 {
        return vec3f(1.0);
    }
    let cosine_inside = sqrt(inside);
    let r0 = (ior - 1.0) / (ior + 1.0);
    let r12 = schlick(r0 * r0, cosine);
    let t121 = 1.0 - r12;
    let root = sqrt(clamp(base_f0, vec3f(), vec3f(0.9999)));
    let base_ior = (1.0 + root) / (1.0 - root);
    let r1 = (base_ior - ior) / (base_ior + ior);
    let x = 1.0 - cosine_inside;
    let r23 = r1 * r1 + (1.0 - r1 * r1) * (x * x * x * x * x);
    // Half a wave is lost at what is denser.
    let shift = select(0.0, PI, ior >= 1.0) + select(vec3f(), vec3f(PI), base_ior < vec3f(ior));
    let path_nm = 2.0 * ior * thickness_nm * cosine_inside;
    let both = clamp(r12 * r23, vec3f(1e-5), vec3f(0.9999));
    let all = t121 * t121 * r23 / (1.0 - both);
    var order = all - t121;
    var sum = r12 + all;
    for (var m = 1.0; m < 2.5; m += 1.0) {
        order *= sqrt(both);
        sum += 2.0 * order * film_color(m * path_nm, m * shift);
    }
    return max(sum, vec3f());
}
