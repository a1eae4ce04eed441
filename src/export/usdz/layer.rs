//! The default layer of a [`Plan`].

use glam::{Vec2, Vec3, Vec4};

use super::surface::{Input, Sampled, Stream, Surface};
use super::text::{Names, Text, number, push_3, push_matrix, push_uv, quoted, tuple};
use super::{Motion, Placement, Plan};
use crate::export::Part;
use crate::scene::Wrap;

/// Places are written to a millionth of the product's longest side.
const FINENESS: f32 = 1e-6;
/// Digits behind the point of a normal, of texture coordinates, and of what a surface is.
const NORMAL: u32 = 4;
const UV: u32 = 5;
const VALUE: u32 = 5;

impl Plan {
    /// The text of the layer.
    pub(super) fn layer(&self) -> String {
        let mut text = Text::default();
        text.line(&["#usda 1.0"]);
        text.open(&["("]);
        text.line(&["customLayerData = { string creator = \"Anprobe ", env!("CARGO_PKG_VERSION"), "\" }"]);
        text.line(&["defaultPrim = \"Product\""]);
        if let Some(motion) = &self.motion {
            let last = motion.moves.iter().map(Vec::len).max().unwrap_or(1) - 1;
            let rate = number(motion.moments_per_second, VALUE);
            text.line(&["startTimeCode = 0"]);
            text.line(&["endTimeCode = ", &last.to_string()]);
            text.line(&["timeCodesPerSecond = ", &rate]);
            text.line(&["framesPerSecond = ", &rate]);
        }
        text.line(&["metersPerUnit = 1"]);
        text.line(&["upAxis = \"Y\""]);
        text.close(")");
        let version = quoted(&self.options.version);
        let asset =
            ["assetInfo = { string name = ", &quoted(&self.options.name), "; string version = ", &version, " }"];
        let asset = asset.concat();
        text.prim(
            "Xform",
            "Product",
            &["prepend apiSchemas = [\"Preliminary_AnchoringAPI\"]", &asset, "kind = \"component\""],
        );
        let alignment = match self.options.placement {
            Placement::Horizontal => "horizontal",
            Placement::Vertical => "vertical",
            Placement::Any => "any",
        };
        text.line(&["uniform token preliminary:anchoring:type = \"plane\""]);
        text.line(&["uniform token preliminary:planeAnchoring:alignment = \"", alignment, "\""]);
        let mut names = Names::default();
        let surfaces: Vec<String> = self.surfaces.iter().map(|known| names.take(&known.name, "Material")).collect();
        self.geometry(&mut text, &surfaces);
        text.prim("Scope", "Materials", &[]);
        for (surface, name) in self.surfaces.iter().zip(&surfaces) {
            self.surface(&mut text, surface, name);
        }
        text.close("}");
        text.close("}");
        text.finish()
    }

    fn geometry(&self, text: &mut Text, surfaces: &[String]) {
        text.prim("Xform", "Geometry", &[]);
        let mut place = String::from("matrix4d xformOp:transform = ");
        push_matrix(&mut place, &self.surface_from_world());
        text.line(&[&place]);
        text.line(&["uniform token[] xformOpOrder = [\"xformOp:transform\"]"]);
        let size = self.bounds.size().max_element();
        let places = (-(size * FINENESS).max(1e-9).log10()).ceil().clamp(0.0, 9.0) as u32;
        let mut names = Names::default();
        for ((at, part), surface) in self.parts.iter().enumerate().zip(&self.surface_of) {
            let (Some(look), Some(surface)) = (self.surfaces.get(*surface), surfaces.get(*surface)) else { continue };
            let name = names.take(&part.name, "Part");
            text.prim("Mesh", &name, &["prepend apiSchemas = [\"MaterialBindingAPI\"]"]);
            mesh(text, part, look, places);
            text.line(&["rel material:binding = </Product/Materials/", surface, ">"]);
            if let Some(motion) = &self.motion {
                moves(text, motion, at);
            }
            text.close("}");
        }
        text.close("}");
    }

