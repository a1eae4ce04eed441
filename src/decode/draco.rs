//! Primitives of KHR_draco_mesh_compression.

use std::ops::Range;

use draco_core::{
    DataType, DecodeLimits, DecoderBuffer, ErrorKind, FaceIndex, Mesh, MeshDecoder, PointAttribute, PointIndex,
};

use super::{DRACO, Decoder, extension, list, number};
use crate::issue::{Code, Issue};
use crate::json::Value;

/// A primitive, and what became of it.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) mesh: usize,
    pub(super) primitive: usize,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
pub(super) enum Outcome {
    Streams(Streams),
    /// It cannot be unpacked.
    Lost,
    /// It stays what it is without.
    Own,
}

#[derive(Debug)]
pub(super) struct Streams {
    /// The view that held it.
    pub(super) view: usize,
    pub(super) indices: Stream,
    /// By the names that they have in the primitive.
    pub(super) attributes: Vec<(String, Stream)>,
}

/// Numbers for an accessor.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) bytes: Range<usize>,
    /// Where rows are filled to a multiple of four.
    pub(super) stride: Option<usize>,
    pub(super) component: u32,
    pub(super) kind: &'static str,
    pub(super) count: usize,
}

impl Decoder {
    pub(super) fn unpack_primitive(&mut self, mesh: usize, primitive: usize) -> Result<(), Issue> {
        let path = format!("/meshes/{mesh}/primitives/{primitive}/extensions/{DRACO}");
        let outcome = match self.draco(mesh, primitive) {
            Ok(streams) => Outcome::Streams(streams),
            Err((Code::Limit, detail)) => return Err(Issue::new(Code::Limit, path, detail)),
            Err((code, detail)) => {
                self.issues.report(code, path, detail);
                Outcome::Lost
            }
        };
        self.primitives.push(Unpacked { mesh, primitive, outcome });
        Ok(())
    }

    fn draco(&mut self, mesh: usize, primitive: usize) -> Result<Streams, (Code, String)> {
        let wrong = |why: &str| (Code::Packed, why.to_owned());
        let primitive = list(&self.tree, "meshes").get(mesh).and_then(|mesh| list(mesh, "primitives").get(primitive));
        let primitive = primitive.ok_or_else(|| wrong("no primitive"))?;
        if !matches!(number(primitive, "mode"), None | Some(4 | 5)) {
            return Err(wrong("only triangles are packed so"));
        }
        let at = extension(primitive, DRACO).ok_or_else(|| wrong("no extension"))?;
        let view = number(at, "bufferView").ok_or_else(|| wrong("no buffer view"))?;
        let limits = DecodeLimits::default()
            .with_max_points(self.left as u64 / 4)
            .with_max_faces(self.limits.triangles.min(self.left / 12) as u64)
            .with_max_decoded_bytes(self.left as u64);
        let stream = self.view_bytes(view)?;
        let mut unpacked = Mesh::new();
        MeshDecoder::new().decode(&mut DecoderBuffer::new(stream).with_limits(limits), &mut unpacked).map_err(
            |error| {
                let is_limit = error.kind() == ErrorKind::LimitExceeded;
                (if is_limit { Code::Limit } else { Code::Packed }, error.message().to_owned())
            },
        )?;
        let (points, faces) = (unpacked.num_points(), unpacked.num_faces());
        if points == 0 || faces == 0 {
            return Err(wrong("no triangles in it"));
        }
        let named = |accessor: Option<usize>| accessor.and_then(|index| list(&self.tree, "accessors").get(index));
        let component = named(number(primitive, "indices")).and_then(|accessor| number(accessor, "componentType"));
        let indices = indices(&unpacked, component.unwrap_or(5125));
        let mut attributes = Vec::new();
        let asked = at.get("attributes").and_then(Value::as_object).ok_or_else(|| wrong("no attributes"))?;
        for (name, id) in asked.iter() {
            let accessor = named(primitive.get("attributes").and_then(|attributes| number(attributes, name)));
            let component = accessor.and_then(|accessor| number(accessor, "componentType"));
            let id = id.as_u64().and_then(|id| u32::try_from(id).ok());
            let attribute = id.and_then(|id| unpacked.attribute_by_unique_id(id));
            let attribute = attribute.ok_or_else(|| (Code::Packed, format!("{name} is not in it")))?;
            let rows = rows(attribute, points, component)
                .ok_or_else(|| (Code::Packed, format!("{name} is of an unknown type")))?;
            attributes.push((name.to_owned(), rows));
        }
        let bytes = attributes.iter().map(|(_, rows)| rows.bytes.len()).sum::<usize>() + indices.bytes.len();
        self.left = self.left.checked_sub(bytes).ok_or((Code::Limit, format!("{bytes} bytes more unpacked")))?;
        let indices = self.stored(indices);
        let attributes = attributes.into_iter().map(|(name, rows)| (name, self.stored(rows))).collect();
        Ok(Streams { view, indices, attributes })
    }

