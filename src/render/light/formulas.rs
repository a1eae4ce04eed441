//! The functions of light.wgsl and tone_map.wgsl against their definitions: each texel of a small target is one case.

use std::f32::consts::PI;

use super::cube;
use super::tests::{Level, gpu};
use crate::render::shaders::{CUBE, LIGHT, TONE_MAP};

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
        source: wgpu::ShaderSource::Wgsl([CUBE, LIGHT, TONE_MAP, &probe].concat().into()),
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
