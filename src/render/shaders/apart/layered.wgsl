// Materials with extensions: glTF 2.0's base, then sheen, then the clear coat (KHR_materials_sheen and _clearcoat,
// "Layering"). What a material does not have is left out of its pipeline.

override CLEARCOAT: bool = false;
override SHEEN: bool = false;
override IRIDESCENCE: bool = false;
override ANISOTROPY: bool = false;
override TRANSMISSION: bool = false;
override DIFFUSE_TRANSMISSION: bool = false;

fn largest(v: vec3f) -> f32 {
    return max(v.r, max(v.g, v.b));
}

// All that one pixel knows of its material.
struct Base {
    albedo: vec3f,
    metallic: f32,
    roughness: f32,
    f0: vec3f,
    // Of the dielectric's reflection, also where it is seen at grazing angles.
    weight: f32,
    // Of diffuse light.
    occlusion: f32,
    // In place of the Fresnel terms of dielectric and metal.
    film_dielectric: vec3f,
    film_metal: vec3f,
    film: f32,
    sheen: vec3f,
    sheen_roughness: f32,
    // Diffuse light that goes through: RGB with what the volume absorbs, and its share.
    scattered: vec4f,
    transmission: f32,
    thickness: f32,
}

struct Coat {
    normal: vec3f,
    roughness: f32,
    // What of the layers below is hidden.
    weight: f32,
}

fn layered_base(in: Surface, color: vec3f, f: Facing) -> Base {
    var m: Base;
    let metal_rough = metallic_roughness(in.uvs);
    m.albedo = color;
    m.metallic = metal_rough.x;
    m.roughness = widened_roughness(metal_rough.y, f.normal);
    m.f0 = min(layers.specular.rgb * layer_texel(ROLE_SPECULAR_COLOR, in.uvs).rgb, vec3f(1.0));
    m.weight = layers.specular.w * layer_texel(ROLE_SPECULAR, in.uvs).a;
    m.occlusion = occlusion(in.uvs);
    if IRIDESCENCE {
        let thin = layers.iridescence.z;
        let thick = layers.iridescence.w;
        let thickness_nm = mix(thin, thick, layer_texel(ROLE_IRIDESCENCE_THICKNESS, in.uvs).g);
        m.film = select(0.0, layers.iridescence.x * layer_texel(ROLE_IRIDESCENCE, in.uvs).r, thickness_nm > 0.0);
        m.film_dielectric = f_film(m.f0, f.n_dot_v, layers.iridescence.y, thickness_nm);
        m.film_metal = f_film(m.albedo, f.n_dot_v, layers.iridescence.y, thickness_nm);
    }
    if SHEEN {
        m.sheen = layers.sheen.rgb * layer_texel(ROLE_SHEEN_COLOR, in.uvs).rgb;
        m.sheen_roughness = max(layers.sheen.w * layer_texel(ROLE_SHEEN_ROUGHNESS, in.uvs).a, 0.07);
    }
    if TRANSMISSION || DIFFUSE_TRANSMISSION {
        m.thickness = layers.absorption.w * layer_texel(ROLE_THICKNESS, in.uvs).g;
    }
    if TRANSMISSION {
        m.transmission = layers.transmission.x * layer_texel(ROLE_TRANSMISSION, in.uvs).r;
    }
    if DIFFUSE_TRANSMISSION {
        let world = draw.world_from_node;
        let scale = (length(world[0].xyz) + length(world[1].xyz) + length(world[2].xyz)) / 3.0;
        let color = layers.diffuse_transmission.rgb * layer_texel(ROLE_DIFFUSE_TRANSMISSION_COLOR, in.uvs).rgb;
        let share = layers.diffuse_transmission.w * layer_texel(ROLE_DIFFUSE_TRANSMISSION, in.uvs).a;
        m.scattered = vec4f(color * passed(m.thickness * scale), share);
    }
    return m;
}