    fn surface(&self, text: &mut Text, surface: &Surface, name: &str) {
        let path = ["</Product/Materials/", name, "/"].concat();
        text.prim("Material", name, &[]);
        text.line(&["token outputs:surface.connect = ", &path, "Surface.outputs:surface>"]);
        text.prim("Shader", "Surface", &[]);
        text.line(&["uniform token info:id = \"UsdPreviewSurface\""]);
        for (input, value) in &surface.inputs {
            self.input(text, surface, &path, (input, value));
        }
        text.line(&["token outputs:surface"]);
        text.close("}");
        let there = |at: &usize| surface.textures.get(*at).is_some_and(|known| self.file_name(known.picture).is_some());
        for at in (0..surface.textures.len()).filter(there) {
            if let Some(sampled) = surface.textures.get(at) {
                self.texture(text, surface, &path, (at, sampled));
            }
        }
        for (at, _) in surface.streams.iter().enumerate() {
            text.prim("Shader", &numbered("Coordinates", at), &[]);
            text.line(&["uniform token info:id = \"UsdPrimvarReader_float2\""]);
            text.line(&["string inputs:varname = \"", &stream_name(at), "\""]);
            text.line(&["float2 outputs:result"]);
            text.close("}");
        }
        if surface.inputs.iter().any(|(_, value)| *value == Input::VertexColor) {
            text.prim("Shader", "Colors", &[]);
            text.line(&["uniform token info:id = \"UsdPrimvarReader_float3\""]);
            text.line(&["string inputs:varname = \"displayColor\""]);
            text.line(&["float3 outputs:result"]);
            text.close("}");
        }
        text.close("}");
    }

    fn input(&self, text: &mut Text, surface: &Surface, path: &str, (name, value): (&str, &Input)) {
        let is_color = name.ends_with("Color");
        let kind = match name {
            "normal" => "normal3f inputs:",
            "useSpecularWorkflow" => "int inputs:",
            "opacityMode" => "token inputs:",
            _ if is_color => "color3f inputs:",
            _ => "float inputs:",
        };
        match value {
            Input::Number(value) => text.line(&[kind, name, " = ", &number(*value, VALUE)]),
            Input::Color(color) => text.line(&[kind, name, " = ", &tuple(&color.to_array(), VALUE)]),
            Input::Token(token) => text.line(&[kind, name, " = ", token]),
            Input::VertexColor => text.line(&[kind, name, ".connect = ", path, "Colors.outputs:result>"]),
            Input::Texture(at, output) => {
                let Some(sampled) = surface.textures.get(*at) else { return };
                if self.file_name(sampled.picture).is_some() {
                    let texture = numbered("Texture", *at);
                    return text.line(&[kind, name, ".connect = ", path, &texture, ".outputs:", output, ">"]);
                }
                // Without its picture a texture is white.
                let [red, green, blue, alpha] = (sampled.scale + sampled.bias).to_array();
                match *output {
                    "rgb" if is_color => text.line(&[kind, name, " = ", &tuple(&[red, green, blue], VALUE)]),
                    "rgb" => {}
                    "r" => text.line(&[kind, name, " = ", &number(red, VALUE)]),
                    "g" => text.line(&[kind, name, " = ", &number(green, VALUE)]),
                    "b" => text.line(&[kind, name, " = ", &number(blue, VALUE)]),
                    _ => text.line(&[kind, name, " = ", &number(alpha, VALUE)]),
                }
            }
        }
    }

    fn texture(&self, text: &mut Text, surface: &Surface, path: &str, (at, sampled): (usize, &Sampled)) {
        let Some(file) = self.file_name(sampled.picture) else { return };
        text.prim("Shader", &numbered("Texture", at), &[]);
        text.line(&["uniform token info:id = \"UsdUVTexture\""]);
        text.line(&["asset inputs:file = @./", &file, "@"]);
        let coordinates = numbered("Coordinates", sampled.stream);
        text.line(&["float2 inputs:st.connect = ", path, &coordinates, ".outputs:result>"]);
        for (side, wrap) in ["S", "T"].into_iter().zip(sampled.wrap) {
            let wrap = match wrap {
                Wrap::Repeat => "repeat",
                Wrap::Mirror => "mirror",
                Wrap::Clamp => "clamp",
            };
            text.line(&["token inputs:wrap", side, " = \"", wrap, "\""]);
        }
        let space = if sampled.is_color { "sRGB" } else { "raw" };
        text.line(&["token inputs:sourceColorSpace = \"", space, "\""]);
        for (name, value, rest) in [("scale", sampled.scale, Vec4::ONE), ("bias", sampled.bias, Vec4::ZERO)] {
            if value != rest {
                text.line(&["float4 inputs:", name, " = ", &tuple(&value.to_array(), VALUE)]);
            }
        }
        let reads = |wanted: &str| {
            let mut inputs = surface.inputs.iter();
            inputs.any(|(_, value)| matches!(value, Input::Texture(known, output) if *known == at && *output == wanted))
        };
        for (output, kind) in [("r", "float"), ("g", "float"), ("b", "float"), ("a", "float"), ("rgb", "float3")] {
            if reads(output) {
                text.line(&[kind, " outputs:", output]);
            }
        }
        text.close("}");
    }
}

