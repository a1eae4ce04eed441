//! The functions of light.wgsl and tone_map.wgsl against their definitions: each texel of a small target is one case.

use std::f32::consts::PI;

use glam::Vec3;

use super::cube;
use super::tests::{Level, gpu};
use crate::render::shaders::{CUBE, LIGHT, TONE_MAP};

// Parts that no module of their own has.
const BRDF: &str = include_str!("../shaders/brdf.wgsl");
const SHEEN: &str = include_str!("../shaders/apart/sheen.wgsl");

/// What `expression` of `uv` (0 to 1, texel centres of 16 × 16) is.
fn evaluate(expression: &str) -> Option<Vec<([f32; 2], [f32; 3])>> {
    let (device, queue) = gpu()?;
    let probe = format!(
        "@fragment fn probe(texel: Texel) -> @location(0) vec4f {{
            let uv = texel.right_down * 0.5 + 0.5;
            return vec4f({expression}, 1.0);
        }}"
    );
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some("probe"),
        source: wgpu::ShaderSource::Wgsl([CUBE, LIGHT, TONE_MAP, BRDF, SHEEN, &probe].concat().into()),
    });
    let pipeline = cube::pipeline(&device, &module, "probe", None);
    let target = cube::texture(&device, "probe", 16, 1);
    let mut encoder = device.create_command_encoder(&Default::default());
    cube::CubePass { pipeline: &pipeline, source: None, cube: &target, level: 0 }.draw(&mut encoder);
    queue.submit([encoder.finish()]);
    let level = Level::read(&device, &queue, &target, 0);
    let cases = level.texels.iter().take(256).enumerate();
    Some(
        cases
            .map(|(i, v)| ([(i % 16) as f32 + 0.5, (i / 16) as f32 + 0.5].map(|at| at / 16.0), v.to_array()))
            .collect(),
    )
}

/// Scale and bias of F0, summed (Karis 2013).
fn split_sum(n_dot_v: f32, roughness: f32) -> [f32; 2] {
    let a = roughness * roughness;
    let (a2, sine) = (a * a, (1.0 - n_dot_v * n_dot_v).sqrt());
    let count = 4096;
    let mut sum = [0.0; 2];
    for i in 0..count {
        let e = (i as f32 + 0.5) / count as f32;
        let turn = 2.0 * PI * (i as f32 * 0.618_034).fract();
        let n_dot_h = ((1.0 - e) / (1.0 + (a2 - 1.0) * e)).sqrt();
        let v_dot_h = sine * (1.0 - n_dot_h * n_dot_h).sqrt() * turn.cos() + n_dot_v * n_dot_h;
        let n_dot_l = 2.0 * v_dot_h * n_dot_h - n_dot_v;
        if n_dot_l > 0.0 && v_dot_h > 0.0 {
            let smith = |one: f32, other: f32| one * (other * other * (1.0 - a2) + a2).sqrt();
            let visible = 2.0 * n_dot_l * v_dot_h / (n_dot_h * (smith(n_dot_l, n_dot_v) + smith(n_dot_v, n_dot_l)));
            let fresnel = (1.0 - v_dot_h).powi(5);
            sum = [sum[0] + visible * (1.0 - fresnel), sum[1] + visible * fresnel];
        }
    }
    sum.map(|part| part / count as f32)
}

#[test]
fn the_brdf_s_fit_is_close_to_its_integral() {
    let Some(cases) = evaluate("environment_brdf(uv.x, uv.y), 0.0") else { return };
    let (mut square, mut worst) = (0.0, 0f32);
    for ([n_dot_v, roughness], found) in &cases {
        let exact = split_sum(*n_dot_v, *roughness);
        for (found, exact) in [(found[1], exact[1]), (found[0] + found[1], exact[0] + exact[1])] {
            square += (found - exact).powi(2) / (2 * cases.len()) as f32;
            worst = worst.max((found - exact).abs());
        }
    }
    eprintln!("environment_brdf: {:.4} in the root mean square, {worst:.4} at worst", square.sqrt());
    assert!(square.sqrt() < 0.006 && worst < 0.03, "{} {worst}", square.sqrt());
}

