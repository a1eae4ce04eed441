// The metallic-roughness BRDF (glTF 2.0 Appendix B).
//
// n normal, v to the eye, l to the light, h half way; f0 reflectance at normal incidence, f90 at grazing;
// alpha = perceptual roughness squared.

const PI = 3.14159265;
// Of a dielectric with index of refraction 1.5.
const DIELECTRIC_F0 = 0.04;

// Schlick 1994.
fn f_schlick(f0: vec3f, f90: vec3f, v_dot_h: f32) -> vec3f {
    let x = 1.0 - v_dot_h;
    let x2 = x * x;
    return f0 + (f90 - f0) * (x2 * x2 * x);
}

// Heitz 2014: the visibility term, height correlated.
fn v_smith_ggx_correlated(n_dot_l: f32, n_dot_v: f32, alpha: f32) -> f32 {
    let a2 = alpha * alpha;
    let to_light = n_dot_v * sqrt(n_dot_l * n_dot_l * (1.0 - a2) + a2);
    let to_eye = n_dot_l * sqrt(n_dot_v * n_dot_v * (1.0 - a2) + a2);
    return 0.5 / max(to_light + to_eye, 1e-7);
}

// Walter et al. 2007: the distribution of microfacets.
fn d_ggx(n_dot_h: f32, alpha: f32) -> f32 {
    let a2 = alpha * alpha;
    let f = (n_dot_h * n_dot_h) * (a2 - 1.0) + 1.0;
    return a2 / (PI * f * f);
}

// Fdez-Agüera 2019: Fresnel with roughness and what bounces between microfacets, for image-based light. The weight is
// KHR_materials_specular's.
fn f_environment_weighted(f0: vec3f, weight: f32, n_dot_v: f32, perceptual_roughness: f32) -> vec3f {
    let ab = environment_brdf(n_dot_v, perceptual_roughness);
    let f_rough = max(vec3f(1.0 - perceptual_roughness), f0) - f0;
    let x = 1.0 - n_dot_v;
    let x2 = x * x;
    let single = weight * ((f0 + f_rough * (x2 * x2 * x)) * ab.x + ab.y);
    let lost = 1.0 - (ab.x + ab.y);
    let average = weight * (f0 + (1.0 - f0) / 21.0);
    return single + lost * single * average / (1.0 - average * lost);
}

fn f_environment(f0: vec3f, n_dot_v: f32, perceptual_roughness: f32) -> vec3f {
    return f_environment_weighted(f0, 1.0, n_dot_v, perceptual_roughness);
}