/// A mesh's own properties. Quick Look shows fronts alone: what is seen from both sides is there twice.
fn mesh(text: &mut Text, part: &Part, surface: &Surface, places: u32) {
    let sides = if part.material.double_sided { 2 } else { 1 };
    let bounds = part.bounds();
    text.array("float3[] extent", [bounds.min, bounds.max].into_iter(), |out, corner| push_3(out, corner, places), "");
    let count = part.positions.len() as u32;
    let triangles = part.indices.len() / 3 * sides;
    text.array("int[] faceVertexCounts", std::iter::repeat_n((), triangles), |out, ()| out.push('3'), "");
    let back = part.indices.chunks_exact(3).filter(|_| sides == 2).flat_map(|corners| {
        let mut turned = [0; 3];
        turned.iter_mut().zip(corners.iter().rev()).for_each(|(to, from)| *to = from + count);
        turned
    });
    let corners = part.indices.iter().copied().chain(back);
    text.array("int[] faceVertexIndices", corners, |out, corner| out.push_str(&corner.to_string()), "");
    let vertex = " (interpolation = \"vertex\")";
    let normals = part.normals.iter().copied();
    let backs = part.normals.iter().filter(|_| sides == 2).map(|normal| -*normal);
    text.array("normal3f[] normals", normals.chain(backs), |out, normal| push_3(out, normal, NORMAL), vertex);
    let points = twice(&part.positions, sides);
    text.array("point3f[] points", points, |out, point| push_3(out, point, places), "");
    for (at, stream) in surface.streams.iter().enumerate() {
        let before = ["texCoord2f[] primvars:", &stream_name(at)].concat();
        let uvs = baked(part, stream);
        text.array(&before, twice(&uvs, sides), |out, uv| push_uv(out, uv, UV), vertex);
    }
    if surface.inputs.iter().any(|(_, value)| *value == Input::VertexColor) {
        let colors: Vec<Vec3> = part.colors.iter().map(|color| color.truncate() * surface.vertex_factor).collect();
        text.array(
            "color3f[] primvars:displayColor",
            twice(&colors, sides),
            |out, color| push_3(out, color, VALUE),
            vertex,
        );
    }
    text.line(&["uniform token subdivisionScheme = \"none\""]);
}

fn twice<T: Copy>(items: &[T], sides: usize) -> impl Iterator<Item = T> {
    std::iter::repeat_n(items, sides).flatten().copied()
}

/// A part's texture coordinates as a texture reads them; a set that the file lacks is zero, as the renderer has it.
pub(super) fn baked(part: &Part, (set, transform): &Stream) -> Vec<Vec2> {
    let own = part.uvs.get(*set).map_or(&[][..], Vec::as_slice);
    let uv = |at: usize| transform.apply(own.get(at).copied().unwrap_or(Vec2::ZERO));
    (0..part.positions.len()).map(uv).collect()
}

fn moves(text: &mut Text, motion: &Motion, part: usize) {
    let Some(path) = motion.moves.get(part).filter(|path| !path.is_empty()) else { return };
    text.open(&["matrix4d xformOp:transform.timeSamples = {"]);
    for (at, place) in path.iter().enumerate() {
        let mut line = at.to_string();
        line.push_str(": ");
        push_matrix(&mut line, place);
        line.push(',');
        text.line(&[&line]);
    }
    text.close("}");
    text.line(&["uniform token[] xformOpOrder = [\"xformOp:transform\"]"]);
}

fn stream_name(at: usize) -> String {
    if at == 0 { String::from("st") } else { numbered("st", at) }
}

fn numbered(name: &str, at: usize) -> String {
    let mut out = String::from(name);
    out.push_str(&at.to_string());
    out
}