/// λ's logarithm, as Estevez and Kulla 2017 fit it.
fn charlie_lambda(cosine: f32, alpha: f32) -> f32 {
    let t = (1.0 - alpha).powi(2);
    let mix = |one: f32, other: f32| one + (other - one) * t;
    let fit = |x: f32| {
        mix(21.5473, 25.3245) / (1.0 + mix(3.82987, 3.32435) * x.powf(mix(0.19823, 0.16801)))
            + mix(-1.9776, -1.27393) * x
            + mix(-4.32054, -4.85967)
    };
    if cosine < 0.5 { fit(cosine).exp() } else { (2.0 * fit(0.5) - fit(1.0 - cosine)).exp() }
}

/// Sheen of Estevez and Kulla 2017 without colour; visibility of at most 1.
fn charlie(n_dot_l: f32, n_dot_v: f32, n_dot_h: f32, roughness: f32) -> f32 {
    let alpha = roughness * roughness;
    let d = (2.0 + 1.0 / alpha) * (1.0 - n_dot_h * n_dot_h).max(0.0).powf(0.5 / alpha) / (2.0 * PI);
    let shadow = 1.0 + charlie_lambda(n_dot_v, alpha) + charlie_lambda(n_dot_l, alpha);
    d * (1.0 / (4.0 * shadow * n_dot_l * n_dot_v)).min(1.0)
}

/// Its integral over the hemisphere, times n·l.
fn charlie_albedo(n_dot_v: f32, roughness: f32) -> f32 {
    let (rings, spokes) = (240, 180);
    let mut sum = 0.0;
    for ring in 0..rings {
        // Closer together at the horizon.
        let t = (ring as f32 + 0.5) / rings as f32;
        let n_dot_l = t * t;
        let sines = ((1.0 - n_dot_l * n_dot_l) * (1.0 - n_dot_v * n_dot_v)).sqrt();
        for spoke in 0..spokes {
            let l_dot_v = sines * ((spoke as f32 + 0.5) / spokes as f32 * PI).cos() + n_dot_l * n_dot_v;
            let n_dot_h = ((n_dot_l + n_dot_v) / (2.0 + 2.0 * l_dot_v).max(1e-9).sqrt()).min(1.0);
            sum += charlie(n_dot_l, n_dot_v, n_dot_h, roughness) * n_dot_l * 2.0 * t;
        }
    }
    sum * 2.0 * PI / (rings * spokes) as f32
}

#[test]
fn sheen_s_albedo_is_close_to_its_integral() {
    let Some(cases) = evaluate("vec3f(sheen_albedo(uv.x, 0.04 + 0.96 * uv.y))") else { return };
    let (mut square, mut worst) = (0.0, 0f32);
    for ([n_dot_v, v], found) in &cases {
        let error = found[0] - charlie_albedo(*n_dot_v, 0.04 + 0.96 * v).min(1.0);
        square += error * error / cases.len() as f32;
        worst = worst.max(error.abs());
    }
    eprintln!("sheen_albedo: {:.4} in the root mean square, {worst:.4} at worst", square.sqrt());
    assert!(square.sqrt() < 0.005 && worst < 0.018, "{} {worst}", square.sqrt());
}

