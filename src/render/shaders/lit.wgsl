// Metallic-roughness as glTF 2.0 has it, without extensions.

fn shaded_by_environment(
    albedo: vec3f,
    metallic: f32,
    roughness: f32,
    f: Facing,
    v: vec3f,
    occlusion: f32,
) -> vec3f {
    let reflection = dominant_direction(v, f.normal, roughness);
    let seen = specular_occlusion(f.n_dot_v, occlusion, roughness) * horizon_occlusion(reflection, f.geometric);
    let specular = light_specular(reflection, roughness) * seen;
    let diffuse = light_diffuse(f.normal) * albedo * occlusion;
    let dielectric = mix(diffuse, specular, f_environment(vec3f(DIELECTRIC_F0), f.n_dot_v, roughness));
    let metal = specular * f_environment(albedo, f.n_dot_v, roughness);
    return mix(dielectric, metal, metallic);
}

fn shaded_by_lights(albedo: vec3f, metallic: f32, roughness: f32, f: Facing, v: vec3f, position: vec3f) -> vec3f {
    var sum = vec3f();
    let alpha = max(roughness * roughness, 1e-3);
    for (var i = 0u; i < frame.counts.y; i += 1u) {
        let light = incoming(frame.lights[i], position);
        let h = normalize(light.direction + v);
        let n_dot_l = saturate(dot(f.normal, light.direction));
        let v_dot_h = saturate(dot(v, h));
        let n_dot_h = saturate(dot(f.normal, h));
        let diffuse = albedo / PI;
        let specular = vec3f(v_smith_ggx_correlated(n_dot_l, f.n_dot_v, alpha) * d_ggx(n_dot_h, alpha));
        let dielectric = mix(diffuse, specular, f_schlick(vec3f(DIELECTRIC_F0), vec3f(1.0), v_dot_h));
        let metal = specular * f_schlick(albedo, vec3f(1.0), v_dot_h);
        sum += light.intensity * n_dot_l * mix(dielectric, metal, metallic);
    }
    return sum;
}

@fragment
fn fragment_lit(in: Surface, @builtin(front_facing) front: bool) -> @location(0) vec4f {
    let base = base_color(in.uvs) * in.color;
    let v = direction_to_eye(in.position_in_world);
    let f = facing(in, front, v);
    let metal_rough = metallic_roughness(in.uvs);
    let roughness = widened_roughness(metal_rough.y, f.normal);
    var rgb = shaded_by_environment(base.rgb, metal_rough.x, roughness, f, v, occlusion(in.uvs));
    rgb += shaded_by_lights(base.rgb, metal_rough.x, roughness, f, v, in.position_in_world);
    return to_display(rgb + emission(in.uvs), base.a, in);
}
