// The material pipelines: linear light, tone mapped at the end, premultiplied.

override MASKED: bool = false;
// Alpha decides how many of a pixel's samples are covered.
override COVERS: bool = false;

struct Surface {
    @invariant @builtin(position) position: vec4f,
    @location(0) position_in_world: vec3f,
    @location(1) normal: vec3f,
    // w is the bitangent's sign.
    @location(2) tangent: vec4f,
    @location(3) uvs: vec4f,
    @location(4) color: vec4f,
}

@vertex
fn vertex_surface(vertex: Vertex) -> Surface {
    let node = deformed(vertex);
    let position = draw.world_from_node * vec4f(node.position, 1.0);
    let n = node.normal;
    let normal = draw.world_from_normal_x.xyz * n.x + draw.world_from_normal_y.xyz * n.y + draw.world_from_normal_z.xyz * n.z;
    let tangent = (draw.world_from_node * vec4f(node.tangent, 0.0)).xyz;
    return Surface(
        frame.projection_from_world * position,
        position.xyz,
        unit(normal),
        vec4f(unit(tangent), vertex.tangent.w),
        vec4f(vertex.uv_0, vertex.uv_1),
        vertex.color,
    );
}

struct Facing {
    // Seen from the front, unit length, world space.
    normal: vec3f,
    n_dot_v: f32,
    // Before the normal map.
    geometric: vec3f,
}

// The geometric normal, then the normal map (glTF 2.0 §3.9.3); back faces turn round (§3.9.6).
fn facing(in: Surface, front: bool, v: vec3f) -> Facing {
    let along_x = dpdx(in.position_in_world);
    let along_y = dpdy(in.position_in_world);
    let side = select(-1.0, 1.0, front);
    let geometric = unit(in.normal);
    var normal = side * geometric;
    if material_has(MATERIAL_NORMAL) {
        let mapped = normal_in_tangent(in.uvs);
        let uv_x = dpdx(normal_uv(in.uvs));
        let uv_y = dpdy(normal_uv(in.uvs));
        var tangent = side * in.tangent.xyz;
        // Mirrored nodes mirror the frame, too.
        var bitangent = cross(geometric, in.tangent.xyz) * in.tangent.w * draw.world_from_normal_x.w;
        if (draw.morph.w & DRAW_HAS_TANGENTS) == 0u {
            // V points down the picture: the bitangent of a +Y-up map is towards smaller V.
            let winding = select(-1.0, 1.0, uv_x.x * uv_y.y - uv_y.x * uv_x.y >= 0.0);
            tangent = winding * (along_x * uv_y.y - along_y * uv_x.y);
            tangent = unit(tangent - normal * dot(normal, tangent));
            bitangent = winding * (along_x * uv_y.x - along_y * uv_x.x);
            bitangent = unit(bitangent - normal * dot(normal, bitangent));
        } else {
            bitangent *= side;
        }
        let bent = tangent * mapped.x + bitangent * mapped.y + normal * mapped.z;
        if dot(bent, bent) > 1e-12 {
            normal = normalize(bent);
        }
    }
    return Facing(normal, saturate(dot(normal, v)), side * geometric);
}

fn shaded_by_environment(
    albedo: vec3f,
    metallic: f32,
    roughness: f32,
    f: Facing,
    v: vec3f,
    occlusion: f32,
) -> vec3f {
    let reflection = reflect(-v, f.normal);
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

fn to_display(linear_rgb: vec3f, alpha: f32, in: Surface) -> vec4f {
    var a = alpha;
    if MASKED {
        let far = mask_distance(in.uvs);
        a = mask_coverage(a, far, COVERS);
        if COVERS {
            a = mask_alpha(a, far, in.position.xy);
        }
        if a <= 0.0 {
            discard;
        }
        return vec4f(tone_map(linear_rgb * frame.settings.x, frame.counts.x), a);
    } else if !material_has(MATERIAL_ALPHA) {
        a = 1.0;
    }
    a = saturate(a);
    return vec4f(tone_map(linear_rgb * frame.settings.x, frame.counts.x) * a, a);
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

// KHR_materials_unlit; also lines and points without normals, which glow with what they emit (glTF 2.0 §3.9.4).
@fragment
fn fragment_unlit(in: Surface) -> @location(0) vec4f {
    let base = base_color(in.uvs) * in.color;
    var rgb = base.rgb;
    if !material_has(MATERIAL_UNLIT) {
        rgb += emission(in.uvs);
    }
    return to_display(rgb, base.a, in);
}

// The alpha of what a mask covers.
@fragment
fn fragment_alpha() -> @location(0) vec4f {
    return vec4f(1.0);
}