/// A sun lights metal with the microfacets of Appendix B; what one lookup shows of it is the lobe seen head on, around the
/// direction that it takes. Root mean square over suns and views, over the mean.
fn error_of_one_lookup(cases: &[([f32; 2], [f32; 3])]) -> f32 {
    let (mut square, mut sum, mut count) = (0.0, 0.0, 0.0);
    for &([n_dot_v, roughness], direction) in cases.iter().filter(|case| case.0[1] > 0.5) {
        let (direction, v) = (Vec3::from(direction), Vec3::new((1.0 - n_dot_v * n_dot_v).sqrt(), 0.0, n_dot_v));
        let a2 = roughness.powi(4);
        let albedo: f32 = split_sum(n_dot_v, roughness).iter().sum();
        // Both lobes have the integral 1.
        let head_on = |c: f32| if c > 0.0 { c * a2 / ((c + 1.0) / 2.0 * (a2 - 1.0) + 1.0).powi(2) } else { 0.0 };
        let whole: f32 = (0..200).map(|i| head_on((i as f32 + 0.5) / 200.0) / 200.0).sum::<f32>() * 2.0 * PI;
        for i in 0..400 {
            let up = (i as f32 + 0.5) / 400.0;
            let (sine, cosine) = (2.0 * PI * (i as f32 * 0.618_034).fract()).sin_cos();
            let l = Vec3::new(cosine, sine, 0.0) * (1.0 - up * up).sqrt() + Vec3::Z * up;
            let n_dot_h = (v + l).normalize_or_zero().z;
            let smith = |one: f32, other: f32| one * (other * other * (1.0 - a2) + a2).sqrt();
            let d = a2 / (PI * (n_dot_h * n_dot_h * (a2 - 1.0) + 1.0).powi(2));
            let exact = 0.5 * d * up / (smith(up, n_dot_v) + smith(n_dot_v, up)) / albedo;
            square += (head_on(direction.dot(l)) / whole - exact).powi(2);
            (sum, count) = (sum + exact, count + 1.0);
        }
    }
    (square / count).sqrt() / (sum / count)
}

#[test]
fn one_lookup_off_the_mirrored_ray_shows_more_of_what_facets_do() {
    let v = "vec3f(sqrt(1.0 - uv.x * uv.x), 0.0, uv.x)";
    let Some(dominant) = evaluate(&format!("dominant_direction({v}, vec3f(0.0, 0.0, 1.0), uv.y)")) else { return };
    let mirrored = evaluate(&format!("reflect(-{v}, vec3f(0.0, 0.0, 1.0))")).unwrap();
    let errors = [&dominant, &mirrored].map(|cases| error_of_one_lookup(cases));
    eprintln!("one lookup: {:.2}, {:.2} along the mirrored ray", errors[0], errors[1]);
    assert!(errors[0] < 0.93 * errors[1], "{errors:?}");
    for ([n_dot_v, roughness], to) in dominant {
        let mirrored = Vec3::new(-(1.0 - n_dot_v * n_dot_v).sqrt(), 0.0, n_dot_v);
        let to = Vec3::from(to);
        assert!(
            (to.length() - 1.0).abs() < 2e-3 && to.dot(mirrored) > 1.0 - 0.3 * roughness,
            "{n_dot_v} {roughness}: {to}"
        );
    }
}

#[test]
fn sheen_s_lobe_is_the_one_of_the_text() {
    let lobe = "d_charlie(uv.x, 0.1 + 0.9 * uv.y) * v_charlie(uv.x, 1.0 - uv.x, 0.1 + 0.9 * uv.y)";
    let Some(cases) = evaluate(&format!("vec3f({lobe})")) else { return };
    for ([x, v], found) in cases {
        let exact = charlie(x, 1.0 - x, x, 0.1 + 0.9 * v);
        assert!((found[0] - exact).abs() < 1e-5 + 0.005 * exact, "{x} {v}: {} for {exact}", found[0]);
    }
}

#[test]
fn tone_maps_meet_their_definitions() {
    let encoded = crate::color::srgb_from_linear;
    // Grey from 0 to 4; colour from the same to a quarter of it.
    let at = |mode: u32| evaluate(&format!("tone_map(vec3f(uv.x, uv.x, uv.x * uv.y) * 4.0, {mode}u)"));
    let Some(neutral) = at(0) else { return };
    for ([u, v], found) in neutral {
        // Khronos PBR Neutral, as its text has it.
        let (peak, least) = (4.0 * u, 4.0 * u * v);
        let offset = if least < 0.08 { least - 6.25 * least * least } else { 0.04 };
        let mut color = [peak - offset, least - offset];
        if color[0] >= 0.76 {
            let compressed = 1.0 - 0.24 * 0.24 / (color[0] + 0.24 - 0.76);
            let white = 1.0 - 1.0 / (0.15 * (color[0] - compressed) + 1.0);
            let scale = compressed / color[0];
            color = color.map(|part| part * scale * (1.0 - white) + compressed * white);
        }
        assert!((found[0] - encoded(color[0])).abs() < 2e-3 && (found[2] - encoded(color[1])).abs() < 2e-3, "{u} {v}");
    }
    for ([u, _], found) in at(3).unwrap() {
        assert!((found[0] - encoded(4.0 * u / (1.0 + 4.0 * u))).abs() < 2e-3);
    }
    for ([u, _], found) in at(4).unwrap() {
        assert!((found[0] - encoded((4.0 * u).min(1.0))).abs() < 2e-3);
    }
}