fn coat_of(in: Surface, f: Facing, v: vec3f, front: bool) -> Coat {
    var normal = f.geometric;
    if layer_place(ROLE_CLEARCOAT_NORMAL) != NO_TEXTURE {
        var mapped = layer_texel(ROLE_CLEARCOAT_NORMAL, in.uvs).rgb * 2.0 - 1.0;
        mapped = vec3f(mapped.xy * layers.clearcoat.z, mapped.z);
        let uv = layer_uv(ROLE_CLEARCOAT_NORMAL, in.uvs);
        normal = bent(normal, tangents(in, normal, select(-1.0, 1.0, front), uv), mapped);
    }
    let roughness = layers.clearcoat.y * layer_texel(ROLE_CLEARCOAT_ROUGHNESS, in.uvs).g;
    let factor = layers.clearcoat.x * layer_texel(ROLE_CLEARCOAT, in.uvs).r;
    let hidden = f_schlick(vec3f(DIELECTRIC_F0), vec3f(1.0), saturate(dot(normal, v))).r;
    return Coat(normal, widened_roughness(saturate(roughness), normal), factor * hidden);
}

// Base colour and mirrored light in their shares, by two Fresnel terms or by those of a film. The lobe is the mirrored
// light before Fresnel.
fn layered_shares(m: Base, below: vec3f, lobe: vec3f, f_dielectric: vec3f, f_metal: vec3f) -> vec3f {
    var dielectric = mix(below, lobe, f_dielectric);
    var metal = lobe * f_metal;
    if IRIDESCENCE {
        let filmed = below * (1.0 - largest(m.film_dielectric)) + lobe * m.film_dielectric;
        dielectric = mix(dielectric, filmed, m.film);
        metal = mix(metal, lobe * m.film_metal, m.film);
    }
    return mix(dielectric, metal, m.metallic);
}

fn layered_by_lights(m: Base, f: Facing, brush: Brushed, coat: Coat, v: vec3f, position: vec3f) -> vec3f {
    let alpha = max(m.roughness * m.roughness, 1e-3);
    var sum = vec3f();
    for (var i = 0u; i < frame.counts.y; i += 1u) {
        let light = incoming(frame.lights[i], position);
        let l = light.direction;
        let h = normalize(l + v);
        let n_dot_l = dot(f.normal, l);
        let lit = saturate(n_dot_l);
        let v_dot_h = saturate(dot(v, h));
        var below = lit * m.albedo / PI;
        if DIFFUSE_TRANSMISSION {
            below = mix(below, saturate(-n_dot_l) * m.scattered.rgb / PI, m.scattered.w);
        }
        if TRANSMISSION {
            let way = way_through(v, f.normal, m.thickness, layers.anisotropy.w);
            // The light as if it came from this side, through what is rough (Walter et al. 2007 in the form that
            // KHR_materials_transmission suggests).
            let mirrored = normalize(l - 2.0 * f.normal * n_dot_l);
            let rough = max(alpha * saturate(2.0 * layers.anisotropy.w - 2.0), 1e-3);
            let n_dot_h = saturate(dot(f.normal, normalize(mirrored + v)));
            let lobe = v_smith_ggx_correlated(saturate(dot(f.normal, mirrored)), f.n_dot_v, rough) * d_ggx(n_dot_h, rough);
            let through = m.albedo * passed(length(way)) * lobe * saturate(-n_dot_l);
            below = mix(below, through, m.transmission);
        }
        var lobe = v_smith_ggx_correlated(lit, f.n_dot_v, alpha) * d_ggx(saturate(dot(f.normal, h)), alpha);
        if ANISOTROPY {
            lobe = lobe_of_brush(brush, f.normal, v, l, h, alpha);
        }
        let f_dielectric = f_schlick(m.f0 * m.weight, vec3f(m.weight), v_dot_h);
        var seen = layered_shares(m, below, vec3f(lit * lobe), f_dielectric, f_schlick(m.albedo, vec3f(1.0), v_dot_h));
        if SHEEN {
            let fibres = d_charlie(saturate(dot(f.normal, h)), m.sheen_roughness)
                * v_charlie(lit, f.n_dot_v, m.sheen_roughness);
            let taken = max(sheen_albedo(f.n_dot_v, m.sheen_roughness), sheen_albedo(lit, m.sheen_roughness));
            seen = seen * (1.0 - largest(m.sheen) * taken) + m.sheen * lit * fibres;
        }
        if CLEARCOAT {
            let coat_alpha = max(coat.roughness * coat.roughness, 1e-3);
            let coat_lit = saturate(dot(coat.normal, l));
            let shine = coat_lit * d_ggx(saturate(dot(coat.normal, h)), coat_alpha)
                * v_smith_ggx_correlated(coat_lit, saturate(dot(coat.normal, v)), coat_alpha);
            seen = mix(seen, vec3f(shine), coat.weight);
        }
        sum += light.intensity * seen;
    }
    return sum;
}