    fn stored(&mut self, rows: Rows) -> Stream {
        let Rows { bytes, stride, component, kind, count } = rows;
        Stream { bytes: self.append(&bytes), stride, component, kind, count }
    }
}

/// The same before it is stored.
struct Rows {
    bytes: Vec<u8>,
    stride: Option<usize>,
    component: u32,
    kind: &'static str,
    count: usize,
}

/// As the accessor says, but in no fewer bytes than the numbers need.
fn indices(mesh: &Mesh, stated: usize) -> Rows {
    let (most, faces) = (mesh.num_points().saturating_sub(1), mesh.num_faces());
    let (component, width) = match stated {
        5121 if most < 0x100 => (5121, 1),
        5121 | 5123 if most < 0x1_0000 => (5123, 2),
        _ => (5125, 4),
    };
    let mut bytes = Vec::with_capacity(3 * faces * width);
    for face in 0..faces as u32 {
        for PointIndex(point) in mesh.face(FaceIndex(face)) {
            bytes.extend_from_slice(point.to_le_bytes().get(..width).unwrap_or_default());
        }
    }
    Rows { bytes, stride: None, component, kind: "SCALAR", count: 3 * faces }
}

/// One row of an attribute for each point; whole numbers become floats where the accessor wants them.
fn rows(attribute: &PointAttribute, points: usize, stated: Option<usize>) -> Option<Rows> {
    let width = usize::from(attribute.num_components());
    let kind = match width {
        1 => "SCALAR",
        2 => "VEC2",
        3 => "VEC3",
        4 => "VEC4",
        _ => return None,
    };
    let (component, size) = match attribute.data_type() {
        DataType::Int8 => (5120, 1),
        DataType::Uint8 | DataType::Bool => (5121, 1),
        DataType::Int16 => (5122, 2),
        DataType::Uint16 => (5123, 2),
        DataType::Uint32 | DataType::Int32 => (5125, 4),
        DataType::Float32 => (5126, 4),
        _ => return None,
    };
    let element = width * size;
    let stride = element.next_multiple_of(4);
    if component != 5126 && stated == Some(5126) {
        let floats = attribute.read_f32s(points, width);
        let bytes = floats.into_iter().flat_map(f32::to_le_bytes).collect();
        return Some(Rows { bytes, stride: None, component: 5126, kind, count: points });
    }
    let source = attribute.buffer().data();
    let step = usize::try_from(attribute.byte_stride()).ok()?;
    let mut bytes = Vec::with_capacity(points * stride);
    for point in 0..points as u32 {
        let start = (attribute.mapped_index(PointIndex(point)).0 as usize).checked_mul(step)?;
        bytes.extend_from_slice(source.get(start..start.checked_add(element)?)?);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    Some(Rows { bytes, stride: (stride != element).then_some(stride), component, kind, count: points })
}