#[test]
fn film_curves_keep_grey_grey_rise_and_put_the_middle_in_the_middle() {
    for mode in [1, 2] {
        let Some(cases) = evaluate(&format!("tone_map(vec3f(exp2(uv.x * 12.0 - 8.0)), {mode}u)")) else { return };
        let row = &cases[..16];
        for pair in row.windows(2) {
            assert!(pair[1].1[0] >= pair[0].1[0], "mode {mode} falls");
        }
        for (_, [r, g, b]) in row {
            assert!((r - g).abs() < 0.01 && (g - b).abs() < 0.01, "mode {mode}: {r} {g} {b}");
        }
        let middle = evaluate(&format!("tone_map(vec3f(0.18), {mode}u)")).unwrap()[0].1[0];
        assert!((0.4..0.55).contains(&middle), "mode {mode} shows middle grey as {middle}");
        assert!(row[0].1[0] < 0.15 && row[15].1[0] > 0.9, "mode {mode}");
    }
}

/// What a surface of GGX facets reflects of an even white sky when light that meets another facet goes on until it is
/// out: Kulla and Conty 2017, "Revisiting Physically Based Shading at Imageworks". `mean_albedo` is the single
/// scattering's, without Fresnel.
fn with_all_bounces(f0: f32, single: [f32; 2], mean_albedo: f32) -> f32 {
    let mean_fresnel = f0 + (1.0 - f0) / 21.0;
    let lost = 1.0 - (single[0] + single[1]);
    let again = mean_fresnel * mean_fresnel * mean_albedo / (1.0 - mean_fresnel * (1.0 - mean_albedo));
    f0 * single[0] + single[1] + lost * again
}

/// White loses nothing. What is darker is brighter than the integral at the rim where it is smooth: Fdez-Agüera's
/// Fresnel with roughness counts grazing light twice. The reference does, too, so that is held and not mended.
#[test]
fn metals_and_dielectrics_reflect_what_their_facets_do() {
    let steps = [1.0f32, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0].map(|step| step / 16.0);
    for (f0, limit, off_rim) in
        [(1.0f32, 0.001, 0.001), (0.9, 0.006, 0.03), (0.6, 0.022, 0.03), (0.3, 0.055, 0.02), (0.04, 0.095, 0.02)]
    {
        let Some(cases) = evaluate(&format!("f_environment(vec3f({f0:?}), uv.x, uv.y)")) else { return };
        let (mut square, mut worst) = (0.0, 0f32);
        for row in cases.chunks(16) {
            let roughness = row[0].0[1];
            let albedo = |x: f32| split_sum(x, roughness);
            let mean_albedo = steps.iter().map(|&x| x / 4.0 * albedo(x).iter().sum::<f32>()).sum();
            for ([n_dot_v, _], found) in row {
                let error = found[0] - with_all_bounces(f0, albedo(*n_dot_v), mean_albedo);
                square += error * error / cases.len() as f32;
                if *n_dot_v > 0.7 {
                    worst = worst.max(error.abs());
                }
                assert!(found[0] < 1.003, "f0 {f0} makes light: {} at {n_dot_v} {roughness}", found[0]);
            }
        }
        eprintln!("f0 {f0}: {:.4} in the root mean square, {worst:.4} at worst off the rim", square.sqrt());
        assert!(square.sqrt() < limit && worst < off_rim, "f0 {f0}: {} {worst}", square.sqrt());
    }
}