@fragment
fn fragment_layered(in: Surface, @builtin(front_facing) front: bool) -> @location(0) vec4f {
    let base = base_color(in.uvs) * in.color;
    let v = direction_to_eye(in.position_in_world);
    let f = facing(in, front, v);
    let m = layered_base(in, base.rgb, f);
    var brush: Brushed;
    var mirror = f.normal;
    if ANISOTROPY {
        brush = brushed(in, f, front);
        mirror = bent_by_brush(brush, f.normal, v, m.roughness);
    }
    let reflection = dominant_direction(v, mirror, m.roughness);
    let arrives = specular_occlusion(f.n_dot_v, m.occlusion, m.roughness) * horizon_occlusion(reflection, f.geometric);
    let f_dielectric = f_environment_weighted(m.f0, m.weight, f.n_dot_v, m.roughness);
    var below = light_diffuse(f.normal) * m.albedo * m.occlusion;
    if DIFFUSE_TRANSMISSION {
        below = mix(below, light_diffuse(-f.normal) * m.scattered.rgb * m.occlusion, m.scattered.w);
    }
    // Of the page.
    var clear = vec3f();
    if TRANSMISSION {
        let seen = seen_through(in.position_in_world, v, f.normal, m.thickness, m.roughness);
        below = mix(below, seen.rgb * m.albedo, m.transmission);
        let way = length(way_through(v, f.normal, m.thickness, layers.anisotropy.w));
        clear = m.transmission * (1.0 - m.metallic) * (1.0 - largest(f_dielectric)) * (1.0 - seen.a) * m.albedo * passed(way);
    }
    let mirrored = light_specular(reflection, m.roughness) * arrives;
    var rgb = layered_shares(m, below, mirrored, f_dielectric, f_environment(m.albedo, f.n_dot_v, m.roughness));
    if SHEEN {
        let taken = sheen_albedo(f.n_dot_v, m.sheen_roughness);
        let fibres = light_sheen(f.normal, m.sheen_roughness) * m.sheen * taken * m.occlusion;
        rgb = rgb * (1.0 - largest(m.sheen) * taken) + fibres;
        clear *= 1.0 - largest(m.sheen) * taken;
    }
    var coat: Coat;
    if CLEARCOAT {
        coat = coat_of(in, f, v, front);
        let ray = dominant_direction(v, coat.normal, coat.roughness);
        let coat_arrives = specular_occlusion(saturate(dot(coat.normal, v)), m.occlusion, coat.roughness)
            * horizon_occlusion(ray, f.geometric);
        rgb = mix(rgb, light_specular(ray, coat.roughness) * coat_arrives, coat.weight);
    }
    rgb += layered_by_lights(m, f, brush, coat, v, in.position_in_world);
    rgb += emission(in.uvs) * (1.0 - coat.weight);
    var out = to_display(rgb, base.a, in);
    // A page of known colour has been seen through the glass. Of one that is not, the canvas lets so much through; but a
    // mask's alpha says which samples are covered.
    if frame.counts.z == 0u && !MASKED {
        out.a *= 1.0 - dot(clear, vec3f(1.0 / 3.0)) * (1.0 - coat.weight);
    }
    return out;
}
