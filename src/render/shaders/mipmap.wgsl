// Half the size: four texels become one, in linear light where the format is sRGB.

@fragment
fn fragment_mipmap(in: Screen) -> @location(0) vec4f {
    return textureSample(source, source_sampler, in.uv);
}
